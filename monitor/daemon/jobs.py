"""The fixed jobs of the daemon: each asks the store what is due and starts it.

Each piece of work is a task of its own, known by name, so that none is started
twice. The catch-alls of the package live here and nowhere else.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urlsplit

import structlog

from monitor.alert.hold import AWAY
from monitor.daemon.ping import ping
from monitor.daemon.rig import Rig
from monitor.daemon.sweep import sweep
from monitor.errors import FetchError, MonitorError, StoreError
from monitor.searching import fill
from monitor.store.ballast import Ballast
from monitor.store.store import full
from monitor.subscribe import Subscriber

log = structlog.get_logger()

_CRAMPED = (
    "the disk is full: the ballast beside the database was freed, so that what waits is read and"
    " sent; polls go on while half of it is left. Make room"
)
_PAUSE = 10.0  # seconds without polls after the store refused a write
_REST = 600.0  # seconds without what only helps, after a defect in it
_DEFECT = timedelta(hours=1)  # until what hit a defect is tried again
_BEAT = timedelta(minutes=1)  # between two notes that the daemon lives
_STALE = 60.0  # seconds without a turn of the poll job after which the watchdog starves
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
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._sources = {
            source.name: source for source in rig.parts.config.sources if source.enabled
        }
        self._ballast = Ballast(rig.parts.config.database)
        self._cramped = False  # the disk was full, and what waits lives on the ballast's room
        self._paused_until = 0.0
        self._pause_reason = ""
        self._resting: dict[str, float] = {}
        self._turned = time.monotonic()
        self._noted: datetime | None = None

    @property
    def paused(self) -> str:
        """Why nothing is done at the moment."""
        return self._pause_reason if time.monotonic() < self._paused_until else ""

    @property
    def hindered(self) -> str:
        """Why less is done than should be, empty when all is well."""
        return self.paused or (_CRAMPED if self._cramped else "")

    @property
    def running(self) -> int:
        """How many pieces of work are under way."""
        return len(self._tasks)

    @property
    def turning(self) -> bool:
        """Whether the event loop turns the poll job."""
        return time.monotonic() - self._turned <= _STALE

    @property
    def alive(self) -> bool:
        """Whether the event loop turns the poll job and the store answers."""
        if not self.turning:
            return False
        try:
            self._rig.parts.store.ping()
        except StoreError as error:
            # A full disk is not a hang: a restart would not mend it, and status says it.
            self._pause(error)
        return True

    async def poll_due(self) -> None:
        """Start a poll of each source whose time has come, as far as there are slots."""
        self._turned = time.monotonic()
        running = self._names("poll:")
        free = self._rig.parts.config.poll.concurrency - len(running)
        if self.paused or free <= 0 or not self._has_room() or not self._note_life():
            return
        try:
            due = self._rig.parts.store.sources.due(
                self._clock(), free + len(running), self._sources
            )
        except Exception as error:
            # A damaged disk, say: once in a while with its reason, not a traceback a second.
            self._pause(error)
            return
        for name in due:
            if f"poll:{name}" not in running:
                self._start(
                    f"poll:{name}", partial(self._poll, name), partial(self._poll_defect, name)
                )

    async def read_due(self) -> None:
        """Start reading pending entries, the likeliest first, one a host at a time.

        More would only queue for the host's turn, and a likelier headline that
        comes meanwhile could not overtake them.
        """
        free = self._rig.parts.config.poll.concurrency - len(self._names("read:"))
        if self.paused or free <= 0 or not self._note_life():
            return
        for entry_id, url in self._rig.parts.store.entries.queue(self._clock(), _QUEUE):
            host = urlsplit(url or "").hostname or f"entry {entry_id}"
            if f"read:{host}" in self._tasks:
                continue
            self._start(
                f"read:{host}",
                partial(self._read, entry_id),
                partial(self._read_defect, entry_id),
            )
            free -= 1
            if free <= 0:
                return

    async def deliver_due(self) -> None:
        """Let the courier start every channel's lane that is idle."""
        if not self.paused and "deliver" not in self._tasks:
            self._start("deliver", self._rig.courier.round)

    async def look(self) -> None:
        """Look at how sources and stories fare, and queue what is to be told of it."""
        if not self.paused and "look" not in self._tasks:
            self._start("look", self._look)

    async def teach(self) -> None:
        """Teach the stories whose labels changed."""
        if not self.paused and not self._rests("teach") and "teach" not in self._tasks:
            self._start("teach", self._teach, partial(self._rest, "teach"))

    async def index(self) -> None:
        """Fill the words of a few new articles into the search."""
        if self.paused or self._rests("index"):
            return
        try:
            fill(self._rig.parts.store)
        except StoreError as error:
            self._pause(error)
        except Exception as error:
            log.exception("defect", at="index")
            self._rest("index", error)

    async def edit(self) -> None:
        """Queue the summaries and digests that are due."""
        if not self.paused and "edit" not in self._tasks:
            self._start("edit", self._edit)

    async def ping(self) -> None:
        """Give the outside service its sign of life."""
        if not self.paused and "ping" not in self._tasks:
            self._start("ping", self._ping)

    async def recheck(self) -> None:
        """Plan looks at what was told, and start those whose time has come, one a site at a time."""
        if self.paused or not self._has_room():
            return
        running = self._names("recheck:")
        free = _LOOKS - len(running)
        try:
            for sequel in self._rig.rechecker.plan():
                log.info("sequel", kind=sequel.kind, id=sequel.id, article=sequel.article_id)
            due = self._rig.rechecker.due(_LOOKED_THROUGH) if free > 0 else []
        except Exception as error:
            # As with polls: once in a while with its reason, not a traceback each time.
            self._pause(error)
            return
        for article_id, site in due:
            name = f"recheck:{site}"
            if free <= 0:
                return
            if name not in self._tasks:
                free -= 1
                self._start(
                    name,
                    partial(self._recheck, article_id),
                    partial(self._recheck_defect, article_id),
                )

    async def subscribe(self) -> None:
        """Keep the subscriptions at hubs."""
        if self._subscriber and not self.paused and "subscribe" not in self._tasks:
            self._start("subscribe", self._subscriber.look)

    async def sweep(self) -> None:
        """Let go of what need not be kept, in short steps."""
        if not self.paused and "sweep" not in self._tasks:
            parts = self._rig.parts
            keep = parts.config.keep_off
            self._start("sweep", partial(sweep, parts.store, keep, self._clock()))

    def set_back(self) -> None:
        """The clock was set back: what waits for the wrong future is due now."""
        try:
            self._rig.parts.store.set_back(self._clock())
        except StoreError as error:
            self._pause(error)

    async def drain(self, grace: float) -> None:
        """Cancel what can be done again; give deliveries `grace` seconds to hear the answer."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        await self._rig.courier.drain(grace)

    # ---- one piece of work

    async def _poll(self, name: str) -> None:
        began = time.monotonic()
        polled = await self._rig.poller.poll(self._sources[name])
        say = log.warning if polled.detail else log.info if polled.fresh else log.debug
        say(
            "poll",
            source=name,
            outcome=polled.outcome,
            entries=polled.entries,
            fresh=polled.fresh,
            pending=polled.pending,
            ms=round((time.monotonic() - began) * 1000),
            **({"detail": polled.detail} if polled.detail else {}),
        )

    async def _teach(self) -> None:
        for profile in await self._rig.teacher.look():
            log.info("taught", story=profile.story.name, profile=profile.version)

    async def _look(self) -> None:
        looked = await self._rig.watch.look()
        for episode in looked.begun:
            log.warning("episode", state=episode.state, source=episode.source, story=episode.story)
        for episode in looked.ended:
            log.info("recovered", state=episode.state, source=episode.source, story=episode.story)

    async def _edit(self) -> None:
        for each in self._rig.editor.look():
            log.info("bulletin", kind=each.kind, id=each.id)

    async def _ping(self) -> None:
        try:
            why = await ping(self._rig.parts)
        except FetchError as error:
            # Whoever waits for it hears of that by its absence.
            log.warning("ping failed", failure=error.failure, detail=error.detail)
            return
        if why:
            log.warning("no ping", why=why)

    def _note_life(self) -> bool:
        """Note that the daemon lives, before it stores anything; False where it cannot.

        After a long absence, of the process or of the whole machine, what came meanwhile is
        told in one message.
        """
        now = self._clock()
        if self._noted is not None and abs(now - self._noted) < _BEAT:
            return True
        table = self._rig.parts.store.bulletins
        try:
            with self._rig.parts.store.transaction():
                last = table.alive()
                table.beat(now)
                if last is not None and now - last >= AWAY:
                    table.wake(last, now)
                    log.warning("was away", since=last.isoformat(), until=now.isoformat())
        except StoreError as error:
            self._pause(error)
            return False
        self._noted = now
        return True

    def _poll_defect(self, name: str, error: Exception) -> None:
        now = self._clock()
        with self._rig.parts.store.transaction():
            self._rig.parts.store.sources.failed(
                name,
                now=now,
                next_poll=now + _DEFECT,
                failure="defect",
                detail=f"{type(error).__name__}: {error}",
            )

    async def _read(self, entry_id: int) -> None:
        for one in await self._rig.reader.read(entry_id):
            for match, told in zip(one.matches, one.told, strict=True):
                say = log.debug if match.band == "off" else log.info
                say(
                    "judged",
                    story=match.story,
                    band=match.band,
                    score=round(match.score, 2),
                    relation=one.fold.relation,
                    told=told,
                    source=one.article.source,
                    id=one.article_id,
                    title=one.article.title,
                )

    async def _recheck(self, article_id: int) -> None:
        outcome = await self._rig.rechecker.look(article_id)
        say = log.info if ":" in outcome else log.debug
        say("looked again", id=article_id, outcome=outcome)

    def _recheck_defect(self, article_id: int, error: Exception) -> None:
        with self._rig.parts.store.transaction():
            self._rig.parts.store.aftermath.postpone(article_id, self._clock() + _DEFECT)

    def _read_defect(self, entry_id: int, error: Exception) -> None:
        with self._rig.parts.store.transaction():
            self._rig.parts.store.entries.postpone(
                entry_id, self._clock() + _DEFECT, f"defect: {type(error).__name__}: {error}"
            )

    # ---- tasks

    def _names(self, kind: str) -> set[str]:
        return {name for name in self._tasks if name.startswith(kind)}

    def _start(
        self,
        name: str,
        work: Callable[[], Awaitable[object]],
        on_defect: Callable[[Exception], None] | None = None,
    ) -> None:
        task = asyncio.create_task(self._guarded(name, work, on_defect), name=name)
        self._tasks[name] = task
        task.add_done_callback(lambda _: self._tasks.pop(name, None))

    async def _guarded(
        self,
        name: str,
        work: Callable[[], Awaitable[object]],
        on_defect: Callable[[Exception], None] | None,
    ) -> None:
        try:
            await work()
        except MonitorError as error:
            # The store, or a machine so short of memory that no worker starts: no fault of
            # this source, which must not be put to rest for it.
            self._pause(error)
        except Exception as error:
            log.exception("defect", at=name)
            if on_defect is not None:
                try:
                    on_defect(error)
                except Exception as second:
                    # Without a note of it the same work would come due at once again.
                    self._pause(second)

    def _rests(self, name: str) -> bool:
        return time.monotonic() < self._resting.get(name, 0.0)

    def _rest(self, name: str, error: Exception) -> None:
        """Leave one thing alone for a while: alerts go without what only helps."""
        log.error("rests", job=name, seconds=_REST, problem=repr(error))
        self._resting[name] = time.monotonic() + _REST

    def _has_room(self) -> bool:
        """Whether there is room for what polls bring; puts the ballast by again where there is."""
        if self._ballast.lay() and self._cramped:
            self._cramped = False
            log.info("the disk has room again: sources are polled as ever")
        return not (self._cramped and self._ballast.is_short)

    def _pause(self, error: Exception) -> None:
        """Stop asking sources for what cannot be kept; everything is due again afterwards."""
        if isinstance(error, StoreError) and full(error) and self._ballast.give_up():
            # What was under way is due again at once, and has room now.
            self._cramped = True
            log.error("disk full", note=_CRAMPED)
            return
        if not self.paused:
            log.error("paused", seconds=_PAUSE, problem=str(error))
        self._pause_reason = f"paused: {error}"
        self._paused_until = time.monotonic() + _PAUSE
