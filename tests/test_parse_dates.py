"""Dates as sources write them, one case a line in tests/data/dates."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.parse.dates.dates import read_date

LINES = (Path(__file__).parent / "data" / "dates" / "cases.jsonl").read_text().splitlines()
CASES = [json.loads(line) for line in LINES]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:40] for case in CASES])
def test_date_reads_as_expected(case):
    now = datetime.fromisoformat(case["now"]) if "now" in case else None
    got = read_date(
        case["text"], timezone=case.get("timezone"), now=now, language=case.get("language")
    )
    assert (got and got.strftime("%Y-%m-%dT%H:%M:%SZ")) == case["want"]


@given(st.text(max_size=60) | st.from_regex(r"[0-9٠-٩۰-۹ ./:\-+TZمصه]{0,40}", fullmatch=True))
def test_any_text_is_a_moment_in_utc_or_none(text):
    got = read_date(text, timezone="Asia/Riyadh", now=datetime(2025, 4, 28, tzinfo=UTC))
    assert got is None or got.utcoffset() == timedelta(0)


@given(st.integers(40_000_000, 4_000_000_000))
def test_standard_forms_come_back_whole(seconds):
    moment = datetime.fromtimestamp(seconds, UTC)
    assert read_date(moment.isoformat()) == moment
    assert read_date(moment.strftime("%a, %d %b %Y %H:%M:%S GMT")) == moment
    arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    assert read_date(moment.strftime("%Y-%m-%d %H:%M:%S").translate(arabic)) == moment


@settings(max_examples=25, deadline=None)
@given(st.dates(date(1990, 3, 22), date(2050, 1, 1)))
def test_jalali_days_follow_each_other(day):
    """The calendar has no gap and no overlap: each Gregorian day is one Jalali day."""
    found = [
        (year, month, number)
        for year in (day.year - 622, day.year - 621)
        for month in range(1, 13)
        for number in range(1, 32)
        if (got := read_date(f"{year}/{month}/{number}", language="fa")) and got.date() == day
    ]
    assert len(found) == 1
