"""One connection: nothing left on it is taken for the next answer, and what it may cost."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from datetime import timedelta

import pytest

from monitor.errors import FetchError
from monitor.fetch import line
from monitor.fetch.client import _PLACES
from tests.fetching import DEADLINE, LIMIT, answer, chunked, client, poll, resolver, serving
from tests.receivers import certificate

ROGUE = answer(b"nobody asked for this", "Connection: keep-alive")
HOUR = 3600


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """A certificate of news.example: the server's side, and a client's that trusts it."""
    file, served = certificate(tmp_path_factory.mktemp("tls"), "DNS:news.example")
    return served, ssl.create_default_context(cafile=str(file))


class Rogue:
    """Answers each path with its name; after the first answer comes what nobody asked for.

    `size` is that of the whole first answer in bytes, so that it may end where a read does.
    """

    def __init__(self, how, framing, size=None):
        self.how = how
        self.framing = framing
        self.size = size

    def proper(self, path):
        body = path.encode()
        if self.framing == "chunks":
            return chunked(body, b"", headers=b"Connection: keep-alive\r\n")
        raw = answer(body, "X-Fill: ", "Connection: keep-alive")
        fill = b"y" * (self.size - len(raw) if self.size and path == "/a" else 0)
        return raw.replace(b"X-Fill: ", b"X-Fill: " + fill)

    def __call__(self, path):
        async def act(server, writer):
            raw = self.proper(path)
            if path != "/a" or self.how == "not at all":
                writer.write(raw)
                return True
            match self.how:
                case "at once":
                    writer.write(raw + ROGUE)
                case "in two records":
                    writer.write(raw)
                    writer.write(ROGUE)
                case "a part":
                    writer.write(raw + ROGUE[:30])
                case "later":
                    writer.write(raw)
                    await asyncio.sleep(0.05)
                    writer.write(ROGUE)
            await writer.drain()
            return True

        return act


async def two(rogue, own, *, pause):
    """What /a and /b give, one after the other, and over how many connections."""
    served, trusting = own or (None, None)
    scheme = "https" if own else "http"
    options = {"tls": trusting} if own else {}
    async with (
        serving(rogue, ssl=served) as server,
        client(resolve=resolver(news=["127.0.0.1"]), **options) as ours,
    ):
        url = f"{scheme}://news.example:{server.port}"
        bodies = []
        for path in ("/a", "/b"):
            bodies.append((await ours.get(url + path, private=True)).body)
            await asyncio.sleep(pause)
        return bodies, server.connections, server.paths()


WAYS = [
    ("at once", "length", None),
    ("at once", "chunks", None),
    ("at once", "length", 8 * 1024),
    ("at once", "length", 16 * 1024),
    ("in two records", "length", None),
    ("in two records", "length", 16 * 1024),
    ("in two records", "chunks", None),
    ("a part", "length", None),
    ("a part", "chunks", None),
    ("later", "length", None),
    ("later", "chunks", None),
]


@pytest.mark.parametrize("tls", [False, True], ids=["plain", "tls"])
@pytest.mark.parametrize(("how", "framing", "size"), WAYS)
async def test_what_nobody_asked_for_is_no_answer(how, framing, size, tls, own):
    rogue = Rogue(how, framing, size)
    pause = 0.2 if how == "later" else 0
    bodies, connections, paths = await two(rogue, own if tls else None, pause=pause)
    assert bodies == [b"/a", b"/b"]
    assert (connections, paths) == (2, ["/a", "/b"])


@pytest.mark.parametrize("tls", [False, True], ids=["plain", "tls"])
@pytest.mark.parametrize("framing", ["length", "chunks"])
async def test_a_connection_without_anything_left_is_used_again(framing, tls, own):
    bodies, connections, _ = await two(Rogue("not at all", framing), own if tls else None, pause=0)
    assert bodies == [b"/a", b"/b"]
    assert connections == 1


async def test_a_connection_at_work_is_left_alone_when_another_ends():
    """The pool looks at all of them whenever a request begins or ends."""

    begun, ended = asyncio.Event(), asyncio.Event()

    async def in_parts(server, writer):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Le")
        await writer.drain()
        await asyncio.sleep(0.05)
        begun.set()
        await ended.wait()
        writer.write(b"ngth: 4\r\n\r\npart")

    async with (
        serving(lambda _: in_parts) as slow,
        serving(answer(b"x")) as quick,
        client() as ours,
    ):
        task = asyncio.create_task(ours.get(slow.url, private=True))
        await begun.wait()
        await ours.get(quick.url, private=True)
        ended.set()
        assert (await task).body == b"part"


@pytest.mark.parametrize("tls", [False, True], ids=["plain", "tls"])
async def test_half_an_answer_is_no_whole_one_because_we_hang_up(tls, own):
    """One without a length ends where its connection does, but not at our own hand."""
    served, trusting = own if tls else (None, None)
    begun = asyncio.Event()

    async def half(server, writer):
        writer.write(b"HTTP/1.1 200 OK\r\n\r\nhalf of")
        await writer.drain()
        begun.set()
        await asyncio.sleep(HOUR)

    options = {"tls": trusting} if tls else {}
    async with (
        serving(lambda _: half, ssl=served) as server,
        client(resolve=resolver(news=["127.0.0.1"]), **options) as ours,
    ):
        url = f"{'https' if tls else 'http'}://news.example:{server.port}/"
        task = asyncio.create_task(ours.get(url, private=True))
        await begun.wait()
        await asyncio.sleep(0.1)
        await ours.aclose()
        with pytest.raises(FetchError, match="broke off"):
            await task


async def test_what_comes_in_clear_is_not_read_as_if_it_were_sealed(own):
    """Bytes that came before the handshake, as behind a proxy's consent."""
    async with serving(lambda path: asyncio.sleep(HOUR)) as server:
        clear = await line.connect("127.0.0.1", server.port, None)
        clear._inbox.data_received(ROGUE)
        with pytest.raises(line.httpcore.ConnectError, match="before the handshake"):
            await clear.start_tls(own[1], "news.example")


async def test_a_name_with_its_last_dot_has_the_certificate_of_one_without(own):
    """`news.example.` is the whole name of news.example; Host is as the address has it."""
    served, trusting = own
    async with (
        serving(answer(b"x"), ssl=served) as server,
        client(resolve=resolver(news=["127.0.0.1"]), tls=trusting) as ours,
    ):
        got = await ours.get(f"https://news.example.:{server.port}/", private=True)
    assert got.body == b"x"
    assert server.header("host") == f"news.example.:{server.port}"


async def test_what_the_loop_has_not_fetched_yet_counts_too():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        ours = await line.connect("127.0.0.1", listener.getsockname()[1], None)
        theirs, _ = listener.accept()
        assert not ours.get_extra_info("is_readable")
        theirs.sendall(b"x")  # and the loop has no turn
        assert ours.get_extra_info("is_readable")
        await ours.aclose()
        theirs.close()


# ---- what a head may cost ---------------------------------------------------------------


@pytest.mark.parametrize(
    "hint",
    [b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 103 X\r\nLink: </a.css>\r\n\r\n"],
    ids=["continue", "hints"],
)
async def test_provisional_answers_without_end_are_ended_early(hint):
    async def flood(server, writer):
        while True:
            writer.write(hint * 500)
            await writer.drain()

    loop = asyncio.get_running_loop()
    async with serving(lambda path: flood) as server, client() as ours:
        start = loop.time()
        with pytest.raises(FetchError, match="provisional") as caught:
            await ours.get(server.url, private=True)
    assert caught.value.failure == "protocol"
    assert loop.time() - start < DEADLINE.total_seconds() / 2


async def test_some_provisional_answers_do_no_harm():
    raw = b"HTTP/1.1 103 X\r\nLink: </a.css>; rel=preload\r\n\r\n" * 60 + answer(b"x")
    async with serving(raw) as server, client() as ours:
        assert (await ours.get(server.url, private=True)).body == b"x"


async def test_the_room_for_heads_is_for_each_request_anew():
    long = "X-Policy: " + "y" * 20_000
    kept = answer(b"x", long, "Connection: keep-alive")
    async with serving(kept) as server, client() as ours:
        for number in range(5):
            await ours.get(f"{server.url}/{number}", private=True)
    assert server.connections == 1


async def test_a_head_is_read_in_small_pieces_and_a_body_in_large_ones(monkeypatch):
    pieces = []
    take = line._Inbox.take

    async def noted(self, most):
        pieces.append((most, piece := await take(self, most)))
        return piece

    monkeypatch.setattr(line._Inbox, "take", noted)
    raw = answer(b"x" * 900_000, "X-Policy: " + "y" * 20_000)
    async with serving(raw) as server, client() as ours:
        await ours.get(server.url, private=True)
    heads = sum(most == 8 * 1024 for most, _ in pieces)
    assert 2 < heads < 6
    assert max(len(piece) for _, piece in pieces) > 8 * 1024
    assert len(pieces) < 80


# ---- many large bodies ------------------------------------------------------------------


async def test_large_bodies_wait_for_each_other_at_nobody_s_cost():
    """The last of them waits longer than its deadline for those that hang, and is read."""
    sane = answer(b"z" * 900_000)

    async def hang(server, writer):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n" + b"x" * 700_000)
        await asyncio.sleep(HOUR)

    settings = poll(deadline=timedelta(seconds=3))
    async with contextlib.AsyncExitStack() as stack, client(settings) as ours:
        hanging = [await stack.enter_async_context(serving(lambda _: hang)) for _ in range(6)]
        large = await stack.enter_async_context(serving(sane))
        small = await stack.enter_async_context(serving(answer(b"x")))
        assert len(hanging) == 2 * _PLACES
        ends = []

        async def get(server, name):
            try:
                return await ours.get(server.url, private=True)
            except FetchError as error:
                return error.failure
            finally:
                ends.append(name)

        tasks = [asyncio.create_task(get(each, f"hang-{n}")) for n, each in enumerate(hanging)]
        await asyncio.sleep(0.3)
        tasks += [asyncio.create_task(get(large, "large"))]
        await asyncio.sleep(0.1)
        tasks += [asyncio.create_task(get(small, "small"))]
        *hung, read, _ = await asyncio.gather(*tasks)
        assert hung == ["timeout"] * 6
        assert len(read.body) == 900_000 < LIMIT
        assert ends.index("small") < ends.index("hang-0") < ends.index("large")
