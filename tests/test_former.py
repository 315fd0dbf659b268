"""`daemon.former`: a start at which sources.yaml is wrong, by what was in force before."""

from __future__ import annotations

import gzip
import os
import pty
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog

from monitor.config.load import MAX_BYTES, database_near, load
from monitor.config.stand import place, stand
from monitor.daemon.former import former
from monitor.model import Secret
from monitor.store.care import Loaded
from monitor.store.store import Store
from tests.newsroom import Here, Newsroom, read_items
from tests.newsroom.newsroom import wait_until

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
RIGHT = """\
settings:
  database: kept/live.db
stories:
  lamp: {seeds: seeds/lamp}
channels:
  hook: {kind: webhook, url: "https://hooks.example/x", secret: {file: secret}}
sources:
  - {name: gazette, url: "https://gazette.example/feed"}
"""


def written(folder: Path, text: str = RIGHT, name: str = "sources.yaml") -> Path:
    seeds = folder / "seeds" / "lamp"
    seeds.mkdir(parents=True, exist_ok=True)
    (seeds / "a.txt").write_text("The lamp\n\nA lamp was lit in the hall.")
    path = folder / name
    path.write_text(text)
    return path


def followed(path: Path, text: str | None = None) -> Path:
    """A file that a daemon has worked by; `text` is what it has kept of it."""
    config = load(path)
    store = Store.open(config.database)
    with store.transaction():
        noted = Loaded(path=place(path), at=NOW, stand=stand(config))
        store.care.note_loaded(noted)
        store.care.note_in_force(config.text if text is None else text)
    store.close()
    return path


MISTAKES: dict[str, Callable[[Path], object]] = {
    "a tab": lambda path: path.write_text(RIGHT + "\t- {}\n"),
    "an unknown key": lambda path: path.write_text(RIGHT.replace("stories", "storys")),
    "no UTF-8": lambda path: path.write_bytes(RIGHT.encode() + b"# \xff\n"),
    "no list": lambda path: path.write_text(RIGHT.partition("sources:")[0] + "sources: 5\n"),
    "half of it": lambda path: path.write_text(RIGHT[:60]),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_what_was_in_force_is_as_it_was(tmp_path: Path, name: str) -> None:
    path = followed(written(tmp_path))
    before = load(path)
    MISTAKES[name](path)
    found = former(path)
    assert found == before
    assert found.text == RIGHT
    # Relative paths lead where they led, and a secret is still only referred to.
    assert found.stories[0].seeds == tmp_path / "seeds" / "lamp"
    assert found.channels[0].secret == Secret(kind="file", value=str(tmp_path / "secret"))


@pytest.mark.parametrize(
    ("written", "where"),
    [
        ('settings:\n  database: "a folder/live.db"  # here', "a folder/live.db"),
        ("settings:\n  database: a folder/live.db # here", "a folder/live.db"),
        ("settings:\r\n  database: 'it#s.db'\r\n", "it#s.db"),
        ("settings: {contact: a@b.c, database: kept/live.db}", "kept/live.db"),
        ("settings: {database: kept/live.db, contact: a@b.c}", "kept/live.db"),
        ("settings: {\n  database: kept/live.db,\n  contact: a@b.c}", "kept/live.db"),
        ("settings:\n  database: # nothing", "monitor.db"),
        ("settings:\n  database:\n  contact: a@b.c", "monitor.db"),
        ("settings:\n  # database: old.db\n", "monitor.db"),
        ("settings:\n  database: a\0b", "monitor.db"),
    ],
)
def test_the_database_is_found_however_it_is_written(
    tmp_path: Path, written: str, where: str
) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(written, newline="")
    if "\0" not in written:  # which no YAML has
        path.write_text(f"{written}\n{RIGHT[RIGHT.index('stories:') :]}", newline="")
        (tmp_path / "seeds/lamp").mkdir(parents=True)
        (tmp_path / "seeds/lamp/a.txt").write_text("The lamp\n\nIt was lit.")
        assert load(path).database == tmp_path / where
    path.write_text(path.read_text() + "\t- {}\n")
    assert database_near(path) == tmp_path / where


def test_a_file_that_is_far_too_large_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = followed(written(tmp_path))
    before = load(path)
    with path.open("ab") as stream:
        stream.write(b"\n" * MAX_BYTES)
        stream.truncate(2**33)  # of which nothing lies on the disk
    began = time.process_time()
    assert former(path) == before
    path.write_bytes(b"\n" * MAX_BYTES)
    assert former(path) is None
    assert time.process_time() - began < 5


def test_a_file_behind_links_is_the_same_where_they_lead_elsewhere(tmp_path: Path) -> None:
    """As Kubernetes mounts a ConfigMap: each edit is a new folder, and a link changes."""
    for name, text in (("1", RIGHT), ("2", RIGHT + "\t- {}\n")):
        (tmp_path / f"..{name}").mkdir()
        (tmp_path / f"..{name}" / "sources.yaml").write_text(text)
    data = tmp_path / "..data"
    data.symlink_to("..1")
    shutil.copytree(written(tmp_path / "made").parent / "seeds", tmp_path / "seeds")
    path = tmp_path / "sources.yaml"
    path.symlink_to("..data/sources.yaml")
    before = load(followed(path))
    data.unlink()
    data.symlink_to("..2")
    assert former(path) == before


@pytest.mark.parametrize("state", ["", "state"])
@pytest.mark.parametrize("how", ["empty", "gone", "a folder"])
def test_without_a_word_of_where_the_database_lies_the_usual_place_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str, state: str
) -> None:
    if state:
        monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path / state))
    path = followed(
        written(tmp_path, RIGHT.replace("  database: kept/live.db\n", "  contact: a@b.c\n"))
    )
    before = load(path)
    assert before.database == tmp_path / state / "monitor.db"
    if how == "empty":
        path.write_text("")
    else:
        path.unlink()
    if how == "a folder":
        path.mkdir()
    assert former(path) == before


def test_the_seeds_are_those_that_are_there(tmp_path: Path) -> None:
    path = followed(written(tmp_path))
    path.write_text("")
    path.write_text(RIGHT + "sauces: []\n")
    (tmp_path / "seeds" / "lamp" / "b.txt").write_text("Another lamp\n\nIt was lit as well.")
    found = former(path)
    assert found is not None
    assert len(list(found.stories[0].seeds.iterdir())) == 2
    shutil.rmtree(tmp_path / "seeds")
    with structlog.testing.capture_logs() as logs:
        assert former(path) is None
    assert "seeds/lamp" in logs[0]["problem"]


def _damaged(folder: Path) -> None:
    (folder / "kept" / "live.db").write_bytes(b"no database " * 1000)


def _of_old(folder: Path) -> None:
    schema = ROOT / "tests/data/schemas/0.1.0.db.gz"
    (folder / "kept" / "live.db").write_bytes(gzip.decompress(schema.read_bytes()))


def _moved(folder: Path) -> None:
    """By hand, without a start since: what it keeps tells of another place."""
    (folder / "kept" / "live.db").rename(folder / "other.db")
    (folder / "sources.yaml").write_text("settings: {\n  database: other.db\n")


USELESS: dict[str, Callable[[Path], object]] = {
    "never begun": lambda folder: (folder / "kept" / "live.db").unlink(),
    "a damaged database": _damaged,
    "a database of before": _of_old,
    "a database elsewhere": _moved,
    "another version's": lambda folder: followed(
        written(folder), RIGHT.replace("sources:", "sources_of_tomorrow:")
    ),
    "nothing kept": lambda folder: followed(written(folder), ""),
}


@pytest.mark.parametrize("name", USELESS)
def test_without_one_that_is_surely_ours_there_is_none(tmp_path: Path, name: str) -> None:
    path = followed(written(tmp_path))
    USELESS[name](tmp_path)
    if name != "a database elsewhere":
        path.write_text(RIGHT + "\t- {}\n")
    assert former(path) is None


def test_two_monitors_in_one_folder_take_their_own(tmp_path: Path) -> None:
    one = followed(written(tmp_path))
    other = written(tmp_path, RIGHT.replace("gazette", "herald"), "other.yaml")
    other.write_text(other.read_text() + "\t- {}\n")
    assert former(other) is None, "what the first has kept is the first's"
    text = RIGHT.replace("gazette", "herald").replace("live.db", "second.db")
    followed(written(tmp_path, text, "other.yaml"))
    for path in (one, other):
        path.write_text(path.read_text() + "\t- {}\n")
    names = [former(path).sources[0].name for path in (one, other)]  # type: ignore[union-attr]
    assert names == ["gazette", "herald"]


def test_nobody_else_may_read_what_is_kept(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        path = followed(written(tmp_path))
    finally:
        os.umask(before)
    assert all(not each.stat().st_mode & 0o007 for each in load(path).database.parent.iterdir())


def test_a_secret_that_left_the_file_leaves_the_database(tmp_path: Path) -> None:
    database = tmp_path / "live.db"
    store = Store.open(database)
    store.db.conn.execute("pragma secure_delete = off")  # as SQLite is, but for Debian's
    for text in (f"{RIGHT * 100}# hunter2", RIGHT):
        with store.transaction():
            store.care.note_in_force(text)
    store.close()
    assert b"hunter2" not in b"".join(each.read_bytes() for each in tmp_path.iterdir())


def test_at_a_reboot_the_story_is_followed_and_the_mistake_told(tmp_path: Path) -> None:
    """Nobody stands by; at a terminal somebody does, who is told instead."""
    items = [i for i, row in read_items(ROOT / "tests/data/newsroom/story.jsonl") if row["band"] == "on"]  # fmt: skip
    with Newsroom(["rss"]) as room:
        config = room.write_config(tmp_path, seeds=ROOT / "seeds/north-korea-russia")
        right = config.read_text("utf-8")
        config.write_text(right + "sauces: 1\n", "utf-8")
        first = Here(config).call("run")
        assert (first.returncode, "unknown key 'sauces'" in first.stderr) == (2, True)
        config.write_text(right, "utf-8")
        with Here(config) as monitor:
            wait_until(lambda: len(room.visits) >= 2, what="the baseline")
            assert monitor.stop() == 0
            config.write_text(right + "sauces: 1\n", "utf-8")
            place = f"{config}:{right.count(chr(10)) + 1}:1: unknown key 'sauces'"
            assert _at_a_terminal(monitor.command("run")) == (2, True)
            monitor.start()
            monitor.wait_for("what was in force before is followed")
            assert place in monitor.log_text()
            (address,) = room.publish("rss", items[0])
            wait_until(lambda: room.alerts(address, "webhook") != [], what="the alert")
            said = monitor.call("status")
            assert (said.returncode, place in said.stderr) == (2, True)
            assert "goes on with what it read before" in said.stderr
            assert monitor.call("reload").returncode == 2
            config.write_text(right, "utf-8")
            assert "sources.yaml was wrong when the daemon began" in monitor.call("status").stdout
            assert "works by it now" in monitor.call("reload").stdout
            assert "when the daemon began" not in monitor.call("status").stdout
            assert monitor.stop() == 0


def _at_a_terminal(command: list[str]) -> tuple[int, bool]:
    """Its status, and whether it said what is wrong."""
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb", buffering=0) as screen:
        with os.fdopen(theirs, "wb") as terminal:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=terminal,
                check=False, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            )  # fmt: skip
        # Where it said nothing, there is nothing to read and nobody left to write.
        said = screen.read(65536)
    return done.returncode, b"unknown key 'sauces'" in said
