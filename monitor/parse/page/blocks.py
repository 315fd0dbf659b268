"""A page as a list of blocks: its lines in order, each in the boxes that hold it, walked once.

Every box covers a stretch of the list, so that what a box holds (prose, links,
pictures, forms) is told from sums and no part of the page is walked again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import Final

from monitor.parse.lines import Line, words

HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
INLINE: Final = frozenset(("span", "em", "i", "b", "strong", "font"))
Path = tuple[tuple[str, str], ...]


class Box:
    """A block element: it holds the blocks from `start` up to `end`."""

    __slots__ = (
        "buttons", "end", "figures", "films", "forms", "furniture", "images", "is_bold", "is_centred", "is_named", "name", "parent", "start", "tag", "times",
    )  # fmt: skip

    def __init__(self, tag: str, parent: Box | None, start: int) -> None:
        self.tag, self.parent, self.start, self.end = tag, parent, start, start
        self.name = ""  # its classes, sorted
        self.is_named = self.is_centred = self.is_bold = False
        self.furniture = 0  # as `names` has it
        self.images = self.figures = self.films = self.forms = self.times = self.buttons = 0


class Block:
    """One line, with the box that it stands in."""

    __slots__ = ("box", "is_dead", "is_under", "letters", "line", "linked", "words")

    def __init__(self, line: Line, box: Box, linked: int) -> None:
        self.line, self.box = line, box
        self.words = words(line.text)
        self.letters, self.linked = len(line.text), linked
        self.is_dead = False  # known to be no part of the article
        self.is_under = False  # a picture stands straight before it


class Sums:
    """Totals of any stretch of the blocks in one step."""

    def __init__(self, blocks: list[Block], value: Callable[[Block], float]) -> None:
        self._sums = [0.0, *accumulate(map(value, blocks))]

    def of(self, box: Box) -> float:
        """The total of what the box holds."""
        return self._sums[box.end] - self._sums[box.start]

    def between(self, start: int, end: int) -> float:
        """The total of the blocks from `start` up to `end`."""
        return self._sums[end] - self._sums[start]


def is_prose(block: Block) -> bool:
    """Whether the block is running text that may be the article's."""
    return (
        block.words >= 8 and not block.is_dead and not block.line.linked and not block.line.heading
    )


def is_paragraph(block: Block) -> bool:
    """Whether a line has a box of its own, be it a `p` or a `div`."""
    box = block.box
    return box.tag == "p" or (box.tag == "div" and box.end - box.start == 1)


def around(box: Box) -> Iterator[Box]:
    """The boxes that hold it, the nearest first."""
    while box.parent is not None:
        box = box.parent
        yield box


def below(parent: Box, box: Box) -> Box:
    """The child of a box that holds another, or that one."""
    while box.parent is not None and box.parent is not parent:
        box = box.parent
    return box


def path(block: Block, top: Box) -> Path:
    """Tag and class of the boxes between a block and the box `top` around it."""
    found = []
    box: Box | None = block.box
    while box is not None and box is not top:
        found.append((box.tag, box.name))
        box = box.parent
    return tuple(found)
