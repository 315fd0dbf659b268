"""Boxes that are no part of the article: named furniture, teasers, lists of links, what stands in its head."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Final

from monitor.parse.furniture import is_label
from monitor.parse.lines import ends
from monitor.parse.marks import folded
from monitor.parse.names import MAYBE, POST, SURE, UNSEEN, names_description
from monitor.parse.notices import is_correction
from monitor.parse.page.blocks import Block, Box, Sums, is_paragraph, is_prose

INNER: Final = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr", "tr", "td", "th"))  # fmt: skip
HEADLINE_WORDS: Final = 3  # of a teaser
_WHOLE: Final = frozenset(("body", "html", "article", "main"))
_PAGE: Final = _WHOLE - {"article"}
_ASIDE: Final = frozenset(("aside", "nav", "footer"))
_ENOUGH_WORDS: Final = 30
_BRIEF_WORDS: Final = 15
_LITTLE: Final = 0.2  # of the text beside the headline
_FLOW_WORDS: Final = 40  # of a text in paragraphs
_BUTTON_WORDS: Final = 6
_KIN_WORDS: Final = 8
_REST: Final = 2  # paragraphs
_DESCRIPTIONS: Final = 20
_LEAD_WORDS: Final = 70  # the most that a teaser tells of its story


def kill(blocks: list[Block], box: Box) -> None:
    """Mark all that the box holds as no part of the article."""
    for block in blocks[box.start : box.end]:
        block.is_dead = True


def kill_named(blocks: list[Block], boxes: list[Box], head: int | None) -> None:
    """Boxes that tag, class, id or role call furniture, or that cannot be seen.

    A box that holds most of the page, or the headline, is none whatever its
    class says (`has-sidebar` on the body, `share-page` on the article). Where next to
    nothing is left under the headline, words that mean several things do not count.
    """
    home = _home(boxes, head)
    _kill_named(blocks, boxes, head, home, MAYBE)
    after = range(head + 1 if head is not None else len(blocks), len(blocks))
    second = next((at for at in after if blocks[at].box.tag == "h1"), len(blocks))
    end = min(home.end if home else second, second)
    under = [b for b in blocks[head or 0 : end] if b.words >= 8 and not b.line.linked]
    left = sum(block.words for block in under if not block.is_dead)
    whole = sum(block.words for block in under)
    if whole >= _ENOUGH_WORDS and left < max(_BRIEF_WORDS, whole * _LITTLE):
        for block in blocks:
            block.is_dead = False
        _kill_named(blocks, boxes, head, home, SURE)
    if head is not None:
        _revive(blocks, boxes, head)


def _revive(blocks: list[Block], boxes: list[Box], head: int) -> None:
    """A picture's or video's description that is all the text between the headline and the next one."""
    likely = [box for box in boxes if "esc" in box.name and names_description(box.name)]
    if not likely:
        return
    after = (at for at in range(head + 1, len(blocks)) if blocks[at].box.tag in {"h1", "h2"})
    end = next(after, len(blocks))
    told = sum(block.words for block in blocks[head:end] if is_prose(block))
    if told >= _ENOUGH_WORDS:
        return
    for box in likely[:_DESCRIPTIONS]:
        if not head < box.start < box.end <= end:
            continue
        held = blocks[box.start : box.end]
        size = sum(block.words for block in held)
        running = sum(block.words for block in held if ends(block.line.text) and not block.linked)
        if size >= max(_BRIEF_WORDS, told) and running * 4 > size * 3:
            for block in held:
                block.is_dead = False
            return


def _home(boxes: list[Box], head: int | None) -> Box | None:
    """The first `article` or `main` around the headline."""
    around = (
        box
        for box in boxes
        if box.tag in {"main", "article"} and head is not None and box.start <= head < box.end
    )
    return next(around, None)


def _kill_named(
    blocks: list[Block], boxes: list[Box], head: int | None, home: Box | None, sure: int
) -> None:
    letters = Sums(blocks, lambda block: block.letters)
    size = Sums(blocks, lambda block: block.words)
    whole = letters.between(0, len(blocks))
    named = [box for box in boxes if box.is_named]
    posts = [box for box in boxes if box.furniture == POST]
    # Beside a known container that holds an article, even the longest box is a box.
    held = max((size.of(box) for box in named), default=0) > _ENOUGH_WORDS
    headings = [at for at, block in enumerate(blocks) if block.box.tag == "h1"]
    # A page that scrolls on into another story is the page up to it.
    second = next((at for at in headings if head is not None and at > head), len(blocks))
    until = letters.between(0, second)
    for box in boxes:
        if box.tag == "header" and box.parent and _has(box, headings):
            kill(blocks, box)  # headline, byline, date
        if box.furniture < sure or box.tag in _WHOLE or box.end == box.start or _has(box, headings):
            continue
        if head is not None and box.start <= head < box.end:
            continue
        if (box.furniture == MAYBE or box.tag == "figure") and any(
            box.start <= post.start and post.end <= box.end for post in posts
        ):
            continue  # "embed"
        if box.tag == "figure" and any(
            block.box.tag == "td" for block in blocks[box.start : box.end]
        ):
            continue
        if box.tag == "p" and _is_kin_of(box, boxes):
            continue
        if box.furniture == UNSEEN and head is not None and _is_rest(blocks, box):
            continue
        is_within = home is not None and home.start <= box.start < box.end <= home.end
        if (
            box.tag == "footer"
            and is_within
            and any(is_correction(folded(one.line.text)) for one in blocks[box.start : box.end])
        ):
            continue
        around = any(box.start <= one.start and one.end <= box.end for one in named)
        # Beside the box of the headline a side column is one, be it longer than a brief.
        apart = box.tag in _ASIDE and home is not None and not home.start <= box.start < home.end
        if (
            letters.of(box) * 2 < (until if box.end <= second else whole)
            or (held and not around)
            or apart
        ):
            kill(blocks, box)


def _is_kin_of(box: Box, boxes: list[Box]) -> bool:
    """Whether a paragraph has the class of several beside it, and one more that says how it is shown."""
    named = set(box.name.split())
    alike = [
        one
        for one in boxes
        if one.parent is box.parent
        and one.tag == "p"
        and one.name
        and not one.furniture
        and named > set(one.name.split())
    ]
    return len(named) > 1 and len(alike) > 1


def _is_rest(blocks: list[Block], box: Box) -> bool:
    """Whether a hidden box goes on where the paragraph before it ends: the rest behind "read more"."""
    before = blocks[box.start - 1] if box.start else None
    if before is None or not is_prose(before) or before.box.parent is not box.parent or box.forms:
        return False
    held = blocks[box.start : box.end]
    seen = {block.line.text for block in blocks[: box.start]}
    told = [
        block
        for block in held
        if is_paragraph(block)
        and block.box.parent is box
        and ends(block.line.text)
        and not block.linked
        and block.line.text not in seen
    ]
    if sum(block.words for block in told) * 2 < sum(block.words for block in held):
        return False
    return len(told) >= _REST


def _has(box: Box, places: list[int]) -> bool:
    return any(box.start <= place < box.end for place in places)


def kill_cards(blocks: list[Block], boxes: list[Box], head: int | None) -> None:
    """Teasers: boxes with a linked headline and a lead at most, and lists of links.

    A story's own box has more text than a lead, and no headline that leads elsewhere; a text
    that flows on in paragraphs, or in boxes alike, is no list, however many links stand in it.
    """
    letters = Sums(blocks, lambda block: block.letters)
    linked = Sums(blocks, lambda block: block.linked)
    prose = Sums(blocks, lambda block: block.words if is_prose(block) else 0)
    titles = Sums(
        blocks,
        lambda block: block.line.linked and block.words >= HEADLINE_WORDS and not block.is_dead,
    )
    total = prose.between(0, len(blocks))
    flows: set[int] | None = None  # only some pages have a box that asks
    kin: Counter[tuple[int, str, str]] = Counter()
    for box in reversed(boxes):  # what a box holds before the box
        if box.tag in _PAGE or box.tag in INNER or not titles.of(box):
            continue
        if head is not None and box.start <= head < box.end:
            continue
        is_list = linked.of(box) * 2 > letters.of(box)
        lead = prose.of(box)
        is_card = lead <= _LEAD_WORDS and lead * 2 < total and _begins_linked(blocks, box)
        if not (is_list or is_card):
            continue
        if not lead:
            kill(blocks, box)
            continue
        if flows is None:
            flows, kin = _flows(blocks), _kin(boxes, prose, titles)
        held = blocks[box.start : box.end]
        is_text = sum(block.words for block in held if id(block) in flows) >= _FLOW_WORDS or (
            kin[id(box.parent), box.tag, box.name] and _begins_told(blocks, box)
        )
        if not is_text:
            kill(blocks, box)


def _begins_told(blocks: list[Block], box: Box) -> bool:
    """Whether running text stands first in what is left of a box."""
    for block in blocks[box.start : box.end]:
        if not block.is_dead and (block.line.linked or is_prose(block)):
            return is_prose(block)
    return False


def _flows(blocks: list[Block]) -> set[int]:
    """The paragraphs, by identity, that stand with others in one box in which few headlines lead elsewhere."""
    held: dict[int, list[Block]] = defaultdict(list)
    for block in blocks:
        if is_prose(block) and ends(block.line.text):
            held[id(_flow_of(block))].append(block)
    linked = Counter(
        id(_flow_of(block))
        for block in blocks
        if block.line.linked and block.words >= HEADLINE_WORDS and not block.is_dead
    )
    return {
        id(block)
        for holder, some in held.items()
        if len(some) > 1 and linked[holder] * 2 <= len(some)
        for block in some
    }


def _flow_of(block: Block) -> Box | None:
    """The box in which a line flows on to the next."""
    return block.box.parent if block.box.tag in INNER or block.box.tag == "li" else block.box


def _kin(boxes: list[Box], prose: Sums, titles: Sums) -> Counter[tuple[int, str, str]]:
    """How many boxes of a kind beside each other have running text and lead nowhere."""
    return Counter(
        (id(box.parent), box.tag, box.name)
        for box in boxes
        if box.tag not in INNER and prose.of(box) >= _KIN_WORDS and not titles.of(box)
    )


def _begins_linked(blocks: list[Block], box: Box) -> bool:
    """Whether the linked headline stands before the text; a button is none."""
    for block in blocks[box.start : box.end]:
        if block.line.linked and not (block.words <= _BUTTON_WORDS and is_label(block.line)):
            return True
        if is_prose(block):
            return False
    return False
