"""Paragraphs that speak to the reader, folded: what an outlet wants of him, and not what it tells.

A report tells of others; its own voice says "you" in the words of those whom it quotes. So a box that says it
where the text does not is a form, a promotion or an appeal, whatever it is about.
"""

from __future__ import annotations

import re
from typing import Final

from monitor.text.lists import any_of, pattern, phrases

_LISTS: Final = ("monitor.parse", "reader")
# Words that mean the reader, and, where words are not parted, what does.
_WORD: Final = re.compile(
    rf"(?<!\w)(?:{any_of(phrases(*_LISTS, 'reader'))})(?!\w)|{pattern(*_LISTS, 'unparted')}"
)
# A sentence that begins with what the reader is to do, where a verb's form says so.
_BIDDEN: Final = re.compile(
    r"(?:^|[.!?:…]\s)(?:\w{3,}en sie(?!\w)|(?!assez|chez|nez)\w{3,}ez(?!\w)|\w{3,}(?:ите|итесь)(?!\w)"
    r"|(?:try|get|start|join|discover|enjoy|sign|subscribe|download|unlock|upgrade|claim|don't miss)\s)"
)
_QUOTED: Final = re.compile(r"«[^»]*»|“[^”]*”|„[^“”]*[“”]|\"[^\"]*\"|「[^」]*」|‘[^’]*’(?!\w)")


def speaks_to_reader(folded: str) -> bool:
    """Whether a folded paragraph says "you" outside of what it quotes."""
    own = _QUOTED.sub(" ", folded)
    return _WORD.search(own) is not None or _BIDDEN.search(own) is not None
