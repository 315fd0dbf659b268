"""What was worked out for the words seen lately: words come back, by Zipf's law most of them soon."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Final, TypeVar

V = TypeVar("V")

# Longer runs of letters (a whole sentence of a script without spaces) do not come back.
_LONGEST: Final = 24


class Memory(dict[str, V]):
    """`memory[word]` is `work(word)`, worked out once while the word keeps coming.

    Bounded: it holds at most `most` words and as many of the generation before, which
    is let go when the newer one is full. A word that came again in the meantime stays.
    """

    def __init__(self, work: Callable[[str], V], most: int) -> None:
        """Remember what `work`, a pure function, gives for a word."""
        super().__init__()
        self._work = work
        self._most = most
        self._before: dict[str, V] = {}

    def __missing__(self, word: str) -> V:
        found = self._before[word] if word in self._before else self._work(word)
        if len(word) <= _LONGEST:
            if len(self) >= self._most:
                self._before = dict(self)
                self.clear()
            self[word] = found
        return found


def gathered(memory: Memory[tuple[V, ...]], words: Iterable[str]) -> Iterator[V]:
    """What all the words give, one after the other."""
    return chain.from_iterable(map(memory.__getitem__, words))
