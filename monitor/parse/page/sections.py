"""Boxes with a heading of their own: a section of the text by what it tells of, else what the outlet hangs there."""

from __future__ import annotations

from collections import Counter
from typing import Final

from monitor.parse.furniture import is_label
from monitor.parse.lines import ends, stems
from monitor.parse.page.blocks import HEADINGS, Block, Box, below, is_prose
from monitor.parse.page.boxes import INNER, kill

_TABLES: Final = frozenset(("td", "th", "dt", "dd", "li"))
_FOLDED: Final = frozenset(("details", "amp-accordion"))
_LINE_WORDS: Final = 12
_ASIDE_WORDS: Final = 50
_SENTENCE_WORDS: Final = 4
_SHARED: Final = 2  # words of a section that the rest of the text has as well
_TEXT: Final = 3  # paragraphs before what stands under a text
_NAME_WORDS: Final = 3


def kill_last(blocks: list[Block], container: Box) -> None:
    """Boxes behind the text with a name and a sentence that tells of something else."""
    end = container.end
    while end > container.start:
        block = blocks[end - 1]
        box = block.box
        while box.parent is not None and box.parent is not container and box.parent.end == end:
            box = box.parent
        held = [one for one in blocks[box.start : end] if not one.is_dead]
        if held and all(one.line.linked or is_label(one.line) for one in held):
            held = []
        if held:
            before = blocks[container.start : box.start]
            if (
                box is container
                or box.tag in INNER
                or box.tag in _TABLES
                or sum(map(is_prose, before)) < _TEXT
                or any(_is_kin(one.box, box) for one in before if is_prose(one))
                or not _is_signed(held, before)
            ):
                return
            kill(blocks, box)
        end = box.start


def _is_signed(held: list[Block], before: list[Block]) -> bool:
    """Whether lines are a name and one sentence, which tells of nothing that the text tells of."""
    first, last = held[0], held[-1]
    return (
        len(held) == 2
        and first.words <= _NAME_WORDS
        and not ends(first.line.text)
        and ends(last.line.text)
        and first.words + last.words <= _ASIDE_WORDS
        and told_in(before).keys().isdisjoint(told_in([last]))
    )


def _is_kin(box: Box, other: Box) -> bool:
    """Whether a box stands in one beside another, and of its kind."""
    if other.parent is None:
        return False
    box = below(other.parent, box)
    return box.parent is other.parent and (box.tag, box.name) == (other.tag, other.name)


def is_aside(held: list[Block], box: Box) -> bool:
    """Whether a box between paragraphs has a heading of its own: a promotion, not the text."""
    first = next((block for block in held[:2] if block.box.tag in HEADINGS), None)
    return (
        first is not None
        and not is_prose(held[0])
        and held[-1] is not first
        and box.tag not in INNER
        and box.tag not in {"ul", "ol", "table"}
        and not _unfolds(box)
    )


def told_in(held: list[Block]) -> Counter[str]:
    """What running text tells of: in how many paragraphs each word of it is."""
    return Counter(stem for block in held if is_prose(block) for stem in stems(block.line.text))


def is_section(blocks: list[Block], box: Box, whole: Counter[str]) -> bool:
    """Whether a box with a heading is a section of the text: sentences alone, which tell of what the rest tells of."""
    every = [
        block
        for block in blocks[box.start : box.end]
        if not (block.is_dead or (block.words <= _LINE_WORDS and is_label(block.line)))
    ]
    held = every[1:]  # behind the heading
    if (
        not held
        or box.forms
        or box.images
        or any(one.linked for one in every)
        or sum(not (ends(one.line.text) and _is_told(one)) for one in held) > 1
        or not any(ends(one.line.text) and one.words >= _SENTENCE_WORDS for one in held)
    ):
        return False
    own = told_in(held)
    said = set(own) | {stem for one in every for stem in stems(one.line.text)}
    shared = sum(whole[stem] > own[stem] for stem in said)
    return shared >= (_SHARED if len(held) == 1 else 1)


def _is_told(block: Block) -> bool:
    """Whether a line is long enough for a sentence, be it an item of a list."""
    return block.words >= _SENTENCE_WORDS or block.box.tag == "li"


def _unfolds(box: Box) -> bool:
    """Whether a box is one that the reader opens: a question with its answer, not a promotion."""
    around = box.parent.tag if box.parent is not None else ""
    return box.tag in _FOLDED or around in _FOLDED
