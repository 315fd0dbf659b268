"""The box of a page that holds an article's running text, widened over the parts that belong to it."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import Final

from monitor.parse.furniture import is_label
from monitor.parse.page.blocks import (
    HEADINGS,
    Block,
    Box,
    Sums,
    around,
    is_paragraph,
    is_prose,
)
from monitor.parse.page.entries import with_entries
from monitor.parse.page.gallery import past_pictures
from monitor.parse.page.parts import takes_in
from monitor.parse.page.stamps import is_stamp

_PARAGRAPHS: Final = frozenset(("p", "li", "blockquote", "h2", "h3", "h4"))
# Words of prose beside the headline that are an article, if a brief one.
_BRIEF_WORDS: Final = 15
# Words under which a box is no article, but one of the blocks of a broken up one.
_BLOCK_WORDS: Final = 60
_ENOUGH_WORDS: Final = 30
# The text that begins under the headline outweighs one that does not and is thrice as long.
_FIRST: Final = 3.0
_BEFORE: Final = 0.3
_HEADLINE_WORDS: Final = 3
_STANDFIRST_WORDS: Final = 50
_HEAD_BLOCKS: Final = 6  # under the headline, among which its dates stand
_DIGITS: Final = 8  # two days at least, or a day with its time
_STAMP_WORDS: Final = 20  # of both dates and their labels in one line
_FARTHEST: Final = 25  # boxes around the densest one that may be the article's


def find_container(blocks: list[Block], boxes: list[Box], head: int | None) -> Box:
    """The box with the most running text for its size, widened to the rest of the article.

    Parents of paragraphs are scored as Readability does: a paragraph counts for
    its parent in full and for the grandparent by half.
    """
    scores: dict[int, float] = defaultdict(float)
    held: dict[int, Box] = {}
    under: list[Block] = []
    columns = _columns(blocks)
    others = _others(blocks, head)
    for at, block in enumerate(blocks):
        if not is_prose(block):
            continue
        is_near = head is not None and 0 < at - head <= _HEAD_BLOCKS
        if is_near and block.words <= _STAMP_WORDS and _is_stamp(block.line.text):
            continue
        worth = 1 + block.words / 15
        if (head is not None and at < head) or at in others:
            worth *= _BEFORE
        elif head is not None and at > head and block.box.tag not in HEADINGS:
            under.append(block)
        holder = _holder(block)
        for share in (1.0, 0.5) if holder is not block.box else (1.0, 0.75, 0.3):
            if holder is None:
                break
            scores[id(holder)] += worth * share
            held[id(holder)] = holder
            holder = holder.parent
            if id(holder) in columns:
                break
    if not scores:
        return boxes[0]
    prose = Sums(blocks, lambda block: block.words if is_prose(block) else 0)
    first = _first(under, head)
    for box in (first, *around(first)) if first is not None else ():
        if id(box) in scores:
            scores[id(box)] *= _FIRST
    best = held[max(scores, key=lambda identity: scores[identity])]
    best = with_entries(_widened(best, blocks, prose, head), blocks, prose, head)
    home = _home(best, blocks, boxes, prose, head)
    return home or past_pictures(best, blocks, boxes, head)


def _others(blocks: list[Block], head: int | None) -> range:
    """What stands behind a further `h1`, or a linked headline, that comes after the text under the headline."""
    if head is None:
        return range(0)
    likely = [
        at
        for at in range(head + 1, len(blocks))
        if (tag := blocks[at].box.tag) == "h1"
        or (tag == "h2" and blocks[at].line.linked and blocks[at].words > _HEADLINE_WORDS)
    ]
    told, done = 0, head
    for at in likely:
        told += sum(map(is_prose, blocks[done:at]))
        done = at
        if told > 1 and not blocks[at].is_dead:
            return range(at, len(blocks))
    return range(0)


def _is_stamp(text: str) -> bool:
    """Whether a line as long as a paragraph is two dates with their labels."""
    return sum(map(str.isdigit, text)) >= _DIGITS and is_stamp(text)


def _columns(blocks: list[Block]) -> set[int]:
    """The table rows of which more than one cell has running text: a layout's, and nothing's box."""
    cells: dict[int, set[int]] = defaultdict(set)
    for block in blocks:
        if not is_prose(block):
            continue
        box = block.box
        for parent in islice(around(box), _FARTHEST):
            if parent.tag == "tr":
                cells[id(parent)].add(id(box))
            box = parent
    return {row for row, held in cells.items() if len(held) > 1}


def _holder(block: Block) -> Box | None:
    """The box of the text around a block; text parted by <br> stands in its own."""
    return block.box.parent if block.box.tag in _PARAGRAPHS else block.box


def _first(under: list[Block], head: int | None) -> Box | None:
    """The holder of the first text under the headline, past a standfirst with a box of its own."""
    if not under:
        return None
    own: dict[int, list[int]] = defaultdict(list)
    lines: dict[int, list[int]] = defaultdict(list)  # by the box around lines with a box each
    for block in under:
        own[id(_holder(block))].append(block.words)
        lines[id(block.box.parent)].append(block.words)
    first = _holder(under[0])
    if first is None or sum(small := own[id(first)]) > _STANDFIRST_WORDS:
        return first
    top = first if under[0].box.tag in _PARAGRAPHS else first.parent
    beside = head is not None and top is not None and top.start <= head < top.end
    for block in under[1:4]:
        for one, more in (
            (_holder(block), own[id(_holder(block))]),
            (block.box.parent if is_paragraph(block) else None, lines[id(block.box.parent)]),
        ):
            if one is None or one.start <= first.start < one.end:
                continue
            # One in the headline's box, and a text of paragraphs in a box of its own.
            apart = beside and head is not None and not one.start <= head
            if sum(more) >= sum(small) * 4 or (
                apart and len(small) == 1 < len(more) and sum(more) > sum(small)
            ):
                return one
    return first


def _widened(best: Box, blocks: list[Block], prose: Sums, head: int | None) -> Box:
    """The box around `best` that has the rest of a text broken up by boxes."""
    wider = best
    for parent in islice(around(best), _FARTHEST):
        if parent.tag == "tr" and prose.of(parent) > prose.of(wider):
            break  # columns
        size, more = prose.of(wider), prose.of(parent)
        # `main` often holds other stories too, and counts only where the part is a mere block.
        is_known = (
            parent.is_named
            or parent.tag == "article"
            or (parent.tag == "main" and size < _BLOCK_WORDS and more > size * 2)
        )
        if (more > size and takes_in(parent, wider, blocks, head)) or (
            is_known and more >= _ENOUGH_WORDS and more > size * 1.15
        ):
            wider = parent
    return wider


def _home(
    best: Box, blocks: list[Block], boxes: list[Box], prose: Sums, head: int | None
) -> Box | None:
    """The `article` or `main` around the headline, where the densest part lies outside of it.

    A brief, or a text of which each paragraph has a box of its own, is outweighed by a
    list of other stories' leads.
    """
    if head is None:
        return None
    for box in boxes:
        if (
            box.tag in {"article", "main"}
            and box.start <= head < box.end
            and prose.of(box) >= _BRIEF_WORDS
        ):
            within = box.start <= best.start and best.end <= box.end
            return None if within or _is_body(best, box, blocks) else box
    return None


def _is_body(best: Box, home: Box, blocks: list[Block]) -> bool:
    """Whether a box behind the headline's has the text: its paragraphs alone, where that has a standfirst."""
    outer = next((box for box in (best, *around(best)) if box.parent is home.parent), best)
    held = [
        block
        for block in blocks[best.start : best.end]
        if not (block.is_dead or is_label(block.line))
    ]
    return (
        home.tag == outer.tag == "article"
        and best.start >= home.end
        and sum(is_prose(block) for block in blocks[home.start : home.end]) == 1
        and sum(is_prose(block) for block in held) > 1
        and is_prose(held[0])
        and sum(block.linked for block in held) * 4 < sum(block.letters for block in held)
    )
