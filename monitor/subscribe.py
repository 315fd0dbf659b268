"""WebSub: hubs say when a source has news, so that polling need not be quick (W3C, 2018).

What a hub sends is taken as a word that there is news, and never as the news: the
source is polled at once, and its own bytes are read. A hub can so lose or forge
nothing, and polling goes on, more slowly, where it falls silent.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.errors import FetchError
from monitor.parts import Parts
from monitor.store.subscriptions import BREATH, Subscription, in_force

_LEASE = timedelta(days=10)  # asked for, and the longest that is believed
_SHORTEST = timedelta(minutes=5)
_PATIENCE = timedelta(hours=1)  # for a hub's confirmation, doubled at each failure
_LONGEST = timedelta(days=2)
_DENIED = timedelta(days=7)
_METHODS = frozenset({"sha1", "sha256", "sha384", "sha512"})  # section 7.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """What a hub asks of a subscription (section 5.3); all as it came."""

    mode: str
    topic: str
    lease: str = ""
    reason: str = ""


class Subscriber:
    """Keeps the subscriptions of one configuration; `callback` is its public address."""

    def __init__(self, parts: Parts, callback: str) -> None:
        """Take what is shared; nothing is opened here."""
        self._store = parts.store
        self._client = parts.client
        self._clock = parts.clock
        self._callback = callback.rstrip("/")
        self._private = {source.name for source in parts.config.sources if source.private}

    async def look(self) -> None:
        """Ask hubs for what is wanted, due for renewal or no longer wanted."""
        now, table = self._clock(), self._store.subscriptions
        held, wanted = table.all(), self._store.subscriptions.wanted()
        for source, (hub, topic) in wanted.items():
            known = held.get(source)
            agreed = known and (known.hub, known.topic, known.callback)
            if known is None or agreed != (hub, topic, self._callback):
                await self._ask(self._new(source, hub, topic, now))
            elif now >= known.next_at:
                await self._ask(known)
        for source, known in held.items():
            if source not in wanted and (known.state != "dropping" or now >= known.next_at):
                await self._drop(known, now)

    async def _ask(self, subscription: Subscription) -> None:
        """Send a request to subscribe; stored first, for the hub may confirm it at once."""
        now = self._clock()
        asked = replace(
            subscription,
            # A renewal leaves the subscription in force until its lease is over.
            state="active" if in_force(subscription, now) else "asked",
            failures=subscription.failures + 1,
            next_at=now + min(_PATIENCE * 2 ** min(subscription.failures, 16), _LONGEST),
        )
        self._keep(asked)
        fault = await self._post(asked, "subscribe")
        latest = self._store.subscriptions.by_token(asked.token)
        if fault is not None and latest is not None:
            state = latest.state if in_force(latest, now) else "failed"
            self._keep(replace(latest, state=state, detail=fault))

    async def _drop(self, subscription: Subscription, now: datetime) -> None:
        """Tell the hub once that we want no more; forget it, whatever it answers, in an hour."""
        if subscription.state == "dropping":
            with self._store.transaction():
                self._store.subscriptions.forget(subscription.source)
            return
        self._keep(replace(subscription, state="dropping", next_at=now + _PATIENCE))
        await self._post(subscription, "unsubscribe")

    async def _post(self, subscription: Subscription, mode: str) -> str | None:
        form = {
            "hub.callback": f"{subscription.callback}/{subscription.token}",
            "hub.mode": mode,
            "hub.topic": subscription.topic,
            "hub.lease_seconds": str(int(_LEASE.total_seconds())),
            "hub.secret": subscription.secret,
        }
        try:
            await self._client.post_form(
                subscription.hub, form, private=subscription.source in self._private
            )
        except FetchError as error:
            return str(error)
        return None

    # ---- the callback's side

    def knows(self, token: str) -> bool:
        """Whether a subscription has this name."""
        return self._store.subscriptions.by_token(token) is not None

    def confirmed(self, token: str, asked: Confirmation) -> bool:
        """Whether we want what the hub asks us to confirm (section 5.3); noted if so."""
        known = self._store.subscriptions.by_token(token)
        if known is None or asked.topic != known.topic:
            return False
        now = self._clock()
        if asked.mode == "denied":
            detail = asked.reason[:200] or "the hub refuses"
            self._keep(replace(known, state="denied", detail=detail, next_at=now + _DENIED))
            return True
        if asked.mode == "unsubscribe":
            return known.state == "dropping"
        if asked.mode != "subscribe" or known.state == "dropping":
            return False
        lease = _lease(asked.lease)
        self._keep(
            replace(
                known,
                state="active",
                lease_until=now + lease,
                # In good time: a renewal may have to be asked for more than once.
                next_at=now + lease * 0.8,
                failures=0,
                detail=None,
            )
        )
        return True

    def told(self, token: str, body: bytes, signature: str | None) -> bool:
        """Make the source due where the hub's word is signed as agreed; whether it was."""
        known = self._store.subscriptions.by_token(token)
        if known is None or not _signed(known.secret, body, signature):
            return False
        now = self._clock()
        self._store.subscriptions.hear(known.source, now)
        state = self._store.sources.state(known.source)
        if state is not None and state.next_poll > now:
            with self._store.transaction():
                self._store.subscriptions.keep(replace(known, told_at=now))
                self._store.sources.hasten(known.source, now, BREATH)
        return True

    def _keep(self, subscription: Subscription) -> None:
        with self._store.transaction():
            self._store.subscriptions.keep(subscription)

    def _new(self, source: str, hub: str, topic: str, now: datetime) -> Subscription:
        return Subscription(
            source=source,
            hub=hub,
            topic=topic,
            callback=self._callback,
            token=secrets.token_urlsafe(24),
            secret=secrets.token_hex(32),
            state="failed",
            next_at=now,
        )


def _lease(stated: str) -> timedelta:
    """What the hub grants; our own wish where it says nothing that can be true."""
    if not (stated.isascii() and stated.isdigit() and len(stated) < 12):
        return _LEASE
    return min(max(timedelta(seconds=int(stated)), _SHORTEST), _LEASE)


def _signed(secret: str, body: bytes, signature: str | None) -> bool:
    """Whether `method=hexdigest` is the body's HMAC under our secret (section 7.1)."""
    method, _, digest = (signature or "").partition("=")
    if method not in _METHODS or not digest.isascii():
        return False
    return hmac.compare_digest(hmac.digest(secret.encode(), body, method).hex(), digest.lower())
