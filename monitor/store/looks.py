"""When told articles are looked at again, and what the last looks made of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from monitor.store.aftermath import told_rows
from monitor.store.rows import moment, stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One told article on its way to the next look."""

    article_id: int
    site: str
    told_at: datetime
    suspect: str | None
    since: datetime | None
    times: int


class Looks:
    """One table of the same name. What writes is called in a transaction."""

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    def untracked(self, since: datetime) -> list[tuple[int, str, str, datetime]]:
        """Articles told since then of which no look is planned: id, link, source, when."""
        new = "o.article_id not in (select article_id from looks)"
        rows = self._db.conn.execute(
            f"""select t.article_id, r.link, r.source, min(t.at) from ({told_rows(new)}) t
                join articles r on r.id = t.article_id
                where t.at >= ? group by t.article_id""",  # noqa: S608 - our own words
            [stamp(since)],
        )
        return [(number, link, source, moment(at)) for number, link, source, at in rows]

    def track(
        self, article_id: int, site: str, told_at: datetime, next_at: datetime | None
    ) -> None:
        """Plan the first look; None for one that is never looked at."""
        self._db.execute(
            "insert or ignore into looks (article_id, site, told_at, next_at) values (?, ?, ?, ?)",
            [article_id, site, stamp(told_at), stamp(next_at)],
        )

    def due(self, now: datetime, limit: int) -> list[tuple[int, str]]:
        """Articles whose next look has come, and their sites, the longest due first."""
        return self._db.conn.execute(
            "select article_id, site from looks where next_at <= ? order by next_at limit ?",
            [stamp(now), limit],
        ).fetchall()

    def load(self, article_id: int) -> Look | None:
        """One that is still to be looked at."""
        row = self._db.conn.execute(
            """select article_id, site, told_at, suspect, since, times from looks
               where article_id = ? and next_at is not null""",
            [article_id],
        ).fetchone()
        return row and Look(
            article_id=row[0],
            site=row[1],
            told_at=moment(row[2]),
            suspect=row[3],
            since=moment(row[4]),
            times=row[5],
        )

    def looked(
        self,
        article_id: int,
        outcome: str,
        next_at: datetime | None,
        now: datetime,
        *,
        suspect: str | None = None,
        since: datetime | None = None,
        times: int = 0,
    ) -> None:
        """Note a look and when the next one is."""
        self._db.execute(
            """update looks set looks = looks + 1, last_at = ?, outcome = ?, next_at = ?,
                 suspect = ?, since = ?, times = ? where article_id = ?""",
            [stamp(now), outcome, stamp(next_at), suspect, stamp(since), times, article_id],
        )

    def postpone(self, article_id: int, next_at: datetime) -> None:
        """Look later; nothing was seen now."""
        self._db.execute(
            "update looks set next_at = ? where article_id = ? and next_at is not null",
            [stamp(next_at), article_id],
        )

    def call(self, article_ids: Iterable[int], now: datetime) -> None:
        """Look at these now: there is reason to."""
        self._db.conn.executemany(
            "update looks set next_at = ?1 where article_id = ?2 and next_at > ?1",
            [(stamp(now), article_id) for article_id in article_ids],
        )

    def neighbours(self, look: Look, since: datetime, limit: int) -> list[int]:
        """The last told articles of the same site that are looked at and were not since then."""
        rows = self._db.conn.execute(
            """select article_id from looks where site = ? and article_id <> ?
                 and next_at is not null and suspect is null and coalesce(last_at, '') < ?
               order by told_at desc limit ?""",
            [look.site, look.article_id, stamp(since), limit],
        )
        return [article_id for (article_id,) in rows]

    def fellows(self, look: Look, since: datetime) -> list[int]:
        """Others of the site that seem, or were found, shrunk or gone since then."""
        rows = self._db.conn.execute(
            """select article_id from looks where site = ?1 and article_id <> ?2 and (
                 (suspect is not null and since >= ?3) or article_id in (
                   select article_id from changes where at >= ?3 and kind in ('shrunk', 'gone')))
               order by article_id""",
            [look.site, look.article_id, stamp(since)],
        )
        return [article_id for (article_id,) in rows]

    def site_told(self, site: str, since: datetime) -> bool:
        """Whether it was told since then that articles of the site changed together."""
        row = self._db.conn.execute(
            """select 1 from changes c join looks l on l.article_id = c.article_id
               where l.site = ? and c.at >= ? and c.told = 'site notice' limit 1""",
            [site, stamp(since)],
        ).fetchone()
        return row is not None

    def hasten(self, now: datetime) -> None:
        """The clock was set back: what was told in the wrong future was told now."""
        self._db.execute(
            "update looks set told_at = ?1, next_at = ?1 where told_at > ?1 and next_at is not null",
            [stamp(now)],
        )
