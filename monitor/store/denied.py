"""What is said where the system does not let us read or write: whose it is, and who may."""

from __future__ import annotations

import grp
import os
import pwd
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


def _owners(path: Path) -> str:
    found = path.stat()
    user, group = str(found.st_uid), str(found.st_gid)
    with suppress(KeyError):
        user = pwd.getpwuid(found.st_uid).pw_name
    with suppress(KeyError):
        group = grp.getgrgid(found.st_gid).gr_name
    said = f"of {user}, group {group}: run this as {user} (sudo -u {user} ...)"
    # Nobody should be sent into root's group.
    return said + (f", or join the group (usermod -aG {group} NAME)" if found.st_gid else "")
