"""The whole table: our figures beside the bars, in one run (`make bench`).

python -m bench.table --reader .bench/reader/bin/python
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench import alert, cost, growth, polls, steady, waits
from bench.farm import ITEMS, Farm, addresses

_BARS = {  # must, aim
    "cold poll: times less CPU than reader": (6, 8),
    "cold poll / bare loop": (2.8, 2.2),
    "warm poll / bare loop": (1.25, 1.1),
    "5 % changed / bare loop": (1.5, 1.25),
    "conditional requests, from the 2nd poll on (%)": (100, 100),
    "good feeds beside bad hosts / clean poll (waiting alone)": (1.3, 1.3),
    "longest turn of the event loop, cold (CPU ms)": (100, 30),
    "store with search index, texts and evidence apart (bytes an article)": (1500, 1200),
    "an alert, full text included (CPU ms)": (60, 30),
    "start to READY (CPU s)": (3, 1),
    "memory at most (MB)": (200, 120),
    "idle (% of a core)": (0.5, 0.2),
    "monitor --help (CPU ms)": (200, 200),
    "monitor inspect url (CPU ms)": (200, 200),
}
_MORE_IS_BETTER = frozenset((next(iter(_BARS)), "conditional requests, from the 2nd poll on (%)"))


def row(what: str, figure: float) -> None:
    must, aim = _BARS[what]
    good = figure >= must if what in _MORE_IS_BETTER else figure <= must
    print(f"| {what} | {figure:.4g} | {must} | {aim} | {'' if good else 'missed'} |", flush=True)


def of_polls(work: Path, feeds: int, reader: Path | None) -> None:
    spent: dict[tuple[str, str], float] = {}
    asked: dict[str, int] = {}
    for poll, name, found, seen in polls.compare(work, feeds, reader=reader):
        spent[poll, name] = found.cpu
        if (poll, name) == ("warm", "ours"):
            asked = seen
        print(f"<!-- {poll} {name}: {1000 * found.cpu / feeds:.2f} ms a feed -->", flush=True)
    if reader is not None:
        row(
            "cold poll: times less CPU than reader", spent["cold", "reader"] / spent["cold", "ours"]
        )
    row("cold poll / bare loop", spent["cold", "ours"] / spent["cold", "httpx"])
    row("warm poll / bare loop", spent["warm", "ours"] / spent["warm", "httpx"])
    row("5 % changed / bare loop", spent["changed", "ours"] / spent["changed", "httpx"])
    share = 100 * min(asked.get("conditional", 0), asked.get("304", 0)) / feeds
    row("conditional requests, from the 2nd poll on (%)", share)
    database = work / "runs" / "own.db"
    without = polls.size(database, feeds * ITEMS)
    stored = polls.size(polls.indexed(database), feeds * ITEMS)
    row("store with search index, texts and evidence apart (bytes an article)", stored)
    print(f"<!-- {without:.0f} bytes before the search index is filled -->", flush=True)


def of_bad_hosts(work: Path, feeds: int) -> None:
    """A clean poll and one with slow, hanging and dead hosts; and the longest turn of the loop."""
    Farm(work / "farm-bad").sow(feeds)
    found: list[cost.Cost] = []
    with cost.serving(work / "farm-bad"):
        for bad in (False, True):
            listed = work / f"addresses-{bad}"
            listed.write_text("\n".join(addresses(feeds, bad=bad)))
            database = work / f"bad-{bad}.db"
            for file in work.glob(f"{database.name}*"):
                file.unlink()
            options = [*([] if bad else ["--stalls"]), "--deadline", "15"]
            found.append(
                cost.run([sys.executable, polls.HERE / "own.py", listed, database, *options])
            )
    clean, beside = found
    waited = waits.measure(work / "farm-bad", feeds)
    row("good feeds beside bad hosts / clean poll (waiting alone)", waited[1] / waited[0])
    wall = beside.told["good_s"] / clean.told["good_s"]
    print(
        f"<!-- {wall:.2f} on the wall, which says something on a quiet machine only -->", flush=True
    )
    row("longest turn of the event loop, cold (CPU ms)", clean.told["stall_ms"])


def of_the_daemon(work: Path, sources: int, articles: int) -> None:
    path = steady.declare(work.resolve() / "steady", sources)
    steady.fill(path.with_name("steady.db"), sources, articles)
    found = steady.watch(path, seconds=65)
    row("start to READY (CPU s)", found.start)
    row("memory at most (MB)", found.peak)
    row("idle (% of a core)", 100 * found.idle)


def of_commands(work: Path) -> None:
    cases = work / "cases.jsonl"
    cases.write_text('{"id": 1, "url": "https://a.example/1?utm_source=x"}\n')
    monitor = [sys.executable, "-m", "monitor"]
    for name, command in (("--help", ["--help"]), ("inspect url", ["inspect", "url", str(cases)])):
        costs = sorted(cost.run([*monitor, *command]).cpu for _ in range(3))
        row(f"monitor {name} (CPU ms)", 1000 * costs[1])


def main() -> None:
    parser = argparse.ArgumentParser(description="Our figures beside the bars.")
    parser.add_argument("--work", type=Path, default=Path(".bench"))
    parser.add_argument("--reader", type=Path, help="the Python of an environment that has it")
    parser.add_argument("--feeds", type=int, default=2_000)
    parser.add_argument("--sources", type=int, default=10_000)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--no-growth", action="store_true", help="leave the growth table out")
    asked = parser.parse_args()
    asked.work.mkdir(parents=True, exist_ok=True)
    print(
        f"| {asked.feeds} feeds; {asked.sources} sources, {asked.articles} articles | ours | must | aim | |"
    )
    print("|---|---|---|---|---|", flush=True)
    of_commands(asked.work)
    spent, _ = alert.measure(20)
    row("an alert, full text included (CPU ms)", spent)
    of_bad_hosts(asked.work, min(500, asked.feeds))
    of_polls(asked.work, asked.feeds, asked.reader)
    of_the_daemon(asked.work, asked.sources, asked.articles)
    if not asked.no_growth:
        print()
        growth.tables(
            asked.work / "growth", list(growth.FEEDS), list(growth.STORED), list(growth.STORIES)
        )


if __name__ == "__main__":
    main()
