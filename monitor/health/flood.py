"""The flood gate: what seems new, but is the old under other addresses or from before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final

from monitor.model import Entry
from monitor.text.language import foreign

FLOOD: Final = 5  # fresh entries; fewer are no flood
# Feeds stand in caches for hours, dates are of a day or of another zone, and some sites
# publish once a day: so much older than the reading before is still the usual business.
_LATE = timedelta(hours=24)

_STORED = timedelta(minutes=2)  # by then all entries of the poll stand in the store
_PATIENCE = timedelta(minutes=30)


def flood(
    fresh: Sequence[Entry],
    known: Collection[str],
    *,
    last_read: datetime | None,
    now: datetime,
    language: str | None = None,
    resaid: int = 0,
) -> str | None:
    """Why the fresh entries of a poll are an upheaval of their source, None for news.

    `known` are the titles that this source has shown under other addresses. Half of the
    entries with a known title, or half of those that are dated with a date well
    before the reading before, is no publisher's habit: a layout, an address or a database
    has changed.
    A poll after a long gap brings much at once, but with dates since then.
    `language` is the source's, given where nothing that it showed before is left: an
    address that was sold speaks another one. `resaid` are known entries whose summaries no
    longer rule them out: a feed that begins to show some is no news about all of them.
    """
    if resaid >= FLOOD:
        return f"{resaid} known entries say something else under the headlines that they had"
    if last_read is None or len(fresh) < FLOOD:
        return None
    again = sum(entry.title in known for entry in fresh if entry.title)
    if again * 2 >= len(fresh):
        return f"{again} of {len(fresh)} new entries were shown before under other addresses"
    dated = [entry.published for entry in fresh if entry.published and entry.published <= now]
    before = sum(published < last_read - _LATE for published in dated)
    if len(dated) >= FLOOD and before * 2 >= len(dated):
        return f"{before} of {len(dated)} dated new entries are from long before the last reading"
    if language and foreign(" ".join(entry.title or "" for entry in fresh), language):
        return "nothing of before is left, and all is in another language"
    return None


def settled(began: datetime, told_at: datetime | None, pending: int, now: datetime) -> bool:
    """Whether a flood's summary is due: nothing of it is pending, or it has waited enough.

    What is held after a summary is told in another.
    """
    if pending == 0 and now - began >= _STORED:
        return True
    return now - (told_at or began) >= _PATIENCE
