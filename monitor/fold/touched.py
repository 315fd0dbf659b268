"""A desk's light touches taken back: a closed class of words exchanged within its own, nothing else.

Another verb of saying, another connective, "following" for "after": what every desk changes, and what no fact hangs on.
A sentence of the later text is laid beside the earlier one that it goes back to; where both have a phrase of one class in
the same place, the later one is given the earlier wording. Who says a thing may be told before it or behind it, in some
languages with the verb moved or the name in another case ("the wall fell, the mayor said"; "according to the mayor, the
wall fell"). What comes of it is compared as any text is, so that all guards of the fold see what else was changed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from monitor.fold.features import Features, changes, restated
from monitor.fold.lexicon import listed
from monitor.fold.lines import stands_before
from monitor.fold.phrases import Classes, Phrase, Phrased, classes_of, phrased
from monitor.text.arabic import fold

# Fewer units say too little to be known in another order.
_LEAST: Final = 5
# So many words may be there in one of the two only: that, and perhaps another such.
_JOINTS: Final = 2
# So near it stands who speaks.
_SPEAKER: Final = 2
# What joins what is said to who says it.
_THAT: Final = frozenset(fold(listed("touched that")).split())
# Languages whose verb stands second, whatever is first.
_SECOND: Final = frozenset(("de", "nl", "sv", "da", "no", "nb", "nn", "af"))
# Phrases of saying behind which a name stands in another case.
_OBLIQUE: Final = frozenset(
    map(
        fold,
        (
            "по словам", "со слов", "по данным", "по сообщению", "по информации", "за словами", "за даними", "зі слів",
            "за повідомленням", "за інформацією", "według", "zdaniem", "podle", "podle slov", "dle", "podľa", "prema", "prema riječima",
            "po riječima", "prema rečima", "према", "према речима", "по речима", "σύμφωνα με",
        ),
    )
)  # fmt: skip
# Endings of who says it, and of the same in another case: Slavic in either script, Greek.
_CASES: Final = frozenset(
    (one, two)
    for pair in fold(
        "-а -у й-я ь-я ь-и а-ы а-и а-і я-и я-і ая-ой ий-ого ый-ого ой-ого ій-ього а-ой а-ої о-а ец-ца ець-ця ок-ка"
        " -a -u a-y a-i i-iego y-ego a-iej a-ej ek-ka ec-ca o-a a-e ý-ého á-é i-ija"
        " ος-ο ος-ου ης-η ας-α ο-τον η-την ο-του"
    ).split()
    for one, two in [pair.split("-")]
)
_STEM: Final = 2
_ARTICLES: Final = frozenset(fold("ο η").split())


def is_turned_round(mine: Phrased, its: Phrased, classes: Classes) -> bool:
    """Whether a sentence has the units of another, and only who says it stands elsewhere."""
    said = classes.saying
    if said not in mine.keys or len(mine.keys ^ its.keys) > _JOINTS:
        return False
    one, two = ([unit.key for unit in each.units if _tells(unit)] for each in (mine, its))
    if len(one) < _LEAST or one == two or said not in one or Counter(one) != Counter(two):
        return False
    if _is_rotated(one, two):
        return True
    # A verb may move with it, and no name.
    moved: set[str | int] = {said}
    if classes.language in _SECOND:
        moved |= {unit.key for unit in mine.units if unit.text[0].islower()}
        moved -= {unit.key for unit in its.units if unit.text[0].isupper()} - {said}
    return any(
        one.count(key) == 1
        and _is_rotated(
            [each for each in one if each != key], [each for each in two if each != key]
        )
        for key in moved
    )


def speaks_for_another(mine: Phrased, its: Phrased, classes: Classes) -> bool:
    """Whether a sentence has the units of another, and beside what says so another name than stood there."""
    said = classes.saying
    if mine.keys != its.keys or said not in mine.keys:
        return False
    one, two = (
        {
            beside.key
            for at, unit in enumerate(each.units)
            if unit.key == said
            for beside in each.units[max(at - _SPEAKER, 0) : at + 1 + _SPEAKER]
            if beside.text[0].isupper() and beside is not unit
        }
        for each in (mine, its)
    )
    return bool(one and two) and one.isdisjoint(two)


def recased(mine: Phrased, its: Phrased, classes: Classes) -> bool:
    """Whether one of two sentences tells in the words of somebody what he says himself in the other."""
    said = classes.saying
    if said not in mine.keys or said not in its.keys:
        return False
    one, two = (
        any(unit.key == said and fold(unit.text) in _OBLIQUE for unit in each.units)
        for each in (mine, its)
    )
    return one != two


def in_one_case(old: Sequence[Phrase], new: Sequence[Phrase]) -> Iterator[tuple[Phrase, Phrase]]:
    """The words of some that are the same as others in their order, in another case."""
    if len(old) == len(new):
        for one, two in zip(old, new, strict=True):
            if isinstance(one.key, str) and isinstance(two.key, str) and _is_case(one.key, two.key):
                yield one, two


def _tells(unit: Phrase) -> bool:
    return fold(unit.text) not in _THAT


def _is_rotated(one: Sequence[str | int], two: Sequence[str | int]) -> bool:
    """Whether what stands first in one stands last in the other."""
    return any([*two[at:], *two[:at]] == one for at, key in enumerate(two) if key == one[0])


def _is_case(one: str, other: str) -> bool:
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    ends = one[same:], other[same:]
    known = ends in _CASES or ends[::-1] in _CASES
    return known and (same >= _STEM or not _ARTICLES.isdisjoint((one, other)))


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
        if origin is not None and not speaks_for_another(mine, origin, classes):
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
        if speaks_for_another(mine, origin, classes):
            return "somebody else says it"
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
