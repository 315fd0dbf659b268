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
from monitor.parse.dates import Stamp, read_date, read_stamp
from monitor.parse.furniture import Clean, Line, clean, is_byline, is_headline, words
from monitor.parse.headline import read_headline
from monitor.parse.marks import key
from monitor.parse.markup import plain, squeeze, tree
from monitor.parse.metadata import Metadata, read_metadata
from monitor.parse.shown import read_shown
from monitor.parse.visible import Dates, is_same_day, read_visible
from monitor.parse.wall import soft_404, wall
from monitor.text.language import guess

_SHORT: Final = 120  # words: below, the page may be a wall, or hold its text elsewhere
_LONG: Final = 60


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
    outranks what the layout suggests. ParseError `blocked` for an access wall,
    `not-found` for a page that says it is not there.
    """
    document = tree(text)
    stated = read_metadata(document, url)
    shown = read_shown(document)
    named = read_headline(document, stated, shown)
    title = _marked_title(document, selectors) or named.title
    lines = read_lines(document, selectors, title)
    cleaned = clean(_without_head(lines, title, stated.author), title)
    if words(cleaned.text) < _SHORT:
        if found := wall(text, document):
            raise ParseError(found, failure="blocked")
        if soft_404(document):
            raise ParseError("the page says that it is not there", failure="not-found")
        cleaned = _longer(cleaned, stated.body, title)
    tongue = _language(stated.language, language, cleaned.text or title or "")
    published, updated = _dates(
        stated,
        _marked_date(document, selectors),
        read_visible(shown, title, cleaned.paragraphs, timezone=timezone, language=tongue),
        timezone,
        tongue,
    )
    return Page(
        url=url,
        canonical_url=stated.canonical_url,
        title=title,
        text=cleaned.text,
        published=published,
        updated=updated,
        author=stated.author,
        language=tongue,
        site_name=named.site,
        pieces=cleaned.pieces,
    )


def _marked_title(document: LexborHTMLParser, selectors: Selectors | None) -> str | None:
    if selectors and selectors.title:
        for node in select(document, selectors.title):
            if text := squeeze(node.text(separator=" ")):
                return text
    return None


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


def _dates(
    stated: Metadata,
    marked: Sequence[str],
    visible: Dates,
    timezone: str | None,
    language: str | None,
) -> tuple[datetime | None, datetime | None]:
    """When it was published and changed: as marked, as stated, as shown, as scripts and address say.

    Of two dates that agree on the day, the one with a time is the better.
    """

    def first(texts: Sequence[str]) -> Stamp | None:
        found = (read_stamp(one, timezone=timezone, language=language) for one in texts)
        return next((one for one in found if one), None)

    published = first((*marked, *stated.published))
    shown = visible.published
    if published is None:
        published = shown or first(stated.scripts) or first(stated.address)
    elif not published.timed and shown and shown.timed and is_same_day(shown.at, published.at):
        published = shown
    updated = first(stated.updated) or visible.updated
    return published and published.at, updated and updated.at
