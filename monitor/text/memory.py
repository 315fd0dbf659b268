"""What was worked out lately: words come back, by Zipf's law most of them soon, and so does a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Final, TypeVar

V = TypeVar("V")

# Longer runs of letters (a whole sentence of a script without spaces) do not come back.
LONGEST: Final = 24
# The classes of an element: some frameworks hang three dozen of them on each.
NAMES: Final = 400
_LINE: Final = 10_000
_ENDLESS: Final = 4
# No article has more: what its sentences gave is there for the next story, and for its facts.
LETTERS: Final = 200_000


class Memory(dict[str, V]):
    """`memory[word]` is `work(word)`, worked out once while the word keeps coming.

    Bounded: it holds at most `most` words and as many of the generation before, which
    is let go when the newer one is full. A word that came again in the meantime stays, and
    none of more than `longest` letters is held.
    """

    def __init__(self, work: Callable[[str], V], most: int, longest: int = LONGEST) -> None:
        """Remember what `work`, a pure function, gives for a word."""
        super().__init__()
        self._work = work
        self._most = most
        self._longest = longest
        self._before: dict[str, V] = {}

    def __missing__(self, word: str) -> V:
        before = self._before  # another thread may let this generation go meanwhile
        found = before[word] if word in before else self._work(word)
        if len(word) <= self._longest:
            if len(self) >= self._most:
                self._before = dict(self)
                self.clear()
            self[word] = found
        return found


class Sentences(dict[str, V]):
    """`sentences[text]` is `work(text)`, worked out once for all who ask while an article is read.

    Bounded by letters, since what is worked out grows with the text: a text without full stops
    is one sentence of 200,000 letters, and a thousand of these would fill the machine.
    """

    def __init__(self, work: Callable[[str], V], letters: int) -> None:
        """Remember what `work`, a pure function, gives for texts of so many letters together."""
        super().__init__()
        self._work = work
        self._most = self._left = letters

    def __missing__(self, text: str) -> V:
        found = self._work(text)
        if self._left < len(text):
            self.clear()
            self._left = self._most
        self._left -= len(text)
        self[text] = found
        return found


class _Lines(Sentences[V]):
    """`Sentences` that hold no line without end."""

    def __init__(self, work: Callable[[str], V]) -> None:
        super().__init__(work, LETTERS)
        self._endless = lru_cache(maxsize=_ENDLESS)(work)

    def __missing__(self, text: str) -> V:
        return super().__missing__(text) if len(text) <= _LINE else self._endless(text)


def of_names(work: Callable[[str], V]) -> Callable[[str], V]:
    """A pure function of what sites call their parts, which remembers the last thousands of them.

    For bytes of strangers: a class of 20 MB is worked out each time and never held.
    """
    return Memory(work, 2_048, NAMES).__getitem__


def of_lines(work: Callable[[str], V]) -> Callable[[str], V]:
    """A pure function of a page's lines, which remembers those of one page.

    For bytes of strangers: bounded by letters as `Sentences` is, and of the lines that have
    no end the last few are held apart, so that they do not put the others out.
    """
    return _Lines(work).__getitem__


def gathered(memory: Memory[tuple[V, ...]], words: Iterable[str]) -> Iterator[V]:
    """What all the words give, one after the other."""
    return chain.from_iterable(map(memory.__getitem__, words))
