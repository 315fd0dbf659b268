"""Stored articles in the order in which they were first seen, to be judged once more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from monitor.model import Article, Band, Fingerprint, TextKind
from monitor.store.rows import moment, stamp

_BATCH = 200
_PRINT = Fingerprint(exact="", title="", sketch=(), words=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """One stored article and what became of it for one story.

    `band` and `score` are its best verdict's; `brief` says that its text is not there: the
    headline ruled it out and its page was never fetched, or it was let go. `original` is the first of its group of
    copies, `edited` that it is one in an editor's words, `compared` that it was looked for;
    `baseline` that it came with a source's first poll, `last_read` when that source was read before.
    """

    id: int
    article: Article
    original: int | None
    baseline: bool
    band: Band | None
    score: float
    brief: bool
    edited: bool = False
    compared: bool = True
    last_read: datetime | None = None


class History:
    """Views over articles, entries and verdicts; nothing is written."""

    batch = _BATCH

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    def alerts(self, story: str, since: datetime | None) -> int:
        """How many alerts of a story were queued for articles first seen since then."""
        row = self._db.conn.execute(
            """select count(*) from alerts t join articles a on a.id = t.article_id
               where t.story = ?1 and (?2 is null or a.first_seen >= ?2)""",
            [story, stamp(since)],
        ).fetchone()
        return int(row[0])

    def count(self, since: datetime | None) -> int:
        """How many articles were first seen since then."""
        row = self._db.conn.execute(
            "select count(*) from articles where ?1 is null or first_seen >= ?1", [stamp(since)]
        ).fetchone()
        return int(row[0])

    def articles(self, story: str, since: datetime | None) -> Iterator[list[Past]]:
        """Batches of articles, oldest first; memory holds one batch."""
        last = 0
        readings = _Readings(self._db)
        while True:
            rows = list(
                self._db.query(
                    """select a.*, coalesce((select e.baseline from entries e
                           where e.article_id = a.id order by e.id limit 1), 0) as baseline,
                         (select e.source from entries e
                           where e.article_id = a.id order by e.id limit 1) as shown_by
                       from printed a where a.id > ?1 and (?2 is null or a.first_seen >= ?2)
                       order by a.id limit ?3""",
                    [last, stamp(since), _BATCH],
                )
            )
            if not rows:
                return
            given = {
                article: verdict
                for article, *verdict in self._db.conn.execute(
                    """select article_id, band, max(score), reasons is null from verdicts
                       where story = ? and article_id between ? and ? group by article_id""",
                    [story, rows[0]["id"], rows[-1]["id"]],
                )
            }
            last = rows[-1]["id"]
            yield [
                _past(
                    row,
                    *given.get(row["id"], (None, 0.0, 0)),
                    last_read=readings.before(row["shown_by"], row["first_seen"]),
                )
                for row in rows
            ]

    def below(self, story: str, since: datetime, limit: int) -> list[int]:
        """Articles weighed since then that were never on and have no label, by score."""
        return [
            article
            for article, _ in self._db.conn.execute(
                """select v.article_id, max(v.score) as score from verdicts v
                   where v.story = ?1 and v.band in ('maybe', 'off') and v.judged_at >= ?2
                     and v.reasons is not null
                     and not exists (select 1 from verdicts w where w.article_id = v.article_id
                       and w.story = v.story and w.band = 'on')
                     and coalesce((select l.said from labels l where l.story = v.story
                       and l.article_id = v.article_id order by l.id desc limit 1), 'none') = 'none'
                   group by v.article_id order by score desc, v.article_id desc limit ?3""",
                [story, stamp(since), limit],
            )
        ]

    def scores(self, story: str) -> list[tuple[str, str, float, str | None]]:
        """Each judged article's last verdict: when, band, score, and what a label says of it."""
        return [
            (at, band, score, said)
            for at, band, score, said in self._db.conn.execute(
                """select max(v.judged_at), v.band, v.score,
                     (select l.said from labels l where l.story = v.story
                        and l.article_id = v.article_id order by l.id desc limit 1)
                   from verdicts v where v.story = ? group by v.article_id""",
                [story],
            )
        ]


class _Readings:
    """When each source was last read, asked in the order of time: the ledger is gone through once."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._ahead: list[tuple[int, str, str, str]] = []  # of the ledger, the next one last
        self._place = 0
        # Before a first reading a source is read from when it was named.
        self._last: dict[str, str] = dict(db.conn.execute("select name, declared from sources"))

    def before(self, source: str | None, at: str) -> datetime | None:
        """The end of the last reading that began before then."""
        while self._more() and self._ahead[-1][2] < at:
            _, name, _, self._last[name] = self._ahead.pop()
        last = self._last.get(source or "")
        return moment(last and min(last, at))

    def _more(self) -> bool:
        if not self._ahead:
            self._ahead = self._db.conn.execute(
                """select id, source, first_at, last_at from polls
                   where id > ? and outcome in ('new', 'same', 'not-modified', 'unchanged')
                   order by id limit 5000""",
                [self._place],
            ).fetchall()
            if self._ahead:
                self._place = self._ahead[-1][0]
                self._ahead.reverse()
        return bool(self._ahead)


def _past(
    row: dict[str, Any],
    band: Band | None,
    score: float,
    brief: int,
    *,
    last_read: datetime | None,
) -> Past:
    kind: TextKind = row["kind"]
    return Past(
        id=row["id"],
        article=Article(
            url=row["url"],
            link=row["link"],
            addresses=(),
            source=row["source"],
            outlet=row["outlet"],
            title=row["title"],
            text=row["text"],
            kind=kind,
            language=row["language"],
            author=row["author"],
            published=moment(row["published"]),
            updated=moment(row["updated"]),
            first_seen=moment(row["first_seen"]),
            fingerprint=_PRINT,
            aggregator=bool(row["aggregator"]),
        ),
        original=row["original_id"],
        baseline=bool(row["baseline"]),
        band=band,
        score=score,
        brief=bool(brief) or row["dropped"] is not None,
        edited=bool(row["edited"]),
        compared=row["relation"] != "uncompared",
        last_read=last_read,
    )
