"""One connection over h11: when it may serve another request, and what ends it."""

from __future__ import annotations

import asyncio
from collections import deque

import httpcore
import pytest

from monitor.fetch import line, wire
from monitor.fetch.connection import Connection
from tests.fetching import answer, serving

KEPT = "Connection: keep-alive"
HOST = [(b"Host", b"a.example")]


async def whole(connection: Connection) -> bytes:
    body = b""
    while piece := await connection.read():
        body += piece
    return body


async def connected(server) -> Connection:
    return Connection(await line.connect("127.0.0.1", server.port, None))


async def test_one_serves_after_the_other():
    async with serving(lambda path: answer(path.encode(), KEPT)) as server:
        connection = await connected(server)
        for path in (b"/a", b"/b"):
            head = await connection.ask(b"GET", path, HOST)
            assert (head.status, await whole(connection)) == (200, path)
            assert connection.renew()
            assert not connection.has_more
        await connection.aclose()
    assert server.connections == 1


async def test_a_form_is_sent_behind_its_head():
    heard: asyncio.Queue[bytes] = asyncio.Queue()

    async def hear(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        heard.put_nowait(await reader.readexactly(5))
        writer.write(answer(b"x"))
        writer.close()

    listener = await asyncio.start_server(hear, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    connection = Connection(await line.connect("127.0.0.1", port, None))
    await connection.ask(b"POST", b"/", [*HOST, (b"Content-Length", b"5")], b"a=b&c")
    assert (await whole(connection), await heard.get()) == (b"x", b"a=b&c")
    await connection.aclose()
    listener.close()


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        (answer(b"x" * 100, KEPT), False),
        (answer(b"x", "Connection: close"), True),
        (b"HTTP/1.0 200 OK\r\n\r\nall of it", True),
    ],
    ids=["not read", "closed", "1.0"],
)
async def test_what_may_not_serve_again(raw, read):
    async with serving(raw) as server:
        connection = await connected(server)
        await connection.ask(b"GET", b"/", HOST)
        if read:
            await whole(connection)
        assert not connection.renew()
        await connection.aclose()


async def test_what_came_behind_an_answer_is_seen():
    """In the parser's hands already, where only it can tell."""
    async with serving(answer(b"x", KEPT) + answer(b"rogue", KEPT)) as server:
        connection = await connected(server)
        await connection.ask(b"GET", b"/", HOST)
        assert await whole(connection) == b"x"
        assert connection.renew()
        assert connection.has_more
        await connection.aclose()


@pytest.mark.parametrize("raw", [b"", b"SSH-2.0-OpenSSH_9.9\r\n", answer(b"")[:-20]])
async def test_what_is_no_answer(raw):
    async with serving(raw) as server:
        connection = await connected(server)
        with pytest.raises(httpcore.RemoteProtocolError):
            await connection.ask(b"GET", b"/", HOST)
        await connection.aclose()


async def test_what_may_not_be_sent():
    async with serving(answer(b"")) as server:
        connection = await connected(server)
        with pytest.raises(httpcore.LocalProtocolError):
            await connection.ask(b"GET", b"/", [*HOST, (b"X-Key", b"two\r\nlines")])
        await connection.aclose()
    assert server.requests == []


class Told:
    """A line on which these pieces come, one for each time it is read, and then its end."""

    def __init__(self, pieces):
        self.pieces = deque(pieces)
        self.heads = 0

    async def write(self, data):
        pass

    async def read(self, most):
        return self.pieces.popleft() if self.pieces else b""

    def head_is_read(self):
        self.heads += 1

    def get_extra_info(self, info):
        return bool(self.pieces)


async def outcome(pieces: list[bytes]) -> list[object]:
    """What comes of two requests over one connection on which these pieces come."""
    told, found = Told(pieces), []
    connection = Connection(told)
    try:
        for _ in range(2):
            head = await connection.ask(b"GET", b"/", HOST)
            found += [head.status, [*head.headers], await whole(connection)]
            found += [connection.renew(), connection.has_more, told.heads]
    except httpcore.RemoteProtocolError as error:
        found.append(str(error))
    return found


@pytest.mark.parametrize(
    "pieces",
    [
        [answer(b"x" * 100, KEPT)],
        [answer(b"x" * 100, KEPT)[:30], answer(b"x" * 100, KEPT)[30:]],
        [answer(b"x" * 100, KEPT)[:-50], answer(b"x" * 100, KEPT)[-50:] + b"rogue"],
        [answer(b"x" * 100, KEPT)[:-50]],
        [answer(b"x" * 100_000, KEPT)[:-50]],
        [answer(b"x" * 100, KEPT), answer(b"y", KEPT)],
        [answer(b"", KEPT)],
        [b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n"],
        [b"HTTP/1.1 304 Not Modified\r\nETag: x\r\nContent-Length: 9\r\n\r\n" + answer(b"y")],
        [b"HTTP/1.1 100 Continue\r\n\r\n", answer(b"x", KEPT)],
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n", b"0\r\n\r\n"],
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", answer(b"x", KEPT)],
        [b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"],
        [b"nonsense\r\n\r\n"],
        [],
    ],
)
async def test_without_h11_and_with_it_the_same_comes_of_it(pieces, monkeypatch):
    without = await outcome(pieces)
    monkeypatch.setattr(wire, "head", lambda data: None)
    assert without == await outcome(pieces)


async def test_a_plain_answer_needs_no_h11(monkeypatch):
    monkeypatch.setattr(Connection, "_begin", None)
    async with serving(answer(b"x" * 100, KEPT)) as server:
        connection = await connected(server)
        for _ in range(2):
            head = await connection.ask(b"GET", b"/", HOST)
            assert (head.status, await whole(connection)) == (200, b"x" * 100)
            assert connection.renew()
        await connection.aclose()
