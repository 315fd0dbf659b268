"""Alerts and notices, the messages rendered from them, and their deliveries: the outbox.

Rows are written in the transaction that stores the article or the trouble. Every attempt sends
the stored bytes under the stored key, so a receiver can drop a repeat.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlite_utils import Database

from monitor.model import Alert, Bulletin, Delivery, Message, Notice, Receipt, Sequel
from monitor.store.care import HELD
from monitor.store.rows import ELSEWHERE, LONGEST, moment, stamp

_HOLDS_BACK = 6  # failed attempts, about ten minutes, after which the next alert goes first
_REPLY = 300  # characters of an answer that are kept


class Outbox:
    """Six tables: alerts, told, notices, bulletins, messages, deliveries."""

    def __init__(
        self, db: Database, transaction: Callable[[], AbstractContextManager[None]]
    ) -> None:
        """Use an open database and the store's way to a transaction."""
        self._db = db
        self._transaction = transaction

    # ---- written in the article's transaction

    def told(self, story: str, original: int) -> set[str]:
        """Channels on which this group was told; '*' when a baseline told it."""
        rows = self._db.conn.execute(
            "select channel from told where story = ? and original_id = ?", [story, original]
        )
        return {channel for (channel,) in rows}

    def tell(self, story: str, original: int, channels: Collection[str], alert: str | None) -> None:
        """Note that the group is told on these channels."""
        self._db.conn.executemany(
            "insert or ignore into told (story, original_id, channel, alert_id) values (?, ?, ?, ?)",
            [(story, original, channel, alert) for channel in channels],
        )

    def add(
        self, alert: Alert, article_id: int, messages: Sequence[Message], now: datetime
    ) -> None:
        """Queue an alert: its messages, one delivery for each recipient."""
        self._db.execute(
            "insert into alerts (id, story, article_id, kind, created) values (?, ?, ?, ?, ?)",
            [alert.id, alert.story.name, article_id, alert.kind, stamp(alert.created)],
        )
        self._queue(alert.id, messages, now)

    def notify(
        self,
        notice: Notice | Sequel,
        title: str,
        messages: Sequence[Message],
        now: datetime,
        *,
        after: Mapping[str, datetime] = MappingProxyType({}),
    ) -> None:
        """Queue a notice in the same way; `title` stands for it in the log.

        On the channels named by `after` it is not sent before then.
        """
        self._db.execute(
            "insert into notices (id, kind, title, created) values (?, ?, ?, ?)",
            [notice.id, notice.kind, title, stamp(notice.created)],
        )
        self._queue(notice.id, messages, now, after)

    def announce(self, bulletin: Bulletin, message: Message, title: str, now: datetime) -> None:
        """Queue a bulletin on its channel."""
        self._db.execute(
            "insert into bulletins (id, channel, kind, title, created) values (?, ?, ?, ?, ?)",
            [bulletin.id, message.channel, bulletin.kind, title, stamp(bulletin.created)],
        )
        self._queue(bulletin.id, [message], now)

    def _queue(
        self,
        told: str,
        messages: Sequence[Message],
        now: datetime,
        after: Mapping[str, datetime] = MappingProxyType({}),
    ) -> None:
        for message in messages:
            row = self._db.conn.execute(
                """insert into messages (alert_id, channel, key, content_type, body)
                   values (?, ?, ?, ?, ?) returning id""",
                [told, message.channel, message.key, message.content_type, message.body],
            ).fetchone()
            self._db.conn.executemany(
                """insert into deliveries (message_id, channel, recipient, state, next_at, created)
                   values (?, ?, ?, 'queued', ?, ?)""",
                [
                    (
                        row[0],
                        message.channel,
                        recipient,
                        stamp(after.get(message.channel, now)),
                        stamp(now),
                    )
                    for recipient in message.recipients
                ],
            )

    # ---- the courier's side

    def claim(self, channel: str, now: datetime, limit: int, lease: timedelta) -> list[Delivery]:
        """Due deliveries of a channel, oldest first, out of others' reach until the lease ends.

        A recipient gets alerts in order: an earlier one that waits for another attempt
        holds later ones back, until it has failed so often that it may never go.

        A claim is only a later `next_at`: when the process dies the lease runs out
        and the row is due again by itself. Nothing is claimed while the store is held.
        """
        # Asked every second, and nearly always in vain: that needs no writer's lock.
        waiting = "select 1 from deliveries where state = 'queued' and channel = ? limit 1"
        if self._db.conn.execute(waiting, [channel]).fetchone() is None:
            return []
        with self._transaction():
            if self._db.conn.execute(f"select {HELD}").fetchone()[0]:
                return []
            # Whom each recipient waits for is found once, not for every row, and bodies are
            # read for the chosen alone: a receiver may be away for days.
            rows = list(
                self._db.query(
                    """with holding as (
                         select recipient, min(id) as first from deliveries
                         where state = 'queued' and channel = ?1 and attempts < ?3
                           and (attempts > 0 or claimed = 1)  -- not what is put off
                           and next_at > ?2 and next_at <= ?5
                         group by recipient),
                       due as (
                         select d.id from deliveries d
                         left join holding h on h.recipient = d.recipient
                         where d.state = 'queued' and d.channel = ?1
                           and (d.next_at <= ?2 or d.next_at > ?5)
                           and (h.first is null or d.id < h.first)
                         order by d.id limit ?4)
                       select d.id, d.channel, d.recipient, d.attempts, d.created,
                         m.key, m.content_type, m.body
                       from due join deliveries d on d.id = due.id
                       join messages m on m.id = d.message_id order by d.id""",
                    [channel, stamp(now), _HOLDS_BACK, limit, stamp(now + LONGEST)],
                )
            )
            self._db.conn.executemany(
                "update deliveries set next_at = ?, claimed = 1 where id = ?",
                [(stamp(now + lease), row["id"]) for row in rows],
            )
        return [_delivery(row) for row in rows]

    def delivered(self, delivery_id: int, receipt: Receipt, now: datetime) -> None:
        """The receiver took it."""
        self._settle(delivery_id, "delivered", receipt.status, receipt.reply, now)

    def give_up(self, delivery_id: int, error: str, status: int | None, now: datetime) -> None:
        """No further attempt; visible in `monitor alerts` and `monitor status`."""
        self._settle(delivery_id, "given-up", status, error, now)

    def _settle(
        self, delivery_id: int, state: str, status: int | None, reply: str, now: datetime
    ) -> None:
        with self._transaction():
            self._db.execute(
                """update deliveries set state = ?1, attempts = attempts + 1, settled_at = ?2,
                     taken_at = case ?1 when 'delivered' then coalesce(taken_at, ?2) else taken_at end,
                     status = ?3, reply = ?4 where id = ?5 and state = 'queued'""",
                [state, stamp(now), status, reply[:_REPLY], delivery_id],
            )

    def retry(self, delivery_id: int, error: str, status: int | None, at: datetime) -> None:
        """Try again at `at`."""
        with self._transaction():
            self._db.execute(
                """update deliveries set attempts = attempts + 1, next_at = ?, claimed = 0,
                     status = ?, reply = ? where id = ? and state = 'queued'""",
                [stamp(at), status, error[:_REPLY], delivery_id],
            )

    def release(self, now: datetime) -> None:
        """When the one daemon begins, anew or after a reload: what was claimed is due at once."""
        with self._transaction():
            self._db.execute(
                """update deliveries set next_at = ?, claimed = 0
                   where state = 'queued' and claimed = 1""",
                [stamp(now)],
            )

    def hasten(self, now: datetime) -> None:
        """The clock was set back: what waits for a time of the wrong future is due now.

        Which that is cannot be told from the next attempt of one that failed, so that all
        of these are; what quiet hours put off waits for its time. Once, in a transaction.
        """
        self._db.execute(
            """update deliveries set next_at = ?1
               where state = 'queued' and claimed = 0 and next_at > ?1
                 and (attempts > 0 or next_at = created)""",
            [stamp(now)],
        )
        # Whether a channel takes what it is sent is told by what became of its last delivery.
        self._db.execute(
            "update deliveries set settled_at = ?1 where settled_at > ?1", [stamp(now)]
        )

    def resend(
        self,
        alert_id: str | None,
        now: datetime,
        *,
        channels: Collection[str] | None = None,
        since: datetime | None = None,
        lost: bool = False,
    ) -> int:
        """Queue deliveries again, same key and bytes; how many. When one was first taken stays known.

        One that is queued already is due at once, and waits since when it did.
        Those of an alert, notice or summary, whatever became of them; `lost` only what did not arrive.
        Without one, what was given up (since then) and not told elsewhere. `channels` None are all.
        """
        with self._transaction():
            cursor = self._db.conn.execute(
                """update deliveries set state = 'queued', next_at = ?1, claimed = 0,
                     created = case state when 'queued' then created else ?1 end,
                     attempts = 0, settled_at = null
                   where (?3 is null or channel in (select value from json_each(?3)))
                     and case when ?2 is null
                     then state = 'given-up' and reply is not ?4 and (?5 is null or settled_at >= ?5)
                     else message_id in (select id from messages where alert_id = ?2)
                       and (not ?6 or state in ('given-up', 'dismissed') and reply is not ?4) end""",
                [stamp(now), alert_id, _json(channels), ELSEWHERE, stamp(since), lost],
            )
        return cursor.rowcount

    def dismiss(
        self,
        alert_id: str | None,
        *,
        channels: Collection[str] | None = None,
        since: datetime | None = None,
    ) -> int:
        """Let go what was given up: it is counted and queued again no more; how many.

        Those of an alert; without one, all (since then). Sending that alert again by its id
        stays possible.
        """
        with self._transaction():
            cursor = self._db.conn.execute(
                """update deliveries set state = 'dismissed'
                   where state = 'given-up' and reply is not ?3
                     and (?2 is null or channel in (select value from json_each(?2)))
                     and (?4 is null or settled_at >= ?4)
                     and (?1 is null or message_id in (select id from messages where alert_id = ?1))""",
                [alert_id, _json(channels), ELSEWHERE, stamp(since)],
            )
        return cursor.rowcount

    def told_elsewhere(self, now: datetime) -> int:
        """Another monitor has sent what is queued here: none of it goes out; how many.

        Inside a transaction.
        """
        return self._db.conn.execute(
            """update deliveries set state = 'given-up', settled_at = ?,
                 reply = ? where state = 'queued'""",
            [stamp(now), ELSEWHERE],
        ).rowcount


def _json(channels: Collection[str] | None) -> str | None:
    return None if channels is None else json.dumps([*channels])


def _delivery(row: dict[str, Any]) -> Delivery:
    return Delivery(
        id=row["id"],
        channel=row["channel"],
        recipient=row["recipient"],
        key=row["key"],
        content_type=row["content_type"],
        body=bytes(row["body"]),
        attempts=row["attempts"],
        created=moment(row["created"]),
    )
