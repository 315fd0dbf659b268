"""The fast way through well-formed feeds and feedparser's, side by side: nothing may differ."""

import copy
import random
import re
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest

from bench import farm
from monitor.errors import ParseError
from monitor.model import Reading
from monitor.parse import charset, feed, wellformed
from tests.test_mutations import mutated, samples

NOW = datetime(2025, 4, 28, 12, tzinfo=UTC)
URL = "https://feeds.example/feed"


def both(text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[object, object]:
    """What comes of a text with the fast way and without it."""
    fast = _read(text)
    with monkeypatch.context() as patch:
        patch.setattr(wellformed, "parse", lambda _: None)
        return fast, _read(text)


def _read(text: str) -> Reading | str:
    try:
        return feed.read_feed(text, url=URL, now=NOW)
    except ParseError as error:
        return f"{error.failure}: {error.detail}"


def texts() -> list[str]:
    return [charset.decode(body) for body in samples()]


def taken() -> list[str]:
    """The samples that take the fast way."""
    return [text for text in texts() if wellformed.parse(text) is not None]


def test_every_sample_reads_the_same(monkeypatch):
    fast = taken()
    assert len(fast) >= 25, "the comparison must have something to compare"
    for text in fast:
        one, other = both(text, monkeypatch)
        assert one == other


def test_mutated_samples_read_the_same(monkeypatch):
    fast = [text for n in range(800) if wellformed.parse(text := charset.decode(mutated(n)))]
    assert len(fast) >= 10
    for text in fast:
        one, other = both(text, monkeypatch)
        assert one == other


TEXTS = (
    "", " ", "x", "أهلاً &amp;lt;b&amp;gt; بكم", "a & b", "<p>one</p>", "<b>bold</b> &amp; &nbsp; not", "&#8217;", "a < b",
    "http://a.example/1?x=1&y=2", "/relative/2", "https:///three", "mailto:me@here.example", "http://[", "2025-04-28T10:00:00Z",
    "Mon, 28 Apr 2025 10:00:00 +0300", "me@here.example (Me)", "ar-SA", "60", "hourly", "Ã©t\xe9", "Ø£Ù\x87Ù\x84Ø§", "caf\xe9",
    "line one\nline two", "&amp;copy; 2025", "Tom &amp;amp; Jerry;", "\u202bعنوان\u202c", "\ufffd", "a" * 1_200,
)  # fmt: skip
NAMES = (
    "title", "link", "guid", "description", "pubDate", "author", "category", "comments", "enclosure", "image", "source", "ttl",
    "language", "item", "generator", "managingEditor", "webMaster", "textInput", "cloud", "id", "updated", "content", "name",
    "{http://purl.org/dc/elements/1.1/}creator", "{http://purl.org/dc/elements/1.1/}date", "{http://purl.org/dc/elements/1.1/}title",
    "{http://purl.org/dc/elements/1.1/}description", "{http://purl.org/rss/1.0/modules/content/}encoded",
    "{http://www.w3.org/2005/Atom}link", "{http://www.w3.org/2005/Atom}title", "{http://www.w3.org/2005/Atom}id",
    "{http://www.w3.org/2005/Atom}summary", "{http://www.w3.org/2005/Atom}content", "{http://www.w3.org/2005/Atom}author",
    "{http://www.w3.org/2005/Atom}updated", "{http://www.w3.org/2005/Atom}published", "{http://www.w3.org/2005/Atom}source",
    "{http://search.yahoo.com/mrss/}title", "{http://search.yahoo.com/mrss/}thumbnail", "{http://search.yahoo.com/mrss/}content",
    "{http://rssnamespace.org/feedburner/ext/1.0}origLink", "{http://www.itunes.com/DTDs/PodCast-1.0.dtd}author",
    "{http://a.example/unknown}id", "{http://www.w3.org/1999/xhtml}div", "{http://purl.org/rss/1.0/modules/syndication/}updatePeriod",
)  # fmt: skip
ATTRIBUTES = (
    ("type", "html"), ("type", "text"), ("type", "xhtml"), ("type", "HTML"), ("type", "text/html"), ("rel", "self"), ("rel", "hub"),
    ("rel", "Alternate"), ("href", "http://a.example/9"), ("href", "/9"), ("isPermaLink", "false"), ("isPermaLink", "TRUE"),
    ("lang", "fr"), ("base", "http://b.example/"), ("{http://www.w3.org/XML/1998/namespace}lang", "en"), ("url", "http://a.example/u"),
    ("{http://www.w3.org/XML/1998/namespace}base", "http://c.example/"), ("mode", "escaped"), ("src", "http://a.example/s"),
    ("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about", "http://a.example/about"), ("domain", "x"), ("odd", "1"),
)  # fmt: skip


def grown(number: int, seeds: list[str]) -> str:
    """A well-formed feed changed in a few places, and well-formed still."""
    dice = random.Random(number)
    root = ET.fromstring(dice.choice(seeds).encode())
    for _ in range(dice.choice((1, 1, 2, 3, 6))):
        parents = [one for one in root.iter() if len(one)]
        if not parents:
            break
        parent = dice.choice(parents)
        at = dice.randrange(len(parent))
        child = parent[at]
        match dice.randrange(8):
            case 0:
                child.text = dice.choice(TEXTS)
            case 1:
                parent.insert(dice.randrange(len(parent) + 1), copy.deepcopy(child))
            case 2:
                parent.remove(child)
                parent.insert(dice.randrange(len(parent) + 1), child)
            case 3:
                parent.remove(child)
                if not len(parent):
                    parent.text = dice.choice(TEXTS)
            case 4:
                made = ET.Element(dice.choice(NAMES))
                made.text = dice.choice(TEXTS)
                parent.insert(at, made)
            case 5:
                child.set(*dice.choice(ATTRIBUTES))
            case 6:
                child.tail = dice.choice(TEXTS)
            case _:
                leaf = dice.choice([one for one in root.iter() if not len(one)])
                leaf.tag = dice.choice(NAMES)
    return f'<?xml version="1.0"?>{ET.tostring(root, encoding="unicode")}'


def seeds() -> list[str]:
    """Feeds of every format: the samples', and the bench's."""
    found = [text for text in taken() if len(text) < 20_000]
    return found + [charset.decode(farm.render(number, 100)) for number in (0, 6, 10, 17)]


def compare(numbers: range, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many of these took the fast way, and none of them otherwise than feedparser's."""
    beside, fast = [re.sub(r"^\ufeff?<\?xml.*?\?>", "", one) for one in seeds()], 0
    for number in numbers:
        text = grown(number, beside)
        if wellformed.parse(text) is not None:
            fast += 1
            one, other = both(text, monkeypatch)
            assert one == other, number
    return fast


def test_grown_feeds_read_the_same(monkeypatch):
    assert compare(range(500), monkeypatch) >= 100


@pytest.mark.slow
def test_many_grown_feeds_read_the_same(monkeypatch):
    assert compare(range(500, 20_000), monkeypatch) >= 4_000
