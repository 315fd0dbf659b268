"""The stories by their names, and by the seeds that they keep under another."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

from sqlite_utils import Database

# Where a story's name stands.
_TABLES = (
    "alerts",
    "told",
    "episodes",
    "developments",
    "members",
    "held",
    "labels",
    "desk",
    "background",
    "withdrawals",
    "rulings",
)
_SAME = 0.5  # more of the seeds of both than this are the other's as well


class Stories:
    """One table of names, and the rows of eleven under them."""

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    def declare(self, stories: Mapping[str, Collection[str]]) -> list[tuple[str, str]]:
        """Note the stories by name, with digests of their seeds; which were renamed, from and to.

        A new name with most seeds of a story that is declared no more is that story: were it
        taken for another, all that was told would be told again, and labels and developments
        would be lost. One under whose new name something is stored already stays as it is.
        Inside a transaction.
        """
        known = {
            name: frozenset(json.loads(seeds))
            for name, seeds in self._db.conn.execute(
                "select name, seeds from stories where now is null"
            )
        }
        gone = {name: seeds for name, seeds in known.items() if name not in stories}
        renamed = []
        for name, seeds in stories.items():
            if name in known or self._any_of(name):
                continue
            likest = max(gone, key=lambda former: _alike(gone[former], seeds), default=None)
            if likest is not None and _alike(gone[likest], seeds) > _SAME:
                del gone[likest]
                self._rename(likest, name)
                renamed.append((likest, name))
        self._db.conn.executemany(
            "insert or replace into stories (name, seeds) values (?, ?)",
            [(name, json.dumps(sorted(seeds))) for name, seeds in stories.items()],
        )
        return renamed

    def present(self, name: str) -> str:
        """The name that a story has by now: links of older letters carry the one that it had."""
        seen = {name}
        while row := self._db.conn.execute(
            "select now from stories where name = ? and now is not null", [name]
        ).fetchone():
            name = row[0]
            if name in seen:
                break
            seen.add(name)
        return name

    def first(self, name: str) -> str:
        """The name that a story had at first, as far as is known."""
        seen = {name}
        while row := self._db.conn.execute(
            "select min(name) from stories where now = ?", [name]
        ).fetchone():
            if row[0] is None or row[0] in seen:
                break
            name = row[0]
            seen.add(name)
        return name

    def _any_of(self, name: str) -> bool:
        return any(
            self._db.conn.execute(
                f"select 1 from {table} where story = ? limit 1",  # noqa: S608 - our own names
                [name],
            ).fetchone()
            for table in _TABLES
        )

    def _rename(self, former: str, name: str) -> None:
        for table in _TABLES:
            self._db.conn.execute(
                f"update {table} set story = ? where story = ?",  # noqa: S608 - our own names
                [name, former],
            )
        self._db.conn.execute("update stories set now = ? where name = ?", [name, former])


def _alike(one: Collection[str], other: Collection[str]) -> float:
    """The share of all that both have."""
    return len({*one} & {*other}) / (len({*one} | {*other}) or 1)
