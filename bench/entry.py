"""What one new entry costs in a cold poll, step by step: CPU microseconds, the best of three.

Nothing is known from the time before: words that were met would be looked at for next to nothing.

python bench/entry.py --feeds 100 --stories 1
"""

from __future__ import annotations

import argparse
import pickle
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import own
from bench.farm import address, render
from monitor.identify.address import canonical
from monitor.identify.entries import key_entries
from monitor.model import Fetched, Reading, Source
from monitor.parse import read_entries
from monitor.store.store import Store
from monitor.story.glance import Glanced, Glancer
from monitor.uncompared import Ruled, ruled_out

NOW = datetime.now(UTC)


def best(work: Callable[[], object]) -> float:
    found = []
    for _ in range(3):
        began = time.process_time()
        work()
        found.append(time.process_time() - began)
    return min(found)


def main() -> None:
    parser = argparse.ArgumentParser(description="What one new entry costs, step by step.")
    parser.add_argument("--feeds", type=int, default=100)
    parser.add_argument("--stories", type=int, default=1)
    asked = parser.parse_args()
    urls = [address(feed) for feed in range(asked.feeds)]
    config = own.configuration(urls, Path("unused.db"), asked.stories)
    profiles = own.learnt(config)
    answers = [
        (source, Fetched(url=source.url, final_url=source.url, status=200, headers=(), body=render(feed, 100), content_type=None, fetched_at=NOW))
        for feed, source in enumerate(config.sources)
    ]  # fmt: skip
    packed: list[bytes] = []
    read: list[tuple[Source, Reading]] = []
    keyed: list[tuple[Source, str, object]] = []
    looked: list[Glanced] = []
    ruled: dict[str, list[Ruled]] = {}

    def parse() -> None:
        packed[:] = [pickle.dumps(read_entries(*answer), -1) for answer in answers]

    def unpack() -> None:
        read[:] = [(answer[0], pickle.loads(each)) for answer, each in zip(answers, packed, strict=True)]  # fmt: skip  # noqa: S301

    def key() -> None:
        canonical.cache_clear()  # it holds the addresses of some polls, not of a whole round
        keyed[:] = [
            (source, *pair) for source, each in read for pair in key_entries(source, each.entries).items()
        ]  # fmt: skip

    def look() -> None:
        glancer = Glancer(profiles)
        looked[:] = [glancer.glance(entry, source.language) for source, _, entry in keyed]

    def outline() -> None:
        ruled.clear()
        for (source, name, entry), glanced in zip(keyed, looked, strict=True):
            if not glanced.wanted and (one := ruled_out(source, name, entry, glanced, NOW)):
                ruled.setdefault(source.name, []).append(one)

    def store() -> None:
        with tempfile.TemporaryDirectory() as folder:
            opened = Store.open(Path(folder) / "m.db")
            opening = time.process_time()
            for name, batch in ruled.items():
                with opened.transaction():
                    opened.uncompared.add(
                        name, [(one, True) for one in batch], "band off", NOW, None
                    )
            spent.append(time.process_time() - opening)
            opened.close()

    spent: list[float] = []
    for step, work in (
        ("read and pickled, in the worker", parse),
        ("unpickled", unpack),
        ("its address and key", key),
        (f"glanced at by {asked.stories}", look),
        ("text and exact key", outline),
    ):
        took = best(work)
        print(f"{1e6 * took / max(1, len(keyed) or asked.feeds * 20):7.1f}  {step}")
    best(store)
    count = sum(map(len, ruled.values()))
    print(f"{1e6 * min(spent) / count:7.1f}  stored, a commit for each feed")


if __name__ == "__main__":
    main()
