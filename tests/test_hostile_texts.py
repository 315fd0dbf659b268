"""Texts that nobody writes in good faith, or that no reader expected: judged without an error."""

from datetime import UTC, datetime

import pytest

from monitor.fold.features import features
from monitor.fold.fold import fold, keys
from monitor.fold.staged import is_done
from monitor.identify.wording import folded
from monitor.story.days import resolved
from monitor.story.developments import absorb, opened
from monitor.story.facts import facts
from monitor.story.match import judge
from monitor.story.news import news
from tests.labelled import learnt
from tests.stored import START
from tests.test_fold import make, store

NINES = "9" * 5000
# Ethiopic one is a digit to `isdigit`, and no number to `int`.
ODD = [
    "", "كلمة", ".", "؟!…" * 300, "\u202b\u200f" * 300, "و", "لا", "not " * 300,
    NINES, f"{NINES}.5", f"{NINES},5 million", f"half {NINES}", f"полтора {NINES}", f"{NINES} and a half",
    "፩", "፩ مايو", "полтора ፩", "عام ፩፩፩፩", "32/13", "ngày 32/13", "99月99日", "31 февраля",
    "مئة " * 2000, "ومئة " * 2000, "two " + "hundred " * 2500, "сто " * 2000, "백" * 3000, "百" * 3000,
    "Kim Jong " * 5000, "一" * 5000, "fünf" * 2500, "...", "* * *.",
    "two " + "million " * 2500, "10 " + "만" * 2000,
]  # fmt: skip


def _language(odd: str) -> str:
    if odd[:1] in "百一":
        return "zh"
    return "de" if odd[:1] == "f" else "ru" if odd[:1] in "сп" else "ar"


@pytest.mark.parametrize("number", range(len(ODD)))
def test_an_odd_text_is_judged_like_any_other(number: int) -> None:
    odd, profile, language = ODD[number], learnt(), _language(ODD[number])
    before = f"كوريا الشمالية ترسل جنودا إلى كورسك {odd}."
    for title, text in (("Troops", odd), (odd, ""), ("Troops", before)):
        one = make(title, text, language=language)
        other = make(title, f"{text} 7", url="https://two.example/2", language=language)
        keys(one)
        fold(one, [store(other)])
        fold(other, [store(one)])
        judge(profile, title=title, text=text, language=language)
        own = facts(profile, title=title, text=text, language=language)
        known = absorb(opened(1, own, START), 2, own, START, fresh=True)
        news(own, known, whole=True)


def test_words_that_run_on_without_a_full_stop_are_compared_in_pieces() -> None:
    """Letters and words are compared each with each: of ten thousand that would take minutes."""
    for text in ("كلمة " * 10_000, "1234 " * 10_000, "ก" * 10_000, "a b" * 10_000):
        own = features("", text)
        assert max(len(each.raw) for each in own.sentences) <= 1000
        assert [word for each in own.sentences for word in each.plain][:9] == folded(text)[:9]


def test_an_and_that_stands_alone_begins_no_verb() -> None:
    assert not is_done(["وقع"], ["و", "المقرر", "ان"])
    assert not is_done([], ["المقرر"])


def test_the_first_and_the_last_month_of_the_calendar_have_neighbours_that_are_none() -> None:
    for when in (datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)):
        assert len(resolved(["-03", "02-03"], when.date())) == 2
