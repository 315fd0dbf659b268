"""The labels that users gave, as an append-only log of which the last of an article counts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, Literal

from sqlite_utils import Database

from monitor.model import Label
from monitor.store.rows import stamp

Said = Literal["yes", "no", "none"]

_LAST = """select story, article_id, max(id) as id from labels
           where (?1 is null or story = ?1) group by story, article_id"""


class Labels:
    """One table: labels. Nothing is overwritten: a change of mind is another row."""

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    def said(self, story: str, article_id: int) -> str | None:
        """The label that an article has: yes or no, None for none."""
        row = self._db.conn.execute(
            "select said from labels where story = ? and article_id = ? order by id desc limit 1",
            [story, article_id],
        ).fetchone()
        return None if row is None or row[0] == "none" else str(row[0])

    def standing(self, story: str, articles: Collection[int]) -> dict[int, str]:
        """By article of these the label that it has, where it has one."""
        marks = ",".join("?" * len(articles))
        rows = self._db.conn.execute(
            f"""select article_id, said from labels
                where story = ? and article_id in ({marks}) order by id""",  # noqa: S608 - marks only
            [story, *articles],
        )
        return {article: said for article, said in dict(rows.fetchall()).items() if said != "none"}

    def say(self, story: str, article_id: int, said: Said, now: datetime) -> str | None:
        """Note a yes, a no, or that it is taken back; what was said before, None for nothing.

        The same word again is no change and writes nothing.
        """
        before = self.said(story, article_id)
        if said != (before or "none"):
            self._db.execute(
                "insert into labels (story, article_id, said, at) values (?, ?, ?, ?)",
                [story, article_id, said, stamp(now)],
            )
        return before

    def version(self) -> dict[str, int]:
        """By story, a number that grows with every change."""
        return dict(
            self._db.conn.execute("select story, max(id) from labels group by story").fetchall()
        )

    def of(self, story: str) -> list[Label]:
        """A story's labels as they stand, with the articles' text, in the order they were given."""
        rows = self._db.conn.execute(
            f"""with last as ({_LAST})
                select l.article_id, l.said, a.title, a.text, a.language
                from last join labels l on l.id = last.id
                join printed a on a.id = l.article_id
                where l.said != 'none' order by l.id""",  # noqa: S608 - our own words
            [story],
        )
        return [
            Label(article=article, yes=said == "yes", title=title, text=text, language=language)
            for article, said, title, text, language in rows
        ]

    def listing(self, story: str | None) -> list[dict[str, Any]]:
        """Every label as it stands, newest first, with its article's headline."""
        return list(
            self._db.query(
                f"""with last as ({_LAST})
                    select l.story, l.article_id as id, l.said, l.at, a.title, a.link, a.outlet,
                      a.source, a.language
                    from last join labels l on l.id = last.id
                    join articles a on a.id = l.article_id
                    where l.said != 'none' order by l.id desc""",  # noqa: S608 - our own words
                [story],
            )
        )

    def log(self, story: str | None = None, article_id: int | None = None) -> list[dict[str, Any]]:
        """Every change there ever was, oldest first."""
        return list(
            self._db.query(
                """select l.story, l.article_id as id, l.said, l.at, a.title
                   from labels l join articles a on a.id = l.article_id
                   where (?1 is null or l.story = ?1) and (?2 is null or l.article_id = ?2)
                   order by l.id""",
                [story, article_id],
            )
        )
