"""httpx's transport over connections that the address guard has judged, and its errors named.

httpx's own transport has no place for them: this has its shape, over a pool of ours.
Requests with the extension `private` go through a pool of their own, so that a
connection to a private address is never reused for a request that may not have one.
"""

from __future__ import annotations

import ssl
from collections.abc import Awaitable, Callable, Iterator

import httpcore
import httpx

from monitor.errors import Failure
from monitor.fetch.line import Line
from monitor.fetch.network import Network, Refusal, Resolve, Resolver, why_refused
from monitor.fetch.pool import Answer, Pool, Server
from monitor.fetch.proxy import Proxy
from monitor.fetch.reach import Reach
from monitor.model import PollSettings

# Idle connections serve a run of pages from one host. Most servers close theirs
# after 5 s or more; ours go first, so that both rarely happen at once.
_KEPT_ALIVE = 4.0
# So many at least: in a first round two hundred other hosts are asked before a site's next feed is.
_KEPT = 256

# httpcore's errors and httpx's bear the same names.
_TWINS = {
    getattr(httpcore, name): getattr(httpx, name)
    for name in (
        "ConnectTimeout",
        "ConnectError",
        "ReadError",
        "LocalProtocolError",
        "RemoteProtocolError",
    )
}
_PORTS = {b"http": 80, b"https": 443}


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
        tls.set_alpn_protocols(["http/1.1"])
        resolve = Resolver() if resolve is None else resolve
        patience = poll.deadline.total_seconds() / 2
        kept = 2 * poll.concurrency

        def pool(*, private: bool) -> Pool:
            if poll.proxy is not None:
                return Proxy(
                    poll.proxy,
                    tls=tls,
                    patience=patience,
                    resolve=resolve,
                    expiry=_KEPT_ALIVE,
                    most=kept,
                )
            # What is private says nothing of the way to the world.
            told = None if private else reach
            network = Network(private=private, patience=patience, resolve=resolve, reach=told)
            return Pool(_straight(network, tls), expiry=_KEPT_ALIVE, most=max(kept, _KEPT))

        self._pools = {private: pool(private=private) for private in (False, True)}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; a kept connection found dead is replaced once."""
        url = request.url
        scheme = url.raw_scheme
        try:
            answer = await self._pools[bool(request.extensions.get("private"))].ask(
                Server(scheme, url.raw_host, url.port or _PORTS[scheme]),
                request.method.encode("ascii"),
                url.raw_path,
                request.headers.raw,
                b"" if request.method == "GET" else await request.aread(),
            )
        except tuple(_TWINS) as error:
            raise _twin(error) from error
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Stream(answer), request=request
        )

    async def aclose(self) -> None:
        """Close every connection."""
        for pool in self._pools.values():
            await pool.aclose()


class _Stream(httpx.AsyncByteStream):
    """An answer's body, to be read once."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __aiter__(self) -> _Stream:
        return self

    async def __anext__(self) -> bytes:
        try:
            piece = await self._answer.read()
        except tuple(_TWINS) as error:
            raise _twin(error) from error
        if not piece:
            raise StopAsyncIteration
        return piece

    async def aclose(self) -> None:
        await self._answer.aclose()


def _straight(network: Network, tls: ssl.SSLContext) -> Callable[[Server], Awaitable[Line]]:
    async def connect(server: Server) -> Line:
        line = await network.connect_tcp(server.name, server.port)
        return await line.start_tls(tls, server.name) if server.is_secure else line

    return connect


def _twin(error: Exception) -> Exception:
    twin: type[httpx.HTTPError] = next(
        twin for ours, twin in _TWINS.items() if isinstance(error, ours)
    )
    return twin(str(error))


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
