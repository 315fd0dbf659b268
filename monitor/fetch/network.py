"""Names to addresses to sockets, with the address guard in between.

The name is looked up once, the answer judged, and exactly the judged address is
connected to: a second look-up could answer otherwise (DNS rebinding).
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
import threading
from collections.abc import Awaitable, Callable, Iterable, Iterator
from ipaddress import ip_address
from typing import Any

import httpcore

from monitor.errors import Failure
from monitor.fetch.guard import Address, public
from monitor.fetch.line import Line, connect
from monitor.fetch.reach import SURE, Reach

Resolve = Callable[[str, int], Awaitable[list[Address]]]

# A name may stand for dozens of addresses; a site that is down is down on all.
_TRIED = 4
_LOOK_UPS = 64

_NO_SUCH_NAME = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))


class Refusal(httpcore.ConnectError):
    """No connection was made; `failure` and `detail` as in FetchError."""

    def __init__(self, failure: Failure, detail: str) -> None:
        self.failure: Failure = failure
        self.detail = detail
        super().__init__(detail)


class Resolver:
    """Look-ups by the system's resolver, in threads of our own.

    `getaddrinfo` cannot be stopped, and asyncio waits at its end for the threads
    of its own pool: a name server that is silent would hold up a shutdown. These
    threads are simply left behind. At most `limit` run at once, so that a dead
    name server does not breed threads without end; the others wait for their turn.
    """

    def __init__(self, limit: int = _LOOK_UPS) -> None:
        self._free = asyncio.Semaphore(limit)

    async def __call__(self, host: str, port: int) -> list[Address]:
        """All addresses of `host`, in the system's order (OSError where there is none)."""
        await self._free.acquire()
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[list[Address]] = loop.create_future()

        def settle(found: list[Address] | Exception) -> None:
            self._free.release()
            if answer.done():  # nobody waits any more
                return
            if isinstance(found, Exception):
                answer.set_exception(found)
            else:
                answer.set_result(found)

        def look_up() -> None:
            found: list[Address] | Exception
            try:
                # Bytes keep the standard library's own, older IDNA out of it.
                rows = socket.getaddrinfo(host.encode("ascii"), port, type=socket.SOCK_STREAM)
                found = list(dict.fromkeys(ip_address(str(row[4][0])) for row in rows))
            except Exception as error:
                found = error
            with contextlib.suppress(RuntimeError):  # the loop has closed meanwhile
                loop.call_soon_threadsafe(settle, found)

        try:
            threading.Thread(target=look_up, name=f"look-up {host}", daemon=True).start()
        except RuntimeError as error:  # the system has no thread left to give
            self._free.release()
            raise OSError(str(error)) from error
        return await answer


class Network(httpcore.AsyncNetworkBackend):
    """Connects for httpcore, to public addresses only unless `private`.

    `patience`, in seconds, is what all addresses of a name but the last may take
    together before the next is tried; the last has what the deadline leaves.
    `reach` is told who was heard and who was not.
    """

    def __init__(
        self,
        *,
        private: bool,
        patience: float,
        resolve: Resolve | None = None,
        reach: Reach | None = None,
    ) -> None:
        self._private = private
        self._patience = patience
        self._resolve = Resolver() if resolve is None else resolve
        self._reach = Reach() if reach is None else reach
        self._is_told = reach is not None
        self._asking = asyncio.Lock()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> Line:
        """Connect to the first address of `host` that is allowed and answers (Refusal)."""
        try:
            return await self._connect(host, port, timeout)
        except Refusal:
            if self._is_told and self._reach.question:
                await self._ask()
            raise

    async def _connect(
        self,
        host: str,
        port: int,
        timeout: float | None,  # noqa: ASYNC109 - as above
    ) -> Line:
        with self._listening(host):
            addresses = await self._allowed(host, port)
            for number, address in enumerate(addresses, start=1):
                last = number == len(addresses)
                limit = timeout if last else self._patience / (len(addresses) - 1)
                try:
                    return await connect(str(address), port, limit)
                except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                    if last:
                        raise Refusal("unreachable", why_refused(error)) from error
            raise Refusal("unreachable", "the host name has no address")

    async def _ask(self) -> None:
        """Whether there are not these names or nobody tells us any; once for all that wait."""
        async with self._asking:
            if not self._reach.question:
                return
            try:
                await self._resolve(SURE, 53)
            except OSError:
                self._reach.answers(knows=False)
            else:
                self._reach.answers(knows=True)

    @contextlib.contextmanager
    def _listening(self, host: str) -> Iterator[None]:
        """Tell `reach` whether anything was heard of `host` while connecting to it."""
        try:
            yield
        except asyncio.CancelledError:  # at the deadline, mostly
            self._reach.lost(host)
            raise
        except Refusal as refusal:
            code = _code(refusal)
            if code in (errno.ECONNREFUSED, errno.ECONNRESET):
                self._reach.heard(host)
            elif refusal.failure == "unreachable":
                self._reach.lost(host, nameless=code in _NO_SUCH_NAME)
            raise
        self._reach.heard(host)

    async def _allowed(self, host: str, port: int) -> list[Address]:
        try:
            found = [ip_address(host)]
        except ValueError:
            try:
                found = await self._resolve(host, port)
            except (OSError, UnicodeError) as error:
                raise Refusal("unreachable", _why_nameless(error)) from error
        allowed = [address for address in found if self._private or public(address)]
        if found and not allowed:
            raise Refusal(
                "forbidden-address", f"{host} is at {found[0]}, which is not a public address"
            )
        return _alternate(allowed)[:_TRIED]


def _alternate(addresses: list[Address]) -> list[Address]:
    """Families in turn, the system's order kept within each: one of them may be dead."""
    first = [a for a in addresses if a.version == addresses[0].version]
    other = [a for a in addresses if a.version != addresses[0].version]
    pairs = zip(first, other, strict=False)
    shared = min(len(first), len(other))
    return [a for pair in pairs for a in pair] + first[shared:] + other[shared:]


def _why_nameless(error: Exception) -> str:
    if isinstance(error, UnicodeError):
        return "the host name cannot be one of the DNS"
    if isinstance(error, socket.gaierror) and error.errno in _NO_SUCH_NAME:
        return "the host name does not exist"
    return f"the host name could not be looked up ({getattr(error, 'strerror', None) or error})"


def why_refused(error: BaseException | None) -> str:
    """Say for a person what the system said of a connection that failed."""
    if isinstance(error, httpcore.ConnectTimeout):
        return "the host does not answer"
    match _code(error):
        case errno.ECONNREFUSED:
            return "connection refused"
        case errno.ECONNRESET | errno.EPIPE:
            return "the connection broke off"
        case errno.ENETUNREACH | errno.EHOSTUNREACH | errno.EADDRNOTAVAIL:
            return "there is no route to the host"
        case errno.ETIMEDOUT:
            return "the host does not answer"
        case _:
            return "no connection could be made"


def _code(error: BaseException | None) -> int | None:
    """The system's number for it, from as near the surface as there is one."""
    while error is not None:
        if isinstance(error, OSError) and error.errno is not None:
            return error.errno
        error = error.__cause__ or error.__context__
    return None
