"""Names other places in the text of a sources.yaml and leaves every other byte as it was."""

from __future__ import annotations

import json
from collections.abc import Mapping

from yaml.events import ScalarEvent

from monitor.config.outline import Outline, Span
from monitor.config.syntax import SyntaxProblem
from monitor.config.tree import Path, Tree


def moved(text: str, places: Mapping[Path, str]) -> str | None:
    """Return the text with the values at these paths replaced; None where it cannot be done.

    It cannot where a value is an alias, or is written in a way that the result does not
    read as meant: the caller tells what to change by hand.
    """
    mark, body = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    root = Outline(body).root
    spans = {path: _at(root, path) for path in places}
    changed = body
    for path, span in sorted(spans.items(), key=lambda each: -(each[1].start if each[1] else 0)):
        if span is None or not isinstance(span.event, ScalarEvent):
            return None
        written = json.dumps(places[path], ensure_ascii=False)
        changed = changed[: span.start] + written + changed[span.content_end :]
    try:
        was, now = Tree(body), Tree(changed)
    except SyntaxProblem:
        return None
    wanted = was.value
    for path, value in places.items():
        wanted = _with(wanted, path, value)
    return mark + changed if now.value == wanted else None


def _at(span: Span | None, path: Path) -> Span | None:
    for key in path:
        if span is None or not span.is_mapping:
            return None
        pairs = zip(span.children[::2], span.children[1::2], strict=True)
        span = next((v for k, v in pairs if getattr(k.event, "value", None) == key), None)
    return span


def _with(value: object, path: Path, leaf: str) -> object:
    if not path:
        return leaf
    assert isinstance(value, dict)
    return {**value, path[0]: _with(value.get(path[0]), path[1:], leaf)}
