"""How many false alarms a week a story brings, from what is stored; or that nobody can say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

# Less than this is too little to say anything by.
_DAYS: Final = 7
_ARTICLES: Final = 200
_LABELS: Final = 5
# What passed the edge by less than this may as well be wrong.
_NEAR: Final = 0.1
# Older verdicts tell of other seeds and sources.
_LATELY: Final = timedelta(weeks=8)


@dataclass(frozen=True, slots=True)
class Scored:
    """One stored verdict; `label` is what its user said of the article, None for nothing."""

    at: datetime
    on: bool
    score: float
    label: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """False alarms a week. `rate` is None where too little is stored; `how` says it in words."""

    rate: float | None
    at_most: bool
    basis: Literal["labels", "near the edge", "too little"]
    how: str
    articles: int
    days: float


def estimate(scored: Sequence[Scored], edge: float, now: datetime) -> Estimate:
    """From the verdicts of the last eight weeks.

    Where at least five articles that were *on* have a label, the share of *no* among
    them is taken for all; else what was *on* by less than 0.1 and has no label is
    counted, and the figure is an upper bound.
    """
    lately = [each for each in scored if each.at >= now - _LATELY]
    days = max(((now - each.at).total_seconds() for each in lately), default=0.0) / 86_400

    def said(
        rate: float | None,
        basis: Literal["labels", "near the edge", "too little"],
        how: str,
    ) -> Estimate:
        return Estimate(
            rate=None if rate is None else round(rate, 1),
            at_most=basis == "near the edge",
            basis=basis,
            how=how,
            articles=len(lately),
            days=round(days, 1),
        )

    if days < _DAYS or len(lately) < _ARTICLES:
        return said(
            None,
            "too little",
            f"too little is stored to say: {len(lately)} articles in {days:.1f} days;"
            f" it takes {_ARTICLES} in {_DAYS} days",
        )
    weeks = days / 7
    on = [each for each in lately if each.on]
    told = [each for each in on if each.label is not None]
    if len(told) >= _LABELS:
        wrong = sum(each.label is False for each in told)
        return said(
            wrong / len(told) * len(on) / weeks,
            "labels",
            f"{wrong} of the {len(told)} labelled of {len(on)} articles on the story in"
            f" {days:.0f} days were labelled no; the rest is taken to be alike",
        )
    near = sum(each.label is not True and each.score < edge + _NEAR for each in on)
    return said(
        near / weeks,
        "near the edge",
        f"{near} of {len(on)} articles on the story in {days:.0f} days passed the edge"
        f" ({edge:.2f}) by less than {_NEAR} and nobody labelled them yes; as few as"
        f" {_LABELS} labels on articles of the story say more",
    )
