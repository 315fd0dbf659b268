"""Silence against a rhythm: a source without new entries, a story without articles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from monitor.model import Episode

STILL: Final = timedelta(days=3)  # no source is quiet sooner
_PAUSES = 5  # fewer are no rhythm
_STILL_UNKNOWN = timedelta(days=14)
_FROZEN = timedelta(days=90)  # whatever the rhythm

_SILENT = timedelta(hours=72)
_SILENT_AT_MOST = timedelta(days=14)
_ARTICLES = 3
_WEEK = timedelta(days=7)
_RECENT = timedelta(days=90)
AWAY: Final = timedelta(days=2)  # without a poll; some run `monitor poll` once a day


def quiet(source: str, news: Sequence[datetime], now: datetime) -> Episode | None:
    """The trouble of a source that answers, but has shown nothing new for much too long.

    `news` are the times of its entries, or of the polls that brought some, oldest first.
    """
    if not news or now < quiet_from(news):
        return None
    longest = _longest(news)
    facts = {"pause": _hours(longest)} if longest else {}
    return Episode(source=source, state="quiet", reason="quiet", began=news[-1], facts=facts)


def quiet_from(news: Sequence[datetime]) -> datetime:
    """When a source with these news is quiet, if nothing more comes.

    A weekly paper is not quiet after three days: twice its longest pause is the measure,
    three times where few pauses are known.
    """
    longest = _longest(news)
    rhythm = len(news) > _PAUSES
    measure = max(longest * 2, STILL) if rhythm else max(longest * 3, _STILL_UNKNOWN)
    return news[-1] + min(measure, _FROZEN)


def _longest(news: Sequence[datetime]) -> timedelta:
    return max((b - a for a, b in pairwise(news)), default=timedelta(0))


def silence(
    story: str,
    articles: Sequence[datetime],
    began: datetime,
    away: Sequence[tuple[datetime, datetime]],
    now: datetime,
) -> Episode | None:
    """Whether a story has had no article for longer than is usual for it.

    `articles` are the times at which its *on* articles were judged since the baseline,
    oldest first; `began` is when the story was first followed. While the monitor was
    `away` (stopped, or without a network) no story can be called silent: its clock starts
    anew, and pauses across such a span are not its own. Its longest pause but one is
    usual, because the longest may have been a silence like this one.
    """
    recent = [when for when in articles if when > now - _RECENT]
    if len(recent) < _ARTICLES and now - began < _WEEK:
        return None
    pauses = sorted(
        b - a for a, b in pairwise(recent) if not any(a < end and start < b for start, end in away)
    )
    usual = pauses[-2] if len(pauses) > _PAUSES else pauses[-1] if pauses else timedelta(0)
    last = articles[-1] if articles else began
    since = max([last, *(end for _, end in away)])
    if now - since < min(max(_SILENT, usual * 3), _SILENT_AT_MOST):
        return None
    return Episode(
        story=story,
        state="silent",
        reason="silent",
        began=last,
        facts={"pause": _hours(usual)} if usual else {},
    )


def _hours(span: timedelta) -> str:
    return f"{span.total_seconds() / 3600:.0f}"
