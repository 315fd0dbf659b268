"""The client against servers that misbehave, over real sockets."""

from __future__ import annotations

import asyncio
import gzip
import socket
import ssl
import time
import zlib
from contextlib import asynccontextmanager
from datetime import timedelta

import brotli
import httpx
import pytest

from monitor.errors import FetchError
from monitor.fetch.hosts import Hosts
from monitor.fetch.standing import Standing
from monitor.fetch.transport import explain
from monitor.model import Fetched, NotModified, Validators
from tests.fetching import (
    DEADLINE,
    HURRIED,
    LIMIT,
    NOW,
    TRUST,
    Server,
    answer,
    chunked,
    client,
    poll,
    redirect,
    resolver,
    serving,
)
from tests.receivers import certificate, unused_port


async def get(script, path="/", *, settings=None, **options):
    async with serving(script) as server, client(settings) as ours:
        return await ours.get(server.url + path, private=True, **options)


async def failure(script, path="/", **options):
    """Of an exchange that ends long before its servers would, or its deadline where it has no other."""
    start = time.monotonic()
    with pytest.raises(FetchError) as caught:
        await get(script, path, **options)
    assert time.monotonic() - start < DEADLINE.total_seconds() * 0.8
    return caught.value


# ---- a proper answer --------------------------------------------------------------


async def test_an_answer_comes_whole():
    raw = answer(
        "خبر".encode(),
        "Content-Type: text/html; charset=utf-8",
        'ETag: W/"ä 1"',
        "X-Twice: a",
        "x-twice: b",
    )
    got = await get(raw, "/خبر عاجل?q=كيم#part")
    assert isinstance(got, Fetched)
    assert got.body.decode() == "خبر"
    assert got.status == 200
    assert got.content_type == "text/html; charset=utf-8"
    assert got.url.endswith("/خبر عاجل?q=كيم#part")
    assert got.final_url.endswith(
        "/%D8%AE%D8%A8%D8%B1%20%D8%B9%D8%A7%D8%AC%D9%84?q=%D9%83%D9%8A%D9%85"
    )
    assert [value for name, value in got.headers if name == "x-twice"] == ["a", "b"]
    assert got.validators == Validators(etag='W/"ä 1"')
    assert got.fetched_at == NOW
    assert got.redirects == ()


async def test_we_say_who_we_are():
    async with serving(answer(b"x")) as server, client() as ours:
        await ours.get(server.url, private=True)
    assert server.header("user-agent") == "story-monitor/0.1.0 (+desk@example.org)"
    assert server.header("accept-encoding") == "gzip, deflate, br"
    assert "application/rss+xml" in server.header("accept")
    assert "text/html" in server.header("accept")
    assert server.header("cookie") is None


async def test_a_source_has_its_own_headers_but_not_its_own_codings():
    own = {"USER-AGENT": "desk", "X-Word": "كلمة", "Accept-Encoding": "zstd"}
    async with serving(answer(b"x")) as server, client() as ours:
        await ours.get(server.url, private=True, headers=own)
    assert server.header("user-agent") == "desk"
    assert server.header("accept-encoding") == "gzip, deflate, br"
    assert server.header("x-word").encode("latin-1").decode() == "كلمة"


@pytest.mark.parametrize("raw", [answer(b""), b"HTTP/1.1 204 No Content\r\n\r\n"])
async def test_nothing_is_an_answer_with_an_empty_body(raw):
    got = await get(raw)
    assert got.body == b""
    assert got.status in (200, 204)


async def test_a_body_without_length_ends_with_the_connection():
    assert (await get(b"HTTP/1.0 200 OK\r\n\r\nall of it")).body == b"all of it"


async def test_latin_1_in_headers_is_kept_letter_by_letter():
    got = await get(
        b'HTTP/1.1 200 D\xe9j\xe0\r\nX-Name: caf\xe9\r\nETag: "\xe9"\r\nContent-Length: 0\r\n\r\n'
    )
    assert ("x-name", "café") in got.headers
    async with serving(b"HTTP/1.1 304 X\r\n\r\n") as server, client() as ours:
        await ours.get(server.url, private=True, validators=got.validators)
    assert server.header("if-none-match") == '"é"'


async def test_cookies_are_not_sent_back():
    def script(path):
        if path == "/":
            return answer(b"", "Set-Cookie: id=1; Path=/", "Location: /next", status="302 Found")
        return answer(b"x", "Set-Cookie: id=2; Path=/")

    async with serving(script) as server, client() as ours:
        await ours.get(server.url + "/", private=True)
        await ours.get(server.url + "/next", private=True)
    assert server.paths() == ["/", "/next", "/next"]
    assert not any("cookie" in request.lower() for request in server.requests)


# ---- conditional requests -----------------------------------------------------------


async def test_not_modified_is_a_value_and_keeps_what_holds():
    known = Validators(etag='"one"', last_modified="Sun, 22 Nov 2026 08:00:00 GMT")
    raw = b'HTTP/1.1 304 Not Modified\r\nETag: "two"\r\n\r\n'
    async with serving(raw) as server, client() as ours:
        got = await ours.get(server.url, private=True, validators=known)
    assert got == NotModified(
        url=server.url,
        fetched_at=NOW,
        headers=(("etag", '"two"'),),
        validators=Validators(etag='"two"', last_modified=known.last_modified),
    )
    assert server.header("if-none-match") == '"one"'
    assert server.header("if-modified-since") == known.last_modified


@pytest.mark.parametrize("known", [None, Validators()])
async def test_not_modified_unasked_is_a_failure(known):
    error = await failure(b"HTTP/1.1 304 Not Modified\r\n\r\n", validators=known)
    assert (error.failure, error.status) == ("protocol", 304)


# ---- statuses -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (401, "blocked"),
        (403, "blocked"),
        (451, "blocked"),
        (404, "not-found"),
        (410, "gone"),
        (429, "rate-limited"),
        (400, "client-error"),
        (418, "client-error"),
        (999, "client-error"),
        (500, "server-error"),
        (502, "server-error"),
        (522, "server-error"),
        (503, "unavailable"),
        (206, "protocol"),
        (300, "redirects"),
        (302, "redirects"),
        (306, "redirects"),
    ],
)
async def test_a_status_is_a_failure_by_name(status, name):
    error = await failure(answer(b"a page in words", "Retry-After: 120", status=f"{status} X"))
    assert (error.failure, error.status) == (name, status)
    assert str(status) in error.detail
    assert error.retry_after == timedelta(seconds=120)


async def test_a_host_that_says_429_is_left_alone_and_another_is_not():
    clock = [0.0]
    standing = Standing(hosts=Hosts(clock=lambda: clock[0]))

    def script(path):
        return answer(b"", "Retry-After: 30", status="429 X") if path == "/" else answer(b"x")

    async with serving(script) as busy, serving(script) as free, client(standing=standing) as ours:
        with pytest.raises(FetchError, match="rate-limited"):
            await ours.get(busy.url + "/", private=True)
        clock[0] = 10.0
        with pytest.raises(FetchError, match="rate-limited") as held:
            await ours.get(busy.url + "/other", private=True)
        assert held.value.retry_after == timedelta(seconds=20)
        assert len(busy.requests) == 1
        await ours.get(free.url + "/other", private=True)
        clock[0] = 30.0
        await ours.get(busy.url + "/other", private=True)


async def test_who_waits_in_line_when_the_429_comes_is_turned_away_too():
    async def act(server, writer):
        await asyncio.sleep(0.2)
        writer.write(answer(b"", status="429 X"))

    async with serving(lambda path: act) as server, client() as ours:
        calls = [ours.get(f"{server.url}/{n}", private=True) for n in range(3)]
        errors = await asyncio.gather(*calls, return_exceptions=True)
    assert [error.failure for error in errors] == ["rate-limited"] * 3
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("Retry-After: 30", 1),
        ("Retry-After: Sun, 22 Nov 2026 12:00:30 GMT", 1),
        ("Retry-After: 0", 2),
        ("Retry-After: soon", 2),
        ("X: y", 2),
    ],
)
async def test_a_503_holds_its_own_address_as_long_as_it_says_and_no_other(line, asked):
    clock = [0.0]
    standing = Standing(hosts=Hosts(clock=lambda: clock[0]))

    def script(path):
        return answer(b"", line, status="503 X") if path == "/" else answer(b"x")

    async with serving(script) as server, client(standing=standing) as ours:
        for seconds in (0.0, 20.0):
            clock[0] = seconds
            with pytest.raises(FetchError, match="unavailable") as caught:
                await ours.get(server.url + "/#top", private=True)
        assert len(server.requests) == asked
        if asked == 1:
            assert caught.value.retry_after == timedelta(seconds=10)
        await ours.get(server.url + "/other", private=True)
        clock[0] = 30.0
        with pytest.raises(FetchError, match="unavailable: the site is"):
            await ours.get(server.url + "/", private=True)
        assert len(server.requests) == asked + 2


# ---- redirects ------------------------------------------------------------------------


async def test_redirects_are_followed_and_told():
    hops = {
        "/a": redirect("/b", "301 X"),
        "/b": redirect("c?d#e", "303 X"),
        "/c?d": answer(b"x"),
    }
    async with serving(hops.get) as server, client() as ours:
        got = await ours.get(server.url + "/a#top", private=True)
    assert got.redirects == (f"{server.url}/a", f"{server.url}/b")
    assert got.final_url == f"{server.url}/c?d"
    assert got.url == f"{server.url}/a#top"


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("/خبر عاجل".encode(), "/%D8%AE%D8%A8%D8%B1%20%D8%B9%D8%A7%D8%AC%D9%84"),
        (b"/caf\xe9", "/caf%C3%A9"),
        (b"/a b\\c", "/a%20b/c"),
        (b"/%D8%AE", "/%D8%AE"),
        (b"  /spaced", "/spaced"),
        (b"?q=1", "/?q=1"),
    ],
)
async def test_locations_are_read_as_browsers_read_them(location, path):
    first = b"HTTP/1.1 302 X\r\nContent-Length: 0\r\nLocation: " + location + b"\r\n\r\n"
    script = {"/": first}
    async with serving(lambda p: script.get(p, answer(b"x"))) as server, client() as ours:
        got = await ours.get(server.url + "/", private=True)
    assert server.paths()[1] == path
    assert got.final_url == server.url + path


@pytest.mark.parametrize(
    ("location", "name", "word"),
    [
        ("/", "redirects", "circle"),
        ("http://127.0.0.1:99999/", "redirects", "no valid address"),
        ("file:///etc/passwd", "forbidden-address", "file"),
        ("ftp://news.example/", "forbidden-address", "ftp"),
        ("http://me:word@127.0.0.1/", "forbidden-address", "password"),
    ],
)
async def test_redirects_to_nowhere_good(location, name, word):
    error = await failure(redirect(location))
    assert error.failure == name
    assert word in error.detail


async def test_a_long_way_ends():
    error = await failure(lambda path: redirect(path + "a"))
    assert error.failure == "redirects"
    assert "more than 5" in error.detail


async def test_a_redirect_inside_is_refused_to_a_public_source():
    """A public name (here by our own resolver and transport) that points inside."""
    seen = []

    def handler(request):
        seen.append(str(request.url))
        return httpx.Response(302, headers={"Location": "http://127.0.0.1:8080/admin"})

    async with client(transport=httpx.MockTransport(handler)) as ours:
        with pytest.raises(FetchError) as caught:
            await ours.get("http://news.example/")
    assert caught.value.failure == "forbidden-address"
    assert "127.0.0.1" in caught.value.detail
    assert seen == ["http://news.example/"]


async def test_a_source_s_keys_do_not_follow_to_another_site():
    own = {"Authorization": "Bearer word", "X-Key": "word", "Accept-Language": "ar"}
    async with serving(answer(b"x")) as other:
        script = {"/": redirect("/again"), "/again": redirect(other.url)}
        async with serving(script.get) as home, client() as ours:
            await ours.get(home.url + "/", private=True, headers=own)
        assert home.header("authorization") == "Bearer word"
        assert home.header("x-key") == "word"
    assert other.header("authorization") is None
    assert other.header("x-key") is None
    assert other.header("accept-language") == "ar"


# ---- codings and sizes ------------------------------------------------------------------


def packed_gzip(data):
    return gzip.compress(data, mtime=0)  # the same bytes, and so test names, each time


def brief(value):
    return value if isinstance(value, str) else f"{len(value)}B"


TEXT = ("كيم يقلد العائدين " * 500).encode()


def bare_deflate(data):
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", packed_gzip(TEXT)),
        ("X-GZIP", packed_gzip(TEXT)),
        ("gzip", packed_gzip(TEXT[:100]) + packed_gzip(TEXT[100:])),
        ("gzip", packed_gzip(TEXT) + b"\0\0\0"),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", bare_deflate(TEXT)),
        ("br", brotli.compress(TEXT)),
        ("identity", TEXT),
        ("gzip, identity", packed_gzip(TEXT)),
    ],
    ids=brief,
)
@pytest.mark.parametrize("size", [1, 7, 100_000])
async def test_codings_are_undone(coding, packed, size):
    chunks = [packed[i : i + size] for i in range(0, len(packed), size)]
    raw = chunked(*chunks, b"", headers=f"Content-Encoding: {coding}\r\n".encode())
    assert (await get(raw)).body == TEXT


async def test_a_coded_nothing_is_nothing():
    assert (await get(answer(b"", "Content-Encoding: gzip"))).body == b""


async def test_what_is_packed_without_saying_so_stays_packed():
    packed = packed_gzip(TEXT)
    assert (await get(answer(packed, "Content-Type: application/gzip"))).body == packed
    assert (await get(answer(packed_gzip(packed), "Content-Encoding: gzip"))).body == packed


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip, gzip", packed_gzip(packed_gzip(TEXT))),
        ("zstd", b"(\xb5/\xfd"),
        ("gzip", b"<rss>not packed at all</rss>"),
        ("gzip", packed_gzip(TEXT)[:-9]),
        ("gzip", packed_gzip(TEXT)[:-8] + b"\0" * 8),
        ("deflate", zlib.compress(TEXT)[:-9]),
        ("deflate", b"x"),
        ("br", brotli.compress(TEXT)[:-3]),
        ("br", b"\xff" * 40),
    ],
    ids=brief,
)
async def test_a_broken_coding_is_named(coding, packed):
    error = await failure(answer(packed, f"Content-Encoding: {coding}"))
    assert error.failure == "bad-encoding"


async def test_two_headers_of_coding_are_stacked_too():
    raw = answer(packed_gzip(TEXT), "Content-Encoding: gzip", "Content-Encoding: br")
    assert (await failure(raw)).failure == "bad-encoding"


@pytest.mark.parametrize(
    ("coding", "bomb"),
    [
        ("gzip", lambda: packed_gzip(b"\0" * 50_000_000)),
        ("deflate", lambda: zlib.compress(b"\0" * 50_000_000)),
        ("deflate", lambda: bare_deflate(b"\0" * 50_000_000)),
        ("br", lambda: brotli.compress(b"\0" * 50_000_000, quality=5)),
        ("gzip", lambda: packed_gzip(b"") * 60_000),
    ],
    ids=["gzip", "zlib", "bare deflate", "brotli", "60,000 members"],
)
async def test_a_bomb_is_too_large(coding, bomb):
    raw = chunked(bomb(), b"", headers=f"Content-Encoding: {coding}\r\n".encode())
    assert (await failure(raw)).failure == "too-large"


async def test_the_limit_is_on_decoded_bytes_and_exact():
    raw = chunked(packed_gzip(b"\0" * LIMIT), b"", headers=b"Content-Encoding: gzip\r\n")
    assert len((await get(raw)).body) == LIMIT
    raw = chunked(packed_gzip(b"\0" * (LIMIT + 1)), b"", headers=b"Content-Encoding: gzip\r\n")
    assert (await failure(raw)).failure == "too-large"


async def test_fifty_megabytes_are_not_taken():
    async def flood(server, writer):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n")
        for _ in range(50):
            writer.write(b"x" * 1_000_000)
            await writer.drain()
            server.sent += 1_000_000

    async with serving(lambda path: flood) as server, client() as ours:
        with pytest.raises(FetchError, match="too-large"):
            await ours.get(server.url, private=True)
        assert server.sent < 20_000_000


async def test_an_endless_body_is_too_large():
    async def flood(server, writer):
        writer.write(chunked())
        while True:
            writer.write(b"1000\r\n" + b"x" * 4096 + b"\r\n")
            await writer.drain()

    assert (await failure(lambda path: flood)).failure == "too-large"


# ---- the deadline --------------------------------------------------------------------------


async def silence(server, writer):
    await asyncio.sleep(60)


async def slow_headers(server, writer):
    writer.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(1000):
        writer.write(b"X-%d: y\r\n" % number)
        await writer.drain()
        await asyncio.sleep(0.05)


async def drip(server, writer):
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(1000):
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.05)


async def tiny_chunks(server, writer):
    """One byte in each chunk, as fast as it goes: the limit of bytes is far away."""
    writer.write(chunked())
    while True:
        writer.write(b"1\r\nx\r\n" * 2000)
        await writer.drain()


@pytest.mark.parametrize("act", [silence, slow_headers, drip])
async def test_the_deadline_ends_it(act):
    error = await failure(lambda path: act, settings=HURRIED)
    assert error.failure == "timeout"
    assert "after 1 s" in error.detail


async def test_tiny_chunks_do_not_last():
    error = await failure(lambda path: tiny_chunks, settings=HURRIED)
    assert error.failure in ("timeout", "too-large")


async def test_tiny_chunks_leave_the_loop_its_turns():
    class Tiny(httpx.AsyncByteStream):
        async def __aiter__(self):
            for _ in range(10_000):
                yield b"x"  # all in one read of the socket, so without a pause

    turns = 0

    async def count():
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    counter = asyncio.create_task(count())
    transport = httpx.MockTransport(lambda request: httpx.Response(200, stream=Tiny()))
    async with client(transport=transport) as ours:
        await ours.get("http://news.example/")
    counter.cancel()
    assert turns > 100


async def test_all_hops_share_one_deadline():
    async def act(server, writer):
        await asyncio.sleep(0.6)
        writer.write(redirect(f"/{len(server.requests)}"))

    assert (await failure(lambda path: act, settings=HURRIED)).failure == "timeout"


async def test_the_wait_for_a_turn_is_not_counted():
    async def act(server, writer):
        await asyncio.sleep(0.2)
        writer.write(answer(b"x"))

    settings = poll(deadline=timedelta(seconds=3))
    async with serving(lambda path: act) as server, client(settings) as ours:
        calls = [ours.get(f"{server.url}/{n}", private=True) for n in range(18)]
        assert [got.body for got in await asyncio.gather(*calls)] == [b"x"] * 18


# ---- servers that break off ----------------------------------------------------------------------


async def reset(server, writer):
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nsome")
    await writer.drain()
    await asyncio.sleep(0.1)
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    writer.transport.abort()


@pytest.mark.parametrize(
    ("script", "name"),
    [
        (b"", "protocol"),
        (b"SSH-2.0-OpenSSH_9.9\r\n", "protocol"),
        (b"HTTP/1.1 abc OK\r\n\r\n", "protocol"),
        (b"<html>no headers at all</html>", "protocol"),
        (b"HTTP/1.1 200 OK\r\nno colon here\r\n\r\n", "protocol"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: ten\r\n\r\n", "protocol"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort", "protocol"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000, "protocol"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n", "protocol"),
        (chunked(b"only this"), "protocol"),
        (b"HTTP/1.1 101 Switching Protocols\r\n\r\n", "protocol"),
        (lambda path: reset, "unreachable"),
    ],
)
async def test_what_is_not_http_is_named(script, name):
    assert (await failure(script)).failure == name


async def test_nobody_listens():
    async with client() as ours:
        with pytest.raises(FetchError, match="unreachable: connection refused"):
            await ours.get(f"http://127.0.0.1:{unused_port()}/", private=True)


KEPT = answer(b"x", "Connection: keep-alive")


async def hang_up(server, writer):
    return False


async def test_a_kept_connection_found_dead_is_replaced_and_a_new_one_is_not():
    """The second request on a connection meets a server that has just closed it."""

    def script(path):
        is_second = path == "/2" and len(server.requests) == 2
        return hang_up if is_second or path == "/dead" else KEPT

    async with serving(script) as server:
        async with client() as ours:
            await ours.get(server.url + "/1", private=True)
            assert (await ours.get(server.url + "/2", private=True)).body == b"x"
            assert server.paths() == ["/1", "/2", "/2"]
            assert server.connections == 2
        async with client() as ours:
            with pytest.raises(FetchError, match="protocol"):
                await ours.get(server.url + "/dead", private=True)
        assert server.paths()[3:] == ["/dead"]


async def test_a_form_is_sent_once_and_on_a_connection_of_its_own():
    """A server that hangs up may have acted on it: sent again, it would be done twice."""
    async with (
        serving(lambda path: hang_up if path == "/form" else KEPT) as server,
        client() as ours,
    ):
        await ours.get(server.url + "/1", private=True)
        with pytest.raises(FetchError, match="protocol"):
            await ours.post_form(server.url + "/form", {"a": "b"}, private=True)
        assert (await ours.get(server.url + "/2", private=True)).body == b"x"
        assert server.paths() == ["/1", "/form", "/2"]
        assert server.connections == 2


# ---- the guard at the socket ------------------------------------------------------------------------


@asynccontextmanager
async def named(settings=None, *, tls=None, **names):
    async with client(settings, tls=tls or TRUST, resolve=resolver(**names)) as ours:
        yield ours


async def test_loopback_is_refused_without_private():
    async with serving(answer(b"x")) as server, client() as ours:
        with pytest.raises(FetchError, match="forbidden-address"):
            await ours.get(server.url)
    assert server.connections == 0


@pytest.mark.parametrize("inside", ["127.0.0.1", "::1", "::ffff:127.0.0.1", "0.0.0.0", "10.0.0.9"])
async def test_a_name_that_resolves_inside_is_refused(inside):
    async with serving(answer(b"x")) as server, named(news=[inside]) as ours:
        with pytest.raises(FetchError, match="forbidden-address: news"):
            await ours.get(f"http://news.example:{server.port}/")
    assert server.connections == 0


async def test_a_private_connection_is_not_lent_to_a_public_request():
    keep = answer(b"x", "Connection: keep-alive")
    async with serving(keep) as server, named(news=["127.0.0.1"]) as ours:
        url = f"http://news.example:{server.port}/"
        await ours.get(url, private=True)
        with pytest.raises(FetchError, match="forbidden-address"):
            await ours.get(url)
    assert len(server.requests) == 1


async def test_the_next_address_is_tried():
    async with (
        serving(answer(b"x")) as server,
        named(news=["127.0.0.9", "::1", "127.0.0.1"]) as ours,
    ):
        got = await ours.get(f"http://news.example:{server.port}/", private=True)
    assert got.body == b"x"
    assert server.header("host") == f"news.example:{server.port}"


async def test_a_silent_name_server_is_bounded_by_the_deadline():
    async def resolve(host, port):
        await asyncio.sleep(60)

    async with client(HURRIED, resolve=resolve) as ours:
        with pytest.raises(FetchError, match="timeout"):
            await ours.get("http://news.example/")


# ---- TLS -----------------------------------------------------------------------------------------------


async def test_the_certificate_is_checked_against_the_name_in_the_address(tmp_path):
    file, tls = certificate(tmp_path, "DNS:news.example")
    trusting = ssl.create_default_context(cafile=str(file))
    everywhere = {"news": ["127.0.0.1"], "other": ["127.0.0.1"]}
    async with (
        serving(answer(b"x"), ssl=tls) as server,
        named(tls=trusting, **everywhere) as ours,
    ):
        got = await ours.get(f"https://news.example:{server.port}/", private=True)
        assert got.body == b"x"
        with pytest.raises(FetchError, match="tls: the certificate is not accepted"):
            await ours.get(f"https://other.example:{server.port}/", private=True)


async def test_a_certificate_of_nobody_is_not_accepted(tmp_path):
    _, tls = certificate(tmp_path, "DNS:news.example")
    async with serving(answer(b"x"), ssl=tls) as server, named(news=["127.0.0.1"]) as ours:
        with pytest.raises(FetchError, match=r"tls: .*self-signed"):
            await ours.get(f"https://news.example:{server.port}/", private=True)


@pytest.mark.parametrize(
    ("greeting", "name"), [(b"HTTP/1.1 400 X\r\n\r\n", "tls"), (b"", "tls"), (None, "timeout")]
)
async def test_a_server_that_speaks_no_tls(greeting, name):
    class Plain(Server):
        async def serve(self, reader, writer):
            self.tasks.add(asyncio.current_task())
            try:
                await reader.read(10)
                if greeting is None:
                    await reader.read()
                else:
                    writer.write(greeting)
            finally:
                writer.close()

    server = Plain(None)
    listener = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    url = f"https://127.0.0.1:{listener.sockets[0].getsockname()[1]}/"
    async with client(HURRIED if name == "timeout" else None) as ours:
        with pytest.raises(FetchError) as caught:
            await ours.get(url, private=True)
    assert caught.value.failure == name
    await server.close(listener)


# ---- robots.txt ------------------------------------------------------------------------------------------


def with_robots(rules):
    return lambda path: rules if path == "/robots.txt" else answer(b"x")


async def test_pages_are_asked_about_and_sources_are_not():
    rules = answer(b"User-agent: *\nDisallow: /no\n")
    async with serving(with_robots(rules)) as server, client() as ours:
        await ours.get(server.url + "/no", private=True)
        await ours.get(server.url + "/yes", private=True, page=True)
        with pytest.raises(FetchError, match="robots: the site's"):
            await ours.get(server.url + "/no", private=True, page=True)
    assert server.paths() == ["/no", "/robots.txt", "/yes"]


async def test_a_redirect_does_not_lead_around_robots_txt():
    def script(path):
        if path == "/robots.txt":
            return answer(b"User-agent: *\nDisallow: /no\n")
        return redirect("/no")

    assert (await failure(script, "/yes", page=True)).failure == "robots"


async def test_an_endless_robots_txt_is_cut():
    async def flood(server, writer):
        writer.write(b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /no\n")
        while True:
            writer.write(b"Disallow: /abc\n" * 4000)
            await writer.drain()

    async with serving(with_robots(flood)) as server, client() as ours:
        await ours.get(server.url + "/yes", private=True, page=True)
        with pytest.raises(FetchError, match="robots"):
            await ours.get(server.url + "/no", private=True, page=True)


@pytest.mark.parametrize("status", ["500 X", "503 X"])
async def test_a_site_without_robots_txt_in_order_waits(status):
    async with serving(with_robots(answer(b"", status=status))) as server, client() as ours:
        with pytest.raises(FetchError, match=r"robots: .*12:05 UTC"):
            await ours.get(server.url + "/yes", private=True, page=True)
    assert server.paths() == ["/robots.txt"]


# ---- one client after another ------------------------------------------------------------------------------


async def test_what_was_learnt_outlives_the_client():
    """Holds, robots.txt and the host's last turn stay when the configuration is read again."""

    def script(path):
        if path == "/robots.txt":
            return answer(b"User-agent: *\nDisallow: /no\n")
        return answer(b"", "Retry-After: 30", status="429 X") if path == "/busy" else answer(b"x")

    async with serving(script) as server:
        async with client() as old:
            await old.get(server.url + "/yes", private=True, page=True)
            with pytest.raises(FetchError, match="rate-limited"):
                await old.get(server.url + "/busy", private=True)
        settings = poll(host_gap=timedelta(seconds=7))
        async with client(settings, standing=old.standing) as new:
            with pytest.raises(FetchError, match="rate-limited"):
                await new.get(server.url + "/yes", private=True)
            with pytest.raises(FetchError, match="robots"):
                await new.get(server.url + "/no", private=True, page=True)
            assert new.standing.hosts.gap == timedelta(seconds=7)
    assert server.paths() == ["/robots.txt", "/yes", "/busy"]


# ---- the contract with httpx -------------------------------------------------------------------------------


def httpx_errors():
    found = [httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, httpx.CookieConflict]
    for kind in found:
        found.extend(kind.__subclasses__())
    return found


@pytest.mark.parametrize("kind", httpx_errors())
async def test_every_error_of_httpx_has_a_name(kind):
    made = kind.__new__(kind)
    Exception.__init__(made, "words")
    name, detail = explain(made)
    assert name in (
        "unreachable",
        "timeout",
        "tls",
        "forbidden-address",
        "redirects",
        "bad-encoding",
        "protocol",
    )
    assert detail

    def handler(request):
        raise made

    if not issubclass(kind, httpx.CookieConflict):  # only a jar raises it; we have none
        async with client(transport=httpx.MockTransport(handler)) as ours:
            with pytest.raises(FetchError) as caught:
                await ours.get("http://news.example/")
        assert caught.value.failure == name


def test_the_exports_of_httpx_hold_no_error_that_is_missed():
    exported = {
        value
        for value in vars(httpx).values()
        if isinstance(value, type) and issubclass(value, Exception)
    }
    assert exported <= set(httpx_errors())
