"""What small words beside a fact make of it: nearly so many, the most of all, two of it, what of it is told.

They are words that an editor also puts around what stood there, so no list of strange words has
them. Of Arabic sentences that go back to others; each asks whether the earlier text has it so.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from monitor.fold.features import LEAST, Features, Sentence
from monitor.fold.kinds import kinds
from monitor.fold.lexicon import is_stopword, listed
from monitor.fold.origin import is_form, key
from monitor.fold.staged import at_another_stage
from monitor.fold.verbs import verbs
from monitor.identify.wording import folded

# What can be told of a thing in figures: its price is not its number.
_MEASURES: Final = tuple(
    frozenset(
        map(key, folded(" ".join(f"{word} {word}ها {word}ه {word}هم" for word in line.split())))
    )
    for line in (
        "ثمن سعر قيمة كلفة تكلفة مبلغ",
        "عدد تعداد أعداد",
        "حجم مساحة طول ارتفاع عمق",
        "وزن",
        "سرعة",
        "رسوم رسم ضريبة",
    )
)
_NEARLY: Final = frozenset(folded(listed("shaded nearly")))
_NEARING: Final = verbs(folded("قارب يقارب ناهز يناهز اقترب يقترب شارف يشارف"))
_OF: Final = "من"
# The forms of "most": أكبر, أفقر.
_ELATIVE: Final = frozenset(folded(listed("shaded elative")))
_BOUNDS: Final = frozenset(folded(listed("shaded bounds")))
_BOUNDED: Final = _BOUNDS | frozenset(folded(listed("shaded bounded")))
_SHARES: Final = frozenset(folded("نصف ثلث ربع خمس عشر ثلثي ساعة يوم شهر أسبوع عام سنة"))
_SEEING: Final = verbs(folded("شهد يشهد"))
_DOING: Final = verbs(folded("أجرى يجري أجرت نفذ ينفذ ارتكب يرتكب أقام يقيم نظم ينظم"))
_DRAFT: Final = frozenset(folded("مشروع مسودة مقترح اقتراح"))
_DRAFTS: Final = frozenset(map(key, _DRAFT))
_NEAR: Final = 3
_WITHIN: Final = frozenset(folded("في خلال أثناء"))
_BEYOND: Final = frozenset(folded("قبل بعد قبيل عقب"))
_DUAL: Final = ("تين", "تان")
_THEN: Final = frozenset(folded("ثم وبعدها تليها يليها يليه تليه وتليها ويليها ويليه"))
_MAY: Final = frozenset(folded(listed("shaded may")))
_STILL_MAY: Final = _MAY | frozenset(folded(listed("shaded allowed")))
_BEFORE_THEM: Final = frozenset(folded("أمام وأمام"))
_LASTING: Final = frozenset(kinds(folded("ساعة")))
_CLAUSE: Final = 5
_GOVERNED: Final = 3


def shades_copied(sentence: Sentence, other: Features) -> bool:
    """Whether a sentence has another stage or degree than the one that has the least share of its word pairs."""
    if sentence.pairs <= other.pairs or not sentence.arabic:
        return False
    origin = other.nearest(sentence)
    return (
        origin is not None
        and len(origin.pairs & sentence.pairs) >= LEAST * len(sentence.pairs)
        and is_shaded(sentence.plain, origin.plain)
    )


def is_shaded(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """Whether folded words stage, bound, count, rank or allow otherwise what the earlier ones tell."""
    return (
        at_another_stage(spoken, before)
        or _measures_another(spoken, before)
        or _is_only_near(spoken, before)
        or _is_the_most(spoken, before)
        or _is_two_of(spoken, before)
        or _ranks_otherwise(spoken, before)
        or _has_come_of_it(spoken, before)
        or _is_not_within(spoken, before)
        or _is_not_bounded(spoken, before)
        or _is_no_draft(spoken, before)
        or _only_sees_it(spoken, before)
    )


def _measures_another(spoken: Sequence[str], before: Sequence[str]) -> bool:
    mine, its = (
        {kind for kind, words in enumerate(_MEASURES) if not words.isdisjoint(map(key, said))}
        for said in (spoken, before)
    )
    return bool(mine - its) and bool(its - mine)


def _is_only_near(spoken: Sequence[str], before: Sequence[str]) -> bool:
    def nears(words: Sequence[str]) -> bool:
        return any(
            not verbs((one,)).isdisjoint(_NEARING) and two[0].isdigit()
            for one, two in pairwise(words)
        )

    return nears(spoken) and _NEARLY.isdisjoint(before) and not nears(before)


def _is_the_most(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """Whether one of the most is now the most."""
    among = {two for one, two in pairwise(before) if one == _OF and two in _ELATIVE}
    return any(
        two in among and one not in (_OF, f"و{_OF}") and two not in before[: before.index(two)]
        for one, two in pairwise(("", *spoken))
    ) and not any(two in among and one == _OF for one, two in pairwise(spoken))


def _is_two_of(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """Whether two of a thing are told of which there was one; Arabic says two by an ending."""
    theirs = frozenset(before)
    return any(
        word.endswith(_DUAL)
        and not theirs.isdisjoint((f"{word[:-3]}ه", f"ل{word[:-3]}ه", f"ب{word[:-3]}ه"))
        and "2" not in theirs
        and not any(each.endswith(_DUAL) and each[:-3] == word[:-3] for each in before)
        for word in spoken
    )


def _ranks_otherwise(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """Whether two that came one behind the other do so the other way round."""
    told = [word for word in spoken if word in _THEN or not is_stopword(word)]
    for one, then, two in zip(told, told[1:], told[2:], strict=False):
        if then not in _THEN or one in _THEN or two in _THEN:
            continue
        first, second = (
            next((at for at, each in enumerate(before) if is_form(word, each)), None)
            for word in (one, two)
        )
        if first is not None and second is not None and second < first:
            return True
    return False


def _has_come_of_it(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """Whether what one may do is told as if it were done."""
    if not _STILL_MAY.isdisjoint(spoken):
        return False
    said = [word for word in spoken if not is_stopword(word)]
    for at, word in enumerate(before):
        clause = before[at + 1 : at + 1 + _CLAUSE]
        # Before them are two weeks: they have them.
        if word not in _MAY and (
            word not in _BEFORE_THEM or kinds(clause[:_GOVERNED]).keys().isdisjoint(_LASTING)
        ):
            continue
        governed = [each for each in clause if not is_stopword(each)][:_GOVERNED]
        if sum(any(is_form(mine, each) for mine in said) for each in governed) >= _GOVERNED - 1:
            return True
    return False


def _is_not_within(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """Whether what was in something is told before or after it."""
    within = {key(two) for one, two in pairwise(before) if one in _WITHIN}
    beyond = {key(two) for one, two in pairwise(before) if one in _BEYOND}
    return any(
        one in _BEYOND and not is_stopword(two) and key(two) in within - beyond
        for one, two in pairwise(spoken)
    )


def _is_not_bounded(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """Whether what was less or more than a figure or share is told as that."""
    bounded = {
        each
        for at, word in enumerate(before)
        if word.removeprefix("و") in _BOUNDS
        for each in before[at + 1 : at + 1 + _NEAR]
        if each[0].isdigit() or each in _SHARES
    }
    return any(
        each in spoken
        and not any(
            _BOUNDED
            & {near.removeprefix("و") for near in spoken[max(at - _NEAR - 1, 0) : at + 1 + _NEAR]}
            for at, word in enumerate(spoken)
            if word == each
        )
        for each in bounded
    )


def _is_no_draft(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """Whether what was a draft is told as the thing itself."""
    drafts = {two for one, two in pairwise(before) if one in _DRAFT}
    return any(word in drafts for word in spoken) and not any(
        key(word) in _DRAFTS for word in spoken
    )


def _only_sees_it(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """Whether what somebody did is told of him as what he saw."""
    mine, its = verbs(spoken), verbs(before)
    return (
        bool(_SEEING & mine) and not (_SEEING & its) and bool(_DOING & its) and not (_DOING & mine)
    )
