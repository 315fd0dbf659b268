"""Where an article begins under its headline, without byline, dates and buttons."""

from __future__ import annotations

from typing import Final

from monitor.parse.lines import ends
from monitor.parse.page.blocks import HEADINGS, Block, Box, is_paragraph, is_prose
from monitor.parse.page.boxes import INNER
from monitor.parse.page.second import next_story
from monitor.parse.page.stamps import is_stamp

_STAMP_WORDS: Final = 12
_POINT_WORDS: Final = 4  # of a list of what is new
_POINTS: Final = 5  # lines of a standfirst
_STAND_WORDS: Final = 60
_ROWS: Final = 8  # lines between it and the text
# Blocks between headline and text, past which they do not belong together.
_HEAD_BLOCKS: Final = 20


def kill_head(blocks: list[Block], container: Box, head: int | None) -> int:
    """Where the article begins; byline, date and buttons between headline and text die.

    A standfirst or summary that stands under the headline, outside of the container, is kept.
    """
    end = next_story(blocks, container, head)
    for block in blocks[end : container.end]:
        block.is_dead = True
    if head is None or head >= container.end:
        return container.start
    first = _first(blocks, max(head + 1, container.start), container.end)
    if first is None:
        return container.start
    _kill_rows(blocks, first, container.end)
    if head < container.start and container.start - head > _HEAD_BLOCKS:
        return container.start
    for block in blocks[head:first]:
        # A standfirst is a sentence, whatever it is marked up as.
        told = ends(block.line.text) and (
            (is_prose(block) and not _is_caption(block))
            or (block.words >= 8 and block.line.text.endswith("."))
            or (block.box.tag == "li" and block.words >= _POINT_WORDS and not block.linked)
        )
        around = block.box.parent
        # A section's own heading, or a short paragraph; a headline's neighbours are neither.
        beside = around is blocks[first].box.parent and (
            (block.box.tag in HEADINGS and around is not blocks[head].box.parent)
            or (block.box.tag == "p" and ends(block.line.text))
            or (is_paragraph(block) and _opens(block))
        )
        # A heading straight above a list.
        beside = beside or (
            block is blocks[first - 1]
            and block.box.tag in HEADINGS
            and around is not None
            and head < around.start <= first < around.end
        )
        if not told and not beside:
            block.is_dead = True
    return head


def _is_caption(block: Block) -> bool:
    """Whether a line above the text stands under a picture and in the picture's box."""
    around = block.box.parent
    return (
        block.is_under and block.box.tag not in INNER and around is not None and around.images > 0
    )


def _first(blocks: list[Block], start: int, end: int) -> int | None:
    """The first running text of a stretch that is no row of dates: a sentence or its like, where paragraphs are."""
    held = [at for at in range(start, end) if is_prose(blocks[at])]
    ended = [at for at in held if ends(blocks[at].line.text)]
    likely = held
    if len(ended) * 2 > len(held):
        kinds = {_kind(blocks[at]) for at in ended}
        likely = [at for at in held if ends(blocks[at].line.text) or _kind(blocks[at]) in kinds]
    return next((at for at in likely if not is_stamp(blocks[at].line.text)), None)


def _kind(block: Block) -> tuple[str, str, int]:
    """The element that a line is, with its class and what it stands in."""
    return block.box.tag, block.box.name, id(block.box.parent)


def _kill_rows(blocks: list[Block], first: int, end: int) -> None:
    """Byline, dates and buttons between a standfirst and the text: a few short lines, one with a date."""
    holder = blocks[first].box
    while holder.parent is not None and holder.parent.end - holder.parent.start <= _POINTS:
        holder = holder.parent
    rest = _first(blocks, holder.end, min(end, holder.end + _ROWS))
    if rest is None or sum(block.words for block in blocks[first : holder.end]) > _STAND_WORDS:
        return
    between = [block for block in blocks[holder.end : rest] if not block.is_dead]
    if any(is_stamp(block.line.text) for block in between) and all(
        block.box.tag not in HEADINGS
        and block.box.tag not in {"p", "li"}
        and block.words <= _STAMP_WORDS
        and not _heads(block.box, first, rest)
        for block in between
    ):
        for block in between:
            block.is_dead = True


def _heads(row: Box, first: int, rest: int) -> bool:
    """Whether a row stands with what follows in a box that what came before is not in: an entry's date."""
    box: Box | None = row
    while box is not None and not box.start <= first < box.end:
        if box.start <= rest < box.end:
            return True
        box = box.parent
    return False


def _opens(block: Block) -> bool:
    """Whether a line leads on to what follows: "Workers of the port:"."""
    return block.words >= _POINT_WORDS and block.line.text.endswith((":", "："))
