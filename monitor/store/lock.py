"""The right to be the one daemon on a database, and who holds it."""

from __future__ import annotations

import contextlib
import fcntl
import os
from pathlib import Path
from typing import IO

from monitor.errors import StoreError
from monitor.store.denied import advice

_UNKNOWN = "unknown"
# What this process holds, by device and number: a full disk may have refused to write whose it is.
_OURS: set[tuple[int, int]] = set()


class Lock:
    """The right to be the one daemon on a database.

    The file holds the holder's number; one that an ordered end has not taken out says
    that the last holder was killed, or its machine.
    """

    def __init__(self, handle: IO[str], *, is_after_crash: bool) -> None:
        """Take a locked file."""
        self._handle = handle
        self._file = _identity(os.fstat(handle.fileno()))
        _OURS.add(self._file)
        self.is_after_crash = is_after_crash

    def close(self, *, in_order: bool = True) -> None:
        """Let go; `in_order` unless the database is to be looked at by the next holder."""
        if in_order:
            with contextlib.suppress(OSError):
                os.ftruncate(self._handle.fileno(), 0)
        _OURS.discard(self._file)
        self._handle.close()


def lock(path: Path) -> Lock:
    """Hold the right to be the one daemon on this database until it is closed.

    Raises StoreError when another process holds it. The lock is the kernel's, so
    a killed process never leaves it behind.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = _lock_file(path).open("a+")
    except OSError as error:
        raise StoreError(advice(path, error)) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        handle.seek(0)
        holder = handle.read().strip() or _UNKNOWN
        handle.close()
        raise StoreError(
            f"another monitor (process {holder}) runs on {path}; stop it first,"
            " or give this one its own settings.database"
        ) from error
    # The lock is what counts; its number is a kindness that a full disk may refuse,
    # and unbuffered, so that closing does not try again.
    handle.seek(0)
    left = handle.read().strip()
    with contextlib.suppress(OSError):
        os.ftruncate(handle.fileno(), 0)
        os.write(handle.fileno(), str(os.getpid()).encode())
        os.fsync(handle.fileno())
    return Lock(handle, is_after_crash=bool(left) and path.exists())


def holder(path: Path) -> str | None:
    """The process that `lock` serves at the moment, None where no daemon runs."""
    try:
        with _lock_file(path).open() as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except OSError:
                return handle.read().strip() or _UNKNOWN
    except OSError:
        pass
    return None


def taken_away(path: Path) -> str | None:
    """What to say of a file that is not there while another process works on it; None where it is not so.

    A new one in its place would be read through the log of changes of the old, and be broken.
    """
    held = None if path.exists() else holder(path)
    if held is None or held == str(os.getpid()):
        return None
    if held == _UNKNOWN and _identity(_lock_file(path).stat()) in _OURS:
        return None
    return (
        f"{path} is gone, and the monitor (process {held}) that works on it asks for nothing:"
        " put it back, or restart the monitor to begin anew"
    )


def process(path: Path) -> int | None:
    """The number by which the daemon can be signalled.

    None where none runs, and where its number is one of another world (a container's): the
    process that has it here is a stranger.
    """
    held = holder(path)
    if held is None or not held.isdigit():
        return None
    try:
        inode = _lock_file(path).stat().st_ino
        # proc(5): number, kind, mode, access, process, device:inode, from, to
        rows = [line.split() for line in Path("/proc/locks").read_text().splitlines()]
    except OSError:
        return int(held)
    ours = (row for row in rows if "FLOCK" in row and row[-3].endswith(f":{inode}"))
    return int(held) if any(row[-4] == held for row in ours) else None


def _lock_file(path: Path) -> Path:
    return path.with_name(path.name + ".lock")


def _identity(found: os.stat_result) -> tuple[int, int]:
    return found.st_dev, found.st_ino
