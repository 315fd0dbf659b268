"""Writes of many polls in one transaction: a commit costs as much for one as for twenty.

    await store.together.write(partial(self._record, poll))

Each write is whole or not there, as if it had a transaction of its own; what is true
only when it is on the disk is waited for, since `write` returns after the commit. Where one
fails, all that were with it are taken back and done again, each behind a savepoint of its own: to
keep one for each that does not fail would cost a sixth of what it writes.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any, Protocol, TypeVar

from sqlite_utils import Database

from monitor.store.denied import is_damage

T = TypeVar("T")
_Waiting = tuple[Callable[[], Any], asyncio.Future[Any]]

# Seconds in which others may join; many more where some did the last time, as in a first round.
_GATHER = 0.01
_CROWD = 0.1
# Seconds of work after which those who have not yet written wait for the next transaction, for
# the event loop stands still meanwhile; and of time, where the disk is slow or others work as well.
_SLICE, _LONGEST = 0.02, 0.06


class _SpoiltError(Exception):
    """One of a transaction has failed, and which of its pages are the others' is not known."""


class _Store(Protocol):
    db: Database

    def transaction(self) -> AbstractContextManager[None]: ...


class Together:
    """A line of writes before one store, used from its event loop."""

    def __init__(self, store: _Store) -> None:
        """Use an open store."""
        self._store = store
        self._line: deque[_Waiting] = deque()
        self._apart = 0  # so many at the head of the line were with one that failed
        self._called = False
        self._crowded = False

    async def write(self, work: Callable[[], T]) -> T:
        """Do `work` within the next transaction; its value once that is committed.

        What it raises is raised here, and nothing of it is kept; StoreError where the
        store cannot write, for all that were in the transaction. It may be done twice, and so
        changes nothing but the store.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._line.append((work, future))
        if not self._called:
            self._called = True
            loop.call_later(_CROWD if self._crowded else _GATHER, self._flush)
        return await future

    def _flush(self) -> None:
        written: list[tuple[asyncio.Future[Any], Any]] = []
        failed: list[tuple[asyncio.Future[Any], Exception]] = []
        taken: list[_Waiting] = []
        worked, end = time.thread_time() + _SLICE, time.monotonic() + _LONGEST
        try:
            with _copies_in_memory(self._store.db.conn), self._store.transaction():
                while self._line:
                    is_apart, self._apart = self._apart > 0, max(self._apart - 1, 0)
                    work, future = self._line.popleft()
                    if future.done():  # nobody waits for it any more
                        continue
                    taken.append((work, future))
                    try:
                        written.append((future, self._alone(work) if is_apart else work()))
                    except Exception as error:
                        if _of_the_file(error):
                            raise
                        if not is_apart:
                            raise _SpoiltError from error
                        failed.append((future, error))
                    if time.thread_time() > worked or time.monotonic() > end:
                        break
        except _SpoiltError:
            self._line.extendleft(reversed(taken))
            self._apart = len(taken)
            written, failed = [], []
        except Exception as error:
            failed = [(each, error) for _, each in (*taken, *self._line)]
            self._line.clear()
            self._apart, written = 0, []
        self._crowded = len(written) + len(failed) > 1
        self._called = bool(self._line)
        if self._called:
            asyncio.get_running_loop().call_soon(self._flush)
        for future, value in written:
            if not future.done():
                future.set_result(value)
        for future, fault in failed:
            if not future.done():
                future.set_exception(fault)

    def _alone(self, work: Callable[[], Any]) -> Any:
        """What the work returns; where it raises, what it wrote is taken back."""
        connection = self._store.db.conn
        connection.execute("savepoint one")
        try:
            value = work()
        except BaseException as error:
            if _of_the_file(error):
                raise  # the whole transaction goes, and its savepoints with it
            connection.execute("rollback to one")
            connection.execute("release one")
            raise
        connection.execute("release one")
        return value


@contextmanager
def _copies_in_memory(connection: sqlite3.Connection) -> Iterator[None]:
    """For a transaction: of each page that a write touches its savepoint keeps a copy.

    That is a third of a megabyte for a feed, written to a file page by page where nothing else is said.
    """
    with suppress(sqlite3.Error):  # the transaction says what is wrong
        connection.execute("pragma temp_store=memory")
    try:
        yield
    finally:
        # What sorts all rows may have its file.
        with suppress(sqlite3.Error):
            connection.execute("pragma temp_store=default")


def _of_the_file(error: BaseException) -> bool:
    """Whether it is the database's trouble, not the work's own."""
    return isinstance(error, sqlite3.OperationalError) or is_damage(error)
