"""Which of many stories a text may be of: each word is looked at once, for all of them.

A word is looked up by the spellings that it may begin, and gives the stories whose they are.
So a story of which a text names nothing costs nothing, however many there are. Nearly all
words begin nothing, which their first letters tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Final

from monitor.story.forms import PARTICLES, forms
from monitor.story.lexicon import SHORTEST_STAR, SOLID, Lexicon
from monitor.story.names import Names, candidates
from monitor.story.tokens import plain_of, tokens
from monitor.text.memory import LONGEST, Memory
from monitor.text.sound import transcribed

_REMEMBERED: Final = 20_000
_QUIET: Final = 80_000  # words, of some hundred bytes each, that begin nothing
# Letters by which a word is told to begin nothing. Of words of news three in a hundred pass
# with four of them, and one in six with three.
_HEAD: Final = 4
_FEW: Final = 20  # words that are looked for in a text one by one
# What stands around most summaries: without a space between them the first word and the last
# would be read anew each time.
_PARAGRAPH: Final = ("<p>", "</p>")


class Openings:
    """Lexicons and names by number, and the words by which a text may speak of each.

    Sets of numbers are bits of an integer, number 0 the lowest.
    """

    def __init__(self, lexicons: Mapping[int, Lexicon], names: Mapping[int, Names]) -> None:
        """Index the first words of all spellings and names. No number is in both."""
        self._lexicons = lexicons
        self._exact: dict[str, int] = {}
        self._stars: dict[str, int] = {}
        self._solid: dict[str, int] = {}
        for number, lexicon in lexicons.items():
            for piece in lexicon.firsts:
                if SOLID.match(piece):
                    _add(self._solid, piece, number)
                elif piece.endswith("*"):
                    _add(self._stars, piece[:-1], number)
                else:
                    _add(self._exact, piece, number)
        self._names = tuple((number, each) for number, each in names.items() if each)
        self._transcribed = reduce(or_, (1 << at for at, each in self._names if each.signs), 0)
        self._sizes = _sizes(self._stars, SHORTEST_STAR)
        self._solid_sizes = _sizes(self._solid, 1)
        self._heads = {
            f"{particle}{word}"[:_HEAD]
            for word in (*self._exact, *self._stars)
            for particle in PARTICLES
        }
        short = [re.escape(star) for star in self._stars if len(star) < _HEAD]
        self._short = re.compile("|".join(short) or "(?!)")
        self._pieces = Memory(self._piece, _REMEMBERED)
        self._quiet: set[str] = set()

    def of(self, text: str) -> int:
        """The lexicons of which a word of the text begins a spelling (`Lexicon.begins`).

        And the names of which it may have one: there are no others that `Names.find` finds.
        """
        return self.of_each((text,))[0]

    def of_each(self, texts: Sequence[str]) -> list[int]:
        """`of` for each of many texts, whose words are looked at once."""
        loud = self._loud(_pieces(" ".join(texts)))
        if len(texts) == 1:
            return [reduce(or_, loud.values(), 0)]
        return [self._of(text, loud) for text in texts] if loud else [0] * len(texts)

    def _of(self, text: str, loud: Mapping[str, int]) -> int:
        if len(loud) <= _FEW and not any(map(text.__contains__, loud)):
            return 0
        return reduce(or_, map(loud.__getitem__, loud.keys() & _pieces(text)), 0)

    def _loud(self, pieces: Iterable[str]) -> dict[str, int]:
        """What those pieces begin that begin anything; the others are remembered as such."""
        new = set(pieces) - self._quiet
        known = {piece: found for piece in new if (found := self._pieces.get(piece)) is not None}
        loud = {piece: found for piece, found in known.items() if found}
        new -= known.keys()
        if not new:
            return loud
        maybe = new if self._names else self._likely(list(new))
        loud |= {piece: found for piece in maybe if (found := self._pieces[piece])}
        if len(self._quiet) > _QUIET:
            self._quiet.clear()
        # What has more marks in it than one behind a word does not come again.
        self._quiet.update(
            [one for one in new if one[:-1].isalpha() and len(one) <= LONGEST and one not in loud],
            [one for one in _PARAGRAPH if one in new and one not in loud],
        )
        return loud

    def _likely(self, pieces: list[str]) -> list[str]:
        """Of pieces those that are not ruled out by their first letters."""
        folded = plain_of("\n".join(pieces))
        lines = folded.split("\n")
        if len(lines) != len(pieces) or SOLID.search(folded) or self._short.search(folded):
            return pieces
        heads = self._heads
        pairs = list(zip(pieces, lines, strict=True))
        likely = [piece for piece, line in pairs if line[:_HEAD] in heads]
        odd = [pair for pair in pairs if not pair[1].isalpha()]
        marked = tokens("\n".join([line for _, line in odd]))
        begun = {one for one in marked if one[:_HEAD] in heads}
        few = len(begun) <= _FEW
        if begun:
            likely += [one for one, line in odd if not few or any(map(line.__contains__, begun))]
        return likely

    def _piece(self, piece: str) -> int:
        found = maybe = 0
        folded = plain_of(piece)
        for token in (folded,) if folded.isalpha() else tokens(folded):
            if SOLID.search(token):
                maybe |= self._within(token)
            else:
                found |= self._begun(token)
        # Each lexicon cuts words of such a script at names of its own.
        for number in numbers(maybe & ~found):
            found |= self._lexicons[number].begins(piece) << number
        return found | self._may_name(piece) if self._names else found

    def _begun(self, token: str) -> int:
        found = 0
        for form, _ in forms(token):
            found |= self._exact.get(form, 0)
            for size in self._sizes.get(form[:SHORTEST_STAR], ()):
                found |= self._stars.get(form[:size], 0)
        return found

    def _within(self, token: str) -> int:
        """The lexicons of which a first name stands anywhere in a token of a script without spaces."""
        found = 0
        for at, letter in enumerate(token):
            for size in self._solid_sizes.get(letter, ()):
                found |= self._solid.get(token[at : at + size], 0)
        return found

    def _may_name(self, piece: str) -> int:
        found = self._transcribed if transcribed(piece) else 0
        for word in candidates(piece):
            for number, names in self._names:
                found |= names.may_name(word) << number
        return found


def _pieces(text: str) -> list[str]:
    """What stands between two spaces, and apart from the marks of a paragraph."""
    begin, end = _PARAGRAPH
    return text.replace(begin, f"{begin} ").replace(end, f" {end}").split()


def numbers(bits: int) -> Iterator[int]:
    """The numbers of a set, lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _add(index: dict[str, int], word: str, number: int) -> None:
    index[word] = index.get(word, 0) | 1 << number


def _sizes(words: Mapping[str, int], first: int) -> dict[str, Sequence[int]]:
    """The lengths that words have, by their first letters."""
    found: dict[str, set[int]] = {}
    for word in words:
        if len(word) >= first:
            found.setdefault(word[:first], set()).add(len(word))
    return {begun: sorted(sizes) for begun, sizes in found.items()}
