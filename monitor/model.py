"""The values that rooms hand to each other: frozen, one concept each, no behaviour.

Times are aware datetimes in UTC. Text is plain unless a field says HTML.
The words are the field's: a *source* is what sources.yaml declares, an *entry*
what a source says exists, a *page* what the entry's address returned, an
*article* both identified as one thing. TDT research calls our story a topic
and our article a story; nowhere else in the code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

SourceKind = Literal["feed", "sitemap", "listing", "search", "telegram"]
ChannelKind = Literal["log", "email", "webhook"]
Band = Literal["on", "maybe", "off"]
Relation = Literal["new", "copy", "repeat", "update", "revision"]
TextKind = Literal["headline", "summary", "full"]

# ---- declared in sources.yaml -------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Selectors:
    """CSS selectors of one site; each may be left out."""

    links: str | None = None
    title: str | None = None
    text: str | None = None
    date: str | None = None
    cut: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source. `every` None means the setting; `article_id` is a pattern with one group."""

    name: str
    url: str
    kind: SourceKind = "feed"
    outlet: str | None = None
    language: str | None = None
    timezone: str | None = None
    every: timedelta | None = None
    enabled: bool = True
    aggregator: bool = False
    private: bool = False
    article_id: str | None = None
    selectors: Selectors | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """The user's corrections to a learnt profile; `aliases` maps a concept group to spellings."""

    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    require: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()  # `not:` in the YAML


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One tracked story. `seeds` is a folder; `age_gate` None turns the gate off."""

    name: str
    title: str
    seeds: Path
    age_gate: timedelta | None = timedelta(hours=48)
    closes_after: timedelta = timedelta(hours=72)
    threshold: float = 0.5
    corrections: Corrections = field(default_factory=Corrections)


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """Where a secret lies; read when it is used, never kept in a log or `repr`."""

    kind: Literal["credential", "file", "env", "plain"]
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Smtp:
    """How to reach a mail server."""

    host: str
    port: int = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str | None = None
    password: Secret | None = None
    timeout: timedelta = timedelta(seconds=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One way to a reader. `stories` empty means all of them."""

    name: str
    kind: ChannelKind
    stories: tuple[str, ...] = ()
    language: str = "en"
    bands: tuple[Band, ...] = ("on",)
    # email
    to: tuple[str, ...] = ()
    sender: str | None = None
    smtp: Smtp | None = None
    # webhook
    url: str | None = None
    secret: Secret | None = None
    private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PollSettings:
    """How sources are visited; `max_body` in decoded bytes."""

    every: timedelta = timedelta(minutes=15)
    floor: timedelta = timedelta(minutes=2)
    ceiling: timedelta = timedelta(hours=6)
    host_gap: timedelta = timedelta(seconds=2)
    deadline: timedelta = timedelta(seconds=30)
    max_body: int = 10_000_000
    concurrency: int = 40
    # A pending article is judged by what there is after this time.
    patience: timedelta = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The whole of sources.yaml. Paths are absolute."""

    path: Path
    contact: str | None
    database: Path
    poll: PollSettings
    fold_window: timedelta
    stories: tuple[Story, ...]
    channels: tuple[Channel, ...]
    sources: tuple[Source, ...]
    warnings: tuple[str, ...] = ()


# ---- fetched ------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What the server gave to ask "changed since?" with, letter by letter (RFC 9110, 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One answered exchange. `body` is decoded; `redirects` are the addresses on the way."""

    url: str
    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    content_type: str | None
    fetched_at: datetime
    redirects: tuple[str, ...] = ()
    validators: Validators = field(default_factory=Validators)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """304: a value and not an error."""

    url: str
    fetched_at: datetime
    validators: Validators = field(default_factory=Validators)


# ---- parsed -------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a source says exists. `summary` and `content` are sanitised HTML."""

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
    """A source's entries, in the source's order. `notes` are odd but harmless findings."""

    entries: tuple[Entry, ...]
    title: str | None = None
    language: str | None = None
    notes: tuple[str, ...] = ()


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
    pieces: tuple[Piece, ...] = ()


# ---- judged -------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What recognises a text again, spelling and punctuation folded away.

    `exact` and `title` are hex digests of folded text and title; `sketch` is a
    min-hash of word shingles; `words` counts the folded words of the text.
    """

    exact: str
    title: str
    sketch: tuple[int, ...]
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """Entry and page identified as one thing.

    `url` is the canonical address and the identity, `link` the publisher's address
    to show; `addresses` are all keys by which it may come again (canonical address
    first, then other canonical forms, then `guid:<source>:<guid>`).
    """

    url: str
    link: str
    addresses: tuple[str, ...]
    source: str
    outlet: str | None
    title: str
    text: str
    kind: TextKind
    language: str | None
    author: str | None
    published: datetime | None
    updated: datetime | None
    first_seen: datetime
    fingerprint: Fingerprint
    aggregator: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An article already stored, as `fold` needs it to compare."""

    id: int
    url: str
    addresses: tuple[str, ...]
    title: str
    text: str
    language: str | None
    first_seen: datetime
    fingerprint: Fingerprint
    original: int | None = None  # of the group it was folded into


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """Whether it is known already. `original` is None for `new`; `why` says it to a person."""

    relation: Relation
    original: int | None = None
    similarity: float = 0.0
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """One piece of a seed document. `name` is its file name, `#2` for a second piece."""

    name: str
    title: str
    text: str
    language: str | None = None
    published: datetime | None = None
    outlet: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason that a person can check. `sentence` is where it stands in the article."""

    kind: Literal["concept", "term", "seed", "missing", "excluded", "rule"]
    text: str
    weight: float = 0.0
    sentence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The judgement of one article against one story. `score` 0.5 is the edge of *on*."""

    story: str
    score: float
    threshold: float
    band: Band
    reasons: tuple[Reason, ...]
    rule: str  # the deciding rule, one short phrase for the ledger
    profile: str  # version of the profile, a short digest
    nearest_seed: str | None = None
    seed_score: float = 0.0


# ---- told ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One thing to tell, about one article of one story. `id` is stable and public."""

    id: str
    story: Story
    article: Article
    match: Match
    created: datetime
    kind: Literal["new", "test"] = "new"
    caveats: tuple[
        str, ...
    ] = ()  # codes: headline-only, summary-only, aggregator, no-date, embedded
    copies: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """An alert rendered for one channel: the bytes that every attempt sends again."""

    key: str  # Message-ID or webhook-id, the same on each attempt
    channel: str
    content_type: str
    body: bytes
    recipients: tuple[str, ...]  # one delivery each; ("",) where a channel has none


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message on its way to one recipient, as claimed from the outbox."""

    id: int
    channel: str
    recipient: str
    key: str
    content_type: str
    body: bytes
    attempts: int
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a receiver answered when it took a delivery."""

    status: int | None
    reply: str
