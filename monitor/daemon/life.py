"""That the daemon lives, noted before it stores anything, so that an absence is known when it ends."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from monitor.alert.hold import AWAY
from monitor.daemon.hindrance import Hindrance
from monitor.daemon.lull import Lull
from monitor.errors import StoreError
from monitor.store.store import Store

log = structlog.get_logger()

_BEAT = timedelta(minutes=1)  # between two notes


class Life:
    """The notes of one daemon."""

    def __init__(self, store: Store, hindrance: Hindrance, lull: Lull) -> None:
        """Use an open store; what it refuses pauses all work. No lull ends by a note."""
        self._store = store
        self._hindrance = hindrance
        self._lull = lull
        self._noted: datetime | None = None

    def note(self, now: datetime) -> bool:
        """Note it where the last note is old; False where that cannot be done.

        After a long absence, of the process or of the whole machine, what came meanwhile is
        told in one message.
        """
        if self._noted is not None and abs(now - self._noted) < _BEAT:
            return True
        table = self._store.bulletins
        try:
            with self._store.transaction():
                last = table.alive()
                with self._lull.kept():
                    table.beat(now)
                if last is not None and now - last >= AWAY:
                    table.wake(last, now)
                    log.warning("was away", since=last.isoformat(), until=now.isoformat())
        except StoreError as error:
            self._hindrance.pause(error)
            return False
        self._noted = now
        return True
