"""What messages of many have told and have to tell, and whether the daemon and its channels live."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from monitor.model import Band, Covered, Named
from monitor.store.rows import ELSEWHERE, moment, stamp

_LOOKED_AT = 1000  # of the best: a busy day judges tens of thousands


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A channel on which a delivery was given up, and none was taken since."""

    id: int
    channel: str
    began: datetime
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """What waits on a channel since then, with its receiver's last answer.

    `may_wait`: a notice, which quiet hours put off, and which was not tried before their end.
    """

    channel: str
    may_wait: bool
    since: datetime
    reply: str


class Bulletins:
    """Three tables: digests, pulse, lost. What writes is called inside a transaction."""

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    # ---- digests

    def covered(self, channel: str) -> Covered | None:
        """The channel's last digest; None where it was never looked at."""
        row = self._db.conn.execute(
            "select nominal, covered from digests where channel = ?", [channel]
        ).fetchone()
        return row and Covered(nominal=moment(row[0]), until=moment(row[1]))

    def cover(self, channel: str, nominal: datetime | None, until: datetime) -> None:
        """Note that a digest is queued, or that digests begin."""
        self._db.execute(
            """insert into digests (channel, nominal, covered) values (?, ?, ?)
               on conflict (channel) do update set
                 nominal = excluded.nominal, covered = excluded.covered""",
            [channel, stamp(nominal), stamp(until)],
        )

    def developments(
        self, channel: str, stories: Collection[str], since: datetime, limit: int
    ) -> tuple[list[Named], int]:
        """Developments that brought something new since then, the newest first; how many more.

        What is held on the channel is left out.
        """
        marks = ",".join("?" * len(stories))
        rows = list(
            self._db.query(
                f"""select d.story, d.id as development, a.id as article_id, a.title, a.link,
                      a.outlet, a.source, a.language, a.published, a.first_seen as at,
                      coalesce((select max(v.score) from verdicts v
                        where v.article_id = a.id and v.story = d.story), 0) as score,
                      (select count(*) from members m
                        where m.story = d.story and m.development = d.id) as reports,
                      exists (select 1 from told t where t.story = d.story
                        and t.original_id = d.id and t.channel = ?) as alerted
                    from developments d join articles a on a.id = d.id
                    where d.story in ({marks}) and d.last_new >= ? and not exists (
                      select 1 from held h where h.channel = ? and h.story = d.story
                        and h.original_id = d.id and h.told_by is null)
                    order by d.last_new desc, d.id desc""",  # noqa: S608 - marks only
                [channel, *stories, stamp(since), channel],
            )
        )
        return [_named(row, "on") for row in rows[:limit]], max(0, len(rows) - limit)

    def articles(
        self, stories: Collection[str], band: Band, since: datetime, limit: int
    ) -> tuple[list[Named], int]:
        """Articles whose last verdict since then is of a band, the best first; how many more.

        Those of a baseline are left out, and of the ones that are off those that belong to
        another story, or nearly.
        """
        marks = ",".join("?" * len(stories))
        rows = list(
            self._db.query(
                f"""select v.story, a.id as article_id, a.title, a.link, a.outlet, a.source,
                      a.language, a.published, v.score, max(v.judged_at) as at,
                      null as development, 1 as reports, 0 as alerted, count(*) over () as total
                    from (select * from verdicts
                      where story in ({marks}) and band = ? and judged_at >= ?
                      order by score desc limit {_LOOKED_AT}) v
                    join articles a on a.id = v.article_id
                    join entries e on e.id = v.entry_id
                    where e.baseline = 0 and a.relation <> 'copy' and not exists (
                        select 1 from verdicts w where w.article_id = v.article_id
                          and (w.story = v.story and w.judged_at > v.judged_at
                            or v.band = 'off' and w.band <> 'off'))
                    group by v.story, a.id order by v.score desc, a.id limit ?""",  # noqa: S608 - marks and our own number
                [*stories, band, stamp(since), limit],
            )
        )
        total = rows[0]["total"] if rows else 0
        return [_named(row, band) for row in rows], max(0, total - limit)

    def entries(self, since: datetime) -> int:
        """How many new entries the sources have shown since then."""
        return int(
            self._db.conn.execute(
                "select coalesce(sum(fresh), 0) from polls where last_at > ?", [stamp(since)]
            ).fetchone()[0]
        )

    def judged(self, stories: Collection[str], since: datetime) -> int:
        """How many articles were judged since then, those ruled out by the headline too."""
        marks = ",".join("?" * len(stories))
        return sum(
            int(count)
            for (count,) in self._db.conn.execute(
                f"""select count(distinct article_id) from verdicts
                    where story in ({marks}) and band in ('on', 'maybe', 'off') and judged_at > ?
                    group by story""",  # noqa: S608 - marks only
                [*stories, stamp(since)],
            )
        )

    def given_up(self, since: datetime) -> int:
        """Deliveries that were given up since then."""
        return int(
            self._db.conn.execute(
                """select count(*) from deliveries
                   where state in ('given-up', 'dismissed') and settled_at > ?
                     and coalesce(reply, '') <> ?""",
                [stamp(since), ELSEWHERE],
            ).fetchone()[0]
        )

    # ---- the daemon's life

    def beat(self, now: datetime) -> None:
        """The daemon is alive."""
        self._db.execute(
            """insert into pulse (one, at) values (1, ?)
               on conflict (one) do update set at = excluded.at""",
            [stamp(now)],
        )

    def alive(self) -> datetime | None:
        """When the daemon was last alive."""
        row = self._db.conn.execute("select at from pulse").fetchone()
        return moment(row[0]) if row else None

    def wake(self, since: datetime, now: datetime) -> None:
        """It was away since then, and is back."""
        self._db.execute("update pulse set since = ?, woke = ?", [stamp(since), stamp(now)])

    def set_back(self, now: datetime, away: timedelta) -> None:
        """The clock was ahead when it woke, or a channel was lost; see `Store.set_back`."""
        self._db.execute(
            """update pulse set since = case when since <= ?1 then since end,
                 woke = case when since <= ?1 then ?2 end where woke > ?2""",
            [stamp(now - away), stamp(now)],
        )
        self._db.execute(
            "update lost set began = ?1 where ended is null and began > ?1", [stamp(now)]
        )

    def woke(self) -> tuple[datetime, datetime] | None:
        """The last long absence."""
        row = self._db.conn.execute(
            "select since, woke from pulse where woke is not null"
        ).fetchone()
        return (moment(row[0]), moment(row[1])) if row else None

    # ---- channels that do not arrive

    def lost(self) -> list[Lost]:
        """Channels known to be lost."""
        return [
            Lost(id=number, channel=channel, began=moment(began), detail=detail or "")
            for number, channel, began, detail in self._db.conn.execute(
                "select id, channel, began, detail from lost where ended is null"
            )
        ]

    def failing(self, channel: str) -> dict[str, Any] | None:
        """Its last delivery that was given up, where none was taken since."""
        return self.failures([channel]).get(channel)

    def failures(self, channels: Collection[str]) -> dict[str, dict[str, Any]]:
        """The same of many channels, in one question: those that have one."""
        rows = self._db.query(
            """select d.channel, d.settled_at, d.reply
               from json_each(?1) c cross join deliveries d on d.id = (
                 select e.id from deliveries e where e.channel = c.value
                   and e.state in ('given-up', 'dismissed') and coalesce(e.reply, '') <> ?2
                   and e.settled_at > coalesce((select max(t.settled_at) from deliveries t
                     where t.channel = c.value and t.state = 'delivered'), '')
                 order by e.settled_at desc limit 1)""",
            [json.dumps([*channels]), ELSEWHERE],
        )
        return {row["channel"]: row for row in rows}

    def lose(self, channel: str, began: datetime, detail: str) -> None:
        """A channel is lost."""
        self._db.execute(
            "insert or ignore into lost (channel, began, detail) values (?, ?, ?)",
            [channel, stamp(began), detail],
        )

    def found(self, number: int, now: datetime) -> None:
        """It is well again, or gone from the configuration."""
        self._db.execute("update lost set ended = ? where id = ?", [stamp(now), number])

    def taken(self, channel: str, since: datetime) -> bool:
        """Whether its receiver has taken a message since then."""
        row = self._db.conn.execute(
            """select 1 from deliveries where channel = ? and state = 'delivered'
                 and settled_at > ? limit 1""",
            [channel, stamp(since)],
        ).fetchone()
        return row is not None

    def refusing(self, before: datetime, attempts: int, now: datetime) -> list[Refused]:
        """The deliveries that wait for longest on their channels, none taken there meanwhile.

        They wait since before then, were tried so often, and are for another attempt: one that
        is due may be taken the next moment.
        """
        # All channels in one question: it is asked with every look of an idle daemon.
        rows = self._db.conn.execute(
            """select d.channel, exists (select 1 from messages m join notices n on n.id = m.alert_id
                   where m.id = d.message_id) as may_wait, min(d.created), d.reply
               from deliveries d
               where d.state = 'queued' and d.created < ? and d.attempts >= ? and d.claimed = 0
                 and d.next_at > ? group by 1, 2""",
            [stamp(before), attempts, stamp(now)],
        ).fetchall()
        found = [
            Refused(channel=channel, may_wait=bool(may_wait), since=moment(str(since)), reply=reply or "")
            for channel, may_wait, since, reply in rows
        ]  # fmt: skip
        return [each for each in found if not self.taken(each.channel, each.since)]

    def stuck(self, channel: str, since: datetime) -> bool:
        """Whether a delivery of it has been failing since then."""
        row = self._db.conn.execute(
            """select 1 from deliveries where channel = ? and state = 'queued' and attempts > 0
                 and created < ? limit 1""",
            [channel, stamp(since)],
        ).fetchone()
        return row is not None


def _named(row: dict[str, Any], band: Band) -> Named:
    return Named(
        story=row["story"],
        article_id=row["article_id"],
        title=row["title"],
        link=row["link"],
        outlet=row["outlet"],
        source=row["source"],
        language=row["language"],
        score=row["score"],
        at=moment(row["at"]),
        band=band,
        development=row["development"],
        reports=row["reports"],
        published=moment(row["published"]),
        alerted=bool(row["alerted"]),
    )
