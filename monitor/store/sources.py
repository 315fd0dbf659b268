"""What is remembered of each source: validators, failures, when it is due."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from monitor.model import Source, Validators
from monitor.store.rows import SLACK, moment, stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """One source as the store knows it. `baseline` until its first reading is stored."""

    name: str
    url: str
    validators: Validators
    body_hash: str | None
    declared: datetime
    baseline: bool
    last_poll: datetime | None
    last_read: datetime | None
    next_poll: datetime
    failures: int
    failure: str | None
    detail: str | None


class Sources:
    """The table of the same name."""

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    def declare(self, sources: Iterable[Source], now: datetime) -> None:
        """Make every enabled source known and due in its time, and put the others to rest.

        A new address forgets validators and failures, never articles. A new name for an
        address that no declared source has any more is a source renamed: were it taken for
        a new one, its baseline would swallow what came since the last poll.
        """
        declared = list(sources)
        self._db.execute("update sources set active = 0")
        for source in declared:
            if not source.enabled:
                continue
            if self.state(source.name) is None:
                self._rename(source, {each.name for each in declared})
            self._db.execute(
                "update sources set active = 1 where name = ?",
                [source.name],
            )
            self._db.execute(
                """insert into sources (name, url, declared, next_poll) values (?, ?, ?, ?)
                   on conflict (name) do update set
                     url = excluded.url, etag = null, last_modified = null, body_hash = null,
                     failures = 0, failure = null, detail = null, next_poll = excluded.next_poll
                   where sources.url <> excluded.url""",
                [source.name, source.url, stamp(now), stamp(now)],
            )

    def _rename(self, source: Source, declared: Collection[str]) -> None:
        rows = self._db.conn.execute(
            "select name from sources where url = ? order by last_read desc", [source.url]
        )
        for (former,) in rows.fetchall():
            if former not in declared:
                for table, column in (
                    ("sources", "name"),
                    ("entries", "source"),
                    ("polls", "source"),
                ):
                    self._db.conn.execute(
                        f"update {table} set {column} = ? where {column} = ?",  # noqa: S608 - our own names
                        [source.name, former],
                    )
                return

    def state(self, name: str) -> SourceState | None:
        """What is known of one source, None when it was never declared."""
        for row in self._db.query("select * from sources where name = ?", [name]):
            return _state(row)
        return None

    def states(self) -> dict[str, SourceState]:
        """All sources ever declared, by name."""
        return {row["name"]: _state(row) for row in self._db.query("select * from sources")}

    def due(self, now: datetime, limit: int) -> list[str]:
        """Names of sources whose time has come, the longest waiting first.

        A source last polled in the future was so by a wrong clock, and so is its next poll.
        """
        rows = self._db.query(
            """select name from sources where active = 1 and (next_poll <= ? or last_poll > ?)
               order by next_poll limit ?""",
            [stamp(now), stamp(now + SLACK), limit],
        )
        return [row["name"] for row in rows]

    def answered(
        self,
        name: str,
        *,
        now: datetime,
        next_poll: datetime,
        validators: Validators,
        body_hash: str | None,
    ) -> None:
        """Note a poll that was answered as it should be; ends the baseline."""
        self._db.execute(
            """update sources set etag = ?, last_modified = ?, body_hash = ?, baseline = 0,
                 last_poll = ?, last_read = ?, next_poll = ?, failures = 0, failure = null, detail = null
               where name = ?""",
            [
                validators.etag,
                validators.last_modified,
                body_hash,
                stamp(now),
                stamp(now),
                stamp(next_poll),
                name,
            ],
        )

    def failed(
        self, name: str, *, now: datetime, next_poll: datetime, failure: str, detail: str
    ) -> None:
        """Note a failed poll; validators stay, for the next answer may still be a 304."""
        self._db.execute(
            """update sources set last_poll = ?, next_poll = ?, failures = failures + 1,
                 failure = ?, detail = ? where name = ?""",
            [stamp(now), stamp(next_poll), failure, detail, name],
        )


def _state(row: dict[str, Any]) -> SourceState:
    return SourceState(
        name=row["name"],
        url=row["url"],
        validators=Validators(etag=row["etag"], last_modified=row["last_modified"]),
        body_hash=row["body_hash"],
        declared=moment(row["declared"]),
        baseline=bool(row["baseline"]),
        last_poll=moment(row["last_poll"]),
        last_read=moment(row["last_read"]),
        next_poll=moment(row["next_poll"]),
        failures=row["failures"],
        failure=row["failure"],
        detail=row["detail"],
    )
