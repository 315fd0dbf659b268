"""The articles that a listing page links to, told from its other links by layout and address."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.identify.address import absolute, canonical, is_front_page
from monitor.model import Entry
from monitor.parse.dates import read_date
from monitor.parse.places import Boxes, Places, same_owner
from monitor.parse.shape import Shape, shape, tells_article
from monitor.parse.titles import HEADED, Title, around, is_headline, of_link

_MAX_LINKS: Final = 3_000  # listings have at most some hundreds
_MAX_ADDRESS: Final = 2_000  # letters
_FEWEST: Final = 3  # articles that make a listing
_CONVINCING: Final = 3  # points of a group of links
# First parts of addresses of lists and services, whatever follows.
_NO_ARTICLE: Final = re.compile(
    r"/(?:tags?|topics|authors?|search|login|log-in|signin|sign-in|signup|register|subscribe|subscription"
    r"|account|user|users|member|members|profile|wp-(?:login|admin|json|content)|feeds?|rss|cdn-cgi"
    r"|share|print|ads?|adclick|banners?|etiket|etiketler|tegi?|keyword|keywords)(?:/|\.\w+$|$)",
    re.IGNORECASE,
)
_LIST: Final = re.compile(r"/(?:categor(?:y|ies)|kategori|rubric|page|archive)/", re.IGNORECASE)
_FILE: Final = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|zip|xml|rss|atom|rdf|css|js|apk|docx?|xlsx?)$",
    re.IGNORECASE,
)
_STAMPED: Final = (
    "time[datetime], [data-unixtime], [data-timestamp], [data-published], [itemprop=datePublished]",
    "time, [data-time], [data-date]",
    "[class*=date i], [class*=time i]",
)
_STAMP_KEYS: Final = (
    "datetime",
    "content",
    "data-unixtime",
    "data-timestamp",
    "data-published",
    "data-time",
    "data-date",
)


@dataclass(slots=True)
class _Link:
    """One address with every link to it that stands outside the page's furniture."""

    url: str
    shape: Shape
    layout: str
    title: Title
    telling: bool
    nodes: list[LexborNode] = field(default_factory=list)
    layouts: set[str] = field(default_factory=set)

    @property
    def headline(self) -> bool:
        return is_headline(self.title.text)


def find(
    document: LexborHTMLParser,
    *,
    url: str,
    base: str,
    timezone: str | None = None,
    now: datetime | None = None,
    language: str | None = None,
) -> tuple[Entry, ...]:
    """The page's articles, once each, in the order of the page; none where nothing convinces.

    Links are one group where tags and classes around them are the same. A group
    is taken for articles by its texts (as long as headlines), its addresses
    (number, date or headline in them), headings and dates; any other link with
    an address of the same shape and a headline's text comes with it.
    """
    links = _links(document, url, base)
    taken = _taken(list(links.values()))
    if len(taken) < _FEWEST:
        return ()
    boxes = Boxes([link.nodes for link in taken])
    return tuple(
        Entry(
            url=link.url,
            title=link.title.text or None,
            published=_date(boxes.own(number), timezone, now, language),
            language=language,
        )
        for number, link in enumerate(taken)
    )


def _links(document: LexborHTMLParser, url: str, base: str) -> dict[str, _Link]:
    """Every address that may be an article's, by its canonical form."""
    places = Places()
    own = _key(url)
    keys: dict[str, str | None] = {}
    seen: list[tuple[LexborNode, str, str, Title]] = []
    for node in document.css("a[href]")[:_MAX_LINKS]:
        address = _address(node, base)
        if address is None or not same_owner(address, url):
            continue
        if address not in keys:
            keys[address] = _key(address)
        key = keys[address]
        if key is None or key == own or not _may_be_article(key):
            continue
        title = of_link(node)
        places.add(node, key if is_headline(title.text) else None)
        seen.append((node, address, key, title))
    links: dict[str, _Link] = {}
    for node, address, key, title in seen:
        if places.in_furniture(node):
            continue
        link = links.get(key)
        layout = places.layout(node)
        if link is None:
            of = shape(key)
            link = links[key] = _Link(address, of, layout, title, tells_article(of))
        elif title.rank > link.title.rank:
            link.title, link.url, link.layout = title, address, layout
        link.nodes.append(node)
        link.layouts.add(layout)
    boxes = Boxes([link.nodes for link in links.values()])
    for number, link in enumerate(links.values()):
        if link.title.rank < HEADED and (better := around(boxes.own(number))):
            link.title = better
    return links


def _address(node: LexborNode, base: str) -> str | None:
    attributes = node.attributes
    href = (attributes.get("href") or "").strip()
    if (
        not href
        or href.startswith("#")
        or len(href) > _MAX_ADDRESS
        or "sponsored" in (attributes.get("rel") or "")
    ):
        return None
    try:
        return absolute(href, base)
    except ValueError:
        return None


def _key(url: str) -> str | None:
    try:
        return canonical(url)
    except ValueError:
        return None


def _may_be_article(key: str) -> bool:
    path = re.sub(r"^https?://[^/]*", "", key).split("?")[0]
    if is_front_page(key) and "?" not in key:
        return False
    if _FILE.search(path) or _NO_ARTICLE.match(path) or re.search(r"/(?:tag|author)/", path):
        return False
    return not (_LIST.search(path) and not re.search(r"\d{4,}", path))


def _taken(links: Sequence[_Link]) -> list[_Link]:
    groups: dict[str, list[_Link]] = defaultdict(list)
    for link in links:
        for layout in link.layouts:
            groups[layout].append(link)
    convincing = {layout for layout, group in groups.items() if _points(group) >= _CONVINCING}
    layouts = {
        layout: sum(link.telling for link in groups[layout]) / len(groups[layout])
        for layout in convincing
    }
    shapes = _shapes(links, convincing)
    return [
        link for link in links if link.title.text and _belongs(link, shapes=shapes, layouts=layouts)
    ]


def _belongs(link: _Link, *, shapes: set[Shape], layouts: dict[str, float]) -> bool:
    around_it = [layouts[layout] for layout in link.layouts if layout in layouts]
    if link.shape in shapes:
        return link.headline or (bool(around_it) and len(link.title.text.split()) > 1)
    if not (link.headline and around_it):
        return False
    # Among articles that are known by their addresses, one of another kind is a special page.
    return min(around_it) < 1 / 3 or (link.telling and link.title.rank >= HEADED)


def _points(group: Sequence[_Link]) -> int:
    count = len(group)
    headlines = [link for link in group if link.headline]
    if len(headlines) < _FEWEST or len(headlines) * 2 < count:
        return 0
    common = Counter(link.shape for link in group if link.telling).most_common(1)
    words = sum(len(link.title.text.split()) for link in headlines) / len(headlines)
    return (
        2 * (bool(common) and common[0][1] >= 0.6 * count)
        + (sum(link.title.rank >= HEADED for link in group) >= 0.6 * count)
        + (words >= 6)
        + (count >= 8)
    )


def _shapes(links: Iterable[_Link], convincing: set[str]) -> set[Shape]:
    """Shapes of articles' addresses: borne by a convincing group, or by many headlines."""
    by_shape: dict[Shape, list[_Link]] = defaultdict(list)
    for link in links:
        if link.telling and link.headline:
            by_shape[link.shape].append(link)
    return {
        of
        for of, group in by_shape.items()
        if len(group) >= 2 * _FEWEST
        or sum(bool(link.layouts & convincing) for link in group) >= _FEWEST
        or sum(link.title.rank >= HEADED for link in group) >= _FEWEST
    }


def _date(
    boxes: Iterable[LexborNode], timezone: str | None, now: datetime | None, language: str | None
) -> datetime | None:
    for box in boxes:
        for selector in _STAMPED:
            for stamp in box.css(selector)[:4]:
                moment = read_date(_written(stamp), timezone=timezone, now=now, language=language)
                if moment:
                    return moment
    return None


def _written(stamp: LexborNode) -> str:
    attributes = stamp.attributes
    stated = next((value for key in _STAMP_KEYS if (value := attributes.get(key))), None)
    text = stated or stamp.text(separator=" ")
    return text if len(text) < 80 else ""
