"""What becomes of articles after they were told: looks, changes, and who is told of them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from monitor.model import Change
from monitor.store.rows import moment, stamp


def _told(of: str) -> str:
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
class Look:
    """One told article on its way to the next look."""

    article_id: int
    site: str
    told_at: datetime
    suspect: str | None
    since: datetime | None
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """That a channel was told of an article. `key` is its message's, `alert` what told it."""

    story: str
    channel: str
    key: str
    alert: str
    at: datetime


class Aftermaths:
    """Four tables: looks, changes, change_words, withdrawals. What writes is called in a transaction."""

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    def told(self, article_id: int) -> list[Told]:
        """Who was told of an article, of each story and channel the first message."""
        rows = self._db.conn.execute(
            f"""select story, channel, key, alert, min(at) from ({_told("o.article_id = ?1")})
                group by story, channel order by min(at)""",  # noqa: S608 - our own words
            [article_id],
        )
        return [
            Told(story=story, channel=channel, key=key, alert=alert, at=moment(at))
            for story, channel, key, alert, at in rows
        ]

    # ---- looks

    def untracked(self, since: datetime) -> list[tuple[int, str, str, datetime]]:
        """Articles told since then of which no look is planned: id, link, source, when."""
        new = "o.article_id not in (select article_id from looks)"
        rows = self._db.conn.execute(
            f"""select t.article_id, r.link, r.source, min(t.at) from ({_told(new)}) t
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
                  select 1 from ({_told("o.article_id = l.article_id and o.story = l.story")}) t
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
