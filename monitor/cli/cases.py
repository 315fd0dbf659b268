"""Cases of `monitor inspect`: read from files or JSON Lines, answered by one line each.

A case comes as `(label, id or file, case)`, or with what is wrong in the case's place.
"""

from __future__ import annotations

import base64
import binascii
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import click

from monitor.cli.output import say_json
from monitor.errors import ParseError

Case = dict[str, Any]
Answer = dict[str, Any]
Cases = Iterator[tuple[str, object, Case | str]]


def answer_all(cases: Cases, answer: Callable[[Case], Answer]) -> None:
    """Answer each case by one line at once; what is wrong with one is its answer."""
    for label, value, case in cases:
        if isinstance(case, str):
            say_json({label: value, "error": case})
            continue
        try:
            found = answer(case)
        except ParseError as error:
            found = {"error": error.detail, "failure": error.failure}
        except ValueError as error:
            found = {"error": str(error)}
        except Exception as error:
            # One case must not end the run; that it is our defect is said.
            found = {"error": f"defect: {type(error).__name__}: {error}"}
        say_json({label: value, **found})
        sys.stdout.flush()


def bodies(
    files: tuple[str, ...], *, jsonl: bool, url: str | None, content_type: str | None
) -> Cases:
    """Cases whose body is bytes: one a file, or of JSON Lines on standard input."""
    if not jsonl:
        if not files:
            raise click.UsageError("name a FILE (or -), or give cases with --jsonl")
        for file in files:
            try:
                body = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
            except OSError as error:
                yield "file", file, str(error)
            else:
                yield "file", file, {"body": body, "url": url, "content_type": content_type}
        return
    more = {"url": url, "content_type": content_type}
    for label, value, case in decoded(lines(files)):
        yield label, value, case if isinstance(case, str) else {**more, **case}


def decoded(cases: Cases) -> Cases:
    """The cases with the bytes of their base64 body."""
    for label, value, case in cases:
        if isinstance(case, str):
            yield label, value, case
            continue
        try:
            body = base64.b64decode(case["body"], validate=True)
        except (KeyError, TypeError, ValueError, binascii.Error):
            yield label, value, "body is not base64"
            continue
        yield label, value, {**case, "body": body}


def lines(files: tuple[str, ...]) -> Cases:
    """The cases of JSON Lines files, standard input where none is named."""
    for file in files or ("-",):
        try:
            source: IO[bytes] = (
                sys.stdin.buffer if file == "-" else Path(file).open("rb")  # noqa: SIM115 - closed below
            )
        except OSError as error:
            yield "file", file, str(error)
            continue
        # readline, not iteration: a case is answered before the next one is there.
        for line in iter(source.readline, b""):
            if not line.strip():
                continue
            try:
                case = json.loads(line, parse_constant=_refuse)
            except (ValueError, RecursionError) as error:
                yield "id", None, f"not JSON: {error}"
                continue
            if not isinstance(case, dict):
                yield "id", None, "not a JSON object"
                continue
            yield "id", case.get("id"), case
        if file != "-":
            source.close()


def text(case: Case, key: str) -> str | None:
    """A field of a case. ValueError where it is no string."""
    value = case.get(key)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{key} is not a string")
    return value


def _refuse(word: str) -> None:
    # Python reads NaN and Infinity, and would write them into the answer's id.
    raise ValueError(f"{word} is no JSON value")
