"""Whether one sentence says in other words what the earlier text says, in a text that is else word for word.

An edited text is weighed as a whole (`edited`); here a single sentence is all that differs, and what
differs there was meant to. So it is asked more of it: every word answers to one there, as many
denials stand in it, each figure stands beside what it stood beside, nothing changed sides, and no verb
of all news (received, needs) stands where another stood.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from monitor.fold.background import is_background
from monitor.fold.counted import has_the_same_beside, lasts_otherwise
from monitor.fold.denied import denials
from monitor.fold.edited import adds, drops_or_turns, kept
from monitor.fold.exchanged import ACCORDING
from monitor.fold.features import Features, Sentence
from monitor.fold.kinds import PLACES, kinds, said
from monitor.fold.lexicon import is_stopword
from monitor.fold.lines import telling as told_of
from monitor.fold.marked import is_marked_otherwise
from monitor.fold.ordered import opposes
from monitor.fold.origin import Origin, goes_back, is_form, key, told, words_of_substance
from monitor.fold.strange import affirms
from monitor.fold.substituted import turned_about
from monitor.fold.verbs import decides, frames_alike, speaks
from monitor.identify.wording import folded

# A sentence of fewer words of substance says in other words whatever one likes.
_SAYING: Final = 3
# With so much of what it goes back to a sentence is the whole of it.
_WHOLE: Final = 0.6
# And of a sentence to which another was joined.
_JOINED: Final = 0.9
_PREPOSITIONS: Final = frozenset(folded("على ضد من إلى عن أمام عند لدى"))
# So near it, in words of substance, is what a word has on its sides.
_NEAR: Final = 4


def said_otherwise(own: Features, found: Sequence[bool], other: Features) -> frozenset[int]:
    """The places of Arabic sentences that are not word for word there, and say the same.

    None where another sentence says more: then nothing is won by them.
    """
    earlier = told(other)
    said: set[int] = set()
    for at in told_of(own, found, other):
        sentence = own.sentences[at]
        if sentence.pairs <= other.pairs:
            continue
        if sentence.arabic and restates(sentence, own, other, earlier):
            said.add(at)
        elif not (found[at] or is_background(sentence, other)):
            return frozenset()
    return frozenset(said)


def restates(sentence: Sentence, own: Features, other: Features, earlier: Sequence[Origin]) -> bool:
    """Whether a sentence says in other words, all of them known or synonyms, what `other` says.

    `earlier` are the sentences of `other` as one goes back to them.
    """
    telling = words_of_substance(sentence, own.language)
    origin = goes_back(telling, earlier)
    return (
        len(telling) >= _SAYING
        and origin.share >= 1
        and not adds(sentence, telling, origin, own, other)
        and not affirms(sentence, other)
        and not turned_about(sentence, other)
        and not is_marked_otherwise(sentence.plain, origin.before, own.language)
        and not (
            sentence.arabic
            and (
                _puts_from_elsewhere(telling, earlier)
                or drops_or_turns(sentence, telling, origin, other)
                or _tells_otherwise(sentence, telling, origin)
            )
        )
    )


def _puts_from_elsewhere(telling: Sequence[str], earlier: Sequence[Origin]) -> bool:
    """Whether words of another sentence stand in the place of some that are gone; what is joined is kept."""
    first = max(earlier, key=lambda each: sum(map(each.knows, telling)))
    return not all(map(first.knows, telling)) and kept(telling, first.before) < _JOINED


def _tells_otherwise(sentence: Sentence, telling: Sequence[str], origin: Origin) -> bool:
    """What an editor of a whole text may do, and nobody who changes one sentence."""
    spoken, before = sentence.plain, origin.before
    mine = denials(sentence.words, spoken)
    its = denials(origin.words, before)
    if mine > its or (mine < its and kept(telling, before) >= _WHOLE):
        return True
    if not all(frames_alike(word, before) for word in spoken):
        return True
    if any(_is_told_again(word, spoken, before) for word in telling):
        return True
    if not _sides(spoken) <= _sides(before) or not _is_in_order(spoken, before):
        return True
    return (
        _counts_otherwise(spoken, before)
        or lasts_otherwise(spoken, before)
        or opposes(spoken, before)
        or _swaps(spoken, before)
        or _changes_sides(_by_themselves(spoken, telling), before)
    )


def _is_told_again(word: str, spoken: Sequence[str], before: Sequence[str]) -> bool:
    """Whether a deed is told oftener than it was."""
    if not decides(word):
        return False
    once, again = (sum(key(word) == key(each) for each in words) for words in (before, spoken))
    return again > once > 0


def _sides(words: Sequence[str]) -> Counter[tuple[int, int]]:
    """How often some words take each side of each kind of exclusive words, places aside."""
    return Counter(
        side for word in words if not is_stopword(word) for side in said(word) if side[0] != PLACES
    )


def _is_in_order(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """Whether the figures stand in the order in which they stood."""
    left = iter(before)
    return all(word in left for word in spoken if word[0].isdigit())


def _by_themselves(spoken: Sequence[str], telling: Sequence[str]) -> list[str]:
    """The words of substance but those right behind a verb of saying: who speaks may be named anywhere."""
    speakers = {two for one, two in pairwise(spoken) if speaks(one) or one in ACCORDING}
    return [word for word in telling if word not in speakers]


def _counts_otherwise(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """Whether a figure is told oftener than it was, or beside nothing that it stood beside."""
    for at, word in enumerate(spoken):
        if not word[0].isdigit():
            continue
        places = [place for place, each in enumerate(before) if each == word]
        if len(places) < spoken.count(word) or not any(
            has_the_same_beside(spoken, at, before, place) for place in places
        ):
            return True
    return False


def _changes_sides(telling: Sequence[str], before: Sequence[str]) -> bool:
    """Whether a word has on either side what it had on the other: who beat whom."""
    places = [
        [place for place, each in enumerate(before) if key(word) == key(each)]
        or [place for place, each in enumerate(before) if _is_one(word, each)]
        for word in telling
    ]

    def stood(side: Sequence[Sequence[int]], middle: int, way: int) -> bool:
        """Whether a word on one side stood near the middle on the other only."""
        return any(
            near and all(where * way > middle * way for where in near)
            for all_of_it in side
            for near in [[where for where in all_of_it if 0 < abs(where - middle) <= _NEAR]]
        )

    return any(
        stood(places[max(at - _NEAR, 0) : at], its[0], 1)
        and stood(places[at + 1 : at + 1 + _NEAR], its[0], -1)
        for at, its in enumerate(places)
        if len(its) == 1
    )


def _swaps(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """Whether what stood before a preposition stands behind it, and the reverse: الأهلي على الزمالك."""
    return any(
        between in _PREPOSITIONS
        and any(
            between == its and _is_one(one, last) and _is_one(two, first)
            for first, its, last in zip(before, before[1:], before[2:], strict=False)
        )
        for one, between, two in zip(spoken, spoken[1:], spoken[2:], strict=False)
    )


def _is_one(word: str, other: str) -> bool:
    """Whether two words are forms of one, or name one place (روسيا, الروسية)."""
    return is_form(word, other) or (bool(named := kinds((word,))) and named == kinds((other,)))
