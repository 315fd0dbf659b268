"""What an article costs to identify, propose for, fold and store, beside how much the store holds.

    .venv/bin/python bench/fold.py [--articles 1000000] [--days 14] [--probes 300]
    .venv/bin/python bench/fold.py --near

Fills a store in a temporary folder with synthetic articles (made here of invented words and
a common vocabulary), spread over the days of the window, and settles the same
probes in an empty store and in the full one: CPU time per article.
A probe is news of its own, a copy of an earlier probe, or a bare headline.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from monitor.fold.features import features
from monitor.fold.fold import fold, keys, likest
from monitor.identify.article import identify
from monitor.identify.fingerprint import fingerprint
from monitor.model import Entry, Known, Page, Source
from monitor.store.rows import deflate, pack, short, stamp
from monitor.store.store import Store

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
SOURCE = Source(name="bench", url="https://bench.example/feed", language="ar")
WINDOW = timedelta(days=14)


def vocabulary(chance: random.Random, size: int) -> tuple[list[str], list[float]]:
    words = ["".join(chance.choices(LETTERS, k=chance.randint(3, 9))) for _ in range(size)]
    return words, list(accumulate(1 / (rank + 3) for rank in range(size)))


def probes(chance: random.Random, number: int) -> Iterator[tuple[str, str]]:
    """Titles and texts in the lengths of agency news, words by Zipf's law."""
    words, weights = vocabulary(chance, 20_000)

    def line(length: int) -> str:
        return " ".join(chance.choices(words, cum_weights=weights, k=length))

    told: list[tuple[str, str]] = []
    for at in range(number):
        if at % 10 == 3 and told:
            _, text = chance.choice(told)
            yield line(9), text
        elif at % 10 == 7:
            yield line(9), ""
        else:
            text = "\n\n".join(
                ". ".join(line(chance.randint(12, 28)) for _ in range(3)) + "." for _ in range(4)
            )
            told.append((line(9), text))
            yield told[-1]


def settle(store: Store, title: str, text: str, number: int) -> str:
    """Identify, propose, fold and store one article, as the settler does."""
    url = f"https://bench.example/probe/{number}"
    entry = Entry(url=url, title=title, language="ar")
    article = identify(SOURCE, entry, Page(url=url, text=text) if text else None, NOW)
    cheap = keys(article)
    candidates = store.articles.candidates(article, cheap, NOW - WINDOW, likest)
    verdict = fold(article, candidates)
    store.articles.add(article, verdict, cheap)
    return verdict.relation


def pairs_of(told: Iterable[tuple[str, str]]) -> set[str]:
    """The keys of the probes that are pairs of words."""
    found: set[str] = set()
    for title, text in told:
        entry = Entry(url="https://bench.example/", title=title, language="ar")
        article = identify(SOURCE, entry, Page(url=None, text=text), NOW)
        found.update(key for key in keys(article) if key.startswith("w:"))
    return found


def fill(store: Store, articles: int, days: float, pairs: Iterable[str]) -> None:
    """Rows as `Articles.add` writes them."""
    chance = random.Random(2)
    sketch = pack(tuple(chance.getrandbits(32) for _ in range(64)))
    connection = store.db.conn
    start = NOW - timedelta(days=days)
    step = timedelta(days=days) / max(articles, 1)
    connection.execute("pragma synchronous=off")
    connection.execute("begin")
    connection.executemany(
        """insert into articles (id, url, link, source, title, kind, language, first_seen,
             exact, title_print, sketch, words, relation)
           values (?1, 'https://a.example/' || ?1, 'https://a.example/' || ?1, 'bench', ?2, 'full',
             'ar', ?3, ?4, ?4, ?5, 60, 'new')""",
        (
            (
                at,
                "عنوان",
                stamp(start + at * step),
                f"{chance.getrandbits(128):032x}",
                sketch,
            )
            for at in range(1, articles + 1)
        ),
    )
    packed = deflate("نص " * 60)
    connection.executemany(
        "insert into texts (article_id, packed) values (?, ?)",
        ((at, packed) for at in range(1, articles + 1)),
    )
    connection.create_function("short", 1, short)
    connection.execute(
        "insert or ignore into addresses select short(url), id from articles order by 1"
    )
    # Ten keys of an article are its own; twelve are pairs of words, those of the probes among
    # them, by Zipf's law: some crowded, most rare. In ascending order, as a b-tree likes.
    span = 2**64 // (articles * 10 + 1)
    connection.executemany(
        "insert or ignore into fold_keys (key, article_id) values (?, ?)",
        ((at * span - 2**63, chance.randint(1, articles)) for at in range(1, articles * 10 + 1)),
    )
    pairs = list(pairs)
    chance.shuffle(pairs)
    share = 12 * articles / sum(1 / (rank + 10) for rank in range(len(pairs)))
    crowds = sorted((short(key), int(share / (rank + 10)) + 1) for rank, key in enumerate(pairs))
    connection.executemany(
        "insert or ignore into fold_keys (key, article_id) values (?, ?)",
        (
            (digest, article_id)
            for digest, crowd in crowds
            for article_id in sorted(chance.randint(1, articles) for _ in range(crowd))
        ),
    )
    connection.execute("commit")
    connection.execute("pragma synchronous=full")


def filled(path: Path, told: list[tuple[str, str]], articles: int, days: float) -> Store:
    """A store with so many articles."""
    store = Store.open(path)
    began = time.process_time()
    if articles:
        fill(store, articles, days, sorted(pairs_of([*told, *probes(random.Random(3), 1_000)])))
        size = path.stat().st_size / 2**20
        print(
            f"filled with {articles:,} articles: {time.process_time() - began:.0f} s CPU, {size:.0f} MB"
        )
    return store


def measure(told: list[tuple[str, str]], stores: Sequence[Store]) -> list[list[float]]:
    """Milliseconds of each probe in each store: in turn, so that other work on the machine tells
    on all alike, and far enough apart that what is remembered of a text is forgotten."""
    times: list[list[float]] = [[] for _ in stores]
    apart = len(told) // len(stores)
    for at in range(len(told)):
        for number, store in enumerate(stores):
            title, text = told[(at + number * apart) % len(told)]
            with store.transaction():
                start = time.process_time()
                settle(store, title, text, at)
                times[number].append((time.process_time() - start) * 1000)
    return times


def near() -> None:
    """A bare headline and a rewritten text against fifty near-equal texts, nothing read before."""
    (_, text), *_ = probes(random.Random(4), 1)
    words = text.split()
    known = [
        Known(
            id=at,
            url=f"https://bench.example/near/{at}",
            addresses=(),
            title=" ".join(words[:9]),
            text=text.replace(words[12], str(100 + at), 1),
            language="ar",
            first_seen=NOW,
            fingerprint=fingerprint(" ".join(words[:9]), text.replace(words[12], str(100 + at), 1)),
        )
        for at in range(50)
    ]
    rewritten = "\n\n".join(
        " ".join(word if at % 9 else word[::-1] for at, word in enumerate(part.split()))
        for part in text.split("\n\n")
    )
    for name, title, body in (
        ("headline", " ".join(words[20:29]), ""),
        ("rewritten", " ".join(words[:9]), rewritten),
    ):
        entry = Entry(url="https://bench.example/", title=title, language="ar")
        article = identify(SOURCE, entry, Page(url=None, text=body) if body else None, NOW)
        times = []
        for _ in range(5):
            features.cache_clear()
            start = time.process_time()
            fold(article, known)
            times.append((time.process_time() - start) * 1000)
        print(f"{name} against 50 near-equal texts, cold: {statistics.median(times):.1f} ms")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--articles", type=int, default=1_000_000)
    options.add_argument("--days", type=float, default=14, help="over which they are spread")
    options.add_argument("--probes", type=int, default=300)
    options.add_argument("--near", action="store_true", help="only against fifty near-equal texts")
    chosen = options.parse_args()
    if chosen.near:
        near()
        return
    told = list(probes(random.Random(1), chosen.probes))
    with tempfile.TemporaryDirectory() as folder:
        # Whoever comes first would pay for the words of all.
        known = Store.open(Path(folder) / "warm.db")
        measure(told, [known])
        nothing = Store.open(Path(folder) / "empty.db")
        everything = filled(Path(folder) / "full.db", told, chosen.articles, chosen.days)
        empty, full = measure(told, [nothing, everything])
        for store in (known, nothing, everything):
            store.close()
    for name, times in (("empty", empty), ("full", full)):
        print(
            f"{name:5}  mean {statistics.mean(times):.2f} ms, median {statistics.median(times):.2f},"
            f" 95th of 100 {statistics.quantiles(times, n=20)[-1]:.2f}"
        )
    print(
        f"ratio {statistics.mean(full) / statistics.mean(empty):.2f} of means,"
        f" {statistics.median(full) / statistics.median(empty):.2f} of medians"
    )


if __name__ == "__main__":
    main()
