"""Who says a thing may be told before it or behind it; who else says or does it is news."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from monitor.fold.fold import fold
from monitor.fold.phrases import classes_of, phrased
from monitor.fold.touched import is_turned_round, speaks_for_another
from tests.test_fold import make, store

DATA = Path(__file__).parent / "data" / "pairs-own" / "attributed.json"
TEXTS = json.loads(DATA.read_text("utf-8"))["texts"]


@pytest.mark.parametrize(
    ("row", "stood", "stands", "relation"),
    [
        pytest.param(row, *change, relation, id=f"{row['lang']}-{change[1][:40]}")
        for row in TEXTS
        for field, relation in (("updates", "new"), ("copies", "copy"))
        for change in row[field]
    ],
)
def test_who_says_it(row: dict, stood: str, stands: str, relation: str) -> None:
    title, text, language = row["title"], row["text"], row["lang"]
    assert stood in text
    known = store(make(title, text, language=language))
    changed = text.replace(stood, stands)
    verdict = fold(make(title, changed, language=language, url="https://two.example/1"), [known])
    assert verdict.relation == relation, verdict.why


@pytest.mark.parametrize(
    ("one", "other", "turned"),
    [
        ("Volgens Iran beschuldigt Rusland Turkije van de aanval op maandag.", "Iran beschuldigt Turkije van de aanval op maandag, volgens Rusland.", True),
        ("Volgens Iran beschuldigt Rusland Turkije.", "Rusland beschuldigt Turkije, volgens Iran.", False),
        ("De haven was dicht in de nacht.", "In de nacht was de haven dicht.", False),
    ],
)  # fmt: skip
def test_who_says_it_in_another_order(one: str, other: str, turned: bool) -> None:
    classes = classes_of("nl")
    assert classes is not None
    assert speaks_for_another(phrased(one, classes), phrased(other, classes), classes) is turned


@pytest.mark.parametrize(
    ("language", "one", "other", "turned"),
    [
        ("en", "According to Ann, the wall fell.", "The wall fell, Ann said.", True),
        ("en", "Ann said that the old wall fell.", "The old wall fell, said Ann.", True),
        ("en", "Ann said Bob hit the wall.", "Bob said Ann hit the wall.", False),
        ("en", "The old wall fell on Ann.", "On Ann the old wall fell.", False),
        ("nl", "Volgens Ann viel de muur om.", "De muur viel om, zei Ann.", True),
        ("de", "Laut Ann sah Bob Eva im Park.", "Eva sah Bob im Park, sagte Ann.", False),
    ],
)
def test_only_the_clause_of_who_says_it_has_moved(
    language: str, one: str, other: str, turned: bool
) -> None:
    classes = classes_of(language)
    assert classes is not None
    assert is_turned_round(phrased(one, classes), phrased(other, classes), classes) is turned
    assert is_turned_round(phrased(other, classes), phrased(one, classes), classes) is turned
