"""How sources and stories fare: values and `now` in, states and episodes out."""

from __future__ import annotations

from monitor.health.episodes import Plan, Subject, apart, due, plan, subject
from monitor.health.flood import FLOOD, flood, settled
from monitor.health.rhythm import AWAY, STILL, quiet, quiet_from, silence
from monitor.health.sources import (
    BROKEN,
    UNPOLLED,
    broken,
    cut_off,
    failing,
    fell,
    is_short,
    most_broken,
    no_network,
    state_of,
    unpolled,
    unread,
    usual,
)

__all__ = [
    "AWAY",
    "BROKEN",
    "FLOOD",
    "STILL",
    "UNPOLLED",
    "Plan",
    "Subject",
    "apart",
    "broken",
    "cut_off",
    "due",
    "failing",
    "fell",
    "flood",
    "is_short",
    "most_broken",
    "no_network",
    "plan",
    "quiet",
    "quiet_from",
    "settled",
    "silence",
    "state_of",
    "subject",
    "unpolled",
    "unread",
    "usual",
]
