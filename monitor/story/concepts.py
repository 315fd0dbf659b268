"""Concepts: entities and themes with their spellings in many languages.

`aliases.txt` beside this file is the shipped list and says how it is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from monitor.story.spelling import spelt

_PLAIN_WEIGHT = 0.6


@dataclass(frozen=True, slots=True)
class Concept:
    """One entity or theme of the alias file."""

    name: str
    kind: Literal["entity", "theme"]
    families: tuple[str, ...] = ()
    part_of: str | None = None
    bound: bool = False
    weight: float = _PLAIN_WEIGHT
    abroad: bool = False
    past: bool = False
    hints: tuple[str, ...] = ()
    many: bool = False
    compares: str | None = None

    @property
    def tells_apart(self) -> bool:
        """Whether a headline about it is about something else than another family."""
        return self.kind == "theme" and bool(self.families) and "context" not in self.families


@cache
def shipped() -> tuple[Mapping[str, Concept], Mapping[str, tuple[str, ...]]]:
    """The concepts of the shipped alias file, and the spellings of each."""
    concepts: dict[str, Concept] = {}
    spellings: dict[str, tuple[str, ...]] = {}
    name = ""
    text = files("monitor.story").joinpath("aliases.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            name, _, options = line[1:].partition("]")
            concepts[name] = _concept(name, options.split())
            spellings[name] = ()
        elif line and not line.startswith("#"):
            language, _, written = line.partition(":")
            spellings[name] += tuple(spelt(each.strip(), language) for each in written.split("|"))
    return concepts, spellings


def _concept(name: str, options: list[str]) -> Concept:
    given = dict(option.partition("=")[::2] for option in options[1:])
    return Concept(
        name,
        "entity" if options[0] == "entity" else "theme",
        families=tuple(filter(None, given.get("family", "").split(","))),
        part_of=given.get("in"),
        bound="bound" in given,
        weight=float(given.get("weight", _PLAIN_WEIGHT)),
        abroad="abroad" in given,
        past="past" in given,
        many="many" in given,
        compares=given.get("compares"),
        hints=tuple(filter(None, given.get("hints", "").split(","))),
    )
