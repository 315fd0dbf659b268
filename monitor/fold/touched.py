"""A desk's light touches taken back: a closed class of words exchanged within its own, nothing else.

Another verb of saying, another connective, "following" for "after": what every desk changes, and what
no fact hangs on. The classes are written out per language in `touched.txt`, a line each. A sentence of
the later text is laid beside the earlier one that it goes back to; where both have a phrase of one
class in the same place, the later one is given the earlier wording. What comes of it is compared as
any text is, so that all guards of the fold see what else was changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files
from typing import Final

from monitor.fold.features import Features, Sentence, restated
from monitor.identify.spelling import simpler
from monitor.text.arabic import fold
from monitor.text.words import SIGNS, UNSPACED

# Of the word pairs of a sentence so many stand in the one that it goes back to.
_GOES_BACK: Final = 0.3
# More words has no phrase.
_LONG: Final = 8
# Letters: longer sentences cost more than they tell.
_LONGEST: Final = 700
_ANY: Final = "*"
_BEGINNING: Final = 3
# Before a class: it may stand elsewhere in the sentence; or be put in.
_ELSEWHERE: Final = "~"
_PUT_IN: Final = "-"
_UNIT: Final = re.compile(
    rf"\d+(?:[.,]\d+)*|[{UNSPACED}£€$¥₹₩₽₺₴₪]|(?:(?![{UNSPACED}])[^\W\d_]|{SIGNS})"
    rf"(?:(?![{UNSPACED}])(?:[^\W\d_]|{SIGNS}|[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u200c\u200d]))*"
)
_ONE_SIGN: Final = re.compile(f"[{UNSPACED}]")


@dataclass(frozen=True, slots=True)
class _Classes:
    """Phrases by their first word, the longest first: the words that follow, and the class."""

    whole: Mapping[str, Sequence[tuple[Sequence[str], int]]]
    begun: Mapping[str, Sequence[tuple[Sequence[str], int]]]
    elsewhere: frozenset[int]
    put_in: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A word, a sign of a script without spaces, or a phrase of a class, and where it stands."""

    key: str | int
    start: int
    end: int


def untouched(
    own: Features, title: str, other: Features, heading: str, language: str | None
) -> Features:
    """`own` as it was before a desk's light touches, where `other` shows it; the same object if nowhere.

    `title` and `heading` are the two headlines as they are written.
    """
    classes = _classes(language) if language else None
    if classes is None:
        return own
    given: dict[int, str] = {}
    stands = {sentence.raw for sentence in other.sentences}
    for at, sentence in enumerate(own.sentences):
        if sentence.raw in stands or len(sentence.raw) > _LONGEST:
            continue
        origin = _origin(sentence, other)
        if origin is not None:
            before = _given_back(sentence.raw, origin.raw, classes)
            if before != sentence.raw:
                given[at] = before
    headline = _given_back(title, heading, classes)
    if not given and headline == title:
        return own
    return restated(own, headline, given)


def _origin(sentence: Sentence, other: Features) -> Sentence | None:
    """The earlier sentence with most of its word pairs, if these are enough."""
    shared, _, origin = max(
        (
            (len(each.pairs & sentence.pairs), -at, each)
            for at, each in enumerate(other.sentences)
            if len(each.raw) <= _LONGEST
        ),
        key=lambda found: found[:2],
        default=(0, 0, None),
    )
    return origin if shared and shared >= _GOES_BACK * len(sentence.pairs) else None


def _given_back(raw: str, origin: str, classes: _Classes) -> str:
    """A sentence with the phrases that another has of the same classes in the same places."""
    mine, its = _units(raw, classes), _units(origin, classes)
    matcher = SequenceMatcher(
        None, [unit.key for unit in its], [unit.key for unit in mine], autojunk=False
    )
    # For places of `raw`, from and to, what stands there instead.
    changes: list[tuple[int, int, str]] = []
    gone: dict[int, list[tuple[_Unit, int]]] = {}
    come: list[tuple[_Unit, bool]] = []
    for change, start, end, first, last in matcher.get_opcodes():
        if change == "equal":
            for one, two in zip(its[start:end], mine[first:last], strict=True):
                if isinstance(two.key, int):
                    changes.append((two.start, two.end, origin[one.start : one.end]))
            continue
        place = mine[first].start if first < len(mine) else len(raw)
        for unit in its[start:end]:
            if unit.key in classes.elsewhere:
                gone.setdefault(int(unit.key), []).append((unit, place))
        # "Also five" are five more.
        come += [
            (mine[at], any(_is_figure(each) for each in mine[max(at - 1, 0) : at + 2]))
            for at in range(first, last)
            if isinstance(mine[at].key, int)
        ]
    for unit, counts in come:
        moved = gone.get(int(unit.key))
        if moved:
            there, place = moved.pop(0)
            changes.append((unit.start, unit.end, ""))
            changes.append((place, place, f" {origin[there.start : there.end]} "))
        elif unit.key in classes.put_in and not counts:
            changes.append((unit.start, unit.end, ""))
    for start, end, instead in sorted(changes, reverse=True):
        raw = f"{raw[:start]}{instead}{raw[end:]}"
    return raw


def _is_figure(unit: _Unit) -> bool:
    return isinstance(unit.key, str) and unit.key[0].isdigit()


def _units(raw: str, classes: _Classes) -> list[_Unit]:
    words = [(_plain(found[0]), found.start(), found.end()) for found in _UNIT.finditer(raw)]
    found: list[_Unit] = []
    at = 0
    while at < len(words):
        length, number = _phrase([word for word, _, _ in words[at : at + _LONG]], classes)
        key: str | int = words[at][0] if number is None else number
        found.append(_Unit(key, words[at][1], words[at + length - 1][2]))
        at += length
    return found


def _phrase(words: Sequence[str], classes: _Classes) -> tuple[int, int | None]:
    """How many words the longest phrase has that begins here, and its class; one and none if none."""
    best: tuple[int, int | None] = (1, None)
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
            length = len(rest) + 1
            if (best[1] is None or length > best[0]) and _follows(words[1:length], rest):
                best = (length, number)
    return best


def _follows(words: Sequence[str], rest: Sequence[str]) -> bool:
    return len(words) == len(rest) and all(
        word.startswith(each[:-1]) if each[-1] == _ANY else word == each
        for word, each in zip(words, rest, strict=True)
    )


@cache
def _classes(language: str) -> _Classes | None:
    """The classes of a language; None where none is listed."""
    whole: dict[str, list[tuple[Sequence[str], int]]] = {}
    begun: dict[str, list[tuple[Sequence[str], int]]] = {}
    marked: dict[str, set[int]] = {_ELSEWHERE: set(), _PUT_IN: set()}
    for number, line in enumerate(_section(language)):
        mark = line[0] if line[0] in marked else ""
        if mark:
            marked[mark].add(number)
        for phrase in line.removeprefix(mark).split("|"):
            first, *rest = _words(phrase)
            table = begun if first[-1] == _ANY else whole
            table.setdefault(first.removesuffix(_ANY), []).append((rest, number))
    if not whole:
        return None
    return _Classes(whole, begun, frozenset(marked[_ELSEWHERE]), frozenset(marked[_PUT_IN]))


def _words(phrase: str) -> list[str]:
    """The folded words of a listed phrase, each with its mark for any ending."""
    return [
        _plain(found[0]) + _ANY * (phrase[found.end() : found.end() + 1] == _ANY)
        for found in _UNIT.finditer(phrase)
    ]


def _plain(word: str) -> str:
    return simpler(fold(word))


def _section(language: str) -> list[str]:
    text = files("monitor.fold").joinpath("touched.txt").read_text(encoding="utf-8")
    lines: list[str] = []
    section = ""
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#") and language in section.split():
            lines.append(line)
    return lines
