"""One HTTP/1.1 connection: a request, its answer, and whether it may serve another.

What most requests and answers are is read and written in `wire`, all else by h11. `fetch.hosts` gives
the turns and the client's deadline is the only limit, so that nothing of httpcore's own
connection (locks, traces and generators around every step) is needed.
"""

from __future__ import annotations

import h11
import httpcore

from monitor.fetch import wire
from monitor.fetch.line import Line
from monitor.fetch.wire import Head, Lines

# A head is parsed in one go, and one of 25,000 tiny lines, as h11 allows, takes 0.2 s.
_LONGEST_HEAD = 24 * 1024
_PIECE = 64 * 1024


class Connection:
    """HTTP over a line. Fails as httpcore does: ReadError, RemoteProtocolError, LocalProtocolError."""

    def __init__(self, line: Line) -> None:
        self.line = line
        # Who reads the answer in hand, where it is no plain one.
        self._http: h11.Connection | None = None
        # Of a plain one: the length of its body, what is still to come of it (None before its
        # head), and what has come that nobody has read yet.
        self._length = 0
        self._left: int | None = None
        self._come = b""

    async def ask(self, method: bytes, target: bytes, headers: Lines, content: bytes = b"") -> Head:
        """Send a request and read the head of its answer; the only provisional one that is told is 101."""
        self._http, self._left, self._come = None, None, b""
        plain = None if content else wire.request(method, target, headers)
        whole = self._begin(method, target, headers, content) if plain is None else plain
        try:
            await self.line.write(whole)
        except httpcore.WriteError:
            pass  # a server may refuse before it has heard all, and say so
        if plain is not None:
            data = await self.line.read(_PIECE)
            if (found := wire.head(data)) is not None:
                self.line.head_is_read()
                self._length = self._left = found.length
                self._come = data[found.size :]
                return found.head
            self._begin(method, target, headers, content)
            self._receive(data)
        while True:
            event = await self._next()
            if isinstance(event, h11.Response) or (
                isinstance(event, h11.InformationalResponse) and event.status_code == 101
            ):
                self.line.head_is_read()
                return Head(event.status_code, event.headers.raw_items())

    async def read(self) -> bytes:
        """The next piece of the answer's body, empty at its end."""
        if self._http is None:
            return await self._read_plain()
        while True:
            event = await self._next()
            if not isinstance(event, h11.Data):
                return b""
            if event.data:
                return bytes(event.data)

    def renew(self) -> bool:
        """Make ready for another request; False where the answer was not read to its end, or says no."""
        if self._http is None:
            return self._left == 0
        return self._http.our_state is h11.DONE and self._http.their_state is h11.DONE

    @property
    def has_more(self) -> bool:
        """Whether anything came behind the last answer, which would pass for the next one's.

        Bytes that were taken from the line already count as those that nobody has read yet: another
        address's content would come under its name.
        """
        come = self._come if self._http is None else self._http.trailing_data[0]
        return bool(come) or bool(self.line.get_extra_info("is_readable"))

    async def aclose(self) -> None:
        """Hang up."""
        await self.line.aclose()

    async def _read_plain(self) -> bytes:
        if not self._left:
            return b""
        data, self._come = self._come, b""
        if not data and not (data := await self.line.read(_PIECE)):
            received = self._length - self._left
            raise httpcore.RemoteProtocolError(
                "peer closed connection without sending complete message body"
                f" (received {received} bytes, expected {self._length})"
            )
        piece, self._come = data[: self._left], data[self._left :]
        self._left -= len(piece)
        return piece

    def _begin(self, method: bytes, target: bytes, headers: Lines, content: bytes) -> bytes:
        """Give the exchange to h11; the request as it writes it."""
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=_LONGEST_HEAD)
        sent = self._http.send
        try:
            request = sent(h11.Request(method=method, target=target, headers=list(headers))) or b""
            body = (sent(h11.Data(content)) or b"") if content else b""
            return request + body + (sent(h11.EndOfMessage()) or b"")
        except h11.LocalProtocolError as error:
            raise httpcore.LocalProtocolError(str(error)) from error

    async def _next(self) -> h11.Event | type[h11.NEED_DATA | h11.PAUSED]:
        assert self._http is not None
        while True:
            try:
                event = self._http.next_event()
            except h11.RemoteProtocolError as error:
                raise httpcore.RemoteProtocolError(str(error)) from error
            if event is not h11.NEED_DATA:
                return event
            self._receive(await self.line.read(_PIECE))

    def _receive(self, data: bytes) -> None:
        assert self._http is not None
        if not data and self._http.their_state is h11.SEND_RESPONSE:
            raise httpcore.RemoteProtocolError("the server hung up without an answer")
        self._http.receive_data(data)
