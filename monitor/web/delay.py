"""How long the event loop makes a task wait: the measure of whether anything blocks it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

_STEP = 0.25  # seconds between two measures
_KEPT = 240  # of them: a minute


class Delay:
    """Measures while it is open."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._late: deque[float] = deque(maxlen=_KEPT)

    @property
    def longest(self) -> float:
        """Seconds, of the last minute."""
        return max(self._late, default=0.0)

    @asynccontextmanager
    async def measured(self) -> AsyncIterator[None]:
        """Measure until the end of the block."""
        task = asyncio.create_task(self._measure(), name="loop delay")
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _measure(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + _STEP
            await asyncio.sleep(_STEP)
            self._late.append(max(loop.time() - due, 0.0))
