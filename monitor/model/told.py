"""What goes out to readers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from monitor.model.declared import Story
from monitor.model.judged import Article, Match


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
