"""Fits the weights by which reports of a story without a name of its own are grouped (`monitor/story/weights.py`).

`python -m bench.joins` prints those that differ from the weights of other stories, then
how many pairs of report and open development go wrong in each story by the weights of all others. The
developments are grown by their labels; read are the odd rows of stories of other hands, and the
streams written to develop on (`own-*`). It asks for numpy.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

import numpy as np

from bench.shared import NAMELESS
from monitor.story.developments import absorb, opened
from monitor.story.facts import facts
from monitor.story.grouping import Development, evidence, usual
from monitor.story.weights import OF_MANY, WEIGHTS
from tests.labelled import STORIES, learnt, stream_of

OPEN = timedelta(hours=72)
# How closely the weights are held to those of other stories, and a wrong join beside one missed.
HELD = 2.0
WRONG = 2.0
STEPS = 3000
PACE = 0.3


class Pairs(NamedTuple):
    """The evidence of each pair of a story, and whether the report is the development's."""

    name: str
    found: np.ndarray
    true: np.ndarray


def pairs(name: str, *, odd: bool) -> Pairs:
    profile = learnt(name)
    known: dict[str, Development] = {}
    found, true = [], []
    for at, row in enumerate(stream_of(name)):
        if row["band"] != "on" or row["relation"] == "copy":
            continue
        now = datetime.fromisoformat(row["published"])
        own = facts(profile, title=row["title"], text=row["text"], language=row["lang"])
        often, name_of = usual(list(known.values()), now), row["development"]
        for label, each in known.items() if not (odd and at % 2) else ():
            if timedelta(0) <= now - each.last_new <= OPEN:
                found.append([evidence(own, each, now, often)[key] for key in WEIGHTS])
                true.append(float(label == name_of))
        fresh = row["relation"] != "repeat"
        if name_of in known:
            known[name_of] = absorb(known[name_of], at, own, now, fresh=fresh)
        else:
            known[name_of] = opened(at, own, now)
    return Pairs(name, np.array(found, float), np.array(true))


def fit(sets: list[Pairs]) -> np.ndarray:
    """Logistic regression by damped steps of Newton's method on each weight alone."""
    start = np.array(list(WEIGHTS.values()))
    rows, true = np.concatenate([e.found for e in sets]), np.concatenate([e.true for e in sets])
    counts, weights = np.where(true > 0, 1.0, WRONG), start.copy()
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (counts * (likely - true)) + 2 * HELD * (weights - start)
        bend = (rows**2).T @ (counts * np.maximum(likely * (1 - likely), 0.02)) + 2 * HELD
        weights -= PACE * slope / bend
    return weights


def wrong(each: Pairs, weights: np.ndarray) -> tuple[int, int]:
    """How many pairs are joined wrongly, and how many are wrongly not."""
    joined = each.found @ weights > 0
    return int((joined & (each.true == 0)).sum()), int((~joined & (each.true > 0)).sum())


def main() -> None:
    named = {
        **dict.fromkeys((*NAMELESS, "medicines"), True),
        **{p.name: False for p in sorted(STORIES.glob("own-*"))},
    }
    sets = [pairs(name, odd=odd) for name, odd in named.items()]
    fitted = dict(zip(WEIGHTS, (round(float(each), 2) for each in fit(sets)), strict=True))
    print({key: each for key, each in fitted.items() if each != WEIGHTS[key]})
    shipped = np.array(list(OF_MANY.values()))
    for each in sets:
        others = fit([other for other in sets if other is not each])
        print(
            f"{each.name:12} {len(each.true)} pairs, wrong joins and misses: "
            f"{wrong(each, np.array(list(WEIGHTS.values())))} by the weights of other stories, "
            f"{wrong(each, others)} by those of the seven others, {wrong(each, shipped)} as shipped"
        )


if __name__ == "__main__":
    main()
