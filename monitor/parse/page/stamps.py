"""The dates of one line of a page, each with its label: a stamp, and no sentence's date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from monitor.parse.dates.dates import Stamp, folded_stamp, read_zone
from monitor.parse.labels import OF_CLOCKS, OF_DATES, Kind, labels
from monitor.parse.shown import Shown
from monitor.parse.titles import is_headline
from monitor.text.arabic import fold

HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4"))
_FIRST_YEAR: Final = 1990
_LINE: Final = 300  # letters
_LABELLED_WORDS: Final = 7  # beside a labelled date
_WORDS: Final = 4  # beside a date without label: a name, a place
_STRANGE_ENDED: Final = 10  # as below, of a line that ends in a stop
_STRANGE: Final = 14  # that are no date's in a line of dates with their labels, names and places
_SHORT: Final = 40  # letters of a label or a time with a line of its own
_DIGIT: Final = re.compile(r"\d")
_DAY: Final = re.compile(r"(?:\D*+\d){4}")  # no date has fewer digits
_PARTED: Final = re.compile(r"\s[|•·–—/-]\s|[|•·;]|\s{2,}")
_FIELD: Final = re.compile(r"(?<!\w)[^\W\d_]{1,12}\s?[:：]")
_WORD: Final = re.compile(r"[^\W\d_]+")
_TIME_FIRST: Final = re.compile(
    r"(?:(?:الساعه|علي الساعه|at|в|о|a|a las|as|alle|um|saat|ساعت)\s)?\d{1,2}[:h]\d{2}(?::\d{2})?(?:\s?[+-]\d{1,2}(?::?\d\d)?)?(?!\d)"
)
_BYLINE: Final = re.compile(
    r"(?:كتب|كتبت|بقلم|by|автор|par|von|por|yazan|reporter)(?!\w)|.{2,12}기자"
)
_NAMED: Final = re.compile(r"[^\W\d_][)»\"']?\s?[:：]\s*$")


def is_stamp(text: str) -> bool:
    """Whether a line says when it was published or changed, and little else."""
    if len(text) > _LINE or not _DAY.match(text):
        return False
    folded = " ".join(fold(text).split())
    # "… announced today …": a sentence may have a label's word behind its date.
    most = _STRANGE_ENDED if folded.endswith(".") else _STRANGE
    if sum(word not in OF_DATES for word in _WORD.findall(folded)) > most:
        return False
    found = False
    for part, kind in _parts(folded):
        stamp = folded_stamp(part.strip())
        if stamp is None:
            # The hour of an update on the same day.
            if not found or kind != "updated" or not _TIME_FIRST.match(part.strip(" :：-|")):
                return False
        elif not _is_stamp(stamp, kind):
            return False
        found = True
    return True


def read_stamps(
    lines: Sequence[Shown], at: int, timezone: str | None, language: str | None
) -> Iterator[tuple[Stamp, Kind | None]]:
    """The dates of the line `at`, each with its label; a label or a time may stand in the next line."""
    text = lines[at].text
    if len(text) > _LINE or not _DIGIT.search(text):
        return
    before = lines[at - 1] if at else None
    is_other = before and before.linked and not before.top and before.tag not in HEADINGS
    if before and is_other and is_headline(before.text):
        return  # another story's
    line = lines[at]
    row = list(_stamps(lines, at, line.folded, timezone, language))
    if not row and line.parted is not line.text:
        # A day, a month and a year may each have an element of their own.
        row = list(_stamps(lines, at, fold(line.text), timezone, language))
    yield from row


def read_hour(folded: str, published: Stamp, timezone: str | None) -> Stamp | None:
    """The hour behind the label of an update that has no day: that of the publication, which it follows."""
    for part, kind in _parts(" ".join(folded.split())):
        said = _TIME_FIRST.match(part.strip(" :：-|"))
        if kind != "updated" or said is None or folded_stamp(part.strip()):
            continue
        zone = read_zone(timezone)
        day = published.at.astimezone(zone)
        stamp = folded_stamp(f"{day:%Y-%m-%d} {part.strip(' :：-|')}", timezone)
        if stamp is not None and stamp.timed and (stamp.at > published.at or not published.timed):
            return stamp
    return None


def _stamps(
    lines: Sequence[Shown], at: int, text: str, timezone: str | None, language: str | None
) -> Iterator[tuple[Stamp, Kind | None]]:
    folded = " ".join(text.split())
    before = lines[at - 1] if at else None
    if before and len(before.text) < _SHORT and not _DIGIT.search(before.text):
        said = before.folded.strip(" :：-|")
        if [(first, last) for first, last, _ in labels(said)] == [(0, len(said))]:
            folded = f"{said}: {folded}"
    for part, kind in _parts(folded):
        if kind == "other":
            continue
        stamp = folded_stamp(part.strip(), timezone, language)
        if stamp is None or stamp.at.year < _FIRST_YEAR or not _is_stamp(stamp, kind):
            continue
        if not stamp.timed and (time := _time_beside(lines, at)):
            stamp = folded_stamp(f"{part.strip()} {time}", timezone, language) or stamp
        yield stamp, kind


def _time_beside(lines: Sequence[Shown], at: int) -> str | None:
    """The line below or above that is a time and nothing else."""
    for beside in (at + 1, at - 1):
        if 0 <= beside < len(lines) and len(lines[beside].text) < _SHORT:
            time = lines[beside].folded.strip(" |-–·،,")
            said = _TIME_FIRST.match(time)
            if said and set(_WORD.findall(time[said.end() :])) <= OF_CLOCKS:
                return time
    return None


def _parts(folded: str) -> Iterator[tuple[str, Kind | None]]:
    """A line cut at its labels: each date with the label that it has, before or behind it."""
    marks = labels(folded)
    if not marks:
        yield folded, None
        return
    head = folded[: marks[0][0]]
    # "2025年5月1日公開 5月2日更新": what is behind the last label has no date.
    if _DIGIT.search(head) and not _DIGIT.search(folded[marks[-1][1] :]):
        done = 0
        for first, last, kind in marks:
            yield folded[done:first], kind
            done = last
        return
    if _DIGIT.search(head):
        yield head, None
    carried: Kind | None = None
    for number, (_, last, kind) in enumerate(marks):
        until = marks[number + 1][0] if number + 1 < len(marks) else len(folded)
        part = folded[last:until]
        # "Update date: …", "date of print": two labels before one date.
        said = carried if carried in {"other", "updated"} and kind != "other" else kind
        carried = None if _DIGIT.search(part) or len(part) > 20 else said
        if carried is None:
            yield part, said


def _is_stamp(stamp: Stamp, kind: Kind | None) -> bool:
    """Whether so little stands beside a date that it is a stamp and no sentence."""
    beside = strange(stamp)
    if kind is not None:
        return beside <= _LABELLED_WORDS
    before = _PARTED.split(stamp.before)[-1]
    if _NAMED.search(before) and beside:
        return False
    return beside <= (_LABELLED_WORDS if _BYLINE.match(before.strip()) else _WORDS)


def strange(stamp: Stamp) -> int:
    """How many words stand beside a date that are no part of one, up to the next bar or dash."""
    after = _PARTED.split(stamp.after)[0]
    fields = [*islice(_FIELD.finditer(after), 2)]
    if len(fields) > 1:
        after = after[: fields[0].start()]  # a row of them: "Source: … Author: …"
    beside = f"{_PARTED.split(stamp.before)[-1]} {after}"
    return sum(word not in OF_DATES for word in _WORD.findall(beside))
