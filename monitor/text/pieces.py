"""What stands between two spaces, looked up once for all who read a text: the look-up is what costs.

Each of some twenty thousand lies somewhere else in memory; what its readers made of it lies with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Final, Generic, TypeVar

from monitor.text.memory import LETTERS, Memory, Sentences

V = TypeVar("V")

_REMEMBERED: Final = 20_000


class Piece:
    """A piece as it is written, and what its readers made of it once they have.

    `told` is the outlet's (`text/outlet.py`), `spelt` that of the shipped spellings (`story/lexicon.py`),
    `stems` that of the languages whose words are known by their letters alone (`story/vector.py`). What
    others make, stems of one language, has that language's name: a piece is seldom of two.
    """

    __slots__ = ("__dict__", "spelt", "stems", "told", "written")

    def __init__(self, written: str) -> None:
        """Not read yet."""
        self.written = written


_KNOWN: Final = Memory(Piece, _REMEMBERED)
_PIECES: Final = Sentences(lambda text: list(map(_KNOWN.__getitem__, text.split())), LETTERS)


def pieces(text: str) -> Sequence[Piece]:
    """The pieces of a text in order, remembered for a while: leave the list as it is."""
    return _PIECES[text]


class Reader(Generic[V]):
    """A pure function of a piece that is remembered with it: one for each place."""

    def __init__(self, place: str, work: Callable[[str], V]) -> None:
        """Remember in that place what `work` gives."""
        self._place, self._work = place, work
        self._made = attrgetter(place)

    def of(self, read: Sequence[Piece]) -> list[V]:
        """What it makes of each piece."""
        try:
            return list(map(self._made, read))
        except AttributeError:
            for piece in read:
                if not hasattr(piece, self._place):
                    setattr(piece, self._place, self._work(piece.written))
            return list(map(self._made, read))
