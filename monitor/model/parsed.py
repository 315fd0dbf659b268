"""What bytes say: entries of a source, the page of an article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple


class Entry(NamedTuple):
    """What a source says exists. `summary` and `content` are sanitised HTML."""

    # Thousands are made at a time, and handed over by workers: a dataclass takes four times as long.
    url: str | None
    title: str | None = None
    guid: str | None = None
    summary: str | None = None
    content: str | None = None
    author: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    language: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A source's entries, in the source's order. `notes` are odd but harmless findings.

    `children` are the sitemaps that an index names, newest first, each with its time
    of change; `pattern` is the form of address by which a listing without selectors
    knew its articles, to be handed to the next reading; `ttl` is how long the source
    says that it stays as it is; `hub` and `topic` are what WebSub needs (W3C
    Recommendation, 4: `rel=hub` and `rel=self`).
    """

    entries: tuple[Entry, ...]
    title: str | None = None
    language: str | None = None
    notes: tuple[str, ...] = ()
    children: tuple[tuple[str, datetime | None], ...] = ()
    pattern: str | None = None
    ttl: timedelta | None = None
    hub: str | None = None
    topic: str | None = None


class Trace(NamedTuple):
    """What is remembered of one block of a page: a digest of its letters, 64 bits, and its words."""

    digest: int
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A whole second article found inside a page under a read-also mark."""

    title: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An article page, read. `text` has paragraphs parted by an empty line, furniture cut."""

    url: str | None
    canonical_url: str | None = None
    title: str | None = None
    text: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    author: str | None = None
    language: str | None = None
    site_name: str | None = None
    credit: str | None = None  # the source it names beside its text
    pieces: tuple[Piece, ...] = ()
