"""Sets new lines into the text of a YAML file by place; all else stays byte for byte."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from monitor.config.outline import Span
from monitor.config.written import in_one_line

Edit = tuple[int, int, str]  # from, to, what stands there instead

BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_BLANK_OR_COMMENT = re.compile(
    r"([ \t]*)(#[^\n\r\x85\u2028\u2029]*)?(?:\r\n|[\n\r\x85\u2028\u2029]|\Z)"
)
_REST = re.compile(r"(?:\s|#[^\n\r\x85\u2028\u2029]*)*")


def edited(text: str, edits: list[Edit]) -> str:
    """The text after edits, which are given in the order of their places."""
    for start, end, what in reversed(edits):
        text = text[:start] + what + text[end:]
    return text


def lines_at(text: str, at: int, lines: list[str], *, blank: bool = False) -> Edit:
    """Whole lines set in at an offset, an empty one before them where `blank`."""
    end = line_break(text, at)
    lead = "" if not text[:at] or BREAK.fullmatch(text[at - 1]) else end
    return at, at, lead + end * blank + "".join(line + end for line in lines)


def line_break(text: str, at: int) -> str:
    """The line end in use: that of the line before, else of the next."""
    ends = re.findall(r"\r\n|\n|\r", text[:at])
    after = re.search(r"\r\n|\n|\r", text[at:])
    return ends[-1] if ends else after[0] if after else "\n"


def line_end(text: str, at: int) -> int:
    """Where the line ends in which an offset lies, its line break included."""
    found = BREAK.search(text, at)
    return found.end() if found else len(text)


def trimmed(text: str, end: int) -> int:
    """Where the blanks begin that stand before an offset."""
    return len(text[:end].rstrip())


def blank_line_in(text: str) -> bool:
    """Whether a line between the first and the last is empty."""
    return any(not line.strip(" \t") for line in BREAK.split(text)[1:-1])


def after_comments(text: str, at: int, column: int) -> int:
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


def braced(item: Mapping[str, Any], like: Span) -> str:
    """A mapping in braces on one line, quoted as its neighbour is."""
    return in_one_line(item, as_json=like.quotes_keys)


def in_brackets(text: str, there: Span, new: list[str]) -> list[Edit]:
    """Before the bracket that closes a list or mapping: a new line each, where others have one."""
    end = line_break(text, there.start)
    if not there.children:
        close = there.content_end - 1
        lead = "" if BREAK.search(text[:close].rstrip(" \t")[-1:]) else end
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
