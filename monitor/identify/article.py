"""An entry and its page made one article: its address, title, text, dates and language."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from monitor.identify.address import absolute, canonical, is_front, same_site
from monitor.identify.fingerprint import fingerprint
from monitor.identify.headline import CUT_MARKS, OPENING, headline, opening
from monitor.identify.plain import plain
from monitor.identify.wording import wording
from monitor.model import Article, Entry, Outline, Page, Piece, Source, TextKind
from monitor.text.arabic import fold
from monitor.text.language import guess
from monitor.text.words import sentences

# Fewer folded words than this are a summary or a teaser, not the article.
FULL_TEXT: Final = 60
# As many words and no end: a paywall's teaser, not the article.
_TEASER: Final = 200
# Fewer words than this are a byline, a place or a headline, and need no full stop.
_LINE: Final = 12
# Clocks of publishers run ahead by minutes; more than this is a wrong date.
_AHEAD: Final = timedelta(minutes=10)
# Words from which on a text tells its own language.
_TELLING: Final = 20
_STOPPED: Final = re.compile(r"[.!?؟۔。！？…:\"'»”’)\]」』]\W*$")


def identify(source: Source, entry: Entry, page: Page | None, first_seen: datetime) -> Article:
    """The article that an entry and its page (None where it could not be read) make.

    A date in the future is taken for `first_seen`; one that nobody gave stays None.
    """
    where = _Place.of(source, entry, page)
    outlet = entry.outlet or source.outlet or (page.site_name if page else None)
    title, text = headline(source, entry, page), _text(entry, page)
    if not _says_more(text, title, outlet):
        text = ""
    title = title or opening(text)
    print_ = fingerprint(title, text)
    declared = (page.language if page else None) or entry.language or source.language
    return Article(
        url=where.url,
        link=where.link,
        addresses=where.addresses,
        source=source.name,
        outlet=outlet,
        title=title,
        text=text,
        kind=_kind(text, print_.words),
        language=_language(declared, f"{title}\n{text}", print_.words),
        author=entry.author or (page.author if page else None),
        published=_past(entry.published or (page.published if page else None), first_seen),
        updated=_past(entry.updated or (page.updated if page else None), first_seen),
        first_seen=first_seen,
        fingerprint=print_,
        aggregator=source.aggregator,
        credit=page.credit if page else None,
    )


def outline(source: Source, entry: Entry, first_seen: datetime) -> Outline | None:
    """The article of an entry alone without what only a comparison needs: a tenth of the cost.

    Where it stands, what it says and when are those of `identify`. Its language is the declared
    one, and any text counts as a summary. `whole` makes up for it.
    None for an entry without a headline, whose text would have to be read for one.
    """
    title, text = headline(source, entry, None), _text(entry, None)
    outlet = entry.outlet or source.outlet
    if not title:
        return None
    if text and _repeats(text, title, outlet):
        text = ""
    where = _Place.of(source, entry, None)
    declared = entry.language or source.language
    return Outline(
        url=where.url,
        link=where.link,
        addresses=where.addresses,
        source=source.name,
        outlet=outlet,
        title=title,
        text=text,
        kind="summary" if text else "headline",
        language=_primary(declared) if declared else None,
        author=entry.author,
        published=_past(entry.published, first_seen),
        updated=_past(entry.updated, first_seen),
        first_seen=first_seen,
        aggregator=source.aggregator,
    )


def whole(known: Outline | Article) -> Article:
    """An outline, or an article that was stored as one, as `identify` would have made it: fingerprint, language, kind."""
    text = known.text if _says_more(known.text, known.title, known.outlet) else ""
    print_ = fingerprint(known.title, text)
    return Article(
        url=known.url,
        link=known.link,
        addresses=known.addresses,
        source=known.source,
        outlet=known.outlet,
        title=known.title,
        text=text,
        kind=_kind(text, print_.words),
        language=_language(known.language, f"{known.title}\n{text}", print_.words),
        author=known.author,
        published=known.published,
        updated=known.updated,
        first_seen=known.first_seen,
        fingerprint=print_,
        aggregator=known.aggregator,
    )


def embedded(article: Article, piece: Piece, number: int) -> Article:
    """The second article that stood in the page of `article`; its date is not known."""
    title = piece.title or opening(piece.text)
    print_ = fingerprint(title, piece.text)
    url = f"{article.url}#piece-{number}"
    return replace(
        article,
        url=url,
        link=f"{article.link.partition('#')[0]}#piece-{number}",
        addresses=(url,),
        title=title,
        text=piece.text,
        kind=_kind(piece.text, print_.words),
        language=_language(article.language, f"{title}\n{piece.text}", print_.words),
        author=None,
        published=None,
        updated=None,
        fingerprint=print_,
        credit=None,
    )


class _Place(NamedTuple):
    """Where an article stands: its identity, the address to show, all addresses it is known by."""

    url: str
    link: str
    addresses: tuple[str, ...]

    @classmethod
    def of(cls, source: Source, entry: Entry, page: Page | None) -> _Place:
        """What the page says of itself first, if it speaks of this site; then the entry's address.

        Templates that call the front page or the section canonical on every page
        would make all articles one: such an address is not believed.
        """
        given = _canonical(entry.url, source)
        if given is not None and is_front(given):
            given = None
        final = None
        known = [given] if given is not None else []
        if page is not None:
            final, stated = _canonical(page.url, source), _canonical(page.canonical_url, source)
            known = [
                address
                for address in (stated, given, final)
                if address is not None and not _names_more(address, given)
            ]
            near = [address for address in (given, final) if address is not None]
            if stated in known and not any(
                same_site(stated, one) or _is_mirrored(stated, one) for one in near
            ):
                known.remove(stated)
        guid = f"guid:{source.name}:{entry.guid}" if entry.guid else None
        identity = known[0] if known else _without_address(source, entry)
        addresses = dict.fromkeys([identity, *known, *([guid] if guid else [])])
        link = (page.url if page and final in known else None) or entry.url or source.url
        try:
            link = absolute(link)
        except ValueError:
            link = identity
        return cls(identity, link, tuple(addresses))


def _canonical(url: str | None, source: Source) -> str | None:
    if not url:
        return None
    try:
        return canonical(url, article_id=source.article_id)
    except ValueError:
        return None


def _is_mirrored(stated: str, near: str) -> bool:
    """Whether a page on one host of an outlet states the same path on another (edition.cnn.com)."""
    one, other = urlsplit(stated), urlsplit(near)
    hosts = sorted((f".{one.netloc}", f".{other.netloc}"), key=len)
    return hosts[1].endswith(hosts[0]) and (one.path, one.query) == (other.path, other.query)


def _names_more(address: str, given: str | None) -> bool:
    """Whether an address names a whole site, or the section that the entry's lies in."""
    if is_front(address):
        return True
    bare = address.partition("?")[0]
    numbered = any(letter.isdigit() for letter in bare.rsplit("/", 1)[-1])
    return given is not None and given.startswith(f"{bare}/") and not numbered


def _without_address(source: Source, entry: Entry) -> str:
    """A stable stand-in on the source's host, in the form that `canonical` leaves alone."""
    what = entry.guid or f"{entry.title}\n{entry.summary}"
    digest = blake2b(f"{source.name}\n{what}".encode(), digest_size=8).hexdigest()
    site = (_canonical(source.url, source) or "https://nowhere.invalid/").split("/")[2]
    return f"https://{site}/~/{digest}"


def _text(entry: Entry, page: Page | None) -> str:
    carried = plain(entry.content or entry.summary or "")
    return page.text if page and len(page.text) >= len(carried) else carried


def _says_more(text: str, title: str, outlet: str | None) -> bool:
    """Whether a text is more than its own headline again, as search results carry it."""
    return not set(wording(text)) <= set(wording(f"{title} {outlet}" if outlet else title))


def _repeats(text: str, title: str, outlet: str | None) -> bool:
    """Whether a text is letter by letter its headline again: `not _says_more` without reading it."""
    if len(text) > 2 * len(title) + OPENING:
        return False
    # Words are folded each for itself, and nearly always the first tells.
    begun, first = (fold(one.partition(" ")[0]).split() for one in (text, title))
    if begun and first and begun[0] != first[0]:
        return False
    found = fold(text).split()
    return found in (fold(title).split(), fold(f"{title} {outlet}").split())


def _kind(text: str, words: int) -> TextKind:
    if not words:
        return "headline"
    whole = words >= _TEASER or (words >= FULL_TEXT and not _breaks_off(text))
    return "full" if whole else "summary"


def _breaks_off(text: str) -> bool:
    """Whether a text ends within a sentence, as a paywall cuts it.

    Many an Arabic paragraph has no full stop: where another has none either, that
    is the outlet's way and no cut.
    """
    lines = [one.strip() for one in text.split("\n") if one.strip()]
    last = lines[-1] if lines else ""
    if last.endswith(CUT_MARKS):
        return True
    long = [one for one in lines if len(one.split()) >= _LINE]
    open_ended = [one for one in long if not _STOPPED.search(one)]
    return open_ended == [last] and len(sentences(text)) > 1


def _past(when: datetime | None, first_seen: datetime) -> datetime | None:
    return first_seen if when is not None and when > first_seen + _AHEAD else when


def _language(declared: str | None, text: str, words: int) -> str | None:
    """The text's own language where it is long enough to tell, else the declared one.

    Templates declare one language for a site that prints two. Primary subtag only
    (RFC 5646, 2.2.1).
    """
    seen = guess(text)
    if declared and (seen is None or words < _TELLING):
        return _primary(declared)
    return seen


def _primary(declared: str) -> str:
    return declared.replace("_", "-").split("-")[0].lower()
