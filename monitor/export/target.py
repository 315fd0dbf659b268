"""The file that something is taken out into: whole under its name, or not there."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from monitor.errors import MonitorError


def refuse(path: Path, *, force: bool) -> None:
    """Raise MonitorError where `path` cannot or must not be written, before any work is done."""
    if path.is_dir():
        raise MonitorError(f"{path} is a folder: name the file that is to be written")
    if path.exists() and not path.is_file():
        raise MonitorError(f"{path} is no regular file: name another, or - for standard output")
    if path.exists() and not force:
        raise MonitorError(f"{path} exists and was left as it is: name another file, or --force")


@contextlib.contextmanager
def written(path: Path, *, force: bool) -> Iterator[BinaryIO]:
    """A file to write to, which takes its name when the block ends well.

    After an error nothing is left of it, and an older file stays as it was. Raises
    MonitorError as `refuse` does, and where the file cannot be written.
    """
    refuse(path, force=force)
    target = path.resolve()  # of a symbolic link the file that it names is replaced
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        try:
            with part.open("xb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            refuse(path, force=force)  # made meanwhile by another
            part.replace(target)
            _sync(target.parent)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise MonitorError(f"{path} cannot be written: {error.strerror}") from error


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
