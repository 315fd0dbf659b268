"""An address that may be followed, and how it is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LinkKind = Literal["feed", "article", "sitemap"]
# From sure to unsure: the body itself is one; a link tag or robots.txt names it; an
# anchor looks like one; the software that made the page has one; a usual path.
Found = Literal["itself", "declared", "linked", "platform", "guessed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One address to follow. `found` says how it is known; only `guessed` ones may not exist."""

    kind: LinkKind
    url: str
    title: str | None = None
    found: Found = "linked"
