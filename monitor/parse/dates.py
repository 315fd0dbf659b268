"""Dates as sources write them: RFC 822, RFC 3339, and words in the sources' languages.

A date is aware UTC or unknown (None), never a guess: a Hijri date alone is
unknown (the civil calendar follows sightings), a Jalali one is converted
(its arithmetic is exact), a number that reads two ways is unknown.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

from monitor.parse.months import (
    AFTERNOON,
    DUALS,
    FORENOON,
    GREGORIAN,
    HIJRI,
    JALALI,
    UNITS,
    ZONES,
)
from monitor.text.arabic import fold

_LONGEST: Final = 300
_FIRST_YEAR: Final = 1970
_LAST_YEAR: Final = 2100


def _any(names: dict[str, int]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


_TIME: Final = re.compile(
    r"(?P<before>오전|오후|上午|下午|午前|午後)?\s*(?<![\d:])(?P<hour>\d{1,2})"
    r"(?::(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?|\s*h\s*(?P<french>\d{2})\b"
    r"|\s*(?P<bare>am|pm|a\.m\.?|p\.m\.?)\b)"
    r"(?![\d:])\s*(?P<half>am\b|pm\b|a\.m|p\.m|ص(?!\w)|م(?!\w)|صباحا?(?!\w)|مساءا?(?!\w))?",
)
_OFFSET: Final = re.compile(
    r"(?:^|(?<=[\d\s])|\b(?:utc|gmt)\s?)(?P<sign>[+-])(?P<hours>\d{2})(?::?(?P<minutes>\d{2}))?\b"
    r"|\b(?:utc|gmt)\s?(?P<short>[+-]\d{1,2})\b"
)
_ISO: Final = re.compile(
    r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)|(?<!\d)(\d{4})(\d{2})(\d{2})(?=t\d|$)"
)
_YEAR_FIRST: Final = re.compile(
    r"(?<!\d)(\d{4})\s?[/.年년]\s?(\d{1,2})\s?[/.月월]\s?(\d{1,2})(?!\d)\s?[日일]?"
)
_DAY_FIRST: Final = re.compile(
    r"(?<![\d.])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d])"
)
_MONTH: Final = _any(GREGORIAN)
# Both systems at once, "ديسمبر (كانون الأول)" or "كانون الأول/ديسمبر": the second is skipped.
_NAMED: Final = rf"(?<!\w)(?P<month>{_MONTH})\.?(?:\s?[(/]\s?(?:{_MONTH})\s?\)?)?(?!\w)"
_DAY_MONTH: Final = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º)?\.?[\s,\-/]*(?:de\s|من\s|of\s)?\s*{_NAMED}"
    r"(?:[\s,،.\-/]|de\s|del\s)*(?P<year>\d{4}|\d{2}(?!\s?:))(?!\d)"
)
_MONTH_DAY: Final = re.compile(
    rf"{_NAMED}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:)[\s,،]+(?P<gap>.{{0,20}}?\s)?(?P<year>\d{{4}})(?!\d)"
)
_JALALI_DATE: Final = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})\s*(?P<month>{_any(JALALI)})(?!\w)(?:\s?ماه)?[\s,،]*(?P<year>1[34]\d\d)(?!\d)"
)
_HIJRI_DATE: Final = re.compile(
    rf"(?<!\d)\d{{1,2}}\s*(?:{_any(HIJRI)})(?!\w)[\s,،]*1[345]\d\d(?!\d)\s*ه?"
    r"|(?<!\d)1[345]\d\d\s?ه(?!\w)|(?<!\d)1[345]\d\d[/-]\d{1,2}[/-]\d{1,2}\s?ه(?!\w)"
    r"|(?<!\d)\d{1,2}[/-]\d{1,2}[/-]1[345]\d\d\s?ه(?!\w)"
)
_BY_CLOCK_OF: Final = re.compile(r"بتوقيت (\w+)")
_COMPACT: Final = re.compile(r"(?<=\d)t(\d\d)(\d\d)(\d\d)?(?=z|[+-]|$)")
_AGO: Final = re.compile(
    rf"(?:^|\s)(?:(?P<count>\d{{1,3}}|an?|un|une|eine[rn]?|bir|một|واحده?)\s?)?(?P<unit>{_any(UNITS | DUALS)})(?!\w)"
)
_AGO_MARK: Final = re.compile(
    r"(?:^|\s)(?:منذ|قبل|ago|il y a|vor|hace|назад|тому|once|پيش)(?!\w)|전$|前$"
)
_TODAY: Final = frozenset(
    map(fold, str.split("today اليوم aujourd'hui heute hoy сегодня bugün امروز 오늘 今天"))
)
_YESTERDAY: Final = frozenset(
    map(fold, str.split("yesterday أمس hier gestern ayer вчера dün دیروز 어제 昨天"))
)


def read_date(
    text: str | None,
    *,
    timezone: str | None = None,
    now: datetime | None = None,
    language: str | None = None,
) -> datetime | None:
    """The moment in UTC, or None. Never raises.

    `timezone` is the IANA zone of dates that state none (UTC without it), `now`
    the time of fetching for "44 minutes ago" (unknown without it), `language`
    decides an order of numbers that the text leaves open: 3/4/2025 is unknown
    in English and 3 April elsewhere. A date without a time is its first moment.
    """
    if not text or len(text) > _LONGEST:
        return None
    folded = " ".join(fold(text).split())
    try:
        return _read(folded, _zone(timezone), now, (language or "").split("-")[0].lower())
    except (ValueError, OverflowError):  # 31 February; an offset beyond the calendar
        return None


def _zone(name: str | None) -> ZoneInfo | timezone:
    try:
        return ZoneInfo(name) if name else UTC
    except (KeyError, ValueError, OSError):
        return UTC


def _read(
    text: str, zone: ZoneInfo | timezone, now: datetime | None, language: str
) -> datetime | None:
    if re.fullmatch(r"1\d{9}(?:\d{3})?", text):
        return datetime.fromtimestamp(int(text[:10]), UTC)
    text = _COMPACT.sub(lambda part: f"t{part[1]}:{part[2]}:{part[3] or '00'}", text)
    text, hijri = _HIJRI_DATE.subn(" ", text)
    found = _day(text, language)
    if found is None:
        return None if hijri else _relative(text, zone, now)
    day, rest = found
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        return None
    time = _TIME.search(rest)
    moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001  the zone follows
    offset = None
    if time:
        moment = _at(moment, time)
        # What follows the time, and then the rest: "10:15، 28 نيسان 2025 بتوقيت مكة".
        offset = _offset(f"{rest[time.end() :]} ; {rest[: time.start()]}")
    aware = moment.replace(tzinfo=zone if offset is None else offset)
    return aware.astimezone(UTC)


def _day(text: str, language: str) -> tuple[date, str] | None:
    """The day, and the text around it in which its time may stand."""
    if match := _ISO.search(text):
        year, month, day = (int(part) for part in match.groups() if part)
        return _calendar(year, month, day, language), _around(text, match)
    if match := _JALALI_DATE.search(text):
        month = JALALI[match["month"]]
        return _from_jalali(int(match["year"]), month, int(match["day"])), _around(text, match)
    match = _DAY_MONTH.search(text) or _MONTH_DAY.search(text)
    if match:
        year = _whole_year(match["year"])
        return date(year, GREGORIAN[match["month"]], int(match["day"])), _around(text, match)
    if match := _YEAR_FIRST.search(text):
        year, month, day = map(int, match.groups())
        return _calendar(year, month, day, language), _around(text, match)
    if match := _DAY_FIRST.search(text):
        one, other = int(match[1]), int(match[3])
        if match[2] == "/" and language == "en":
            if one <= 12 and other <= 12 and one != other:
                return None
            if other > 12:
                one, other = other, one
        elif other > 12 >= one:
            one, other = other, one
        return _calendar(_whole_year(match[4]), other, one, language), _around(text, match)
    return None


def _around(text: str, match: re.Match[str]) -> str:
    """What may hold the time: what follows the day, then what goes before."""
    inside = match.groupdict().get("gap") or ""
    return f"{text[match.end() :].removeprefix('t')} ; {inside} ; {text[: match.start()]}"


def _whole_year(text: str) -> int:
    """A year of two digits by RFC 2822, 4.3; of four as it stands."""
    year = int(text)
    if len(text) > 2:
        return year
    return year + (2000 if year < 50 else 1900)


def _calendar(year: int, month: int, day: int, language: str) -> date:
    """A numeric date: 13xx and 14xx are Jalali in Persian, and elsewhere may be either calendar."""
    if 1300 <= year < 1500:
        if language not in {"fa", "ps"}:
            raise ValueError("a year of another calendar")
        return _from_jalali(year, month, day)
    return date(year, month, day)


def _from_jalali(year: int, month: int, day: int) -> date:
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


def _at(day: datetime, time: re.Match[str]) -> datetime:
    hour, minute = int(time["hour"]), int(time["minute"] or time["french"] or 0)
    half = (time["half"] or time["before"] or time["bare"] or "").rstrip(".")
    if half in AFTERNOON and hour < 12:
        hour += 12
    elif half in FORENOON and hour == 12:
        hour = 0
    second = min(int(time["second"] or 0), 59)  # a leap second
    if (hour, minute) == (24, 0):
        return day + timedelta(days=1)
    return day.replace(hour=hour, minute=minute, second=second)


def _offset(rest: str) -> timezone | None:
    """The zone written after a time, as far as it is known by figure or name."""
    said = _BY_CLOCK_OF.search(rest)
    rest = said[1] if said else rest.split(" ; ", 1)[0]
    if match := _OFFSET.search(rest):
        if match["short"]:
            minutes = 60 * int(match["short"])
        else:
            minutes = 60 * int(match["hours"]) + int(match["minutes"] or 0)
            minutes = -minutes if match["sign"] == "-" else minutes
        return timezone(timedelta(minutes=minutes))
    for word in re.findall(r"\w+", rest)[:5]:
        if word in ZONES:
            return timezone(timedelta(minutes=ZONES[word]))
    return None


def _relative(text: str, zone: ZoneInfo | timezone, now: datetime | None) -> datetime | None:
    """`44 minutes ago`, `منذ ساعتين`, `yesterday 10:15`, seen from `now`."""
    if now is None:
        return None
    if _AGO_MARK.search(text) and (match := _AGO.search(text)):
        unit = match["unit"]
        count = int(match["count"]) if (match["count"] or "").isdigit() else 1
        seconds = DUALS[unit] if unit in DUALS else count * UNITS[unit]
        return (now - timedelta(seconds=seconds)).astimezone(UTC)
    words = set(re.findall(r"[\w']+", text))
    back = 0 if words & _TODAY else 1 if words & _YESTERDAY else None
    if back is None or len(words) > 6:
        return None
    local = now.astimezone(zone) - timedelta(days=back)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    time = _TIME.search(text)
    if time is None:
        return midnight.astimezone(UTC)
    offset = _offset(text[time.end() :])
    return _at(midnight, time).replace(tzinfo=offset or zone).astimezone(UTC)
