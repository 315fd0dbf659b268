"""Room put by beside the database: given up when the disk is full, so that what waits goes out."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from typing import Final

SIZE: Final = 32 * 1024 * 1024  # bytes: hours of a monitor that only reads and tells


class Ballast:
    """A file of real blocks beside the database, or none."""

    def __init__(self, database: Path, size: int = SIZE) -> None:
        """Lay nothing yet."""
        self._path = database.with_name(database.name + ".ballast")
        self._size = size

    @property
    def is_laid(self) -> bool:
        """Whether it is there."""
        return self._path.exists()

    @property
    def room(self) -> int:
        """Bytes free on its disk."""
        try:
            return shutil.disk_usage(self._path.parent).free
        except OSError:
            return 0

    @property
    def is_short(self) -> bool:
        """Whether less than half of what it gave is left."""
        return self.room < self._size // 2

    def lay(self) -> bool:
        """Put it by where there is room for it three times; whether it is there."""
        if self.is_laid:
            return True
        if self.room < 3 * self._size:
            return False
        handle = None
        try:
            handle = os.open(self._path, os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, 0o660)
            os.posix_fallocate(handle, 0, self._size)
        except OSError:
            self.give_up()
            return False
        finally:
            if handle is not None:
                os.close(handle)
        return True

    def give_up(self) -> bool:
        """Free its room; whether there was any."""
        with contextlib.suppress(OSError):
            self._path.unlink()
            return True
        return False
