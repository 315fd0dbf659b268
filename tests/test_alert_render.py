"""`alert.render`, `alert.words`, `alert.direction`: what a reader gets."""

import re
from dataclasses import fields, replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import get_args
from unicodedata import bidirectional, category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alert.direction import isolate, one_line, shorten
from monitor.alert.gloss import NAMES, gloss
from monitor.alert.render import lead, outlet, render
from monitor.alert.words import ARABIC, ENGLISH, moment, words
from monitor.model import Added, Alert, Event, Lineage, StateWord
from tests import alerts

FSI, LRI, RLI, PDI = "\u2068", "\u2066", "\u2067", "\u2069"
# Bidirectional types (UAX #9, 2) and marks that a stranger's text is not left.
DIRECTING = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
MARKS = "\u061c\u200e\u200f"


class Reader(HTMLParser):
    """The parts of a page that the tests ask for."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._mute = 0
        self.feed(page)

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append((tag, dict(attrs)))
        self._mute += tag in {"style", "head"}

    def handle_endtag(self, tag) -> None:
        self._mute -= tag in {"style", "head"}

    def handle_data(self, data) -> None:
        if not self._mute:
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.mark.parametrize(
    ("name", "language", "subject"),
    [
        ("english", "en", "NEW: Seoul says 1,000 N. Korean deminers sent to Kursk – Example Wire"),
        (
            "arabic",
            "ar",
            "جديد: سيول تعلن إرسال ألف خبير ألغام كوري شمالي إلى كورسك – أخبار المثال",
        ),
        (
            "english",
            "ar",
            f"جديد: {LRI}Seoul says 1,000 N. Korean deminers sent to Kursk{PDI} – {FSI}Example Wire{PDI}",
        ),
        (
            "arabic",
            "en",
            f"NEW: {RLI}سيول تعلن إرسال ألف خبير ألغام كوري شمالي إلى كورسك{PDI} – {FSI}أخبار المثال{PDI}",
        ),
    ],
)
def test_subject_is_state_fact_outlet(name: str, language: str, subject: str) -> None:
    assert render(alerts.load(name), language).subject == subject


def test_a_test_says_so_in_its_first_word() -> None:
    alert = alerts.build({"kind": "test"})
    assert render(alert, "en").subject.startswith("TEST: ")
    assert render(alert, "ar").subject.startswith("تجربة: ")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", alerts.NAMES)
def test_text_and_html_say_the_same_in_the_same_order(name: str, language: str) -> None:
    letter = render(alerts.load(name), language)
    isolates = dict.fromkeys(map(ord, FSI + LRI + RLI + PDI))
    html = letter.html.split('<div class="letter">')[1].translate(isolates)
    seen = " ".join(Reader(html).text.split())
    last = 0
    for line in letter.text.translate(isolates).splitlines():
        piece = line.removeprefix("- ").removeprefix(f"{words(language).note}: ").strip()
        if piece in {"", "—"} or piece.startswith("http"):
            continue
        at = seen.find(" ".join(piece.split()), last)
        assert at >= last, piece
        last = at


def test_the_order_a_reader_needs() -> None:
    text = render(alerts.load("arabic"), "ar").text
    parts = [
        "جديد · أخبار المثال · نُشر \u206720 نوفمبر، 14:05 UTC\u2069 · رُصد \u206714:07 UTC\u2069",
        "سيول تعلن إرسال ألف خبير ألغام",
        "https://akhbar.example.org/2026/11/20/4711",
        "من نشر الخبر",
        "- نسخ من هذا النص: 2",
        "أعلنت سيول، اليوم الجمعة",
        "تاريخ النشر",
        "أول رصد",
        "سبب المطابقة: ورد فيه كوريا الشمالية؛ كورسك؛ خبير ألغام؛ أقرب الأمثلة إليه",
        "الدرجة 0.81 والحد 0.50",
        "ويرى خبراء أن الجنود",
        "9f3c2a71",
        "monitor explain https://akhbar.example.org/2026/11/20/4711",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_nothing_but_lead_and_reason_is_shown() -> None:
    for name in ("arabic", "english"):
        letter = render(alerts.load(name), "en")
        for hidden in ("not shown", "لا تظهر", "Moscow had no comment", "ولم تعلق موسكو"):
            assert hidden not in letter.text + letter.html


@pytest.mark.parametrize(
    ("name", "language", "page", "headline"),
    [
        ("arabic", "ar", ("ar", "rtl"), ("ar", "rtl")),
        ("arabic", "en", ("en", "ltr"), ("ar", "rtl")),
        ("english", "ar", ("ar", "rtl"), ("en", "ltr")),
        ("headline-without-date", "ar", ("ar", "rtl"), ("ko", "ltr")),
        ("mixed-directions", "en", ("en", "ltr"), ("ar", "rtl")),
    ],
)
def test_each_item_has_its_own_language_and_direction(name, language, page, headline) -> None:
    found = Reader(render(alerts.load(name), language).html)
    assert (found.all("html")[0]["lang"], found.all("html")[0]["dir"]) == page
    assert (found.all("h1")[0]["lang"], found.all("h1")[0]["dir"]) == headline


def test_direction_is_told_from_the_letters_where_no_language_is_known() -> None:
    letter = render(alerts.titled("كيم يزور كورسك", language=None), "en")
    heading = Reader(letter.html).all("h1")[0]
    assert heading["dir"] == "rtl"
    assert "lang" not in heading
    assert f"{RLI}كيم يزور كورسك{PDI}" in letter.text


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", alerts.NAMES)
def test_html_loads_and_runs_nothing(name: str, language: str) -> None:
    page = Reader(render(alerts.load(name), language).html)
    assert not {"script", "img", "link", "iframe", "form", "svg"} & {tag for tag, _ in page.tags}
    for _, attributes in page.tags:
        assert not any(key.startswith("on") or key == "src" for key in attributes)
    assert "url(" not in render(alerts.load(name), language).html
    assert all(a["href"].startswith("https://") for a in page.all("a"))


def test_a_hostile_headline_stays_text() -> None:
    letter = render(alerts.load("hostile"), "en")
    assert "\n" not in letter.subject
    assert "\r" not in letter.subject
    assert "\u202e" not in letter.subject + letter.text + letter.html
    page = Reader(letter.html)
    assert page.all("a") == []
    assert "<script>alert(1)</script>" in page.text
    assert "{{ 7*7 }}" in page.text
    assert "javascript:" not in letter.html + letter.text
    # What is to be pasted into a shell is one word there.
    assert "monitor explain 'https://evil.example.org/$(touch${IFS}x)&'" in letter.text


def test_caveats_are_said_in_the_readers_words() -> None:
    alert = alerts.load("headline-without-date")
    for language, said in (("en", ENGLISH), ("ar", ARABIC)):
        letter = render(alert, language)
        for code in alert.caveats:
            assert said.caveats[code] in letter.text
            assert said.caveats[code] in letter.html
        assert said.no_date in letter.text


def test_the_sentence_is_not_shown_twice() -> None:
    sentence = "Pyongyang has sent deminers."
    alert = alerts.build(
        {
            "article": {"text": f"{sentence} More."},
            "match": {"reasons": [{"kind": "term", "text": "deminers", "sentence": sentence}]},
        }
    )
    assert render(alert, "en").text.count(sentence) == 1


def test_lead_is_two_sentences_without_the_headline() -> None:
    def of(**article: str) -> tuple[str, ...]:
        return lead(replace(alerts.titled("A headline"), article=alerts.article(**article)))

    said = of(title="سيول تعلن الخبر", text="سيول تُعلن الخبر\n\nجملة أولى. جملة ثانية. ثالثة.")
    assert said == ("جملة أولى.", "جملة ثانية.")
    assert of(kind="headline", text="Some words.") == ()
    assert len(of(text="word " * 5000)[0]) <= 320


def followed(language: str = "en", **changed) -> Alert:
    """A synthetic denial, in a development that an Arabic report began."""
    event = Event(
        id=12,
        headline="سيول: ألف جندي في كورسك",
        language="ar",
        reports=4,
        new_facts=("Kremlin denies it", "The Kremlin denied that 1,200 soldiers had come."),
        outlets=("وكالة رصد", "Harbour Wire"),
        added=Added(
            relation="update",
            stances=("deny",),
            speaker="moscow",
            spoke=("seoul",),
            earlier=(("troops", 1000),),
            fresh=("1,200", "denied", "that"),
        ),
    )
    fields = {"kind": "update", "event": event, "article_id": 17, "evidence": "ab12" * 16}
    article = {"text": "The Kremlin denied that 1,200 soldiers had come. More was not said. Third."}
    return replace(alerts.titled("Kremlin denies it", **article), **{**fields, **changed})


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        (
            "en",
            [
                "DENIED · Example News · 2 outlets · published 20 Nov, 14:05 UTC · seen 14:07 UTC",
                "Kremlin denies it",
                "https://news.example.org/world/1",
                "What is new",
                "The Kremlin *denied that 1,200* soldiers had come.",
                "Earlier figure: 1,000 (soldiers)",
                "Before: \u2067سيول: ألف جندي في كورسك\u2069",
                "Who has it",
                "- Reports so far: 4",
                "- Own reports: \u2068وكالة رصد\u2069, Harbour Wire",
                "More was not said.",
                "Published: Fri 20 Nov 2026, 14:05 UTC",
                "First seen",
                "Why it matched",
                "Note: It contradicts an earlier report.",
                "It belongs to the story:\nmonitor label 17 yes --story north-korea-russia",
                "Not this story:\nmonitor label 17 no --story north-korea-russia",
                "monitor development mute 12 --story north-korea-russia",
                "monitor development show 12 --story north-korea-russia",
                "Development: 12",
                "Alert: 9f3c2a71",
                "Evidence: sha256 ab12ab12ab12ab12\n",
                "monitor explain 17",
            ],
        ),
        (
            "ar",
            [
                "نفي · \u2068Example News\u2069 · الإنجليزية · عدد المصادر: 2 · نُشر",
                "\u2066Kremlin denies it\u2069",
                "https://news.example.org/world/1",
                "مما ورد فيه: روسيا · نفي",
                "الجديد",
                "\u2066The Kremlin *denied that 1,200* soldiers had come.\u2069",
                "الرقم السابق: 1,000 (جنود)",
                "ما سبقه: سيول: ألف جندي في كورسك",
                "من نشر الخبر",
                "- عدد التقارير حتى الآن: 4",
                "- مصادر لها تقارير خاصة بها: وكالة رصد، \u2068Harbour Wire\u2069",
                "More was not said.",
                "تاريخ النشر: \u2067الجمعة 20 نوفمبر 2026، 14:05 UTC\u2069",
                "تنبيه: يناقض تقريرا سابقا.",
                "الخبر من هذه القصة:\nmonitor label 17 yes",
                "التطور: 12",
            ],
        ),
    ],
)
def test_an_update_in_the_order_a_reader_needs(language: str, parts: list[str]) -> None:
    letter = render(followed(gist=("russia", "deny")), language)
    places = [letter.text.index(part) for part in parts]
    assert places == sorted(places)
    assert "Third." not in letter.text + letter.html
    assert letter.text.count("denied that 1,200") == 1
    assert letter.html.count("<mark>denied that 1,200</mark>") == 1
    word = "DENIED" if language == "en" else "نفي"
    assert letter.subject.startswith(f"{word}: ")


def test_no_line_mixes_directions_unisolated() -> None:
    """Outside isolates, a line of the Arabic letter has no Latin but codes to be typed."""
    text = render(followed(gist=("russia",)), "ar", "Asia/Riyadh").text
    for line in text.splitlines():
        if line.startswith(("http", "monitor ")):
            continue
        bare = re.sub(f"[{FSI}{LRI}{RLI}][^{PDI}]*{PDI}", "", line)
        assert not re.search("[A-Za-z]", bare), line


def test_a_first_report_says_that_nobody_else_has_it() -> None:
    event = Event(id=3, headline="A headline", language="en", reports=1, outlets=("Example News",))
    alert = replace(alerts.titled("A headline"), event=event)
    assert "- Nobody but Example News so far" in render(alert, "en").text
    assert "لم ينشره حتى الآن غير \u2068Example News\u2069" in render(alert, "ar").text
    letter = render(replace(alert, copies=2), "en").text
    assert "Nobody but" not in letter
    assert "- Copies of this text: 2" in letter
    assert words("en").new not in letter


@pytest.mark.parametrize(
    ("agency", "english", "arabic"),
    [
        ("Reuters", "- The text credits Reuters", "- النص منقول عن \u2068Reuters\u2069"),
        ("agencies", "- The text credits news agencies", "- النص منقول عن وكالات الأنباء"),
    ],
)
def test_copies_say_of_whom_and_how_many_speak_for_themselves(agency, english, arabic) -> None:
    found = Lineage(
        first="صحيفة أولى", copied_by=("Example News", "Other"), agency=agency, independent=3
    )
    alert = followed(copies=2, lineage=found)
    letter = render(alert, "en").text
    for line in (
        "- Reports so far: 4; independent voices: 3",
        "- Copies of this text: 2 (Example News, Other)",
        "- First with this text: \u2068صحيفة أولى\u2069",
        english,
    ):
        assert line in letter
    letter = render(alert, "ar").text
    for line in (
        "- عدد التقارير حتى الآن: 4؛ أصوات مستقلة: 3",
        "- نسخ من هذا النص: 2 (\u2068Example News\u2069، \u2068Other\u2069)",
        "- أول من نشر هذا النص: صحيفة أولى",
        arabic,
    ):
        assert line in letter
    own = replace(found, first="Example News", agency=None)
    assert "First with" not in render(replace(alert, lineage=own), "en").text


@pytest.mark.parametrize(
    ("gist", "counts", "language", "found"),
    [
        (("north-korea", "kursk"), (("demining", 1000),), "ar",
         ("كوريا الشمالية", "كورسك", "1,000 (خبراء ألغام)")),
        (("north-korea", "casualties"), (("casualties", 6000),), "en",
         ("North Korea", "killed or wounded", "6,000 (killed or wounded)")),
        (("sudan", "no-such-concept"), (("", 14), ("", 300)), "ar", ("السودان", "300")),
        (("korea", "elsewhere", "more"), (), "en", ("reinforcements",)),
        ((), (), "ar", ()),
    ],
)  # fmt: skip
def test_a_gloss_names_what_has_a_name(gist, counts, language, found) -> None:
    assert gloss(gist, counts, language) == found


def test_a_gloss_stands_under_a_foreign_headline_only() -> None:
    alert = replace(alerts.titled("북한군 공병 쿠르스크 도착", language="ko"), gist=("kursk",))
    for language, line in (("ar", "مما ورد فيه: كورسك"), ("en", "Found in it: Kursk")):
        assert line in render(alert, language).text
    arabic = replace(alerts.titled("خبراء ألغام في كورسك", language="ar"), gist=("kursk",))
    assert words("ar").found not in render(arabic, "ar").text


@pytest.mark.parametrize(
    ("timezone", "said"),
    [
        (None, "Fri 20 Nov 2026, 14:05 UTC"),
        ("Asia/Riyadh", "Fri 20 Nov 2026, 17:05 UTC+3 (Riyadh)"),
        ("Asia/Kolkata", "Fri 20 Nov 2026, 19:35 UTC+5:30 (Kolkata)"),
        ("America/New_York", "Fri 20 Nov 2026, 09:05 UTC-5 (New York)"),
        ("Pacific/Auckland", "Sat 21 Nov 2026, 03:05 UTC+13 (Auckland)"),
    ],
)
def test_times_are_in_the_readers_zone_and_say_so(timezone, said) -> None:
    assert f"Published: {said}\n" in render(alerts.titled("A headline"), "en", timezone).text


def test_outlet_falls_back_to_host_and_source() -> None:
    assert outlet(alerts.article(outlet="A\nB")) == "A B"
    assert outlet(alerts.article(outlet=None, link="https://www.a.example/x")) == "a.example"
    assert outlet(alerts.article(outlet=" ", link="")) == "example"


def test_a_headline_that_is_empty_still_has_something_to_open() -> None:
    letter = render(alerts.titled(" \n "), "en")
    assert "https://news.example.org/world/1" in letter.subject


def test_a_headline_of_megabytes_is_cut() -> None:
    assert len(render(alerts.titled("خبر " * 500_000, language="ar"), "ar").subject) < 250


def test_both_catalogues_are_whole() -> None:
    assert ENGLISH.states.keys() == ARABIC.states.keys()
    assert ENGLISH.states.keys() == set(get_args(StateWord))
    assert ENGLISH.caveats.keys() == ARABIC.caveats.keys()
    assert ENGLISH.answers.keys() == ARABIC.answers.keys()
    assert NAMES["en"].keys() == NAMES["ar"].keys()
    for field in fields(ENGLISH):
        one, other = getattr(ENGLISH, field.name), getattr(ARABIC, field.name)
        if isinstance(one, str):
            assert re.findall(r"{\w+}", one) == re.findall(r"{\w+}", other)
    assert all(getattr(ARABIC, field.name) for field in fields(ARABIC))
    assert words("ar-SA") is ARABIC
    assert words("fr") is ENGLISH


def test_moments_are_written_in_the_readers_language_with_their_zone() -> None:
    when = datetime(2026, 11, 20, 14, 5, tzinfo=UTC)
    assert moment(when, "en") == "Fri 20 Nov 2026, 14:05 UTC"
    assert moment(when, "ar") == "الجمعة 20 نوفمبر 2026، 14:05 UTC"


@given(st.text())
def test_one_line_is_one_line_and_stays_so(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert one_line(line) == line
    line.encode("utf-8")


def test_what_is_one_plain_line_is_known_by_every_letter() -> None:
    for letter in map(chr, (*range(0x3100), *range(0xD700, 0xE100), *range(0xFE00, 0x10000))):
        dropped = category(letter) == "Cs" or bidirectional(letter) in DIRECTING or letter in MARKS
        blank = category(letter) == "Cc" or letter.isspace()
        assert one_line(f"a{letter}b") == ("ab" if dropped else "a b" if blank else f"a{letter}b")
    assert one_line(" a") == one_line("a ") == "a"
    assert one_line("a  b") == "a b"


def test_joiners_stay() -> None:
    assert one_line("می‌خواهد 👩‍🚀") == "می‌خواهد 👩‍🚀"


@given(st.text(), st.integers(min_value=2, max_value=50))
def test_shorten_never_exceeds(text: str, letters: int) -> None:
    assert len(shorten(text, letters)) <= letters
    if len(text) <= letters:
        assert shorten(text, letters) == text


@pytest.mark.parametrize(
    ("text", "within", "own", "isolated"),
    [
        ("plain", "ltr", None, "plain"),
        ("plain", "rtl", None, f"{FSI}plain{PDI}"),
        ("خبر", "rtl", "rtl", "خبر"),
        ("CNN: خبر", "rtl", "rtl", f"{RLI}CNN: خبر{PDI}"),
        ("CNN: خبر", "ltr", "rtl", f"{RLI}CNN: خبر{PDI}"),
        ("1,200 (3)", "rtl", None, "1,200 (3)"),
        ("북한", "rtl", "ltr", f"{LRI}북한{PDI}"),
    ],
)
def test_isolates_stand_only_where_directions_mix(text, within, own, isolated) -> None:
    assert isolate(text, within, own) == isolated
