"""Further parts of a text that boxes broke up: which of them beside one part go on in it."""

from __future__ import annotations

from typing import Final

from monitor.parse.lines import ends, leads_on, stems
from monitor.parse.marks import folded
from monitor.parse.page.addressed import speaks_to_reader
from monitor.parse.page.blocks import (
    Block,
    Box,
    below,
    is_prose,
    path,
)
from monitor.parse.page.boxes import kill

_STAMP_WORDS: Final = 20  # of both dates and their labels in one line
_CLOSE: Final = 2  # lines between two parts of a text
_SHARED: Final = 2  # words of a further part that the text has as well


def takes_in(parent: Box, part: Box, blocks: list[Block], head: int | None) -> bool:
    """Whether `parent` has further parts of the text of `part`; boxes that are none of it die."""
    paths = {path(block, parent) for block in blocks[part.start : part.end] if is_prose(block)}
    beside = [
        (at, block)
        for at, block in enumerate(blocks[parent.start : parent.end], parent.start)
        if not part.start <= at < part.end and is_prose(block)
    ]
    # What stands before the headline is none, however alike.
    first = head if head is not None and head < part.end else 0
    named = {way for way in paths if any(name for _, name in way)}
    kin = {at for at, block in beside if at > first and path(block, parent) in named}
    kin |= _told_alike(parent, part, [one for one in beside if one[0] > first], blocks, first)
    if not kin:
        return False
    for at, block in beside:
        if at in kin:
            continue
        outer = below(parent, block.box)
        around = outer.start <= part.start and part.end <= outer.end
        if (
            outer.parent is not parent
            or around
            or any(outer.start <= one < outer.end for one in kin)
        ):
            continue
        # A quotation or a box of facts is the text's; what has a heading or leads elsewhere is not.
        if outer.images or any(
            (one.line.heading or one.linked) and not one.is_dead
            for one in blocks[outer.start : outer.end]
        ):
            kill(blocks, outer)
    return True


def _told_alike(
    parent: Box, part: Box, beside: list[tuple[int, Block]], blocks: list[Block], head: int
) -> set[int]:
    """Paragraphs of boxes whose classes differ, but that are built alike and tell of what the part tells of.

    Such a box has sentences alone, and leads nowhere: an introduction, a column, the rest behind an advert.
    """

    def tags(block: Block) -> list[str]:
        return [tag for tag, _ in path(block, parent)]

    ways = [tags(one) for one in blocks[part.start : part.end] if is_prose(one)]
    found: set[int] = set()
    told: set[str] | None = None
    asked: set[int] = set()
    done = part.end
    inner = below(parent, part)
    own = (inner.tag, inner.name)
    columns = {_column(one, parent) for one in blocks[part.start : part.end] if is_prose(one)}
    for _, block in beside:
        outer = below(parent, block.box)
        if id(outer) in asked or outer.start <= part.start < outer.end:
            continue
        asked.add(id(outer))
        held = [one for one in blocks[outer.start : outer.end] if not one.is_dead]
        prose = [one for one in held if is_prose(one)]
        is_column = _column(block, parent) in columns - {None}
        is_kin = (outer.name != "" or outer.tag == "section") and (outer.tag, outer.name) == own
        if (
            (tags(block) not in ways and not is_kin and not is_column)
            or (outer.images and not is_column)
            or outer.forms
            or any(one.linked for one in held)
            or not all(ends(one.line.text) or leads_on(one.line.text) for one in prose)
        ):
            continue
        if told is None:
            told = stems(" ".join(one.line.text for one in blocks[part.start : part.end]))
            told |= stems(blocks[head].line.text)
        is_next = all(one.is_dead for one in blocks[done : outer.start])
        said = stems(" ".join(one.line.text for one in prose))
        is_headed = not is_kin and any(one.line.heading for one in held)
        is_close = (
            outer.start - done <= _CLOSE
            and sum(one.words for one in blocks[done : outer.start]) <= _STAMP_WORDS
        )
        if len(told & said) >= (1 if is_next else _SHARED) + 3 * is_headed or (
            is_close
            and not is_headed
            and not any(speaks_to_reader(folded(one.line.text)) for one in held)
        ):
            found.update(range(outer.start, outer.end))
            done = outer.end
            told |= said
    return found


def _column(block: Block, parent: Box) -> tuple[str, str] | None:
    """The innermost box with a name around a block, which a page builder has for text alone."""
    return next((step for step in path(block, parent) if step[1]), None)
