"""Article pages: saved layouts, each beside what must be read from it. All are synthetic."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from monitor.errors import ParseError
from monitor.model import Page, Selectors
from monitor.parse import read_page

DATA = Path(__file__).parent / "data" / "pages"
CASES = sorted(DATA.glob("*.html"))
FIELDS = ("canonical_url", "title", "author", "language", "site_name")
URL = "https://s.example/a"


def read(html: str, **options: object) -> Page:
    return read_page(html.encode(), url=URL, **options)


def moment(value: datetime | None) -> str | None:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if value else None


def test_there_are_cases():
    assert len(CASES) >= 8


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_page_reads_as_expected(path):
    want = json.loads(path.with_name(f"{path.name}.expected.json").read_text())
    options = {key: want[key] for key in ("content_type", "language", "timezone") if key in want}
    if "selectors" in want:
        options["selectors"] = Selectors(**want["selectors"])
    if "error" in want:
        with pytest.raises(ParseError) as raised:
            read_page(path.read_bytes(), url=want["url"], **options)
        assert (raised.value.failure, raised.value.detail) == (want["error"], want["detail"])
        return
    page = read_page(path.read_bytes(), url=want["url"], **options)
    expected = want["page"]
    assert (page.text.split("\n\n") if page.text else []) == expected["text"]
    assert [(p.title, p.text.split("\n\n")) for p in page.pieces] == [
        (p["title"], p["text"]) for p in expected["pieces"]
    ]
    assert {name: getattr(page, name) for name in FIELDS} == {
        name: expected[name] for name in FIELDS
    }
    assert moment(page.published) == expected["published"]
    assert moment(page.updated) == expected["updated"]


def test_text_survives_without_paragraph_tags():
    lines = [
        f"Sentence number {n} of the report says what the council did that day." for n in range(6)
    ]
    for form in (
        "<br><br>",
        "<br>",
        "</div><div>",
        "</span><br/><span>",
        "</p><p>",
        "</td></tr><tr><td>",
    ):
        page = read(
            f"<body><nav><a href=/>Home</a></nav><h1>Council report</h1><table><tr><td><div><div><span><p>{form.join(lines)}</div></div></table>"
        )
        assert page.text.split("\n\n") == lines, form


def test_a_sentence_broken_by_a_line_break_stays_whole():
    page = read(
        "<h1>Bridge</h1><div>The bridge was closed on Monday because of<br>cracks in its stones, the mayor said.<br>"
        "It will open again in two years.</div>"
    )
    assert page.text.split("\n\n")[0].endswith("because of cracks in its stones, the mayor said.")


def test_selectors_outrank_everything_else():
    html = (
        "<title>Wrong</title><meta property='og:title' content='Wrong'><h1>Wrong</h1><article>"
        + "<p>Long text that is not the article and yet is the longest text on the page.</p>" * 4
        + "</article><b class=t>Right</b><div class=x>Short but right, says the selector.<i class=no>cut me</i></div>"
        "<u class=d>28.04.2025</u>"
    )
    page = read(html, selectors=Selectors(title=".t", text=".x", date=".d", cut=".no"))
    assert (page.title, page.text) == ("Right", "Short but right, says the selector.")
    assert moment(page.published) == "2025-04-28T00:00:00Z"


def test_a_selector_that_is_no_css_says_so():
    with pytest.raises(ParseError, match="no CSS selector"):
        read("<p>text</p>", selectors=Selectors(text="p >>> ["))


def test_a_furniture_class_on_the_whole_article_does_not_hide_it():
    body = "".join(
        f"<p>Paragraph {n} of the article, long enough to be running text.</p>" for n in range(5)
    )
    page = read(
        f"<body class='has-sidebar'><div class='share-page social'><h1>T</h1><div class='related-layout'>{body}</div></div>"
    )
    assert len(page.text.split("\n\n")) == 5


def test_themes_that_leave_english_on_arabic_pages_do_not_decide_the_language():
    page = read(
        "<html lang=en-US><h1>عنوان</h1><p>قالت البلدية إن الجسر سيفتح صباح الاثنين بعد عامين من الإغلاق.</p>"
    )
    assert page.language == "ar"
    assert read("<html lang=ckb><p>نص قصير</p>").language == "ckb"


def test_the_article_of_the_address_is_chosen_among_several():
    graph = [
        {
            "@type": "NewsArticle",
            "headline": "Other story of the day",
            "url": "https://s.example/b",
            "wordCount": 900,
        },
        {"@type": "NewsArticle", "headline": "This story", "mainEntityOfPage": {"@id": URL}},
    ]
    page = read(f"<script type='application/ld+json'>{json.dumps(graph)}</script><p>x</p>")
    assert page.title == "This story"


@pytest.mark.parametrize(
    ("title", "site", "h1", "want"),
    [
        ("Ferry returns | Wire", "Wire", "", "Ferry returns"),
        ("Ferry returns - Wire", "", "<h1>Ferry returns</h1>", "Ferry returns"),
        ("Kim - Putin talks end", "Wire", "", "Kim - Putin talks end"),
        (
            "Ferry returns to the...",
            "",
            "<h1>Ferry returns to the isles</h1>",
            "Ferry returns to the isles",
        ),
    ],
)
def test_title_is_the_headline_alone(title, site, h1, want):
    page = read(
        f"<title>{title}</title><meta property='og:site_name' content='{site}'>{h1}<p>x</p>"
    )
    assert page.title == want


@pytest.mark.parametrize(
    ("body", "failure"),
    [(b"", "empty"), (b" \n", "empty"), (b"%PDF-1.7 x", "misread"), (b"\x89PNG\r\n", "misread")],
)
def test_what_is_no_page_is_said(body, failure):
    with pytest.raises(ParseError) as raised:
        read_page(body, url=URL)
    assert raised.value.failure == failure


@pytest.mark.parametrize(
    "title",
    [
        "لحظة بلحظة.. النجم يقلب الطاولة على الميناء", "التحقق من صور متداولة لانهيار جسر الوادي", "تم حظر الصيد في الخليج حتى الربيع",
        "Access denied to farmers at the northern gate", "Blocked road over the pass opens again", "Security checks at the port take hours",
        "Forbidden island receives its first visitors", "Please wait your turn, says the ferryman",
    ],
)  # fmt: skip
def test_a_headline_that_begins_as_a_wall_does_is_read(title):
    text = "The keeper said on Monday that everybody would be let through before the evening."
    assert read(f"<title>{title}</title><h1>{title}</h1><p>{text}</p>").title == title


@pytest.mark.parametrize(
    "line",
    [
        "بريدة 16 جمادى الآخرة 1448هـ الموافق 26 نوفمبر 2026م أطلقت أمانة المنطقة اليوم مبادرة لزراعة مئة ألف شجرة سدر في الوادي.",
        "LUDLOW, November 26, 2026 - The council printed today what it had published in May, and nobody in the town had read it before.",
    ],
)  # fmt: skip
def test_a_dateline_with_a_word_of_labels_is_text(line):
    more = "The keeper said on Monday that everybody would be let through before the evening."
    page = read(f"<h1>A new year for the old wood</h1><div><p>{line}</p><p>{more}</p></div>")
    assert page.text.split("\n\n") == [line, more]


@pytest.mark.parametrize(
    ("published", "updated"),
    [
        ("منشور بتاريخ", "تاريخ آخر تحديث"), ("تاريخ نشر الخبر", "آخر تعديل في"), ("geplaatst op", "laatst bijgewerkt"), ("Dodano", "Ostatnia aktualizacja"),
        ("Vydáno", "Poslední aktualizace"), ("Publicat la", "Ultima actualizare"), ("Létrehozva", "Utoljára frissítve"), ("Δημοσιεύτηκε", "Ανανεώθηκε"),
        ("Publicerat", "Senast uppdaterad"), ("Tayang", "Terakhir diperbarui"), ("Đăng ngày", "Cập nhật lần cuối"), ("Створено", "Останнє оновлення"),
        ("ساعت انتشار", "آخرین ویرایش"), ("شائع ہوا", "آخری اپ ڈیٹ"), ("公開日時", "最終更新日"), ("发稿时间", "最后更新时间"), ("최초 입력", "최종 수정일"),
        ("Data di pubblicazione", "Ultima modifica"), ("Criado em", "Última atualização"),
    ],
)  # fmt: skip
def test_a_label_says_which_date_it_is(published, updated):
    text = (
        "<p>The bridge over the river was opened again on Monday after two years of work on it.</p>"
    )
    page = read(
        f"<h1>The old bridge opens</h1><div>{updated}: 2025-03-14 09:05</div>"
        f"<div>{published}: 2025-03-12 10:15</div><div>{text * 3}</div>"
    )
    assert moment(page.published) == "2025-03-12T10:15:00Z"
    assert moment(page.updated) == "2025-03-14T09:05:00Z"
