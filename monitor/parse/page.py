"""An article page: what it says of itself, and its text with the furniture cut."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from monitor.errors import ParseError
from monitor.model import Page, Selectors
from monitor.parse.body import read_lines, select
from monitor.parse.dates import read_date
from monitor.parse.furniture import Clean, Line, clean, is_byline, is_headline, words
from monitor.parse.marks import key
from monitor.parse.markup import plain, squeeze, tree
from monitor.parse.metadata import Metadata, read_metadata
from monitor.parse.wall import wall
from monitor.text.language import guess

_SHORT: Final = 120  # words: below, the page may be a wall, or hold its text elsewhere
_LONG: Final = 60
_SUFFIX: Final = re.compile(r"\s+[|–—-]\s+|\s*\|\s*|\s+::\s+|\s+»\s+")


def read(
    text: str,
    *,
    url: str | None,
    selectors: Selectors | None = None,
    language: str | None = None,
    timezone: str | None = None,
) -> Page:
    """The page that the markup holds.

    What the user's selectors find outranks what the page states, and that
    outranks what the layout suggests. ParseError `blocked` for an access wall.
    """
    document = tree(text)
    stated = read_metadata(document, url)
    title = _title(document, stated, selectors)
    lines = read_lines(document, selectors)
    cleaned = clean(_without_head(lines, title, stated.author), title)
    if words(cleaned.text) < _SHORT:
        if found := wall(text, document):
            raise ParseError(found, failure="blocked")
        cleaned = _longer(cleaned, stated.body, title)
    tongue = _language(stated.language, language, cleaned.text or title or "")
    marked = _marked_date(document, selectors)
    return Page(
        url=url,
        canonical_url=stated.canonical_url,
        title=title,
        text=cleaned.text,
        published=_date((*marked, *stated.published), timezone, tongue),
        updated=_date(stated.updated, timezone, tongue),
        author=stated.author,
        language=tongue,
        site_name=stated.site_name,
        pieces=cleaned.pieces,
    )


def _title(document: LexborHTMLParser, stated: Metadata, selectors: Selectors | None) -> str | None:
    if selectors and selectors.title:
        for node in select(document, selectors.title):
            if text := squeeze(node.text(separator=" ")):
                return text
    heading = stated.h1[0] if len(set(stated.h1)) == 1 else None
    candidates = [one for one in (stated.headline, *stated.titles) if one]
    if not candidates:
        return heading or (stated.h1[0] if stated.h1 else None)
    title = _without_site(candidates[0], stated)
    # A headline cut short for machines; the page shows it whole.
    cut = key(title.rstrip("….").rstrip())
    whole = (one for one in (*stated.h1, *candidates) if len(key(one)) > len(cut) and cut)
    if title.endswith(("…", "...")):
        return next((one for one in whole if key(one).startswith(cut)), title)
    return title


def _without_site(title: str, stated: Metadata) -> str:
    """`Headline | Site` without the site, where the page shows that it is one."""
    for mark in reversed(list(_SUFFIX.finditer(title))):
        head, tail = title[: mark.start()], title[mark.end() :]
        shown = any(key(head) == key(one) for one in stated.h1)
        if head and (shown or (stated.site_name and key(tail) == key(stated.site_name))):
            return head
    return title


def _without_head(lines: Sequence[Line], title: str | None, author: str | None) -> list[Line]:
    """The lines without what stands between headline and text: byline, date, section."""
    at = 0
    while at < len(lines) and words(lines[at].text) <= 12:
        line = lines[at]
        bare = key(line.text)
        known = {key(one) for one in (title, author) if one}
        if not (bare in known or line.linked or is_byline(line.text) or _is_stamp(line.text)):
            break
        at += 1
    return (
        [Line(title), *lines[at:]]
        if title and at and is_headline(Line(title))
        else list(lines[at:])
    )


def _is_stamp(text: str) -> bool:
    return words(text) <= 10 and any(map(str.isdigit, text)) and read_date(text) is not None


def _longer(cleaned: Clean, body: str | None, title: str | None) -> Clean:
    """The article as JSON-LD holds it, where the layout gave little and it gives much."""
    if not body or words(body) < max(_LONG, 2 * words(cleaned.text)):
        return cleaned
    parts = re.split(r"(?:\s*\n\s*)+|<br\s*/?>|</p>", body)
    return clean([Line(text) for part in parts if (text := plain(part))], title)


def _language(stated: str | None, given: str | None, text: str) -> str | None:
    """The page's own language; themes leave `en` on pages in any, so there the text is asked."""
    if stated and stated != "en":
        return stated
    guessed = guess(text)
    return guessed or stated or given


def _marked_date(document: LexborHTMLParser, selectors: Selectors | None) -> tuple[str, ...]:
    if not selectors or not selectors.date:
        return ()
    nodes = select(document, selectors.date)
    return tuple(
        node.attributes.get("datetime") or squeeze(node.text(separator=" ")) for node in nodes[:3]
    )


def _date(stated: Sequence[str], timezone: str | None, language: str | None) -> datetime | None:
    for text in stated:
        if (found := read_date(text, timezone=timezone, language=language)) is not None:
            return found
    return None
