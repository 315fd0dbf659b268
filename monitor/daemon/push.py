"""The callback for hubs, open while the daemon turns."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from monitor.errors import MonitorError
from monitor.parts import Parts
from monitor.subscribe import Subscriber

log = structlog.get_logger()


@asynccontextmanager
async def pushing(parts: Parts) -> AsyncIterator[Subscriber | None]:
    """A subscriber behind its callback; None where none is configured or nothing can listen.

    Push is a help to polling: without it the daemon goes on.
    """
    settings = parts.config.websub
    if settings is None:
        yield None
        return
    # Only who is pushed to pays for a server.
    from monitor.web.callback import callback  # noqa: PLC0415
    from monitor.web.server import listening, serving  # noqa: PLC0415

    subscriber = Subscriber(parts, settings.callback)
    try:
        listener = listening(settings.host, settings.port)
    except MonitorError as error:
        log.error("no push", problem=str(error))  # noqa: TRY400 - for the user to mend, no defect
        yield None
        return
    async with serving(callback(subscriber), listener):
        log.info("push", callback=settings.callback, listens=f"{settings.host}:{settings.port}")
        parts.store.subscriptions.listening = True
        try:
            yield subscriber
        finally:
            parts.store.subscriptions.listening = False
