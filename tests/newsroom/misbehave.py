"""Sources that go wrong, each in its own way, and the failure each should be counted as."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator
from functools import cache

from .server import Handler, Request, Response

FEED_HEAD = b'<?xml version="1.0"?><rss version="2.0"><channel><title>no end</title>'
ENTRY = b"<item><title>one more</title><link>http://no.example/%d</link></item>"
XML = {"Content-Type": "application/rss+xml"}
HTML = {"Content-Type": "text/html; charset=utf-8"}


def broken(request: Request) -> Response:
    """500."""
    return Response(status=500, headers=HTML, body=b"<h1>Internal Server Error</h1>")


def html(request: Request) -> Response:
    """The home page where a feed was."""
    page = (
        b"<!DOCTYPE html><html><head><title>Home</title></head><body><h1>Welcome</h1></body></html>"
    )
    return Response(headers=HTML, body=page)


def wall(request: Request) -> Response:
    """200, and a page that wants a browser."""
    page = (
        b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>"
        b'<noscript>Enable JavaScript and cookies to continue</noscript><form id="challenge-form"></form>'
        b"</body></html>"
    )
    return Response(headers=HTML, body=page)


async def _spaces(total: int) -> AsyncIterator[bytes]:
    yield FEED_HEAD
    for _ in range(total // 65536):
        yield b" " * 65536


def huge(request: Request) -> Response:
    """50 MB, no length said."""
    return Response(headers=XML, body=_spaces(50_000_000))


@cache
def _bomb() -> bytes:
    return gzip.compress(FEED_HEAD + b" " * 100_000_000, 1)


async def bomb(request: Request) -> Response:
    """Half a megabyte that unfolds to a hundred."""
    body = await asyncio.to_thread(_bomb)
    return Response(headers=XML | {"Content-Encoding": "gzip"}, body=body)


async def _entries(pause: float) -> AsyncIterator[bytes]:
    yield FEED_HEAD
    number = 0
    while True:
        yield ENTRY % number
        number += 1
        await asyncio.sleep(pause)


def endless(request: Request) -> Response:
    """Entries without end."""
    return Response(headers=XML, body=_entries(0.001))


async def _drops() -> AsyncIterator[bytes]:
    while True:
        yield b" "
        await asyncio.sleep(0.2)


def drip(request: Request) -> Response:
    """One byte at a time, for ever."""
    return Response(headers=XML, body=_drops())


async def silent(request: Request) -> Response:
    """Takes the request and says nothing."""
    await asyncio.sleep(3600)
    return Response()


def circle(request: Request) -> Response:
    """Redirects to itself by way of another path."""
    other = "/a" if request.path == "/b" else "/b"
    return Response(status=302, headers={"Location": other})


def truncated(request: Request) -> Response:
    """Says more than it sends."""

    async def half() -> AsyncIterator[bytes]:
        yield FEED_HEAD

    return Response(headers=XML | {"Content-Length": "100000"}, body=half())


# name → handler and the failures (errors.Failure) that name it rightly; None refuses to connect
MISBEHAVIOURS: dict[str, tuple[Handler | None, set[str]]] = {
    "refuses": (None, {"unreachable"}),
    "broken": (broken, {"server-error"}),
    "html": (html, {"misread"}),
    "wall": (wall, {"blocked", "misread"}),
    "huge": (huge, {"too-large"}),
    "bomb": (bomb, {"too-large"}),
    "endless": (endless, {"timeout", "too-large"}),
    "drip": (drip, {"timeout"}),
    "silent": (silent, {"timeout"}),
    "circle": (circle, {"redirects"}),
    "truncated": (truncated, {"protocol", "unreachable", "misread"}),
}
