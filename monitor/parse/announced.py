"""What a feed announces of itself: how long it stays as it is, and its WebSub hub."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Final

from monitor.identify.address import absolute

_PERIODS: Final = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
# Less is no promise but a default gone wrong; more would make a feed dead on its own word.
_SHORTEST: Final = timedelta(minutes=1)
_LONGEST: Final = timedelta(weeks=1)
_DIGITS: Final = 6


def lifetime(feed: Mapping[str, Any]) -> timedelta | None:
    """How long the feed says that it stays as it is, up to a week; None where it says nothing sane.

    RSS 2.0's `ttl` in minutes, else the syndication module's period and frequency
    (web.resource.org/rss/1.0/modules/syndication).
    """
    minutes = _whole(feed.get("ttl"))
    if minutes is not None:
        return _within(timedelta(minutes=minutes))
    period = _PERIODS.get(str(feed.get("sy_updateperiod")).strip().lower())
    if period is None:
        return None
    stated = feed.get("sy_updatefrequency")
    times = 1 if stated is None else _whole(stated)
    return _within(period / times) if times else None


def address(links: Iterable[object], base: str, *, rel: str) -> str | None:
    """The first web address under a relation, such as `hub` or `self` (WebSub, 4)."""
    for link in links:
        if isinstance(link, Mapping) and str(link.get("rel")).lower() == rel:
            href = link.get("href")
            try:
                return absolute(href if isinstance(href, str) else "", base)
            except ValueError:
                continue
    return None


def _whole(text: object) -> int | None:
    digits = str(text).strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS else None


def _within(span: timedelta) -> timedelta | None:
    return min(span, _LONGEST) if span >= _SHORTEST else None
