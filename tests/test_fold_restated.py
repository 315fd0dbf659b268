"""One sentence of an Arabic text in other words is no news, and one fact changed around the same words is."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.fold.features import features
from monitor.fold.fold import fold
from monitor.fold.origin import told
from monitor.fold.restated import restates
from tests.test_fold import NOW, make, store

DATA = Path(__file__).parent / "data" / "pairs-own" / "reworded.json"
TEXTS = json.loads(DATA.read_text("utf-8"))["texts"]
# Folded still: a particle that is a noun as well, an adjective put in, a body by its parts.
OPEN = {"على بعد 10 كيلومترات", "في رابع خفض متتال منذ", "واتهمت قوات الدعم السريع بالوقوف"}


def _relation(text: dict[str, str], changed: str) -> str:
    later = make(text["title"], changed, url="https://two.example/1", when=NOW + timedelta(hours=2))
    return fold(later, [store(make(text["title"], text["text"]))]).relation


def test_a_reworded_sentence_is_no_news() -> None:
    """Reached when this was written: 159 of 225."""
    found = [
        _relation(text, text["text"].replace(stood, stands)) == "copy"
        for text in TEXTS
        for stood, stands in text["copies"]
    ]
    print(f"\n{sum(found)} of {len(found)} reworded sentences found")
    assert len(found) == 225
    assert sum(found) >= 158


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text["title"])
def test_one_fact_changed_is_news_alone_and_in_a_text_that_is_reworded(text: dict) -> None:  # type: ignore[type-arg]
    for stood, stands in text["updates"]:
        assert text["text"].count(stood) == 1
        alone = text["text"].replace(stood, stands)
        assert (_relation(text, alone) == "new") == (stands not in OPEN), (stood, stands)
        reworded = alone
        for old, new in text["copies"]:
            if reworded.count(old) == 1 and old not in stands:
                reworded = reworded.replace(old, new)
        if stands in reworded:
            assert _relation(text, reworded) == "new", (stood, stands)


@pytest.mark.parametrize(
    ("earlier", "later", "same"),
    [
        (
            "وأضاف الوزير أن فرق الإنقاذ وصلت إلى القرى.",
            "ووصلت فرق الإنقاذ إلى القرى، وفق الوزير.",
            True,
        ),
        ("فاز الأهلي على الزمالك في القاهرة.", "فاز الزمالك على الأهلي في القاهرة.", False),
        ("قتل 3 جنود وأصيب 5 في القصف.", "قتل 5 جنود وأصيب 3 في القصف.", False),
        ("مددت الوزارة مهلة المخالفين شهرين.", "مددت الوزارة مهلة المخالفين شهرا.", False),
        ("يعمل المنجم في الجبل بترخيص الوزارة.", "يعمل المنجم في الجبل دون ترخيص الوزارة.", False),
        ("وصلت السفينة إلى ميناء بيروت فجرا.", "وصلت السفينة من ميناء بيروت فجرا.", False),
    ],
)
def test_a_sentence_says_the_same(earlier: str, later: str, same: bool) -> None:
    own, other = features("", later), features("", earlier)
    assert restates(own.sentences[0], own, other, told(other)) is same
