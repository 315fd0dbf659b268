"""What keeps the daemon from its work: a store that takes no writes, a full disk, a defect."""

from __future__ import annotations

import time
from pathlib import Path

import structlog

from monitor.errors import StoreError
from monitor.store.ballast import Ballast
from monitor.store.store import full

log = structlog.get_logger()

_CRAMPED = (
    "the disk is full: what waits is read and sent on the room of the ballast beside the database,"
    " which was freed; polls go on while half of it is left. Make room"
)
_PAUSE = 10.0  # seconds without polls after the store refused a write
_REST = 600.0  # seconds without what only helps, after a defect in it


class Hindrance:
    """Pauses everything, polls alone, or one thing that only helps; all of it passes by itself."""

    def __init__(self, database: Path) -> None:
        """Nothing hinders yet; the ballast lies beside the database."""
        self._ballast = Ballast(database)
        self._cramped = False  # the disk was full, and what waits lives on the ballast's room
        self._paused_until = 0.0
        self._pause_reason = ""
        self._resting: dict[str, float] = {}

    @property
    def paused(self) -> str:
        """Why nothing is done at the moment, empty when all is well."""
        return self._pause_reason if time.monotonic() < self._paused_until else ""

    @property
    def any(self) -> str:
        """Why less is done than should be, empty when all is well."""
        return self.paused or (_CRAMPED if self._cramped else "")

    def rests(self, name: str) -> bool:
        """Whether a thing was left alone lately."""
        return time.monotonic() < self._resting.get(name, 0.0)

    def rest(self, name: str, error: Exception) -> None:
        """Leave one thing alone for a while: alerts go without what only helps."""
        log.error("rests", job=name, seconds=_REST, problem=repr(error))
        self._resting[name] = time.monotonic() + _REST

    def has_room(self) -> bool:
        """Whether there is room for what polls bring; puts the ballast by again where there is."""
        if self._ballast.lay():
            if self._cramped:
                self._cramped = False
                log.info("the disk has room again: sources are polled as ever")
            return True
        if not self._ballast.is_short:
            return True
        # A process before this one may have freed it.
        self._cramp()
        return False

    def _cramp(self) -> None:
        if not self._cramped:
            self._cramped = True
            log.error("disk full", note=_CRAMPED)

    def pause(self, error: Exception) -> None:
        """Stop asking sources for what cannot be kept; everything is due again afterwards."""
        if isinstance(error, StoreError) and full(error) and self._ballast.give_up():
            # What was under way is due again at once, and has room now.
            self._cramp()
            return
        if not self.paused:
            log.error("paused", seconds=_PAUSE, problem=str(error))
        self._pause_reason = f"paused: {error}"
        self._paused_until = time.monotonic() + _PAUSE
