"""A second article in the box of the first: where a page scrolls on into it, and boxes that hold one."""

from __future__ import annotations

from collections import Counter
from typing import Final

from monitor.parse.names import names_head
from monitor.parse.page.blocks import HEADINGS, Block, Box, Sums, is_prose
from monitor.parse.page.stamps import is_stamp

_TITLES: Final = frozenset(("h1", "h2"))
_STAMP_WORDS: Final = 12
_HEADINGS: Final = frozenset(("h1", "h2", "h3"))
_INNER: Final = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "li", "td")
)
_MOST_BOXES: Final = 30  # that are asked
_TITLE_WORDS: Final = 4
_TEXT: Final = 2  # paragraphs before another story
_TEXT_WORDS: Final = 30
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


def kill_stories(blocks: list[Block], boxes: list[Box], container: Box, head: int | None) -> None:
    """Boxes within the article's that hold another story whole, under a headline of its own.

    It is one that leads elsewhere, has a date or an `article` of its own. Of boxes alike there are
    two at most: more are entries of one account.
    """
    likely = [
        box
        for box in boxes
        if container.start < box.start < box.end <= container.end
        and box.tag not in _INNER
        and blocks[box.start].box.tag in _HEADINGS
        and blocks[box.start].words >= _TITLE_WORDS
        and not blocks[box.start].is_dead
        and not (head is not None and box.start <= head < box.end)
    ]
    if not likely:
        return
    prose = Sums(blocks, lambda block: block.words if is_prose(block) else 0)
    alike = Counter((id(box.parent), box.tag, box.name) for box in boxes if box.end > box.start)
    for box in likely[:_MOST_BOXES]:
        if (
            not prose.of(box)
            or prose.between(container.start, box.start) < _TEXT_WORDS
            or alike[id(box.parent), box.tag, box.name] > _MOST_STORIES
        ):
            continue
        held = [block for block in blocks[box.start : box.end] if not block.is_dead]
        before = [one for one in blocks[container.start : box.start] if is_prose(one)]
        if len(before) < _TEXT or not any(map(is_prose, held[1:])):
            continue
        title = held[0]
        if title.line.linked or box.times or box.tag == "article":
            for block in held:
                block.is_dead = True


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
