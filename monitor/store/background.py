"""Which sentences a story has seen again and again, by their marks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from sqlite_utils import Database

from monitor.store.rows import stamp

# What was not seen again for so long is forgotten before it is known.
_FORGOTTEN = timedelta(days=90)
# Rows forgotten at a time, so that no transaction is long.
_AT_ONCE = 200

Sighting = tuple[int, int]
Judge = Callable[[Sequence[Sighting], int, int], tuple[Sequence[Sighting], bool] | None]


class Backgrounds:
    """One table: background. What makes a mark known is its judge's word."""

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    def known(self, story: str) -> frozenset[int]:
        """The marks of a story's background sentences; some hundreds after years."""
        rows = self._db.conn.execute(
            "select mark from background where story = ? and known", [story]
        )
        return frozenset(mark for (mark,) in rows)

    def note(
        self, story: str, marks: Iterable[int], event: int, now: datetime, judge: Judge
    ) -> None:
        """Note that sentences of these marks stood under an event; call inside a transaction."""
        for mark in marks:
            row = self._db.conn.execute(
                "select sightings from background where story = ? and mark = ?", [story, mark]
            ).fetchone()
            seen = [(event, day) for event, day in json.loads(row[0])] if row else []
            found = judge(seen, event, now.toordinal())
            if found is None:
                continue
            sightings, known = found
            self._db.execute(
                """insert into background (story, mark, sightings, known, last)
                   values (?, ?, ?, ?, ?)
                   on conflict (story, mark) do update set sightings = excluded.sightings,
                     known = excluded.known, last = excluded.last""",
                [story, mark, json.dumps(sightings), int(known), stamp(now)],
            )
        self._db.execute(
            """delete from background where (story, mark) in
                (select story, mark from background where not known and last < ? limit ?)""",
            [stamp(now - _FORGOTTEN), _AT_ONCE],
        )
