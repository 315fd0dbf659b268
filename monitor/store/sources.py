"""What is remembered of each source: validators, failures, when it is due."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from itertools import chain, islice
from typing import Any

from sqlite_utils import Database

from monitor.model import Rhythm, Source, Validators
from monitor.store.rows import LONGEST, SLACK, moment, named, stamp

_RHYTHM = tuple(each.name for each in fields(Rhythm))
_JSON = json.JSONEncoder(separators=(",", ":"))
_STATE = """select *, exists (select 1 from entries where source = sources.name) as shown
            from sources"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is known of one address: enough to ask whether it has changed."""

    validators: Validators = field(default_factory=Validators)
    body_hash: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What answered visits leave behind.

    `moved_to` is where permanent redirects led, the last `moved_times` times alike.
    `asked_whole` is the last request without conditions, `silent` counts the 304s since
    the source was read, and until `distrusted` they are not believed. `pattern` is a
    listing's (see `Reading`), as `ttl`, `hub` and `topic` are a feed's; `rhythm` is what was
    learnt of its pace.
    """

    sheet: Sheet = field(default_factory=Sheet)
    moved_to: str | None = None
    moved_times: int = 0
    asked_whole: datetime | None = None
    silent: int = 0
    distrusted: datetime | None = None
    pattern: str | None = None
    rhythm: Rhythm = field(default_factory=Rhythm)
    ttl: timedelta | None = None
    hub: str | None = None
    topic: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """One source as the store knows it. `baseline` until its first reading is stored.

    `shown` says that there are entries of it, be it of a reading that was cut off.
    """

    name: str
    url: str
    declared: datetime
    baseline: bool
    shown: bool
    last_poll: datetime | None
    last_read: datetime | None
    next_poll: datetime
    failures: int
    failure: str | None
    detail: str | None
    memory: Memory


class Sources:
    """The table of the same name."""

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    def declare(self, sources: Iterable[Source], now: datetime) -> None:
        """Make every enabled source known and due in its time, and put the others to rest.

        A new address forgets validators, children and failures, never articles. A new name for an
        address that no declared source has any more is a source renamed: were it taken for
        a new one, its baseline would swallow what came since the last poll.
        """
        declared = list(sources)
        enabled = [source for source in declared if source.enabled]
        known: dict[str, str] = {}
        active: set[str] = set()
        formers: dict[str, list[str]] = {}  # by address, the last read first
        names = {source.name for source in declared}
        for name, url, is_active in self._db.conn.execute(
            "select name, url, active from sources order by last_read desc"
        ):
            known[name] = url
            if is_active:
                active.add(name)
            if name not in names:
                formers.setdefault(url, []).append(name)
        for source in enabled:
            if source.name not in known:
                if formers.get(source.url):
                    self._rename(formers[source.url].pop(0), source.name)
            elif known[source.name] != source.url:
                self.keep_children(source.name, {})
        wanted = {source.name for source in enabled}
        for state, changed in ((0, active - wanted), (1, wanted - active)):
            self._db.conn.executemany(
                "update sources set active = ? where name = ?",
                [(state, name) for name in changed],
            )
        self._db.conn.executemany(
            """insert into sources (name, url, declared, next_poll) values (?, ?, ?, ?)
               on conflict (name) do update set
                 url = excluded.url, etag = null, last_modified = null, body_hash = null,
                 moved_to = null, moved_times = 0, asked_whole = null, silent = 0,
                 distrusted = null, pattern = null, rhythm = null, ttl = null, hub = null, topic = null,
                 failures = 0, failure = null, detail = null, next_poll = excluded.next_poll
               where sources.url <> excluded.url""",
            [
                (source.name, source.url, stamp(now), stamp(now))
                for source in enabled
                if known.get(source.name) != source.url
            ],
        )

    def _rename(self, former: str, name: str) -> None:
        for table, column in (
            ("sources", "name"),
            ("entries", "source"),
            ("polls", "source"),
            ("children", "source"),
            ("subscriptions", "source"),
            ("episodes", "source"),
            ("floods", "source"),
        ):
            self._db.conn.execute(
                f"update {table} set {column} = ? where {column} = ?",  # noqa: S608 - our own names
                [name, former],
            )

    def state(self, name: str) -> SourceState | None:
        """What is known of one source, None when it was never declared."""
        for row in named(self._db.conn, f"{_STATE} where name = ?", [name]):
            return _state(row)
        return None

    def states(self) -> dict[str, SourceState]:
        """All sources ever declared, by name."""
        return {row["name"]: _state(row) for row in named(self._db.conn, _STATE)}

    def well(self) -> set[str]:
        """Names of those that were read, and answered when they were last asked."""
        rows = self._db.conn.execute(
            "select name from sources where last_read is not null and failures = 0"
        )
        return {name for (name,) in rows}

    def last_read(self) -> datetime | None:
        """When any of them was read last."""
        row: tuple[str | None] = self._db.conn.execute(
            "select max(last_read) from sources"
        ).fetchone()
        return moment(row[0])

    def due(self, now: datetime, limit: int, known: Container[str]) -> list[str]:
        """Names of `known` sources whose time has come, the longest waiting first.

        Another process may have declared another file: what that put to rest is polled
        here all the same, and what only it knows takes up no place. A source last polled
        in the future was so by a wrong clock, and so is its next poll.
        """
        # Each by its own index, and no further than the limit: this is asked every second.
        rows = chain(
            self._db.conn.execute(
                "select name from sources where next_poll <= ? order by next_poll", [stamp(now)]
            ),
            self._db.conn.execute(
                "select name from sources where last_poll > ? and next_poll > ?",
                [stamp(now + SLACK), stamp(now)],
            ),
        )
        return list(islice((name for (name,) in rows if name in known), limit))

    def answered(self, name: str, *, now: datetime, next_poll: datetime, memory: Memory) -> None:
        """Note a poll that was answered as it should be; ends the baseline."""
        at = stamp(now)
        self._db.execute(
            """update sources set etag = ?, last_modified = ?, body_hash = ?, moved_to = ?,
                 moved_times = ?, asked_whole = ?, silent = ?, distrusted = ?, pattern = ?,
                 rhythm = ?, ttl = ?, hub = ?, topic = ?, baseline = 0, last_poll = ?, last_read = ?,
                 next_poll = ?, failures = 0, failure = null, detail = null
               where name = ?""",
            [
                memory.sheet.validators.etag,
                memory.sheet.validators.last_modified,
                memory.sheet.body_hash,
                memory.moved_to,
                memory.moved_times,
                stamp(memory.asked_whole),
                memory.silent,
                stamp(memory.distrusted),
                memory.pattern,
                _kept(memory.rhythm),
                None if memory.ttl is None else round(memory.ttl.total_seconds()),
                memory.hub,
                memory.topic,
                at,
                at,
                stamp(next_poll),
                name,
            ],
        )

    def children(self, name: str) -> dict[str, Sheet]:
        """The sitemaps that were read last of an index, in no order."""
        return {
            row["url"]: _sheet(row)
            for row in named(self._db.conn, "select * from children where source = ?", [name])
        }

    def keep_children(self, name: str, children: Mapping[str, Sheet]) -> None:
        """Replace them."""
        self._db.execute("delete from children where source = ?", [name])
        self._db.conn.executemany(
            """insert into children (source, url, etag, last_modified, body_hash)
               values (?, ?, ?, ?, ?)""",
            [
                (name, url, one.validators.etag, one.validators.last_modified, one.body_hash)
                for url, one in children.items()
            ],
        )

    def hasten(self, name: str, now: datetime, breath: timedelta) -> datetime | None:
        """Make it due now, or `breath` after its last poll; when it is due.

        None for what was given up, which stays so, and for what is not known.
        """
        state = self.state(name)
        if state is None or state.next_poll >= now + LONGEST:
            return None
        at = now if state.last_poll is None else max(now, state.last_poll + breath)
        self._db.execute(
            "update sources set next_poll = ? where name = ? and next_poll > ?",
            [stamp(at), name, stamp(at)],
        )
        return min(at, state.next_poll)

    def postponed(self, name: str, *, next_poll: datetime, detail: str) -> None:
        """Ask again at `next_poll`; what hindered the poll was no fault of the source."""
        self._db.execute(
            "update sources set next_poll = ?, detail = ? where name = ?",
            [stamp(next_poll), detail, name],
        )

    def failed(
        self,
        name: str,
        *,
        now: datetime,
        next_poll: datetime,
        failure: str,
        detail: str,
        forget: bool = False,
    ) -> None:
        """Note a failed poll.

        The validators stay, for the next answer may still be a 304, unless `forget`: those
        of its children, too.
        """
        self._db.execute(
            """update sources set last_poll = ?, next_poll = ?, failures = failures + 1,
                 failure = ?, detail = ?,
                 etag = case when ? then null else etag end,
                 last_modified = case when ? then null else last_modified end
               where name = ?""",
            [stamp(now), stamp(next_poll), failure, detail, forget, forget, name],
        )
        if forget:
            self._db.execute(
                "update children set etag = null, last_modified = null where source = ?", [name]
            )


def _sheet(row: dict[str, Any]) -> Sheet:
    return Sheet(
        validators=Validators(etag=row["etag"], last_modified=row["last_modified"]),
        body_hash=row["body_hash"],
    )


def _state(row: dict[str, Any]) -> SourceState:
    return SourceState(
        name=row["name"],
        url=row["url"],
        declared=moment(row["declared"]),
        baseline=bool(row["baseline"]),
        shown=bool(row["shown"]),
        last_poll=moment(row["last_poll"]),
        last_read=moment(row["last_read"]),
        next_poll=moment(row["next_poll"]),
        failures=row["failures"],
        failure=row["failure"],
        detail=row["detail"],
        memory=Memory(
            sheet=_sheet(row),
            moved_to=row["moved_to"],
            moved_times=row["moved_times"],
            asked_whole=moment(row["asked_whole"]),
            silent=row["silent"],
            distrusted=moment(row["distrusted"]),
            pattern=row["pattern"],
            rhythm=_rhythm(row["rhythm"]),
            ttl=None if row["ttl"] is None else timedelta(seconds=row["ttl"]),
            hub=row["hub"],
            topic=row["topic"],
        ),
    )


def _kept(rhythm: Rhythm) -> str:
    """In six digits: the rest of a float is twice as long and says nothing of a pace."""
    # Most hours are alike.
    short = {value: float(f"{value:.6g}") for value in {*rhythm.arrivals, *rhythm.watched}}
    return _JSON.encode(
        {
            **{name: getattr(rhythm, name) for name in _RHYTHM},
            "arrivals": [short[value] for value in rhythm.arrivals],
            "watched": [short[value] for value in rhythm.watched],
        }
    )


def _rhythm(text: str | None) -> Rhythm:
    """As it was kept, of what this version knows; a new one where it cannot be read."""
    kept = json.loads(text) if text else {}
    return Rhythm(**{name: value for name, value in kept.items() if name in _RHYTHM})
