"""Arabic words that an editor adds or puts for others, and that tell nothing by themselves.

What the lists of synonyms ask of a word is another one that it stands for. Verbs of being and
seeming, nouns for what is spoken of, ages and periods (`lists/words.txt`) stand for none and are no
news where what is beside them is known. A verb that decides is heeded but in the frames in which
it decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache
from typing import Final

from monitor.fold.features import is_figure
from monitor.fold.kinds import kinds
from monitor.fold.lexicon import is_stopword, shipped
from monitor.fold.origin import Origin
from monitor.fold.verbs import decides
from monitor.identify.wording import folded

# In one sentence so many: more are a statement of their own.
_MOST: Final = 2
_ENDING: Final = re.compile("(?<=.{3})(?:هما|هم|ها|ه|وا|ون|ان|تا)$")
_AND: Final = "و"
# فقد before a verb joins; تعود إلى before a year dates; يعد before what is the first or one of many is "is".
_THEN: Final = frozenset(folded("فقد"))
_DATES: Final = frozenset(folded("يعود تعود ويعود وتعود يرجع ترجع وترجع ويرجع"))
_TO: Final = folded("إلى")[0]
_IS: Final = frozenset(folded("يعد تعد ويعد وتعد"))
_OF: Final = "من"
_WHEN: Final = frozenset(kind for word in folded("يناير ساعة صباح") for kind in kinds((word,)))
_NAMES: Final = frozenset(folded("أطلق أطلقت وأطلق وأطلقت أطلقوا وأطلقوا"))
_NAMED: Final = frozenset(folded("اسم تسمية لقب عليه عليها"))
_NEAR: Final = 5


def neutral(words: Collection[str], spoken: Sequence[str], origin: Origin) -> frozenset[str]:
    """Those of some folded words of a sentence that tell nothing beside what is known there."""
    found = [word for word in words if _is_neutral(word, spoken, origin)]
    return frozenset(found) if len(found) <= _MOST else frozenset()


@cache
def _listed(part: str) -> frozenset[str]:
    """The folded words of one section; of a verb of the present both genders."""
    found = frozenset(folded(" ".join(shipped("words", "neutral", part))))
    if part != "verbs":
        return found
    return found.union("ت" + verb[1:] for verb in found if verb[0] == "ي")


def _is_neutral(word: str, spoken: Sequence[str], origin: Origin) -> bool:
    at = spoken.index(word)
    following = spoken[at + 1 : at + 1 + _NEAR]
    if word in _DATES and _TO in following:
        behind = following[following.index(_TO) + 1 :][:1]
        return bool(behind) and (is_figure(behind[0]) or not kinds(behind).keys().isdisjoint(_WHEN))
    if decides(word):
        return _decides_nothing(word, following, origin)
    bare = word.removeprefix(_AND)
    if any(not _listed(part).isdisjoint((word, bare)) for part in ("others", "nouns")):
        return True
    if bare in _listed("heads"):
        return bool(following) and origin.has_form_of(following[0])
    return not _listed("verbs").isdisjoint((bare, _ENDING.sub("", bare)))


def _decides_nothing(word: str, following: Sequence[str], origin: Origin) -> bool:
    """Whether a verb that decides stands in a frame in which it does not."""
    if not following:
        return False
    if word in _THEN:
        return not following[0].startswith(("ال", "ا")) and origin.knows(following[0])
    if word in _NAMES:
        return not _NAMED.isdisjoint(following) and any(
            origin.has_form_of(each) for each in following if not is_stopword(each)
        )
    return word in _IS and _OF in following and not following[0].startswith("ب")
