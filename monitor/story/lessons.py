"""What labelled articles say about another one: whom it is like, and what that is worth.

An article that is more like one labelled *no* than like any seed or *yes* loses part of
its score; one like a *yes* gains. Labels say nothing about an article that is like none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from monitor.story.vector import Likeness, Vector

# How like a labelled article (by words and by concepts, from 0 to 1) another must be to
# be spoken for, and how much liker than all that is seeded or labelled otherwise.
_FLOOR: Final = 0.45
_MARGIN: Final = 0.02
# Part of the score lost, or of what lacks to 1 gained, at a lead of `_WHOLE` and more. One
# label alone takes less but of its own copies: it shall not outweigh all that the seeds say.
_LOSS: Final = 0.6
_LOSS_OF_ONE: Final = 0.3
_GAIN: Final = 0.4
_WHOLE: Final = 0.2
# An article that names next to nothing of the story is alerted for no label's sake.
_LEAST: Final = 0.15
# So like a seed or a labelled article is only that itself, or a copy of it.
_SAME: Final = 0.9


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled article as others are compared with it.

    `corrects` says that the seeds alone would judge it otherwise. A label that only agrees
    moves nothing: it is there to be weighed against those that do.
    """

    article: int
    title: str
    yes: bool
    corrects: bool
    words: Vector
    concepts: Vector


@dataclass(frozen=True, slots=True)
class Leads:
    """How like the nearest *yes* and the nearest *no* an article is, and which they are.

    `against` counts the *no* that correct and are like enough to be heard.
    """

    liked: float = 0.0
    disliked: float = 0.0
    like: Example | None = None
    unlike: Example | None = None
    against: int = 0


@dataclass(frozen=True, slots=True)
class Heard:
    """What the labels made of a score. `example` moved it; None where none did."""

    score: float
    example: Example | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lessons:
    """Labelled examples with an index of their words and concepts.

    `pinned` are the seeds that were on the story before any label, and stay so.
    """

    examples: tuple[Example, ...]
    pinned: frozenset[str] = frozenset()
    likeness: Likeness = field(repr=False, compare=False)

    @classmethod
    def of(cls, examples: Sequence[Example], pinned: frozenset[str] = frozenset()) -> Lessons:
        """Index the examples."""
        return cls(
            examples=tuple(examples),
            pinned=pinned,
            likeness=Likeness([(example.words, example.concepts) for example in examples]),
        )

    def leads(self, words: Vector, concepts: Vector, *, without: int | None = None) -> Leads:
        """The nearest examples of either kind; `without` leaves one article out."""
        total = self.likeness.of(words, concepts)
        found: dict[bool, tuple[float, Example | None]] = {True: (0.0, None), False: (0.0, None)}
        against = 0
        for example, likeness in zip(self.examples, total, strict=True):
            if example.article == without:
                continue
            against += example.corrects and not example.yes and likeness >= _FLOOR
            if likeness > found[example.yes][0]:
                found[example.yes] = likeness, example
        return Leads(found[True][0], found[False][0], found[True][1], found[False][1], against)

    def hear(self, score: float, leads: Leads, seeded: float) -> Heard:
        """The score after the labels; `seeded` is how like its nearest seed the article is."""
        if score < _LEAST:
            return Heard(score)
        lead = leads.disliked - max(leads.liked, seeded)
        if leads.unlike and leads.unlike.corrects and leads.disliked >= _FLOOR and lead > _MARGIN:
            agreed = leads.against > 1 or leads.disliked >= _SAME
            loss = _LOSS if agreed else _LOSS_OF_ONE
            return Heard(score * (1 - loss * min(1.0, lead / _WHOLE)), leads.unlike)
        lead = leads.liked - leads.disliked
        if leads.like and leads.like.corrects and leads.liked >= _FLOOR and lead > _MARGIN:
            return Heard(score + (1 - score) * _GAIN * min(1.0, lead / _WHOLE), leads.like)
        return Heard(score)

    def keeps(self, seed: str | None, seeded: float) -> bool:
        """Whether an article is a seed that was on the story before any label."""
        return seed in self.pinned and seeded >= _SAME
