"""Alerts held back: for the end of quiet hours, under a ceiling, for a digest or a flood's end.

A row stands for a development on a channel until a message that tells it is queued; that, and
nothing sooner, makes it told. Whatever comes of the development meanwhile joins the row.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, get_args

from sqlite_utils import Database

from monitor.model import Held, HoldReason, Lately, Named, Waiting
from monitor.store.rows import SLACK, moment, stamp

REASONS: Mapping[str, HoldReason] = {reason: reason for reason in get_args(HoldReason)}


class Holds:
    """One table: held. What writes is called inside a transaction."""

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    def put(
        self,
        channel: str,
        story: str,
        original: int,
        article_id: int,
        *,
        kind: str,
        reason: HoldReason,
        score: float,
        now: datetime,
        until: datetime | None = None,
        flood: int | None = None,
        urgent: bool = False,
    ) -> None:
        """Hold an alert; where its development is held already, it joins it there."""
        self._db.execute(
            """insert into held (channel, story, original_id, article_id, kind, reason, until, flood,
                 urgent, score, held_at)
               values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
               on conflict (channel, story, original_id) where told_by is null do update set
                 urgent = max(urgent, excluded.urgent), score = max(score, excluded.score)""",
            [
                channel,
                story,
                original,
                article_id,
                kind,
                reason,
                stamp(until),
                flood,
                int(urgent),
                score,
                stamp(now),
            ],
        )

    def holds(self, channel: str, story: str, original: int) -> HoldReason | None:
        """Why a development is held on a channel; None where it is not."""
        row = self._db.conn.execute(
            """select reason from held where channel = ? and story = ? and original_id = ?
               and told_by is null""",
            [channel, story, original],
        ).fetchone()
        return REASONS[row[0]] if row else None

    def told(self, channel: str, items: Iterable[tuple[str, int]], by: str) -> None:
        """Note which message tells these developments (story, id), here and where they count."""
        rows = [(by, channel, story, original) for story, original in items]
        self._db.conn.executemany(
            """update held set told_by = ? where channel = ? and story = ? and original_id = ?
                 and told_by is null""",
            rows,
        )
        # The first message of a development stays the one that `told` names.
        self._db.conn.executemany(
            """insert into told (alert_id, channel, story, original_id) values (?, ?, ?, ?)
               on conflict (story, original_id, channel) do update set
                 alert_id = coalesce(alert_id, excluded.alert_id)""",
            rows,
        )

    def defer(self, flood: int, story: str, channel: str, reason: HoldReason, until: datetime | None, now: datetime) -> None:  # fmt: skip
        """What a flood has held goes on to the channel's own rhythm."""
        self._db.execute(
            """update held set reason = ?, until = ?, held_at = ?
               where flood = ? and story = ? and channel = ? and reason = 'flood'
                 and told_by is null""",
            [reason, stamp(until), stamp(now), flood, story, channel],
        )

    def told_elsewhere(self) -> int:
        """Another monitor has told what is held: it counts as told, and no message names it."""
        self._db.execute(
            """insert or ignore into told (story, original_id, channel, alert_id)
               select story, original_id, channel, null from held where told_by is null"""
        )
        return self._db.conn.execute(
            "update held set told_by = 'another monitor' where told_by is null"
        ).rowcount

    # ---- what the judges ask

    def lately(self, channel: str, span: timedelta, now: datetime) -> Lately:
        """The messages queued on a channel within a span of time, and whether a ceiling holds any."""
        # What a clock ahead of its time has stamped is not of the last hour.
        (sent,) = self._db.conn.execute(
            """select count(distinct message_id) from deliveries
               where channel = ? and created > ? and created <= ?""",
            [channel, stamp(now - span), stamp(now + SLACK)],
        ).fetchone()
        waits = self._db.conn.execute(
            "select 1 from held where channel = ? and reason = 'ceiling' and told_by is null limit 1",
            [channel],
        ).fetchone()
        return Lately(sent=sent, waiting=waits is not None)

    def waiting(self, channel: str) -> dict[HoldReason, Waiting]:
        """What is held on a channel for its own rhythm, by reason."""
        rows = self._db.conn.execute(
            """select reason, min(held_at), max(held_at) from held
               where channel = ? and told_by is null and reason <> 'flood' group by reason""",
            [channel],
        )
        return {
            REASONS[reason]: Waiting(first=moment(first), last=moment(last))
            for reason, first, last in rows
        }

    # ---- what is told in one message

    def named(self, channel: str, reasons: Collection[HoldReason]) -> list[Named]:
        """What is held on a channel for one of these reasons, the first first."""
        rows = self._db.query(
            """select h.*, a.title, a.link, a.outlet, a.source, a.language, a.published,
                 case when h.kind = 'update' then m.new_facts end as new_facts,
                 (select c.new_facts from members c
                   where c.story = h.story and c.development = h.original_id
                     and c.new_facts <> '[]' and c.joined >= h.held_at and c.article_id <> h.article_id
                   order by c.joined desc, c.article_id desc limit 1) as later_facts,
                 (select count(*) from members c
                   where c.story = h.story and c.development = h.original_id) as reports
               from held h join articles a on a.id = h.article_id
               left join members m on m.story = h.story and m.article_id = h.article_id
               where h.channel = ? and h.told_by is null
                 and h.reason in (select value from json_each(?)) order by h.id""",
            [channel, json.dumps(sorted(reasons))],
        )
        return [_named(row) for row in rows]

    def of_flood(self, flood: int) -> dict[tuple[str, str], tuple[Held, ...]]:
        """What waits for a flood's summary, by story and channel, the likeliest first."""
        found: dict[tuple[str, str], tuple[Held, ...]] = {}
        for row in self._db.query(
            """select h.story, h.channel, h.score, h.original_id, a.id, a.title, a.link, a.outlet,
                 a.source, a.language
               from held h join articles a on a.id = h.article_id
               where h.flood = ? and h.reason = 'flood' and h.told_by is null
               order by h.score desc, a.id""",
            [flood],
        ):
            whose = row["story"], row["channel"]
            found[whose] = (*found.get(whose, ()), _held(row))
        return found

    # ---- looked at

    def listing(self) -> list[dict[str, Any]]:
        """All that is held now, the newest first."""
        return list(
            self._db.query(
                """select h.channel, h.story, h.kind, h.reason, h.until, h.held_at, h.urgent,
                     h.original_id as development, a.id as article, a.title, a.link, a.outlet
                   from held h join articles a on a.id = h.article_id
                   where h.told_by is null order by +h.id desc"""
            )
        )

    def of(self, originals: Collection[int]) -> list[dict[str, Any]]:
        """The holds of these developments or groups, those that were told since as well."""
        return list(
            self._db.query(
                """select channel, story, kind, reason, until, held_at, told_by from held
                   where original_id in (select value from json_each(?)) order by id""",
                [json.dumps([*originals])],
            )
        )

    def counts(self) -> dict[str, dict[str, int]]:
        """How many are held, by channel and reason."""
        found: dict[str, dict[str, int]] = {}
        for channel, reason, count in self._db.conn.execute(
            "select channel, reason, count(*) from held where told_by is null group by 1, 2"
        ):
            found.setdefault(channel, {})[reason] = count
        return found


def _named(row: dict[str, Any]) -> Named:
    # What joined it while it waited is known from then on: nothing else would tell of it.
    facts = json.loads(row["later_facts"] or row["new_facts"] or "[]")
    return Named(
        story=row["story"],
        article_id=row["article_id"],
        title=row["title"],
        link=row["link"],
        outlet=row["outlet"],
        source=row["source"],
        language=row["language"],
        score=row["score"],
        at=moment(row["held_at"]),
        kind=row["kind"],
        development=row["original_id"],
        urgent=bool(row["urgent"]),
        reports=max(row["reports"], 1),
        published=moment(row["published"]),
        new_fact=facts[0] if facts else None,
        reason=REASONS[row["reason"]],
    )


def _held(row: dict[str, Any]) -> Held:
    return Held(
        article_id=row["id"],
        title=row["title"],
        link=row["link"],
        outlet=row["outlet"],
        source=row["source"],
        language=row["language"],
        score=row["score"],
        development=row["original_id"],
    )
