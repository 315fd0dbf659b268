"""The plan of faults over a run, and what came of it."""

from __future__ import annotations

import argparse
import asyncio
import base64
import contextlib
import json
import os
import random
import signal
import subprocess
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import yaml

from tests.newsroom import Item, read_items
from tests.newsroom.receivers import MailSink, WebhookReceiver, plain
from tests.soak.process import FAKETIME, Faulty, catches, write_config
from tests.soak.world import World, quiet

ROOT = Path(__file__).parents[2]
CHANNELS = ("email", "webhook")
AHEAD = 7200  # seconds by which the clock is set forward, and back later


def news() -> list[Item]:
    """Articles on the story in the order of their streams: new ones, retellings, copies."""
    rows = read_items(ROOT / "tests/data/newsroom/story.jsonl")
    rows += read_items(ROOT / "tests/data/story-stream/dev.jsonl")
    return [item for item, row in rows if row["band"] == "on" and item.blocks]


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
        config = write_config(self.folder, self.world, self.mail, self.hook, self.options.every)
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
        on_loop(quiet())
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
        if catches(self.monitor.pid, signal.SIGHUP):
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
        last = [
            (age, rss) for at, age, rss in self.memory if at > self.memory[-1][0] - quarter + 20
        ]
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
