"""The ledger as the judge of health needs it: rows of polls, times of entries and articles."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from monitor.model import Run
from monitor.store.rows import moment, stamp

_READ = "('new', 'same')"
_GOOD = "('new', 'same', 'unchanged', 'not-modified')"
_RUNS = 300  # rows that a judgement of one source rests on at most
_NEWS = 200
_NEWEST = 12
_LENGTHS = 30
_FEW_NEWS = 10  # polls with something new; fewer tell less than the entries' own dates
_ARTICLES = 300


class Vitals:
    """Views of polls, entries and verdicts; nothing is written here."""

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    def polled(self, since: datetime) -> list[Run]:
        """Runs that were begun or lengthened since then, oldest first."""
        # Sorted here: asked for the order by id, SQLite goes through the whole ledger.
        return sorted(self._runs("where last_at >= ?", stamp(since)), key=lambda run: run.last)

    def failed(self) -> list[Run]:
        """The last run of each source whose last poll failed."""
        return self._runs(
            """where id in (select (select max(id) from polls where source = s.name)
                 from sources s where s.active = 1 and s.failure is not null)"""
        )

    def newest(self) -> list[Run]:
        """The runs that were lengthened last, newest first."""
        return self._runs(f"order by last_at desc limit {_NEWEST}")

    def last_news(self, source: str) -> datetime | None:
        """When a poll of it last brought anything new."""
        row = self._db.conn.execute(
            f"""select first_at from polls where source = ? and outcome in {_READ} and fresh > 0
                order by id desc limit 1""",  # noqa: S608 - our own words
            [source],
        ).fetchone()
        return _moment(row)

    def last_poll(self) -> datetime | None:
        """When any source was polled last."""
        return _moment(self._db.conn.execute("select max(last_at) from polls").fetchone())

    def failed_runs(self, source: str) -> list[Run]:
        """The runs of failures since the last good poll, newest first."""
        return self._runs(
            f"""where source = ?1 and id > coalesce((select id from polls where source = ?1
                  and outcome in {_GOOD} order by id desc limit 1), 0)
                order by id desc limit {_RUNS}""",  # noqa: S608 - our own words
            source,
        )

    def good_runs(self, source: str, since: datetime) -> list[Run]:
        """Good runs since then, newest first."""
        return self._runs(
            f"""where source = ? and last_at >= ? and outcome in {_GOOD}
                order by id desc limit {_RUNS}""",
            source,
            stamp(since),
        )

    def lengths(self, source: str) -> list[int]:
        """How many entries its last readings showed, newest first, where that is known."""
        rows = self._db.conn.execute(
            f"""select entries from polls where source = ? and outcome in {_READ} and entries > 0
                order by id desc limit ?""",  # noqa: S608 - our own words
            [source, _LENGTHS],
        )
        return [count for (count,) in rows]

    def news(self, source: str, now: datetime) -> list[datetime]:
        """When it showed something new, oldest first.

        As long as few polls are known to have brought any, its entries' own dates tell.
        """
        polls = self._db.conn.execute(
            f"""select first_at from polls where source = ? and outcome in {_READ} and fresh > 0
                order by id desc limit ?""",  # noqa: S608 - our own words
            [source, _NEWS],
        ).fetchall()
        times = [at for (at,) in polls]
        if len(times) < _FEW_NEWS:
            dated = self._db.conn.execute(
                # What was ruled out has its date with its article.
                """select * from (select case when e.title is null and e.published is null
                       then (select a.published from articles a where a.id = e.article_id)
                       else e.published end as published
                     from entries e where e.source = ?)
                   where published is not null and published <= ?
                   order by published desc limit ?""",
                [source, stamp(now), _NEWS],
            ).fetchall()
            # The first poll brought what had long been there.
            times = [*([at for (at,) in dated]), *(times[:-1] if dated else times)]
        return [moment(at) for at in sorted(times)]

    def followed(self, story: str) -> datetime | None:
        """When anything was first judged for a story."""
        row = self._db.conn.execute(
            """select min(first) from (
                 select (select min(judged_at) from judgements where ruling = r.id) as first
                 from rulings r where r.story = ?)""",
            [story],
        ).fetchone()
        return _moment(row)

    def articles(self, story: str) -> list[datetime]:
        """When articles were found on the story since its baselines, oldest first."""
        rows = self._db.conn.execute(
            """select v.judged_at from verdicts v join entries e on e.id = v.entry_id
               where v.story = ? and v.band = 'on' and e.baseline = 0
               order by v.judged_at desc limit ?""",
            [story, _ARTICLES],
        ).fetchall()
        return [moment(at) for (at,) in reversed(rows)]

    def _runs(self, where: str, *values: object) -> list[Run]:
        return [
            Run(
                source=source,
                outcome=outcome,
                detail=detail,
                first=moment(first),
                last=moment(last),
                times=times,
                entries=entries,
                fresh=fresh,
            )
            for source, outcome, detail, first, last, times, entries, fresh in self._db.conn.execute(
                f"""select source, outcome, detail, first_at, last_at, times, entries, fresh
                    from polls {where}""",  # noqa: S608 - our own words
                values,
            )
        ]


def _moment(row: tuple[str | None] | None) -> datetime | None:
    return moment(row[0]) if row else None
