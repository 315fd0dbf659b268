"""Reads and replaces the text of sources.yaml on disk: whole or not at all, and nobody's else."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from monitor.errors import MonitorError


def read(path: Path) -> str:
    """Return the text with its line ends and byte order mark, as `save` wants it back."""
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise MonitorError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise MonitorError(f"{path} is not in UTF-8: save it in UTF-8") from None


def save(path: Path, text: str, *, was: str) -> None:
    """Put `text` in the place of the file, of which `was` is what `read` gave.

    A reader sees the old file or the new one, also after a power cut. Mode and
    owner stay; of a symbolic link the file that it names is replaced. Raises
    MonitorError, and leaves everything as it was, where the file was changed
    since by someone else, or cannot be written.
    """
    try:
        target = path.resolve(strict=True)
        if read(target) != was:
            raise MonitorError(f"{path} was changed meanwhile and left as it is: try again")
        if not os.access(target, os.W_OK):
            raise MonitorError(f"{path} is read-only and was left as it is")
        _replace(target, text.encode())
    except OSError as error:
        raise MonitorError(f"{path} cannot be written: {error.strerror}") from None


def _replace(target: Path, body: bytes) -> None:
    old = target.stat()
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            if (old.st_uid, old.st_gid) != (os.geteuid(), os.fstat(file.fileno()).st_gid):
                os.fchown(file.fileno(), old.st_uid, old.st_gid)
            os.fchmod(file.fileno(), old.st_mode & 0o7777)  # after chown, which clears bits
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
