"""Times of day of a wall clock as instants: quiet hours, and when a digest is due.

An hour that a clock set forward leaves out is the instant at which it is set; of an hour
that comes twice, the first one counts. So every night has one beginning and one end,
and a digest of each day is one.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.model import Digest, Quiet

_DAY = timedelta(days=1)
_WEEK = 8  # days back to the last digest, at most: one a week, and a clock change


def at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, at which the clocks of a zone first show this time of this day or later."""
    wall = datetime.combine(day, clock, zone)
    first = wall.astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return first
    # It does not exist: between the two readings (PEP 495) lies the change of the clock.
    early, late = sorted((first, wall.replace(fold=1).astimezone(UTC)))
    before = early.astimezone(zone).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = (early + (late - early) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == before:
            early = middle
        else:
            late = middle
    return late


def quiet_until(quiet: Quiet | None, now: datetime) -> datetime | None:
    """When the quiet hours end that `now` lies in; None where it lies in none.

    Hours that end when they begin are none at all.
    """
    if quiet is None or quiet.begin == quiet.end:
        return None
    zone = ZoneInfo(quiet.timezone)
    today = now.astimezone(zone).date()
    over_night = _DAY if quiet.begin > quiet.end else timedelta(0)
    for day in (today - _DAY, today):
        begin, end = at(day, quiet.begin, zone), at(day + over_night, quiet.end, zone)
        if begin <= now < end:
            return end
    return None


def last_digest(digest: Digest, now: datetime) -> datetime | None:
    """The instant of the last digest that should have gone out by now; None where none was yet."""
    zone = ZoneInfo(digest.timezone)
    today = now.astimezone(zone).date()
    for back in range(-1, _WEEK + 1):
        day = today - back * _DAY
        if digest.days and day.weekday() not in digest.days:
            continue
        past = [when for clock in digest.at if (when := at(day, clock, zone)) <= now]
        if past:
            return max(past)
    return None


def next_digest(digest: Digest, now: datetime) -> datetime:
    """The instant of the next one."""
    zone = ZoneInfo(digest.timezone)
    today = now.astimezone(zone).date()
    return min(
        when
        for ahead in range(-1, _WEEK + 1)
        for clock in digest.at
        if not digest.days or (today + ahead * _DAY).weekday() in digest.days
        if (when := at(today + ahead * _DAY, clock, zone)) > now
    )
