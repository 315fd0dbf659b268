"""What is foreign within the article's own box: promotions, calls, captions, leads of other stories."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import Final

from monitor.parse.buttons import is_advert_label
from monitor.parse.lines import ends
from monitor.parse.marks import BOXED, heads_others, key
from monitor.parse.names import ENDS
from monitor.parse.page.blocks import HEADINGS, Block, Box, Path, Sums, is_paragraph, is_prose, path
from monitor.parse.page.boxes import HEADLINE_WORDS, INNER, kill
from monitor.parse.page.captions import is_caption, kill_captions
from monitor.parse.page.sections import is_aside, is_section, kill_last, told_in
from monitor.parse.page.voices import kill_voices

_TABLES: Final = frozenset(("td", "th", "dt", "dd", "li"))
_CELLS: Final = frozenset(("td", "th", "li", "p"))
_CLOCK: Final = re.compile(
    r"\W*\d{1,2}[:.]\d{2}(?:\s*(?:[ap]\.?m\.?|gmt|utc|uhr|мск|kst|ص|م|/\s\d{1,3}:\d{2}))*\W*|\d{1,3}(?:\s?\+\s?\d{1,2})?\s?['’′]",
    re.IGNORECASE,
)
_CAPTION_WORDS: Final = 40
_SHORT_CAPTION: Final = 15
_CUT: Final = ("…", "...", "[…]", "[...]", "(...)")
_BOX_WORDS: Final = 150  # past which a box has a text of its own
_LINE_WORDS: Final = 12
_ASIDE_WORDS: Final = 50
_PLEA_WORDS: Final = 35
_NOTICE_WORDS: Final = 8
_ENOUGH_WORDS: Final = 30
_BUTTON_WORDS: Final = 4
_MARK_WORDS: Final = 6
_MOST_LINKS: Final = 4  # under a mark
_OPTIONS: Final = 2
_ASKS: Final = ("?", "؟", "？", ";")
_PAIRS: Final = 4  # lines
_NAME_WORDS: Final = 3


def kill_foreign(blocks: list[Block], boxes: list[Box], container: Box, author: str | None) -> None:
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

    @cache
    def told() -> Counter[str]:
        return told_in(blocks[container.start : container.end])

    promoted = _promotions(boxes, size)
    pictures = {box.end for box in boxes if box.start == box.end and box.images}
    for box in boxes:
        inside = container.start <= box.start and box.end <= container.end and box is not container
        if not inside or not 0 < size.of(box) <= _BOX_WORDS or prose.of(box) * 2 > whole:
            continue
        held = [block for block in blocks[box.start : box.end] if not block.is_dead]
        if held and (
            (
                box.forms
                and box.tag not in INNER
                and size.of(box) <= _ASIDE_WORDS
                and not _is_around(box, promoted, size)
            )
            or _is_call(held, box)
            or (is_caption(held, box) and not is_usual(held[-1]))
            or (box.is_centred and box.start in pictures and size.of(box) <= _CAPTION_WORDS)
            or (
                size.of(box) <= _ASIDE_WORDS
                and is_aside(held, box)
                and (box.parent is flow or (way and _is_between(blocks, box, container, way)))
                and not is_section(blocks, box, told())
            )
            or (box.parent is flow and size.of(box) <= _PLEA_WORDS and _is_plea(held, box))
            or (size.of(box) <= _ASIDE_WORDS and _is_poll(held, box))
            or (box.parent is flow and _are_columns(held))
            or _is_marked(held, box)
        ):
            kill(blocks, box)
        # A notice in the flow of the text, and no picture's "© Agency".
        if (
            box.furniture == ENDS
            and size.of(box) >= _NOTICE_WORDS
            and prose.between(container.start, box.start) >= _ENOUGH_WORDS
        ):
            for block in blocks[box.start : container.end]:
                block.is_dead = True
    kill_voices(blocks, container, author)
    kill_captions(blocks[container.start : container.end], usual)
    kill_last(blocks, container)
    for block in blocks[container.start : container.end]:
        if block.letters < 15 and block.box.tag not in _CELLS and _CLOCK.fullmatch(block.line.text):
            block.is_dead = True
    _kill_buttons(blocks[container.start : container.end])
    _kill_leads(blocks[container.start : container.end])
    _kill_headings(blocks, container)


def _promotions(boxes: list[Box], size: Sums) -> dict[int, float]:
    """For each box that holds a promotion with its form, by identity: the words of the largest such box in it."""
    found: dict[int, float] = {}
    if not boxes[0].forms:
        return found
    for box in reversed(boxes):  # what a box holds before the box
        if box.forms and box.tag != "form" and box.parent is not None and (own := size.of(box)):
            if _is_around(box, found, size):
                own = found[id(box)]
            found[id(box.parent)] = max(found.get(id(box.parent), 0), own)
    return found


def _is_around(box: Box, promoted: dict[int, float], size: Sums) -> bool:
    """Whether a box says more beside a promotion than the promotion itself: it is the text around one."""
    within = promoted.get(id(box), 0)
    return within > 0 and size.of(box) - within > within


def _kill_buttons(held: list[Block]) -> None:
    """Marks between two paragraphs of one box, with the links under them: the text goes on as it did before."""
    alive = [block for block in held if not block.is_dead]
    for at, block in enumerate(alive):
        if block.words > _MARK_WORDS or not 0 < at < len(alive) - 1:
            continue
        before = alive[at - 1]
        if not is_prose(before) or not heads_others(key(block.line.text)):
            continue
        end = at + 1
        while end < len(alive) and end - at <= _MOST_LINKS and alive[end].line.linked:
            end += 1
        # Under a mark that is a paragraph itself, and leads nowhere, another story's text may stand.
        is_button = block.line.linked or block.box.tag not in INNER
        if end < len(alive) and (end > at + 1 or is_button) and _is_like(before, alive[end]):
            for one in alive[at:end]:
                one.is_dead = True


def _is_like(one: Block, other: Block) -> bool:
    """Whether two paragraphs stand in the same box, in boxes of one kind."""
    return (
        is_prose(other)
        and ends(other.line.text)
        and one.box.parent is other.box.parent
        and (one.box.tag, one.box.name) == (other.box.tag, other.box.name)
    )


def _kill_leads(held: list[Block]) -> None:
    """Leads cut short under the linked headlines of other stories, in the flow of the text."""
    for title, lead in pairwise(held):
        is_title = title.line.linked and title.words >= HEADLINE_WORDS
        if is_title and not lead.line.linked and lead.line.text.endswith(_CUT):
            lead.is_dead = True


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


def _is_marked(held: list[Block], box: Box) -> bool:
    """Whether a box begins with an outlet's own mark and has more: what is under it is other stories'."""
    if len(held) < 2 or box.tag in INNER or held[0].words > _MARK_WORDS:
        return False
    bare = key(held[0].line.text)
    size = sum(block.words for block in held)
    return heads_others(bare) or ((bare in BOXED or is_advert_label(bare)) and size <= _ASIDE_WORDS)


def _are_columns(held: list[Block]) -> bool:
    """Whether a box between paragraphs has headlines with a name under each: others' opinions.

    A poem's lines are about as long as each other.
    """
    pairs = list(zip(held[::2], held[1::2], strict=False))
    return (
        len(held) == 2 * len(pairs) >= _PAIRS
        and all(
            title.words >= HEADLINE_WORDS + 1
            and 1 < name.words <= _NAME_WORDS
            and name.box is title.box.parent
            and not ends(name.line.text)
            for title, name in pairs
        )
        and sum(name.words for _, name in pairs) * 2 <= sum(title.words for title, _ in pairs)
    )


def _is_plea(held: list[Block], box: Box) -> bool:
    """Whether a box between paragraphs ends with a button: "… chip in today. [Donate]"."""
    last = held[-1]
    return box.tag not in INNER and last.line.linked and last.words <= _BUTTON_WORDS < held[0].words


def _is_poll(held: list[Block], box: Box) -> bool:
    """Whether a box asks a question and has a few words to choose from, or buttons."""
    asked = [one for one in held if one.line.text.endswith(_ASKS) and one.words >= _NAME_WORDS]
    options = [one for one in held if one.words <= _NAME_WORDS and not ends(one.line.text)]
    return (
        box.tag not in INNER
        and box.tag not in _TABLES
        and len(asked) == 1
        and len(held) - len(asked) - len(options) <= 1
        and (len(options) > _OPTIONS or box.buttons >= _OPTIONS)
    )


def _is_call(held: list[Block], box: Box) -> bool:
    """Whether a box calls to do something elsewhere: short lines alone, one of them a link."""
    return (
        box.tag not in INNER
        and held[0].box.tag not in _TABLES
        and all(block.words <= _LINE_WORDS for block in held)
        and any(block.line.linked for block in held)
        and sum(block.linked for block in held) * 4 >= sum(block.letters for block in held)
    )


def _kill_headings(blocks: list[Block], container: Box) -> None:
    """Headings of dead boxes: what follows is dead, and then no text of the article's comes.

    A mark dies with its box where the text goes on behind it as it did before.
    """
    before = {
        id(block.box.parent)
        for block in blocks[container.start : container.end]
        if is_prose(block) and is_paragraph(block)
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
            if (is_heading and is_over) or (goes_on and heads_others(bare)):
                block.is_dead = True
                continue
        after = block
