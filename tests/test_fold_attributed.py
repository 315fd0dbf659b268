"""Who says a thing may be told before it or behind it; who else says or does it is news."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from monitor.fold.fold import fold
from monitor.fold.phrases import classes_of, phrased
from monitor.fold.touched import is_disordered, is_turned_round
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
    ("language", "one", "other", "turned"),
    [
        ("en", "After the attack the police closed the road.", "The police closed the road after the attack.", False),
        ("en", "Iran attacked the port at night.", "The port attacked Iran at night.", True),
        ("nl", "Volgens Iran beschuldigt Rusland Turkije.", "Turkije beschuldigt Rusland, volgens Iran.", True),
        ("nl", "Volgens Iran beschuldigt Rusland Turkije.", "Rusland beschuldigt Turkije, volgens Iran.", False),
        ("en", "The port was closed at night.", "At night the port was closed.", False),
    ],
)  # fmt: skip
def test_a_deed_in_another_order_has_other_doers(
    language: str, one: str, other: str, turned: bool
) -> None:
    classes = classes_of(language)
    assert classes is not None
    assert is_disordered(phrased(one, classes), phrased(other, classes), classes) is turned


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
