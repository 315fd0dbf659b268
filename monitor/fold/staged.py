"""At what stage a deed is: to come, begun, done, decided; and of what the earlier text does not say so.

A verb that decides is news whatever it governs: it goes back to one of the earlier sentence only where it governs
the same, and a deed only to a deed: what was possible or asked for is not yet done.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from monitor.fold.features import is_figure
from monitor.fold.kinds import kinds
from monitor.fold.lexicon import is_stopword, listed
from monitor.fold.origin import Origin, answers, is_form
from monitor.fold.synonyms import akin, meanings, senses
from monitor.fold.verbs import decides, is_coming, is_imperfect, verbs
from monitor.identify.wording import folded

# What is to come, in a word of its own.
PLANNED: Final = frozenset(folded(listed("staged planned")))
# How Arabic begins a verb of the present.
_IMPERFECT: Final = frozenset("يت")
# Letters from which on a future form can be taken apart.
_FUTURE: Final = 3


# Particles of the future in other languages, in which it may be told that it has come.
_FUTURE_WORDS: Final = frozenset(
    folded("گا گے گی خواهد خواهند will would shall будет будут буде будуть будем")
)


def no_longer_comes(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """Whether what the earlier words put into the future by a particle is told without one."""
    return not _FUTURE_WORDS.isdisjoint(before) and (_FUTURE_WORDS | PLANNED).isdisjoint(spoken)


def is_planned(now: Sequence[str], before: Sequence[str]) -> bool:
    """Whether something is to come of which nothing was to come."""
    return any(map(is_coming, now)) and not (
        any(map(is_coming, before)) or not PLANNED.isdisjoint(before)
    )


def is_done(now: Sequence[str], before: Sequence[str]) -> bool:
    """Whether what was to come is told as done: سيوقع, وقع; من المقرر أن يوقع, وقع."""
    bare = [word.removeprefix("و") for word in before if word != "و"]
    coming = {word: word[2:] for word in bare if is_coming(word)}
    if not PLANNED.isdisjoint(now):
        coming = {}
    planned = not PLANNED.isdisjoint(before)
    if planned:
        coming |= {word: word[1:] for word in bare if word[0] in _IMPERFECT}
    still = {word.removeprefix("و") for word in now}
    if any(
        len(word) > _FUTURE and len(done) > 1 and word not in still and _perfects(done) & set(now)
        for word, done in coming.items()
    ):
        return True
    # Other languages plan with a word of its own.
    return planned and bool(now) and now[0][0] < "\u0620" and PLANNED.isdisjoint(now)


def _perfects(verb: str) -> set[str]:
    """Forms of the perfect of an Arabic verb, given without its person: صل, وصلت; قوم, قام."""
    verb = verb.removesuffix("ان").removesuffix("ون") if len(verb) > _FUTURE + 1 else verb
    hollow = verb[0] + verb[1:-1].replace("و", "ا").replace("ي", "ا") + verb[-1]
    return {
        f"{conjunction}{first}{stem}{person}"
        for conjunction in ("", "و", "ف")
        for first in ("", "و", "ا")
        for stem in (verb, hollow)
        for person in ("", "ت", "وا", "ا")
    }


_BEGUN: Final = folded("بدأ يبدأ شرع يشرع باشر يباشر انطلق ينطلق استهل يستهل")
_BEGINNING: Final = verbs(_BEGUN)
_BEGINNINGS: Final = frozenset(folded(listed("staged beginnings")))
_INTENDING: Final = verbs(folded(listed("staged intending")))
_INTENT: Final = frozenset(folded("مشروع المشروع خطة الخطة نية"))
_NOUN: Final = frozenset(("ال", "لل"))
_ATTACHED: Final = frozenset("بل")
_PRESENT: Final = frozenset("يت")
_DAYS: Final = frozenset(kinds(folded("الأحد")))
_THAT: Final = frozenset(folded("أن وأن بأن"))
_NEXT: Final = frozenset(folded("المقبل المقبلة القادم القادمة"))
_LAST: Final = frozenset(folded("الماضي الماضية المنصرم المنصرمة الفائت الفائتة"))
_NOW: Final = frozenset(folded("الجاري الجارية الحالي الحالية بعد غد غدا"))
_MONTHS: Final = frozenset(kinds(folded("يناير")))


def at_another_stage(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """Whether folded words tell that something has begun, has come or is still to come, unlike the earlier."""
    return (
        _has_begun(spoken, before)
        or _comes_next(spoken, before)
        or _is_already(spoken, before)
        or _has_come(spoken, before)
    )


def _begins(word: str) -> bool:
    return not verbs((word,)).isdisjoint(_BEGINNING)


def _has_begun(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """What is done may be told from its beginning; what was meant has then begun."""
    return (
        any(map(_begins, spoken))
        and (
            any(map(is_coming, before))
            or not verbs(before).isdisjoint(_INTENDING)
            or not (PLANNED | _INTENT).isdisjoint(before)
        )
        and not any(map(_begins, before))
        and _BEGINNINGS.isdisjoint(each.lstrip("وبل") for each in before)
        and _BEGINNINGS.isdisjoint(before)
    )


def _comes_next(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """A month or a date without it may be next all the same, where it was not the last."""
    last = {one for one, two in pairwise(before) if two in _LAST}
    if any(two in _NEXT and one in last for one, two in pairwise(spoken)):
        return True
    if any(map(is_coming, before)) or not (_NEXT | _NOW | PLANNED).isdisjoint(before):
        return False
    return any(
        word in _NEXT
        and at > 0
        and not is_figure(spoken[at - 1])
        and kinds(spoken[at - 1 : at]).keys().isdisjoint(_MONTHS)
        for at, word in enumerate(spoken)
    )


def _is_already(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """Whether a verb of what is to come is told as of now: سيخزن, يخزن; not after "that", nor of a day."""
    if not kinds(spoken).keys().isdisjoint(_DAYS):
        return False
    coming = {word.removeprefix("و")[2:] for word in before if is_coming(word)}
    if not coming or not PLANNED.isdisjoint(spoken):
        return False
    now = {word.removeprefix("و")[1:] for word in before if word.removeprefix("و")[:1] in _PRESENT}
    return any(
        two.removeprefix("و")[:1] in _PRESENT
        and two.removeprefix("و")[1:] in coming - now
        and one not in _THAT
        for one, two in pairwise(("", *spoken))
    )


def _has_come(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """Whether what was expected, by a noun, is told in the perfect: من المنتظر إعلان, أعلنت."""
    awaited = [two for one, two in pairwise(before) if one.removeprefix("و") in PLANNED]
    if not awaited or not PLANNED.isdisjoint(spoken) or any(map(is_coming, spoken)):
        return False
    return any(
        is_form(word, each) and not is_imperfect(word) and word.removeprefix("و") != each
        for each in awaited
        for word in spoken
        if word[:2] not in _NOUN and word[:1] not in _ATTACHED
    )


# So many words of substance around a verb are what it governs, and its subject.
_NEAR: Final = 6
_WIDE: Final = 5
_NOUNS: Final = ("ال", "لل", "بال", "وال", "ل", "ب")
_POSSIBLE: Final = frozenset(folded(listed("staged possible")))


def decided_otherwise(plain: Sequence[str], origin: Origin) -> bool:
    """Whether a deciding verb of a sentence governs what it did not govern there."""
    own = [word for word in plain if not is_stopword(word)]
    before = [word for word in origin.before if not is_stopword(word)]
    for at, word in enumerate(own):
        if not decides(word):
            continue
        # A noun of the same root may be another thing: مقاطعة, قاطع.
        places = [
            place
            for place, other in enumerate(before)
            if not meanings(word).isdisjoint(meanings(other))
            or (decides(other) and akin(word, other))
            or (
                (decides(other) or akin(word, other)) and not senses(word).isdisjoint(senses(other))
            )
        ]
        if not places:
            continue  # a strange word or a noun's verb, weighed elsewhere
        around = (*own[max(at - _NEAR, 0) : at], *own[at + 1 : at + 1 + _NEAR])
        same = [
            place
            for place in places
            if any(
                answers(mine, other)
                for mine in around
                for other in (
                    *before[max(place - _WIDE, 0) : place],
                    *before[place + 1 : place + 1 + _WIDE],
                )
            )
        ]
        if around and not same:
            return True
        if (
            not is_imperfect(word)
            and all(before[place].startswith(_NOUNS) for place in same)
            and any(each.removeprefix("و") in _POSSIBLE for each in origin.before)
            and _POSSIBLE.isdisjoint(plain)
        ):
            return True
    return False
