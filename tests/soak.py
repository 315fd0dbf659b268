"""A long run under faults: `make soak`, or `python -m tests.soak --minutes 4 --sources 300`.

Some thousand sources on loopback, a fifth of which misbehave; articles on the story trickle
in; the daemon is killed, reloaded, its disk filled, its clock stepped; receivers have their
moods. In the end every article on the story must have been told, under one key.

The articles are synthetic (tests/data). Root only: it mounts a small disk. With Debian's
libfaketime the clock is stepped; without it that part is left out, and the result says so.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import contextlib
import html
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from itertools import count
from pathlib import Path
from typing import Any

import yaml

from tests.newsroom import Item, Monitor, read_items
from tests.newsroom.newsroom import READER
from tests.newsroom.receivers import SECRET, MailSink, WebhookReceiver, plain

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds" / "north-korea-russia"
FAKETIME = (
    "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
    "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
)
CHANNELS = ("email", "webhook")
AHEAD = 7200  # seconds by which the clock is set forward, and back later
BAD = (
    "hang",
    "drip",
    "500",
    "503",
    "404",
    "html",
    "cut",
    "reset",
    "empty",
    "coding",
    "endless",
    "slow-head",
)


def news() -> list[Item]:
    """Articles on the story in the order of their streams: new ones, retellings, copies."""
    rows = read_items(ROOT / "tests/data/newsroom/story.jsonl")
    rows += read_items(ROOT / "tests/data/story-stream/dev.jsonl")
    return [item for item, row in rows if row["band"] == "on" and item.blocks]


@dataclass
class World:
    """One server for all hosts of loopback: feeds and pages by the host that is asked for."""

    count: int
    port: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    entries: dict[str, list[tuple[str, Item, datetime]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def host(self, number: int) -> str:
        return f"127.1.{number // 200}.{number % 200 + 1}"

    def bad(self, number: int) -> str | None:
        """How this source misbehaves, one in five."""
        return BAD[number // 5 % len(BAD)] if number % 5 == 0 else None

    def publish(self, number: int, item: Item, key: int) -> str:
        path = f"/a/{key}.html"
        self.entries[self.host(number)].append((path, item, datetime.now(UTC)))
        return f"http://{self.host(number)}:{self.port}{path}"

    async def serve(self) -> asyncio.Server:
        server = await asyncio.start_server(self._connected, "0.0.0.0", 0, backlog=1000)
        self.port = server.sockets[0].getsockname()[1]
        self._numbers = {self.host(n): n for n in range(self.count)}
        return server

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(
            ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError
        ):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                await self._answer(head, writer)
                await writer.drain()
        writer.close()

    async def _answer(self, head: str, writer: asyncio.StreamWriter) -> None:
        line, *rest = head.split("\r\n")
        path = line.split()[1]
        fields = {k.lower(): v.strip() for k, _, v in (each.partition(":") for each in rest)}
        host = fields.get("host", "").split(":")[0]
        number = self._numbers.get(host)
        bad = None if number is None else self.bad(number)
        if number is None or path == "/robots.txt":
            _say(writer, 404, b"no", "text/plain")
        elif path == "/feed.xml":
            self.asked["bad" if bad else "good"] += 1
            if bad:
                await _misbehave(bad, writer)
            else:
                self._feed(number, host, fields, writer)
        else:
            self.asked["page"] += 1
            for where, item, _ in self.entries[host]:
                if where == path:
                    _say(writer, 200, _page(item), "text/html; charset=utf-8")
                    return
            _say(writer, 404, b"no", "text/plain")

    def _feed(
        self, number: int, host: str, fields: dict[str, str], writer: asyncio.StreamWriter
    ) -> None:
        found = self.entries[host]
        etag = f'"{len(found)}"'
        if fields.get("if-none-match") == etag:
            writer.write(f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode())
            return
        old = [
            f"<item><title>Council note {number}-{n}: road works in ward {n}</title>"
            f"<guid>note-{n}</guid><link>http://{host}:{self.port}/n/{n}.html</link>"
            f"<pubDate>{format_datetime(datetime(2026, 1, 1 + n, tzinfo=UTC))}</pubDate></item>"
            for n in range(4)
        ]
        fresh = [
            f"<item><title>{html.escape(item.title)}</title><guid>http://{host}:{self.port}{path}</guid>"
            f"<link>http://{host}:{self.port}{path}</link><pubDate>{format_datetime(at)}</pubDate></item>"
            for path, item, at in reversed(found)
        ]
        body = (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
            f"<title>Source {number}</title>{''.join([*fresh, *old])}</channel></rss>"
        ).encode()
        _say(writer, 200, body, "application/rss+xml", f"ETag: {etag}\r\n")


async def _quiet() -> None:
    """End the conversations that are under way."""
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _say(writer: asyncio.StreamWriter, status: int, body: bytes, kind: str, more: str = "") -> None:
    head = (
        f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    )
    writer.write(head.encode() + body)


async def _misbehave(how: str, writer: asyncio.StreamWriter) -> None:
    match how:
        case "hang":
            await asyncio.sleep(3600)
        case "drip" | "slow-head":
            writer.write(b"HTTP/1.1 200 OK\r\n" + (b"\r\n" if how == "drip" else b"X-A: "))
            while True:
                writer.write(b"<")
                await writer.drain()
                await asyncio.sleep(1)
        case "500" | "503" | "404":
            _say(
                writer,
                int(how),
                b"sorry",
                "text/plain",
                "Retry-After: 20\r\n" if how == "503" else "",
            )
        case "html":
            _say(
                writer, 200, b"<!doctype html><title>Sign in</title><p>Please sign in.", "text/html"
            )
        case "cut":
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<rss><channel>")
            raise ConnectionResetError
        case "reset":
            raise ConnectionResetError
        case "empty":
            _say(writer, 200, b"", "application/rss+xml")
        case "coding":
            _say(
                writer,
                200,
                b"\x1f\x8b\x08no gzip",
                "application/rss+xml",
                "Content-Encoding: gzip\r\n",
            )
        case "endless":
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n<rss>")
            while True:
                writer.write(b" " * 65536)
                await writer.drain()
                await asyncio.sleep(0.2)


def _page(item: Item) -> bytes:
    paragraphs = "".join(f"<p>{html.escape(text)}</p>" for text in item.paragraphs)
    title = html.escape(item.title)
    return (
        f'<!doctype html><html lang="{item.language}"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    ).encode()


class Faulty(Monitor):
    """The daemon, with a clock that can be stepped."""

    def __init__(self, config: Path, faketime: str | None, offset: Path) -> None:
        super().__init__(config)
        self._faketime, self._offset = faketime, offset
        self.step(0)

    def step(self, seconds: int) -> None:
        near = self._offset.with_suffix(".new")
        near.write_text(f"+{seconds}\n")
        near.replace(self._offset)

    def start(self) -> None:
        if self._faketime:
            os.environ |= {
                "LD_PRELOAD": self._faketime, "FAKETIME_TIMESTAMP_FILE": str(self._offset),
                "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1",
            }  # fmt: skip
        super().start()
        os.environ.pop("LD_PRELOAD", None)

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    def resident(self) -> int:
        """Bytes of the daemon alone, and of all its processes, by RSS."""
        total = 0
        for status in Path(f"/proc/{self.pid}/task").glob("*/children"):
            for child in status.read_text().split():
                total += _rss(int(child))
        return total + _rss(self.pid)


def _catches(pid: int, number: int) -> bool:
    """Whether a process has a handler for a signal (proc(5), SigCgt)."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("SigCgt:"):
                return bool(int(line.split()[1], 16) >> (number - 1) & 1)
    return False


def _rss(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def _write_config(
    folder: Path, world: World, mail: MailSink, hook: WebhookReceiver, every: str
) -> Path:
    secret = folder / "hook-secret"
    secret.write_text(SECRET)
    document = {
        "settings": {
            "contact": "desk@newsroom.example",
            "database": str(folder / "disk" / "monitor.db"),
            "poll": {"every": every, "floor": every, "ceiling": "10m", "host_gap": "0.05s", "deadline": "8s", "concurrency": 100},
        },
        "stories": {"north-korea-russia": {"seeds": str(SEEDS)}},
        "channels": {
            "desk": {"kind": "email", "to": [READER], "smtp": {"host": mail.host, "port": mail.port, "security": "none"}},
            "hook": {"kind": "webhook", "url": hook.url, "secret": {"file": str(secret)}, "private": True},
        },
        "sources": [
            {"name": f"s{n}", "url": f"http://{world.host(n)}:{world.port}/feed.xml", "kind": "feed", "private": True, "every": every}
            for n in range(world.count)
        ],
    }  # fmt: skip
    path = folder / "sources.yaml"
    path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False))
    return path


class Soak:
    """The plan of faults over the run, and what was seen."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        self.options, self.folder = options, folder
        self.chance = random.Random(options.seed)
        self.world = World(options.sources)
        self.journal = folder / "receipts.jsonl"
        self.mail, self.hook = MailSink(self.journal), WebhookReceiver(self.journal)
        self.published: dict[str, float] = {}
        self.counts: Counter[str] = Counter()
        self.memory: list[tuple[float, float, int]] = []  # since the start, since the birth, bytes
        self.note = ""

    def run(self) -> dict[str, Any]:
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever, daemon=True)
        thread.start()

        def on_loop(work: Any) -> Any:
            return asyncio.run_coroutine_threadsafe(work, loop).result()

        on_loop(self.world.serve())
        on_loop(self.mail.start())
        on_loop(self.hook.start())
        disk = self.folder / "disk"
        disk.mkdir()
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={self.options.disk}m", "none", disk], check=True
        )
        config = _write_config(self.folder, self.world, self.mail, self.hook, self.options.every)
        found = self.options.faketime or next((p for p in FAKETIME if Path(p).exists()), None)
        self.monitor = Faulty(config, found, self.folder / "offset")
        if found is None:
            self.note = "no libfaketime: the clock was not stepped"
        with self.monitor:
            self.began = self.born = time.monotonic()
            self._baseline()
            for at, what in sorted(self._plan(), key=lambda each: each[0]):
                self._wait(at)
                what()
            self._wait(self.options.minutes * 60)
            self._settle()
            status = self.monitor.stop()
            result = self._result(status)
        on_loop(_quiet())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
        return result

    # ---- the plan

    def _plan(self) -> Iterator[tuple[float, Callable[[], None]]]:
        """Moments in seconds from the start of the run, and what happens then.

        No death in the last quarter: there memory is looked at over one long life.
        """
        start, length = 0.0, self.options.minutes * 60
        end = start + (length - start) * 0.75
        at = start
        while (at := at + self.chance.uniform(*self.options.deaths)) < end:
            yield at, self._die
        at = start
        while (at := at + self.chance.uniform(20, 60)) < length:
            yield at, self._reload
        at = start
        while (at := at + self.chance.uniform(15, 40)) < end:
            yield at, self._mood
        yield end, self._calm
        span = length - start
        yield start + span * 0.2, lambda: self._step(AHEAD)
        yield start + span * 0.45, lambda: self._step(0)
        yield start + span * 0.55, self._fill
        yield start + span * 0.55 + max(10, span * 0.03), self._free
        items = news()
        last = start + span * 0.9
        gap = max((last - start) / len(items), self.options.trickle)
        keys = count(1)
        good = [n for n in range(self.world.count) if not self.world.bad(n)]
        for number, item in enumerate(items):
            if start + number * gap > last:
                break
            yield start + number * gap, self._publisher(self.chance.choice(good), item, next(keys))

    def _publisher(self, number: int, item: Item, key: int) -> Callable[[], None]:
        def publish() -> None:
            self.published[self.world.publish(number, item, key)] = time.time()

        return publish

    def _die(self) -> None:
        self.monitor.kill()
        self.counts["deaths"] += 1
        self.monitor.start()
        self.born = time.monotonic()

    def _reload(self) -> None:
        """Now and then with a source more or less; the others go on."""
        document = yaml.load(self.monitor.config.read_text(), yaml.CSafeLoader)
        name = "comes-and-goes"
        others = [each for each in document["sources"] if each["name"] != name]
        if len(others) == len(document["sources"]):
            others.append(
                {
                    "name": name,
                    "url": f"http://127.1.99.1:{self.world.port}/feed.xml",
                    "private": True,
                }
            )
        document["sources"] = others
        near = self.monitor.config.with_suffix(".new")
        near.write_text(
            yaml.dump(document, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
        )
        near.replace(self.monitor.config)
        # A process that is just being born has no handler yet, and would die of it.
        if _catches(self.monitor.pid, signal.SIGHUP):
            os.kill(self.monitor.pid, signal.SIGHUP)
            self.counts["reloads"] += 1

    def _mood(self) -> None:
        self.mail.behaviour = self.chance.choice(["accept", "accept", "later", "drop"])
        self.hook.behaviour = self.chance.choice(["accept", "accept", "later", "drop", "limit"])

    def _calm(self) -> None:
        self.mail.behaviour = self.hook.behaviour = "accept"

    def _step(self, seconds: int) -> None:
        if not self.note:
            self.monitor.step(seconds)
            self.counts["clock steps"] += 1

    def _fill(self) -> None:
        with (self.folder / "disk" / "fill").open("wb", buffering=0) as file:
            for size in (1 << 20, 4096):
                with contextlib.suppress(OSError):
                    while file.write(b"\0" * size):
                        pass
        self.counts["disk filled"] += 1

    def _free(self) -> None:
        (self.folder / "disk" / "fill").unlink()

    # ---- waiting

    def _wait(self, until: float) -> None:
        while (now := time.monotonic()) - self.began < until:
            if not self.monitor.alive:
                raise AssertionError("it ended by itself:\n" + self.monitor.log_text()[-4000:])
            self.memory.append((now - self.began, now - self.born, self.monitor.resident()))
            time.sleep(min(1.0, max(0.0, until - (now - self.began))))

    def _baseline(self) -> None:
        """Every good source is read once before anything is published; then the run begins."""
        good = {f"s{n}" for n in range(self.world.count) if not self.world.bad(n)}
        while "alerts go to" not in self.monitor.log_text():
            self._wait(time.monotonic() - self.began + 1)
        while good:
            self._wait(time.monotonic() - self.began + 5)
            rows = self.monitor.ask("status")
            good -= {row["name"] for row in rows if row["kind"] == "source" and row["last_read"]}
        took = round(time.monotonic() - self.began)
        print(f"baseline of {self.world.count} sources after {took} s", flush=True)
        self.began = time.monotonic()
        self.memory.clear()

    def _settle(self) -> None:
        """Until all on the story is told, or nothing has come for three minutes."""
        before, since = -1, time.monotonic()
        while time.monotonic() - since < 180:
            if (now := len(self.mail.received) + len(self.hook.received)) != before:
                before, since = now, time.monotonic()
            if time.monotonic() - since > 20 and not self._untold()[0]:
                return
            self._wait(time.monotonic() - self.began + 5)

    # ---- what came of it

    def _untold(self) -> tuple[list[str], Counter[str]]:
        """Articles on the story that were not told on both channels, and how all were judged."""
        bands = [word for band in ("on", "maybe", "off") for word in ("--band", band)]
        rows = {
            plain(str(row["link"])): row
            for row in self.monitor.ask("articles", "--limit", "100000", *bands)
        }
        told: dict[str, set[str]] = defaultdict(set)
        for receipt in [*self.mail.received, *self.hook.received]:
            for address in receipt.addresses:
                told[address].add(receipt.channel)
        untold, judged = [], Counter[str]()
        for address in self.published:
            row = rows.get(plain(address))
            judged[str(row["band"]) if row else "not stored"] += 1
            if row is None:
                untold.append(f"{address}: not stored")
            elif row["band"] == "on" and told[plain(address)] != set(CHANNELS):
                [why] = self.monitor.ask("explain", str(row["id"]))
                through = {
                    each["channel"] for each in why["alerts"] if each["state"] == "delivered"
                }
                if through != {"desk", "hook"}:
                    untold.append(f"{address}: {row['told']}, {why['alerts']}")
        return untold, judged

    def _result(self, status: int) -> dict[str, Any]:
        untold, judged = self._untold()
        bodies: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        abouts: dict[tuple[str, str], set[str]] = defaultdict(set)
        for line in self.journal.read_text().splitlines():
            row = json.loads(line)
            bodies[row["channel"], row["recipient"], row["key"]].append(row["sha256"])
        for receipt in [*self.mail.received, *self.hook.received]:
            for address in receipt.addresses & {plain(each) for each in self.published}:
                abouts[receipt.channel, address].add(receipt.key)
        second = self._second_keys()
        log = self.monitor.log_text()
        lives = [(at, rss) for at, age, rss in self.memory if age > 20]
        quarter = max((age for _, age, _ in self.memory), default=0)
        last = [(age, rss) for at, age, rss in self.memory if at > self.memory[-1][0] - quarter]
        return {
            "minutes": round((time.monotonic() - self.began) / 60, 1),
            "sources": self.world.count,
            "misbehaving": sum(self.world.bad(n) is not None for n in range(self.world.count)),
            "polls": dict(self.world.asked),
            **self.counts,
            "published": len(self.published),
            "judged": dict(judged),
            "lost": untold,
            "messages": len(bodies),
            "repeated under the old key": sum(len(each) - 1 for each in bodies.values()),
            "under a second key": second,
            "other bytes under one key": sum(len(set(each)) > 1 for each in bodies.values()),
            "tracebacks": log.count("Traceback"),
            "memory MB": {
                "most": max(rss for _, _, rss in self.memory) // 1_000_000,
                "first third": _median([rss for at, rss in lives[: len(lives) // 3]]),
                "last third": _median([rss for at, rss in lives[-(len(lives) // 3) :]]),
                "last life, first and last tenth": [
                    _median([rss for _, rss in part])
                    for part in (last[len(last) // 10 : len(last) // 5], last[-(len(last) // 10) :])
                ],
            },
            "exit": status,
            "note": self.note,
        }

    def _second_keys(self) -> int:
        """Alerts of one article, or one new development, that came under more than one key."""
        keys: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        for line in self.journal.read_text().splitlines():
            row = json.loads(line)
            if row["channel"] != "webhook":
                continue
            data = json.loads(base64.b64decode(row["body"]))["data"]
            if "article" in data:
                kind = str(json.loads(base64.b64decode(row["body"])).get("type"))
                keys[kind, str(data["story"]["name"]), str(data["article"]["url"])].add(row["key"])
        return sum(len(each) > 1 for each in keys.values())


def _median(numbers: list[int]) -> int:
    return sorted(numbers)[len(numbers) // 2] // 1_000_000 if numbers else 0


def main() -> None:
    """Run it; exit status 1 where anything was lost or told under a second key."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=20.0, help="from the end of the baseline")
    parser.add_argument("--sources", type=int, default=2000)
    parser.add_argument("--every", default="60s", help="time between two polls of a source")
    parser.add_argument(
        "--trickle", type=float, default=3.0, help="least seconds between two articles"
    )
    parser.add_argument(
        "--deaths", type=float, nargs=2, default=(30.0, 90.0), help="seconds between two"
    )
    parser.add_argument("--disk", type=int, default=400, help="MB of the database's disk")
    parser.add_argument(
        "--faketime", help="libfaketimeMT.so.1, where it does not lie in Debian's place"
    )
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if "SOAK_INSIDE" not in os.environ:
        # A mount namespace of its own: the small disk is seen by nobody else, and goes with it.
        inside = [
            "unshare",
            "--mount",
            "--propagation",
            "private",
            sys.executable,
            "-m",
            "tests.soak",
        ]
        os.execvpe("unshare", [*inside, *sys.argv[1:]], {**os.environ, "SOAK_INSIDE": "1"})
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        soak = Soak(options, Path(folder))
        try:
            result = soak.run()
        finally:
            subprocess.run(["umount", "-l", Path(folder, "disk")], check=False, capture_output=True)
    print(json.dumps(result, ensure_ascii=False, indent=1))
    wrong = result["lost"] or result["under a second key"] or result["other bytes under one key"]
    sys.exit(1 if wrong or result["exit"] or result["tracebacks"] else 0)


if __name__ == "__main__":
    main()
