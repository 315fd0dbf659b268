"""The whole line over real sockets: the real process, sites, an SMTP sink, a webhook receiver."""

from __future__ import annotations

import itertools
import os
import shutil
import time
from pathlib import Path

import pytest

from tests.newsroom import (
    Document,
    Here,
    Item,
    Monitor,
    Newsroom,
    copy_of,
    read_documents,
    read_items,
)
from tests.newsroom.newsroom import nothing_waits, wait_until
from tests.newsroom.receivers import plain
from tests.newsroom.teasers import MARKS

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds" / "north-korea-russia"
DATA = ROOT / "tests" / "data" / "newsroom"
CHANNELS = ("email", "webhook")

# The five documents by number, `+` for the second piece inside: which bands are right.
BANDS = {
    "000": {"on"},
    "001": {"on"},
    "002": {"on", "maybe"},
    "002+": {"on"},
    "003": {"on", "maybe"},
    "004": {"on"},
}


def _real() -> Path:
    if "MONITOR_REAL_SEEDS" not in os.environ:
        pytest.skip("MONITOR_REAL_SEEDS names no folder of captured documents")
    return Path(os.environ["MONITOR_REAL_SEEDS"])


def _seeds_without(number: str, folder: Path) -> Path:
    """The shipped seeds without the telling of one document."""
    kept = folder / f"seeds-{number}"
    ignored = shutil.ignore_patterns(f"{number}*")
    shutil.copytree(SEEDS, kept, ignore=ignored)
    assert len(list(kept.iterdir())) == len(list(SEEDS.iterdir())) - 1
    return kept


def _others() -> list[Item]:
    return [item for item, row in read_items(DATA / "others.jsonl") if row["band"] == "off"]


def _quiet(room: Newsroom, monitor: Monitor) -> None:
    """Until every source was polled twice more and nothing moves."""
    since = time.monotonic()

    def done() -> bool:
        assert monitor.alive, monitor.log_text()[-3000:]
        # What is judged slowly is as quiet as what is over, seen from outside.
        return room.quiet(since=since) and nothing_waits(monitor.ask("status"))

    wait_until(done, what="quiet")


class Told:
    """What the monitor says it judged, at one moment."""

    def __init__(self, monitor: Monitor) -> None:
        bands = ("--band", "on", "--band", "maybe", "--band", "off")
        self.rows = monitor.ask("articles", "--limit", "10000", *bands)

    def row(self, story: str, address: str, *, piece: bool = False) -> dict[str, object]:
        """The record of the page at an address, or of the second piece inside it."""
        found = [
            row
            for row in self.rows
            if row["story"] == story
            and plain(row["link"]) == plain(address)
            and ("#piece-" in row["url"]) == piece
        ]
        assert len(found) == 1, (story, address, piece, found)
        return found[0]


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("real", "rss"),
        pytest.param("real", "wordpress", marks=pytest.mark.slow),
        pytest.param("real", "listing", marks=pytest.mark.slow),
        ("shipped", "wordpress"),
    ],
)
def test_the_documents_are_told_once_and_copies_fold(tmp_path, folder, kind):
    """Five documents among others; each judged by a profile that has not seen its telling."""
    documents = {d.name[:3]: d for d in read_documents(_real() if folder == "real" else SEEDS)}
    assert sorted(documents) == ["000", "001", "002", "003", "004"]
    stories = {f"without-{number}": _seeds_without(number, tmp_path) for number in documents}
    others = _others()
    assert len(others) >= 40
    with Newsroom(journal=tmp_path / "receipts.jsonl") as room:
        sites = list(room.sites)
        for number, item in enumerate(others[:20]):
            room.publish(sites[number % len(sites)], item)
        forbidden = room.publish("portal", copy_of(documents["004"].item, seed=99))[0]
        room.sites["portal"].forbidden.add(
            plain(forbidden).removeprefix(room.sites["portal"].server.origin)
        )
        monitor = Here(room.write_config(tmp_path, seeds=stories))
        with monitor:
            _quiet(room, monitor)
            assert room.received == [], "a baseline alerts nobody"

            addresses = {n: room.publish(kind, d.item)[0] for n, d in documents.items()}
            for number, item in enumerate(others[20:]):
                room.publish(sites[number % len(sites)], item)
            _quiet(room, monitor)
            _check(room, monitor, documents, addresses, stories)
            told = len({r.key for r in room.received})

            copies = _publish_copies(room, documents)
            _quiet(room, monitor)
            judged = Told(monitor)
            for address in copies:
                for story in stories:
                    assert judged.row(story, address)["relation"] == "copy", address
            assert len({r.key for r in room.received}) == told, "copies alert nobody"

            assert monitor.stop() == 0
            monitor.start()
            _quiet(room, monitor)
            assert monitor.stop() == 0
        assert len(room.received) == told, "every message went out once"
        assert room.hook.refused == []
        _polite(room, forbidden)


def _check(
    room: Newsroom,
    monitor: Monitor,
    documents: dict[str, Document],
    addresses: dict[str, str],
    stories: dict[str, Path],
) -> None:
    judged = Told(monitor)
    for story in stories:
        alerted = 0
        for number, address in addresses.items():
            rows = {number: judged.row(story, address)}
            if documents[number].pieces:
                rows[f"{number}+"] = judged.row(story, address, piece=True)
            if story == f"without-{number}":
                for key, row in rows.items():
                    assert row["band"] in BANDS[key], (key, row["band"])
            on = [row for row in rows.values() if row["band"] == "on"]
            told = [row for row in on if row["told"] == "alerted"]
            alerted += len(told)
            for channel in CHANNELS:
                count = len(room.alerts(address, channel, story))
                assert count == len(told), (story, number, channel, rows)
            for row in on:
                if row not in told:
                    _named(monitor, story, row)
        assert alerted >= 2, "two days a year apart are two developments at least"
    ours = {plain(address) for address in addresses.values()}
    for received in room.received:
        assert received.addresses & ours, f"an alert about another article: {received.subject}"
        assert not any(mark in received.text for mark in MARKS)
        for number, address in addresses.items():
            if plain(address) in received.addresses:
                assert documents[number].shows_foreign(received.text) == [], received.subject


def _named(monitor: Monitor, story: str, row: dict[str, object]) -> None:
    """It has no alert of its own because its development was told on every channel."""
    assert row["told"] in {"told already: a repeat", "told already: a copy"}, row
    [found] = monitor.ask("explain", str(row["id"]))
    [event] = [each for each in found["developments"] if each["story"] == story]
    assert event["id"] != row["id"]
    shown = monitor.ask("development", "show", str(event["id"]), "--story", story)
    assert row["id"] in {report["id"] for report in shown}
    assert len({alert["channel"] for alert in found["alerts"]}) >= len(CHANNELS)


def _publish_copies(room: Newsroom, documents: dict[str, Document]) -> list[str]:
    """Copies of what is surely on, on two other papers."""
    sources = [documents[n].item for n in ("000", "001", "004")] + list(documents["002"].pieces)
    return [
        room.publish("aggregator" if seed % 2 else "atom", copy_of(item, seed=seed))[0]
        for seed, item in enumerate(sources)
    ]


def _polite(room: Newsroom, forbidden: str) -> None:
    """One request a host at a time with a gap; conditional from the second on; robots heeded."""
    for site in room.sites.values():
        visits = [v for v in room.visits if v.host == site.server.host]
        for one, two in itertools.pairwise(visits):
            assert one.ended
            assert two.began - one.ended > 0.03, (one.path, two.path)
        feed = [v for v in visits if v.path == site.style.feed]
        assert len(feed) > 4
        # The first visit has nothing to ask with.
        assert all("if-none-match" in v.headers for v in feed[1:])
        assert 304 in {v.status for v in feed}
        assert all("desk@newsroom.example" in v.headers["user-agent"] for v in visits)
    assert plain(forbidden) not in {
        plain(room.sites["portal"].server.origin + v.path) for v in room.visits
    }


def test_a_revised_headline_is_not_told_again(tmp_path):
    """The same page under a new headline is a revision."""
    article = next(item for item, _ in read_items(DATA / "story.jsonl"))
    with Newsroom(["rss", "wordpress"]) as room:
        with Monitor(room.write_config(tmp_path, seeds=SEEDS)) as monitor:
            _quiet(room, monitor)
            (address,) = room.publish("rss", article)
            wait_until(
                lambda: all(len(room.alerts(address, c)) == 1 for c in CHANNELS),
                what="the alert",
            )
            room.revise("rss", address, title=f"{article.title} (محدّث)")
            _quiet(room, monitor)
            assert monitor.stop() == 0
        assert len(room.received) == len(CHANNELS)


def test_receivers_that_fail_get_the_same_bytes_later(tmp_path):
    """Nothing is lost while a receiver is down, and what it took is not sent again."""
    article = next(item for item, _ in read_items(DATA / "story.jsonl"))
    with Newsroom(["rss"]) as room, Monitor(room.write_config(tmp_path, seeds=SEEDS)) as monitor:
        _quiet(room, monitor)
        room.hook.behaviour = "limit"  # asks for one second
        room.mail.behaviour = "drop"  # took it, and the sender does not know
        (address,) = room.publish("rss", article)
        wait_until(lambda: room.mail.received != [], what="the first attempt")
        assert room.alerts(address, "webhook") == []
        room.hook.behaviour = room.mail.behaviour = "accept"
        wait_until(
            lambda: len(room.mail.received) == 2 and len(room.hook.received) == 1,
            what="the second attempts",
        )
        first, second = room.mail.received
        assert (first.key, first.body) == (second.key, second.body)
        assert monitor.stop() == 0
