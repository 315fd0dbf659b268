"""What has begun, or is to come, of which the earlier text does not say so: the same deed at another stage."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from monitor.fold.features import is_figure
from monitor.fold.kinds import kinds
from monitor.fold.matched import is_form
from monitor.fold.planned import PLANNED
from monitor.fold.verbs import is_coming, is_imperfect, verbs
from monitor.identify.wording import folded

_BEGUN: Final = folded("بدأ يبدأ شرع يشرع باشر يباشر انطلق ينطلق استهل يستهل")
_BEGINNING: Final = verbs(_BEGUN)
_BEGINNINGS: Final = frozenset(
    folded(
        "بدء بداية البدء انطلاق انطلاقة ابتداء اعتبارا مباشرة شروع الشروع مستهل مطلع أول الأول الأولى أولى منذ استهلال"
    )
)
_INTENDING: Final = verbs(
    folded(
        "اعتزم يعتزم نوى ينوي استهدف يستهدف هدف يهدف خطط يخطط قرر يقرر وافق يوافق اتفق يتفق صادق"
    )
)
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
