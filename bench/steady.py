"""The daemon with many sources and nothing due: its start, its memory, its idle CPU.

    python -m bench.steady --sources 10000 --articles 100000

The store is filled with made-up articles; no source is due within the hour.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench import cost
from bench.farm import dice, words
from monitor.store.rows import deflate, short
from monitor.store.store import Store

SHIPPED = Path(__file__).resolve().parent.parent


@dataclass(slots=True, kw_only=True)
class Steady:
    """Seconds of CPU to READY, MB at rest and at most; idle the share of a core, and turns on it a minute."""

    start: float
    rest: float
    peak: float
    idle: float
    turns: float


def declare(folder: Path, sources: int) -> Path:
    """A sources.yaml of so many feeds, with the shipped story."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(SHIPPED / "seeds", folder / "seeds", dirs_exist_ok=True)
    path = folder / "sources.yaml"
    path.write_text(
        "settings: {contact: bench@example.org, database: steady.db}\n"
        "stories:\n  north-korea-russia:\n    title: soldiers\n    seeds: seeds/north-korea-russia\n"
        "channels: {log: {kind: log}}\nsources:\n"
        + "".join(
            f"  - {{name: site-{n}, url: 'https://site-{n}.example/feed.xml', language: ar}}\n"
            for n in range(sources)
        )
    )
    return path


def fill(database: Path, sources: int, articles: int) -> None:
    """Rows as a long life leaves them; every source polled, none due."""
    database.unlink(missing_ok=True)
    Store.open(database).close()
    now = datetime.now(UTC)
    late = (now + timedelta(hours=6)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    read = now.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    connection = sqlite3.connect(database)
    connection.execute("pragma synchronous=off")
    with connection:
        connection.executemany(
            "insert into sources (name, url, etag, body_hash, declared, baseline, last_poll, last_read, next_poll)"
            " values (?, ?, ?, ?, ?, 0, ?, ?, ?)",
            [
                (f"site-{n}", f"https://site-{n}.example/feed.xml", f'"{n:x}"', f"{n:064x}", read, read, read, late)
                for n in range(sources)
            ],
        )  # fmt: skip
        connection.executemany(
            "insert into polls (source, first_at, last_at, outcome, entries, fresh) values (?, ?, ?, 'new', 20, 20)",
            [(f"site-{n}", read, read) for n in range(sources)],
        )
        connection.execute(
            "insert into rulings (id, story, band, rule, told, profile, threshold)"
            " values (1, 'north-korea-russia', 'off', 'headline', 'off', 'x', 0.5)"
        )
        chance = dice("steady")
        titles = [words(chance, 9, "ar") for _ in range(5_000)]
        text = deflate(words(chance, 40, "ar"))
        for start in range(0, articles, 10_000):
            numbers = range(start, min(articles, start + 10_000))
            urls = [f"https://site-{n % sources}.example/a/{n}" for n in numbers]
            connection.executemany(
                "insert into entries (source, key, url, title, headline, published, first_seen, last_seen, baseline, stage, article_id)"
                " values (?, ?, ?, ?, ?, ?, ?, ?, 0, 'settled', ?)",
                [(f"site-{n % sources}", url, url, titles[n % 5_000], short(titles[n % 5_000]), read, read, read, n + 1) for n, url in zip(numbers, urls, strict=True)],
            )  # fmt: skip
            connection.executemany(
                "insert into articles (id, url, link, source, title, kind, language, first_seen, exact, title_print, sketch, words, relation)"
                " values (?, ?, ?, ?, ?, 'summary', 'ar', ?, ?, ?, ?, 40, 'new')",
                [(n + 1, url, url, f"site-{n % sources}", titles[n % 5_000], read, f"{n:032x}", f"{n:032x}", bytes(256)) for n, url in zip(numbers, urls, strict=True)],
            )  # fmt: skip
            connection.executemany(
                "insert into texts (article_id, packed) values (?, ?)",
                [(n + 1, text) for n in numbers],
            )
            connection.executemany(
                "insert or ignore into addresses (key, article_id) values (?, ?)",
                [(short(url), n + 1) for n, url in zip(numbers, urls, strict=True)],
            )
            connection.executemany(
                "insert into judgements (article_id, entry_id, judged_at, ruling, score) values (?, ?, ?, 1, 0)",
                [(n + 1, n + 1, read) for n in numbers],
            )
    connection.close()


def turned(pid: int) -> tuple[float, int]:
    """Seconds of CPU of its threads, to the microsecond, and how often they were given it."""
    spent = turns = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        run, _, times = map(int, (task / "schedstat").read_text().split())
        spent, turns = spent + run, turns + times
    return spent / 1e9, turns


def watch(path: Path, *, seconds: float) -> Steady:
    """Start the daemon, wait for READY, let it idle for so long, stop it."""
    at = path.with_name("notify")
    at.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(str(at))
        heard.settimeout(600)
        with path.with_name("log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "monitor", "--config", str(path), "run"],
                env={**os.environ, "NOTIFY_SOCKET": str(at), "WATCHDOG_USEC": "30000000"},
                stdout=log,
                stderr=log,
            )
        try:
            while b"READY=1" not in heard.recv(4096):
                pass
            start = cost.used(process.pid)
            time.sleep(65)  # the first minute has what is done once
            before, began, peak = turned(process.pid), time.monotonic(), 0.0
            while time.monotonic() - began < seconds:
                heard.setblocking(False)
                try:
                    while heard.recv(4096):
                        pass
                except BlockingIOError:
                    pass
                time.sleep(1)
            span = time.monotonic() - began
            spent, turns = (
                now - then for now, then in zip(turned(process.pid), before, strict=True)
            )
            rest = cost.memory(process.pid)
            status = Path(f"/proc/{process.pid}/status").read_text()
            peak = next(int(line.split()[1]) for line in status.splitlines() if "VmHWM" in line)
        finally:
            process.terminate()
            process.wait(30)
    return Steady(
        start=start, rest=rest, peak=peak / 1024, idle=spent / span, turns=60 * turns / span
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="The daemon's start, memory and idle CPU.")
    parser.add_argument("--work", type=Path, default=Path(".bench"))
    parser.add_argument("--sources", type=int, default=10_000)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=65)
    asked = parser.parse_args()
    path = declare(asked.work.resolve() / "steady", asked.sources)
    fill(path.with_name("steady.db"), asked.sources, asked.articles)
    found = watch(path, seconds=asked.seconds)
    print(
        f"{asked.sources} sources, {asked.articles} articles: start {found.start:.1f} s of CPU,"
        f" memory {found.rest:.0f} MB at rest, {found.peak:.0f} MB at most, idle {found.idle:.3%} of a core"
        f" ({60_000 * found.idle:.1f} ms in {found.turns:.0f} turns a minute)"
    )


if __name__ == "__main__":
    main()
