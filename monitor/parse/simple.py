"""Feeds that are small and simple enough to be read where they are, without a worker.

Handing a feed to a worker and its entries back costs as much as reading them. What stands here
takes a time that grows with the bytes alone, and there are few of them: expat and `json` over
a document without a DTD, text and plain paragraphs, dates in full. Every doubt is the worker's:
a fragment of HTML that needs a parser, an encoding that must be guessed, a date in words, too
much of anything, whatever raises. A test holds both ways against each other over all feeds there
are, and another bounds the time of hostile ones.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Final

from monitor.model import Fetched, Reading, Source
from monitor.parse import charset, gdelt, prolog, wellformed, wpjson
from monitor.parse.dates.dates import machine_made
from monitor.parse.feed import reading
from monitor.parse.jsonfeed import read_json_feed
from monitor.parse.markup import TangledError, simple

_LARGEST: Final = 256 * 1024  # bytes
_MARKS: Final = 12_000  # angle brackets, or braces
_ENTRIES: Final = 200
# Each name is written out with the address of its namespace: letters of these times names.
_NAMES: Final = 30_000_000
_PACKED: Final = b"\x1f\x8b"


def read_simple(source: Source, fetched: Fetched) -> Reading | None:
    """`read_entries` of a feed as most are; None where that must be asked, in a worker. Never raises."""
    body, url = fetched.body, fetched.final_url
    if (
        source.kind not in {"feed", "search"}
        or len(body) > _LARGEST
        or body.startswith(_PACKED)
        or gdelt.is_address(url)
    ):
        return None
    try:
        return _read(body, url, fetched)
    except Exception:
        return None


def _read(body: bytes, url: str, fetched: Fetched) -> Reading | None:
    opening = charset.opening(body)
    if opening is not None and prolog.root(opening) == "feed":
        found = _xml(body, url, fetched.fetched_at)
        if found is not None or _is_utf8(body):
            return found
    text = charset.told(body, fetched.content_type)
    root = prolog.root(text) if text else "none"
    if root == "feed":
        return _xml((text or "").encode(), url, fetched.fetched_at)
    return _json(text or "", url, fetched.fetched_at) if root == "json" else None


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _xml(data: bytes, url: str, now: datetime) -> Reading | None:
    marks, named = data.count(b"<"), data.rfind(b"xmlns")
    # An address of a namespace has no angle bracket in it, so that all of them end there.
    declared = data.find(b"<", named)
    if marks > _MARKS or (
        declared * len(data) > _NAMES and declared * (marks + data.count(b"=")) > _NAMES
    ):
        return None
    parsed = wellformed.parse_utf8(data, named=named)
    if parsed is None or len(parsed.entries) > _ENTRIES:
        return None
    return reading(parsed, url=url, timezone=None, now=now, clean=_clean_legal, dated=_dated)


def _json(text: str, url: str, now: datetime) -> Reading | None:
    if text.count("{") > _ENTRIES * 10:
        return None
    found = json.loads(text.strip("\ufeff \t\r\n\x00"), strict=False)
    if wpjson.is_posts(found, url) or gdelt.is_articles(found, url):
        return None
    return read_json_feed(found, url=url, now=now, clean=_clean, dated=_dated)


def _clean(fragment: str, base: str | None) -> str | None:
    return simple(fragment)


def _clean_legal(fragment: str, base: str | None) -> str | None:
    return simple(fragment, legal=True)


def _dated(stated: str, **_: object) -> datetime:
    if (at := machine_made(stated)) is None:
        raise TangledError
    return at
