"""What commands print: JSON Lines and tables."""

from __future__ import annotations

import itertools
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import click

from monitor.look.plain import as_json

_MINUTE = 60
_HOUR = 3600
_DAY = 86_400


def say_json(value: Mapping[str, Any], *, err: bool = False) -> None:
    """One object on one line, flushed, so that a pipe sees it at once; `err`: on standard error."""
    click.echo(as_json(value), err=err)


def when(stamped: str | None) -> str:
    """A stored moment, as all are shown: UTC with a Z, without fractions; "" of None."""
    return f"{stamped[:19]}Z" if stamped else ""


def minute(stamped: str | None) -> str:
    """The same to the minute, for listings."""
    return f"{stamped[:16]}Z" if stamped else ""


def age(moment: datetime | None, now: datetime) -> str:
    """How far from now: `50s ago`, `3m ago`, `5h ago`, `12d ago`, `in 50s`; "" of None."""
    if moment is None:
        return ""
    seconds = round((now - moment).total_seconds())
    far = abs(seconds)
    if far < _MINUTE:
        said = f"{far}s"
    elif far < _HOUR:
        said = f"{far // _MINUTE}m"
    else:
        said = f"{far // _HOUR}h" if far < 2 * _DAY else f"{far // _DAY}d"
    return f"in {said}" if seconds < 0 else f"{said} ago"


def counted(count: int, one: str, many: str = "") -> str:
    """`1 entry`, `2 entries`; `many` where it is not `one` with an s."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def table(
    head: Sequence[str],
    rows: Iterable[Sequence[object]],
    below: Sequence[str | None] = (),
    mark: str = "",
) -> None:
    """Columns in line, also where letters are wide or combine; `below` a row, behind a `mark`.

    What may be long stands below, so that the columns fit a terminal.
    """
    text = [[str(cell) if cell is not None else "" for cell in row] for row in rows]
    widths = [max([_width(h), *(_width(row[i]) for row in text)]) for i, h in enumerate(head)]
    for row, said in itertools.zip_longest([list(head), *text], [None, *below]):
        cells = [c + " " * (w - _width(c)) for c, w in zip(row, widths, strict=True)]
        click.echo("  ".join(cells).rstrip())
        if said:
            click.echo(" " * (widths[0] + 2) + mark + said)


@contextmanager
def progress(count: int, what: str) -> Iterator[Callable[[str], None]]:
    """Progress of long work on standard error: a bar on a terminal, a line a step elsewhere."""
    if sys.stderr.isatty():
        with click.progressbar(length=count, label=what, file=sys.stderr) as bar:
            yield lambda _: bar.update(1)
        return
    done = itertools.count(1)
    yield lambda step: click.echo(f"[{next(done)}/{count}] {step}", err=True)


@contextmanager
def gauge() -> Iterator[Callable[[str, int, int], None]]:
    """Progress by share, of work in phases: one line on a terminal, one a quarter elsewhere."""
    terminal = sys.stderr.isatty()
    step = 100 if terminal else 4
    last: tuple[str, int] = ("", -1)

    def told(what: str, done: int, of: int) -> None:
        nonlocal last
        share = done * step // of if of else step
        if (what, share) == last:
            return
        last = what, share
        percent = share * 100 // step
        click.echo(
            f"\r{what} {percent} % " if terminal else f"{what} {percent} %",
            err=True,
            nl=not terminal,
        )

    try:
        yield told
    finally:
        if terminal and last[0]:
            click.echo(err=True)


def _width(text: str) -> int:
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )
