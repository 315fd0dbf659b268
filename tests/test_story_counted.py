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
