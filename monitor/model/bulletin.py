"""One message for many: a summary of what was held, or the digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from monitor.model.declared import Band
from monitor.model.sequel import Sequel
from monitor.model.watched import Episode

# flood: came with old entries under new addresses. away: came while nothing was polled.
HoldReason = Literal["quiet", "ceiling", "away", "unread", "digest", "flood"]
BulletinKind = Literal["summary", "late", "digest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A development, or an article that belongs to none, as a bulletin names it.

    `development` is None for an article alone; `voices` are its independent outlets, `at` is
    when it came; `alert` tells that an alert of its own went out before.
    """

    story: str
    article_id: int
    title: str
    link: str
    outlet: str | None
    source: str
    language: str | None
    score: float
    at: datetime
    band: Band = "on"
    kind: Literal["new", "update"] = "new"
    development: int | None = None
    urgent: bool = False
    voices: int = 1
    reports: int = 1
    published: datetime | None = None
    new_fact: str | None = None
    reason: HoldReason | None = None
    alerted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the monitor fared since the last digest.

    `broken` names sources that cannot be read, of `watched`; `entries` were new; `gaps` are
    spans of a source that no poll saw; `evidence` is the head of the chain of hashes.
    """

    watched: int
    broken: tuple[str, ...] = ()
    entries: int = 0
    judged: int = 0
    gaps: tuple[tuple[str, datetime | None, datetime], ...] = ()
    episodes: tuple[Episode, ...] = ()
    given_up: int = 0
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """What one channel is told in one message. `id` is stable and public.

    `held` are told here and in no alerts of their own, in the order in which they are read;
    `told` had alerts since `since`; `maybe` are articles that may belong to a story, `missed`
    those that came nearest of what was left out. Only a digest has these, and `standing`.
    """

    id: str
    kind: BulletinKind
    created: datetime
    since: datetime | None = None
    until: datetime | None = None
    held: tuple[Named, ...] = ()
    told: tuple[Named, ...] = ()
    told_more: int = 0
    maybe: tuple[Named, ...] = ()
    maybe_more: int = 0
    missed: tuple[Named, ...] = ()
    standing: Standing | None = None
    changed: tuple[Sequel, ...] = ()  # told before, and different since
    titles: tuple[tuple[str, str], ...] = ()  # of the stories, by name


@dataclass(frozen=True, slots=True, kw_only=True)
class Lately:
    """What a channel has carried: messages within its ceiling's span, and who waits under it."""

    sent: int = 0
    waiting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """When the first and the last of what is held for one reason were."""

    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """A channel's last digest: its nominal time (None before the first), and what it covered."""

    nominal: datetime | None
    until: datetime
