"""The group of copies that a fold puts an article into."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model import Fold, Known


def group_of(verdict: Fold, candidates: Sequence[Known]) -> int | None:
    """The first article of the group that the fold names, None for a new one."""
    for known in candidates:
        if known.id == verdict.original:
            return known.original or known.id
    return verdict.original
