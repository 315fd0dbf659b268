"""The daemon as a process: stop, reload, a store that cannot be written."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import time
from pathlib import Path

import pytest
import yaml

from tests.newsroom import Monitor, Newsroom, read_items
from tests.newsroom.newsroom import wait_until

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


def test_a_stop_in_the_middle_of_polls_and_deliveries_is_quick_and_clean(tmp_path: Path) -> None:
    with Newsroom(["rss"], misbehaving=["drip", "endless"]) as room:
        config = room.write_config(tmp_path, seeds=SEEDS, poll={"deadline": "30s"})
        with Monitor(config) as monitor:
            monitor.wait_for("alerts go to")
            wait_until(lambda: len(room.visits) >= 3, timeout=20, what="visits")
            room.mail.behaviour = "hang"
            room.publish("rss", STORY[0])
            wait_until(lambda: room.hook.received != [], timeout=20, what="the webhook's alert")
            began = time.monotonic()
            assert monitor.stop() == 0
            assert time.monotonic() - began < 10
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
            wait_until(lambda: len(room.visits) >= 2, timeout=20, what="polls")
            assert {visit.path for visit in room.visits} == {room.sites["rss"].style.feed}
            _edit(config, sources=both[1:])
            _hup(monitor)
            monitor.wait_for("info reloaded")
            wait_until(
                lambda: any(v.path == room.sites["atom"].style.feed for v in room.visits),
                timeout=20,
                what="a poll of the added source",
            )
            rows = {row["name"] for row in monitor.ask("status") if row["kind"] == "source"}
            assert rows == {"atom"}
            config.write_text("sources: 5")
            _hup(monitor)
            monitor.wait_for("reload refused")
            assert monitor.alive
            assert monitor.stop() == 0


def test_a_store_that_cannot_be_written_pauses_the_polls_and_says_so(tmp_path: Path) -> None:
    """A lock held by another program stands in for a full disk: every write is refused."""
    with Newsroom(["rss"]) as room:
        config = room.write_config(tmp_path, seeds=SEEDS)
        with Monitor(config) as monitor:
            wait_until(lambda: len(room.visits) >= 2, timeout=20, what="polls")
            other = sqlite3.connect(tmp_path / "monitor.db", timeout=30)
            other.execute("begin immediate")
            monitor.wait_for("error paused", timeout=60)
            asked = len(room.visits)
            time.sleep(2.5)
            assert len(room.visits) == asked, "sources are not asked for what cannot be kept"
            other.rollback()
            other.close()
            room.publish("rss", STORY[0])
            wait_until(lambda: room.hook.received != [], timeout=90, what="the alert after all")
            assert monitor.stop() == 0


@pytest.mark.parametrize("form", ["json", ""])
def test_the_log_is_for_people_or_for_machines(
    tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONITOR_LOG", form)
    monkeypatch.delenv("JOURNAL_STREAM", raising=False)
    with Newsroom(["rss"]) as room, Monitor(room.write_config(tmp_path, seeds=SEEDS)) as monitor:
        monitor.wait_for("alerts go to")
        wait_until(lambda: room.visits != [], timeout=20, what="a poll")
        assert monitor.stop() == 0
        lines = monitor.log_text().splitlines()
        if form:
            events = [json.loads(line) for line in lines]
            assert {"polls", "follows", "alerts go to", "stopped"} <= {e["event"] for e in events}
        else:
            assert any(line.endswith(f"url={room.sites['rss'].url}") for line in lines)
        assert os.environ["MONITOR_LOG"] == form
