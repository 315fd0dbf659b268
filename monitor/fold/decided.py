"""What was decided, done or suffered: verbs that are news whatever they govern.

Such a verb goes back to one of the earlier sentence only where it governs the same, and a
deed only to a deed: what was possible or asked for is not yet done.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from monitor.fold.kinship import akin
from monitor.fold.lexicon import is_stopword
from monitor.fold.origin import Origin, answers
from monitor.fold.synonyms import meanings, senses
from monitor.fold.verbs import decides, is_imperfect
from monitor.identify.wording import folded

# So many words of substance around a verb are what it governs, and its subject.
_NEAR: Final = 6
_WIDE: Final = 5
_NOUN: Final = ("ال", "لل", "بال", "وال", "ل", "ب")
_POSSIBLE: Final = frozenset(
    folded(
        "يحق حق قابل قابلا مهلة يمكن إمكان إمكانية نية نيته عزمه عزم طلب بطلب طالب مطالبا دعا حث يدرس احتمال فرصة أمام"
    )
)


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
            and all(before[place].startswith(_NOUN) for place in same)
            and any(each.removeprefix("و") in _POSSIBLE for each in origin.before)
            and _POSSIBLE.isdisjoint(plain)
        ):
            return True
    return False
