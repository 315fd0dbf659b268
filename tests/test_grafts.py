"""Furniture grafted onto gold pages at random places: a seeded sample of `bench/grafts.py`. All of it is synthetic.

The floors hold what the whole bench reaches, with room for what is known to go wrong (docs/article-text.md).
"""

from __future__ import annotations

from collections import Counter

import pytest

from bench import furniture, golds, grafts


def _faults(seed: int, count: int) -> tuple[int, Counter[str]]:
    found: Counter[str] = Counter()
    made = 0
    for graft in grafts.grafts(seed, count, list(furniture.KINDS), list(golds.WORDS)):
        made += 1
        found.update(kind for kind, held in grafts.judge(graft).items() if held)
    return made, found


def _hold(made: int, faults: Counter[str]) -> None:
    assert faults["lost"] <= 0.02 * made
    assert faults["foreign"] <= 0.03 * made
    assert faults["title"] <= 0.003 * made
    assert faults["date"] <= 0.01 * made


def test_what_is_grafted_stays_out_and_nothing_is_lost():
    made, faults = _faults(seed=11, count=5)
    assert made > 200
    _hold(made, faults)


@pytest.mark.slow
def test_so_it_is_with_many():
    made, faults = _faults(seed=12, count=80)
    assert made > 4_000
    _hold(made, faults)


def test_a_page_as_it_is_has_no_fault():
    """The bench can fail: what it counts as foreign is found where it stands in the text."""
    gold = golds.golds()[0]
    made = grafts.Graft(gold, "", "", gold.source, (gold.paragraphs[0],), ("no such line",), "")
    assert grafts.judge(made) == {
        "lost": ["no such line"],
        "foreign": [gold.paragraphs[0]],
        "title": [],
        "date": [],
    }
