"""Connections kept for another request, found by their server at once.

`fetch.hosts` gives the turns already, so that nobody waits for a connection: one is taken or
made, and given back.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import NamedTuple

import httpcore

from monitor.fetch.connection import Connection
from monitor.fetch.line import Line
from monitor.fetch.wire import Head, Lines


class Server(NamedTuple):
    """Whom a connection leads to; `scheme` is http or https, `host` without brackets."""

    scheme: bytes
    host: bytes
    port: int

    @property
    def name(self) -> str:
        """The host as one connects to it."""
        return self.host.decode("ascii")

    @property
    def authority(self) -> bytes:
        """Host and port as a request names them (RFC 9110, 7.2); a usual port is left out for http."""
        host = b"[" + self.host + b"]" if b":" in self.host else self.host
        return host if self.scheme == b"http" and self.port == 80 else b"%b:%d" % (host, self.port)

    @property
    def is_secure(self) -> bool:
        """Whether TLS is spoken to it."""
        return self.scheme == b"https"


class Pool:
    """HTTP/1.1 connections as `connect` makes them; at most `most` are kept idle, for `expiry` seconds."""

    def __init__(
        self, connect: Callable[[Server], Awaitable[Line]], *, expiry: float, most: int
    ) -> None:
        self._connect = connect
        self._expiry = expiry
        self._most = most
        # The longest idle first, and when each is too old.
        self._idle: OrderedDict[Connection, tuple[Server, float]] = OrderedDict()
        self._by_server: dict[Server, list[Connection]] = {}
        self._busy: set[Connection] = set()

    async def ask(
        self, server: Server, method: bytes, target: bytes, headers: Lines, content: bytes
    ) -> Answer:
        """Send a request; a kept connection found dead is replaced once.

        What is no GET takes a fresh one and is sent once: a server that hung up may have acted
        on it all the same (RFC 9110, 9.2.2).
        """
        kept = await self._take(server) if method == b"GET" else None
        if kept is not None:
            try:
                return await self._send(kept, server, method, target, headers, content)
            except (httpcore.RemoteProtocolError, httpcore.ReadError):
                pass
        made = Connection(await self._connect(server))
        return await self._send(made, server, method, target, headers, content)

    async def aclose(self) -> None:
        """Close every connection."""
        every = [*self._idle, *self._busy]
        self._idle.clear()
        self._by_server.clear()
        self._busy.clear()
        for connection in every:
            await connection.aclose()

    async def _send(
        self,
        connection: Connection,
        server: Server,
        method: bytes,
        target: bytes,
        headers: Lines,
        content: bytes,
    ) -> Answer:
        self._busy.add(connection)
        try:
            head = await connection.ask(method, target, headers, content)
        except BaseException:
            self._busy.discard(connection)
            await connection.aclose()
            raise
        return Answer(head, connection, server, self)

    async def _take(self, server: Server) -> Connection | None:
        kept = self._by_server.get(server, [])
        while kept:
            connection = kept[-1]
            _, end = self._forget(connection)
            if time.monotonic() <= end and not connection.has_more:
                return connection
            await connection.aclose()
        return None

    def _forget(self, connection: Connection) -> tuple[Server, float]:
        found = self._idle.pop(connection)
        kept = self._by_server[found[0]]
        kept.remove(connection)
        if not kept:
            del self._by_server[found[0]]
        return found

    async def give_back(self, connection: Connection, server: Server) -> None:
        """Keep a connection whose answer was read to its end; drop what has been idle too long."""
        if connection not in self._busy:  # all were closed meanwhile
            return
        self._busy.discard(connection)
        now = time.monotonic()
        if connection.renew():
            self._idle[connection] = server, now + self._expiry
            self._by_server.setdefault(server, []).append(connection)
        else:
            await connection.aclose()
        while self._idle:
            oldest, (_, end) = next(iter(self._idle.items()))
            if len(self._idle) <= self._most and now <= end:
                break
            self._forget(oldest)
            await oldest.aclose()


class Answer:
    """An answer whose body is to be read, once; its connection goes back when it is closed."""

    def __init__(self, head: Head, connection: Connection, server: Server, pool: Pool) -> None:
        self.status = head.status
        self.headers = head.headers
        self._connection = connection
        self._server = server
        self._pool = pool

    async def read(self) -> bytes:
        """The next piece of the body as it came, empty at its end."""
        return await self._connection.read()

    async def aclose(self) -> None:
        """Give the connection back, once."""
        await self._pool.give_back(self._connection, self._server)
