"""Stores with all their tables and nothing in them: made once, since making them costs more than most tests."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from monitor.store.store import Store


def in_memory() -> Store:
    """As `Store.memory` makes one."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(_in_memory())
    return Store(connection)


def at(path: Path) -> Store:
    """As `Store.open` makes one at a path where none is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o660)) as file:
        file.write(_in_a_file())
    return Store.open(path)


@cache
def _in_memory() -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        Store(connection)
        return connection.serialize()


@cache
def _in_a_file() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "monitor.db"
        Store.open(path).close()
        return path.read_bytes()
