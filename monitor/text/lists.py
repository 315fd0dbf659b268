"""Lists of words that ship with a room, read one way.

Each stands in the room's `lists/` and says at its head what its sections are. A line that begins with `#` is a comment, one
in brackets heads a section by one or more names; bars part phrases.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Final

from monitor.text.arabic import fold

_SECTION: Final = re.compile(r"<(\w+)>")


@cache
def sections(room: str, name: str) -> Sequence[tuple[frozenset[str], Sequence[str]]]:
    """The sections of a room's list in order, each with its names and its lines."""
    found: list[tuple[frozenset[str], list[str]]] = [(frozenset(), [])]
    # `importlib.resources` takes a worker longer to load than all the lists.
    folder = Path(import_module(room).__path__[0]) / "lists"
    text = (folder / f"{name}.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            found.append((frozenset(line.strip("[]").split()), []))
        elif line and not line.startswith("#"):
            found[-1][1].append(line)
    return found


def lines(room: str, name: str, *section: str) -> list[str]:
    """The lines of a list, of those sections that have all of the names; without names all lines."""
    asked = set(" ".join(section).split())
    return [line for names, some in sections(room, name) if asked <= names for line in some]


@cache
def phrases(room: str, name: str, *section: str) -> frozenset[str]:
    """The phrases of such lines, folded."""
    # All at once: folding costs by the call more than by the letter.
    return frozenset(fold("|".join(lines(room, name, *section))).split("|"))


def any_of(phrases: Collection[str]) -> str:
    """A pattern for any of the phrases, the longest first."""
    return "|".join(sorted(map(re.escape, phrases), key=len, reverse=True))


def pattern(room: str, name: str, section: str) -> str:
    """The lines of a section as alternatives of one pattern; `<name>` in them stands for any phrase of that section."""

    def named(found: re.Match[str]) -> str:
        return f"(?:{any_of(phrases(room, name, found[1]))})"

    return "|".join(_SECTION.sub(named, line) for line in lines(room, name, section))
