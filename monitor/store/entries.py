"""Every entry ever seen, in short form, and the queue of those not judged yet.

A pending entry carries its payload, so that a body that could not be read yet,
or a killed process, loses nothing: the queue is this table.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import chain
from typing import Any, TypeVar

from sqlite_utils import Database

from monitor.model import Entry, Fetched
from monitor.store.headlines import headline
from monitor.store.rows import LONGEST, moment, named, stamp

T = TypeVar("T")

_CHUNK = 400  # below SQLite's old limit of 999 parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """The exchange in which an entry was read: what evidence needs when no page is fetched."""

    url: str
    final_url: str
    fetched_at: datetime
    status: int
    headers: tuple[tuple[str, str], ...]
    redirects: tuple[str, ...]
    sha256: str


def provenance(answer: Fetched, sha256: str) -> Provenance:
    """An exchange as evidence keeps it; `sha256` is its body's."""
    return Provenance(
        url=answer.url,
        final_url=answer.final_url,
        fetched_at=answer.fetched_at,
        status=answer.status,
        headers=answer.headers,
        redirects=answer.redirects,
        sha256=sha256,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """An entry that waits for its body. `tries` counts the looks so far.

    `last_read` is when its source was read before: earlier it could not have been seen.
    """

    id: int
    source: str
    entry: Entry
    baseline: bool
    first_seen: datetime
    tries: int
    failure: str | None
    provenance: Provenance
    flood: int | None = None
    last_read: datetime | None = None


class Entries:
    """The table of the same name."""

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    def seen(self, source: str, keys: Sequence[str]) -> dict[str, int | None]:
        """Which of the keys this source has shown before, with the headline they had (`headlines.py`)."""
        return dict(
            chain.from_iterable(
                self._db.conn.execute(
                    f"select key, headline from entries where source = ? and key in ({_marks(part)})",  # noqa: S608 - marks only
                    [source, *part],
                )
                for part in _parts(keys)
            )
        )

    def touch(self, source: str, keys: Iterable[str], now: datetime) -> None:
        """Note that known entries were still there."""
        self._db.conn.executemany(
            "update entries set last_seen = ? where source = ? and key = ?",
            [(stamp(now), source, key) for key in keys],
        )

    def add(
        self,
        source: str,
        key: str,
        entry: Entry,
        *,
        now: datetime,
        baseline: bool,
        headline_score: float,
        provenance: Provenance | None,
        flood: int | None = None,
        last_read: datetime | None = None,
    ) -> int:
        """Store an entry and return its id: pending when it comes with its provenance.

        `flood` is that of the poll it came in with, `last_read` when its source was read before.

        An entry known under this key (a changed headline) is queued again as it is now;
        one that was still waiting keeps its looks and its mark, or a headline that changes
        at every poll would put off its judgement for ever.
        """
        payload = None
        if provenance is not None:
            carried = {
                "entry": entry._asdict(),
                "provenance": _stated(provenance),
                "last_read": last_read,
            }
            payload = json.dumps(_plain(carried), ensure_ascii=False)
        row = self._db.conn.execute(
            """insert into entries (source, key, url, title, headline, published, first_seen,
                 last_seen, baseline, stage, read_at, headline_score, payload, flood)
               values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
               on conflict (source, key) do update set
                 url = excluded.url, title = excluded.title, headline = excluded.headline,
                 published = coalesce(entries.published, excluded.published),
                 last_seen = excluded.last_seen,
                 baseline = case when entries.stage = 'pending' then entries.baseline
                   else excluded.baseline end,
                 tries = case when entries.stage = 'pending' then entries.tries else 0 end,
                 stage = excluded.stage, read_at = excluded.read_at, failure = null,
                 headline_score = excluded.headline_score, payload = excluded.payload,
                 flood = excluded.flood
               returning id""",
            [
                source,
                key,
                entry.url,
                entry.title,
                None if entry.title is None else headline(entry.title),
                stamp(entry.published),
                stamp(now),
                stamp(now),
                int(baseline),
                "settled" if payload is None else "pending",
                None if payload is None else stamp(now),
                headline_score,
                payload,
                flood,
            ],
        ).fetchone()
        return int(row[0])

    def queue(self, now: datetime, limit: int) -> list[tuple[int, str | None]]:
        """Id and address of pending entries whose time has come, the likeliest headline first."""
        return self._db.conn.execute(
            """select id, url from entries where stage = 'pending' and (read_at <= ? or read_at > ?)
               order by headline_score desc, id limit ?""",
            [stamp(now), stamp(now + LONGEST), limit],
        ).fetchall()

    def hasten(self, now: datetime) -> None:
        """The clock was set back: what waits for a time of the wrong future is due now, once.

        It was seen now, too, or its page would be waited for until the clock has caught up.
        """
        self._db.execute(
            """update entries set read_at = ?1, first_seen = min(first_seen, ?1)
               where stage = 'pending' and read_at > ?1""",
            [stamp(now)],
        )

    def load(self, entry_id: int) -> Pending | None:
        """One pending entry, None when it was settled meanwhile."""
        for row in named(
            self._db.conn, "select * from entries where id = ? and stage = 'pending'", [entry_id]
        ):
            return _pending(row)
        return None

    def titles(self, source: str, titles: Sequence[str], keys: Container[str]) -> set[str]:
        """Which of the titles this source has shown under other keys than these."""
        wanted = {headline(title): title for title in titles}
        return {
            wanted[found]
            for part in _parts(list(wanted))
            for key, found in self._db.conn.execute(
                f"""select key, headline from entries
                    where headline in ({_marks(part)}) and source = ?""",  # noqa: S608 - marks only
                [*part, source],
            )
            if key not in keys
        }

    def cut_flood(self, source: str, since: datetime) -> int | None:
        """The flood that came in since then, the last reading: one that was cut while stored."""
        row = self._db.conn.execute(
            """select max(flood) from entries
               where source = ? and flood is not null and first_seen > ?""",
            [source, stamp(since)],
        ).fetchone()
        return None if row[0] is None else int(row[0])

    def flooded(self, flood: int) -> int:
        """How many entries of a flood are pending."""
        row = self._db.conn.execute(
            "select count(*) from entries where flood = ? and stage = 'pending'", [flood]
        ).fetchone()
        return int(row[0])

    def waiting(self) -> int:
        """How many entries are pending."""
        return int(
            self._db.conn.execute(
                "select count(*) from entries where stage = 'pending'"
            ).fetchone()[0]
        )

    def postpone(
        self, entry_id: int, read_at: datetime, failure: str, *, looked: bool = True
    ) -> None:
        """Look at its page again at `read_at`; `looked` counts this as one of its looks."""
        self._db.execute(
            "update entries set read_at = ?, tries = tries + ?, failure = ? where id = ?",
            [stamp(read_at), int(looked), failure, entry_id],
        )

    def settle(self, entry_id: int, article_id: int, failure: str | None) -> None:
        """Take it out of the queue: it is judged, as `article_id`."""
        self._db.execute(
            """update entries set stage = 'settled', read_at = null, payload = null,
                 article_id = ?, failure = ? where id = ?""",
            [article_id, failure, entry_id],
        )

    def is_pending(self, entry_id: int) -> bool:
        """Whether nobody else has settled it meanwhile."""
        row = self._db.conn.execute("select stage from entries where id = ?", [entry_id]).fetchone()
        return row is not None and row[0] == "pending"


def _parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _stated(provenance: Provenance) -> dict[str, Any]:
    # `asdict` copies each header.
    return {each.name: getattr(provenance, each.name) for each in fields(provenance)}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items() if part is not None}
    if isinstance(value, datetime):
        return stamp(value)
    return value


def _pending(row: dict[str, Any]) -> Pending:
    payload = json.loads(row["payload"])
    entry = payload["entry"]
    for name in ("published", "updated"):
        entry[name] = moment(entry.get(name))
    provenance = payload["provenance"]
    provenance["fetched_at"] = moment(provenance["fetched_at"])
    provenance["headers"] = tuple((name, value) for name, value in provenance["headers"])
    provenance["redirects"] = tuple(provenance["redirects"])
    return Pending(
        id=row["id"],
        source=row["source"],
        entry=Entry(**{"url": None, **entry}),
        baseline=bool(row["baseline"]),
        first_seen=moment(row["first_seen"]),
        tries=row["tries"],
        failure=row["failure"],
        provenance=Provenance(**provenance),
        flood=row["flood"],
        last_read=moment(payload.get("last_read")),
    )
