"""The first words of spellings, without what follows them: a first look asks for no more."""

from __future__ import annotations

from sys import intern
from typing import Final

from monitor.story.forms import pieces_of
from monitor.story.lexicon import SOLID, Lexicon
from monitor.story.tree import Node

# Each story has thousands of first words, and nothing is asked of the places to which they lead.
_ANYWHERE: Final = Node()


class Openers(Lexicon):
    """A lexicon that only tells what begins one of its spellings: it finds none of them whole."""

    def _add(self, concept: str, spelling: str) -> None:
        for place, piece in enumerate(pieces_of(spelling.removeprefix("~"))):
            if SOLID.match(piece):
                self._solid.add(piece)  # each of them is where a token is cut
            elif place == 0:
                is_star = piece.endswith("*")
                (self._stars if is_star else self._exact).add(intern(piece.removesuffix("*")))
            if place == 0:
                self._root.below[piece] = _ANYWHERE
