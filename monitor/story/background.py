"""Sentences that agencies hang under everything: learnt from the stream, never decisive or new.

A sentence is background once it stood nearly word for word under at least three events
on at least three days. It is known by marks: min-hashes of its runs of three words, of
which half stay when a word or two change. Single words would not do: a story's own stand
in all of its sentences.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final
from zlib import crc32

from monitor.text.memory import LETTERS, Sentences
from monitor.text.words import words

_EVENTS: Final = 3
_DAYS: Final = 3
# Of six marks: with one word of twenty changed, three stay in 95 of 100 sentences.
_ALIKE: Final = 3
_SPREAD: Final = (1, 2_654_435_761, 2_246_822_519, 3_266_489_917, 668_265_263, 374_761_393)
_MASK: Final = 0xFFFFFFFF
_RUN: Final = 3
# In runs; a shorter sentence says too little to be known again.
_SHORTEST: Final = 5

# An event (a development, or an article of none) and the ordinal of its day.
Sighting = tuple[int, int]


def marks(sentence: str) -> tuple[int, ...]:
    """Six numbers below 2**35 that tell the sentence's wording; none for a short one."""
    return _MARKS[sentence]


def _marks(sentence: str) -> tuple[int, ...]:
    first = " ".join(words(sentence)).encode().split(b" ")
    # A sum goes on where another ended: that of a run, "one two three".
    runs = list(map(crc32, first))
    following = [b" " + word for word in first]
    for at in range(1, _RUN):
        runs = list(map(crc32, following[at:], runs))
    hashes = set(runs)
    if len(hashes) < _SHORTEST:
        return ()
    return tuple(
        [
            (min([value * factor & _MASK for value in hashes]) << 3) | number
            for number, factor in enumerate(_SPREAD)
        ]
    )


_MARKS: Final = Sentences(_marks, LETTERS)


def is_background(own: Sequence[int], known: Collection[int]) -> bool:
    """Whether a sentence of these marks is one; `known` are the marks of those learnt."""
    return sum(mark in known for mark in own) >= _ALIKE


def sighted(
    seen: Sequence[Sighting], event: int, day: int
) -> tuple[tuple[Sighting, ...], bool] | None:
    """The sightings of a mark with one more, and whether they make it known.

    None where it adds nothing: an event counts once, a day once.
    """
    if len(seen) >= max(_EVENTS, _DAYS) or any(day == d or event == e for e, d in seen):
        return None
    found = (*seen, (event, day))
    return found, len(found) >= max(_EVENTS, _DAYS)
