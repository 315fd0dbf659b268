"""What one sentence denies and another does not, whatever the words of denial are.

A denial governs the words behind it. It is gone where they are told without one near, and
it is new where no denial of the earlier text governs what it governs. A denied denial
(لم يستبعد) is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from monitor.fold.features import is_denial
from monitor.fold.lexicon import is_stopword, listed
from monitor.fold.origin import answers, is_form
from monitor.fold.spelling import wording
from monitor.fold.strange import STILL, WITHOUT, negates
from monitor.fold.synonyms import meanings
from monitor.fold.verbs import verbs
from monitor.identify.wording import folded

# Of the words of substance behind a denial: what it governs, and how far its clause goes.
_GOVERNED: Final = 2
_CLAUSE: Final = 5
# So many words of substance may stand between a denial and what it governs, or behind both.
_BEFORE: Final = 3
_AFTER: Final = 2
_SUBJECT: Final = 4
_PARTICLES: Final = frozenset(folded(listed("denied particles")))
_NOR: Final = "ولا"
# To deny what others said is more than to refuse or to rule out.
_CONTRADICTING: Final = verbs(
    folded("نفى ينفي نفت كذب دحض أنكر فند denied denies deny опроверг отрицает")
)
_BUT: Final = frozenset(wording("إلا سوى"))
_EXCEPTED: Final = 12
# غير أن is "but".
_HOWEVER: Final = frozenset(("ان", "انه", "انها", "انهم"))
_UNLIKE: Final = "غير"


@dataclass(frozen=True, slots=True)
class _Denial:
    """A denial: its place among the words of substance, and those of its clause."""

    word: str
    plain: str
    at: int
    governs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Clauses:
    substance: tuple[str, ...]
    denials: tuple[_Denial, ...]


def _clauses(words: Sequence[str], plain: Sequence[str]) -> _Clauses:
    substance: list[str] = []
    found: list[tuple[str, str, int]] = []
    last = -1
    for at, (word, own) in enumerate(zip(words, plain, strict=True)):
        if negates(word, own) and not _is_no_denial(words, plain, at):
            if found and last == at - 1:
                found.pop()
                last = -1
            else:
                found.append((word, own, len(substance)))
                last = at
        elif not is_stopword(own):
            substance.append(own)
    return _Clauses(
        tuple(substance),
        tuple(
            _Denial(word, own, at, tuple(substance[at : at + _CLAUSE])) for word, own, at in found
        ),
    )


def _is_no_denial(words: Sequence[str], plain: Sequence[str], at: int) -> bool:
    following = words[at + 1] if at + 1 < len(words) else ""
    if following in STILL or (
        plain[at] == _UNLIKE and plain[at + 1 : at + 2] and plain[at + 1] in _HOWEVER
    ):
        return True
    return is_denial(words[at]) and not _BUT.isdisjoint(words[at : at + _EXCEPTED])


def denials(words: Sequence[str], plain: Sequence[str]) -> int:
    """How often some words deny; a denied denial is none."""
    return len(_clauses(words, plain).denials)


def undenied(
    words: Sequence[str], plain: Sequence[str], earlier: Sequence[str], before: Sequence[str]
) -> bool:
    """Whether what the earlier words deny is told without a denial."""
    theirs = _clauses(earlier, before)
    if not theirs.denials:
        return False
    own = _clauses(words, plain)
    for denial in theirs.denials:
        if not (is_denial(denial.word) or denial.plain in WITHOUT):
            continue
        told = [
            # What is denied itself, rather than another word for it (لم يؤكد; ذكر, أكد).
            [at for at, mine in enumerate(own.substance) if is_form(each, mine)]
            or [at for at, mine in enumerate(own.substance) if answers(each, mine)]
            for each in denial.governs
        ]
        chief = next((each for each in told[:_GOVERNED] if each), None)
        if chief is None:
            spread = [at for each in told for at in each]
            if sum(map(bool, told)) < _GOVERNED:
                continue
            chief = spread
        if not any(_covers(no, at) for no in own.denials for at in chief) and not _is_told_too(
            theirs, denial, [own.substance[at] for at in chief]
        ):
            return True
    return False


def _is_told_too(clauses: _Clauses, denial: _Denial, words: Sequence[str]) -> bool:
    """Whether the earlier words tell well outside the clause of a denial what it denies."""
    return any(
        at < denial.at - _SUBJECT and not any(_covers(no, at) for no in clauses.denials)
        for at, each in enumerate(clauses.substance)
        if any(is_form(each, word) for word in words)
    )


def _covers(denial: _Denial, at: int) -> bool:
    # Who denies may stand before the verb or behind it.
    after = _SUBJECT if _is_verb(denial.plain) else _AFTER
    return -after <= at - denial.at <= max(_BEFORE, after)


def _begin(denial: _Denial) -> int:
    """Where the clause of a denial begins: that of a verb may before it."""
    return denial.at if not _is_verb(denial.plain) else max(denial.at - _AFTER, 0)


def _is_verb(plain: str) -> bool:
    return plain not in _PARTICLES and plain[1:] not in _PARTICLES


def _contradicts(plain: str) -> bool:
    return not _CONTRADICTING.isdisjoint(verbs((plain,)))


def denies(
    words: Sequence[str], plain: Sequence[str], earlier: Sequence[str], before: Sequence[str]
) -> bool:
    """Whether a denial governs what none of the earlier words governs."""
    own = _clauses(words, plain)
    if not own.denials:
        return False
    theirs = _clauses(earlier, before)
    for denial in own.denials:
        if denial.plain in WITHOUT or (denial.plain == _NOR and denial is not own.denials[0]):
            continue
        if any(
            not meanings(denial.plain).isdisjoint(meanings(other)) for other in theirs.substance
        ):
            continue  # it stood there in another form
        near = [
            other
            for no in theirs.denials
            for other in theirs.substance[_begin(no) : no.at + _CLAUSE]
        ]
        if not near and not theirs.denials:
            return True
        if _contradicts(denial.plain) and not any(map(_contradicts, before)):
            return True
        governed = denial.governs[:_GOVERNED]
        if governed and not any(answers(mine, other) for mine in governed for other in near):
            return True
    return False
