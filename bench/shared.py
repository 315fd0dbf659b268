"""Fits the weights by which a story without a name of its own is told (`monitor/story/combined.py`).

`python -m bench.shared [NAME…]` prints them, then each story scored with the weights
of all others, with the rows that go wrong of those named. Read are odd rows of stories of other
hands (those that have names told without them), the streams written for this (`own-*`) and, at
little weight, the shipped story's that were read. It asks for numpy.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from monitor.story import combined, sharing
from monitor.story.measures import average_precision, cost
from monitor.story.names import FULL, Names
from monitor.story.parts import read_parts
from monitor.story.posts import posts
from monitor.story.profile import Profile
from monitor.story.vector import vector
from monitor.text.language import spoken
from tests.labelled import STORIES, Row, learnt, read_of, stream

# How much the rows of a story count together, beside how many they are.
NAMED = {"dam": 20, "takeover": 20, "bank": 20, "mussels": 20}
NAMELESS = {"protests": 60, "cuts": 90, "wells": 90}
OWN = 60
STREAMS = ("dev", "second", "third", "sixth", "seventh")
STREAM = 12
MOST = 1.5
# A false alarm beside a miss, and a *maybe*: its share of an *on*, and how much it counts.
FALSE = 3.0
MAYBE, MAYBE_COUNTS = 0.4, 0.3
SPEAKS_AGAINST = ("elsewhere", "other kinds", "live", "past")
# Of these there are few: they are held to at least so much against.
AT_LEAST = {"live": -2.0, "past": -3.5}
FREE = ("own language", "bare")
RIDGE = 0.001
STEPS = 6000
# Taken off the constant: what makes the mean cost of the seven left out in turn low.
EDGE = 0.4


class Rows(NamedTuple):
    """One story's rows, their features, and what they count together."""

    name: str
    rows: list[Row]
    features: list[dict[str, float]]
    counts: float


def nameless(names: Names) -> Names:
    """The names without those that tell the story, and their parts."""
    full = {
        part for name, weight in names.weights.items() if weight >= FULL for part in name.split(" ")
    }
    kept = {name: w for name, w in names.weights.items() if full.isdisjoint(name.split(" "))}
    return replace(
        names,
        weights=kept,
        stems={stem: own for stem, each in names.stems.items() if (own := tuple(n for n in each if n in kept))},
        sounds={key: own for key, each in names.sounds.items() if (own := tuple(p for p in each if p[0] in kept))},
        signs=tuple(pair for pair in names.signs if pair[1] in kept),
        terms=names.terms.intersection(kept),
        parts=names.parts.intersection(kept),
        solid=names.solid.intersection(kept),
    )  # fmt: skip


def rows_of(name: str, profile: Profile, rows: list[Row], counts: float) -> Rows:
    shared = profile.combined or sharing.shared(profile.seeds, nameless(profile.names))
    assert shared is not None
    found = []
    for row in rows:
        title, text, language = row["title"], row["text"], row["lang"]
        words, tongue = vector(f"{title}\n{text}", language), spoken(f"{title} {text}", language)
        parts = read_parts(title, text, tongue or "", shared.read, shared.towns)
        rest = shared.rest(parts, words, tongue)
        found.append(shared.features(parts, rest, live=bool(posts(title, text))))
    return Rows(name, rows, found, counts)


def read() -> Iterator[Rows]:
    for name, counts in {**NAMED, **NAMELESS}.items():
        yield rows_of(name, learnt(name), read_of(name), counts)
    for name in sorted(folder.name for folder in STORIES.glob("own-*")):
        yield rows_of(name, learnt(name), read_of(name), OWN)
    for name in STREAMS:
        yield rows_of(name, learnt(), stream(f"{name}.jsonl"), STREAM)


def fit(sets: Sequence[Rows]) -> dict[str, float]:
    """Logistic regression by gradient descent, each weight on the side on which it must be."""
    names = list(sets[0].features[0])
    wanted, counts, table = [], [], []
    for each in sets:
        share = min(MOST, each.counts / len(each.rows))
        for row, features in zip(each.rows, each.features, strict=True):
            maybe, off = row["band"] == "maybe", row["band"] == "off"
            table.append([*(features[name] for name in names), 1.0])
            wanted.append(MAYBE if maybe else float(not off))
            counts.append(share * (MAYBE_COUNTS if maybe else FALSE if off else 1.0))
    rows, target, weight = np.array(table), np.array(wanted), np.array(counts)
    against = [name.startswith(SPEAKS_AGAINST) for name in names]
    free = [name in FREE for name in names]
    low = [-99.0 if free[at] or against[at] else 0.0 for at in range(len(names))]
    high = [AT_LEAST.get(n, 0.0) if against[at] else 99.0 for at, n in enumerate(names)]
    found = np.zeros(len(names) + 1)
    for _ in range(STEPS):
        apart = weight * (1 / (1 + np.exp(-rows @ found)) - target)
        slope = rows.T @ apart / weight.sum() + RIDGE * np.append(found[:-1], 0.0)
        found = np.clip(found - slope, [*low, -99.0], [*high, 99.0])
    fitted = dict(zip([*names, "always"], map(float, found), strict=True))
    return {**fitted, "always": fitted["always"] - EDGE}


def show(each: Rows, weights: dict[str, float], *, wrong: bool) -> None:
    combined._WEIGHTS.clear()  # type: ignore[attr-defined]
    combined._WEIGHTS.update(weights)  # type: ignore[attr-defined]
    scored = [(combined.score(features), row) for row, features in zip(each.rows, each.features, strict=True)]  # fmt: skip
    told = [(score, row["band"] == "on") for score, row in scored if row["band"] != "maybe"]
    found = [score >= 0.3 for score, row in scored if row["band"] != "off"]
    print(
        f"{each.name:12} AP {average_precision(told):.3f} cost {cost(told):.3f} on or maybe {sum(found) / len(found):.2f}"
    )
    for score, row in scored if wrong else ():
        if row["band"] != "maybe" and (score >= 0.5) != (row["band"] == "on"):
            print(f"    {row['id']} {row['lang']} {row['band']} {score:.2f} {row['title']}")


def main() -> None:
    sets = list(read())
    print({name: round(weight, 2) for name, weight in fit(sets).items() if round(weight, 2)})
    for each in sets:
        others = [
            other
            for other in sets
            if other is not each and not (each.name in STREAMS and other.name in STREAMS)
        ]
        show(each, fit(others), wrong=each.name in sys.argv[1:])


if __name__ == "__main__":
    main()
