"""What an idle daemon asks when it wakes, in the place of every job's own question.

After some seconds of sleep the machine's caches are cold, and a statement costs several times
what it does at work: so it is one.
"""

from __future__ import annotations

from collections.abc import Collection, Container
from datetime import datetime

from sqlite_utils import Database

from monitor.store.care import HELD
from monitor.store.rows import LONGEST, moment, stamp


class Dues:
    """Views of sources, entries, deliveries and held; nothing is written here."""

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    def version(self) -> tuple[int, int]:
        """Another one whenever anybody has written since, in this process or in another."""
        # Commits of other connections, and rows that were changed over this one.
        (others,) = self._db.conn.execute("pragma data_version").fetchone()
        return others, self._db.conn.total_changes

    def next(
        self, now: datetime, sources: Container[str], channels: Collection[str]
    ) -> datetime | None:
        """When the first poll of these, reading or delivery is due; None where none waits.

        It may be long past, where its turn has not come. What is put off for longer than
        anything is was so by a clock that was wrong: that is due now.
        """
        polls = self._db.conn.execute("select name, next_poll from sources order by next_poll")
        dues = [next((at for name, at in polls if name in sources), None)]
        dues += self._ends("read_at", "entries where stage = 'pending'", now)
        for channel in channels:
            queued = f"deliveries where state = 'queued' and channel = ? and not {HELD}"
            dues += self._ends("next_at", queued, now, channel)
        found = [at for at in dues if at is not None]
        return moment(min(found)) if found else None

    def _ends(self, column: str, rows: str, now: datetime, *values: str) -> list[str]:
        """The first of a column's times, with now where the last is too far away."""
        # In two, or SQLite goes through all rows.
        first, last = (
            self._db.conn.execute(f"select {end}({column}) from {rows}", values).fetchone()[0]  # noqa: S608 - our own words
            for end in ("min", "max")
        )
        if first is None:
            return []
        return [first, stamp(now)] if last > stamp(now + LONGEST) else [first]

    def holds(self) -> bool:
        """Whether anything waits to be told in a summary or a digest."""
        row = self._db.conn.execute("select 1 from held where told_by is null limit 1")
        return row.fetchone() is not None
