"""Spellings compiled, and found in a sentence in one pass.

Every script takes the same way: a sentence becomes tokens, a token the spellings it
may stand for, and a tree of spellings gives the longest that fits.

A spelling may hold in sentences of its own language only (`Spelling`). Which language that is
the sentence alone tells, so that a text of two languages is read right, and a sentence means
the same whoever asks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from sys import intern
from typing import Final, NamedTuple

from monitor.story.forms import forms, pieces_of
from monitor.story.spelling import Spelling
from monitor.story.tokens import tokens
from monitor.story.tree import UNKNOWN, Ending, Node, Sense, Tree, Word, longest
from monitor.text.memory import LETTERS, Memory, Sentences, gathered
from monitor.text.pieces import Reader, pieces
from monitor.text.words import UNSPACED

SOLID: Final = re.compile(f"[가-힣{UNSPACED}]")
_HANGUL: Final = re.compile("[가-힣]")
# A Korean word may start with any known name, and go on with the next; inside a word
# only a name of this many letters is believed (평양 is not in 태평양).
_INSIDE: Final = 3
SHORTEST_STAR: Final = 2
# "From" and "of", between somebody and the country that he is of.
_FROM_WORDS: Final = "from of من از aus von из з із зі od z ze de del des du da do dari van uit fra fran dal dalla din"
_FROM: Final = frozenset(_FROM_WORDS.split())
_FROM_REACH: Final = 3
_REMEMBERED: Final = 20_000
_REMEMBERED_BESIDE: Final = 4_000


class Mention(NamedTuple):
    """A spelling found: the concepts it stands for, and its first and last token.

    `apart` says that a preposition is attached in front ("to Russia" in one word);
    `weak` that the spelling alone proves nothing; `of` that "from" and no more than
    one other word stand between it and the mention before ("men from North Korea").
    """

    concepts: tuple[str, ...]
    first: int
    last: int
    text: str
    weak: bool
    apart: bool
    of: bool = False


_ONE_UNKNOWN: Final = (UNKNOWN,)


# What a spelling found says, its first and last token, and whether "from" stands before it.
Hit = tuple[Ending, int, int, bool]


class Hits(NamedTuple):
    """The spellings found in a sentence, in order, and its words with an unknown one behind them.

    `beside` are the places, in `found`, of those right behind another one, or "from" it.
    """

    words: Sequence[Word]
    found: Sequence[Hit]
    beside: Sequence[int]

    @property
    def size(self) -> int:
        """The number of words."""
        return len(self.words) - 1

    def mentions(self) -> list[Mention]:
        """The spellings found, each with its text."""
        return [
            Mention(
                ending.concepts,
                first,
                last,
                " ".join([word for word, _, _ in self.words[first : last + 1]]),
                ending.weak,
                ending.apart,
                of,
            )
            for ending, first, last, of in self.found
        ]


class Lexicon:
    """Spellings of concepts, compiled; what a sentence mentions is asked of it."""

    def __init__(
        self,
        spellings: Mapping[str, Iterable[str]],
        base: Lexicon | None = None,
        *,
        most_read: bool = False,
    ) -> None:
        """Take the spellings of each concept, as the alias file writes them.

        They come behind those of `base`, whose tree is shared but for where they stand in it. By
        one lexicon alone, the `most_read`, every article is read.
        """
        tree = base.tree().over() if base else Tree.empty()
        self._root, self._exact, self._stars, self._solid, self._lengths, self._longest = tree
        self._shares = base is not None
        for concept, written in spellings.items():
            for spelling in written:
                self._add(concept, spelling)
        for name in self._solid:
            lengths = {*self._lengths.get(name[0], ()), len(name)}
            self._lengths[name[0]] = tuple(sorted(lengths, reverse=True))
        # A word of a megabyte has few beginnings.
        self._longest = max([self._longest, *map(len, self._stars)])
        self._senses: dict[tuple[tuple[str, bool], ...], Sense] = {}
        # Beyond its base a lexicon reads only the sentences that may have its own words.
        remembered = _REMEMBERED_BESIDE if base else _REMEMBERED
        self._pieces = Memory(self._piece, remembered)
        self._begun = Memory(self._begins, remembered)
        # Of one alone what it makes of a piece lies with that.
        self._reader = Reader("spelt", self._piece) if most_read else None
        self._found = Sentences(lambda sentence: self.hits(sentence).mentions(), LETTERS)

    def _add(self, concept: str, spelling: str) -> None:
        weak = spelling.startswith("~")
        pieces = pieces_of(spelling.removeprefix("~"))
        node = self._root
        for piece in pieces:
            if SOLID.match(piece):
                self._solid.add(piece)
            elif piece.endswith("*"):
                self._stars.add(intern(piece[:-1]))
            else:
                self._exact.add(piece)
            below = node.below.get(piece)
            if below is None or self._shares:
                # What is of the base stays as it is there.
                below = node.below[piece] = Node(below)
            node = below
        only = spelling.language if isinstance(spelling, Spelling) else ""
        if pieces and (concept, weak, only) not in node.ends:
            node.ends += ((concept, weak, only),)

    def find(self, sentence: str) -> list[Mention]:
        """The mentions in a sentence in order, remembered: leave the list as it is."""
        return self._found[sentence]

    def tree(self) -> Tree:
        """The tree of its spellings."""
        return Tree(self._root, self._exact, self._stars, self._solid, self._lengths, self._longest)

    @property
    def firsts(self) -> Collection[str]:
        """The first words of its spellings, folded; a star behind those that begin longer ones."""
        return self._root.below.keys()

    def begins(self, sentence: str) -> bool:
        """Whether any word of a sentence may begin a spelling; cheaper than `find`."""
        return any(map(self._begun.__getitem__, sentence.split()))

    def hits(self, sentence: str) -> Hits:
        """What is found in a sentence, which may be folded or not."""
        if self._reader:
            words = list(chain.from_iterable(self._reader.of(pieces(sentence))))
        else:
            words = list(gathered(self._pieces, sentence.split()))
        words.append(UNKNOWN)
        found: list[Hit] = []
        beside: list[int] = []
        free = 0
        for at, word in enumerate(words):
            start = word[2]
            if start is None or at < free:
                continue
            ending, last = start.ends, at
            # Many words begin spellings of several words, and few of these go on.
            sense = words[at + 1][1]
            goes_on = sense is not None and not start.following.isdisjoint(sense.names)
            if goes_on or start.languages:
                ending, last = longest(words, at, start, sentence)
            if ending is None:
                continue
            of = False
            if free and at < free + _FROM_REACH:
                of = at > free and words[at - 1][0] in _FROM
                if of or at == free:
                    beside.append(len(found))
            found.append((ending, at, last, of))
            free = last + 1
        return Hits(words, found, beside)

    def _begins(self, piece: str) -> bool:
        return any(start is not None for _, _, start in self._piece(piece))

    def _piece(self, piece: str) -> tuple[Word, ...]:
        """The tokens of what stands between two spaces, each with its sense.

        A token of a script without spaces is as many as it has parts.
        """
        found: list[str] = []
        for token in tokens(piece):
            found += self._parts(token) if SOLID.search(token) else (token,)
        words = tuple(map(self._token, found))
        return _ONE_UNKNOWN if words == _ONE_UNKNOWN else words

    def _token(self, part: str) -> Word:
        pieces = tuple(self._stands_for(part))
        if not pieces:
            return (part, None, None) if part in _FROM else UNKNOWN
        if pieces not in self._senses:
            self._senses[pieces] = Sense(pieces, self._root)
        sense = self._senses[pieces]
        return part, sense, sense.start

    def _parts(self, token: str) -> list[str]:
        """A token of a script without spaces (or with glued particles) cut at known names."""
        hangul = _HANGUL.search(token) is not None
        # A syllable alone begins many a word, a Han letter before Hangul is a country's.
        syllable = _HANGUL.match(token) is not None and len(token) > 1
        parts: list[str] = []
        at = 0
        after_name = True
        while at < len(token):
            size = self._solid_at(token, at)
            if hangul and (
                (size < _INSIDE and not after_name) or (size == 1 and not at and syllable)
            ):
                size = 0
            after_name = size > 0
            # A letter of no name matches nothing, and keeps names apart.
            parts.append(token[at : at + size] if size else "·" + token[at])
            at += size or 1
        return parts

    def _solid_at(self, token: str, at: int) -> int:
        for size in self._lengths.get(token[at], ()):
            if token[at : at + size] in self._solid and at + size <= len(token):
                return size
        return 0

    def _stands_for(self, token: str) -> Iterable[tuple[str, bool]]:
        if token in self._solid:
            yield token, False
        for form, attached in forms(token):
            if form in self._exact:
                yield form, attached
            for size in range(min(len(form), self._longest), SHORTEST_STAR - 1, -1):
                if form[:size] in self._stars:
                    yield form[:size] + "*", attached
