"""The articles that a listing page links to, told from its other links by layout and address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.identify.address import absolute, canonical, is_front_page
from monitor.model import Entry
from monitor.parse.dates.dates import read_date
from monitor.parse.groups import Link, by_layout, of_known_form, passed_over
from monitor.parse.places import Boxes, Places, same_owner
from monitor.parse.shape import forms, shape, teller, tells_article
from monitor.parse.titles import HEADED, Title, around, is_headline, of_link

_MAX_LINKS: Final = 3_000  # listings have at most some hundreds
_MAX_ADDRESS: Final = 2_000  # letters
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


@dataclass(frozen=True, slots=True)
class Found:
    """The articles, the form of their addresses for the next reading, and what was odd."""

    entries: tuple[Entry, ...] = ()
    pattern: str | None = None
    notes: tuple[str, ...] = ()


def find(
    document: LexborHTMLParser,
    *,
    url: str,
    base: str,
    timezone: str | None = None,
    now: datetime | None = None,
    language: str | None = None,
    pattern: str | None = None,
) -> Found:
    """The page's articles, once each, in the order of the page; none where nothing convinces.

    Links are one group where tags and classes around them are the same. A group
    is taken for articles by its texts (as long as headlines), its addresses
    (number, date or headline in them), headings and dates; any other link with
    an address of the same shape and a headline's text comes with it.

    With the `pattern` of an earlier reading that is no question as long as one
    link has that form: the groups of such links are the articles', however few
    they are, and no other group is, whatever it looks like.
    """
    tells = teller(pattern)
    links = _links(document, url, base, tells)
    known = {link.shape for link in links if link.known}
    taken = of_known_form(links, known)
    notes: tuple[str, ...] = ()
    if taken:
        pattern = forms((link.key for link in taken if link.shape in known), pattern)
        notes = passed_over(by_layout(links), taken)
    else:
        taken = by_layout(_links(document, url, base, None) if tells else links)
        learnt = forms(link.key for link in taken)
        if tells and taken:
            form = learnt or "no common one"
            notes = (f"addresses have another form than before: {form}, not {pattern}",)
        pattern = learnt
    boxes = Boxes([link.nodes for link in taken])
    entries = tuple(
        Entry(
            url=link.url,
            title=link.title.text or None,
            published=_date(boxes.own(number), timezone, now, language),
            language=language,
        )
        for number, link in enumerate(taken)
    )
    return Found(entries, pattern, notes)


def _links(
    document: LexborHTMLParser, url: str, base: str, tells: Callable[[str], bool] | None
) -> list[Link]:
    """Every address that may be an article's, once by its canonical form."""
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
        seen.append((node, address, key, of_link(node)))
    known = {key for key in {key for _, _, key, _ in seen} if tells and tells(key)}
    places = Places()
    for node, _, key, title in seen:
        # The box that holds the known articles is no furniture, whatever stands beside it today.
        counts = key in known if known else is_headline(title.text)
        places.add(node, key if counts else None)
    links: dict[str, Link] = {}
    for node, address, key, title in seen:
        if places.in_furniture(node):
            continue
        link = links.get(key)
        layout = places.layout(node)
        if link is None:
            of = shape(key)
            link = links[key] = Link(
                url=address,
                key=key,
                known=key in known,
                shape=of,
                title=title,
                telling=tells_article(of),
            )
        elif title.rank > link.title.rank:
            link.title, link.url = title, address
        link.nodes.append(node)
        link.layouts.add(layout)
    boxes = Boxes([link.nodes for link in links.values()])
    for number, link in enumerate(links.values()):
        if link.title.rank < HEADED and (better := around(boxes.own(number))):
            link.title = better
    return list(links.values())


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
