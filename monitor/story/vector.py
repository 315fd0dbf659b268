"""Texts as weighted bags of stems, and how alike two of them are."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache, partial
from importlib.resources import files
from itertools import chain
from typing import Final, NamedTuple

from monitor.story.lexicon import Mention
from monitor.text.arabic import fold
from monitor.text.pieces import Reader, pieces
from monitor.text.words import STEMMED, split, stem

Vector = Mapping[str, float]

# What a word of the news in general weighs beside one that is rare in it.
_COMMON = 0.25
_DIGITS = 9


class Bag(NamedTuple):
    """The stems of a text with their weights, and the length of these as a vector."""

    weights: Vector
    length: float

    def vector(self) -> Vector:
        """The stems with weights of length one."""
        return {word: weight / self.length for word, weight in self.weights.items()}

    def within(self, other: Vector) -> Vector:
        """Of `vector` what another one has as well: few of a text's words."""
        return {
            word: self.weights[word] / self.length
            for word in filter(other.__contains__, self.weights)
        }


NOTHING: Final = Bag({}, 0.0)


@lru_cache(maxsize=8)
def bag(texts: tuple[str, ...], language: str | None = None) -> Bag:
    """The stems of some texts together, with weights; function words left out."""
    read = list(chain.from_iterable(map(pieces, texts)))
    reader = _reader(language) if language in STEMMED else _STEMS
    counts = Counter(chain.from_iterable(reader.of(read)))
    weights = dict.fromkeys(counts, 1.0)
    for word, count in counts.items():
        if count > 1:
            weights[word] += math.log(count)
    for word in filter(_background()[1].__contains__, counts):
        weights[word] *= _COMMON
    return Bag(weights, _length(weights))


@lru_cache(maxsize=8)
def vector(text: str, language: str | None = None) -> Vector:
    """The stems of a text with weights, of length one; function words left out."""
    return bag((text,), language).vector()


@cache
def _reader(language: str) -> Reader[tuple[str, ...]]:
    """Of the stems of a language that is stemmed in its own way."""
    return Reader(language, partial(_of_piece, language=language))


def _of_piece(piece: str, language: str | None = None) -> tuple[str, ...]:
    functional, _ = _background()
    words = (
        stem(word, language)
        for word in split(fold(piece))
        if word not in functional and len(word) > 1 and not word.isdigit()
    )
    return tuple(word for word in words if word not in functional)


_STEMS: Final = Reader("stems", _of_piece)


def concept_vector(sentences: Iterable[Collection[str]]) -> Vector:
    """A text as the concepts that its sentences name for sure, each named once, of length one."""
    counts = Counter(chain.from_iterable(sentences))
    return unit({name: math.sqrt(count) for name, count in counts.items()})


def named_for_sure(mentions: Iterable[Mention]) -> frozenset[str]:
    """The concepts of mentions whose spelling proves something."""
    return frozenset([name for each in mentions if not each.weak for name in each.concepts])


def unit(weights: Mapping[str, float]) -> Vector:
    """The vector with length one; empty stays empty."""
    length = _length(weights)
    return {word: weight / length for word, weight in weights.items()} if length else {}


def _length(weights: Mapping[str, float]) -> float:
    return math.sqrt(sum([weight * weight for weight in weights.values()]))


def mean(vectors: Iterable[Vector]) -> Vector:
    """The direction of all of them together, each counted alike."""
    total: Counter[str] = Counter()
    for each in vectors:
        total.update(each)
    return unit(total)


def products(one: Vector, other: Vector) -> Vector:
    """For each word that two vectors share the product of its weights; all together are the cosine."""
    return {word: weight * other[word] for word, weight in one.items() if word in other}


def cosine(one: Vector, other: Vector) -> float:
    """How alike two vectors of length one are, from 0 to 1."""
    return sum([one[word] * other[word] for word in one.keys() & other.keys()])


class Likeness:
    """How like a text is to each of some examples, by words and by concepts: by an index of both."""

    def __init__(self, examples: Sequence[tuple[Vector, Vector]]) -> None:
        """Index the words and the concepts of the examples."""
        self._number = len(examples)
        self._words = _postings([words for words, _ in examples])
        self._concepts = _postings([concepts for _, concepts in examples])

    def of(self, words: Vector, concepts: Vector) -> list[float]:
        """The likeness to each example, from 0 to 1: the mean of both cosines.

        Rounded, for sets are summed in any order, and two examples alike must stay so.
        """
        total = [0.0] * self._number
        for vector, postings in ((words, self._words), (concepts, self._concepts)):
            for name in postings.keys() & vector.keys():
                weight = vector[name] / 2
                for number, other in postings[name]:
                    total[number] += weight * other
        return [round(each, _DIGITS) for each in total]


def _postings(vectors: Sequence[Vector]) -> dict[str, list[tuple[int, float]]]:
    """For each name the vectors that have it, by number, and its weight in each."""
    found: dict[str, list[tuple[int, float]]] = {}
    for number, vector in enumerate(vectors):
        for name, weight in vector.items():
            found.setdefault(name, []).append((number, weight))
    return found


def common(word: str) -> bool:
    """Whether a folded word is a function word, or one that news of every kind is full of."""
    functional, usual = _background()
    return word in functional or word in usual or stem(word) in usual


def heard_often(word: str, *, rare: bool = False) -> bool:
    """Whether a folded word or its stem is usual in news; with `rare`, whether it is met at all."""
    often, heard = _heard()
    forms = {word, stem(word)}
    return not often.isdisjoint(forms) or (rare and not heard.isdisjoint(forms))


@cache
def _heard() -> tuple[frozenset[str], frozenset[str]]:
    text = files("monitor.story").joinpath("heard.txt").read_text(encoding="utf-8")
    lists = dict(line.split(": ", 1) for line in text.splitlines() if not line.startswith("#"))
    return frozenset(lists["often"].split()), frozenset(lists["heard"].split())


@cache
def _background() -> tuple[frozenset[str], frozenset[str]]:
    """Function words, and stems that news of every kind is full of."""
    text = files("monitor.story").joinpath("common.txt").read_text(encoding="utf-8")
    lists: dict[str, list[str]] = {"small": [], "common": []}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            kind, _, written = line.partition(":")
            lists[kind.split()[0]].extend(fold(written).split())
    return _forms(lists["small"]), _forms(lists["common"])


def _forms(words: list[str]) -> frozenset[str]:
    """The words, with the Arabic "and" in front, and their stems."""
    joined = words + ["و" + word for word in words if "ء" <= word <= "ۓ"]
    return frozenset(joined) | frozenset(map(stem, joined))
