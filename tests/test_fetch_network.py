"""Names to addresses to sockets: what is connected to is what was judged."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from ipaddress import ip_address

import httpcore
import pytest

from monitor.errors import FetchError
from monitor.fetch import network
from monitor.fetch.network import Network, Refusal, Resolver
from tests.fetching import answer, client, serving

SILENCE = 30.0  # seconds that a name server says nothing


class Sockets:
    """Takes the place of real connections: notes the attempts, answers at some addresses."""

    def __init__(self, monkeypatch, *answering):
        self.answering = answering
        self.tried = []
        monkeypatch.setattr(network, "connect", self.connect)

    async def connect(self, host, port, limit):
        self.tried.append((host, limit))
        if host in self.answering:
            return httpcore.AsyncNetworkStream()
        raise httpcore.ConnectError from ConnectionRefusedError(111, "refused")


def connecting(*found, private=False):
    async def resolve(host, port):
        return [ip_address(text) for text in found]

    return Network(private=private, patience=6.0, resolve=resolve)


async def test_only_the_public_ones_of_several_addresses_are_tried(monkeypatch):
    sockets = Sockets(monkeypatch, "9.9.9.9")
    await connecting("127.0.0.1", "10.0.0.1", "9.9.9.9").connect_tcp("a.example", 80)
    assert [host for host, _ in sockets.tried] == ["9.9.9.9"]


async def test_families_take_turns_and_the_last_has_what_the_deadline_leaves(monkeypatch):
    sockets = Sockets(monkeypatch)
    found = ["2a00::1", "2a00::2", "2a00::3", "9.9.9.9", "8.8.8.8", "1.1.1.1"]
    with pytest.raises(Refusal) as caught:
        await connecting(*found).connect_tcp("a.example", 80)
    assert sockets.tried == [
        ("2a00::1", 2.0),
        ("9.9.9.9", 2.0),
        ("2a00::2", 2.0),
        ("8.8.8.8", None),
    ]
    assert (caught.value.failure, caught.value.detail) == ("unreachable", "connection refused")


async def test_a_literal_is_judged_without_a_look_up():
    async def resolve(host, port):
        raise AssertionError

    with pytest.raises(Refusal, match="not a public address"):
        await Network(private=False, patience=1, resolve=resolve).connect_tcp(
            "::ffff:127.0.0.1", 80
        )


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (socket.gaierror(socket.EAI_NONAME, "x"), "the host name does not exist"),
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure"), "Temporary failure"),
        (OSError("can't start new thread"), "could not be looked up"),
        (UnicodeError("label too long"), "cannot be one of the DNS"),
    ],
)
async def test_a_look_up_that_fails_is_told(error, words):
    async def resolve(host, port):
        raise error

    with pytest.raises(Refusal) as caught:
        await Network(private=False, patience=1, resolve=resolve).connect_tcp("a.example", 80)
    assert caught.value.failure == "unreachable"
    assert words in caught.value.detail


async def test_a_name_without_any_address_is_unreachable():
    with pytest.raises(Refusal, match="no address"):
        await connecting().connect_tcp("a.example", 80)


async def test_the_system_s_resolver_is_asked():
    assert ip_address("127.0.0.1") in await Resolver()("localhost", 80)
    with pytest.raises((OSError, UnicodeError)):
        await Resolver()("a" * 70 + ".invalid", 80)


def test_a_silent_name_server_does_not_hold_up_the_end(monkeypatch):
    silent = threading.Event()

    def getaddrinfo(*_, **__):
        silent.wait(SILENCE)
        return []

    monkeypatch.setattr(network.socket, "getaddrinfo", getaddrinfo)

    async def day():
        resolve = Resolver()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await resolve("a.example", 80)

    start = time.monotonic()
    asyncio.run(day())
    assert time.monotonic() - start < SILENCE * 0.8
    silent.set()  # the thread finds its loop closed


async def test_look_ups_are_bounded_and_come_free_again(monkeypatch):
    silent = threading.Event()
    running = 0

    def getaddrinfo(host, *_, **__):
        nonlocal running
        running += 1
        silent.wait(SILENCE)
        return [(2, 1, 6, "", ("9.9.9.9", 80))]

    monkeypatch.setattr(network.socket, "getaddrinfo", getaddrinfo)
    resolve = Resolver(limit=2)
    calls = [asyncio.create_task(resolve(f"{n}.example", 80)) for n in range(4)]
    async with asyncio.timeout(SILENCE):
        while running < 2:  # noqa: ASYNC110 - threads begin when the machine lets them
            await asyncio.sleep(0.01)
    calls[0].cancel()
    await asyncio.sleep(0.1)
    assert running == 2, "a thread left behind still counts"
    silent.set()
    assert await asyncio.gather(*calls[1:]) == [[ip_address("9.9.9.9")]] * 3
    assert await resolve("5.example", 80) == [ip_address("9.9.9.9")]


# ---- the loop has its turns ---------------------------------------------------------


async def turns_while(script):
    """How often others had their turn during one exchange, and what it failed with."""
    turns = 0

    async def count():
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    async with serving(script) as server, client() as ours:
        counter = asyncio.create_task(count())
        try:
            await ours.get(server.url, private=True)
        except FetchError as error:
            return turns, error.failure
        finally:
            counter.cancel()
    return turns, None


async def test_continues_leave_the_loop_its_turns():
    raw = b"HTTP/1.1 100 Continue\r\n\r\n" * 2_000 + answer(b"x")
    turns, failure = await turns_while(raw)
    assert failure is None
    assert turns >= len(raw) // (8 * 1024)


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/1.1 200 OK\r\n" + b"a:\r\n" * 10_000 + b"Content-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
        + b"a:\r\n" * 20_000
        + b"\r\n",
        b"HTTP/1.1 100 OK\r\n" + b"a:\r\n" * 10_000 + b"\r\n" + answer(b"x"),
    ],
    ids=["head", "trailers", "continue"],
)
async def test_a_head_of_40_kilobytes_or_a_tail_of_80_is_not_parsed_at_all(raw):
    _, failure = await turns_while(raw)
    assert failure == "protocol"


async def test_a_head_of_21_kilobytes_is():
    long = "x" * 7_000
    _, failure = await turns_while(answer(b"x", *(f"X-{n}: {long}" for n in range(3))))
    assert failure is None
