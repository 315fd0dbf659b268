"""Articles of listing pages without selectors: each page in tests/data/listing-links beside its articles."""

import contextlib
import json
import re
import time
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.errors import ParseError
from monitor.identify.address import canonical
from monitor.model import Entry, Reading, Selectors
from monitor.parse.shape import pattern
from tests.test_parse_entries import read as entries

DATA = Path(__file__).parent / "data" / "listing-links"
PAGES = sorted(DATA.glob("*.html"))


def expected(path: Path) -> dict:
    return json.loads(path.with_name(f"{path.name}.expected.json").read_text())


def read(
    body: bytes, url: str = "https://s.example/news", *, kind: str = "listing", **declared: object
) -> Reading:
    return entries(body, url=url, kind=kind, **declared)


def of_page(path: Path) -> Reading:
    want = expected(path)
    return read(
        path.read_bytes(),
        want["url"],
        content_type=want.get("content_type"),
        timezone=want.get("timezone"),
    )


def stamp(moment: datetime | None) -> str | None:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def test_there_are_enough_pages():
    assert sum("entries" in expected(path) for path in PAGES) >= 15


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_articles_of_a_page_are_found(path):
    """Exactly its articles, in its order; links to further ones beside the list may come too."""
    want = expected(path)
    if "error" in want:
        with pytest.raises(ParseError) as raised:
            of_page(path)
        assert (raised.value.failure, raised.value.detail) == (want["error"], want["detail"])
        return
    entries = of_page(path).entries
    assert len({canonical(entry.url) for entry in entries}) == len(entries)
    beside = {canonical(url) for url in want.get("may", ())}
    got = [entry for entry in entries if canonical(entry.url) not in beside]
    assert [canonical(entry.url) for entry in got] == [
        canonical(one["url"]) for one in want["entries"]
    ]
    for entry, one in zip(got, want["entries"], strict=True):
        assert (entry.title, stamp(entry.published)) == (one["title"], one.get("published"))


@pytest.mark.parametrize(
    "path",
    [path for path in PAGES if "entries" in expected(path)],
    ids=lambda path: path.stem,
)
def test_the_learnt_pattern_finds_the_articles_and_no_section(path):
    want = expected(path)
    urls = [one["url"] for one in want["entries"]]
    learnt = pattern(urls)
    assert learnt is not None
    assert all(re.search(learnt, url) for url in urls)
    assert not re.search(learnt, want["url"].split("example", 1)[1])


@pytest.mark.parametrize(
    ("urls", "learnt"),
    [
        (["/arabi/world/482627/a-b-c", "/arabi/world/482628/%D8%A7"], r"/arabi/world/\d{6}/"),
        (["/2025/04/28/a-b-c", "/2025/04/29/d-e-f"], None),
        (["/n.asp?id=731&cat=4", "/n.asp?id=1732&cat=4"], r"/n\.asp\?(?:.*&)?id=\d+"),
        (["/i.php?MTJAMjAyNS0wNC0yOA==", "/i.php?MTJAMjAyNS0wNC0yOQ=="], None),
        (["/a/123456.html", "/b/123457.html"], r"/[^/?]+/\d{6}\.html"),
        (["/arabic/articles/c0r5n1m9k4lo", "/arabic/articles/c1r5n1m9k4lo"], None),
        (["/x/1791234-one-two", "/x/1791235-three"], r"/x/\d{7}[-_.]"),
        (["/about", "/contact"], "none"),
        (["/a-b-c"], "none"),
        ([], "none"),
    ],
)
def test_patterns(urls, learnt):
    found = pattern(f"https://s.example{url}" for url in urls)
    if learnt == "none":
        assert found is None
        return
    assert found is not None
    assert learnt in {None, found}
    assert all(re.search(found, url) for url in urls)


def test_a_pattern_of_dated_addresses_holds_next_month():
    found = pattern(f"https://s.example/news/2025/04/28/{n}/" for n in range(412345, 412350))
    assert found is not None
    assert re.search(found, "/news/2026/11/02/512345/")


@settings(deadline=None, max_examples=200)
@given(st.lists(st.text(alphabet="/ab19-_.?=&%é ", max_size=25), max_size=8))
def test_a_pattern_finds_most_of_what_it_was_learnt_from(paths):
    urls = [f"https://s.example/{path.lstrip('/')}" for path in paths]
    found = pattern(urls)
    if found is not None:
        hits = sum(re.search(found, url) is not None for url in set(urls))
        assert hits * 2 >= len(set(urls))


def test_a_selector_outranks_the_layout():
    page = next(path for path in PAGES if path.stem == "rubric-ru")
    got = read(page.read_bytes(), expected(page)["url"], selectors=Selectors(links=".top-item > a"))
    assert [entry.url.rsplit("/", 2)[1] for entry in got.entries if entry.url] == [
        "411000",
        "411001",
        "411002",
        "411003",
    ]


def test_a_cut_title_is_taken_whole_from_its_attribute():
    cards = "".join(
        f"<li><a href='/n/{1000 + n}' title='A very long headline number {n} that goes on and on'>"
        f"A very long headline number {n} that…</a></li>"
        for n in range(5)
    )
    got = read(f"<html><body><ul>{cards}</ul>".encode())
    assert {(entry.title or "")[-9:] for entry in got.entries} == {"on and on"}
    assert len(got.entries) == 5


def test_other_sites_and_files_are_no_articles():
    cards = "".join(
        f"<li><h3><a href='{base}{n}{end}'>A headline of some length about a thing</a></h3></li>"
        for n in range(1000, 1006)
        for base, end in (
            ("https://s.example/n/", ""),
            ("https://else.invalid/n/", ""),
            ("/n/", ".pdf"),
            ("javascript:open(", ")"),
            ("/tag/", ""),
        )
    )
    got = read(f"<html><body><ul>{cards}</ul>".encode())
    assert [entry.url for entry in got.entries] == [
        f"https://s.example/n/{n}" for n in range(1000, 1006)
    ]


LINK = "<a href='/n/{0}'>a headline with some words {0}</a>"
BOMBS = {
    "links": lambda: "".join(map(LINK.format, range(100_000))),
    "cards": lambda: "".join(
        f"<div class=c><h3>{LINK.format(n)}</h3></div>" for n in range(30_000)
    ),
    "one-link": lambda: LINK.format(1) * 100_000,
    "deep": lambda: "<div class=sidebar><section>" * 50_000 + LINK.format(12345) * 1_000,
    "deep-links": lambda: "<div><a href='/n/12345'>words in a headline here" * 30_000,
    "headings": lambda: (
        "<h2>a headline with some words</h2>" * 50_000 + "<a href='/n/12345'>x</a>" * 5_000
    ),
    "times": lambda: "<div>" + "<time>1 hour ago</time>" * 100_000 + LINK.format(12345),
    "long": lambda: f"<a href='/n/1'>{'word ' * 1_000_000}</a>" * 2,
    "classes": lambda: f"<div class='{'a-b ' * 500_000}'>" + LINK.format(12345),
    "address": lambda: f"<a href='/{'a-1_' * 500_000}'>some words of a title</a>" * 3,
    "spans": lambda: "<a href='/n/12345'>" + "<span class=title>word " * 100_000,
    "addresses": lambda: "".join(
        f"<a href='/{'-' * 5_000}{n}'>some words of a title</a>" for n in range(200)
    ),
}


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize("name", BOMBS)
def test_no_page_takes_long(name):
    body = f"<html><body>{BOMBS[name]()}".encode()
    began = time.process_time()
    with contextlib.suppress(ParseError):
        assert len(read(body).entries) <= 3_000
    assert time.process_time() - began < 6  # a third of it where nothing else runs


PARTS = st.lists(
    st.sampled_from(
        ["<div class='card'>", "<div class=sidebar>", "<nav>", "</nav>", "</div>", "<li>", "<h3>", "</h3>", "<a href='/n/1234'>",
         "<a href='/2025/04/28/a-b-c-d'>", "<a href='//'>", "<a href='http://[::1'>", "<a title='a title of four words' href=x>",
         "</a>", "four words of text", "خبر من أربع كلمات طويلة", "<img alt='a picture of some things'>", "<time datetime='2025-04-28'>",
         "<base href='::'>", "<base href='/x/'>", "\x00", "&#0;", "<body class=nav>", "الأكثر قراءة", "<template>", "<svg>", "<table><tr><td>"]
    ),
    max_size=40,
).map(lambda parts: "".join(parts).encode())  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=200) | PARTS)
@example(b"<base href='http://[x'><a href='/n/1234'>")
def test_any_bytes_are_entries_or_a_parse_error(body):
    try:
        got = read(body)
    except ParseError:
        return
    assert all(isinstance(entry, Entry) and entry.url for entry in got.entries)


def test_children_of_an_index_come_newest_first():
    index = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <sitemap><loc>https://s.example/1.xml</loc></sitemap>
    <sitemap><loc>https://s.example/2.xml</loc><lastmod>2025-04-01</lastmod></sitemap>
    <sitemap><loc>https://s.example/3.xml</loc><lastmod>2025-04-28T10:00:00+02:00</lastmod></sitemap>
    <sitemap><loc>/4.xml</loc></sitemap><sitemap><loc>ftp://s.example/5.xml</loc></sitemap></sitemapindex>"""
    found = read(index, "https://s.example/i", kind="sitemap").children
    assert [(url, stamp(when)) for url, when in found] == [
        ("https://s.example/3.xml", "2025-04-28T08:00:00Z"),
        ("https://s.example/2.xml", "2025-04-01T00:00:00Z"),
        ("https://s.example/4.xml", None),
        ("https://s.example/1.xml", None),
    ]
    pages = b"<urlset><url><loc>https://s.example/a</loc></url></urlset>"
    assert read(pages, kind="sitemap").children == ()


def test_a_reading_says_title_and_language():
    page = next(path for path in PAGES if path.stem == "wire-ko")
    got = of_page(page)
    assert (got.title, got.language) == ("북한 전체 | 통신", "ko")
    assert {entry.language for entry in got.entries} == {"ko"}
