"""Words of the stored articles: SQLite's FTS5 over text that was folded and stemmed before.

Articles queue in `unsearched` when they are stored or changed, and are filled in
in small steps, so that neither a poll nor an upgrade waits for it.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from typing import Any

from sqlite_utils import Database


def queue(db: Database, article_id: int) -> None:
    """Have an article's words filled in with the next batch."""
    db.execute("insert or ignore into unsearched (article_id) values (?)", [article_id])


class Search:
    """Three tables: found, searched, unsearched."""

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    def waiting(self) -> int:
        """How many articles are still to be filled in."""
        return int(self._db.conn.execute("select count(*) from unsearched").fetchone()[0])

    def complete(self) -> bool:
        """Whether nothing is to be filled in."""
        return self._db.conn.execute("select 1 from unsearched limit 1").fetchone() is None

    def fill(self, indexed: Callable[[str], str], articles: int, letters: int) -> int:
        """Fill in the newest that wait, up to so many articles and letters; how many it were.

        `indexed` gives the words of a text as they are looked for.
        """
        rows = self._db.conn.execute(
            """select u.article_id, a.title, a.text from unsearched u
               left join articles a on a.id = u.article_id order by u.article_id desc limit ?""",
            [articles],
        )
        # Taken from the newest on, and put in as they came: what is added at the end of a
        # table fills its pages, what is added before it leaves them half empty.
        taken: list[tuple[int, str | None, str | None]] = []
        for row in rows:
            taken.append(row)
            letters -= len(row[2] or "")
            if letters <= 0:
                break
        for article_id, title, text in reversed(taken):
            self._take_out(article_id)
            if title is not None:
                self._put_in(article_id, indexed(title), indexed(text or ""))
            self._db.conn.execute("delete from unsearched where article_id = ?", [article_id])
        return len(taken)

    def _put_in(self, article_id: int, title: str, text: str) -> None:
        self._db.conn.execute(
            "insert into found (rowid, title, text) values (?, ?, ?)", [article_id, title, text]
        )
        self._db.conn.execute(
            "insert into searched (article_id, packed) values (?, ?)",
            [article_id, zlib.compress(f"{title}\n{text}".encode())],
        )

    def _take_out(self, article_id: int) -> None:
        """What it was filled with, letter by letter: FTS5 finds by it what to take out."""
        row = self._db.conn.execute(
            "select packed from searched where article_id = ?", [article_id]
        ).fetchone()
        if row is None:
            return
        title, _, text = zlib.decompress(row[0]).decode().partition("\n")
        self._db.conn.execute(
            "insert into found (found, rowid, title, text) values ('delete', ?, ?, ?)",
            [article_id, title, text],
        )
        self._db.conn.execute("delete from searched where article_id = ?", [article_id])

    def find(
        self,
        query: str,
        *,
        story: str | None,
        since: str | None,
        limit: int,
        stories: Sequence[str],
    ) -> list[dict[str, Any]]:
        """Articles that match an FTS5 query, newest first, with band and development by story.

        `story` keeps those that are *on* it or *maybe*; `since` is compared with the
        article's own date, or where it has none with when it was first seen.
        """
        marks = ",".join("?" * len(stories))
        rows = list(
            self._db.query(
                """select a.id, a.url, a.link, a.title, a.text, a.outlet, a.source, a.language,
                      a.published, a.first_seen, a.relation, a.original_id
                    from found f join articles a on a.id = f.rowid
                    where found match ?1
                      and (?2 is null or exists (select 1 from verdicts v where v.article_id = a.id
                             and v.story = ?2 and v.band != 'off'))
                      and (?3 is null or coalesce(a.published, a.first_seen) >= ?3)
                    order by a.first_seen desc, a.id desc limit ?4""",
                [query, story, since, limit],
            )
        )
        for row in rows:
            row["stories"] = list(
                self._db.query(
                    f"""select v.story, v.band, max(v.score) as score, m.development
                        from verdicts v left join members m
                          on m.story = v.story and m.article_id = v.article_id
                        where v.article_id = ? and v.story in ({marks})
                        group by v.story""",  # noqa: S608 - marks only
                    [row["id"], *stories],
                )
            )
        return rows
