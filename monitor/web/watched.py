"""For machines that watch the monitor: /metrics, /healthz and /readyz."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from monitor.errors import StoreError
from monitor.store.gauges import Gauges, gauges
from monitor.web.delay import Delay
from monitor.web.hosts import Hosts
from monitor.web.metrics import text

_Answer = Callable[[Request], Awaitable[Response]]
_FOREIGN = "name this machine by its address, or by the host of settings.web.url\n"
_FORM = "text/plain; version=0.0.4; charset=utf-8"
_LATE = timedelta(minutes=10)
_FRESH = 5.0  # seconds for which figures are kept: a scraper in a hurry must not cost the disk
_PATIENCE = 10.0  # seconds for the store


class Watched:
    """These paths over one database. `alive` tells whether the daemon's jobs turn."""

    def __init__(
        self,
        hosts: Hosts,
        database: Path,
        clock: Callable[[], datetime],
        alive: Callable[[], bool],
        delay: Delay,
        logins: Callable[[], Mapping[str, int]] = dict,
        *,
        fresh: float = _FRESH,
        patience: float = _PATIENCE,
    ) -> None:
        """Read nothing yet. `logins` are those of the page by outcome, since it began."""
        self._hosts = hosts
        self._database = database
        self._clock = clock
        self._alive = alive
        self._delay = delay
        self._logins = logins
        self._fresh = fresh
        self._patience = patience
        self._reading: asyncio.Task[Gauges] | None = None
        self._known: tuple[float, Gauges] | None = None
        self._one = asyncio.Lock()

    @property
    def routes(self) -> list[BaseRoute]:
        """Its paths."""
        return [
            Route("/metrics", self._guarded(self._metrics)),
            Route("/healthz", self._guarded(self._healthz)),
            Route("/readyz", self._guarded(self._readyz)),
        ]

    def _guarded(self, answer: _Answer) -> _Answer:
        """The same for who names this host."""

        async def guarded(request: Request) -> Response:
            server = request.scope.get("server")
            named = request.headers.get("host", "")
            if self._hosts.allow(named, server[0] if server else None, plain=True):
                return await answer(request)
            return PlainTextResponse(_FOREIGN, status_code=403)

        return guarded

    async def _healthz(self, request: Request) -> Response:
        """Whether the daemon lives: it answers, and its jobs turn."""
        if self._alive():
            return PlainTextResponse("story-monitor: alive\n")
        return PlainTextResponse("story-monitor: its jobs stand still\n", status_code=503)

    async def _readyz(self, request: Request) -> Response:
        """Whether it does its work: the store answers, polls are made, the queue is carried.

        By a former configuration it does, and no new start would mend the file: that is for
        people to mend, and said beside.
        """
        problems = []
        found = None
        try:
            found = await self._gauges()
        except StoreError as error:
            problems.append(str(error))
        if not self._alive():
            problems.append("the daemon's jobs stand still")
        if found is not None:
            problems += not_ready(found)
        return JSONResponse(
            {
                "ready": not problems,
                "problems": problems,
                "held": found.held if found else None,
                "former": found.follows_former if found else None,
            },
            status_code=503 if problems else 200,
        )

    async def _metrics(self, request: Request) -> Response:
        try:
            found = await self._gauges()
        except StoreError as error:
            return PlainTextResponse(f"{error}\n", status_code=503)
        free = shutil.disk_usage(self._database.parent).free
        body = text(found, delay=self._delay.longest, free=free, logins=self._logins())
        return Response(body, media_type=_FORM)

    async def _gauges(self) -> Gauges:
        async with self._one:
            if self._known is None or time.monotonic() - self._known[0] > self._fresh:
                if self._reading is None:
                    since = self._clock() - _LATE
                    self._reading = asyncio.create_task(
                        asyncio.to_thread(gauges, self._database, since)
                    )
                # A thread cannot be called off, so that the next who asks waits for the same:
                # polls need the others.
                await asyncio.wait([self._reading], timeout=self._patience)
                if not self._reading.done():
                    raise StoreError(f"the store did not answer within {self._patience:g} s")
                read, self._reading = self._reading, None
                self._known = time.monotonic(), read.result()
            return self._known[1]


def not_ready(found: Gauges) -> list[str]:
    """Why it does not do its work, as far as the store tells."""
    problems = []
    polled = sum(count for _, _, unpolled, count in found.sources if not unpolled)
    if found.overdue and found.overdue * 2 > polled:
        problems.append(f"{found.overdue} sources have been due for ten minutes")
    # Those of a receiver that is away have another attempt ahead of them: they are carried.
    if found.idle and not found.held:
        problems.append(f"{found.idle} deliveries have been due for ten minutes")
    return problems
