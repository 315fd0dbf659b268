"""Workers without processes, where it matters what is read and not in which process.

Each desk would start an interpreter of its own, which costs more than its whole test. That a
worker can be killed, and reads the same, stands in test_workers, test_bombs and wherever a whole
daemon runs.
"""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Callable
from typing import TypeVar

from monitor.workers import Workers

T = TypeVar("T")


class Inline(Workers):
    """Calls in this process, with what goes in and comes out pickled as for another."""

    async def run(
        self,
        function: Callable[..., T],
        *args: object,
        timeout: float | None = None,  # noqa: ASYNC109 - the workers' own
    ) -> T:
        await asyncio.sleep(0)
        called, given = pickle.loads(pickle.dumps((function, args)))
        return pickle.loads(pickle.dumps(called(*given)))
