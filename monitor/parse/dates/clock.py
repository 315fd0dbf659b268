"""The time of day beside a date, folded, and whose clock it is told by."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from monitor.parse.dates.months import AFTERNOON, CITIES, FORENOON, NIGHT, NOON, ZONES

_TIME: Final = re.compile(
    r"(?P<before>[오상]전|오후|새벽|아침|저녁|밤|낮|[上下]午|午[前後]|凌晨|[早晚]上|早晨|清晨|中午|傍晚|晚[间間]|深夜|夜[里間])?\s*(?<![\d:])(?P<hour>\d{1,2})"
    r"(?::(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"|(?:\s*h\s*|\s?[時时点點시]\s?|\s?gio\s|\sو\s(?=\d\d\sدقيقه)|\.(?=\d\d\s(?:uhr|gmt|bst)\b))(?P<apart>\d{2})(?!\d)[分분]?"
    r"|\s*(?P<bare>am|pm|a\.m\.?|p\.m\.?|صباحا?|مساءا?|ظهرا|عصرا|ليلا|فجرا|uhr)(?!\w))"
    r"(?![\d:])\s*(?:बजे\s)?(?P<half>[ap]m\b|[ap]\.\s?m\b|[πμ]\.?\s?μ\b|[قب]\.\s?ظ|(?:sa|ch)(?=\s*(?:$|[|,;(·–-]))"
    r"|(?:ص|م|صباحا?|صبح|بامداد|مساءا?|ظهرا?|عصرا?|ليلا?|فجرا?|شب|نيمه\s?شب|بعد\s?(?:ال|از\s?)ظهر|قبل\s?(?:ال|از\s?)ظهر|(?:بعد\s)?منتصف\sالليل)(?!\w)"
    r"|सुबह|दोपहर|शाम|रात)?",
)
# Only straight behind a day: 14 Kasım 2025, 16.20
_DOTTED: Final = re.compile(
    r"[\s,·|–-]*(?:(?:klo|kl\.?|pukul|saat|um|ore|alle|at)\s)?(?P<hour>[01]?\d|2[0-3])\.(?P<minute>[0-5]\d)(?![\d.])"
    r"(?P<second>)(?P<apart>)(?P<half>)(?P<before>)(?P<bare>)"
)
_APART: Final = re.compile(r"[.\s]")
_OFFSET: Final = re.compile(
    r"(?:^|(?<=[\d\s])|\b(?:utc|gmt)\s?)(?P<sign>[+-])(?P<hours>\d{2})(?::?(?P<minutes>\d{2}))?\b"
    r"|\b(?:utc|gmt)\s?(?P<east>[+-])\s?(?P<short>\d{1,2})(?::(?P<part>\d{2}))?\b"
)
_GREENWICH: Final = re.compile(
    r"\s?\(?(?:gmt|utc|(?:بتوقيت )?غرينتش|(?:بتوقيت )?جرينتش)(?!\s?[+-])\b"
)
_BY_CLOCK_OF: Final = re.compile(r"بتوقيت (\w+)")
_ABBREVIATED: Final = re.compile(r"\s*\(?\s*ت\s?\.?\s?(غ|م)(?!\w)")  # Greenwich's, Mecca's


def find_time(text: str, after: str = "") -> re.Match[str] | None:
    """Where a time stands in a text; `after` is what follows a day, where 16.20 is one too."""
    return _zoned(text) or _TIME.search(text) or _DOTTED.match(after)


def _zoned(rest: str) -> re.Match[str] | None:
    """The second of two times where it alone says that it is Greenwich's: `LOC10:15 07:15 GMT`."""
    times = list(islice(_TIME.finditer(rest), 2))
    if len(times) < 2 or stated_zone(rest[times[0].end() : times[1].start()]) is not None:
        return None
    return times[1] if _GREENWICH.match(rest, times[1].end()) else None


def at_time(day: datetime, time: re.Match[str]) -> datetime:
    """The moment of a day that a found time names."""
    hour, minute = int(time["hour"]), int(time["minute"] or time["apart"] or 0)
    half = _APART.sub("", time["half"] or time["before"] or time["bare"] or "")
    if (
        (half in AFTERNOON and hour < 12)
        or (half in NOON and hour < 6)
        or (half in NIGHT and 6 < hour < 12)
    ):
        hour += 12
    elif half in FORENOON | NIGHT and hour == 12:
        hour = 0
    second = min(int(time["second"] or 0), 59)  # a leap second
    if (hour, minute) == (24, 0):
        return day + timedelta(days=1)
    return day.replace(hour=hour, minute=minute, second=second)


def stated_zone(rest: str, *, american: bool = False) -> tzinfo | None:
    """The zone written after a time, as far as it is known by figure or name.

    `american` allows for ET and PT, which are words in other languages.
    """
    said = _BY_CLOCK_OF.search(rest)
    rest = said[1] if said else rest.split(" ; ", 1)[0]
    if match := _OFFSET.search(rest):
        hours, part = match["short"] or match["hours"], match["part"] or match["minutes"] or 0
        ahead = timedelta(hours=int(hours), minutes=int(part))
        return timezone(-ahead if "-" in {match["sign"], match["east"]} else ahead)
    if match := _ABBREVIATED.match(rest):
        return timezone(timedelta(hours=0 if match[1] == "غ" else 3))
    for word in re.findall(r"\w+", rest)[:5]:
        if word in ZONES:
            return timezone(timedelta(minutes=ZONES[word]))
        if word in CITIES and (american or len(word) > 2):
            return ZoneInfo(CITIES[word])
    return None
