"""Which troubles begin, which end, and what is told of them: each once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from monitor.model import Episode, Trouble

# Told when they are over: nothing can go out without a network, or out of a stopped machine.
_AFTERWARDS: Final[frozenset[Trouble]] = frozenset({"offline", "asleep"})
Subject = tuple[str | None, str | None, str]  # source, story, the monitor's own trouble

# What fails together is seen to fail over some minutes, as each source has its turn.
_GATHER = timedelta(minutes=10)
_APART = timedelta(hours=1)  # between two messages
_OFFLINE = timedelta(minutes=30)  # shorter losses of the network are not worth a line
# A loss that lasts may be that of a few sites only, and mail may have its own way out.
_LOST = timedelta(hours=6)
_AGAIN = timedelta(hours=24)  # between two troubles of one source that are told for its own sake


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a look comes to. Of what ends its recovery is to be told, of `drop` nothing."""

    begin: tuple[Episode, ...] = ()
    end: tuple[Episode, ...] = ()
    drop: tuple[Episode, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing changes."""
        return not (self.begin or self.end or self.drop)


def subject(episode: Episode) -> Subject:
    """Whose trouble it is: one is open at a time."""
    own = "" if episode.source or episode.story else episode.state
    return episode.source, episode.story, own


def plan(
    found: Mapping[Subject, Episode | None], known: Mapping[Subject, Episode], now: datetime
) -> Plan:
    """Compare what was found of each subject that was looked at with its open episode.

    Another state is another trouble. An episode keeps the figures of its beginning.
    """
    begin: list[Episode] = []
    end: list[Episode] = []
    drop: list[Episode] = []
    for whose, is_so in found.items():
        was = known.get(whose)
        if was is not None and is_so is not None and was.state == is_so.state:
            continue
        if was is not None:
            (end if is_so is None and _tells_its_end(was, now) else drop).append(was)
        if is_so is not None:
            begin.append(is_so)
    return Plan(begin=tuple(begin), end=tuple(end), drop=tuple(drop))


def _tells_its_end(episode: Episode, now: datetime) -> bool:
    # The end of a story's silence is told by the alert that ends it.
    if episode.state in _AFTERWARDS:
        return now - episode.began >= _OFFLINE
    return episode.told_at is not None and episode.state != "silent"


def apart(last: datetime | None, now: datetime) -> bool:
    """Whether the last message is long enough ago for another."""
    return last is None or not timedelta(0) <= now - last < _APART


def due(
    waiting: Sequence[Episode],
    told: Mapping[Subject, datetime],
    now: datetime,
) -> tuple[Episode, ...]:
    """Episodes to tell in one message now, in the order of their beginning; none most often.

    `waiting` are the open ones not told yet, and the ended ones whose end is to be told;
    `told` is when another episode of each subject was told last. What comes and goes is
    told once a day for its own sake, and otherwise where a message goes out anyway.
    """
    ailing = {subject(each) for each in waiting if each.ended is None}
    # Newest last: of two recoveries of one source the later one is told.
    worth = {
        subject(each): each
        for each in sorted(waiting, key=lambda each: (each.ended is None, each.ended or now))
        if (each.ended is None and _speaks_open(each, now))
        or (each.ended is not None and subject(each) not in ailing)
    }
    if not any(_ripe(each, told, now) for each in worth.values()):
        return ()
    return tuple(sorted(worth.values(), key=lambda each: (each.ended is not None, each.began)))


def _speaks_open(episode: Episode, now: datetime) -> bool:
    return episode.state not in _AFTERWARDS or now - episode.began >= _LOST


def _ripe(episode: Episode, told: Mapping[Subject, datetime], now: datetime) -> bool:
    since = episode.ended or episode.noted or now
    if timedelta(0) <= now - since < _GATHER:
        return False
    before = told.get(subject(episode)) if episode.ended is None else None
    return before is None or not timedelta(0) <= now - before < _AGAIN
