"""The short record of polls and verdicts that is never pruned, and the looks into it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from monitor.store.rows import stamp

_NOTHING = {"not-modified", "unchanged"}


class Ledger:
    """The table `polls`, and read-only views over the others."""

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    def poll(
        self,
        source: str,
        *,
        now: datetime,
        outcome: str,
        detail: str | None = None,
        entries: int = 0,
        fresh: int = 0,
        size: int = 0,
        gap: bool = False,
    ) -> None:
        """Record a poll; a repeat of an uneventful or failed outcome lengthens the last row.

        Not-modified and unchanged are one: once a day a source is asked without conditions.
        `entries` are those of the whole list, 0 where only a part of it was read.
        """
        last = self._db.conn.execute(
            """select id, outcome, detail, entries from polls where source = ?
               order by id desc limit 1""",
            [source],
        ).fetchone()
        at = stamp(now)
        same = last and (last[1] == outcome or {last[1], outcome} == _NOTHING)
        # A list of another length is no repeat: its median is the measure of a later fall.
        if same and last[2:] == (detail, entries) and not fresh and not gap:
            self._db.execute(
                "update polls set last_at = ?, times = times + 1 where id = ?",
                [at, last[0]],
            )
            return
        self._db.execute(
            """insert into polls (source, first_at, last_at, outcome, detail, entries, fresh, bytes, gap)
               values (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            [source, at, at, outcome, detail, entries, fresh, size, int(gap)],
        )

    def in_a_row(self, source: str, outcome: str) -> int:
        """How many of the source's last polls came to this, one after the other."""
        times = 0
        for last, count in self._db.conn.execute(
            "select outcome, times from polls where source = ? order by id desc limit 9", [source]
        ):
            if last != outcome:
                break
            times += count
        return times

    def listed(self, source: str) -> bool:
        """Whether its last reading is known to have shown entries."""
        row = self._db.conn.execute(
            """select entries from polls where source = ? and outcome in ('new', 'same')
               order by id desc limit 1""",
            [source],
        ).fetchone()
        return row is not None and row[0] > 0

    def totals(self) -> dict[str, dict[str, int]]:
        """By source: polls, failed ones by name, entries seen, gaps."""
        found: dict[str, dict[str, int]] = {}
        # In the order in which rows lie: the index of sources would fetch each of them by itself.
        for source, outcome, times, gaps in self._db.conn.execute(
            "select source, outcome, sum(times), sum(gap) from polls group by +source, outcome"
        ):
            row = found.setdefault(source, {})
            row[outcome] = times
            row["polls"] = row.get("polls", 0) + times
            row["gaps"] = row.get("gaps", 0) + gaps
        for source, count in self._db.conn.execute(
            "select source, count(*) from entries group by source"
        ):
            found.setdefault(source, {})["entries"] = count
        return found

    def bands(self) -> dict[str, dict[str, int]]:
        """By story: distinct articles in each band."""
        found: dict[str, dict[str, int]] = {}
        for story, band, count in self._db.conn.execute(
            "select story, band, count(distinct article_id) from verdicts group by story, band"
        ):
            found.setdefault(story, {})[band] = count
        return found

    def articles(
        self,
        *,
        story: str | None,
        bands: Sequence[str],
        limit: int,
        source: str | None = None,
        before: tuple[str, int] | None = None,
    ) -> list[dict[str, Any]]:
        """Articles with a verdict in one of the bands, newest first.

        `before` is the `first_seen` and `id` of one: those that stand after it.
        """
        marks = ",".join("?" * len(bands))
        of_story = "v.story = ? and" if story is not None else ""
        return list(
            self._db.query(
                f"""select a.id, a.url, a.link, a.title, a.outlet, a.source, a.language, a.kind,
                      a.published, a.first_seen, a.relation, a.original_id, v.story,
                      max(v.score) as score, v.band, v.rule, v.told
                    from verdicts v join articles a on a.id = v.article_id
                    where {of_story} v.band in ({marks}) and (? is null or a.source = ?)
                      and (a.first_seen, a.id) < (?, ?)
                    group by a.id, v.story order by a.first_seen desc, a.id desc limit ?""",  # noqa: S608 - marks only
                [
                    *([story] if story is not None else []),
                    *bands,
                    source,
                    source,
                    *(before or ("9999", 0)),
                    limit,
                ],
            )
        )

    def verdicts(self, article_id: int) -> list[dict[str, Any]]:
        """Every judgement of an article, oldest first, with the entry it came by."""
        return list(
            self._db.query(
                """select v.*, e.source as entry_source, e.first_seen as entry_seen, e.baseline,
                     e.failure from verdicts v join entries e on e.id = v.entry_id
                   where v.article_id = ? order by v.judged_at, v.story""",
                [article_id],
            )
        )

    def entry(self, addresses: Sequence[str]) -> dict[str, Any] | None:
        """The newest pending entry under one of these addresses; a settled one has its article."""
        marks = ",".join("?" * len(addresses))
        for row in self._db.query(
            f"""select * from entries where stage = 'pending'
                  and (url in ({marks}) or key in ({marks})) order by id desc limit 1""",  # noqa: S608 - marks only
            [*addresses, *addresses],
        ):
            return row
        return None

    def gaps(self, source: str | None = None) -> list[dict[str, Any]]:
        """Spans in which a source may have published what no poll saw."""
        return list(
            self._db.query(
                """select p.source, p.first_at as until,
                     (select q.last_at from polls q where q.source = p.source and q.id < p.id
                        and q.outcome in ('new', 'same', 'not-modified', 'unchanged')
                      order by q.id desc limit 1) as since
                   from polls p where p.gap = 1 and (?1 is null or p.source = ?1) order by p.id""",
                [source],
            )
        )
