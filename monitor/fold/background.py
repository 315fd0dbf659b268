"""Sentences that remind of what is known: how things stand, what was before."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from monitor.fold.features import Features, Sentence, is_denial, is_figure
from monitor.fold.lexicon import PLACES, kinds, says_nothing, speaks, substance

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


def is_background(sentence: Sentence, own: Features, other: Features) -> bool:
    """Whether an added sentence reminds of what is known: no figure, name, date or speaker anew."""
    words = [own.folded[word] for word in sentence.words]
    known = {substance(other.folded[word]) for word in other.words}
    if words[0] in _BEFORE:
        telling = [word for word in words if not says_nothing(word)]
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


def is_named(name: str, known: Collection[str]) -> bool:
    """Whether a capitalised word stands among others, in any case form."""
    begin = name[: max(len(name) - 2, 3)]
    return any(word.startswith(begin) for word in known)
