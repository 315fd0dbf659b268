"""Names of several words as the short form that other outlets have for them (Северная Корея, КНДР).

The list is in `lists/spelling.txt`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from monitor.fold.lexicon import shipped
from monitor.text.arabic import fold

# Behind its first word: the forms that each further word may have, and the short form.
_Name = tuple[Sequence[frozenset[str]], str]


def _names() -> Mapping[str, Sequence[_Name]]:
    found: dict[str, list[_Name]] = {}
    for line in shipped("spelling", "short"):
        short, first, *rest = (fold(part).split() for part in line.split("|"))
        for word in first:
            found.setdefault(word, []).append(([frozenset(forms) for forms in rest], short[0]))
    return found


_NAMES: Final = _names()
_FIRST: Final = frozenset(_NAMES)


def shortened(words: list[str]) -> list[str]:
    """The folded words with each listed name as its short form; the list itself where none begins."""
    if _FIRST.isdisjoint(words):
        return words
    found: list[str] = []
    at = 0
    while at < len(words):
        word, length = words[at], 1
        for rest, short in _NAMES.get(word, ()):
            behind = words[at + 1 : at + 1 + len(rest)]
            if len(behind) == len(rest) and all(map(frozenset.__contains__, rest, behind)):
                word, length = short, 1 + len(rest)
                break
        found.append(word)
        at += length
    return found
