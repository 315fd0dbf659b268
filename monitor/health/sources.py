"""What ails a source: failures that last, and lists that have lost most of their entries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import takewhile
from statistics import median
from typing import Final

from monitor.model import Episode, Run, State, Trouble

# States in which nothing, or not the right thing, is read.
BROKEN: Final[frozenset[Trouble]] = frozenset({"failing", "blocked", "gone", "misread"})

_STATES: dict[str, Trouble] = {
    "blocked": "blocked",
    "robots": "blocked",
    "gone": "gone",
    "misread": "misread",
    "empty": "misread",
    "stalled": "misread",
    "too-large": "misread",
    "bad-encoding": "misread",
}
_LASTS: dict[Trouble, tuple[int, timedelta]] = {
    "failing": (3, timedelta(hours=1)),
    "blocked": (2, timedelta(minutes=30)),
    "misread": (2, timedelta(minutes=30)),
    "gone": (1, timedelta(0)),
}
# Large sites answer 404 for hours at addresses that are right (YouTube's channel feeds).
_NOT_FOUND = timedelta(hours=6)

# One site without a way to it, while others answer: after so long it is told as the site's own.
_CUT_OFF = timedelta(hours=6)

_NOTHING_NEW = frozenset({"unchanged", "not-modified"})
_ANSWERED = _NOTHING_NEW | {"new", "same"}
_READINGS = 8  # before a list is known well enough to miss something
_COUNTED = 4  # readings of one run that count: a still week is one habit, not a thousand
_FEW = 6  # entries of a list so short that a third of it says nothing
_SEVERAL = 3  # sources, so that the trouble of one is not taken for that of all
# So long no source is visited though some are due, before something is wrong with us.
UNPOLLED: Final = timedelta(hours=1)
_LOW = (2, timedelta(minutes=30))


def state_of(failure: str | None) -> State:
    """The state that a poll's outcome amounts to, by the name of its failure."""
    if failure is None:
        return "ok"
    if failure == "offline":
        return "offline"
    return _STATES.get(failure, "failing")  # type: ignore[return-value] # a Trouble of a source


def failing(runs: Sequence[Run], known: Episode | None = None) -> Episode | None:
    """The trouble of a source whose last polls failed, once it has lasted.

    `runs` are the failed ones since the last good poll, newest first; what failed for
    want of our own network says nothing of the source. `known` is the open episode: it
    goes on as it is until another state has lasted in its own right.
    """
    faults = [run for run in runs if run.outcome != "offline"]
    if not faults:
        return known if runs and known is not None and known.state in BROKEN else None
    state = state_of(faults[0].outcome)
    alike = list(takewhile(lambda run: state_of(run.outcome) == state, faults))
    if _lasted(alike):
        return _episode(alike)
    if known is not None and known.state in BROKEN:
        return known
    # Faults of changing kinds are one trouble all the same.
    return _episode(faults, state="failing") if _lasted(faults, state="failing") else None


def cut_off(runs: Sequence[Run], back: datetime | None) -> Episode | None:
    """The trouble of a source to which there is no way for long, while our network is there.

    `runs` are those of `failing`; `back` is when our network came back last.
    """
    alike = list(takewhile(lambda run: run.outcome == "offline", runs))
    if not alike:
        return None
    began = max(alike[-1].first, back or alike[-1].first)
    if alike[0].last - began < _CUT_OFF:
        return None
    return replace(_episode(alike, state="failing"), reason="unreachable", began=began)


def _lasted(runs: Sequence[Run], state: Trouble | None = None) -> bool:
    state = state or _STATES.get(runs[0].outcome, "failing")
    times, span = _LASTS[state]
    if all(run.outcome == "not-found" for run in runs):
        span = _NOT_FOUND
    return sum(run.times for run in runs) >= times and runs[0].last - runs[-1].first >= span


def _episode(runs: Sequence[Run], state: Trouble | None = None) -> Episode:
    newest = runs[0]
    return Episode(
        source=newest.source,
        state=state or _STATES.get(newest.outcome, "failing"),
        reason=newest.outcome,
        began=runs[-1].first,
        facts={"detail": newest.detail} if newest.detail else {},
    )


def no_network(newest: Sequence[Run], *, watched: int) -> Episode | None:
    """The loss of our own network: the newest polls of several sources all failed for it.

    Not where another has answered since: then it is some sites that are out of reach.
    """
    several = min(_SEVERAL, watched)
    last: dict[str, Run] = {}
    for run in newest:
        last.setdefault(run.source, run)
    runs = list(last.values())[:several]
    if len(runs) < several or not runs or any(run.outcome != "offline" for run in runs):
        return None
    latest = max(run.first for run in runs)
    if any(run.outcome in _ANSWERED and run.last > latest for run in newest):
        return None
    return Episode(state="offline", reason="offline", began=min(run.first for run in runs))


def unpolled(last: datetime | None, overdue: int, now: datetime) -> Episode | None:
    """The monitor's own trouble when it visits nobody: a full disk, say.

    `last` is when any source was polled last, `overdue` how many have been due for `UNPOLLED`.
    """
    if last is None or not overdue or now - last < UNPOLLED:
        return None
    return Episode(state="unpolled", reason="unpolled", began=last)


def unread(episodes: Iterable[Episode], watched: Iterable[str]) -> tuple[str, ...]:
    """The names of the watched sources of which nothing is known: all while nothing can be read."""
    known = tuple(episodes)
    if any(each.state in {"offline", "unpolled"} for each in known):
        return tuple(sorted(watched))
    return broken(known)


def broken(episodes: Iterable[Episode]) -> tuple[str, ...]:
    """The names of the sources that cannot be read, of all open episodes."""
    return tuple(sorted(each.source for each in episodes if each.source and each.state in BROKEN))


def most_broken(named: Sequence[str], watched: int, now: datetime) -> Episode | None:
    """The trouble of the monitor as a whole when most of its sources are broken."""
    if watched < _SEVERAL or len(named) * 2 <= watched:
        return None
    facts = {"broken": str(len(named)), "watched": str(watched)}
    return Episode(state="broken", reason="broken", began=now, facts=facts)


def usual(lengths: Sequence[int]) -> float:
    """How many entries a source's readings show most often; 0 where none is known."""
    return median(lengths) if lengths else 0


def is_short(length: int, usual: float) -> bool:
    """Whether a list is so much shorter than usual that `fell` should be asked."""
    return length * 3 < usual


def fell(runs: Sequence[Run]) -> Episode | None:
    """Whether a source shows less than a third of what is usual for it, and less than ever.

    `runs` are the good ones of the last weeks, newest first; where one has no entries, the
    length of the list is not known. A page whose layout changed
    often goes on giving a few links, from its menu: no error, and no news either. A
    newspaper's Sunday has fewer entries too, but so had the Sunday before.
    """
    readings = [run for run in runs if run.outcome not in _NOTHING_NEW and run.entries]
    counts = [count for run in readings for count in [run.entries] * min(run.times, _COUNTED)]
    if len(counts) < _READINGS:
        return None
    middle = usual(counts)
    low = list(takewhile(lambda run: is_short(run.entries, middle), readings))
    if not low or middle < _FEW:
        return None
    # A poll that found nothing new confirms the reading before it.
    began = low[-1].first
    since = [run for run in runs if run.first >= began]
    times, span = _LOW
    if sum(run.times for run in since) < times or runs[0].last - began < span:
        return None
    if max(run.entries for run in low) >= min(run.entries for run in readings[len(low) :]):
        return None
    return Episode(
        source=low[0].source,
        state="misread",
        reason="links-fell",
        began=began,
        facts={"count": str(low[0].entries), "usual": f"{middle:g}"},
    )
