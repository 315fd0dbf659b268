"""Listing pages to entries, by the source's CSS selectors or else by the page's layout."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from monitor.errors import ParseError
from monitor.identify.address import absolute
from monitor.model import Entry, Reading, Selectors
from monitor.parse import articles
from monitor.parse.dates.dates import read_date
from monitor.parse.markup import language_code, squeeze, tree
from monitor.parse.wall import wall

_HEADINGS: Final = "h1, h2, h3, h4, h5, h6"
_LABEL_WORDS: Final = 2  # "more", "read on"
_CLIMB: Final = 6  # parents between a link and the box that holds its date


def read_listing(
    text: str,
    *,
    url: str,
    selectors: Selectors | None,
    timezone: str | None = None,
    now: datetime | None = None,
    pattern: str | None = None,
) -> Reading:
    """One entry for each address that `selectors.links` finds, in the page's order.

    A node that is no link stands for the link in or around it. The title is the
    longest of a link's texts. `selectors.date` is looked for in the box around
    one link. Without `selectors.links` the articles are found by layout, and
    by `pattern`, which an earlier reading of the source gave: links of that form are
    the articles as long as there are any. ParseError when nothing is found, or the
    page is a wall.
    """
    document = tree(text)
    base = base_address(document, url)
    language = language_code(_attribute(document, "html", "lang"))
    name = document.css_first("title")
    heading = squeeze(name.text()) or None if name else None
    if selectors is None or selectors.links is None:
        found = articles.find(
            document,
            url=url,
            base=base,
            timezone=timezone,
            now=now,
            language=language,
            pattern=pattern,
        )
        if not found.entries:
            raise _nothing(
                text, document, "no article links found; name them: selectors: {links: ...}"
            )
        return Reading(
            entries=found.entries,
            title=heading,
            language=language,
            notes=found.notes,
            pattern=found.pattern,
        )
    links = _links(document, selectors.links)
    titles: dict[str, str] = {}
    dates: dict[str, datetime] = {}
    for node, link in links:
        try:
            address = absolute(link.attributes.get("href") or "", base)
        except ValueError:
            continue
        title = _title(node, link)
        if len(title) >= len(titles.get(address, "")):
            titles[address] = title
        if selectors.date and address not in dates:
            written = _date(link, selectors.date)
            if moment := read_date(written, timezone=timezone, now=now):
                dates[address] = moment
    if not titles:
        raise _nothing(text, document, f"selectors.links finds no link: {selectors.links}")
    return Reading(
        entries=tuple(
            Entry(url=address, title=title or None, published=dates.get(address), language=language)
            for address, title in titles.items()
        ),
        title=heading,
        language=language,
    )


def _nothing(text: str, document: LexborHTMLParser, detail: str) -> ParseError:
    if found := wall(text, document):
        return ParseError(found, failure="blocked")
    return ParseError(detail)


def base_address(document: LexborHTMLParser, url: str) -> str:
    """What relative addresses of the page hang on: its `<base>`, or where it was found."""
    stated = _attribute(document, "base[href]", "href")
    try:
        return absolute(stated, url) if stated else url
    except ValueError:
        return url


def _attribute(document: LexborHTMLParser, selector: str, name: str) -> str | None:
    node = document.css_first(selector)
    return node.attributes.get(name) if node else None


def _links(document: LexborHTMLParser, selector: str) -> list[tuple[LexborNode, LexborNode]]:
    """Each selected node with the link that it is, holds or stands in."""
    try:
        nodes = document.css(selector)
    except (SelectolaxError, ValueError) as fault:
        raise ParseError(f"selectors.links is no CSS selector ({selector}): {fault}") from None
    found = []
    for node in nodes:
        link = node if node.tag == "a" else node.css_first("a[href]") or _around(node)
        if link is not None:
            found.append((node, link))
    return found


def _around(node: LexborNode) -> LexborNode | None:
    parent = node.parent
    while parent is not None and parent.tag not in {"a", "body"}:
        parent = parent.parent
    return parent if parent is not None and parent.tag == "a" else None


def _title(node: LexborNode, link: LexborNode) -> str:
    """What the node says: its heading, its link's text or title, its picture's words."""
    heading = link.css_first(_HEADINGS) or node.css_first(_HEADINGS)
    picture = link.css_first("img[alt]")
    text = squeeze(link.text(separator=" "))
    stated = (
        heading.text(separator=" ") if heading else "",
        text if len(text.split()) > _LABEL_WORDS else "",
        link.attributes.get("title") or "",
        (picture.attributes.get("alt") or "") if picture else "",
        node.text(separator=" ")
        if node.css_matches(_HEADINGS)
        else "",  # "Bridge opens <a>more</a>"
        text,
    )
    return next((words for value in stated if (words := squeeze(value))), "")


def _date(link: LexborNode, selector: str) -> str | None:
    """The date in the smallest box around the link; none once the box holds another link's date."""
    box: LexborNode | None = link
    for _ in range(_CLIMB):
        if box is None or box.tag == "body":
            return None
        try:
            found = box.css(selector)
        except (SelectolaxError, ValueError) as fault:
            raise ParseError(f"selectors.date is no CSS selector ({selector}): {fault}") from None
        if found:
            node = found[0]
            stamp = node.attributes.get("datetime") or node.attributes.get("data-unixtime")
            return (stamp or node.text(separator=" ")) if len(found) == 1 else None
        box = box.parent
    return None
