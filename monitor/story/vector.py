"""Texts as weighted bags of stems, and how alike two of them are."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from monitor.story.concepts import Mention
from monitor.text.arabic import fold
from monitor.text.words import split, stem

Vector = Mapping[str, float]

# What a word of the news in general weighs beside one that is rare in it.
_COMMON = 0.25


@lru_cache(maxsize=8)
def vector(text: str, language: str | None = None) -> Vector:
    """The stems of a text with weights, of length one; function words left out."""
    functional, usual = _background()
    counts: Counter[str] = Counter()
    for word, count in Counter(split(fold(text))).items():
        if word not in functional and len(word) > 1 and not word.isdigit():
            counts[stem(word, language)] += count
    return unit(
        {
            word: (1 + math.log(count)) * (_COMMON if word in usual else 1.0)
            for word, count in counts.items()
            if word not in functional
        }
    )


def concept_vector(found: Iterable[Iterable[Mention]]) -> Vector:
    """A text as the concepts that its sentences name for sure, of length one."""
    counts = Counter(
        name
        for mentions in found
        for name in {name for each in mentions if not each.weak for name in each.concepts}
    )
    return unit({name: math.sqrt(count) for name, count in counts.items()})


def unit(weights: Mapping[str, float]) -> Vector:
    """The vector with length one; empty stays empty."""
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()} if length else {}


def mean(vectors: Iterable[Vector]) -> Vector:
    """The direction of all of them together, each counted alike."""
    total: Counter[str] = Counter()
    for each in vectors:
        total.update(each)
    return unit(total)


def cosine(one: Vector, other: Vector) -> float:
    """How alike two vectors of length one are, from 0 to 1."""
    return sum(one[word] * other[word] for word in one.keys() & other.keys())


def common(word: str) -> bool:
    """Whether a folded word is a function word, or one that news of every kind is full of."""
    functional, usual = _background()
    return word in functional or word in usual or stem(word) in usual


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
