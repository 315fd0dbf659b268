"""Subscriptions at WebSub hubs: what was asked for, and until when it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from sqlite_utils import Database

from monitor.store.rows import moment, stamp

BREATH: Final = timedelta(seconds=30)  # between two polls, whatever a hub says

SubscriptionState = Literal["asked", "active", "denied", "failed", "dropping"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One source's subscription.

    `token` names it in the callback's address and `secret` signs what the hub sends.
    `next_at` is when the hub is to be asked next; `told_at` when it last had news.
    """

    source: str
    hub: str
    topic: str
    token: str
    secret: str
    state: SubscriptionState
    next_at: datetime
    lease_until: datetime | None = None
    failures: int = 0
    detail: str | None = None
    told_at: datetime | None = None


def in_force(subscription: Subscription, now: datetime) -> bool:
    """Whether a hub has promised to say when the source has news."""
    lease = subscription.lease_until
    return subscription.state == "active" and lease is not None and now < lease


class Subscriptions:
    """The table of the same name."""

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    def all(self) -> dict[str, Subscription]:
        """Every subscription by its source."""
        rows = self._db.query("select * from subscriptions")
        return {row["source"]: _subscription(row) for row in rows}

    def by_token(self, token: str) -> Subscription | None:
        """The one that a callback's address names."""
        for row in self._db.query("select * from subscriptions where token = ?", [token]):
            return _subscription(row)
        return None

    def of(self, source: str) -> Subscription | None:
        """A source's own."""
        for row in self._db.query("select * from subscriptions where source = ?", [source]):
            return _subscription(row)
        return None

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
            """insert or replace into subscriptions (source, hub, topic, token, secret, state,
                 next_at, lease_until, failures, detail, told_at)
               values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            [
                subscription.source,
                subscription.hub,
                subscription.topic,
                subscription.token,
                subscription.secret,
                subscription.state,
                stamp(subscription.next_at),
                stamp(subscription.lease_until),
                subscription.failures,
                subscription.detail,
                stamp(subscription.told_at),
            ],
        )

    def forget(self, source: str) -> None:
        """Know nothing more of it."""
        self._db.execute("delete from subscriptions where source = ?", [source])


def _subscription(row: dict[str, Any]) -> Subscription:
    times = {name: moment(row[name]) for name in ("next_at", "lease_until", "told_at")}
    return Subscription(**{**row, **times})
