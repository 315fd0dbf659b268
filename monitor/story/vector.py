"""Texts as weighted bags of stems, and how alike two of them are."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from monitor.story.concepts import Mention
from monitor.text.arabic import fold
from monitor.text.words import split, stem

Vector = Mapping[str, float]

# What a word of the news in general weighs beside one that is rare in it.
_COMMON = 0.25


def vector(text: str, language: str | None = None) -> Vector:
    """The stems of a text with weights, of length one; function words left out."""
    small, common = _background()
    counts = Counter(
        stem(word, language)
        for word in split(fold(text))
        if word not in small and len(word) > 1 and not word.isdigit()
    )
    return unit(
        {
            word: (1 + math.log(count)) * (_COMMON if word in common else 1.0)
            for word, count in counts.items()
            if word not in small
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
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other.get(word, 0.0) for word, weight in one.items())


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
