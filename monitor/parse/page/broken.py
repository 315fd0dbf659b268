"""Paragraphs that a box, a label or another story's headline broke: where each goes on behind it."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from monitor.parse.furniture import is_label, without_trailer
from monitor.parse.lines import Line, ends, leads_on
from monitor.parse.page.blocks import HEADINGS, Block, Box, is_prose

_OPEN_WORDS: Final = 4  # of what stands before
_INSERT_WORDS: Final = 30
_FAR: Final = 4  # lines that part it, and are not known to be furniture yet


def mend(blocks: list[Block], container: Box, gaps: Container[int] | None = None) -> None:
    """Join each paragraph of a text that was broken; what stands between its parts dies.

    With `gaps`, the places where empty boxes stood, a paragraph may go on in the next element of its
    kind; else in its own element alone, or where that was closed. A text whose paragraphs end as they like has none.
    """
    held = range(container.start, container.end)
    prose = [blocks[at] for at in held if is_prose(blocks[at])]
    if sum(ends(block.line.text) for block in prose) * 5 <= len(prose) * 2:
        return
    for at in held:
        if not _is_open(blocks[at]):
            continue
        rest = _rest(blocks, at, container.end, gaps)
        if rest is not None and not is_label(blocks[at].line):
            _join(blocks[at], blocks[rest])
            for one in blocks[at + 1 : rest + 1]:
                one.is_dead = True


def _join(block: Block, rest: Block) -> None:
    block.line = Line(f"{block.line.text} {rest.line.text}")
    block.words += rest.words
    block.letters += rest.letters
    block.linked += rest.linked


def _is_open(block: Block) -> bool:
    """Whether a line is running text that does not end as a sentence does."""
    line = block.line
    return (
        not (block.is_dead or line.linked or line.heading)
        and block.words >= _OPEN_WORDS
        and not leads_on(line.text)
        and not ends(line.text)
        and not ends(without_trailer(line.text))
    )


def _rest(blocks: list[Block], start: int, end: int, gaps: Container[int] | None) -> int | None:
    """Where an open paragraph goes on, past what parted it; None where nothing did."""
    between: list[Block] = []
    parted = False
    before = blocks[start]
    for at in range(start + 1, end):
        block = blocks[at]
        parted = parted or block.is_dead or (gaps is not None and at in gaps)
        if block.is_dead:
            continue
        if not block.line.linked and ends(block.line.text):
            found = parted or between
            if found and _goes_on(before, block, beside=gaps is not None):
                return at if _are_inserts(between, before) else None
            return None
        if len(between) == _FAR or block.words > _INSERT_WORDS:
            return None
        between.append(block)
    return None


def _are_inserts(between: list[Block], before: Block) -> bool:
    """Whether lines are labels, calls and headlines that lead elsewhere."""
    return all(
        is_label(one.line) or (one.line.linked and one.box not in (before.box, before.box.parent))
        for one in between
    )


def _goes_on(before: Block, block: Block, *, beside: bool) -> bool:
    """Whether a line stands where the paragraph stood or where its element was closed."""
    if block.line.heading:
        return False
    one, other = before.box, block.box
    if other is one or other is one.parent:
        return True
    is_kin = one.parent is other.parent and one.tag == other.tag not in HEADINGS
    return beside and is_kin and is_prose(before)
