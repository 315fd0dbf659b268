"""What excludes each other (arrived, left; Monday, Tuesday; Moscow, Kyiv), and what stands before a name.

A line of `lists/kinds.txt` is one kind of thing that can be said. A line that begins with = is matched by letters, the
others by what is left of a verb without its person and tense.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from monitor.fold.lexicon import ATTACHED, LEAST, is_stopword, letters, listed, shipped, table
from monitor.identify.wording import folded
from monitor.text.words import stem

_EXCLUDING: Final = shipped("kinds", "acts")
PLACES: Final = len(_EXCLUDING)
_BY_LETTERS: Final = "="
_NOUN: Final = re.compile("[وف]?(?:[بك]?ال|لل)")
_PRESENT: Final = re.compile("س?[يتن](?=.{2})")
_NUMBER: Final = re.compile("(?<=.{3})(?:تهما|تها|ته|هما|هم|ها|ه|وا|تا|ت|ون|ين|ان|ا|ن)$")


def _forms(word: str) -> frozenset[str]:
    """What a folded word is looked up by: itself as a name is, and a verb without person and number."""
    found = {letters(word)}
    if word[0] > "\u0620" and not _NOUN.match(word):
        found |= {word, _NUMBER.sub("", word)}
        if present := _PRESENT.match(word):
            rest = word[present.end() :]
            found |= {f"%{rest}", f"%{_NUMBER.sub('', rest)}"}
    return frozenset(found)


_ACTS: Final = table(["" if line.startswith(_BY_LETTERS) else line for line in _EXCLUDING], _forms)
_LETTERS: Final = table(
    [
        *(line[1:] if line.startswith(_BY_LETTERS) else "" for line in _EXCLUDING),
        " ".join(shipped("kinds", "places")),
    ],
    lambda word: (letters(word),),
)
_WHEN_AND_WHERE: Final = frozenset(
    kind for word in ("احد", "يناير", "صباح", "شمال") for kind, _ in _LETTERS[word]
) | {PLACES}
_DAYS: Final = next(kind for kind, _ in _LETTERS["احد"])
# Kinds whose words on one side are no synonyms: Moscow is more than Russia says, dawn than morning.
_LOOSE: Final = frozenset((PLACES, *(kind for kind, _ in _LETTERS["فجر"])))
# Kinds of which nothing may be said anew in a clause: who died, was freed, fled, agreed, won.
GRAVE: Final = frozenset(
    kind
    for word in folded("قتل أفرج وافق فاز استعاد اعترف أدان عثر")
    for kind, _ in (_ACTS.get(word) or _LETTERS[word])
)
# Who fights has the consonants of who was killed.
_FIGHTING: Final = frozenset(
    map(stem, folded("قتال قتالي قتالية مقاتل مقاتلون مقاتلات قاتل قاتلت قاتلوا يقاتل"))
)


@lru_cache(maxsize=50_000)
def said(word: str) -> frozenset[tuple[int, int]]:
    """The kinds, places among them, of which a folded word says something, and which side of it."""
    found = _LETTERS.get(letters(word))
    if found is None and word[0] in ATTACHED and len(word) > LEAST:
        found = _LETTERS.get(letters(word[1:]))
    if stem(word) in _FIGHTING:
        return found or frozenset()
    forms = _forms(word)
    if word[0] in "وف" and len(word) > LEAST:
        forms |= _forms(word[1:])
    return frozenset[tuple[int, int]]().union(found or (), *(_ACTS.get(form, ()) for form in forms))


@lru_cache(maxsize=20_000)
def is_day(word: str) -> bool:
    """Whether a folded word is a day of the week, whatever else has its root (الجمعة, اجتماع; not أحد)."""
    return _NOUN.match(word) is not None and any(kind == _DAYS for kind, _ in said(word))


def sides(word: str) -> list[str]:
    """The sides that a folded word takes of kinds whose words may stand for each other."""
    return [f"~{kind}.{side}" for kind, side in said(word) if kind not in _LOOSE]


def kinds(words: Iterable[str]) -> dict[int, set[int]]:
    """Of the folded words: each kind of exclusive words that is met, with what is said of it."""
    found: dict[int, set[int]] = {}
    for word in words:
        if is_stopword(word):
            continue
        for kind, at in said(word):
            found.setdefault(kind, set()).add(at)
    return found


def says_when_or_where(spoken: Mapping[int, object]) -> bool:
    """Whether nothing but days, months and places is met among kinds of exclusive words."""
    return _WHEN_AND_WHERE.issuperset(spoken)


# Behind these a name of two words stands.
TITLES: Final = frozenset(folded(listed("kinds titles")))
# What has the name of another behind it is another: offices and houses, without an article.
OFFICES: Final = frozenset(
    map(
        stem,
        folded(listed("kinds offices")),
    )
)
_HEADS: Final = OFFICES.union(
    map(
        stem,
        folded(listed("kinds heads")),
    )
)


def is_head(word: str) -> bool:
    """Whether a folded word is an office or a house that has the name of another behind it."""
    bare = word.removeprefix("و")
    return not bare.startswith(("ال", "لل")) and stem(bare) in _HEADS
