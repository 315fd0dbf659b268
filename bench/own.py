"""Our own poll of every address: the real rooms, as the daemon puts them together.

    python bench/own.py ADDRESSES DATABASE [--stories 1]

The shipped story, no page fetched: an entry that the headline does not rule out stays
pending, as it does between a poll and the reading of its page.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from monitor.config.load import load
from monitor.daemon.rig import rig
from monitor.learn import profiles
from monitor.model import Config, PollSettings, Source
from monitor.store.store import Store
from monitor.story.profile import Profile

SHIPPED = Path(__file__).resolve().parent.parent / "sources.yaml"
POLL = PollSettings(host_gap=timedelta(0))


def configuration(addresses: list[str], database: Path, stories: int = 1) -> Config:
    """The shipped story under as many names as asked for, over the farm's feeds."""
    shipped = load(SHIPPED)
    (story,) = shipped.stories
    return replace(
        shipped,
        database=database,
        contact="bench@example.org",
        poll=POLL,
        channels=(),
        stories=tuple(replace(story, name=f"story-{number}") for number in range(stories)),
        sources=tuple(
            Source(name=f"f{number}", url=url, private=True) for number, url in enumerate(addresses)
        ),
    )


def learnt(config: Config) -> dict[str, Profile]:
    return profiles(config)


class Stalls:
    """The longest that the event loop stood still, looked for every few milliseconds."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.perf_counter()

    async def watch(self, every: float = 0.005) -> None:
        while True:
            self._last = time.perf_counter()
            await asyncio.sleep(every)
            self.longest = max(self.longest, time.perf_counter() - self._last - every)


async def poll_all(
    config: Config,
    known: dict[str, Profile],
    store: Store,
    *,
    began: Callable[[], None] = lambda: None,
) -> dict[str, int]:
    """Poll each source once, as many at a time as the settings say."""
    outcomes: Counter[str] = Counter()
    todo = iter(config.sources)
    async with rig(config, known, store) as built:
        began()

        async def work() -> None:
            for source in todo:
                polled = await built.poller.poll(source)
                outcomes[polled.outcome] += 1
                outcomes["entries"] += polled.fresh
                outcomes["pending"] += polled.pending

        await asyncio.gather(*(work() for _ in range(config.poll.concurrency)))
    return dict(outcomes)


async def main(asked: argparse.Namespace) -> dict[str, float]:
    config = configuration(asked.addresses.read_text().split(), asked.database, asked.stories)
    known, store = learnt(config), Store.open(asked.database)
    stalls, before = Stalls(), 0.0
    watching: list[asyncio.Task[None]] = []

    def began() -> None:
        nonlocal before
        before = time.process_time()
        if asked.stalls:
            watching.append(asyncio.create_task(stalls.watch()))

    try:
        told = await poll_all(config, known, store, began=began)
    finally:
        store.close()
    return {"before": before, **told, "stall_ms": round(stalls.longest * 1000)}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Our own poll of every address.")
    parser.add_argument("addresses", type=Path)
    parser.add_argument("database", type=Path)
    parser.add_argument("--stories", type=int, default=1)
    parser.add_argument(
        "--stalls", action="store_true", help="watch the loop, which costs a little"
    )
    print(json.dumps(asyncio.run(main(parser.parse_args()))))
