"""The outlet's own voice in the article's box: what speaks to the reader, or of the author.

A text's paragraphs stand alike, one after the other. What stands otherwise among or behind them is judged by
who speaks in it and to whom; its wording, class and place in the page may be any.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Final

from monitor.parse.lines import ends, leads_on, stems
from monitor.parse.marks import folded, key
from monitor.parse.page.addressed import speaks_to_reader
from monitor.parse.page.blocks import HEADINGS, Block, Box, Path, is_prose, path

_VOICE_WORDS: Final = 40
_FOOT: Final = 3  # lines below other stories that are the outlet's
_ABOUT: Final = 2  # words that a line shares with the text it belongs to
_LINE_WORDS: Final = 12
_BOX_WORDS: Final = 50
# Parts of a text that stand otherwise than its paragraphs, and are its own.
_PARTS: Final = frozenset(str.split("ul ol li table td th tr blockquote dl dt dd details pre"))


def kill_voices(blocks: list[Block], container: Box, author: str | None) -> None:
    """What stands otherwise than the paragraphs and is no part of what they tell."""
    held = blocks[container.start : container.end]
    told = [block for block in held if is_prose(block) and ends(block.line.text)]
    ways = Counter(path(one, container) for one in told)
    usual = {way for way, count in ways.items() if count > 1}
    if not usual:
        return
    own = [one for one in told if path(one, container) in usual]
    # Where paragraphs end as they like, a line without a stop is no less than they.
    has_stops = len(told) * 5 >= sum(map(is_prose, held)) * 4
    end = max(at for at, one in enumerate(held) if not one.is_dead and ends(one.line.text))
    named = key(author) if author else ""
    over = max(at for at, one in enumerate(held) if is_prose(one) and path(one, container) in usual)
    below = next((at for at in range(over, len(held)) if held[at].is_dead), len(held))
    if sum(not one.is_dead for one in held[below:]) > _FOOT:
        below = len(held)  # entries

    @cache
    def about() -> set[str]:
        return stems(" ".join(one.line.text for one in own))

    speaking: bool | None = None  # only some pages have a box that asks
    for at, block in enumerate(held):
        way = path(block, container)
        if (
            block.is_dead
            or block.line.linked
            or block.words > _VOICE_WORDS
            or way in usual
            or not _PARTS.isdisjoint(tag for tag, _ in way)
        ):
            continue
        said = folded(block.line.text)
        box = _apart(blocks, block, container, usual)
        if block.box.tag in HEADINGS and box is block.box:
            continue  # the text's own subheading
        is_over = has_stops and at > end and not leads_on(block.line.text)
        is_author = named != "" and said.startswith(named) and block is not own[0]
        is_lone = has_stops and _is_lone(block, box) and stems(said).isdisjoint(about())
        is_foot = at > below and block.box.tag != "p" and stems(said).isdisjoint(about())
        if block.box.tag in HEADINGS or not (is_over or is_author or is_lone or is_foot):
            if not speaks_to_reader(said) or (
                block.box.tag not in HEADINGS and len(stems(said) & about()) >= _ABOUT
            ):
                continue
            if speaking is None:
                speaking = sum(speaks_to_reader(folded(one.line.text)) for one in own) * 5 > len(
                    own
                )
            if speaking:
                continue
        block.is_dead = True
        around = blocks[box.start : box.end]
        is_headed = block.box.tag in HEADINGS
        told_there = stems(" ".join(one.line.text for one in around if is_prose(one)))
        if sum(one.words for one in around) <= _BOX_WORDS and (
            is_headed or len(told_there & about()) <= _ABOUT
        ):
            for one in around:
                one.is_dead = True


def _is_lone(block: Block, box: Box) -> bool:
    """Whether a paragraph that is no sentence has a box of its own among the others: a label or a call."""
    return (
        block.box.tag == "p"
        and box is not block.box
        and box.end - box.start == 1
        and block.words <= _LINE_WORDS
        and not block.box.is_bold
        and not ends(block.line.text)
        and not leads_on(block.line.text)
    )


def _apart(blocks: list[Block], block: Block, container: Box, usual: set[Path]) -> Box:
    """The outermost box around a line that holds none of the text's paragraphs."""
    box = block.box
    while box.parent is not None and box.parent is not container:
        around = blocks[box.parent.start : box.parent.end]
        if any(path(one, container) in usual and is_prose(one) for one in around):
            break
        box = box.parent
    return box
