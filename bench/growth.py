"""How the cost of a poll grows: with feeds, with what is stored, with stories.

    python -m bench.growth
    python -m bench.growth --feeds 200,2000,20000 --stored 0 --stories 1

Milliseconds of CPU a feed and the ratio to the bare loop of the same poll, as in `bench.polls`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from bench import polls

FEEDS = (200, 2_000)  # 20,000 take half an hour
STORED = (0, 100_000, 1_000_000)
STORIES = (1, 10, 100)


def line(what: str, work: Path, feeds: int, *, stories: int = 1, stored: int = 0) -> None:
    spent: dict[tuple[str, str], float] = {}
    peak = 0.0
    for poll, name, found, _ in polls.compare(
        work, feeds, reader=None, stories=stories, stored=stored
    ):
        spent[poll, name] = found.cpu
        peak = max(peak, found.peak if name == "ours" else 0.0)
    cells = [
        f"{1000 * spent[poll, 'ours'] / feeds:.1f} ({spent[poll, 'ours'] / spent[poll, 'httpx']:.2f})"
        for poll in polls.POLLS
    ]
    print(f"| {what} | {' | '.join(cells)} | {peak:.0f} |", flush=True)


def tables(work: Path, feeds: list[int], stored: list[int], stories: list[int]) -> None:
    """Each size in turn; what is stored and the stories over the least number of feeds."""
    print("| CPU ms a feed (ratio to the bare loop) | cold | warm | 5 % changed | peak MB |")
    print("|---|---|---|---|---|", flush=True)
    for count in feeds:
        line(f"{count:,} feeds", work, count)
    few = min(feeds)
    for count in stored:
        line(f"{few} feeds, {count:,} articles stored", work, few, stored=count)
    for count in stories:
        line(f"{few} feeds, {count} stories", work, few, stories=count)


def main() -> None:
    def numbers(text: str) -> list[int]:
        return [int(part) for part in text.split(",") if part]

    parser = argparse.ArgumentParser(description="How the cost of a poll grows.")
    parser.add_argument("--work", type=Path, default=Path(".bench"))
    parser.add_argument("--feeds", type=numbers, default=list(FEEDS))
    parser.add_argument("--stored", type=numbers, default=list(STORED))
    parser.add_argument("--stories", type=numbers, default=list(STORIES))
    asked = parser.parse_args()
    asked.work.mkdir(parents=True, exist_ok=True)
    tables(asked.work, asked.feeds, asked.stored, asked.stories)


if __name__ == "__main__":
    main()
