"""What a page offers to follow: each body in tests/data/discover beside its feeds, sitemaps, articles."""

import contextlib
import json
import pickle
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.errors import ParseError
from monitor.parse.discover import Link, links

DATA = Path(__file__).parent / "data" / "discover"
CASES = sorted(path for path in DATA.iterdir() if not path.name.endswith(".expected.json"))


def expected(path: Path) -> dict:
    return json.loads(path.with_name(f"{path.name}.expected.json").read_text())


def of_site(path: Path) -> tuple[Link, ...]:
    want = expected(path)
    return links(path.read_bytes(), url=want["url"], content_type=want.get("content_type"))


def plain(link: Link) -> dict[str, str]:
    stated = {"kind": link.kind, "found": link.found, "url": link.url, "title": link.title}
    return {key: value for key, value in stated.items() if value}


def test_there_are_enough_sites():
    assert sum("links" in expected(path) for path in CASES) >= 15


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_what_a_site_offers(path):
    want = expected(path)
    if "error" in want:
        with pytest.raises(ParseError) as raised:
            of_site(path)
        assert (raised.value.failure, raised.value.detail) == (want["error"], want["detail"])
        return
    found = of_site(path)
    sources = [link for link in found if link.kind != "article"]
    assert [plain(link) for link in sources if link.found != "guessed"] == want["links"]
    assert [link.url for link in found if link.kind == "article"] == want["articles"]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_addresses_come_once_whole_and_guesses_after_what_is_known(path):
    if "error" in expected(path):
        return
    found = of_site(path)
    assert len({link.url for link in found}) == len(found)
    assert all(link.url.startswith(("http://", "https://")) for link in found)
    ranks = [2 if link.kind == "article" else 1 if link.found == "guessed" else 0 for link in found]
    assert ranks == sorted(ranks)
    assert pickle.loads(pickle.dumps(found)) == found


def test_a_page_without_anything_has_guesses():
    found = links(b"<html><body><p>Nothing.</p>", url="https://s.example/deep/page?x=1")
    assert {link.found for link in found} == {"guessed"}
    assert found[0] == Link(kind="feed", url="https://s.example/feed", found="guessed")
    assert next(link.url for link in found if link.kind == "sitemap").endswith("-news.xml")


@pytest.mark.parametrize(
    ("anchor", "is_feed"),
    [
        ("<a href='/feed/'>x</a>", True),
        ("<a href='/rss'>x</a>", True),
        ("<a href='/ar/rss/default?cat=guncel'>x</a>", True),
        ("<a href='/.mrss/ar.xml'>x</a>", True),
        ("<a href='/?feed=rss2'>x</a>", True),
        ("<a href='/feeds/posts/default'>x</a>", True),
        ("<a href='/world.rss'>x</a>", True),
        ("<a href='/rss.asp'>x</a>", True),
        ("<a href='/section/7'>RSS</a>", True),
        ("<a href='/section/7'><img alt='RSS'></a>", True),
        ("<a href='/section/7' title='خلاصات'></a>", True),
        ("<a href='/feedback'>x</a>", False),
        ("<a href='/newsfeed-of-the-year/about'>x</a>", False),
        ("<a href='/comments/feed/'>x</a>", False),
        ("<a href='/2025/04/28/a-b-c/feed/'>x</a>", False),
        ("<a href='/section/7'>Across the river</a>", False),
        ("<a href='/how-to-read-rss-today'>How to read RSS</a>", False),
        ("<a href='https://else.invalid/rss'>RSS</a>", False),
        ("<a href='https://feeds.feedburner.com/x'>x</a>", True),
        ("<a href='mailto:rss@s.example'>RSS</a>", False),
        ("<a href='#rss'>RSS</a>", False),
    ],
)
def test_anchors(anchor, is_feed):
    found = links(f"<html><body>{anchor}".encode(), url="https://s.example/news")
    assert (found[0].found == "linked" and found[0].kind == "feed") == is_feed


@pytest.mark.parametrize(
    ("title", "is_left_out"),
    [
        ("Paper » Comments Feed", True),
        ("صحيفة » خلاصة التعليقات", True),
        ("Zeitung » Kommentar-Feed", True),
        ("Газета » Лента комментариев", True),
        ("Gazete » Yorum beslemesi", True),
        ("신문 » 댓글 피드", True),
        ("Comment is free", False),
        ("Commentary", False),
        ("صحيفة » الخلاصة", False),
    ],
)
def test_feeds_of_comments(title, is_left_out):
    page = f"<link rel=alternate type=application/rss+xml title='{title}' href=/x/7>"
    found = links(f"<html><head>{page}".encode(), url="https://s.example/")
    assert (found[0].url != "https://s.example/x/7") == is_left_out


BOMBS = {
    "anchors": lambda: "".join(f"<a href='/rss/{n}'>RSS</a>" for n in range(100_000)),
    "link tags": lambda: (
        "<link rel=alternate type=application/rss+xml href='/f/1' title='a'>" * 100_000
    ),
    "nested": lambda: "<div>" * 100_000 + "<a href='/rss'>RSS</a>",
    "title": lambda: "<rss version='2.0'><channel>" + "<title><![CDATA[" * 100_000,
    "json": lambda: '{"version":"https://jsonfeed.org/version/1","title":"' + "\\" * 1_000_000,
    "paths": lambda: "".join(
        f"<a href='/{'feed' * 400}/{n}'>{'rss ' * 50}</a>" for n in range(5_000)
    ),
    "robots": lambda: "User-agent: *\n" + "sitemap:" * 500_000 + "\nSitemap: /a.xml\n" * 100_000,
}


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize("name", BOMBS)
def test_no_body_takes_long(name):
    began = time.process_time()
    with contextlib.suppress(ParseError):
        links(BOMBS[name]().encode(), url="https://s.example/", content_type="text/plain")
    assert time.process_time() - began < 6  # a third of it where nothing else runs


PARTS = st.lists(
    st.sampled_from(
        ["<html>", "<head>", "<body>", "<base href='//x'>", "<link rel=alternate type=application/rss+xml href=", "'/feed'>", "'http://[1'>",
         "<a href='/rss'>", "RSS", "</a>", "<meta name=generator content=WordPress>", "<link rel='https://api.w.org/' href='/x/wp-json/'>",
         "User-agent: *\n", "Sitemap: /a.xml\n", "Sitemap: http://[\n", "<rss>", "<title>", "</title>", '{"version":"https://jsonfeed.org/version/1"',
         '"title":"', "\\", "\x00", "<urlset>", "<img src='/wp-content/x'>", "<a href='/n/12345'>four words of text</a>", "مرحبا"]
    ),
    max_size=30,
).map(lambda parts: "".join(parts).encode())  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(
    st.binary(max_size=200) | PARTS,
    st.sampled_from(["https://s.example/", "https://s.example/robots.txt", "http://s.example/a/b"]),
    st.none() | st.sampled_from(["text/plain", "text/html; charset=utf-16"]) | st.text(max_size=10),
)
@example(b"\x1f\x8b", "https://s.example/", None)
def test_any_bytes_are_links_or_a_parse_error(body, url, content_type):
    try:
        found = links(body, url=url, content_type=content_type)
    except ParseError:
        return
    assert all(isinstance(link, Link) for link in found)
