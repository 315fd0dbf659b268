"""The newsroom publishes what it says: feeds, pages, documents, copies."""

from __future__ import annotations

import os
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import httpx
import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from monitor.model import Selectors
from monitor.parse import read_page
from tests.newsroom import Item, Newsroom, copy_of, read_documents
from tests.newsroom.documents import read_document
from tests.newsroom.item import blocks
from tests.newsroom.newsroom import LISTING, PATIENCE
from tests.newsroom.site import STYLES
from tests.newsroom.teasers import MARKS

SEEDS = Path(__file__).parents[1] / "seeds" / "north-korea-russia"
TEXT = "افتتح وزير الزراعة سوقا جديدة للتمور.\n\nوقال إن السوق تضم مئة متجر.\n\nوحضر الافتتاح تجار."
ARTICLE = Item(key="a1", title="وزير الزراعة يفتتح سوقا للتمور", blocks=blocks(TEXT))


@pytest.fixture(scope="module")
def room():
    with Newsroom(misbehaving=["refuses", "silent"]) as running:
        yield running


@pytest.fixture(scope="module")
def client():
    with httpx.Client(follow_redirects=False, timeout=PATIENCE) as running:
        yield running


@pytest.mark.parametrize("kind", STYLES)
def test_an_article_is_in_the_feed_and_on_its_page(room, client, kind):
    (url,) = room.publish(kind, ARTICLE)
    site = room.sites[kind]
    feed = client.get(site.url)
    page = client.get(url)
    tree = LexborHTMLParser(page.content)
    if kind == "listing":
        links = LexborHTMLParser(feed.content).css("h3.title > a")
        assert [site.server.origin + link.attributes["href"] for link in links] == [url]
        assert links[0].text() == ARTICLE.title
        assert [n.text() for n in tree.css("div.post-content h3.title")] == [ARTICLE.title]
        written = tree.css_first("ul.author-social li.cat-red").text()
        stamp = datetime.strptime(f"{written} +0300", "%d.%m.%Y %H:%M:%S %z")
        assert abs(datetime.now(UTC) - stamp) < timedelta(minutes=1)
    else:
        parsed = feedparser.parse(feed.content)
        assert not parsed.bozo
        (entry,) = parsed.entries
        assert entry.title == ARTICLE.title
        assert entry.link.split("?utm")[0] == url
        assert "published_parsed" in entry or "updated_parsed" in entry
        assert tree.css_first("h1").text() == ARTICLE.title
    assert page.status_code == 200
    for paragraph in ARTICLE.paragraphs:
        assert paragraph in tree.body.text()


@pytest.mark.parametrize("kind", STYLES)
def test_an_unchanged_feed_is_304_and_a_changed_one_is_not(kind):
    with Newsroom([kind]) as room, httpx.Client(timeout=PATIENCE) as client:
        room.publish(kind, ARTICLE)
        url = room.sites[kind].url
        first = client.get(url)
        tag = {"If-None-Match": first.headers["etag"]}
        since = {"If-Modified-Since": first.headers["last-modified"]}
        assert client.get(url, headers=tag).status_code == 304
        assert client.get(url, headers=since).status_code == 304
        room.publish(kind, copy_of(ARTICLE))
        assert client.get(url, headers=tag).status_code == 200
        # The tag decides alone where both are sent.
        assert client.get(url, headers=tag | since).status_code == 200


def test_connections_are_kept_and_visits_are_counted():
    with Newsroom(["rss"]) as room, httpx.Client(timeout=PATIENCE) as client:
        url = room.sites["rss"].url
        answers = [client.get(url) for _ in range(3)]
        ports = {a.extensions["network_stream"].get_extra_info("client_addr")[1] for a in answers}
        assert len(ports) == 1
        assert [(v.path, v.status) for v in room.visits] == [("/rss.xml", 200)] * 3
        assert all(v.ended >= v.began for v in room.visits)
        assert answers[0].headers["content-encoding"] == "gzip"


def test_a_revision_changes_the_page_and_its_tag():
    with Newsroom(["rss"]) as room, httpx.Client(timeout=PATIENCE) as client:
        (url,) = room.publish("rss", ARTICLE)
        before = client.get(url)
        room.revise("rss", url, title="وزير الزراعة يؤجل افتتاح السوق")
        after = client.get(url, headers={"If-None-Match": before.headers["etag"]})
        assert after.status_code == 200
        assert "يؤجل" in after.text
        assert ARTICLE.paragraphs[1] in after.text


def test_robots_names_what_is_forbidden(client):
    with Newsroom(["rss"]) as room:
        room.sites["rss"].forbidden.add("/news/2.html")
        rules = client.get(room.sites["rss"].server.origin + "/robots.txt").text
        assert "Disallow: /news/2.html" in rules.splitlines()


def test_the_short_wordpress_address_leads_to_the_article(room, client):
    (url,) = room.publish("wordpress", Item(key="short", title="خبر قصير", blocks=ARTICLE.blocks))
    answer = client.get(room.sites["wordpress"].server.origin + "/?p=short")
    assert (answer.status_code, answer.headers["location"]) == (301, url)


@pytest.mark.parametrize("kind", ["portal", "wordpress", "listing", "aggregator"])
def test_pages_show_other_stories_and_feeds_do_not(kind):
    with Newsroom([kind]) as room, httpx.Client(timeout=PATIENCE) as client:
        (url,) = room.publish(kind, ARTICLE)
        page, feed = client.get(url).text, client.get(room.sites[kind].url).text
        assert any(mark in page for mark in MARKS)
        assert not any(mark in feed for mark in MARKS)


# ---- documents ----------------------------------------------------------------

CAPTURED = """\
أخبار العالم

سوق التمور تفتح أبوابها في المدينة القديمة

سوق التمور تفتح أبوابها في المدينة القديمة

سامي الحداد

افتتح وزير الزراعة اليوم سوقا جديدة للتمور في المدينة القديمة.

وقال إن السوق تضم مئة متجر.

إقرأ أيضاً:

وزارة النقل تعلن خط قطار جديدا إلى الساحل

أعلنت وزارة النقل خطا جديدا للقطار يصل العاصمة بالساحل الشمالي.

وقالت إن الرحلة الأولى تنطلق في الربيع المقبل من المحطة الكبرى.

مقالات مشابهة

  • معرض الكتاب يمدد أيامه أسبوعا آخر
"""


def test_a_captured_page_comes_apart_as_it_was_put_together():
    document = read_document("012_abc.txt", CAPTURED)
    item = document.item
    assert (item.section, item.author, item.doubled) == ("أخبار العالم", "سامي الحداد", True)
    assert item.title == "سوق التمور تفتح أبوابها في المدينة القديمة"
    assert item.paragraphs == (
        "افتتح وزير الزراعة اليوم سوقا جديدة للتمور في المدينة القديمة.",
        "وقال إن السوق تضم مئة متجر.",
    )
    assert [b.zone for b in item.blocks].count("embedded") == 4
    (piece,) = document.pieces
    assert piece.title == "وزارة النقل تعلن خط قطار جديدا إلى الساحل"
    assert len(piece.paragraphs) == 2
    assert document.shows_foreign("خبر: معرض الكتاب، يمدد أيامه!") == ["معرض الكتاب يمدد أيامه"]
    assert not document.shows_foreign(" ".join(item.paragraphs + piece.paragraphs))


def test_the_shipped_seeds_are_documents():
    documents = read_documents(SEEDS)
    assert len(documents) == 5
    assert all(len(d.item.paragraphs) >= 2 and d.item.title for d in documents)
    assert [d.name for d in documents if d.pieces] == ["002-invitation-and-thanks.md"]


@pytest.mark.skipif(
    "MONITOR_REAL_SEEDS" not in os.environ, reason="MONITOR_REAL_SEEDS names no folder"
)
@pytest.mark.parametrize("kind", ["rss", "wordpress", "listing"])
def test_the_page_of_a_real_document_shows_all_of_its_words(client, kind):
    folder = Path(os.environ["MONITOR_REAL_SEEDS"])
    with Newsroom([kind]) as room:
        for document in read_documents(folder):
            (url,) = room.publish(kind, document.item)
            shown = LexborHTMLParser(client.get(url).content).body.text(separator="\n")
            seen = " ".join(shown.split())
            raw = (folder / document.name).read_text("utf-8")
            for line in filter(str.strip, raw.splitlines()):
                assert " ".join(line.lstrip(" •").split()) in seen
            assert document.foreign


@pytest.mark.parametrize("kind", STYLES)
def test_a_page_is_read_without_other_stories(client, kind):
    """Every template shows other stories in its own way; none of them is article or piece."""
    folders = [SEEDS]
    if "MONITOR_REAL_SEEDS" in os.environ:
        folders.append(Path(os.environ["MONITOR_REAL_SEEDS"]))
    with Newsroom([kind]) as room:
        for document in [d for folder in folders for d in read_documents(folder)]:
            (url,) = room.publish(kind, document.item)
            selectors = Selectors(**LISTING) if kind == "listing" else None
            page = read_page(client.get(url).content, url=url, selectors=selectors)
            assert page.title == document.item.title
            assert [piece.title for piece in page.pieces] == [p.title for p in document.pieces]
            shown = "\n".join([page.text, *(f"{p.title}\n{p.text}" for p in page.pieces)])
            assert document.shows_foreign(shown) == []
            assert not any(mark in shown for mark in MARKS)
            own = [p for p in document.item.paragraphs if len(p) > 200 and "تنبيه" not in p]
            assert all(paragraph in page.text for paragraph in own)


# ---- copies -------------------------------------------------------------------


def test_copies_are_deterministic_and_differ_by_seed():
    long = Item(key="l", title="أ: ب", blocks=tuple(blocks("\n\n".join("١٢٣٤٥٦٧٨"))))
    assert copy_of(long, seed=1) == copy_of(long, seed=1)
    assert len({copy_of(long, seed=s).blocks for s in range(8)}) > 2


@pytest.mark.parametrize("way", ["cut", "headline", "order", "spelling", "credit"])
def test_each_way_to_copy_changes_what_it_names(way):
    source = Item(
        key="k",
        title="بيونغ يانغ تؤكد.. وموسكو تشكر",
        blocks=blocks("\n\n".join(f"فقرة رقم {n} عن أخبار الإمارة" for n in range(6))),
    )
    copied = copy_of(source, ways=[way])
    same_title = copied.title == source.title
    same_words = sorted(copied.paragraphs) == sorted(source.paragraphs)
    expected = {
        "cut": (True, False),
        "headline": (False, True),
        "order": (True, True),
        "spelling": (False, False),
        "credit": (True, False),
    }
    assert (same_title, same_words) == expected[way]
    assert copied.blocks != source.blocks or way == "headline"
    assert copied.paragraphs[0] == source.paragraphs[0] or way == "spelling"


def test_an_unknown_way_to_copy_is_refused():
    with pytest.raises(ValueError, match="turn"):
        copy_of(ARTICLE, ways=["turn"])


def test_each_site_is_a_host_of_its_own(room):
    hosts = {site.server.host for site in room.sites.values()}
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.2", 0))
        except OSError:
            pytest.skip("this system has one loopback address")
    assert len(hosts) == len(STYLES)


def test_the_configuration_names_every_source(room, tmp_path):
    written = yaml.safe_load(room.write_config(tmp_path, seeds=SEEDS).read_text("utf-8"))
    assert {s["name"] for s in written["sources"]} == {
        *STYLES,
        "bad-refuses",
        "bad-silent",
    }
    assert written["channels"]["desk"]["smtp"]["port"] == room.mail.port
