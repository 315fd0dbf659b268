"""One misbehaviour: what the server does, and what the monitor should make of it."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

Tls = Literal["right", "expired", "self-signed", "other-name", "silent"]

# Outcomes of a poll after which a source counts as read; all others are failures by name.
READ = ("new", "same", "unchanged", "not-modified")
TITLE = "خبر تجريبي عن سوق التمور"  # synthetic, and off every story


class Peer:
    """One request that has come in, its head read, and the way to answer it.

    `number` counts the case's requests from 1, `turn` those of this connection;
    `elsewhere` is the origin of a sane server, `closed` one where nobody listens.
    """

    def __init__(
        self,
        head: bytes,
        number: int,
        turn: int,
        writer: asyncio.StreamWriter,
        *,
        origin: str,
        elsewhere: str,
        closed: str,
    ) -> None:
        self.head = head
        self.number = number
        self.turn = turn
        self.origin = origin
        self.elsewhere = elsewhere
        self.closed = closed
        self._writer = writer

    @property
    def path(self) -> str:
        return self.head.split()[1].decode("latin-1")

    @property
    def conditional(self) -> bool:
        return b"\r\nif-none-match:" in self.head.lower()

    async def send(self, data: bytes, *, pause: float = 0.0) -> None:
        self._writer.write(data)
        await self._writer.drain()
        await asyncio.sleep(pause)

    async def flood(self, data: bytes, *, pause: float = 0.0) -> None:
        """Send it again and again until the client has gone."""
        while True:
            await self.send(data, pause=pause)

    def reset(self) -> None:
        """RST instead of FIN."""
        sock = self._writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()


# True: another request may come on the same connection. Bytes are sent, and the connection ends.
Act = bytes | Callable[[Peer], Awaitable[bool | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """`does` completes "The server …"; `outcomes` are those of as many polls, one after the other.

    `detail` is a part of what is told to the user beside the last; `rest` is how long the
    server is left alone for its Retry-After (nought: no longer than without one), None
    where it says nothing of the kind. `act` None refuses to connect. `scheme` is that of
    the source's address, `tls` what the server really speaks. A `heavy` one keeps a
    processor busy, so that on a small machine a server's slowness could be ours.
    """

    name: str
    does: str
    act: Act | None
    outcomes: tuple[str, ...]
    detail: str = ""
    rest: timedelta | None = None
    private: bool = True
    scheme: Literal["http", "https"] = "http"
    tls: Tls | None = None
    at_accept: bool = False  # act before the request has come
    heavy: bool = False

    @property
    def failure(self) -> str | None:
        """What the source fails with in the end, None if it is read."""
        return None if self.outcomes[-1] in READ else self.outcomes[-1]

    @property
    def state(self) -> str:
        """The same in the documentation's words."""
        return self.failure or "ok"


def feed(*titles: str, encoding: str = "utf-8", declared: str | None = None) -> bytes:
    """A sane RSS feed of one entry for each title; `declared` None leaves the declaration out."""
    items = "".join(
        f"<item><title>{title}</title><link>http://news.example/{n}</link>"
        f"<guid>http://news.example/{n}</guid>"
        "<pubDate>Sun, 01 Mar 2026 11:50:00 GMT</pubDate></item>"
        for n, title in enumerate(titles or (TITLE, f"{TITLE} (2)"))
    )
    prolog = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    text = f'{prolog}<rss version="2.0"><channel><title>synthetic</title>{items}</channel></rss>'
    return text.encode(encoding)


def answer(
    body: bytes = b"", *lines: str | bytes, status: str = "200 OK", length: int | None = None
) -> bytes:
    """An answer that ends with its connection unless a line says otherwise."""
    size = len(body) if length is None else length
    return head(f"Content-Length: {size}", *lines, status=status) + body


def head(*lines: str | bytes, status: str = "200 OK") -> bytes:
    """A status line and headers."""
    raw = [line.encode("latin-1") if isinstance(line, str) else line for line in lines]
    return b"\r\n".join([f"HTTP/1.1 {status}".encode(), *raw, b"", b""])


CHUNKED = "Transfer-Encoding: chunked"
XML = "Content-Type: application/rss+xml; charset=utf-8"
HTML = "Content-Type: text/html; charset=utf-8"


def chunk(data: bytes) -> bytes:
    """One chunk of RFC 9112, 7.1; the empty one is the last."""
    return b"%x\r\n%s\r\n" % (len(data), data)


def redirect(location: str | bytes, status: str = "302 Found") -> bytes:
    """An answer that leads on."""
    raw = location.encode() if isinstance(location, str) else location
    return answer(b"", b"Location: " + raw, status=status)


def in_turn(*answers: bytes) -> Callable[[Peer], Awaitable[bool | None]]:
    """The n-th answer to the n-th request, the last one for ever."""

    async def act(peer: Peer) -> None:
        await peer.send(answers[min(peer.number, len(answers)) - 1])

    return act


def by_path(answers: Mapping[str, bytes], other: bytes) -> Callable[[Peer], Awaitable[bool | None]]:
    """An answer for each path, `other` for all the rest."""

    async def act(peer: Peer) -> None:
        await peer.send(answers.get(peer.path, other))

    return act


def then_flood(
    start: bytes, again: bytes, *, pause: float = 0.0
) -> Callable[[Peer], Awaitable[bool | None]]:
    """A beginning, and then the same for ever."""

    async def act(peer: Peer) -> None:
        await peer.send(start)
        await peer.flood(again, pause=pause)

    return act


def then_silence(start: bytes) -> Callable[[Peer], Awaitable[bool | None]]:
    """A beginning, and then nothing, the connection open."""

    async def act(peer: Peer) -> None:
        await peer.send(start)
        await asyncio.sleep(3600)

    return act
