"""What a page shows at a glance. It is asked for often, so each statement finds by an index."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from monitor.store.developments import MEMBERS
from monitor.store.rows import ELSEWHERE, named, stamp


class Glance:
    """Views over verdicts, polls and deliveries; nothing is written here."""

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    def doubtful(self, story: str, since: datetime, limit: int) -> list[dict[str, Any]]:
        """Articles judged since then that are *maybe* and nothing more, the newest first.

        That is by their last verdict, without a label, in no development, and no copies.
        """
        return named(
            self._db.conn,
            """select a.id, a.title, a.link, a.outlet, a.source, a.language, a.published,
                 a.first_seen, j.score, r.threshold, max(j.judged_at) as judged_at
               from rulings r cross join judgements j on j.ruling = r.id
               cross join articles a on a.id = j.article_id
               where r.story = ?1 and r.band = 'maybe' and j.judged_at >= ?2
                 and a.relation <> 'copy'
                 and not exists (select 1 from members m
                   where m.story = ?1 and m.article_id = a.id)
                 and not exists (select 1 from judgements k join rulings s on s.id = k.ruling
                   where k.article_id = a.id and s.story = ?1 and k.judged_at > j.judged_at)
                 and coalesce((select said from labels where story = ?1 and article_id = a.id
                   order by id desc limit 1), 'none') = 'none'
               group by a.id order by judged_at desc, a.id desc limit ?3""",
            [story, stamp(since), limit],
        )

    def bands(self, story: str, development: int) -> dict[int, str]:
        """By article of a development, the band of its last verdict."""
        rows = self._db.conn.execute(
            f"""select m.article_id, (select r.band from judgements j join rulings r on r.id = j.ruling
                  where j.article_id = m.article_id and r.story = ?1
                  order by j.judged_at desc limit 1)
                from members m where {MEMBERS}""",  # noqa: S608 - our own words
            [story, development],
        )
        return {article: band for article, band in rows if band}

    def gaps(self, since: datetime, limit: int) -> list[dict[str, Any]]:
        """The newest spans that ended since then in which a source may have shown what no poll saw."""
        return named(
            self._db.conn,
            """select p.source, p.first_at as until,
                 (select q.last_at from polls q where q.source = p.source and q.id < p.id
                    and q.outcome in ('new', 'same', 'not-modified', 'unchanged')
                  order by q.id desc limit 1) as since
               from polls p where p.last_at >= ?1 and p.first_at >= ?1 and p.gap = 1
               order by p.last_at desc limit ?2""",
            [stamp(since), limit],
        )

    def given_up(self, channels: Sequence[str]) -> int:
        """How many deliveries of these channels were given up, and told by no other monitor."""
        return sum(
            int(
                self._db.conn.execute(
                    """select count(*) from deliveries
                       where channel = ? and state = 'given-up' and reply is not ?""",
                    [channel, ELSEWHERE],
                ).fetchone()[0]
            )
            for channel in channels
        )
