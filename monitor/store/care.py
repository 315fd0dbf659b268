"""What the service is told about itself: whether it may send, and what it says of itself: what it has read."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from monitor.errors import StoreError
from monitor.model import Episode
from monitor.store.rows import moment, stamp

# Inside SQL: true while nothing may be sent.
HELD: Final = "exists (select 1 from care where key = 'held')"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Nothing is sent since then; `why` is for the reader."""

    since: datetime
    why: str

    def __str__(self) -> str:
        """In one line, with what ends it."""
        return f"held, {self.why}: nothing is sent until `monitor resume`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What the daemon works by: which file, read when, its `stand` (see `config.stand`).

    `refused` is why it did not take the file when it was last told to, `asked` when that was.
    `without` names a seed that could not be read when it began, and how many there are;
    `wrong` is what was wrong with the file then, where what was in force before had to do.
    """

    path: str
    at: datetime
    stand: Mapping[str, str]
    asked: datetime | None = None
    refused: str | None = None
    without: str | None = None
    wrong: str | None = None

    @property
    def former(self) -> Episode | None:
        """The trouble of a daemon that follows what was in force before, as the file was wrong."""
        if self.wrong is None:
            return None
        first, *more = self.wrong.splitlines()
        detail = f"{first} (+ {len(more)})" if more else first
        return Episode(state="former", reason="former", began=self.at, facts={"detail": detail})


class Care:
    """One table of keys. What writes is called inside a transaction."""

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    def held(self) -> Hold | None:
        """Why nothing is sent, None where all is sent."""
        row = self._db.conn.execute("select value from care where key = 'held'").fetchone()
        if row is None:
            return None
        kept = json.loads(row[0])
        return Hold(since=moment(kept["since"]), why=kept["why"])

    def hold(self, why: str, now: datetime) -> None:
        """Send nothing from now on."""
        value = json.dumps({"since": stamp(now), "why": why}, ensure_ascii=False)
        self._db.execute("insert or replace into care (key, value) values ('held', ?)", [value])

    def resume(self) -> bool:
        """Send again; False where nothing was held."""
        return bool(self._db.conn.execute("delete from care where key = 'held'").rowcount)

    def loaded(self) -> Loaded | None:
        """What the daemon has read; None where none ever ran that says so."""
        row = self._db.conn.execute("select value from care where key = 'loaded'").fetchone()
        if row is None:
            return None
        kept = json.loads(row[0])
        return Loaded(
            path=kept["path"],
            at=moment(kept["at"]),
            stand=kept["stand"],
            asked=moment(kept["asked"]),
            refused=kept["refused"],
            without=kept.get("without"),
            wrong=kept.get("wrong"),
        )

    def note_loaded(self, loaded: Loaded) -> None:
        """Note what the daemon has read, or refused."""
        kept = {
            "path": loaded.path,
            "at": stamp(loaded.at),
            "stand": dict(loaded.stand),
            "asked": stamp(loaded.asked),
            "refused": loaded.refused,
            "without": loaded.without,
            "wrong": loaded.wrong,
        }
        self._db.execute(
            "insert or replace into care (key, value) values ('loaded', ?)",
            [json.dumps(kept, ensure_ascii=False)],
        )

    def in_force(self) -> str | None:
        """The text of the configuration that the daemon worked by last."""
        row = self._db.conn.execute("select value from care where key = 'in force'").fetchone()
        return None if row is None else str(row[0])

    def note_in_force(self, text: str) -> None:
        """Keep it: secrets that stand in it in the open are as closed here as the database is."""
        # And one that has left the file is gone, from copies of the database as well.
        self._db.execute("pragma secure_delete = on")
        self._db.execute("insert or replace into care (key, value) values ('in force', ?)", [text])


def in_force(path: Path) -> tuple[Loaded | None, str | None]:
    """What the last daemon on a database worked by, and its text, before anybody opens that to work.

    StoreError where it does not tell: it is not there, damaged, or of a time before there was a note.
    """
    try:
        with contextlib.closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=5)
        ) as connection:
            connection.execute("pragma query_only = on")
            care = Care(Database(connection))
            return care.loaded(), care.in_force()
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{path} cannot be read: {error}") from error
