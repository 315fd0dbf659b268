"""The reasons of a verdict in order: each sentence once, with all that was found in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Found:
    """What a sentence names, by concept group (`""` for none); `sentence` None where it has no one place."""

    sentence: str | None
    named: Mapping[str, tuple[str, ...]]


def found(reasons: Sequence[Mapping[str, Any]]) -> list[Found]:
    """What was named, by sentence, in the order of the reasons; `reasons` as they are stored."""
    said: dict[str | None, dict[str, list[str]]] = {}
    for reason in reasons:
        if reason["kind"] == "concept":
            group, mark, name = reason["text"].partition(": ")
            named = said.setdefault(reason.get("sentence"), {})
            named.setdefault(group if mark else "", []).append(name if mark else reason["text"])
    return [
        Found(sentence, {group: tuple(dict.fromkeys(names)) for group, names in named.items()})
        for sentence, named in said.items()
    ]


def others(reasons: Sequence[Mapping[str, Any]], rule: str) -> dict[str, list[tuple[str, str]]]:
    """The rest by kind: each text with the sentence it stands in, or "". `rule` stands elsewhere."""
    rest: dict[str, list[tuple[str, str]]] = {}
    for reason in reasons:
        kind, text = reason["kind"], reason["text"]
        if kind != "concept" and (kind, text) != ("rule", rule):
            each = text, reason.get("sentence") or ""
            if each not in rest.setdefault(kind, []):
                rest[kind].append(each)
    return rest
