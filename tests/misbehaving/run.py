"""The monitor's side, as a process of its own: polls every source named on standard input.

Reads one JSON object, `{"folder", "deadline", "sources", "healthy"}`, and writes
one: what each poll came to, how long it took, the longest time in which the event
loop did not turn, and memory before the first poll and at its highest.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from monitor.fetch import guard, network
from monitor.fetch.client import Client
from monitor.learn import profiles
from monitor.model import Config, Fetched, NotModified, PollSettings, Source, Story
from monitor.parse import read_entries
from monitor.parts import Parts
from monitor.poll import Poller
from monitor.store.store import Store
from monitor.workers import Workers

from .case import feed

SEEDS = Path(__file__).parents[2] / "seeds" / "north-korea-russia"
EVERY = timedelta(minutes=1)
_SCHEDSTAT = Path("/proc/thread-self/schedstat")
_TICK = 0.01
_LOOK = 0.02


class TimedClient(Client):
    """Notes how long each exchange took, by address; what the machine's others took does not count."""

    took: dict[str, float]

    async def get(self, url: str, **options: Any) -> Fetched | NotModified:
        began = time.monotonic() - in_line()
        try:
            return await super().get(url, **options)
        finally:
            took = time.monotonic() - in_line() - began
            self.took[url] = max(self.took.get(url, 0.0), took)


class Watch:
    """The event loop's longest pause, and the memory of this process and its workers.

    The time in which the machine's processors were with others does not count: a busy
    machine says nothing about the loop.
    """

    def __init__(self) -> None:
        self.pause = 0.0
        self.workers = 0
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self._tasks = [asyncio.create_task(each()) for each in (self._tick, self._look)]

    def stop(self) -> None:
        for task in self._tasks:
            task.cancel()

    async def _tick(self) -> None:
        while True:
            before = time.monotonic() - in_line()
            await asyncio.sleep(_TICK)
            self.pause = max(self.pause, time.monotonic() - in_line() - before - _TICK)

    async def _look(self) -> None:
        while True:
            self.look()
            await asyncio.sleep(_LOOK)

    def look(self) -> None:
        """The highest sum of what each living worker ever had."""
        self.workers = max(self.workers, sum(memory(pid, "VmHWM") for pid in children()))


def in_line() -> float:
    """Seconds for which this thread was ready and had no processor (proc(5), schedstat)."""
    return int(_SCHEDSTAT.read_text().split()[1]) / 1e9


def memory(pid: int | str, what: str) -> int:
    """`VmRSS` (now) or `VmHWM` (at its highest) of a process in bytes, 0 when it has gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(what)), 0)


def forget_peak() -> None:
    """Begin `VmHWM` anew: what importing and learning took is over (proc(5), clear_refs)."""
    Path("/proc/self/clear_refs").write_text("5")


def children() -> list[int]:
    """Our child processes."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            if int(stat.rpartition(")")[2].split()[1]) == os.getpid():
                found.append(int(entry.name))
    return found


async def run(plan: dict[str, Any]) -> dict[str, Any]:
    """Poll all, the bad ones as often as each says, the good ones all the while.

    The heavy ones come last and one by one.
    """
    settings = PollSettings(
        every=EVERY,
        floor=EVERY,
        host_gap=timedelta(seconds=1),
        deadline=timedelta(seconds=plan["deadline"]),
    )
    bad = {s["name"]: _source(s) for s in plan["sources"]}
    good = {s["name"]: _source(s) for s in plan["healthy"]}
    folder = Path(plan["folder"])
    config = Config(
        path=folder / "sources.yaml",
        contact=None,
        database=folder / "monitor.db",
        poll=settings,
        fold_window=timedelta(days=14),
        stories=(Story(name="troops", title="Troops", seeds=SEEDS),),
        channels=(),
        sources=(*bad.values(), *good.values()),
    )
    store = Store.open(config.database)
    with store.transaction():
        store.sources.declare(config.sources, datetime.now(UTC))
    client = TimedClient(settings, contact=None)
    client.took = {}
    workers = Workers()
    poller = Poller(
        Parts(
            config=config,
            profiles=profiles(config),
            store=store,
            client=client,
            workers=workers,
            clock=lambda: datetime.now(UTC),
        )
    )
    await workers.run(read_entries, Source(name="x", url="http://x.example/"), _fetched())
    gc.collect()
    own, theirs = memory("self", "VmRSS"), sum(memory(pid, "VmRSS") for pid in children())
    forget_peak()
    watch = Watch()
    watch.start()
    slots = asyncio.Semaphore(settings.concurrency)
    began = time.monotonic()

    async def visit(source: Source) -> dict[str, Any]:
        start = time.monotonic() - in_line()
        polled = await poller.poll(source)
        state = store.sources.state(source.name)
        assert state is not None
        assert state.last_poll is not None
        return {
            "outcome": polled.outcome,
            "detail": polled.detail,
            "failure": state.failure,
            "seconds": time.monotonic() - in_line() - start,
            "wait": (state.next_poll - state.last_poll).total_seconds(),
        }

    async def misbehaving(row: dict[str, Any]) -> None:
        seen = found[row["name"]] = []
        async with slots:
            seen.extend([await visit(bad[row["name"]]) for _ in range(row["polls"])])

    over = asyncio.Event()
    found: dict[str, list[dict[str, Any]]] = {}

    async def healthy(source: Source) -> list[dict[str, Any]]:
        seen = []
        while not over.is_set():
            seen.append(await visit(source))
            await asyncio.sleep(0.2)
        return seen

    readers = [asyncio.create_task(healthy(source)) for source in good.values()]
    await asyncio.gather(*(misbehaving(s) for s in plan["sources"] if not s["heavy"]))
    for row in plan["sources"]:
        if row["heavy"]:
            await misbehaving(row)
    over.set()
    read = dict(zip(good, await asyncio.gather(*readers), strict=True))
    watch.stop()
    watch.look()
    rows = store.db.conn.execute(
        """select e.source, coalesce(e.title, a.title) from entries e
           left join articles a on a.id = e.article_id order by e.id"""
    ).fetchall()
    report = {
        "sources": found,
        "healthy": read,
        "exchange": client.took,
        "titles": {name: [title for source, title in rows if source == name] for name in bad},
        "wall": time.monotonic() - began,
        "pause": watch.pause,
        "rest": {"daemon": own, "worker": theirs},
        "peak": {"daemon": memory("self", "VmHWM"), "worker": watch.workers},
    }
    await workers.aclose()
    await client.aclose()
    store.close()
    return report


def _source(row: dict[str, Any]) -> Source:
    return Source(name=row["name"], url=row["url"], private=row["private"], language="ar")


def _fetched() -> Fetched:
    """Something to start a worker and load the parsers with."""
    url = "http://x.example/"
    return Fetched(
        url=url,
        final_url=url,
        status=200,
        headers=(),
        body=feed(),
        content_type=None,
        fetched_at=datetime.now(UTC),
    )


def main() -> None:
    """Read the plan, write the report."""
    plan = json.load(sys.stdin)
    real = guard.public

    # A public site on loopback: the address of the servers, and it alone, passes for one.
    def public(address: guard.Address) -> bool:
        return str(address) == plan["public"] or real(address)

    with mock.patch.object(guard, "public", public), mock.patch.object(network, "public", public):
        report = asyncio.run(run(plan))
    json.dump(report, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
