"""What judging costs in CPU: a first look at an entry, a whole judgement, ten stories beside one.

    python bench/story.py

The texts are labelled story streams of the tests, nearly all of it near the story.
CPU time (`time.process_time`). A daemon that has run for a day knows nearly every word
and no sentence of what comes: so the words of all texts are judged before, shuffled.
Ten stories are one story ten times, the most that ten can cost; and ten with words of
their own, each with another country or person beside it. A story that has run for long knows
sentences that stand under everything, and looks for them in what it judges.
"""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections.abc import Callable, Collection
from dataclasses import replace
from itertools import islice

from monitor.identify.wording import wording
from monitor.model import Corrections, Entry
from monitor.story.background import marks
from monitor.story.facts import facts
from monitor.story.glance import Glancer
from monitor.story.match import judge
from monitor.story.profile import Profile, learn
from monitor.story.vector import vector
from monitor.text.outlet import calls_its_reader
from monitor.text.words import sentences
from tests.labelled import STORY, Row, shipped, stream

READ = ("dev", "second", "third")
OWN = ("Choson", "فيتنام", "Iran", "سوريا", "Venezuela", "Белоруссия", "Kasachstan", "Serbie", "Wagner", "미얀마")  # fmt: skip
WORDS = 300
LINE = 20  # words of a line that is short enough to be an outlet's own
BACKGROUND = 100  # sentences


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
    seeds, story = shipped(), STORY
    profile = learn(story, seeds)
    learnt = time.process_time() - began
    rows = [row for name in READ for row in stream(f"{name}.jsonl")]
    one = {"s0": profile}
    apart = {
        word: learn(replace(story, corrections=Corrections(aliases={"who": (word,)})), seeds)
        for word in OWN
    }
    ten = {f"s{n}": replace(profile, story=replace(profile.story, name=f"s{n}")) for n in range(10)}

    def look(glancer: Glancer) -> Callable[[Row], object]:
        return lambda row: glancer.glance(
            Entry(
                url=row["url"],
                title=row["title"],
                summary=row.get("summary", row["text"][:200]),
                language=row["lang"],
            ),
            None,
        )

    def verdicts(
        profiles: dict[str, Profile], background: Collection[int] = ()
    ) -> Callable[[Row], object]:
        return lambda row: [
            judge(
                each,
                title=row["title"],
                text=row["text"],
                language=row["lang"],
                background=background,
            )
            for each in profiles.values()
        ]

    def said(row: Row) -> object:
        return facts(profile, title=row["title"], text=row["text"], language=row["lang"])

    # Cut by language, so that the parts are alike.
    rows.sort(key=lambda row: row["lang"])
    first, second, third, fourth = (_articles(rows[at::4]) for at in range(4))
    chance = random.Random(1)
    glancers = [Glancer(stories) for stories in (one, ten, apart)]
    for row in (*rows, *first, *second, *third, *fourth):
        words = f"{row['title']} {row['text']}".split()
        chance.shuffle(words)
        known = {**row, "title": "", "text": " ".join(words), "summary": " ".join(words)}
        for glancer in glancers:
            look(glancer)(known)
        verdicts(apart)(known)
        said(known)
        vector(known["text"], row["lang"])
        wording(known["text"])
        for at in range(0, len(words), LINE):
            calls_its_reader((" ".join(words[at : at + LINE]),))
    stands = (line for row in third for line in sentences(row["text"]))
    standing = frozenset(mark for line in islice(stands, BACKGROUND) for mark in marks(line))
    gc.collect()
    gc.freeze()  # as the daemon does once it is put together
    other = [row for row in rows if row["band"] == "off" and row["near_miss"] is None]
    near = [_median(look(each), rows[at::3]) for at, each in enumerate(glancers)]
    far = [_median(look(each), other[at::3]) for at, each in enumerate(glancers)]
    parts = zip((one, ten, apart), (first, second, third), strict=True)
    whole = [_median(verdicts(stories), texts) for stories, texts in parts]
    aware = _median(verdicts(one, standing), fourth)
    length = statistics.median(len(row["text"].split()) for row in (*first, *second, *third))
    print(f"learn a story from its seeds          {learnt * 1000:7.0f} ms")
    for what, times in (
        ("look at an entry near the story", near),
        ("look at an entry far from it", far),
        (f"judge an article of {length:.0f} words", whole),
    ):
        print(
            f"{what:37} {times[0]:7.0f} µs, ten stories {times[1]:5.0f} ({times[1] / times[0]:.1f}),"
            f" with words of their own {times[2]:5.0f} ({times[2] / times[0]:.1f})"
        )
    print(f"the same, {BACKGROUND} sentences being background  {aware:7.0f} µs")
    print(f"facts of an article, judged before    {_median(said, first):7.0f} µs")


if __name__ == "__main__":
    main()
