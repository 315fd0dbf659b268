"""Posts of networks set into a text: what was posted is the text's, who posted it and when is not."""

from __future__ import annotations

import re
from typing import Final

from monitor.parse.lines import Line
from monitor.parse.names import POST
from monitor.parse.page.blocks import Block, Box, is_prose
from monitor.parse.page.boxes import kill

_ADDRESS: Final = re.compile(r"\s*(?:https?://t\.co/\S+|pic\.twitter\.com/\S+)")


def read_posts(blocks: list[Block], boxes: list[Box]) -> list[Box]:
    """The posts of a page; of each the lines die that are not what was posted: a name, a day, a button."""
    posts = [box for box in boxes if box.furniture == POST and box.end > box.start]
    for box in posts:
        for block in blocks[box.start : box.end]:
            block.line = Line(_ADDRESS.sub("", block.line.text), block.line.linked)
            block.is_dead = block.is_dead or block.box is box or block.line.linked
    return posts


def kill_posts(blocks: list[Block], posts: list[Box], container: Box) -> None:
    """Posts that stand between no two paragraphs: what is hung under a text is the outlet's."""
    for at, box in enumerate(posts):
        others = posts[at + 1 :]
        after = range(box.end, container.end)
        if box.start <= container.start or not any(
            is_prose(blocks[one]) and not _is_in(one, others) for one in after
        ):
            kill(blocks, box)


def _is_in(at: int, boxes: list[Box]) -> bool:
    return any(box.start <= at < box.end for box in boxes)
