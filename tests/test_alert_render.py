"""`alert.render`, `alert.words`, `alert.direction`: what a reader gets."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alert.direction import isolate, one_line, shorten
from monitor.alert.render import lead, outlet, render
from monitor.alert.words import ARABIC, ENGLISH, moment, words
from monitor.model import Event
from tests import alerts

FSI, LRI, RLI, PDI = "\u2068", "\u2066", "\u2067", "\u2069"


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
    seen = " ".join(Reader(letter.html.split('<div class="letter">')[1]).text.split())
    bare = letter.text.translate(dict.fromkeys(map(ord, FSI + LRI + RLI + PDI)))
    last = 0
    for line in bare.splitlines():
        piece = line.removeprefix("- ").removeprefix(f"{words(language).note}: ").strip()
        if piece in {"", "—"} or piece.startswith("http"):
            continue
        at = seen.find(" ".join(piece.split()), last)
        assert at >= last, piece
        last = at


def test_the_order_a_reader_needs() -> None:
    text = render(alerts.load("arabic"), "ar").text
    parts = [
        "جديد · أخبار المثال",
        "سيول تعلن إرسال ألف خبير ألغام",
        "https://akhbar.example.org/2026/11/20/4711",
        "أعلنت سيول، اليوم الجمعة",
        "تاريخ النشر",
        "أول رصد",
        "النسخ حتى الآن: 2",
        "سبب المطابقة",
        "- كوريا الشمالية\n- كورسك\n- خبير ألغام",
        "ويرى خبراء أن الجنود",
        "أقرب مثال",
        "الدرجة: 0.81 (الحد 0.50)",
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


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "An update of: "), ("ar", "تحديث لخبر: ")],
)
def test_an_update_says_what_is_new_and_of_what(language: str, said: str) -> None:
    event = Event(
        id=7,
        headline="سيول: ألف جندي في كورسك",
        language="ar",
        reports=4,
        new_facts=("The Kremlin denied the report.",),
    )
    alert = replace(alerts.titled("Kremlin denies it"), kind="update", event=event)
    letter = render(alert, language)
    assert letter.subject.startswith("UPDATE: " if language == "en" else "تحديث: ")
    for body in (letter.text, letter.html):
        assert said.strip() in body
        assert "سيول: ألف جندي في كورسك" in body
        assert "The Kremlin denied the report." in body
    assert "4" in letter.text


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
    assert ENGLISH.caveats.keys() == ARABIC.caveats.keys()
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
