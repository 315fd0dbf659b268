"""When to look again: the arithmetic of polls and of pending bodies.

Pure: `now` and the random part are passed in.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.errors import Failure
from monitor.model import PollSettings, Source

_JITTER = 0.1
_LOOKS = (30, 60, 120, 240)  # seconds between looks at a page that could not be read
# Failures that a quick second look rarely mends: the site has to change something first.
_SLOW: frozenset[Failure] = frozenset(
    {"blocked", "not-found", "gone", "forbidden-address", "client-error", "misread", "redirects"}
)


def next_poll(now: datetime, source: Source, settings: PollSettings, *, luck: float) -> datetime:
    """The next visit after an answered poll.

    `luck` is uniform in [0, 1): it spreads sources that start together by a tenth
    of the interval either way.
    """
    return now + _within(_spread(source.every or settings.every, luck), settings)


def after_failure(
    now: datetime,
    source: Source,
    settings: PollSettings,
    *,
    failure: Failure,
    failures: int,
    retry_after: timedelta | None,
    luck: float,
) -> datetime:
    """The next visit after a failed poll, the `failures`-th in a row (from 1).

    Doubles from the interval up to the ceiling and never stops; what the server
    asked for (Retry-After, RFC 9110, 10.2.3) is a floor, up to a day.
    """
    interval = source.every or settings.every
    doublings = min(failures - 1 + (2 if failure in _SLOW else 0), 16)
    wait = _within(_spread(min(interval * 2**doublings, settings.ceiling), luck), settings)
    if retry_after is not None:
        wait = max(wait, min(retry_after, timedelta(days=1)))
    return now + wait


def next_look(
    now: datetime, first_seen: datetime, tries: int, patience: timedelta
) -> datetime | None:
    """When to try a page again that could not be read; None when patience is over.

    `tries` counts the looks before this one. The last look falls on the end of
    patience, so that nothing waits longer than promised.
    """
    end = first_seen + patience
    if now >= end:
        return None
    return min(now + timedelta(seconds=_LOOKS[min(tries, len(_LOOKS) - 1)]), end)


def _spread(interval: timedelta, luck: float) -> timedelta:
    return interval * (1 - _JITTER + 2 * _JITTER * luck)


def _within(interval: timedelta, settings: PollSettings) -> timedelta:
    return min(max(interval, settings.floor), settings.ceiling)
