"""The lines of an article in a page: the box that holds the running text, without foreign boxes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator
from itertools import islice
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from monitor.errors import ParseError
from monitor.model import Selectors
from monitor.parse.addressed import speaks_to_reader
from monitor.parse.blocks import (
    HEADINGS,
    INLINE,
    Block,
    Box,
    Sums,
    is_paragraph,
    is_prose,
    path,
    walk,
)
from monitor.parse.boxes import kill, kill_cards, kill_head, kill_named
from monitor.parse.entries import with_entries
from monitor.parse.foreign import kill_foreign
from monitor.parse.furniture import Line, ends, is_label, is_noise, stems, without_trailer
from monitor.parse.gallery import past_pictures
from monitor.parse.marks import folded, key
from monitor.parse.rows import rows
from monitor.parse.second import kill_stories
from monitor.parse.stamps import is_stamp

_PARAGRAPHS: Final = frozenset(("p", "li", "blockquote", "h2", "h3", "h4"))
# Words of prose beside the headline that are an article, if a brief one.
_BRIEF_WORDS: Final = 15
# Words under which a box is no article, but one of the blocks of a broken up one.
_BLOCK_WORDS: Final = 60
_ENOUGH_WORDS: Final = 30
# The text that begins under the headline outweighs one that does not and is thrice as long.
_FIRST: Final = 3.0
_BEFORE: Final = 0.3
_HEADLINE_WORDS: Final = 3
_STANDFIRST_WORDS: Final = 50
_HEAD_BLOCKS: Final = 6  # under the headline, among which its dates stand
_DIGITS: Final = 8  # two days at least, or a day with its time
_STAMP_WORDS: Final = 20  # of both dates and their labels in one line
_LABEL_WORDS: Final = 8  # of a label that parts a paragraph
_CLOSE: Final = 2  # lines between two parts of a text
_OPENS: Final = (":", "：")
_SHARED: Final = 2  # words of a further part that the text has as well
_FARTHEST: Final = 25  # boxes around the densest one that may be the article's


def read_lines(
    document: LexborHTMLParser,
    selectors: Selectors | None = None,
    title: str | None = None,
    author: str | None = None,
) -> list[Line]:
    """The article's paragraphs with what stands among them, in the page's order.

    `selectors.text` names the container, `selectors.cut` what to leave out of it;
    without them, or where they find nothing, the article is looked for under the
    headline. ParseError for a selector that is no CSS.
    """
    body = document.body
    if body is None:
        return []
    cut = set()
    if selectors and selectors.cut:
        cut = {node.mem_id for node in select(document, selectors.cut)}
    if selectors and selectors.text:
        lines = []
        for node in select(document, selectors.text):
            blocks, boxes = walk(node, cut)
            kill_named(blocks, boxes[1:], None)
            lines += _alive(blocks)
        if lines:
            return lines
    blocks, boxes = walk(body, cut)
    head = _headline(blocks, title)
    kill_named(blocks, boxes, head)
    kill_cards(blocks, boxes, head)
    best = _container(blocks, boxes, head)
    kill_foreign(blocks, boxes, best, author)
    kill_stories(blocks, boxes, best, head)
    start = kill_head(blocks, best, head)
    gaps = {box.start for box in boxes if box.start == box.end}
    return _alive(blocks[start : best.end], {gap - start for gap in gaps})


def select(document: LexborHTMLParser, selector: str) -> list[LexborNode]:
    """The nodes of a user's selector; ParseError when it is none."""
    try:
        return document.css(selector)
    except (SelectolaxError, ValueError) as fault:
        raise ParseError(f"no CSS selector ({selector}): {fault}") from None


def _alive(blocks: list[Block], gaps: Container[int] = ()) -> list[Line]:
    """The lines that are left, a paragraph whole that a box parted (`gaps`: where empty ones stood)."""
    prose = [block for block in blocks if is_prose(block)]
    has_stops = sum(ends(block.line.text) for block in prose) * 5 > len(prose) * 2
    row = rows(blocks)
    lines: list[Line] = []
    last: Block | None = None
    parted = False
    for at, block in enumerate(blocks):
        is_open = last is not None and is_prose(last) and not ends(last.line.text)
        parted = parted or block.is_dead or at in gaps
        if block.is_dead:
            continue
        if is_open and block.words <= _LABEL_WORDS and is_noise(block.line):
            parted = True
            continue
        own = row.get(id(block))
        if (own is not None and last is not None and row.get(id(last)) is own) or (
            has_stops
            and parted
            and last is not None
            and is_prose(last)
            and last.box is not block.box
            and last.box.tag == block.box.tag not in HEADINGS
            and last.box.parent is block.box.parent
            and not ends(without_trailer(last.line.text))
            and not last.line.text.endswith((":", "："))
            and not block.line.linked
            and ends(block.line.text)
            and not is_label(last.line)
        ):
            lines[-1] = Line(f"{lines[-1].text} {block.line.text}")
        elif last is not None and last.box.parent is block.box and last.box.tag in INLINE:
            lines[-1] = Line(f"{lines[-1].text} {block.line.text}")  # a date in its line
        elif block.line.linked and block.box.tag == "td" and block.words < _HEADLINE_WORDS:
            lines.append(Line(block.line.text))  # a name in a table
        else:
            lines.append(block.line)
        last, parted = block, False
    return lines


def _headline(blocks: list[Block], title: str | None) -> int | None:
    """Where the headline stands: the `h1` of the title, a line that is the title, any `h1`."""
    named = key(title) if title else ""
    first = same = linked = None
    for at, block in enumerate(blocks):
        is_h1 = block.box.tag == "h1"
        if not is_h1 and (same is not None or block.letters > len(named) + 20):
            continue
        if block.line.linked and not is_h1:
            # A blog's headline may lead to its own page.
            if linked is None and block.box.tag in HEADINGS and key(block.line.text) == named:
                linked = at
            continue
        bare = key(block.line.text)
        # A title may have the site's name before or behind it.
        is_same = bool(named) and (
            bare == named or (block.words > 3 and len(bare) * 2 > len(named) and bare in named)
        )
        if is_h1 and is_same:
            return at
        if is_h1 and first is None:
            first = at
        if is_same and same is None:
            same = at
    same = same if same is not None else linked
    return same if same is not None else first


def _container(blocks: list[Block], boxes: list[Box], head: int | None) -> Box:
    """The box with the most running text for its size, widened to the rest of the article.

    Parents of paragraphs are scored as Readability does: a paragraph counts for
    its parent in full and for the grandparent by half.
    """
    scores: dict[int, float] = defaultdict(float)
    held: dict[int, Box] = {}
    under: list[Block] = []
    columns = _columns(blocks)
    others = _others(blocks, head)
    for at, block in enumerate(blocks):
        if not is_prose(block):
            continue
        is_near = head is not None and 0 < at - head <= _HEAD_BLOCKS
        if is_near and block.words <= _STAMP_WORDS and _is_stamp(block.line.text):
            continue
        worth = 1 + block.words / 15
        if (head is not None and at < head) or at in others:
            worth *= _BEFORE
        elif head is not None and at > head and block.box.tag not in HEADINGS:
            under.append(block)
        holder = _holder(block)
        for share in (1.0, 0.5) if holder is not block.box else (1.0, 0.75, 0.3):
            if holder is None:
                break
            scores[id(holder)] += worth * share
            held[id(holder)] = holder
            holder = holder.parent
            if id(holder) in columns:
                break
    if not scores:
        return boxes[0]
    prose = Sums(blocks, lambda block: block.words if is_prose(block) else 0)
    around = _first(under, head)
    while around is not None:
        if id(around) in scores:
            scores[id(around)] *= _FIRST
        around = around.parent
    best = held[max(scores, key=lambda identity: scores[identity])]
    best = with_entries(_widened(best, blocks, prose, head), blocks, prose, head)
    home = _home(best, blocks, boxes, prose, head)
    return home or past_pictures(best, blocks, boxes, head)


def _others(blocks: list[Block], head: int | None) -> range:
    """What stands behind a further `h1`, or a linked headline, that comes after the text under the headline."""
    if head is None:
        return range(0)
    likely = [
        at
        for at in range(head + 1, len(blocks))
        if (tag := blocks[at].box.tag) == "h1"
        or (tag == "h2" and blocks[at].line.linked and blocks[at].words > _HEADLINE_WORDS)
    ]
    told, done = 0, head
    for at in likely:
        told += sum(map(is_prose, blocks[done:at]))
        done = at
        if told > 1 and not blocks[at].is_dead:
            return range(at, len(blocks))
    return range(0)


def _is_stamp(text: str) -> bool:
    """Whether a line as long as a paragraph is two dates with their labels."""
    return sum(map(str.isdigit, text)) >= _DIGITS and is_stamp(text)


def _columns(blocks: list[Block]) -> set[int]:
    """The table rows of which more than one cell has running text: a layout's, and nothing's box."""
    cells: dict[int, set[int]] = defaultdict(set)
    for block in blocks:
        if not is_prose(block):
            continue
        box = block.box
        for parent in islice(_around(box), _FARTHEST):
            if parent.tag == "tr":
                cells[id(parent)].add(id(box))
            box = parent
    return {row for row, held in cells.items() if len(held) > 1}


def _holder(block: Block) -> Box | None:
    """The box of the text around a block; text parted by <br> stands in its own."""
    return block.box.parent if block.box.tag in _PARAGRAPHS else block.box


def _first(under: list[Block], head: int | None) -> Box | None:
    """The holder of the first text under the headline, past a standfirst with a box of its own."""
    if not under:
        return None
    own: dict[int, list[int]] = defaultdict(list)
    lines: dict[int, list[int]] = defaultdict(list)  # by the box around lines with a box each
    for block in under:
        own[id(_holder(block))].append(block.words)
        lines[id(block.box.parent)].append(block.words)
    first = _holder(under[0])
    if first is None or sum(small := own[id(first)]) > _STANDFIRST_WORDS:
        return first
    top = first if under[0].box.tag in _PARAGRAPHS else first.parent
    beside = head is not None and top is not None and top.start <= head < top.end
    for block in under[1:4]:
        for one, more in (
            (_holder(block), own[id(_holder(block))]),
            (block.box.parent if is_paragraph(block) else None, lines[id(block.box.parent)]),
        ):
            if one is None or one.start <= first.start < one.end:
                continue
            # One in the headline's box, and a text of paragraphs in a box of its own.
            apart = beside and head is not None and not one.start <= head
            if sum(more) >= sum(small) * 4 or (
                apart and len(small) == 1 < len(more) and sum(more) > sum(small)
            ):
                return one
    return first


def _widened(best: Box, blocks: list[Block], prose: Sums, head: int | None) -> Box:
    """The box around `best` that has the rest of a text broken up by boxes."""
    wider = best
    for parent in islice(_around(best), _FARTHEST):
        if parent.tag == "tr" and prose.of(parent) > prose.of(wider):
            break  # columns
        size, more = prose.of(wider), prose.of(parent)
        # `main` often holds other stories too, and counts only where the part is a mere block.
        is_known = (
            parent.is_named
            or parent.tag == "article"
            or (parent.tag == "main" and size < _BLOCK_WORDS and more > size * 2)
        )
        if (more > size and _takes_in(parent, wider, blocks, head)) or (
            is_known and more >= _ENOUGH_WORDS and more > size * 1.15
        ):
            wider = parent
    return wider


def _around(box: Box) -> Iterator[Box]:
    """The boxes that hold it, the nearest first."""
    while box.parent is not None:
        box = box.parent
        yield box


def _takes_in(parent: Box, part: Box, blocks: list[Block], head: int | None) -> bool:
    """Whether `parent` has further parts of the text of `part`; boxes that are none of it die."""
    paths = {path(block, parent) for block in blocks[part.start : part.end] if is_prose(block)}
    beside = [
        (at, block)
        for at, block in enumerate(blocks[parent.start : parent.end], parent.start)
        if not part.start <= at < part.end and is_prose(block)
    ]
    # What stands before the headline is none, however alike.
    first = head if head is not None and head < part.end else 0
    named = {way for way in paths if any(name for _, name in way)}
    kin = {at for at, block in beside if at > first and path(block, parent) in named}
    kin |= _told_alike(parent, part, [one for one in beside if one[0] > first], blocks, first)
    if not kin:
        return False
    for at, block in beside:
        if at in kin:
            continue
        outer = _below(parent, block.box)
        around = outer.start <= part.start and part.end <= outer.end
        if (
            outer.parent is not parent
            or around
            or any(outer.start <= one < outer.end for one in kin)
        ):
            continue
        # A quotation or a box of facts is the text's; what has a heading or leads elsewhere is not.
        if outer.images or any(
            (one.line.heading or one.linked) and not one.is_dead
            for one in blocks[outer.start : outer.end]
        ):
            kill(blocks, outer)
    return True


def _told_alike(
    parent: Box, part: Box, beside: list[tuple[int, Block]], blocks: list[Block], head: int
) -> set[int]:
    """Paragraphs of boxes whose classes differ, but that are built alike and tell of what the part tells of.

    Such a box has sentences alone, and leads nowhere: an introduction, a column, the rest behind an advert.
    """

    def tags(block: Block) -> list[str]:
        return [tag for tag, _ in path(block, parent)]

    ways = [tags(one) for one in blocks[part.start : part.end] if is_prose(one)]
    found: set[int] = set()
    told: set[str] | None = None
    asked: set[int] = set()
    done = part.end
    inner = _below(parent, part)
    own = (inner.tag, inner.name)
    for _, block in beside:
        outer = _below(parent, block.box)
        if id(outer) in asked or outer.start <= part.start < outer.end:
            continue
        asked.add(id(outer))
        held = [one for one in blocks[outer.start : outer.end] if not one.is_dead]
        prose = [one for one in held if is_prose(one)]
        is_kin = (outer.name != "" or outer.tag == "section") and (outer.tag, outer.name) == own
        if (
            (tags(block) not in ways and not is_kin)
            or outer.images
            or outer.forms
            or any(one.linked for one in held)
            or not all(ends(one.line.text) or one.line.text.endswith(_OPENS) for one in prose)
        ):
            continue
        if told is None:
            told = stems(" ".join(one.line.text for one in blocks[part.start : part.end]))
            told |= stems(blocks[head].line.text)
        is_next = all(one.is_dead for one in blocks[done : outer.start])
        said = stems(" ".join(one.line.text for one in prose))
        is_headed = not is_kin and any(one.line.heading for one in held)
        is_close = (
            outer.start - done <= _CLOSE
            and sum(one.words for one in blocks[done : outer.start]) <= _STAMP_WORDS
        )
        if len(told & said) >= (1 if is_next else _SHARED) + 3 * is_headed or (
            is_close
            and not is_headed
            and not any(speaks_to_reader(folded(one.line.text)) for one in held)
        ):
            found.update(range(outer.start, outer.end))
            done = outer.end
            told |= said
    return found


def _below(parent: Box, box: Box) -> Box:
    """The child of a box that holds another, or that one."""
    while box.parent is not None and box.parent is not parent:
        box = box.parent
    return box


def _home(
    best: Box, blocks: list[Block], boxes: list[Box], prose: Sums, head: int | None
) -> Box | None:
    """The `article` or `main` around the headline, where the densest part lies outside of it.

    A brief, or a text of which each paragraph has a box of its own, is outweighed by a
    list of other stories' leads.
    """
    if head is None:
        return None
    for box in boxes:
        if (
            box.tag in {"article", "main"}
            and box.start <= head < box.end
            and prose.of(box) >= _BRIEF_WORDS
        ):
            within = box.start <= best.start and best.end <= box.end
            return None if within or _is_body(best, box, blocks) else box
    return None


def _is_body(best: Box, home: Box, blocks: list[Block]) -> bool:
    """Whether a box behind the headline's has the text: its paragraphs alone, where that has a standfirst."""
    outer = next((box for box in (best, *_around(best)) if box.parent is home.parent), best)
    held = [
        block
        for block in blocks[best.start : best.end]
        if not (block.is_dead or is_label(block.line))
    ]
    return (
        home.tag == outer.tag == "article"
        and best.start >= home.end
        and sum(is_prose(block) for block in blocks[home.start : home.end]) == 1
        and sum(is_prose(block) for block in held) > 1
        and is_prose(held[0])
        and sum(block.linked for block in held) * 4 < sum(block.letters for block in held)
    )
