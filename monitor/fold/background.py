"""Sentences that remind of what is known: how things stand, what was before."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from monitor.fold.features import Features, Sentence, is_denial, is_figure
from monitor.fold.kinds import PLACES, kinds
from monitor.fold.lexicon import is_stopword, listed, substance
from monitor.fold.staged import PLANNED
from monitor.fold.verbs import is_coming, speaks
from monitor.identify.wording import folded

# Of these kinds nothing may be said anew: deaths, directions, days, months, money, measures, places.
STRICT: Final = {
    PLACES,
    *(
        kind
        for word in ("قتل", "شمال", "الاثنين", "يناير", "دولار", "كيلومتر")
        for kind in kinds((word,))
    ),
}
# How background begins, in folded words: a state, a habit, a reminder.
_BACKGROUND: Final = tuple(
    tuple(line.split())
    for line in (
        "يذكر ان", "ويذكر ان", "يشار الي", "ويشار الي", "تجدر الاشاره", "وتجدر الاشاره",
        "جدير بالذكر", "والجدير بالذكر", "الجدير بالذكر", "وتعد", "ويعد", "وتعتبر", "ويعتبر",
        "وتشهد", "ويشهد", "وتقع", "ويقع", "وتضم", "ويضم", "وتمتد", "وتخضع", "ويخضع", "وتفرض",
        "ويفرض", "وتعاني", "ويعاني", "وتملك", "ويملك", "وتتهم", "ومنذ", "ولطالما", "وتعيش",
    )
)  # fmt: skip
# What was before reminds where so much of it is known; else it may be an event that was missed.
_BEFORE: Final = frozenset(("وكان", "وكانت"))
_REMINDING: Final = 0.5
# A sentence with so many word pairs of an earlier one is that one changed.
_CHANGED: Final = 0.3
# What was so for years, or in a year that is named.
_DIGITS: Final = 4
_FIRST, _LAST = 1800, 2099
_NEAR: Final = 5
_YEARLY: Final = frozenset(folded(listed("background yearly")))
_YEARS: Final = frozenset(folded(listed("background years")))
_SINCE: Final = frozenset(folded(listed("background since")))
_TIMES: Final = frozenset(folded("مرات مرة times раз kez defa"))
# Thousands, millions.
_VAGUE: Final = frozenset(("1000", "1000000"))
_DAYS: Final = frozenset(kind for word in ("الأحد", "أمس", "صباح") for kind in kinds(folded(word)))
_HABITUAL: Final = re.compile("^[وف]?[يت]|^(?:says|say|говорят|говорит)$")


def is_background(sentence: Sentence, other: Features) -> bool:
    """Whether an added sentence reminds of what is known: no figure, name, date or speaker anew.

    Or of what has been so for years, whatever it names: that is no news of today.
    """
    words = list(sentence.plain)
    if _changes(sentence, other):
        return False
    if _is_long_so(sentence, other):
        return True
    known = {substance(other.folded[word]) for word in other.words}
    if words[0] in _BEFORE:
        telling = [word for word in words if not is_stopword(word)]
        if sum(substance(word) in known for word in telling) < _REMINDING * len(telling):
            return False
    elif not any(tuple(words[: len(begin)]) == begin for begin in _BACKGROUND):
        return False
    if not all(is_named(name, known) for name in sentence.capitals):
        return False
    if any(is_figure(word) and word not in other.figures for word in sentence.words):
        return False
    if any(speaks(word) for word in words[2:]) or any(is_denial(word) for word in sentence.words):
        return False
    said = kinds(other.folded[word] for word in other.words)
    spoken = kinds(words)
    return all(its <= said.get(kind, set()) for kind, its in spoken.items() if kind in STRICT)


def _changes(sentence: Sentence, other: Features) -> bool:
    """Whether it is no sentence that was added but one of the earlier text with another end or midst."""
    return any(
        len(sentence.pairs & each.pairs) >= _CHANGED * len(sentence.pairs)
        for each in other.sentences
    )


def _is_long_so(sentence: Sentence, other: Features) -> bool:
    """Whether a sentence speaks of past years, and of no day, plan, quotation or unknown figure."""
    plain = sentence.plain
    if _YEARLY.isdisjoint(plain) and _YEARS.isdisjoint(plain):
        return False
    years = {
        at
        for at, word in enumerate(plain)
        if len(word) == _DIGITS
        and word.isdecimal()
        and _FIRST <= int(word) <= _LAST
        and not _YEARLY.isdisjoint((*plain[max(at - 2, 0) : at], *plain[at + 1 : at + 2]))
    }
    units = [at for at, word in enumerate(plain) if word in _YEARS]
    lasting = any(
        plain[at] in _SINCE and any(abs(at - unit) <= _NEAR for unit in units)
        for at in range(len(plain))
    )
    if not (years or lasting) or any(mark in sentence.raw for mark in '«»“”"„'):
        return False
    often = {at - 1 for at, word in enumerate(plain) if word in _TIMES}
    spans = {at - 1 for at in units} | years | often
    if any(
        word[0].isdigit() and at not in spans and word not in (other.figures | _VAGUE)
        for at, word in enumerate(plain)
    ):
        return False
    if not kinds(plain).keys().isdisjoint(_DAYS) or not PLANNED.isdisjoint(plain):
        return False
    return not any(
        is_coming(word) or (speaks(word) and not _HABITUAL.match(word)) for word in plain
    )


def is_named(name: str, known: Collection[str]) -> bool:
    """Whether a capitalised word stands among others, in any case form."""
    begin = name[: max(len(name) - 2, 3)]
    return any(word.startswith(begin) for word in known)
