"""Names to addresses to sockets: what is connected to is what was judged."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from ipaddress import ip_address

import httpcore
import pytest

from monitor.fetch import network
from monitor.fetch.network import Network, Refusal, Resolver


class Sockets:
    """Takes httpcore's place: notes the attempts, answers at the `open` addresses."""

    def __init__(self, *answering):
        self.answering = answering
        self.tried = []

    async def connect_tcp(self, host, port, limit=None, local_address=None, options=None):
        self.tried.append((host, limit))
        if host in self.answering:
            return httpcore.AsyncNetworkStream()
        raise httpcore.ConnectError from ConnectionRefusedError(111, "refused")


def connecting(*found, sockets, private=False):
    async def resolve(host, port):
        return [ip_address(text) for text in found]

    made = Network(private=private, patience=6.0, resolve=resolve)
    made._sockets = sockets
    return made


async def test_only_the_public_ones_of_several_addresses_are_tried():
    sockets = Sockets("9.9.9.9")
    await connecting("127.0.0.1", "10.0.0.1", "9.9.9.9", sockets=sockets).connect_tcp(
        "a.example", 80
    )
    assert [host for host, _ in sockets.tried] == ["9.9.9.9"]


async def test_families_take_turns_and_the_last_has_what_the_deadline_leaves():
    sockets = Sockets()
    found = ["2a00::1", "2a00::2", "2a00::3", "9.9.9.9", "8.8.8.8", "1.1.1.1"]
    with pytest.raises(Refusal) as caught:
        await connecting(*found, sockets=sockets).connect_tcp("a.example", 80)
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
        await connecting(sockets=Sockets()).connect_tcp("a.example", 80)


async def test_the_system_s_resolver_is_asked():
    assert ip_address("127.0.0.1") in await Resolver()("localhost", 80)
    with pytest.raises((OSError, UnicodeError)):
        await Resolver()("a" * 70 + ".invalid", 80)


def test_a_silent_name_server_does_not_hold_up_the_end(monkeypatch):
    silent = threading.Event()

    def getaddrinfo(*_, **__):
        silent.wait(30)
        return []

    monkeypatch.setattr(network.socket, "getaddrinfo", getaddrinfo)

    async def day():
        resolve = Resolver()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await resolve("a.example", 80)

    start = time.monotonic()
    asyncio.run(day())
    assert time.monotonic() - start < 5
    silent.set()  # the thread finds its loop closed


async def test_look_ups_are_bounded_and_come_free_again(monkeypatch):
    silent = threading.Event()
    running = 0

    def getaddrinfo(host, *_, **__):
        nonlocal running
        running += 1
        silent.wait(30)
        return [(2, 1, 6, "", ("9.9.9.9", 80))]

    monkeypatch.setattr(network.socket, "getaddrinfo", getaddrinfo)
    resolve = Resolver(limit=2)
    calls = [asyncio.create_task(resolve(f"{n}.example", 80)) for n in range(4)]
    await asyncio.sleep(0.2)
    assert running == 2
    calls[0].cancel()
    await asyncio.sleep(0.1)
    assert running == 2, "a thread left behind still counts"
    silent.set()
    assert await asyncio.gather(*calls[1:]) == [[ip_address("9.9.9.9")]] * 3
    assert await resolve("5.example", 80) == [ip_address("9.9.9.9")]
