"""Whether a name of another ending stands in a sentence that is otherwise the same (António, Antónia).

For scripts with capitals. The list of words takes the endings of a word for its cases, and
a name that differs in them for one spelt otherwise. But between the same two words a name
is in the same case, so that another ending of it is another person: Иванов, Иванова.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from monitor.fold.features import Features, Sentence, changes
from monitor.fold.spelt import skeleton
from monitor.text.arabic import fold

_TOKEN: Final = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|\d+")
# By these endings the names of women are told from those of men and of their families.
_ENDINGS: Final = frozenset(
    frozenset(map(fold, pair.split("/")))
    for pair in [
        "o/a",
        "/a",
        "e/a",
        "i/a",
        "y/a",
        "s/a",
        "us/a",
        "os/a",
        "is/a",
        "as/e",
        "is/e",
        "/e",
        "/ne",
        "/le",
        "s/u",
        "/о",
        "/а",
        "о/а",
        "и/а",
        "ий/ая",
        "ый/ая",
        "ой/ая",
        "й/я",
        "/я",
        "ь/я",
        "ій/а",
        "ий/а",
        "ів/ова",
    ]
)
_FEW: Final = 4
_SAME: Final = 3
_LONGEST: Final = 2
# Where names are written as other nouns are, an ending may be a plural.
_NOUNS: Final = re.compile(r"\b(?:der|die|das|und|nicht|ein|eine)\b")


def renamed(own: Sequence[Sentence], other: Features) -> str:
    """The first name of `own` with another ending than in the same place of `other`; empty if none."""
    for sentence in own:
        origin = other.nearest(sentence)
        if origin is None or sentence.raw == origin.raw:
            continue
        before, after = _TOKEN.findall(origin.raw), _TOKEN.findall(sentence.raw)
        for change, start, end, first, last in changes([*map(fold, before)], [*map(fold, after)]):
            # Words beside it may be spelt otherwise too, one for one.
            if change != "replace" or end - start != last - first or end - start > _FEW:
                continue
            for one, two in zip(range(start, end), range(first, last), strict=True):
                if one and two and _is_another(before[one], after[two], origin.raw):
                    return str(after[two])
    return ""


def _is_another(one: str, two: str, raw: str) -> bool:
    if not (one[0].isupper() and two[0].isupper()) or skeleton(fold(one)) == skeleton(fold(two)):
        return False
    mine, its = fold(one), fold(two)
    same = 0
    while same < min(len(mine), len(its)) and mine[same] == its[same]:
        same += 1
    ends = frozenset((mine[same:], its[same:]))
    return (
        same >= _SAME
        and max(map(len, ends)) <= _LONGEST
        and ends in _ENDINGS
        and not ("e" in ends and _NOUNS.search(raw))
    )
