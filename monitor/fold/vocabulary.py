"""The words of one language that decide whether an editor's sentence says what another said.

Per language, from `lists/languages.txt`: words that carry no fact, that stand for each other, that make a fact
planned, possible or a part, that deny it. Read when a language is first met.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from monitor.fold.lexicon import shipped
from monitor.identify.wording import folded
from monitor.text.arabic import fold
from monitor.text.words import stem

# Of two forms of one word so much is the same, and so many letters at the least.
_SAME: Final = 0.7
BEGINNING: Final = 4
# Of a Korean word, whose endings are half of it.
_SYLLABLES: Final = 2
_ANY: Final = "*"
# Languages that put ending behind ending.
_JOINING: Final = frozenset(("tr", "fa", "ur", "id"))
_ENDINGS: Final = {
    "fa": re.compile("(?<=.{3})(?:هايي|هاي|ها|ان|ات|ي|ند|ه)$"),
    "ur": re.compile("(?<=.{3})(?:وں|یں|ے|ی|ا|ه|و)$"),
}
# What Korean counts with, and what is put behind it.
_COUNTER: Final = re.compile(
    "(?:명|대|개|건|곳|척|층|채|회|년|월|일|시|분|시간|살|여|차례|가구)(?:은|는|이|가|을|를|의|에|도|만|과|와|로)?"
)
_HEBREW: Final = "והבלמשכ"
_HEBREW_LEAST: Final = 3


@dataclass(frozen=True, slots=True)
class _Words:
    """Folded words, given whole or by their beginnings (`den*`)."""

    whole: frozenset[str]
    begun: tuple[str, ...]

    @classmethod
    def of(cls, listed: str) -> _Words:
        return cls(
            frozenset(folded(" ".join(word for word in listed.split() if word[-1] != _ANY))),
            tuple(fold(word[:-1]) for word in listed.split() if word[-1] == _ANY),
        )

    def have(self, word: str) -> bool:
        return word in self.whole or word.startswith(self.begun)


@dataclass(frozen=True, slots=True)
class Marks:
    """Folded words by which a language denies, doubts or plans a thing, or tells a part of a whole.

    What denies may govern the next word only (`without`), or deny what others said (`contradicting`).
    """

    language: str
    modal: _Words
    parts: _Words
    denying: _Words
    without: frozenset[str]
    contradicting: _Words

    def denies(self, word: str) -> bool:
        """Whether a folded word says that something is not so."""
        if word in self.without or self.denying.have(word) or self.contradicting.have(word):
            return True
        return "א" <= word[0] <= "ת" and any(map(self.denying.have, forms(word, self.language)))


@dataclass(frozen=True, slots=True)
class Vocabulary(Marks):
    """Words, folded; `lines` gives for a stem the lines in which it stands."""

    stopwords: frozenset[str]
    lines: Mapping[str, frozenset[int]]

    def senses(self, word: str) -> frozenset[int]:
        """The lines in which a folded word stands, in any form."""
        return frozenset[int]().union(
            *(self.lines.get(each, frozenset()) for each in forms(word, self.language))
        )

    def is_stopword(self, word: str) -> bool:
        """Whether a folded word carries no fact, whatever is attached to it."""
        if "가" <= word[0] <= "힣":
            return word in self.stopwords or _COUNTER.fullmatch(word) is not None
        return word in self.stopwords or (
            "א" <= word[0] <= "ת"
            and any(each in self.stopwords for each in forms(word, self.language))
        )


@cache
def vocabulary(language: str) -> Vocabulary | None:
    """What is listed of a language; None where nothing is."""
    found, stopwords = marks(language), _all(language, "stopwords")
    if found is None or not stopwords:
        return None
    lines: dict[str, set[int]] = {}
    for number, line in enumerate(shipped("languages", language, "synonyms")):
        for word in folded(line):
            for each in forms(word, language):
                lines.setdefault(each, set()).add(number)
    return Vocabulary(
        language,
        found.modal,
        found.parts,
        found.denying,
        found.without,
        found.contradicting,
        frozenset(folded(stopwords)),
        {word: frozenset(each) for word, each in lines.items()},
    )


@cache
def marks(language: str) -> Marks | None:
    """What is listed of a language's denials, doubts, plans and parts; None where nothing is."""
    denying = _all(language, "denying")
    if not denying:
        return None
    modal, parts, contradicting = (
        _Words.of(_all(language, section)) for section in ("modal", "parts", "contradicting")
    )
    without = frozenset(folded(_all(language, "without")))
    return Marks(language, modal, parts, _Words.of(denying), without, contradicting)


@cache
def future_words(language: str) -> frozenset[str]:
    """Words, folded, that say that something is to come."""
    return frozenset(map(fold, _all(language, "coming").split()))


@cache
def deeds(language: str) -> tuple[str, ...]:
    """Beginnings, folded, of verbs of which it is news who does it to whom."""
    return tuple(map(fold, _all(language, "deeds").split()))


@cache
def ways(language: str) -> Mapping[str, int]:
    """What leads from somewhere, 1, and what to somewhere, 2."""
    parts = enumerate(_all(language, "ways").split("|"), 1)
    return {word: way for way, words in parts for word in words.split()}


def _all(language: str, section: str) -> str:
    return " ".join(shipped("languages", language, section))


@lru_cache(maxsize=20_000)
def forms(word: str, language: str) -> tuple[str, ...]:
    """What is compared of a folded word: its stem and itself; in Hebrew also without what is attached."""
    if "가" <= word[0] <= "힣":
        return (stem(word)[:_SYLLABLES],)
    if language in _ENDINGS:
        bare = _ENDINGS[language].sub("", word)
        return (word,) if bare == word else (word, bare)
    if not "א" <= word[0] <= "ת":
        short = stem(word, language)
        return (short,) if short == word else (short, word)
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
    if language in _JOINING and len(short) >= BEGINNING and long.startswith(short):
        return True
    same = 0
    for mine, its in zip(short, long, strict=False):
        if mine != its:
            break
        same += 1
    return same >= BEGINNING and same >= _SAME * len(long)
