"""One HTTP/1.1 connection: a request, its answer, and whether it may serve another.

h11 reads and writes HTTP here as it does in httpcore, whose own connection has locks, traces and
generators around every step. `fetch.hosts` gives the turns and the client's deadline is the only
limit, so that none of them is needed.
"""

from __future__ import annotations

from collections.abc import Sequence

import h11
import httpcore

from monitor.fetch.line import Line

Lines = Sequence[tuple[bytes, bytes]]
Head = h11.Response | h11.InformationalResponse

# A head is parsed in one go, and one of 25,000 tiny lines, as h11 allows, takes 0.2 s.
_LONGEST_HEAD = 24 * 1024
_PIECE = 64 * 1024


class Connection:
    """HTTP over a line. Fails as httpcore does: ReadError, RemoteProtocolError, LocalProtocolError."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=_LONGEST_HEAD)

    async def ask(self, method: bytes, target: bytes, headers: Lines, content: bytes = b"") -> Head:
        """Send a request and read the head of its answer; the only provisional one that is told is 101."""
        sent = self._http.send
        try:
            request = sent(h11.Request(method=method, target=target, headers=list(headers))) or b""
            body = (sent(h11.Data(content)) or b"") if content else b""
            whole = request + body + (sent(h11.EndOfMessage()) or b"")
        except h11.LocalProtocolError as error:
            raise httpcore.LocalProtocolError(str(error)) from error
        try:
            await self.line.write(whole)
        except httpcore.WriteError:
            pass  # a server may refuse before it has heard all, and say so
        while True:
            event = await self._next()
            if isinstance(event, h11.Response) or (
                isinstance(event, h11.InformationalResponse) and event.status_code == 101
            ):
                self.line.head_is_read()
                return event

    async def read(self) -> bytes:
        """The next piece of the answer's body, empty at its end."""
        while True:
            event = await self._next()
            if not isinstance(event, h11.Data):
                return b""
            if event.data:
                return bytes(event.data)

    def renew(self) -> bool:
        """Make ready for another request; False where the answer was not read to its end, or says no."""
        if self._http.our_state is not h11.DONE or self._http.their_state is not h11.DONE:
            return False
        self._http.start_next_cycle()
        return True

    @property
    def has_more(self) -> bool:
        """Whether anything came behind the last answer, which would pass for the next one's.

        Bytes that the parser has taken already count as those that nobody has read yet: another
        address's content would come under its name.
        """
        return bool(self._http.trailing_data[0]) or bool(self.line.get_extra_info("is_readable"))

    async def aclose(self) -> None:
        """Hang up."""
        await self.line.aclose()

    async def _next(self) -> h11.Event | type[h11.NEED_DATA | h11.PAUSED]:
        while True:
            try:
                event = self._http.next_event()
            except h11.RemoteProtocolError as error:
                raise httpcore.RemoteProtocolError(str(error)) from error
            if event is not h11.NEED_DATA:
                return event
            data = await self.line.read(_PIECE)
            if not data and self._http.their_state is h11.SEND_RESPONSE:
                raise httpcore.RemoteProtocolError("the server hung up without an answer")
            self._http.receive_data(data)
