"""The search for sources: each synthetic site with the right answer beside it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from monitor.discovery import Discovery, discover, whole
from monitor.fetch.client import Client
from monitor.model import PollSettings
from monitor.parse.discover import section_of
from monitor.parse.rank import outlet
from monitor.workers import Workers
from tests.sites import SITES, Street

on_one_loop = pytest.mark.asyncio(loop_scope="module")  # the workers are started once
RIGHT = json.loads((Path(__file__).parent / "sites" / "right.json").read_text("utf-8"))
POLITE = PollSettings(host_gap=timedelta(0), deadline=timedelta(seconds=60))


@pytest.fixture(scope="module")
def street():
    with Street(SITES) as street:
        yield street


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def look(street):
    """Searches as the command does; what was asked of anyone is in `look.asked`."""
    client = Client(POLITE, contact=None, transport=street.transport())
    workers = Workers()

    async def look(given: str, **options) -> Discovery:
        look.asked = []
        return await discover(client, workers, given, say=look.asked.append, **options)

    yield look
    await workers.aclose()
    await client.aclose()


def origin(name: str) -> str:
    site = SITES[name.split(maxsplit=1)[0]]
    return f"{site.schemes[0]}://{site.host}"


@pytest.mark.parametrize("case", RIGHT["cases"])
@on_one_loop
async def test_the_right_source_comes_first(case, look):
    want = RIGHT["cases"][case]
    at = origin(case)
    found = await look(at + want["ask"])
    best = found.best
    assert best is not None, found.misses
    assert (best.url, best.kind) == (at + want["url"], want["kind"]), found.offers
    assert best.language == want["language"]
    assert best.aggregator == want.get("aggregator", False)
    if "outlet" in want:
        assert found.outlet == want["outlet"]
    assert len(look.asked) <= 13


@pytest.mark.parametrize("site", RIGHT["nothing"])
@on_one_loop
async def test_nothing_is_told_with_every_failure_by_name(site, look):
    found = await look(origin(site) + "/")
    assert found.best is None
    assert next(miss.url for miss in found.misses) == origin(site) + "/"
    assert len(look.asked) <= 13


@on_one_loop
async def test_a_list_of_sources_is_not_searched_any_further(look):
    await look(origin("opml") + "/")
    assert len(look.asked) == 1


@on_one_loop
async def test_a_bare_host_is_asked_by_https_first_and_by_http_with_a_word(look):
    found = await look("qalaa.example")
    assert look.asked[:2] == ["https://qalaa.example/", "http://qalaa.example/"]
    assert found.best.url == "http://qalaa.example/rss.xml"
    assert "http is used" in found.notes[0]
    found = await look("dafatir.example")
    assert not found.notes
    assert all(url.startswith("https://") for url in look.asked)


@on_one_loop
async def test_a_whole_address_is_never_changed_to_http(look):
    found = await look("https://qalaa.example/")
    assert (found.best, len(look.asked)) == (None, 1)


@on_one_loop
async def test_a_site_that_cannot_be_reached_is_asked_once(look):
    found = await look("https://nonesuch.example/")
    assert [miss.url for miss in found.misses] == ["https://nonesuch.example/"]
    assert len(look.asked) == 1


@on_one_loop
async def test_a_sure_find_ends_the_search_unless_all_is_asked_for(look):
    found = await look(origin("jannah") + "/")
    assert len(look.asked) == 2
    every = await look(origin("jannah") + "/", everything=True)
    assert len(look.asked) > 8
    assert every.best.url == found.best.url


@on_one_loop
async def test_what_nobody_named_is_asked_for_as_robots_txt_allows(look, street):
    before = len(street.paths("forbidding"))
    found = await look(origin("forbidding") + "/")
    assert found.best.kind == "listing"
    assert set(street.paths("forbidding")[before:]) == {"/", "/robots.txt"}
    assert "robots" in {miss.failure for miss in found.misses}


@on_one_loop
async def test_comment_feeds_are_never_asked_for(look, street):
    for site in ("jannah", "hidden"):
        await look(origin(site) + "/", everything=True)
        assert not [path for path in street.paths(site) if "comments" in path]


@on_one_loop
async def test_every_offer_says_why(look):
    found = await look(origin("stale") + "/")
    (old,) = [offer for offer in found.offers if offer.url.endswith("/rss")]
    assert "nothing new for two weeks" in old.why
    (empty,) = [offer for offer in found.offers if offer.url.endswith("empty.xml")]
    assert "it is empty" in empty.why
    assert not empty.usable
    assert found.best.headlines[0]
    assert len(found.best.headlines) == 3


@on_one_loop
async def test_a_part_of_an_index_for_news_is_the_source_itself(look):
    found = await look(origin("parts") + "/")
    assert found.best.url == origin("parts") + "/news-map.xml"
    assert found.best.form == "news sitemap"


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("paper.example", "https://paper.example/"),
        ("paper.example/world", "https://paper.example/world"),
        ("http://paper.example", "http://paper.example/"),
        ("t.me/sahilnews", "https://t.me/s/sahilnews"),
        ("https://t.me/sahilnews/4101", "https://t.me/s/sahilnews"),
        ("https://telegram.me/s/sahilnews", "https://t.me/s/sahilnews"),
        (
            "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv/videos",
            "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv",
        ),
        ("reddit.com/r/worldnews", "https://www.reddit.com/r/worldnews/new/.rss"),
    ],
)
def test_the_address_that_is_meant(given, meant):
    assert whole(given) == meant
    assert whole(meant) == meant


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("النهر » الخلاصة", "النهر"),
        ("RSS | الميناء", "الميناء"),
        ("Harbour Wire - World", "Harbour Wire"),
        ("Asharq Al-Awsat", "Asharq Al-Awsat"),
        ("feed", None),
        (None, None),
    ],
)
def test_an_outlets_name_out_of_a_title(title, name):
    assert outlet(title) == name


@pytest.mark.parametrize(
    ("url", "section"),
    [
        ("https://a.example/arabi/world/482600/x", "https://a.example/arabi/world"),
        ("https://a.example/2026/11/22/a-long-slug-here/", None),
        ("https://a.example/world/", None),
        ("https://a.example/", None),
    ],
)
def test_the_section_of_an_article(url, section):
    assert section_of(url) == section
