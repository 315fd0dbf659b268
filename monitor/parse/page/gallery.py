"""An article's last paragraphs behind a gallery, outside of the box of its text."""

from __future__ import annotations

from typing import Final

from monitor.parse.lines import ends
from monitor.parse.page.blocks import Block, Box, is_paragraph, is_prose

_GALLERY: Final = 3  # pictures


def past_pictures(best: Box, blocks: list[Block], boxes: list[Box], head: int | None) -> Box:
    """The box around `best` and the headline, where the text ends behind a gallery in it.

    What stands there with a heading, a link or a picture is an author's biography or a promotion.
    """
    around = best.parent
    if around is None or head is None or not around.start <= head < best.start:
        return best
    pictures = 0
    for box in boxes:
        if box.parent is not around or box.start < best.end:
            continue
        alive = [block for block in blocks[box.start : box.end] if not block.is_dead]
        if not alive:
            pictures += box.images + box.figures
            continue
        is_text = all(
            is_prose(block) and is_paragraph(block) and ends(block.line.text) and not block.linked
            for block in alive
        )
        if pictures < _GALLERY or box.images or not is_text:
            return best
        for block in blocks[box.end : around.end]:
            block.is_dead = True
        return around
    return best
