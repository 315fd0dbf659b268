"""Subscriptions at WebSub hubs: what was asked for, and until when it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from sqlite_utils import Database

from monitor.store.rows import moment, named, stamp

BREATH: Final = timedelta(seconds=30)  # between two polls, whatever a hub says

_TIMES = ("next_at", "lease_until", "told_at", "missed_at")
SubscriptionState = Literal["asked", "active", "denied", "failed", "dropping"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One source's subscription.

    `token` names it under the address `callback` and `secret` signs what the hub sends.
    `next_at` is when the hub is to be asked next; `told_at` when it last had news;
    `missed_at` when a poll last found some of which it had not told.
    """

    source: str
    hub: str
    topic: str
    callback: str
    token: str
    secret: str
    state: SubscriptionState
    next_at: datetime
    lease_until: datetime | None = None
    failures: int = 0
    detail: str | None = None
    told_at: datetime | None = None
    missed_at: datetime | None = None


def in_force(subscription: Subscription, now: datetime) -> bool:
    """Whether a hub has promised to say when the source has news."""
    lease = subscription.lease_until
    return subscription.state == "active" and lease is not None and now < lease


class Subscriptions:
    """The table of the same name.

    `listening` says whether hubs reach this very process: a promise to somebody who
    does not listen any more is none.
    """

    def __init__(self, db: Database) -> None:
        """Use an open database; nobody listens yet."""
        self._db = db
        self.listening = False
        self._heard: dict[str, datetime] = {}

    def all(self) -> dict[str, Subscription]:
        """Every subscription by its source."""
        rows = named(self._db.conn, "select * from subscriptions")
        return {row["source"]: self._subscription(row) for row in rows}

    def by_token(self, token: str) -> Subscription | None:
        """The one that a callback's address names."""
        for row in named(self._db.conn, "select * from subscriptions where token = ?", [token]):
            return self._subscription(row)
        return None

    def of(self, source: str) -> Subscription | None:
        """A source's own."""
        for row in named(self._db.conn, "select * from subscriptions where source = ?", [source]):
            return self._subscription(row)
        return None

    def believed(self, subscription: Subscription, now: datetime) -> bool:
        """Whether polling may be slow: a hub has promised, we hear it, and it keeps its word.

        One that left news to polling is believed again when it has spoken.
        """
        told, missed = subscription.told_at, subscription.missed_at
        keeps_word = missed is None or (told is not None and told >= missed)
        return self.listening and in_force(subscription, now) and keeps_word

    def hear(self, source: str, now: datetime) -> None:
        """Remember a hub's word in this process, where no write is worth it."""
        self._heard[source] = now

    def wanted(self) -> dict[str, tuple[str, str]]:
        """Hub and topic of each polled source that announces both."""
        rows = self._db.conn.execute(
            """select name, hub, topic from sources
               where active = 1 and hub is not null and topic is not null"""
        )
        return {name: (hub, topic) for name, hub, topic in rows}

    def keep(self, subscription: Subscription) -> None:
        """Store one as it is now, in place of the source's former one."""
        self._db.execute(
            """insert or replace into subscriptions (source, hub, topic, callback, token, secret,
                 state, next_at, lease_until, failures, detail, told_at, missed_at)
               values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            [
                subscription.source,
                subscription.hub,
                subscription.topic,
                subscription.callback,
                subscription.token,
                subscription.secret,
                subscription.state,
                stamp(subscription.next_at),
                stamp(subscription.lease_until),
                subscription.failures,
                subscription.detail,
                stamp(subscription.told_at),
                stamp(subscription.missed_at),
            ],
        )

    def forget(self, source: str) -> None:
        """Know nothing more of it."""
        self._db.execute("delete from subscriptions where source = ?", [source])

    def _subscription(self, row: dict[str, Any]) -> Subscription:
        times = {name: moment(row[name]) for name in _TIMES}
        heard = self._heard.get(row["source"])
        if heard is not None and (times["told_at"] is None or heard > times["told_at"]):
            times["told_at"] = heard
        return Subscription(**{**row, **times})
