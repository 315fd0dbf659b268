"""Memory over very many polls: the real rooms, a clock that jumps, sites without a socket.

    python -m bench.flat [--polls 1000000] [--sources 200]

Each round polls every source and is twenty minutes of the simulated clock; one source in
ten has published meanwhile, the others answer 304. What the headline does not rule out is
read, and what is older than the retention is let go of once a simulated day, so that the
store too comes to rest. One JSON line for each twentieth of the way: polls, simulated
days, outcomes, MB of the process, file descriptors, threads.

All of it is synthetic (`bench/farm.py`).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import tempfile
import threading
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from bench.farm import BEGAN, NEWEST, address, dice, render
from bench.own import configuration, learnt
from monitor.daemon.sweep import sweep
from monitor.fetch.client import Client
from monitor.model import Source
from monitor.parts import Parts
from monitor.poll import Poller
from monitor.read import Reader
from monitor.store.store import Store
from monitor.workers import Workers

ROUND = timedelta(minutes=20)
KEPT = timedelta(days=3)
_PAGE = "<html lang='ar'><body><article><h1>{0}</h1><p>{0}</p></article></body></html>"


class Sites:
    """Feeds that grow when told to, and a page for each article."""

    def __init__(self, sources: int) -> None:
        self.newest = defaultdict(lambda: NEWEST)
        self._sources = sources

    def publish(self, turn: int) -> None:
        chance = dice("flat", turn)
        for feed in chance.sample(range(self._sources), self._sources // 10):
            self.newest[feed] += 1

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if path.startswith("/f"):
            feed = int(path[2:].split(".")[0])
            tag = f'"{self.newest[feed]}"'
            if request.headers.get("if-none-match") == tag:
                return _answer(304, b"")
            return _answer(200, render(feed, self.newest[feed]), etag=tag)
        if path.startswith("/a/"):
            return _answer(200, _PAGE.format(path).encode(), content_type="text/html")
        return _answer(404, b"")


def _answer(status: int, body: bytes, **headers: str) -> httpx.Response:
    """As from the wire: a body that is still to be streamed."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, stream=httpx.ByteStream(body), headers=named)


def _megabytes() -> float:
    with Path("/proc/self/statm").open() as sizes:
        return int(sizes.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


async def _work(poller: Poller, waiting: Iterator[Source], outcomes: Counter[str]) -> None:
    for source in waiting:
        outcomes[(await poller.poll(source)).outcome] += 1


async def run(polls: int, sources: int, folder: Path) -> AsyncIterator[dict[str, float]]:
    """Poll that many times; yields what a twentieth of it left behind."""
    config = configuration([address(feed) for feed in range(sources)], folder / "monitor.db")
    now = datetime.fromtimestamp(BEGAN, UTC) + NEWEST * ROUND
    sites, store, workers = Sites(sources), Store.open(config.database), Workers()
    client = Client(
        config.poll, contact=None, transport=httpx.MockTransport(sites), now=lambda: now
    )
    parts = Parts(
        config=config,
        profiles=learnt(config),
        store=store,
        client=client,
        workers=workers,
        clock=lambda: now,
    )
    with store.transaction():
        store.sources.declare(config.sources, now)
    poller, reader = Poller(parts), Reader(parts)
    rounds = max(20, polls // sources)
    outcomes: Counter[str] = Counter()
    swept = now
    try:
        for turn in range(1, rounds + 1):
            now += ROUND
            sites.publish(turn)
            waiting = iter(config.sources)
            await asyncio.gather(
                *(_work(poller, waiting, outcomes) for _ in range(config.poll.concurrency))
            )
            for entry_id, _ in store.entries.queue(now, 1_000):
                await reader.read(entry_id)
            if now - swept >= timedelta(days=1):
                swept = now
                await sweep(store, KEPT, now)
            if turn % (rounds // 20) == 0:
                yield {
                    "polls": turn * sources,
                    "days": round(turn * ROUND / timedelta(days=1), 1),
                    **outcomes,
                    "mb": round(_megabytes(), 1),
                    "descriptors": sum(1 for _ in Path("/proc/self/fd").iterdir()),
                    "threads": threading.active_count(),
                }
    finally:
        await workers.aclose()
        await client.aclose()
        store.close()


async def main(asked: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async for row in run(asked.polls, asked.sources, Path(folder)):
            print(json.dumps(row), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Memory over very many polls.")
    parser.add_argument("--polls", type=int, default=1_000_000)
    parser.add_argument("--sources", type=int, default=200)
    asyncio.run(main(parser.parse_args()))
