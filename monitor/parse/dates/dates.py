"""Dates as sources write them: RFC 822, RFC 3339, and words in the sources' languages.

A date is aware UTC or unknown (None), never a guess: a Hijri date alone is
unknown (the civil calendar follows sightings), a Jalali one is converted
(its arithmetic is exact), a number that reads two ways is unknown. So is 1 January 1970,
which is what a program writes that has no date: read as one, it would make news old.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from monitor.parse.dates.calendars import by_weekday, day_of, from_jalali, is_american, whole_year
from monitor.parse.dates.clock import at_time, find_time, stated_zone
from monitor.parse.dates.months import (
    DUALS,
    GREGORIAN,
    HIJRI,
    JALALI,
    UNITS,
)
from monitor.text.arabic import fold
from monitor.text.lists import any_of

Dated = Callable[..., datetime | None]  # `read_date`, or a stricter one

_LONGEST: Final = 300
_FIRST: Final = datetime(1970, 1, 2, tzinfo=UTC)
_LAST_YEAR: Final = 2100


_ISO: Final = re.compile(
    r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)|(?<!\d)(\d{4})(\d{2})(\d{2})(?=t\d|$)"
)
_YEAR_FIRST: Final = re.compile(
    r"(?<!\d)(\d{4})\s?[/.年년]\s?(\d{1,2})\s?[/.月월]\s?(\d{1,2})(?!\d)\s?[日일]?"
)
# As some agencies' pages part it: 2025 02/18.
_YEAR_APART: Final = re.compile(r"(?<!\d)(\d{4})\s(\d{2})\s?/\s?(\d{2})(?!\d|\s?/)")
_DAY_FIRST: Final = re.compile(
    r"(?<![\d.])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d])"
)
_MONTH: Final = any_of(GREGORIAN)
# Both systems at once, "ديسمبر (كانون الأول)", "نيسان/أبريل" or "نيسان - أبريل": the second is skipped.
_NAMED: Final = rf"(?<!\w)(?P<month>{_MONTH})\.?(?:\s?[(/–-]?\s?(?:{_MONTH})\s?\)?)?(?!\w)"
_DAY_MONTH: Final = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º)?\.?[\s,\-/]*(?:de\s|من\s|of\s)?\s*{_NAMED}"
    r"(?:[\s,،.\-/]|de\s|del\s|nam\s|(?:ل?سنه|ل?عام)\s)*(?P<year>\d{4}|\d{2}(?!\s?:))(?!\d)"
)
_MONTH_DAY: Final = re.compile(
    rf"{_NAMED}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:)[\s,،]+(?P<gap>.{{0,20}}?\s)?(?P<year>\d{{4}})(?!\d)"
)
# Hungarian: 2004. július 13.
_YEAR_NAMED: Final = re.compile(
    rf"(?<!\d)(?P<year>\d{{4}})[\s.\-]{{1,2}}{_NAMED}[\s\-]{{1,2}}(?P<day>\d{{1,2}})(?![\d:])"
)
_JALALI_DATE: Final = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})\s*(?P<month>{any_of(JALALI)})(?!\w)(?:\s?ماه)?[\s,،]*(?P<year>1[34]\d\d)(?!\d)"
)
_HIJRI_DATE: Final = re.compile(
    rf"(?<!\d)\d{{1,2}}\s*(?:{any_of(HIJRI)})(?!\w)[\s,،]*1[345]\d\d(?!\d)\s*ه?"
    r"|(?<!\d)1[345]\d\d\s?ه(?!\w)|(?<!\d)1[345]\d\d[/-]\d{1,2}[/-]\d{1,2}\s?ه(?!\w)"
    r"|(?<!\d)\d{1,2}[/-]\d{1,2}[/-]1[345]\d\d\s?ه(?!\w)"
)
# Dashes of every kind between figures.
_DASHED: Final = re.compile(
    r"(?<!\d)(\d{1,4})\s?[\u2010-\u2015\u2212]\s?(\d{1,2})\s?[\u2010-\u2015\u2212]\s?(\d{2,4})(?!\d)"
)
# North Korea's year with ours in brackets: 주체115(2026)년.
_JUCHE: Final = re.compile(
    r"(?:주체|juche|чучхе|主体|主體|チュチェ|زوتشيه|جوتشيه)\s?\d{2,3}\s?\(\s?(\d{4})\s?\)"
)
_COMPACT: Final = re.compile(r"(?<=\d)t(\d\d)(\d\d)(\d\d)?(?=z|[+-]|$)")
_RUN: Final = re.compile(r"^(20\d\d)(\d\d)(\d\d)([0-2]\d)([0-5]\d)([0-5]\d)$")
_AGO: Final = re.compile(
    rf"(?:^|\s)(?:(?P<count>\d{{1,3}}|an?|un|une|eine[rn]?|bir|một|واحده?)\s?)?(?P<unit>{any_of(UNITS | DUALS)})(?!\w)"
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
_CLOCK: Final = r"([01]\d|2[0-3]):([0-5]\d):([0-5]\d)"
_RFC_3339: Final = re.compile(
    rf"(?:197[1-9]|19[89]\d|20\d\d)-\d\d-\d\dT{_CLOCK}(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)", re.ASCII
)
_MONTHS: Final = {
    name: number
    for number, name in enumerate(str.split("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"), 1)
}
_RFC_822: Final = re.compile(
    rf"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d\d?) ({'|'.join(_MONTHS)}) (197[1-9]|19[89]\d|20\d\d)"
    rf" {_CLOCK} (?:GMT|([+-])(0\d|1[0-4])([0-5]\d))",
    re.ASCII,
)


class Stamp(NamedTuple):
    """A date that stands in a text: the moment, whether it has a time, the folded text around its day."""

    at: datetime
    timed: bool
    before: str
    after: str


def read_stamp(
    text: str | None, *, timezone: str | None = None, language: str | None = None
) -> Stamp | None:
    """The first date that the text states in full, as `read_date` reads it. Never raises."""
    return folded_stamp(" ".join(fold(text).split()), timezone, language) if text else None


def folded_stamp(
    folded: str, timezone: str | None = None, language: str | None = None
) -> Stamp | None:
    """`read_stamp` of a text that is folded already, its blanks single."""
    if len(folded) > _LONGEST:
        return None
    try:
        return _epoch(folded) or _stamp(_bare(folded), read_zone(timezone), language)
    except (ValueError, OverflowError):  # 31 February; an offset beyond the calendar
        return None


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
    decides an order of numbers that the text leaves open: 3/4/2025 is 3 April, but
    in English only where the zone says so, and 4 March in the United States'. A
    date without a time is its first moment.
    """
    if not text or len(text) > _LONGEST:
        return None
    if (plain := machine_made(text)) is not None:
        return plain
    folded = " ".join(fold(text).split())
    try:
        zone = read_zone(timezone)
        bare = _bare(folded)
        if (stamp := _epoch(folded) or _stamp(bare, zone, language)) is not None:
            return stamp.at
        return None if bare != folded and _HIJRI_DATE.search(folded) else _relative(bare, zone, now)
    except (ValueError, OverflowError):
        return None


def machine_made(text: str) -> datetime | None:
    """A date in full by RFC 3339 or RFC 822, None for any other: nearly all feeds' dates are such."""
    try:
        if _RFC_3339.fullmatch(text):
            return datetime.fromisoformat(text).astimezone(UTC)
        if match := _RFC_822.fullmatch(text):
            day, month, year, hour, minute, second, sign, ahead, part = match.groups()
            at = datetime(int(year), _MONTHS[month], int(day), int(hour), int(minute), int(second), tzinfo=UTC)  # fmt: skip
            if sign is None:
                return at
            span = timedelta(hours=int(ahead), minutes=int(part))
            return at + span if sign == "-" else at - span
    except ValueError:  # 31 February
        pass
    return None


def read_zone(name: str | None) -> ZoneInfo | timezone:
    """The zone of an IANA name, UTC for none and for what is no name."""
    try:
        return ZoneInfo(name) if name else UTC
    except (KeyError, ValueError, OSError):
        return UTC


def _epoch(text: str) -> Stamp | None:
    """Seconds or milliseconds since 1970."""
    if not re.fullmatch(r"1\d{9}(?:\d{3})?", text):
        return None
    return Stamp(datetime.fromtimestamp(int(text[:10]), UTC), timed=True, before="", after="")


def _bare(text: str) -> str:
    """The text with the Hijri date taken out that stands beside a Gregorian one."""
    text = _JUCHE.sub(r"\1", text) if "(" in text else text
    text = _RUN.sub(r"\1-\2-\3t\4:\5:\6", text)
    text = _DASHED.sub(r"\1-\2-\3", text)
    text = _COMPACT.sub(lambda part: f"t{part[1]}:{part[2]}:{part[3] or '00'}", text)
    return _HIJRI_DATE.sub(" ", text)


def _stamp(text: str, zone: ZoneInfo | timezone, language: str | None) -> Stamp | None:
    tongue = (language or "").split("-")[0].lower()
    found = _day(text, tongue, str(zone))
    if found is None or found[0].year > _LAST_YEAR:
        return None
    day, match = found
    inside = match.groupdict().get("gap") or ""
    before, after = text[: match.start()], text[match.end() :].removeprefix("t")
    # The time follows the day, or goes before it.
    rest = f"{after} ; {inside} ; {before}"
    time = find_time(rest, after)
    moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001  the zone follows
    stated = None
    if time:
        moment = at_time(moment, time)
        # What follows the time, and then the rest: "10:15، 28 نيسان 2025 بتوقيت مكة".
        stated = stated_zone(
            f"{rest[time.end() :]} ; {rest[: time.start()]}",
            american=tongue == "en" or bool(time["half"] or time["bare"]),
        )
    at = moment.replace(tzinfo=stated or zone).astimezone(UTC)
    return Stamp(at, time is not None, before, after) if at >= _FIRST else None


def _day(text: str, language: str, zone: str) -> tuple[date, re.Match[str]] | None:
    """The day, and where in the text it stands."""
    if match := _ISO.search(text):
        year, month, day = (int(part) for part in match.groups() if part)
        return day_of(year, month, day, language), match
    if match := _JALALI_DATE.search(text):
        month = JALALI[match["month"]]
        return from_jalali(int(match["year"]), month, int(match["day"])), match
    match = _DAY_MONTH.search(text) or _MONTH_DAY.search(text) or _YEAR_NAMED.search(text)
    if match:
        year = whole_year(match["year"])
        return date(year, GREGORIAN[match["month"]], int(match["day"])), match
    if match := _YEAR_FIRST.search(text) or _YEAR_APART.search(text):
        year, month, day = map(int, match.groups())
        return day_of(year, month, day, language), match
    if match := _DAY_FIRST.search(text):
        one, other = int(match[1]), int(match[3])
        year = whole_year(match[4])
        unsure = match[2] == "/" and one != other and max(one, other) <= 12
        told = by_weekday(year, one, other, text[: match.start()]) if unsure else None
        if told is not None:
            return told, match
        if other > 12 >= one or (unsure and is_american(language, zone)):
            one, other = other, one
        return day_of(year, other, one, language), match
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
    time = find_time(text)
    if time is None:
        return midnight.astimezone(UTC)
    stated = stated_zone(text[time.end() :])
    return at_time(midnight, time).replace(tzinfo=stated or zone).astimezone(UTC)
