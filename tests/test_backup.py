"""Backup while writing, restore elsewhere: whole, checked, held, and nothing told again."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import stat
import tarfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from monitor.backup import make, restore
from monitor.config.load import load
from monitor.config.moved import moved
from monitor.config.tree import Tree
from monitor.errors import MonitorError, StoreError
from monitor.model import Config, Source
from monitor.store.snapshot import damage, schema, snapshot
from monitor.store.store import Store
from tests import blank
from tests.newsroom import Here, Monitor, Newsroom, read_items
from tests.newsroom.newsroom import wait_until

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds" / "north-korea-russia"
NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
STORY = [
    item
    for item, row in read_items(ROOT / "tests/data/newsroom/story.jsonl")
    if row["band"] == "on"
]


def _home(folder: Path, text: str | None = None) -> Config:
    """A configuration with one seed and a database with one source."""
    (folder / "seeds" / "lamp").mkdir(parents=True, exist_ok=True)
    (folder / "seeds" / "lamp" / "one.txt").write_text("The lamp\n\nA lamp was lit in the hall.")
    (folder / "sources.yaml").write_text(
        text
        or "stories:\n  lamp: {seeds: seeds/lamp}  # mine\n"
        "channels:\n  hook: {kind: webhook, url: 'https://a.example/', secret: {file: hook}}\n"
        "  desk: {kind: webhook, url: 'https://b.example/', secret: in-the-open}\n"
    )
    config = load(folder / "sources.yaml")
    store = blank.at(config.database)
    with store.transaction():
        store.sources.declare((Source(name="gazette", url="https://gazette.example/feed"),), NOW)
    store.close()
    return config


def test_a_backup_holds_everything_but_the_secrets_and_comes_back_held(tmp_path: Path) -> None:
    config = _home(tmp_path / "old")
    phases: set[str] = set()
    manifest = make(
        config, tmp_path / "b.tar.gz", NOW, progress=lambda what, done, of: phases.add(what)
    )
    assert phases == {"copying", "packing"}
    assert set(manifest.files) == {"sources.yaml", "monitor.db", "seeds/lamp/one.txt"}
    assert [line.split(": ")[0] for line in manifest.secrets] == ["hook"]
    with pytest.raises(MonitorError, match=f"there is no folder {tmp_path}/none"):
        make(config, tmp_path / "none" / "b.tar.gz", NOW)
    assert stat.S_IMODE((tmp_path / "b.tar.gz").stat().st_mode) == 0o600
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.tar.gz", "old"]

    new = tmp_path / "new"
    restored = restore(tmp_path / "b.tar.gz", new, NOW)
    assert restored.database == new / "monitor.db"
    assert restored.changed == ()
    assert restored.secrets == (f"hook: file {new / 'hook'}",)
    for name in ("sources.yaml", "seeds/lamp/one.txt"):
        assert (new / name).read_bytes() == (tmp_path / "old" / name).read_bytes()
    assert sorted(p.name for p in new.iterdir()) == ["monitor.db", "seeds", "sources.yaml"]
    assert damage(new / "monitor.db") is None
    store = Store.open(new / "monitor.db")
    hold = store.care.held()
    assert hold
    assert hold.since == NOW
    assert manifest.host in hold.why
    assert set(store.sources.states()) == {"gazette"}
    with store.transaction():
        assert store.care.resume()
        assert not store.care.resume()
    assert store.care.held() is None
    store.close()
    old = Store.open(config.database)
    assert old.care.held() is None, "the one that was backed up goes on"
    old.close()


def test_writers_neither_wait_for_a_copy_nor_spoil_it(tmp_path: Path) -> None:
    """A copy in steps, with a commit of another connection between any two of them."""
    path = tmp_path / "monitor.db"
    store = Store.open(path)
    with store.transaction():
        for number in range(400):
            store.evidence.keep_body(os.urandom(9000) + bytes([number % 256]))
    other = sqlite3.connect(path, timeout=0)
    steps: list[int] = []

    def write(done: int, of: int) -> None:
        steps.append(done)
        other.execute("insert into care (key, value) values (?, '')", [f"during {len(steps)}"])
        other.commit()

    snapshot(path, tmp_path / "copy.db", write)
    other.close()
    assert len(steps) > 1
    assert steps == sorted(steps), "it never began anew"
    assert damage(tmp_path / "copy.db") is None
    copy = sqlite3.connect(tmp_path / "copy.db")
    assert copy.execute("select count(*) from care").fetchone() == (0,)
    assert copy.execute("select count(*) from bodies").fetchone() == (400,)
    copy.close()
    store.close()


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    config = _home(tmp_path / "old")
    target = tmp_path / "b.tar.gz"
    target.write_text("precious")
    with pytest.raises(MonitorError, match="--force"):
        make(config, target, NOW)
    assert target.read_text() == "precious"
    make(config, target, NOW, force=True)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "note").touch()
    with pytest.raises(MonitorError, match="no empty folder"):
        restore(target, tmp_path / "full", NOW)
    with pytest.raises(MonitorError, match="no empty folder"):
        restore(target, tmp_path / "full" / "note", NOW)
    with pytest.raises(MonitorError, match="is a folder"):
        make(config, tmp_path, NOW, force=True)
    with pytest.raises(MonitorError, match="no backup was made"):
        make(config, tmp_path / "nowhere" / "b.tar.gz", NOW)


def test_under_a_service_the_database_comes_to_the_state_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path / "state"))
    config = _home(tmp_path / "old")
    assert config.database == tmp_path / "state" / "monitor.db"
    make(config, tmp_path / "b.tar.gz", NOW)
    with pytest.raises(MonitorError, match="move it aside first"):
        restore(tmp_path / "b.tar.gz", tmp_path / "new", NOW)
    assert not (tmp_path / "new").exists()
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path / "other"))
    restored = restore(tmp_path / "b.tar.gz", tmp_path / "new", NOW)
    assert restored.database == tmp_path / "other" / "monitor.db"
    assert [p.name for p in (tmp_path / "other").iterdir()] == ["monitor.db"]
    assert not (tmp_path / "new" / "monitor.db").exists()


def test_what_led_out_of_the_folder_leads_into_the_new_one(tmp_path: Path) -> None:
    """A restored copy never opens the database of the one that it was made from."""
    outside = tmp_path / "srv"
    (outside / "lamp").mkdir(parents=True)
    (outside / "lamp" / "one.txt").write_text("The lamp\n\nA lamp was lit in the hall.")
    text = (
        f"settings:\n  database: '{outside}/live.db'   # on the big disk\n"
        f"stories: {{lamp: {{seeds: {outside}/lamp}}}}\n"
    )
    config = _home(tmp_path / "old", text)
    make(config, tmp_path / "b.tar.gz", NOW)
    restored = restore(tmp_path / "b.tar.gz", tmp_path / "new", NOW)
    assert restored.changed == (
        "settings.database: monitor.db",
        "stories.lamp.seeds: seeds-of/lamp",
    )
    again = load(restored.config)
    assert again.database == tmp_path / "new" / "monitor.db"
    assert [p.name for p in again.stories[0].seeds.iterdir()] == ["one.txt"]
    assert "# on the big disk" in restored.config.read_text()


def test_templates_are_taken_along_and_every_secret_is_named(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "old").mkdir()
    for path in (tmp_path / "far" / "a.j2", tmp_path / "old" / "b.j2"):
        path.write_text('{"text": {{ data.title | tojson }}}')
    config = _home(
        tmp_path / "old",
        f"""settings: {{inbox: {{url: 'https://m.example/answer', secret: {{file: in}}}},
  web: {{listen: '127.0.0.1:8086', password: {{env: X_PAGE}}}}}}
stories: {{lamp: {{seeds: seeds/lamp}}}}
channels:
  one: {{kind: webhook, url: 'https://a.example/', template: {tmp_path}/far/a.j2,
        secret: [{{file: new}}, {{file: old}}]}}
  two: {{kind: webhook, url: 'https://b.example/', template: b.j2, secret: {{env: X_HOOK}}}}
""",
    )
    manifest = make(config, tmp_path / "b.tar.gz", NOW)
    assert [line.split(": ")[0] for line in manifest.secrets] == ["one"] * 2 + [
        "two",
        "settings.inbox",
        "settings.web",
    ]
    restored = restore(tmp_path / "b.tar.gz", tmp_path / "new", NOW)
    assert restored.changed == ("channels.one.template: templates-of/a.j2",)
    assert [channel.template for channel in load(restored.config).channels] == [
        channel.template for channel in config.channels
    ]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a: {b: x, c: 1}", 'a: {b: "new", c: 1}'),
        ("a:\n  b: |\n    x\n  c: 1\n", None),
        ("a: {b: &v x, c: *v}", None),
        ("a: {c: &v x, b: *v}", None),
        ("a: 5", None),
        ("\ufeffa: {b: 'ü'}  # é", '\ufeffa: {b: "new"}  # é'),
    ],
)  # fmt: skip
def test_values_are_replaced_in_place_or_not_at_all(text: str, after: str | None) -> None:
    found = moved(text, {("a", "b"): "new"})
    if after is None and found is not None:
        assert Tree(found).value["a"]["b"] == "new"  # another way of writing it is as good
    else:
        assert found == after


def _repacked(source: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    with tarfile.open(source) as old, tarfile.open(target, "w:gz") as new:
        for member in old.getmembers():
            stream = old.extractfile(member)
            assert stream
            body = change(member.name, stream.read())
            if body is not None:
                member.size = len(body)
                new.addfile(member, io.BytesIO(body))
    return target


def _told(**changes: object) -> Callable[[str, bytes], bytes]:
    def change(name: str, body: bytes) -> bytes:
        return (
            json.dumps({**json.loads(body), **changes}).encode()
            if name == "manifest.json"
            else body
        )

    return change


def _tampered(name: str, body: bytes) -> bytes:
    return body[:5000] + b"x" + body[5001:] if name == "monitor.db" else body


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (_tampered, "its hash is wrong"),
        (lambda name, body: None if name.startswith("seeds") else body, "one.txt is missing"),
        (lambda name, body: None if name == "manifest.json" else body, "no manifest"),
        (lambda name, body: body + b"!" if name == "sources.yaml" else body, "not as the manifest"),
        (_told(schema=["first", "from-the-future"]), "newer than this"),
        (_told(format=2), "newer than this"),
        (_told(files={"../evil": {"sha256": "", "size": 1}}), "no backup"),
        (_told(files=5), "no backup"),
    ],
)
def test_a_backup_that_is_not_right_leaves_nothing_behind(
    tmp_path: Path, change: Callable[[str, bytes], bytes | None], says: str
) -> None:
    config = _home(tmp_path / "old")
    make(config, tmp_path / "b.tar.gz", NOW)
    bad = _repacked(tmp_path / "b.tar.gz", tmp_path / "bad.tar.gz", change)
    with pytest.raises(MonitorError, match=says):
        restore(bad, tmp_path / "new", NOW)
    assert not (tmp_path / "new").exists()


def test_a_name_outside_and_a_link_are_refused(tmp_path: Path) -> None:
    config = _home(tmp_path / "old")
    make(config, tmp_path / "b.tar.gz", NOW)
    with tarfile.open(tmp_path / "b.tar.gz") as tar:
        stream = tar.extractfile("manifest.json")
        assert stream
        told = json.loads(stream.read())
    for name in ("../evil", "/evil", "a/../../evil", "./x"):
        told["files"][name] = {"sha256": "", "size": 0}
        bad = _repacked(tmp_path / "b.tar.gz", tmp_path / "bad.tar.gz", _told(files=told["files"]))
        with pytest.raises(MonitorError, match="outside of its folder"):
            restore(bad, tmp_path / "new", NOW)
        del told["files"][name]
    link = tarfile.TarInfo("seeds/lamp/one.txt")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with (
        tarfile.open(tmp_path / "b.tar.gz") as old,
        tarfile.open(tmp_path / "bad.tar.gz", "w:gz") as new,
    ):
        for member in old.getmembers():
            if member.name == link.name:
                new.addfile(link)
            else:
                new.addfile(member, old.extractfile(member))
    with pytest.raises(MonitorError, match="not as the manifest says"):
        restore(tmp_path / "bad.tar.gz", tmp_path / "new", NOW)


@pytest.mark.parametrize("keep", [0, 10, 300, 5000])
def test_a_backup_cut_short_is_refused(tmp_path: Path, keep: int) -> None:
    make(_home(tmp_path / "old"), tmp_path / "b.tar.gz", NOW)
    whole = (tmp_path / "b.tar.gz").read_bytes()
    (tmp_path / "b.tar.gz").write_bytes(whole[:keep])
    (tmp_path / "new").mkdir()
    with pytest.raises(MonitorError, match="no backup of story-monitor"):
        restore(tmp_path / "b.tar.gz", tmp_path / "new", NOW)
    assert list((tmp_path / "new").iterdir()) == []


def test_a_damaged_database_is_not_restored(tmp_path: Path) -> None:
    """Damaged before the backup: every hash is right, and the check finds it all the same."""
    config = _home(tmp_path / "old")
    make(config, tmp_path / "b.tar.gz", NOW)
    restore(tmp_path / "b.tar.gz", tmp_path / "new", NOW)
    body = bytearray((tmp_path / "new" / "monitor.db").read_bytes())
    body[4096 : 4096 * 3] = b"\xa5" * 8192
    (tmp_path / "spoilt.db").write_bytes(body)
    assert damage(tmp_path / "spoilt.db") is not None
    assert damage(tmp_path / "spoilt.db", quick=True) is not None
    (tmp_path / "text.db").write_text("this is no database, but text of some length" * 20)
    assert damage(tmp_path / "text.db") == "file is not a database"
    with pytest.raises(StoreError, match="cannot be read"):
        schema(tmp_path / "text.db")


def test_an_empty_column_is_found_and_a_full_one_is_not_suspected(tmp_path: Path) -> None:
    """SQLite 3.40 reports every row of such a table; the database of another version may not."""
    store = Store.open(tmp_path / "monitor.db")
    with store.transaction():
        store.db.execute(
            "insert into judgements values (1, 1, 'now', 1, 0.5, ?)",
            ["x" * 9000],
        )
    assert damage(tmp_path / "monitor.db") is None
    store.db.execute("create table odd (a, b text) ")
    store.db.execute("insert into odd values (1, null)")
    store.db.execute("pragma writable_schema = on")
    store.db.execute(
        "update sqlite_schema set sql = 'create table odd (a, b text not null)' where name = 'odd'"
    )
    store.db.conn.commit()
    store.close()
    assert damage(tmp_path / "monitor.db") == "NULL value in odd.b"


def delivered(monitor: Monitor) -> int:
    return sum(row["state"] == "delivered" for row in monitor.ask("alerts", "list"))


def test_a_backup_beside_a_writing_daemon_tells_nothing_again(tmp_path: Path) -> None:
    """Restored elsewhere it is held; what waits goes out at `resume`, what was told does not."""
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    with Newsroom(["rss", "atom"]) as room:
        config = room.write_config(old, seeds=SEEDS)
        with Monitor(config) as first:
            wait_until(lambda: len(room.visits) >= 4, what="the baseline")
            (told,) = room.publish("rss", STORY[0])
            wait_until(lambda: len(room.received) == 2, what="the alert")
            room.mail.behaviour = "later"
            (waiting,) = room.publish("atom", STORY[1])
            # Noted as delivered, too: what is not would rightly go out again, under its old key.
            wait_until(lambda: delivered(first) == 3, what="a webhook, and its note")
            stop, written = threading.Event(), 0

            def write() -> None:
                nonlocal written
                with sqlite3.connect(old / "monitor.db", timeout=30) as db:
                    while not stop.is_set():
                        db.execute(
                            "insert or ignore into bodies values (?, 1, 'x')", [f"{written}"]
                        )
                        db.commit()
                        written += 1

            thread = threading.Thread(target=write)
            thread.start()
            done = first.call("backup", str(tmp_path / "b.tar.gz"))
            stop.set()
            thread.join()
            assert done.returncode == 0, done.stderr
            assert written > 5
            assert f"not in it: hook: file {old / 'hook-secret'}" in done.stdout
            first.kill()
        receipts = len(room.received)
        second = Here(new / "sources.yaml")
        done = second.call("restore", str(tmp_path / "b.tar.gz"), "--to", str(new))
        assert done.returncode == 0, done.stderr
        assert "nothing is sent until" in done.stdout
        assert damage(new / "monitor.db") is None
        room.mail.behaviour = "accept"
        with second:
            second.wait_for("warning held")
            (fresh,) = room.publish("rss", STORY[2])
            wait_until(lambda: "judged" in second.log_text(), what="a judgement while held")
            time.sleep(2.5)  # more than two turns of the courier
            assert len(room.received) == receipts
            (summary,) = [row for row in second.ask("status") if row["kind"] == "summary"]
            assert "held, restored from a backup" in summary["text"]
            assert second.call("resume").returncode == 0
            wait_until(lambda: len(room.received) >= receipts + 3, what="what waited")
            assert second.call("resume").stdout.startswith("nothing was held")
            time.sleep(2.5)
            assert second.stop() == 0
        assert len(room.received) == receipts + 3
        for address in (told, waiting, fresh):
            for channel in ("email", "webhook"):
                assert len(room.alerts(address, channel)) == 1, (address, channel)
        keys = [(r.channel, r.key) for r in room.received]
        assert len(set(keys)) == len(keys), "nothing went out twice"


def test_what_another_monitor_told_meanwhile_can_be_dropped(tmp_path: Path) -> None:
    with Newsroom(["rss"]) as room:
        config = room.write_config(tmp_path, seeds=SEEDS)
        document = yaml.safe_load(config.read_text())
        del document["channels"]["desk"]
        config.write_text(yaml.safe_dump(document))
        monitor = Here(config)
        assert monitor.call("poll").returncode == 0
        store = Store.open(tmp_path / "monitor.db")
        with store.transaction():
            store.care.hold("a test", NOW)
        room.publish("rss", STORY[0])
        done = monitor.call("poll")
        assert done.returncode == 0, done.stderr
        assert "1 delivery waits: held, a test" in done.stdout
        done = monitor.call("resume", "--told-elsewhere")
        assert "1 delivery dropped" in done.stdout, done.stderr
        assert store.outbox.claim("hook", NOW + timedelta(days=3650), 9, timedelta(0)) == []
        assert store.care.held() is None
        store.close()
        assert room.received == []
        [row] = monitor.ask("alerts", "list")
        assert (row["state"], row["reply"]) == ("given-up", "not sent: told by another monitor")
