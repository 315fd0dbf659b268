"""Readers' answers, taken while the daemon turns: the route behind the links of alerts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from monitor.answer import Desk
from monitor.daemon.clock import clock
from monitor.errors import MonitorError
from monitor.inbox import signer
from monitor.parts import Parts

log = structlog.get_logger()


@asynccontextmanager
async def answered(parts: Parts) -> AsyncIterator[None]:
    """Take answers where the configuration says so; without the port the daemon goes on."""
    inbox = parts.config.inbox
    if inbox is None:
        yield
        return
    # Only who is answered pays for a server.
    from monitor.web.answers import answering  # noqa: PLC0415
    from monitor.web.server import listening, serving  # noqa: PLC0415

    try:
        answers = signer(inbox)
        listener = listening(inbox.host, inbox.port)
    except MonitorError as error:
        log.error("no answers", problem=str(error))  # noqa: TRY400 - for the user to mend, no defect
        yield
        return
    desk = Desk(parts.store, clock)
    async with serving(answering(answers, desk, clock), listener):
        log.info("takes answers", url=inbox.url, listens=f"{inbox.host}:{inbox.port}")
        yield
