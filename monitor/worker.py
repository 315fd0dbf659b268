"""What runs in a worker process, as a program: it takes calls from `workers.py`, one after the other.

Pickled calls come on its standard input and answers go to its standard output, each with
its length before it. It loads what the calls need and no more: a start costs as much as
reading a hundred feeds.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import resource
import signal
import struct
import sys
import traceback
from typing import Any, BinaryIO

from monitor.errors import ParseError

LENGTH = struct.Struct("!Q")  # before a call
HEAD = struct.Struct("!Q?")  # before an answer: its length, and whether the process has grown
READY = b"ready\n"
# Whoever kills the parent leaves nobody to watch a worker that spins. Its own
# alarm does, later than the parent would have.
_GRACE = 5.0

# A worker that has more than this part of its memory when a job is over holds what that job left
# (tables, fragments of the heap), and the next one would have so much less. It is 41 MB when it
# starts and 47 after hundreds of pages.
_GROWN = 1 / 6

# What a job may answer. A few kilobytes of base address before many links make more,
# and what comes back is held by the daemon, which has no limit.
_ANSWER = 64 << 20


def main() -> None:
    """Be a worker, until the standard input ends (the parent has gone)."""
    # A service manager stops all processes at once; the parent says when we end.
    for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(stop, signal.SIG_IGN)
    memory = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # The pipes are ours alone: what a job prints goes to the log, what it reads is nothing.
    calls, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    answers.write(READY)
    answers.flush()
    with contextlib.suppress(BrokenPipeError):
        while (call := _read(calls)) is not None:
            answer = _answer(call)
            del call
            answers.write(HEAD.pack(len(answer), _size() > memory * _GROWN))
            answers.write(answer)
            answers.flush()
            del answer  # nothing of a job waits for the next one
    # No farewell: exit handlers and buffers of whatever was imported have no say.
    os._exit(0)


def _read(calls: BinaryIO) -> bytes | None:
    head = calls.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    call = calls.read(length)
    return call if len(call) == length else None


def _size() -> int:
    """The bytes of address space that this process has, which is what its limit counts."""
    with open("/proc/self/statm", "rb") as statm:  # noqa: PTH123 - a path costs more than the read
        return int(statm.read().split(maxsplit=1)[0]) * resource.getpagesize()


def _answer(call: bytes) -> bytes:
    """The pickle of (raised, value) for one call."""
    try:
        cpu, patience, function, args = pickle.loads(call)  # noqa: S301 - written by our parent
        signal.setitimer(signal.ITIMER_REAL, patience + _GRACE)
        # Nothing handles it, so it ends the process, inside a C call too.
        signal.setitimer(signal.ITIMER_PROF, cpu)
        try:
            answer = _pickled(raised=False, value=function(*args))
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.setitimer(signal.ITIMER_REAL, 0)
    except BaseException as error:
        return _failure(error)
    if len(answer) > _ANSWER:
        detail = f"its answer is of {len(answer) >> 20} MB"
        return _failure(ParseError(detail, failure="too-large"))
    return answer


def _failure(error: BaseException) -> bytes:
    """An error that surely arrives: only a round trip shows whether it can be rebuilt."""
    if isinstance(error, MemoryError):
        return _pickled(raised=True, value=MemoryError())
    trace = "".join(traceback.format_exception(error))
    with contextlib.suppress(Exception):
        error.add_note(f"in a worker process:\n{trace}")
        if isinstance(error, Exception):
            answer = _pickled(raised=True, value=error)
            pickle.loads(answer)  # noqa: S301 - just written
            return answer
    return _pickled(raised=True, value=RuntimeError(f"{error!r} in a worker process:\n{trace}"))


def _pickled(*, raised: bool, value: Any) -> bytes:
    return pickle.dumps((raised, value), pickle.HIGHEST_PROTOCOL)


if __name__ == "__main__":
    main()
