"""The database: opened, migrated, one writer at a time, closed.

Commands that write work beside the daemon: every write is a short
`BEGIN IMMEDIATE` transaction, so two processes queue for SQLite's own lock
instead of failing half-way.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from monitor.errors import StoreError
from monitor.store.aftermath import Aftermaths
from monitor.store.articles import Articles
from monitor.store.background import Backgrounds
from monitor.store.bulletins import Bulletins
from monitor.store.care import Care
from monitor.store.deliveries import Deliveries
from monitor.store.denied import advice, is_damage, is_full
from monitor.store.desk import Desk
from monitor.store.developments import Developments
from monitor.store.dues import Dues
from monitor.store.entries import Entries
from monitor.store.evidence import Evidence
from monitor.store.glance import Glance
from monitor.store.health import Health
from monitor.store.held import Holds
from monitor.store.history import History
from monitor.store.labels import Labels
from monitor.store.ledger import Ledger
from monitor.store.lineage import Lineages
from monitor.store.lock import taken_away
from monitor.store.looks import Looks
from monitor.store.outbox import Outbox
from monitor.store.records import Records
from monitor.store.retention import Retention
from monitor.store.rows import SLACK, inflate
from monitor.store.schema import migrations
from monitor.store.search import Search
from monitor.store.snapshot import hollow, newer
from monitor.store.sources import Sources
from monitor.store.stories import Stories
from monitor.store.subscriptions import Subscriptions
from monitor.store.together import Together
from monitor.store.traces import Traces
from monitor.store.uncompared import Uncompared
from monitor.store.vitals import Vitals

# Other processes' transactions are short; while we wait for one, our event loop stands.
_BUSY_SECONDS = 5


def nothing() -> None:
    """What is called after a transaction where nobody waits for one."""


class Store:
    """All tables over one connection, used from one thread."""

    def __init__(
        self, connection: sqlite3.Connection, path: Path | None = None, *, looking: bool = False
    ) -> None:
        """Take an open connection and bring its schema up to date; `path` None is in memory.

        `looking` takes its schema as it is.
        """
        self.written: Callable[[], None] = nothing  # called after each transaction of ours
        self._path = path
        self._file = _identity(path) if path else None
        self.db = Database(connection)
        _refuse_newer(self.db)
        connection.create_function("inflate", 1, inflate, deterministic=True)
        if not looking:
            _migrate(self.db)
        self.sources = Sources(self.db)
        self.stories = Stories(self.db)
        self.subscriptions = Subscriptions(self.db)
        self.entries = Entries(self.db)
        self.articles = Articles(self.db)
        self.uncompared = Uncompared(self.db)
        self.developments = Developments(self.db)
        self.desk = Desk(self.db)
        self.aftermath = Aftermaths(self.db)
        self.looks = Looks(self.db)
        self.labels = Labels(self.db)
        self.history = History(self.db)
        self.records = Records(self.db)
        self.search = Search(self.db)
        if not looking and not self.search.is_current():
            with self.transaction():
                self.search.renew()
        self.background = Backgrounds(self.db)
        self.outbox = Outbox(self.db, self.transaction)
        self.deliveries = Deliveries(self.db)
        self.ledger = Ledger(self.db)
        self.evidence = Evidence(self.db)
        self.health = Health(self.db)
        self.held = Holds(self.db)
        self.bulletins = Bulletins(self.db)
        self.vitals = Vitals(self.db)
        self.care = Care(self.db)
        self.dues = Dues(self.db)
        self.glance = Glance(self.db)
        self.traces = Traces(self.db)
        self.lineage = Lineages(self.db)
        self.retention = Retention(self.db)
        self.together = Together(self)

    @classmethod
    def open(cls, path: Path) -> Store:
        """Open or create the file; StoreError says what is wrong with it."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # The file holds what people watch: its group may read it, nobody else.
            if not path.exists():
                if said := taken_away(path):
                    raise StoreError(said)
                os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o660))
            elif said := hollow(path):
                raise StoreError(said)
            connection = sqlite3.connect(path, timeout=_BUSY_SECONDS)
            try:
                return cls(_prepared(connection, path), path)
            except BaseException:
                _undone(connection)
                raise
        except (OSError, sqlite3.Error) as error:
            raise StoreError(advice(path, error)) from error

    @classmethod
    def look(cls, path: Path) -> Store:
        """Open for reading alone what the daemon has open; StoreError where it cannot be."""
        return cls._beside(path, "pragma query_only = on")

    @classmethod
    def beside(cls, path: Path) -> Store:
        """Open for writing, in another thread, what the daemon has open; StoreError where it cannot be.

        A file that is gone is never made anew.
        """
        return cls._beside(path, "pragma synchronous=full")

    @classmethod
    def _beside(cls, path: Path, pragma: str) -> Store:
        try:
            # SQLite needs to write beside the file even to read it (WAL), and makes none of it here.
            connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=_BUSY_SECONDS
            )
            connection.execute(pragma)
            return cls(connection, path, looking=True)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(advice(path, error)) from error

    @classmethod
    def memory(cls) -> Store:
        """A store that is gone with the process: dry runs and tests."""
        return cls(sqlite3.connect(":memory:"))

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, with the writer's lock from the start. StoreError if it cannot write."""
        self._refuse_stranger()
        try:
            self.db.conn.execute("begin immediate")
        except sqlite3.Error as error:
            raise StoreError(f"the database cannot be written: {error}") from error
        try:
            yield
            self.db.conn.execute("commit")
        except BaseException as error:
            self.db.conn.rollback()
            if is_damage(error):
                raise StoreError(advice(self._path, error)) from error
            if isinstance(error, sqlite3.OperationalError):
                raise StoreError(f"the database cannot be written: {error}") from error
            raise
        self.written()

    @contextlib.contextmanager
    def answering(self) -> Iterator[None]:
        """StoreError where it does not answer, to who only reads as well."""
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(f"{self._path or 'the database'} cannot be read: {error}") from error

    def set_back(self, now: datetime, away: timedelta) -> None:
        """The clock was set back: nothing waits for a time that it was ahead by.

        An absence that it came back from ahead of its time has ended now, where it was one of
        at least `away`; else the clock alone had leapt, and there was none.
        """
        with self.transaction():
            self.outbox.hasten(now)
            self.entries.hasten(now)
            self.looks.hasten(now)
            self.bulletins.set_back(now, away)
            self.health.set_back(now, away)

    def is_ahead(self, now: datetime) -> bool:
        """Whether it was last written by a clock that was ahead of ours."""
        last = self.vitals.last_poll()
        return last is not None and last > now + SLACK

    def ping(self) -> None:
        """Raise StoreError unless the database answers and takes a write lock."""
        with self.transaction():
            self.db.conn.execute("select 1 from sources limit 1").fetchone()

    def _refuse_stranger(self) -> None:
        """Raise StoreError where another file, or none, stands at the path by now.

        SQLite goes on writing into a deleted file without a word, and all that was
        kept there is gone with the process.
        """
        if self._path is not None and _identity(self._path) != self._file:
            raise StoreError(
                f"{self._path} was moved, deleted or replaced while it was in use:"
                " put it back, or restart the monitor to use what is there now"
            )

    def close(self) -> None:
        """Let SQLite fold its log back and release the file.

        No `pragma optimize`: figures of a first day's tables would make plans for years, and
        those without figures are the ones that are tested.
        """
        self.db.close()


def _prepared(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    if not path.stat().st_size:  # it cannot be asked for later
        connection.execute("pragma auto_vacuum=incremental")
    connection.execute("pragma journal_mode=wal")
    # FULL, not NORMAL: an alert noted as delivered must survive a power cut.
    connection.execute("pragma synchronous=full")
    # Digests lie anywhere in their indexes: a first round of polls would write their pages
    # out and read them again and again. 8 MB of them are held, 16 MB put off.
    connection.execute("pragma cache_size=-8000")
    connection.execute("pragma wal_autocheckpoint=4000")
    return connection


def _undone(connection: sqlite3.Connection) -> None:
    """Close what could not be opened; a file that has no table yet is no hollow copy afterwards."""
    with contextlib.suppress(sqlite3.Error):
        connection.rollback()
        if connection.execute("select 1 from sqlite_schema limit 1").fetchone() is None:
            connection.execute("pragma journal_mode=delete")
    connection.close()


def outdated(path: Path) -> bool:
    """Whether opening the file brings its schema up to date first, which may take minutes.

    False for one that does not exist, holds nothing or cannot be read: opening it says why.
    """
    try:
        if not path.exists() or hollow(path):
            return False
        with contextlib.closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        ) as connection:
            db = Database(connection)
            return bool(migrations.applied(db)) and bool(migrations.pending(db))
    except (OSError, sqlite3.Error):
        return False


def full(error: StoreError) -> bool:
    """Whether it was for want of room, which may come back by itself."""
    return is_full(error.__cause__)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _refuse_newer(db: Database) -> None:
    if unknown := newer([migration.name for migration in migrations.applied(db)]):
        raise StoreError(
            "this database was written by a newer story-monitor"
            f" (it knows {', '.join(unknown)}): upgrade, or restore an older backup"
        )


def _migrate(db: Database) -> None:
    """What is pending, under the writer's lock: of two that open an old file one does it."""
    if not migrations.pending(db):
        return
    db.conn.execute("begin immediate")
    try:
        migrations.apply(db)
        db.conn.execute("commit")
    except BaseException:
        db.conn.rollback()
        raise
