"""Where a second article begins in the box of the first: a page that scrolls on into the next story."""

from __future__ import annotations

from typing import Final

from monitor.parse.blocks import HEADINGS, Block, Box, is_prose
from monitor.parse.names import names_head
from monitor.parse.stamps import is_stamp

_TITLES: Final = frozenset(("h1", "h2"))
_STAMP_WORDS: Final = 12
_MOST_STORIES: Final = 2  # of others under an article


def next_story(blocks: list[Block], container: Box, head: int | None) -> int:
    """Where a second article begins in the container: an `h1`, or a heading with its date, after running text."""
    prose = 0
    dated = _dated(blocks, container, head)
    for at in range(max(container.start, head or 0), container.end):
        block = blocks[at]
        around = block.box.parent
        # In the flow of the text an h1 is a subheading.
        if block.box.tag == "h1" and prose > 1 and at != head and around and at - around.start < 3:
            return at
        if prose > 1 and (at in dated or _is_like(blocks, at, head)):
            return at
        prose += is_prose(block)
    return container.end


def _is_like(blocks: list[Block], at: int, head: int | None) -> bool:
    """Whether a heading stands in a box of its own just like the headline's: the next story's.

    An `h2` may be, where a header holds it, and boxes alike hold each with its text.
    """
    if head is None or at == head or blocks[head].box.tag not in HEADINGS:
        return False
    own, other = blocks[head].box, blocks[at].box
    one, two = own.parent, other.parent
    if one is None or two is None or one is two or other.name != own.name or one.tag != two.tag:
        return False
    if at - two.start > head - one.start:
        return False
    if own.tag == other.tag and one.name == two.name:
        return True
    if other.tag not in _TITLES or not own.name or not names_head(two.name):
        return False
    mine, its = _apart(own, other)
    return (
        mine is not None
        and its is not None
        and (mine.tag, mine.name) == (its.tag, its.name)
        and any(map(is_prose, blocks[head : mine.end]))
        and any(map(is_prose, blocks[at : its.end]))
    )


def _apart(one: Box, two: Box) -> tuple[Box | None, Box | None]:
    """The outermost boxes around each of two that do not hold the other."""
    while one.parent is not None and not one.parent.start <= two.start < one.parent.end:
        one = one.parent
    while two.parent is not None and two.parent is not one.parent:
        two = two.parent
    return one, two if two.parent is one.parent else None


def _dated(blocks: list[Block], container: Box, head: int | None) -> set[int]:
    """The headlines that a day stands under; none where there are many: entries of one account."""
    likely = [
        at
        for at in range(max(container.start, head or 0), container.end - 1)
        if at != head
        and blocks[at].box.tag in HEADINGS
        and not (blocks[at].is_dead or blocks[at].line.linked)
        and blocks[at + 1].words <= _STAMP_WORDS
        and is_stamp(blocks[at + 1].line.text)
    ]
    if len(likely) > _MOST_STORIES:
        return set()
    return {at for at in likely if _is_over(blocks, container, at)}


def _is_over(blocks: list[Block], container: Box, at: int) -> bool:
    """Whether no box with text before a place has any behind it."""

    def boxes(start: int, end: int) -> set[int]:
        return {id(one.box.parent) for one in blocks[start:end] if is_prose(one)}

    return boxes(container.start, at).isdisjoint(boxes(at, container.end))
