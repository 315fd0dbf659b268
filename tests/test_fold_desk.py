"""Copies that a desk edited freely are folded, and one fact changed in them is news."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from monitor.fold.features import features
from monitor.fold.fold import fold
from monitor.fold.origin import neutral, told
from monitor.fold.shaded import is_shaded
from monitor.identify.wording import folded
from monitor.model import Known
from tests.test_fold import LATER, make, store

DATA = Path(__file__).parent / "data"
UPDATES = json.loads((DATA / "pairs-own" / "desk-updates.json").read_text("utf-8"))["updates"]
PAIRS = {
    (folder, pair["id"]): pair
    for folder in sorted({update["set"] for update in UPDATES})
    for name in ("arabic", "others")
    for line in (DATA / folder / f"{name}.jsonl").read_text("utf-8").splitlines()
    for pair in [json.loads(line)]
}


# Folded still, in a text that is else nearly word for word: the bank got the report that it had asked for.
OPEN = {"وتسلم البنك المركزي تقريرا مفصلا"}


def test_one_fact_in_a_freely_edited_copy_is_news() -> None:
    """Those in copies that are not folded prove nothing yet."""
    folded_still: set[str] = set()
    known: dict[tuple[str, str], Known] = {}
    whole: dict[tuple[str, str], bool] = {}
    for update in UPDATES:
        place = update["set"], update["id"]
        stood, copy = (PAIRS[place][which] for which in ("earlier", "later"))
        if place not in known:
            known[place] = store(make(stood["title"], stood["text"]))
            later = make(copy["title"], copy["text"], url="https://two.example/1", when=LATER)
            whole[place] = fold(later, [known[place]]).relation == "copy"
        assert update["stood"] in copy["text"]
        text = copy["text"].replace(update["stood"], update["stands"])
        later = make(copy["title"], text, url="https://two.example/1", when=LATER)
        if fold(later, [known[place]]).relation != "new":
            folded_still.add(update["stands"])
    assert folded_still == OPEN
    assert sum(whole.values()) >= 14


@pytest.mark.parametrize(
    ("earlier", "later", "shaded"),
    [
        ("ومن المنتظر إعلان النتائج الأحد", "وأعلنت النتائج الأحد", True),
        ("ومن المنتظر إعلان النتائج الأحد", "وتعلن النتائج الأحد", False),
        ("ويستهدف المشروع بناء 90 وحدة", "وبدأ المشروع بناء 90 وحدة", True),
        ("وسيخزن السد المياه", "ويخزن السد المياه", True),
        ("وسيخزن السد المياه", "وسيخزن السد مياهه", False),
        ("وقعت الوزارة الاتفاق الثلاثاء", "توقع الوزارة الاتفاق الثلاثاء المقبل", True),
        ("تلقت بلاغا في يونيو", "تلقت بلاغا في يونيو المقبل", False),
        ("تلقت بلاغا في يونيو الماضي", "تلقت بلاغا في يونيو المقبل", True),
        ("وبلغت نسبة المشاركة 57", "وقاربت نسبة المشاركة 57", False),
        ("وبلغت النسبة 57", "والنسبة قاربت 57", True),
        ("وبلغت النسبة نحو 57", "والنسبة قاربت 57", False),
        ("وهو من أفقر الدول", "وهو أفقر الدول", True),
        ("وأجرت عملية في لندن", "وأجرت عمليتين في لندن", True),
        ("وأتت حلب ثانية ثم الرقة", "وأتت الرقة ثم حلب", True),
        ("ويحق للنيابة الطعن في الحكم", "وقدمت النيابة الطعن في الحكم", True),
        ("صادق المجلس في اجتماعه على القانون", "صادق المجلس بعد اجتماعه على القانون", True),
        ("وهي أقل من نصف الحاجة", "وهي تعادل نصف الحاجة", True),
        ("وهي أقل من نصف الحاجة", "وهي دون نصف الحاجة", False),
        ("أقر مشروع قانون الإسكان", "أقر قانون الإسكان", True),
        ("قالت إن ثمنها ضوعف", "قالت إن عددها ضوعف", True),
    ],
)
def test_a_stage_or_degree(earlier: str, later: str, shaded: bool) -> None:
    assert is_shaded(folded(later), folded(earlier)) is shaded


@pytest.mark.parametrize(
    ("word", "later", "tells_nothing"),
    [
        ("طوال", "وعمل الفريق في المدينة طوال الليل", True),
        ("السبب", "وقال الفريق إن السبب هو المطر", True),
        ("فقد", "فقد عمل الفريق في المدينة", True),
        ("فقد", "فقد الفريق مدربه", False),
        ("تعود", "تعود الواقعة إلى يونيو", True),
        ("تعود", "تعود العائلة إلى المدينة", False),
        ("سرق", "سرق الفريق المدينة", False),
    ],
)
def test_words_that_tell_nothing(word: str, later: str, tells_nothing: bool) -> None:
    (origin,) = told(features("", "عمل الفريق في المدينة ليلا بعد الواقعة في يونيو."))
    assert (word in neutral([word], folded(later), origin)) is tells_nothing


def test_a_deed_in_known_words_behind_a_sentence_is_news() -> None:
    """The text tells of others who died: the clause has no word that it lacks."""
    pair = next(
        json.loads(line)
        for line in (DATA / "pairs-2" / "arabic.jsonl").read_text("utf-8").splitlines()
        if json.loads(line)["id"] == "ar026"
    )
    earlier = store(make(pair["earlier"]["title"], pair["earlier"]["text"]))
    title, text = pair["later"]["title"], pair["later"]["text"]
    copy = make(title, text, url="https://two.example/1", when=LATER)
    assert fold(copy, [earlier]).relation == "copy"
    end = text.index("لم يتسرب منها شيء") + len("لم يتسرب منها شيء")
    more = f"{text[:end]}، وقد توفي اثنان منهم لاحقا{text[end:]}"
    later = make(title, more, url="https://two.example/1", when=LATER)
    assert fold(later, [earlier]).relation == "new"
