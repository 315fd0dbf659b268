"""Single pieces of the daemon's work: each does one thing and says in the log what became of it.

What hits a defect is put off, so that it comes again and keeps nothing else from its turn.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog

from monitor.daemon.ping import ping
from monitor.daemon.rig import Rig
from monitor.errors import FetchError
from monitor.model import Source

log = structlog.get_logger()

_DEFECT = timedelta(hours=1)  # until what hit a defect is tried again


class Work:
    """Pieces of work over one rig; `sources` are the enabled ones by name."""

    def __init__(
        self, rig: Rig, sources: Mapping[str, Source], clock: Callable[[], datetime]
    ) -> None:
        """Do nothing yet."""
        self._rig = rig
        self._sources = sources
        self._clock = clock

    async def poll(self, name: str) -> None:
        """Poll a source."""
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

    async def teach(self) -> None:
        """Teach the stories whose labels changed."""
        for profile in await self._rig.teacher.look():
            log.info("taught", story=profile.story.name, profile=profile.version)

    async def look(self) -> None:
        """Look at how sources and stories fare."""
        looked = await self._rig.watch.look()
        for episode in looked.begun:
            log.warning("episode", state=episode.state, source=episode.source, story=episode.story)
        for episode in looked.ended:
            log.info("recovered", state=episode.state, source=episode.source, story=episode.story)

    async def edit(self) -> None:
        """Queue the summaries and digests that are due."""
        for each in self._rig.editor.look():
            log.info("bulletin", kind=each.kind, id=each.id)

    async def ping(self) -> None:
        """Give the outside service its sign of life."""
        try:
            why = await ping(self._rig.parts)
        except FetchError as error:
            # Whoever waits for it hears of that by its absence.
            log.warning("ping failed", failure=error.failure, detail=error.detail)
            return
        if why:
            log.warning("no ping", why=why)

    def poll_defect(self, name: str, error: Exception) -> None:
        """Poll it again after a while."""
        now = self._clock()
        with self._rig.parts.store.transaction():
            self._rig.parts.store.sources.failed(
                name,
                now=now,
                next_poll=now + _DEFECT,
                failure="defect",
                detail=f"{type(error).__name__}: {error}",
            )

    async def read(self, entry_id: int) -> None:
        """Read a pending entry."""
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

    async def recheck(self, article_id: int) -> None:
        """Look again at an article that was told."""
        outcome = await self._rig.rechecker.look(article_id)
        say = log.info if ":" in outcome else log.debug
        say("looked again", id=article_id, outcome=outcome)

    def recheck_defect(self, article_id: int, error: Exception) -> None:
        """Look at it again after a while."""
        with self._rig.parts.store.transaction():
            self._rig.parts.store.looks.postpone(article_id, self._clock() + _DEFECT)

    def read_defect(self, entry_id: int, error: Exception) -> None:
        """Read it again after a while."""
        with self._rig.parts.store.transaction():
            self._rig.parts.store.entries.postpone(
                entry_id, self._clock() + _DEFECT, f"defect: {type(error).__name__}: {error}"
            )
