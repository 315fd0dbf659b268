"""Outbox rows on their way: claimed, sent, settled; one lane for each channel."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Protocol

import structlog

from monitor.deliver.backoff import given_up, next_attempt
from monitor.errors import DeliveryError, StoreError
from monitor.model import Delivery, Receipt

_LEASE = timedelta(minutes=5)
_PATIENCE = 1.0  # seconds that a round waits for its lanes; slower ones go on without it

_log = structlog.get_logger(__name__)


class Outbox(Protocol):
    """What the courier needs of the store; each call is one short transaction."""

    def claim(self, channel: str, now: datetime, limit: int, lease: timedelta) -> list[Delivery]:
        """Due deliveries of a channel, oldest first, invisible to others until the lease ends.

        Keeps the order: one that waits for its next attempt holds back the later
        ones of its channel and recipient, until it has failed six times (about half an hour); one
        message that no receiver takes must not silence a channel.
        """

    def delivered(self, delivery_id: int, receipt: Receipt, now: datetime) -> None:
        """The receiver took it."""

    def retry(self, delivery_id: int, error: str, status: int | None, at: datetime) -> None:
        """It failed and is due again at `at`; counts one attempt."""

    def give_up(self, delivery_id: int, error: str, status: int | None, now: datetime) -> None:
        """It failed and is not tried again."""


class Sender(Protocol):
    """One channel's way out."""

    async def send(self, delivery: Delivery) -> Receipt:
        """Send the stored bytes under the stored key; raise DeliveryError where that failed."""

    async def aclose(self) -> None:
        """Let go of connections."""


def utcnow() -> datetime:
    """The clock of a running service."""
    return datetime.now(UTC)


class Courier:
    """Carries the outbox of some channels.

    Each channel has a lane of its own that lasts as long as it needs: a channel
    that hangs is passed over by the next rounds while the others are served.
    Within a lane one delivery is claimed, sent and settled at a time, oldest
    first; a receiver that cannot be reached, or asks for a rest, ends the lane,
    so that later alerts do not run into the same wall.

    An attempt cut off by `aclose`, a crash or a cancelled task is not settled:
    its lease runs out and the same bytes go out again under the same key.
    """

    def __init__(
        self,
        outbox: Outbox,
        senders: Mapping[str, Sender],
        clock: Callable[[], datetime] = utcnow,
        *,
        lease: timedelta = _LEASE,
        patience: float = _PATIENCE,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """Take senders by channel name; `patience` in seconds, see `round`."""
        self._outbox = outbox
        self._senders = senders
        self._clock = clock
        self._lease = lease
        self._patience = patience
        self._chance = chance
        self._lanes: dict[str, asyncio.Task[None]] = {}
        self._accepted = 0
        self._draining = False
        self._refused: StoreError | None = None

    async def round(self) -> int:
        """Start a lane for every idle channel; how many deliveries were accepted.

        Returns when all lanes are empty or `patience` has passed. What a slow lane
        delivers later is counted by a later round. Raises StoreError where a lane
        could not claim or settle; the attempt is made again when its lease ends.
        """
        for name in self._senders:
            if name not in self._lanes or self._lanes[name].done():
                self._lanes[name] = asyncio.create_task(self._lane(name), name=f"lane {name}")
        await self._wait(self._patience)
        if self._refused is not None:
            refused, self._refused = self._refused, None
            raise refused
        accepted, self._accepted = self._accepted, 0
        return accepted

    async def finish(self) -> int:
        """One round that waits for every lane, however slow."""
        accepted = await self.round()
        await self._wait(None)
        late, self._accepted = self._accepted, 0
        return accepted + late

    async def drain(self, grace: float) -> None:
        """Start nothing more, and give attempts under way `grace` seconds to be settled."""
        self._draining = True
        await self._wait(grace)

    async def aclose(self) -> None:
        """Cut off what is under way and close the senders."""
        lanes = list(self._lanes.values())
        for lane in lanes:
            lane.cancel()
        await asyncio.gather(*lanes, return_exceptions=True)
        for sender in self._senders.values():
            await sender.aclose()

    async def _wait(self, seconds: float | None) -> None:
        if self._lanes:
            await asyncio.wait(self._lanes.values(), timeout=seconds)

    async def _lane(self, channel: str) -> None:
        try:
            while not self._draining:
                batch = self._outbox.claim(channel, self._clock(), 1, self._lease)
                if not batch or not await self._carry(batch[0]):
                    return
        except StoreError as error:
            self._refused = error
        except Exception:
            # The edge of one channel: a defect here must not stop the others.
            _log.exception("lane broke", channel=channel)

    async def _carry(self, delivery: Delivery) -> bool:
        """One attempt, settled; False where the channel should rest for this round."""
        try:
            # Shorter than the lease, so that nobody else sends it meanwhile.
            async with asyncio.timeout(self._lease.total_seconds() * 0.8):
                receipt = await self._senders[delivery.channel].send(delivery)
        except DeliveryError as error:
            return self._failed(delivery, error)
        except TimeoutError:
            return self._failed(delivery, DeliveryError("no end to the attempt in sight"))
        except Exception as error:
            _log.exception("attempt broke", channel=delivery.channel, key=delivery.key)
            return self._failed(delivery, DeliveryError(f"defect: {error!r}"))
        self._outbox.delivered(delivery.id, receipt, self._clock())
        self._accepted += 1
        _log.info(
            "delivered",
            channel=delivery.channel,
            recipient=delivery.recipient,
            key=delivery.key,
            status=receipt.status,
        )
        return True

    def _failed(self, delivery: Delivery, error: DeliveryError) -> bool:
        now = self._clock()
        told = {
            "channel": delivery.channel,
            "recipient": delivery.recipient,
            "key": delivery.key,
            "status": error.status,
            "error": error.detail,
        }
        if error.permanent or given_up(delivery.created, now, delivery.attempts + 1):
            self._outbox.give_up(delivery.id, error.detail, error.status, now)
            _log.error("given up", **told)
            return True
        at = next_attempt(delivery.attempts, now, error.retry_after, self._chance())
        self._outbox.retry(delivery.id, error.detail, error.status, at)
        _log.warning("not delivered", again=f"{at:%Y-%m-%dT%H:%M:%SZ}", **told)
        return error.status is not None and error.retry_after is None
