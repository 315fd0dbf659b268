"""A whole database as one file, taken while others write; and whether a file is sound."""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlite_utils import Database

from monitor.errors import StoreError
from monitor.store.denied import denied, is_damage
from monitor.store.schema import migrations

_ENOUGH = 5  # findings that are told
_PAGES = 500  # a step of the copy, between two words of progress


def snapshot(
    path: Path, target: Path, progress: Callable[[int, int], None] = lambda done, of: None
) -> None:
    """Copy the database at `path`, as it is at this moment, into the new file `target`.

    Writers go on meanwhile. `progress` is called with pages done and pages in all.
    Raises StoreError.
    """
    try:
        with contextlib.ExitStack() as stack:
            source = stack.enter_context(contextlib.closing(_reader(path)))
            copy = stack.enter_context(contextlib.closing(sqlite3.connect(target)))
            # One read transaction around all steps: without it the copy begins anew after
            # each write of another process, and beside a busy daemon never ends.
            source.execute("begin")
            source.execute("select count(*) from sqlite_schema").fetchone()
            source.backup(
                copy, pages=_PAGES, progress=lambda _, left, of: progress(of - left, of), sleep=0
            )
    except sqlite3.Error as error:
        if isinstance(error, sqlite3.OperationalError) and not os.access(path, os.R_OK):
            raise StoreError(denied(path)) from error
        raise StoreError(f"{path} cannot be copied: {error}") from error


def damage(path: Path, *, quick: bool = False) -> str | None:
    """What SQLite finds wrong with a file, None where it is sound.

    `quick` leaves out whether the indexes agree with their tables; it takes a tenth of
    the time. A file that cannot be read at all is damaged; one that is locked is a StoreError.
    """
    check = "quick_check" if quick else "integrity_check"
    try:
        with contextlib.closing(_reader(path)) as db:
            found = list(itertools.islice(_findings(db, check), _ENOUGH))
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            return str(error)
        raise StoreError(f"{path} cannot be checked: {error}") from error
    return "; ".join(found) or None


def hollow(path: Path) -> str | None:
    """What to say of a file that has no table, and no log of changes that would have them.

    None where it has either, or is empty. One that is being made has its log in a moment.
    """
    for pause in (0.1, 0):
        log = path.with_name(f"{path.name}-wal")
        with path.open("rb") as file:
            head = file.read(105)
        # One page, in the mode of the log, whose tree of tables has no leaf (sqlite.org/fileformat2).
        if not (head.startswith(b"SQLite format 3\0") and head[18] == 2) or log.exists():
            return None
        if head[28:32] != b"\0\0\0\1" or head[103:105] != b"\0\0":
            return None
        time.sleep(pause)
    return (
        f"{path} holds nothing, as a copy that was taken while a monitor ran and without {log.name}:"
        " `monitor backup` takes all of it; to begin anew, remove this file"
    )


def _findings(db: sqlite3.Connection, check: str) -> Iterator[str]:
    """What the check says and is so.

    SQLite 3.40 takes columns of tables without rowid for empty that are not, so that this
    is looked up; without a limit, or such lines would crowd out what is true.
    """
    is_empty: dict[tuple[str, str], bool] = {}
    for (line,) in db.execute(f"pragma {check}({10**9})"):
        if line == "ok":
            return
        if found := re.fullmatch(r"NULL value in (\w+)\.(\w+)", line):
            at = found[1], found[2]
            if at not in is_empty:
                # Not `is null`, which SQLite believes the schema to rule out.
                asked = f"select 1 from {at[0]} where typeof({at[1]}) = 'null'"  # noqa: S608 - the schema's own names
                null = db.execute(asked)
                is_empty[at] = null.fetchone() is not None
            if not is_empty[at]:
                continue
        yield str(line)


def schema(path: Path) -> list[str]:
    """Names of the migrations that a database file has had, in their order. Raises StoreError."""
    try:
        with contextlib.closing(_reader(path)) as connection:
            return [each.name for each in migrations.applied(Database(connection))]
    except sqlite3.Error as error:
        raise StoreError(f"{path} cannot be read: {error}") from error


def newer(names: list[str]) -> list[str]:
    """Those of the migrations that this program does not know."""
    with contextlib.closing(sqlite3.connect(":memory:")) as empty:
        known = {migration.name for migration in migrations.pending(Database(empty))}
    return [name for name in names if name not in known]


def _reader(path: Path) -> sqlite3.Connection:
    # Not mode=ro: a file in WAL mode without its -shm is opened by writing one.
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=5)
    connection.isolation_level = None
    return connection
