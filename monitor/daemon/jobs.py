"""The fixed jobs of the daemon: each asks the store what is due and starts it.

The catch-alls of the package live here and in `tasks`, and nowhere else.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

import structlog

from monitor.alert.hold import AWAY
from monitor.daemon.hindrance import Hindrance
from monitor.daemon.life import Life
from monitor.daemon.lull import Calm, Lull
from monitor.daemon.rig import Rig
from monitor.daemon.sweep import sweep
from monitor.daemon.tasks import Tasks
from monitor.daemon.work import Work
from monitor.errors import StoreError
from monitor.searching import fill
from monitor.subscribe import Subscriber

log = structlog.get_logger()

# Seconds without a turn after which the watchdog starves; an idle daemon has one a minute.
_STALE = 120.0
# Pending entries looked through for idle hosts: more than one feed can hold, or the
# likeliest of one large feed would keep every other host waiting.
_QUEUE = 5_000
_LOOKS = 2  # told articles that are looked at again at the same time
_LOOKED_THROUGH = 200  # due ones, for idle sites


class Jobs:
    """Work over one rig. `paused` says why nothing is asked for, empty when all is well."""

    def __init__(
        self, rig: Rig, clock: Callable[[], datetime], subscriber: Subscriber | None = None
    ) -> None:
        """Start nothing yet."""
        self._rig = rig
        self._subscriber = subscriber
        self._clock = clock
        self._sources = {
            source.name: source for source in rig.parts.config.sources if source.enabled
        }
        self._work = Work(rig, self._sources, clock)
        self._hindrance = Hindrance(rig.parts.config.database)
        self._tasks = Tasks(self._hindrance)
        channels = [channel.name for channel in rig.parts.config.channels]
        self._lull = Lull(rig.parts.store.dues, self._sources, channels)
        self._life = Life(rig.parts.store, self._hindrance, self._lull)
        self._turned = time.monotonic()

    @property
    def paused(self) -> str:
        """Why nothing is done at the moment."""
        return self._hindrance.paused

    @property
    def hindered(self) -> str:
        """Why less is done than should be, empty when all is well."""
        return self._hindrance.any

    @property
    def changes(self) -> int:
        """Grows when a lull finds the store changed, or work hindered."""
        return self._lull.changes

    @property
    def running(self) -> int:
        """How many pieces of work are under way."""
        return len(self._tasks)

    @property
    def turning(self) -> bool:
        """Whether the event loop turns the jobs."""
        return time.monotonic() - self._turned <= _STALE

    @property
    def alive(self) -> bool:
        """Whether the event loop turns the jobs and the store answers."""
        if not self.turning:
            return False
        try:
            self._rig.parts.store.ping()
        except StoreError as error:
            # A full disk is not a hang: a restart would not mend it, and status says it.
            self._hindrance.pause(error)
        return True

    def lull(self) -> Calm | None:
        """Since when there has been nothing to do, and until when; None where there may be something.

        Whoever has looked at the store since then need not look again. What runs is due until
        it has written what became of it.
        """
        if self.hindered:
            self._lull.end()
            return None
        try:
            return self._lull.calm(self._clock())
        except Exception as error:
            self._hindrance.pause(error)
            return None

    async def turn(self) -> None:
        """Do all that is due; what fails in one job keeps no other from its turn."""
        self._turned = time.monotonic()
        for job in (self.poll_due, self.read_due, self.deliver_due, self.teach, self.index):
            try:
                await job()
            except Exception:
                log.exception("defect", at=job.__name__)
                self._lull.end()

    async def poll_due(self) -> None:
        """Start a poll of each source whose time has come, as far as there are slots."""
        running = self._tasks.names("poll:")
        free = self._rig.parts.config.poll.concurrency - len(running)
        if free <= 0 or not self._ready() or not self._hindrance.has_room():
            return
        try:
            due = self._rig.parts.store.sources.due(
                self._clock(), free + len(running), self._sources
            )
        except Exception as error:
            # A damaged disk, say: once in a while with its reason, not a traceback a second.
            self._hindrance.pause(error)
            return
        for name in due:
            if f"poll:{name}" not in running:
                self._tasks.start(
                    f"poll:{name}",
                    partial(self._work.poll, name),
                    partial(self._work.poll_defect, name),
                )

    async def read_due(self) -> None:
        """Start reading pending entries, the likeliest first, one a host at a time.

        More would only queue for the host's turn, and a likelier headline that
        comes meanwhile could not overtake them.
        """
        free = self._rig.parts.config.poll.concurrency - len(self._tasks.names("read:"))
        if free <= 0 or not self._ready():
            return
        for entry_id, url in self._rig.parts.store.entries.queue(self._clock(), _QUEUE):
            host = urlsplit(url or "").hostname or f"entry {entry_id}"
            if f"read:{host}" in self._tasks:
                continue
            self._tasks.start(
                f"read:{host}",
                partial(self._work.read, entry_id),
                partial(self._work.read_defect, entry_id),
            )
            free -= 1
            if free <= 0:
                return

    async def deliver_due(self) -> None:
        """Let the courier start every channel's lane that is idle."""
        if "deliver" not in self._tasks and self._ready():
            self._tasks.start("deliver", self._rig.courier.round)

    async def look(self) -> None:
        """Look at how sources and stories fare, and queue what is to be told of it."""
        if "look" not in self._tasks and self._ready():
            self._tasks.start("look", self._work.look)

    async def teach(self) -> None:
        """Teach the stories whose labels changed."""
        rests = self._hindrance.rests("teach")
        if not rests and "teach" not in self._tasks and self._ready():
            self._tasks.start("teach", self._work.teach, partial(self._hindrance.rest, "teach"))

    async def index(self) -> None:
        """Fill the words of a few new articles into the search."""
        if self._hindrance.rests("index") or not self._ready():
            return
        try:
            fill(self._rig.parts.store)
        except StoreError as error:
            self._hindrance.pause(error)
        except Exception as error:
            log.exception("defect", at="index")
            self._hindrance.rest("index", error)

    async def edit(self) -> None:
        """Queue the summaries and digests that are due."""
        if "edit" not in self._tasks and self._ready():
            self._tasks.start("edit", self._work.edit)

    async def ping(self) -> None:
        """Give the outside service its sign of life."""
        if "ping" not in self._tasks and self._ready():
            self._tasks.start("ping", self._work.ping)

    async def recheck(self) -> None:
        """Plan looks at what was told, and start those whose time has come, one a site at a time."""
        if not self._ready() or not self._hindrance.has_room():
            return
        running = self._tasks.names("recheck:")
        free = _LOOKS - len(running)
        try:
            for sequel in self._rig.rechecker.plan():
                log.info("sequel", kind=sequel.kind, id=sequel.id, article=sequel.article_id)
            due = self._rig.rechecker.due(_LOOKED_THROUGH) if free > 0 else []
        except Exception as error:
            # As with polls: once in a while with its reason, not a traceback each time.
            self._hindrance.pause(error)
            return
        for article_id, site in due:
            name = f"recheck:{site}"
            if free <= 0:
                return
            if name not in self._tasks:
                free -= 1
                self._tasks.start(
                    name,
                    partial(self._work.recheck, article_id),
                    partial(self._work.recheck_defect, article_id),
                )

    async def subscribe(self) -> None:
        """Keep the subscriptions at hubs."""
        if self._subscriber and "subscribe" not in self._tasks and self._ready():
            self._tasks.start("subscribe", self._subscriber.look)

    async def sweep(self) -> None:
        """Let go of what need not be kept, in short steps."""
        if "sweep" not in self._tasks and self._ready():
            parts = self._rig.parts
            keep = parts.config.keep_off
            self._tasks.start("sweep", partial(sweep, parts.store, keep, self._clock()))

    def set_back(self) -> None:
        """The clock was set back: what waits for the wrong future is due now."""
        try:
            self._rig.parts.store.set_back(self._clock(), AWAY)
        except StoreError as error:
            self._hindrance.pause(error)

    async def drain(self, grace: float) -> None:
        """Cancel what can be done again; give deliveries `grace` seconds to hear the answer."""
        await self._tasks.cancel()
        await self._rig.courier.drain(grace)

    def _ready(self) -> bool:
        """Whether anything may be stored: nothing pauses it, and that we live is noted before."""
        return not self.paused and self._life.note(self._clock())
