"""Text that was broken into lines of one width, as mails, wires and terminals have it, made whole."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

_BLOCK: Final = re.compile(r"\n[ \t]*\n\s*")
# The width of such lines in letters, and how many of their ends prove that there is one.
_NARROW: Final = 40
_WIDE: Final = 120
_ENOUGH: Final = 4
_NEARLY_ALL: Final = 0.9


def unwrapped(text: str, *, least: int = _ENOUGH) -> str:
    """The text with one line a paragraph, where its lines end for want of room and nothing else.

    A line ends so where the first word of the next one would not have fitted. Lists, verses and
    lines that are paragraphs are left as they are. `least` is how many such ends prove it.
    """
    if text.count("\n") < least:
        return text
    blocks = [
        [line.strip() for line in block.split("\n") if line.strip()]
        for block in _BLOCK.split(text.strip("\n"))
    ]
    width = max((len(line) for block in blocks for line in block), default=0)
    if not _NARROW <= width <= _WIDE:
        return text
    ends = [
        len(line) + 1 + len(following.split(None, 1)[0]) > width
        for block in blocks
        for line, following in pairwise(block)
    ]
    if len(ends) < least or sum(ends) < _NEARLY_ALL * len(ends):
        return text
    return "\n\n".join(" ".join(block) for block in blocks)
