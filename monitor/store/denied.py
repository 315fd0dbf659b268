"""What is said where a file does not open: whose it is and who may, or that it is damaged."""

from __future__ import annotations

import errno
import grp
import os
import pwd
import sqlite3
from contextlib import suppress
from pathlib import Path


def denied(path: Path) -> str:
    """`/etc/x/sources.yaml: permission denied; /etc/x is of root, group story-monitor: …`.

    The nearest folder that may be looked at names whom to ask.
    """
    for near in (path, *path.absolute().parents):
        with suppress(OSError):
            if os.statvfs(near).f_flag & os.ST_RDONLY:
                return f"{path}: it lies on a file system that is mounted read-only"
            return f"{path}: permission denied; {near} is {_owners(near)}"
    return f"{path}: permission denied"


def advice(path: Path | None, error: BaseException) -> str:
    """What to say, and what to do about it, of a database that SQLite or the system refused."""
    text = str(error)
    if is_damage(error):
        return damaged(path, text)
    if path and isinstance(error, PermissionError):
        return denied(Path(error.filename or path))
    if is_full(error):
        return f"{path} cannot be opened: its disk is full: make room there"
    if path and path.exists() and not os.access(path, os.R_OK | os.W_OK):
        return denied(path)
    return f"{path} cannot be opened: {text}"


def damaged(path: Path | None, what: str) -> str:
    """What to say of a damaged database, and what to do about it."""
    return (
        f"{path} is damaged or no SQLite file ({what}); it was left as it is:"
        " move it aside to start anew, or restore a backup"
    )


def is_damage(error: BaseException) -> bool:
    """Whether SQLite says that the file itself is at fault (its primary result codes)."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def is_full(error: BaseException | None) -> bool:
    """Whether it was for want of room, which may come back by itself.

    SHMSIZE: room for the map of the log of changes, which lies beside the database.
    """
    code = getattr(error, "sqlite_errorcode", None)
    return code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE) or (
        isinstance(error, OSError) and error.errno == errno.ENOSPC
    )


def _owners(path: Path) -> str:
    found = path.stat()
    rights = "rwx" if path.is_dir() else "rw"
    needed = 0o700 if path.is_dir() else 0o600
    if found.st_uid == os.geteuid() and found.st_mode & needed != needed:
        # Nobody should be sent to become who they are.
        return f"yours, with mode {found.st_mode & 0o777:03o}: chmod u+{rights} {path}"
    user, group = str(found.st_uid), str(found.st_gid)
    with suppress(KeyError):
        user = pwd.getpwuid(found.st_uid).pw_name
    with suppress(KeyError):
        group = grp.getgrgid(found.st_gid).gr_name
    said = f"of {user}, group {group}: run this as {user} (sudo -u {user} ...)"
    # Nobody should be sent into root's group.
    return said + (f", or join the group (usermod -aG {group} NAME)" if found.st_gid else "")
