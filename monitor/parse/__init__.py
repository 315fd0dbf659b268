"""Bytes in, entries and pages out; raises only ParseError."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from monitor.errors import ParseError
from monitor.model import Entry, Fetched, Page, Reading, Selectors, Source
from monitor.parse import charset, gdelt, prolog, sitemap
from monitor.parse.door import guarded
from monitor.parse.markup import tree
from monitor.parse.wall import wall

__all__ = ["read_entries", "read_page"]

_MAX_ENTRIES: Final = 2_000  # the newest are kept; some feeds hold every entry ever
_KINDS: Final[dict[str, str]] = {
    **dict.fromkeys(("urlset", "sitemapindex", "lines"), "sitemap"),
    "html": "listing",
}
_BLANK: Final = b"\x00 \t\r\n\xef\xbb\xbf"
_FILES: Final = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b")
_HEAD: Final = 4_000  # letters in which other files betray themselves by control characters
_CONTROL: Final = re.compile(r"[\x01-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_JSON: Final = re.compile(r"\ufeff?\s*(?:\{\s*[\"}]|\[\s*[\[\]{\"])")
_OLDEST: Final = datetime.min.replace(tzinfo=UTC)


def read_entries(source: Source, fetched: Fetched, pattern: str | None = None) -> Reading:
    """What the source says exists, by its kind and by what the bytes are.

    A feed where a sitemap was declared (or the reverse) is read as what it is,
    with a note. An index of sitemaps has `children` and no entries. ParseError
    `misread` for what is neither, `blocked` for an access wall, `empty` for
    nothing, `rate-limited` or `unavailable` for a search that says so with 200.
    `pattern` is what the last reading gave (`Reading.pattern`).
    """
    return guarded(_read_entries, source, fetched, pattern)


def read_page(
    body: bytes,
    *,
    url: str | None,
    content_type: str | None = None,
    selectors: Selectors | None = None,
    language: str | None = None,
    timezone: str | None = None,
) -> Page:
    """An article page: its text without furniture, and what it says of itself.

    `url` is the base of relative addresses; `language` and `timezone` are the
    source's, for a page that states none. ParseError as `read_entries`.
    """
    from monitor.parse.page import page  # noqa: PLC0415  slow to load, and most workers read feeds

    def read() -> Page:
        if not body.strip(_BLANK):
            raise ParseError("an empty body", failure="empty")
        text = charset.decode(body, content_type)
        if body.startswith(_FILES) or len(_CONTROL.findall(text[:_HEAD])) * 50 > len(text[:_HEAD]):
            raise ParseError("not a page but a file of another kind")
        if _JSON.match(text):
            raise ParseError("not a page but JSON")
        return page.read(text, url=url, selectors=selectors, language=language, timezone=timezone)

    return guarded(read)


def read_article(source: Source, fetched: Fetched) -> Page:
    """The article page that a source's entry led to, read as the source says. ParseError as above."""
    return read_page(
        fetched.body,
        url=fetched.final_url,
        content_type=fetched.content_type,
        selectors=source.selectors,
        language=source.language,
        timezone=source.timezone,
    )


def _read_entries(source: Source, fetched: Fetched, pattern: str | None) -> Reading:
    body = sitemap.unpack(fetched.body)
    if not body.strip(_BLANK):
        raise ParseError("an empty body", failure="empty")
    text = charset.decode(body, fetched.content_type)
    root = prolog.root(text)
    base, zone, now = fetched.final_url, source.timezone, fetched.fetched_at
    if source.kind == "telegram" and root in {"html", "other"}:
        from monitor.parse import telegram  # noqa: PLC0415  rare

        return _kept(telegram.read(fetched.body, base))
    if source.kind == "listing":
        if root in {"html", "other"}:
            from monitor.parse import listing  # noqa: PLC0415  slow to load

            return _kept(
                listing.read_listing(
                    text,
                    url=base,
                    selectors=source.selectors,
                    timezone=zone,
                    now=now,
                    pattern=pattern,
                )
            )
    elif root in {"html", "other", "none"}:
        raise _no_feed(text, root, base)
    return _kept(_noted(_by_root(root, text, base, zone, now), source, root))


def _by_root(
    root: prolog.Root, text: str, url: str, timezone: str | None, now: datetime
) -> Reading:
    if root == "json":
        from monitor.parse import jsonroot  # noqa: PLC0415  rare

        return jsonroot.read_json(text, url=url, timezone=timezone, now=now)
    if root == "lines":
        return sitemap.read_lines(text, url=url)
    if root in {"urlset", "sitemapindex"}:
        return sitemap.read_sitemap(text, url=url, timezone=timezone, now=now)
    from monitor.parse import feed  # noqa: PLC0415  feedparser is slow to load

    reading = feed.read_feed(text, url=url, timezone=timezone, now=now)
    return gdelt.undated(reading) if gdelt.is_address(url) else reading


def _no_feed(text: str, root: prolog.Root, url: str) -> ParseError:
    if root == "none":
        return ParseError("an empty body", failure="empty")
    if root == "other" and not text.lstrip().startswith("<"):
        if gdelt.is_address(url):
            return gdelt.refusal(text)
        return ParseError(f"not a feed but text: {' '.join(text.split())[:120]}")
    if found := wall(text, tree(text)):
        return ParseError(f"{found} instead of a feed", failure="blocked")
    return ParseError("an HTML page, not a feed" if root == "html" else "XML, but not a feed")


def _noted(reading: Reading, source: Source, root: prolog.Root) -> Reading:
    """A note where the declared kind is not what came."""
    came = _KINDS.get(root, "feed")
    declared = "feed" if source.kind == "search" else source.kind
    if came == declared:
        return reading
    return replace(reading, notes=(*reading.notes, f"declared as {source.kind}, but a {came}"))


def _kept(reading: Reading) -> Reading:
    """The newest entries where there are too many, still in the source's order."""
    if len(reading.entries) <= _MAX_ENTRIES:
        return reading

    def age(numbered: tuple[int, Entry]) -> tuple[datetime, int]:
        entry = numbered[1]
        return entry.published or entry.updated or _OLDEST, -numbered[0]

    newest = sorted(enumerate(reading.entries), key=age, reverse=True)[:_MAX_ENTRIES]
    return replace(
        reading,
        entries=tuple(entry for _, entry in sorted(newest, key=lambda one: one[0])),
        notes=(
            *reading.notes,
            f"{len(reading.entries)} entries; the newest {_MAX_ENTRIES} are read",
        ),
    )
