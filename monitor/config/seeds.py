"""Reads a story's seed folder: names and bytes, in a fixed order."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Final

from monitor.errors import MonitorError

_LEFT: Final = re.compile(r"^\.|~$|^~\$|^#.*#$")


def paths(folder: Path) -> tuple[Path, ...]:
    """Return the folder's plain files, sorted by name; OSError as it comes.

    Neither hidden ones nor what an editor leaves beside the file that it edits.
    """
    found = (path for path in folder.iterdir() if not _LEFT.search(path.name))
    return tuple(sorted(path for path in found if path.is_file()))


def folders(folder: Path) -> tuple[str, ...]:
    """Names of the folders in it, by name; their files are no seeds. OSError as it comes."""
    return tuple(
        sorted(p.name for p in folder.iterdir() if not _LEFT.search(p.name) and p.is_dir())
    )


def digests(folder: Path) -> tuple[str, ...]:
    """SHA-256 of each seed, by which it is known under another name; MonitorError as `files`."""
    return tuple(hashlib.sha256(body).hexdigest() for _, body in files(folder))


def files(folder: Path) -> tuple[tuple[str, bytes], ...]:
    """Return name and bytes of each seed; MonitorError where folder or file cannot be read."""
    try:
        return tuple((path.name, path.read_bytes()) for path in paths(folder))
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise MonitorError(f"seeds cannot be read: {error.filename or folder}: {why}") from None
