"""YAML that cannot be read on, told in plain words with its place."""

from __future__ import annotations

import re
from typing import Any

import yaml

Place = tuple[int, int]  # line and column, counted from 1

# The scanner's own words, and what the writer of the file most likely did.
_MEANT = (
    (r"tab character", "a tab used to indent: YAML wants spaces"),
    (
        r"mapping values are not allowed",
        "a ':' where no key can stand: check the indentation, or put a text that holds ': ' in quotes",
    ),
    (r"did not find expected key|<block end>", "this does not line up with the lines above it: check the indentation, and that quotes are closed and lists written one way"),
    (r"did not find expected '-' indicator", "a list is expected to go on here with '- ': check the indentation"),
    (r"expected ',' or '\]'", "expected ',' or ']': the list in [ ] is not closed, or a ',' is missing"),
    (r"expected ',' or '\}'", "expected ',' or '}': the mapping in { } is not closed, or a ',' is missing"),
    (r"could not find expected ':'", "a key without its ':' after it"),
    (r"unknown escape character", r"a '\' that means nothing inside double quotes: use single quotes"),
    (r"expected <?'?<?document start", "this does not line up with the first key: check the indentation"),
    (r"expected (the )?node content", "a value is expected here: a bracket or comma too many, or a quote missing"),
)  # fmt: skip

# Blanks of web pages and word processors.
_INDENT = re.compile(r" *([\u00a0\u2000-\u200b\u202f\u3000\ufeff])")


class SyntaxProblem(Exception):  # noqa: N818 - a problem to be reported, with its place
    """Reading stopped: `place`, and `message` in plain words."""

    def __init__(self, place: Place, message: str) -> None:
        """Keep the parts."""
        self.place = place
        self.message = message
        super().__init__(message)


def place_in(text: str, offset: int) -> Place:
    """Line and column of an offset, counted from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def in_plain_words(error: yaml.MarkedYAMLError, text: str) -> SyntaxProblem:
    """Translate the parser's error; its own words stand where we have no better."""
    mark: Any = error.problem_mark or error.context_mark
    words = error.problem or "this cannot be read"
    where = (mark.line + 1, mark.column + 1)
    if "unexpected end of stream" in words and error.context_mark:
        where = (error.context_mark.line + 1, error.context_mark.column + 1)
        return SyntaxProblem(where, "the quote opened here is never closed")
    if "cannot start any token" in words:
        return SyntaxProblem(where, _bad_start(text, where))
    line = text.split("\n")[where[0] - 1] if where[0] <= text.count("\n") + 1 else ""
    if indent := _INDENT.match(line):
        said = (
            f"a blank that YAML does not know (U+{ord(indent[1]):04X}) used to indent: write spaces"
        )
        return SyntaxProblem((where[0], indent.end()), said)
    for pattern, meant in _MEANT:
        if re.search(pattern, words):
            comma = "; '،' is no comma of YAML: write ','" if "،" in line else ""
            return SyntaxProblem(where, meant + comma)
    return SyntaxProblem(where, f"not valid YAML: {words}")


def _bad_start(text: str, where: Place) -> str:
    lines = text.split("\n")
    character = lines[where[0] - 1][where[1] - 1 :][:1] if where[0] <= len(lines) else ""
    if character == "\t":
        return "a tab used to indent: YAML wants spaces"
    return f"a value cannot start with '{character}' unless it is in quotes"
