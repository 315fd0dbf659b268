"""The reasons of a verdict as lines: each sentence once, with all that was found in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any


def lines(reasons: Sequence[Mapping[str, Any]], rule: str) -> Iterator[str]:
    """What was named, by sentence; then one line a kind of the rest. `rule` stands elsewhere."""
    said: dict[str | None, list[str]] = {}
    rest: dict[str, list[str]] = {}
    for reason in reasons:
        kind, text = reason["kind"], reason["text"]
        if kind == "concept":
            said.setdefault(reason.get("sentence"), []).append(text)
        elif (kind, text) != ("rule", rule):
            where = f' in "{reason["sentence"]}"' if reason.get("sentence") else ""
            rest.setdefault(kind, []).append(text + where)
    for sentence, found in said.items():
        where = f' in "{sentence}"' if sentence else ""
        yield f"concept: {'; '.join(_grouped(found))}{where}"
    for kind, texts in rest.items():
        yield f"{kind}: {', '.join(dict.fromkeys(texts))}"


def _grouped(found: Sequence[str]) -> Iterator[str]:
    """`name: a, b` for `name: a` and `name: b`; what has no group stands alone."""
    groups: dict[str, list[str]] = {}
    for text in found:
        group, mark, name = text.partition(": ")
        groups.setdefault(group if mark else "", []).append(name if mark else text)
    for group, names in groups.items():
        joined = ", ".join(dict.fromkeys(names))
        yield f"{group}: {joined}" if group else joined
