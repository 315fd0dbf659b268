"""What was found out about articles, and the values that judges hand on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from monitor.model.declared import Band

Relation = Literal["new", "copy", "repeat", "update", "revision"]
TextKind = Literal["headline", "summary", "full"]


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
    credit: str | None = None  # the source that its page names beside the text


class Outline(NamedTuple):
    """What an `Article` of an entry alone has but what only a comparison needs."""

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
    aggregator: bool


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
    """Whether it is known already. `original` is None for `new`; `why` says it to a person.

    `edited`: a copy in an editor's words, which may hide a fact that only a close look finds.
    `near`: the article of which a new one would be a copy but for its sentences in `differs`.
    """

    relation: Relation
    original: int | None = None
    why: str = ""
    edited: bool = False
    near: int | None = None
    differs: tuple[str, ...] = ()


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
class Label:
    """A user's yes or no on an article for a story. `article` is its id."""

    article: int
    yes: bool
    title: str
    text: str
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason that a person can check. `sentence` is where it stands in the article."""

    kind: Literal["concept", "term", "seed", "missing", "excluded", "label", "meaning", "rule"]
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
    # The sentences of the text that speak of the story: of these background is learnt.
    stood: tuple[str, ...] = ()
