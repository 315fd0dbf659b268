"""The tree of spellings, walked by states: each is what several readings of the words so far lead to.

A step is worked out when it is first taken, and is one look-up from then on.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from monitor.story.layered import Over, OverSet
from monitor.text.language import may_be


class Node:
    """A place in the tree of spellings: what may follow, and whose spellings end here.

    `ends` are those: the concept, whether weak, and the only language of it or none.
    """

    __slots__ = ("below", "ends")

    def __init__(self, like: Node | None = None) -> None:
        """Empty, or a copy of another one, whose nodes below are the same."""
        self.below: dict[str, Node] = dict(like.below) if like else {}
        self.ends: tuple[tuple[str, bool, str], ...] = like.ends if like else ()


class Tree(NamedTuple):
    """The tree of spellings, and the pieces that stand in it by how they are looked for.

    `lengths` are those of the `solid` names by their first letter, longest first; no star
    stands behind more letters than `longest`.
    """

    root: Node
    exact: set[str]
    stars: set[str]
    solid: set[str]
    lengths: dict[str, tuple[int, ...]]
    longest: int

    @classmethod
    def empty(cls) -> Tree:
        """Without any spelling."""
        return cls(Node(), set(), set(), set(), {}, 0)

    def over(self) -> Tree:
        """One to add to: what it does not add is looked for here, where nothing changes."""
        root = Node()
        root.below = Over(self.root.below)
        exact, stars, solid = map(OverSet, (self.exact, self.stars, self.solid))
        return Tree(root, exact, stars, solid, Over(self.lengths), self.longest)


@dataclass(frozen=True, slots=True, eq=False)
class Ending:
    """What a spelling says, one object for all that say the same: see `lexicon.Mention`."""

    concepts: tuple[str, ...]
    weak: bool
    apart: bool


# Some hundred for tens of thousands of spellings: what is looked up by them stays at hand.
_ending_of: Final = cache(Ending)
_NOTHING: Final = frozenset[str]()


class State(dict["Sense", "State"]):
    """The places that the words so far lead to, each with whether a preposition was taken off.

    `state[sense]` is where one more word leads, of which a name is among the `following`: else no
    spelling goes on with it. `ends` is what a mention that ends here says in any sentence; where
    `languages` has any, a sentence of one of them may say more: `ending`.
    """

    __slots__ = ("_deeper", "_endings", "_level", "ends", "following", "languages")

    def __init__(self, level: Sequence[tuple[Node, bool]]) -> None:
        """Of places in the tree."""
        super().__init__()
        self._level = [(node, apart) for node, apart in level if node.ends]
        self._endings: dict[tuple[str, ...], Ending | None] = {}
        self.languages = tuple(
            {only for node, _ in self._level for _, _, only in node.ends if only}
        )
        self.ends = self._ending(())
        self._deeper = [(node, apart) for node, apart in level if node.below]
        below = [node.below for node, _ in self._deeper]
        self.following = _NOTHING.union(*below) if below else _NOTHING

    def ending(self, sentence: str) -> Ending | None:
        """What a mention that ends here says in a sentence."""
        if not self.languages:
            return self.ends
        spoken = tuple(each for each in self.languages if may_be(sentence, each))
        if spoken not in self._endings:
            self._endings[spoken] = self._ending(spoken)
        return self._endings[spoken]

    def _ending(self, spoken: Collection[str]) -> Ending | None:
        ends = [
            (name, weak, apart)
            for node, apart in self._level
            for name, weak, only in node.ends
            if not only or only in spoken
        ]
        strong = tuple(dict.fromkeys(name for name, weak, _ in ends if not weak))
        weak = tuple(dict.fromkeys(name for name, weak, _ in ends if weak))
        apart = any(apart for _, _, apart in ends)
        return _ending_of(strong or weak, not strong, apart) if ends else None

    def __missing__(self, sense: Sense) -> State:
        level = [
            (node.below[piece], apart)
            for node, apart in self._deeper
            for piece, _ in sense.pieces
            if piece in node.below
        ]
        self[sense] = state = State(level)
        return state


class Sense:
    """What a word may stand for, one for all words alike; `start` where a spelling begins so.

    `names` are its pieces without what was taken off.
    """

    __slots__ = ("names", "pieces", "start")

    def __init__(self, pieces: tuple[tuple[str, bool], ...], root: Node) -> None:
        """Of pieces that the word may be, each with whether a preposition was taken off."""
        self.pieces = pieces
        self.names = tuple([piece for piece, _ in pieces])
        level = [(root.below[piece], attached) for piece, attached in pieces if piece in root.below]
        self.start = State(level) if level else None


# A token, what it may stand for, and where a spelling that it begins leads; None for nothing.
Word = tuple[str, Sense | None, State | None]
# Most words are unknown: one value for all of them, whose spelling nobody asks for.
UNKNOWN: Final[Word] = ("", None, None)


def longest(
    words: Sequence[Word], at: int, start: State, sentence: str
) -> tuple[Ending | None, int]:
    """What the longest spelling that begins at a word says, and its last word; None where none ends.

    Behind the last word stands an unknown one.
    """
    state, best, last, end = start, start.ending(sentence), at, at + 1
    while (sense := words[end][1]) is not None and not state.following.isdisjoint(sense.names):
        state = state[sense]
        ends = state.ending(sentence)
        if ends is not None:
            best, last = ends, end
        end += 1
    return best, last
