"""Days that sentences name, and which they are."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.story import days as room
from monitor.story.days import days, resolved
from monitor.text.words import sentences

DATA = Path(__file__).parent / "data"
CASES = DATA / "story" / "days.jsonl"
ROWS = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
MONDAY = date(2026, 2, 9)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:20])
def test_days_are_read(row: dict) -> None:
    assert list(days(row["text"], row["lang"])) == row["days"]


def test_a_sentence_that_is_passed_over_names_no_day(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = (DATA / "story-stream" / "dev.jsonl").read_text("utf-8").splitlines()
    rows = [*ROWS, *map(json.loads, stream)]
    said = [(each, row["lang"]) for row in rows for each in sentences(row["text"])]
    found = [days(*each) for each in said]
    names = room._names

    def looked_through(language: str) -> room._Names | None:
        known = names(language)
        return known and replace(known, hint=re.compile(""))

    monkeypatch.setattr(room, "_names", looked_through)
    assert [days(*each) for each in said] == found


@pytest.mark.parametrize(
    ("named", "day"),
    [
        ("w0", MONDAY),
        ("w1", MONDAY - timedelta(6)),
        ("02-12", date(2026, 2, 12)),
        ("12-30", date(2025, 12, 30)),
        ("05-09", date(2026, 5, 9)),
        ("-31", date(2026, 1, 31)),
        ("-11", date(2026, 2, 11)),
        ("y2028", date(2028, 12, 31)),
    ],
)
def test_the_day_that_is_meant(named: str, day: date) -> None:
    assert resolved([named], MONDAY) == {day.toordinal()}


def test_no_such_day() -> None:
    assert resolved(["02-30", "y2025"], MONDAY) == frozenset()


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_one_of_the_last_seven(when: date, weekday: int) -> None:
    (found,) = resolved([f"w{weekday}"], when)
    assert 0 <= when.toordinal() - found < 7
    assert date.fromordinal(found).weekday() == weekday


@given(st.text(max_size=60), st.sampled_from(["ar", "en", "ko", "vi", "fa", None]))
def test_no_text_is_too_odd(text: str, language: str | None) -> None:
    for day in days(text, language):
        resolved([day], MONDAY)
