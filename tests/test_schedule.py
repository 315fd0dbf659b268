"""When to look again."""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import PollSettings, Rhythm, Source
from monitor.schedule import NEVER, after_failure, learn, next_look, next_poll

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
SETTINGS = PollSettings()
SOURCE = Source(name="a", url="https://a.example/feed")
FIXED = Source(name="a", url="https://a.example", every=timedelta(minutes=100))

luck = st.floats(0, 1, exclude_max=True)


def even(rate: float, **more: object) -> Rhythm:
    """A rhythm watched for weeks that never changed: `rate` entries an hour."""
    return Rhythm(
        arrivals=(14 * rate,) * 24,
        watched=(14.0,) * 24,
        **more,  # type: ignore[arg-type]
    )


def wait(rhythm: Rhythm | None, source: Source = SOURCE, **more: object) -> timedelta:
    asked = {"settings": SETTINGS, "luck": 0.5, "now": NOW, **more}
    return next_poll(source=source, rhythm=rhythm, **asked) - asked["now"]  # type: ignore[arg-type, operator]


def taught(rhythm: Rhythm, polls: int, every: timedelta, **more: object) -> tuple[Rhythm, datetime]:
    """After so many polls alike, from NOW on."""
    at, said = NOW, {"entries": 0, "fresh": 0, "gap": False, **more}
    for _ in range(polls):
        at += every
        rhythm = learn(rhythm, now=at, since=at - every, **said)  # type: ignore[arg-type]
    return rhythm, at


# ---- the user's own interval, and the start


@given(luck=luck, minutes=st.integers(0, 100_000))
def test_next_poll_lies_within_floor_and_ceiling(luck: float, minutes: int) -> None:
    source = Source(name="a", url="https://a.example", every=timedelta(minutes=minutes))
    at = next_poll(NOW, source, SETTINGS, luck=luck)
    assert SETTINGS.floor <= at - NOW <= SETTINGS.ceiling


def test_a_source_is_spread_by_a_tenth_of_its_own_interval() -> None:
    assert wait(None, FIXED, luck=0.0) == timedelta(minutes=90)
    assert wait(None, FIXED, luck=0.5) == timedelta(minutes=100)


def test_the_users_interval_wins_over_all_that_was_learnt() -> None:
    busy = even(60, window=10, half_turn=0.05, lately=100.0)
    assert wait(busy, FIXED, ttl=5 * HOUR, max_age=5 * HOUR) == timedelta(minutes=100)


@pytest.mark.parametrize("rhythm", [None, Rhythm()])
def test_an_unknown_source_starts_at_the_setting(rhythm: Rhythm | None) -> None:
    for minutes in (5, 15, 60):
        settings = PollSettings(every=minutes * MINUTE)
        assert wait(rhythm, settings=settings) / MINUTE == pytest.approx(minutes)


# ---- pace


@pytest.mark.parametrize(
    ("daily", "minutes"),
    [(400, 5.2), (100, 10.4), (48, 15), (12, 30), (2, 60), (1, 60), (1 / 7, 275), (0, 360)],
)
def test_polls_go_with_the_square_root_of_the_rate(daily: float, minutes: float) -> None:
    """A source that brings an entry each second poll is asked at `every`."""
    assert wait(even(daily / 24)) / MINUTE == pytest.approx(minutes, rel=0.02)


def test_a_source_that_falls_silent_comes_to_the_ceiling() -> None:
    rhythm, at = taught(Rhythm(), 30 * 24, HOUR)
    assert wait(rhythm, now=at) == SETTINGS.ceiling


def test_hours_without_news_are_learnt() -> None:
    """Two entries an hour from 6 to 18 UTC."""
    rhythm, at = Rhythm(), NOW
    for _ in range(28 * 24):
        at += HOUR
        begun = at - HOUR
        busy = 6 <= begun.hour < 18
        rhythm = learn(rhythm, now=at, since=begun, entries=20, fresh=2 if busy else 0, gap=False)
    noon = at.replace(hour=12)
    assert wait(rhythm, now=noon) < 20 * MINUTE
    assert wait(rhythm, now=noon.replace(hour=20)) > 35 * MINUTE
    # The morning ends the long pause of the night: nobody waits for it to run out.
    night = noon.replace(hour=5, minute=30)
    assert night + wait(rhythm, now=night) < noon.replace(hour=6, minute=15)


# ---- safety


@given(
    rate=st.floats(0.01, 200),
    window=st.integers(1, 200),
    luck=luck,
    hint=st.integers(0, 600),
)
def test_no_more_than_half_the_window_is_expected_to_be_replaced(
    rate: float, window: int, luck: float, hint: int
) -> None:
    span = wait(even(rate, window=float(window)), luck=luck, ttl=hint * MINUTE)
    assert span == SETTINGS.floor or span / HOUR * rate <= window / 2 * 1.001


def test_a_gap_halves_the_wait_at_once() -> None:
    rhythm = even(0.1, window=5.0)
    before = wait(rhythm)
    rhythm = learn(rhythm, now=NOW, since=NOW - HOUR, entries=5, fresh=5, gap=True)
    assert wait(rhythm) <= HOUR / 2 < before
    # And for the weeks to come: who was late once would be late again.
    later = replace(rhythm, lately=0.0)
    assert wait(later) / HOUR == pytest.approx(1 / 2.2)


def test_a_gap_of_a_source_without_dates_counts_for_what_was_shown() -> None:
    half = learn(even(1), now=NOW, since=NOW - HOUR, entries=20, fresh=15, gap=False)
    assert half.half_turn == pytest.approx(10 / 15)
    little = learn(even(1), now=NOW, since=NOW - HOUR, entries=20, fresh=9, gap=False)
    assert little.half_turn is None


def test_a_burst_is_expected_to_go_on() -> None:
    rhythm = even(0.1, window=40.0)
    calm = wait(rhythm)
    rhythm = learn(rhythm, now=NOW, since=NOW - HOUR / 2, entries=40, fresh=18, gap=False)
    # Thirty-six an hour: half of the window in 33 minutes, less the tenth of the luck.
    assert wait(rhythm) / HOUR == pytest.approx(20 / 36 / 1.1)
    assert wait(rhythm) < calm
    # An hour later half of the fear and more is gone.
    rhythm = learn(rhythm, now=NOW + HOUR, since=NOW, entries=0, fresh=0, gap=False)
    assert rhythm.lately == pytest.approx(36 * 0.1353, rel=0.01)


def test_a_poll_by_hand_right_after_another_sees_no_burst_in_three_entries() -> None:
    soon = NOW - timedelta(seconds=2)
    rhythm = learn(even(1), now=NOW, since=soon, entries=20, fresh=3, gap=False)
    assert rhythm.lately == pytest.approx(36)
    rhythm = learn(even(1), now=NOW, since=soon, entries=20, fresh=2, gap=False)
    assert rhythm.lately == 0


def dates(count: int, apart: timedelta, last: datetime = NOW - MINUTE) -> list[datetime]:
    return [last - number * apart for number in range(count)]


def test_a_quick_turnover_in_the_dates_is_remembered_and_fades_in_months() -> None:
    """Forty entries came in ten minutes, five hours ago; twenty are shown."""
    shown = dates(20, timedelta(seconds=15), NOW - 5 * HOUR)
    rhythm = learn(Rhythm(), now=NOW, since=None, entries=20, fresh=20, gap=False, published=shown)
    assert rhythm.half_turn == pytest.approx(2.5 / 60)
    assert wait(rhythm) < timedelta(minutes=2.5)
    later, at = taught(rhythm, 30 * 24, HOUR, fresh=1)
    assert later.half_turn == pytest.approx(5 / 60)
    assert wait(later, now=at) < timedelta(minutes=5)


def test_what_turns_over_in_moments_hastens_nobody() -> None:
    assert wait(even(1, window=20.0, half_turn=1 / 3600)) == wait(even(1, window=20.0))


def test_fear_costs_at_most_48_requests_for_an_entry() -> None:
    """One quick batch must not have a small site asked every two minutes for a month."""
    assert wait(even(1 / 24, window=20.0, half_turn=0.05)) / MINUTE == pytest.approx(30 / 1.1)
    assert wait(even(10, window=20.0, half_turn=0.05)) / MINUTE == pytest.approx(3 / 1.1)


def test_the_window_goes_down_at_once_and_up_slowly() -> None:
    rhythm = even(1, window=30.0)
    sizes = []
    for entries in (10, 30, 0, 30):
        rhythm = learn(rhythm, now=NOW, since=NOW - HOUR, entries=entries, fresh=0, gap=False)
        sizes.append(rhythm.window)
    assert sizes == [10, 12, 12, pytest.approx(13.8)]


# ---- hints


def test_hints_lengthen_by_half_an_hour_at_most_and_never_shorten() -> None:
    busy, quiet = even(4, window=100.0), even(1 / 48, window=100.0)
    assert wait(busy) < 11 * MINUTE
    assert wait(busy, ttl=20 * MINUTE) == 20 * MINUTE
    assert wait(busy, max_age=20 * MINUTE, ttl=MINUTE) == 20 * MINUTE
    assert wait(busy, ttl=60 * MINUTE, max_age=timedelta(days=365)) == 30 * MINUTE
    assert wait(quiet, ttl=MINUTE, max_age=-HOUR) == wait(quiet)


def test_a_source_that_a_hub_speaks_for_is_asked_once_an_hour_where_that_is_safe() -> None:
    assert wait(even(4, window=100.0), pushed=True) == HOUR
    assert wait(even(4, window=4.0), pushed=True) < HOUR / 2
    assert wait(even(1 / 168, window=100.0), pushed=True) > HOUR


# ---- first readings


def test_the_dates_of_a_first_reading_set_the_pace() -> None:
    """Twenty entries of one day: asked as if it had been watched for that day."""
    first = learn(
        Rhythm(),
        now=NOW,
        since=None,
        entries=20,
        fresh=20,
        gap=False,
        published=dates(20, 72 * MINUTE),
    )
    assert sum(first.arrivals) == pytest.approx(19, rel=0.1)
    assert 15 * MINUTE < wait(first) < 30 * MINUTE
    assert first.lately == 0


def test_a_first_reading_is_no_burst() -> None:
    first = learn(Rhythm(), now=NOW, since=None, entries=500, fresh=500, gap=False)
    assert first == Rhythm(window=500.0)
    known = even(1, window=20.0)
    shown = dates(20, timedelta(minutes=91))
    again = learn(known, now=NOW, since=None, entries=20, fresh=20, gap=False, published=shown)
    assert (again.arrivals, again.watched) == (known.arrivals, known.watched)


def test_entries_count_in_the_hour_of_their_dates_and_only_if_they_are_new() -> None:
    """Looked at after a night: one new entry of 22:30, and one that was known."""
    shown = [
        NOW - timedelta(minutes=90),
        NOW - timedelta(minutes=150),
        *dates(8, HOUR * 7 / 3, NOW - 9 * HOUR),
    ]
    night = learn(
        Rhythm(), now=NOW, since=NOW - 8 * HOUR, entries=10, fresh=1, gap=False, published=shown
    )
    assert night.arrivals[22] == 1
    assert sum(night.arrivals) == 1
    undated = learn(Rhythm(), now=NOW, since=NOW - 8 * HOUR, entries=10, fresh=1, gap=False)
    assert undated.arrivals[16:] == (pytest.approx(1 / 8),) * 8


@pytest.mark.parametrize(
    "published",
    [
        [NOW - MINUTE] * 20,
        dates(20, HOUR, NOW + timedelta(days=400)),
        dates(20, timedelta(days=1), NOW.replace(hour=0)),
        [NOW - 3 * HOUR, NOW - HOUR],
    ],
    ids=["all equal", "in the future", "without a time", "too few"],
)
def test_dates_that_cannot_be_right_teach_nothing(published: list[datetime]) -> None:
    first = learn(
        Rhythm(), now=NOW, since=None, entries=20, fresh=20, gap=False, published=published
    )
    assert first == Rhythm(window=20.0)


def test_a_source_that_ended_long_ago_is_known_as_such_at_once() -> None:
    old = dates(20, timedelta(days=1, minutes=7), NOW - timedelta(days=400))
    first = learn(Rhythm(), now=NOW, since=None, entries=20, fresh=20, gap=False, published=old)
    assert wait(first) > 5 * HOUR


# ---- odd clocks, odd memories

poll = st.fixed_dictionaries(
    {
        "step": st.one_of(st.integers(0, 400), st.integers(-(10**7), 10**7)),
        "entries": st.integers(0, 3000),
        "fresh": st.integers(0, 3000),
        "gap": st.booleans(),
        "first": st.booleans(),
        "dates": st.lists(st.integers(-(10**6), 10**4), max_size=30),
    }
)


@given(polls=st.lists(poll, max_size=30), luck=luck)
def test_any_polls_under_any_clock_leave_a_sound_rhythm(polls: list, luck: float) -> None:
    rhythm, at = Rhythm(), NOW
    for one in polls:
        since, at = at, at + one["step"] * MINUTE
        rhythm = learn(
            rhythm,
            now=at,
            since=None if one["first"] else since,
            entries=one["entries"],
            fresh=one["fresh"],
            gap=one["gap"],
            published=[at + minutes * MINUTE for minutes in one["dates"]],
        )
        figures = [
            *rhythm.arrivals,
            *rhythm.watched,
            rhythm.window,
            rhythm.half_turn or 0.0,
            rhythm.lately,
        ]
        assert all(0 <= figure < 1e6 for figure in figures)
        assert sum(rhythm.watched) <= 14 * 24 + 7 * 24
        assert SETTINGS.floor <= wait(rhythm, now=at, luck=luck) <= SETTINGS.ceiling
        assert Rhythm(**json.loads(json.dumps(asdict(rhythm)))) == rhythm


def test_a_clock_set_back_teaches_no_rate_and_one_set_forward_forgets_little() -> None:
    known = even(2, window=20.0)
    back = learn(known, now=NOW, since=NOW + timedelta(days=30), entries=20, fresh=5, gap=False)
    assert back == known
    forward = learn(
        known, now=NOW + timedelta(days=9000), since=NOW, entries=20, fresh=0, gap=False
    )
    assert sum(forward.arrivals) == pytest.approx(sum(known.arrivals) * 0.6065, rel=0.01)


@pytest.mark.parametrize(
    "broken",
    [
        {"arrivals": (1.0,)},
        {"watched": ()},
        {"watched": None},
        {"window": float("nan")},
        {"window": "20"},
        {"half_turn": -1.0},
        {"lately": float("inf")},
        {"arrivals": (float("nan"),) * 24},
        {"arrivals": (-1.0,) * 24},
        {"watched": ({},) * 24},
    ],
    ids=str,
)
def test_a_rhythm_that_cannot_be_right_is_begun_anew(broken: dict) -> None:
    rhythm = replace(even(1), **broken)
    assert wait(rhythm) == timedelta(minutes=15)
    anew = learn(rhythm, now=NOW, since=None, entries=20, fresh=0, gap=False)
    assert anew == Rhythm(window=20.0)


# ---- directions

rhythms = st.builds(
    lambda rate, window, half_turn, lately: even(
        rate, window=window, half_turn=half_turn, lately=lately
    ),
    rate=st.floats(0, 50),
    window=st.integers(0, 200).map(float),
    half_turn=st.none() | st.floats(0.02, 300),
    lately=st.floats(0, 500),
)


@given(rhythm=rhythms, luck=luck, factor=st.floats(1, 100), hint=st.integers(0, 300))
def test_worse_never_means_a_later_poll_and_a_longer_hint_never_an_earlier_one(
    rhythm: Rhythm, luck: float, factor: float, hint: int
) -> None:
    now = wait(rhythm, luck=luck)
    slack = timedelta(milliseconds=1)
    assert wait(replace(rhythm, lately=rhythm.lately * factor), luck=luck) <= now + slack
    if rhythm.window:
        assert wait(replace(rhythm, window=rhythm.window / factor), luck=luck) <= now + slack
    if rhythm.half_turn is not None and rhythm.half_turn / factor > 0.02:
        sooner = replace(rhythm, half_turn=rhythm.half_turn / factor)
        assert wait(sooner, luck=luck) <= now + slack
    assert wait(rhythm, luck=luck, ttl=hint * MINUTE) >= now
    rarer = PollSettings(every=SETTINGS.every * factor)
    assert wait(rhythm, luck=luck, settings=rarer) >= now - slack


@given(rate=st.floats(0, 50), factor=st.floats(1, 100))
def test_more_news_never_means_a_later_poll(rate: float, factor: float) -> None:
    assert wait(even(rate * factor)) <= wait(even(rate)) + timedelta(milliseconds=1)


# ---- failures


def failed(failures: int, **more: object) -> timedelta:
    asked = {"failure": "unreachable", "retry_after": None, "luck": 0.5, **more}
    return after_failure(NOW, SOURCE, SETTINGS, failures=failures, **asked) - NOW  # type: ignore[arg-type]


def test_failures_double_the_wait_up_to_the_ceiling_and_never_stop() -> None:
    minutes = [failed(n) / MINUTE for n in (1, 2, 3, 4, 5, 6, 7, 1_000_000)]
    assert minutes == [15, 30, 60, 120, 240, 360, 360, 360]


def test_a_failure_is_followed_up_at_the_sources_own_pace() -> None:
    assert failed(1, rhythm=even(16.7)) / MINUTE == pytest.approx(5.2, rel=0.01)
    assert failed(2, rhythm=even(16.7)) / MINUTE == pytest.approx(10.4, rel=0.01)
    assert failed(1, rhythm=even(0)) / MINUTE == 15


def test_what_the_site_must_mend_itself_is_asked_for_less_often() -> None:
    assert failed(1, failure="blocked") == timedelta(minutes=60)


def test_a_source_that_says_it_is_gone_is_asked_twice_more() -> None:
    assert failed(1, failure="gone") == SETTINGS.ceiling
    assert failed(9, failure="gone", gone=2) == SETTINGS.ceiling
    last = after_failure(
        NOW,
        SOURCE,
        SETTINGS,
        failure="gone",
        failures=9,
        gone=3,
        retry_after=timedelta(hours=1),
        luck=0.5,
    )
    assert last == NEVER
    assert NEVER.tzinfo is not None
    assert NEVER.astimezone(tz=None).year in {9998, 9999}
    assert failed(9, failure="not-found", gone=3) == SETTINGS.ceiling


def test_a_network_that_is_down_is_tried_each_minute() -> None:
    assert [failed(n, failure="offline") for n in (1, 10, 1000)] == [MINUTE] * 3


def test_retry_after_is_a_floor_of_at_most_a_day() -> None:
    assert failed(1, retry_after=timedelta(hours=8)) == timedelta(hours=8)
    assert failed(1, retry_after=timedelta(seconds=1)) == timedelta(minutes=15)
    assert failed(1, retry_after=timedelta(days=4000)) == timedelta(days=1)


@given(failures=st.integers(1, 10**9), luck=luck, rhythm=rhythms)
def test_a_failing_source_is_asked_between_floor_and_ceiling(
    failures: int, luck: float, rhythm: Rhythm
) -> None:
    assert SETTINGS.floor <= failed(failures, luck=luck, rhythm=rhythm) <= SETTINGS.ceiling


# ---- pending bodies


def test_an_unread_page_is_looked_at_until_patience_is_over() -> None:
    patience = timedelta(minutes=10)
    now, tries, looks = NOW, 0, []
    while (at := next_look(now, NOW, tries, patience)) is not None:
        looks.append((at - NOW).total_seconds())
        now, tries = at, tries + 1
    assert looks == [30, 90, 210, 450, 600]
