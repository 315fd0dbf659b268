"""What a sentence puts where it did not stand, though the earlier text knows every word.

A name that joins a list, a clause made of words from elsewhere, and names that change sides
around what is between them: who beat whom. Asked of the sentences that go back to one of the
earlier text by their word pairs; what an editor only moves keeps its order within itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from monitor.fold.denied import denials, undenied
from monitor.fold.features import Features, Pairs, Sentence, changes, is_denial, is_figure
from monitor.fold.kinds import GRAVE, PLACES, kinds, says_when_or_where
from monitor.fold.lexicon import is_stopword, listed
from monitor.fold.lines import begun
from monitor.fold.origin import is_form, key
from monitor.fold.spelling import skeleton
from monitor.fold.verbs import decides, frames, speaks
from monitor.identify.wording import folded
from monitor.text.words import UNSPACED, stem

# A sentence with so much of another in it is that one, gone over.
_SAME: Final = 0.5
# With so much, what stands in it keeps its order.
_NEARLY: Final = 0.7
# So many of its words make it the same in another order.
_ALL: Final = 0.9
# With so many pairs of it, a further sentence was joined to it.
_JOINED: Final = 2
# So many words of substance that stand nowhere together are a clause.
_CLAUSE: Final = 2
# What is put in the place of so many words is no other word for them.
_RUN: Final = 6
# A member of a list has so many words.
_MEMBER: Final = 3
# So many words before the first may be the outlet's.
_DATELINE: Final = 4
_AND: Final = frozenset(folded("و and et y e und и й та і ve ile en og och dan și i oraz اور"))
# So near it, in words, is what a word has on its sides.
_NEAR: Final = 4
# What is written without spaces is compared by overlapping pairs of signs.
_UNSPACED: Final = re.compile(f"[{UNSPACED}]")
_WITHIN_OR_NOT: Final = (
    frozenset(folded("خلال غضون أثناء during within")),
    frozenset(folded("بعد عقب إثر قبل after before")),
)
_LETTER: Final = "و"
_LEAST: Final = 3
# Of two that are beside each other by these it is the same whichever comes first.
_BESIDE: Final = _AND | frozenset(
    map(skeleton, folded(listed("placed beside")))
)  # fmt: skip


def misplaced(sentence: Sentence, own: Features, other: Features) -> str:
    """What stands in a sentence where it did not stand in the one it goes back to; empty if nothing."""
    sentence = begun(sentence, other)
    origin = other.nearest(sentence)
    shared = len(origin.pairs & sentence.pairs) if origin else 0
    if origin is None or shared < _SAME * len(sentence.pairs) or sentence.words == origin.words:
        return ""
    if shared >= _NEARLY * len(sentence.pairs):
        if _is_undenied(sentence, origin):
            return "no longer denies"
        if sentence.arabic and _denies_more(
            sentence,
            [each for each in other.sentences if len(each.pairs & sentence.pairs) >= _JOINED],
        ):
            return "denies"
        if when := _another_time(sentence, origin):
            return f"at another time: {when}"
    missing = sentence.pairs - origin.pairs
    near = [origin, *(each for each in other.sentences if _share(each, missing, other) >= _JOINED)]
    if name := _another_name(sentence, origin, near, other):
        return f"another name: {name}"
    if sentence.pairs <= other.pairs:
        return ""
    if word := _joins(sentence, origin, near, other):
        return f"joins a list: {word}"
    if (shared >= _NEARLY * len(sentence.pairs) or _is_all(sentence, origin)) and (
        word := _changes_sides(sentence, origin, own)
    ):
        return f"what is around “{word}” changed sides"
    if shared >= _NEARLY * len(sentence.pairs) and (
        clause := _clause(sentence, origin, own, other)
    ):
        return f"adds: {clause}"
    return ""


def _share(each: Sentence, missing: Pairs, other: Features) -> int:
    """How many pairs of words of substance a sentence has of some."""
    return sum(
        not any(is_stopword(other.folded[word]) for word in pair) for pair in each.pairs & missing
    )


def _denies_more(sentence: Sentence, origins: Sequence[Sentence]) -> bool:
    return denials(sentence.words, sentence.plain) > sum(
        denials(each.words, each.plain) for each in origins
    )


def _is_undenied(sentence: Sentence, origin: Sentence) -> bool:
    return sentence.arabic and undenied(sentence.words, sentence.plain, origin.words, origin.plain)


def _another_time(sentence: Sentence, origin: Sentence) -> str:
    """What says within a time, where it was after or before it, or the reverse."""
    for change, start, end, first, last in changes(origin.words, sentence.words):
        one, two = origin.plain[start:end], sentence.plain[first:last]
        if change == "replace" and any(
            not mine.isdisjoint(two) and not its.isdisjoint(one)
            for mine, its in (_WITHIN_OR_NOT, _WITHIN_OR_NOT[::-1])
        ):
            return two[0]
    return ""


def _another_name(
    sentence: Sentence, origin: Sentence, near: Sequence[Sentence], other: Features
) -> str:
    """A name from elsewhere, by its capital, that was put in or for another, and stood by none there."""
    capitals = set(sentence.capitals)
    names = {
        word
        for word in capitals
        if sentence.plain.count(word) > sum(each.plain.count(word) for each in near)
    }
    if not names:
        return ""
    lost = set(origin.capitals)
    for change, start, end, first, last in changes(origin.words, sentence.words):
        if change not in {"insert", "replace"} or last - first > _MEMBER:
            continue
        if change == "replace" and lost.isdisjoint(origin.plain[start:end]):
            continue
        for at in range(first, last):
            word = sentence.plain[at]
            # A fuller name is that of the earlier text: Khoury, Nadim Khoury.
            beside = {
                (sentence.words[to], sentence.words[to + 1])
                for to in (at - 1, at)
                if 0 <= to < len(sentence.words) - 1
                and capitals.issuperset(sentence.plain[to : to + 2])
            }
            if (
                word in names
                and sentence.words[at] in other.words
                and other.pairs.isdisjoint(beside)
            ):
                return word
    return ""


def _joins(sentence: Sentence, origin: Sentence, near: Sequence[Sentence], other: Features) -> str:
    """A word that was put behind an "and", and stood in no list there."""
    put = {
        at
        for change, _, _, first, last in changes(origin.words, sentence.words)
        if change == "insert"
        for at in range(first, last)
    }
    known = frozenset(other.folded.values())
    for at, word in _behind_and(sentence, known):
        if at not in put or not _names(word):
            continue
        name, before = key(word), key(sentence.plain[at - 1])
        told = [key(each) for earlier in near for each in earlier.plain]
        listed = {
            key(each)
            for earlier in near
            for place, last in _behind_and(earlier, known)
            for each in (last, *earlier.plain[max(place - _MEMBER, 0) : place])
        }
        # A sentence that began with it, a verb, may be joined to the one before.
        listed |= {key(each.plain[0].removeprefix(_LETTER)) for each in other.sentences}
        if (name not in listed and (before, name) not in pairwise(told)) or [
            *map(key, sentence.plain)
        ].count(name) > told.count(name):
            return word
    return ""


def _behind_and(sentence: Sentence, known: Collection[str]) -> Iterator[tuple[int, str]]:
    """The place of each "and" in a sentence, with the folded word behind it; in Arabic it is a letter."""
    arabic = sentence.arabic
    for at, word in enumerate(sentence.plain):
        if not at:
            continue
        if arabic:
            # In a list the next word so joined is one more of it.
            listed = any(each[0] == _LETTER for each in sentence.plain[max(at - _MEMBER, 1) : at])
            if (
                len(word) > _LEAST
                and word[0] == _LETTER
                and (stem(word)[0] != _LETTER or word[1:] in known or listed)
            ):
                yield at, word[1:]
        elif word in _AND and at + 1 < len(sentence.plain):
            yield at, sentence.plain[at + 1]


def _names(word: str) -> bool:
    """Whether a folded word may be a thing or a name that a list has."""
    return _tells(word) and not decides(word)


def _clause(sentence: Sentence, origin: Sentence, own: Features, other: Features) -> str:
    """A run of words put into a sentence that stand in the earlier text, but nowhere together."""
    changed = list(changes(origin.words, sentence.words))
    moved = [
        origin.plain[at]
        for change, start, end, _, _ in changed
        if change in {"delete", "replace"}
        for at in range(start, end)
    ]
    for change, start, end, first, last in changed:
        # Where less is gone, the one was put for the other, which is weighed elsewhere.
        long = end - start > _RUN >= last - first
        if change != "insert" and not (change == "replace" and long):
            continue
        put = sentence.words[first:last]
        if any(map(_UNSPACED.match, put)):
            continue
        if not first and len(put) <= _DATELINE and sentence.raw == own.sentences[0].raw:
            continue  # who of the outlet, before the first word
        telling = [own.folded[word] for word in put if _tells(own.folded[word])]
        if all(any(is_form(word, each) for each in moved) for word in telling):
            continue  # it stood elsewhere in the sentence
        if long:
            gone = origin.plain[start:end]
            telling = [
                word
                for word in telling
                if word not in own.cut and not any(is_form(word, each) for each in gone)
            ]
        # Of a deed one word is enough: and two of them died.
        if len(telling) < (1 if long or any(map(_is_deed, telling)) else _CLAUSE):
            continue
        strange = long and any(
            word not in other.words for word in put if own.folded[word] in telling
        )
        if strange or not any(pair in other.pairs for pair in pairwise(put)):
            return " ".join(put)
    return ""


def _is_deed(word: str) -> bool:
    return decides(word) and not GRAVE.isdisjoint(kinds((word,)))


@lru_cache(maxsize=20_000)
def _tells(plain: str) -> bool:
    return not (
        is_stopword(plain)
        or speaks(plain)
        or frames(plain)
        or is_figure(plain)
        or is_denial(skeleton(plain))
        or _is_when(plain)
    )


def _is_when(plain: str) -> bool:
    said = kinds((plain,))
    return bool(said) and PLACES not in said and says_when_or_where(said)


def _is_all(sentence: Sentence, origin: Sentence) -> bool:
    """Whether an Arabic sentence has hardly another word; other languages turn theirs round more freely."""
    mine, its = sentence.words, origin.words
    return sentence.arabic and sum(word in its for word in mine) >= _ALL * max(len(mine), len(its))


def _changes_sides(sentence: Sentence, origin: Sentence, own: Features) -> str:
    """A word that has on either side of it what it had on the other; empty if none."""
    mine, its = sentence.words, origin.words
    there = {word: at for at, word in enumerate(its) if its.count(word) == 1}
    told = [
        (at, there[word])
        for at, word in enumerate(mine)
        if word in there and mine.count(word) == 1 and _tells(own.folded[word])
    ]
    # Around a particle too, where hardly another word is there.
    whole = _is_all(sentence, origin)
    for middle, word in enumerate(mine):
        if word not in there or mine.count(word) != 1 or word in _BESIDE:
            continue
        if not (whole or _tells(own.folded[word])):
            continue
        place = there[word]
        if any(
            middle - _NEAR <= at < middle and place < where <= place + _NEAR for at, where in told
        ) and any(
            middle < at <= middle + _NEAR and place - _NEAR <= where < place for at, where in told
        ):
            return own.folded[word]
    for one, between, two in zip(mine, mine[1:], mine[2:], strict=False):
        if between in _BESIDE or not (one in there and two in there):
            continue
        if (
            _tells(own.folded[one])
            and _tells(own.folded[two])
            and not _tells(own.folded[between])
            and (two, between) in origin.pairs
            and (between, one) in origin.pairs
            and (one, between) not in origin.pairs
            and (between, two) not in origin.pairs
        ):
            return own.folded[between]
    return ""
