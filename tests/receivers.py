"""Real receivers on loopback: a mail server, an HTTP server, a script of bytes, a certificate."""

import asyncio
import contextlib
import random
import shutil
import socket
import ssl
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope


@dataclass
class Mailbox:
    """An aiosmtpd handler. `answers` maps a step (RCPT, DATA…) to what is said instead of yes."""

    answers: dict[str, str] = field(default_factory=dict)
    envelopes: list[Envelope] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    users: list[Any] = field(default_factory=list)
    hang: str | None = None

    async def _step(self, name: str, yes: str) -> str:
        if self.hang == name:
            await asyncio.sleep(60)
        return self.answers.get(name, yes)

    async def handle_MAIL(self, server, session, envelope, address, options) -> str:  # noqa: N802
        envelope.mail_from = address
        return await self._step("MAIL", "250 ok")

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802
        answer = await self._step("RCPT", "250 ok")
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        answer = await self._step("DATA", "250 2.0.0 queued as 4711")
        if answer.startswith("2"):
            self.envelopes.append(envelope)
            self.encrypted.append(session.ssl is not None)
            self.users.append(session.auth_data)
        return answer


@contextlib.asynccontextmanager
async def mail_server(
    mailbox: Mailbox, *, implicit: ssl.SSLContext | None = None, **options: Any
) -> AsyncIterator[int]:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(mailbox, loop=loop, hostname="mail.test", data_size_limit=2**26, **options),
        "127.0.0.1",
        0,
        ssl=implicit,
    )
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


def login_as(user: str, password: str) -> Callable[..., AuthResult]:
    def authenticate(server, session, envelope, mechanism, data) -> AuthResult:
        right = (data.login, data.password) == (user.encode(), password.encode())
        return AuthResult(success=right, handled=False, auth_data=data.login if right else None)

    return authenticate


Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@contextlib.asynccontextmanager
async def tcp_server(talk: Talk, tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """Any behaviour at all: `talk` has the connection."""
    talks: set[asyncio.Task[Any]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talks.add(asyncio.current_task())
        with contextlib.suppress(
            ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError
        ):
            await talk(reader, writer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for one in talks:
            one.cancel()
        await asyncio.gather(*talks, return_exceptions=True)


@dataclass
class Hook:
    """An HTTP receiver. `answer` is the raw answer; requests are kept as they came."""

    answer: bytes = b"HTTP/1.1 204 No Content\r\n\r\n"
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("ascii")
        line, *rows = head.strip().split("\r\n")
        headers = {name.lower(): value for name, value in (row.split(": ", 1) for row in rows)}
        body = await reader.readexactly(int(headers["content-length"]))
        self.requests.append((line, headers, body))
        writer.write(self.answer)
        await writer.drain()


def unused_port() -> int:
    """A port that nobody has. It lies below those that Linux gives to whoever asks for any.

    One of these would be some connection's of another test before this one came to use it.
    """
    luck = random.SystemRandom()
    while True:
        port = luck.randrange(20_000, 32_000)
        with socket.socket() as one, contextlib.suppress(OSError):
            one.bind(("127.0.0.1", port))
            return port


def certificate(
    folder: Path, names: str = "IP:127.0.0.1,DNS:localhost"
) -> tuple[Path, ssl.SSLContext]:
    """A certificate signed by itself, of this machine unless named, and a server's context with it."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl command to make a certificate with")
    key, file = folder / "key.pem", folder / "certificate.pem"
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
        f" -subj /CN=localhost -addext subjectAltName={names}"
    )
    subprocess.run(
        [*command.split(), "-keyout", key, "-out", file],
        check=True,
        capture_output=True,
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file, key)
    return file, context
