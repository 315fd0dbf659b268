"""The lower bound: every address fetched and its body dropped, by httpx alone.

python bench/bare.py ADDRESSES VALIDATORS
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from pathlib import Path

import httpx

CONCURRENCY = 40


async def main(addresses: list[str], kept: Path) -> dict[str, int]:
    known = json.loads(kept.read_text()) if kept.exists() else {}
    outcomes: Counter[str] = Counter()
    todo = iter(addresses)
    limits = httpx.Limits(max_connections=CONCURRENCY, max_keepalive_connections=CONCURRENCY)
    async with httpx.AsyncClient(limits=limits, timeout=30) as client:

        async def work() -> None:
            for url in todo:
                answer = await client.get(url, headers=known.get(url))
                outcomes[str(answer.status_code)] += 1
                if answer.status_code == 200:
                    known[url] = {
                        "If-None-Match": answer.headers["etag"],
                        "If-Modified-Since": answer.headers["last-modified"],
                    }

        await asyncio.gather(*(work() for _ in range(CONCURRENCY)))
    kept.write_text(json.dumps(known))
    return dict(outcomes)


if __name__ == "__main__":
    began = time.process_time()
    told = asyncio.run(main(Path(sys.argv[1]).read_text().split(), Path(sys.argv[2])))
    print(json.dumps({"before": began, **told}))
