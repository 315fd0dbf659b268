"""What judging costs in CPU: a first look at an entry, a whole judgement, ten stories beside one.

    python bench/story.py

The texts are the labelled story stream of the tests, nearly all of it near the story.
CPU time (`time.process_time`). A daemon that has run for a day knows nearly every word
and no sentence of what comes: so the words of all texts are judged before, shuffled.
"""

from __future__ import annotations

import json
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from monitor.model import Entry, Seed, Story
from monitor.parse.seed import read_seed
from monitor.story.facts import facts
from monitor.story.glance import glance
from monitor.story.match import judge
from monitor.story.profile import Profile, learn

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds" / "north-korea-russia"
STREAM = ROOT / "tests" / "data" / "story-stream" / "dev.jsonl"
WORDS = 300

Row = dict[str, Any]


def _profile() -> Profile:
    files = sorted(path for path in SEEDS.iterdir() if not path.name.startswith("."))
    seeds: list[Seed] = [s for path in files for s in read_seed(path.name, path.read_bytes())]
    return learn(Story(name="soldiers", title="Soldiers", seeds=SEEDS), seeds)


def _micros(work: Callable[[Row], object], row: Row) -> float:
    began = time.process_time_ns()
    work(row)
    return (time.process_time_ns() - began) / 1000


def _median(work: Callable[[Row], object], rows: list[Row]) -> float:
    """Microseconds of CPU, the middle of all."""
    return statistics.median(_micros(work, row) for row in rows)


def _articles(rows: list[Row]) -> list[Row]:
    """The texts of each language joined to articles of about 300 words; none is used twice."""
    found: list[Row] = []
    for row in rows:
        if not row["text"]:
            continue
        last = found[-1] if found else None
        if last and last["lang"] == row["lang"] and len(last["text"].split()) < WORDS * 0.9:
            last["text"] += "\n\n" + row["text"]
        else:
            found.append({**row})
    return [row for row in found if len(row["text"].split()) >= WORDS * 0.8]


def main() -> None:
    """Print the figures as a table."""
    began = time.process_time()
    profile = _profile()
    learnt = time.process_time() - began
    rows = [json.loads(line) for line in STREAM.read_text("utf-8").splitlines()]
    one = {"s0": profile}
    ten = {f"s{n}": replace(profile, story=replace(profile.story, name=f"s{n}")) for n in range(10)}

    def look(profiles: dict[str, Profile]) -> Callable[[Row], object]:
        return lambda row: glance(
            profiles,
            Entry(
                url=row["url"], title=row["title"], summary=row["text"][:200], language=row["lang"]
            ),
            None,
        )

    def verdicts(profiles: dict[str, Profile]) -> Callable[[Row], object]:
        return lambda row: [
            judge(each, title=row["title"], text=row["text"], language=row["lang"])
            for each in profiles.values()
        ]

    def said(row: Row) -> object:
        return facts(profile, title=row["title"], text=row["text"], language=row["lang"])

    # Cut by language, so that the parts are alike.
    rows.sort(key=lambda row: row["lang"])
    before, first, second = _articles(rows[::3]), _articles(rows[1::3]), _articles(rows[2::3])
    chance = random.Random(1)
    for row in (*rows, *before, *first, *second):
        words = f"{row['title']} {row['text']}".split()
        chance.shuffle(words)
        known = {**row, "title": "", "text": " ".join(words)}
        verdicts(one)(known)
        said(known)
    other = [row for row in rows if row["band"] == "off" and row["near_miss"] is None]
    looks, looks_of_ten = _median(look(one), rows[1::3]), _median(look(ten), rows[2::3])
    far = _median(look(one), other)
    alone = _median(verdicts(one), first)
    tenfold = _median(verdicts(ten), second)
    length = statistics.median(len(row["text"].split()) for row in (*first, *second))
    print(f"learn a story from its seeds          {learnt * 1000:7.0f} ms")
    print(f"first look at an entry near the story {looks:7.0f} µs, ten stories {looks_of_ten:.0f}")
    print(f"first look at an entry far from it    {far:7.0f} µs")
    print(
        f"judge an article of {length:.0f} words         {alone:7.0f} µs, ten stories {tenfold:.0f}"
    )
    print(f"facts of an article, judged before    {_median(said, first):7.0f} µs")


if __name__ == "__main__":
    main()
