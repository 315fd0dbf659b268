"""Everything that a round needs, put together from one configuration and taken apart again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from monitor.deliver.deliver import Courier, Sender
from monitor.deliver.email import Email
from monitor.deliver.log import Log
from monitor.deliver.webhook import Webhook
from monitor.fetch.client import Client
from monitor.model import Channel, Config
from monitor.poll import Poller
from monitor.read import Reader
from monitor.store.store import Store
from monitor.story.profile import Profile
from monitor.workers import Workers


def clock() -> datetime:
    """The one place that asks for the time of day."""
    return datetime.now(UTC)


def sender(channel: Channel) -> Sender:
    """The way out of a channel."""
    match channel.kind:
        case "email":
            return Email(channel)
        case "webhook":
            return Webhook(channel, clock=clock)
        case "log":
            return Log(channel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rig:
    """The parts of a running monitor."""

    config: Config
    profiles: Mapping[str, Profile]
    store: Store
    client: Client
    workers: Workers
    poller: Poller
    reader: Reader
    courier: Courier


@asynccontextmanager
async def rig(
    config: Config,
    profiles: Mapping[str, Profile],
    store: Store,
    *,
    now: Callable[[], datetime] = clock,
) -> AsyncIterator[Rig]:
    """Build the parts over an open store; the store stays open afterwards."""
    client = Client(config.poll, contact=config.contact)
    workers = Workers()
    courier = Courier(store.outbox, {c.name: sender(c) for c in config.channels}, now)
    try:
        with store.transaction():
            store.sources.declare(config.sources, now())
        yield Rig(
            config=config,
            profiles=profiles,
            store=store,
            client=client,
            workers=workers,
            poller=Poller(
                config=config,
                profiles=profiles,
                store=store,
                client=client,
                workers=workers,
                clock=now,
            ),
            reader=Reader(
                config=config,
                profiles=profiles,
                store=store,
                client=client,
                workers=workers,
                clock=now,
            ),
            courier=courier,
        )
    finally:
        await courier.aclose()
        await workers.aclose()
        await client.aclose()
