"""When told articles are looked at again."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.schedule import confirm, next_step

TOLD = datetime(2026, 3, 1, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def steps(span: timedelta) -> list[timedelta]:
    found, now = [], TOLD
    while (following := next_step(TOLD, now, span)) is not None:
        found.append(following - TOLD)
        now = following
    return found


def test_the_rhythm_slows_and_ends():
    assert steps(30 * DAY) == [HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY, 14 * DAY, 30 * DAY]
    assert steps(2 * DAY) == [HOUR, 6 * HOUR, DAY, 2 * DAY]
    assert steps(HOUR / 2) == [HOUR / 2]
    assert steps(100 * DAY)[-4:] == [30 * DAY, 60 * DAY, 90 * DAY, 100 * DAY]


@given(st.timedeltas(timedelta(seconds=1), 400 * DAY), st.timedeltas(timedelta(0), 500 * DAY))
def test_what_was_missed_is_one_look_and_none_comes_after_the_end(span, away):
    following = next_step(TOLD, TOLD + away, span)
    assert following is None or TOLD + away < following <= TOLD + span
    assert (following is None) == (away >= span)


def test_gone_takes_three_looks_over_a_day_and_shrunk_two():
    assert confirm("gone", TOLD, 1, TOLD) == TOLD + 12 * HOUR
    assert confirm("gone", TOLD, 3, TOLD + 23 * HOUR) is not None, "three quick ones prove nothing"
    assert confirm("gone", TOLD, 2, TOLD + 48 * HOUR) is not None, "nor do two in days"
    assert confirm("gone", TOLD, 3, TOLD + 24 * HOUR) is None
    assert confirm("shrunk", TOLD, 1, TOLD) == TOLD + HOUR
    assert confirm("shrunk", TOLD, 2, TOLD + HOUR) is None
