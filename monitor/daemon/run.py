"""The daemon: start, signals that set flags, reload, an ordered stop.

The database is the schedule: each job asks it what is due, so a restart loses
nothing and causes no burst. APScheduler only turns the crank.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from monitor.alert.hold import AWAY
from monitor.config.load import load
from monitor.config.stand import place, stand
from monitor.daemon.clock import clock
from monitor.daemon.crank import Every, anew, rest, wake
from monitor.daemon.former import told
from monitor.daemon.inbox import answered
from monitor.daemon.introduced import introduce
from monitor.daemon.jobs import Jobs
from monitor.daemon.opening import Opening
from monitor.daemon.pulse import LULL, Pulse, span
from monitor.daemon.push import pushing
from monitor.daemon.rig import Rig, declare_stories, rig
from monitor.daemon.said import Said, line
from monitor.daemon.show import showing
from monitor.daemon.systemd import Notifier
from monitor.errors import MonitorError, StoreError
from monitor.fetch.standing import Standing
from monitor.learn import profiles, profiles_from_readable
from monitor.model import Config
from monitor.store.care import Loaded
from monitor.store.lock import lock
from monitor.store.store import Store, full, nothing
from monitor.story import encoder
from monitor.story.profile import Profile
from monitor.subscribe import Subscriber

log = structlog.get_logger()

_GRACE = 6.0  # seconds that running deliveries get at a stop; the unit allows ten in all


class Daemon:
    """Runs one configuration until a signal; SIGHUP swaps in the next if it is right."""

    def __init__(self, path: Path, config: Config, notifier: Notifier, wrong: str = "") -> None:
        """Take a loaded configuration; `path` is read again on SIGHUP.

        `wrong` is what is wrong with the file, where this is the one that was in force before.
        """
        self._path = path
        self._config = config
        # Before the seeds are read: what changes meanwhile is told, and not missed.
        self._loaded = Loaded(
            path=place(path), at=clock(), stand=stand(config), wrong=wrong or None
        )
        self._notify = notifier
        # What became of the start or the last reload, where the reader must act.
        self._note = told(wrong) if wrong else ""
        self._stopping = False
        self._reloading = False
        self._standing: Standing | None = None
        self._pulse = Pulse()
        self._opening = Opening(config.database, notifier, self._flagged)

    async def run(self) -> None:
        """Until SIGTERM or SIGINT. Raises ConfigError and StoreError before READY only.

        A full disk is waited for, then too.
        """
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop)
        loop.add_signal_handler(signal.SIGHUP, self._reload)
        learnt = self._begun()
        held = lock(self._config.database)
        try:
            if held.is_after_crash:
                await self._opening.check()
            store = await self._opening.store(lambda: self._stopping)
        except StoreError:
            held.close(in_order=not held.is_after_crash)
            raise
        if store is None:
            held.close(in_order=not held.is_after_crash)
            return
        started = False
        try:
            while not self._stopping:
                try:
                    # Claims of a process that was killed, or of attempts that a reload cut off.
                    store.outbox.release(clock())
                    if store.is_ahead(clock()):
                        store.set_back(clock(), AWAY)
                    if any(story.encoder for story in self._config.stories):
                        # In a thread, and before an article needs it: the loop would wait.
                        await self._opening.late("the sentence encoder is loaded", encoder.reader)
                    declare_stories(self._config, store)
                    async with rig(self._config, learnt, store, self._standing) as built:
                        started = True
                        self._note_loaded(store)
                        self._standing = built.parts.client.standing
                        introduce(built.parts)
                        self._notify.ready(line(built.parts, self._note))
                        async with pushing(built.parts) as subscriber, answered(built.parts):
                            await self._turn(built, subscriber)
                except StoreError as error:
                    # Room may come back, and nobody starts a service again that gave up for
                    # want of it; what else hinders a first start is for the user to mend.
                    if not (started or full(error)):
                        raise
                    await self._opening.make_room(error)
                if self._reloading and not self._stopping:
                    self._reloading = False
                    learnt = self._reloaded(learnt)
        finally:
            store.close()
            held.close()
        log.info("stopped")

    def _begun(self) -> Mapping[str, Profile]:
        """Profiles for the first turn, without seeds that cannot be read.

        Nobody may be there to mend them: after a reboot, a story followed by its other seeds
        is worth more than none followed. A reload, which somebody asked for, refuses them.
        """
        learnt, unread = profiles_from_readable(self._config)
        for problem in unread:
            log.error("seed left out", problem=str(problem), mend="mend or remove it, then reload")
        if unread:
            more = f" and {len(unread) - 1} more" if len(unread) > 1 else ""
            without = f"a seed that cannot be read{more}: {unread[0]}"
            self._note = "; ".join(filter(None, [self._note, f"works without {without}"]))
            self._loaded = replace(self._loaded, without=without)
        return learnt

    async def _flagged(self, seconds: float, *, lightly: bool = False) -> bool:
        """Sleep so long; True as soon as a signal has raised a flag."""
        if not self._is_flagged:
            await self._pulse.sleep(seconds, lightly=lightly)
        return self._is_flagged

    @property
    def _is_flagged(self) -> bool:
        return self._stopping or self._reloading

    def _stop(self) -> None:
        self._stopping = True
        self._pulse.quicken()

    def _reload(self) -> None:
        self._reloading = True
        self._pulse.quicken()

    def _note_loaded(self, store: Store) -> None:
        """Leave word of what is worked by, for who asks beside us; nothing hangs on it."""
        with contextlib.suppress(StoreError), store.transaction():
            store.care.note_loaded(self._loaded)
            store.care.note_in_force(self._config.text)

    def _reloaded(self, learnt: Mapping[str, Profile]) -> Mapping[str, Profile]:
        """Take the new configuration where it is right; keep the old one and say so where not."""
        self._notify.reloading()
        try:
            config = load(self._path)
            loaded = Loaded(path=self._loaded.path, at=clock(), stand=stand(config))
            fresh = profiles(config)
        except MonitorError as error:
            self._note = (
                f"reload refused, the old configuration stays: {str(error).splitlines()[0]}"
            )
            self._loaded = replace(self._loaded, asked=clock(), refused=str(error))
            log.error("reload refused", problem=str(error))  # noqa: TRY400 - the user's mistake, not a defect
            return learnt
        self._note = ""
        if config.database != self._config.database:
            self._note = "settings.database changed: restart to use the new file"
            log.warning("reload", note=self._note)
            # Until then the page shows, and its buttons change, what is worked on.
            config = replace(config, database=self._config.database)
        self._config = config
        self._loaded = replace(loaded, asked=clock())
        log.info("reloaded", sources=len(config.sources), stories=len(config.stories))
        return fresh

    async def _turn(self, built: Rig, subscriber: Subscriber | None) -> None:
        """Run the jobs until a flag is raised, then let what runs come to its end."""
        jobs = Jobs(built, clock, subscriber)
        said = Said(self._notify, built.parts, jobs, self._note)
        scheduler = AsyncIOScheduler(
            timezone="UTC",
            # None, or a job later than a second is skipped; one run for many missed.
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        # Those that only look whether there is something to do: while there is not, they rest.
        resting = [
            scheduler.add_job(job, Every(seconds))
            for job, seconds in ((jobs.turn, 1.0), (jobs.edit, 5.0), (said.say, 5.0))
        ]
        for job, seconds in (
            (jobs.recheck, 30.0),
            (jobs.look, 60.0),
            (jobs.subscribe, 60.0),
            (jobs.sweep, 3600.0),
        ):
            scheduler.add_job(job, Every(seconds, whole=True))
        if built.parts.config.ping:
            scheduler.add_job(jobs.ping, Every(built.parts.config.ping.every.total_seconds()))
        scheduler.start()
        built.parts.store.written = self._pulse.stir
        try:
            async with showing(built.parts, jobs):
                looked, calm = clock(), None
                while not await self._flagged(
                    span(looked, calm and calm.until, self._notify.watchdog_seconds),
                    lightly=calm is not None,
                ):
                    now, before = clock(), looked
                    looked, calm = now, None
                    if now < before:
                        log.warning("the clock was set back", now=now.isoformat())
                        jobs.set_back()
                        anew(scheduler, now)
                    elif calm := jobs.lull():
                        rest(resting, calm.since)
                    else:
                        wake(resting, now)
                    # Who has just read the store for the calm needs no trial that costs a lock.
                    if self._notify.is_beat_due(LULL) and (jobs.turning if calm else jobs.alive):
                        self._notify.beat()
        finally:
            built.parts.store.written = nothing
            if self._stopping:
                self._notify.stopping("stopping: finishing deliveries")
                log.info("stopping", running=jobs.running)
            # shutdown(wait=True) would cancel what runs; the jobs' own tasks are drained.
            scheduler.shutdown(wait=False)
            await jobs.drain(_GRACE)


def run(path: Path, config: Config, wrong: str = "") -> None:
    """Run until a signal; returns after the ordered stop. `wrong`: see `Daemon`."""
    asyncio.run(Daemon(path, config, Notifier(), wrong).run())
