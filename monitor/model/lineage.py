"""Where reports of one event come from."""

from __future__ import annotations

from dataclasses import dataclass
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

    `outlet` is whatever names the outlet everywhere alike (its host, best); `copy_of` the
    first article of its group of copies, None where it is that itself.
    """

    id: int
    outlet: str
    agency: str | None = None
    aggregator: bool = False
    copy_of: int | None = None
