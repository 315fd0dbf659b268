"""What an edited Arabic sentence puts in the place of something else, though both texts know both words.

An editor moves clauses, and within a clause keeps who and what beside each other. So it is news where
between two words another stands than stood there and is gone, where an office or house has another's name
behind it or a name another title before it, and where somebody speaks who did not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice, pairwise
from typing import Final

from monitor.fold.features import LEAST, Features, Sentence, is_figure
from monitor.fold.kinds import OFFICES, TITLES, is_head, kinds
from monitor.fold.known import one_letter_apart, same_sound
from monitor.fold.lexicon import is_stopword, listed
from monitor.fold.origin import is_form, is_one, key
from monitor.fold.spelling import skeleton
from monitor.fold.verbs import decides, frames, speaks, verbs
from monitor.identify.wording import folded
from monitor.text.words import stem

# Words with so much in common may be one that is spelt otherwise.
_SPELT: Final = 0.6
_NOUN: Final = ("ال", "لل")
ACCORDING: Final = frozenset(folded("بحسب حسب وبحسب وحسب وفق ووفق وفقا ووفقا لسان"))
_STATING: Final = verbs(folded(listed("exchanged stating")))
_THAT: Final = frozenset(folded("أن إن بأن أنه أنها أنهم إنه إنها إنهم بأنه بأنها إلى عن في على"))
_ROLES: Final = TITLES | frozenset(
    folded("المهاجم المدافع الحارس الظهير الجناح الحكم المدعي المتهم الشاهد")
)
# So many words of substance behind a verb of saying may name who spoke.
_SPEAKER: Final = 6
_NEAR: Final = 3
_NAMED: Final = 6


def exchanges(spoken: Sequence[str], before: Sequence[str], other: Features) -> bool:
    """Whether one of the folded words stands where another of the earlier ones stood, or speaks for it."""
    return (
        _between(spoken, before)
        or _speaks_anew(spoken, before, other)
        or _swaps(spoken, before)
        or _heads_another(spoken, before)
        or _retitles(spoken, other)
    )


def takes_a_place(sentence: Sentence, other: Features) -> bool:
    """Whether a word stands where another did in an Arabic sentence, wherever its clause stands now."""
    if sentence.pairs <= other.pairs or not sentence.arabic:
        return False
    for each in other.sentences:
        if len(sentence.pairs & each.pairs) < LEAST * min(len(sentence.pairs), len(each.pairs)):
            continue
        known = set(each.words)
        for word, plain in zip(sentence.words, sentence.plain, strict=True):
            if word not in known and not is_figure(word) and not is_stopword(plain):
                stood = _put_between(plain, sentence.plain, each.plain)
                if stood and not (
                    one_letter_apart(word, skeleton(stood))
                    or same_sound(plain, stood)
                    or SequenceMatcher(None, plain, stood, autojunk=False).ratio() >= _SPELT
                ):
                    return True
    return False


def _put_between(word: str, spoken: Sequence[str], before: Sequence[str]) -> str:
    """What is gone from between two words where a folded word stands now; empty if nothing."""
    own, its = _telling(spoken), _telling(before)
    return next(
        (
            its[place]
            for at in range(1, len(own) - 1)
            if own[at] == word
            for place in range(1, len(its) - 1)
            if is_form(own[at - 1], its[place - 1])
            and is_form(own[at + 1], its[place + 1])
            and not is_one(word, its[place])
            and its[place] not in own
        ),
        "",
    )


def _telling(words: Sequence[str]) -> list[str]:
    return [word for word in words if not is_stopword(word)]


def _between(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """Whether a word told once more than before stands between two that stood around one that is gone."""
    own, its = _telling(spoken), _telling(before)
    there: dict[tuple[str, str], list[str]] = {}
    for one, two, three in zip(its, its[1:], its[2:], strict=False):
        there.setdefault((key(one), key(three)), []).append(two)
    for one, two, three in zip(own, own[1:], own[2:], strict=False):
        stood = there.get((key(one), key(three)))
        if (
            stood
            and not (frames(two) or speaks(two) or two[0].isdigit())
            and not any(frames(each) or each[0].isdigit() or is_one(two, each) for each in stood)
            and _times(two, own) > _times(two, its) > 0
            and all(_times(each, own) < _times(each, its) for each in stood)
        ):
            return True
    return False


def _swaps(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """Whether the two words behind a verb have changed places: who did it to whom."""
    for verb, one, two in zip(spoken, spoken[1:], spoken[2:], strict=False):
        if (
            not decides(verb)
            or any(map(is_stopword, (one, two)))
            or one.startswith(_NOUN) != two.startswith(_NOUN)
        ):
            continue
        for its, first, second in zip(before, before[1:], before[2:], strict=False):
            if key(one) == key(second) and key(two) == key(first) and is_one(verb, its):
                return True
    return False


def _times(word: str, words: Sequence[str]) -> int:
    return sum(is_one(word, each) for each in words)


def _heads_another(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """Whether an office or a house has another name behind it than it had, of what stood elsewhere."""
    for at, word in enumerate(spoken[:-1]):
        if not is_head(word) or is_stopword(spoken[at + 1]):
            continue
        places = [
            place
            for place, each in enumerate(before[:-1])
            if is_one(word, each) and not is_stopword(before[place + 1])
        ]
        if places and not any(
            is_one(spoken[at + 1], each)
            for place in places
            for each in before[max(place - _NEAR, 0) : place + 1 + _NAMED]
        ):
            return True
    return False


def _retitles(spoken: Sequence[str], other: Features) -> bool:
    """Whether a name has a title or office before it that stands by that name nowhere else."""
    title = tuple(other.folded[each] for each in other.title)
    texts = (title, *(each.plain for each in other.sentences))
    for one, two in pairwise(spoken):
        bare = one.removeprefix("و")
        if (
            not (bare in _ROLES or (bare.startswith("ال") and stem(bare) in OFFICES))
            or two.startswith(("ال", "لل", "ب", "ل", "و", "ف"))
            or is_stopword(two)
            or frames(two)
            or kinds((two,))
        ):
            continue
        beside = [
            near
            for plain in texts
            for at, each in enumerate(plain)
            if key(each) == key(two)
            for near in plain[max(at - _NAMED, 0) : at + _NAMED]
        ]
        if beside and not any(is_one(one, near) for near in beside):
            return True
    return False


def _speaks_anew(spoken: Sequence[str], before: Sequence[str], other: Features) -> bool:
    """Whether somebody speaks who stood not in this sentence, nor spoke last before it."""
    theirs = list(before)
    last: Sequence[str] = ()
    for sentence in other.sentences:
        if sentence.plain == tuple(before[: len(sentence.plain)]):
            if speaks(before[0]):
                theirs += last  # who spoke, if unnamed, is who acted before
            break
        last = sentence.plain
        theirs += [word for each in _speakers(sentence.plain, _SPEAKER) for word in each]
    return any(
        speaker
        and (speaker[0].startswith(_NOUN) or is_head(speaker[0]))
        and not any(is_one(speaker[0], its) for its in theirs)
        for speaker in _speakers(spoken, 1)
    )


def _speakers(words: Sequence[str], most: int) -> Iterator[list[str]]:
    """The first words of substance behind each verb of saying; none where what is said comes first."""
    for at, word in enumerate(words[:-1]):
        if (speaks(word) or word in ACCORDING or not verbs((word,)).isdisjoint(_STATING)) and words[
            at + 1
        ] not in _THAT:
            found = (
                each
                for each in words[at + 1 :]
                if not (is_stopword(each) or speaks(each) or each[0].isdigit() or frames(each))
            )
            yield list(islice(found, most))
