"""Parsers for commands without an event loop, in a process that is killed when it stalls."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

from monitor.workers import Workers

_T = TypeVar("_T")
# What is shorter cannot stall for long, and thousands of short cases are read fast.
_SHORT = 64_000
# Seconds of the processor. With the hand-over and a new process after a kill, an answer comes
# within ten where a core is free.
_CPU = 7.0


class Call(Protocol):
    """Calls a top-level function with arguments that can be pickled; `size` is the body's."""

    def __call__(self, function: Callable[..., _T], *args: object, size: int) -> _T:
        """Its value; ParseError `stalled` where it took too much time or memory."""


@contextmanager
def bounded() -> Iterator[Call]:
    """One worker process, started by the first long body."""
    with asyncio.Runner() as runner:
        workers = Workers(cpu=_CPU)

        def call(function: Callable[..., _T], *args: object, size: int) -> _T:
            if size < _SHORT:
                return function(*args)
            # An error that came through the loop is a ring with the frames on its way, and these
            # hold the body; the collector counts objects and not megabytes, and never comes.
            gc.collect()
            return runner.run(workers.run(function, *args))

        try:
            yield call
        finally:
            runner.run(workers.aclose())
