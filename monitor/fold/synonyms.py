"""Words that may stand for each other without a change of fact, and words that make another fact of one.

Two sections of `lists/synonyms.txt`, matched by `substance` and not by spelling: what stands for each other always
(said, stated) and, more widely, in a sentence that goes back to another. A word may stand in several lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from monitor.fold.kinds import is_day, said, sides
from monitor.fold.lexicon import ATTACHED, LEAST, Table, is_stopword, shipped, substance, table
from monitor.fold.verbs import speaks, verbs
from monitor.identify.wording import folded

_SAYS: Final = "=0"
_OWNER: Final = re.compile("(?<=.{3})(?:هما|هم|هن|ها|ه|نا)$")
_LISTS: Final = (("=", "always"), ("≈", "edited"))
_QUALIFYING: Final = frozenset(
    folded(
        "نائب نائبة مساعد سابق سابقة سابقا سابقان سابقين سابقون سابقات محاولة غير شبه دون بدون ربما يعتزم تعتزم وقف رفض مزاعم مزعوم شبهة"
        " deputy former attempted alleged failed almost without против бывший заместитель"
    )
)
# With an article a member of a parliament, without one the deputy of whom it says.
_MEMBERS: Final = frozenset(folded("النائب النائبة"))
# Names that differ by a long vowel only, which the comparable form leaves out.
_NAMED_APART: Final = frozenset(
    folded(
        "حسن حسين حسان محمد محمود سالم سليم سلام سلمان سليمان سلم عمر عامر عمار عمرو سعد سعيد"
        " صالح صلاح ناصر نصر ناصيف جابر جبر كمال كامل جمال جميل رشد رشيد راشد خالد خليد ماجد مجيد"
        " وليد ولد حامد حميد مازن طارق طريق فارس فرس سامي سمي نبيل نبل امين امن عادل عدل سمير سامر"
    )
)


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
