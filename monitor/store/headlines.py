"""A headline in eight bytes: the first half is alike for its spellings, the second tells them apart.

So one index finds an entry whose headline says the same, and one that stood under the very headline;
and a comparison of second halves tells whether it has changed, whatever folding the first are of.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from zlib import crc32

from monitor.store.rows import short
from monitor.text.arabic import fold, fold_each
from monitor.text.blanks import single

_HALF: Final = 32
_SECOND: Final = (1 << _HALF) - 1


def headline(title: str) -> int:
    """A headline as entries know it, a signed 64-bit integer."""
    return _first(fold(title)) << _HALF | short(title) & _SECOND


def headlines(titles: Sequence[str]) -> list[int]:
    """`headline` of each, folded together."""
    return [
        _first(folded) << _HALF | short(title) & _SECOND
        for title, folded in zip(titles, fold_each(titles), strict=True)
    ]


def has_changed(known: int | None, title: str | None) -> bool:
    """Whether a title is another than that of which `known` is the digest; None for none."""
    if known is None or title is None:
        return (known is None) is not (title is None)
    return (known ^ short(title)) & _SECOND != 0


def alike(title: str) -> tuple[int, int]:
    """The least and the greatest digest of headlines that are this one but for case, blanks and letter forms."""
    first = _first(fold(title)) << _HALF
    return first, first | _SECOND


def carried(known: int, title: str) -> int:
    """The digest of a title that an older program knew by `short` alone."""
    return headline(title) if known == short(title) else known


def _first(folded: str) -> int:
    # Signed, as SQLite's integers are.
    return crc32(single(folded).encode()) - (1 << _HALF - 1)
