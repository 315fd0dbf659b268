"""What one new entry costs in a cold poll, step by step: CPU microseconds, the best of three.

Nothing is known from the time before: words that were met would be looked at for next to nothing.

python bench/entry.py --feeds 100 --stories 1
"""

from __future__ import annotations

import argparse
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
from monitor.model import Entry, Fetched, Reading, Source
from monitor.parse.simple import read_simple
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
    read: list[tuple[Source, Reading]] = []
    keyed: list[tuple[Source, list[tuple[str, Entry]]]] = []
    looked: list[list[tuple[str, Entry, Glanced]]] = []
    ruled: dict[str, list[Ruled]] = {}

    def parse() -> None:
        read[:] = [(answer[0], read_simple(*answer)) for answer in answers]

    def key() -> None:
        canonical.cache_clear()  # it holds the addresses of some polls, not of a whole round
        keyed[:] = [(source, list(key_entries(source, each.entries).items())) for source, each in read]  # fmt: skip

    def look() -> None:
        glancer = Glancer(profiles)
        looked[:] = [
            [(key, entry, glanced) for (key, entry), glanced in zip(pairs, glancer.glances([entry for _, entry in pairs], source.language), strict=True)]
            for source, pairs in keyed
        ]  # fmt: skip

    def outline() -> None:
        for (source, _), each in zip(keyed, looked, strict=True):
            unwanted = [one for one in each if not one[2].wanted]
            ruled[source.name] = [one for one in ruled_out(source, unwanted, NOW) if one]

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
        ("read", parse),
        ("its address and key", key),
        (f"glanced at by {asked.stories}", look),
        ("text and headline key", outline),
    ):
        took = best(work)
        print(f"{1e6 * took / sum(len(each.entries) for _, each in read):7.1f}  {step}")
    best(store)
    count = sum(map(len, ruled.values()))
    print(f"{1e6 * min(spent) / count:7.1f}  stored, a commit for each feed")


if __name__ == "__main__":
    main()
