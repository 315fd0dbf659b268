"""What bad hosts make good feeds wait: a first round of polls on a clock that only waiting moves.

    python -m bench.waits --feeds 500

The real `Poller`, `Client` and store, over a network that is made up: a good host answers after
a tenth of a second to half of one, a slow one after 5 to 25 s, a hanging one never, a dead
one refuses at once. What the machine takes for its own work counts nothing, so the figure is
the same on every machine: it is what polls wait for each other and for hosts.
"""

from __future__ import annotations

import argparse
import asyncio
import selectors
import tempfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from bench import own
from bench.farm import DEAD, Farm, addresses
from monitor.fetch.client import Client
from monitor.model import Config
from monitor.parts import Parts
from monitor.poll import Poller
from monitor.store.store import Store
from monitor.story.profile import Profile

DEADLINE = timedelta(seconds=15)


class _Waiting(selectors.DefaultSelector):
    """Does not wait: it notes how long it would have, and how often."""

    waited = 0.0
    times = 0

    def select(self, timeout: float | None = None) -> list[Any]:
        found = super().select(None if timeout is None else 0)
        if timeout and not found:
            self.waited += timeout
            self.times += 1
        return found


class Loop(asyncio.SelectorEventLoop):
    """An event loop whose clock only waiting moves."""

    def __init__(self) -> None:
        self._clock = _Waiting()
        super().__init__(self._clock)

    def time(self) -> float:
        return self._clock.waited

    @property
    def wakes(self) -> int:
        """How often a timer has ended a wait."""
        return self._clock.times


class _Network(httpx.AsyncBaseTransport):
    """Answers with the farm's files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        way, _, name = request.url.path.strip("/").rpartition("/")
        luck = zlib.crc32(name.encode()) % 2_000 / 2_000
        if request.url.port == DEAD:
            raise httpx.ConnectError("refused")
        await asyncio.sleep({"hang": 3_600, "slow": 5 + 20 * luck}.get(way, 0.1 + 0.4 * luck))
        body = (self._folder / name).read_bytes()
        return httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=_Bytes(body))


class _Bytes(httpx.AsyncByteStream):
    def __init__(self, body: bytes) -> None:
        self._body = body

    async def __aiter__(self) -> Any:
        yield self._body


class _Here:
    """A worker that is no process."""

    async def run(self, function: Callable[..., Any], *given: object) -> Any:
        return function(*given)


async def _round(config: Config, known: dict[str, Profile], network: _Network) -> float:
    """Seconds until the last good feed is stored."""
    loop, store = asyncio.get_running_loop(), Store.memory()
    start, good_at, todo = loop.time(), 0.0, iter(config.sources)

    def clock() -> datetime:
        return datetime.now(UTC)

    with store.transaction():
        store.sources.declare(config.sources, clock())
    client = Client(config.poll, contact=config.contact, transport=network, now=clock)
    workers: Any = _Here()
    poller = Poller(Parts(config=config, profiles=known, store=store, client=client, workers=workers, clock=clock))  # fmt: skip

    async def work() -> None:
        nonlocal good_at
        for source in todo:
            polled = await poller.poll(source)
            if not polled.detail and "/slow/" not in source.url:
                good_at = loop.time() - start

    await asyncio.gather(*(work() for _ in range(config.poll.concurrency)))
    await client.aclose()
    store.close()
    return good_at


def measure(folder: Path, feeds: int) -> tuple[float, float]:
    """Seconds of a clean round, and of one with 3 % slow, 1 % hanging and 2 % dead hosts."""
    Farm(folder).sow(feeds)
    network, found = _Network(folder), []
    known: dict[str, Profile] = {}
    for bad in (False, True):
        config = own.configuration(addresses(feeds, bad=bad), Path("unused.db"))
        config = replace(config, poll=replace(own.POLL, deadline=DEADLINE))
        known = known or own.learnt(config)
        with asyncio.Runner(loop_factory=Loop) as runner:
            found.append(runner.run(_round(config, known, network)))
    return found[0], found[1]


def main() -> None:
    parser = argparse.ArgumentParser(description="What bad hosts make good feeds wait.")
    parser.add_argument("--feeds", type=int, default=500)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        clean, beside = measure(Path(folder), asked.feeds)
    print(f"{asked.feeds} feeds, good ones stored after {clean:.2f} s; beside bad hosts {beside:.2f} s: {beside / clean:.2f}")  # fmt: skip


if __name__ == "__main__":
    main()
