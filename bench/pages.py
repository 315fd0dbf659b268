"""Article readers side by side on a folder of gold pages: F1 by words, foreign sentences, CPU.

    python bench/pages.py [FOLDER] [--repeat N] [--failures] [--padded]

The monitor's reader and those of trafilatura, readability-lxml and resiliparse
that are installed; the others are skipped. FOLDER holds `name.html` (bytes as
served) beside `name.json` (`url`, `content_type`, `text`, `foreign`). All read in
one process and in turns of changing order, once before they are timed; the CPU of a page is the least of its reads.
`--padded` hangs a real page's menu, side column and scripts (200 kB) under each.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monitor.errors import ParseError
from monitor.parse import charset, read_page
from monitor.parse.furniture import clean
from monitor.parse.markup import tree
from monitor.parse.page.body import read_lines
from monitor.text.words import words

GOLD = Path(__file__).parents[1] / "tests" / "data" / "gold-pages"
Reader = Callable[[bytes, dict[str, Any]], str]


@dataclass(frozen=True, slots=True)
class Score:
    """What one reader made of one page. `cpu` in milliseconds."""

    name: str
    f1: float
    precision: float
    recall: float
    foreign: tuple[str, ...]
    lost: tuple[str, ...]
    cpu: float


def main() -> None:
    """Print the table, and what the monitor's reader got wrong where it is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=GOLD)
    parser.add_argument("--repeat", type=int, default=5, help="timed reads of each page")
    parser.add_argument("--failures", action="store_true", help="what the monitor got wrong")
    parser.add_argument("--padded", action="store_true", help="pages as long as real ones")
    given = parser.parse_args()
    pages = [
        (path.stem, path.with_suffix(".html").read_bytes(), json.loads(path.read_text("utf-8")))
        for path in sorted(given.folder.glob("*.json"))
    ]
    if given.padded:
        pages = [(stem, padded(body), gold) for stem, body, gold in pages]
    print(f"{len(pages)} pages of {given.folder.name}\n")
    print(
        "| reader | F1 | precision | recall | pages without a foreign sentence"
        " | pages with no paragraph lost | CPU ms, median | CPU ms, mean |"
    )
    print("|---|---|---|---|---|---|---|---|")
    known = readers()
    scores: dict[str, list[Score]] = {name: [] for name in known}
    for stem, body, gold in pages:
        times = clock(known, body, gold, given.repeat)
        for name, read in known.items():
            scores[name].append(score(stem, read(body, gold), gold, times[name]))
    for name, found in scores.items():
        print(row(name, found))
    if given.failures:
        tell(next(iter(scores.values())))


def padded(body: bytes) -> bytes:
    """The page with three hundred links, 120 cards and 160 kB of scripts and styles under it."""
    links = "".join(
        f'<li class="menu-item"><a href="/s/{n}">Section {n}</a></li>' for n in range(300)
    )
    cards = "".join(
        f'<div class="card post-{n}"><a href="/a/{n}"><img src="/i/{n}.jpg" alt="">'
        f"<h4>What another story of the day says in its headline {n}</h4></a><span>2 May 2025</span></div>"
        for n in range(120)
    )
    script = 'var a={"k":1};function f(x){if(x<3&&x>1){return "<div>"+x}}' * 2_000
    under = (
        f'<nav class="main-menu"><ul>{links}</ul></nav><aside class="sidebar">{cards}</aside>'
        f"<script>{script}</script><style>{'.a .b{color:red}' * 2_000}</style></body>"
    )
    head, end, tail = body.rpartition(b"</body>")
    return head + under.encode() + tail if end else body + under.encode()


def readers() -> dict[str, Reader]:
    """Those that are installed, by name and version."""
    known: dict[str, tuple[str, Callable[[], Reader]]] = {
        "monitor": ("story-monitor", lambda: _monitor),
        "monitor, text alone": ("story-monitor", lambda: _text_alone),
        "trafilatura": ("trafilatura", lambda: _trafilatura(fast=False)),
        "trafilatura, fast": ("trafilatura", lambda: _trafilatura(fast=True)),
        "trafilatura, with title, author and date": ("trafilatura", _trafilatura_whole),
        "readability-lxml": ("readability-lxml", _readability),
        "resiliparse": ("resiliparse", _resiliparse),
    }
    found = {}
    for name, (package, made) in known.items():
        try:
            found[f"{name} {importlib.metadata.version(package)}"] = made()
        except ImportError:
            print(f"({name} is not installed)")
    return found


def _monitor(body: bytes, gold: dict[str, Any]) -> str:
    try:
        return read_page(body, url=gold["url"], content_type=gold.get("content_type")).text
    except ParseError:
        return ""


def _text_alone(body: bytes, gold: dict[str, Any]) -> str:
    """Without dates, authors and names; the headline is taken from `title`, site's name and all."""
    document = tree(charset.decode(body, gold.get("content_type")))
    named = document.css_first("title")
    title = named.text() if named else None
    return clean(read_lines(document, None, title), title).text


def _trafilatura(*, fast: bool) -> Reader:
    import trafilatura  # noqa: PLC0415  may be missing

    def read(body: bytes, gold: dict[str, Any]) -> str:
        found = trafilatura.extract(body, url=gold["url"], fast=fast, include_comments=False)
        return found or ""

    return read


def _trafilatura_whole() -> Reader:
    """What the monitor's reader does as well: the text and what the page says of itself."""
    import trafilatura  # noqa: PLC0415  may be missing

    def read(body: bytes, gold: dict[str, Any]) -> str:
        found = trafilatura.bare_extraction(
            body, url=gold["url"], include_comments=False, with_metadata=True
        )
        return (found.text if found else "") or ""

    return read


def _readability() -> Reader:
    import lxml.html  # noqa: PLC0415  may be missing
    import readability  # noqa: PLC0415  may be missing

    def read(body: bytes, gold: dict[str, Any]) -> str:
        summary = readability.Document(body, url=gold["url"]).summary(html_partial=True)
        return "\n".join(lxml.html.fromstring(summary).itertext()) if summary.strip() else ""

    return read


def _resiliparse() -> Reader:
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415  may be missing
    from resiliparse.parse.encoding import detect_encoding  # noqa: PLC0415  may be missing
    from resiliparse.parse.html import HTMLTree  # noqa: PLC0415  may be missing

    def read(body: bytes, gold: dict[str, Any]) -> str:
        tree = HTMLTree.parse_from_bytes(body, detect_encoding(body))
        return extract_plain_text(tree, main_content=True, alt_texts=False)

    return read


def clock(
    known: dict[str, Reader], body: bytes, gold: dict[str, Any], repeat: int
) -> dict[str, float]:
    """The CPU of one page in milliseconds for each reader, in turns so that all share the weather.

    Each turn has an order of its own: what comes behind its like finds the processor's caches warm.
    """
    times: dict[str, list[float]] = {name: [] for name in known}
    order = random.Random(0)  # the same orders in each run
    for turn in range(repeat + 1):
        for name in order.sample(list(known), len(known)):
            begun = time.process_time()
            known[name](body, gold)
            if turn:  # the first is to warm up
                times[name].append((time.process_time() - begun) * 1000)
    return {name: min(taken, default=0.0) for name, taken in times.items()}


def score(name: str, text: str, gold: dict[str, Any], cpu: float) -> Score:
    """What a reader made of one page."""
    found, wanted = Counter(words(text)), Counter(words(gold["text"]))
    both = (found & wanted).total()
    line = _line(text)
    return Score(
        name=name,
        f1=2 * both / max(1, found.total() + wanted.total()),
        precision=both / max(1, found.total()),
        recall=both / max(1, wanted.total()),
        foreign=tuple(one for one in gold["foreign"] if _line(one) in line),
        lost=tuple(one for one in gold["text"].split("\n\n") if _line(one) not in line),
        cpu=cpu,
    )


def _line(text: str) -> str:
    """Without blanks and list marks, which each reader sets as it likes."""
    return re.sub(r"[\s\u00a0•*|-]+", "", text)


def row(name: str, scores: list[Score]) -> str:
    """One line of the table."""
    mean = statistics.fmean
    cpu = [one.cpu for one in scores]
    return (
        f"| {name} | {mean(one.f1 for one in scores):.3f}"
        f" | {mean(one.precision for one in scores):.3f} | {mean(one.recall for one in scores):.3f}"
        f" | {sum(not one.foreign for one in scores)} | {sum(not one.lost for one in scores)}"
        f" | {statistics.median(cpu):.1f} | {mean(cpu):.1f} |"
    )


def tell(scores: list[Score]) -> None:
    """The pages that were not read whole and clean, each with its first faults."""
    for one in scores:
        if one.foreign or one.lost or one.f1 < 0.99:
            print(f"  {one.name}: F1 {one.f1:.3f}")
            for sign, texts in (("+", one.foreign), ("-", one.lost)):
                for text in texts[:4]:
                    print(f"    {sign} {text[:120]}")


if __name__ == "__main__":
    main()
