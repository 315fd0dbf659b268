"""The page in a browser: over a real socket, as its tests ask it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
from starlette.applications import Starlette

from monitor.model import Web
from monitor.web.page.app import Page
from monitor.web.server import listening, serving


@asynccontextmanager
async def browsing(
    made: Callable[[Web], Page], asking: dict[str, Any] | None = None, **settings: Any
) -> AsyncIterator[tuple[httpx.AsyncClient, Page]]:
    """A browser at the page that is made for the settings of a port; `asking` is the browser's own."""
    listener = listening("127.0.0.1", 0)
    port = listener.getsockname()[1]
    page = made(Web(host="127.0.0.1", port=port, **settings))
    async with (
        serving(Starlette(routes=page.routes), listener),
        httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", trust_env=False, **asking or {}
        ) as browser,
    ):
        yield browser, page
    page.close()
