"""The words of one language that decide whether an editor's sentence says what another said.

Per language, from lists beside this file: words that carry no fact (`pale.txt`), words
that stand for each other (`reworded.txt`), that make a fact planned, possible or a part
(`modal.txt`), that deny it (`denying.txt`). Read when a language is first met.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from monitor.identify.wording import folded
from monitor.text.arabic import fold
from monitor.text.words import stem

# Of two forms of one word so much is the same, and so many letters at the least.
_SAME: Final = 0.7
_LEAST: Final = 4
# Of a Korean word, whose endings are half of it.
_SYLLABLES: Final = 2
_ANY: Final = "*"
# Languages that put ending behind ending.
_JOINING: Final = frozenset(("tr", "fa", "ur", "id"))
_ENDINGS: Final = {
    "fa": re.compile("(?<=.{3})(?:هايي|هاي|ها|ان|ات|ي|ند|ه)$"),
    "ur": re.compile("(?<=.{3})(?:وں|یں|ے|ی|ا|ه|و)$"),
}
_HEBREW: Final = "והבלמשכ"
_HEBREW_LEAST: Final = 3


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words, folded; `lines` gives for a stem the lines in which it stands.

    What denies is given whole, by its beginning, and, governing the next word only, as `without`.
    """

    language: str
    pale: frozenset[str]
    modal: frozenset[str]
    denying: frozenset[str]
    beginnings: tuple[str, ...]
    without: frozenset[str]
    lines: Mapping[str, frozenset[int]]

    def senses(self, word: str) -> frozenset[int]:
        """The lines in which a folded word stands, in any form."""
        return frozenset[int]().union(
            *(self.lines.get(each, frozenset()) for each in forms(word, self.language))
        )

    def is_pale(self, word: str) -> bool:
        """Whether a folded word carries no fact, whatever is attached to it."""
        return word in self.pale or (
            "א" <= word[0] <= "ת" and any(each in self.pale for each in forms(word, self.language))
        )

    def denies(self, word: str) -> bool:
        """Whether a folded word says that something is not so."""
        if word in self.denying or word in self.without or word.startswith(self.beginnings):
            return True
        return "א" <= word[0] <= "ת" and not self.denying.isdisjoint(forms(word, self.language))


@cache
def vocabulary(language: str) -> Vocabulary | None:
    """What is listed of a language; None where nothing is."""
    pale = _of(language, "pale")
    if not pale:
        return None
    lines: dict[str, set[int]] = {}
    for number, line in enumerate(_section(language)):
        for word in folded(line):
            for each in forms(word, language):
                lines.setdefault(each, set()).add(number)
    denying, _, without = " ".join(_lines(language, "denying")).partition("+")
    return Vocabulary(
        language,
        pale,
        _of(language, "modal"),
        frozenset(folded(" ".join(word for word in denying.split() if word[-1] != _ANY))),
        tuple(fold(word[:-1]) for word in denying.split() if word[-1] == _ANY),
        frozenset(folded(without)),
        {word: frozenset(each) for word, each in lines.items()},
    )


def _shipped(name: str) -> list[str]:
    text = files("monitor.fold").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _lines(language: str, name: str) -> list[str]:
    return [line[3:] for line in _shipped(name) if line.startswith(f"{language} ")]


def _of(language: str, name: str) -> frozenset[str]:
    return frozenset(folded(" ".join(_lines(language, name))))


def _section(language: str) -> Iterable[str]:
    section = ""
    for line in _shipped("reworded"):
        if line.startswith("["):
            section = line.strip("[]")
        elif section == language:
            yield line


@lru_cache(maxsize=20_000)
def forms(word: str, language: str) -> tuple[str, ...]:
    """What is compared of a folded word: its stem; in Hebrew also without what is attached to it."""
    if "가" <= word[0] <= "힣":
        return (stem(word)[:_SYLLABLES],)
    if language in _ENDINGS:
        bare = _ENDINGS[language].sub("", word)
        return (word,) if bare == word else (word, bare)
    short = stem(word, language)
    if not "א" <= word[0] <= "ת":
        return (short,)
    found = [word]
    while word[0] in _HEBREW and len(word) > _HEBREW_LEAST:
        word = word[1:]
        found.append(word)
    return tuple(found)


@lru_cache(maxsize=50_000)
def is_form(one: str, other: str, language: str) -> bool:
    """Whether two stems may be of one word: most of the longer one is the same beginning."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if language in _JOINING and len(short) >= _LEAST and long.startswith(short):
        return True
    same = 0
    for mine, its in zip(short, long, strict=False):
        if mine != its:
            break
        same += 1
    return same >= _LEAST and same >= _SAME * len(long)
