"""Words of the stored articles: SQLite's FTS5 over text that was folded and stemmed before.

Articles queue in `unsearched` when they are stored or changed, and are filled in
in small steps, so that neither a poll nor an upgrade waits for it.

The index has no copy of what it was filled with, and needs the very same words to take an
article out. They are made again of what the article says or, since triggers note that when
it changes, of what it said; so the index holds to one folding, and a program that has another empties it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlite_utils import Database

from monitor.store.rows import deflate, inflate
from monitor.text.terms import FOLDING, indexed

# Between title and text a word that nobody can ask for: no phrase goes from one to the other.
_BETWEEN = " \ue000 "


def arrived(db: Database, texts: Iterable[tuple[int, str]]) -> None:
    """Texts of new articles, by their ids: their words are filled in with the next batches.

    They are packed away then, so that a poll need not. A changed article queues by itself.
    """
    db.conn.executemany("insert into unsearched (article_id, text) values (?, ?)", texts)


def changed(db: Database, texts: Iterable[tuple[int, str]]) -> None:
    """What articles say from now on, by their ids."""
    db.conn.executemany(
        """insert into texts (article_id, packed) values (?, ?)
           on conflict (article_id) do update set packed = excluded.packed""",
        ((article_id, deflate(text)) for article_id, text in texts),
    )


class Search:
    """Three tables: found, unsearched, searched."""

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    def waiting(self) -> int:
        """How many articles are still to be filled in."""
        return int(self._db.conn.execute("select count(*) from unsearched").fetchone()[0])

    def complete(self) -> bool:
        """Whether nothing is to be filled in."""
        return self._db.conn.execute("select 1 from unsearched limit 1").fetchone() is None

    def is_current(self) -> bool:
        """Whether the index is of the folding that this program knows."""
        row = self._db.conn.execute("select folding from searched").fetchone()
        return row is not None and row[0] == FOLDING

    def renew(self) -> None:
        """Where it is not, all articles wait to be filled in anew; inside a transaction."""
        if self.is_current():
            return
        run = self._db.conn.execute
        run("insert into found (found) values ('delete-all')")
        run("update unsearched set former_title = null, former_packed = null")
        run("insert or ignore into unsearched (article_id) select id from articles")
        run("insert or replace into searched (one, folding) values (1, ?)", [FOLDING])

    def fill(self, articles: int, letters: int) -> int:
        """Fill in the newest that wait, up to so many articles and letters; how many it were.

        None where another version of the program, which folds in another way, has opened the
        database since.
        """
        if not self.is_current():
            return 0
        rows = self._db.conn.execute(
            """select u.article_id, u.text, u.former_title, u.former_packed, a.title, a.text
               from unsearched u left join printed a on a.id = u.article_id
               order by u.article_id desc limit ?""",
            [articles],
        )
        # Taken from the newest on, and put in as they came: what is added at the end of a
        # table fills its pages, what is added before it leaves them half empty.
        taken: list[tuple[int, str | None, str | None, bytes | None, str | None, str | None]] = []
        for row in rows:
            taken.append(row)
            letters -= len(row[5] or "")
            if letters <= 0:
                break
        run = self._db.conn.execute
        for article_id, new, former, packed, title, text in reversed(taken):
            if former is not None:
                words = _words(former, inflate(packed) if packed else "")
                run(
                    "insert into found (found, rowid, words) values ('delete', ?, ?)",
                    [article_id, words],
                )
            if title is not None:
                words = _words(title, text or "")
                run("insert into found (rowid, words) values (?, ?)", [article_id, words])
                if new is not None:
                    run(
                        "insert or ignore into texts (article_id, packed) values (?, ?)",
                        [article_id, deflate(new)],
                    )
            run("delete from unsearched where article_id = ?", [article_id])
        return len(taken)

    def find(
        self,
        query: str,
        *,
        story: str | None,
        since: str | None,
        limit: int,
        stories: Sequence[str],
        before: tuple[str, int] | None = None,
    ) -> list[dict[str, Any]]:
        """Articles that match an FTS5 query, newest first, with band and development by story.

        `story` keeps those that are *on* it or *maybe*; order and `since` go by the article's
        own date, or where it has none by when it was first seen; `before` is that of one, with
        its id: those that stand after it.
        """
        marks = ",".join("?" * len(stories))
        rows = list(
            self._db.query(
                """select n.*, p.text from (
                      select a.id, a.url, a.link, a.title, a.outlet, a.source, a.language,
                        a.published, a.first_seen, a.relation, a.original_id
                      from found f join articles a on a.id = f.rowid
                      where found match ?1
                        and (?2 is null or exists (select 1 from verdicts v
                          where v.article_id = a.id and v.story = ?2 and v.band != 'off'))
                        and (?3 is null or coalesce(a.published, a.first_seen) >= ?3)
                        and (?5 is null or (coalesce(a.published, a.first_seen), a.id) < (?5, ?6))
                      order by coalesce(a.published, a.first_seen) desc, a.id desc limit ?4) n
                    join printed p on p.id = n.id
                    order by coalesce(n.published, n.first_seen) desc, n.id desc""",
                [query, story, since, limit, *(before or (None, None))],
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


def _words(title: str, text: str) -> str:
    return f"{indexed(title)}{_BETWEEN}{indexed(text)}"
