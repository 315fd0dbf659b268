"""What a poll teaches of a source's pace, and the rate to expect of it.

A source's rate of new entries is learnt by hour of the day: a mean, and a factor for
each hour, drawn towards one while little was seen of it. A factor by day of the week was
tried and did not pay.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.model import Rhythm

_HOUR = timedelta(hours=1)

# In hours from here on.
_MEMORY = 14 * 24.0  # what was learnt fades to 1/e in it
_FORGOTTEN = 7 * 24.0  # a longer pause, or a clock set forward, counts as so long
_RELIEF = 30 * 24.0  # a turnover seen once is feared half as much after it
_START = 1.0  # the weight of the start value against what was seen
_PEAK = 0.5  # the rate of the last polls fades to 1/e in it
_EVEN = 4.0  # entries that speak for the plain mean before an hour is believed to differ
_ABSURD = 1e9  # no figure of a rhythm comes near
_SIZES = ([0, 0], [24, 24])
# Fewer entries than this are not a window that turns over but the leavings of a day.
_WINDOW = 8


def learn(
    rhythm: Rhythm,
    *,
    now: datetime,
    since: datetime | None,
    entries: int,
    fresh: int,
    gap: bool,
    published: Sequence[datetime] = (),
) -> Rhythm:
    """The rhythm after one more answered poll.

    `since` is the answered poll before it; None for a first reading, whose entries are
    no news of this moment: their dates alone then tell a pace. `entries` is how many
    the source showed (0: unknown, it answered "unchanged"), `fresh` how many of them
    were new, `published` the dates of all that it showed. `gap` says that
    none was known, so that others may have been missed. A clock that was set back makes
    a poll that tells nothing of the rate.
    """
    rhythm = sound(rhythm)
    dates = _credible(published, now)
    end = now.timestamp() / 3600
    hours = 0.0 if since is None else min(max((now - since) / _HOUR, 0.0), _FORGOTTEN)
    if since is None and not any(rhythm.watched):
        rhythm = _seeded(rhythm, dates, end)
    elif hours > 0:
        rhythm = _added(rhythm, dates, end - hours, end, fresh)
    return replace(
        rhythm,
        window=_window(rhythm.window, entries),
        half_turn=_half_turn(rhythm.half_turn, dates, hours, entries, fresh, gap=gap),
        lately=max(
            rhythm.lately * math.exp(-hours / _PEAK),
            fresh / max(hours, 1 / 12) if hours > 0 and fresh > 2 else 0.0,
        ),
    )


def mean(rhythm: Rhythm, guess: float) -> float:
    """Entries an hour over all hours watched.

    `guess` is the rate of a source of which nothing is known. It speaks until it is
    forgotten like everything else.
    """
    seen = sum(rhythm.watched)
    weight = _START * max(1 - seen / _MEMORY, 0.0)
    return (sum(rhythm.arrivals) + weight * guess) / (seen + weight) if seen + weight else 0.0


def expected(
    rhythm: Rhythm, start: datetime, span: timedelta, guess: float
) -> Iterator[tuple[float, float]]:
    """The rate to come in `span` from `start`: entries an hour and for how many hours."""
    even = mean(rhythm, guess)
    begin = start.timestamp() / 3600
    for hour, length in _cells(begin, begin + span / _HOUR):
        rate = even
        if rhythm.watched:
            rate *= (rhythm.arrivals[hour] + _EVEN) / (rhythm.watched[hour] * even + _EVEN)
        yield rate, length


def sound(rhythm: Rhythm) -> Rhythm:
    """The rhythm, or a new one where what was kept of it cannot be right."""
    tables = (rhythm.arrivals, rhythm.watched)
    try:
        if [len(table) for table in tables] in _SIZES and all(
            min(table, default=0.0) >= 0 and sum(table) < _ABSURD  # false for NaN
            for table in (*tables, (rhythm.window, rhythm.lately, rhythm.half_turn or 0.0))
        ):
            return rhythm
    except TypeError:
        pass
    return Rhythm()


def _cells(start: float, end: float) -> Iterator[tuple[int, float]]:
    """Hour of the day and length of each piece between two times in hours."""
    while start < end:
        number = math.floor(start)
        stop = min(number + 1.0, end)
        yield number % 24, stop - start
        start = stop


def _added(rhythm: Rhythm, dates: Sequence[float], start: float, end: float, fresh: int) -> Rhythm:
    """With `fresh` entries between `start` and `end`: at their dates, or evenly."""
    fade = math.exp((start - end) / _MEMORY)
    arrivals = [fade * value for value in rhythm.arrivals or (0.0,) * 24]
    watched = [fade * value for value in rhythm.watched or (0.0,) * 24]
    dated = dates[bisect_right(dates, start) :][-fresh:] if fresh else ()
    rate = (fresh - len(dated)) / (end - start)
    for hour, span in _cells(start, end):
        watched[hour] += span
        arrivals[hour] += rate * span
    for date in dated:
        arrivals[math.floor(date) % 24] += 1
    return replace(rhythm, arrivals=tuple(arrivals), watched=tuple(watched))


def _seeded(rhythm: Rhythm, dates: Sequence[float], end: float) -> Rhythm:
    """As if the entries of a first reading had been seen to come, a day at a time."""
    if len(dates) < 3:
        return rhythm
    # The oldest one marks the beginning, unless the memory does not reach so far back.
    start = max(dates[0], end - 2 * _MEMORY)
    dates = dates[bisect_right(dates, start) :]
    if start >= end:
        return rhythm
    arrivals, watched = [0.0] * 24, 0.0
    fade = math.exp(-24 / _MEMORY)
    while start + 24 <= end:
        # Of a whole day each hour was overlooked once.
        watched = fade * watched + 1
        if dates and dates[0] <= start:  # some have come before
            arrivals = [fade * value for value in arrivals]
        for date in dates[bisect_right(dates, start) : bisect_right(dates, start + 24)]:
            arrivals[math.floor(date) % 24] += 1
        start += 24
    rhythm = replace(rhythm, arrivals=tuple(arrivals), watched=(watched,) * 24)
    rest = dates[bisect_right(dates, start) :]
    return _added(rhythm, rest, start, end, len(rest)) if start < end else rhythm


def _credible(published: Sequence[datetime], now: datetime) -> list[float]:
    """The dates in hours, ascending; none where they look made up.

    More than half at one time of the day are dates without a time, or the moment in
    which the page was made.
    """
    dates = sorted(date.timestamp() / 3600 for date in published if date <= now)
    if not dates:
        return []
    usual = max(Counter([round(date % 24 * 3600) for date in dates]).values())
    return [] if usual * 2 > len(dates) else dates


def _window(known: float, entries: int) -> float:
    """Down at once, up slowly: what is shown at the worst of times has to be enough."""
    if entries <= 0:
        return known
    if not known or entries < known:
        return float(entries)
    return known + (entries - known) * 0.1


def _half_turn(
    known: float | None,
    dates: Sequence[float],
    hours: float,
    entries: int,
    fresh: int,
    *,
    gap: bool,
) -> float | None:
    turns = [] if known is None else [min(known * 2 ** (hours / _RELIEF), _MEMORY)]
    half = (entries + 1) // 2
    if entries >= _WINDOW and len(dates) > half:
        turns.append(min(b - a for a, b in zip(dates, dates[half:], strict=False)))
    elif entries >= _WINDOW and not dates and hours > 0 and fresh >= half:
        turns.append(hours * half / fresh)
    if gap and hours > 0:
        turns.append(hours / 2)
    return min(turns, default=None)
