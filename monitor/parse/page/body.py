"""The lines of an article in a page: the box that holds the running text, without foreign boxes."""

from __future__ import annotations

from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from monitor.errors import ParseError
from monitor.model import Selectors
from monitor.parse.lines import Line
from monitor.parse.marks import key
from monitor.parse.page.blocks import HEADINGS, INLINE, Block
from monitor.parse.page.boxes import kill_cards, kill_named
from monitor.parse.page.broken import mend
from monitor.parse.page.container import find_container
from monitor.parse.page.foreign import kill_foreign
from monitor.parse.page.heads import kill_head
from monitor.parse.page.posts import kill_posts, read_posts
from monitor.parse.page.rows import rows
from monitor.parse.page.second import kill_stories
from monitor.parse.page.walk import walk

_HEADLINE_WORDS: Final = 3


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
    posts = read_posts(blocks, boxes)
    mend(blocks, boxes[0])
    kill_cards(blocks, boxes, head)
    best = find_container(blocks, boxes, head)
    kill_posts(blocks, posts, best)
    kill_foreign(blocks, boxes, best, author)
    mend(blocks, best, {box.start for box in boxes if box.start == box.end})
    kill_stories(blocks, boxes, best, head)
    start = kill_head(blocks, best, head)
    return _alive(blocks[start : best.end])


def select(document: LexborHTMLParser, selector: str) -> list[LexborNode]:
    """The nodes of a user's selector; ParseError when it is none."""
    try:
        return document.css(selector)
    except (SelectolaxError, ValueError) as fault:
        raise ParseError(f"no CSS selector ({selector}): {fault}") from None


def _alive(blocks: list[Block]) -> list[Line]:
    """The lines that are left, a table's row in one."""
    row = rows(blocks)
    lines: list[Line] = []
    last: Block | None = None
    for block in blocks:
        if block.is_dead:
            continue
        own = row.get(id(block))
        if own is not None and last is not None and row.get(id(last)) is own:
            lines[-1] = Line(f"{lines[-1].text} {block.line.text}")
        elif last is not None and last.box.parent is block.box and last.box.tag in INLINE:
            lines[-1] = Line(f"{lines[-1].text} {block.line.text}")  # a date in its line
        elif block.line.linked and block.box.tag == "td" and block.words < _HEADLINE_WORDS:
            lines.append(Line(block.line.text))  # a name in a table
        else:
            lines.append(block.line)
        last = block
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
