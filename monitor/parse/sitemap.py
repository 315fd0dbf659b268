"""Sitemaps to entries: urlset with Google's news fields, packed or not (sitemaps.org)."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final
from xml.etree import ElementTree as ET

from monitor.errors import ParseError
from monitor.identify.address import absolute
from monitor.model import Entry, Reading
from monitor.parse import charset
from monitor.parse.dates import read_date
from monitor.parse.door import guarded
from monitor.parse.markup import language_code, plain
from monitor.parse.prolog import mend, root

_GZIP: Final = b"\x1f\x8b"
_MAX_UNPACKED: Final = 50_000_000  # bytes; the protocol's own limit
_NAMED: Final = 5


def unpack(body: bytes) -> bytes:
    """The body, or what a gzip file in it holds. ParseError when broken or beyond 50 MB."""
    if not body.startswith(_GZIP):
        return body
    unpacker = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacker.decompress(body, _MAX_UNPACKED)
    except zlib.error as fault:
        raise ParseError(f"broken gzip: {fault}") from None
    if unpacker.unconsumed_tail:
        raise ParseError("a gzip file of more than 50 MB unpacked", failure="too-large")
    return unpacked


def read_sitemap(
    text: str, *, url: str, timezone: str | None = None, now: datetime | None = None
) -> Reading:
    """The addresses of a urlset; what comes before a fault is kept, and noted.

    `published` is the news publication date, `updated` is lastmod: a plain
    sitemap does not know when a page was published. ParseError for an index of
    sitemaps, naming the newest of them.
    """
    faults: list[str] = []
    entries: list[Entry] = []
    listed: list[tuple[datetime | None, str]] = []
    title: str | None = None
    for kind, fields in _records(text, faults):
        try:
            address = absolute(fields.get("loc", ""), url)
        except ValueError:
            continue
        modified = read_date(fields.get("lastmod"), timezone=timezone, now=now)
        if kind == "sitemap":
            listed.append((modified, address))
            continue
        title = title or plain(fields.get("name", "")) or None
        entries.append(
            Entry(
                url=address,
                title=plain(fields.get("title", "")) or None,
                published=read_date(fields.get("publication_date"), timezone=timezone, now=now),
                updated=modified,
                language=language_code(fields.get("language")),
            )
        )
    if listed and not entries:
        raise ParseError(_index(listed))
    if faults and not entries:
        raise ParseError(f"a broken sitemap: {faults[0]}")
    return Reading(entries=tuple(entries), title=title, notes=tuple(faults))


def children(body: bytes, *, url: str | None = None) -> tuple[tuple[str, datetime | None], ...]:
    """The sitemaps that an index names, each with its lastmod, newest first.

    Empty for a sitemap of pages. ParseError for what is neither.
    """
    return guarded(_children, body, url)


def _children(body: bytes, url: str | None) -> tuple[tuple[str, datetime | None], ...]:
    text = charset.decode(unpack(body))
    if root(text) not in {"urlset", "sitemapindex"}:
        raise ParseError("neither a sitemap nor an index of sitemaps")
    faults: list[str] = []
    listed: dict[str, datetime | None] = {}
    for kind, fields in _records(text, faults):
        if kind == "sitemap":
            try:
                listed.setdefault(
                    absolute(fields.get("loc", ""), url), read_date(fields.get("lastmod"))
                )
            except ValueError:
                continue
    if faults and not listed:
        raise ParseError(f"a broken sitemap: {faults[0]}")
    return tuple(_newest_first([(when, at) for at, when in listed.items()]))


def _records(text: str, faults: list[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Each `url` or `sitemap` element's fields by local name; the first of a name counts."""
    # `mend` has taken the DTD out, so there is nothing to expand or to fetch.
    parser: ET.XMLPullParser[Any] = ET.XMLPullParser(("end",))
    try:
        parser.feed(mend(text))
        parser.close()
    except ET.ParseError as fault:
        faults.append(f"ill-formed: {fault}")
    try:
        events: Iterator[Any] = parser.read_events()
        for _, element in events:
            kind = _local(element.tag)
            if kind in {"url", "sitemap"}:
                fields: dict[str, str] = {}
                for part in element.iter():
                    # An image's title and address are not the page's.
                    if "image" not in part.tag and "video" not in part.tag:
                        fields.setdefault(_local(part.tag), (part.text or "").strip())
                yield kind, fields
                element.clear()
    except ET.ParseError as fault:
        if not faults:
            faults.append(f"ill-formed: {fault}")


def _local(tag: str) -> str:
    return re.sub(r"^\{.*\}", "", tag).lower()


def _index(listed: list[tuple[datetime | None, str]]) -> str:
    newest = ", ".join(address for address, _ in _newest_first(listed)[:_NAMED])
    return f"an index of {len(listed)} sitemaps; name one of them: {newest}"


def _newest_first(
    listed: list[tuple[datetime | None, str]],
) -> list[tuple[str, datetime | None]]:
    """Dated ones by date, then the others from the end, where generators add."""
    dated = sorted(((when, at) for when, at in listed if when), reverse=True)
    undated = [(at, None) for when, at in listed[::-1] if when is None]
    return [*((at, when) for when, at in dated), *undated]
