"""Puts a new story into the text of a sources.yaml and leaves every other byte as it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from monitor.config.edit import tree_of
from monitor.config.outline import Outline
from monitor.config.placing import (
    Edit,
    after_comments,
    edited,
    in_brackets,
    line_end,
    lines_at,
    trimmed,
)
from monitor.config.syntax import SyntaxProblem
from monitor.config.tree import Tree
from monitor.config.written import in_lines, in_one_line
from monitor.errors import ConfigError, Problem


def with_story(text: str, name: str, keys: Mapping[str, Any], *, file: str) -> str:
    """Return the text with a story behind the last under `stories:`, written as that one is.

    `text` as `save.read` gives it. Raises ConfigError where the text is no such file (`file`
    names it in that message), or its stories cannot be added to, such as an alias.
    """
    mark, body = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    tree = tree_of(body, file)
    old = tree.value if isinstance(tree.value, dict) else {}
    there = old.get("stories")
    if isinstance(there, dict) and name not in there:
        wanted = {**old, "stories": {**there, name: dict(keys)}}
        edits = _edits(body, name, keys)
        changed = edited(body, edits) if edits else body
        try:
            if Tree(changed).value == wanted:
                return mark + changed
        except SyntaxProblem:
            pass
    message = "the stories are written in a way that cannot be added to: add to them by hand"
    raise ConfigError([Problem(file, *tree.at_key(("stories",)), message)])


def _edits(text: str, name: str, keys: Mapping[str, Any]) -> list[Edit]:
    _, there = Outline(text).top("stories")
    if there is None or not there.is_mapping or not there.children:
        return []
    if there.in_flow:
        quotes = there.quotes_keys
        key = f'"{name}"' if quotes else name
        return [*in_brackets(text, there, [f"{key}: {in_one_line(keys, as_json=quotes)}"])]
    column = there.children[0].column
    # What is indented deeper than the names of stories is a note on the last of them.
    at = line_end(text, trimmed(text, there.content_end))
    at = after_comments(text, at, column + 1)
    lines = [" " * column + f"{name}:"]
    lines += [" " * (column + 2) + line for line in in_lines(keys)]
    return [lines_at(text, at, lines)]
