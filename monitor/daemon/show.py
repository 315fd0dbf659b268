"""The page, metrics and health over HTTP, open while the daemon turns."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from monitor.daemon.clock import clock
from monitor.daemon.jobs import Jobs
from monitor.errors import MonitorError
from monitor.model import Config

log = structlog.get_logger()


@asynccontextmanager
async def showing(config: Config, jobs: Jobs) -> AsyncIterator[None]:
    """Show how the jobs fare, where `settings.web` asks for it.

    Watching is a help: without its port the daemon goes on.
    """
    if config.web is None:
        yield
        return
    # Only who is watched pays for a server.
    from starlette.applications import Starlette  # noqa: PLC0415

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
    watched = Watched(Hosts(config.web), config.database, clock, lambda: jobs.turning, delay)
    page = Page(config, config.web, clock, lambda: jobs.turning) if config.web.page else None
    routes = [*watched.routes, *(page.routes if page else ())]
    try:
        async with serving(Starlette(routes=routes), listener), delay.measured():
            shown = {"page": f"http://{at}/"} if page else {}
            log.info("shows", metrics=f"http://{at}/metrics", **shown)
            yield
    finally:
        if page:
            page.close()
