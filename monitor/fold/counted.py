"""What figures count and what they counted, in an edited sentence and in words that agree; parts and wholes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from monitor.fold.denied import denies
from monitor.fold.features import Features, is_denial, is_figure
from monitor.fold.kinds import kinds
from monitor.fold.known import is_glued, same_sound
from monitor.fold.lexicon import is_stopword, listed
from monitor.fold.origin import Origin, is_form, is_one, key
from monitor.fold.spelling import stands_for, wording
from monitor.fold.synonyms import meanings
from monitor.fold.verbs import frames
from monitor.identify.counting import counts
from monitor.identify.wording import folded

# Words of substance beside a figure: what it may count, and where that may have stood.
_COUNTED: Final = 2
_AROUND: Final = 5
_PART: Final = frozenset(folded("بعض وبعض ببعض لبعض جزء جزءا جزئي قسم قسما معظم أغلب"))
_WHOLE: Final = frozenset(folded("جميع كافة كلها كلهم كامل كاملا بالكامل كاملة"))
# Behind a figure what is counted: 31 راكبا.
_COUNTED_SO: Final = "ا"
_AND: Final = "و"
_ITS: Final = ("ها", "هم", "هما", "هن")
_DUAL: Final = "2"
_TWO: Final = frozenset(
    folded(listed("counted two"))
)  # fmt: skip


def counts_another(spoken: Sequence[str], origin: Origin) -> bool:
    """Whether a figure counts something else, or a part is told for the whole, in any language.

    Figures have an order within one of the earlier sentences only.
    """
    return (
        _counts_another(spoken, origin.before)
        or _takes_a_noun(spoken, origin.before)
        or any(_exchanges_figures(spoken, part) for part in origin.parts)
    )


def otherwise_counted(
    figure: str, now: Sequence[str], before: Sequence[str], own: Features, other: Features
) -> bool:
    """Whether a figure stands beside words that exclude those beside it before."""
    mine = kinds(own.folded[word] for word in _beside(figure, now))
    its = kinds(other.folded[word] for word in _beside(figure, before))
    return any(said.isdisjoint(its.get(kind, said)) for kind, said in mine.items())


def _beside(figure: str, words: Sequence[str]) -> Sequence[str]:
    at = words.index(figure)
    return words[max(at - 2, 0) : at + 2]


def _counts_another(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """Whether a figure stands beside none of the words that it stood beside, or a part for the whole."""
    for at, word in enumerate(spoken):
        for one, other in ((_PART, _WHOLE), (_WHOLE, _PART)):
            if word in one and one.isdisjoint(before) and not other.isdisjoint(before):
                return True
        if not word[0].isdigit():
            continue
        places = [place for place, each in enumerate(before) if each == word]
        mine = _around(spoken, at, _COUNTED)
        if (
            places
            and mine
            and not any(
                is_one(one, two)
                for place in places
                for two in _around(before, place, _AROUND)
                for one in mine
            )
        ):
            return True
    return False


def _takes_a_noun(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """Whether right behind a figure stands what stood right behind another, and behind this one did not."""
    counted = [
        (one, key(each))
        for at, (one, two) in enumerate(pairwise(before))
        if one[0].isdigit() and _tells(two)
        for each in (two, *(each[1:] for each in before[at + 2 : at + 3] if each[0] == _AND))
    ]
    nouns = {noun for _, noun in counted}
    others = {one for one, _ in counted}
    return any(
        one in others and key(two) in nouns and (one, key(two)) not in counted
        for one, two in pairwise(spoken)
    )


def _tells(word: str) -> bool:
    return bool(kinds((word,))) or not (is_stopword(word) or word[0].isdigit() or frames(word))


def _sides_of(words: Sequence[str], at: int) -> tuple[list[str], list[str]]:
    return list(filter(_tells, words[:at])), list(filter(_tells, words[at + 1 :]))


def _around(words: Sequence[str], at: int, most: int) -> list[str]:
    ahead, behind = _sides_of(words, at)
    return [*ahead[-most:], *behind[:most]]


def _exchanges_figures(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """Whether two figures have changed places, and one has nothing beside it that it had."""
    figures = [
        (at, before.index(word))
        for at, word in enumerate(spoken)
        if word[0].isdigit() and before.count(word) == 1
    ]
    return any(
        place > following
        and not (
            has_the_same_beside(spoken, at, before, place)
            and has_the_same_beside(spoken, later, before, following)
        )
        for (at, place), (later, following) in pairwise(figures)
    )


def has_the_same_beside(spoken: Sequence[str], at: int, before: Sequence[str], place: int) -> bool:
    """Whether a figure has right before or right behind it a word of substance that it had there."""
    (ahead, behind), (former, following) = _sides_of(spoken, at), _sides_of(before, place)
    return any(
        is_one(one, two)
        for mine, its in (
            (ahead[-1:], former[-1:]),
            (behind[:1], following[:1]),
        )
        for one, two in zip(mine, its, strict=False)
    ) or any(
        # Its passengers, all 31; 31 passengers.
        one.endswith(_ITS) and key(one) == key(two.removesuffix(_COUNTED_SO))
        for one, two in zip(spoken[max(at - 1, 0) : at], following[:1], strict=False)
    )


def lasts_otherwise(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """Whether one month is told for two, or the reverse: Arabic says two by the form of the word."""
    return any(
        not _TWO.isdisjoint(its)
        and _TWO.isdisjoint(mine)
        and any(is_form(word, each) for word in mine for each in _TWO.intersection(its))
        and _DUAL not in mine
        for mine, its in ((spoken, before), (before, spoken))
    )


# Shorter words cut short begin too many others.
_SHORT_CUT: Final = 2
# Behind an hour, in place of "in the morning".
_HOURS: Final = frozenset(("am", "pm", "h"))
_WITHOUT: Final = frozenset(wording("بلا دون بدون without без"))


def _is_written_out(figure: str, pair: tuple[str, str], other: Features) -> bool:
    """Whether the other text has a figure beside the same word, as one that may be no number (bir, 1)."""
    at = pair.index(figure)
    return any(
        figure in counts(other.folded[each[at]])
        for each in other.pairs
        if each[1 - at] == pair[1 - at]
    )


def _is_ending(word: str, there: str, own: Features, other: Features) -> bool:
    """Whether what is counted is the same word with another ending, or cut short."""
    mine, its = own.folded[word], other.folded[there]
    if (mine in own.cut and stands_for(mine, its)) or (its in other.cut and stands_for(its, mine)):
        return True
    same = min(len(mine), len(its)) - 1
    return same >= _SHORT_CUT and mine[:same] == its[:same]


def changed(
    words: Iterable[str], pairs: Sequence[tuple[str, str]], own: Features, other: Features
) -> str:
    """What some words and their pairs say otherwise, although they agree: a figure or a denial."""
    figures = sorted(
        word
        for word in {word for word in words if is_figure(word)} - other.figures
        if not any(_is_written_out(word, pair, other) for pair in pairs if word in pair)
    )
    if figures:
        return f"another figure: {', '.join(figures[:3])}"
    counted = [
        (one, two)
        for one, two in pairs
        if is_figure(one) and two not in other.words and two not in _HOURS
    ]
    if counted:
        meant = frozenset[str]().union(*map(meanings, other.folded.values()))
        for one, two in counted:
            # Korean may write what it counts and what follows as one word (시간만에, 시간 만에).
            if two[0] >= "가" and any(o == one and t[0] == two[0] for o, t in other.pairs):
                continue
            if any(o == one and _is_ending(two, t, own, other) for o, t in other.pairs):
                continue
            if meanings(own.folded[two]).isdisjoint(meant) and not any(
                same_sound(own.folded[two], word) for word in other.folded.values()
            ):
                return f"another figure: {one} {two}"
    denied = [
        f"{one} {two}"
        for one, two in pairs
        if is_denial(one)
        and (one, two) not in other.pairs
        and (one.removeprefix(_AND), two) not in other.pairs
        and not is_glued(two, one, other)
    ]
    headline = [word for word in own.title if is_denial(word) and word not in other.words]
    if headline and denies(
        own.title,
        [own.folded[word] for word in own.title],
        # لا هواتف says what تمنع الهواتف says.
        [*other.title, *(word for each in other.sentences for word in each.words)],
        [
            *(other.folded[word] for word in other.title),
            *(word for each in other.sentences for word in each.plain),
        ],
    ):
        denied += headline
    if denied:
        return f"denies: {denied[0]}"
    spoken = set(pairs) - other.pairs
    for one, two in spoken:
        # What other figures counted is counted by this one, which counted something else.
        if (
            is_figure(one)
            and not is_figure(two)
            and any(o == one for o, _ in other.pairs)
            and any(t == two and is_figure(o) and (o, t) not in pairs for o, t in other.pairs)
        ):
            return f"another figure: {one} {two}"
    # بلا تاريخ أو مكان is as much a denial as بلا تاريخ ولا مكان.
    lacked = {two for one, two in pairs if one in _WITHOUT}
    for before, denial in other.pairs if spoken else ():
        if (
            is_denial(denial)
            and before not in lacked
            and any((before, two) in spoken for one, two in other.pairs if one == denial)
        ):
            return f"no longer denies: {denial}"
    return ""
