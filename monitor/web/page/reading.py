"""The store, read in a thread of its own over a connection of its own.

One at a time: who reads much gets in the way of other readers, and never of polls.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, TypeVar

from monitor.errors import StoreError
from monitor.store.store import Store

T = TypeVar("T")

PATIENCE: Final = 5  # seconds, for waiting and for reading
_STEPS: Final = 20_000  # of SQLite's machine, between two looks at the time


class LateError(StoreError):
    """It had no answer in time: others were before, or it reads long. It may have one later."""


class Reading:
    """Reads one database."""

    def __init__(self, database: Path, patience: float = PATIENCE) -> None:
        """Open nothing yet."""
        self._database = database
        self._patience = patience
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="page")

    async def of(self, work: Callable[[Store], T]) -> T:
        """What `work` makes of the store, all of one moment.

        StoreError where it does not answer, LateError where it does not in time.
        """
        end = time.monotonic() + self._patience
        reading = asyncio.get_running_loop().run_in_executor(self._thread, self._read, work, end)
        try:
            return await asyncio.wait_for(reading, self._patience + 1)
        except TimeoutError as error:
            raise LateError(self._late) from error

    def close(self) -> None:
        """Let what waits go; what reads ends by itself."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    @property
    def _late(self) -> str:
        return f"the store did not answer within {self._patience:g} s"

    def _read(self, work: Callable[[Store], T], end: float) -> T:
        if time.monotonic() > end:
            raise LateError(self._late)
        store = Store.look(self._database)
        try:
            store.db.conn.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
            with store.records.still():
                return work(store)
        except sqlite3.Error as error:
            if time.monotonic() > end:
                raise LateError(self._late) from error
            raise StoreError(f"{self._database} cannot be read: {error}") from error
        finally:
            store.close()
