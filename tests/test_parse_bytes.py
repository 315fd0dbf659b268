"""Any bytes give a value or a ParseError, in bounded time; encodings are told from each other."""

import contextlib
import gc
import pickle
import time
import tracemalloc

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.errors import ParseError
from monitor.model import Page, Reading
from monitor.parse import charset, read_page
from monitor.parse.markup import plain, sanitise
from monitor.parse.seed import read_seed
from tests.test_parse_entries import read

MARKUP = st.lists(
    st.sampled_from(
        ["<rss version='2.0'>", "<channel>", "<item>", "</item>", "<title>", "</title>", "<link>", "<guid>", "<![CDATA[",
         "]]>", "<!DOCTYPE rss [", "]>", "<!ENTITY a 'b'>", "&a;", "&#0;", "&#x110000;", "<feed xmlns='http://www.w3.org/2005/Atom'>",
         "<entry>", "<content type='xhtml'>", "<urlset>", "<url><loc>", "<div>", "<p>", "<br>", "<script type='application/ld+json'>",
         '{"@type":"NewsArticle","headline":', "</script>", "<a href='", "'>", "<!--", "-->", "<?xml version='1.0' encoding='",
         "utf-16", "'?>", "مرحبا", "\x00", "\ud7ff", "<h1>", "<meta charset=", "<time datetime=", '{"version":"https://jsonfeed.org/version/1",',
         '"items":[', "{}", "]}", "قراءة المزيد", ". ", "<pubDate>", "28 أبريل 2025"]
    ),
    max_size=30,
).map(lambda parts: "".join(parts).encode("utf-8", "replace"))  # fmt: skip
BYTES = st.binary(max_size=300) | MARKUP


@settings(deadline=None, max_examples=200)
@given(
    BYTES,
    st.sampled_from(["feed", "sitemap", "listing", "search"]),
    st.none() | st.text(max_size=30),
)
@example(b"\xff\xfe<\x00", "feed", None)
@example(b"\x1f\x8b", "sitemap", "text/xml; charset=idna")
def test_any_bytes_are_entries_or_a_parse_error(body, kind, content_type):
    try:
        got = read(body, kind=kind, content_type=content_type, selectors={"links": "a"})
    except ParseError:
        return
    assert isinstance(got, Reading)


@settings(deadline=None, max_examples=200)
@given(BYTES, st.none() | st.text(max_size=30))
def test_any_bytes_are_a_page_or_a_parse_error(body, content_type):
    try:
        got = read_page(body, url="https://s.example/a", content_type=content_type)
    except ParseError:
        return
    assert isinstance(got, Page)
    assert pickle.loads(pickle.dumps(got)) == got


@settings(deadline=None, max_examples=100)
@given(BYTES, st.sampled_from(["a.txt", "b.md", "c.html", "d"]))
def test_any_bytes_are_seeds_or_a_parse_error(body, name):
    try:
        got = read_seed(name, body)
    except ParseError:
        return
    assert got
    assert all(seed.title or seed.text for seed in got)


@given(st.text(max_size=80))
def test_plain_text_is_one_line_and_stable(text):
    once = plain(text)
    assert "\n" not in once
    assert once == once.strip()


@given(st.text(alphabet="<>&;/'\"=apbscript ltgm#0!-", max_size=80))
def test_sanitising_twice_adds_nothing(text):
    once = sanitise(text) or ""
    assert "<script" not in once
    assert "<p onclick" not in once


def rss(inside: str) -> bytes:
    return f"<rss version='2.0'><channel><item><title>a</title><link>/1</link><description>{inside}</description></item></channel></rss>".encode()


STALLS = {
    "deep": b"<div>" * 100_000,
    "deep-with-text": b"<div>" * 100_000 + b"<p>words that run on and on.</p>" * 100,
    "lists": b"<ul><li>" * 50_000,
    "attributes": b"<div " + b" ".join(b"a%d=1" % n for n in range(50_000)) + b">x",
    "bare-attributes": b"<div " + b" ".join(b"a%d" % n for n in range(50_000)) + b">x",
    "ampersands": b"&" * 5_000_000,
    "angles": b"<a" * 500_000,
    "quotes": b"<a '\"" * 300_000,
    "comments": b"<!--" * 500_000,
    "cdata": b"<rss><![CDATA[" * 100_000,
    "doctype": b"<!DOCTYPE x [" + b'"<' * 200_000,
    "json": b"[" * 500_000,
    "escaped": rss("&lt;div&gt;" * 50_000),
    "nested-summary": rss("<![CDATA[" + "<div>" * 50_000 + "]]>"),
}


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize("name", STALLS)
def test_hostile_documents_do_not_hang(name):
    start = time.process_time()
    for attempt in (
        lambda: read_page(STALLS[name], url="https://s.example/a"),
        lambda: read(STALLS[name]),
    ):
        with contextlib.suppress(ParseError):
            attempt()
    # Without the limits the worst of them took half a minute.
    assert time.process_time() - start < 8


ARABIC = "قالت وكالة الأنباء إن الوفد وصل إلى العاصمة صباح الاثنين وبحث ملفات التعاون."
RUSSIAN = "Министерство сообщило, что делегация прибыла в столицу утром в понедельник."
KOREAN = "대표단이 월요일 오전 수도에 도착했다고 당국이 밝혔다."
FRENCH = "Le ministère a annoncé que la délégation est arrivée près de l'été à Besançon."


@pytest.mark.parametrize(
    ("text", "codec", "header", "meta"),
    [
        (ARABIC, "utf-8", None, ""),
        (ARABIC, "utf-8", "text/html; charset=ISO-8859-1", ""),
        (ARABIC, "utf-8", None, "<meta charset=windows-1256>"),
        (ARABIC, "utf-8", None, " " * 2_000 + "<meta charset=utf-8>"),
        (ARABIC, "cp1256", "text/html; charset=windows-1256", ""),
        (ARABIC, "cp1256", "text/html; charset=iso-8859-1", "<meta charset=windows-1256>"),
        (ARABIC, "cp1256", "text/html", ""),
        (ARABIC, "cp1256", "text/html; charset=ISO-8859-1", ""),
        (ARABIC, "cp1256", "text/html; charset=utf-8", ""),
        (ARABIC, "cp1256", None, " " * 5_000 + "<meta http-equiv=content-type content='text/html; charset=windows-1256'>"),
        (ARABIC, "iso8859-6", None, "<meta charset=iso-8859-6>"),
        (ARABIC, "utf-16", None, ""),
        (ARABIC, "utf-16-le", None, ""),
        (RUSSIAN, "cp1251", None, ""),
        (RUSSIAN, "koi8-r", None, ""),
        (KOREAN, "cp949", None, "<meta charset=euc-kr>"),
        (FRENCH, "cp1252", "text/html; charset=latin1", ""),
        ("日本語の記事", "iso2022-jp", "text/html; charset=iso-2022-jp", ""),
    ],
)  # fmt: skip
def test_text_is_decoded_whatever_is_declared(text, codec, header, meta):
    body = f"<html>{meta}<p>{text}</p>".encode(codec)
    assert text in charset.decode(body, header)


def test_a_broken_byte_does_not_turn_a_page_into_mojibake():
    body = (ARABIC * 5).encode() + b"\xff" + ARABIC.encode()[:-1]
    got = charset.decode(body, "text/html; charset=windows-1252")
    assert got.startswith(ARABIC)
    assert got.count("\ufffd") == 1 or got.count("\ufffd") == 2


@given(st.binary(max_size=200), st.none() | st.text(max_size=40))
def test_decoding_never_raises(body, header):
    assert isinstance(charset.decode(body, header), str)


def test_what_pages_leave_behind_is_bounded() -> None:
    """Tables of lines held every line without end: seven hundred megabytes after a hundred pages."""

    def body(number: int) -> bytes:
        text = f"كلمة {number} " * 8_000
        return f"<body class='c{number} {'x' * 20_000}'><h1>{number}</h1><p>{text}</p>".encode()

    read_page(body(-1), url="https://a.example/")
    gc.collect()
    tracemalloc.start()
    try:
        for number in range(30):
            read_page(body(number), url="https://a.example/")
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 30 * len(body(0))
