"""The user's own HTTP proxy, and its faults told from those of sites.

http goes through it as it is, https through a tunnel (CONNECT; RFC 9110, 9.3.6).
It looks the names up itself, so that the address guard judges addresses by
their text alone. The environment's proxy variables are not read: what the
monitor does is written in its file.
"""

from __future__ import annotations

import base64
import ssl
from urllib.parse import unquote

import ada_url
import httpcore

from monitor.errors import Failure
from monitor.fetch.connection import Connection
from monitor.fetch.line import Line
from monitor.fetch.network import Network, Refusal, Resolve
from monitor.fetch.pool import Answer, Pool, Server
from monitor.fetch.wire import Lines

_ADVICE = "see settings.poll.proxy"


class Proxy(Pool):
    """Connections through the proxy at `address`, `http://user:password@host:port`.

    `patience`, in seconds, is what reaching it may take. What the proxy itself does
    wrong is `offline`: no site is at fault. The rest is a pool's.
    """

    def __init__(
        self,
        address: str,
        *,
        tls: ssl.SSLContext,
        patience: float,
        resolve: Resolve,
        expiry: float,
        most: int,
    ) -> None:
        url = ada_url.URL(address)
        self._name = str(url.host)
        self._host = url.hostname.strip("[]")
        self._secured = url.protocol == "https:"
        self._port = int(url.port) if url.port else 443 if self._secured else 80
        user, password = (unquote(part).encode() for part in (url.username, url.password))
        word = b"Basic " + base64.b64encode(user + b":" + password)
        self._credentials = [(b"Proxy-Authorization", word)] if user or password else []
        self._tls = tls
        self._patience = patience
        self._network = Network(private=True, patience=patience, resolve=resolve)
        super().__init__(self._reached, expiry=expiry, most=most)

    async def ask(
        self, server: Server, method: bytes, target: bytes, headers: Lines, content: bytes
    ) -> Answer:
        """Send a request through the proxy (Refusal where the proxy is what fails)."""
        if not server.is_secure:
            target = b"http://" + server.authority + target
            headers = [*self._credentials, *headers]
        answer = await super().ask(server, method, target, headers, content)
        if answer.status == 407:
            await answer.aclose()
            raise self._refusal(407)
        return answer

    async def _reached(self, server: Server) -> Line:
        """A line to the proxy, or through it to a server that is spoken to by TLS."""
        try:
            line = await self._network.connect_tcp(self._host, self._port, self._patience)
        except Refusal as refusal:
            raise self._offline(f"cannot be reached ({refusal.detail})") from refusal
        if self._secured:
            try:
                line = await line.start_tls(self._tls, self._host, self._patience)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                refused = getattr(error.__cause__, "verify_message", None)
                why = refused or str(error) or "no answer in time"
                raise self._offline(f"cannot be spoken to by TLS ({why})") from error
        if not server.is_secure:
            return line
        try:
            await self._tunnel(line, server)
        except BaseException:
            await line.aclose()
            raise
        return await line.start_tls(self._tls, server.name, self._patience)

    async def _tunnel(self, line: Line, server: Server) -> None:
        connection = Connection(line)
        lines = [(b"Host", server.authority), (b"Accept", b"*/*"), *self._credentials]
        try:
            head = await connection.ask(b"CONNECT", server.authority, lines)
        except (httpcore.RemoteProtocolError, httpcore.ReadError) as error:
            what = "hangs up or speaks no HTTP when asked for a way to the site"
            raise self._told("unreachable", what) from error
        if not 200 <= head.status < 300:
            raise self._refusal(head.status)
        # What came in clear must not be read as if it had been under the seal.
        if connection.has_more:
            raise self._told("unreachable", "spoke in the site's place, before the handshake")

    def _refusal(self, status: int) -> Refusal:
        match status:
            case 407:
                return self._offline(
                    "does not accept our user name and password, or wants some (407)"
                )
            case 403 | 451:
                return self._told("blocked", f"does not let us to this site ({status})")
            case 502 | 503 | 504:
                return self._told("unreachable", f"cannot reach the site ({status})")
            case _:
                return self._told("unreachable", f"gives no way to the site ({status})")

    def _offline(self, what: str) -> Refusal:
        return self._told("offline", f"{what}: {_ADVICE}")

    def _told(self, failure: Failure, what: str) -> Refusal:
        return Refusal(failure, f"the proxy {self._name} {what}")
