"""The part that each concept has in a story."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from monitor.story.concepts import Concept

# A kind of event below this weight tells little by itself ("sent", "returned"); one of this
# weight is more by its actor right beside it.
TELLING: Final = 0.45


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """The part that a concept has in a story, as sentences are read for it."""

    groups: tuple[str, ...]
    bound: bool
    # Its actor beside it makes it the story's; "Kim returns" does not.
    telling: bool
    # An act of the story, one abroad; near it; a place of it; something else.
    act: bool
    abroad: bool
    near: bool
    scene: bool
    other: bool
    # A word that only hints at the story's kind of event, and one of its company.
    hint: bool
    company: bool

    @classmethod
    def of(cls, concept: Concept, groups: tuple[str, ...], families: frozenset[str]) -> Role:
        """The part of a concept that stands for these groups of a story of these families."""
        act = "what" in groups
        near = "near" in groups and not act
        return cls(
            groups=groups,
            bound=concept.bound,
            telling=act and concept.weight >= TELLING,
            act=act,
            abroad=act and concept.abroad,
            near=near,
            scene=bool(groups and concept.part_of) and not act and not near,
            other=not groups and concept.tells_apart,
            hint=not groups and not families.isdisjoint(concept.hints),
            company="with" in groups and not concept.part_of and not act and not near,
        )
