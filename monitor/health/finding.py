"""One thing that is wrong with a set-up, and the mend; and the facts that are judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Grade = Literal["ok", "warning", "broken"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One answer: `check` is its name, `mend` what to do, empty where all is well."""

    check: str
    grade: Grade
    said: str
    mend: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """A file or folder as it is on disk; `writable` by whom doctor runs as."""

    path: str
    user: str
    group: str
    mode: int
    writable: bool
    modified: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreFacts:
    """The database; `problem` is why it cannot be opened, `newer` unknown migrations."""

    path: str
    exists: bool
    damage: str | None = None
    newer: tuple[str, ...] = ()
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listen:
    """A port that the configuration wants; `problem` why it cannot be had."""

    what: str
    address: str
    problem: str | None
    is_ours: bool = False  # the running daemon has it


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A trial of a way out: `problem` None where it worked; `stage` is where it ended."""

    channel: str
    kind: str
    to: str
    problem: str | None = None
    stage: Literal["connect", "login", "secret", "address", "setting"] = "connect"


def ok(check: str, said: str) -> Finding:
    """All is well."""
    return Finding(check=check, grade="ok", said=said)


def doubtful(check: str, said: str, mend: str) -> Finding:
    """It works, and may not be meant."""
    return Finding(check=check, grade="warning", said=said, mend=mend)


def broken(check: str, said: str, mend: str) -> Finding:
    """It does not work."""
    return Finding(check=check, grade="broken", said=said, mend=mend)


def span(length: timedelta) -> str:
    """A length of time as people say it."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 120:
        return f"{minutes} min"
    if minutes < 2 * 24 * 60:
        return f"{minutes // 60} h"
    return f"{minutes // 1440} days"
