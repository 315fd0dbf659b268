"""What a backup file says of itself, at its head; and what both ways have in common."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

Progress = Callable[[str, int, int], None]
"""Called with what is under way, how much of it is done, and of how much."""

NAME: Final = "manifest.json"
CONFIG: Final = "sources.yaml"
DATABASE: Final = "monitor.db"
_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One member: its SHA-256 and its size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The head of a backup.

    `moved` are paths of keys in sources.yaml whose value leads out of its folder, with
    where that lies in the backup. `secrets` say what was referred to and is not in it.
    """

    made: str
    host: str
    program: str
    schema: tuple[str, ...]
    files: Mapping[str, File]
    moved: tuple[tuple[tuple[str, ...], str], ...]
    secrets: tuple[str, ...]
    format: int = _FORMAT

    @property
    def size(self) -> int:
        """Bytes of all members."""
        return sum(file.size for file in self.files.values())

    def to_json(self) -> bytes:
        """As it is written."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_json(cls, body: bytes) -> Manifest:
        """Read it; ValueError, KeyError or TypeError where it is none of ours."""
        told: dict[str, Any] = json.loads(body)
        found = cls(
            made=str(told["made"]),
            host=str(told["host"]),
            program=str(told["program"]),
            schema=tuple(map(str, told["schema"])),
            files={
                str(name): File(sha256=str(each["sha256"]), size=int(each["size"]))
                for name, each in told["files"].items()
            },
            moved=tuple((tuple(map(str, path)), str(value)) for path, value in told["moved"]),
            secrets=tuple(map(str, told["secrets"])),
            format=int(told["format"]),
        )
        if missing := {CONFIG, DATABASE} - found.files.keys():
            raise ValueError(f"without {', '.join(missing)}")
        for name in found.files:
            way = PurePosixPath(name)
            if way.is_absolute() or ".." in way.parts or str(way) != name or "\\" in name:
                raise ValueError(f"it names a file outside of its folder: {name}")
        return found

    @property
    def is_known(self) -> bool:
        """Whether this program reads this form."""
        return self.format == _FORMAT


def file_of(path: Path) -> File:
    """Hash a file."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return File(sha256=digest, size=path.stat().st_size)


def sync(folder: Path) -> None:
    """Keep what was renamed in a folder over a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
