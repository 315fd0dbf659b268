"""Figures of the whole store for watchers, read over a connection of its own.

Some go through whole tables: they are read in another thread than the daemon's, whose
writing they do not hinder (WAL).
"""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from monitor.errors import StoreError
from monitor.store.care import Care
from monitor.store.health import Health
from monitor.store.ledger import Ledger
from monitor.store.rows import moment, stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauges:
    """Counts, and lags in seconds.

    `sources` are counts by trouble, failure of the last poll, and whether never polled.
    `seen_lags` are from an article's own date until it was first seen, of those that were
    alerted; `delivered_lags` from there until a receiver took it, with the channel.
    `idle` is how many deliveries have been due for longer than asked and nobody carries.
    `follows_former`: the daemon began by a former configuration, as sources.yaml was wrong.
    """

    polls: dict[str, int]
    sources: list[tuple[str | None, str | None, bool, int]]
    overdue: int
    last_poll: datetime | None
    entries: int
    pending: int
    articles: int
    matches: list[tuple[str, str, int]]
    alerts: list[tuple[str, str, int]]
    notices: dict[str, int]
    deliveries: list[tuple[str, str, int]]
    oldest_queued: datetime | None
    idle: int
    held: str | None
    follows_former: bool
    seen_lags: list[float]
    delivered_lags: list[tuple[str, float]]
    size: int


def gauges(path: Path, overdue_since: datetime) -> Gauges:
    """Read them all. What is due since `overdue_since` counts as overdue, or idle.

    Raises StoreError where the database does not answer.
    """
    try:
        with contextlib.closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=5)
        ) as connection:
            connection.execute("pragma query_only = on")
            return _read(connection, path, overdue_since)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{path} cannot be read: {error}") from error


def _read(db: sqlite3.Connection, path: Path, since: datetime) -> Gauges:
    wrapped = Database(db)
    health, hold, loaded = Health(wrapped), Care(wrapped).held(), Care(wrapped).loaded()

    def one(sql: str, *values: object) -> int:
        return int(db.execute(sql, values).fetchone()[0])

    def moment_of(sql: str, *values: object) -> datetime | None:
        row: tuple[str | None] = db.execute(sql, values).fetchone()
        return moment(row[0])

    return Gauges(
        polls=dict(db.execute("select outcome, sum(times) from polls group by outcome")),
        sources=health.standing(),
        overdue=health.overdue(since),
        last_poll=moment_of("select max(last_at) from polls"),
        entries=one("select count(*) from entries"),
        pending=one("select count(*) from entries where stage = 'pending'"),
        articles=one("select count(*) from articles"),
        matches=[
            (story, band, count)
            for story, bands in Ledger(wrapped).bands().items()
            for band, count in bands.items()
        ],
        alerts=db.execute("select story, kind, count(*) from alerts group by 1, 2").fetchall(),
        notices=dict(db.execute("select kind, count(*) from notices group by kind")),
        deliveries=db.execute(
            "select channel, state, count(*) from deliveries group by 1, 2"
        ).fetchall(),
        # What quiet hours put off does not wait.
        oldest_queued=moment_of(
            """select min(created) from deliveries
               where state = 'queued' and (attempts > 0 or next_at <= ?)""",
            stamp(since),
        ),
        idle=one(
            "select count(*) from deliveries where state = 'queued' and next_at < ?", stamp(since)
        ),
        held=str(hold) if hold else None,
        follows_former=bool(loaded and loaded.wrong),
        seen_lags=[
            lag
            for (lag,) in db.execute(
                """select (julianday(a.first_seen) - julianday(a.published)) * 86400
                   from alerts x join articles a on a.id = x.article_id
                   where a.published is not null"""
            )
        ],
        delivered_lags=db.execute(
            """select d.channel, (julianday(d.taken_at) - julianday(a.first_seen)) * 86400
               from deliveries d join messages m on m.id = d.message_id
               join alerts x on x.id = m.alert_id join articles a on a.id = x.article_id
               where d.taken_at is not null"""
        ).fetchall(),
        size=size(path),
    )


def size(path: Path) -> int:
    """Bytes on disk, with the log of changes."""
    beside = [path, path.with_name(path.name + "-wal")]
    return sum(each.stat().st_size for each in beside if each.exists())
