"""Metrics and health: from the store, over HTTP; and that board and rules name what exists."""

from __future__ import annotations

import asyncio
import json
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette

from monitor.errors import StoreError
from monitor.model import Source, Web
from monitor.store.care import Loaded
from monitor.store.gauges import Gauges, gauges
from monitor.store.sources import Memory
from monitor.store.store import Store
from monitor.web.delay import Delay
from monitor.web.hosts import Hosts
from monitor.web.metrics import text
from monitor.web.watched import Watched, not_ready
from tests import blank
from tests.newsroom import Here, Newsroom, read_items
from tests.newsroom.newsroom import PATIENCE, wait_until
from tests.receivers import unused_port

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
HERE = Hosts(Web(host="0.0.0.0", port=8086, url="https://monitor.example.org/"))
ONE = Source(name="one", url="https://one.example/feed")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = blank.at(tmp_path / "monitor.db")
    with opened.transaction():
        opened.sources.declare((ONE,), NOW)
        opened.sources.answered(
            "one", now=NOW, next_poll=NOW + timedelta(minutes=5), memory=Memory()
        )
        opened.ledger.poll("one", now=NOW, outcome="new", entries=3, fresh=3)
        opened.ledger.poll("one", now=NOW, outcome="unchanged")
        opened.ledger.poll("one", now=NOW, outcome="unchanged")
    yield opened
    opened.close()


def _client(watched: Watched, reached: str = "http://localhost") -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app=Starlette(routes=watched.routes)),
        base_url=reached,
    )


def _values(body: str) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(body)
        for sample in family.samples
    }


async def test_the_store_tells_its_figures(store: Store, tmp_path: Path) -> None:
    watched = Watched(HERE, tmp_path / "monitor.db", lambda: NOW, lambda: True, Delay(), fresh=0)
    async with _client(watched) as client:
        answer = await client.get("/metrics")
        assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
        values = _values(answer.text)
        assert values["story_monitor_polls_total", (("outcome", "new"),)] == 1
        assert values["story_monitor_polls_total", (("outcome", "unchanged"),)] == 2
        assert values["story_monitor_sources", (("state", "ok"),)] == 1
        assert values["story_monitor_last_poll_timestamp_seconds", ()] == NOW.timestamp()
        assert values["story_monitor_store_bytes", ()] > 4096
        assert values["story_monitor_disk_free_bytes", ()] > 0
        assert values["story_monitor_held", ()] == 0
        assert values["story_monitor_follows_former_configuration", ()] == 0
        ready = await client.get("/readyz")
        assert (ready.status_code, ready.json()) == (
            200,
            {"ready": True, "problems": [], "held": None, "former": False},
        )
        with store.transaction():
            store.care.hold("for a test", NOW)
            noted = Loaded(path="sources.yaml", at=NOW, stand={}, wrong="sources.yaml:1:1: empty")
            store.care.note_loaded(noted)
        ready = await client.get("/readyz")
        assert (ready.status_code, ready.json()["former"]) == (200, True)
        assert "for a test" in ready.json()["held"]
        values = _values((await client.get("/metrics")).text)
        assert values["story_monitor_held", ()] == 1
        assert values["story_monitor_follows_former_configuration", ()] == 1
        assert (await client.get("/healthz")).status_code == 200


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("localhost:8086", True),
        ("127.0.0.1", True),
        ("[::1]:8086", True),
        ("monitor.example.org", True),
        ("story-monitor:8086", True),  # as a container is called by its neighbours
        ("192.168.7.7:8086", True),
        ("192.168.7.8", False),
        ("evil.example", False),
        ("localhost.evil.example", False),
        ("[fe80::1]", False),
        ("", False),
    ],
)
async def test_a_name_that_a_stranger_leads_here_is_told_nothing(
    store: Store, tmp_path: Path, host: str, allowed: bool
) -> None:
    watched = Watched(HERE, tmp_path / "monitor.db", lambda: NOW, lambda: True, Delay())
    reached = "http://192.168.7.7:8086"
    async with _client(watched, reached) as client:
        for path in ("/metrics", "/healthz", "/readyz"):
            answer = await client.get(path, headers={"Host": host})
            assert answer.status_code == (200 if allowed else 403), path
            assert allowed or "settings.web.url" in answer.text


async def test_a_store_that_is_away_and_jobs_that_stand_still(tmp_path: Path) -> None:
    gone = Watched(HERE, tmp_path / "no.db", lambda: NOW, lambda: False, Delay())
    async with _client(gone) as client:
        assert (await client.get("/metrics")).status_code == 503
        assert (await client.get("/healthz")).status_code == 503
        ready = await client.get("/readyz")
    assert ready.status_code == 503
    assert len(ready.json()["problems"]) == 2
    assert "no.db cannot be read" in ready.json()["problems"][0]
    assert not (tmp_path / "no.db").exists(), "looking makes no file"


async def test_a_slow_store_is_read_once_however_often_it_is_asked(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its thread is one of a few that polls need, too."""
    begun: list[Path] = []
    go_on = threading.Event()

    def slow(path: Path, since: datetime) -> Gauges:
        begun.append(path)
        go_on.wait(PATIENCE)
        return gauges(path, since)

    monkeypatch.setattr("monitor.web.watched.gauges", slow)
    watched = Watched(
        HERE, tmp_path / "monitor.db", lambda: NOW, lambda: True, Delay(), fresh=60, patience=0.05
    )
    async with _client(watched) as client:
        for _ in range(3):
            assert "did not answer within 0.05 s" in (await client.get("/metrics")).text
        async with asyncio.timeout(PATIENCE):
            while not begun:  # noqa: ASYNC110 - a thread begins when the machine lets it
                await asyncio.sleep(0.01)
        assert len(begun) == 1
        go_on.set()
        answer = await client.get("/metrics")
        while answer.status_code == 503:
            answer = await client.get("/metrics")
    assert len(begun) == 1


def test_looking_writes_nothing_and_waits_for_no_writer(store: Store, tmp_path: Path) -> None:
    with store.transaction():  # whose lock is not given up before the look is over
        gauges(tmp_path / "monitor.db", NOW)
    with pytest.raises(StoreError):
        gauges(tmp_path, NOW)


def test_overdue_polls_and_a_queue_that_nobody_carries_are_not_ready(
    store: Store, tmp_path: Path
) -> None:
    assert not_ready(gauges(tmp_path / "monitor.db", NOW)) == []
    late = gauges(tmp_path / "monitor.db", NOW + timedelta(hours=1))
    assert not_ready(late) == ["1 sources have been due for ten minutes"]
    store.db.execute(
        """insert into deliveries (message_id, channel, recipient, state, next_at, created)
           values (1, 'c', 'a', 'queued', ?1, ?1), (1, 'c', 'b', 'queued', ?2, ?1)""",
        ["2026-01-01T11:00:00.000Z", "2026-01-01T13:00:00.000Z"],
    )
    store.db.conn.commit()
    found = gauges(tmp_path / "monitor.db", NOW)
    assert not_ready(found) == ["1 deliveries have been due for ten minutes"]
    assert not_ready(replace(found, held="held")) == []
    assert found.oldest_queued == datetime(2026, 1, 1, 11, tzinfo=UTC)


async def test_the_loop_s_delay_is_measured() -> None:
    delay = Delay()
    async with delay.measured():
        await asyncio.sleep(0.3)
        quiet = delay.longest
        held_up = quiet + 0.8  # on a busy machine it is never quite quiet
        time.sleep(held_up)  # noqa: ASYNC251 - a loop that is held up
        await asyncio.sleep(0.3)
    assert delay.longest > quiet
    assert delay.longest > 0.4


def _filled() -> Gauges:
    return Gauges(
        polls={"new": 1},
        sources=[(None, None, False, 1), ("failing", "timeout", False, 2), (None, None, True, 3)],
        overdue=1, last_poll=NOW, entries=1, pending=1, articles=1,
        matches=[('s"\n\\', "on", 1)], alerts=[("s", "new", 1)], notices={"health": 1},
        deliveries=[("c", "queued", 2), ("c", "delivered", 1)], oldest_queued=NOW, idle=0,
        held=None, follows_former=False, seen_lags=[-5.0, 59.0, 61.0, 90_000.0], delivered_lags=[("c", 4.0), ("c", 70.0)],
        size=1,
    )  # fmt: skip


def test_lags_are_histograms_and_labels_are_escaped() -> None:
    values = _values(text(_filled(), delay=0.1, free=5).decode())
    name = "story_monitor_published_to_seen_seconds"
    assert values[name + "_bucket", (("le", "60.0"),)] == 2
    assert values[name + "_bucket", (("le", "300.0"),)] == 3
    assert values[name + "_bucket", (("le", "+Inf"),)] == 4
    assert values[name + "_count", ()] == 4
    assert values["story_monitor_seen_to_delivered_seconds_sum", (("channel", "c"),)] == 74
    assert values["story_monitor_matches", (("band", "on"), ("story", 's"\n\\'))] == 1
    assert values["story_monitor_sources", (("state", "failing"),)] == 2
    assert values["story_monitor_sources", (("state", "new"),)] == 3


def _expressions() -> Iterator[str]:
    board = json.loads((ROOT / "docs/watching/grafana.json").read_text())
    for panel in board["panels"]:
        yield from (target["expr"] for target in panel["targets"])
    rules = yaml.safe_load((ROOT / "docs/watching/alerts.yaml").read_text())
    for group in rules["groups"]:
        yield from (rule["expr"] for rule in group["rules"])


def test_board_and_rules_name_only_what_exists_and_the_board_shows_all() -> None:
    families = list(text_string_to_metric_families(text(_filled(), delay=0, free=1).decode()))
    samples = {sample.name for family in families for sample in family.samples}
    labels: dict[str, set[str]] = {}
    for family in families:
        for sample in family.samples:
            labels.setdefault(sample.name, set()).update(sample.labels)
    named: set[str] = set()
    for expression in _expressions():
        for name, _, matchers in re.findall(r"(story_monitor_\w+)(\{([^}]*)\})?", expression):
            assert name in samples, name
            assert set(re.findall(r"(\w+)[!=]", matchers)) <= labels[name], expression
            named.add(name)
        for names in re.findall(r"by \(([^)]*)\)", expression):
            known = set().union(*labels.values())
            assert {each.strip() for each in names.split(",")} <= known, expression
    for family in families:
        assert any(sample.name in named for sample in family.samples), f"{family.name} is not shown"


def test_a_daemon_that_is_asked_over_its_port(tmp_path: Path) -> None:
    """From an article to the lag of its alert; the port is ours and nobody else's."""
    items = [
        i for i, row in read_items(ROOT / "tests/data/newsroom/story.jsonl") if row["band"] == "on"
    ]
    with Newsroom(["rss"]) as room:
        config = room.write_config(tmp_path, seeds=ROOT / "seeds/north-korea-russia")
        document: dict[str, Any] = yaml.safe_load(config.read_text())
        port = unused_port()
        document["settings"]["web"] = {"listen": f"127.0.0.1:{port}"}
        config.write_text(yaml.safe_dump(document))
        with Here(config) as monitor:
            monitor.wait_for("info shows")
            wait_until(lambda: len(room.visits) >= 2, what="the baseline")
            room.publish("rss", items[0])
            wait_until(lambda: len(room.received) == 2, what="the alert")
            alive = httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=PATIENCE)
            assert alive.text == "story-monitor: alive\n"

            def counted() -> bool:
                body = httpx.get(f"http://127.0.0.1:{port}/metrics", timeout=PATIENCE)
                values = _values(body.text)
                hook = (("channel", "hook"),)
                return values.get(("story_monitor_seen_to_delivered_seconds_count", hook)) == 1

            wait_until(counted, what="the lag")
            ready = httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=PATIENCE)
            assert ready.status_code == 200
            found = {
                row["check"]: row
                for row in map(json.loads, monitor.call("doctor", "--json").stdout.splitlines())
            }
            assert found["port"]["grade"] == "ok"
            assert "the daemon has it" in found["port"]["said"]
            assert monitor.stop() == 0
