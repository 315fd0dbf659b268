"""A time without work: the store is as it was, and nothing in it has come due."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from monitor.store.dues import Dues

# Digests and quiet hours go by the minute, and once in a minute the daemon notes that it lives;
# so it is also the longest that anything could wait that this room has not thought of.
_MINUTE = timedelta(minutes=1)
_HELD = timedelta(seconds=5)  # what is held under a ceiling may go at any second


class Calm(NamedTuple):
    """When nothing has come due: the look at which that began, and when it ends if nobody writes."""

    since: datetime
    until: datetime


class Lull:
    """The present one, if there is one. It goes by the time of day alone, which a suspended machine keeps."""

    def __init__(self, dues: Dues, sources: Container[str], channels: Collection[str]) -> None:
        """Take what is polled and told, by name; nothing is known of the store yet."""
        self._dues = dues
        self._sources = sources
        self._channels = channels
        self._version: tuple[int, int] | None = None
        self.changes = 0  # of the store, by more than a sign of life, and of what else ends a lull
        self._began = self._until = datetime.min.replace(tzinfo=UTC)

    def calm(self, now: datetime) -> Calm | None:
        """Its time; None where something has changed or come due since the last look.

        Whoever has looked at the store after it began has seen all there is to do.
        """
        version = self._dues.version()
        if version == self._version and self._began <= now < self._until:
            return Calm(self._began, self._until)
        self.changes += version != self._version
        self._version, self._began, self._until = version, now, self._end(now)
        return None

    @contextmanager
    def kept(self) -> Iterator[None]:
        """A write of ours, within a transaction, that gives nobody anything to do."""
        before = self._dues.version()
        yield
        if self._version == before:
            self._version = self._dues.version()

    def end(self) -> None:
        """Something else than the store has changed."""
        self.changes += 1
        self._version = None

    def _end(self, now: datetime) -> datetime:
        minute = now.replace(second=0, microsecond=0) + _MINUTE
        ends = [minute, self._dues.next(now, self._sources, self._channels)]
        if self._dues.holds():
            ends.append(now + _HELD)
        return min(end for end in ends if end is not None)
