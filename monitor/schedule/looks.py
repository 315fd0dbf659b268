"""When an article that was told is looked at again: soon at first, then ever more seldom."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

# Most changes come within the first day; what is taken down later matters as much.
STEPS: Final = (
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
    timedelta(days=3),
    timedelta(days=7),
    timedelta(days=14),
    timedelta(days=30),
)
# A page that was not found may be back: gone is what was not there three times over a day.
GONE_LOOKS: Final = 3
GONE_SPAN: Final = timedelta(hours=24)
_GONE_AGAIN: Final = timedelta(hours=12)
# A text of which half is missing may have been sent by halves: it is looked at once more.
SHRUNK_LOOKS: Final = 2
_SHRUNK_AGAIN: Final = timedelta(hours=1)


def next_step(told_at: datetime, now: datetime, span: timedelta) -> datetime | None:
    """The next look after `now`, None when `span` from the first telling is over.

    Steps that passed meanwhile (the machine was off) are one. A span between two steps
    has its last look at its end.
    """
    ends = [step for step in STEPS if step < span]
    longest = STEPS[-1]
    while longest + STEPS[-1] < span:  # beyond the list: once a month
        longest += STEPS[-1]
        ends.append(longest)
    return next((told_at + step for step in (*ends, span) if told_at + step > now), None)


def confirm(suspect: str, since: datetime, times: int, now: datetime) -> datetime | None:
    """When to look again at what seems `gone` or `shrunk`; None when it is sure.

    `times` counts the looks that found it so, this one too; `since` is the first of them.
    """
    if suspect == "gone":
        sure = times >= GONE_LOOKS and now - since >= GONE_SPAN
        return None if sure else now + _GONE_AGAIN
    return None if times >= SHRUNK_LOOKS else now + _SHRUNK_AGAIN
