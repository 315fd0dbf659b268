"""When a channel speaks: an alert goes at once, or is held for a summary or the digest.

Everything here is judged on values: what the channel wants, what was sent on it lately,
how urgent it is, and what time it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from monitor.alert.genre import genre
from monitor.alert.hours import last_digest, next_digest, quiet_until
from monitor.model import (
    Article,
    Ceiling,
    Channel,
    Covered,
    Digest,
    HoldReason,
    Lately,
    Named,
    Waiting,
)

VOICES: Final = 3  # independent outlets that make a development urgent
WITHIN: Final = timedelta(minutes=30)  # in which they report it
AWAY: Final = timedelta(hours=2)  # without a daemon, after which what came meanwhile is one message
CATCHING_UP: Final = timedelta(minutes=30)  # after it, in which what was missed is expected
# Without reading one source, after which what it brings is one message as well.
UNREAD: Final = timedelta(days=1)
_PATIENCE = timedelta(minutes=15)  # for which the first that is held waits at most
_SLACK = timedelta(minutes=5)  # clocks are set back by seconds in daily life
_WRONG = timedelta(days=2)  # ahead of us, no digest has been: the clock was wrong then


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """An alert is not sent now, for this reason, and until then where that is known."""

    reason: HoldReason
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestDue:
    """The nominal time to remember for a channel, and whether a digest goes out for it."""

    nominal: datetime | None
    send: bool


def urgent(article: Article, *, primary: bool, voices: int) -> bool:
    """Whether it breaks quiet hours and the ceiling.

    `primary`: its source speaks for itself; `voices` are the independent outlets that
    reported its development within `WITHIN`. Opinion, round-ups and explainers never do.
    """
    return (primary or voices >= VOICES) and genre(article) is None


def late(article: Article, woke: datetime | None, now: datetime) -> bool:
    """Whether it came while the monitor was away: out before `woke`, and found soon after."""
    if woke is None or not timedelta(0) <= now - woke < CATCHING_UP:
        return False
    return article.published is None or article.published <= woke


def unread(article: Article, last_read: datetime | None, pause: timedelta) -> bool:
    """Whether its source was switched off or could not be read for so long before it was found.

    `last_read` is when the source was read before that; None where it is not known. `pause` is
    the longest between two polls of a source that is well: what is asked once a day was not
    unread for it.
    """
    if last_read is None:
        return False
    return article.first_seen - last_read >= max(UNREAD, 2 * pause)


def hold(
    channel: Channel,
    lately: Lately,
    *,
    urgent: bool,
    late: Literal["away", "unread"] | None,
    now: datetime,
) -> Hold | None:
    """Decide whether an alert that is due on a channel waits; None: it goes now.

    `late`: it could not be seen when it came out, because nothing was read, or its source was not.
    """
    if not channel.instant:
        return Hold(
            reason="digest", until=next_digest(channel.digest, now) if channel.digest else None
        )
    if urgent:
        return None
    until = quiet_until(channel.quiet, now)
    if until is not None:
        return Hold(reason="quiet", until=until)
    if late is not None:
        return Hold(reason=late)
    if channel.ceiling is not None and (
        # Whoever waits is not overtaken by what is no more urgent.
        lately.waiting or lately.sent >= _as_they_come(channel.ceiling)
    ):
        return Hold(reason="ceiling")
    return None


def ripe(
    channel: Channel, waiting: Mapping[HoldReason, Waiting], lately: Lately, now: datetime
) -> frozenset[HoldReason]:
    """Which of what is held on a channel goes out now, all of it as one message; most often none."""
    if quiet_until(channel.quiet, now) is not None:
        return frozenset()
    if channel.ceiling is not None and lately.sent >= channel.ceiling.count:
        return frozenset()
    if not any(_ripe(channel, reason, times, now) for reason, times in waiting.items()):
        return frozenset()
    return frozenset(reason for reason in waiting if reason != "digest" or channel.digest is None)


def digest_due(digest: Digest, covered: Covered | None, now: datetime) -> DigestDue | None:
    """Whether a digest is due; None where nothing is to be done.

    `covered` is the channel's last digest. What was missed is made up for by one; a clock set
    back brings none again, for its nominal time is remembered. A channel that begins
    waits for its first.
    """
    last = last_digest(digest, now)
    if covered is None:
        return DigestDue(nominal=last, send=False)
    if covered.nominal is not None and covered.nominal > now + _WRONG:
        return DigestDue(nominal=last, send=False)
    if last is None or (covered.nominal is not None and last <= covered.nominal):
        return None
    return DigestDue(nominal=last, send=True)


def rank(named: Named) -> tuple[bool, bool, int, float, datetime]:
    """What sorts a message of many: urgency, new before update, voices, score, time."""
    return (
        not named.urgent,
        named.kind != "new",
        -named.voices,
        -named.score,
        named.at,
    )


def _as_they_come(ceiling: Ceiling) -> int:
    """How much of a ceiling alerts may use; the rest is kept for urgent ones and summaries."""
    return max(1, ceiling.count - _kept(ceiling)) if ceiling.count > 1 else 1


def _kept(ceiling: Ceiling) -> int:
    return 1 + ceiling.count // 6


def _ripe(channel: Channel, reason: HoldReason, times: Waiting, now: datetime) -> bool:
    if times.last > now + _SLACK:  # stamped by a clock that has been set back since
        return True
    if reason == "quiet":
        return True
    if reason == "digest":
        return channel.digest is None  # the configuration changed: nobody else will tell it
    patience = _PATIENCE
    if reason == "ceiling" and channel.ceiling is not None:
        # What is kept of the ceiling lasts for its whole span.
        patience = max(patience, channel.ceiling.span / (_kept(channel.ceiling) + 1))
    elif reason in {"away", "unread"}:
        patience = CATCHING_UP
    # A storm that has calmed down is told at once.
    return now - times.first >= patience or now - times.last >= patience / 3
