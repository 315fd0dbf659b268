"""A sentence as its words and the phrases of closed classes in it: of saying, of order, about, again.

The classes are written out per language in `lists/touched.txt`, a line each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from monitor.fold.lexicon import shipped
from monitor.identify.spelling import simpler
from monitor.text.arabic import fold
from monitor.text.words import SIGNS, UNSPACED

# More words has no phrase.
_LONG: Final = 8
_ANY: Final = "*"
# Between the two parts of a phrase, and how far behind the first the second may stand.
_GAP: Final = "…"
_FAR: Final = 12
_BEGINNING: Final = 3
# Before a class: it may stand elsewhere in the sentence; be put in; exclude others that bound or order.
_ELSEWHERE: Final = "~"
_PUT_IN: Final = "-"
_BOUNDING: Final = "!"
# What is written as one with the first word of a phrase, and joins it to what stood before.
_JOINED: Final = {"ar": ("و", "ف")}
_UNIT: Final = re.compile(
    rf"\d+(?:[.,]\d+)*|[{UNSPACED}£€$¥₹₩₽₺₴₪]|(?:(?![{UNSPACED}])[^\W\d_]|{SIGNS})"
    rf"(?:(?![{UNSPACED}])(?:[^\W\d_]|{SIGNS}|[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u200c\u200d]))*"
)
_ONE_SIGN: Final = re.compile(f"[{UNSPACED}]")


@dataclass(frozen=True, slots=True, eq=False)  # one a language, known by itself
class Classes:
    """The phrases of a language by their first word: the words that follow, or the one that stands farther on, and the class."""

    language: str
    # The class of verbs of saying, the first that may stand elsewhere.
    saying: int
    whole: Mapping[str, Sequence[tuple[Sequence[str], int]]]
    begun: Mapping[str, Sequence[tuple[Sequence[str], int]]]
    parted: Mapping[str, Sequence[tuple[str, int]]]
    elsewhere: frozenset[int]
    put_in: frozenset[int]
    bounding: frozenset[int]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A word, a sign of a script without spaces, or a phrase of a class, and where it stands."""

    key: str | int
    classes: frozenset[int]
    start: int
    end: int
    text: str
    # Of a phrase in two parts (gab … bekannt) the second.
    far: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Phrased:
    """A sentence in such units."""

    units: Sequence[Phrase]
    keys: frozenset[str | int]


@lru_cache(maxsize=512)  # an article's sentences are laid beside several texts
def phrased(raw: str, classes: Classes) -> Phrased:
    """A sentence, as it is written, in such units."""
    found = [(_plain(word[0]), word.start(), word.end(), word[0]) for word in _UNIT.finditer(raw)]
    words = [word for word, *_ in found]
    units: list[Phrase] = []
    ends: set[int] = set()
    at = 0
    while at < len(words):
        if at in ends:
            at += 1
            continue
        length, numbers = _phrase(words[at : at + _LONG], classes)
        far: list[tuple[int, int]] = []
        if not numbers:
            for last, its in classes.parted.get(words[at], ()):
                if last in words[at + 2 : at + _FAR]:
                    end = words.index(last, at + 2)
                    ends.add(end)
                    far.append(found[end][1:3])
                    numbers = (its,)
                    break
        start, end = found[at][1], found[at + length - 1][2]
        units.append(
            Phrase(
                numbers[0] if numbers else words[at],
                frozenset(numbers),
                start,
                end,
                raw[start:end],
                far,
            )
        )
        at += length
    return Phrased(units, frozenset(unit.key for unit in units))


def _phrase(words: Sequence[str], classes: Classes) -> tuple[int, tuple[int, ...]]:
    """How many words the longest phrase has that begins here, and its classes; one and none if none."""
    length, numbers = 1, list[int]()
    first = words[0]
    tables = [classes.whole.get(first, ())]
    if not _ONE_SIGN.match(first):
        tables += [
            classes.begun[first[:end]]
            for end in range(len(first), _BEGINNING - 1, -1)
            if first[:end] in classes.begun
        ]
    for table in tables:
        for rest, number in table:
            if len(rest) + 1 < length or not _follows(words[1 : len(rest) + 1], rest):
                continue
            if len(rest) + 1 > length:
                length, numbers = len(rest) + 1, []
            numbers.append(number)
    return length, tuple(numbers)


def _follows(words: Sequence[str], rest: Sequence[str]) -> bool:
    return len(words) == len(rest) and all(
        word.startswith(each[:-1]) if each[-1] == _ANY else word == each
        for word, each in zip(words, rest, strict=True)
    )


@cache
def classes_of(language: str) -> Classes | None:
    """The classes of a language; None where none is listed."""
    whole: dict[str, list[tuple[Sequence[str], int]]] = {}
    begun: dict[str, list[tuple[Sequence[str], int]]] = {}
    parted: dict[str, list[tuple[str, int]]] = {}
    marked: dict[str, set[int]] = {_ELSEWHERE: set(), _PUT_IN: set(), _BOUNDING: set()}
    for number, line in enumerate(shipped("touched", language)):
        bare = line.lstrip("".join(marked))
        for mark in line[: len(line) - len(bare)]:
            marked[mark].add(number)
        for phrase in bare.split("|"):
            if _GAP in phrase:
                first, last = map(_plain, phrase.replace(_GAP, " ").split())
                parted.setdefault(first, []).append((last, number))
                continue
            first, *rest = _words(phrase)
            table = begun if first[-1] == _ANY else whole
            for joined in ("", *_JOINED.get(language, ())):
                table.setdefault(joined + first.removesuffix(_ANY), []).append((rest, number))
    if not whole:
        return None
    return Classes(
        language,
        min(marked[_ELSEWHERE], default=-1),
        whole,
        begun,
        parted,
        frozenset(marked[_ELSEWHERE]),
        frozenset(marked[_PUT_IN]),
        frozenset(marked[_BOUNDING]),
    )


def _words(phrase: str) -> list[str]:
    """The folded words of a listed phrase, each with its mark for any ending."""
    return [
        _plain(found[0]) + _ANY * (phrase[found.end() : found.end() + 1] == _ANY)
        for found in _UNIT.finditer(phrase)
    ]


def _plain(word: str) -> str:
    return simpler(fold(word))
