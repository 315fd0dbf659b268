"""What goes out to readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from monitor.model.declared import Story
from monitor.model.judged import Article, Match, Relation
from monitor.model.lineage import Lineage
from monitor.model.watched import Episode

NoticeKind = Literal["trouble", "recovery", "silence", "summary", "flood"]
StateWord = Literal[
    "new", "update", "denied", "confirmed", "corrected", "withdrawn", "late", "test"
]
Count = tuple[str, int]  # what is counted (troops, casualties…; may be empty), and how many


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What an article brings to its development, beside what stood there before.

    `stances` are those of its headline in order; `speaker` speaks in it, `spoke` had spoken
    before. `earlier` are the figures that stood for what its new ones count; `fresh` the words
    of its new sentences, as written, that no earlier report in its language has.
    """

    relation: Relation = "new"
    stances: tuple[str, ...] = ()
    speaker: str | None = None
    spoke: tuple[str, ...] = ()
    earlier: tuple[Count, ...] = ()
    fresh: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """The development that an alert tells of. `id` is that of its first article.

    `headline` is what it began with and `reports` counts what has come of it so far, of
    which `outlets` have reports of their own; `new_facts` are the sentences that make an
    article its update.
    """

    id: int
    headline: str
    language: str | None
    reports: int
    new_facts: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    added: Added = Added()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One thing to tell, about one article of one story. `id` is stable and public.

    `gist` names what its headline speaks of, in the words of the alias files; `counts` are
    the headline's figures. `evidence` is the SHA-256 of the bytes that were judged, in hex.
    `threads` maps a channel to the key of the first message of the development there.
    """

    id: str
    story: Story
    article: Article
    match: Match
    created: datetime
    kind: Literal["new", "update", "test"] = "new"
    event: Event | None = None
    caveats: tuple[
        str, ...
    ] = ()  # codes: headline-only, summary-only, aggregator, no-date, embedded
    copies: int = 0
    lineage: Lineage | None = None
    article_id: int | None = None
    gist: tuple[str, ...] = ()
    counts: tuple[Count, ...] = ()
    evidence: str | None = None
    threads: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An article on a story that came in a flood: told in a summary, not by an alert."""

    article_id: int
    title: str
    link: str
    outlet: str | None
    source: str
    language: str | None
    score: float
    development: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What the monitor has to say of itself. `id` is stable and public.

    `episodes` are troubles, or recoveries where they have ended; `watched` counts the
    sources that are polled, `broken` names those that cannot be read. A flood has its
    source and reason, and the articles `held` of one story.
    """

    id: str
    kind: NoticeKind
    created: datetime
    episodes: tuple[Episode, ...] = ()
    watched: int = 0
    broken: tuple[str, ...] = ()
    source: str | None = None
    why: str | None = None
    story: Story | None = None
    held: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """An alert or notice rendered for one channel: the bytes that every attempt sends again."""

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
