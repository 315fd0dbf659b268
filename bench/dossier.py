"""What it costs to take a large story out: CPU seconds, memory and size, over synthetic rows.

    .venv/bin/python -m bench.dossier [ARTICLES [DEVELOPMENTS]]      # default: 100000 10000
    .venv/bin/python -m bench.dossier pictures [FOLDER]              # default: docs/pictures

Each piece of work runs in a process of its own, so that its largest memory is its own. The
pictures are of the labelled stream in tests/data, judged and grouped by the monitor itself,
and need chromium-headless-shell (`bench.pictures`).
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
from pathlib import Path

from bench.pictures import shoot
from monitor.export import dossier, table
from monitor.model import Story
from monitor.store.store import Store
from tests.exported import fill, witness
from tests.labelled import shipped, stream
from tests.stored import START, Desk

_TITLES = {"ar": "جنود كوريا الشمالية في حرب روسيا", "en": "North Korea's soldiers in Russia's war"}
_BANDS = ("on", "maybe")


def main() -> None:
    """Fill a store, then measure each form."""
    if sys.argv[1:2] == ["pictures"]:
        pictures(Path(sys.argv[2] if len(sys.argv) > 2 else "docs/pictures"))
        return
    articles, developments = (*map(int, sys.argv[1:3]), *(100_000, 10_000)[len(sys.argv[1:3]) :])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "monitor.db")
        store = Store.open(path)
        fill(store, articles, developments)
        store.close()
        print(f"{articles:,} synthetic articles, {developments:,} developments")
        for kind in ("nothing", "csv", "jsonl", "dossier"):
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                cpu, peak, size = pool.apply(measure, (path, kind, Path(folder, kind)))
            print(
                f"{kind:8} {cpu:6.1f} s CPU  {peak:5.0f} MiB at most  {size / 1e6:7.1f} MB",
                flush=True,
            )


def measure(path: Path, kind: str, target: Path) -> tuple[float, float, int]:
    """CPU seconds, the largest resident memory in MiB, and bytes written; `nothing` only opens."""
    store = Store.open(path)
    story = Story(name="troops", title=_TITLES["ar"], seeds=Path())
    began = time.process_time()
    with target.open("wb") as file, store.records.still():
        if kind in {"csv", "jsonl"}:
            table.write(file, kind, store, "troops", _BANDS, None)
        elif kind == "dossier":
            dossier.write(file, store, story, (), START)
    cpu = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return cpu, peak, target.stat().st_size


def pictures(folder: Path) -> None:
    """A dossier in each language, on a phone and on a desktop."""
    desk = Desk()
    # Without what the fonts named in bench.pictures cannot show.
    rows = [row for row in stream()[:160] if row["lang"] not in {"ko", "ja", "zh"}]
    for article in desk.tell_all(rows):
        link = f"https://press.example/{article}"
        witness(desk.store, article, link.encode(), url=link, at=desk.now)
    for language, title in _TITLES.items():
        story = Story(name="troops", title=title, seeds=Path())
        with tempfile.TemporaryDirectory() as home:
            page = Path(home, "page.html")
            with page.open("wb") as file:
                dossier.write(file, desk.store, story, shipped(), desk.now, language=language)
            for width, light in (("phone", "dark"), ("desktop", "light")):
                target = folder / f"dossier-{language}-{width}-{light}.png"
                shoot("chromium-headless-shell", page.read_text("utf-8"), target, width)


if __name__ == "__main__":
    main()
