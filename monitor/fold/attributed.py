"""Whose word a sentence is, told before it or behind it, by a verb or in the words of somebody.

"The wall fell, the mayor said" is "According to the mayor, the wall fell": the same words, the clause of
who says it in another place, and in some languages the verb with it, or the name in another case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from monitor.fold.phrases import Classes, Phrase, Phrased
from monitor.fold.turned import is_deed
from monitor.text.arabic import fold

# Fewer units say too little to be known in another order.
_LEAST: Final = 5
# So many words may be there in one of the two only: that, and perhaps another such.
_JOINTS: Final = 2
# What joins what is said to who says it.
_THAT: Final = frozenset(
    fold(
        "that que che dass daß что що że că att dat at ότι ki که کہ कि bahwa rằng da да כי ש hogy että kad ka што че дека se"
    ).split()
)
# Languages whose verb stands second, whatever is first.
_SECOND: Final = frozenset(("de", "nl", "sv", "da", "no", "nb", "nn", "af"))
# Phrases of saying behind which a name stands in another case.
_OBLIQUE: Final = frozenset(
    map(
        fold,
        (
            "по словам", "со слов", "по данным", "по сообщению", "по информации", "за словами", "за даними", "зі слів",
            "за повідомленням", "за інформацією", "według", "zdaniem", "podle", "podle slov", "dle", "podľa", "prema", "prema riječima",
            "po riječima", "prema rečima", "према", "према речима", "по речима", "σύμφωνα με",
        ),
    )
)  # fmt: skip
# Endings of who says it, and of the same in another case: Slavic in either script, Greek.
_CASES: Final = frozenset(
    (one, two)
    for pair in fold(
        "-а -у й-я ь-я ь-и а-ы а-и а-і я-и я-і ая-ой ий-ого ый-ого ой-ого ій-ього а-ой а-ої о-а ец-ца ець-ця ок-ка"
        " -a -u a-y a-i i-iego y-ego a-iej a-ej ek-ka ec-ca o-a a-e ý-ého á-é i-ija"
        " ος-ο ος-ου ης-η ας-α ο-τον η-την ο-του"
    ).split()
    for one, two in [pair.split("-")]
)
_STEM: Final = 2
_ARTICLES: Final = frozenset(fold("ο η").split())


def is_turned_round(mine: Phrased, its: Phrased, classes: Classes) -> bool:
    """Whether a sentence has the units of another, and only who says it stands elsewhere."""
    said = classes.saying
    if said not in mine.keys or len(mine.keys ^ its.keys) > _JOINTS:
        return False
    one, two = ([unit.key for unit in each.units if _tells(unit)] for each in (mine, its))
    if len(one) < _LEAST or one == two or said not in one or Counter(one) != Counter(two):
        return False
    if _is_rotated(one, two):
        return True
    # A verb may move with it, and no name.
    moved: set[str | int] = {said}
    if classes.language in _SECOND:
        moved |= {unit.key for unit in mine.units if unit.text[0].islower()}
        moved -= {unit.key for unit in its.units if unit.text[0].isupper()} - {said}
    return any(
        one.count(key) == 1
        and _is_rotated(
            [each for each in one if each != key], [each for each in two if each != key]
        )
        for key in moved
    )


def is_disordered(mine: Phrased, its: Phrased, classes: Classes) -> bool:
    """Whether a sentence with a deed has the units of another in an order that only other doers explain."""
    if mine.keys != its.keys:
        return False
    one, two = ([unit.key for unit in each.units] for each in (mine, its))
    return (
        one != two
        and any(isinstance(key, str) and is_deed(key, classes.language) for key in one)
        and Counter(one) == Counter(two)
        and not (_is_rotated(one, two) or is_turned_round(mine, its, classes))
    )


def recased(mine: Phrased, its: Phrased, classes: Classes) -> bool:
    """Whether one of two sentences tells in the words of somebody what he says himself in the other."""
    said = classes.saying
    if said not in mine.keys or said not in its.keys:
        return False
    one, two = (
        any(unit.key == said and fold(unit.text) in _OBLIQUE for unit in each.units)
        for each in (mine, its)
    )
    return one != two


def in_one_case(old: Sequence[Phrase], new: Sequence[Phrase]) -> Iterator[tuple[Phrase, Phrase]]:
    """The words of some that are the same as others in their order, in another case."""
    if len(old) == len(new):
        for one, two in zip(old, new, strict=True):
            if isinstance(one.key, str) and isinstance(two.key, str) and _is_case(one.key, two.key):
                yield one, two


def _tells(unit: Phrase) -> bool:
    return fold(unit.text) not in _THAT


def _is_rotated(one: Sequence[str | int], two: Sequence[str | int]) -> bool:
    """Whether what stands first in one stands last in the other."""
    return any([*two[at:], *two[:at]] == one for at, key in enumerate(two) if key == one[0])


def _is_case(one: str, other: str) -> bool:
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    ends = one[same:], other[same:]
    known = ends in _CASES or ends[::-1] in _CASES
    return known and (same >= _STEM or not _ARTICLES.isdisjoint((one, other)))
