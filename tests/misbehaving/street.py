"""A server for each case, each on a port of its own: to the monitor each is a host of its own."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import socket
import ssl
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from .case import Case, Peer, Tls, answer, feed

HOST = "127.0.0.1"
_CA = """[ca]
default_ca = own
[own]
dir = {folder}
database = {folder}/index.txt
rand_serial = yes
default_md = sha256
policy = any
x509_extensions = leaf
[any]
commonName = supplied
[leaf]
subjectKeyIdentifier = hash
basicConstraints = critical,CA:TRUE
subjectAltName = IP:127.0.0.1
"""


class Street:
    """`await start()`, then `urls` by the cases' names, until `stop()`.

    `authority` is a file of the certificates to be trusted (for SSL_CERT_FILE): with it
    an expired one is refused for its date alone, one of another name for the name alone.
    `asked` counts the requests of each case.
    """

    def __init__(self, cases: Iterable[Case]) -> None:
        self.cases = tuple(cases)
        self.urls: dict[str, str] = {}
        self.asked: dict[str, int] = dict.fromkeys((case.name for case in self.cases), 0)
        self._stack = contextlib.ExitStack()
        self._listeners: list[asyncio.Server] = []
        self._tasks: set[asyncio.Task[object]] = set()
        self._contexts: dict[Tls, ssl.SSLContext] = {}
        self._elsewhere = self._closed = ""
        self.authority: Path | None = None

    async def start(self) -> None:
        """Listen on a free port for each case."""
        if any(case.tls not in {None, "silent"} for case in self.cases):
            self._certify(Path(self._stack.enter_context(tempfile.TemporaryDirectory())))
        closed = self._stack.enter_context(socket.socket())
        closed.bind((HOST, 0))  # not listening: refused, and the port stays ours
        self._closed = f"http://{HOST}:{closed.getsockname()[1]}"
        sane = Case(name="", does="", act=answer(feed()), outcomes=("new",))
        self._elsewhere = f"http://{HOST}:{await self._listen(sane)}"
        for case in self.cases:
            origin = f"{case.scheme}://{HOST}:{await self._listen(case)}"
            if case.act is None:
                origin = self._closed
            self.urls[case.name] = f"{origin}/feed.xml"

    async def stop(self) -> None:
        """Stop listening and drop who is still connected."""
        for listener in self._listeners:
            listener.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.sleep(0)
        self._stack.close()

    async def _listen(self, case: Case) -> int:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            with contextlib.suppress(ConnectionError, ssl.SSLError, asyncio.CancelledError):
                await self._serve(case, reader, writer)
            # An answer that nobody takes any more must not keep the connection.
            if task.cancelling():
                writer.transport.abort()
            else:
                writer.close()

        listener = await asyncio.start_server(
            serve, HOST, 0, ssl=self._contexts.get(case.tls) if case.tls else None, limit=1 << 20
        )
        self._listeners.append(listener)
        return int(listener.sockets[0].getsockname()[1])

    async def _serve(
        self, case: Case, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        again: bool | None = True
        turn = 0
        origin = "http://{}:{}".format(*writer.get_extra_info("sockname"))
        while again:
            try:
                head = b"" if case.at_accept else await reader.readuntil(b"\r\n\r\n")
            except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                return
            turn += 1
            if case.name:
                self.asked[case.name] += 1
            peer = Peer(
                head,
                self.asked.get(case.name, 1),
                turn,
                writer,
                origin=origin,
                elsewhere=self._elsewhere,
                closed=self._closed,
            )
            if isinstance(case.act, bytes):
                await peer.send(case.act)
                return
            assert case.act is not None
            again = await case.act(peer)

    def _certify(self, folder: Path) -> None:
        if shutil.which("openssl") is None:
            raise RuntimeError("no openssl command to make certificates with")
        days = {"expired": ("20200101000000Z", "20200201000000Z")}
        names = {"other-name": "DNS:other.example"}
        trusted: list[str] = []
        for kind in ("right", "expired", "self-signed", "other-name"):
            at = folder / kind
            at.mkdir()
            pem = _certificate(at, names.get(kind, f"IP:{HOST}"), days.get(kind))
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(pem, at / "key.pem")
            self._contexts[kind] = context
            if kind != "self-signed":
                trusted.append(pem.read_text())
        self.authority = folder / "authority.pem"
        self.authority.write_text("".join(trusted))


def _certificate(folder: Path, names: str, between: tuple[str, str] | None) -> Path:
    """A certificate signed by itself; `between` two moments in place of today and tomorrow."""
    key, pem = folder / "key.pem", folder / "certificate.pem"
    # A subject of its own: a trusted certificate is looked up by it.
    fresh = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    fresh += ["-subj", f"/CN={folder.name}"]
    if between is None:
        _openssl("req", "-x509", *fresh, "-addext", f"subjectAltName={names}", "-days", "2",
                 "-keyout", key, "-out", pem)  # fmt: skip
        return pem
    config, request = folder / "ca.conf", folder / "request.pem"
    config.write_text(_CA.format(folder=folder))
    (folder / "index.txt").touch()
    _openssl("req", "-new", *fresh, "-keyout", key, "-out", request)
    _openssl("ca", "-batch", "-selfsign", "-notext", "-config", config, "-keyfile", key,
             "-startdate", between[0], "-enddate", between[1], "-outdir", folder,
             "-in", request, "-out", pem)  # fmt: skip
    return pem


def _openssl(*words: str | Path) -> None:
    subprocess.run(["openssl", *words], check=True, capture_output=True)
