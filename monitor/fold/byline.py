"""Lines that are an outlet's own and no text: the day and hour of a page, and who wrote it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from monitor.fold.kinds import kinds, says_when_or_where
from monitor.fold.lexicon import listed
from monitor.fold.verbs import speaks
from monitor.identify.wording import folded

# Day, date and hour of a page, with nothing else but what says that it is that.
_STAMPED: Final = frozenset(folded(listed("outlet stamped")))
_DATE: Final = re.compile(
    r"\b\d{1,2}\b[^\W\d]*\.?\W+(?:[^\W\d]+\.?\W+){0,2}20[2-4]\d\b|\b20[2-4]\d\W\d{1,2}\W\d{1,2}\b"
    r"|\b\d{1,2}[./]\d{1,2}\.?(?:20)?\d{0,2}\b\W+\d{1,2}[:.h]\d\d\b"
)
_AROUND_A_DATE: Final = 4
_HOUR: Final = re.compile(r"\b\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?=\D|$)(?:hs?\b)?")
# Months as they are shortened beside a day.
_SHORT_MONTHS: Final = frozenset(folded(listed("outlet short months")))
_A_MONTH: Final = frozenset(kinds(("يناير",)))
_LAST_DAY: Final = 31
_YEAR: Final = re.compile(r"20[2-4]\d")
DAYS_AND_HOURS: Final = frozenset(kinds(("الاحد", "يناير", "صباح", "ساعه", "الاولي")))


def has_day(words: Sequence[str]) -> bool:
    """Whether the figures among folded words are a day beside its month, and perhaps the year; none if none."""
    counted = [at for at, word in enumerate(words) if word[0].isdigit()]
    days = [at for at in counted if words[at].isdigit() and 1 <= int(words[at]) <= _LAST_DAY]
    years = [at for at in counted if _YEAR.fullmatch(words[at])]
    return (
        len(days) == 1
        and len(counted) == len(days) + len(years)
        and any(map(_is_month, words[max(days[0] - 1, 0) : days[0] + 3]))
    )


def _is_month(word: str) -> bool:
    return word in _SHORT_MONTHS or word in _STAMPED or not _A_MONTH.isdisjoint(kinds((word,)))


def is_stamp(line: str) -> bool:
    """Whether a line is a date or an hour and nothing else."""
    words = folded(line)
    counted = [word for word in words if word[0].isdigit()]
    rest = [
        word
        for word in words
        if not (word[0].isdigit() or word in _STAMPED or word in _SHORT_MONTHS)
    ]
    if not DAYS_AND_HOURS.issuperset(kinds(rest)):
        return False
    if counted and all(kinds((word,)) for word in rest):
        return True
    # A day and a year, or an hour, and hardly a word more, in whatever language.
    undated = _HOUR.sub("", _DATE.sub("", line))
    return (
        len(undated) < len(line)
        and len(rest) <= _AROUND_A_DATE
        and not any(letter.isdigit() for letter in undated)
        and not any(map(speaks, rest))
    )


# Words and letters of such a line, and names in it at the least: a verb may have a capital in a headline.
_BYLINE_WORDS: Final = 12
_BYLINE_LETTERS: Final = 120
_NAMES: Final = 2
# A word in brackets by itself: (red.), (segue), (fin).
_IN_A_WORD: Final = re.compile(
    r"^\W*(?:\([^\W\d_]{2,12}\.?\)|(?:fot|red|oprac|opr|zdj|aut)\.)\W*$", re.IGNORECASE
)
# By whom, with nothing but names, and perhaps when or where: Par Yann Le Goff, publié le 20 octobre.
_NAMED: Final = re.compile(
    r"^(?:By|Par|Por|Von|Di|Door|Av|Af|De la|Od|Napsal|Napsala|Tekst|Text|Автор)\s+"
    r"((?:(?:de|da|di|do|dos|del|della|van|von|der|den|le|la|el|al|bin|af|e|y|i|[a-zà-ÿ]\.)\s+|[A-ZÀ-ÞĀ-ŽА-ЯЁІЇЄҐ][\w'’.-]*(?:,\s*|\s+|$)){1,6})"
    r"(?:[-–—|/]\s*)?(.*)$"
)


def is_byline(line: str) -> bool:
    """Whether a line says no more than who wrote it, when and where, or is one word in brackets."""
    if len(line) > _BYLINE_LETTERS or len(line.split()) > _BYLINE_WORDS:
        return False
    if _IN_A_WORD.match(line):
        words = folded(line)
        return not any(speaks(word) for word in words) and says_when_or_where(kinds(words))
    found = _NAMED.match(line)
    if found is None or len(found[1].split()) < _NAMES or line.rstrip().endswith((".", "!", "?")):
        return False
    return (
        not found[2]
        or is_stamp(found[2])
        or (len(found[2].split()) == 1 and says_when_or_where(kinds(folded(line))))
    )
