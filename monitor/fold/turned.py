"""What an editor's sentence turns round: a denial, a doubt, a part, what is counted, from and to.

For languages of which a `Vocabulary` is listed; Arabic has its own (`denied`, `staged`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from monitor.fold.features import is_denial, is_figure
from monitor.fold.lexicon import listed
from monitor.fold.verbs import speaks
from monitor.fold.vocabulary import Vocabulary, deeds, forms, is_form, ways
from monitor.text.arabic import fold

# Of the words of substance behind a denial: what it governs; how far around it that may stand, in
# words; and of those before it how many may be governed elsewhere. Some languages put it behind.
_GOVERNED: Final = 2
_REACH: Final = 7
# Of the words of substance beside a figure, what it may count; and where that may have stood.
_COUNTED: Final = 2
_AROUND: Final = 5
# By whom something is done.
_PASSIVE: Final = frozenset(map(fold, listed("turned passive").split()))
_VERB_LAST: Final = frozenset(("ko", "tr"))
_AHEAD: Final = 3
# Between two sentences that are read as one.
END: Final = "."
# Shorter words are particles of some language.
LETTERS: Final = 2
EAST: Final = "\u3000"


def tells(word: str, listed: Vocabulary) -> bool:
    """Whether a folded word may carry a fact; figures and denials are weighed by themselves."""
    return (
        (len(word) > LETTERS or word[0] >= EAST)
        and not (
            listed.is_stopword(word)
            or listed.denies(word)
            or listed.modal.have(word)
            or listed.parts.have(word)
        )
        and not (is_figure(word) or is_denial(word) or speaks(word))
    )


def miscounts(now: Sequence[str], before: Sequence[str], listed: Vocabulary) -> bool:
    """Whether a figure stands beside none of the words that it stood beside, nor in the same order."""
    figures = [at for at, word in enumerate(now) if is_figure(word) and word in before]
    places = [before.index(now[at]) for at in figures]
    for at, place, last, following in zip(
        figures, places, [-1, *places], [*places[1:], len(before)], strict=False
    ):
        mine = _beside(now, at, _COUNTED, listed)
        if last < place < following and any(
            END not in before[min(place, other) : max(place, other)]
            for other in (last, following)
            if 0 <= other < len(before)
        ):
            continue  # in the order of the sentence there
        if not mine and len(figures) == 1:
            continue
        there = [each for each, figure in enumerate(before) if figure == now[at]]
        near = [word for each in there for word in _beside(before, each, _AROUND, listed)]
        if not _meet(mine, near, listed):
            return True
        # Out of order it counts what stands right beside it, on the same side.
        if place < last and not any(_is_beside(now, at, before, each, listed) for each in there):
            return True
    return False


def _beside(plain: Sequence[str], at: int, most: int, listed: Vocabulary) -> list[str]:
    ahead, behind = _near(plain, at, listed)
    return [*ahead[-most:], *behind[:most]]


def _is_beside(
    now: Sequence[str], at: int, before: Sequence[str], place: int, listed: Vocabulary
) -> bool:
    (ahead, behind), (former, following) = _near(now, at, listed), _near(before, place, listed)
    return _meet(ahead[-1:], former[-1:], listed) or _meet(behind[:1], following[:_COUNTED], listed)


def _near(plain: Sequence[str], at: int, listed: Vocabulary) -> tuple[list[str], list[str]]:
    """The words of substance before and behind a place, as far as the sentence goes."""
    ahead, behind = list(plain[max(at - _REACH, 0) : at]), list(plain[at + 1 : at + 1 + _REACH])
    if END in ahead:
        ahead = ahead[len(ahead) - ahead[::-1].index(END) :]
    if END in behind:
        behind = behind[: behind.index(END)]
    return (
        [word for word in ahead if tells(word, listed)],
        [word for word in behind if tells(word, listed)],
    )


def reverses(now: Sequence[str], before: Sequence[str], listed: Vocabulary) -> bool:
    """Whether what was from somewhere is now to it, or the reverse."""
    leads = ways(listed.language)
    theirs = {(way, two) for one, two in pairwise(before) if (way := leads.get(one))}
    return any(
        (way := leads.get(one)) is not None
        and (way, two) not in theirs
        and any(other == two for _, other in theirs)
        for one, two in pairwise(now)
        if tells(two, listed)
    )


def is_deed(word: str, language: str) -> bool:
    """Whether a folded word is a verb of which it is news who does it to whom."""
    return word.startswith(deeds(language))


def inverts(now: Sequence[str], before: Sequence[str], listed: Vocabulary) -> bool:
    """Whether what stood right behind a verb of accusing or beating stands right before it now."""
    verbs = deeds(listed.language)
    if not any(word.startswith(verbs) for word in now):
        return False
    for at, word in enumerate(now):
        ahead, behind = _near(now, at, listed)
        if (
            not word.startswith(verbs)
            or not ahead
            or not _PASSIVE.isdisjoint(now[max(at - _GOVERNED, 0) : at + 1 + _GOVERNED])
        ):
            continue
        for place, each in enumerate(before):
            _, following = _near(before, place, listed)
            if (
                each[:LETTERS] == word[:LETTERS]
                and each.startswith(verbs)
                and _meet(following[:1], ahead[-1:], listed)
                and not _meet(following[:1], behind[:1], listed)
            ):
                return True
    return False


def turns(now: Sequence[str], before: Sequence[str], listed: Vocabulary) -> bool:
    """Whether something is denied, planned or partly so that was not, or is no longer."""
    if any(map(listed.contradicting.have, now)) and not any(map(listed.contradicting.have, before)):
        return True
    if any(
        listed.parts.have(word) and not any(answers(word, each, listed) for each in before)
        for word in now
    ):
        return True
    for marks in (listed.denies, listed.modal.have, listed.parts.have):
        mine, its = _marked(now, marks, listed), _marked(before, marks, listed)
        if any(
            governed and not any(_meet(governed, near, listed) for _, near in its)
            for governed, _ in mine
        ):
            return True
        said = [at for at, word in enumerate(now) if tells(word, listed)]
        for governed, _ in its:
            told = [at for at in said if any(answers(now[at], word, listed) for word in governed)]
            if told and not any(
                answers(now[at], word, listed) for at in told for _, near in mine for word in near
            ):
                return True
    return False


def _marked(
    plain: Sequence[str], marks: Callable[[str], bool], listed: Vocabulary
) -> list[tuple[Sequence[str], Sequence[str]]]:
    """For each mark among folded words: what it governs, and all that stands near it."""
    found: list[tuple[Sequence[str], Sequence[str]]] = []
    for at, word in enumerate(plain):
        if not marks(word):
            continue
        ahead, behind = _near(plain, at, listed)
        if listed.language in _VERB_LAST:
            found.append((ahead[-_GOVERNED:] or behind[:1], (*ahead, *behind)))
            continue
        most = 1 if word in listed.without else _GOVERNED
        found.append((behind[:most] or ahead[-1:], (*ahead[-_AHEAD:], *behind)))
    return found


def _meet(governed: Sequence[str], near: Sequence[str], listed: Vocabulary) -> bool:
    return any(answers(one, other, listed) for one in governed for other in near)


def answers(one: str, other: str, listed: Vocabulary) -> bool:
    """Whether two folded words are forms of one or synonyms."""
    if not listed.senses(one).isdisjoint(listed.senses(other)):
        return True
    return any(
        is_form(mine, its, listed.language)
        for mine in forms(one, listed.language)
        for its in forms(other, listed.language)
    )
