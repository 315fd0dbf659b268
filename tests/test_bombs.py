"""Bombs: no body makes a parser crash, hang, swell, or read a file or an address.

Each goes through the real `monitor inspect feed|page|links` and through the workers
that the daemon has. `tests/data/bombs.json` says what must come: `read`, or the name
of the failure; `stalled` beside it where killing the parser is an answer as well.
Most bombs are quick and run always, the heavy ones with the slow tests.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from bombs import BOMBS, armed

from monitor.errors import ParseError
from monitor.model import Fetched, Source
from monitor.parse import read_entries, read_page
from monitor.parse.discover import links
from monitor.workers import MEMORY, Workers
from tests.newsroom.newsroom import PATIENCE, wait_until

EXPECTED: dict[str, dict[str, list[str]]] = json.loads(
    (Path(__file__).parent / "data" / "bombs.json").read_text("utf-8")
)
COMMANDS = ("feed", "page", "links")
SECRET = "the words of the canary"
URL = "https://bomb.example/feed"
# Seconds of the processor from a case to its answer: what a body costs is the parsers' doing,
# how long that takes is the machine's.
HANG = 10.0
SHOWN = 25  # bombs after which a long run says how far it is
# Bombs that all three commands answer in no time; the table says which.
QUICK = [name for name, want in EXPECTED.items() if want.get("quick")]
HEAVY = [name for name in EXPECTED if name not in QUICK]


class Canary:
    """A file and an address that nobody may read; the server counts who tries."""

    def __init__(self, folder: Path) -> None:
        self.file = str(folder / "canary")
        Path(self.file).write_text(SECRET)
        self.calls = 0
        self._server = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._server.getsockname()[1]}/"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                caller, _ = self._server.accept()
            except OSError:
                return
            self.calls += 1
            caller.sendall(b"HTTP/1.0 200 OK\r\n\r\n" + SECRET.encode())
            caller.close()

    def close(self) -> None:
        self._server.close()


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[Canary]:
    bird = Canary(tmp_path)
    yield bird
    bird.close()


def test_the_table_and_the_bombs_name_each_other() -> None:
    assert set(EXPECTED) == set(BOMBS)
    assert len(BOMBS) >= 35
    assert len(QUICK) >= 35
    assert all(want[command] for want in EXPECTED.values() for command in COMMANDS)


# ---- in the workers, with an ear at what they open -------------------------------------

_OUTSIDE = re.compile(
    r"open|socket\.|subprocess\.|os\.(?:exec|fork|posix_spawn|system|listdir|scandir|startfile)|urllib\.|ftplib\.|http\.|ctypes\.dlopen|shutil\.|glob\."
)


class Ear:
    """Keeps what the process opens or asks for while a body is read (PEP 578)."""

    def __init__(self) -> None:
        self.heard: list[str] | None = None
        self._hooked = False

    def listen(self) -> None:
        if not self._hooked:
            _warm_up()
            sys.addaudithook(self._hear)  # it stays as long as the process
            self._hooked = True
        self.heard = []

    def stop(self) -> list[str]:
        heard, self.heard = self.heard or [], None
        return heard

    def _hear(self, event: str, args: tuple[object, ...]) -> None:
        if self.heard is not None and _OUTSIDE.match(event) and not _imports(event, args):
            self.heard.append(f"{event} {args!r}"[:200])


def _imports(event: str, args: tuple[object, ...]) -> bool:
    """Whether it is Python that looks for a module of ours where modules lie."""
    path = str(args[0]) if args else ""
    if event == "os.listdir":
        return path in sys.path
    return event == "open" and path.endswith((".py", ".pyc", ".so"))


EAR = Ear()


def watched(command: str, body: bytes) -> tuple[str, str, list[str], int, float]:
    """In a worker: the answer, what it says, what was opened on the way, the process's MB, its seconds."""
    start = time.process_time()
    EAR.listen()
    try:
        found = repr(_read(command, body))
        kind = "read"
    except ParseError as error:
        kind, found = error.failure, error.detail
    finally:
        heard = EAR.stop()
    said = found if SECRET in found else found[:300]
    return kind, said, heard, _peak("self", "VmPeak"), time.process_time() - start


def _warm_up() -> None:
    """What is imported when first needed must not look like a body's doing."""
    import encodings
    import pkgutil

    for each in pkgutil.iter_modules(encodings.__path__):
        if each.name not in {"mbcs", "oem"}:  # Windows has them
            __import__(f"encodings.{each.name}")
    for body in (
        b"<rss><channel><item><title>x</title><pubDate>today</pubDate></item></channel></rss>",
        b'{"version":"https://jsonfeed.org/version/1","items":[]}',
        b"<urlset><url><loc>/1</loc></url></urlset>",
        b"<rss><channel><title>\xe9\xe8\xff and \xfe",
        b"<html><body><p>\xc7\xe1\xde\xd8\xc7\xd1 " * 40,
        "<p>خبر من اليوم، 28 أبريل 2025 بتوقيت مكة".encode(),
    ):
        for command in COMMANDS:
            try:
                _read(command, body)
            except ParseError:
                continue


def _read(command: str, body: bytes) -> object:
    if command == "page":
        return read_page(body, url=URL)
    if command == "links":
        return links(body, url=URL)
    source = Source(name="bomb", url=URL, kind="listing" if command == "listing" else "feed")
    fetched = Fetched(
        url=URL,
        final_url=URL,
        status=200,
        headers=(),
        body=body,
        content_type=None,
        fetched_at=datetime.now(UTC),
    )
    return read_entries(source, fetched)


def _peak(process: int | str, what: str = "VmHWM") -> int:
    """The most memory that a process has had, in MB: in use, or as VmPeak of addresses, which a limit counts."""
    status = Path(f"/proc/{process}/status").read_text()
    found = re.search(rf"{what}:\s+(\d+)", status)
    return int(found[1]) >> 10 if found else 0


def _spent(process: int) -> float:
    """The seconds of the processor that a process and its children, ended ones too, have taken."""
    ticks = 0
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    for each in (str(process), *children):
        try:
            fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue  # buried since; it counts as an ended one from now on
        ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def told(names: list[str], where: str) -> Iterator[str]:
    """The names one by one; of many it is printed how far one has come."""
    start = time.monotonic()
    for number, name in enumerate(names):
        if number and number % SHOWN == 0 and len(names) > 3 * SHOWN:
            print(f"{number} of {len(names)} bombs {where}, {time.monotonic() - start:.0f} s")
        yield name


async def defuse(names: list[str], canary: Canary) -> None:
    """Every bomb by every reader, two at a time."""
    faults: list[str] = []
    peak, longest = 0, (0.0, "")
    crew = Workers(2, cpu=HANG)
    waiting = iter(told(names, "in workers"))

    async def lane() -> None:
        for name in waiting:
            body = armed(name, file=canary.file, url=canary.url)
            for command in (*COMMANDS, "listing"):
                await one(name, command, body)

    async def one(name: str, command: str, body: bytes) -> None:
        nonlocal peak, longest
        heard, used, took = [], 0, HANG
        try:
            kind, said, heard, used, took = await crew.run(watched, command, body)
        except ParseError as error:
            kind, said = error.failure, error.detail
        longest = max(longest, (took, f"{name} as {command}"))
        peak = max(peak, used)
        # What a listing makes of it is as good as any, if it comes.
        if kind not in EXPECTED[name].get(command, [kind]):
            faults.append(f"{name} as {command}: {kind} {said}")
        if heard or SECRET in said:
            faults.append(f"{name} as {command} opened {heard[:5]} {said[:100]}")
        if said.startswith("cannot be read"):
            faults.append(f"{name} as {command}: a defect behind the door: {said}")

    try:
        await asyncio.gather(lane(), lane())
    finally:
        await crew.aclose()
    print(f"{len(names)} bombs: {longest[0]:.1f} s of CPU for {longest[1]}; a worker of {peak} MB")
    assert not faults, "\n".join(faults)
    assert canary.calls == 0
    # The limit itself sees to it that none has more; a tenth is left for what nobody thought of.
    assert peak < 0.9 * (MEMORY >> 20)


async def test_quick_bombs_in_workers(canary: Canary) -> None:
    await defuse(QUICK, canary)


@pytest.mark.slow
async def test_heavy_bombs_in_workers(canary: Canary) -> None:
    await defuse(HEAVY, canary)


async def test_the_ear_hears(canary: Canary) -> None:
    """The check can fail: a reader that opens a file and an address is told of."""
    crew = Workers()
    try:
        said, heard = await crew.run(betrayed, canary.file, canary.url)
    finally:
        await crew.aclose()
    assert said == SECRET
    assert any("canary" in one for one in heard)
    assert any(one.startswith("socket.connect") for one in heard)
    # The connection is made before the server's thread has counted it.
    wait_until(lambda: canary.calls == 1, what="the server's count")


def betrayed(path: str, url: str) -> tuple[str, list[str]]:
    EAR.listen()
    try:
        host, port = url.removeprefix("http://").rstrip("/").split(":")
        socket.create_connection((host, int(port))).close()
        return Path(path).read_text(), EAR.stop()
    finally:
        EAR.stop()


# ---- through the command -------------------------------------------------------------


def inspect(command: str, names: list[str], canary: Canary) -> None:
    """One process for all of them, each asked when the one before is answered."""
    faults: list[str] = []
    longest, peak = (0.0, ""), 0
    with subprocess.Popen(
        [sys.executable, "-m", "monitor", "inspect", command, "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for name in told(names, f"in inspect {command}"):
            body = base64.b64encode(armed(name, file=canary.file, url=canary.url)).decode()
            case = json.dumps({"id": name, "url": URL, "body": body}).encode() + b"\n"
            start = _spent(process.pid)
            process.stdin.write(case)
            process.stdin.flush()
            line = process.stdout.readline()
            longest = max(longest, (_spent(process.pid) - start, name))
            answer: dict[str, Any] = json.loads(line) if line else {"error": "it died"}
            kind = answer.get("failure", "defect") if "error" in answer else "read"
            if answer.get("id") != name or kind not in EXPECTED[name][command]:
                faults.append(f"{name}: {kind} {str(answer)[:200]}")
            if SECRET.encode() in line:
                faults.append(f"{name} told the secret")
        peak = _peak(process.pid)
        process.stdin.close()
        assert process.wait(timeout=PATIENCE) == 0
    print(f"inspect {command}: {longest[0]:.1f} s of CPU for {longest[1]}; a process of {peak} MB")
    assert not faults, "\n".join(faults)
    assert longest[0] < HANG
    assert canary.calls == 0
    assert peak < MEMORY >> 20


@pytest.mark.parametrize("command", COMMANDS)
def test_quick_bombs_in_inspect(command: str, canary: Canary) -> None:
    inspect(command, QUICK, canary)


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_heavy_bombs_in_inspect(command: str, canary: Canary) -> None:
    inspect(command, HEAVY, canary)
