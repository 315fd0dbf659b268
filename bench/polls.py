"""The polls of the table: ours, the bare loop and `reader` in turn, over one farm.

python -m bench.polls --feeds 2000 --reader .bench/reader/bin/python
"""

from __future__ import annotations

import argparse
import json
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

from bench import cost, steady
from bench.farm import ITEMS, Farm, addresses
from monitor.searching import fill
from monitor.store.store import Store

HERE = Path(__file__).resolve().parent
_AT_ONCE = 20  # articles that a poll brings
POLLS = ("cold", "warm", "changed")


def compare(
    work: Path, feeds: int, *, reader: Path | None, stories: int = 1, stored: int = 0
) -> Iterator[tuple[str, str, cost.Cost, dict[str, int]]]:
    """Each poll by each poller: (poll, poller, cost, what the farm was asked)."""
    farm, runs = Farm(work / "farm"), work / "runs"
    shutil.rmtree(runs, ignore_errors=True)
    runs.mkdir(parents=True)
    farm.sow(feeds)
    listed = runs / "addresses"
    listed.write_text("\n".join(addresses(feeds)))
    pollers = {
        "ours": [
            sys.executable,
            HERE / "own.py",
            listed,
            runs / "own.db",
            "--stories",
            str(stories),
        ],
        "httpx": [sys.executable, HERE / "bare.py", listed, runs / "bare.json"],
    }
    if reader is not None:
        pollers["reader"] = [reader, HERE / "peer.py", listed, runs / "reader.db"]
    if stored:
        steady.fill(runs / "own.db", 1_000, stored)
    with cost.serving(work / "farm"):
        for poll in POLLS:
            if poll == "changed":
                farm.advance(0.05)
            for name, command in pollers.items():
                cost.counts()
                spent = cost.run(command)
                yield poll, name, spent, cost.counts()


def indexed(database: Path) -> Path:
    """A copy of the store with its search index filled, a few articles at a time as they came."""
    full = database.with_name("indexed.db")
    shutil.copy(database, full)
    store = Store.open(full)
    with store.transaction():
        store.db.execute("create temp table waiting as select * from unsearched order by 1")
        store.db.execute("delete from unsearched")
    (count,) = store.db.execute("select count(*) from temp.waiting").fetchone()
    for start in range(1, count + 1, _AT_ONCE):
        with store.transaction():
            store.db.execute(
                "insert into unsearched select * from temp.waiting where rowid between ? and ?",
                [start, start + _AT_ONCE - 1],
            )
        fill(store)
    while store.retention.shrink(1_000):  # as the daemon does once a day
        pass
    store.close()
    return full


def size(database: Path, articles: int) -> float:
    """Bytes of the store for each article, texts and evidence apart."""
    connection = sqlite3.connect(database)
    pages = connection.execute("pragma page_count").fetchone()[0]
    pages *= connection.execute("pragma page_size").fetchone()[0]
    apart = sum(
        connection.execute(f"select coalesce(sum(length({column})), 0) from {table}").fetchone()[0]  # noqa: S608 - our own names
        for table, column in (("texts", "packed"), ("unsearched", "cast(text as blob)"), ("bodies", "packed"), ("entries", "cast(payload as blob)"))
    )  # fmt: skip
    connection.close()
    return float(pages - apart) / articles


def main() -> None:
    parser = argparse.ArgumentParser(description="Ours, the bare loop and reader in turn.")
    parser.add_argument("--work", type=Path, default=Path(".bench"))
    parser.add_argument("--feeds", type=int, default=2_000)
    parser.add_argument("--stories", type=int, default=1)
    parser.add_argument("--stored", type=int, default=0, help="articles in the store before")
    parser.add_argument("--reader", type=Path, help="the Python of an environment that has it")
    asked = parser.parse_args()
    spent: dict[tuple[str, str], float] = {}
    print(f"{asked.feeds} feeds, CPU milliseconds a feed; ratios to the bare loop of the same poll")
    for poll, name, found, seen in compare(
        asked.work,
        asked.feeds,
        reader=asked.reader,
        stories=asked.stories,
        stored=asked.stored,
    ):
        spent[poll, name] = found.cpu
        print(
            f"{poll:8} {name:7} {found.cpu * 1000 / asked.feeds:8.2f} ms  wall {found.wall:6.1f} s"
            f"  peak {found.peak:5.0f} MB  {json.dumps(found.told)} {json.dumps(seen)}",
            flush=True,
        )
    for poll in POLLS:
        ours = spent[poll, "ours"]
        line = f"{poll:8} {ours / spent[poll, 'httpx']:6.2f} of the bare loop"
        if (poll, "reader") in spent:
            line += f", {spent[poll, 'reader'] / ours:6.2f} times less than reader"
        print(line)
    stored = asked.work / "runs" / "own.db"
    count = asked.feeds * ITEMS + asked.stored
    print(f"store    {size(stored, count):6.0f} bytes an article, texts and evidence apart")
    print(f"         {size(indexed(stored), count):6.0f} with the search index filled")


if __name__ == "__main__":
    main()
