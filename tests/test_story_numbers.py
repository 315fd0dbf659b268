"""Number words of many languages."""

import json
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.identify import numerals
from monitor.story import counted
from monitor.story.numbers import _tables, numbers
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


_ROLES = {"ones": 1, "ten": 10, "hundred": 100, "thousand": 1000, "alone": 1000}


def read_here(word: str, language: str) -> set[float]:
    """What a word may count in a language of story/numbers.txt, whatever must stand beside it."""
    table = _tables()[language]
    found = {value for stem, value in table.stems.items() if word.startswith(stem) and len(word) <= len(stem) + 3}  # fmt: skip
    found |= {table.values[word]} if word in table.values else set()
    return found | {value for role, value in _ROLES.items() if table.has(role, word)}


def test_a_word_that_two_lists_know_has_one_value() -> None:
    """Read in its language, in every language at once, alone, and before what is counted."""
    tables, alike = _tables(), Counter[str]()
    lines = files("monitor.identify").joinpath("numbers.txt").read_text("utf-8").splitlines()
    for language, value, *words in (line.split() for line in lines if not line.startswith("#")):
        for word in (fold(each.removesuffix("?")) for each in words):
            if value == "+" or language not in tables:
                continue
            if found := read_here(word, language):
                assert found == {int(value)}, (language, word)
                alike["counting"] += 1
    for name, known in (("numerals", numerals._WORDS), ("counted", counted._SMALL_NUMBERS)):
        for word, value in known.items():
            if found := set().union(*(read_here(word, language) for language in tables)):
                assert int(value) in found, (name, word)
                alike[name] += 1
    assert alike["counting"] > 300
    assert alike["numerals"] > 140
    assert alike["counted"] > 200
