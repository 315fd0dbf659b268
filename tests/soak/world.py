"""One server for all hosts of loopback: feeds, pages, and a fifth that misbehaves."""

from __future__ import annotations

import asyncio
import contextlib
import html
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime

from tests.newsroom import Item

BAD = (
    "hang",
    "drip",
    "500",
    "503",
    "404",
    "html",
    "cut",
    "reset",
    "empty",
    "coding",
    "endless",
    "slow-head",
)


@dataclass
class World:
    """One server for all hosts of loopback: feeds and pages by the host that is asked for."""

    count: int
    port: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    entries: dict[str, list[tuple[str, Item, datetime]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def host(self, number: int) -> str:
        return f"127.1.{number // 200}.{number % 200 + 1}"

    def bad(self, number: int) -> str | None:
        """How this source misbehaves, one in five."""
        return BAD[number // 5 % len(BAD)] if number % 5 == 0 else None

    def publish(self, number: int, item: Item, key: int) -> str:
        path = f"/a/{key}.html"
        self.entries[self.host(number)].append((path, item, datetime.now(UTC)))
        return f"http://{self.host(number)}:{self.port}{path}"

    async def serve(self) -> asyncio.Server:
        server = await asyncio.start_server(self._connected, "0.0.0.0", 0, backlog=1000)
        self.port = server.sockets[0].getsockname()[1]
        self._numbers = {self.host(n): n for n in range(self.count)}
        return server

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # Ended by the other side, or by the end of the run.
        with contextlib.suppress(
            ConnectionError,
            asyncio.IncompleteReadError,
            asyncio.LimitOverrunError,
            asyncio.CancelledError,
        ):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                await self._answer(head, writer)
                await writer.drain()
        writer.close()

    async def _answer(self, head: str, writer: asyncio.StreamWriter) -> None:
        line, *rest = head.split("\r\n")
        path = line.split()[1]
        fields = {k.lower(): v.strip() for k, _, v in (each.partition(":") for each in rest)}
        host = fields.get("host", "").split(":")[0]
        number = self._numbers.get(host)
        bad = None if number is None else self.bad(number)
        if number is None or path == "/robots.txt":
            _say(writer, 404, b"no", "text/plain")
        elif path == "/feed.xml":
            self.asked["bad" if bad else "good"] += 1
            if bad:
                await _misbehave(bad, writer)
            else:
                self._feed(number, host, fields, writer)
        else:
            self.asked["page"] += 1
            for where, item, _ in self.entries[host]:
                if where == path:
                    _say(writer, 200, _page(item), "text/html; charset=utf-8")
                    return
            _say(writer, 404, b"no", "text/plain")

    def _feed(
        self, number: int, host: str, fields: dict[str, str], writer: asyncio.StreamWriter
    ) -> None:
        found = self.entries[host]
        etag = f'"{len(found)}"'
        if fields.get("if-none-match") == etag:
            writer.write(f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode())
            return
        old = [
            f"<item><title>Council note {number}-{n}: road works in ward {n}</title>"
            f"<guid>note-{n}</guid><link>http://{host}:{self.port}/n/{n}.html</link>"
            f"<pubDate>{format_datetime(datetime(2026, 1, 1 + n, tzinfo=UTC))}</pubDate></item>"
            for n in range(4)
        ]
        fresh = [
            f"<item><title>{html.escape(item.title)}</title><guid>http://{host}:{self.port}{path}</guid>"
            f"<link>http://{host}:{self.port}{path}</link><pubDate>{format_datetime(at)}</pubDate></item>"
            for path, item, at in reversed(found)
        ]
        body = (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
            f"<title>Source {number}</title>{''.join([*fresh, *old])}</channel></rss>"
        ).encode()
        _say(writer, 200, body, "application/rss+xml", f"ETag: {etag}\r\n")


async def quiet() -> None:
    """End the conversations that are under way."""
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _say(writer: asyncio.StreamWriter, status: int, body: bytes, kind: str, more: str = "") -> None:
    head = (
        f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    )
    writer.write(head.encode() + body)


async def _misbehave(how: str, writer: asyncio.StreamWriter) -> None:
    match how:
        case "hang":
            await asyncio.sleep(3600)
        case "drip" | "slow-head":
            writer.write(b"HTTP/1.1 200 OK\r\n" + (b"\r\n" if how == "drip" else b"X-A: "))
            while True:
                writer.write(b"<")
                await writer.drain()
                await asyncio.sleep(1)
        case "500" | "503" | "404":
            _say(
                writer,
                int(how),
                b"sorry",
                "text/plain",
                "Retry-After: 20\r\n" if how == "503" else "",
            )
        case "html":
            _say(
                writer, 200, b"<!doctype html><title>Sign in</title><p>Please sign in.", "text/html"
            )
        case "cut":
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<rss><channel>")
            raise ConnectionResetError
        case "reset":
            raise ConnectionResetError
        case "empty":
            _say(writer, 200, b"", "application/rss+xml")
        case "coding":
            _say(
                writer,
                200,
                b"\x1f\x8b\x08no gzip",
                "application/rss+xml",
                "Content-Encoding: gzip\r\n",
            )
        case "endless":
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n<rss>")
            while True:
                writer.write(b" " * 65536)
                await writer.drain()
                await asyncio.sleep(0.2)


def _page(item: Item) -> bytes:
    paragraphs = "".join(f"<p>{html.escape(text)}</p>" for text in item.paragraphs)
    title = html.escape(item.title)
    return (
        f'<!doctype html><html lang="{item.language}"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    ).encode()
