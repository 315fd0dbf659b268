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
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
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
    """The longest that one turn kept the event loop, in CPU seconds of its thread.

    In seconds on the wall a busy machine's other work would be counted.
    """

    def __init__(self) -> None:
        self.longest = 0.0

    @contextmanager
    def watched(self) -> Iterator[None]:
        run = asyncio.Handle._run

        def timed(handle: asyncio.Handle) -> None:
            began = time.thread_time()
            run(handle)
            self.longest = max(self.longest, time.thread_time() - began)

        asyncio.Handle._run = timed
        try:
            yield
        finally:
            asyncio.Handle._run = run


async def poll_all(
    config: Config,
    known: dict[str, Profile],
    store: Store,
    *,
    began: Callable[[], None] = lambda: None,
) -> dict[str, float]:
    """Poll each source once, as many at a time as the settings say."""
    outcomes: Counter[str] = Counter()
    todo, good_at = iter(config.sources), 0.0
    async with rig(config, known, store) as built:
        began()

        async def work() -> None:
            nonlocal good_at
            for source in todo:
                polled = await built.poller.poll(source)
                outcomes[polled.outcome] += 1
                outcomes["entries"] += polled.fresh
                outcomes["pending"] += polled.pending
                if not polled.detail and "/slow/" not in source.url:
                    good_at = time.monotonic()

        await asyncio.gather(*(work() for _ in range(config.poll.concurrency)))
    return {**outcomes, "good_at": good_at}


async def main(asked: argparse.Namespace) -> dict[str, float]:
    config = configuration(asked.addresses.read_text().split(), asked.database, asked.stories)
    if asked.deadline:
        config = replace(config, poll=replace(POLL, deadline=timedelta(seconds=asked.deadline)))
    known, store = learnt(config), Store.open(asked.database)
    stalls, before, start = Stalls(), 0.0, 0.0

    def began() -> None:
        nonlocal before, start
        before, start = time.process_time(), time.monotonic()

    try:
        with stalls.watched() if asked.stalls else nullcontext():
            told = await poll_all(config, known, store, began=began)
    finally:
        store.close()
    told["good_s"] = round(max(told.pop("good_at"), start) - start, 2)
    return {"before": before, **told, "stall_ms": round(stalls.longest * 1000)}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Our own poll of every address.")
    parser.add_argument("addresses", type=Path)
    parser.add_argument("database", type=Path)
    parser.add_argument("--stories", type=int, default=1)
    parser.add_argument("--deadline", type=float, help="seconds that an exchange may take")
    parser.add_argument(
        "--stalls", action="store_true", help="watch the loop, which costs a little"
    )
    print(json.dumps(asyncio.run(main(parser.parse_args()))))
