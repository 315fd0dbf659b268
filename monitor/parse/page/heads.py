"""Where an article begins under its headline, without byline, dates and buttons."""

from __future__ import annotations

from typing import Final

from monitor.parse.lines import ends, leads_on
from monitor.parse.page.blocks import HEADINGS, Block, Box, is_paragraph, is_prose
from monitor.parse.page.second import next_story
from monitor.parse.page.stamps import is_stamp

_POINT_WORDS: Final = 4  # of a list of what is new
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
    if head < container.start and container.start - head > _HEAD_BLOCKS:
        return container.start
    for block in blocks[head:first]:
        # A standfirst is a sentence, whatever it is marked up as.
        told = ends(block.line.text) and (
            is_prose(block)
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


def _opens(block: Block) -> bool:
    """Whether a line leads on to what follows: "Workers of the port:"."""
    return block.words >= _POINT_WORDS and leads_on(block.line.text)
