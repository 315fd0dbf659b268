"""How well scores tell a story's articles from the rest, in the measures of the field."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

# TDT: a miss costs 1, a false alarm 0.1, one article in fifty is on topic; divided by
# the cost of a tracker that says no to all (NIST, Topic Detection and Tracking).
_FALSE_ALARM = 4.9


def average_precision(scored: Iterable[tuple[float, bool]]) -> float:
    """The mean of the precision at each article of the story, best score first.

    Ties are counted against us: of equal scores those off the story come first.
    0 where nothing is on the story.
    """
    ranked = sorted(scored, key=lambda each: (-each[0], each[1]))
    found = 0
    total = 0.0
    for place, (_, on) in enumerate(ranked, 1):
        if on:
            found += 1
            total += found / place
    return total / found if found else 0.0


def cost(scored: Sequence[tuple[float, bool]], edge: float = 0.5) -> float:
    """The normalised TDT tracking cost at an edge: misses + 4.9 times false alarms, as rates."""
    on = [score for score, belongs in scored if belongs]
    off = [score for score, belongs in scored if not belongs]
    misses = sum(score < edge for score in on) / len(on) if on else 0.0
    alarms = sum(score >= edge for score in off) / len(off) if off else 0.0
    return misses + _FALSE_ALARM * alarms


def least_cost(scored: Sequence[tuple[float, bool]]) -> float:
    """The least cost that any one edge reaches; saying no to all is one."""
    edges = {math.inf, *(score for score, _ in scored)}
    return min(cost(scored, edge) for edge in edges)


def b_cubed(pairs: Sequence[tuple[Hashable, Hashable]]) -> tuple[float, float, float]:
    """B-cubed precision, recall and their harmonic mean of (true, found) groups, one an item.

    An item's precision is the share of its found group that is truly with it, its
    recall the share of its true group that was found with it (Bagga and Baldwin, 1998).
    Zeros where there is nothing.
    """
    if not pairs:
        return 0.0, 0.0, 0.0
    true = Counter(group for group, _ in pairs)
    found = Counter(group for _, group in pairs)
    both = Counter(pairs)
    precision = sum(n * n / found[group] for (_, group), n in both.items()) / len(pairs)
    recall = sum(n * n / true[group] for (group, _), n in both.items()) / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)
