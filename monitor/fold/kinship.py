"""Whether two Arabic words may be of one root: what an editor turns a verb, its noun and its plural into.

Clitics, the letters that form persons, patterns and plurals, and long vowels are taken
off in every way that leaves three consonants; two words that share what is left are akin
(إيداع, تودع). Of a root with a weak consonant two are left: they make two words akin
where the vowel is the same (زوجته, الزوجة) or one is a verb (خشية, يخشيان).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_JOINED: Final = re.compile("^[وف](?=.{3})")
_ARTICLE: Final = re.compile("^[وف]?(?:[بك]?ال|لل)(?=.{3})")
_CLITIC: Final = re.compile("^[بلكس](?=.{3})")
_PATTERN: Final = re.compile("^(?:[يتنم]?است|[يتنم]ست|[يتنام][تن]|[يتنام])(?=.{2})")
_ENDINGS: Final = (
    "هما", "كما", "تين", "تان", "يون", "يين", "ات", "ون", "ين", "ان", "وا", "ها", "هم", "هن", "نا", "ته",
    "تا", "يه", "ه", "ي", "ت", "ا", "ن",
)  # fmt: skip
_VERB: Final = re.compile("^[وف]?(?:س?[يتن]\\w{2,}|[^اويم]ا[^اوي](?:ت|وا|ا)?)$")
_VOWELS: Final = re.compile("[اويء]")
_ROOT: Final = 3
_LONGEST: Final = 4
_SHORTEST: Final = 2


def akin(one: str, other: str) -> bool:
    """Whether two folded words may be of one root."""
    return not wanted(one).isdisjoint(roots(other))


@lru_cache(maxsize=20_000)
def roots(word: str) -> frozenset[str]:
    """The roots that a folded Arabic word may be of; none of a word in another script.

    A weak one is marked as that of a verb or of another word, and with its vowels.
    """
    if not "\u0621" <= word[0] <= "\u06d3" or len(word) < _SHORTEST:
        return frozenset()
    article = _ARTICLE.match(word)
    bare = {word[article.end() :]} if article else set()
    if not article or word[article.end()] == "ت":  # an article, or a verbal noun as التزام
        bare |= {word, _JOINED.sub("", word)}
        bare |= {_CLITIC.sub("", each) for each in bare}
    bare |= {_PATTERN.sub("", each) for each in bare}
    bare |= {each.removesuffix(_ending(each)) for each in bare}
    bare |= {each.removesuffix(_ending(each)) for each in bare}
    kind = "v" if _VERB.match(word) else "n"
    return frozenset(found for each in bare for found in _consonants(each, kind))


@lru_cache(maxsize=20_000)
def wanted(word: str) -> frozenset[str]:
    """What must be among the `roots` of a word that is akin to this one."""
    own = roots(word)
    weak = {root[1:] for root in own if root[0] in "vn"}
    verb = any(root[0] == "v" for root in own)
    return frozenset(
        (
            *(root for root in own if root[0] not in "vn"),
            *(f"v{root}" for root in weak),
            *(f"n{root}" for root in weak if verb),
        )
    )


def _ending(word: str) -> str:
    return next((end for end in _ENDINGS if word.endswith(end) and len(word) > len(end) + 1), "")


def _consonants(bare: str, kind: str) -> tuple[str, ...]:
    hard = _VOWELS.sub("", bare)
    if len(hard) == _ROOT:
        return (hard,)
    if len(hard) == _LONGEST:
        # The t of اشترك, between the first consonant and the second.
        return (hard, hard[0] + hard[2:]) if hard[1] == "ت" else (hard,)
    if len(hard) == _SHORTEST == len(bare):
        return (f"v{hard}",) if kind == "v" else (f"n{hard}",)  # both the same: ظن, يظنون
    if len(hard) == _SHORTEST and _ROOT <= len(bare) <= _LONGEST + 1:
        return (f"{kind}{_weak(bare, hard)}", f"={bare}")
    return ()


def _weak(bare: str, hard: str) -> str:
    """Where the weak consonant of a root stood: first, between the others or last."""
    if bare[0] != hard[0]:
        return f".{hard}"
    return f"{hard[0]}.{hard[1]}" if bare[1] != hard[1] else f"{hard}."
