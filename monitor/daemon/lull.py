"""A time without work: the store is as it was, and nothing in it has come due."""

from __future__ import annotations

from collections.abc import Collection, Container
from datetime import UTC, datetime, timedelta

from monitor.store.dues import Dues

# Digests and quiet hours go by the minute, and once in a minute the daemon notes that it lives;
# so it is also the longest that anything could wait that this room has not thought of.
_MINUTE = timedelta(minutes=1)
_HELD = timedelta(seconds=5)  # what is held under a ceiling may go at any second


class Lull:
    """The present one, if there is one. It goes by the time of day alone, which a suspended machine keeps."""

    def __init__(self, dues: Dues, sources: Container[str], channels: Collection[str]) -> None:
        """Take what is polled and told, by name; nothing is known of the store yet."""
        self._dues = dues
        self._sources = sources
        self._channels = channels
        self._version: tuple[int, int] | None = None
        self._began = self._until = datetime.min.replace(tzinfo=UTC)

    def since(self, now: datetime) -> datetime | None:
        """The look at which it began; None where something has changed or come due since the last.

        Whoever has looked at the store after it began has seen all there is to do.
        """
        version = self._dues.version()
        if version == self._version and self._began <= now < self._until:
            return self._began
        self._version, self._began, self._until = version, now, self._end(now)
        return None

    def end(self) -> None:
        """Something else than the store has changed."""
        self._version = None

    def _end(self, now: datetime) -> datetime:
        minute = now.replace(second=0, microsecond=0) + _MINUTE
        ends = [minute, self._dues.next(now, self._sources, self._channels)]
        if self._dues.holds():
            ends.append(now + _HELD)
        return min(end for end in ends if end is not None)
