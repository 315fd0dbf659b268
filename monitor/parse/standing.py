"""Blocks that stand under a site's articles whatever they tell of: unmarked teasers, stock lines, appeals.

A block of an article is known by a digest. It goes where two other articles of
the site have it too. Other addresses of the same article are no other articles,
a text keeps its lead, and what all is seen elsewhere stays whole.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from monitor.model import Trace
from monitor.parse.lines import words
from monitor.parse.shown import bare

_OTHERS: Final = 2  # articles that must have a block as well
_DOUBTFUL: Final = 5  # where they have most of the article, or where the block is short
_SHORT: Final = 5  # words below which the article's own lines repeat: a subheading, a table's cell
_PROSE: Final = 8
_EDGE: Final = 75  # blocks at either end that are looked at: a hostile page has a million


def traces(text: str) -> tuple[Trace, ...]:
    """One trace for each paragraph in order; of a very long text those of its head and its foot."""
    return tuple(map(_trace, _seen(text.split("\n\n"))))


def without_standing(text: str, others: Sequence[tuple[Trace, ...]]) -> str:
    """The text without the blocks that stand in other articles of its site.

    `others` are the traces of the site's other addresses. Returns the text itself
    where nothing goes.
    """
    paragraphs = text.split("\n\n")
    own = traces(text)
    held = {trace.digest: trace for trace in own}
    lead = _lead(own)
    sure, all_of = _witnesses(held, lead, others)

    def stands(trace: Trace) -> bool:
        if trace.digest == lead:
            return False
        count = len(all_of.get(trace.digest, ()))
        if trace.words < _SHORT:
            return count >= _DOUBTFUL and count * 2 >= len(others)
        return len(sure.get(trace.digest, ())) >= _OTHERS or count >= _DOUBTFUL

    standing = {digest for digest, trace in held.items() if stands(trace)}
    # A teaser's short headline goes with what is under it.
    for above, under in zip(own[-2::-1], own[:0:-1], strict=True):
        known = len(sure.get(above.digest, ())) >= _OTHERS
        if under.digest in standing and known and above.digest != lead:
            standing.add(above.digest)
    if not standing or not any(
        trace.words >= _PROSE and trace.digest not in standing for trace in own
    ):
        return text
    marks: dict[str, int] = {
        one: trace.digest for one, trace in zip(_seen(paragraphs), own, strict=True)
    }
    return "\n\n".join(one for one in paragraphs if marks.get(one) not in standing)


def _witnesses(
    held: Mapping[int, Trace], lead: int | None, others: Sequence[tuple[Trace, ...]]
) -> tuple[Mapping[int, set[int]], Mapping[int, set[int]]]:
    """Which other articles have each block: those that are mostly another text, and all of them.

    An article is known by its lead, so that its second address is no second witness.
    """
    sure: dict[int, set[int]] = defaultdict(set)
    all_of: dict[int, set[int]] = defaultdict(set)
    size = sum(trace.words for trace in held.values())
    for number, other in enumerate(others):
        theirs = {trace.digest: trace.words for trace in other}
        shared = held.keys() & theirs.keys()
        if not shared:
            continue
        common = sum(theirs[digest] for digest in shared)
        whole = sum(theirs.values())
        their_lead = _lead(other)
        meet = lead in theirs or their_lead in held
        if meet and common * 2 >= min(size, whole):
            continue  # the same article
        witness = number if their_lead is None else their_lead
        is_other = common * 2 <= max(size, whole)
        for digest in shared:
            all_of[digest].add(witness)
            if is_other:
                sure[digest].add(witness)
    return sure, all_of


def _lead(of: Sequence[Trace]) -> int | None:
    """The first paragraph of running text; of lines alone the first."""
    first = next((trace for trace in of if trace.words >= _PROSE), of[0] if of else None)
    return first.digest if first else None


def _seen(paragraphs: Sequence[str]) -> Sequence[str]:
    return (
        paragraphs if len(paragraphs) <= 2 * _EDGE else [*paragraphs[:_EDGE], *paragraphs[-_EDGE:]]
    )


def _trace(paragraph: str) -> Trace:
    digest = hashlib.blake2b(bare(paragraph).encode(), digest_size=8).digest()
    return Trace(int.from_bytes(digest, "big", signed=True), min(words(paragraph), 0xFFFF))
