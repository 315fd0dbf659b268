"""A text told in entries behind its lead: minutes of a match, stages of a trip, each in a box alike."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from monitor.parse.lines import ends
from monitor.parse.page.blocks import Block, Box, Path, Sums, is_paragraph, path

_LEAD_WORDS: Final = 60  # past which a text stands for itself
_LEVELS: Final = 3  # boxes around the lead in which the headline is looked for
_ENTRIES: Final = 3
_ENTRY_WORDS: Final = 4


def with_entries(best: Box, blocks: list[Block], prose: Sums, head: int | None) -> Box:
    """The box around headline and lead, where boxes alike with more text than the lead's follow in it.

    Boxes that lead elsewhere, or show a picture each, are other stories' cards.
    """
    if head is None or prose.of(best) > _LEAD_WORDS or best.start <= head:
        return best
    around = best.parent
    for _ in range(_LEVELS):
        if around is None or around.start <= head:
            break
        around = around.parent
    if around is None or around.start > head or around.tag in {"body", "html"}:
        return best
    found: dict[Path, list[Block]] = defaultdict(list)
    for block in blocks[best.end : around.end]:
        told = block.words >= _ENTRY_WORDS and ends(block.line.text)
        if told and is_paragraph(block) and not (block.is_dead or block.line.linked):
            found[path(block, around)].append(block)
    for entries in found.values():
        held = {id(one.box.parent): one.box.parent for one in entries}
        boxes = [box for box in held.values() if box is not None and box is not around]
        if (
            len(boxes) >= _ENTRIES
            and sum(one.words for one in entries) > prose.of(best)
            and not any(_leads(blocks, box) for box in boxes)
            and not all(box.images for box in boxes)
        ):
            return around
    return best


def _leads(blocks: list[Block], box: Box) -> bool:
    return any(block.line.linked for block in blocks[box.start : box.end])
