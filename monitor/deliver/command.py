"""An alert on the standard input of a program that the user names; no shell reads anything."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from asyncio.subprocess import PIPE, Process

from monitor.errors import DeliveryError
from monitor.model import Channel, Delivery, Receipt

_REPLY = 300  # letters of what the program writes that are kept
_READ = 64_000  # bytes of it that are looked at; the rest is read and dropped
_LOOK = 0.02  # seconds between looks at whether it has ended
_LAST_WORDS = 0.2  # seconds for its output once it has
_REAP = 5.0  # seconds for a killed program to be gone
# Of our own environment, which may hold secrets, a program gets no more than these.
_PASSED = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR")


class Command:
    """Starts the program once for each alert, in a session of its own.

    Exit status 0 is delivered; any other, a signal, or no end in time is tried again like
    any delivery. The program may see an alert twice, under the same STORY_MONITOR_KEY.
    """

    def __init__(self, channel: Channel) -> None:
        """Take a channel of kind command; ValueError where it names no program."""
        if not channel.run:
            raise ValueError(f"channel {channel.name} names no program")
        self._run = channel.run
        self._seconds = channel.timeout.total_seconds()
        self._name = channel.name

    async def send(self, delivery: Delivery) -> Receipt:
        """Write the alert, wait for the end, and end whatever the program leaves running."""
        try:
            process = await asyncio.create_subprocess_exec(
                *self._run,
                stdin=PIPE,
                stdout=PIPE,
                stderr=PIPE,
                env=self._environment(delivery),
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or error
            raise DeliveryError(f"{self._run[0]} cannot be started: {why}") from error
        said: list[bytes] = [b"", b""]
        talks = [
            asyncio.create_task(_feed(process, delivery.body)),
            *(asyncio.create_task(_listen(process, said, number)) for number in (0, 1)),
        ]
        try:
            async with asyncio.timeout(self._seconds):
                status = await _ended(process)
                # What it wrote is in the pipes.
                await asyncio.wait(talks, timeout=_LAST_WORDS)
        except TimeoutError:
            raise DeliveryError(
                f"{self._run[0]} did not end within {self._seconds:g} s; it was killed"
            ) from None
        finally:
            await _end(process, talks)
        return self._judged(status, *(_text(one) for one in said))

    async def aclose(self) -> None:
        """Programs end with each alert."""

    def _environment(self, delivery: Delivery) -> dict[str, str]:
        passed = {name: os.environ[name] for name in _PASSED if name in os.environ}
        return {
            "PATH": os.defpath,
            **passed,
            "STORY_MONITOR_KEY": delivery.key,
            "STORY_MONITOR_CHANNEL": self._name,
        }

    def _judged(self, status: int, out: str, err: str) -> Receipt:
        if status == 0:
            return Receipt(status=0, reply=out)
        how = f"ended by {_signal(-status)}" if status < 0 else f"exited with {status}"
        said = f": {err or out}" if err or out else ""
        raise DeliveryError(f"{self._run[0]} {how}{said}", status=status)


async def _ended(process: Process) -> int:
    # `wait` also waits for the pipes, and a child of the program may hold them for ever.
    while process.returncode is None:  # noqa: ASYNC110
        await asyncio.sleep(_LOOK)
    return process.returncode


async def _feed(process: Process, body: bytes) -> None:
    assert process.stdin is not None
    # A program need not read all, or anything.
    with contextlib.suppress(OSError):
        process.stdin.write(body)
        await process.stdin.drain()
        process.stdin.close()
        await process.stdin.wait_closed()


async def _listen(process: Process, said: list[bytes], number: int) -> None:
    stream = (process.stdout, process.stderr)[number]
    assert stream is not None
    while chunk := await stream.read(65536):
        said[number] = (said[number] + chunk)[:_READ]


async def _end(process: Process, talks: list[asyncio.Task[None]]) -> None:
    # The whole group, also after a proper end: the program was the alert's and so is its rest.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    for talk in talks:
        talk.cancel()
    await asyncio.gather(*talks, return_exceptions=True)
    # Not `wait`: a child that left the group may still hold the pipes.
    process._transport.close()  # type: ignore[attr-defined] # noqa: SLF001 - there is no other way
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_REAP):
            await _ended(process)


def _text(said: bytes) -> str:
    return " ".join(said.decode("utf-8", "replace").split())[:_REPLY]


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
