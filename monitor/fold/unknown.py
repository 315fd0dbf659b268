"""Which words of one text the other has in no form: not spelt otherwise, nor as two, nor cut short."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Final

from monitor.fold.called import same_sound
from monitor.fold.features import Features, is_figure
from monitor.fold.lexicon import is_stopword
from monitor.fold.spelt import skeleton, stands_for, wording
from monitor.fold.synonyms import meanings
from monitor.fold.verbs import decides
from monitor.identify.wording import root

# Foreign names are compared by sound where few words are strange: it costs more.
_FEW: Final = 3
_YET: Final = frozenset(
    wording(
        "yet noch encore ancora aún todavía ainda još ще еще пока jeszcze ještě nog ännu ennå endnu încă ακόμα ακόμη"
    )
)
# Shorter words cut short begin too many others.
SHORT_CUT: Final = 2


def unknown_words(
    line: Sequence[str], own: Features, other: Features, known: Collection[str]
) -> list[str]:
    """The words of `own` that are not among `known` ones of `other` in any form, each once."""
    strange = [
        at
        for at, word in enumerate(line)
        if word not in known
        and (len(word) > 2 or decides(own.folded[word]))
        and not is_stopword(own.folded[word])
    ]
    if not strange or len(strange) > len(line) * 3 // 4:
        # Other spelling alone does not go so far.
        return [line[at] for at in strange]
    roots = {root(other.folded[word]) for word in known}
    # What one text writes as one word, the other may write as two (بيونغ يانغ, بيونغيانغ).
    glued = {skeleton(one + two) for one, two in other.pairs}
    meant = frozenset[str]().union(*(meanings(other.folded[word]) for word in known))
    found: dict[str, None] = {}
    for at in strange:
        word = line[at]
        split = {skeleton(one + two) for one, two in pairwise(line[max(at - 1, 0) : at + 2])}
        spelt = root(own.folded[word]) in roots or word in glued or not split.isdisjoint(known)
        if is_figure(word) or not (
            spelt
            or not meant.isdisjoint(meanings(own.folded[word]))
            or any(one_letter_apart(word, one) for one in known)
            or _is_cut(own.folded[word], own, known, other)
            or (
                len(strange) <= _FEW
                and any(same_sound(own.folded[word], other.folded[one]) for one in known)
            )
        ):
            found[word] = None
    return list(found)


def _is_cut(word: str, own: Features, known: Collection[str], other: Features) -> bool:
    """Whether a word is a known one cut short, or one that the other text cuts short."""
    if word in own.cut and any(stands_for(word, other.folded[each]) for each in known):
        return True
    return any(stands_for(each, word) for each in other.cut if len(each) > SHORT_CUT)


def is_glued(word: str, behind: str, other: Features) -> bool:
    """Whether `other` has a word as two, behind the same word (ولا بيونغ يانغ, ولا بيونغيانغ)."""
    starts = [two for one, two in other.pairs if one == behind and word.startswith(two[:2])]
    return any(skeleton(one + two) == word for one, two in other.pairs if one in starts)


def is_not_yet(denial: str, word: str, other: Features) -> bool:
    """Whether `other` denies a word with "yet" between the two (not yet found, not found)."""
    return any((denial, yet) in other.pairs and (yet, word) in other.pairs for yet in _YET)


def one_letter_apart(one: str, other: str) -> bool:
    """Whether two words of five letters or more differ by one letter changed, added or lost."""
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 5 or is_figure(other):
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, tail = one[start:], other[start:]
    return rest[1:] == tail[1:] or rest[1:] == tail or rest == tail[1:]
