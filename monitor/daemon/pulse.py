"""The daemon's pulse: how long it sleeps between two looks at whether there is something to do.

While work comes, a second. In a lull only what another process writes can come unforeseen, and
a wake of a machine that sleeps costs many times what it does at work: then ten, at whole tens
of the clock, where the jobs that go by the minute fall as well, and never beyond what is due.
"""

from __future__ import annotations

import asyncio
from datetime import datetime

BUSY = 1.0  # seconds
LULL = 10.0  # seconds: what commands beside the daemon write is acted on so late at most


def span(now: datetime, until: datetime | None, watchdog: float | None = None) -> float:
    """Seconds to sleep; `until` is when a lull ends by itself, None where there is none.

    `watchdog` is after how many seconds without a sign of life the service manager acts.
    """
    longest = watchdog / 3 if watchdog else LULL
    if until is None:
        return min(BUSY, longest)
    whole = LULL - now.timestamp() % LULL
    return max(0.0, min(whole, (until - now).total_seconds(), longest))


class Pulse:
    """A sleep that a signal, or a write of our own, ends."""

    def __init__(self) -> None:
        """Nobody sleeps yet."""
        self._sleeper: asyncio.Future[None] | None = None
        self._is_light = False

    def stir(self) -> None:
        """End a light sleep: something was written. At work the second is waited for."""
        if self._is_light:
            self.quicken()

    def quicken(self) -> None:
        """End the sleep, where there is one."""
        if self._sleeper is not None and not self._sleeper.done():
            self._sleeper.set_result(None)

    async def sleep(self, seconds: float, *, lightly: bool = False) -> None:
        """So long, or until it is quickened, and lightly until it is stirred."""
        loop = asyncio.get_running_loop()
        self._is_light = lightly
        self._sleeper = loop.create_future()
        timer = loop.call_later(seconds, self.quicken)
        try:
            await self._sleeper
        finally:
            timer.cancel()
            self._sleeper = None
