"""What an alert costs: from a feed with one new article on the story to the receiver's socket.

    python -m bench.alert --rounds 20

Each round polls, fetches the article's page for its full text, judges, folds, renders and
posts to a webhook; all over loopback, the other side in a process of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from bench import cost
from bench.farm import PORT as FARM
from bench.farm import dice, words
from bench.own import configuration, learnt
from monitor.daemon.logs import set_up
from monitor.daemon.rig import rig
from monitor.model import Channel
from monitor.store.store import Store

PORT = FARM + 2


def article(number: int) -> tuple[str, str]:
    """Headline and page of a made-up report, ten paragraphs under a page's usual furniture."""
    chance = dice("alert", number)
    # Another figure each time: a new fact, which is told.
    what = f"مقتل {100 + 37 * number} جنديا كوريا شماليا في كورسك"
    title, lead = f"{what} {words(chance, 4, 'ar')}", f"{what}، {words(chance, 20, 'ar')}."
    body = "".join(f"<p>{words(chance, 45, 'ar')}.</p>" for _ in range(10))
    links = "".join(f'<li><a href="/s/{n}">{words(chance, 2, "ar")}</a></li>' for n in range(80))
    page = (
        f'<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><header><nav><ul>{links}</ul></nav></header><main><article><h1>{title}</h1><p>{lead}</p>{body}"
        f"</article></main><footer><ul>{links}</ul></footer></body></html>"
    )
    return title, page


async def serve() -> None:
    """A feed that has one article more at each visit, its pages, and a receiver."""
    visits = 0

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal visits
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                length = next((int(x[15:]) for x in head.split("\r\n") if x.lower().startswith("content-length:")), 0)  # fmt: skip
                await reader.readexactly(length)
                path, body, kind = head.split(" ")[1], "", "text/html; charset=utf-8"
                if path == "/feed":
                    visits += 1
                    items = "".join(
                        f"<item><title>{article(n)[0]}</title><link>http://127.0.0.1:{PORT}/a/{n}</link></item>"
                        for n in range(visits, max(0, visits - 20), -1)
                    )
                    body = f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>"
                    kind = "application/rss+xml"
                elif path.startswith("/a/"):
                    body = article(int(path[3:]))[1]
                data = body.encode()
                writer.write(
                    f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(data)}\r\n\r\n".encode()
                    + data
                )
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    await asyncio.start_server(answer, "127.0.0.1", PORT)
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.read)


async def rounds(count: int, folder: Path, server: int) -> tuple[float, int]:
    """CPU seconds of so many rounds, workers included, and the alerts that came of them."""
    feed = f"http://127.0.0.1:{PORT}/feed"
    hook = Channel(name="hook", kind="webhook", url=f"http://127.0.0.1:{PORT}/hook", private=True)
    config = replace(configuration([feed], folder / "alert.db"), channels=(hook,))
    known, store = learnt(config), Store.open(config.database)
    accepted = 0
    async with rig(config, known, store) as built:

        async def one() -> int:
            await built.poller.poll(config.sources[0])
            for entry, _ in store.entries.queue(built.parts.clock(), 100):
                await built.reader.read(entry)
            return await built.courier.finish()

        for _ in range(4):  # the baseline, and what is loaded when it is first needed
            await one()
        before = cost.used(os.getpid()) - cost.used(server)
        for _ in range(count):
            accepted += await one()
        spent = cost.used(os.getpid()) - cost.used(server) - before
    store.close()
    return spent, accepted


def measure(count: int) -> tuple[float, int]:
    """Milliseconds of CPU an alert, and how many alerts there were."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bench.alert", "--serve"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        with subprocess.Popen(command, **pipes) as served:
            assert served.stdout is not None
            assert served.stdin is not None
            served.stdout.readline()
            spent, accepted = asyncio.run(rounds(count, Path(folder), served.pid))
            served.stdin.close()
    return 1000 * spent / max(1, accepted), accepted


def main() -> None:
    parser = argparse.ArgumentParser(description="What an alert costs, page and all.")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--serve", action="store_true")
    asked = parser.parse_args()
    if asked.serve:
        asyncio.run(serve())
        return
    set_up(quiet=True)
    spent, accepted = measure(asked.rounds)
    print(f"{spent:.0f} ms of CPU an alert, page and full text included ({accepted} alerts)")


if __name__ == "__main__":
    main()
