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
_ENDED: Final = re.compile(r"[.!?؟۔।。！？:][\"'»”’)\]]*$")
# Letters of a word and its blank at the most, all in all.
_WORD: Final = 15


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
    lines = [line for block in blocks for line in block]
    width = max(map(len, lines), default=0)
    if not _NARROW <= width <= _WIDE:
        return text
    ends = [
        (line, len(line) + 1 + len(following.split(None, 1)[0]) > width)
        for block in blocks
        for line, following in pairwise(block)
    ]
    if len(ends) < least or sum(full for _, full in ends) < _NEARLY_ALL * len(ends):
        return text
    # Paragraphs of a line each end as sentences do; headlines nowhere; scripts without spaces have no words.
    stopped = sum(_ENDED.search(line) is not None for line, _ in ends)
    if 2 * stopped >= len(ends) or not any(_ENDED.search(block[-1]) for block in blocks if block):
        return text
    if sum(line.count(" ") for line in lines) * _WORD < sum(map(len, lines)):
        return text
    return "\n\n".join(" ".join(block) for block in blocks)
