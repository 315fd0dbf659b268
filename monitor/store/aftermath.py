"""What becomes of articles after they were told: changes, withdrawals, and who is told of them."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from monitor.model import Change
from monitor.store.rows import moment, stamp


def told_rows(of: str) -> str:
    """Who was told of an article: by an alert of its own, or named in a message of many.

    A message of many names the article that its development was held for. `of` picks the
    articles, in each half for itself: the database would join everything first.
    """
    return f"""
      select o.article_id, o.story, m.channel, m.key, o.id as alert, o.created as at
        from alerts o join messages m on m.alert_id = o.id
        where o.kind <> 'test' and {of}
      union all
      select o.article_id, o.story, o.channel, m.key, o.told_by as alert, d.created as at
        from held o join messages m on m.alert_id = o.told_by and m.channel = o.channel
        join deliveries d on d.message_id = m.id
        where o.told_by is not null and {of} and not exists (
          select 1 from alerts x where x.id = o.told_by)"""  # noqa: S608 - our own words


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """That a channel was told of an article. `key` is its message's, `alert` what told it."""

    story: str
    channel: str
    key: str
    alert: str
    at: datetime


class Aftermaths:
    """Three tables: changes, change_words, withdrawals. What writes is called in a transaction."""

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    def told(self, article_id: int) -> list[Told]:
        """Who was told of an article, of each story and channel the first message."""
        rows = self._db.conn.execute(
            f"""select story, channel, key, alert, min(at) from ({told_rows("o.article_id = ?1")})
                group by story, channel order by min(at)""",  # noqa: S608 - our own words
            [article_id],
        )
        return [
            Told(story=story, channel=channel, key=key, alert=alert, at=moment(at))
            for story, channel, key, alert, at in rows
        ]

    def page(self, article_id: int) -> dict[str, Any] | None:
        """The newest evidence of an article that is its page, not the feed's bytes."""
        for row in self._db.query(
            """select e.* from evidence e where e.article_id = ?1 and (
                 e.url in (select url from entries where article_id = ?1)
                 or e.url = (select link from articles where id = ?1))
               order by e.id desc limit 1""",
            [article_id],
        ):
            return row
        return None

    def alerted_since(self, article_id: int, since: datetime) -> set[str]:
        """Channels on which an alert of the article was queued or held since then."""
        rows = self._db.conn.execute(
            """select m.channel from alerts a join messages m on m.alert_id = a.id
               where a.article_id = ?1 and a.created >= ?2
               union select channel from held where article_id = ?1 and held_at >= ?2""",
            [article_id, stamp(since)],
        )
        return {channel for (channel,) in rows}

    # ---- changes

    def change(
        self,
        article_id: int,
        change: Change,
        print_: str,
        now: datetime,
        *,
        seen_by: str,
        told: str,
        since: datetime | None = None,
    ) -> int | None:
        """Keep a change; its number, None where the article has said so before."""
        row = self._db.conn.execute(
            """insert into changes (article_id, at, kind, seen_by, weights, went, came, headline,
                 corrects, since, print, told) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
               on conflict (article_id, print) do nothing returning id""",
            [
                article_id,
                stamp(now),
                change.kind,
                seen_by,
                json.dumps(change.weights),
                json.dumps(change.went, ensure_ascii=False),
                json.dumps(change.came, ensure_ascii=False),
                int(change.headline),
                int(change.corrects),
                stamp(since),
                print_,
                told,
            ],
        ).fetchone()
        return None if row is None else int(row[0])

    def became(self, change_id: int, told: str) -> None:
        """What became of a change."""
        self._db.execute("update changes set told = ? where id = ?", [told, change_id])

    def word(self, change_id: int, channels: Collection[str], told_by: str | None) -> None:
        """Note who is told of a change and by what; None waits for the digest."""
        self._db.conn.executemany(
            "insert or ignore into change_words (change_id, channel, told_by) values (?, ?, ?)",
            [(change_id, channel, told_by) for channel in channels],
        )

    def waiting(self, channel: str) -> list[dict[str, Any]]:
        """The changes that wait for a channel's digest, each with its article, the first first."""
        rows = self._db.query(
            """select c.id as change, c.kind, c.at, c.went, c.came, c.headline, c.corrects, c.weights,
                 r.id, r.title, r.link, r.outlet, r.source, r.language
               from change_words w join changes c on c.id = w.change_id
               join articles r on r.id = c.article_id
               where w.channel = ? and w.told_by is null order by c.id""",
            [channel],
        )
        return [_unpacked(row) for row in rows]

    def told_in_digest(self, channel: str, told_by: str) -> None:
        """All that waits for a channel's digest is named in this one."""
        self._db.execute(
            "update change_words set told_by = ? where channel = ? and told_by is null",
            [told_by, channel],
        )

    # ---- what a label took back

    def taken_back(self, before: datetime) -> list[tuple[str, int, datetime]]:
        """Articles labelled no until `before`, still so, whose readers have no word of it."""
        rows = self._db.conn.execute(
            f"""with last as (select story, article_id, max(id) as id from labels
                  group by story, article_id)
                select l.story, l.article_id, l.at from last join labels l on l.id = last.id
                where l.said = 'no' and l.at <= ? and exists (
                  select 1 from ({told_rows("o.article_id = l.article_id and o.story = l.story")}) t
                  where not exists (select 1 from withdrawals w where w.story = l.story
                    and w.article_id = l.article_id and w.channel = t.channel))
                order by l.id""",  # noqa: S608 - our own words
            [stamp(before)],
        )
        return [(story, article_id, moment(at)) for story, article_id, at in rows]

    def withdrawn(self, story: str, article_id: int) -> set[str]:
        """Channels that were told that it was taken back."""
        rows = self._db.conn.execute(
            "select channel from withdrawals where story = ? and article_id = ?",
            [story, article_id],
        )
        return {channel for (channel,) in rows}

    def withdraw(
        self,
        story: str,
        article_id: int,
        channels: Collection[str],
        told_by: str | None,
        now: datetime,
    ) -> None:
        """Note that these channels are told that it was taken back."""
        self._db.conn.executemany(
            """insert or ignore into withdrawals (story, article_id, channel, at, told_by)
               values (?, ?, ?, ?, ?)""",
            [(story, article_id, channel, stamp(now), told_by) for channel in channels],
        )

    # ---- looked at

    def of(self, article_id: int) -> dict[str, Any]:
        """The looks, changes and withdrawals of one article, for a person."""
        looks = next(
            iter(self._db.query("select * from looks where article_id = ?", [article_id])), None
        )
        changes = [
            _unpacked(row)
            for row in self._db.query(
                """select id, at, kind, seen_by, weights, went, came, since, told from changes
                   where article_id = ? order by id""",
                [article_id],
            )
        ]
        for change in changes:
            change["words"] = list(
                self._db.query(
                    "select channel, told_by from change_words where change_id = ? order by channel",
                    [change["id"]],
                )
            )
        withdrawals = list(
            self._db.query(
                """select story, channel, at, told_by from withdrawals
                   where article_id = ? and told_by is not null order by story, channel""",
                [article_id],
            )
        )
        return {"looks": looks, "changes": changes, "withdrawals": withdrawals}

    def counts(self) -> dict[str, int]:
        """How many articles are looked at again, seem shrunk or gone, and changed."""
        watched, suspect = self._db.conn.execute(
            "select count(*), count(suspect) from looks where next_at is not null"
        ).fetchone()
        changed = self._db.conn.execute("select count(*) from changes").fetchone()[0]
        return {"watched": watched, "suspect": suspect, "changed": changed}


def _unpacked(row: dict[str, Any]) -> dict[str, Any]:
    return row | {name: json.loads(row[name]) for name in ("weights", "went", "came")}
