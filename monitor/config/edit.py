"""Puts new sources into the text of a sources.yaml and leaves every other byte as it was.

A YAML library that writes the whole file anew would lose the writer's comments,
quotes and blank lines. So the parser only tells where things stand, the new
lines are set in by place, and the result is read again: what does not come to
the old values and the new sources is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from yaml.reader import Reader

from monitor.config.outline import Outline, Span
from monitor.config.syntax import SyntaxProblem
from monitor.config.tree import Tree
from monitor.config.written import checked, in_lines, in_one_line
from monitor.errors import ConfigError, Problem
from monitor.model import Source

_Edit = tuple[int, int, str]  # from, to, what stands there instead

_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_BLANK_OR_COMMENT = re.compile(
    r"([ \t]*)(#[^\n\r\x85\u2028\u2029]*)?(?:\r\n|[\n\r\x85\u2028\u2029]|\Z)"
)
_REST = re.compile(r"(?:\s|#[^\n\r\x85\u2028\u2029]*)*")


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
    tree = _tree(body, file)
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
        changed = _edited(body, edits)
        try:
            if Tree(changed).value == wanted:
                return mark + changed
        except SyntaxProblem:
            continue
    message = "the list of sources is written in a way that cannot be added to: add to it by hand"
    raise ConfigError([Problem(file, *tree.at_key(("sources",)), message)])


def _tree(text: str, file: str) -> Tree:
    try:
        tree = Tree(text if _BREAK.search(text[-1:]) else text + "\n")
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


def _edited(text: str, edits: list[_Edit]) -> str:
    for start, end, what in reversed(edits):
        text = text[:start] + what + text[end:]
    return text


def _ways(text: str, new: list[dict[str, Any]], comments: list[str]) -> Iterator[list[_Edit]]:
    """Yield ways to write it, best first; which one YAML reads as meant is found by reading."""
    outline = Outline(text)
    root = outline.root
    key, there = outline.sources
    if there is not None and there.is_list and there.in_flow:
        yield _in_brackets(text, there, [_braced(item, there) for item in new])
    elif there is not None and there.is_list:
        yield from _in_block(text, there, new, comments)
    elif root is not None and root.in_flow:
        items = "[" + ", ".join(_braced(item, root) for item in new) + "]"
        if there is not None:
            space = "" if text[there.start - 1].isspace() else " "
            yield [(there.start, there.content_end, space + items)]
        else:
            name = '"sources"' if root.quotes_keys else "sources"
            yield _in_brackets(text, root, [f"{name}: {items}"])
    elif key is not None and there is not None:
        yield _in_place_of_nothing(text, key, there, new, comments)
    else:
        yield from _at_the_end(text, outline, new, comments)


# ---- lists in lines -----------------------------------------------------------


def _in_block(
    text: str, there: Span, new: list[dict[str, Any]], comments: list[str]
) -> Iterator[list[_Edit]]:
    last = there.children[-1]
    like = next((item for item in reversed(there.children) if item.is_mapping), None)
    braces = like if like and like.in_flow else None
    width = like.children[0].column - there.column if like and not braces else 2
    parted = len(there.children) > 1 and _blank_line_in(
        text[_trimmed(text, there.children[-2].content_end) : last.start]
    )
    lines = _items(new, comments, indent=there.column, width=width, braces=braces, parted=parted)
    # Blank lines after a text in lines (`|`, `>`) are its own only where it says so.
    at = _line_end(text, _trimmed(text, last.content_end))
    at = _after_comments(text, at, max(there.column, 1))
    for place, blank in ((at, parted), (last.content_end, False)):
        yield [_lines_at(text, place, lines, blank=blank)]


def _in_place_of_nothing(
    text: str, key: Span, there: Span, new: list[dict[str, Any]], comments: list[str]
) -> list[_Edit]:
    """After `sources:` alone, or with a null that has to go."""
    start = there.start
    if there.content_end > start:
        start = len(text[:start].rstrip(" \t"))
    at = _after_comments(text, _line_end(text, there.content_end), key.column + 1)
    lines = _items(new, comments, indent=key.column + 2)
    return [(start, there.content_end, ""), _lines_at(text, at, lines)]


def _at_the_end(
    text: str, outline: Outline, new: list[dict[str, Any]], comments: list[str]
) -> Iterator[list[_Edit]]:
    column = outline.root.column if outline.root else 0
    lines = [" " * column + "sources:", *_items(new, comments, indent=column + 2)]
    before = _BREAK.split(text[: outline.end])
    full = [line.strip(" \t") for line in before if not line.startswith(("---", "%"))]
    is_parted = not any(full) or full[-2:] == ["", ""]
    for blank in (not is_parted, False):
        yield [_lines_at(text, outline.end, lines, blank=blank)]


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
        body = [_braced(item, braces)] if braces else in_lines(item)
        lines.append("-".ljust(width) + body[0])
        lines += [" " * width + line for line in body[1:]]
    return [" " * indent + line if line else "" for line in lines]


def _printable(comment: str) -> list[str]:
    return Reader.NON_PRINTABLE.sub("\ufffd", comment).splitlines()


def _lines_at(text: str, at: int, lines: list[str], *, blank: bool = False) -> _Edit:
    end = _line_break(text, at)
    lead = "" if not text[:at] or _BREAK.fullmatch(text[at - 1]) else end
    return at, at, lead + end * blank + "".join(line + end for line in lines)


def _line_break(text: str, at: int) -> str:
    """The line end in use: that of the line before, else of the next."""
    ends = re.findall(r"\r\n|\n|\r", text[:at])
    after = re.search(r"\r\n|\n|\r", text[at:])
    return ends[-1] if ends else after[0] if after else "\n"


def _line_end(text: str, at: int) -> int:
    """Where the line ends in which an offset lies, its line break included."""
    found = _BREAK.search(text, at)
    return found.end() if found else len(text)


def _trimmed(text: str, end: int) -> int:
    return len(text[:end].rstrip())


def _blank_line_in(text: str) -> bool:
    return any(not line.strip(" \t") for line in _BREAK.split(text)[1:-1])


def _after_comments(text: str, at: int, column: int) -> int:
    """Step over comments that are indented so far at least, and the blank lines between them."""
    end = at
    while at < len(text) and (line := _BLANK_OR_COMMENT.match(text, at)):
        at = line.end()
        if line[2] and len(line[1]) >= column:
            end = at
        elif line[2]:
            break
    return end


# ---- lists in brackets --------------------------------------------------------


def _braced(item: Mapping[str, Any], like: Span) -> str:
    return in_one_line(item, as_json=like.quotes_keys)


def _in_brackets(text: str, there: Span, new: list[str]) -> list[_Edit]:
    """Before the bracket that closes a list or mapping: a new line each, where others have one."""
    end = _line_break(text, there.start)
    if not there.children:
        close = there.content_end - 1
        lead = "" if _BREAK.search(text[:close].rstrip(" \t")[-1:]) else end
        return [(close, close, lead + f",{end}".join(f"  {item}" for item in new) + end)]
    done = there.children[-1].content_end
    comma = _REST.match(text, done)
    after = comma.end() if comma else done
    has_comma = text[after : after + 1] == ","
    after = after + 1 if has_comma else done
    start = there.children[-1 if there.is_list else -2].start
    line = text[max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1 : start]
    if line.strip(" \t"):
        joined = ", ".join(new)
        return [(after, after, f" {joined}," if has_comma else f", {joined}")]
    # A comment behind the last one stays behind it.
    note = re.compile(r"[ \t]*(?:#[^\n\r]*)?(?=[\n\r])").match(text, after)
    at = note.end() if note else after
    items = "".join(f"{end}{line}{item}," for item in new)
    items = items if has_comma else items[:-1]
    return [(done, done, "" if has_comma else ","), (at, at, items)]
