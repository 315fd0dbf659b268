"""What a page costs beside a large store, and pictures of it.

    .venv/bin/python -m bench.browser [ARTICLES [DEVELOPMENTS]]      # default: 100000 10000
    .venv/bin/python -m bench.browser pictures [FOLDER]              # default: docs/pictures

Synthetic rows; each page is asked for over a socket, CPU is that of server and asking together.
The pictures are of the labelled stream in tests/data, judged and grouped by the monitor itself, and
need chromium-headless-shell (`bench.pictures`).
"""

from __future__ import annotations

import asyncio
import re
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
from starlette.applications import Starlette

from bench.pictures import shoot
from monitor.model import Config, Web
from monitor.store.rows import moment
from monitor.store.sources import Memory
from monitor.store.store import Store
from monitor.web.page.app import Page
from monitor.web.server import listening, serving
from tests.exported import fill, witness
from tests.labelled import stream
from tests.stored import SOURCE, Desk

_TITLES = {"ar": "جنود كوريا الشمالية في حرب روسيا", "en": "North Korea's soldiers in Russia's war"}
_SHOWN = {"ar": ("phone", "dark"), "en": ("desktop", "light")}
_TIMES = 15


def main() -> None:
    """Fill a store, then ask."""
    if sys.argv[1:2] == ["pictures"]:
        pictures(Path(sys.argv[2] if len(sys.argv) > 2 else "docs/pictures"))
        return
    articles, developments = (*map(int, sys.argv[1:3]), *(100_000, 10_000)[len(sys.argv[1:3]) :])
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Store.open(Path(folder, "monitor.db")))
        fill(desk.store, articles, developments)
        last = desk.store.db.conn.execute("select max(first_seen) from articles").fetchone()[0]
        desk.now = moment(last) + timedelta(minutes=1)
        (event,) = desk.store.db.conn.execute("select max(id) from developments").fetchone()
        paths = (
            "/",
            f"/developments/{event}",
            f"/articles/{event}",
            "/sources",
            "/alerts",
            "/stories/troops/feed.atom",
            "/articles?band=on",
            "/sources.json",
        )
        print(f"{articles:,} synthetic articles, {developments:,} developments")
        for path, spent in asyncio.run(asked(here(desk, Path(folder)), desk, paths)):
            print(f"{path:32} {statistics.median(spent) * 1000:7.1f} ms CPU", flush=True)


def here(desk: Desk, folder: Path) -> Config:
    """The desk's configuration, over its file."""
    return replace(desk.config, database=folder / "monitor.db", path=folder / "sources.yaml")


async def asked(
    config: Config, desk: Desk, paths: tuple[str, ...]
) -> list[tuple[str, list[float]]]:
    """CPU seconds of each time that each path was asked for."""
    found = []
    async with shown(config, desk) as browser:
        for path in paths:
            spent = []
            for _ in range(_TIMES):
                began = time.process_time()
                (await browser.get(path)).raise_for_status()
                spent.append(time.process_time() - began)
            found.append((path, spent))
    return found


class shown:  # noqa: N801 - as a function is
    """The page over a socket, and who asks."""

    def __init__(self, config: Config, desk: Desk) -> None:
        self._listener = listening("127.0.0.1", 0)
        host, port = self._listener.getsockname()
        self._page = Page(config, Web(host=host, port=port), lambda: desk.now, lambda: True)
        self._serving = serving(Starlette(routes=self._page.routes), self._listener)
        self._browser = httpx.AsyncClient(base_url=f"http://{host}:{port}", trust_env=False)

    async def __aenter__(self) -> httpx.AsyncClient:
        await self._serving.__aenter__()
        return await self._browser.__aenter__()

    async def __aexit__(self, *error: object) -> None:
        await self._browser.__aexit__()
        await self._serving.__aexit__(None, None, None)
        self._page.close()


def pictures(folder: Path) -> None:
    """A story and a verdict, in Arabic on a phone and in English on a desktop."""
    with tempfile.TemporaryDirectory() as home:
        desk = Desk(Store.open(Path(home, "monitor.db")))
        # Without what the fonts named in bench.pictures cannot show.
        rows = [row for row in stream()[:160] if row["lang"] not in {"ko", "ja", "zh"}]
        with desk.store.transaction():
            desk.store.sources.declare((SOURCE,), desk.now)
        for article, row in desk.tell_all(rows).items():
            desk.store.db.execute(
                "update articles set outlet = ? where id = ?", [row["outlet"], article]
            )
            link = f"https://press.example/{article}"
            witness(desk.store, article, link.encode(), url=link, at=desk.now)
        with desk.store.transaction():
            desk.store.sources.answered(
                SOURCE.name,
                now=desk.now,
                next_poll=desk.now + timedelta(minutes=9),
                memory=Memory(),
            )
            desk.store.ledger.poll(SOURCE.name, now=desk.now, outcome="new", entries=9, fresh=1)
            desk.store.db.execute(
                "update deliveries set state = 'delivered', settled_at = created, taken_at = created"
            )
        desk.now += timedelta(minutes=3)
        (event,) = desk.store.db.conn.execute(
            "select development from members group by 1 order by count(*) desc limit 1"
        ).fetchone()
        for language, title in _TITLES.items():
            config = here(desk, Path(home))
            config = replace(config, stories=(replace(config.stories[0], title=title),))
            paths = {"page": "/", "verdict": f"/articles/{event}"}
            width, light = _SHOWN[language]
            for name, body in asyncio.run(bodies(config, desk, paths, language)).items():
                target = folder / f"{name}-{language}-{width}-{light}.png"
                shoot("chromium-headless-shell", body, target, width)


async def bodies(
    config: Config, desk: Desk, paths: dict[str, str], language: str
) -> dict[str, str]:
    """Pages as they are served, each with its style sheet in it."""
    found = {}
    async with shown(config, desk) as browser:
        style = (await browser.get("/page.css")).text
        for name, path in paths.items():
            body = (await browser.get(path, params={"lang": language})).text
            found[name] = re.sub(
                r'<link rel="stylesheet"[^>]*>', lambda _: f"<style>{style}</style>", body
            )
    return found


if __name__ == "__main__":
    main()
