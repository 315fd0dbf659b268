"""Where reports of one event come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

CreditKind = Literal["dateline", "author", "line", "cited", "own"]


@dataclass(frozen=True, slots=True)
class Credit:
    """The agency or outlet that an article credits, and where it does so.

    `kind`: before the first word, as the author, in a line of its own or in brackets at
    the end, in headline or lead ("Reuters reported"), or the outlet is the agency itself.
    """

    name: str
    kind: CreditKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One article of a development, as far as it tells who speaks.

    `outlet` is whatever names the outlet everywhere alike (its host, best), `name` is how a
    person knows it; `copy_of` the first article of its group of copies, None where it is that
    itself; `at` when it was published, or first seen.
    """

    id: int
    outlet: str
    agency: str | None = None
    aggregator: bool = False
    copy_of: int | None = None
    name: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """Where the text of an article comes from, and how well its event is confirmed.

    `first` is the outlet that had the text first, `copied_by` are the others that printed
    it, each once; `agency` is what any of its printings credits. `independent` counts the
    voices in all reports of the event (`monitor.fold.lineage.independent`).
    """

    first: str
    copied_by: tuple[str, ...] = ()
    agency: str | None = None
    independent: int = 0
