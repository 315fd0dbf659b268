"""Letters that look like others, or like nothing: what is pasted from a message or a word processor."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, Final

from monitor.config.syntax import Place
from monitor.config.tree import Path, Tree

# Marks of direction, joiners of nothing, blanks that are none (Unicode's Cf and Zs).
_UNSEEN: Final = re.compile("[\u00a0\u00ad\u180e\u2000-\u200b\u200e\u200f\u202a-\u202f\u205f-\u2069\u3000\ufeff]")  # fmt: skip
_QUOTES: Final = re.compile("^[“”„«‘’]")
# Where people write for people, all letters may stand.
_TEXTS: Final = frozenset(("title", "name", "outlet", "profile", "run", "headers"))


def findings(tree: Tree) -> Iterator[tuple[Place, str]]:
    """Yield every one that stands in a key, or in a value that no person reads."""
    yield from _within(tree, tree.value, ())


def _within(tree: Tree, value: Any, path: Path) -> Iterator[tuple[Place, str]]:
    if isinstance(value, dict):
        for key, each in value.items():
            if isinstance(key, str) and (said := _said(key)):
                yield tree.at_key((*path, key)), said
            if key not in _TEXTS:
                yield from _within(tree, each, (*path, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _within(tree, each, (*path, number))
    elif isinstance(value, str) and (said := _said(value)):
        yield tree.at_value(path), said


def _said(text: str) -> str | None:
    if found := _UNSEEN.search(text):
        name = unicodedata.name(found[0], "a mark").lower()
        return f"a letter that is not seen stands in it (U+{ord(found[0]):04X}, {name}): delete it, or write it anew by hand"  # fmt: skip
    if found := _QUOTES.search(text):
        return f"{found[0]} is no quote of YAML, but part of the text: write \" or '"
    return None
