"""Lines in which an outlet speaks of itself or to its reader, in words of some twenty-five languages.

What outlets put between, before and behind the paragraphs is written anew by each, so
that no list has it; what they speak of is not: subscriptions, channels, comments,
rights, other articles, who wrote it and when. The words are in `outlet.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from monitor.text.arabic import fold
from monitor.text.words import split

# More words are no line of an outlet; so many are one word and a count; so many stand behind a label.
_LONGEST: Final = 28
_FEW: Final = 3
_LABELLED: Final = 9
# What somebody says of "our position" is none of the outlet's.
_QUOTED: Final = re.compile(r"[«»“”„「」\"]")
# Beginnings of words are looked up from so many letters on.
_BEGINNING: Final = 2
_ANY: Final = "*"
_PHRASES: Final = "|"


@dataclass(frozen=True, slots=True)
class _Entries:
    """Entries by their first word, whole or begun; each with the words that follow it."""

    whole: Mapping[str, Sequence[Sequence[str]]]
    begun: Mapping[str, Sequence[Sequence[str]]]

    def stand_in(self, words: Sequence[str]) -> bool:
        """Whether one of the entries stands among folded words."""
        return any(self._begins(words, at) for at in range(len(words)))

    def are(self, words: Sequence[str]) -> bool:
        """Whether folded words are one of the entries, and nothing else."""
        return bool(words) and any(
            len(rest) == len(words) - 1 and _follows(words[1:], rest)
            for table in (self.whole.get(words[0], ()), *self._tables(words[0]))
            for rest in table
        )

    def _tables(self, word: str) -> Sequence[Sequence[Sequence[str]]]:
        return [self.begun.get(word[:end], ()) for end in range(_BEGINNING, len(word) + 1)]

    def _begins(self, words: Sequence[str], at: int) -> bool:
        word = words[at]
        for rest in self.whole.get(word, ()):
            if _follows(words[at + 1 : at + 1 + len(rest)], rest):
                return True
        return any(
            _follows(words[at + 1 : at + 1 + len(rest)], rest)
            for table in self._tables(word)
            for rest in table
        )


def _follows(words: Sequence[str], rest: Sequence[str]) -> bool:
    return len(words) == len(rest) and all(
        word.startswith(each[:-1]) if each.endswith(_ANY) else word == each
        for word, each in zip(words, rest, strict=True)
    )


def _entries(lines: Sequence[str]) -> _Entries:
    whole: dict[str, list[Sequence[str]]] = {}
    begun: dict[str, list[Sequence[str]]] = {}
    for entry in _PHRASES.join(lines).split(_PHRASES):
        first, *rest = (
            f"{split(fold(word.rstrip(_ANY)))[0]}{_ANY if word.endswith(_ANY) else ''}"
            for word in entry.split()
        )
        table = begun if first.endswith(_ANY) else whole
        table.setdefault(first.removesuffix(_ANY), []).append(rest)
    return _Entries(whole, begun)


@dataclass(frozen=True, slots=True)
class _Lists:
    alone: _Entries
    label: _Entries
    whole: _Entries
    reader: _Entries
    medium: _Entries
    # Scripts without spaces and Korean, whose words take endings, are searched letter by letter.
    within: Sequence[str]


@cache
def _lists() -> _Lists:
    """What `outlet.txt` has, read when a line is first in doubt."""
    text = files("monitor.fold").joinpath("outlet.txt").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    section: list[str] = []
    for line in text.splitlines():
        if line.startswith("["):
            section = found.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            section.append(line)
    names = ("alone", "label", "whole", "reader", "medium")
    alone, label, whole, reader, medium = (_entries(found[name]) for name in names)
    within = _PHRASES.join(found["east asia"]).split(_PHRASES)
    return _Lists(
        alone, label, whole, reader, medium, [fold(each).strip() for each in within if each.strip()]
    )


def speaks_of_itself(line: str) -> bool:
    """Whether a line has the words of an outlet's own lines."""
    text = fold(line)
    words = split(text)
    if not words or len(words) > _LONGEST:
        return False
    lists = _lists()
    if lists.alone.stand_in(words) or any(mark in text for mark in lists.within):
        return True
    if len(words) <= _FEW and lists.whole.stand_in(words[:1]):
        return True
    label, colon, rest = text.partition(":")
    if colon and len(split(rest)) <= _LABELLED and lists.label.are(split(label)):
        return True
    if _QUOTED.search(line):
        return False
    return lists.reader.stand_in(words) and lists.medium.stand_in(words)
