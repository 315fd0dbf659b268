"""The groups of a story after its user's word, which always wins over what was learnt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.model import Corrections
from monitor.story.concepts import Concept


@dataclass(frozen=True, slots=True)
class Corrected:
    """The groups after the user's word."""

    groups: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    any_of: tuple[str, ...]
    excluded: tuple[str, ...]

    @classmethod
    def by(
        cls,
        corrections: Corrections,
        learnt: Mapping[str, tuple[str, ...]],
        concepts: dict[str, Concept],
        spellings: dict[str, tuple[str, ...]],
    ) -> Corrected:
        """Add the user's spellings to `concepts` and `spellings`, and settle the groups."""
        groups = dict(learnt)

        def made(name: str, written: tuple[str, ...]) -> str:
            entity = name in {"who", "with"}
            concepts[f"own {name}"] = Concept(f"own {name}", "entity" if entity else "theme")
            spellings[f"own {name}"] = written
            return f"own {name}"

        for group, written in corrections.aliases.items():
            groups[group] = (*groups.get(group, ()), made(group, written))

        def meant(name: str) -> tuple[str, ...]:
            """A group's name, a concept's name, or a word of the user's own."""
            return groups.get(name) or ((name,) if name in concepts else (made(name, (name,)),))

        for name in corrections.require:
            groups[name] = meant(name)
        proposed = ("who", "with", "what") if groups.get("who") else ()
        required = corrections.require or tuple(group for group in proposed if groups.get(group))
        return cls(
            groups,
            required,
            tuple(name for word in corrections.any for name in meant(word)),
            tuple(name for word in corrections.exclude for name in meant(word)),
        )
