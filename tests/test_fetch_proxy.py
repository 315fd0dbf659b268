"""Sources through a proxy: a real one on loopback, and the same with its faults."""

from __future__ import annotations

import asyncio
import base64
import ssl
from contextlib import asynccontextmanager

import pytest

from monitor.config.load import load
from monitor.errors import ConfigError, FetchError
from monitor.fetch.reach import Reach
from monitor.fetch.standing import Standing
from tests.fetching import DEADLINE, HURRIED, answer, client, poll, redirect, serving
from tests.receivers import certificate


class Relay:
    """A proxy: passes plain requests on, opens tunnels; every name is on loopback to it."""

    def __init__(self, *, wants=None, says=None):
        self.wants = wants
        self.says = says
        self.heads = []
        self.tasks = set()

    async def serve(self, reader, writer):
        self.tasks.add(asyncio.current_task())
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                self.heads.append(head)
                await self.pass_on(head, reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def pass_on(self, head, reader, writer):
        method, target, _ = head.splitlines()[0].split()
        basic = base64.b64encode((self.wants or "").encode()).decode()
        if self.wants and f"Proxy-Authorization: Basic {basic}\r\n" not in head:
            writer.write(answer(b"", 'Proxy-Authenticate: Basic realm="x"', status="407 Who"))
        elif self.says:
            writer.write(answer(b"", status=self.says))
        elif method == "CONNECT":
            await self.tunnel(target, reader, writer)
        else:
            await self.forward(method, target, head, writer)
        await writer.drain()

    async def forward(self, method, target, head, writer):
        _, _, rest = target.partition("://")
        host, _, path = rest.partition("/")
        there, to = await asyncio.open_connection("127.0.0.1", int(host.rpartition(":")[2]))
        lines = head.split("\r\n")[1:]
        kept = [line for line in lines if not line.lower().startswith("proxy-")]
        try:
            to.write("\r\n".join([f"{method} /{path} HTTP/1.1", *kept]).encode("latin-1"))
            writer.write(await there.read())
        finally:
            to.close()

    async def tunnel(self, target, reader, writer):
        there, to = await asyncio.open_connection("127.0.0.1", int(target.rpartition(":")[2]))
        writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")

        async def pump(source, sink):
            while data := await source.read(65536):
                sink.write(data)
                await sink.drain()
            sink.close()

        try:
            await asyncio.gather(pump(reader, to), pump(there, writer))
        finally:
            to.close()


@asynccontextmanager
async def relaying(*, ssl=None, **options):
    relay = Relay(**options)
    listener = await asyncio.start_server(relay.serve, "127.0.0.1", 0, ssl=ssl)
    relay.port = listener.sockets[0].getsockname()[1]
    try:
        yield relay
    finally:
        listener.close()
        for task in relay.tasks:
            task.cancel()
        await asyncio.gather(*relay.tasks, return_exceptions=True)
        await asyncio.sleep(0)


def through(relay, user="", deadline=DEADLINE, **options):
    settings = poll(proxy=f"http://{user}127.0.0.1:{relay.port}", deadline=deadline)
    return client(settings, **options)


async def failure(ours, url, **options):
    with pytest.raises(FetchError) as caught:
        await ours.get(url, **options)
    return caught.value


async def test_http_goes_through_it():
    raw = answer(b"news", 'ETag: "1"')
    async with serving(raw) as server, relaying() as relay, through(relay) as ours:
        got = await ours.get(f"http://news.example:{server.port}/feed?a=b")
    assert got.body == b"news"
    assert relay.heads[0].startswith(f"GET http://news.example:{server.port}/feed?a=b HTTP/1.1\r\n")
    assert server.header("host") == f"news.example:{server.port}"
    assert server.header("user-agent").startswith("story-monitor/")


async def test_https_goes_through_a_tunnel_and_its_certificate_is_checked(tmp_path):
    file, tls = certificate(tmp_path, "DNS:news.example")
    trusting = ssl.create_default_context(cafile=str(file))
    async with (
        serving(answer(b"news"), ssl=tls) as server,
        relaying() as relay,
        through(relay, "me:word@", tls=trusting) as ours,
    ):
        assert (await ours.get(f"https://news.example:{server.port}/")).body == b"news"
        error = await failure(ours, f"https://other.example:{server.port}/")
    assert (error.failure, "certificate" in error.detail) == ("tls", True)
    assert relay.heads[0].startswith(f"CONNECT news.example:{server.port} HTTP/1.1\r\n")
    assert "Proxy-Authorization" in relay.heads[0]
    assert server.header("proxy-authorization") is None


async def test_a_proxy_spoken_to_by_https(tmp_path):
    file, tls = certificate(tmp_path, "DNS:localhost")
    trusting = ssl.create_default_context(cafile=str(file))
    async with serving(answer(b"news")) as server, relaying(ssl=tls) as relay:
        settings = poll(proxy=f"https://localhost:{relay.port}")
        async with client(settings, tls=trusting) as ours:
            assert (await ours.get(f"http://news.example:{server.port}/")).body == b"news"


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_it_may_want_a_user_and_a_password(scheme, tmp_path):
    file, tls = certificate(tmp_path, "DNS:news.example")
    trusting = ssl.create_default_context(cafile=str(file))
    options = {"ssl": tls} if scheme == "https" else {}
    async with serving(answer(b"x"), **options) as server, relaying(wants="me@desk:w:ö/d") as relay:
        url = f"{scheme}://news.example:{server.port}/"
        async with through(relay, "me%40desk:w%3A%C3%B6%2Fd@", tls=trusting) as ours:
            assert (await ours.get(url)).body == b"x"
        for wrong in ("", "me:wrong-word@"):
            async with through(relay, wrong, tls=trusting) as ours:
                error = await failure(ours, url)
            assert error.failure == "offline"
            assert error.detail.startswith(f"the proxy 127.0.0.1:{relay.port} does not accept")
            assert "settings.poll.proxy" in error.detail
            assert (
                "wrong-word" not in f"{error!r} {error.__cause__!r} {error.__cause__.__cause__!r}"
            )


async def test_one_that_is_dead_is_told_as_the_proxy_s_fault():
    async with relaying() as relay:
        pass
    async with through(relay) as ours:
        for url in ("http://news.example/", "https://news.example/"):
            error = await failure(ours, url, private=True)
            assert error.failure == "offline"
            assert error.detail.startswith(f"the proxy 127.0.0.1:{relay.port} cannot be reached")
            assert "connection refused" in error.detail


async def test_one_that_does_not_exist_is_told_so():
    async def resolve(host, port):
        assert host == "proxy.example", "the proxy's name alone is looked up here"
        raise OSError("no such name")

    async with client(poll(proxy="http://proxy.example:3128"), resolve=resolve) as ours:
        error = await failure(ours, "http://news.example/")
    assert (error.failure, "the proxy proxy.example:3128 cannot" in error.detail) == (
        "offline",
        True,
    )


@pytest.mark.parametrize(
    ("says", "name"),
    [
        ("403 No", "blocked"),
        ("502 Bad Gateway", "unreachable"),
        ("504 X", "unreachable"),
        ("400 X", "unreachable"),
    ],
)
async def test_a_tunnel_it_will_not_open(says, name):
    async with relaying(says=says) as relay, through(relay) as ours:
        error = await failure(ours, "https://news.example/")
    assert error.failure == name
    assert error.detail.startswith("the proxy ")
    assert says.split()[0] in error.detail


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "hangs up or speaks no HTTP"),
        (b"SSH-2.0-OpenSSH_9.9\r\n\r\n", "hangs up or speaks no HTTP"),
        (b"HTTP/1.1 200 OK\r\n\r\nrogue", "spoke in the site's place"),
    ],
    ids=["nothing", "no HTTP", "too much"],
)
async def test_a_tunnel_that_it_spoils_is_no_fault_of_the_site(raw, why):
    async with serving(raw) as relay, through(relay) as ours:
        error = await failure(ours, "https://news.example/")
    assert error.failure == "unreachable"
    assert error.detail.startswith(f"the proxy 127.0.0.1:{relay.port} {why}")


@pytest.mark.parametrize("names", ["DNS:other.example", None], ids=["certificate", "no TLS"])
async def test_tls_that_fails_with_it_is_no_fault_of_a_site(names, tmp_path):
    file, tls = certificate(tmp_path, names or "DNS:localhost")
    trusting = ssl.create_default_context(cafile=str(file))
    async with relaying(ssl=tls if names else None) as relay:
        settings = poll(proxy=f"https://localhost:{relay.port}", deadline=HURRIED.deadline)
        async with client(settings, tls=trusting) as ours:
            for url in ("http://news.example/", "https://news.example/"):
                error = await failure(ours, url)
                assert error.failure == "offline"
                assert f"the proxy localhost:{relay.port} cannot be spoken to" in error.detail


async def test_what_it_answers_in_a_site_s_place_is_the_site_s():
    """It cannot be told from the site's own."""
    async with relaying(says="502 Bad Gateway") as relay, through(relay) as ours:
        assert (await failure(ours, "http://news.example/")).failure == "server-error"


async def test_a_silent_one_is_bounded():
    async def silent(server, writer):
        await asyncio.sleep(60)

    async with (
        serving(lambda path: silent) as relay,
        through(relay, deadline=HURRIED.deadline) as ours,
    ):
        assert (await failure(ours, "http://news.example/")).failure == "timeout"
        assert (await failure(ours, "https://news.example/")).failure == "timeout"


async def test_the_guard_still_judges_by_the_text():
    inside = {"/": redirect("http://10.0.0.1/admin")}
    async with serving(inside.get) as server, relaying() as relay, through(relay) as ours:
        for url in ("http://127.0.0.1/", "http://localhost/", "http://0x7f.1/"):
            assert (await failure(ours, url)).failure == "forbidden-address"
        assert relay.heads == []
        error = await failure(ours, f"http://news.example:{server.port}/")
    assert (error.failure, "10.0.0.1" in error.detail) == ("forbidden-address", True)
    assert len(relay.heads) == 1


async def test_robots_txt_is_asked_through_it_too():
    def script(path):
        return answer(b"User-agent: *\nDisallow: /\n" if path == "/robots.txt" else b"x")

    async with serving(script) as server, relaying() as relay, through(relay) as ours:
        error = await failure(ours, f"http://news.example:{server.port}/page", page=True)
    assert error.failure == "robots"
    assert server.paths() == ["/robots.txt"]


async def test_the_environment_s_proxy_is_not_asked(monkeypatch):
    async with relaying() as relay:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{relay.port}")
        async with serving(answer(b"x")) as server, client() as ours:
            await ours.get(server.url, private=True)
    assert relay.heads == []


async def test_behind_a_proxy_no_route_is_needed():
    standing = Standing(reach=Reach(routed=lambda: False))
    async with relaying(says="502 X") as relay, through(relay, standing=standing) as ours:
        assert (await failure(ours, "https://news.example/")).failure == "unreachable"


# ---- in the file ----------------------------------------------------------------------------


@pytest.fixture
def loaded(tmp_path):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/one.txt").write_text("A synthetic seed.")

    def write(proxy):
        path = tmp_path / "sources.yaml"
        path.write_text(
            f"stories: {{s: {{seeds: seeds}}}}\nsettings: {{poll: {{proxy: '{proxy}'}}}}\n", "utf-8"
        )
        return load(path)

    return write


def test_it_is_read_with_a_warning_and_shown_nowhere(loaded):
    config = loaded("http://me:secret-word@proxy.example.org:3128/")
    assert config.poll.proxy == "http://me:secret-word@proxy.example.org:3128"
    (warning,) = config.warnings
    assert "address guard" in warning
    assert ":2:26: " in warning
    assert "secret-word" not in f"{config!r} {config.poll} {warning}"


@pytest.mark.parametrize(
    "wrong",
    [
        "proxy.example.org:3128",
        "http://proxy.example.org",
        "http://me:secret-word@proxy.example.org",
        "http://me:secret-word@:3128",
        "http://proxy.example.org:3128/path",
        "http://proxy.example.org:3128/?a=secret-word",
        "http://proxy.example.org:99999",
        "socks5://me:secret-word@proxy.example.org:1080",
        "http://me:secret-word@proxy .example.org:3128",
    ],
)
def test_what_is_no_proxy_is_told_without_repeating_it(loaded, wrong):
    with pytest.raises(ConfigError) as caught:
        loaded(wrong)
    (problem,) = caught.value.problems
    assert "expected the address of an HTTP proxy" in problem.message
    assert "secret-word" not in str(problem)
