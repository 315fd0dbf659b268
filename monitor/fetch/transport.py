"""httpx's transport over connections that the address guard has judged, and its errors named.

httpx's own transport has no place for a network backend, and httpcore's pool has:
this wraps the one in the shape of the other. Requests with the extension
`private` go through a pool of their own, so that a connection to a private
address is never reused for a request that may not have one.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterable, AsyncIterator, Iterator
from typing import cast

import httpcore
import httpx

from monitor.errors import Failure
from monitor.fetch.line import Line
from monitor.fetch.network import Network, Refusal, Resolve, Resolver, why_refused
from monitor.fetch.pool import Pool
from monitor.fetch.proxy import Proxy
from monitor.fetch.reach import Reach
from monitor.model import PollSettings

# Idle connections serve a run of pages from one host. Most servers close theirs
# after 5 s or more; ours go first, so that both rarely happen at once.
_KEPT_ALIVE = 4.0
# So many at least: in a first round two hundred other hosts are asked before a site's next feed is.
_KEPT = 256

# A head is parsed in one go, and one of 25,000 tiny lines, as the 100 KiB that are the
# default allow, takes 0.2 s. There is no other way to say it than on the class.
httpcore.AsyncHTTP11Connection.MAX_INCOMPLETE_EVENT_SIZE = 24 * 1024

_has_expired = httpcore.AsyncHTTP11Connection.has_expired


def _unfit(connection: httpcore.AsyncHTTP11Connection) -> bool:
    """Whether an idle connection may not be used again, for what came after its last answer.

    httpcore asks this of each before it lends one out, and looks at the stream alone.
    Bytes that the parser has already taken (h11's `trailing_data`) would become the
    answer to the next request: another address's content under its name. Only the
    parser knows where an answer ended, and nothing public leads to it.
    """
    left = connection.is_idle() and connection._h11_state.trailing_data[0]  # noqa: SLF001
    return bool(left) or _has_expired(connection)


httpcore.AsyncHTTP11Connection.has_expired = _unfit  # type: ignore[assignment] # of a method

# Each lock asks which event loop it is for, and looks for a module that is not installed in
# every folder of the path, which is a fifth of what an exchange costs.
httpcore._synchronization.current_async_library = lambda: "asyncio"  # noqa: SLF001


class _Lock(asyncio.Lock):
    """One that is free is taken at once: httpcore's gives the loop a turn before, three times an exchange."""

    async def __aexit__(self, *_: object) -> None:
        self.release()


for _room in (httpcore._async.connection, httpcore._async.http11):  # noqa: SLF001
    _room.AsyncLock = _Lock  # type: ignore[attr-defined] # it exports none

# httpcore's errors and httpx's bear the same names.
_TWINS = {
    getattr(httpcore, name): getattr(httpx, name)
    for name in (
        "ConnectTimeout",
        "ReadTimeout",
        "WriteTimeout",
        "PoolTimeout",
        "ConnectError",
        "ReadError",
        "WriteError",
        "LocalProtocolError",
        "RemoteProtocolError",
        "ProxyError",
        "UnsupportedProtocol",
    )
}


class Transport(httpx.AsyncBaseTransport):
    """HTTP/1.1 to judged addresses, or through a proxy. The caller's deadline is the time limit.

    `reach` is told who was heard; `tls` and `resolve` are for tests and for whoever
    has certificates of his own.
    """

    def __init__(
        self,
        poll: PollSettings,
        *,
        tls: ssl.SSLContext | None = None,
        resolve: Resolve | None = None,
        reach: Reach | None = None,
    ) -> None:
        tls = default_tls() if tls is None else tls
        resolve = Resolver() if resolve is None else resolve
        patience = poll.deadline.total_seconds() / 2

        kept = 2 * poll.concurrency

        def pool(*, private: bool) -> Pool | Proxy:
            if poll.proxy is not None:
                return Proxy(
                    poll.proxy,
                    tls=tls,
                    patience=patience,
                    resolve=resolve,
                    max_connections=None,  # the poll's own concurrency is the limit
                    max_keepalive_connections=kept,
                    keepalive_expiry=_KEPT_ALIVE,
                )
            # What is private says nothing of the way to the world.
            told = None if private else reach
            network = Network(private=private, patience=patience, resolve=resolve, reach=told)
            return Pool(tls=tls, network=network, expiry=_KEPT_ALIVE, most=max(kept, _KEPT))

        self._pools = {private: pool(private=private) for private in (False, True)}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; a kept connection found dead is replaced once."""
        twin = httpcore.Request(
            request.method,
            httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.content or None,
        )
        with _as_httpx():
            pool = self._pools[bool(request.extensions.get("private"))]
            answer = await pool.handle_async_request(twin)
        line = answer.extensions["network_stream"]
        if isinstance(line, Line):  # it is none after 101
            line.head_is_read()
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Stream(answer),
            request=request,
        )

    async def aclose(self) -> None:
        """Close every connection."""
        for pool in self._pools.values():
            await pool.aclose()


class _Stream(httpx.AsyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _as_httpx():
            async for chunk in cast("AsyncIterable[bytes]", self._answer.stream):
                yield chunk

    async def aclose(self) -> None:
        await self._answer.aclose()


@contextlib.contextmanager
def _as_httpx() -> Iterator[None]:
    try:
        yield
    except tuple(_TWINS) as error:
        twin = next(twin for ours, twin in _TWINS.items() if isinstance(error, ours))
        raise twin(str(error)) from error


def default_tls() -> ssl.SSLContext:
    """Trust what httpx ships and what the system trusts: a private authority is the user's."""
    tls = httpx.create_ssl_context(trust_env=False)
    tls.load_default_certs()
    return tls


def explain(error: Exception) -> tuple[Failure, str]:
    """Name a network error and say it to a person.

    Takes any error of httpx, and OSErrors that came through uncaught.
    """
    chain = list(_causes(error))
    for cause in chain:
        if isinstance(cause, Refusal):
            return cause.failure, cause.detail
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "tls", f"the certificate is not accepted: {cause.verify_message}"
        if isinstance(cause, ssl.SSLError):
            return "tls", f"the TLS handshake failed ({cause.reason or cause})"
    match error:
        case httpx.TimeoutException():
            return "timeout", "no answer in time"
        case httpx.ConnectError():
            return "tls", "the server hung up during the TLS handshake"
        case httpx.NetworkError() | httpx.ProxyError() | OSError():
            return "unreachable", why_refused(error)
        case httpx.TooManyRedirects():
            return "redirects", "too many redirects"
        case httpx.InvalidURL() | httpx.UnsupportedProtocol():
            return "forbidden-address", "it is no http(s) address"
        case httpx.DecodingError():
            return "bad-encoding", "the body could not be decoded"
        case _:
            return "protocol", f"the server does not speak HTTP properly: {error}"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
