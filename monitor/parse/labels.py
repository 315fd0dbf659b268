"""Outlets' words before a date, folded: what was published or updated then, and what was not."""

from __future__ import annotations

import re
from typing import Final, Literal, get_args

from monitor.parse.dates.months import (
    AFTERNOON,
    CITIES,
    FORENOON,
    GREGORIAN,
    HIJRI,
    JALALI,
    NIGHT,
    NOON,
    ZONES,
)
from monitor.text.lists import any_of, phrases

Kind = Literal["published", "updated", "as of", "other"]

_LISTS: Final = ("monitor.parse", "dates")
_KINDS: Final[dict[str, Kind]] = {
    label: kind for kind in get_args(Kind) for label in phrases(*_LISTS, kind)
}
# Words that belong to a date, and to a time.
OF_DATES: Final = phrases(*_LISTS, "word") | {
    word for names in (GREGORIAN, JALALI, HIJRI) for name in names for word in name.split()
}
OF_CLOCKS: Final = (
    OF_DATES
    | phrases(*_LISTS, "clock")
    | {
        word
        for names in (ZONES, CITIES, AFTERNOON, FORENOON, NOON, NIGHT)
        for name in names
        for word in name.split()
    }
)
_UNSPACED: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
# Chinese and Japanese part no words; elsewhere a label is whole words.
_LABEL: Final = re.compile(
    rf"(?<![^\W\d_])(?:{any_of([one for one in _KINDS if not _UNSPACED.match(one)])})(?![^\W\d_])"
    rf"|(?:{any_of([one for one in _KINDS if _UNSPACED.match(one)])})"
)
_WORD: Final = re.compile(r"[^\W\d_]+")
# What begins with no letter, and what parts no words.
_ODD: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff©]")
_BY_WORD: Final[dict[str, list[str]]] = {}
for _phrase in sorted(_KINDS, key=len, reverse=True):
    if _first := _WORD.match(_phrase):
        _BY_WORD.setdefault(_first[0], []).append(_phrase)


def labels(folded: str) -> list[tuple[int, int, Kind]]:
    """Where in a folded line a label stands, and of which kind it is."""
    if _ODD.search(folded):
        return [(one.start(), one.end(), _KINDS[one[0]]) for one in _LABEL.finditer(folded)]
    # Word by word: one search for so many phrases looks at each of them at each letter.
    found: list[tuple[int, int, Kind]] = []
    done = 0
    for word in _WORD.finditer(folded):
        start = word.start()
        if start < done:
            continue
        for phrase in _BY_WORD.get(word[0], ()):
            end = start + len(phrase)
            if folded.startswith(phrase, start) and not folded[end : end + 1].isalpha():
                found.append((start, end, _KINDS[phrase]))
                done = end
                break
    return found
