"""Which of a page's headings its running text tells of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from monitor.parse.lines import ends, stems, words
from monitor.parse.shown import Shown
from monitor.text.arabic import fold

_PROSE: Final = 10  # words of a paragraph
_TOLD: Final = 2  # words of a headline that its text has
_WORD: Final = re.compile(r"\w{2,}")
_UNSPACED: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff]+")


def is_prose(line: Shown) -> bool:
    """Whether a line is a paragraph of running text."""
    return words(line.text) >= _PROSE and ends(line.text)


class Text:
    """A page's running text, read once and as far as needed, whatever is asked of it.

    To read it anew for each of a page's headings takes time that grows with the square
    of a page made of nothing else.
    """

    def __init__(self, lines: Iterable[Shown]) -> None:
        self._rest = (line.text for line in lines if is_prose(line))
        self._words: set[str] = set()
        self._stems: set[str] = set()
        self._unstemmed: list[str] = []  # paragraphs whose stems are not among them yet

    def tells(self, title: str) -> bool:
        """Whether it has two words of a title at least, be it in other forms."""
        named, rooted = words_of(title), stems(title)
        while len((named & self._words) | (rooted & self._stems)) < _TOLD:
            if rooted and self._unstemmed:
                self._stems |= stems(self._unstemmed.pop())
            elif (text := next(self._rest, None)) is None:
                return False
            else:
                self._words |= words_of(text)
                self._unstemmed.append(text)
        return True


def words_of(text: str) -> set[str]:
    """The words of a text; where scripts part none, each two letters that follow each other."""
    folded = fold(text)
    found = set(_WORD.findall(folded))
    if _UNSPACED.search(folded):
        runs = _UNSPACED.findall(folded)
        found.update(run[at : at + 2] for run in runs for at in range(len(run) - 1))
    return found
