"""Words that decide whether a change of wording is a change of fact.

Three lists beside this file, matched by `substance` and not by spelling: words that
exclude each other (`excluding.txt`: arrived, left; Monday, Tuesday; Moscow, Kyiv), words
that may stand for each other (`synonyms.txt`: said, stated), and words that carry no
fact at all (`empty.txt`). A word may stand in several lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Final

from monitor.identify.wording import folded, root
from monitor.text.words import stem

_Table = Mapping[str, frozenset[tuple[int, int]]]

# Letters of a word outside Arabic script that stand for all its endings.
_STEM: Final = 5
_ATTACHED: Final = frozenset("ولبف")
# A root of fewer consonants is shared by unlike words.
_ROOT: Final = 3


@lru_cache(maxsize=20_000)
def substance(word: str) -> str:
    """A folded word without its endings, equal for the forms of one word."""
    if word[0] > "\u0620":
        bare = root(word)
        return bare if len(bare) >= _ROOT else stem(word)
    return word[:_STEM] if word[0].isalpha() else word


def _substances(text: str) -> frozenset[str]:
    return frozenset(substance(word) for word in folded(text))


def _shipped(name: str) -> list[str]:
    """The lines of a list beside this file, without its comments."""
    text = files("monitor.fold").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _place(word: str) -> str:
    """A folded word as a name is compared: without what is attached to it."""
    return stem(word) if word[0] > "\u0620" else word[:_STEM]


def _table(lines: Sequence[str]) -> _Table:
    """For each word the lines in which it stands and its place there between bars."""
    found: dict[str, set[tuple[int, int]]] = {}
    for line, words in enumerate(lines):
        for at, forms in enumerate(words.split("|")):
            for word in _substances(forms):
                found.setdefault(word, set()).add((line, at))
    return {word: frozenset(places) for word, places in found.items()}


_EXCLUDING: Final = _shipped("excluding")
PLACES: Final = len(_EXCLUDING)
_KINDS: Final = _table(_EXCLUDING)
_PLACES: Final = {
    _place(word): frozenset(((PLACES, at),))
    for at, names in enumerate(" ".join(_shipped("places")).split("|"))
    for word in folded(names)
}
_ALIKE: Final = _table(_shipped("synonyms"))
_WIDER: Final = _table(_shipped("thesaurus"))
_NO_FACT: Final = frozenset(folded(" ".join(_shipped("empty"))))
_FRAMING: Final = frozenset(folded(" ".join(_shipped("framing"))))
_PERSON: Final = re.compile("^[وف]?(?:س(?=[يتنا]))?[يتنا](?=.{3})")
_NUMBER: Final = re.compile("(?<=.{3})(?:تهما|تها|ته|هما|هم|ها|ه|وا|تا|ت|ون|ين|ان|ا|ن)$")
_ARTICLE: Final = frozenset(("ال", "لل"))
# Kinds whose words on one side are no synonyms: Moscow is more than Russia says, dawn than morning.
_LOOSE: Final = frozenset((PLACES, *(kind for kind, _ in _KINDS[substance("فجر")])))
_WHEN_AND_WHERE: Final = frozenset(
    kind for word in ("الاحد", "يناير", "صباح", "شمال") for kind, _ in _KINDS[substance(word)]
) | {PLACES}
# Kinds of which nothing may be said anew in a clause: who died, was freed, fled, agreed, won.
GRAVE: Final = frozenset(
    kind
    for word in ("قتل", "أفرج", "وافق", "فاز", "استعاد", "اعترف", "أدان", "عثر")
    for kind, _ in _KINDS.get(substance(folded(word)[0]), ())
)
_QUALIFYING: Final = frozenset(
    folded(
        "نائب نائبة مساعد سابق سابقة سابقا محاولة غير شبه دون بدون ربما يعتزم تعتزم وقف رفض مزاعم مزعوم شبهة"
        " deputy former attempted alleged failed almost without против бывший заместитель"
    )
)
# Names that differ by a long vowel only, which the comparable form leaves out.
_NAMED_APART: Final = frozenset(
    folded(
        "حسن حسين حسان محمد محمود سالم سليم سلام سلمان سليمان سلم عمر عامر عمار عمرو سعد سعيد"
        " صالح صلاح ناصر نصر ناصيف جابر جبر كمال كامل جمال جميل رشد رشيد راشد خالد خليد ماجد مجيد"
        " وليد ولد حامد حميد مازن طارق طريق فارس فرس سامي سمي نبيل نبل امين امن عادل عدل سمير سامر"
    )
)


def _listed(table: _Table, word: str) -> frozenset[tuple[int, int]]:
    """What is listed of a word, with or without an "and" or "for" before it."""
    found = table.get(substance(word))
    if found is None and word[0] in _ATTACHED and len(word) > _ROOT:
        found = table.get(substance(word[1:]))
    if found is None and word[-1] == "ا" and len(word) > _ROOT:
        found = table.get(substance(word[:-1]))  # the accusative: عاما
    return found or frozenset()


# Who fights has the consonants of who was killed.
_FIGHTING: Final = frozenset(
    map(stem, folded("قتال قتالي قتالية مقاتل مقاتلون مقاتلات قاتل قاتلت قاتلوا يقاتل"))
)


@lru_cache(maxsize=50_000)
def _said(word: str) -> frozenset[tuple[int, int]]:
    """The kinds, places among them, of which a folded word says something, and what."""
    found = _PLACES.get(_place(word))
    if found is None and word[0] in _ATTACHED and len(word) > _ROOT:
        found = _PLACES.get(_place(word[1:]))
    if stem(word) in _FIGHTING:
        return found or frozenset()
    return _listed(_KINDS, word) | (found or frozenset())


def kinds(words: Iterable[str]) -> dict[int, set[int]]:
    """Of the folded words: each kind of exclusive words that is met, with what is said of it."""
    found: dict[int, set[int]] = {}
    for word in words:
        if says_nothing(word):
            continue
        for kind, at in _said(word):
            found.setdefault(kind, set()).add(at)
    return found


def stand_for_each_other(one: str, other: str) -> bool:
    """Whether two folded words may replace each other without a change of fact."""
    return not meanings(one).isdisjoint(meanings(other))


@lru_cache(maxsize=20_000)
def meanings(word: str) -> frozenset[str]:
    """What a folded word says: itself without endings, its lines of synonyms, its side of a kind.

    Words that share one may replace each other without a change of fact.
    """
    lines = [f"={line}" for line, _ in _listed(_ALIKE, word)]
    sides = [f"~{kind}.{side}" for kind, side in _said(word) if kind not in _LOOSE]
    return frozenset((substance(word), *lines, *sides))


def _particles() -> Mapping[str, frozenset[str]]:
    """The lines of synonyms in which words stand that join or point, by their very form."""
    found: dict[str, set[str]] = {}
    for mark, name in (("=", "synonyms"), ("≈", "thesaurus")):
        for line, words in enumerate(_shipped(name)):
            for word in filter(says_nothing, folded(words)):
                found.setdefault(word, set()).add(f"{mark}{line}")
    return {word: frozenset(lines) for word, lines in found.items()}


@lru_cache(maxsize=20_000)
def senses(word: str) -> frozenset[str]:
    """What of a folded word another can answer to: its `meanings`, of particles only what is listed.

    Words that only join have the consonants of many others (أمام, أممية).
    """
    if says_nothing(word):
        return _OF_PARTICLES.get(word, frozenset())
    found = set(meanings(word))
    for mark, table in (("=", _ALIKE), ("≈", _WIDER)):
        listed = _listed(table, word)
        if not listed and "\u0620" < word[0] < "\u06d3":
            # Perhaps in another person or tense than the list has it.
            listed = listed.union(*(table.get(substance(verb), listed) for verb in _verb(word)))
        found.update(f"{mark}{line}" for line, _ in listed)
    return frozenset(found)


def says_when_or_where(said: Mapping[int, object]) -> bool:
    """Whether nothing but days, months and places is met among kinds of exclusive words."""
    return _WHEN_AND_WHERE.issuperset(said)


def says_nothing(word: str) -> bool:
    """Whether a folded word carries no fact: it joins, points or announces."""
    return word in _NO_FACT or (word[0] == "و" and word[1:] in _NO_FACT)


@lru_cache(maxsize=20_000)
def frames(word: str) -> bool:
    """Whether a folded word is one that an editor puts around what stood there."""
    if word in _FRAMING or (word[0] in "وف" and word[1:] in _FRAMING):
        return True
    return not _verb(word).isdisjoint(_VERBS)


def verbs(words: Iterable[str]) -> frozenset[str]:
    """What is left of folded words without the marks of person, number and tense."""
    return frozenset[str]().union(*map(_verb, words))


@lru_cache(maxsize=20_000)
def decides(word: str) -> bool:
    """Whether a folded word is a form of an Arabic verb that is news by itself."""
    return word[:2] not in _ARTICLE and not _verb(word).isdisjoint(_DECIDING)


def is_imperfect(word: str) -> bool:
    """Whether a folded Arabic word has the form of a verb of the present."""
    return word.removeprefix("و")[:1] in {"ي", "ت", "ن"}


def _verb(word: str) -> frozenset[str]:
    """A folded Arabic verb without its person, number and object; nothing of a noun with an article."""
    if word[:2] in _ARTICLE:
        return frozenset()
    bare = {word, word[1:] if word[0] in "وف" else word}
    bare |= {_PERSON.sub("", each) for each in bare}
    bare |= {_NUMBER.sub("", each) for each in bare}
    return frozenset(each for each in bare if len(each) >= _ROOT)


_SPEAKING: Final = frozenset[str]().union(*map(_verb, folded(_shipped("synonyms")[0])))
_DECIDING: Final = frozenset[str]().union(*map(_verb, folded(" ".join(_shipped("deciding")))))
_VERBS: Final = frozenset[str]().union(*map(_verb, folded(" ".join(_shipped("verbs")))))


@lru_cache(maxsize=20_000)
def is_common(word: str) -> bool:
    """Whether a folded word is one of those that the lists know: words of much news."""
    return bool(_listed(_ALIKE, word) or _said(word))


def speaks(word: str) -> bool:
    """Whether a folded word says that somebody said something."""
    if "\u0620" < word[0] < "\u06d3":
        return not _verb(word).isdisjoint(_SPEAKING)  # by its root a battalion would write
    return (0, 0) in _listed(_ALIKE, word)


def named_apart(one: str, other: str) -> bool:
    """Whether two folded words with equal consonants are two names."""
    return one != other and one in _NAMED_APART and other in _NAMED_APART


def qualifies(word: str) -> bool:
    """Whether a folded word, put before or behind another, makes it another fact."""
    return word.removeprefix("ال").removeprefix("و") in _QUALIFYING


def is_coming(word: str) -> bool:
    """Whether a folded Arabic word is a verb of what is to come (سيصل, ستصل)."""
    bare = word.removeprefix("و")
    return len(bare) > _ROOT and bare[:2] in _COMING and bare not in _NOT_COMING


_COMING: Final = frozenset(("سي", "ست", "سن"))
_NOT_COMING: Final = frozenset(
    folded(
        "سيول سيارة سيارات سيدة سيدات سياسة سياسات سياسي سياسية سيادة سيطرة سنة سنوات سنوي سنويا ستار ستارة سيناريو"
    )
)
_OF_PARTICLES: Final = _particles()
