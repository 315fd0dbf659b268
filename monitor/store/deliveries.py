"""What became of deliveries: the outbox as it is asked, with the alert, notice or bulletin of each.

Nothing is written here.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from monitor.store.rows import ELSEWHERE, moment, stamp

_LAST = 2**63 - 1  # above every number of a row


class Deliveries:
    """The tables of `Outbox`, read alone."""

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    def log(
        self,
        limit: int,
        *,
        channel: str | None = None,
        state: str | None = None,
        before: int | None = None,
    ) -> list[dict[str, Any]]:
        """Deliveries with their alert and article, or their notice, newest first.

        `before` leaves out the `delivery` of this number and all that are newer.
        """
        return list(
            self._db.query(
                """select d.id as delivery, m.alert_id as alert, a.story, a.article_id as article, coalesce(a.kind, 'notice.' || n.kind, b.kind) as kind,
                     coalesce(a.created, n.created, b.created) as created, d.channel, d.recipient, d.state,
                     d.attempts, d.next_at, d.claimed, d.settled_at, d.status, d.reply, m.key,
                     coalesce(r.title, n.title, b.title) as title, r.link, r.outlet
                   from deliveries d join messages m on m.id = d.message_id
                   left join alerts a on a.id = m.alert_id
                   left join articles r on r.id = a.article_id
                   left join notices n on n.id = m.alert_id
                   left join bulletins b on b.id = m.alert_id
                   where d.id < ?4 and (?2 is null or d.channel = ?2) and (?3 is null or d.state = ?3)
                   order by d.id desc limit ?1""",
                [limit, channel, state, _LAST if before is None else before],
            )
        )

    def of(self, originals: Collection[int]) -> list[dict[str, Any]]:
        """Deliveries of every alert that told of these developments or groups, oldest first.

        `article_id` and `kind` say which report of which `story` each told of, and as what; null for a summary.
        `taken_at` is when it was first delivered, `state` what became of it last.
        """
        # `told` names the first alert on each channel; those of updates are found by their articles.
        rows = self._db.query(
            """with recursive asked as (select value as id from json_each(?)),
                 -- Each story once; "cross join" keeps the order in which indexes serve.
                 telling_story as (
                   select min(story) as name from told
                   union all
                   select (select min(t.story) from told t where t.story > telling_story.name)
                   from telling_story where telling_story.name is not null),
                 grouping_story as (
                   select min(story) as name from members
                   union all
                   select (select min(b.story) from members b where b.story > grouping_story.name)
                   from grouping_story where grouping_story.name is not null),
                 telling as (
                   select t.alert_id as id from telling_story cross join asked cross join told t
                     on t.story = telling_story.name and t.original_id = asked.id
                   union select told_by from held where original_id in asked
                   union select id from alerts where article_id in asked
                   union select a.id from grouping_story cross join asked
                     cross join members b on b.story = grouping_story.name and b.development = asked.id
                     cross join alerts a on a.article_id = b.article_id and a.story = b.story)
               select m.alert_id as alert, a.story, a.article_id, a.kind, d.channel, d.recipient, d.state,
                 d.attempts, d.next_at, d.settled_at, d.taken_at, d.status, d.reply
               from telling t cross join messages m on m.alert_id = t.id
               cross join deliveries d on d.message_id = m.id
               left join alerts a on a.id = t.id order by d.id""",
            [json.dumps([*originals])],
        )
        return list(rows)

    def counts(self) -> dict[str, dict[str, int]]:
        """Deliveries by channel and state."""
        found: dict[str, dict[str, int]] = {}
        for channel, state, count in self._db.conn.execute(
            "select channel, state, count(*) from deliveries group by channel, state"
        ):
            found.setdefault(channel, {})[state] = count
        return found

    def few(self, state: str) -> int:
        """How many deliveries are in a state that few are in, however many there are of others."""
        # Channel by channel, as the index has them; most of what lies in it was delivered.
        found = self._db.conn.execute(
            """with recursive named(name) as (
                 select min(channel) from deliveries
                 union all
                 select (select min(d.channel) from deliveries d where d.channel > named.name)
                 from named where named.name is not null)
               select count(*) from named
               cross join deliveries d on d.channel = named.name and d.state = ?""",
            [state],
        ).fetchone()
        return int(found[0])

    def given_up(self) -> dict[str, int]:
        """Deliveries by channel that were given up, and that no other monitor has sent."""
        return dict(
            self._db.conn.execute(
                """select channel, count(*) from deliveries
                   where state = 'given-up' and reply is not ? group by channel""",
                [ELSEWHERE],
            ).fetchall()
        )

    def waiting(self) -> dict[str, int]:
        """Queued deliveries by channel."""
        # Counted by what only the index of the queued has: the other goes through all there are.
        return dict(
            self._db.conn.execute(
                """select channel, count(next_at) from deliveries
                   where state = 'queued' group by channel"""
            ).fetchall()
        )

    def stranded(self, channels: Collection[str]) -> dict[str, int]:
        """Queued deliveries of channels other than these, which nobody carries."""
        return {
            channel: count for channel, count in self.waiting().items() if channel not in channels
        }

    def refused(self) -> dict[str, dict[str, Any]]:
        """By channel, of what waits for another attempt: the last answer, and when it is made.

        `since` is when the oldest of these was queued.
        """
        return {
            row["channel"]: row
            for row in self._db.query(
                """select channel, min(created) as since, min(next_at) as next_at, reply, max(id)
                   from deliveries where state = 'queued' and attempts > 0 group by channel"""
            )
        }

    def oldest(self, now: datetime) -> datetime | None:
        """When the delivery was queued that has waited longest; what is put off does not wait."""
        row: tuple[str | None] = self._db.conn.execute(
            """select min(created) from deliveries
               where state = 'queued' and (attempts > 0 or next_at <= ?)""",
            [stamp(now)],
        ).fetchone()
        return moment(row[0])

    def due(self, now: datetime) -> int:
        """How many deliveries wait for an attempt now."""
        return int(
            self._db.conn.execute(
                "select count(*) from deliveries where state = 'queued' and next_at <= ?",
                [stamp(now)],
            ).fetchone()[0]
        )
