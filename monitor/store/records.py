"""What is stored of one story, read in steps and in order, to be taken out.

Nothing is written here, and no step holds more than a few hundred rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from monitor.store.developments import MEMBERS
from monitor.store.rows import named, stamp

_BATCH = 400
_BEGINNING = 2000  # letters of a text, of which a lead is made

# Of what was sent again, the first time counts: that is when somebody was told.
_DELIVERED = """m.channel, min(coalesce((select created from alerts where id = m.alert_id),
         (select created from bulletins where id = m.alert_id),
         (select created from notices where id = m.alert_id), d.created)) as queued,
       max(coalesce(d.taken_at, d.settled_at)) as settled,
       case when sum(d.taken_at is null and d.state = 'queued') then 'queued'
         when sum(d.taken_at is null and d.state in ('given-up', 'dismissed')) then 'given-up'
         else 'delivered' end as state"""


class Records:
    """Views over articles, verdicts, developments, alerts and evidence of a story."""

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    @contextmanager
    def still(self) -> Iterator[None]:
        """All that is read within is of one moment, while others go on to write."""
        self._db.conn.execute("begin")
        try:
            yield
        finally:
            self._db.conn.rollback()

    def any_of(self, story: str) -> bool:
        """Whether any article was ever judged against the story."""
        row = self._db.conn.execute("select 1 from verdicts where story = ? limit 1", [story])
        return row.fetchone() is not None

    def span(self, story: str) -> tuple[str | None, str | None]:
        """When the first and the last article that is in a development were first seen."""
        first, last = self._db.conn.execute(
            """select min(a.first_seen), max(a.first_seen) from members m
               join articles a on a.id = m.article_id where m.story = ?""",
            [story],
        ).fetchone()
        return first, last

    # ---- articles

    def articles(
        self, story: str, bands: Sequence[str], since: datetime | None
    ) -> Iterator[list[dict[str, Any]]]:
        """Batches of articles by id, each with its best verdict and all that hangs on it.

        `members`, `label`, `credit`, `copies`, `evidence`, `alerts`, `holds` and `changes` are None or
        empty where there is none. `since` counts by when an article was first seen.
        """
        marks = ",".join("?" * len(bands))
        last = 0
        while True:
            # The plus keeps the planner on the index by article, which is in order already.
            rows = named(
                self._db.conn,
                f"""select a.id, v.band, max(v.score) as score, v.threshold, v.rule, v.told,
                      v.reasons, a.title, a.outlet, a.source, a.language, a.author, a.kind, a.link,
                      a.url, a.published, a.updated, a.first_seen, a.relation, a.original_id,
                      a.aggregator
                    from verdicts v join articles a on a.id = v.article_id
                    where +v.story = ? and v.article_id > ? and a.first_seen >= ?
                    group by v.article_id having v.band in ({marks})
                    order by v.article_id limit ?""",  # noqa: S608 - marks only
                [story, last, stamp(since) or "", *bands, _BATCH],
            )
            if not rows:
                return
            last = rows[-1]["id"]
            beside = self._beside(story, rows[0]["id"], last)
            yield [{**row, **{k: found.get(row["id"]) for k, found in beside.items()}} for row in rows]  # fmt: skip

    def _beside(self, story: str, low: int, high: int) -> dict[str, dict[int, Any]]:
        """By what it is, then by article: what else is known of a span of articles."""
        span = [low, high]
        member = named(
            self._db.conn,
            """select article_id, development, relation, of, new_facts, joined from members
               where story = ? and article_id between ? and ?""",
            [story, *span],
        )
        label = self._db.conn.execute(
            """select article_id, said, max(id) from labels
               where story = ? and article_id between ? and ? group by article_id""",
            [story, *span],
        )
        credit = self._db.conn.execute(
            "select article_id, agency from credits where article_id between ? and ?", span
        )
        copies = self._db.conn.execute(
            """select original_id, count(*) from articles where original_id between ? and ?
                 and relation = 'copy' group by original_id""",
            span,
        )
        evidence = named(
            self._db.conn,
            """select article_id, sha256, fetched_at, max(id) as row from evidence
               where article_id between ? and ? group by article_id""",
            span,
        )
        alerts = named(
            self._db.conn,
            f"""select t.article_id, t.id as alert, t.kind, {_DELIVERED}
                from alerts t join messages m on m.alert_id = t.id
                join deliveries d on d.message_id = m.id
                where t.story = ? and t.article_id between ? and ?
                group by t.id, m.channel order by queued, m.channel""",  # noqa: S608 - our own words
            [story, *span],
        )
        holds = named(
            self._db.conn,
            """select h.article_id, h.channel, h.reason, h.told_by,
                 (select case when sum(d.state = 'queued') then 'queued'
                    when sum(d.state in ('given-up', 'dismissed')) then 'given-up'
                    when count(*) then 'delivered' end
                  from messages m join deliveries d on d.message_id = m.id
                  where m.alert_id = h.told_by and m.channel = h.channel) as state
               from held h where h.story = ? and h.article_id between ? and ? order by h.id""",
            [story, *span],
        )
        changes = named(
            self._db.conn,
            "select article_id, at, kind from changes where article_id between ? and ? order by id",
            span,
        )
        return {
            "member": {row["article_id"]: row for row in member},
            "label": {article: said for article, said, _ in label if said != "none"},
            "credit": dict(credit.fetchall()),
            "copies": dict(copies.fetchall()),
            "evidence": {row["article_id"]: row for row in evidence},
            "alerts": _gathered(alerts),
            "holds": _gathered(holds),
            "changes": _gathered(changes),
        }

    # ---- developments

    def developments(
        self, story: str, since: datetime | None, *, newest_first: bool
    ) -> list[dict[str, Any]]:
        """Id and opening time of the developments that brought news since then, in order."""
        order = "desc" if newest_first else "asc"
        return named(
            self._db.conn,
            f"""select d.id, d.last_new, a.first_seen as opened
                from developments d join articles a on a.id = d.id
                where d.story = ? and d.last_new >= ?
                order by a.first_seen {order}, d.id {order}""",  # noqa: S608 - our own words
            [story, stamp(since) or ""],
        )

    def reports(self, story: str, development: int) -> list[dict[str, Any]]:
        """The members of a development in the order in which they came.

        `beginning` is of the first report's text, empty for others; `credit` the agency named.
        """
        return [
            {**row, "new_facts": json.loads(row["new_facts"])}
            for row in named(
                self._db.conn,
                f"""select m.article_id as id, m.relation, m.of, m.new_facts, m.joined, a.title,
                     a.link, a.outlet, a.source, a.language, a.kind, a.published, a.first_seen,
                     a.original_id, a.aggregator, c.agency as credit,
                     case when m.relation = 'new' or m.article_id = m.development
                       then substr(a.text, 1, {_BEGINNING}) else '' end as beginning
                   from members m join printed a on a.id = m.article_id
                   left join credits c on c.article_id = a.id
                   where {MEMBERS} order by m.joined, m.article_id""",  # noqa: S608 - our own words
                [story, development],
            )
        ]

    def hashes(self, story: str, development: int) -> dict[int, list[dict[str, Any]]]:
        """By article of a development, its evidence: row, hash of the body, time."""
        return _gathered(
            named(
                self._db.conn,
                """select e.article_id, e.id as row, e.sha256, e.fetched_at
                   from members m join evidence e on e.article_id = m.article_id
                   where m.story = ? and m.development = ? order by e.id""",
                [story, development],
            )
        )

    def changes(self, story: str, development: int) -> dict[int, list[dict[str, Any]]]:
        """By article of a development, how its page changed after it was told: kind and time."""
        return _gathered(
            named(
                self._db.conn,
                """select c.article_id, c.at, c.kind from members m
                   join changes c on c.article_id = m.article_id
                   where m.story = ? and m.development = ? order by c.id""",
                [story, development],
            )
        )

    def sent(self, story: str, development: int) -> list[dict[str, Any]]:
        """What told of a development, by message and channel, oldest first: kind, state, times."""
        return named(
            self._db.conn,
            f"""with telling as (
                  select alert_id as id from told where story = ?1 and original_id = ?2
                  union select told_by from held where story = ?1 and original_id = ?2
                  union select a.id from members b join alerts a
                    on a.article_id = b.article_id and a.story = b.story
                    where b.story = ?1 and b.development = ?2)
                select t.id as alert, {_DELIVERED}, coalesce(
                    (select kind from alerts where id = t.id),
                    (select kind from bulletins where id = t.id),
                    (select kind from notices where id = t.id), '') as kind
                from telling t join messages m on m.alert_id = t.id
                join deliveries d on d.message_id = m.id
                group by t.id, m.channel order by queued, m.channel""",  # noqa: S608 - our own words
            [story, development],
        )

    # ---- evidence

    def exchanges(
        self, story: str, bands: Sequence[str], since: datetime | None
    ) -> Iterator[dict[str, Any]]:
        """The story's rows of evidence in the order of the chain, each with the head before it."""
        marks = ",".join("?" * len(bands))
        last = 0
        while True:
            rows = named(
                self._db.conn,
                f"""select e.*, a.title, a.url as article_url, coalesce(
                        (select p.head from evidence p where p.id < e.id order by p.id desc limit 1),
                        '') as previous
                    from evidence e join articles a on a.id = e.article_id
                    where e.id > ? and e.fetched_at >= ?
                      and (select v.band from verdicts v where v.article_id = e.article_id
                        and v.story = ? order by v.score desc limit 1) in ({marks})
                    order by e.id limit ?""",  # noqa: S608 - marks only
                [last, stamp(since) or "", story, *bands, _BATCH],
            )
            if not rows:
                return
            last = rows[-1]["id"]
            yield from rows


def _gathered(rows: list[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["article_id"], []).append(row)
    return found
