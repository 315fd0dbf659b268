"""The database over the years: schemas of old, what is let go, crashes, damage, a full disk."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import fcntl
import gc
import gzip
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlite_utils import Database

from monitor.config.load import load
from monitor.daemon import sweep as sweeping
from monitor.daemon.hindrance import Hindrance
from monitor.daemon.opening import Opening
from monitor.daemon.sweep import sweep
from monitor.errors import ConfigError, StoreError
from monitor.model import Episode, Fold
from monitor.searching import fill, search
from monitor.store import schema
from monitor.store.ballast import Ballast
from monitor.store.denied import advice
from monitor.store.lock import holder, lock
from monitor.store.retention import FIRST, Place
from monitor.store.rows import stamp
from monitor.store.schema import migrations
from monitor.store.snapshot import damage
from monitor.store.store import Store, outdated
from tests import blank
from tests.newsroom import Monitor, Newsroom, read_items
from tests.newsroom.newsroom import PATIENCE, is_still, wait_until
from tests.test_store import article, match, queue

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds" / "north-korea-russia"
SCHEMAS = sorted((ROOT / "tests/data/schemas").glob("*.db.gz"))
NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
STORY = [
    item
    for item, row in read_items(ROOT / "tests/data/newsroom/story.jsonl")
    if row["band"] == "on"
]


# ---- schemas of released versions


@pytest.mark.parametrize("kept", SCHEMAS, ids=lambda path: path.name)
def test_a_database_of_every_released_schema_is_carried_forward(tmp_path: Path, kept: Path) -> None:
    """Rows are as they were; what was told stays told, and what waits is still to be sent."""
    path = tmp_path / "monitor.db"
    path.write_bytes(gzip.decompress(kept.read_bytes()))
    old = sqlite3.connect(path)
    tables = [name for (name,) in old.execute(
        "select name from sqlite_schema where type = 'table' and name not like '\\_%' escape '\\'"
        " and name not like 'sqlite%'"  # SQLite's own figures
    )]  # fmt: skip
    before = {name: old.execute(f"select count(*) from {name}").fetchone() for name in tables}
    told = old.execute("select * from told").fetchall()
    waiting = old.execute(
        "select m.key, m.body from deliveries d join messages m on m.id = d.message_id"
        " where d.state = 'queued'"
    ).fetchall()
    old.close()
    assert before["articles"] > (0,)
    assert waiting

    store = Store.open(path)
    after = {name: store.db.execute(f"select count(*) from {name}").fetchone() for name in tables}
    assert after == before
    assert store.db.execute("select * from told").fetchall() == told
    assert store.evidence.broken() is None
    store.outbox.release(NOW + timedelta(days=3650))
    later = NOW + timedelta(days=3651)
    claimed = store.outbox.claim("desk", later, 9, timedelta(minutes=5))
    assert [(each.key, each.body) for each in claimed] == waiting
    assert store.health.standing()
    store.close()
    assert damage(path) is None
    Store.open(path).close()


def test_of_two_that_open_an_old_database_one_carries_it_forward(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An upgraded daemon and a command of the same minute; neither fails, and nothing is done twice."""
    path = tmp_path / "monitor.db"
    path.write_bytes(gzip.decompress(SCHEMAS[0].read_bytes()))
    real = migrations.pending
    asked: list[Database] = []
    others: list[Store] = []

    def overtaken(db: Database) -> list[Any]:
        found = real(db)
        of_the_file = any(row[2] for row in db.execute("pragma database_list"))
        asked.extend([db] * of_the_file)
        if of_the_file and len(asked) == 1:
            others.append(Store.open(path))
        return found

    monkeypatch.setattr(migrations, "pending", overtaken)
    store = Store.open(path)
    names = [name for (name,) in store.db.execute("select name from _sqlite_migrations")]
    assert len(names) == len(set(names))
    for each in (*others, store):
        each.close()


def test_a_migration_that_fails_half_way_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "monitor.db"
    path.write_bytes(gzip.decompress(SCHEMAS[0].read_bytes()))
    before = list(sqlite3.connect(path).iterdump())
    real = schema._run

    def torn(db: Database, name: str) -> None:
        real(db, name)
        if name == "rhythm":
            raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(schema, "_run", torn)
    with pytest.raises(StoreError, match="disk is full"):
        Store.open(path)
    assert list(sqlite3.connect(path).iterdump()) == before


def test_no_figures_of_small_tables_stay_behind_to_mislead_the_planner(tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    path.write_bytes(gzip.decompress(SCHEMAS[0].read_bytes()))
    asked = "select count(*) from sqlite_schema where name like 'sqlite_stat%'"
    with contextlib.closing(sqlite3.connect(path)) as old:
        assert old.execute(asked).fetchone() == (1,), "written by a version that left some"
    for _ in range(2):
        store = Store.open(path)
        store.entries.queue(NOW, 9)
        assert store.db.execute(asked).fetchone() == (0,)
        store.close()


# ---- what is let go


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = blank.at(tmp_path / "monitor.db")
    yield opened
    opened.close()


def _kept(
    store: Store, number: int, *bands: str, original: int | None = None, text: str = ""
) -> int:
    fold = Fold(relation="copy" if original else "new", original=original)
    with store.transaction():
        found = store.articles.add(article(number, text=text or f"Text {number} " * 50), fold, ())
        for entry, band in enumerate(bands):
            store.articles.judged(
                number * 10 + entry, found, match(band), "off", brief=False, now=NOW
            )
    return found


def test_texts_that_matched_nothing_go_and_what_matched_never(store: Store) -> None:
    off = _kept(store, 1, "off")
    on = _kept(store, 2, "on")
    maybe = _kept(store, 3, "off", "maybe")
    once = _kept(store, 4, "on", "off")
    unjudged = _kept(store, 5)
    first = _kept(store, 6, "off")
    copy = _kept(store, 7, "on", original=first)
    other = _kept(store, 8, "off")
    labelled = _kept(store, 9, "off")
    store.db.execute(
        "insert into labels (story, article_id, said, at) values ('s', ?, 'no', 'now')", [labelled]
    )
    store.db.conn.commit()
    later = NOW + timedelta(days=91)
    with store.transaction():
        assert store.retention.drop(NOW, later, 100) == (0, None), "none is that old"
        assert store.retention.drop(NOW + timedelta(seconds=1), later, 1)[0] == 1
        assert store.retention.drop(NOW + timedelta(seconds=1), later, 100) == (1, None)
        assert store.retention.drop(NOW + timedelta(seconds=1), later, 100) == (0, None)
    texts = dict(store.db.execute("select id, length(text) from printed"))
    assert {number for number, length in texts.items() if not length} == {off, other}
    assert {number for number, length in texts.items() if length} == {
        on, maybe, once, unjudged, first, copy, labelled,
    }  # fmt: skip


def test_a_step_goes_on_where_the_one_before_ended(store: Store) -> None:
    """What stays is looked at once, however much of it there is; what goes is found behind it."""
    for number in range(1, 6):
        _kept(store, number, "on")
    off = _kept(store, 6, "off")
    before = NOW + timedelta(seconds=1)
    steps = []
    place: Place | None = FIRST
    with store.transaction():
        while place is not None:
            dropped, place = store.retention.drop(before, before, 2, place)
            steps.append(dropped)
    assert steps == [0, 0, 1, 0]
    (found,) = store.db.execute("select id from articles where dropped is not null").fetchall()
    assert found == (off,)


def test_texts_that_are_let_go_of_give_their_room_back(store: Store) -> None:
    """Not only their bytes: rows that shrink leave a table as large as it was."""
    chance = random.Random(1)
    words = [f"word{number}" for number in range(50)]
    for number in range(1, 301):
        _kept(store, number, "off", text=" ".join(chance.choices(words, k=1_500)))
    while fill(store):
        pass
    (held,) = store.db.execute("select sum(length(packed)) from texts").fetchone()
    before = _pages(store)
    with store.transaction():
        store.retention.drop(NOW + timedelta(days=1), NOW, 1_000)
    while fill(store):
        pass
    assert (before - _pages(store)) * 4096 > held / 2
    assert search(store, "Title", story=None, since=None, limit=1, stories=["s"]), "by its headline"


def _pages(store: Store) -> int:
    """How many are in use."""
    (count,) = store.db.execute("pragma page_count").fetchone()
    (free,) = store.db.execute("pragma freelist_count").fetchone()
    return int(count) - int(free)


async def test_a_sweep_lets_go_of_so_much_and_the_next_one_of_the_rest(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is taken out of the search is kept until it is: a year at once would want room for it."""
    monkeypatch.setattr(sweeping, "_TEXTS", 2)
    monkeypatch.setattr(sweeping, "_AT_ONCE", 4)
    for number in range(1, 8):
        _kept(store, number, "on" if number == 1 else "off")
    gone = []
    for _ in range(3):
        await sweep(store, timedelta(days=1), NOW + timedelta(days=2))
        gone.append(store.db["articles"].count_where("dropped is not null"))
    assert gone == [5, 6, 6]


def test_an_old_article_that_comes_back_is_known(store: Store) -> None:
    """Unchanged it is the same one; changed, its new text is kept again."""
    number = _kept(store, 1, "off")
    later = NOW + timedelta(days=91)
    with store.transaction():
        assert store.retention.drop(later, later, 100) == (1, None)
    again = article(1, text="Text 1 " * 50)
    (known,) = store.articles.candidates(again, (), later)
    assert (known.id, known.text) == (number, "")
    assert known.fingerprint == again.fingerprint
    with store.transaction():
        store.articles.revise(number, again, (), later)
    assert store.db.execute("select count(*) from revisions").fetchone() == (0,)
    changed = article(2, text="It says something else now", url=again.url)
    with store.transaction():
        store.articles.revise(number, changed, (), later)
    assert store.db.execute("select text, dropped from printed").fetchone() == (
        "It says something else now",
        None,
    )


def test_room_is_given_back(store: Store, tmp_path: Path) -> None:
    with store.transaction():
        for _ in range(160):  # against which the empty tables are little
            store.evidence.keep_body(os.urandom(20_000))
    with store.transaction():
        store.evidence.sweep()
    store.db.execute("pragma wal_checkpoint(truncate)").fetchall()
    large = (tmp_path / "monitor.db").stat().st_size
    (free,) = store.db.execute("pragma freelist_count").fetchone()
    assert store.retention.shrink(100)
    assert store.db.execute("pragma freelist_count").fetchone() == (free - 100,)
    steps = 1
    while store.retention.shrink(100):
        steps += 1
    store.db.execute("pragma wal_checkpoint(truncate)").fetchall()
    assert steps > 2
    assert (tmp_path / "monitor.db").stat().st_size < large / 5


def test_a_time_shorter_than_the_window_of_copies_is_refused(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("The lamp\n\nA lamp was lit.")
    path = tmp_path / "sources.yaml"
    path.write_text("settings:\n  keep: {off: 90d}\nstories: {lamp: {seeds: seeds}}\n")
    assert load(path).keep_off == timedelta(days=90)
    path.write_text("settings:\n  keep: {off: 13d}\nstories: {lamp: {seeds: seeds}}\n")
    with pytest.raises(ConfigError, match=r":2:15: shorter than settings.fold.window \(14d\)"):
        load(path)


# ---- a file that is copied while it is written


def test_a_copy_without_the_log_of_changes_is_refused_and_not_taken_for_a_new_store(
    tmp_path: Path,
) -> None:
    store = Store.open(tmp_path / "monitor.db")
    for name, with_log in (("bare", False), ("whole", True)):
        copy = tmp_path / name / "monitor.db"
        copy.parent.mkdir()
        shutil.copy(tmp_path / "monitor.db", copy)
        if with_log:
            shutil.copy(tmp_path / "monitor.db-wal", copy.parent)
    for _ in range(2):
        with pytest.raises(StoreError, match=r"holds nothing, as a copy .* without monitor.db-wal"):
            Store.open(tmp_path / "bare" / "monitor.db")
        assert not outdated(tmp_path / "bare" / "monitor.db"), "which would leave a log beside it"
    Store.open(tmp_path / "whole" / "monitor.db").close()
    store.close()
    Store.open(tmp_path / "monitor.db").close()
    (tmp_path / "empty.db").touch()  # as a container's volume may have it
    Store.open(tmp_path / "empty.db").close()


@pytest.mark.parametrize("begun", ["nothing", "an empty file"])
def test_a_first_start_without_room_for_the_tables_is_no_hollow_copy_afterwards(
    begun: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "monitor.db"
    if begun == "an empty file":
        path.touch()

    def no_room(db: Database) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    with monkeypatch.context() as patched:
        patched.setattr("monitor.store.store._migrate", no_room)
        for _ in range(3):
            said = None
            try:
                Store.open(path)
            except StoreError as error:
                said = str(error)
            assert said
            assert "its disk is full" in said
            gc.collect()  # as if the process had ended
    store = Store.open(path)
    assert store.db.execute("pragma auto_vacuum").fetchone() == (2,), "it gives room back"
    assert store.db.execute("pragma journal_mode").fetchone() == ("wal",)
    store.close()


def test_a_first_start_whose_number_a_full_disk_refused_is_no_other_monitor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "monitor.db"

    def no_room(handle: int, text: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("monitor.store.lock.os.write", no_room)
        held = lock(path)
    assert holder(path) == "unknown"
    Store.open(path).close()
    held.close()
    path.unlink()
    other = (tmp_path / "monitor.db.lock").open("a")
    fcntl.flock(other, fcntl.LOCK_EX)
    with pytest.raises(StoreError, match="is gone"):
        Store.open(path)
    other.close()


async def test_what_is_written_comes_into_the_file_within_the_hour(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "monitor.db")
    queue(store)
    await sweep(store, None, NOW)
    shutil.copy(tmp_path / "monitor.db", tmp_path / "copy.db")
    with contextlib.closing(Store.open(tmp_path / "copy.db")) as copy:
        assert copy.outbox.claim("mail", NOW, 9, timedelta(minutes=1))
    store.close()


async def test_a_reading_under_way_keeps_the_log_for_the_next_hour(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "monitor.db")
    queue(store)
    reading = store.db.conn.execute("select 1 from sqlite_schema")
    assert reading.fetchone() == (1,)
    await sweep(store, None, NOW)
    assert (tmp_path / "monitor.db-wal").stat().st_size
    reading.close()
    store.close()


# ---- ends that were not in order, and damage


def test_a_crash_leaves_a_mark_and_an_ordered_end_does_not(tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    Store.open(path).close()
    first = lock(path)
    assert not first.is_after_crash
    first._handle.close()  # as the kernel does with a killed process's
    second = lock(path)
    assert second.is_after_crash
    second.close(in_order=False)
    third = lock(path)
    assert third.is_after_crash
    third.close()
    assert holder(path) is None
    fourth = lock(path)
    assert not fourth.is_after_crash
    fourth.close()


def test_a_damaged_database_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    """Looked at after a kill only: a start after an ordered end is quick."""
    with Newsroom(["rss"]) as room:
        config = room.write_config(tmp_path, seeds=SEEDS)
        with Monitor(config) as monitor:
            wait_until(lambda: len(room.visits) >= 2, what="polls")
            assert monitor.stop() == 0
        monitor.log.unlink()
        with Monitor(config) as monitor:
            monitor.wait_for("alerts go to")
            assert "checking" not in monitor.log_text()
            monitor.kill()
        with Monitor(config) as monitor:
            monitor.wait_for("it is sound")
            monitor.wait_for("alerts go to")
            monitor.kill()
        path = tmp_path / "monitor.db"
        with sqlite3.connect(path) as db:
            db.execute("pragma wal_checkpoint(truncate)")
            (page,) = db.execute(
                "select rootpage from sqlite_schema where name = 'deliveries_due'"
            ).fetchone()
            (size,) = db.execute("pragma page_size").fetchone()
        body = bytearray(path.read_bytes())
        body[(page - 1) * size : page * size] = b"\xa5" * size
        path.write_bytes(body)
        for _ in range(2):  # the mark stays, or a service that starts again would go on with it
            done = monitor.call("run")
            assert done.returncode == 1
            assert "is damaged or no SQLite file" in done.stderr
            assert "it was left as it is" in done.stderr
            assert path.read_bytes() == bytes(body)


def test_damage_found_while_it_runs_is_told_as_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    store = Store.open(path)
    store.db.execute("pragma wal_checkpoint(truncate)").fetchall()
    (page,) = store.db.execute(
        "select rootpage from sqlite_schema where name = 'bodies'"
    ).fetchone()
    store.close()
    with path.open("rb+") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xa5" * 4096)
    store = Store.open(path)
    with pytest.raises(StoreError, match="is damaged"), store.transaction():
        store.evidence.keep_body(b"x")
    store.close()


# ---- a clock set back


def test_what_a_clock_that_was_ahead_put_off_is_due_once(store: Store) -> None:
    ahead, now = NOW + timedelta(hours=2), NOW
    queue(store)
    store.db.execute("update deliveries set next_at = ?, created = ?1", [stamp(ahead)])
    store.db.execute(
        """insert into entries (source, key, first_seen, last_seen, baseline, stage, read_at)
           values ('s', 'k', ?1, ?1, 0, 'pending', ?1)""",
        [stamp(ahead)],
    )
    store.ledger.poll("s", now=ahead, outcome="new")
    store.db.conn.commit()
    assert store.outbox.claim("mail", now, 9, timedelta(minutes=5)) == []
    assert store.entries.queue(now, 9) == []
    assert store.is_ahead(now)
    store.db.execute(  # put off by quiet hours, not by the clock
        """insert into deliveries (message_id, channel, recipient, state, next_at, created)
           values (1, 'mail', 'quiet', 'queued', ?, ?)""",
        [stamp(ahead), stamp(now)],
    )
    woke = Episode(state="asleep", reason="asleep", began=now, ended=ahead)
    store.health.begin(
        [
            Episode(state="failing", reason="timeout", began=ahead, source="s"),
            replace(woke, began=now - timedelta(days=3)),
            replace(woke, began=now - timedelta(hours=1)),  # the clock alone has leapt
        ],
        ahead,
    )
    store.db.conn.commit()
    store.set_back(now, timedelta(hours=2))
    (claimed,) = store.outbox.claim("mail", now, 9, timedelta(minutes=5))
    assert len(store.entries.queue(now, 9)) == 1
    began = {each.source: (each.began, each.ended) for each in store.health.open()}
    assert began == {"s": (now, None)}
    asleep = [each for each in store.health.episodes(9) if each.state == "asleep"]
    assert [(each.began, each.ended) for each in asleep] == [(now - timedelta(days=3), now)]
    # From here on it is put off by our clock, and waits.
    store.outbox.retry(claimed.id, "busy", 451, now + timedelta(minutes=1))
    assert store.outbox.claim("mail", now, 9, timedelta(minutes=5)) == []
    with store.transaction():
        store.entries.postpone(1, now + timedelta(minutes=1), "timeout")
    assert store.entries.queue(now, 9) == []


# ---- a full disk


def test_the_ballast_is_real_and_laid_only_where_there_is_plenty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ballast = Ballast(tmp_path / "monitor.db", 1 << 20)
    assert not ballast.is_laid
    assert not ballast.give_up()
    assert ballast.lay()
    file = tmp_path / "monitor.db.ballast"
    assert file.stat().st_blocks * 512 >= 1 << 20
    assert ballast.lay()
    assert ballast.give_up()
    usage = shutil._ntuple_diskusage(1 << 30, 0, (3 << 20) - 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    assert not ballast.lay()
    assert not file.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_on_a_full_disk_the_alert_goes_out_and_all_resumes_by_itself(tmp_path: Path) -> None:
    """A database on a tmpfs of 120 MB, filled to the last page and freed again."""
    if subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode:
        pytest.skip("no mount namespaces here")
    state = tmp_path / "state"
    state.mkdir()
    with Newsroom(["rss"]) as room:
        config = room.write_config(tmp_path, seeds=SEEDS)
        config.write_text(config.read_text().replace("monitor.db", "state/monitor.db"))
        log = tmp_path / "log"
        with log.open("wb") as out:
            mounted = f"mount -t tmpfs -o size=120m none {state}; exec {sys.executable}"
            process = subprocess.Popen(
                ["unshare", "-m", "sh", "-ec", f"{mounted} -m monitor --config {config} run"],
                stdout=out, stderr=out, env={**os.environ, "PYTHONPATH": str(ROOT)},
            )  # fmt: skip
        try:
            inside = Path(f"/proc/{process.pid}/root{state}")
            wait_until(
                lambda: len(room.visits) >= 2 and (inside / "monitor.db.ballast").exists(), what="the ballast",
            )  # fmt: skip
            _fill(inside / "fill")
            (address,) = room.publish("rss", STORY[0])
            wait_until(lambda: len(room.alerts(address, "webhook")) == 1, what="the alert")
            text = log.read_text()
            assert "error disk full" in text
            assert not (inside / "monitor.db.ballast").exists()
            _fill(inside / "fill2")
            wait_until(lambda: is_still(room), what="that polls stop")
            (inside / "fill").unlink()
            (inside / "fill2").unlink()
            (second,) = room.publish("rss", STORY[1])
            wait_until(lambda: room.alerts(second, "webhook") != [], what="all as ever")
            assert (inside / "monitor.db.ballast").exists()
            assert "the disk has room again" in log.read_text()
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE) == 0
            assert len(room.alerts(address, "webhook")) == 1
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            process.wait()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_restart_on_a_full_disk_frees_the_ballast_and_without_one_waits_for_room(
    tmp_path: Path,
) -> None:
    if subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode:
        pytest.skip("no mount namespaces here")
    state, log = tmp_path / "state", tmp_path / "log"
    state.mkdir()
    mounted = f"mount -t tmpfs -o size=120m none {state}; exec sleep 600"
    disk = subprocess.Popen(["unshare", "-m", "sh", "-ec", mounted])
    inside = Path(f"/proc/{disk.pid}/root{state}")
    wait_until(lambda: os.statvfs(inside).f_blocks * os.statvfs(inside).f_frsize == 120 << 20, what="the disk")  # fmt: skip
    with Newsroom(["rss"]) as room:
        config = room.write_config(tmp_path, seeds=SEEDS)
        config.write_text(config.read_text().replace("monitor.db", "state/monitor.db"))
        within = ["nsenter", "-t", str(disk.pid), "-m", f"--wd={ROOT}", sys.executable, "-m", "monitor", "--config", str(config)]  # fmt: skip

        @contextlib.contextmanager
        def running() -> Iterator[None]:
            with log.open("wb") as out:
                process = subprocess.Popen([*within, "run"], stdout=out, stderr=out)
            try:
                yield
            finally:
                process.send_signal(signal.SIGTERM)
                assert process.wait(PATIENCE) == 0

        try:
            with running():
                wait_until(lambda: len(room.visits) >= 2 and (inside / "monitor.db.ballast").exists(), what="the ballast")  # fmt: skip
            _fill(inside / "fill")
            (address,) = room.publish("rss", STORY[0])
            with running():
                wait_until(lambda: len(room.alerts(address, "webhook")) == 1, what="the alert")
            assert not (inside / "monitor.db.ballast").exists()
            _fill(inside / "fill2")
            told = subprocess.run([*within, "status"], capture_output=True, text=True, check=False)
            assert "is full" in told.stdout + told.stderr
            (second,) = room.publish("rss", STORY[1])
            with running():
                wait_until(lambda: "waiting for the store" in log.read_text(), what="that it waits")
                (inside / "fill").unlink()
                (inside / "fill2").unlink()
                wait_until(lambda: room.alerts(second, "webhook") != [], what="all as ever")
            assert len(room.alerts(address, "webhook")) == 1
        finally:
            disk.kill()
            disk.wait()


@pytest.mark.parametrize("code", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE])
def test_a_database_that_has_no_room_to_be_opened_says_so(code: int, tmp_path: Path) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = code
    path = tmp_path / "monitor.db"
    assert advice(path, error) == f"{path} cannot be opened: its disk is full: make room there"


@pytest.mark.parametrize(("free", "polls"), [(15 << 20, False), (17 << 20, True)])
def test_a_process_that_begins_with_less_than_half_of_the_ballast_polls_nothing(
    free: int, polls: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil._ntuple_diskusage(1 << 30, 0, free)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    hindrance = Hindrance(tmp_path / "monitor.db")
    assert hindrance.has_room() is polls
    assert ("disk is full" in hindrance.any) is not polls


def _fill(path: Path) -> None:
    """To the last byte."""
    with path.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        for size in (1 << 20, 4096):
            with contextlib.suppress(OSError):
                while file.write(b"\0" * size):
                    pass


# ---- addresses and headlines by eight bytes


def test_an_older_database_finds_articles_and_headlines_as_before(tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    path.write_bytes(gzip.decompress(SCHEMAS[0].read_bytes()))
    old = sqlite3.connect(path)
    known = old.execute("select address, article_id from addresses").fetchall()
    titles = old.execute(
        "select source, key, title from entries where title is not null"
    ).fetchall()
    old.close()
    assert known
    assert titles
    assert outdated(path)
    store = Store.open(path)
    assert not outdated(path)
    for address, number in known:
        assert store.articles.find(address)["id"] == number  # type: ignore[index]
        asked = article(9, addresses=(address, "guid:nobody:1"))
        (found,) = store.articles.candidates(asked, (), NOW)
        assert (found.id, found.addresses) == (number, (address,))
    for source, key, title in titles:
        assert store.entries.titles(source, [title, "another"], []) == {title}
        assert store.entries.titles("nobody", [title], []) == set()
        others = {k for s, k, t in titles if (s, t) == (source, title)}
        assert store.entries.titles(source, [title], others) == set(), key
    store.close()


def test_a_database_of_the_first_days_says_when_its_sources_were_named(tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    blank.at(path).close()
    with contextlib.closing(sqlite3.connect(path)) as old:
        old.execute("alter table sources drop column declared")
        old.execute("delete from _sqlite_migrations where name = 'declared'")
        old.executemany(
            "insert into sources (name, url, next_poll) values (?, 'https://a.example/', ?)",
            [("polled", stamp(NOW)), ("never", stamp(NOW))],
        )
        old.execute(
            """insert into polls (source, first_at, last_at, outcome)
               values ('polled', ?1, ?2, 'new'), ('polled', ?2, ?2, 'new')""",
            [stamp(NOW - timedelta(days=3)), stamp(NOW)],
        )
        old.commit()
    assert outdated(path)
    store = Store.open(path)
    said = {name: state.declared for name, state in store.sources.states().items()}
    assert said == {"polled": NOW - timedelta(days=3), "never": NOW}
    store.close()


def test_what_is_no_older_database_is_left_to_its_opening(tmp_path: Path) -> None:
    (tmp_path / "junk.db").write_text("no database " * 100)
    sqlite3.connect(tmp_path / "empty.db").close()
    assert not any(outdated(tmp_path / name) for name in ("junk.db", "empty.db", "none.db"))


async def test_a_long_start_asks_for_the_time_that_it_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "monitor.db"
    path.write_bytes(gzip.decompress(SCHEMAS[0].read_bytes()))
    asked: list[str] = []
    notifier = SimpleNamespace(longer=lambda seconds, why: asked.append(why))
    opening = Opening(path, notifier, asyncio.sleep)  # type: ignore[arg-type]
    store = await opening.store(lambda: False)
    assert store is not None
    store.close()
    assert set(asked) == {"the database is of an older version: it is carried forward"}
    assert not outdated(path)
