"""What need not be kept for ever is let go: texts that matched no story.

Addresses, headlines, fingerprints and verdicts stay, so that an old article which comes
back is known, and `explain` can still say why it was off.
"""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import datetime
from typing import Final

from sqlite_utils import Database

from monitor.store.rows import stamp
from monitor.store.search import changed

Place = tuple[str, int]  # when an article was first seen, and its id
FIRST: Final[Place] = ("", 0)


class Retention:
    """Lets go in small steps; what writes is called inside a transaction."""

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    def drop(
        self, before: datetime, now: datetime, limit: int, after: Place = FIRST
    ) -> tuple[int, Place | None]:
        """Let go of the texts of articles first seen before then: how many, and where to go on.

        Looks at no more than `limit`, after the place where the step before ended; None where
        none is left. Never of one that was ever *on* or *maybe* for any story, nor of one
        whose copy was; nor of one that no verdict is kept of, or that has a label.
        """
        # By their place: what stays, which grows with the years, is not gone through again
        # by every step.
        looked_at = self._db.conn.execute(
            """select first_seen, id from articles
               where dropped is null and first_seen < ?1 and (first_seen, id) > (?2, ?3)
               order by first_seen, id limit ?4""",
            [stamp(before), *after, limit],
        ).fetchall()
        rows = self._db.conn.execute(
            f"""select a.id from articles a where a.id in ({",".join("?" * len(looked_at))})
                 and exists (select 1 from verdicts v where v.article_id = a.id)
                 and not exists (
                   select 1 from verdicts v where v.article_id = a.id and v.band <> 'off')
                 and not exists (
                   select 1 from articles c join verdicts v on v.article_id = c.id
                   where c.original_id = a.id and v.band <> 'off')
                 and not exists (
                   select 1 from verdicts v join members m on m.story = v.story
                     and m.article_id = v.article_id where v.article_id = a.id)
                 and not exists (select 1 from labels l where l.article_id = a.id)""",  # noqa: S608 - marks only
            [article for _, article in looked_at],
        ).fetchall()
        self._db.conn.executemany(
            "update articles set dropped = ? where id = ?",
            [(stamp(now), article) for (article,) in rows],
        )
        # `search` finds it by its headline from now on.
        changed(self._db, [(article, "") for (article,) in rows])
        # Rows that shrink leave their pages to the table; those that are taken out give them back.
        self._db.conn.executemany("delete from texts where article_id = ?", rows)
        changed(self._db, [(article, "") for (article,) in rows])
        self._db.conn.executemany("update revisions set text = '' where article_id = ?", rows)
        return len(rows), looked_at[-1] if len(looked_at) == limit else None

    def settle(self) -> None:
        """Bring what the log of changes has into the file itself, as far as nothing is in the way.

        A store that is written little would lie in its log alone for weeks, and whoever copies
        the file would copy nothing. Outside of a transaction.
        """
        # A full disk is told by what must be written; the log is as good until the next time.
        with contextlib.suppress(sqlite3.OperationalError):
            self._db.conn.execute("pragma wal_checkpoint(passive)").fetchall()

    def shrink(self, pages: int) -> bool:
        """Give so many free pages back to the disk; False where none is left to give.

        Only a file that was made to be able to: an older one uses its free pages again.
        Outside of a transaction.
        """
        (mode,) = self._db.conn.execute("pragma auto_vacuum").fetchone()
        (free,) = self._db.conn.execute("pragma freelist_count").fetchone()
        if mode != 2 or not free:
            return False
        # A script, for `execute` of Python 3.11 ends a statement without columns at its first page.
        self._db.conn.executescript(f"pragma incremental_vacuum({int(pages)})")
        return True
