"""Names of months, zones and times of day, folded: the tables behind `dates`, from `lists/calendar.txt`."""

from __future__ import annotations

from typing import Final

from monitor.text.arabic import fold
from monitor.text.lists import lines


def _rows(section: str) -> list[list[str]]:
    return [fold(line).split("|") for line in lines("monitor.parse", "calendar", section)]


def _numbered(section: str, first: int = 1) -> dict[str, int]:
    return {name: number for number, row in enumerate(_rows(section), first) for name in row}


def _valued(section: str) -> dict[str, int]:
    return {name: int(row[0]) for row in _rows(section) for name in row[1:]}


GREGORIAN: Final = _numbered("gregorian")
JALALI: Final = _numbered("jalali")
HIJRI: Final = _numbered("hijri")
WEEKDAYS: Final = _numbered("weekdays", 0)  # Monday is 0
ZONES: Final = _valued("zones")  # minutes east of Greenwich
UNITS: Final = _valued("units")  # seconds
DUALS: Final = _valued("duals")
# A name of two letters is read in American texts only.
CITIES: Final = {
    fold(name): zone
    for zone, *names in (line.split("|") for line in lines("monitor.parse", "calendar", "cities"))
    for name in names
}
AFTERNOON, FORENOON, NOON, NIGHT = (
    frozenset(_rows(half)[0]) for half in ("afternoon", "forenoon", "noon", "night")
)

# Where English writes the day first, and where the month; elsewhere it may be either.
DAY_BEFORE: Final = ("Europe/", "Africa/", "Asia/", "Australia/", "Indian/", "Pacific/Auckland")
EITHER: Final = frozenset(("Asia/Manila",))
MONTH_BEFORE: Final = frozenset(
    str.split("""
        America/New_York America/Chicago America/Denver America/Los_Angeles America/Phoenix
        America/Detroit America/Anchorage America/Boise Pacific/Honolulu
    """)
)
