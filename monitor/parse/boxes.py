"""Boxes that are no part of the article: named furniture, teasers, forms, captions, lists of links."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import Final

from monitor.parse.blocks import HEADINGS, Block, Box, Path, Sums, is_prose, path
from monitor.parse.furniture import ends
from monitor.parse.marks import HARD, SOFT, key

_WHOLE: Final = frozenset(("body", "html", "article", "main"))
_TABLES: Final = frozenset(("td", "th", "dt", "dd", "li"))
_PAGE: Final = _WHOLE - {"article"}
_INNER: Final = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr", "tr", "td", "th"))  # fmt: skip
_CELLS: Final = frozenset(("td", "th", "li", "p"))
_CLOCK: Final = re.compile(
    r"\W*\d{1,2}[:.]\d{2}(?:\s*(?:[ap]\.?m\.?|gmt|utc|ص|م))*\W*", re.IGNORECASE
)
_ENOUGH_WORDS: Final = 30
# A teaser's headline, and the most that it tells of its story.
_HEADLINE_WORDS: Final = 3
_LEAD_WORDS: Final = 70
_CAPTION_WORDS: Final = 40
_SHORT_CAPTION: Final = 15
_CUT: Final = ("…", "...", "[…]", "[...]", "(...)")
# Words past which a box has a text of its own.
_BOX_WORDS: Final = 150
_LINE_WORDS: Final = 12
_ASIDE_WORDS: Final = 50
# Blocks between headline and text, past which they do not belong together.
_HEAD_BLOCKS: Final = 20


def kill(blocks: list[Block], box: Box) -> None:
    """Mark all that the box holds as no part of the article."""
    for block in blocks[box.start : box.end]:
        block.is_dead = True


def kill_named(blocks: list[Block], boxes: list[Box], head: int | None) -> None:
    """Boxes that tag, class, id or role call furniture, or that cannot be seen.

    A box that holds most of the page, or the headline, is none whatever its
    class says (`has-sidebar` on the body, `share-page` on the article).
    """
    letters = Sums(blocks, lambda block: block.letters)
    size = Sums(blocks, lambda block: block.words)
    whole = letters.between(0, len(blocks))
    named = [box for box in boxes if box.is_named]
    # Beside a known container that holds an article, even the longest box is a box.
    held = max((size.of(box) for box in named), default=0) > _ENOUGH_WORDS
    headings = [at for at, block in enumerate(blocks) if block.box.tag == "h1"]
    for box in boxes:
        if box.tag == "header" and box.parent and _has(box, headings):
            kill(blocks, box)  # headline, byline, date
        if not box.is_furniture or box.tag in _WHOLE or box.end == box.start or _has(box, headings):
            continue
        if head is not None and box.start <= head < box.end:
            continue
        if box.tag == "figure" and any(
            block.box.tag == "td" for block in blocks[box.start : box.end]
        ):
            continue
        around = any(box.start <= one.start and one.end <= box.end for one in named)
        if letters.of(box) * 2 < whole or (held and not around):
            kill(blocks, box)


def _has(box: Box, places: list[int]) -> bool:
    return any(box.start <= place < box.end for place in places)


def kill_cards(blocks: list[Block], boxes: list[Box], head: int | None) -> None:
    """Teasers: boxes with a linked headline and a lead at most, and lists of links.

    A story's own box has more text than a lead, and no headline that leads elsewhere.
    """
    letters = Sums(blocks, lambda block: block.letters)
    linked = Sums(blocks, lambda block: block.linked)
    prose = Sums(blocks, lambda block: block.words if is_prose(block) else 0)
    titles = Sums(
        blocks,
        lambda block: block.line.linked and block.words >= _HEADLINE_WORDS and not block.is_dead,
    )
    total = prose.between(0, len(blocks))
    for box in boxes:
        if box.tag in _PAGE or box.tag in _INNER or not titles.of(box):
            continue
        if head is not None and box.start <= head < box.end:
            continue
        is_list = linked.of(box) * 2 > letters.of(box)
        lead = prose.of(box)
        is_card = lead <= _LEAD_WORDS and lead * 2 < total and _begins_linked(blocks, box)
        if is_list or is_card:
            kill(blocks, box)


def _begins_linked(blocks: list[Block], box: Box) -> bool:
    """Whether the linked headline stands before the text."""
    for block in blocks[box.start : box.end]:
        if block.line.linked:
            return True
        if is_prose(block):
            return False
    return False


def kill_foreign(blocks: list[Block], boxes: list[Box], container: Box) -> None:
    """What is foreign within the article's container."""
    size = Sums(blocks, lambda block: block.words)
    prose = Sums(blocks, lambda block: block.words if is_prose(block) else 0)
    flow = _flow(blocks, container)
    way = None if flow else _usual(blocks, container)
    whole = prose.of(container)
    usual = Counter(
        (block.box.tag, block.box.name)
        for block in blocks[container.start : container.end]
        if is_prose(block) and ends(block.line.text)
    )

    def is_usual(block: Block) -> bool:
        told = block.words > _SHORT_CAPTION or block.box.name != ""
        return told and ends(block.line.text) and usual[block.box.tag, block.box.name] > 1

    pictures = {box.end for box in boxes if box.start == box.end and box.images}
    for box in boxes:
        inside = container.start <= box.start and box.end <= container.end and box is not container
        if not inside or not 0 < size.of(box) <= _BOX_WORDS or prose.of(box) * 2 > whole:
            continue
        held = [block for block in blocks[box.start : box.end] if not block.is_dead]
        if held and (
            (box.forms and box.tag not in _INNER and size.of(box) <= _ASIDE_WORDS)
            or _is_call(held, box)
            or (_is_caption(held, box) and not is_usual(held[-1]))
            or (box.is_centred and box.start in pictures and size.of(box) <= _CAPTION_WORDS)
            or (
                box.parent in (flow, container)
                and size.of(box) <= _ASIDE_WORDS
                and _is_aside(held, box)
                and (box.parent is flow or (way and _is_between(blocks, box, container, way)))
            )
        ):
            kill(blocks, box)
    for block in blocks[container.start : container.end]:
        if block.letters < 12 and block.box.tag not in _CELLS and _CLOCK.fullmatch(block.line.text):
            block.is_dead = True
    _kill_leads(blocks[container.start : container.end])
    _kill_headings(blocks, container)


def _kill_leads(held: list[Block]) -> None:
    """Leads cut short under the linked headlines of other stories, in the flow of the text."""
    for title, lead in pairwise(held):
        is_title = title.line.linked and title.words >= _HEADLINE_WORDS
        if is_title and not lead.line.linked and lead.line.text.endswith(_CUT):
            lead.is_dead = True


def kill_head(blocks: list[Block], container: Box, head: int | None) -> int:
    """Where the article begins; byline, date and buttons between headline and text die.

    A standfirst or summary that stands under the headline, outside of the container, is kept.
    """
    end = _next_headline(blocks, container, head)
    for block in blocks[end : container.end]:
        block.is_dead = True
    if head is None or head >= container.end:
        return container.start
    first = next(
        (at for at in range(max(head + 1, container.start), container.end) if is_prose(blocks[at])),
        None,
    )
    if first is None:
        return container.start
    if head < container.start and container.start - head > _HEAD_BLOCKS:
        return container.start
    for block in blocks[head:first]:
        told = is_prose(block) and ends(block.line.text)
        around = block.box.parent
        # A section's own heading, or a short paragraph; a headline's neighbours are neither.
        beside = around is blocks[first].box.parent and (
            (block.box.tag in HEADINGS and around is not blocks[head].box.parent)
            or (block.box.tag == "p" and ends(block.line.text))
        )
        if not told and not beside:
            block.is_dead = True
    return head


def _next_headline(blocks: list[Block], container: Box, head: int | None) -> int:
    """Where a second article begins in the container: an `h1` after running text."""
    prose = 0
    for at in range(max(container.start, head or 0), container.end):
        block = blocks[at]
        around = block.box.parent
        # In the flow of the text an h1 is a subheading.
        if block.box.tag == "h1" and prose > 1 and at != head and around and at - around.start < 3:
            return at
        prose += is_prose(block)
    return container.end


def _flow(blocks: list[Block], container: Box) -> Box | None:
    """The box in which the text stands paragraph by paragraph; None where each has its own."""
    words: dict[int, int] = {}
    held: dict[int, Box] = {}
    for block in blocks[container.start : container.end]:
        if is_prose(block) and block.box.tag == "p" and block.box.parent is not None:
            words[id(block.box.parent)] = words.get(id(block.box.parent), 0) + block.words
            held[id(block.box.parent)] = block.box.parent
    if not words:
        return None
    most = max(words, key=lambda identity: words[identity])
    return held[most] if words[most] * 10 > sum(words.values()) * 6 else None


def _usual(blocks: list[Block], container: Box) -> Path | None:
    """The boxes in which most of the text's paragraphs stand, each in its own."""
    sizes: Counter[Path] = Counter()
    for block in blocks[container.start : container.end]:
        if is_prose(block):
            sizes[path(block, container)] += block.words
    way, most = sizes.most_common(1)[0] if sizes else ((), 0)
    return way if most * 10 > sizes.total() * 6 else None


def _is_between(blocks: list[Block], box: Box, container: Box, way: Path) -> bool:
    """Whether the text goes on behind a box as it came before it, and otherwise than in it."""

    def has(start: int, end: int) -> bool:
        return any(is_prose(one) and path(one, container) == way for one in blocks[start:end])

    return (
        has(container.start, box.start)
        and has(box.end, container.end)
        and not has(box.start, box.end)
    )


def _is_aside(held: list[Block], box: Box) -> bool:
    """Whether a box between paragraphs has a heading of its own: a promotion, not the text."""
    first = next((block for block in held[:2] if block.box.tag in HEADINGS), None)
    return (
        first is not None
        and held[-1] is not first
        and box.tag not in _INNER
        and box.tag not in {"ul", "ol", "table"}
    )


def _is_call(held: list[Block], box: Box) -> bool:
    """Whether a box calls to do something elsewhere: short lines alone, one of them a link."""
    return (
        box.tag not in _INNER
        and held[0].box.tag not in _TABLES
        and all(block.words <= _LINE_WORDS for block in held)
        and any(block.line.linked for block in held)
        and sum(block.linked for block in held) * 4 >= sum(block.letters for block in held)
    )


def _is_caption(held: list[Block], box: Box) -> bool:
    """Whether a box is a picture and the words under it."""
    if not box.images or len(held) > 3:
        return False
    size = sum(block.words for block in held)
    is_open = size <= _SHORT_CAPTION or not ends(held[-1].line.text)
    if box.tag == "p":
        return size <= _CAPTION_WORDS and is_open
    holds_paragraph = any(block.box.tag == "p" and not block.box.name for block in held)
    return size <= _CAPTION_WORDS and (is_open or not holds_paragraph)


def _kill_headings(blocks: list[Block], container: Box) -> None:
    """Headings of dead boxes: what follows is dead, and then no text of the article's comes.

    A mark dies with its box where the text goes on behind it as it did before.
    """
    before = {
        id(block.box.parent)
        for block in blocks[container.start : container.end]
        if is_prose(block) and block.box.tag == "p"
    }
    after: Block | None = None
    for at in range(container.end - 1, container.start - 1, -1):
        block = blocks[at]
        if block.is_dead:
            continue
        if at + 1 < len(blocks) and blocks[at + 1].is_dead:
            is_heading = block.box.tag in HEADINGS
            bare = key(block.line.text)
            is_over = after is None or after.box.tag in HEADINGS
            goes_on = after is not None and is_prose(after) and id(after.box.parent) in before
            if (is_heading and is_over) or (goes_on and (bare in HARD or bare in SOFT)):
                block.is_dead = True
                continue
        after = block
