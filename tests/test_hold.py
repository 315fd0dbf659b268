"""`alert.hold` and `alert.genre`: who waits, for what, and when it goes out."""

import json
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alert.genre import genre
from monitor.alert.hold import digest_due, hold, late, rank, ripe, unread, urgent
from monitor.model import Ceiling, Channel, Covered, Digest, Lately, Named, Quiet, Waiting
from tests.alerts import article

GENRES = json.loads((Path(__file__).parent / "data/rhythm/genres.json").read_text("utf-8"))
NOON = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 30, 6, 0, tzinfo=UTC)
QUIET = Quiet(begin=time(23), end=time(6))
EIGHT = Digest(at=(time(8),))


def channel(**changed: Any) -> Channel:
    return Channel(name="desk", kind="log", **changed)


def ceiling(count: int, hours: float = 1) -> Ceiling:
    return Ceiling(count=count, span=timedelta(hours=hours))


def held(
    one: Channel, now: datetime = NOON, *, hurry: bool = False, missed: Any = None, **sent: Any
) -> tuple[str, datetime | None] | None:
    found = hold(one, Lately(**sent), urgent=hurry, late=missed, now=now)
    return found and (found.reason, found.until)


# ---- urgency


@pytest.mark.parametrize("case", GENRES, ids=[case["title"] or "none" for case in GENRES])
def test_genres(case: dict) -> None:
    one = article(title=case["title"], url=case["url"], link=case["url"])
    assert genre(one) == case["genre"]


@pytest.mark.parametrize(
    ("primary", "voices", "title", "expected"),
    [
        (True, 1, "Ministry confirms", True),
        (False, 2, "Ministry confirms", False),
        (False, 3, "Ministry confirms", True),
        (True, 3, "Opinion: ministry confirms", False),
        (False, 5, "What we know about the ministry", False),
    ],
)
def test_urgency(primary: bool, voices: int, title: str, expected: bool) -> None:
    assert urgent(article(title=title), primary=primary, voices=voices) is expected


# ---- held or not


def test_without_wishes_everything_goes_at_once() -> None:
    assert held(channel(), NIGHT, sent=10_000, waiting=True) is None


def test_quiet_hours_hold_until_their_end_and_urgency_breaks_them() -> None:
    one = channel(quiet=QUIET)
    assert held(one, NIGHT) == ("quiet", MORNING)
    assert held(one, NIGHT, hurry=True) is None
    assert held(one, NOON) is None


def test_a_ceiling_keeps_room_for_urgent_alerts_and_summaries() -> None:
    one = channel(ceiling=ceiling(12))
    assert held(one, sent=8) is None
    assert held(one, sent=9) == ("ceiling", None)
    assert held(one, sent=12, hurry=True) is None


def test_the_smallest_ceilings_let_the_first_through() -> None:
    for count in (1, 2):
        one = channel(ceiling=ceiling(count))
        assert held(one, sent=0) is None
        assert held(one, sent=1) == ("ceiling", None)


def test_nothing_overtakes_what_waits_under_a_ceiling() -> None:
    assert held(channel(ceiling=ceiling(12)), sent=0, waiting=True) == ("ceiling", None)


def test_a_channel_without_instant_alerts_waits_for_its_digest_even_where_it_is_urgent() -> None:
    one = channel(instant=False, digest=EIGHT)
    tomorrow = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    assert held(one, hurry=True) == ("digest", tomorrow)


def test_what_is_late_is_told_in_one_message_unless_it_is_urgent() -> None:
    for why in ("away", "unread"):
        assert held(channel(), missed=why) == (why, None)
        assert held(channel(), missed=why, hurry=True) is None
        assert held(channel(quiet=QUIET), NIGHT, missed=why) == ("quiet", MORNING)


def test_late_is_what_came_out_before_we_woke_and_is_found_soon_after() -> None:
    old = article(published="2026-11-30T11:00:00Z")
    fresh = article(published="2026-11-30T12:05:00Z")
    undated = article(published=None)
    soon, later = NOON + timedelta(minutes=10), NOON + timedelta(minutes=30)
    assert late(old, NOON, soon)
    assert late(undated, NOON, soon)
    assert not late(fresh, NOON, soon)
    assert not late(old, NOON, later)
    assert not late(old, NOON, NOON - timedelta(hours=1)), "the clock was set back"
    assert not late(old, None, soon)


@pytest.mark.parametrize(
    ("hours", "pause", "expected"),
    [
        (None, 6, False),
        (6, 6, False),
        (24, 6, True),
        (500, 6, True),
        (26, 24, False),  # asked once a day, and read whenever it was
        (50, 24, True),
    ],
)
def test_a_source_that_was_not_read_for_a_day_brings_what_is_late(
    hours: float | None, pause: float, expected: bool
) -> None:
    one = article()
    last = None if hours is None else one.first_seen - timedelta(hours=hours)
    assert unread(one, last, timedelta(hours=pause)) is expected


# ---- due


def waits(first: float, last: float, now: datetime = NOON) -> Waiting:
    return Waiting(first=now - timedelta(minutes=first), last=now - timedelta(minutes=last))


@pytest.mark.parametrize(
    ("first", "last", "due"),
    [(1, 1, False), (4, 4, False), (5, 5, True), (14, 1, False), (15, 0, True), (-90, -90, True)],
)
def test_a_summary_waits_for_the_storm_to_calm_but_not_for_long(
    first: float, last: float, due: bool
) -> None:
    one = channel(ceiling=ceiling(12))
    found = ripe(one, {"ceiling": waits(first, last)}, Lately(sent=9), NOON)
    assert found == ({"ceiling"} if due else frozenset())


def test_a_summary_counts_within_the_ceiling() -> None:
    one = channel(ceiling=ceiling(12))
    assert ripe(one, {"ceiling": waits(60, 50)}, Lately(sent=11), NOON)
    assert not ripe(one, {"ceiling": waits(60, 50)}, Lately(sent=12), NOON)


def test_a_ceiling_of_a_day_has_its_summaries_spread_over_it() -> None:
    one = channel(ceiling=ceiling(20, hours=24))
    assert not ripe(one, {"ceiling": waits(60, 50)}, Lately(sent=16), NOON)
    assert ripe(one, {"ceiling": waits(100, 97)}, Lately(sent=16), NOON)


def test_the_end_of_quiet_hours_takes_along_whatever_waits() -> None:
    one = channel(quiet=QUIET, ceiling=ceiling(12), digest=EIGHT)
    waiting = {"quiet": waits(400, 2), "ceiling": waits(1, 1), "digest": waits(600, 600)}
    assert ripe(one, waiting, Lately(), NIGHT) == frozenset()
    assert ripe(one, waiting, Lately(), MORNING) == {"quiet", "ceiling"}


def test_what_waits_for_a_digest_that_is_no_more_is_told_in_a_summary() -> None:
    waiting = {"digest": waits(600, 600)}
    assert ripe(channel(instant=False, digest=EIGHT), waiting, Lately(), NOON) == frozenset()
    assert ripe(channel(), waiting, Lately(), NOON) == {"digest"}


@given(
    st.integers(0, 40),
    st.integers(1, 40),
    st.booleans(),
    st.booleans(),
    st.sampled_from([NOON, NIGHT, MORNING]),
)
def test_no_ordinary_message_goes_over_a_ceiling(
    sent: int, count: int, waiting: bool, missed: bool, now: datetime
) -> None:
    """Only what is urgent is ever sent where as many as the ceiling were in its span."""
    one = channel(ceiling=ceiling(count), quiet=QUIET)
    if sent >= count:
        assert held(one, now, sent=sent, waiting=waiting, missed=missed)
        assert not ripe(one, {"ceiling": waits(600, 600, now)}, Lately(sent=sent), now)
    assert held(one, now, sent=sent, hurry=True) is None


# ---- digests


def covered(nominal: datetime | None) -> Covered:
    return Covered(nominal=nominal, until=nominal or NOON)


def test_digests_once_for_each_nominal_time() -> None:
    today = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
    yesterday, long_ago = today - timedelta(days=1), today - timedelta(days=40)
    begins = digest_due(EIGHT, None, NOON)
    assert begins
    assert (begins.nominal, begins.send) == (today, False)
    due = digest_due(EIGHT, covered(yesterday), NOON)
    assert due
    assert (due.nominal, due.send) == (today, True)
    missed = digest_due(EIGHT, covered(long_ago), NOON)
    assert missed
    assert (missed.nominal, missed.send) == (today, True), "one for all that were missed"
    assert digest_due(EIGHT, covered(today), NOON) is None
    assert digest_due(EIGHT, covered(today), today - timedelta(minutes=30)) is None
    assert digest_due(EIGHT, covered(today + timedelta(days=1)), NOON) is None
    wrong = digest_due(EIGHT, covered(today + timedelta(days=365)), NOON)
    assert wrong
    assert (wrong.nominal, wrong.send) == (today, False), "a clock that was wrong"


# ---- rank


def test_rank() -> None:
    def named(number: int, **changed: Any) -> Named:
        return Named(
            **{
                "story": "s",
                "article_id": number,
                "title": "",
                "link": "",
                "outlet": None,
                "source": "a",
                "language": None,
                "score": 0.5,
                "at": NOON,
                **changed,
            }
        )

    expected = [
        named(1, urgent=True, kind="update", score=0.1),
        named(2, voices=3),
        named(3, score=0.9),
        named(4, at=NOON - timedelta(minutes=1)),
        named(5),
        named(6, kind="update", voices=9, score=1.0),
    ]
    shuffled = [expected[n] for n in (3, 0, 5, 2, 4, 1)]
    assert sorted(shuffled, key=rank) == expected
