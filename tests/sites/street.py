"""Sites beside each other on loopback, each reached by its own name or by its socket."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Self

import httpx

from tests.newsroom.server import Backstage, Request, Response, Server

Answer = tuple[int, str, str]
"""Status, content type, body."""


@dataclass(frozen=True, slots=True)
class Site:
    """A site by its host name; `pages` makes each path (with query) an answer, given the origin."""

    host: str
    pages: Callable[[str], Mapping[str, Answer]]
    schemes: tuple[str, ...] = ("https", "http")


class Street:
    """`with Street(SITES) as street:` serves them all; `transport()` leads names to them."""

    def __init__(self, sites: Mapping[str, Site]) -> None:
        self.sites = sites
        self.servers = {
            name: Server(_handler(site), host=f"127.0.1.{number}")
            for number, (name, site) in enumerate(sites.items(), 1)
        }
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        backstage = self._stack.enter_context(Backstage())
        for server in self.servers.values():
            backstage.run(server.start())
            self._stack.callback(lambda one=server: backstage.run(one.stop()))
        return self

    def __exit__(self, *exc: object) -> None:
        self._stack.close()

    def transport(self) -> httpx.AsyncBaseTransport:
        """For a Client that asks for the sites by their names."""
        return _ByName({site.host: (self.servers[name], site) for name, site in self.sites.items()})

    def paths(self, name: str) -> list[str]:
        """What was asked of a site so far, in order."""
        return [visit.path for visit in self.servers[name].visits]


class _ByName(httpx.AsyncBaseTransport):
    def __init__(self, hosts: Mapping[str, tuple[Server, Site]]) -> None:
        self._hosts = hosts
        self._wire = httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        server, site = self._hosts.get(request.url.host, (None, None))
        if server is None or site is None:
            raise httpx.ConnectError("no such host")
        if request.url.scheme not in site.schemes:
            raise httpx.ConnectError("connection refused")
        headers = [*request.headers.raw, (b"X-Origin", request.url.scheme.encode())]
        there = request.url.copy_with(scheme="http", host=server.host, port=server.port)
        return await self._wire.handle_async_request(
            httpx.Request(request.method, there, headers=headers, extensions=request.extensions)
        )

    async def aclose(self) -> None:
        await self._wire.aclose()


def _handler(site: Site) -> Callable[[Request], Response]:
    def handle(request: Request) -> Response:
        scheme = request.headers.get("x-origin")
        origin = f"{scheme}://{site.host}" if scheme else f"http://{request.headers['host']}"
        pages = site.pages(origin)
        found = pages.get(request.path + (f"?{request.query}" if request.query else ""))
        status, kind, body = found or pages.get("*") or (404, "text/html", "<h1>404</h1>")
        if 300 <= status < 400:
            return Response(status=status, headers={"Location": body})
        return Response(status=status, headers={"Content-Type": kind}, body=body.encode())

    return handle
