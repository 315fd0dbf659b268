"""Letters, words, sentences and languages, with Arabic first."""

import json
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.arabic import _UNSETTLED, _plain, fold
from monitor.text.language import direction, guess
from monitor.text.spelt import spelt
from monitor.text.words import sentences, stem, words

DATA = Path(__file__).parent / "data" / "text"


def cases(name: str) -> list:
    return json.loads((DATA / f"{name}.json").read_text("utf-8"))


@pytest.mark.parametrize("spellings", cases("fold"), ids=lambda each: each[0])
def test_spellings_of_one_word_fold_to_one(spellings: list[str]) -> None:
    assert {fold(each) for each in spellings} == {spellings[0]}


@pytest.mark.parametrize(
    ("one", "other"), [("كورسك", "كورس"), ("がく", "かく"), ("북한", "북합"), ("درنه", "درن")]
)
def test_words_that_differ_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(("folded", "text", "written"), cases("spelt"))
def test_folded_words_are_found_again_as_the_text_writes_them(
    folded: str, text: str, written: str
) -> None:
    assert spelt(folded, text) == written


def test_a_text_without_end_is_looked_through_for_so_far() -> None:
    assert spelt("مرسي", "كلمة " * 700 + "مرسى") == "مرسى"
    assert spelt("مرسي", "كلمة " * 900 + "مرسى") == "مرسي"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@given(st.text())
def test_case_never_matters(text: str) -> None:
    assert fold(text.upper()) == fold(text.upper().lower())


def test_folding_knows_every_letter_that_it_passes_over() -> None:
    """What the search for changing letters leaves out must be what no folding changes."""
    settled = (chr(at) for at in range(sys.maxunicode + 1) if not 0xD800 <= at < 0xE000)
    wrong = [each for each in settled if not _UNSETTLED.match(each) and _plain[each] != each]
    assert wrong == []


def test_hangul_and_voiced_kana_stay_whole() -> None:
    text = unicodedata.normalize("NFD", "북한 がぎぐ")
    assert fold(text) == "북한 がぎぐ"


@pytest.mark.parametrize("case", cases("words"), ids=lambda each: each["text"][:20])
def test_words(case: dict) -> None:
    assert words(case["text"]) == case["words"]


@pytest.mark.parametrize("case", cases("sentences"), ids=lambda each: each[0][:20])
def test_sentences(case: list[str]) -> None:
    assert sentences(" ".join(case)) == case


def test_a_new_line_ends_a_sentence() -> None:
    assert sentences("A headline\nA lead without an end\n\nMore") == [
        "A headline",
        "A lead without an end",
        "More",
    ]


def test_unspaced_sentences_need_no_space() -> None:
    assert sentences("北朝鮮が認めた。兵士は帰国した。「はい。」と述べた。") == [
        "北朝鮮が認めた。",
        "兵士は帰国した。",
        "「はい。」",
        "と述べた。",
    ]


@given(st.text())
def test_sentences_lose_nothing_but_space(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(("expected", "forms"), cases("stems"), ids=lambda each: str(each)[:20])
def test_forms_of_one_word_have_one_stem(expected: str, forms: list[str]) -> None:
    assert {stem(fold(form)) for form in forms} == {expected}


def test_other_languages_are_stemmed_when_they_are_named() -> None:
    assert stem("soldiers", "en") == stem("soldier", "en") == "soldier"
    assert stem("солдатами", "ru") == stem("солдаты", "ru")
    assert stem("soldiers") == "soldiers"
    assert stem("북한군이") == "북한군"
    assert stem("شمالی", "fa") == "شمالی"


@pytest.mark.parametrize(("language", "text"), cases("languages"))
def test_language(language: str, text: str) -> None:
    assert guess(text) == language


@pytest.mark.parametrize("text", ["", "12 345", "…", "🙂"])
def test_no_letter_no_language(text: str) -> None:
    assert guess(text) is None


@given(st.text())
def test_guessing_never_fails(text: str) -> None:
    assert guess(text) is None or len(guess(text) or "") in {2, 3}


def test_direction() -> None:
    assert direction("ar") == direction("fa-IR") == direction("he") == "rtl"
    assert direction("en") == direction("tr") == direction(None) == "ltr"
