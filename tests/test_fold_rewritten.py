"""Copies as another desk rewrites them, in twenty-six languages, and one fact changed in each."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from monitor.fold.fold import fold, keys
from tests.test_fold import make, store

OWN = Path(__file__).parent / "data" / "pairs-own"
ROWS = json.loads((OWN / "rewritten.json").read_text("utf-8"))
TEXTS = {
    row["lang"]: row["earlier"]
    for row in reversed(
        [json.loads(line) for line in (OWN / "touched.jsonl").read_text("utf-8").splitlines()]
    )
}
LANGUAGES = list(dict.fromkeys(row["lang"] for row in ROWS["copies"]))


def rewritten(copy: dict) -> tuple[str, str]:
    """Headline and text of a copy."""
    text = TEXTS[copy["lang"]]["text"]
    for stood, stands in copy["edits"]:
        assert stood in text, stood
        text = text.replace(stood, stands, 1)
    parts = text.split("\n\n")
    order = copy["order"] or range(len(parts))
    return copy["title"] or TEXTS[copy["lang"]]["title"], "\n\n".join(parts[at] for at in order)


def test_copies_that_a_desk_rewrote() -> None:
    """`pytest -s` shows how many are found of each kind. At first sight see the folder's README."""
    found, tried = Counter[str](), Counter[str]()
    for copy in ROWS["copies"]:
        article, (title, text) = TEXTS[copy["lang"]], rewritten(copy)
        earlier = make(article["title"], article["text"], language=copy["lang"])
        later = make(title, text, language=copy["lang"], url="https://two.example/1")
        met = not set(keys(earlier)).isdisjoint(keys(later))
        tried[copy["cause"]] += 1
        found[copy["cause"]] += met and fold(later, [store(earlier)]).relation == "copy"
    print(f"\n{found.total()} of {tried.total()}: {dict(found)} of {dict(tried)}")
    assert tried.total() == 59
    assert found.total() >= 33


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_fact_changed_in_them_is_news(language: str) -> None:
    article = TEXTS[language]
    known = store(make(article["title"], article["text"], language=language))
    texts = [(article["title"], article["text"])]
    texts += [rewritten(copy) for copy in ROWS["copies"] if copy["lang"] == language]
    updates = [each for each in ROWS["updates"] if each["lang"] == language]
    assert updates
    for update in updates:
        assert update["stood"] in article["text"], update
        for title, text in texts:
            if update["stood"] in text:
                changed = text.replace(update["stood"], update["stands"], 1)
                later = make(title, changed, language=language, url="https://two.example/1")
                assert fold(later, [known]).relation == "new", update
