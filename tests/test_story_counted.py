"""Which numbers of a sentence count something."""

import json
from pathlib import Path

import pytest

from monitor.story.counted import counted
from monitor.story.lexicon import Lexicon

CASES = Path(__file__).parent / "data" / "story" / "counted.jsonl"
ROWS = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['lang']} {row['text'][:20]}")
def test_figures_are_counts(row: dict) -> None:
    found = counted(row["text"], Lexicon({}), row["lang"])
    assert [value for _, value in found] == row["values"]


_BEFELL = Lexicon(
    {"casualties": ["اصيب", "اصابه", "قتل", "مقتل"], "captivity": ["اسر"], "troops": ["جنود"]}
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("إصابة 12 في انفجار", [("casualties", 12)]),
        ("وأصيب 12 آخرون", [("casualties", 12)]),
        ("مقتل أربعة وإصابة 9", [("casualties", 4), ("casualties", 9)]),
        ("أسر 3 قرب سومي", [("captivity", 3)]),
        ("مقتل 7 جنود", [("casualties", 7)]),
        ("قتل في 12 يونيو", [("", 12)]),
        ("قتل بعد 3 أيام", [("", 3)]),
        ("مقتل 14 بالمئة من القوة", [("", 14)]),
        ("أصيب 5 مرات", [("", 5)]),
    ],
)
def test_what_befell_so_many_may_stand_before_an_arabic_number(
    text: str, found: list[tuple[str, int]]
) -> None:
    assert counted(text, _BEFELL, "ar") == found
