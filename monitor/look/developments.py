"""Developments as rows: the listing of a story's, and the reports of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from monitor.fold.lineage import independent
from monitor.store.desk import Marks
from monitor.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One development. `reports` in the order in which they came; `marks` are the desk's.

    `independent` is how many outlets have it of their own; `merged_into` what it became part
    of, where nothing is left of it.
    """

    reports: list[dict[str, Any]]
    marks: list[Marks]
    independent: int
    merged_into: int | None


def listing(
    store: Store, stories: Sequence[str], limit: int, before: tuple[str, int] | None = None
) -> list[dict[str, Any]]:
    """The stories' developments, the latest news first, with what the desk said of each.

    `before` is the `last_new` and the `id` of a row: only those that stand after it.
    """
    rows = store.developments.listing(stories, limit, before)
    marks = {name: store.desk.marks(name) for name in stories}
    for row in rows:
        mark = marks[row["story"]].get(row["id"], Marks())
        row |= {"name": mark.title, "muted": mark.muted, "notes": list(mark.notes)}
        row["told"] = (row["told"] or "").split()
        row["languages"] = sorted((row["languages"] or "").split())
    return rows


def shown(store: Store, stories: Sequence[str], number: int) -> Shown:
    """One development, in those of the stories that have it."""
    rows = [row for name in stories for row in store.developments.members(name, number)]
    reports = [each for name in stories for each in store.lineage.reports(name, number)]
    gone = [into for name in stories if (into := store.desk.merged_into(name, number))]
    credits_ = {report.id: report for report in reports}
    for row in rows:
        credit = credits_[row["id"]]
        row |= {"credited_to": credit.agency, "aggregator": credit.aggregator}
    return Shown(
        reports=rows,
        marks=[mark for name in stories if (mark := store.desk.marks(name).get(number))],
        independent=independent(reports),
        merged_into=gone[0] if gone and not rows else None,
    )
