"""Puts new sources into the text of a sources.yaml and leaves every other byte as it was.

A YAML library that writes the whole file anew would lose the writer's comments,
quotes and blank lines. So the parser only tells where things stand, the new
lines are set in by place, and the result is read again: what does not come to
the old values and the new sources is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from yaml.reader import Reader

from monitor.config.outline import Outline, Span
from monitor.config.placing import (
    BREAK,
    Edit,
    after_comments,
    blank_line_in,
    braced,
    edited,
    in_brackets,
    line_end,
    lines_at,
    trimmed,
)
from monitor.config.syntax import SyntaxProblem
from monitor.config.tree import Tree
from monitor.config.written import checked, in_lines
from monitor.errors import ConfigError, Problem
from monitor.model import Source


def append(
    text: str,
    sources: Sequence[Source | Mapping[str, Any]],
    *,
    comments: Sequence[str] = (),
    file: str = "sources.yaml",
) -> str:
    """Return the text with new sources at the end of its list `sources:`.

    `text` as `save.read` gives it: with its line ends and, where it has one, its
    byte order mark. A source is written as its neighbours are: a block of lines
    or one line in braces, with the list's indentation and, where the last two
    are parted by one, an empty line before it. `comments` go above them, one for
    each source ("" for none); a list in brackets takes none. Comments after the
    last source stay with it where they are indented like the list or deeper; at
    the left edge they belong to what follows. A missing list is made at the end
    of the file.

    Raises ValueError for a source that the file's rules refuse or whose name is
    taken; ConfigError where the text is no such file (`file` names it in that
    message) or the list cannot be added to, such as one that is an alias.
    """
    mark, body = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    tree = tree_of(body, file)
    old = tree.value if tree.value is not None else {}
    there = (old.get("sources") or []) if isinstance(old, dict) else None
    if not isinstance(there, list):
        where = tree.at_value(("sources",) if isinstance(old, dict) else ())
        raise ConfigError([Problem(file, *where, "expected a list of sources under sources:")])
    new = _checked(sources, there)
    if not new:
        return text
    wanted = {**old, "sources": [*there, *new]}
    for edits in _ways(body, new, list(comments)):
        changed = edited(body, edits)
        try:
            if Tree(changed).value == wanted:
                return mark + changed
        except SyntaxProblem:
            continue
    message = "the list of sources is written in a way that cannot be added to: add to it by hand"
    raise ConfigError([Problem(file, *tree.at_key(("sources",)), message)])


def tree_of(text: str, file: str) -> Tree:
    """The text as read; ConfigError where it is wrong as YAML."""
    try:
        tree = Tree(text if BREAK.search(text[-1:]) else text + "\n")
    except SyntaxProblem as problem:
        raise ConfigError([Problem(file, *problem.place, problem.message)]) from None
    if tree.problems:
        raise ConfigError([Problem(file, *where, message) for where, message in tree.problems])
    return tree


def _checked(
    sources: Sequence[Source | Mapping[str, Any]], there: list[Any]
) -> list[dict[str, Any]]:
    """Return the keys of every source; ValueError where the file could not be loaded with it."""
    names = {str(item.get("name")).strip() for item in there if isinstance(item, dict)}
    found = []
    for source in sources:
        keys = checked(source)
        name = keys["name"].strip()
        if name in names:
            raise ValueError(f"source {name!r}: the name is taken")
        names.add(name)
        found.append(keys)
    return found


def _ways(text: str, new: list[dict[str, Any]], comments: list[str]) -> Iterator[list[Edit]]:
    """Yield ways to write it, best first; which one YAML reads as meant is found by reading."""
    outline = Outline(text)
    root = outline.root
    key, there = outline.top("sources")
    if there is not None and there.is_list and there.in_flow:
        yield in_brackets(text, there, [braced(item, there) for item in new])
    elif there is not None and there.is_list:
        yield from _in_block(text, there, new, comments)
    elif root is not None and root.in_flow:
        items = "[" + ", ".join(braced(item, root) for item in new) + "]"
        if there is not None:
            space = "" if text[there.start - 1].isspace() else " "
            yield [(there.start, there.content_end, space + items)]
        else:
            name = '"sources"' if root.quotes_keys else "sources"
            yield in_brackets(text, root, [f"{name}: {items}"])
    elif key is not None and there is not None:
        yield _in_place_of_nothing(text, key, there, new, comments)
    else:
        yield from _at_the_end(text, outline, new, comments)


# ---- lists in lines -----------------------------------------------------------


def _in_block(
    text: str, there: Span, new: list[dict[str, Any]], comments: list[str]
) -> Iterator[list[Edit]]:
    last = there.children[-1]
    like = next((item for item in reversed(there.children) if item.is_mapping), None)
    braces = like if like and like.in_flow else None
    width = like.children[0].column - there.column if like and not braces else 2
    parted = len(there.children) > 1 and blank_line_in(
        text[trimmed(text, there.children[-2].content_end) : last.start]
    )
    lines = _items(new, comments, indent=there.column, width=width, braces=braces, parted=parted)
    # Blank lines after a text in lines (`|`, `>`) are its own only where it says so.
    at = line_end(text, trimmed(text, last.content_end))
    at = after_comments(text, at, max(there.column, 1))
    for place, blank in ((at, parted), (last.content_end, False)):
        yield [lines_at(text, place, lines, blank=blank)]


def _in_place_of_nothing(
    text: str, key: Span, there: Span, new: list[dict[str, Any]], comments: list[str]
) -> list[Edit]:
    """After `sources:` alone, or with a null that has to go."""
    start = there.start
    if there.content_end > start:
        start = len(text[:start].rstrip(" \t"))
    at = after_comments(text, line_end(text, there.content_end), key.column + 1)
    lines = _items(new, comments, indent=key.column + 2)
    return [(start, there.content_end, ""), lines_at(text, at, lines)]


def _at_the_end(
    text: str, outline: Outline, new: list[dict[str, Any]], comments: list[str]
) -> Iterator[list[Edit]]:
    column = outline.root.column if outline.root else 0
    lines = [" " * column + "sources:", *_items(new, comments, indent=column + 2)]
    before = BREAK.split(text[: outline.end])
    full = [line.strip(" \t") for line in before if not line.startswith(("---", "%"))]
    is_parted = not any(full) or full[-2:] == ["", ""]
    for blank in (not is_parted, False):
        yield [lines_at(text, outline.end, lines, blank=blank)]


def _items(
    new: list[dict[str, Any]],
    comments: list[str],
    *,
    indent: int,
    width: int = 2,
    braces: Span | None = None,
    parted: bool = False,
) -> list[str]:
    """Return the lines of the items; `width` is that of a dash with its blanks."""
    lines: list[str] = []
    said = [*comments, *[""] * (len(new) - len(comments))]
    for item, comment in zip(new, said, strict=True):
        lines += [""] if parted and lines else []
        lines += [f"# {line}".rstrip() for line in _printable(comment)]
        body = [braced(item, braces)] if braces else in_lines(item)
        lines.append("-".ljust(width) + body[0])
        lines += [" " * width + line for line in body[1:]]
    return [" " * indent + line if line else "" for line in lines]


def _printable(comment: str) -> list[str]:
    return Reader.NON_PRINTABLE.sub("\ufffd", comment).splitlines()
