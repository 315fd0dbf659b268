"""Our own network's outage told from a site's: what counts, and what comes of it in a poll."""

from __future__ import annotations

import asyncio
import errno
import shutil
import socket
import subprocess
import sys
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import FetchError
from monitor.fetch import reach as room
from monitor.fetch.reach import SURE, Reach, routed
from monitor.fetch.standing import Standing
from tests.fetching import HURRIED, answer, client, redirect, resolver, serving

AGAIN = socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
NO_NAME = socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def reach(*, way=True):
    return Reach(routed=lambda: way)


# ---- what is concluded ------------------------------------------------------------


def test_without_a_route_it_is_our_own_at_the_first_failure():
    assert "no route" in reach(way=False).outage()


def test_three_hosts_in_a_row_and_not_the_same_one_thrice():
    ours = reach()
    for host in ("a", "b", "b", "a"):
        ours.lost(host)
        assert ours.outage() is None
    ours.lost("c")
    assert "3 sites in a row" in ours.outage()


def test_one_that_is_heard_ends_it_at_once():
    ours = reach()
    for host in "abc":
        ours.lost(host)
    assert ours.outage()
    ours.heard("d")
    assert ours.outage() is None


def test_who_was_heard_in_between_breaks_the_row():
    ours = reach()
    for host in "abcd":
        ours.heard(host)
    for host in "abab":
        ours.lost(host)
        ours.heard("d")
    ours.lost("c")
    assert ours.outage() is None


def test_names_that_do_not_exist_count_only_if_they_once_did():
    ours = reach()
    for host in "abc":
        ours.lost(host, nameless=True)
    assert ours.outage() is None, "three wrong names at a start, before a live site has answered"
    for host in "abc":
        ours.heard(host)
    for host in "abc":
        ours.lost(host, nameless=True)
    assert ours.outage(), "some systems tell a missing network so"


@pytest.mark.parametrize("dead", [1, 2, 5, 20])
def test_dead_hosts_among_sixty_are_never_our_own(dead):
    """In every round the dead come one after the other, and then the live ones."""
    ours = reach()
    hosts = [f"{n}.example" for n in range(60)]
    for host in hosts:
        ours.heard(host)
    wrong = 0
    for round_ in range(10):
        for host in hosts[:dead]:
            ours.lost(host)
            wrong += ours.outage() is not None
        for host in hosts[dead:]:
            ours.heard(host)
            assert ours.outage() is None
        if round_ == 0:
            first, wrong = wrong, 0
    assert wrong == 0
    # Many that fall silent between two answers look like an outage, that one time.
    assert first == max(0, dead - 2)


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.booleans()), max_size=60))
def test_an_outage_needs_three_that_were_alive(told):
    ours = reach()
    ours.heard("a")
    alive, since = {"a"}, set()
    for host, answered in told:
        if answered:
            alive = (alive - since) | {host}
            since = set()
            ours.heard(host)
        else:
            since |= {host} & alive
            ours.lost(host)
        assert (ours.outage() is not None) == (len(since) >= 3)


def test_what_is_kept_is_bounded(monkeypatch):
    monkeypatch.setattr(room, "_REMEMBERED", 3)
    ours = reach()
    for host in "abcdef":
        ours.heard(host)
    for host in "abcd":
        ours.lost(host)
    assert ours.outage() is None
    ours.lost("e")
    ours.lost("f")
    assert ours.outage()


# ---- the route ------------------------------------------------------------------------


class Probe:
    def __init__(self, family, kind):
        assert kind == socket.SOCK_DGRAM
        self.family = family

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None


@pytest.mark.parametrize(
    ("four", "six", "way"),
    [
        (None, None, True),
        (None, errno.ENETUNREACH, True),
        (errno.ENETUNREACH, None, True),
        (errno.ENETUNREACH, errno.ENETUNREACH, False),
        (errno.ENETUNREACH, errno.EAFNOSUPPORT, False),
        (errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, False),
        (errno.EPERM, errno.ENETUNREACH, True),  # we may not look, so we do not know
    ],
)
def test_a_way_in_either_family_is_a_way(monkeypatch, four, six, way):
    def connect(probe, address):
        code = four if probe.family == socket.AF_INET else six
        if code:
            raise OSError(code, "words")

    monkeypatch.setattr(Probe, "connect", connect, raising=False)
    monkeypatch.setattr(room.socket, "socket", Probe)
    assert routed() is way


def test_in_a_room_without_a_network():
    """A real one: a network namespace with nothing but a loopback that is down."""
    unshare = shutil.which("unshare")
    enter = [unshare or "unshare", "--user", "--map-root-user", "--net"]
    if not unshare or subprocess.run([*enter, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no right to make a network namespace here")
    code = "from monitor.fetch.reach import Reach; print(Reach().outage())"
    said = subprocess.run(
        [*enter, sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "our own network is down: there is no route to the internet"


# ---- in an exchange -----------------------------------------------------------------------


def failing(error):
    async def resolve(host, port):
        raise error

    return resolve


async def outcome(ours, url, **options):
    try:
        await ours.get(url, **options)
    except FetchError as error:
        return error.failure, error.detail
    return "answered", ""


async def test_a_name_server_out_of_reach():
    async with client(resolve=failing(AGAIN)) as ours:
        names = [f"http://{name}.example/" for name in "abcd"]
        told = [await outcome(ours, url) for url in names]
        assert [failure for failure, _ in told] == ["unreachable"] * 2 + ["offline"] * 2
        assert "3 sites in a row" in told[2][1]
        assert "Temporary failure" in told[2][1], "what the system said is told, too"
        # Neither is what stands in our own house to be judged by it.
        assert (await outcome(ours, "http://inside.example/", private=True))[0] == "unreachable"


async def test_wrong_names_in_a_new_file_of_sources_are_no_outage():
    asked = []

    async def resolve(host, port):
        asked.append(host)
        if host.endswith(".example"):
            raise NO_NAME
        return [ip_address("198.41.0.4")]

    async with client(resolve=resolve) as ours:
        for name in "abcd":
            failure, detail = await outcome(ours, f"http://{name}.example/")
            assert (failure, detail) == ("unreachable", "the host name does not exist")
    assert asked.count(SURE) == 1


async def test_a_name_service_that_knows_no_name_is_an_outage():
    """Some answer so where the way to the next one is gone, and a first start has heard nobody."""
    asked = []

    async def resolve(host, port):
        asked.append(host)
        await asyncio.sleep(0)
        raise NO_NAME

    async with client(resolve=resolve) as ours:
        names = [f"http://{name}.example/" for name in "abcdefgh"]
        first = [await outcome(ours, url) for url in names[:2]]
        rest = await asyncio.gather(*(outcome(ours, url) for url in names[2:]))
        assert [failure for failure, _ in first] == ["unreachable"] * 2
        assert [failure for failure, _ in rest] == ["offline"] * 6
        assert "the name service finds no name at all" in rest[0][1]
        assert asked.count(SURE) == 1
        # In our own house nothing is asked of anybody.
        assert (await outcome(ours, "http://inside/", private=True))[0] == "unreachable"


def test_whoever_answered_before_our_time_counts_as_alive():
    ours = reach()
    ours.known("abc")
    for host in "xyz":  # wrong names beside them
        ours.lost(host, nameless=True)
    assert ours.outage() is None
    for host in "abc":
        ours.lost(host, nameless=True)
    assert "3 sites in a row" in ours.outage()


async def test_a_private_source_neither_ends_an_outage_nor_makes_one():
    standing = Standing(reach=reach())
    async with serving(answer(b"x")) as server, client(standing=standing) as ours:
        for host in "abc":
            standing.reach.lost(host)
        assert (await outcome(ours, server.url, private=True))[0] == "answered"
        assert standing.reach.outage()
        standing.reach.heard("a")
    async with client(standing=standing, resolve=failing(AGAIN)) as ours:
        for host in "abcd":
            await outcome(ours, f"http://{host}.example/", private=True)
    assert standing.reach.outage() is None


async def test_no_route_is_told_and_only_of_what_could_not_be_reached():
    standing = Standing(reach=reach(way=False))
    async with client(standing=standing, resolve=failing(NO_NAME)) as ours:
        failure, detail = await outcome(ours, "http://a.example/")
        assert (failure, "no route to the internet" in detail) == ("offline", True)
        assert (await outcome(ours, "http://127.0.0.1/"))[0] == "forbidden-address"
        assert (await outcome(ours, "http://127.0.0.1:1/", private=True))[0] == "unreachable"


async def test_a_deadline_that_passes_while_connecting_counts():
    async def resolve(host, port):
        await asyncio.sleep(60)

    standing = Standing(reach=reach())
    async with client(HURRIED, standing=standing, resolve=resolve) as ours:
        urls = [f"http://{name}.example/" for name in "abc"]
        told = await asyncio.gather(*(outcome(ours, url) for url in urls))
    assert [failure for failure, _ in told].count("offline") >= 1
    assert standing.reach.outage()


@pytest.fixture
def loopback_is_public(monkeypatch):
    monkeypatch.setattr("monitor.fetch.network.public", lambda address: True)


@pytest.mark.parametrize(
    "raw",
    [
        answer(b"x"),
        answer(b"", status="500 X"),
        answer(b"", status="403 X"),
        b"SSH-2.0-OpenSSH_9.9\r\n",
        b"",
        None,
    ],
    ids=["page", "500", "403", "no http", "hangs up", "refuses"],
)
@pytest.mark.usefixtures("loopback_is_public")
async def test_whoever_answers_at_all_is_heard(raw):
    standing = Standing(reach=reach())
    for host in "abc":
        standing.reach.lost(host)
    async with serving(raw or b"") as server:
        port = server.port
        if raw is None:
            await server.close(server.listener)
        async with client(standing=standing, resolve=resolver(news=["127.0.0.1"])) as ours:
            failure, _ = await outcome(ours, f"http://news.example:{port}/")
    assert failure != "offline"
    assert standing.reach.outage() is None


@pytest.mark.usefixtures("loopback_is_public")
async def test_a_redirect_to_a_dead_host_is_that_host_s_fault():
    async with serving(redirect("http://dead.example/")) as server:

        async def resolve(host, port):
            if host == "dead.example":
                raise AGAIN
            return await resolver(news=["127.0.0.1"])(host, port)

        async with client(resolve=resolve) as ours:
            for _ in range(4):
                told = await outcome(ours, f"http://news.example:{server.port}/")
                assert told[0] == "unreachable"


async def test_pages_are_offline_too_and_not_kept_waiting_for_robots_txt():
    standing = Standing(reach=reach(way=False))
    async with client(standing=standing, resolve=failing(AGAIN)) as ours:
        assert (await outcome(ours, "http://a.example/page", page=True))[0] == "offline"
        standing.reach = reach()
        failure, detail = await outcome(ours, "http://a.example/page", page=True)
    # Asked again at once, and not after the five minutes of a site that fails.
    assert (failure, "Temporary failure" in detail) == ("robots", True)
