"""The lists of the fold, read one way, and words as they are looked up in them: without their endings.

Each list stands in `lists/` and says at its head what a line means. A line that begins with `#` is a comment,
one in brackets heads a section by one or more names; bars part phrases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from monitor.identify.wording import folded, root
from monitor.text.lists import lines
from monitor.text.words import stem

# For each word the lines in which it stands, and its place there between bars.
Table = Mapping[str, frozenset[tuple[int, int]]]

# Letters of a word outside Arabic script that stand for all its endings.
_STEM: Final = 5
ATTACHED: Final = frozenset("ولبف")
# A root of fewer consonants is shared by unlike words.
LEAST: Final = 3


@lru_cache(maxsize=20_000)
def substance(word: str) -> str:
    """A folded word without its endings, equal for the forms of one word."""
    if word[0] > "\u0620":
        bare = root(word)
        return bare if len(bare) >= LEAST else stem(word)
    return word[:_STEM] if word[0].isalpha() else word


def letters(word: str) -> str:
    """A folded word as a name is compared: without what is attached to it."""
    return stem(word) if word[0] > "\u0620" else word[:_STEM]


def shipped(name: str, *section: str) -> list[str]:
    """The lines of a list, of those sections that have all of the names; without sections all lines."""
    return lines("monitor.fold", name, *section)


def listed(section: str) -> str:
    """The words of a section of `words.txt`, with blanks between."""
    return " ".join(shipped("words", section))


def table(lines: Sequence[str], keys: Callable[[str], Iterable[str]]) -> Table:
    """The table of some lines, each word under all of its `keys`."""
    found: dict[str, set[tuple[int, int]]] = {}
    for line, words in enumerate(lines):
        for at, forms in enumerate(words.split("|")):
            for word in folded(forms):
                for key in keys(word):
                    found.setdefault(key, set()).add((line, at))
    return {word: frozenset(places) for word, places in found.items()}


_STOPWORDS: Final = frozenset(folded(listed("stopwords")))


def is_stopword(word: str) -> bool:
    """Whether a folded word carries no fact: it joins, points or announces."""
    return word in _STOPWORDS or (word[0] == "و" and word[1:] in _STOPWORDS)
