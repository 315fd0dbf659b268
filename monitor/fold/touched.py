"""A desk's light touches taken back: a closed class of words exchanged within its own, nothing else.

Another verb of saying, another connective, "following" for "after": what every desk changes, and what
no fact hangs on. A sentence of
the later text is laid beside the earlier one that it goes back to; where both have a phrase of one
class in the same place, the later one is given the earlier wording. What comes of it is compared as
any text is, so that all guards of the fold see what else was changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

from monitor.fold.attributed import in_one_case, is_disordered, is_turned_round, recased
from monitor.fold.dateline import stands_before
from monitor.fold.features import Features, changes, restated
from monitor.fold.phrases import Classes, Phrase, Phrased, classes_of, phrased

# Of the words and classes of a sentence so many stand in the one that it goes back to.
_GOES_BACK: Final = 0.5
# Beside "still" it is one more: ancora un ferito.
_ONE: Final = frozenset(
    re.findall(
        r"\w+",
        "a an one un une uno una um uma ein eine einen en ett een et jeden jedna један jedan один одна bir satu một",
    )
)
# Letters: longer sentences cost more than they tell.
_LONGEST: Final = 700


def untouched(
    own: Features, title: str, other: Features, heading: str, language: str | None
) -> Features:
    """`own` as it was before a desk's light touches, where `other` shows it; the same object if nowhere.

    `title` and `heading` are the two headlines as they are written.
    """
    classes = classes_of(language) if language else None
    if classes is None:
        return own
    given: dict[int, str] = {}
    stands = {sentence.raw for sentence in other.sentences}
    told = [each.raw for each in other.sentences if len(each.raw) <= _LONGEST]
    earlier = [phrased(raw, classes) for raw in told]
    for at, sentence in enumerate(own.sentences):
        if sentence.raw in stands or len(sentence.raw) > _LONGEST:
            continue
        mine = phrased(sentence.raw, classes)
        origin = _origin(mine, earlier)
        if origin is not None:
            if is_turned_round(mine, origin, classes):
                before = told[earlier.index(origin)]
            else:
                before = _given_back(sentence.raw, mine, origin, classes)
            if before != sentence.raw:
                given[at] = before
    headline = _given_back(title, phrased(title, classes), phrased(heading, classes), classes)
    if not given and headline == title:
        return own
    return restated(own, headline, given)


def _origin(mine: Phrased, earlier: Sequence[Phrased]) -> Phrased | None:
    """The earlier sentence with most of the words and classes of another, if these are enough."""
    keys = mine.keys
    best = max(earlier, key=lambda each: len(each.keys & keys), default=None)
    return best if best is not None and len(best.keys & keys) >= _GOES_BACK * len(keys) else None


def _given_back(raw: str, mine: Phrased, its: Phrased, classes: Classes) -> str:
    """A sentence with the phrases that another has of the same classes in the same places."""
    matcher = SequenceMatcher(
        None, [unit.key for unit in its.units], [unit.key for unit in mine.units], autojunk=False
    )
    # For places of `raw`, from and to, what stands there instead.
    given: list[tuple[int, int, str]] = []
    gone: dict[int, list[tuple[str, int]]] = {}
    # What came, and whether it stays all the same.
    come: list[tuple[Phrase, bool]] = []
    exchanged: set[int] = set()
    oblique = recased(mine, its, classes)
    for change, start, end, first, last in matcher.get_opcodes():
        old, new = its.units[start:end], mine.units[first:last]
        if change == "equal":
            for one, two in zip(old, new, strict=True):
                if isinstance(two.key, int):
                    given += _instead(two, one.text)
            continue
        if start == end == first == 0 and stands_before(raw[: mine.units[last].start]):
            given.append((0, mine.units[last].start, ""))
            continue
        place = mine.units[first].start if first < len(mine.units) else len(raw)
        # A phrase may be of several classes (before, earlier): in one place one in common is enough.
        for two in new:
            same = next((one for one in old if not one.classes.isdisjoint(two.classes)), None)
            if same is not None:
                given += _instead(two, same.text)
                old = [each for each in old if each is not same]
                exchanged.add(two.start)
        rest = [two for two in new if two.start not in exchanged]
        for one, two in in_one_case(old, rest) if oblique else ():
            given.append((two.start, two.end, one.text))
        for unit in old:
            if isinstance(unit.key, int):
                gone.setdefault(unit.key, []).append((unit.text, place))
        # What stands in the place of a word of no class is not put in; "also five" are five more.
        strange = any(isinstance(unit.key, str) for unit in old) and not any(
            isinstance(unit.key, str) for unit in new
        )
        come += [
            (unit, strange or any(map(_counts, mine.units[max(at - 1, 0) : at + 2])))
            for at, unit in enumerate(new, first)
            if isinstance(unit.key, int) and unit.start not in exchanged
        ]
    for unit, stays in come:
        moved = gone.get(int(unit.key))
        if moved:
            text, place = moved.pop(0)
            if unit.key in classes.elsewhere:
                given += [*_instead(unit, ""), (place, place, f" {text} ")]
            else:
                given += _instead(unit, text)
        elif not stays and not classes.put_in.isdisjoint(unit.classes):
            given += _instead(unit, "")
    for start, end, instead in sorted(given, reverse=True):
        raw = f"{raw[:start]}{instead}{raw[end:]}"
    return raw


def _instead(unit: Phrase, text: str) -> list[tuple[int, int, str]]:
    """What stands in the place of a phrase, and nothing in that of its far end."""
    return [(unit.start, unit.end, text), *((start, end, "") for start, end in unit.far)]


def _counts(unit: Phrase) -> bool:
    return unit.text[0].isdigit() or unit.text.lower() in _ONE


def bounded_otherwise(own: Features, other: Features, language: str | None) -> str:
    """What bounds or orders otherwise in a sentence of `own`: before for after, nearly for more than."""
    classes = classes_of(language) if language else None
    if classes is None:
        return ""
    stands = {sentence.raw for sentence in other.sentences}
    fresh = [each.raw for each in own.sentences if each.raw not in stands]
    earlier = [phrased(raw, classes) for raw in stands if len(raw) <= _LONGEST] if fresh else []
    for raw in fresh:
        mine = phrased(raw[:_LONGEST], classes)
        origin = _origin(mine, earlier)
        if origin is None:
            continue
        if is_disordered(mine, origin, classes):
            return "who did it to whom is turned round"
        if changed := _bounded(mine, origin, classes):
            return changed
    return ""


def _bounded(mine: Phrased, its: Phrased, classes: Classes) -> str:
    keys = [[unit.key for unit in each.units] for each in (its, mine)]
    for change, start, end, first, last in changes(*keys):
        if change != "replace":
            continue
        old = [
            each for each in its.units[start:end] if not classes.bounding.isdisjoint(each.classes)
        ]
        new = [
            each for each in mine.units[first:last] if not classes.bounding.isdisjoint(each.classes)
        ]
        if old and new and all(one.classes.isdisjoint(two.classes) for one in old for two in new):
            return f"“{old[0].text}” is now “{new[0].text}”"
    return ""
