"""Connections kept for another request, found by their server at once.

httpcore's pool goes through all its connections, and asks the system of each idle one,
at every request and every answer. Here `fetch.hosts` gives the turns already, so
that nobody waits for a connection: one is taken or made, and given back.
"""

from __future__ import annotations

import ssl
from collections import OrderedDict
from collections.abc import AsyncIterable, AsyncIterator
from typing import cast

import httpcore

_Server = tuple[bytes, bytes, int]


class Pool:
    """HTTP/1.1 connections over one network; at most `most` are kept idle, for `expiry` seconds."""

    def __init__(
        self,
        *,
        tls: ssl.SSLContext,
        network: httpcore.AsyncNetworkBackend,
        expiry: float,
        most: int,
    ) -> None:
        self._tls = tls
        self._network = network
        self._expiry = expiry
        self._most = most
        # The longest idle first.
        self._idle: OrderedDict[httpcore.AsyncHTTPConnection, _Server] = OrderedDict()
        self._by_server: dict[_Server, list[httpcore.AsyncHTTPConnection]] = {}
        self._busy: set[httpcore.AsyncHTTPConnection] = set()

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        """Send a request; a kept connection found dead is replaced once."""
        origin = request.url.origin
        server = origin.scheme, origin.host, origin.port
        kept = await self._take(server)
        if kept is not None:
            try:
                return await self._send(kept, server, request)
            except (httpcore.RemoteProtocolError, httpcore.ReadError):
                pass
        made = httpcore.AsyncHTTPConnection(
            origin=origin,
            ssl_context=self._tls,
            keepalive_expiry=self._expiry,
            network_backend=self._network,
        )
        return await self._send(made, server, request)

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
        connection: httpcore.AsyncHTTPConnection,
        server: _Server,
        request: httpcore.Request,
    ) -> httpcore.Response:
        self._busy.add(connection)
        try:
            answer = await connection.handle_async_request(request)
        except BaseException:
            self._busy.discard(connection)
            await connection.aclose()
            raise
        return httpcore.Response(
            answer.status,
            headers=answer.headers,
            content=_Lent(answer, connection, server, self),
            extensions=answer.extensions,
        )

    async def _take(self, server: _Server) -> httpcore.AsyncHTTPConnection | None:
        kept = self._by_server.get(server, [])
        while kept:
            connection = kept[-1]
            self._forget(connection)
            if not connection.has_expired():
                return connection
            await connection.aclose()
        return None

    def _forget(self, connection: httpcore.AsyncHTTPConnection) -> None:
        server = self._idle.pop(connection)
        kept = self._by_server[server]
        kept.remove(connection)
        if not kept:
            del self._by_server[server]

    async def give_back(self, connection: httpcore.AsyncHTTPConnection, server: _Server) -> None:
        """Keep a connection whose answer was read to its end; drop what has been idle too long."""
        if connection not in self._busy:  # all were closed meanwhile
            return
        self._busy.discard(connection)
        if connection.is_idle():
            self._idle[connection] = server
            self._by_server.setdefault(server, []).append(connection)
        else:
            await connection.aclose()
        while self._idle:
            oldest = next(iter(self._idle))
            if len(self._idle) <= self._most and not oldest.has_expired():
                break
            self._forget(oldest)
            await oldest.aclose()


class _Lent:
    """An answer's body; its connection goes back when it is closed."""

    def __init__(
        self,
        answer: httpcore.Response,
        connection: httpcore.AsyncHTTPConnection,
        server: _Server,
        pool: Pool,
    ) -> None:
        self._answer = answer
        self._connection = connection
        self._server = server
        self._pool = pool

    def __aiter__(self) -> AsyncIterator[bytes]:
        return aiter(cast("AsyncIterable[bytes]", self._answer.stream))

    async def aclose(self) -> None:
        try:
            await self._answer.aclose()
        finally:
            await self._pool.give_back(self._connection, self._server)
