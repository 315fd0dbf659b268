"""The rows of a table of facts among an article's blocks: each is one line, its cells in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from monitor.parse.page.blocks import Block, Box

_CELLS: Final = frozenset(("td", "th"))
_DEPTH: Final = 3  # boxes in a cell around its words
_CELL_WORDS: Final = 12


def rows(blocks: Sequence[Block]) -> dict[int, Box]:
    """The table row of each block, by the block's identity, that is one of its cells and short.

    A cell with a paragraph of its own, or with several lines, is a part of a layout.
    """
    held: dict[int, Box] = {}
    sizes: Counter[int] = Counter()
    layouts: set[int] = set()
    cells: set[int] = set()
    for block in blocks:
        if block.is_dead or (cell := _cell(block)) is None or (row := cell.parent) is None:
            continue
        held[id(block)] = row
        sizes[id(row)] += 1
        if block.words > _CELL_WORDS or id(cell) in cells:
            layouts.add(id(row))
        cells.add(id(cell))
    return {
        name: row for name, row in held.items() if sizes[id(row)] > 1 and id(row) not in layouts
    }


def _cell(block: Block) -> Box | None:
    box: Box | None = block.box
    for _ in range(_DEPTH):
        if box is None or box.tag in _CELLS:
            break
        box = box.parent
    return box if box is not None and box.tag in _CELLS else None
