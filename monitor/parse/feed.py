"""RSS, RDF and Atom to entries: what the well-formed ones state, by feedparser the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final

from monitor.errors import ParseError
from monitor.identify.address import linked
from monitor.model import Entry, Reading
from monitor.parse import wellformed
from monitor.parse.announced import address, lifetime
from monitor.parse.dates.dates import Dated, read_date
from monitor.parse.markup import (
    Clean,
    escaped,
    first_words,
    language_code,
    plain,
    sanitise,
    squeeze,
)

_MAILBOX: Final = re.compile(r"[^\s@]+@[^\s@]+ \((.+)\)")
_WEB: Final = re.compile(r"\s*https?://", re.IGNORECASE)
_CLOSED: Final = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf|channel)\s*>", re.IGNORECASE)


def read_feed(
    text: str, *, url: str, timezone: str | None = None, now: datetime | None = None
) -> Reading:
    """The feed's entries in its order; one without entries is an empty Reading.

    An ill-formed feed is read as far as it goes and says so in `notes`. `url`
    is where it was found, the last base of relative links; `timezone` is for
    dates that state none. ParseError when it is no feed.
    """
    parsed: Any = wellformed.parse(text)
    if parsed is None:
        from monitor.parse import illformed  # noqa: PLC0415  feedparser is slow to load

        parsed = illformed.parse(text)
    if not parsed.version and not parsed.entries:
        raise ParseError("neither RSS nor Atom")
    kept = reading(parsed, url=url, timezone=timezone, now=now)
    if kept.notes and not kept.entries and not _CLOSED.search(text[-1_000:]):
        raise ParseError("a feed that breaks off before its first entry")
    return kept


def reading(
    parsed: Any,
    *,
    url: str,
    timezone: str | None,
    now: datetime | None,
    clean: Clean = sanitise,
    dated: Dated = read_date,
) -> Reading:
    """What a parsed feed says. `clean` and `dated` read its fragments of HTML and its dates."""
    feed = parsed.feed
    links, rss = dict.get(feed, "links") or [], parsed.version.startswith("rss")
    reader = _Reader(
        base=_base(parsed, url),
        timezone=timezone,
        now=now,
        language=language_code(dict.get(feed, "language")),
        # RFC 4287, 4.2.1: an entry without an author has the feed's. RSS names an editor there.
        author=None if rss else _author(feed, rss=False),
        rss=rss,
        clean=clean,
        dated=dated,
    )
    entries = [reader.entry(found) for found in parsed.entries]
    return Reading(
        # A feed that was cut off ends with an entry of which nothing came.
        entries=tuple(entry for entry in entries if entry.url or entry.guid or entry.title),
        title=_text(feed, "title"),
        language=reader.language,
        notes=(f"ill-formed: {squeeze(parsed.fault)[:200]}",) if parsed.fault else (),
        ttl=lifetime(feed),
        hub=address(links, url, rel="hub"),
        topic=address(links, url, rel="self"),
    )


def _base(parsed: Any, url: str) -> str:
    """Relative links of RSS hang on the channel's own site, where it names one (a proxy serves it)."""
    link = dict.get(parsed.feed, "link") or ""
    if parsed.version.startswith("rss") and _WEB.match(link):
        links = dict.get(parsed.feed, "links") or []
        # An atom:link rel=self is the feed's address, not its site's.
        if any(one.get("rel") == "alternate" and one.get("href") == link for one in links):
            return str(link)
    return url


def _text(of: dict[str, Any], key: str) -> str | None:
    """A title as one plain line; a tag in a title that was declared as text is meant."""
    value = dict.get(of, key)  # feedparser's own `get` renames keys
    if not isinstance(value, str):
        return None
    detail = dict.get(of, f"{key}_detail") or {}
    declared = detail.get("type") == "text/plain"
    return plain(value, markup=not declared) or None


def _author(of: dict[str, Any], *, rss: bool) -> str | None:
    """The names of all authors, without their mail addresses where there are names."""
    authors = dict.get(of, "authors") or []
    if len(authors) == 1 and "email" not in authors[0]:  # as nearly all have
        return plain(str(authors[0].get("name") or "")) or None
    if rss and any("email" in one for one in authors):
        # feedparser cuts RSS's `mail (name)` in wrong places.
        whole = plain(str(dict.get(of, "author") or ""))
        named = _MAILBOX.fullmatch(whole)
        return named[1] if named else whole or None
    names = [plain(str(one.get("name") or one.get("email") or "")) for one in authors]
    return ", ".join(dict.fromkeys(name for name in names if name)) or None


class _Reader:
    """Turns feedparser's entries into ours; holds what they inherit from the feed."""

    def __init__(
        self,
        *,
        base: str,
        timezone: str | None,
        now: datetime | None,
        language: str | None,
        author: str | None,
        rss: bool,
        clean: Clean,
        dated: Dated,
    ) -> None:
        self.base = base
        self.timezone = timezone
        self.now = now
        self.language = language
        self.author = author
        self.rss = rss
        self.clean = clean
        self.dated = dated

    def entry(self, found: Any) -> Entry:
        # `wellformed` leaves to feedparser what has a language or an outlet of its own, or is a video.
        is_bare = type(found) is dict
        get = found.get if is_bare else partial(dict.get, found)
        guid = squeeze(str(get("id") or "")) or None
        detail, contents = get("summary_detail"), get("content") or ()
        # Without a detail it is feedparser's copy of the content.
        summary = self._html(get("summary"), detail) if detail else None
        if not is_bare and get("yt_videoid"):  # a video's description is text (Media RSS)
            summary = escaped(str(get("summary") or ""))
        content = None
        for one in contents:
            if (one.get("type") or "text/html").startswith(("text/", "application/xhtml")):
                html = self._html(one.get("value"), one)
                content = max(content or "", html or "", key=len) or None
        stated, changed = get("published"), get("updated")
        at = self._date(stated)
        published = at or self._date(get("created"))
        updated = at if changed == stated else self._date(changed)
        language, outlet = self.language, None
        if not is_bare:
            source = get("source")
            language = _language((found, get("title_detail"), detail, *contents)) or language
            # The second is Bing's name for it.
            outlet = (_text(source, "title") if source else None) or _text(found, "news_source")
        return Entry(
            url=self._url(get, guid),
            title=_text(found, "title") or first_words(summary or content),
            guid=guid,
            summary=summary,
            content=content,
            author=_author(found, rss=self.rss) or self.author,
            # RSS has one date, by whatever name; Atom's `updated` means what it says.
            published=published or (updated if self.rss else None),
            updated=updated,
            language=language,
            outlet=outlet,
        )

    def _url(self, get: Callable[[str], Any], guid: str | None) -> str | None:
        links = [
            one.get("href")
            for one in get("links") or ()
            if one.get("rel", "alternate") == "alternate"
        ]
        # feedparser takes any guid for a link; only one that is a web address is.
        for link in (
            get("feedburner_origlink"),
            *links,
            guid if guid and _WEB.match(guid) else None,
        ):
            if link and squeeze(link):
                try:
                    return linked(link, self.base)
                except ValueError:
                    continue
        return None

    def _html(self, value: object, detail: Mapping[str, Any] | None) -> str | None:
        if not isinstance(value, str):
            return None
        base = (detail or {}).get("base") or ""
        return self.clean(value, base if base and _WEB.match(base) else self.base)

    def _date(self, stated: str | None) -> datetime | None:
        # feedparser's own reading is left: it makes 1 March of 29 February 2003.
        return (
            self.dated(stated, timezone=self.timezone, now=self.now, language=self.language)
            if stated
            else None
        )


def _language(parts: Iterable[Any]) -> str | None:
    """The first language that is stated, of the entry, its title, its summary, its contents."""
    for one in parts:
        if one and (tag := dict.get(one, "language")) and (code := language_code(tag)):
            return code
    return None
