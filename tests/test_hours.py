"""`alert.hours`: cases are files in tests/data/rhythm; every night has one beginning and one end."""

import json
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.alert.hours import last_digest, next_digest, quiet_until
from monitor.model import Digest, Quiet

CASES = Path(__file__).parent / "data/rhythm"
QUIET = json.loads((CASES / "quiet.json").read_text("utf-8"))
DIGESTS = json.loads((CASES / "digests.json").read_text("utf-8"))
ZONES = ["Europe/Berlin", "Asia/Riyadh", "Australia/Lord_Howe", "Africa/Cairo", "America/St_Johns"]
CLOCKS = st.times(max_value=time(23, 59)).map(lambda one: one.replace(second=0, microsecond=0))
MOMENTS = st.integers(0, 366 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


@pytest.mark.parametrize("case", QUIET, ids=[case["about"] for case in QUIET])
def test_quiet_hours(case: dict) -> None:
    begin, end, zone = case["quiet"]
    quiet = Quiet(begin=time.fromisoformat(begin), end=time.fromisoformat(end), timezone=zone)
    assert quiet_until(quiet, moment(case["now"])) == moment(case["until"])


@pytest.mark.parametrize("case", DIGESTS, ids=[case["about"] for case in DIGESTS])
def test_digests(case: dict) -> None:
    written = case["digest"]
    digest = Digest(
        at=tuple(map(time.fromisoformat, written["at"])),
        timezone=written["timezone"],
        days=tuple(written.get("days", ())),
    )
    now = moment(case["now"])
    assert last_digest(digest, now) == moment(case["last"])
    assert next_digest(digest, now) == moment(case["next"])


@settings(max_examples=60)
@given(CLOCKS, CLOCKS, st.sampled_from(ZONES), MOMENTS)
def test_quiet_ends_when_it_says(begin: time, end: time, zone: str, now: datetime) -> None:
    """Until its end it is quiet, at its end it is not, and the end stays the same."""
    quiet = Quiet(begin=begin, end=end, timezone=zone)
    until = quiet_until(quiet, now)
    if until is None:
        return
    assert now < until <= now + timedelta(hours=25)
    assert quiet_until(quiet, until - timedelta(seconds=1)) == until
    after = quiet_until(quiet, until)
    assert after is None or after > until + timedelta(hours=20)


@settings(max_examples=60)
@given(
    st.lists(CLOCKS, min_size=1, max_size=3),
    st.sets(st.integers(0, 6)),
    st.sampled_from(ZONES),
    MOMENTS,
)
def test_digests_follow_each_other(
    clocks: list[time], days: set[int], zone: str, now: datetime
) -> None:
    digest = Digest(at=tuple(sorted(clocks)), timezone=zone, days=tuple(sorted(days)))
    last, coming = last_digest(digest, now), next_digest(digest, now)
    assert last is not None
    assert last <= now < coming
    assert last_digest(digest, coming - timedelta(seconds=1)) == last
    assert last_digest(digest, coming) == coming
    assert next_digest(digest, last) == coming
