"""Names of a story's own, learnt from its seeds: the mine, the company, the judge.

What the alias file does not know tells a story all the same, where most seeds name it:
written as a name in scripts with capitals, in others a rare word that they share. In
other scripts it is known by its sound.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from monitor.model import Seed
from monitor.story.vector import common
from monitor.text.arabic import fold
from monitor.text.sound import consonants, same_name
from monitor.text.words import sentences, split, stem

# A name counts from this share of the pieces on, and in full from the second on.
_SOME: Final = 0.4
_MOST: Final = 0.6
# What a name of some pieces, a part of a longer name, and one that is in no headline (a
# town, a spokesman) count beside one that most pieces name.
_OF_SOME: Final = 0.5
_OF_PART: Final = 0.9
_IN_TEXT: Final = 0.6
# In scripts without capitals a shared rare word of this share of the pieces.
_UNCASED: Final = 0.8
_SHORTEST: Final = 4
_MOST_NAMES: Final = 24

_CASED: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_ASCII_LETTER: Final = re.compile("[a-z]")


@dataclass(frozen=True, slots=True)
class Named:
    """A name found in a text, as the text spells it, and its weight from 0 to 1."""

    name: str
    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Names:
    """The folded names with their weights; `sounds` are the one-word ones by consonants."""

    weights: Mapping[str, float] = field(default_factory=dict)
    sounds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.weights)

    def find(self, sentence: str) -> list[Named]:
        """The names in a sentence, each once; in another script than theirs by sound."""
        if not self.weights:
            return []
        folded = fold(sentence)
        words = split(folded)
        found = {
            name: Named(name, name, weight)
            for name, weight in self.weights.items()
            if (name in words if " " not in name else f" {name} " in f" {' '.join(words)} ")
        }
        for word in words:
            if _ASCII_LETTER.match(word):
                continue
            for form in (word, stem(word)):
                for name in self.sounds.get(consonants(form), ()):
                    if name not in found and same_name(name, form):
                        found[name] = Named(name, word, self.weights[name])
        whole = {part for name in found if " " in name for part in name.split(" ")}
        return [each for name, each in found.items() if name not in whole]


def learn_names(seeds: Sequence[Seed], known: Collection[str] = ()) -> Names:
    """The names that enough of the seeds share; `known` are words that are none of its own."""
    if len(seeds) < 2:
        return Names()
    pieces = [_names_of(seed) for seed in seeds]
    cased = _has_capitals(" ".join(seed.text for seed in seeds))
    plain = {word for seed in seeds for word in _written_small(seed)}
    phrases = Counter(name for piece in pieces for name in piece)
    weights: dict[str, float] = {}
    for name, count in phrases.most_common():
        parts = name.split(" ")
        if name in known or common(name) or (len(parts) == 1 and name in plain):
            continue
        share = count / len(seeds) if cased else count / len(seeds) * _MOST / _UNCASED
        weight = 1.0 if share >= _MOST else _OF_SOME if share >= _SOME and count > 1 else 0.0
        if not weight:
            continue
        if not any(f" {name} " in f" {' '.join(split(fold(seed.title)))} " for seed in seeds):
            weight *= _IN_TEXT
        weights[name] = max(weight, weights.get(name, 0.0))
        for part in parts if len(parts) > 1 else ():
            if len(part) >= _SHORTEST and part not in plain | set(known) and not common(part):
                weights[part] = max(weight * _OF_PART, weights.get(part, 0.0))
    weights = dict(sorted(weights.items(), key=lambda each: -each[1])[:_MOST_NAMES])
    sounds: dict[str, tuple[str, ...]] = {}
    for name in weights:
        if " " not in name and (key := consonants(name)):
            sounds[key] = (*sounds.get(key, ()), name)
    return Names(weights, sounds)


def _names_of(seed: Seed) -> set[str]:
    """What a piece names: runs of capitalised words within its sentences, or its shared words."""
    if not _has_capitals(seed.text):
        return {word for word in split(fold(f"{seed.title} {seed.text}")) if len(word) >= _SHORTEST}
    found: set[str] = set()
    for sentence in sentences(seed.text):
        run: list[str] = []
        end = -1
        for number, match in enumerate(_CASED.finditer(sentence)):
            word = match[0]
            if word[0].isupper() and (number or word.isupper()):
                if run and sentence[end : match.start()] != " ":
                    found.add(" ".join(run))
                    run = []
                run.append(fold(word.removesuffix("'s").removesuffix("’s")))
                end = match.end()
            elif run:
                found.add(" ".join(run))
                run = []
        if run:
            found.add(" ".join(run))
    return {name for name in found if len(name) >= _SHORTEST}


def _has_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return 2 * sum(letter.islower() or letter.isupper() for letter in letters) > len(letters)


def _written_small(seed: Seed) -> set[str]:
    """The words that a piece writes without a capital, where its script has them."""
    return {fold(word) for word in _CASED.findall(seed.text) if word[0].islower()}
