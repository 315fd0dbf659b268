"""The words of one language by which it denies, doubts, plans, tells a part, and its particles.

From `lists/languages.txt`, for languages other than Arabic, read when a language is first met.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from monitor.fold.features import is_denial, is_figure
from monitor.fold.lexicon import is_stopword, shipped
from monitor.fold.verbs import speaks
from monitor.identify.wording import folded
from monitor.text.arabic import fold
from monitor.text.words import stem

# Shorter words are particles of some language, but of the east.
_LETTERS: Final = 2
_EAST: Final = "\u3000"
# Of two forms of one word so much is the same, and so many letters at the least.
_SAME: Final = 0.7
_BEGINNING: Final = 4
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
    def of(cls, words: str) -> _Words:
        return cls(
            frozenset(folded(" ".join(word for word in words.split() if word[-1] != _ANY))),
            tuple(fold(word[:-1]) for word in words.split() if word[-1] == _ANY),
        )

    def have(self, word: str) -> bool:
        return word in self.whole or word.startswith(self.begun)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Folded words by which a language denies, doubts or plans a thing, or tells a part of a whole.

    What denies may govern the next word only (`without`), or deny what others said (`contradicting`).
    `stopwords` carry no fact. `opposed` are particles of which one in another's place tells something else,
    in lines of sides: to, from, by; before, after.
    """

    language: str
    modal: _Words
    parts: _Words
    denying: _Words
    without: frozenset[str]
    contradicting: _Words
    stopwords: frozenset[str]
    opposed: Sequence[Sequence[frozenset[str]]]

    def denies(self, word: str) -> bool:
        """Whether a folded word says that something is not so."""
        if word in self.without or self.denying.have(word) or self.contradicting.have(word):
            return True
        return "א" <= word[0] <= "ת" and any(map(self.denying.have, forms(word, self.language)))

    def opposes(self, gone: Sequence[str], come: Sequence[str]) -> bool:
        """Whether a particle among some folded words stands in the place of one that it is opposed to."""
        for line in self.opposed:
            was, now = (
                {at for at, side in enumerate(line) if not side.isdisjoint(words)}
                for words in (gone, come)
            )
            if was and now and was.isdisjoint(now):
                return True
        return False

    def is_stopword(self, word: str) -> bool:
        """Whether a folded word carries no fact, whatever is attached to it."""
        if "가" <= word[0] <= "힣":
            return word in self.stopwords or _COUNTER.fullmatch(word) is not None
        return word in self.stopwords or (
            "א" <= word[0] <= "ת" and not self.stopwords.isdisjoint(forms(word, self.language))
        )

    def tells(self, word: str) -> bool:
        """Whether a folded word may carry a fact; figures and denials are weighed by themselves."""
        return (
            (len(word) > _LETTERS or word[0] >= _EAST)
            and not (
                self.is_stopword(word)
                or self.denies(word)
                or self.modal.have(word)
                or self.parts.have(word)
            )
            and not (is_figure(word) or is_denial(word) or speaks(word))
        )


@cache
def vocabulary(language: str) -> Vocabulary | None:
    """What is listed of a language; None where nothing is."""
    denying = _all(language, "denying")
    if not denying:
        return None
    modal, parts, contradicting = (
        _Words.of(_all(language, section)) for section in ("modal", "parts", "contradicting")
    )
    without, stopwords = (
        frozenset(folded(_all(language, section))) for section in ("without", "stopwords")
    )
    return Vocabulary(
        language,
        modal,
        parts,
        _Words.of(denying),
        without,
        contradicting,
        stopwords | _particles(language),
        [
            [frozenset(folded(side)) for side in line.split("|")]
            for line in shipped("languages", language, "opposed")
        ],
    )


@cache
def _particles(language: str) -> frozenset[str]:
    return frozenset(folded(_all(language, "particles")))


def joins(word: str, language: str | None) -> bool:
    """Whether a folded word carries no fact, or is a particle of the language that another may stand for."""
    return is_stopword(word) or (language is not None and word in _particles(language))


@cache
def future_words(language: str) -> frozenset[str]:
    """Words, folded, that say that something is to come."""
    return frozenset(map(fold, _all(language, "coming").split()))


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
    if language in _JOINING and len(short) >= _BEGINNING and long.startswith(short):
        return True
    same = 0
    for mine, its in zip(short, long, strict=False):
        if mine != its:
            break
        same += 1
    return same >= _BEGINNING and same >= _SAME * len(long)
