"""The daemon as a process: stop, reload, a store that cannot be written."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import signal
import sqlite3
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import yaml
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from monitor.config.load import load
from monitor.daemon import run as daemon
from monitor.daemon.crank import Every, anew, rest, wake
from monitor.daemon.rig import rig
from monitor.daemon.systemd import Notifier
from monitor.errors import StoreError
from monitor.learn import profiles
from monitor.store.sources import Memory
from tests import blank
from tests.newsroom import Monitor, Newsroom, read_items
from tests.newsroom.newsroom import PATIENCE, is_still, wait_until
from tests.newsroom.process import Here
from tests.receivers import unused_port

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds" / "north-korea-russia"
STORY = [
    item
    for item, row in read_items(ROOT / "tests/data/newsroom/story.jsonl")
    if row["band"] == "on"
]


def _edit(config: Path, **changes: object) -> None:
    document = yaml.safe_load(config.read_text("utf-8"))
    config.write_text(yaml.safe_dump({**document, **changes}, allow_unicode=True), "utf-8")


def _hup(monitor: Monitor) -> None:
    assert monitor._process
    monitor._process.send_signal(signal.SIGHUP)


def _hang_at_the_mail(room: Newsroom) -> None:
    """An article, until its webhook is taken and its mail is on its way to nobody's answer."""
    arrived = threading.Event()
    room.mail.arriving = arrived.set
    room.mail.behaviour = "hang"
    room.publish("rss", STORY[0])
    assert arrived.wait(PATIENCE)
    wait_until(lambda: room.hook.received != [], what="the webhook's alert")


def _seconds_to_end(monitor: Monitor) -> float:
    """From SIGTERM to its end, without those in which the machine's processors were with others."""
    assert monitor._process
    before, began, took = monitor.in_line, time.monotonic(), 0.0
    monitor._process.send_signal(signal.SIGTERM)
    with contextlib.suppress(OSError, IndexError):  # it has ended
        while monitor.alive and took < PATIENCE:
            took = time.monotonic() - began - (monitor.in_line - before)
            time.sleep(0.02)
    return took


def test_a_stop_in_the_middle_of_polls_and_deliveries_is_quick_and_clean(tmp_path: Path) -> None:
    with Newsroom(["rss"], misbehaving=["body-drip", "body-endless-entries"]) as room:
        config = room.write_config(tmp_path, seeds=SEEDS, poll={"deadline": "30s"})
        with Monitor(config) as monitor:
            monitor.wait_for("alerts go to")
            wait_until(lambda: len(room.visits) >= 3, what="visits")
            _hang_at_the_mail(room)
            assert _seconds_to_end(monitor) < 10
            assert monitor.stop() == 0
            log = monitor.log_text()
            assert log.rstrip().endswith("stopped")
            assert "Traceback" not in log


def test_a_reload_adds_and_removes_sources_without_losing_state(tmp_path: Path) -> None:
    with Newsroom(["rss", "atom"]) as room:
        room.publish("atom", STORY[1])
        config = room.write_config(tmp_path, seeds=SEEDS)
        both = yaml.safe_load(config.read_text("utf-8"))["sources"]
        _edit(config, sources=both[:1])
        with Monitor(config) as monitor:
            wait_until(lambda: len(room.visits) >= 2, what="polls")
            assert {visit.path for visit in room.visits} == {room.sites["rss"].style.feed}
            _edit(config, sources=both[1:])
            _hup(monitor)
            monitor.wait_for("info reloaded")
            wait_until(
                lambda: any(v.path == room.sites["atom"].style.feed for v in room.visits),
                what="a poll of the added source",
            )
            rows = {row["name"] for row in monitor.ask("status") if row["kind"] == "source"}
            assert rows == {"atom"}
            right = config.read_text("utf-8")
            config.write_text(right + "\t- {}\n")
            said = monitor.call("status")
            assert said.returncode == 2
            assert said.stderr.startswith(
                f"the daemon (process {monitor._process.pid}) goes on with"
            )
            assert "a tab used to indent" in said.stderr
            config.write_text("sources: 5")
            _hup(monitor)
            monitor.wait_for("reload refused")
            assert monitor.alive
            assert monitor.stop() == 0


def test_another_database_is_for_the_next_start_and_till_then_nobody_looks_there(
    tmp_path: Path,
) -> None:
    """The page would show what the daemon does not work on, and its buttons would change that."""
    with Newsroom(["rss"]) as room:
        config = room.write_config(tmp_path, seeds=SEEDS)
        port = unused_port()
        settings = yaml.safe_load(config.read_text("utf-8"))["settings"]
        settings["web"] = {"listen": f"127.0.0.1:{port}"}
        _edit(config, settings=settings)
        with Monitor(config) as monitor:
            wait_until(lambda: len(room.visits) >= 1, what="a poll")
            _edit(config, settings={**settings, "database": "another.db"})
            _hup(monitor)
            monitor.wait_for("restart to use the new file")
            wait_until(lambda: monitor.log_text().count("info shows") == 2, what="the page anew")
            answer = httpx.get(f"http://127.0.0.1:{port}/sources", trust_env=False)
            assert answer.status_code == 200
            assert monitor.stop() == 0
        assert not list(tmp_path.glob("another.db*"))


def test_what_the_daemon_has_not_read_is_said_and_taken_over_on_request(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    shutil.copytree(SEEDS, seeds)
    with Newsroom(["rss", "atom"]) as room:
        room.publish("atom", STORY[0])
        config = room.write_config(tmp_path, seeds=seeds, sites=["rss"])
        idle = Here(config).call("reload")
        assert (idle.returncode, "no daemon runs" in idle.stderr) == (1, True)
        with Here(config) as monitor:
            monitor.wait_for("alerts go to")
            wait_until(lambda: len(room.visits) >= 2, what="polls")
            round_about = Here(tmp_path / ".." / tmp_path.name / "sources.yaml")
            assert "the daemon reads" not in round_about.call("status").stdout
            other = tmp_path / "other.yaml"
            other.write_text(config.read_text())
            assert (
                f"the daemon reads {config.resolve()}, and not" in Here(other).call("status").stdout
            )
            assert "changed since" not in monitor.call("status").stdout
            (seeds / "report.pdf").write_bytes(b"%PDF-1.4 ...")
            (summary,) = (row for row in monitor.ask("status") if row["kind"] == "summary")
            assert summary["unread"].startswith("the seeds of north-korea-russia changed since")
            refused = monitor.call("reload")
            assert (refused.returncode, "a PDF" in refused.stderr) == (1, True)
            assert "it refused: " in monitor.call("status").stdout
            # A command that adds does not take over what somebody else has begun.
            left = monitor.call("add", room.sites["atom"].url, "--private", "--yes", "--name", "b")
            assert "has not read it yet: monitor reload" in left.stdout
            (seeds / "report.pdf").rename(seeds / ".report.pdf")
            assert "sources.yaml changed since" in monitor.call("check").stderr
            done = monitor.call("reload")
            assert (done.returncode, "works by it now: 2 sources" in done.stdout) == (0, True)
            assert "changed since" not in monitor.call("status").stdout
            added = monitor.call("story", "add", "north-korea-russia", str(_seed(tmp_path)))
            assert "works by it now" in added.stdout
            assert monitor.stop() == 0


def test_a_seed_that_cannot_be_read_keeps_no_service_from_starting(tmp_path: Path) -> None:
    """Nobody may be there after a reboot: the story is followed by its other seeds, and it is said."""
    seeds = tmp_path / "seeds"
    shutil.copytree(SEEDS, seeds)
    report = seeds / "report.pdf"
    report.write_bytes(b"%PDF-1.4 ...")
    with Newsroom(["rss"]) as room:
        config = room.write_config(tmp_path, seeds=seeds)
        with Here(config) as monitor:
            monitor.wait_for("seed left out")
            wait_until(lambda: len(room.visits) >= 2, what="polls")
            (address,) = room.publish("rss", STORY[0])
            wait_until(lambda: room.alerts(address, "webhook") != [], what="the alert")
            assert "works without a seed that cannot be read: " in monitor.call("status").stdout
            assert monitor.call("check").returncode == 2
            assert monitor.call("reload").returncode == 1
            report.unlink()
            assert "changed since" in monitor.call("status").stdout
            assert "works by it now" in monitor.call("reload").stdout
            assert "works without" not in monitor.call("status").stdout
            assert monitor.stop() == 0
        for seed in seeds.iterdir():
            seed.unlink()
        report.write_bytes(b"%PDF-1.4 ...")
        alone = Here(config).call("run")
        assert (alone.returncode, "a PDF" in alone.stderr) == (2, True)


def _seed(folder: Path) -> Path:
    path = folder / "another.md"
    path.write_text(f"# {STORY[2].title}\n\n" + "\n\n".join(STORY[2].paragraphs), "utf-8")
    return path


async def test_a_start_without_a_network_blames_no_source_that_was_well(tmp_path: Path) -> None:
    """Nobody is heard, and the name service says that there are no such names."""
    path = tmp_path / "sources.yaml"
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("The lamp\n\nA lamp was lit in the hall.")
    named = [{"name": name, "url": f"https://{name}.example/feed"} for name in "abcd"]
    path.write_text(yaml.safe_dump({"stories": {"s": {"seeds": "seeds"}}, "sources": named}))
    config = load(path)
    store = blank.in_memory()
    now = datetime.now(UTC)
    with store.transaction():
        store.sources.declare(config.sources, now)
        for name in "abc":
            store.sources.answered(name, now=now, next_poll=now, memory=Memory())
    async with rig(config, profiles(config), store) as built:
        reach = built.parts.client.standing.reach
        for name in "abcd":
            reach.lost(f"{name}.example", nameless=True)
        assert reach._lost == {f"{name}.example" for name in "abc"}
        assert reach.outage()
    store.close()


def test_a_store_that_cannot_be_written_pauses_the_polls_and_says_so(tmp_path: Path) -> None:
    """A lock held by another program stands in for a full disk: every write is refused."""
    with Newsroom(["rss"]) as room:
        config = room.write_config(tmp_path, seeds=SEEDS)
        with Monitor(config) as monitor:
            wait_until(lambda: len(room.visits) >= 2, what="polls")
            other = sqlite3.connect(tmp_path / "monitor.db", timeout=30)
            other.execute("begin immediate")
            monitor.wait_for("error paused")
            # One may have been under way when the store refused.
            wait_until(lambda: is_still(room), what="that sources are not asked any more")
            other.rollback()
            other.close()
            room.publish("rss", STORY[0])
            wait_until(lambda: room.hook.received != [], what="the alert after all")
            assert monitor.stop() == 0


@pytest.mark.parametrize("form", ["json", ""])
def test_the_log_is_for_people_or_for_machines(
    tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONITOR_LOG", form)
    monkeypatch.delenv("JOURNAL_STREAM", raising=False)
    with Newsroom(["rss"]) as room, Monitor(room.write_config(tmp_path, seeds=SEEDS)) as monitor:
        monitor.wait_for("alerts go to")
        wait_until(lambda: room.visits != [], what="a poll")
        assert monitor.stop() == 0
        lines = monitor.log_text().splitlines()
        if form:
            events = [json.loads(line) for line in lines]
            assert {"polls", "follows", "alerts go to", "stopped"} <= {e["event"] for e in events}
        else:
            assert any(line.endswith(f"url={room.sites['rss'].url}") for line in lines)
        assert os.environ["MONITOR_LOG"] == form


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 - of several kinds
            await asyncio.sleep(0.01)


async def test_a_clock_set_back_or_far_forward_does_not_stop_the_crank() -> None:
    scheduler = AsyncIOScheduler(timezone="UTC", job_defaults={"coalesce": True})
    turns: list[datetime] = []

    async def turn() -> None:
        turns.append(datetime.now(UTC))

    job = scheduler.add_job(turn, Every(0.05), misfire_grace_time=None)
    scheduler.start()
    try:
        now = datetime.now(UTC)
        job.modify(next_run_time=now + timedelta(days=365))
        anew(scheduler, now)
        await _until(lambda: turns != [])
        years = job._get_run_times(now + timedelta(days=36_500))
        assert len(years) == 1, "not one by one through a century"
    finally:
        scheduler.shutdown(wait=False)


async def test_a_job_rests_when_it_has_run_since_and_runs_at_once_when_it_is_woken() -> None:
    scheduler = AsyncIOScheduler(timezone="UTC")
    turns: list[datetime] = []

    async def turn() -> None:
        turns.append(datetime.now(UTC))

    job = scheduler.add_job(turn, Every(1.0))
    scheduler.start()
    try:
        since = datetime.now(UTC)
        rest([job], since)
        await _until(lambda: len(turns) == 1)  # it has still to see what was there
        rest([job], since)
        rest([job], since)
        await asyncio.sleep(1.5)
        assert len(turns) == 1
        wake([job], datetime.now(UTC))
        wake([job], datetime.now(UTC))
        assert len(turns) == 1
        await _until(lambda: len(turns) > 1)
        assert len(turns) == 2
        assert job.next_run_time > turns[1], "once, however often it is woken"
        await _until(lambda: len(turns) > 2)  # and goes on as ever
    finally:
        scheduler.shutdown(wait=False)


async def test_a_full_disk_is_waited_for_at_the_start_and_other_trouble_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Newsroom(["rss"]) as room:
        path = room.write_config(tmp_path, seeds=SEEDS)
    config = load(path)
    tries = 0

    @asynccontextmanager
    async def no_room(*_: object) -> AsyncIterator[None]:
        nonlocal tries
        tries += 1
        if tries == 3:
            os.kill(os.getpid(), signal.SIGTERM)
        cause = sqlite3.OperationalError("database or disk is full")
        cause.sqlite_errorcode = trouble
        raise StoreError("the database cannot be written") from cause
        yield

    monkeypatch.setattr(daemon, "rig", no_room)
    monkeypatch.setattr("monitor.daemon.opening._LOOK", 0.05)
    trouble = sqlite3.SQLITE_FULL
    await daemon.Daemon(path, config, Notifier({})).run()
    assert tries == 3
    trouble = sqlite3.SQLITE_READONLY
    with pytest.raises(StoreError):
        await daemon.Daemon(path, config, Notifier({})).run()


def test_a_database_deleted_under_the_daemon_stops_the_polls_and_says_so(tmp_path: Path) -> None:
    with Newsroom(["rss"]) as room:
        config = room.write_config(tmp_path, seeds=SEEDS)
        with Monitor(config) as monitor:
            wait_until(lambda: len(room.visits) >= 2, what="polls")
            (tmp_path / "monitor.db").rename(tmp_path / "aside.db")
            monitor.wait_for("while it was in use")
            room.publish("rss", STORY[0])
            time.sleep(3)
            assert room.received == [], "nothing is told that could not be kept"
            (tmp_path / "aside.db").rename(tmp_path / "monitor.db")
            wait_until(lambda: len(room.received) == 2, what="both alerts after all")
            assert monitor.stop() == 0


def test_a_reload_that_cuts_off_a_delivery_does_not_hold_up_the_channel(tmp_path: Path) -> None:
    with Newsroom(["rss"]) as room:
        config = room.write_config(tmp_path, seeds=SEEDS)
        with Monitor(config) as monitor:
            wait_until(lambda: len(room.visits) >= 2, what="polls")
            _hang_at_the_mail(room)
            _hup(monitor)
            monitor.wait_for("info reloaded")
            room.mail.behaviour = "accept"
            wait_until(lambda: room.mail.received != [], what="the mail after all")
            assert monitor.stop() == 0
