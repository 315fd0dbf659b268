"""A server of raw bytes, and a client for it: what the tests of `fetch` have in common."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from monitor.fetch.client import Client
from monitor.fetch.reach import Reach
from monitor.fetch.standing import Standing
from monitor.fetch.transport import Transport, default_tls
from monitor.model import PollSettings

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LIMIT = 1_000_000
DEADLINE = timedelta(seconds=30)  # for what is over at once where the machine lets it


def poll(**changes):
    settings = {
        "host_gap": timedelta(0),
        "deadline": DEADLINE,
        "max_body": LIMIT,
    }
    return PollSettings(**(settings | changes))


class Server:
    """Answers with raw bytes; `script` gives for each request's path what to do."""

    def __init__(self, script):
        self.script = script
        self.requests = []
        self.tasks = set()
        self.connections = 0
        self.sent = 0

    async def serve(self, reader, writer):
        self.connections += 1
        self.tasks.add(asyncio.current_task())
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                self.requests.append(head.decode("latin-1"))
                done = await self.answer(head.split()[1].decode(), writer)
                if done is not True:
                    break
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def close(self, listener):
        listener.close()
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await asyncio.sleep(0)

    async def answer(self, path, writer):
        act = self.script(path) if callable(self.script) else self.script
        if isinstance(act, bytes):
            self.sent += len(act)
            writer.write(act)
            await writer.drain()
            return b"keep-alive" in act.lower()
        return await act(self, writer)

    def header(self, name, number=-1):
        lines = self.requests[number].split("\r\n")[1:]
        found = [
            line.partition(":")[2].strip() for line in lines if line.lower().startswith(f"{name}:")
        ]
        return found[0] if found else None

    def paths(self):
        return [request.split()[1] for request in self.requests]


@asynccontextmanager
async def serving(script, **options):
    server = Server(script)
    listener = await asyncio.start_server(server.serve, "127.0.0.1", 0, **options)
    server.listener = listener
    server.port = listener.sockets[0].getsockname()[1]
    server.url = f"http://127.0.0.1:{server.port}"
    try:
        yield server
    finally:
        await server.close(listener)


# For what never ends: the deadline must.
HURRIED = poll(deadline=timedelta(seconds=1))
TRUST = default_tls()  # takes a while to load, so once for all


@asynccontextmanager
async def client(settings=None, *, transport=None, resolve=None, tls=TRUST, **options):
    """A client on a machine with a way to the world, whatever the one has that runs this."""
    settings = settings or poll()
    standing = options.pop("standing", None) or Standing(reach=Reach(routed=lambda: True))
    transport = transport or Transport(settings, tls=tls, resolve=resolve, reach=standing.reach)
    made = Client(
        settings,
        contact="desk@example.org",
        transport=transport,
        standing=standing,
        now=lambda: NOW,
        **options,
    )
    try:
        yield made
    finally:
        await made.aclose()


def answer(body=b"", *headers, status="200 OK"):
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def redirect(location, status="302 Found"):
    return answer(b"", f"Location: {location}", status=status)


def chunked(*chunks, headers=b""):
    parts = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)
    return b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + headers + b"\r\n" + parts


def resolver(**names):
    async def resolve(host, port):
        return [ip_address(text) for text in names[host.partition(".")[0]]]

    return resolve
