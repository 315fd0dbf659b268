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

from monitor.fold.dateline import stands_before
from monitor.fold.features import Features, restated
from monitor.identify.spelling import simpler
from monitor.text.arabic import fold
from monitor.text.words import SIGNS, UNSPACED

# Of the words and classes of a sentence so many stand in the one that it goes back to.
_GOES_BACK: Final = 0.5
# More words has no phrase.
_LONG: Final = 8
# Letters: longer sentences cost more than they tell.
_LONGEST: Final = 700
_ANY: Final = "*"
# Between the two parts of a phrase, and how far behind the first the second may stand.
_GAP: Final = "…"
_FAR: Final = 12
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
    """Phrases by their first word: the words that follow, or the one that stands farther on, and the class."""

    whole: Mapping[str, Sequence[tuple[Sequence[str], int]]]
    begun: Mapping[str, Sequence[tuple[Sequence[str], int]]]
    parted: Mapping[str, Sequence[tuple[str, int]]]
    elsewhere: frozenset[int]
    put_in: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A word, a sign of a script without spaces, or a phrase of a class, and where it stands."""

    key: str | int
    classes: frozenset[int]
    start: int
    end: int
    text: str
    # Of a phrase in two parts (gab … bekannt) the second.
    far: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Units:
    """A sentence in such units."""

    units: Sequence[_Unit]
    keys: frozenset[str | int]


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
    earlier = [_units(each.raw, classes) for each in other.sentences if len(each.raw) <= _LONGEST]
    for at, sentence in enumerate(own.sentences):
        if sentence.raw in stands or len(sentence.raw) > _LONGEST:
            continue
        mine = _units(sentence.raw, classes)
        origin = _origin(mine, earlier)
        if origin is not None:
            before = _given_back(sentence.raw, mine, origin, classes)
            if before != sentence.raw:
                given[at] = before
    headline = _given_back(title, _units(title, classes), _units(heading, classes), classes)
    if not given and headline == title:
        return own
    return restated(own, headline, given)


def _origin(mine: _Units, earlier: Sequence[_Units]) -> _Units | None:
    """The earlier sentence with most of the words and classes of another, if these are enough."""
    keys = mine.keys
    best = max(earlier, key=lambda each: len(each.keys & keys), default=None)
    return best if best is not None and len(best.keys & keys) >= _GOES_BACK * len(keys) else None


def _given_back(raw: str, mine: _Units, its: _Units, classes: _Classes) -> str:
    """A sentence with the phrases that another has of the same classes in the same places."""
    matcher = SequenceMatcher(
        None, [unit.key for unit in its.units], [unit.key for unit in mine.units], autojunk=False
    )
    # For places of `raw`, from and to, what stands there instead.
    changes: list[tuple[int, int, str]] = []
    gone: dict[int, list[tuple[str, int]]] = {}
    come: list[tuple[_Unit, bool]] = []
    exchanged: set[int] = set()
    for change, start, end, first, last in matcher.get_opcodes():
        old, new = its.units[start:end], mine.units[first:last]
        if change == "equal":
            for one, two in zip(old, new, strict=True):
                if isinstance(two.key, int):
                    changes += _instead(two, one.text)
            continue
        if start == end == first == 0 and stands_before(raw[: mine.units[last].start]):
            changes.append((0, mine.units[last].start, ""))
            continue
        place = mine.units[first].start if first < len(mine.units) else len(raw)
        # A phrase may be of several classes (before, earlier): in one place one in common is enough.
        for two in new:
            same = next((one for one in old if not one.classes.isdisjoint(two.classes)), None)
            if same is not None:
                changes += _instead(two, same.text)
                old = [each for each in old if each is not same]
                exchanged.add(two.start)
        for unit in old:
            if unit.key in classes.elsewhere:
                gone.setdefault(int(unit.key), []).append((unit.text, place))
        # "Also five" are five more.
        come += [
            (unit, any(map(_is_figure, mine.units[max(at - 1, 0) : at + 2])))
            for at, unit in enumerate(new, first)
            if isinstance(unit.key, int) and unit.start not in exchanged
        ]
    for unit, counts in come:
        moved = gone.get(int(unit.key))
        if moved:
            text, place = moved.pop(0)
            changes += [*_instead(unit, ""), (place, place, f" {text} ")]
        elif unit.key in classes.put_in and not counts:
            changes += _instead(unit, "")
    for start, end, instead in sorted(changes, reverse=True):
        raw = f"{raw[:start]}{instead}{raw[end:]}"
    return raw


def _instead(unit: _Unit, text: str) -> list[tuple[int, int, str]]:
    """What stands in the place of a phrase, and nothing in that of its far end."""
    return [(unit.start, unit.end, text), *((start, end, "") for start, end in unit.far)]


def _is_figure(unit: _Unit) -> bool:
    return isinstance(unit.key, str) and unit.key[0].isdigit()


def _units(raw: str, classes: _Classes) -> _Units:
    found = [(_plain(word[0]), word.start(), word.end(), word[0]) for word in _UNIT.finditer(raw)]
    words = [word for word, *_ in found]
    units: list[_Unit] = []
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
            _Unit(
                numbers[0] if numbers else words[at],
                frozenset(numbers),
                start,
                end,
                raw[start:end],
                far,
            )
        )
        at += length
    return _Units(units, frozenset(unit.key for unit in units))


def _phrase(words: Sequence[str], classes: _Classes) -> tuple[int, tuple[int, ...]]:
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
def _classes(language: str) -> _Classes | None:
    """The classes of a language; None where none is listed."""
    whole: dict[str, list[tuple[Sequence[str], int]]] = {}
    begun: dict[str, list[tuple[Sequence[str], int]]] = {}
    parted: dict[str, list[tuple[str, int]]] = {}
    marked: dict[str, set[int]] = {_ELSEWHERE: set(), _PUT_IN: set()}
    for number, line in enumerate(_section(language)):
        mark = line[0] if line[0] in marked else ""
        if mark:
            marked[mark].add(number)
        for phrase in line.removeprefix(mark).split("|"):
            if _GAP in phrase:
                first, last = map(_plain, phrase.replace(_GAP, " ").split())
                parted.setdefault(first, []).append((last, number))
                continue
            first, *rest = _words(phrase)
            table = begun if first[-1] == _ANY else whole
            table.setdefault(first.removesuffix(_ANY), []).append((rest, number))
    if not whole:
        return None
    return _Classes(whole, begun, parted, frozenset(marked[_ELSEWHERE]), frozenset(marked[_PUT_IN]))


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
