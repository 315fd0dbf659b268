"""What an edited Arabic sentence turns round: before and after, first and last, a denial, what is counted.

The words are those that stood there; what one of them stands before or beside tells the fact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from monitor.fold.features import LEAST, Features, Sentence
from monitor.fold.kinds import kinds
from monitor.fold.lexicon import is_stopword, listed
from monitor.fold.origin import is_form, key
from monitor.fold.spelling import skeleton
from monitor.fold.strange import negates
from monitor.identify.wording import folded

# Opposites that stand before what they order, count or bound.
_SIDES: Final = tuple(
    tuple(frozenset(folded(side)) for side in line.split("|"))
    for line in (
        "قبل قبيل وقبل وقبيل قبلها قبله قبلما | بعد عقب إثر وبعد وعقب بعدها بعده بعيد بعدما وبعدما",
        "أول أولى الأول الأولى | آخر أخير أخيرة الأخير الأخيرة",
        "بداية مطلع مستهل أوائل بدء | نهاية ختام أواخر أنهاء",
        "جميع كل كافة عموم سائر | بعض معظم أغلب غالبية أكثر",
        "داخل | خارج",
        "أمام | خلف وراء",
        "ماضي الماضي الماضية المنصرم المنصرمة الفائت | مقبل المقبل المقبلة القادم القادمة الجاري الحالي",
        "فوق | تحت",
        "منذ ومنذ | حتى وحتى لغاية",
        "مع ومع | ضد وضد",
    )
)
_CAUSING: Final = frozenset(folded("عقب إثر وعقب"))
_IN_TIME: Final = _SIDES[0][0] | _SIDES[0][1]
_LASTING: Final = frozenset(kinds(folded("ساعة")))
_WHEN: Final = frozenset(kinds(folded("ساعة الأحد يناير صباح")))
_THAT: Final = frozenset(folded("أن ما"))
_BY: Final = listed("ordered by")
_SINCE: Final = frozenset(folded("من على"))
_DISTANCE: Final = frozenset(folded("على مسافة"))
_FROM: Final = frozenset(folded("من منذ"))
_MEANWHILE: Final = frozenset(folded("حين حينما عندما إذ فيما بينما لما"))
# So many words before a word or behind it may deny it, or have denied it.
_CLAUSE: Final = 5
_NOT: Final = frozenset(folded("لا لم لن ليس ليست ولا ولم ولن وليس وليست فلم فلا غير"))
_AND_THAT: Final = frozenset(folded("وأن وأنه وأنها وأنهم وإن وإنه وإنها وإنهم"))
_UNLIKE: Final = "غير"
_THAT_IT: Final = frozenset(folded("أن أنه أنها أنهم"))
_BE: Final = frozenset(folded("يكون تكون يكونوا"))
_BEING: Final = _BE | frozenset(folded("يكن تكن يكونا تكونا نكن أكن"))
_STILL: Final = frozenset(folded("يزال تزال يزالون يزالان يزل تزل نزال زال زالت زالوا يكد تكد"))


def reorders(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """Whether folded words stand in another order of time or rank, are denied anew, or count something else."""
    return (
        turns_round(spoken, before)
        or _is_out_of_order(spoken, before)
        or _denies_anew(spoken, before)
        or _tells_undenied(spoken, before)
    )


def reorders_copied(sentence: Sentence, other: Features) -> bool:
    """Whether a sentence turns round one that has the least share of its word pairs."""
    return not sentence.pairs <= other.pairs and any(
        turns_round(sentence.plain, each.plain)
        for each in other.sentences
        if len(sentence.pairs & each.pairs) >= LEAST * len(sentence.pairs)
    )


def turns_round(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """Whether what stood on one side of something stands on the other: before, after; first, last."""
    mine, its = set(_sided(spoken)), set(_sided(before))
    return any(
        (pair, side, word) not in its
        and (pair, not side, word) in its
        and (pair, not side, word) not in mine
        for pair, side, word in mine
    )


def opposes(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """Whether words order, count or bound by a side of which only the opposite stood there."""
    mine, its = (
        {(pair, side) for pair, side, _ in _sided(words, bare=True)} for words in (spoken, before)
    )
    return any(each not in its and (each[0], not each[1]) in its - mine for each in mine)


def _is_out_of_order(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """Whether what is now before or after something was told, without such a word, the other way round."""
    for at, word in enumerate(spoken):
        if word not in _IN_TIME - _CAUSING or _is_no_order(spoken, at):
            continue
        behind = next((each for each in spoken[at + 1 :] if not is_stopword(each)), "")
        if (
            not behind
            or not kinds((behind,)).keys().isdisjoint(_WHEN)
            or behind in _SIDES[2][0] | _SIDES[2][1]
            or (is_stopword(spoken[at + 1]) and spoken[at + 1] not in _THAT)
        ):
            continue
        two = _place(behind, before)
        if two is None:
            continue
        if two and before[two - 1] in _FROM:
            if word in _SIDES[0][0]:
                return True  # since or after it
            if not kinds(before[max(two - _CLAUSE, 0) : two]).keys().isdisjoint(_LASTING):
                continue
        ahead = [each for each in spoken[:at] if not is_stopword(each)][-1:]
        told = [_place(each, before) for each in ahead or spoken[at + 1 :]]
        others = [one for one in told if one is not None and one != two]
        # At the head of a sentence its clause goes with it: what was told last shows the order.
        one = others[0] if ahead and others else min(others, default=None)
        if one is None or (not ahead and word in _SIDES[0][1]):
            continue
        between = before[max(min(one, two) - 2, 0) : max(one, two) + 1]
        if (_IN_TIME | _MEANWHILE).isdisjoint(between) and ((one < two) != (word in _SIDES[0][0])):
            return True
    return False


def _place(word: str, before: Sequence[str]) -> int | None:
    if is_stopword(word):
        return None
    if word in before:
        return before.index(word)
    return next((at for at, each in enumerate(before) if is_form(word, each)), None)


def _is_no_order(words: Sequence[str], at: int) -> bool:
    """Whether it is "by" or "at a distance of" (من قبل, على بعد)."""
    return at > 0 and (words[at - 1] == _BY or words[at - 1] in _DISTANCE)


def _sided(words: Sequence[str], *, bare: bool = False) -> Iterator[tuple[int, bool, str]]:
    for at, word in enumerate(words):
        for pair, sides in enumerate(_SIDES):
            for side, particles in enumerate(sides):
                if word not in particles or _is_no_order(words, at):
                    continue
                if bare:
                    yield pair, bool(side), ""
                    continue
                behind = [
                    each for each in words[at + 1 : at + 1 + _CLAUSE] if not is_stopword(each)
                ]
                lasting = next(
                    (to for to in (1, 2) if not pair and _lasts(words[at + to : at + to + 1])), 0
                )
                if lasting and behind:
                    # قبل أسبوعين is بعد أسبوعين على, but not بعد أسبوعين.
                    since = not _SINCE.isdisjoint(words[at + lasting + 1 : at + lasting + 2])
                    yield pair, bool(side), f"{key(behind[0])}{_BY if since else ''}"
                    continue
                for each in behind[: 1 if pair else 2]:
                    yield pair, bool(side), key(each)


def _lasts(words: Sequence[str]) -> bool:
    return not kinds(words).keys().isdisjoint(_LASTING)


def _denies_anew(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """Whether a word behind a denial stands in the earlier sentences with fewer before it."""
    for at, (one, two) in enumerate(pairwise(spoken)):
        if one in _NOT and (two in _BE or not is_stopword(two)) and two not in _STILL:
            denied = [
                _denials(before, place)
                for place, each in enumerate(before)
                if key(each) == key(two)
            ]
            if denied and _denials(spoken, at + 1) > max(denied):
                return True
    return False


def _denials(words: Sequence[str], at: int) -> int:
    """How many words deny in the clause before a place: another begins with "and that", غير أن is "but"."""
    start = max(at - _CLAUSE, 0)
    start = max((to for to in range(start, at) if words[to] in _AND_THAT), default=start)
    return sum(
        negates(skeleton(words[to]), words[to])
        and not (words[to] == _UNLIKE and words[to + 1] in _THAT_IT)
        for to in range(start, at)
    )


def _tells_undenied(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """Whether a word that stood right behind a denial, and nowhere else, is told without one near."""
    for one, two, three in zip(before, before[1:], (*before[2:], ""), strict=False):
        if one not in _NOT or two in _STILL:
            continue
        denied = three if two in _BEING and three else two  # لم تكن تحمل
        if is_stopword(denied):
            continue
        told = [at for at, each in enumerate(spoken) if key(each) == key(denied)]
        if (
            told
            and sum(key(each) == key(denied) for each in before) == 1
            and not any(_denials(spoken, at) for at in told)
        ):
            return True
    return False
