"""An article page: what it says of itself, and its text with the furniture cut."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from monitor.errors import ParseError
from monitor.model import Page, Selectors
from monitor.parse.dates.dates import Stamp, read_date, read_stamp
from monitor.parse.furniture import Clean, clean, is_byline
from monitor.parse.lines import Line, ends, is_headline, stems, words
from monitor.parse.marks import key
from monitor.parse.markup import squeeze, tree
from monitor.parse.page.author import read_author
from monitor.parse.page.body import read_lines, select
from monitor.parse.page.credit import read_credit
from monitor.parse.page.headline import read_headline
from monitor.parse.page.implied import from_address, from_scripts
from monitor.parse.page.metadata import read_metadata
from monitor.parse.page.stamps import is_stamp
from monitor.parse.page.stated import bounded, paragraphs, read_facts, read_state
from monitor.parse.page.visible import Dates, headline, is_same_day, read_visible
from monitor.parse.shown import read_shown
from monitor.parse.wall import soft_404, wall
from monitor.text.language import guess

_TOLD: Final = 2  # words of a headline that its text has
_SHORT: Final = 120  # words: below, the page may be a wall, or hold its text elsewhere
_LONG: Final = 60
_BRIEF: Final = 15  # of a text in the page's data, under its own headline
_HEAD_LINES: Final = 3  # of the text among which the byline may stand
_SIGNED_LINES: Final = 6
_META_WORDS: Final = 30
_SIGN_WORDS: Final = 3  # beside the author's name


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
    head = headline(shown, title)
    author = read_author(stated.authors, shown, head, site=named.site, url=url)
    lines = read_lines(document, selectors, title, author)
    lines = bounded(_without_head(lines, title, author), stated.body)
    cleaned = clean(lines, title)
    if _size(cleaned) < _SHORT:
        cleaned = _longer(cleaned, paragraphs(stated.body or ""), title)
    is_told = _is_told(title, cleaned)
    if _size(cleaned) < _LONG or not is_told:
        state = read_state(document, title)
        in_layout = cleaned
        if state.is_own and not is_told:
            cleaned = clean(state.lines, title)  # what the layout shows is another story's
        else:
            cleaned = _longer(cleaned, state.lines, title, _BRIEF if state.is_own else _LONG)
        # A page that a script fills: its `title` alone may be the site's.
        is_bare = head is None and stated.headline is None and len(stated.titles) < 2
        if cleaned is not in_layout and is_bare and state.title and not stated.h1:
            title = state.title
    if _size(cleaned) < _SHORT:
        if found := wall(text, document):
            raise ParseError(found, failure="blocked")
        if soft_404(document):
            raise ParseError("the page says that it is not there", failure="not-found")
    tongue = _language(stated.language, language, cleaned.text or title or "")
    visible = read_visible(
        shown, title, cleaned.paragraphs, timezone=timezone, language=tongue, head=head
    )
    marked = _marked_date(document, selectors)
    told, changed = (*marked, *stated.published), stated.updated
    if stated.is_doubtful and not marked and visible.published is not None:
        told, changed = (), ()
    if _is_own(stated.of_page[0], visible.published, timezone):
        told, changed = (*told, stated.of_page[0] or ""), (*changed, stated.of_page[1] or "")
    if not told and (facts := read_facts(document, title)):
        told, changed = (facts.published,), (*changed, facts.updated or "")
        author = author or facts.author
    if not told and _agrees(_first(stated.created, timezone, tongue), visible.published):
        told = stated.created
    updated = _first(changed, timezone, tongue)
    published = (
        _published(told, updated, visible, timezone, tongue)
        or next(filter(None, (read_date(one, timezone=timezone) for one in stated.created)), None)
        or read_date(from_scripts(document), timezone=timezone)
        or read_date(from_address(url), timezone=timezone)
    )
    if updated is None or _has_time(visible.updated, updated):
        updated = visible.updated
    return Page(
        url=url,
        canonical_url=stated.canonical_url,
        title=title,
        text=cleaned.text,
        published=published,
        updated=updated and updated.at,
        author=author,
        language=tongue,
        site_name=named.site,
        credit=read_credit(shown),
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
    known = {key(one) for one in (title, author) if one}
    at = 0
    while at < len(lines) and _is_of_head(lines[at], known):
        at += 1
    rest = [
        line
        for number, line in enumerate(lines[at:])
        if not (number < _HEAD_LINES and _is_meta(line.text, known))
        and not (number < _SIGNED_LINES and _is_signed(line.text, author))
    ]
    return [Line(title), *rest] if title and at and is_headline(Line(title)) else rest


def _is_of_head(line: Line, known: set[str]) -> bool:
    """Whether a line above the text is the headline, a button, the byline or has the dates."""
    if is_stamp(line.text):
        return True
    return words(line.text) <= 12 and (
        key(line.text) in known or line.linked or is_byline(line.text)
    )


def _is_meta(text: str, known: set[str]) -> bool:
    """Whether a line under a standfirst is the byline or has the dates."""
    return words(text) <= _META_WORDS and (key(text) in known or is_stamp(text))


def _is_signed(text: str, author: str | None) -> bool:
    """Whether a line names the author and says next to nothing else: "Text: Name", "Name, reporter"."""
    if not author or words(text) > words(author) + _SIGN_WORDS or ends(text):
        return False
    return key(author) in key(text)


def _is_told(title: str | None, cleaned: Clean) -> bool:
    """Whether the text has two words of its headline, in whatever forms; one where that has no more."""
    named = stems(title or "")
    told: set[str] = set()
    for text in cleaned.paragraphs:
        told |= named & stems(text)
        if len(told) >= _TOLD:
            return True
    return len(told) == len(named)


def _size(cleaned: Clean) -> int:
    return sum(map(words, cleaned.paragraphs))


def _longer(cleaned: Clean, lines: Sequence[Line], title: str | None, least: int = _LONG) -> Clean:
    """The article as the page's data hold it, where the layout gave little and they give much."""
    if sum(words(line.text) for line in lines) < max(least, 2 * _size(cleaned)):
        return cleaned
    return clean(lines, title)


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


def _published(
    stated: Sequence[str],
    updated: Stamp | None,
    visible: Dates,
    timezone: str | None,
    language: str | None,
) -> datetime | None:
    """As stated, else as shown; of two that agree on the day, the one with a time.

    A day stated alone may be the next one to what the page shows, in a zone further
    east, and a time without a zone may be in UTC.
    """
    found, shown = _first(stated, timezone, language), visible.published
    if found is None:
        return shown and shown.at
    if shown is None:
        changed = visible.updated
        # One day for both, of which the page shows the time as that of its last change.
        is_both = updated is not None and updated.at == found.at
        return changed.at if changed and is_both and _has_time(changed, found) else found.at
    is_before = shown.timed and not found.timed and is_same_day(found.at, shown.at)
    plain = _first(stated, None, language) if timezone and shown.timed else None
    is_utc = plain is not None and plain.at == shown.at
    return shown.at if _has_time(shown, found) or is_before or is_utc else found.at


def _is_own(of_page: str | None, shown: Stamp | None, timezone: str | None) -> bool:
    """Whether the page's own date is the article's, and not the template's: of the day that it shows."""
    stamp = read_stamp(of_page, timezone=timezone)
    return stamp is not None and (
        shown is None or is_same_day(stamp.at, shown.at) or is_same_day(shown.at, stamp.at)
    )


def _agrees(made: Stamp | None, shown: Stamp | None) -> bool:
    """Whether a record was made in the minute that the page shows, or on the day where it shows no time."""
    if made is None or shown is None:
        return False
    if shown.timed:
        return 0 <= (made.at - shown.at).total_seconds() < 60
    return made.timed and is_same_day(made.at, shown.at)


def _has_time(shown: Stamp | None, stated: Stamp) -> bool:
    """Whether what the page shows tells when on the stated day it was."""
    return (
        shown is not None and shown.timed and not stated.timed and is_same_day(shown.at, stated.at)
    )


def _first(stated: Sequence[str], timezone: str | None, language: str | None) -> Stamp | None:
    """The first that is a date; of one without a time another that tells the time on that day."""
    found = (read_stamp(text, timezone=timezone, language=language) for text in stated)
    first = next((stamp for stamp in found if stamp), None)
    if first is None or first.timed:
        return first
    return next((one for one in found if _has_time(one, first)), first)
