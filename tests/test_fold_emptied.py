"""A particle in the place of a word of substance is news: free for residents, also for residents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from monitor.fold.fold import fold
from tests.test_fold import make, store

DATA = Path(__file__).parent / "data" / "pairs-own" / "emptied.json"
TEXTS = json.loads(DATA.read_text("utf-8"))["texts"]


@pytest.mark.parametrize("row", TEXTS, ids=[row["lang"] for row in TEXTS])
def test_a_particle_in_the_place_of_a_word_of_substance_is_news(row: dict) -> None:
    title, text, language = row["title"], row["text"], row["lang"]
    known = store(make(title, text, language=language))
    assert len(row["updates"]) >= 1
    for stood, stands in row["updates"]:
        assert stood in text
        later = make(
            title, text.replace(stood, stands), language=language, url="https://two.example/1"
        )
        assert fold(later, [known]).relation == "new", (stood, stands)


@pytest.mark.parametrize(
    ("language", "earlier", "later"),
    [
        # A figure in digits, a word parted, another spelling and a synonym are no particles.
        ("it", "Gli abitanti di tre frazioni", "Gli abitanti di 3 frazioni"),
        ("ko", "주민 23명이 병원으로 옮겨졌다", "주민 23명이 병원으로 옮겨 졌다"),
        ("de", "über acht Stunden", "ueber acht Stunden"),
    ],
)
def test_what_is_only_written_otherwise_is_told_still(
    language: str, earlier: str, later: str
) -> None:
    rest = next(row["text"] for row in TEXTS if row["lang"] == language)
    known = store(make("Matera", f"{earlier}. {rest}", language=language))
    own = make("Matera", f"{later}. {rest}", language=language, url="https://two.example/1")
    verdict = fold(own, [known])
    assert verdict.relation == "copy", verdict.why


@pytest.mark.parametrize(
    ("language", "stood", "stands"),
    [
        ("zh", "厂长", "副厂长"),
        ("zh", "厂长", "前厂长"),
        ("zh", "两名工人", "只有两名工人"),
        ("ja", "町長", "元町長"),
        ("ja", "町長", "副町長"),
        ("ja", "土砂崩れがあり", "再び土砂崩れがあり"),
    ],
)
def test_a_sign_that_makes_another_office_or_time_of_it_is_news(
    language: str, stood: str, stands: str
) -> None:
    lines = (DATA.parent / "touched.jsonl").read_text("utf-8").splitlines()
    article = next(row["earlier"] for row in map(json.loads, lines) if row["lang"] == language)
    known = store(make(article["title"], article["text"], language=language))
    for one, two in ((stood, stands), (stands, stood)):
        earlier = article["text"].replace(stood, one)
        later = article["text"].replace(stood, two)
        known = store(make(article["title"], earlier, language=language))
        own = make(article["title"], later, language=language, url="https://two.example/1")
        assert fold(own, [known]).relation == "new", (one, two)
