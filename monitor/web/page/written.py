"""The configuration as it is written now, which may not be what the daemon works by."""

from __future__ import annotations

from pathlib import Path

from monitor.config.load import load
from monitor.errors import MonitorError
from monitor.look.loaded import unread
from monitor.model import Config
from monitor.store.store import Store


class Written:
    """One file, read again only when it is another: of 10,000 sources that takes most of a second."""

    def __init__(self, path: Path) -> None:
        """Read nothing yet."""
        self._path = path
        self._known: tuple[tuple[int, ...] | None, Config | str] | None = None

    def unread(self, store: Store) -> str:
        """What the daemon has not read of it, "" where it has all; of a wrong file its first mistake."""
        found = self._read()
        try:
            return found if isinstance(found, str) else unread(found, store)
        except MonitorError as error:
            return str(error).splitlines()[0]

    def _read(self) -> Config | str:
        stand = self._stand()
        if self._known is None or self._known[0] != stand:
            self._known = stand, self._load()
        return self._known[1]

    def _load(self) -> Config | str:
        try:
            return load(self._path)
        except MonitorError as error:
            return str(error).splitlines()[0]

    def _stand(self) -> tuple[int, ...] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns
