"""Furniture cut from lines: what belongs to other stories goes, the article's own words stay."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.parse.furniture import clean, is_byline
from monitor.parse.lines import Line, ends, is_headline

DATA = Path(__file__).parent / "data" / "furniture"
CASES = sorted(DATA.glob("*.txt"))


def lines(text: str) -> list[Line]:
    return [Line(line) for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_lines_are_cut_as_expected(path):
    want = json.loads(path.with_name(f"{path.name}.expected.json").read_text())
    got = clean(lines(path.read_text()))
    assert list(got.paragraphs) == want["paragraphs"]
    assert [(p.title, p.text.split("\n\n")) for p in got.pieces] == [
        (p["title"], p["text"]) for p in want["pieces"]
    ]


@pytest.mark.parametrize(
    "mark",
    [
        "قراءة المزيد", "إقرأ المزيد:", "أخبار ذات صلة", "مقالات مشابهة", "اترك تعليقاً", "زر الذهاب إلى الأعلى",
        "Related articles", "Most read", "Leave a reply", "Sur le même sujet", "Материалы по теме", "관련기사",
        "İlgili haberler", "اخبار مرتبط", "Noticias relacionadas", "Mehr zum Thema", "関連記事",
        "Subscribe to continue reading", "هذا المقال للمشتركين فقط", "Already a subscriber? Log in",
        "© 2025 Wire. All rights reserved.", "ⓒ 무단 전재 및 재배포 금지", "جميع الحقوق محفوظة © ٢٠٢٥",
    ],
)  # fmt: skip
def test_what_follows_an_end_mark_is_dropped(mark):
    own = "The bridge over the river was opened again on Monday after two years of work on it."
    other = "A fire broke out in the market, firemen said, and they put it out within the hour and"
    assert clean([Line(own), Line(mark), Line("Fire in the market"), Line(other)]).paragraphs == (
        own,
    )


@pytest.mark.parametrize(
    "line",
    [
        "اقرأ أيضاً: بلدية المرسى تفتح الجسر القديم", "شاهد أيضا | صور من افتتاح الجسر", "مادة اعلانية",
        "تابعوا آخر أخبار الضفة عبر Google News", "Read more: How the line was saved", "Advertisement",
        "Follow us on Telegram for more", "Читайте также: как строили маяк", "À lire aussi : le pont rouvre",
        "Подписывайтесь на наш Telegram-канал", "관련기사: 항구에 새 부두", "آخر تحديث: 28 أبريل 2025 10:15",
        "Lesen Sie auch: Die Brücke öffnet", "The post Ferry returns appeared first on Harbour Wire.",
        "ظهرت المقالة افتتاح الجسر القديم أولاً على صحيفة الضفة.",
    ],
)  # fmt: skip
def test_a_line_of_furniture_goes_and_the_article_goes_on(line):
    first = "The bridge over the river was opened again on Monday after two years of work on it."
    last = "It had been closed when cracks were found in its stones, the mayor of the town said."
    assert clean([Line(first), Line(line), Line(last)]).paragraphs == (first, last)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("يتوقع تساقط الثلوج فوق المرتفعات. اقرأ أيضاً: الجسر يعود إلى العمل – المجلس يتحدث", "يتوقع تساقط الثلوج فوق المرتفعات."),
        ('He said "no." Read more: The bridge opens', 'He said "no."'),
        ("He was clear. Read more: it helps. He said it twice in the same speech on Monday.", None),
        ("He was clear. The reason: nobody had asked him", None),
    ],
)  # fmt: skip
def test_headlines_run_on_behind_a_paragraph_are_cut(text, want):
    assert clean([Line(text)]).paragraphs == (want or text,)


def test_a_labelled_list_of_headlines_at_the_end_is_cut():
    own = "The mayor of the city said that it was in mourning after the accident of the tram."
    rest = ("More on this site:", "Bridge opens", "Market fire put out")
    assert clean([Line(text) for text in (own, *rest)]).paragraphs == (own,)
    unlabelled = (own, "A list", "Of things", "That follow")
    assert clean([Line(text) for text in unlabelled]).paragraphs == unlabelled


def test_a_line_that_is_a_link_is_another_story():
    own = "The bridge over the river was opened again on Monday after two years of work on it."
    assert clean(
        [Line(own), Line("Fire in the market", linked=True), Line(own + " Again.")]
    ).paragraphs == (
        own,
        own + " Again.",
    )


def test_a_teaser_cut_short_is_no_second_article():
    own = "The bridge over the river was opened again on Monday after two years of work on it."
    lead = "Firemen put out a fire in the market before dawn and nobody was hurt in it, " * 4
    got = clean([Line(own), Line("قراءة المزيد"), Line("Fire"), Line("Fire"), Line(lead + "and")])
    assert got.pieces == ()


@pytest.mark.parametrize(
    ("text", "want"),
    [("بقلم سامي الحداد", True), ("د. سامي الحداد", True), ("By Ada Reef", True), ("김철수 기자", True),
     ("By the river a bridge was opened on Monday after two long years.", False), ("كتب الوزير رسالة إلى أعضاء المجلس يطلب فيها موعدا.", False)],
)  # fmt: skip
def test_bylines(text, want):
    assert is_byline(text) is want


def test_headlines_and_sentences():
    assert is_headline(Line("رئيس البلدية: الجسر يفتح الاثنين"))
    assert is_headline(Line("Who pays for the bridge?"))
    assert not is_headline(Line("The bridge opened."))
    assert ends('قال إنها "مهمة صعبة".')
    assert ends("انتهى العمل في الجسر. (AFP)")
    assert not ends("وأضافت أن")


@given(st.lists(st.text(max_size=80), max_size=12), st.none() | st.text(max_size=40))
def test_nothing_is_invented_and_cleaning_twice_changes_nothing(texts, title):
    got = clean([Line(text) for text in texts], title)
    assert all(any(text.startswith(kept) for text in texts) for kept in got.paragraphs)
    again = clean([Line(text) for text in got.paragraphs], title)
    assert set(again.paragraphs) <= set(got.paragraphs)
