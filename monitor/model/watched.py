"""How sources and stories fare: rows of the ledger, and troubles from beginning to end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

State = Literal["ok", "quiet", "failing", "blocked", "gone", "misread", "offline", "new", "off"]
# The first five are of a source, `silent` of a story, the others of the monitor itself:
# most sources broken, our own network down, nothing polled for a day or longer, a channel
# on which a delivery was given up, a start by the former configuration as the file was wrong.
Trouble = Literal[
    "quiet",
    "failing",
    "blocked",
    "gone",
    "misread",
    "silent",
    "broken",
    "offline",
    "asleep",
    "unpolled",
    "undelivered",
    "former",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Successive polls of one source with one outcome: a row of the ledger.

    `outcome` is new, same, unchanged, not-modified, or a failure by its name;
    `entries` were shown at the first of them, `fresh` of these were new.
    """

    source: str
    outcome: str
    first: datetime
    last: datetime
    times: int = 1
    detail: str | None = None
    entries: int = 0
    fresh: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One trouble from its beginning to its end, of a source, a story or the monitor itself.

    `reason` is the name of the failure or of the rule that found it; `facts` are the
    figures of its sentence. `noted` is when it was first told from a passing fault, `known_at`
    when somebody took note of it.
    """

    state: Trouble
    reason: str
    began: datetime
    source: str | None = None
    story: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    id: int = 0
    noted: datetime | None = None
    told_at: datetime | None = None
    ended: datetime | None = None
    recovery_told_at: datetime | None = None
    known_at: datetime | None = None

    @property
    def about(self) -> str:
        """The name of what is in trouble: its source, its story, or `monitor`."""
        return self.source or self.story or "monitor"
