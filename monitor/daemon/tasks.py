"""Work under way: each piece is a task of its own, known by name, so that none is started twice."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from monitor.daemon.hindrance import Hindrance
from monitor.errors import MonitorError

log = structlog.get_logger()


class Tasks:
    """What runs, by name; nothing that fails in one reaches another."""

    def __init__(self, hindrance: Hindrance) -> None:
        """Run nothing yet; what the store or the machine refuses pauses all work."""
        self._hindrance = hindrance
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._tasks

    def __len__(self) -> int:
        return len(self._tasks)

    async def cancel(self) -> None:
        """End all that can be done again, and wait until it has ended."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    def names(self, kind: str) -> set[str]:
        """Those that run, of a kind (`poll:`)."""
        return {name for name in self._tasks if name.startswith(kind)}

    def start(
        self,
        name: str,
        work: Callable[[], Awaitable[object]],
        on_defect: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run a piece of work; `on_defect` notes what hit an unforeseen error."""
        task = asyncio.create_task(self._guarded(name, work, on_defect), name=name)
        self._tasks[name] = task
        task.add_done_callback(lambda _: self._tasks.pop(name, None))

    async def _guarded(
        self,
        name: str,
        work: Callable[[], Awaitable[object]],
        on_defect: Callable[[Exception], None] | None,
    ) -> None:
        try:
            await work()
        except MonitorError as error:
            # The store, or a machine so short of memory that no worker starts: no fault of
            # this source, which must not be put to rest for it.
            self._hindrance.pause(error)
        except Exception as error:
            log.exception("defect", at=name)
            if on_defect is not None:
                try:
                    on_defect(error)
                except Exception as second:
                    # Without a note of it the same work would come due at once again.
                    self._hindrance.pause(second)
