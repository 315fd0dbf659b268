"""When to look again."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.model import PollSettings, Source
from monitor.schedule import after_failure, next_look, next_poll

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SETTINGS = PollSettings()
SOURCE = Source(name="a", url="https://a.example/feed")

luck = st.floats(0, 1, exclude_max=True)


@given(luck=luck, minutes=st.integers(0, 100_000))
def test_next_poll_lies_within_floor_and_ceiling(luck: float, minutes: int) -> None:
    source = Source(name="a", url="https://a.example", every=timedelta(minutes=minutes))
    at = next_poll(NOW, source, SETTINGS, luck=luck)
    assert SETTINGS.floor <= at - NOW <= SETTINGS.ceiling


def test_a_source_is_spread_by_a_tenth_of_its_own_interval() -> None:
    source = Source(name="a", url="https://a.example", every=timedelta(minutes=100))
    assert next_poll(NOW, source, SETTINGS, luck=0.0) - NOW == timedelta(minutes=90)
    assert next_poll(NOW, source, SETTINGS, luck=0.5) - NOW == timedelta(minutes=100)


def wait(failures: int, **more: object) -> timedelta:
    asked = {"failure": "unreachable", "retry_after": None, **more}
    return after_failure(NOW, SOURCE, SETTINGS, failures=failures, luck=0.5, **asked) - NOW  # type: ignore[arg-type]


def test_failures_double_the_wait_up_to_the_ceiling_and_never_stop() -> None:
    minutes = [wait(n).total_seconds() / 60 for n in (1, 2, 3, 4, 5, 6, 7, 1_000_000)]
    assert minutes == [15, 30, 60, 120, 240, 360, 360, 360]


def test_what_the_site_must_mend_itself_is_asked_for_less_often() -> None:
    assert wait(1, failure="gone") == timedelta(minutes=60)


def test_retry_after_is_a_floor_of_at_most_a_day() -> None:
    assert wait(1, retry_after=timedelta(hours=8)) == timedelta(hours=8)
    assert wait(1, retry_after=timedelta(seconds=1)) == timedelta(minutes=15)
    assert wait(1, retry_after=timedelta(days=4000)) == timedelta(days=1)


def test_an_unread_page_is_looked_at_until_patience_is_over() -> None:
    patience = timedelta(minutes=10)
    now, tries, looks = NOW, 0, []
    while (at := next_look(now, NOW, tries, patience)) is not None:
        looks.append((at - NOW).total_seconds())
        now, tries = at, tries + 1
    assert looks == [30, 90, 210, 450, 600]
