"""Developments as they stand, and which article belongs to which."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlite_utils import Database

from monitor.model import Added, Event, Relation
from monitor.store.rows import stamp

_LATEST = "9999"  # sorts after every moment
# By `m.story = … and m.development = …` SQLite goes through all of a story's members.
MEMBERS: Final = """m.story = ?1 and m.article_id in (
  select article_id from members where story = ?1 and development = ?2)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """What an article is to its development: new, copy, repeat, update or revision.

    `of` is the article that it copies, retells or updates, None for the first;
    `new_facts` are the sentences that made it an update. `score` says how far its facts
    spoke for the development, None for the first and for what was folded.
    """

    story: str
    article_id: int
    development: int
    relation: Relation
    of: int | None = None
    new_facts: tuple[str, ...] = ()
    score: float | None = None


class Developments:
    """Two tables: developments, members. What a development holds is its judge's own text."""

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    def near(self, story: str, when: datetime, within: timedelta) -> list[str]:
        """The states of a story's developments whose last news is not further from a moment."""
        rows = self._db.conn.execute(
            """select state from developments
               where story = ? and last_new between ? and ? order by id""",
            [story, stamp(when - within), stamp(when + within)],
        )
        return [state for (state,) in rows]

    def load(self, story: str, development: int) -> str:
        """The state of one."""
        row = self._db.conn.execute(
            "select state from developments where story = ? and id = ?", [story, development]
        ).fetchone()
        return str(row[0])

    def of(self, story: str, article_id: int) -> int | None:
        """The development that an article belongs to, if what it says was told there."""
        row = self._db.conn.execute(
            """select development from members
               where story = ? and article_id = ? and (known or relation = 'new')""",
            [story, article_id],
        ).fetchone()
        return None if row is None else int(row[0])

    def event(self, story: str, development: int, new_facts: Sequence[str], added: Added) -> Event:
        """A development as an alert tells it."""
        title, language = self._db.conn.execute(
            "select title, language from articles where id = ?", [development]
        ).fetchone()
        (reports,) = self._db.conn.execute(
            "select count(*) from members where story = ? and development = ?",
            [story, development],
        ).fetchone()
        return Event(
            id=development,
            headline=title,
            language=language,
            reports=reports,
            new_facts=tuple(new_facts),
            outlets=self._outlets(story, development),
            added=added,
        )

    def _outlets(self, story: str, development: int) -> tuple[str, ...]:
        """Who has a report of its own, the first report's first; a copy is nobody's own."""
        rows = self._db.conn.execute(
            f"""select coalesce(a.outlet, a.source) from members m
               join articles a on a.id = m.article_id
               where {MEMBERS} and m.relation <> 'copy'
               group by 1 order by min(m.joined), min(m.article_id)""",  # noqa: S608 - our own words
            [story, development],
        )
        return tuple(outlet for (outlet,) in rows)

    def texts(self, story: str, development: int, but: int) -> list[str]:
        """What its latest articles say, all but one of them; a bounded part of each."""
        rows = self._db.conn.execute(
            f"""select a.title || char(10) || substr(a.text, 1, 4000) from members m
               join printed a on a.id = m.article_id
               where {MEMBERS} and m.article_id <> ?3
               order by m.joined desc, m.article_id desc limit 12""",  # noqa: S608 - our own words
            [story, development, but],
        )
        return [text for (text,) in rows]

    def threads(self, story: str, development: int) -> dict[str, str]:
        """By channel, the key of the first message that told of it there."""
        rows = self._db.conn.execute(
            """select t.channel, m.key from told t
               join messages m on m.alert_id = t.alert_id and m.channel = t.channel
               where t.story = ? and t.original_id = ?""",
            [story, development],
        )
        return dict(rows)

    def place(self, story: str, article_id: int) -> dict[str, Any] | None:
        """What an article is to its development, and the headline that this began with."""
        for row in self._db.query(
            """select m.story, m.development as id, m.relation, m.of, m.new_facts, m.score,
                 a.title
               from members m join articles a on a.id = m.development
               where m.story = ? and m.article_id = ?""",
            [story, article_id],
        ):
            return {**row, "new_facts": json.loads(row["new_facts"])}
        return None

    def keep(self, story: str, development: int, state: str, last_new: datetime) -> None:
        """Store a development as it is now; its id is that of its first article."""
        self._db.execute(
            """insert into developments (story, id, last_new, state) values (?, ?, ?, ?)
               on conflict (story, id) do update set
                 last_new = excluded.last_new, state = excluded.state""",
            [story, development, stamp(last_new), state],
        )

    def join(self, membership: Membership, now: datetime, *, known: bool) -> None:
        """Note an article's place, and whether what it says was told.

        A member that changed keeps the relation it came with.
        """
        self._db.execute(
            """insert into members (story, article_id, development, relation, of, new_facts,
                 known, joined, score)
               values (?, ?, ?, ?, ?, ?, ?, ?, ?)
               on conflict (story, article_id) do update set
                 new_facts = excluded.new_facts, known = max(known, excluded.known)""",
            [
                membership.story,
                membership.article_id,
                membership.development,
                membership.relation,
                membership.of,
                json.dumps(membership.new_facts, ensure_ascii=False),
                int(known),
                stamp(now),
                membership.score,
            ],
        )

    def members(self, story: str, development: int) -> list[dict[str, Any]]:
        """Its articles in the order in which they came, with what each was to it."""
        return [
            {**row, "new_facts": json.loads(row["new_facts"])}
            for row in self._db.query(
                f"""select m.article_id as id, m.relation, m.of, m.new_facts, m.joined,
                     a.title, a.link, a.outlet, a.source, a.language, a.published, a.first_seen
                   from members m join articles a on a.id = m.article_id
                   where {MEMBERS} order by m.joined, m.article_id""",  # noqa: S608 - our own words
                [story, development],
            )
        ]

    def listing(
        self, stories: Sequence[str], limit: int, before: tuple[str, int] | None = None
    ) -> list[dict[str, Any]]:
        """The latest developments: first article, how many reports of which kind, if told.

        `before` is the `last_new` and `id` of one: those that stand after it.
        """
        after = before or (_LATEST, 0)
        # Story by story: so each is read in its index's order, and no further than asked.
        rows = [
            row
            for story in stories
            for row in self._db.query(
                """with chosen as (
                      select story, id, last_new from developments
                      where story = ?1 and (last_new, id) < (?2, ?3)
                      order by last_new desc, id desc limit ?4)
                    select c.story, c.id, c.last_new, a.title, a.url, a.link, a.outlet, a.language,
                      a.first_seen as opened, count(*) as reports,
                      count(distinct coalesce(a2.outlet, a2.source)) as outlets,
                      sum(m.relation = 'update') as updates, sum(m.relation = 'copy') as copies,
                      replace(group_concat(distinct a2.language), ',', ' ') as languages,
                      (select group_concat(channel, ' ') from told t
                       where t.story = c.story and t.original_id = c.id) as told
                    from chosen c
                    cross join articles a on a.id = c.id
                    cross join members k on k.story = c.story and k.development = c.id
                    cross join members m on m.story = k.story and m.article_id = k.article_id
                    cross join articles a2 on a2.id = m.article_id
                    group by c.id""",
                [story, *after, limit],
            )
        ]
        rows.sort(key=lambda row: (row["last_new"], row["id"]), reverse=True)
        return rows[:limit]
