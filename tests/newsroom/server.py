"""A small HTTP/1.1 server that runs beside its caller, and a loop in a thread to run it on.

Keep-alive, conditional answers, gzip, answers that never end; every visit is
written down with its times, so that a test can say whether a client was polite.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from typing import Any, Self, TypeVar
from urllib.parse import unquote, urlsplit

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request; `path` is decoded, `target` is as it came, header names are lower case."""

    method: str
    target: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One answer. A body of pieces is sent as they come, closed by the end of the connection.

    `changed` gives a Last-Modified; with it or `etag=True` an unchanged body is a 304.
    """

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | AsyncIterator[bytes] = b""
    squeezed: bool = False  # gzip for who takes it
    etag: bool = False
    changed: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Visit:
    """One exchange as the server saw it; times are of the monotonic clock.

    `ended` is None while it is open, and taken before the last bytes go out: whoever has them has
    them later, whichever of us the machine lets go on first.
    """

    host: str
    path: str
    headers: dict[str, str]
    began: float
    status: int = 0
    ended: float | None = None


Handler = Callable[[Request], Response | Awaitable[Response]]


class Backstage:
    """An event loop in a thread, for servers that serve a synchronous caller."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, name="newsroom", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.run(self._quiet())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(timeout=10)
        self.loop.close()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine there and wait for it here."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout=30)

    async def _quiet(self) -> None:
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0.01)  # transports that were aborted close in the next rounds


class Server:
    """One host: `handler` answers, `visits` tells who came."""

    def __init__(self, handler: Handler, *, host: str = "127.0.0.1", port: int = 0) -> None:
        self.handler = handler
        self.host = host
        self.port = port
        self.visits: list[Visit] = []
        self.watch: Callable[[], object] = lambda: None  # called at each request, before the answer
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    @property
    def origin(self) -> str:
        """`http://127.0.0.2:40123`."""
        return f"http://{self.host}:{self.port}"

    async def start(self) -> None:
        """Listen; port 0 takes a free one."""
        self._server = await asyncio.start_server(
            self._serve, self.host, self.port, limit=1 << 20, backlog=512
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Stop listening and drop who is still connected."""
        if self._server:
            self._server.close()
        for writer in list(self._open):
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            while (request := await _read(reader)) and await self._answer(request, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._open.discard(writer)
            writer.transport.abort() if writer.transport.is_closing() else writer.close()

    async def _answer(self, request: Request, writer: asyncio.StreamWriter) -> bool:
        visit = Visit(
            host=self.host, path=request.target, headers=request.headers, began=time.monotonic()
        )
        self.visits.append(visit)
        self.watch()
        try:
            answer = self.handler(request)
            response = _conditional(
                request, answer if isinstance(answer, Response) else await answer
            )
            visit.status = response.status
            return await _write(request, response, writer, visit)
        finally:
            visit.ended = visit.ended or time.monotonic()


async def _read(reader: asyncio.StreamReader) -> Request | None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
    method, target, _ = first.split(" ", 2)
    pairs = (line.split(":", 1) for line in lines)
    headers = {name.strip().lower(): value.strip() for name, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    parts = urlsplit(target)
    return Request(
        method=method,
        target=target,
        path=unquote(parts.path),
        query=parts.query,
        headers=headers,
        body=body,
    )


def _conditional(request: Request, response: Response) -> Response:
    """RFC 9110, 13.2.2: If-None-Match decides alone where it stands."""
    if response.status != 200 or not isinstance(response.body, bytes):
        return response
    headers = dict(response.headers)
    if response.etag:
        headers["ETag"] = f'"{hashlib.sha256(response.body).hexdigest()[:20]}"'
    if response.changed:
        headers["Last-Modified"] = format_datetime(response.changed, usegmt=True)
    asked, since = request.headers.get("if-none-match"), request.headers.get("if-modified-since")
    if asked is not None:
        unchanged = response.etag and headers["ETag"] in asked
    else:
        unchanged = bool(
            since
            and response.changed
            and response.changed.replace(microsecond=0) <= parsedate_to_datetime(since)
        )
    if unchanged:
        return Response(status=304, headers=headers)
    return Response(headers=headers, body=response.body, squeezed=response.squeezed)


async def _write(
    request: Request, response: Response, writer: asyncio.StreamWriter, visit: Visit
) -> bool:
    """Send it; true where the connection may be used again."""
    headers = dict(response.headers)
    body = response.body
    if isinstance(body, bytes):
        if response.squeezed and "gzip" in request.headers.get("accept-encoding", ""):
            body = gzip.compress(body, 5)
            headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        if response.status != 304:
            headers["Content-Length"] = str(len(body))
    else:
        headers["Connection"] = "close"
    phrase = HTTPStatus(response.status).phrase
    lines = [f"HTTP/1.1 {response.status} {phrase}", *(f"{k}: {v}" for k, v in headers.items())]
    head = "\r\n".join([*lines, "", ""]).encode("latin-1")
    if not isinstance(body, bytes):
        writer.write(head)
        async for piece in body:
            writer.write(piece)
            await writer.drain()
        return False
    visit.ended = time.monotonic()
    writer.write(head if request.method == "HEAD" else head + body)
    await writer.drain()
    return request.headers.get("connection", "").lower() != "close"
