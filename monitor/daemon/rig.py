"""Everything that a round needs, put together from one configuration and taken apart again."""

from __future__ import annotations

import gc
import re
import shlex
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import structlog

from monitor.bulletin import Editor
from monitor.config.seeds import digests
from monitor.daemon.clock import clock
from monitor.deliver.chat import Chat
from monitor.deliver.command import Command
from monitor.deliver.deliver import Courier, Sender
from monitor.deliver.email import Email
from monitor.deliver.files import Files
from monitor.deliver.log import Log
from monitor.deliver.webhook import Webhook
from monitor.errors import MonitorError
from monitor.fetch.client import Client
from monitor.fetch.standing import Standing
from monitor.model import Channel, Config
from monitor.parts import Parts
from monitor.poll import Poller
from monitor.read import Reader
from monitor.recheck import Rechecker
from monitor.store.store import Store
from monitor.story.profile import Profile
from monitor.teach import Teacher
from monitor.watch import Watch
from monitor.workers import Workers

log = structlog.get_logger()

# Objects made before the next look for garbage: a feed makes some hundreds, which go by themselves.
_GARBAGE = 10_000
_PLAIN = re.compile(r"[a-z0-9.-]+")


def sender(channel: Channel) -> Sender:
    """The way out of a channel."""
    match channel.kind:
        case "email":
            return Email(channel)
        case "webhook":
            return Webhook(channel, clock=clock)
        case "chat":
            return Chat(channel)
        case "command":
            return Command(channel)
        case "files":
            return Files(channel)
        case "log":
            return Log(channel)


def leads_to(channel: Channel) -> str:
    """Where a channel leads, for a person; never a key."""
    match channel.kind:
        case "command":
            return shlex.join(channel.run)
        case "files":
            return str(channel.folder)
        case "chat":
            return "a chat service"
        case _:
            return ", ".join(channel.to) or channel.url or "the log"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rig:
    """A monitor ready to run: its parts and what works with them."""

    parts: Parts
    watch: Watch
    editor: Editor
    poller: Poller
    reader: Reader
    rechecker: Rechecker
    courier: Courier
    teacher: Teacher


def declare_stories(config: Config, store: Store) -> None:
    """Carry what is stored of a story over to its new name. By who alone works on the store."""
    try:
        seeds = {story.name: digests(story.seeds) for story in config.stories}
    except MonitorError:
        return  # taken away since they were read: what runs goes on
    with store.transaction():
        renamed = store.stories.declare(seeds)
    for former, name in renamed:
        log.info("a story has another name", story=name, former=former)


@asynccontextmanager
async def rig(
    config: Config,
    profiles: Mapping[str, Profile],
    store: Store,
    standing: Standing | None = None,
) -> AsyncIterator[Rig]:
    """Build it over an open store; the store stays open afterwards.

    `profiles` are as learnt from the seeds. `standing` is what hosts have asked of an earlier client: a reload forgets none of it.
    """
    with store.transaction():
        store.sources.declare(config.sources, clock())
    teacher = Teacher(profiles, store)
    parts = Parts(
        config=config,
        profiles=teacher.profiles,
        store=store,
        client=Client(
            config.poll,
            contact=config.contact,
            standing=standing or _standing(config, store),
            now=clock,
        ),
        workers=Workers(),
        clock=clock,
    )
    courier = Courier(store.outbox, {c.name: sender(c) for c in config.channels}, clock)
    built = Rig(
        parts=parts,
        watch=Watch(parts),
        editor=Editor(config, store, clock),
        poller=Poller(parts),
        reader=Reader(parts),
        rechecker=Rechecker(parts),
        courier=courier,
        teacher=teacher,
    )
    # What was learnt stays: else each full look for garbage goes through all of it, which holds
    # the loop up for a quarter of a second with ten stories. What an earlier one had learnt may go;
    # before the first there is next to none.
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
    gc.freeze()
    gc.set_threshold(_GARBAGE, 10)
    try:
        yield built
    finally:
        await courier.aclose()
        await parts.workers.aclose()
        await parts.client.aclose()


def _host(url: str) -> str:
    host = url.split("/", 3)[2]
    # Nearly all are plain, and a parser takes ten times as long.
    return host if _PLAIN.fullmatch(host) else urlsplit(url).hostname or ""


def _standing(config: Config, store: Store) -> Standing:
    """Who is known to have been there: else a start without a network blames each source."""
    well = store.sources.well()
    found = Standing()
    found.reach.known(
        _host(source.url) for source in config.sources if not source.private and source.name in well
    )
    return found
