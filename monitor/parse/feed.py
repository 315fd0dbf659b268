"""RSS, RDF and Atom to entries: what the well-formed ones state, by feedparser the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final

from monitor.errors import ParseError
from monitor.identify.wrappers import linked
from monitor.model import Entry, Reading
from monitor.parse import wellformed
from monitor.parse.announced import address, lifetime
from monitor.parse.dates.dates import Dated, read_date
from monitor.parse.markup import (
    IS_HTML,
    Clean,
    escaped,
    first_words,
    language_code,
    plain,
    sanitise,
    squeeze,
)
from monitor.parse.stated import Stated

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
    entries = [
        reader.stated(one) if isinstance(one, Stated) else reader.found(one)
        for one in parsed.entries
    ]
    return Reading(
        # A feed that was cut off ends with an entry of which nothing came.
        entries=tuple(entry for entry in entries if entry.url or entry.guid or entry.title),
        title=_text(feed, "title", rss=rss),
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


def _text(of: dict[str, Any], key: str, *, rss: bool = False) -> str | None:
    """A title as one plain line; a tag in a title that was declared as text is meant.

    RSS cannot declare it, and feedparser takes for text what has no end tag of harmless HTML.
    """
    value = dict.get(of, key)  # feedparser's own `get` renames keys
    if not isinstance(value, str):
        return None
    detail = dict.get(of, f"{key}_detail") or {}
    declared = detail.get("type") == "text/plain" and not (rss and IS_HTML.search(value))
    return plain(value, markup=not declared) or None


def _author(of: dict[str, Any], *, rss: bool) -> str | None:
    """The names of all authors, without their mail addresses where there are names."""
    authors = dict.get(of, "authors") or []
    if rss and any("email" in one for one in authors):
        # feedparser cuts RSS's `mail (name)` in wrong places.
        whole = plain(str(dict.get(of, "author") or ""))
        named = _MAILBOX.fullmatch(whole)
        return named[1] if named else whole or None
    return _listed([plain(str(one.get("name") or one.get("email") or "")) for one in authors])


def _listed(names: list[str]) -> str | None:
    """Names as one, each once."""
    if len(names) == 1:  # as nearly all have
        return names[0] or None
    return ", ".join(dict.fromkeys(filter(None, names))) or None


class _Reader:
    """Makes entries of what a feed says; holds what they inherit from it."""

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

    def stated(self, one: Stated) -> Entry:
        """An entry as `wellformed` reads it, which has no language or outlet of its own."""
        guid = squeeze(one.guid) or None if one.guid else None
        summary = self.clean(one.summary, self.base) if one.summary else None
        content = self.clean(one.content, self.base) if one.content else None
        published = self._date(one.published)
        updated = published if one.updated == one.published else self._date(one.updated)
        names = [plain(name) for name in one.authors]
        title = one.title
        return Entry(
            url=self._url((*one.links, guid) if guid and _WEB.match(guid) else one.links),
            title=(title and plain(title, markup=not one.is_text))
            or first_words(summary or content),
            guid=guid,
            summary=summary,
            content=content,
            author=_listed(names) or self.author,
            # RSS has one date, by whatever name; Atom's `updated` means what it says.
            published=published or (updated if self.rss else None),
            updated=updated,
            language=self.language,
        )

    def found(self, found: Any) -> Entry:
        """An entry as feedparser gives it."""
        get = partial(dict.get, found)  # its own renames keys
        guid = squeeze(str(get("id") or "")) or None
        detail, contents = get("summary_detail"), get("content") or ()
        # Without a detail it is feedparser's copy of the content.
        summary = self._html(get("summary"), detail) if detail else None
        if get("yt_videoid"):  # a video's description is text (Media RSS)
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
        links = [
            one.get("href")
            for one in get("links") or ()
            if one.get("rel", "alternate") == "alternate"
        ]
        source = get("source")
        return Entry(
            # feedparser takes any guid for a link; only one that is a web address is.
            url=self._url(
                (get("feedburner_origlink"), *links, guid if guid and _WEB.match(guid) else None)
            ),
            title=_text(found, "title", rss=self.rss) or first_words(summary or content),
            guid=guid,
            summary=summary,
            content=content,
            author=_author(found, rss=self.rss) or self.author,
            published=published or (updated if self.rss else None),
            updated=updated,
            language=_language((found, get("title_detail"), detail, *contents)) or self.language,
            # The second is Bing's name for it.
            outlet=(_text(source, "title") if source else None) or _text(found, "news_source"),
        )

    def _url(self, links: Iterable[str | None]) -> str | None:
        for link in links:
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
