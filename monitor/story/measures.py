"""How well a story's articles are told from the rest and grouped, in the measures of the field."""

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
    return precision, recall, _harmonic(precision, recall)


def precision_recall(scored: Iterable[tuple[bool, bool]]) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean of (wanted, found); zeros for nothing found."""
    counts = Counter(scored)
    both = counts[True, True]
    precision = both / (both + counts[False, True]) if both else 0.0
    recall = both / (both + counts[True, False]) if both else 0.0
    return precision, recall, _harmonic(precision, recall)


def b_cubed_across(items: Sequence[tuple[Hashable, Hashable, str | None]]) -> float:
    """B-cubed F1 of (true, found, language), each compared with other languages' only."""
    precisions, recalls = [], []
    for true, found, language in items:
        others = [(t, f) for t, f, other in items if other != language]
        alike = [t for t, f in others if f == found]
        same = [f for t, f in others if t == true]
        if alike:
            precisions.append(sum(t == true for t in alike) / len(alike))
        if same:
            recalls.append(sum(f == found for f in same) / len(same))
    return _harmonic(_mean(precisions), _mean(recalls))


def alerts(items: Sequence[tuple[Hashable, bool]]) -> tuple[float, float]:
    """Alerts a development, and the share of developments without one, of (true, alerted)."""
    developments = {development for development, _ in items}
    if not developments:
        return 0.0, 0.0
    told = [development for development, alerted in items if alerted]
    return len(told) / len(developments), 1 - len(set(told)) / len(developments)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _harmonic(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0
