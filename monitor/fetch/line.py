"""One connection, of which every byte received and not yet read is known.

A kept connection may serve another request only if nothing is left on it, or what is
left would pass for the answer to that request. What httpcore's own streams hold back
in their queues and in the TLS layer cannot be seen; here there is one buffer, below
which only the socket is.
"""

from __future__ import annotations

import asyncio
import errno
import select
import ssl
from collections.abc import Callable
from typing import Any

import httpcore

# Bytes for the parser between two breaths of the event loop: it takes its time over
# the lines of a head, and little over a body.
_HEAD = 8 * 1024
_BODY = 32 * 1024
# Before the head of the answer is complete, 1xx answers included (RFC 9110, 15.2): there
# may be any number of those, and each costs as much as a whole answer.
_MAX_HEADS = 64 * 1024
# Unread bytes beyond which the peer has to wait. The system gives up to 256 KiB at once.
_ENOUGH = 64 * 1024


class _Inbox(asyncio.Protocol):
    """What has come in, and whether more may come."""

    def __init__(self) -> None:
        self.buffer = bytearray()
        self.transport: asyncio.Transport
        self.over = False
        self.error: Exception | None = None
        self._news = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        self._news.set()
        if len(self.buffer) >= _ENOUGH:
            self.transport.pause_reading()

    def eof_received(self) -> None:
        self.over = True
        self._news.set()

    def connection_lost(self, exc: Exception | None) -> None:
        self.over = True
        self.error = exc or self.error
        self._news.set()

    async def take(self, most: int) -> bytes:
        """Up to `most` bytes, none at the end (OSError if it broke off). Others have their turn."""
        if self.buffer or self.over:
            await asyncio.sleep(0)
        else:
            self._news.clear()
            await self._news.wait()
        if not self.buffer and self.error is not None:
            raise self.error
        piece = bytes(self.buffer[:most])
        del self.buffer[:most]
        if len(self.buffer) < _ENOUGH and not self.over:
            self.transport.resume_reading()
        return piece


class Line(httpcore.AsyncNetworkStream):
    """A connection for httpcore; the caller's deadline is the time limit for what is read.

    It is read in small pieces until `head_is_read` is called, and again after each
    request; a head, with all 1xx answers before it, may have 64 KiB (RemoteProtocolError).
    """

    def __init__(self, inbox: _Inbox) -> None:
        self._inbox = inbox
        self._step = _HEAD
        self._room = _MAX_HEADS

    def head_is_read(self) -> None:
        """What comes now is the answer's body."""
        self._step = _BODY

    async def read(
        self,
        max_bytes: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
    ) -> bytes:
        """Read a piece; others have their turn before it (ReadError)."""
        if self._step == _HEAD and self._room <= 0:
            raise httpcore.RemoteProtocolError("one provisional answer after the other")
        try:
            piece = await self._inbox.take(min(max_bytes, self._step))
        except (OSError, ssl.SSLError) as error:
            raise httpcore.ReadError(str(error)) from error
        if self._step == _HEAD:
            self._room -= len(piece)
        return piece

    async def write(
        self,
        buffer: bytes,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
    ) -> None:
        """Hand over a part of a request, which is too small to be waited for (WriteError)."""
        if self._inbox.over:
            raise httpcore.WriteError("the connection has ended")
        self._step, self._room = _HEAD, _MAX_HEADS
        self._inbox.transport.write(buffer)

    async def aclose(self) -> None:
        """Hang up, without a farewell that the peer could draw out.

        Whoever still reads has a ReadError: an end would make a whole of half an answer.
        """
        if not self._inbox.over:
            self._inbox.error = ConnectionResetError(errno.ECONNRESET, "hung up on our side")
        self._inbox.transport.abort()
        await asyncio.sleep(0)  # the socket is closed in the loop's next turn

    def get_extra_info(self, info: str) -> Any:
        """`is_readable`: bytes or an end are there that nobody has read yet."""
        transport = self._inbox.transport
        if info == "is_readable":
            return bool(
                self._inbox.buffer
                or self._inbox.over
                or _pending(transport.get_extra_info("socket"))
            )
        return transport.get_extra_info(info)

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
    ) -> Line:
        """Shake hands, or leave nothing open (ConnectError, ConnectTimeout)."""
        inbox = _Inbox()
        # No certificate and no SNI has the dot of a whole name (RFC 6066, 3).
        name = server_hostname and server_hostname.rstrip(".")
        try:
            # What came in clear must not be read as if it had been under the seal.
            if self._inbox.buffer:
                raise ConnectionResetError("spoke before the handshake")
            async with asyncio.timeout(timeout):
                transport = await asyncio.get_running_loop().start_tls(
                    self._inbox.transport, inbox, ssl_context, server_hostname=name
                )
            if transport is None:  # it was lost meanwhile
                raise ConnectionResetError("hung up in the handshake")
        except TimeoutError as error:
            await self.aclose()
            raise httpcore.ConnectTimeout from error
        except (OSError, ssl.SSLError) as error:
            await self.aclose()
            raise httpcore.ConnectError(str(error)) from error
        except asyncio.CancelledError:
            await self.aclose()
            raise
        inbox.connection_made(transport)
        return Line(inbox)


async def connect(host: str, port: int, timeout: float | None) -> Line:  # noqa: ASYNC109 - a part of the deadline
    """Connect to an address (ConnectError, ConnectTimeout)."""
    made: Callable[[], _Inbox] = _Inbox
    try:
        async with asyncio.timeout(timeout):
            _, inbox = await asyncio.get_running_loop().create_connection(made, host, port)
    except TimeoutError as error:
        raise httpcore.ConnectTimeout from error
    except OSError as error:
        raise httpcore.ConnectError(str(error)) from error
    return Line(inbox)


def _pending(sock: Any) -> bool:
    """Whether the system has something for us that the event loop has not fetched yet."""
    if sock is None or sock.fileno() < 0:
        return True
    poll = select.poll()
    poll.register(sock.fileno(), select.POLLIN)
    return bool(poll.poll(0))
