"""One line of a text: how long it is, whether it ends as a sentence does, reads like a headline, and what it tells of."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from monitor.parse.marks import (
    folded,
)
from monitor.text.memory import of_lines
from monitor.text.words import split, stem

_HEADLINE_WORDS: Final = 25
_PROSE_WORDS: Final = 10
_LONG_WORD: Final = 4
_STOPS: Final = tuple(".。．!?؟！？…۔।")
_CLOSERS: Final = "\"'”»’)]}›」』*_ "
# A footnote's number straight behind the stop, and no part of a figure.
_NOTE: Final = re.compile(r"(?<=[^\W\d][.!?؟…»”])\[?\d{1,2}$")
_BRACKET: Final = re.compile(r"\s*\([^()]{1,40}\)\s*$")
_ENDING: Final = 100  # letters that the longest of these take
_UNSPACED: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


class Line(NamedTuple):
    """One paragraph. `linked`: all of it is a link; `heading`: it was marked up as one."""

    text: str
    linked: bool = False
    heading: bool = False


@of_lines
def words(text: str) -> int:
    """How long a line is in words; in scripts without spaces two letters are one."""
    spaced = len(text.split())
    return spaced if text.isascii() else max(spaced, len(_UNSPACED.findall(text)) // 2)


def ends(text: str) -> bool:
    """Whether the text ends as a sentence does, quotes, a footnote's mark and a sign-off in brackets aside."""
    bare = text.rstrip(_CLOSERS)
    if bare.endswith(_STOPS):
        return True
    # A pattern for the end looks from each letter of a text, however long it is.
    bare, text = bare[-_ENDING:], text.rstrip()[-_ENDING:]
    if bare[-1:].isdigit():
        return _NOTE.sub("", bare).rstrip(_CLOSERS).endswith(_STOPS)
    return text.endswith(")") and _BRACKET.sub("", text).rstrip(_CLOSERS).endswith(_STOPS)


def leads_on(text: str) -> bool:
    """Whether a line leads on to what follows: "Workers of the port:"."""
    return text.endswith((":", "："))


def is_headline(line: Line) -> bool:
    """Whether a line reads like a headline: a link, or short and without a full stop."""
    if line.linked:
        return True
    stopped = ends(line.text) and not line.text.rstrip(_CLOSERS).endswith(("?", "؟", "!", "…"))
    return 0 < words(line.text) <= _HEADLINE_WORDS and not stopped


def is_running(line: Line) -> bool:
    """Whether a line is a sentence of a text, and no headline that leads elsewhere."""
    return not line.linked and ends(line.text) and words(line.text) >= _PROSE_WORDS


def stems(text: str) -> set[str]:
    """The stems of a text's longer words: what it tells of."""
    return {stem(word) for word in split(folded(text)) if len(word) >= _LONG_WORD}
