"""Arabic verbs in any person, number and tense: those that decide, that frame, that speak, that are to come.

`lists/words.txt` has them in one person each, and the words that an editor puts around what stood there
letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from monitor.fold.lexicon import ATTACHED, LEAST, listed, shipped, substance
from monitor.identify.wording import folded

_PERSON: Final = re.compile("^[وف]?(?:س(?=[يتنا]))?[يتنا](?=.{3})")
_NUMBER: Final = re.compile("(?<=.{3})(?:تهما|تها|ته|هما|هم|ها|ه|وا|تا|ت|ون|ين|ان|ا|ن)$")
_ARTICLE: Final = frozenset(("ال", "لل"))
# Verbs that begin as nouns with an article do: ألغى, التقى, التزم.
_NO_ARTICLE: Final = re.compile("ال(?:غ[يتو]|ت(?:قي|قت|قو|زم|حق|هم|هب))")
_PRESENT: Final = re.compile("[وف]?س?[يتن]")
_FRAMING: Final = frozenset(folded(" ".join(shipped("words", "frames"))))


def verbs(words: Iterable[str]) -> frozenset[str]:
    """What is left of folded words without the marks of person, number and tense."""
    return frozenset[str]().union(*map(_verb, words))


@lru_cache(maxsize=20_000)
def decides(word: str) -> bool:
    """Whether a folded word is a form of an Arabic verb that is news by itself."""
    return not _verb(word).isdisjoint(_DECIDING)


@lru_cache(maxsize=20_000)
def frames(word: str) -> bool:
    """Whether a folded word is one that an editor puts around what stood there."""
    if word in _FRAMING or (len(word) > LEAST and word[0] in ATTACHED and word[1:] in _FRAMING):
        return True
    # Without its first letter أسفر would be a journey, and أقارب (relatives) a verb.
    if _PRESENT.match(word):
        return not _verb(word).isdisjoint(_VERBS)
    bare = {word, word[1:] if word[0] in "وف" else word}
    bare |= {_NUMBER.sub("", each) for each in bare}
    # أقيم and أجري are what is left of the present.
    return not _PAST.isdisjoint(bare) or not _LEFT.isdisjoint(
        each[1:] for each in bare if each[0] == "ا"
    )


def frames_alike(word: str, before: Sequence[str]) -> bool:
    """Whether a folded word is no verb of all news that tells a thing of its own, or one like it stood there."""
    lines = _line(word)
    return not lines or any(not lines.isdisjoint(_line(each)) for each in before)


@lru_cache(maxsize=20_000)
def _line(word: str) -> frozenset[int]:
    mine = _verb(word)
    return frozenset(at for at, line in enumerate(_BY_LINE) if not line.isdisjoint(mine))


def speaks(word: str) -> bool:
    """Whether a folded word says that somebody said something."""
    if "\u0620" < word[0] < "\u06d3":
        return not _verb(word).isdisjoint(_SPEAKING)  # by its root a battalion would write
    return substance(word) in _SAYING


def is_imperfect(word: str) -> bool:
    """Whether a folded Arabic word has the form of a verb of the present."""
    return word.removeprefix("و")[:1] in {"ي", "ت", "ن"}


def is_coming(word: str) -> bool:
    """Whether a folded Arabic word is a verb of what is to come (سيصل, ستصل)."""
    bare = word.removeprefix("و")
    return len(bare) > LEAST and bare[:2] in _COMING and bare not in _NOT_COMING


_COMING: Final = frozenset(("سي", "ست", "سن"))
_NOT_COMING: Final = frozenset(folded(listed("verbs not coming")))


@lru_cache(maxsize=20_000)
def _verb(word: str) -> frozenset[str]:
    """A folded Arabic verb without its person, number and object; nothing of a noun with an article."""
    if word[:2] in _ARTICLE and not _NO_ARTICLE.match(word):
        return frozenset()
    bare = {word, word[1:] if word[0] in "وف" else word}
    present = {_PERSON.sub("", each) for each in bare} - bare
    # What is hollow there has an a in the past: يدوم, دام; but أقيل is no قال.
    hollow = present - {each[1:] for each in bare if each[:1] == "ا"}
    bare |= present | {
        each[0] + "ا" + each[2:] for each in hollow if len(each) == LEAST and each[1] in "وي"
    }
    bare |= {_NUMBER.sub("", each) for each in bare}
    return frozenset(each for each in bare if len(each) >= LEAST)


_SAYING: Final = frozenset(map(substance, folded(shipped("synonyms", "always")[0])))
_SPEAKING: Final = frozenset[str]().union(*map(_verb, folded(shipped("synonyms", "always")[0])))
_DECIDING: Final = frozenset[str]().union(
    *map(_verb, folded(" ".join(shipped("words", "deciding"))))
)
# Of these the first letter is no mark of a person: تطلب, but not طلب.
_VERBS: Final = frozenset[str]().union(
    *(
        {word} if word[0] in "تن" else _verb(word)
        for word in folded(" ".join(shipped("words", "light")))
    )
)
# Lines of these verbs say something each of its own, that no other line says.
_OWN: Final = frozenset(folded("استمر شمل تطلب تلقى مكن تحمل خضع واجه اكتفى رافق كاد بادر"))
_BY_LINE: Final = [
    frozenset(words)
    for line in shipped("words", "light")
    if (words := folded(line)) and not _OWN.isdisjoint(words)
]
_LEFT: Final = frozenset(
    verb[1:] for verb in folded(" ".join(shipped("words", "light"))) if verb[0] == "ي"
)
_PAST: Final = frozenset(folded(" ".join(shipped("words", "light"))))
