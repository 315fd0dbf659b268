"""kill -9 at random moments of a poll and of a delivery: nothing lost, nothing told under two keys.

A moment is an event that the newsroom sees (the n-th request to a site, the n-th
message before it is taken, or taken before its sender hears of it) or a time after
the start; the death comes exactly then.
"""

from __future__ import annotations

import base64
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from tests.newsroom import Here, Item, Monitor, Newsroom, read_items
from tests.newsroom.newsroom import nothing_waits, wait_until
from tests.newsroom.receivers import plain

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds" / "north-korea-russia"
SITES = ("rss", "wordpress", "listing")
CHANNELS = ("email", "webhook")
KINDS = ("visit", "taken", "clock", "arriving", "visit")
LIFE = 60.0  # seconds after which a process dies whose moment did not come


def _news() -> Iterator[Item]:
    """Articles of the story, each another development; then others."""
    yield from (
        i for i, row in read_items(ROOT / "tests/data/newsroom/story.jsonl") if row["band"] == "on"
    )
    for item, row in read_items(ROOT / "tests/data/story-stream/dev.jsonl"):
        if row["band"] == "on" and row["relation"] == "new" and item.blocks:
            yield item


class _Moment:
    """One death: arms the newsroom, and kills when its event has come so many times."""

    def __init__(self, kind: str, chance: random.Random) -> None:
        self.kind = kind
        self.left = chance.randint(1, 7 if self.kind == "visit" else 2)
        self.after = chance.uniform(0.2, 5.0) if self.kind == "clock" else LIFE

    def die(self, room: Newsroom, monitor: Monitor) -> str:
        """Run the monitor until its moment; the kind, or `clock` where the moment did not come."""

        def event() -> None:
            self.left -= 1
            if self.left == 0:
                monitor.kill()
                if self.kind == "arriving":
                    raise ConnectionResetError  # it did not arrive

        if self.kind != "clock":
            room.watch(**{self.kind: event})
        monitor.start()
        end = time.monotonic() + self.after
        while monitor.alive and time.monotonic() < end:
            time.sleep(0.01)
        came = not monitor.alive
        monitor.kill()
        room.watch()
        return self.kind if came else "clock"


@pytest.mark.parametrize(
    "moments", [pytest.param(5, id="5"), pytest.param(50, id="50", marks=pytest.mark.slow)]
)
def test_nothing_is_lost_and_nothing_has_two_keys(tmp_path, moments):
    """After any number of deaths every article on the story was told, under one key each."""
    chance = random.Random(moments)
    journal = tmp_path / "receipts.jsonl"
    with Newsroom(SITES, journal=journal) as room:
        others = [item for item, _ in read_items(ROOT / "tests/data/newsroom/others.jsonl")]
        for site, item in zip(SITES, others, strict=False):
            room.publish(site, item)
        monitor = Here(room.write_config(tmp_path, seeds=SEEDS))
        with monitor:
            _quiet(room, monitor)
            monitor.stop()
        news = _news()
        published: list[str] = []
        deaths: Counter[str] = Counter()
        for number in range(moments):
            for _ in range(2 if number % 2 else 1):
                if item := next(news, None):
                    published += room.publish(SITES[len(published) % len(SITES)], item)
            deaths[_Moment(KINDS[number % len(KINDS)], chance).die(room, monitor)] += 1
        with monitor:
            _quiet(room, monitor)
            assert monitor.stop() == 0

        rows = monitor.ask("articles", "--limit", "1000", *_bands("on", "maybe", "off"))
        _nothing_lost(room, monitor, rows, published)
        repeats = _one_key_each(journal, room, published)
        print(  # for docs/reliability.md; shown by `make test-slow`
            f"\n{moments} deaths ({dict(deaths)}): {len(published)} articles published, 0 lost,"
            f" {repeats} messages repeated under their old key, 0 under a second one"
        )
        assert deaths["visit"], deaths
        assert deaths["arriving"] + deaths["taken"], deaths


def _bands(*bands: str) -> list[str]:
    return [word for band in bands for word in ("--band", band)]


def _quiet(room: Newsroom, monitor: Monitor) -> None:
    since = time.monotonic()

    def done() -> bool:
        assert monitor.alive, monitor.log_text()[-3000:]
        # What is judged slowly is as quiet as what is over, seen from outside.
        return room.quiet(since=since) and nothing_waits(monitor.ask("status"))

    wait_until(done, what="quiet")


def _nothing_lost(
    room: Newsroom, monitor: Monitor, rows: list[dict[str, object]], published: list[str]
) -> None:
    """Each published article is stored once; each that is on and no copy was told on each channel.

    By an alert of its own, or named under a development that was told.
    """
    stored: dict[str, list[dict[str, object]]] = defaultdict(list)
    for row in rows:
        stored[plain(str(row["link"]))].append(row)
    told = 0
    for address in published:
        (row,) = stored[plain(address)]
        if row["band"] == "on" and row["relation"] == "new":
            told += 1
            if row["told"] == "told already: a repeat":
                [found] = monitor.ask("explain", str(row["id"]))
                assert found["developments"][0]["relation"] == "repeat"
                channels = {each["channel"] for each in found["alerts"]}
                assert len(channels) == len(CHANNELS), found
                continue
            for channel in CHANNELS:
                assert room.alerts(address, channel), (channel, row)
    assert told > len(published) / 2, "too few on the story to show anything"


def _one_key_each(journal: Path, room: Newsroom, published: list[str]) -> int:
    """A repeat comes under its old key with the same bytes; how many came."""
    count = 0
    bodies: dict[tuple[str, str, str], set[bytes]] = defaultdict(set)
    for line in journal.read_text("utf-8").splitlines():
        row = json.loads(line)
        at = (row["channel"], row["recipient"], row["key"])
        count += 1
        bodies[at].add(base64.b64decode(row["body"]))
    assert all(len(versions) == 1 for versions in bodies.values())
    for address in published:
        for channel in CHANNELS:
            assert len(room.alerts(address, channel)) <= 1
    return count - len(bodies)


def _nothing_waits(monitor: Monitor) -> bool:
    time.sleep(5)
    channels = [row for row in monitor.ask("status") if row["kind"] == "channel"]
    return not any(row.get("held") or row.get("queued") for row in channels)


@pytest.mark.slow
def test_what_is_held_is_told_once_whatever_dies(tmp_path):
    """Deaths while one channel is quiet and the other has a digest each minute."""
    chance = random.Random(9)
    now = datetime.now(UTC)
    minutes = [now + timedelta(minutes=number) for number in range(60)]
    send = {
        "desk": {
            "quiet": {"from": f"{now - timedelta(minutes=2):%H:%M}", "to": f"{minutes[4]:%H:%M}"}
        },
        "hook": {"instant": "none", "digest": {"at": [f"{minute:%H:%M}" for minute in minutes]}},
    }
    journal = tmp_path / "receipts.jsonl"
    with Newsroom(SITES, journal=journal) as room:
        others = [item for item, _ in read_items(ROOT / "tests/data/newsroom/others.jsonl")]
        for site, item in zip(SITES, others, strict=False):
            room.publish(site, item)
        path = room.write_config(tmp_path, seeds=SEEDS)
        document = yaml.safe_load(path.read_text("utf-8"))
        for name, wish in send.items():
            document["channels"][name]["send"] = wish
        path.write_text(yaml.safe_dump(document, allow_unicode=True), "utf-8")
        monitor = Here(path)
        with monitor:
            _quiet(room, monitor)
            monitor.stop()
        news = _news()
        published: list[str] = []
        deaths: Counter[str] = Counter()
        for number in range(14):
            for _ in range(2):
                if item := next(news, None):
                    published += room.publish(SITES[len(published) % len(SITES)], item)
            deaths[_Moment(KINDS[number % len(KINDS)], chance).die(room, monitor)] += 1
        with monitor:
            _quiet(room, monitor)
            wait_until(lambda: _nothing_waits(monitor), timeout=400, what="everything told")
            assert monitor.stop() == 0
        told: dict[str, Counter[tuple[int, int]]] = {name: Counter() for name in CHANNELS}
        messages = {}
        for line in journal.read_text("utf-8").splitlines():
            row = json.loads(line)
            at, body = (row["channel"], row["key"]), base64.b64decode(row["body"])
            assert messages.setdefault(at, body) == body, "one key, the same bytes"
        for (channel, _), body in messages.items():
            if channel == "webhook":
                held = json.loads(body)["data"].get("held", ())
                told[channel].update((one["development"], one["article"]) for one in held)
        found = [
            row
            for row in monitor.ask("alerts", "list", "--limit", "500")
            if row["kind"] == "summary"
        ]
        assert len(found) == len({row["key"] for row in found}) > 0
        rows = monitor.ask("articles", "--limit", "1000", "--band", "on")
        assert len(rows) > len(published) / 2
        for row in rows:
            [why] = monitor.ask("explain", str(row["id"]))
            if why["verdicts"][0]["told"] == "baseline":
                continue
            channels = {hold["channel"] for hold in why["held"] if hold["told_by"]}
            channels |= {each["channel"] for each in why["alerts"]}
            assert channels == {"desk", "hook"}, why
        assert set(told["webhook"].values()) == {1}, told
        print(f"\n{sum(deaths.values())} deaths ({dict(deaths)}), {len(rows)} articles, 0 lost")
