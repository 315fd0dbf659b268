"""Troubles and floods as they are kept."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from monitor.model import Episode, Trouble
from monitor.store.rows import moment, stamp

_AWAY = 50  # spans without polls that are looked at
_ONE_FLOOD = timedelta(hours=24)  # in which a source's upheavals are one


@dataclass(frozen=True, slots=True, kw_only=True)
class Flood:
    """One upheaval of a source. `told_at` is when its last summary went out."""

    id: int
    source: str
    began: datetime
    why: str
    told_at: datetime | None


class Health:
    """Two tables: episodes, floods. What writes is called inside a transaction."""

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    # ---- episodes

    def open(self) -> list[Episode]:
        """Episodes that have not ended."""
        return self._episodes("where ended is null")

    def waiting(self) -> list[Episode]:
        """Open ones not told yet, and ended ones whose end is still to be told."""
        return self._episodes(
            """where (ended is null and told_at is null)
                 or (ended is not null and recovery_told_at is null) order by id"""
        )

    def episodes(self, limit: int) -> list[Episode]:
        """The newest of all, newest first."""
        return self._episodes("order by id desc limit ?", limit)

    def away(self) -> list[tuple[datetime, datetime]]:
        """Spans in which nothing could be polled, the newest last."""
        found = self._episodes(
            "where state in ('offline', 'asleep') and ended is not null order by id desc limit ?",
            _AWAY,
        )
        return [(each.began, each.ended) for each in reversed(found) if each.ended is not None]

    def told_before(self, episode: Episode) -> datetime | None:
        """When a trouble of the same subject was told last."""
        row: tuple[str | None] = self._db.conn.execute(
            """select max(told_at) from episodes where source is ? and story is ?
               and (source is not null or story is not null or state = ?)""",
            [episode.source, episode.story, episode.state],
        ).fetchone()
        return moment(row[0])

    def last_message(self) -> datetime | None:
        """When troubles or recoveries were told last."""
        row: tuple[str | None] = self._db.conn.execute(
            """select max(created) from notices
               where kind not in ('flood', 'changed', 'gone', 'withdrawn')"""
        ).fetchone()
        return moment(row[0])

    def begin(self, episodes: Iterable[Episode], now: datetime) -> None:
        """Keep new episodes."""
        self._db.conn.executemany(
            """insert into episodes (source, story, state, reason, facts, began, noted, ended)
               values (?, ?, ?, ?, ?, ?, ?, ?)""",
            [
                (
                    each.source,
                    each.story,
                    each.state,
                    each.reason,
                    json.dumps(dict(each.facts), ensure_ascii=False),
                    stamp(each.began),
                    stamp(now),
                    stamp(each.ended),
                )
                for each in episodes
            ],
        )

    def end(self, episodes: Iterable[Episode], now: datetime, *, silently: bool = False) -> None:
        """Note that they are over; `silently` where nobody is to hear of it."""
        self._db.conn.executemany(
            "update episodes set ended = ?1, recovery_told_at = ?2 where id = ?3 and ended is null",
            [(stamp(now), stamp(now) if silently else None, each.id) for each in episodes],
        )

    def set_back(self, now: datetime, away: timedelta) -> None:
        """The clock was ahead; see `Store.set_back`. What is told already is told."""
        self._db.execute(
            """delete from episodes where state = 'asleep' and ended > ? and began > ?
                 and recovery_told_at is null""",
            [stamp(now), stamp(now - away)],
        )
        # What began in the wrong future lasts since now at the earliest.
        self._db.execute(
            """update episodes set began = min(began, ?1), noted = min(noted, ?1),
                 ended = min(ended, ?1) where ended > ?1 or began > ?1 or noted > ?1""",
            [stamp(now)],
        )

    def know(self, episode: int, now: datetime | None) -> bool | None:
        """Note that somebody knows of a trouble, or with None that nobody does.

        False where it was so already, None where it is over or there is none.
        """
        row = self._db.conn.execute(
            "select known_at is not null from episodes where id = ? and ended is null", [episode]
        ).fetchone()
        if row is None:
            return None
        if bool(row[0]) == (now is not None):
            return False
        self._db.execute("update episodes set known_at = ? where id = ?", [stamp(now), episode])
        return True

    def told(self, episodes: Iterable[Episode], now: datetime) -> None:
        """Note what a message told; an earlier end of the same subject is settled by it."""
        for each in episodes:
            if each.ended is None:
                self._db.execute(
                    "update episodes set told_at = ? where id = ?", [stamp(now), each.id]
                )
            self._db.execute(
                """update episodes set recovery_told_at = ?1
                   where ended is not null and recovery_told_at is null and source is ?2
                     and story is ?3 and (source is not null or story is not null or state = ?4)""",
                [stamp(now), each.source, each.story, each.state],
            )

    def _episodes(self, where: str, *values: object) -> list[Episode]:
        rows = self._db.conn.execute(
            f"""select id, source, story, state, reason, facts, began, noted, told_at, ended,
                  recovery_told_at, known_at from episodes {where}""",  # noqa: S608 - our own words
            values,
        )
        return [_episode(*row) for row in rows]

    def standing(self) -> list[tuple[str | None, str | None, bool, int]]:
        """Trouble, failure of the last poll and whether never polled, of how many sources."""
        troubled = self._db.conn.execute(
            """select e.state, s.failure, s.last_poll is null, count(*)
               from episodes e join sources s on s.name = e.source
               where e.ended is null and s.active = 1 group by 1, 2, 3"""
        ).fetchall()
        # The others are what is left of all: few have a trouble, and all are many.
        counts = {
            (failure, unpolled): count
            for failure, unpolled, count in self._db.conn.execute(
                """select failure, last_poll is null, count(*) from sources
                   where active = 1 group by 1, 2"""
            )
        }
        for _, failure, unpolled, count in troubled:
            counts[failure, unpolled] -= count
        return [
            *((trouble, failure, bool(unpolled), n) for trouble, failure, unpolled, n in troubled),
            *((None, failure, bool(unpolled), n) for (failure, unpolled), n in counts.items() if n),
        ]

    def overdue(self, before: datetime) -> int:
        """How many sources have been due since then."""
        return int(
            self._db.conn.execute(
                "select count(*) from sources where active = 1 and next_poll < ?", [stamp(before)]
            ).fetchone()[0]
        )

    # ---- floods

    def begin_flood(self, source: str, why: str, now: datetime) -> int:
        """Note an upheaval and return its number; one not told yet goes on.

        So does one told a short while ago: what comes of it is told, but not once more
        that it is there. Some sites change their addresses with every visit.
        """
        row = self._db.conn.execute(
            """select id from floods where source = ? and (told_at is null or told_at > ?)
               order by id desc limit 1""",
            [source, stamp(now - _ONE_FLOOD)],
        ).fetchone()
        if row is None:
            row = self._db.conn.execute(
                "insert into floods (source, began, why) values (?, ?, ?) returning id",
                [source, stamp(now), why],
            ).fetchone()
        return int(row[0])

    def floods(self) -> list[Flood]:
        """Those with something to tell: not told at all, or with alerts held since."""
        return [
            Flood(
                id=row["id"],
                source=row["source"],
                began=moment(row["began"]),
                why=row["why"],
                told_at=moment(row["told_at"]),
            )
            for row in self._db.query(
                """select * from floods where id in (
                     select id from floods where told_at is null
                     union select flood from held where reason = 'flood' and told_by is null) order by id"""
            )
        ]

    def flood_told(self, flood: int, now: datetime) -> None:
        """Note that its summary is queued."""
        self._db.execute("update floods set told_at = ? where id = ?", [stamp(now), flood])


def _episode(
    number: int,
    source: str | None,
    story: str | None,
    state: Trouble,
    reason: str,
    facts: str,
    began: str,
    noted: str,
    told_at: str | None,
    ended: str | None,
    recovery_told_at: str | None,
    known_at: str | None,
) -> Episode:
    return Episode(
        id=number,
        source=source,
        story=story,
        state=state,
        reason=reason,
        facts=json.loads(facts),
        began=moment(began),
        noted=moment(noted),
        told_at=moment(told_at),
        ended=moment(ended),
        recovery_told_at=moment(recovery_told_at),
        known_at=moment(known_at),
    )
