"""Lines in which an outlet speaks of itself or to its reader, in words of some twenty-five languages.

What outlets put between, before and behind the paragraphs is written anew by each, so
that no list has it; what they speak of is not: subscriptions, channels, comments,
rights, other articles, who wrote it and when. The words are in `outlet.txt`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Final, NamedTuple

from monitor.text.arabic import fold
from monitor.text.memory import Memory
from monitor.text.pieces import Reader, pieces
from monitor.text.words import split, words

# More words are no line of an outlet; so many are one word and a count; so many stand behind a label.
_LONGEST: Final = 28
_FEW: Final = 3
_LABELLED: Final = 9
# What somebody says of "our position" is none of the outlet's.
_QUOTED: Final = re.compile(r"[«»“”„「」\"]")
# Scripts without spaces and Korean, whose words take endings, are searched letter by letter.
_EASTERN: Final = re.compile("[\u1100-\u11ff\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]")
# Beginnings of words are looked up from so many letters on, and no entry has a longer one.
_BEGINNING: Final = 2
_LONGEST_BEGINNING: Final = 24
_ANY: Final = "*"
_PHRASES: Final = "|"
_LETTERED: Final = "east asia"
_LABELS: Final = frozenset(("label", "shown"))
# Of the first an entry is enough to say that a line is no report, of the others both must have one.
_TELLING: Final = frozenset(("sure", "shown"))
_CALLING: Final = frozenset(("reader", "medium"))
_NONE: Final = frozenset[str]()


class _Entry(NamedTuple):
    """The list that an entry is in, and what of it stands behind its first word."""

    of: str
    rest: tuple[str, ...]

    def follows(self, behind: Sequence[str]) -> bool:
        """Whether folded words begin with the rest of the entry."""
        return len(behind) >= len(self.rest) and all(
            word.startswith(each[:-1]) if each.endswith(_ANY) else word == each
            for word, each in zip(behind, self.rest, strict=False)
        )


class _Lists(NamedTuple):
    """Entries by their first word, whole or begun, the marks of East Asia, and what is sure by its longest words."""

    whole: Mapping[str, Sequence[_Entry]]
    begun: Mapping[str, Sequence[_Entry]]
    within: Sequence[str]
    sure: tuple[str, ...]


@cache
def _lists() -> _Lists:
    """What `outlet.txt` has, read when a line is first in doubt."""
    text = files("monitor.text").joinpath("outlet.txt").read_text(encoding="utf-8")
    whole, begun = defaultdict[str, list[_Entry]](list), defaultdict[str, list[_Entry]](list)
    within, sure = list[str](), list[str]()
    of = ""
    for line in text.splitlines():
        if line.startswith("["):
            of = line.strip("[]")
        elif of == _LETTERED:
            within += [fold(each).strip() for each in line.split(_PHRASES) if each.strip()]
        elif not line.startswith("#"):
            for entry in line.split(_PHRASES):
                first, *rest = map(_word, entry.split())
                table = begun if first.endswith(_ANY) else whole
                table[first.removesuffix(_ANY)].append(_Entry(of, tuple(rest)))
                if of == "sure":
                    sure.append(max(first, *rest, key=len).removesuffix(_ANY))
    return _Lists(whole, begun, within, tuple(sure))


def _word(written: str) -> str:
    return f"{split(fold(written.rstrip(_ANY)))[0]}{_ANY if written.endswith(_ANY) else ''}"


def _beginning(word: str) -> tuple[_Entry, ...]:
    """The entries that begin with a folded word: of most words of an article none."""
    whole, begun, *_ = _lists()
    parts = (word[:end] for end in range(_BEGINNING, min(len(word), _LONGEST_BEGINNING) + 1))
    return (*whole.get(word, ()), *(each for part in parts for each in begun.get(part, ())))


_BEGUN: Final = Memory(_beginning, 20_000)


def speaks_of_itself(line: str) -> bool:
    """Whether a line has the words of an outlet's own lines."""
    found = words(line)
    if not found or len(found) > _LONGEST:
        return False
    stood = _stood(line, found)
    if not stood.isdisjoint(("alone", "label", "whole", "sure", "shown")) or _calls(stood, line):
        return True
    if not _EASTERN.search(line):
        return False
    text = fold(line)
    return any(mark in text for mark in _lists().within)


def calls_its_reader(said: Sequence[str]) -> bool:
    """Whether a line of these sentences is for sure no report: it speaks to the reader of its medium, or shows something.

    Of a line in which "compiled by" or "the source" stands `speaks_of_itself` says that it is an
    outlet's; it may be the news as well.
    """
    told = [_TOLD.of(pieces(part)) for part in said]
    if not any(map(any, told)):
        return False  # nearly all lines
    line = " ".join(said)
    if not _may_call(_NONE.union(*chain.from_iterable(told)), line):
        return False
    found = words(line)
    if len(found) > _LONGEST:
        return False
    stood = _stood(line, found)
    return not stood.isdisjoint(_TELLING) or _calls(stood, line)


def _may_call(lists: frozenset[str], line: str) -> bool:
    return "sure" in lists or lists >= _CALLING or ("shown" in lists and ":" in fold(line))


def _told(piece: str) -> frozenset[str]:
    """The lists of which an entry may stand in a line where a piece of it does.

    Of what is sure the longest word tells, of others the first.
    """
    found = split(fold(piece))
    begun = {entry.of for word in found for entry in _BEGUN[word]}
    sure = any(word.startswith(_lists().sure) for word in found)
    return frozenset((*(begun & {"shown", *_CALLING}), *(["sure"] if sure else ())))


_TOLD: Final = Reader("told", _told)


def _calls(stood: set[str], line: str) -> bool:
    return stood >= _CALLING and not _QUOTED.search(line)


def _stood(line: str, found: Sequence[str]) -> set[str]:
    """The lists of which an entry stands in a line of these folded words."""
    stood: set[str] = set()
    for at, word in enumerate(found):
        for entry in _BEGUN[word]:
            if entry.of in _LABELS:
                stood |= {entry.of} if not at and _labels(entry, line) else set()
            elif entry.of == "whole":
                stood |= {entry.of} if not at and len(found) <= _FEW else set()
            elif entry.follows(found[at + 1 :]):
                stood.add(entry.of)
    return stood


def _labels(entry: _Entry, line: str) -> bool:
    """Whether an entry is all that stands before a colon, and little behind it."""
    label, colon, rest = fold(line).partition(":")
    behind = split(label)[1:]
    return (
        bool(colon)
        and len(split(rest)) <= _LABELLED
        and len(behind) == len(entry.rest)
        and entry.follows(behind)
    )
