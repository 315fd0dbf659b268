"""A word of substance that is gone, and in whose place one stands that only joins or points.

"Free for residents" is not "also for residents": the word that came carries no fact by itself, so that
nothing new seems to be said, but what was said of the words around it is gone. So it is where what
stood behind a comma, before a preposition, is gone alone: "six euros, free for residents"; and where
it stood last, and leaves a preposition there, in languages that put them behind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from monitor.fold.features import Sentence, is_figure
from monitor.fold.lexicon import is_stopword
from monitor.fold.verbs import frames, speaks
from monitor.text.arabic import fold

# So many words may stand in each other's place.
_FEW: Final = 2
# Shorter words are particles of some language.
_LETTERS: Final = 2
# Behind it a new part of a sentence begins.
_PARTED: Final = r"[,;:(–—،؛]\s*"
# A Hebrew preposition is written as one with the next word.
_JOINED: Final = re.compile("[לבמכ][א-ת]{2}")


def emptied(
    before: Sentence,
    now: Sentence,
    change: tuple[str, int, int, int, int],
    tells_nothing: Callable[[str], bool],
    is_told: Callable[[str], bool],
) -> str:
    """The word of `before` that one change on the way to `now` puts a particle for; empty if none.

    `change` is an opcode over the words of the two, `tells_nothing` tells what carries no fact in this language,
    `is_told` whether a folded word is told elsewhere in `now`.
    """
    kind, start, end, first, last = change
    gone, come = before.plain[start:end], now.plain[first:last]
    if not 1 <= len(gone) <= _FEW or len(come) > _FEW:
        return ""

    def is_empty(word: str) -> bool:
        return tells_nothing(word) or is_stopword(word)

    lost = [word for word in gone if _tells(word, is_empty) and not is_told(word)]
    if not lost:
        return ""
    if kind == "replace":
        put = any(word not in before.plain for word in come) and all(map(is_empty, come))
        return lost[0] if put and not _spell_one("".join(gone), "".join(come)) else ""
    if kind == "delete" and (
        _stood_alone(before, gone, end, is_empty)
        or (
            end == len(before.plain)
            and now.closed
            and not now.cut_off
            and is_empty(before.plain[start - 1])
        )
    ):
        return lost[0]
    return ""


def _stood_alone(
    before: Sentence, gone: Sequence[str], end: int, is_empty: Callable[[str], bool]
) -> bool:
    """Whether what is gone was all between a comma and a preposition."""
    following = before.plain[end : end + 1]
    if len(gone) != 1 or not following:
        return False
    if not (is_empty(following[0]) or _JOINED.match(following[0])):
        return False
    behind = rf"{_PARTED}{re.escape(gone[0])}\s+{re.escape(following[0])}\b"
    return re.search(behind, fold(before.raw)) is not None


def _spell_one(one: str, other: str) -> bool:
    """Whether the letters of one stand in the other in their order: ueber, über."""
    short, long = sorted((one, other), key=len)
    letters = iter(long)
    return all(letter in letters for letter in short)


def _tells(word: str, is_empty: Callable[[str], bool]) -> bool:
    return len(word) > _LETTERS and not (
        is_empty(word) or is_figure(word) or speaks(word) or frames(word)
    )
