"""Sitemaps to entries: urlset with Google's news fields, index, list of lines; packed or not (sitemaps.org)."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit
from xml.parsers import expat

from monitor.errors import ParseError
from monitor.identify.address import absolute
from monitor.model import Entry, Reading
from monitor.parse.dates.dates import read_date
from monitor.parse.markup import language_code, plain
from monitor.parse.prolog import mend

Children = tuple[tuple[str, datetime | None], ...]

_GZIP: Final = b"\x1f\x8b"
_MAX_UNPACKED: Final = 20_000_000  # bytes; twice what may come unpacked, by default
_MAX_MEMBERS: Final = 1_000  # an empty one is 20 bytes and costs as much as any
_PACKED: Final = 1 << 16  # bytes given to the unpacker at once
_BLOCK: Final = 1 << 18  # bytes taken from it at once
_RECORDS: Final = frozenset(("url", "sitemap"))
# Their titles and addresses are not the page's.
_EXTENSIONS: Final = frozenset(("image", "video"))
_MAX_FIELD: Final = 10_000  # letters; an address may have 2,048
_CHUNK: Final = 1 << 18  # letters given to the parser at once
_MONTH: Final = re.compile(r"\d{4}(-\d\d)?")
_NEWS: Final = re.compile(r"news|akhbar|latest|recent", re.IGNORECASE)


def unpack(body: bytes) -> bytes:
    """The body, or what a gzip file in it holds, as far as it is whole.

    ParseError when nothing of it can be unpacked; `too-large` beyond 20 MB.
    """
    if not body.startswith(_GZIP):
        return body
    unpacked = bytearray()
    members, begun = 0, False  # one member after the other (RFC 1952, 2.2)
    unpacker = zlib.decompressobj(wbits=31)
    for start in range(0, len(body), _PACKED):
        packed = body[start : start + _PACKED]
        while packed:
            if not begun and packed[0] != _GZIP[0]:
                return bytes(unpacked)  # padding
            begun = True
            try:
                unpacked += unpacker.decompress(packed, _BLOCK)
            except zlib.error as fault:
                if not members:
                    raise ParseError(f"broken gzip: {fault}") from None
                return bytes(unpacked)
            if len(unpacked) > _MAX_UNPACKED:
                raise ParseError("a gzip file of more than 20 MB unpacked", failure="too-large")
            packed = unpacker.unconsumed_tail
            if unpacker.eof:
                packed = unpacker.unused_data
                unpacker = zlib.decompressobj(wbits=31)
                members, begun = members + 1, False
            if members > _MAX_MEMBERS:
                raise ParseError("a gzip file of more than 1,000 members", failure="too-large")
    return bytes(unpacked)


def read_sitemap(
    text: str, *, url: str | None, timezone: str | None = None, now: datetime | None = None
) -> Reading:
    """The addresses of a urlset, or the `children` of an index; what comes before a fault is kept.

    `published` is the news publication date, `updated` is lastmod: a plain sitemap
    does not know when a page was published. Children come newest first; of those
    of one age the news sitemaps first, then those that stand later. ParseError
    where a fault leaves nothing.
    """
    faults: list[str] = []
    entries: list[Entry] = []
    listed: dict[str, datetime | None] = {}
    title: str | None = None
    for kind, fields in _records(text, faults):
        try:
            address = absolute(fields.get("loc", ""), url)
        except ValueError:
            continue
        modified = _moment(fields.get("lastmod"), timezone, now)
        if kind == "sitemap":
            listed.setdefault(address, modified)
            continue
        title = title or plain(fields.get("name", "")) or None
        entries.append(
            Entry(
                url=address,
                title=plain(fields.get("title", "")) or None,
                published=_moment(fields.get("publication_date"), timezone, now),
                updated=modified,
                language=language_code(fields.get("language")),
            )
        )
    if faults and not entries and not listed:
        raise ParseError(f"a broken sitemap: {faults[0]}")
    return Reading(
        entries=tuple(entries),
        title=title,
        notes=tuple(faults),
        children=_newest_first(listed),
    )


def read_lines(text: str, *, url: str | None) -> Reading:
    """The addresses of a sitemap that has one a line, and says nothing else of them."""
    entries: dict[str, Entry] = {}
    lines = [line for each in text.lstrip("\ufeff").splitlines() if (line := each.strip())]
    odd = 0
    for line in lines:
        try:
            if len(line) > _MAX_FIELD or not line.lower().startswith("http"):
                raise ValueError("no address")  # noqa: TRY301 - counted with what `absolute` refuses
            address = absolute(line, url)
        except ValueError:
            odd += 1
            continue
        entries.setdefault(address, Entry(url=address))
    return Reading(
        entries=tuple(entries.values()),
        notes=(f"lines that are no addresses: {odd}",) if odd else (),
    )


def _records(text: str, faults: list[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Each `url` or `sitemap` element's fields by local name; the first of a name counts.

    The parser knows no namespaces, so that a prefix nobody declared costs nothing.
    """
    # `mend` has taken the DTD out, so there is nothing to expand or to fetch.
    mended = mend(text)
    reader = _Reader()
    for start in range(0, len(mended) or 1, _CHUNK):
        try:
            reader.parser.Parse(mended[start : start + _CHUNK], start + _CHUNK >= len(mended))
        except expat.ExpatError as fault:
            faults.append(f"ill-formed: {fault}")
        yield from reader.found
        reader.found.clear()
        if faults:
            return


class _Reader:
    """What expat calls: keeps the fields of the record that is open, and of no other."""

    def __init__(self) -> None:
        self.found: list[tuple[str, dict[str, str]]] = []
        self._fields: dict[str, str] | None = None
        self._letters: list[str] | None = None
        self._skipped = 0  # elements open inside an extension's
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data

    def _start(self, tag: str, _attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2].lower()
        if self._skipped or (self._fields is not None and name in _EXTENSIONS):
            self._skipped += 1
        elif name in _RECORDS:
            self._fields, self._letters = {}, None
        else:
            self._letters = []

    def _data(self, letters: str) -> None:
        if self._letters is not None and not self._skipped:
            self._letters.append(letters)

    def _end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        name = tag.rpartition(":")[2].lower()
        if self._fields is None:
            return
        if name in _RECORDS:
            self.found.append((name, self._fields))
            self._fields = None
        elif self._letters is not None:
            value = "".join(self._letters).strip()
            if value and len(value) <= _MAX_FIELD:
                self._fields.setdefault(name, value)
        self._letters = None


def _moment(text: str | None, timezone: str | None, now: datetime | None) -> datetime | None:
    """A date as the W3C's profile has it, or in any form that feeds use.

    A year or a month alone is its first moment. The complete form is read here: it
    is what nearly all of 50,000 records have.
    """
    if not text:
        return None
    if _MONTH.fullmatch(text):
        text += "-01" if len(text) > len("2025") else "-01-01"
    elif text.startswith("20"):
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            pass
        else:
            if moment.tzinfo is not None:
                return moment.astimezone(UTC)
    return read_date(text, timezone=timezone, now=now)


def _newest_first(listed: dict[str, datetime | None]) -> Children:
    """Dated ones by date; those without after them, the last first: there generators add."""
    oldest = datetime.min.replace(tzinfo=UTC)

    def age(numbered: tuple[int, tuple[str, datetime | None]]) -> tuple[datetime, bool, int]:
        place, (address, modified) = numbered
        parts = urlsplit(address)
        return modified or oldest, bool(_NEWS.search(parts.path + parts.query)), place

    ordered = sorted(enumerate(listed.items()), key=age, reverse=True)
    return tuple(child for _, child in ordered)
