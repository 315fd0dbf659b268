"""What is wrong with the machine under the monitor: files, disk, clock, program.

Each judge takes gathered facts and returns findings; `ok` ones say what was looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median

from monitor.health.finding import FileFacts, Finding, StoreFacts, broken, doubtful, ok, span

# Further apart, dates of articles and the age gate mean nothing.
_CLOCK = timedelta(minutes=5)
_ROOM = 100_000_000  # bytes: an hour of a busy monitor, and its own log of changes
_LITTLE = 1_000_000_000
# Locks of SQLite's and its shared memory do not hold between machines.
_NETWORK = ("nfs", "cifs", "smb", "9p", "afs", "ceph", "glusterfs", "lustre", "ncpfs", "fuse.sshfs")


def files(database: FileFacts, folder: FileFacts, beside: Sequence[FileFacts]) -> list[Finding]:
    """Owners and modes: `beside` are the log of changes and the shared memory of SQLite."""
    found = []
    for each in (database, *beside):
        shared = each.group == folder.group and each.mode & 0o060 == 0o060
        if each.user != folder.user and not shared:
            found.append(
                broken(
                    "owner",
                    f"{each.path} belongs to {each.user}, its folder to {folder.user}: the service"
                    " cannot write it",
                    f"chown {folder.user}:{folder.group} {each.path}",
                )
            )
        elif not each.writable:
            found.append(
                broken(
                    "owner",
                    f"{each.path} (of {each.user}, mode {each.mode:03o}) cannot be written by you",
                    f"run this as {each.user}, or as a member of group {each.group} with"
                    f" chmod g+w {each.path}",
                )
            )
        if each.mode & 0o007:
            found.append(
                doubtful(
                    "mode",
                    f"{each.path} is open to everybody (mode {each.mode:03o})",
                    f"chmod o= {each.path}",
                )
            )
    if not folder.writable:
        found.append(
            broken(
                "owner",
                f"{folder.path} (of {folder.user}, mode {folder.mode:03o}) cannot be written by"
                " you: SQLite makes files beside the database",
                f"run this as {folder.user}, or chmod g+w {folder.path}",
            )
        )
    if folder.mode & 0o002:
        found.append(
            broken(
                "mode",
                f"everybody may put files into {folder.path} (mode {folder.mode:03o}), the"
                " database too",
                f"chmod o-w {folder.path}",
            )
        )
    return found or [ok("owner", f"{database.path} of {database.user}, {database.mode:03o}")]


def store(facts: StoreFacts) -> list[Finding]:
    """Whether the database can be used at all."""
    if not facts.exists and facts.problem is None:
        said = f"nothing is stored yet: {facts.path} does not exist"
        return [doubtful("database", said, "monitor run")]
    if facts.damage:
        return [
            broken(
                "database",
                f"{facts.path} is damaged: {facts.damage}",
                "stop the daemon, move the file aside (it is evidence), then `monitor restore` the"
                " last backup; without one: sqlite3 OLD .recover | sqlite3 NEW",
            )
        ]
    if facts.newer:
        return [
            broken(
                "schema",
                f"{facts.path} was written by a newer story-monitor (it knows"
                f" {', '.join(facts.newer)})",
                "upgrade this program, or restore a backup of its own time",
            )
        ]
    if facts.problem:
        return [broken("database", facts.problem, "do what it says")]
    return [ok("database", f"{facts.path} is sound")]


def file_system(path: str, kind: str) -> list[Finding]:
    """SQLite needs a file system of this machine (sqlite.org/wal.html, 'all processes…')."""
    if kind.startswith(_NETWORK):
        return [
            broken(
                "file system",
                f"{path} lies on a network file system ({kind}): two machines, or one cut off,"
                " can damage it",
                "put settings.database on a disk of this machine",
            )
        ]
    return [ok("file system", kind or "unknown")]


def room(path: str, free: int, size: int) -> list[Finding]:
    """Bytes free for a database of so many bytes."""
    taken = f"the database has {size / 1_000_000:,.1f} MB" if size else "there is no database yet"
    said = f"{free // 1_000_000:,} MB free for {path}; {taken}"
    if free < _ROOM:
        return [broken("disk", said, "make room: polls pause when the disk is full")]
    if free < max(_LITTLE, size):
        mend = "make room, or keep less (settings.keep)"
        return [doubtful("disk", said, mend)]
    return [ok("disk", said)]


def clock(now: datetime, offsets: Sequence[timedelta], newest: FileFacts | None) -> list[Finding]:
    """Ours against the servers' Date headers (`offsets`: ours minus theirs) and files' times."""
    if offsets:
        seconds = median(each.total_seconds() for each in offsets)
        if abs(seconds) > _CLOCK.total_seconds():
            way = "ahead of" if seconds > 0 else "behind"
            said = f"the clock is {span(timedelta(seconds=abs(seconds)))} {way} the servers'"
            return [broken("clock", said, "timedatectl set-ntp true; then timedatectl")]
    if newest and newest.modified - now > _CLOCK:
        return [
            broken(
                "clock",
                f"{newest.path} was changed {span(newest.modified - now)} in the future:"
                " the clock is wrong, or was",
                f"timedatectl set-ntp true; if it is right now: touch {newest.path}",
            )
        ]
    if not offsets:
        return [ok("clock", "no stored answer says what time it is elsewhere")]
    return [ok("clock", f"agrees with the dates of the last stored answers ({len(offsets)})")]


def program(
    missing: Sequence[str], installed: str | None, running: str, is_older_running: bool
) -> list[Finding]:
    """The virtual environment: packages that it lacks, versions that do not agree."""
    found = []
    if missing:
        found.append(
            broken(
                "program",
                f"packages are missing: {', '.join(missing)} (an upgrade of Python leaves a virtual"
                " environment without its packages)",
                "make the virtual environment anew and install story-monitor into it",
            )
        )
    if installed is not None and installed != running:
        said = f"this is story-monitor {running}, and {installed} is what is installed"
        mend = "pip install --force-reinstall the newer one"
        found.append(doubtful("program", said, mend))
    if is_older_running:
        said = "the daemon was started before this version was installed"
        mend = "systemctl restart monitor"
        found.append(doubtful("program", said, mend))
    return found or [ok("program", running)]
