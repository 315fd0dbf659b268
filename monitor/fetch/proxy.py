"""The user's own HTTP proxy, and its faults told from those of sites.

http goes through it as it is, https through a tunnel (CONNECT; RFC 9110, 9.3.6).
It looks the names up itself, so that the address guard judges addresses by
their text alone. The environment's proxy variables are not read: what the
monitor does is written in its file.
"""

from __future__ import annotations

import ssl
from typing import Any
from urllib.parse import unquote

import ada_url
import httpcore

from monitor.errors import Failure
from monitor.fetch.network import Network, Refusal, Resolve

_ADVICE = "see settings.poll.proxy"


class Proxy(httpcore.AsyncHTTPProxy):
    """A pool of connections through the proxy at `address`, `http://user:password@host:port`.

    `patience`, in seconds, is what reaching it may take. What the proxy itself does
    wrong is `offline`: no site is at fault. `options` are those of httpcore's pools.
    """

    def __init__(
        self,
        address: str,
        *,
        tls: ssl.SSLContext,
        patience: float,
        resolve: Resolve,
        **options: Any,
    ) -> None:
        url = ada_url.URL(address)
        secured = url.protocol == "https:"
        self._name = str(url.host)
        self._limits = {"connect": patience}
        user, password = (unquote(part).encode() for part in (url.username, url.password))
        super().__init__(
            httpcore.URL(
                scheme=b"https" if secured else b"http",
                host=url.hostname.strip("[]").encode("ascii"),
                port=int(url.port) if url.port else None,
                target=b"/",
            ),
            proxy_auth=(user, password) if user or password else None,
            ssl_context=tls,
            proxy_ssl_context=tls if secured else None,
            network_backend=Network(private=True, patience=patience, resolve=resolve),
            **options,
        )

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        """Send it through the proxy (Refusal where the proxy is what fails)."""
        fresh = False

        async def trace(event: str, info: object) -> None:
            nonlocal fresh
            fresh = fresh or event == "connection.connect_tcp.started"

        request.extensions = {"timeout": self._limits, "trace": trace}
        try:
            try:
                answer = await super().handle_async_request(request)
            except (httpcore.RemoteProtocolError, httpcore.ReadError):
                if fresh:
                    raise
                answer = await super().handle_async_request(request)  # a kept connection was dead
        except Refusal as refusal:
            raise self._offline(f"cannot be reached ({refusal.detail})") from refusal
        except httpcore.ProxyError as error:  # its answer to CONNECT: "403 Forbidden"
            raise self._refusal(str(error).partition(" ")[0]) from error
        if answer.status == 407:
            await answer.aclose()
            raise self._refusal("407")
        return answer

    def _refusal(self, status: str) -> Refusal:
        match status:
            case "407":
                return self._offline(
                    "does not accept our user name and password, or wants some (407)"
                )
            case "403" | "451":
                return self._told("blocked", f"does not let us to this site ({status})")
            case "502" | "503" | "504":
                return self._told("unreachable", f"cannot reach the site ({status})")
            case _:
                return self._told("unreachable", f"gives no way to the site ({status})")

    def _offline(self, what: str) -> Refusal:
        return self._told("offline", f"{what}: {_ADVICE}")

    def _told(self, failure: Failure, what: str) -> Refusal:
        return Refusal(failure, f"the proxy {self._name} {what}")
