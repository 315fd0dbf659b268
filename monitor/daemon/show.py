"""The page, metrics and health over HTTP, open while the daemon turns."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from monitor.daemon.clock import clock
from monitor.daemon.jobs import Jobs
from monitor.errors import MonitorError
from monitor.parts import Parts

log = structlog.get_logger()


@asynccontextmanager
async def showing(parts: Parts, jobs: Jobs) -> AsyncIterator[None]:
    """Show how the jobs fare, where `settings.web` asks for it; with a password take what is pressed.

    Watching is a help: without its port the daemon goes on.
    """
    config = parts.config
    if config.web is None:
        yield
        return
    # Only who is watched pays for a server.
    from starlette.applications import Starlette  # noqa: PLC0415

    from monitor.hand import Hand  # noqa: PLC0415
    from monitor.web.delay import Delay  # noqa: PLC0415
    from monitor.web.hosts import Hosts  # noqa: PLC0415
    from monitor.web.page.app import Page  # noqa: PLC0415
    from monitor.web.server import listening, serving  # noqa: PLC0415
    from monitor.web.watched import Watched  # noqa: PLC0415

    at = f"{config.web.host}:{config.web.port}"
    try:
        listener = listening(config.web.host, config.web.port)
    except MonitorError as error:
        log.error("no page and no metrics", problem=str(error))  # noqa: TRY400 - for the user to mend, no defect
        yield
        return
    delay = Delay()
    page = None
    if config.web.page:
        # Read at each act: what a label teaches changes them. After it the daemon looks at once.
        hand = Hand(config, parts.profiles, clock)
        page = Page(
            config,
            config.web,
            clock,
            lambda: jobs.turning,
            hand,
            lambda: parts.store.written(),  # noqa: PLW0108 - set anew with each turn
        )
    logins = (lambda: page.logins) if page else dict
    watched = Watched(
        Hosts(config.web), config.database, clock, lambda: jobs.turning, delay, logins
    )
    routes = [*watched.routes, *(page.routes if page else ())]
    try:
        async with serving(Starlette(routes=routes), listener), delay.measured():
            shown = {"page": f"http://{at}/"} if page else {}
            log.info("shows", metrics=f"http://{at}/metrics", **shown)
            yield
    finally:
        if page:
            page.close()
