"""Numbers of a date as a day: in which order, of which calendar."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from monitor.parse.dates.months import (
    DAY_BEFORE,
    EITHER,
    MONTH_BEFORE,
    WEEKDAYS,
)

_FIRST_YEAR: Final = 1970
_VIETNAMESE: Final = re.compile(r"\bthu (?:hai|ba|tu|nam|sau|bay)\b")  # no Thursday


def is_american(language: str, zone: str) -> bool:
    """Whether numbers that may be either are month and day; ValueError where nothing tells."""
    if language != "en" or (zone.startswith(DAY_BEFORE) and zone not in EITHER):
        return False
    if zone in MONTH_BEFORE:
        return True
    raise ValueError("a day or a month")


def by_weekday(year: int, one: int, other: int, before: str) -> date | None:
    """The one of two readings that falls on the weekday named before it."""
    words = re.findall(r"\w+", _VIETNAMESE.sub("", before))
    named = {WEEKDAYS[word] for word in words if word in WEEKDAYS}
    if year < _FIRST_YEAR or not named:
        return None
    days = [date(year, other, one), date(year, one, other)]
    right = [day for day in days if day.weekday() in named]
    return right[0] if len(right) == 1 else None


def whole_year(text: str) -> int:
    """A year of two digits by RFC 2822, 4.3; of four as it stands."""
    year = int(text)
    if len(text) > 2:
        return year
    return year + (2000 if year < 50 else 1900)


def day_of(year: int, month: int, day: int, language: str) -> date:
    """A numeric date: 13xx and 14xx are Jalali in Persian, and elsewhere may be either calendar."""
    if 1300 <= year < 1500:
        if language not in {"fa", "ps"}:
            raise ValueError("a year of another calendar")
        return from_jalali(year, month, day)
    return date(year, month, day)


def from_jalali(year: int, month: int, day: int) -> date:
    """Jalali to Gregorian by the 33-year rule, exact for 1178 to 1633 (Borkowski 1996)."""
    limit = 31 if month <= 6 else 30
    if not (1 <= month <= 12 and 1 <= day <= limit):
        raise ValueError("no such day")
    # 1 Farvardin 1300 was 21 March 1921; leap years are those with these remainders.
    years = range(1300, year)
    leaps = sum(each % 33 in {1, 5, 9, 13, 17, 22, 26, 30} for each in years)
    if month == 12 and day == 30 and year % 33 not in {1, 5, 9, 13, 17, 22, 26, 30}:
        raise ValueError("no such day")
    before = min(month - 1, 6) * 31 + max(month - 7, 0) * 30
    return date(1921, 3, 21) + timedelta(days=365 * len(years) + leaps + before + day - 1)
