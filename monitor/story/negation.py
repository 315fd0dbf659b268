"""Words that turn a sentence round."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

# Folded; Arabic ones may have "and" or "so" before them.
_NOT: Final = frozenset(
    word
    for words_of in (
        "not no never neither nor without cannot none didn isn wasn doesn don won aren weren hasn",
        "haven hadn couldn wouldn shouldn",
        "لم لن لا ليس ليست ليسوا غير دون بدون عدم",
        "не ни нет без нельзя nicht kein keine keinen nie ne pas jamais nunca degil نيست",
    )
    for word in words_of.split()
)
# Behind one of those they turn nothing round: still, however, no fewer than, not only.
_AT_ALL: Final = (
    "يزال تزال زال زالت يزالون بد سيما ان انه انها انهم يقل تقل فقط",
    "fewer less only least later weniger nur moins seulement menos solo apenas",
    "менее меньше более только менше лише тільки mniej tylko",
)
_NOT_AT_ALL: Final = frozenset(word for words_of in _AT_ALL for word in words_of.split())


def negations(plain: Sequence[str]) -> list[str]:
    """Which of the folded words of a sentence turn it round; "لا يزال", still, does not."""
    found = []
    for word, following in zip_longest(plain, plain[1:], fillvalue=""):
        bare = word[1:] if word[0] in "وف" and word[1:] in _NOT else word
        if bare in _NOT and following not in _NOT_AT_ALL:
            found.append(bare)
    return found


def negated(before: str) -> bool:
    """Whether folded text ends in a word that turns round what follows it."""
    word = before.rsplit(" ", 1)[-1]
    return word in _NOT or (word[:1] in {"و", "ف"} and word[1:] in _NOT)
