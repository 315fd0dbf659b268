"""Which of two candidates is the better source: pairs that differ in one thing, and what outweighs what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.model import Entry, Page, Reading
from monitor.parse.link import Link
from monitor.parse.rank import Asked, Offer, asked, ranked, weigh

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SITE = "https://paper.example"
ARABIC = "مجلس المدينة يقر خطة لترميم الجسر رقم {}"
ENGLISH = "The city council has approved the plan to mend bridge {}"


def entries(count: int = 10, **changes) -> tuple[Entry, ...]:
    """Fresh, dated, Arabic, of the site itself, a summary each, unless `changes` say otherwise."""
    host, folder = changes.pop("host", SITE), changes.pop("folder", "news")
    title = changes.pop("title", ARABIC)
    given = {
        "published": NOW - timedelta(hours=3),
        "summary": "<p>كلام قصير عن الجسر</p>",
    } | changes
    return tuple(
        Entry(url=f"{host}/{folder}/{number}0001", title=title.format(number), **given)
        for number in range(count)
    )


SHOWN = [Link(kind="article", url=one.url, title=one.title) for one in entries(8)]
HOME = asked(SITE + "/", None, SHOWN)
OLD = NOW - timedelta(days=700)


def offer(
    path: str = "/feed", kind: str = "feed", found: str = "declared", at: Asked = HOME, **changes
) -> Offer:
    """A candidate; its entries are those of `entries(**changes)`."""
    link = Link(kind="feed", url=SITE + path, found=found)
    return weigh(link, kind, Reading(entries=entries(**changes)), at, NOW)


FRESH_SITEMAP = offer("/sitemap.xml", "sitemap", summary=None)
LISTING = offer("/", "listing", "itself", published=None, summary=None)
PAIRS = {
    "entries before none": (LISTING, offer(count=0)),
    "own articles before a stranger's feed": (
        LISTING,
        offer(host="https://other.example", folder="x", title="خبر لا تعرضه الصفحة عن شيء آخر {}"),
    ),
    "fresh before old": (FRESH_SITEMAP, offer(published=OLD, folder="old")),
    "a page of today before an old feed": (LISTING, offer(published=OLD, folder="old")),
    "fresh before undated": (FRESH_SITEMAP, offer(published=None, folder="other")),
    "the page's language before the form": (FRESH_SITEMAP, offer(title=ENGLISH)),
    "enough before the form": (FRESH_SITEMAP, offer(count=2)),
    "feed before news sitemap": (offer(), FRESH_SITEMAP),
    "news sitemap before posts": (FRESH_SITEMAP, offer("/wp-json/wp/v2/posts")),
    "posts before listing": (
        offer("/wp-json/wp/v2/posts"),
        offer("/", "listing", "itself", summary=None),
    ),
    "listing before plain sitemap": (
        LISTING,
        offer("/sitemap.xml", "sitemap", published=None, updated=NOW, folder="any", title=""),
    ),
    "what the page shows before how it was found": (
        offer(found="guessed"),
        offer(title="حلقة من البرنامج الإذاعي الأسبوعي {}", folder="shows"),
    ),
    "declared before linked": (offer(), offer("/b", found="linked")),
    "linked before platform": (offer(found="linked"), offer("/b", found="platform")),
    "platform before guessed": (offer(found="platform"), offer("/b", found="guessed")),
    "dates before none": (offer(), offer("/b", published=None)),
    "full texts before summaries": (
        offer("/b", content="<p>" + "كلمة من المقال " * 60 + "</p>"),
        offer(),
    ),
    "summaries before headlines": (offer("/b"), offer(summary=None)),
    "many before few": (offer("/b"), offer(count=6)),
}


@pytest.mark.parametrize(("better", "worse"), PAIRS.values(), ids=PAIRS)
def test_which_is_better(better, worse):
    assert ranked([better, worse])[0] is better
    assert ranked([worse, better])[0] is better


def test_of_equals_the_first_stays_first():
    one, other = offer("/a"), offer("/b")
    assert ranked([one, other]) == (one, other)


def test_a_sections_feed_before_the_sites():
    at = asked(SITE + "/world", None, SHOWN)
    section = offer("/world/feed", at=at)
    site = offer("/feed", at=at, count=40)
    assert ranked([site, section])[0] is section
    assert (section.sure, site.sure) == (True, False)


def test_an_old_date_on_what_the_page_links_to_today_is_no_old_feed():
    quiet = offer(published=NOW - timedelta(days=60))
    assert quiet.sure
    assert "fresh" in quiet.why
    same_words = offer(published=OLD, folder="old")  # a headline may be used again
    assert "nothing new for two weeks" in same_words.why


def test_a_date_in_the_future_is_a_mistake_and_not_news():
    found = offer(published=NOW + timedelta(days=20), folder="other")
    assert found.newest is None
    assert not found.sure


@pytest.mark.parametrize(
    "changes",
    [
        {"count": 2},
        {"published": OLD, "folder": "old"},
        {"title": ENGLISH},
        {"folder": "x", "title": "شيء آخر لا تعرضه الصفحة {}"},
    ],
    ids=["few", "old", "another language", "other things"],
)
def test_what_is_not_sure(changes):
    assert offer().sure
    assert not offer(**changes).sure


def test_an_aggregator_is_known_by_many_owners():
    hosts = [f"https://paper{number}.example" for number in range(4)]
    mixed = tuple(one for host in hosts for one in entries(3, host=host))
    link = Link(kind="feed", url=SITE + "/feed", found="declared")
    found = weigh(link, "feed", Reading(entries=mixed), HOME, NOW)
    assert found.aggregator
    assert found.usable
    assert not offer().aggregator


def test_the_language_is_that_of_the_headlines_and_not_of_the_menu():
    english_menu = Page(url=SITE, title="Channel - VideoSite", language="en")
    assert asked(SITE + "/", english_menu, SHOWN).language == "ar"
    assert asked(SITE + "/", Page(url=SITE, title="قناة المنبر - VideoSite"), []).language == "ar"


@pytest.mark.parametrize(
    ("path", "page", "place"),
    [
        ("/", None, "home"),
        ("/world", None, "section"),
        ("/world/482600/any", None, "article"),
        ("/2026/11/short/", Page(url=None, published=NOW, text="ن" * 900), "article"),
        ("/world", Page(url=None, published=NOW, text="قصير"), "section"),
    ],
)
def test_what_was_asked_for(path, page, place):
    assert asked(SITE + path, page, []).place == place
