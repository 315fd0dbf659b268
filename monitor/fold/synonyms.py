"""What may stand for a word without a change of fact: a form of its root, or a synonym.

Two sections of `lists/synonyms.txt`, matched without endings: what stands for each other always (said, stated) and,
more widely, in a sentence that goes back to another. A word may stand in several lines.

Of an Arabic word clitics, the letters that form persons, patterns and plurals, and long vowels are taken off in every
way that leaves three consonants; two words that share what is left are akin (إيداع, تودع). Of a root with a weak
consonant two are left: they make two words akin where the vowel is the same (زوجته, الزوجة) or one is a verb (خشية, يخشيان).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from monitor.fold.kinds import is_day, said, sides
from monitor.fold.lexicon import (
    ATTACHED,
    LEAST,
    Table,
    is_stopword,
    listed,
    shipped,
    substance,
    table,
)
from monitor.fold.verbs import speaks, verbs
from monitor.identify.wording import folded

_JOINED: Final = re.compile("^[وف](?=.{3})")
_ARTICLE: Final = re.compile("^[وف]?(?:[بك]?ال|لل)(?=.{3})")
_CLITIC: Final = re.compile("^[بلكس](?=.{3})")
_PATTERN: Final = re.compile("^(?:[يتنم]?است|[يتنم]ست|[يتنام][تن]|[يتنام])(?=.{2})")
_SUFFIXES: Final = (
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
    return next((end for end in _SUFFIXES if word.endswith(end) and len(word) > len(end) + 1), "")


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


_SAYS: Final = "=0"
_OWNER: Final = re.compile("(?<=.{3})(?:هما|هم|هن|ها|ه|نا)$")
_LISTS: Final = (("=", "always"), ("≈", "edited"))
_QUALIFYING: Final = frozenset(folded(listed("synonyms qualifying")))
# With an article a member of a parliament, without one the deputy of whom it says.
_MEMBERS: Final = frozenset(folded("النائب النائبة"))
# Names that differ by a long vowel only, which the comparable form leaves out.
_NAMED_APART: Final = frozenset(folded(listed("synonyms named apart")))


@cache
def _table(name: str) -> Table:
    """The words of a list; it takes a while to make, and only who compares texts needs it."""
    return table(shipped("synonyms", name), lambda word: (substance(word),))


def _listed(table: Table, word: str) -> frozenset[tuple[int, int]]:
    """What is listed of a word, with or without an "and" or "for" before it."""
    if is_day(word):
        return frozenset()
    found = table.get(substance(word))
    if found is None and word[0] in ATTACHED and len(word) > LEAST:
        found = table.get(substance(word[1:]))
    if found is None and word[-1] == "ا" and len(word) > LEAST:
        found = table.get(substance(word[:-1]))  # the accusative: عاما
    if found is None and (owner := _OWNER.search(word)):
        bare = word[: owner.start()]
        found = table.get(substance(bare[:-1] + "ه" if bare[-1] == "ت" else bare))  # أنصبتهم
    return found or frozenset()


def stand_for_each_other(one: str, other: str) -> bool:
    """Whether two folded words may replace each other without a change of fact."""
    return not meanings(one).isdisjoint(meanings(other))


@lru_cache(maxsize=20_000)
def meanings(word: str) -> frozenset[str]:
    """What a folded word says: itself without endings, its lines of synonyms, its side of a kind.

    Words that share one may replace each other without a change of fact.
    """
    lines = [
        f"={line}"
        for line, _ in _listed(_table("always"), word)
        if line or word[0] <= "\u0620" or speaks(word)
    ]
    return frozenset((substance(word), *lines, *sides(word)))


@cache
def _particles() -> Mapping[str, frozenset[str]]:
    """The lines of synonyms in which words stand that join or point, by their very form."""
    found: dict[str, set[str]] = {}
    for mark, name in _LISTS:
        for line, words in enumerate(shipped("synonyms", name)):
            for word in filter(is_stopword, folded(words)):
                found.setdefault(word, set()).add(f"{mark}{line}")
    return {word: frozenset(lines) for word, lines in found.items()}


@lru_cache(maxsize=20_000)
def senses(word: str) -> frozenset[str]:
    """What of a folded word another can answer to: its `meanings`, of particles only what is listed.

    Words that only join have the consonants of many others (أمام, أممية).
    """
    if is_stopword(word):
        return _particles().get(word, frozenset())
    found = set(meanings(word))
    for mark, name in _LISTS:
        lists = _table(name)
        listed = _listed(lists, word)
        if word[0] == "و" and len(word) > LEAST:
            listed |= _listed(lists, word[1:])  # وزار is no وزارة
        if not (listed or is_day(word)) and "\u0620" < word[0] < "\u06d3":
            # Perhaps in another person or tense than the list has it.
            listed = listed.union(*(lists.get(substance(verb), listed) for verb in verbs((word,))))
        found.update(f"{mark}{line}" for line, _ in listed)
    # A book has the root of who wrote, and says nothing.
    if _SAYS in found and word[0] > "\u0620" and not speaks(word):
        found.discard(_SAYS)
    return frozenset(found)


@lru_cache(maxsize=20_000)
def is_common(word: str) -> bool:
    """Whether a folded word is one of those that the lists know: words of much news."""
    return bool(_listed(_table("always"), word) or said(word))


def named_apart(one: str, other: str) -> bool:
    """Whether two folded words with equal consonants are two names."""
    return one != other and one in _NAMED_APART and other in _NAMED_APART


def qualifies(word: str) -> bool:
    """Whether a folded word, put before or behind another, makes it another fact."""
    if word.removeprefix("و") in _MEMBERS:
        return False
    return word.removeprefix("ال").removeprefix("و") in _QUALIFYING
