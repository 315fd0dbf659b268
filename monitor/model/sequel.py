"""What becomes of an article after it was told: how its text differs, and the word of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from monitor.model.declared import Story

# unreadable: what is shown is not the article (a wall, a teaser, another page); no change.
ChangeKind = Literal["unchanged", "unreadable", "headline", "grown", "shrunk", "rewritten", "gone"]
# What makes a change weighty: one of these was changed, or went.
Weight = Literal["figure", "negation", "speaker", "stance"]
SequelKind = Literal["changed", "gone", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What an article says at one time. `text` has paragraphs parted by an empty line."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How two readings of one article differ, in sentences as they are written.

    `headline` says that it is another one, and both stand first in `went` and `came`;
    `corrects` that the new headline says of itself that it corrects.
    """

    kind: ChangeKind
    headline: bool = False
    went: tuple[str, ...] = ()
    came: tuple[str, ...] = ()
    weights: tuple[Weight, ...] = ()
    corrects: bool = False

    @property
    def weighty(self) -> bool:
        """Whether it touches what was told: it cannot wait for a digest."""
        return bool(self.weights)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequel:
    """Word to those who were told of an article: it changed, is gone, or was told wrongly.

    `id` is stable and public; `alert` is what told of it first; `threads` maps a channel to the
    key of that message there. `since` is the first of the looks that found it gone.
    """

    id: str
    kind: SequelKind
    created: datetime
    story: Story
    article_id: int
    title: str
    link: str
    outlet: str | None
    source: str
    language: str | None
    alert: str | None = None
    change: Change | None = None
    since: datetime | None = None
    threads: Mapping[str, str] = field(default_factory=dict)
