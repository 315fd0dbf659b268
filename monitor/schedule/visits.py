"""When a source is visited next, and when a pending body is looked for."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import Final

from monitor.errors import Failure
from monitor.model import PollSettings, Rhythm, Source
from monitor.schedule.rhythm import expected, mean, sound

# A source given up: a far day that every time zone can still write.
NEVER: Final = datetime(9999, 1, 1, tzinfo=UTC)

_NONE = timedelta(0)
_HOUR = timedelta(hours=1)
_JITTER = 0.1
_LOOKS = (30, 60, 120, 240)  # seconds between looks at a page that could not be read
# Failures that a quick second look rarely mends: the site has to change something first.
_SLOW: frozenset[Failure] = frozenset(
    {"blocked", "not-found", "forbidden-address", "client-error", "misread", "redirects"}
)
_FAREWELLS = 3  # 410s in a row after which a source is believed to be gone
_OFFLINE = timedelta(minutes=1)
# What a source says about its own caching is believed for so long at most: many feeds
# carry the 60 minutes of their template, and an alert an hour late is worth little.
_HINT = timedelta(minutes=30)
_PUSHED = timedelta(hours=1)  # the pause of a source whose hub tells us of news
_AHEAD = timedelta(days=7)  # a rate that repeats by the day need not be followed further
_DAILY = 1 / 24  # entries an hour
# Fear of a quick turnover costs at most so many requests for each entry that is expected.
_AT_MOST = 48
_RARELY = 1e-6  # an hour; what comes less often comes never
_MOMENT = 10  # parts of the floor
_SECOND = timedelta(seconds=1)


def next_poll(
    now: datetime,
    source: Source,
    settings: PollSettings,
    *,
    luck: float,
    rhythm: Rhythm | None = None,
    ttl: timedelta | None = None,
    max_age: timedelta | None = None,
    pushed: bool = False,
) -> datetime:
    """The next visit after an answered poll.

    `luck` is uniform in [0, 1): it spreads sources that start together by a tenth
    of the interval either way. `ttl` (RSS 2.0) and `max_age` (RFC 9111, 5.2.2.1) may
    lengthen the wait, to half an hour at most and never beyond what is safe; so does
    `pushed`, a subscription in force at the source's hub, to an hour.
    """
    hint = _PUSHED if pushed else min(max(ttl or _NONE, max_age or _NONE), _HINT)
    interval = _interval(now, source, settings, rhythm, hint)
    return now + _within(_spread(interval, luck), settings)


def after_failure(
    now: datetime,
    source: Source,
    settings: PollSettings,
    *,
    failure: Failure,
    failures: int,
    retry_after: timedelta | None,
    luck: float,
    rhythm: Rhythm | None = None,
    gone: int = 1,
) -> datetime:
    """The next visit after a failed poll, the `failures`-th in a row (from 1).

    Doubles up to the ceiling and never stops, from the source's interval, or from the
    setting where that is shorter: one failure must not double the pause of a quiet
    source. What the server asked for (Retry-After, RFC 9110, 10.2.3) is a floor, up to a
    day. `offline` is no fault of the source: a minute. `gone` counts the 410s in a row;
    the third is the last (`NEVER`).
    """
    if failure == "offline":
        return now + _spread(_OFFLINE, luck)
    if failure == "gone" and gone >= _FAREWELLS:
        return NEVER
    interval = settings.ceiling
    if failure != "gone":
        interval = _interval(now, source, settings, rhythm)
        if source.every is None:
            interval = min(interval, settings.every)
        doublings = min(failures - 1 + (2 if failure in _SLOW else 0), 16)
        interval = min(interval * 2**doublings, settings.ceiling)
    wait = _within(_spread(interval, luck), settings)
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


# ---- how long to wait


def _spread(interval: timedelta, luck: float) -> timedelta:
    return interval * (1 - _JITTER + 2 * _JITTER * luck)


def _within(interval: timedelta, settings: PollSettings) -> timedelta:
    return min(max(interval, settings.floor), settings.ceiling)


def _interval(
    now: datetime,
    source: Source,
    settings: PollSettings,
    rhythm: Rhythm | None,
    hint: timedelta = _NONE,
) -> timedelta:
    if source.every is not None:
        return source.every
    rhythm = sound(rhythm or Rhythm())
    every = max(settings.every, _SECOND)
    guess = _HOUR / (2 * every)
    wish, safe = _pace(now, rhythm, settings.ceiling, every, guess)
    if rhythm.window and rhythm.lately:
        safe = min(safe, rhythm.window / 2 / rhythm.lately)
    # What turns over in moments is lost at any pace.
    if rhythm.half_turn is not None and rhythm.half_turn >= settings.floor / _HOUR / _MOMENT:
        dear = 1 / max(_AT_MOST * mean(rhythm, guess), _RARELY)
        safe = min(safe, max(rhythm.half_turn, dear))
    hours = min(max(wish, hint / _HOUR), safe / (1 + _JITTER))
    return min(hours, settings.ceiling / _HOUR) * _HOUR


def _pace(
    now: datetime, rhythm: Rhythm, ceiling: timedelta, every: timedelta, guess: float
) -> tuple[float, float]:
    """Hours until the next poll is wished for, and until half the window may be replaced.

    `every` is the interval of a source that brings an entry each second poll. With a
    rate that changes over the day, polls are a density, the square root of twice the
    rate over `every`; the next one falls where it adds up to one. Where an entry a day
    is to be expected, it does so once an hour.
    """
    half = rhythm.window / 2 or math.inf
    asked = came = passed = 0.0
    wish = safe = math.inf
    hourly = 1 / max(every / _HOUR, 1.0)
    for rate, span in expected(rhythm, now, min(ceiling, _AHEAD), guess):
        density = max(math.sqrt(2 * rate * (_HOUR / every)), hourly if rate >= _DAILY else 0.0)
        if wish == math.inf and asked + density * span >= 1:
            wish = passed + (1 - asked) / density
        if safe == math.inf and came + rate * span >= half:
            safe = passed + (half - came) / rate
        if wish < math.inf and (safe < math.inf or half == math.inf):
            break
        asked, came, passed = asked + density * span, came + rate * span, passed + span
    return wish, safe
