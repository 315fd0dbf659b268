"""Worker processes that can be killed, for what may stall or eat all memory.

    workers = Workers(2)
    reading = await workers.run(read_entries, source, fetched)

Parsers meet bytes made by strangers. A thread that hangs in one cannot be ended
and a process can, so hostile input costs one job and not the daemon. What runs in
the process is `worker.py`.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import signal
import sys
from collections.abc import Callable
from typing import Any, TypeVar

from monitor.errors import MonitorError, ParseError
from monitor.worker import HEAD, LENGTH, READY

T = TypeVar("T")

_START = 30.0  # seconds; an interpreter on a small, busy machine
_END = 5.0  # seconds from its last word to its end, which a busy machine lets wait
# A worker lives for so many jobs: what parsers leak or fragment ends with it. Its start costs
# as much as reading a hundred feeds.
_JOBS = 2_000
# A body of 20 MB, twice what a poll takes by default, has needed up to 624 MB.
MEMORY = 768 << 20


class _FallenError(ParseError):
    """The job came to nothing for what its process lacked, or became of it."""


class Workers:
    """At most `count` processes, started when first needed; one for a whole daemon.

    A job may take `cpu` seconds of the processor, and `patience` seconds from hand-over
    to answer; a worker has `memory` bytes of address space. Jobs beyond `count` wait in
    line, first come first served.
    """

    # What a body costs is counted in processor time, for what becomes of it must not hang
    # on what else the machine does. One that waits costs none, so a clock watches as well.
    def __init__(
        self,
        count: int = 1,
        *,
        cpu: float = 10.0,
        patience: float = 60.0,
        memory: int = MEMORY,
        jobs: int = _JOBS,
    ) -> None:
        self._cpu = cpu
        self._patience = patience
        self._memory = memory
        self._jobs = jobs
        self._count = count
        self._places = asyncio.Semaphore(count)
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._ends: set[asyncio.Task[None]] = set()
        self._closed = False

    async def run(self, function: Callable[..., T], *args: object) -> T:
        """Call a top-level function with picklable arguments in a worker.

        What the function raises is raised here, with the worker's traceback as a
        note; what cannot be pickled comes as a RuntimeError saying the same. A job
        that takes too much time, needs too much memory or brings its process down is
        ParseError `stalled`; its worker is killed and replaced. Where that process had
        done other jobs, it may be their doing: all but one that took too much time is
        tried once more, in a process of its own. An answer of more than 64 MB is
        ParseError `too-large`.
        """
        if self._closed:
            raise RuntimeError("the workers are closed")
        call = pickle.dumps((self._cpu, self._patience, function, args), pickle.HIGHEST_PROTOCOL)
        async with self._places:
            worker = await self._take()
            is_fresh = not worker.jobs
            try:
                raised, value = await self._ask(worker, call)
            except _FallenError:
                if is_fresh or self._closed:
                    raise
                raised, value = await self._ask(await self._start(), call)
        if raised:
            try:
                raise value
            finally:
                # An error holds this frame, which holds the body, and the frame the error: a ring
                # of megabytes until the collector comes, and that counts objects alone.
                del value
        return value  # type: ignore[no-any-return]

    async def aclose(self) -> None:
        """End all workers; a job still running is cut short (ParseError `stalled`)."""
        if self._closed:
            return
        self._closed = True
        for worker in self._idle:
            self._end(worker)
        self._idle.clear()
        for worker in self._busy:
            worker.kill()
        for _ in range(self._count):  # each job gives its place back when it is over
            await self._places.acquire()
        while self._ends:
            await asyncio.wait(self._ends)

    async def _ask(self, worker: _Worker, call: bytes) -> tuple[bool, Any]:
        """Whether the call raised, and its value or error; the worker is idle or ended then.

        ParseError where it took too much time, and _FallenError where it came to nothing else.
        """
        may_stay = False
        try:
            async with asyncio.timeout(self._patience):
                answer, has_grown = await worker.ask(call)
            raised, value = pickle.loads(answer)  # noqa: S301 - our own
            if raised and isinstance(value, MemoryError):
                detail = f"it needed more than {self._memory >> 20} MB of memory"
                raise _FallenError(detail, failure="stalled")
            may_stay = not has_grown and worker.jobs + 1 < self._jobs
        except TimeoutError:
            detail = f"it did not answer within {self._patience:g} s and was stopped"
            raise ParseError(detail, failure="stalled") from None
        except (asyncio.IncompleteReadError, ConnectionError):
            raise await worker.fault(self._cpu) from None
        finally:
            self._busy.discard(worker)
            worker.jobs += 1
            if may_stay and not self._closed:
                self._idle.append(worker)
            else:
                self._end(worker)
        return raised, value

    async def _take(self) -> _Worker:
        while self._idle:
            worker = self._idle.pop()
            if worker.alive:
                self._busy.add(worker)
                return worker
            self._end(worker)
        return await self._start()

    async def _start(self) -> _Worker:
        worker = await _Worker.start(self._memory)
        self._busy.add(worker)
        if self._closed:  # while this job was in line or its worker was starting
            worker.kill()
        return worker

    def _end(self, worker: _Worker) -> None:
        """Kill now, bury later: a cancelled caller must not wait, `aclose` does."""
        worker.kill()
        task = asyncio.create_task(worker.end())
        self._ends.add(task)
        task.add_done_callback(self._ends.discard)


class _Worker:
    """The parent's end of one process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.jobs = 0

    @classmethod
    async def start(cls, memory: int) -> _Worker:
        # The child finds modules where we do, and not in whatever directory it stands in.
        path = os.pathsep.join(entry or os.getcwd() for entry in sys.path)  # noqa: PTH109
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            "monitor.worker",
            str(memory),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
            start_new_session=True,  # Ctrl-C in a terminal is for the parent alone
        )
        worker = cls(process)
        assert process.stdout is not None
        try:
            async with asyncio.timeout(_START):
                await process.stdout.readexactly(len(READY))
        except BaseException as error:
            await worker.end()
            if isinstance(error, TimeoutError | asyncio.IncompleteReadError):
                raise MonitorError("a worker process did not start") from error
            raise
        return worker

    @property
    def alive(self) -> bool:
        return self._process.returncode is None

    async def ask(self, call: bytes) -> tuple[bytes, bool]:
        """One call, one answer, and whether the process holds too much for another.

        IncompleteReadError or ConnectionError if it dies.
        """
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(LENGTH.pack(len(call)))
        stdin.write(call)
        await stdin.drain()
        length, has_grown = HEAD.unpack(await stdout.readexactly(HEAD.size))
        return await stdout.readexactly(length), has_grown

    async def fault(self, cpu: float) -> ParseError:
        """Why a process that has closed its pipe has ended; it had `cpu` seconds."""
        try:
            async with asyncio.timeout(_END):
                status = await self._process.wait()
        except TimeoutError:
            said = "it closed its pipes"
        else:
            if status == -signal.SIGPROF:
                detail = f"it took more than {cpu:g} s and was stopped"
                return ParseError(detail, failure="stalled")
            said = f"exit status {status}"
            if status < 0:
                said = signal.strsignal(-status) or f"signal {-status}"
        return _FallenError(f"its process ended: {said}", failure="stalled")

    def kill(self) -> None:
        # Not by `Process.kill`: it first looks whether the process is dead and so
        # takes the exit status away from asyncio's watcher, which then warns.
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGKILL)

    async def end(self) -> None:
        """Kill it if need be, and leave neither zombie nor open pipe behind."""
        self.kill()
        assert self._process.stdin is not None
        self._process.stdin.close()
        # To the end of its output, for only then does asyncio let go of the pipes.
        with contextlib.suppress(ConnectionError):
            await self._process.communicate()
        # A pipe that broke keeps its error until somebody asks.
        with contextlib.suppress(ConnectionError):
            await self._process.stdin.wait_closed()
