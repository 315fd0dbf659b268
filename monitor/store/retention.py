"""What need not be kept for ever is let go: texts that matched no story.

Addresses, headlines, fingerprints and verdicts stay, so that an old article which comes
back is known, and `explain` can still say why it was off.
"""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from monitor.store import search
from monitor.store.rows import stamp
from monitor.store.search import queue


class Retention:
    """Lets go in small steps; what writes is called inside a transaction."""

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    def drop(self, before: datetime, now: datetime, limit: int) -> int:
        """Let go of the texts of articles first seen before then; how many, at most `limit`.

        Never of one that was ever *on* or *maybe* for any story, nor of one whose copy
        was; nor of one that no verdict is kept of, or that has a label.
        """
        rows = self._db.conn.execute(
            """select a.id from articles a where a.dropped is null and a.first_seen < ?1
                 and exists (select 1 from verdicts v where v.article_id = a.id)
                 and not exists (
                   select 1 from verdicts v where v.article_id = a.id and v.band <> 'off')
                 and not exists (
                   select 1 from articles c join verdicts v on v.article_id = c.id
                   where c.original_id = a.id and v.band <> 'off')
                 and not exists (select 1 from members m where m.article_id = a.id)
                 and not exists (select 1 from labels l where l.article_id = a.id)
                 and not exists (select 1 from labels l where l.article_id = a.id)
               order by a.first_seen limit ?2""",
            [stamp(before), limit],
        ).fetchall()
        self._db.conn.executemany(
            "update articles set text = '', dropped = ? where id = ?",
            [(stamp(now), article) for (article,) in rows],
        )
        # `search` finds it by its headline from now on.
        for (article,) in rows:
            queue(self._db, article)
        self._db.conn.executemany("update revisions set text = '' where article_id = ?", rows)
        for (article,) in rows:
            search.queue(self._db, article)
        return len(rows)

    def shrink(self, pages: int) -> bool:
        """Give so many free pages back to the disk; False where none is left to give.

        Only a file that was made to be able to: an older one uses its free pages again.
        Outside of a transaction.
        """
        (mode,) = self._db.conn.execute("pragma auto_vacuum").fetchone()
        (free,) = self._db.conn.execute("pragma freelist_count").fetchone()
        if mode != 2 or not free:
            return False
        self._db.conn.execute(f"pragma incremental_vacuum({int(pages)})").fetchall()
        return True
