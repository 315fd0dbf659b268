"""A small server inside the daemon's event loop, on a port that is open to anybody."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from monitor.errors import MonitorError

_GRACE = 2  # seconds that an answer under way gets at a stop
_OPEN = 100  # connections at a time
_QUEUE = 256  # that may wait, and be taken in one turn of the loop before any is turned away
_HEAD = 10.0  # seconds until a request's head must have come
_BODY = 30.0  # and from then on for its body and the answer


class _Guarded(H11Protocol):
    """One request a connection, in its time; strangers who only hold the line give way."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._opened = self.loop.time()
        self._end: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's own
        super().connection_made(transport)
        self._ends_in(_HEAD)
        if len(self.connections) > _OPEN:
            oldest = min(self.connections, key=_worth)
            # Not again for the next of a burst: the loss is noticed a turn of the loop later.
            self.connections.discard(oldest)
            oldest.transport.abort()

    def data_received(self, data: bytes) -> None:
        waited = self.cycle is None
        super().data_received(data)
        if waited and self.cycle is not None:
            self._ends_in(_BODY)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._end is not None:
            self._end.cancel()
        super().connection_lost(exc)

    def _ends_in(self, seconds: float) -> None:
        if self._end is not None:
            self._end.cancel()
        self._end = self.loop.call_later(seconds, self.transport.abort)

    @property
    def worth(self) -> tuple[bool, float]:
        """Who has asked for something goes last, and of the others the oldest first.

        A form whose end does not come asks for nothing yet.
        """
        return self.cycle is not None and not self.cycle.more_body, self._opened


def _worth(connection: Any) -> tuple[bool, float]:
    return connection.worth  # type: ignore[no-any-return] # the server makes no others


class _Server(uvicorn.Server):
    """Leaves signals to the daemon."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def listening(host: str, port: int) -> socket.socket:
    """A socket on an address of this machine; MonitorError where it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise MonitorError(f"cannot listen on {host}:{port}: {error.strerror or error}") from error


@asynccontextmanager
async def serving(app: Starlette, listener: socket.socket) -> AsyncIterator[None]:
    """Serve `app` there, and close it in the end."""
    server = _Server(
        uvicorn.Config(
            app,
            http=_Guarded,
            ws="none",
            access_log=False,
            log_config=None,
            lifespan="off",
            server_header=False,
            # Who asks is who is connected: what a request says of itself (X-Forwarded-For) anybody
            # writes, through a web server before us as well, and would pass for many.
            proxy_headers=False,
            headers=[("connection", "close")],
            backlog=_QUEUE,
            timeout_graceful_shutdown=_GRACE,
        )
    )
    task = asyncio.create_task(server.serve(sockets=[listener]), name="web")
    try:
        yield
    finally:
        server.should_exit = True
        await task
        listener.close()
