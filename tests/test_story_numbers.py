"""Number words of many languages."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.story.numbers import numbers
from monitor.text.arabic import fold

CASES = Path(__file__).parent / "data" / "story" / "numbers.jsonl"
ROWS = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
LANGUAGES = sorted({row["lang"] for row in ROWS if row["lang"]})


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['lang']} {row['text'][:16]}")
def test_numbers_are_read(row: dict) -> None:
    found = numbers(fold(row["text"]), row["lang"])
    assert [int(word) for word in found if word.isdigit()] == row["numbers"]


@given(st.integers(0, 10**6), st.sampled_from(LANGUAGES))
def test_digits_stay(number: int, language: str) -> None:
    assert numbers(f"{number} x", language)[0] == str(number)


@given(st.text(max_size=60), st.sampled_from([*LANGUAGES, None]))
def test_no_text_is_too_odd(text: str, language: str | None) -> None:
    assert all(numbers(fold(text), language))
