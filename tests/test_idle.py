"""The daemon with nothing to do, on a clock that only waiting moves: how seldom it wakes, how little
it asks, and that nothing which comes up meanwhile waits for longer than it may.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import apscheduler.schedulers.base
import pytest

from bench.waits import Loop
from monitor.daemon import hindrance, systemd
from monitor.daemon import rig as rigged
from monitor.daemon import run as daemon
from monitor.daemon.systemd import Notifier
from monitor.model import Channel, Config, Digest, PollSettings, Receipt, Source
from monitor.poll import Polled
from monitor.store.rows import stamp
from monitor.store.store import Store
from tests import blank

START = datetime(2026, 11, 30, 12, 0, 0, 250_000, tzinfo=UTC)
EARLIER, LATER = START - timedelta(days=2), START + timedelta(hours=6)
CALM = 600.0  # seconds after which nothing of the start is left
SOON = 10.0  # seconds in which what another process writes must be noticed
AT_ONCE = 0.5  # and what comes due, and what this process writes itself
SAID = 10.0  # and all be said in the status


@dataclass
class Idle:
    """A daemon over sources of which none is due, and what it was seen to do, and when."""

    path: Path
    store: Store
    shift: timedelta = timedelta()  # by which the clock was set
    done: list[tuple[str, datetime]] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    beats: list[datetime] = field(default_factory=list)
    ended: datetime = START

    def now(self) -> datetime:
        return START + self.shift + timedelta(seconds=asyncio.get_running_loop().time())

    def note(self, what: str) -> None:
        self.done.append((what, self.now()))

    def other(self, sql: str, *values: object) -> None:
        """A write of another process."""
        with sqlite3.connect(self.path) as connection:
            connection.execute(sql, values)
        connection.close()

    def own(self, sql: str, *values: object) -> None:
        with self.store.transaction():
            self.store.db.execute(sql, list(values))

    def queue(self, at: datetime, *, attempts: int = 0) -> None:
        self.other(
            """insert into messages (alert_id, channel, key, content_type, body)
               values ('x', 'desk', 'k', 'text/plain', x'78')"""
        )
        self.other(
            """insert into deliveries (message_id, channel, recipient, state, attempts, next_at, created)
               values (1, 'desk', '', 'queued', ?, ?, ?)""",
            attempts,
            stamp(at),
            stamp(self.now()),
        )

    # ---- stands in for what polls, reads, teaches and sends

    async def poll(self, source: Source) -> Polled:
        self.note("poll")
        with self.store.transaction():
            self.store.sources.postponed(source.name, next_poll=self.now() + timedelta(hours=6), detail="")  # fmt: skip
        return Polled(source=source.name, outcome="unchanged")

    async def read(self, entry_id: int) -> list[Any]:
        self.note("read")
        with self.store.transaction():
            self.store.entries.settle(entry_id, 1, None)
        return []

    async def look(self) -> list[Any]:
        if self.store.labels.version():
            self.note("teach")
        return []

    async def send(self, delivery: object) -> Receipt:
        self.note("send")
        return Receipt(status=None, reply="")

    async def aclose(self) -> None:
        return

    def sent(self, message: str) -> None:
        if message == "WATCHDOG=1":
            self.beats.append(self.now())

    def status(self, text: str) -> None:
        self.said.append(text)
        if "held" in text:
            self.note("status")


def turned(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    play: Callable[[Idle], Awaitable[None]],
    watchdog: int | None = None,
    **changed: object,
) -> Idle:
    """Run the real daemon's turn, `play` beside it, until that ends."""
    config = Config(
        path=folder / "sources.yaml",
        contact=None,
        database=folder / "monitor.db",
        poll=PollSettings(),
        fold_window=timedelta(days=14),
        stories=(),
        channels=(Channel(name="desk", kind="log", **changed), Channel(name="log", kind="log")),
        sources=tuple(Source(name=f"s{n}", url=f"https://s{n}.example/feed") for n in range(50)),
    )
    store = blank.at(config.database)
    idle = Idle(config.database, store)

    class Fake(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return idle.now().astimezone(tz)

    monkeypatch.setattr(apscheduler.schedulers.base, "datetime", Fake)
    for room in (rigged, daemon):
        monkeypatch.setattr(room, "clock", idle.now)
    monkeypatch.setattr(rigged, "sender", lambda _: idle)

    async def main() -> None:
        notifier = Notifier({"WATCHDOG_USEC": f"{watchdog}000000"} if watchdog else {})
        elapsed = SimpleNamespace(monotonic=asyncio.get_running_loop().time)
        monkeypatch.setattr(systemd, "time", elapsed)
        monkeypatch.setattr(notifier, "_send", idle.sent)
        monkeypatch.setattr(notifier, "status", idle.status)
        running = daemon.Daemon(config.path, config, notifier)
        async with rigged.rig(config, {}, store) as built:
            idle.own(
                "update sources set next_poll = ?, last_poll = ?", stamp(LATER), stamp(EARLIER)
            )
            stand_in: Any = idle
            turn = asyncio.create_task(
                running._turn(
                    replace(built, poller=stand_in, reader=stand_in, teacher=stand_in), None
                )
            )
            await asyncio.sleep(CALM)
            assert idle.done == []
            store.db.conn.set_trace_callback(idle.statements.append)
            await play(idle)
            store.db.conn.set_trace_callback(None)
            running._stop()
            await turn
            idle.ended = idle.now()
        store.close()

    with asyncio.Runner(loop_factory=Loop) as runner:
        runner.run(main())
    return idle


def test_an_idle_daemon_wakes_every_ten_seconds_and_asks_one_thing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    minutes, wakes = 60, 0

    async def nothing(_: Idle) -> None:
        nonlocal wakes
        loop = asyncio.get_running_loop()
        assert isinstance(loop, Loop)
        before = loop.wakes
        await asyncio.sleep(60 * minutes)
        wakes = loop.wakes - before

    idle = turned(tmp_path, monkeypatch, nothing)
    looks = [one for one in idle.statements if "data_version" in one]
    others = len(idle.statements) - len(looks)
    print(f"a minute: {wakes / minutes:.1f} wakes, {len(idle.statements) / minutes:.1f} statements")
    # Six, and one for what is looked at when the minute is over.
    assert wakes <= 8 * minutes
    assert len(looks) <= 14 * minutes
    # Once a minute all of it is looked at, and that the daemon lives is written.
    assert others < 50 * minutes
    assert idle.done == []


def test_the_status_is_said_again_where_it_may_have_changed_and_now_and_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def play(idle: Idle) -> None:
        idle.said.clear()
        await asyncio.sleep(3_600)
        assert len(idle.said) == 6
        idle.other("update sources set failure = 'http' where name = 's7'")
        await asyncio.sleep(SAID)
        assert "49 of 50 sources ok, 1 failing" in idle.said[-1]

        def breaks(*_: object) -> list[str]:
            raise sqlite3.DatabaseError("malformed")

        due = idle.store.sources.due
        elapsed = SimpleNamespace(monotonic=asyncio.get_running_loop().time)
        monkeypatch.setattr(hindrance, "time", elapsed)
        monkeypatch.setattr(idle.store.sources, "due", breaks)
        idle.own("update sources set failure = null")
        await asyncio.sleep(SAID)
        assert idle.said[-1].startswith("paused: malformed; ")
        monkeypatch.setattr(idle.store.sources, "due", due)
        await asyncio.sleep(10 + SAID)
        assert idle.said[-1].startswith("50 of 50 sources ok")

    turned(tmp_path, monkeypatch, play)


ENTRY = """insert into entries (source, key, url, title, headline, first_seen, last_seen, baseline, stage, read_at, headline_score)
           values ('s1', 'k', 'https://s1.example/1', 't', 1, ?1, ?1, 0, 'pending', ?1, 0.5)"""
LABEL = "insert into labels (story, article_id, said, at) values ('x', 1, 'yes', '')"
HOLD = """insert into care (key, value) values ('held', '{"since": "2026-11-30T12:00:00.000Z", "why": "x"}')"""


def _later(idle: Idle, seconds: float) -> str:
    return stamp(idle.now() + timedelta(seconds=seconds))


# What comes up, in how many seconds it is to be done, and what that is.
OWN = "a poll asked for by this process, as by a hub"
CASES: dict[str, tuple[Callable[[Idle], object], float, str]] = {
    "a poll asked for by another process": (
        lambda idle: idle.other("update sources set next_poll = ? where name = 's7'", _later(idle, 0)),
        0, "poll",
    ),
    OWN: (
        lambda idle: idle.own("update sources set next_poll = ? where name = 's7'", _later(idle, 0)),
        0, "poll",
    ),
    "a source whose time comes": (
        lambda idle: idle.other("update sources set next_poll = ? where name = 's7'", _later(idle, 95.3)),
        95.3, "poll",
    ),
    "an entry whose time comes": (lambda idle: idle.other(ENTRY, _later(idle, 200)), 200, "read"),
    "a label": (lambda idle: idle.other(LABEL), 0, "teach"),
    "a delivery": (lambda idle: idle.queue(idle.now()), 0, "send"),
    "a delivery whose next attempt comes": (
        lambda idle: idle.queue(idle.now() + timedelta(seconds=333), attempts=2), 333, "send",
    ),
    "a hold, for the status": (lambda idle: idle.other(HOLD), 0, "status"),
    "the clock set forward, or a machine that wakes": (
        lambda idle: setattr(idle, "shift", timedelta(hours=8)), 0, "poll",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_comes_up_is_noticed_at_once(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    happen, after, what = CASES[name]

    async def play(idle: Idle) -> None:
        await asyncio.sleep(0.6)
        happen(idle)
        await asyncio.sleep(after - 0.1)
        assert idle.done == [], "not before its time"
        if name == OWN or after:
            await asyncio.sleep(AT_ONCE)
        else:
            await asyncio.sleep((SAID if what == "status" else SOON) + 0.1)
        assert {done for done, _ in idle.done} == {what}

    turned(tmp_path, monkeypatch, play)


def test_a_signal_acts_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    signalled: list[datetime] = []

    async def play(idle: Idle) -> None:
        await asyncio.sleep(1.3)
        signalled.append(idle.now())

    idle = turned(tmp_path, monkeypatch, play)
    [at] = signalled
    assert idle.ended - at < timedelta(seconds=0.1)


@pytest.mark.parametrize("seconds", [3, 15, 30, 90, 600])
def test_the_watchdog_hears_of_an_idle_daemon_in_time(
    seconds: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def play(_: Idle) -> None:
        await asyncio.sleep(1_800)

    idle = turned(tmp_path, monkeypatch, play, watchdog=seconds)
    beats = [at for at in idle.beats if at >= START + timedelta(seconds=CALM)]
    gaps = [later - at for at, later in pairwise(beats)]
    assert max(gaps) <= timedelta(seconds=seconds / 2)
    assert len(beats) >= 2 * 1_800 // seconds - 1


def test_a_clock_set_back_makes_due_what_waits_for_the_wrong_future(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def play(idle: Idle) -> None:
        idle.queue(idle.now() + timedelta(hours=3), attempts=2)
        await asyncio.sleep(30)
        assert idle.done == []
        idle.shift = -timedelta(days=1)
        await asyncio.sleep(SOON + 0.1)
        assert [what for what, _ in idle.done] == ["send"]
        # And from then on all goes as ever.
        idle.other("update sources set next_poll = ? where name = 's7'", _later(idle, 100))
        await asyncio.sleep(100 + AT_ONCE)
        assert [what for what, _ in idle.done] == ["send", "poll"]

    turned(tmp_path, monkeypatch, play)


def test_a_digest_goes_out_at_its_minute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def play(idle: Idle) -> None:
        await asyncio.sleep(3_600)

    idle = turned(tmp_path, monkeypatch, play, digest=Digest(at=(time(12, 30),)))
    [(what, at)] = idle.done
    assert what == "send"
    assert (
        timedelta(0) <= at - START.replace(minute=30, microsecond=0) <= timedelta(seconds=AT_ONCE)
    )


def test_a_job_that_breaks_keeps_no_other_from_its_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And is tried again each second, until it works."""
    broken: list[datetime] = []

    async def play(idle: Idle) -> None:
        queue = idle.store.entries.queue

        def breaks(*_: object) -> list[Any]:
            broken.append(idle.now())
            raise sqlite3.OperationalError

        monkeypatch.setattr(idle.store.entries, "queue", breaks)
        idle.queue(idle.now())
        idle.other(ENTRY, _later(idle, 0))
        await asyncio.sleep(20)
        assert {what for what, _ in idle.done} == {"send"}
        assert len(broken) >= 18
        monkeypatch.setattr(idle.store.entries, "queue", queue)
        await asyncio.sleep(SOON)
        assert {what for what, _ in idle.done} == {"send", "read"}

    turned(tmp_path, monkeypatch, play)


NOW = START
IN_AN_HOUR, IN_A_DAY, IN_A_YEAR = (
    NOW + timedelta(hours=1),
    NOW + timedelta(days=1),
    NOW + timedelta(days=365),
)
SOURCE = "insert into sources (name, url, declared, next_poll) values ('{}', 'x', '', '{}')"
READING = """insert into entries (source, key, first_seen, last_seen, baseline, stage, read_at, headline_score)
             values ('s1', '{0}', '', '', 0, 'pending', '{0}', 0)"""
QUEUED = """insert into deliveries (message_id, channel, recipient, state, next_at, created)
            values (1, '{0}', '{1}', 'queued', '{1}', '')"""


@pytest.mark.parametrize(
    ("rows", "due"),
    [
        ([], None),
        ([SOURCE.format("s1", stamp(IN_A_DAY)), SOURCE.format("s2", stamp(IN_AN_HOUR))], IN_AN_HOUR),
        # What only another process's file names is not polled here, and nothing waits for it.
        ([SOURCE.format("s1", stamp(IN_A_DAY)), SOURCE.format("other", stamp(NOW))], IN_A_DAY),
        ([READING.format(stamp(IN_A_DAY)), READING.format(stamp(IN_AN_HOUR))], IN_AN_HOUR),
        # A wrong clock has put it off.
        ([READING.format(stamp(IN_AN_HOUR)), READING.format(stamp(IN_A_YEAR))], NOW),
        ([QUEUED.format("desk", stamp(IN_A_YEAR))], NOW),
        # A source that is given up waits so long, and rightly.
        ([SOURCE.format("s1", stamp(IN_A_YEAR))], IN_A_YEAR),
        ([QUEUED.format("desk", stamp(IN_A_DAY)), QUEUED.format("log", stamp(IN_AN_HOUR))], IN_AN_HOUR),
        # Nobody carries a channel that is gone, nor anything in a store that is held.
        ([QUEUED.format("gone", stamp(NOW))], None),
        ([QUEUED.format("desk", stamp(NOW)), HOLD], None),
    ],
)  # fmt: skip
def test_when_something_is_due(rows: list[str], due: datetime | None) -> None:
    store = blank.in_memory()
    for row in rows:
        store.db.execute(row)
    assert store.dues.next(NOW, {"s1", "s2"}, ["desk", "log"]) == due
    store.close()
