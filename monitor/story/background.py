"""Sentences that agencies hang under everything: learnt from the stream, never decisive or new.

A sentence is background once it stood nearly word for word under at least three events
on at least three days. It is known by marks: min-hashes of its runs of three words, of
which half stay when a word or two change. Single words would not do: a story's own stand
in all of its sentences.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from sys import byteorder
from typing import Final
from zlib import crc32

from monitor.text.memory import LETTERS, Sentences
from monitor.text.words import words

_EVENTS: Final = 3
_DAYS: Final = 3
# Of six marks: with one word of twenty changed, three stay in 95 of 100 sentences.
_ALIKE: Final = 3
_SPREAD: Final = (1, 2_654_435_761, 2_246_822_519, 3_266_489_917, 668_265_263, 374_761_393)
_RUN: Final = 3
# Octets of a hash and its product, of which the lower half is kept.
_ROOM: Final = 8
_LOWER: Final = int(byteorder == "big")
# In runs; a shorter sentence says too little to be known again.
_SHORTEST: Final = 5

# An event (a development, or an article of none) and the ordinal of its day.
Sighting = tuple[int, int]


def marks(sentence: str) -> tuple[int, ...]:
    """Six numbers below 2**35 that tell the sentence's wording; none for a short one."""
    return _MARKS[sentence]


def _marks(sentence: str) -> tuple[int, ...]:
    # Encoded at once and cut again, which costs less than word by word.
    coded = " ".join(words(sentence)).encode().split(b" ")
    hashes = set(map(crc32, map(b" ".join, zip(*[coded[at:] for at in range(_RUN)], strict=False))))
    if len(hashes) < _SHORTEST:
        return ()
    # Side by side in one number, each with room for its product, all are multiplied at once.
    size = _ROOM * len(hashes)
    numbers = int.from_bytes(array("Q", hashes).tobytes(), byteorder)
    return tuple(
        [
            min(array("I", (numbers * factor).to_bytes(size, byteorder))[_LOWER::2]) << 3 | number
            for number, factor in enumerate(_SPREAD)
        ]
    )


_MARKS: Final = Sentences(_marks, LETTERS)


def is_background(sentence: str, known: Collection[int]) -> bool:
    """Whether a sentence is one; `known` are the marks of those learnt."""
    return bool(known) and sum(mark in known for mark in marks(sentence)) >= _ALIKE


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
