"""The database at a start: looked at after a kill, carried forward, and opened when there is room."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

import structlog

from monitor.daemon.systemd import Notifier
from monitor.errors import StoreError
from monitor.store.ballast import Ballast
from monitor.store.denied import damaged
from monitor.store.snapshot import damage
from monitor.store.store import Store, full, outdated

log = structlog.get_logger()

T = TypeVar("T")

_LOOK: Final = 5.0  # seconds between looks at a store that cannot be written


class Opening:
    """Opens one database. The manager is told what takes long, and that we are alive."""

    def __init__(
        self, database: Path, notify: Notifier, sleep: Callable[[float], Awaitable[object]]
    ) -> None:
        """Open nothing yet. `sleep` takes seconds, and ends at a signal."""
        self._database = database
        self._notify = notify
        self._sleep = sleep

    async def check(self) -> None:
        """After an end that was none of ours: whether the file has come through it.

        StoreError where it has not; it is left as it is, and looked at again next time.
        """
        note = "the last end was not in order: the database is checked"
        log.info("checking", note=note)
        if found := await self.late(note, partial(damage, self._database, quick=True)):
            raise StoreError(damaged(self._database, found))
        log.info("checked", note="it is sound")

    async def store(self, stopping: Callable[[], bool]) -> Store | None:
        """The store, as soon as its disk has room for that; None where the stop comes before.

        StoreError where anything else keeps it from being opened.
        """
        while not stopping():
            try:
                if outdated(self._database):
                    await self._carry_forward()
                return Store.open(self._database)
            except StoreError as error:
                if not full(error):
                    raise
                await self.make_room(error)
        return None

    async def make_room(self, error: StoreError) -> None:
        """Free the ballast where the disk is full, and go on at once; else wait for the store."""
        if full(error) and Ballast(self._database).give_up():
            log.error("disk full", note="the ballast beside the database is freed: make room")
            return
        log.error("waiting for the store", seconds=_LOOK, problem=str(error))
        self._notify.longer(2 * _LOOK + 10, f"nothing is polled: {error}")
        self._notify.beat()
        await self._sleep(_LOOK)

    async def late(self, note: str, work: Callable[[], T]) -> T:
        """Do what takes long before the work, in a thread, and ask for the time that it takes."""
        working = asyncio.create_task(asyncio.to_thread(work))
        while not working.done():
            self._notify.longer(2 * _LOOK + 10, note)
            await asyncio.wait([working], timeout=_LOOK)
        return working.result()

    async def _carry_forward(self) -> None:
        """Bring an older version's database up to date; a large one takes minutes.

        StoreError where that fails: it is then as it was.
        """

        def carry() -> None:
            Store.open(self._database).close()

        note = "the database is of an older version: it is carried forward"
        log.info("carrying forward", note=note)
        await self.late(note, carry)
        log.info("carried forward", note="it is of this version now")
