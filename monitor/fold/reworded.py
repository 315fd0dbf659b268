"""Whether an article in another language than Arabic is another's text in an editor's words.

As in `edited`, each sentence goes back to up to three of the earlier text, and every word
of it must answer to one of theirs: a form of it, a synonym, or a word that carries no
fact. What no list knows is news.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Final

from monitor.fold.features import Features, Sentence, is_denial, is_figure
from monitor.fold.lexicon import PLACES, kinds, speaks
from monitor.fold.spelt import stands_for
from monitor.fold.vocabulary import Vocabulary, forms, is_form, vocabulary
from monitor.identify.counting import counts

_SHORTEST: Final = 40
# Of the word pairs, as `edited` has it; and of the words of substance that stand there in some form.
_PAIRS: Final = 0.12
_SENTENCE: Final = 0.3
_WHOLE: Final = 0.5
_MOST: Final = 3
# A further sentence was joined where it has so many more of the words.
_JOINED: Final = 2
# Of the words of substance behind a denial: what it governs, and how far around it that may stand.
_GOVERNED: Final = 2
_BEHIND: Final = 5
_AHEAD: Final = 3
# Shorter words are particles of some language.
_LETTERS: Final = 2
_EAST: Final = "\u3000"
# A sentence of fewer words of substance may have all of them from elsewhere.
_SAYING: Final = 4


@dataclass(frozen=True, slots=True)
class _Said:
    """An earlier sentence, or several: its words, their stems and the lines they stand in."""

    words: tuple[str, ...]
    plain: tuple[str, ...]
    stems: frozenset[str]
    senses: frozenset[int]

    def has(self, word: str, language: str) -> bool:
        """Whether a folded word stands there in some form."""
        mine = forms(word, language)
        return not self.stems.isdisjoint(mine) or any(
            is_form(one, other, language) for one in mine for other in self.stems
        )

    def joined(self, other: _Said) -> _Said:
        return _Said(
            self.words + other.words,
            self.plain + other.plain,
            self.stems | other.stems,
            self.senses | other.senses,
        )


def reworded_share(
    own: Features, sentences: Sequence[Sentence], other: Features, language: str | None
) -> float:
    """The share of the words of substance of `own` that stand in `other`; 0 if it is no edit of it.

    `sentences` are those of `own` that are no furniture. 0 for a language of which no words are known.
    """
    listed = vocabulary(language) if language else None
    if listed is None or sum(len(each.words) for each in sentences) < _SHORTEST:
        return 0.0
    pairs = frozenset[tuple[str, str]]().union(*(each.pairs for each in sentences))
    if len(pairs & other.pairs) < _PAIRS * len(pairs) or _headline_adds(own, other):
        return 0.0
    earlier = [_said(each.words, each.plain, listed) for each in other.sentences]
    title = _said(other.title, tuple(other.folded[word] for word in other.title), listed)
    lead = title.joined(earlier[0]) if earlier else title
    found = total = 0.0
    for sentence in sentences:
        telling = [word for word in sentence.plain if _tells(word, listed)]
        figures = [word for word in sentence.words if is_figure(word)]
        taken = _goes_back([*telling, *figures], earlier, listed)
        if not taken:
            if telling:
                return 0.0
            continue
        origin = reduce(_Said.joined, (earlier[at] for at in taken))
        beside = {near for at in taken for near in (at - 1, at + 1) if 0 <= near < len(earlier)}
        around = reduce(_Said.joined, (earlier[at] for at in beside), lead)
        stands = sum(origin.has(word, listed.language) for word in telling)
        if (len(telling) >= _SAYING and stands < _SENTENCE * len(telling)) or _adds(
            sentence, telling, origin, around, own, other, listed
        ):
            return 0.0
        found += stands
        total += len(telling)
    return found / total if total and found >= _WHOLE * total else 0.0


def _said(words: Sequence[str], plain: Sequence[str], listed: Vocabulary) -> _Said:
    telling = [word for word in plain if _tells(word, listed)]
    return _Said(
        tuple(words),
        tuple(plain),
        frozenset(form for word in telling for form in forms(word, listed.language)),
        frozenset[int]().union(*map(listed.senses, plain)),
    )


def _tells(word: str, listed: Vocabulary) -> bool:
    """Whether a folded word may carry a fact; figures and denials are weighed by themselves."""
    return (
        (len(word) > _LETTERS or word[0] >= _EAST)
        and not (listed.is_pale(word) or listed.denies(word) or word in listed.modal)
        and not (is_figure(word) or is_denial(word) or speaks(word))
    )


def _goes_back(telling: Sequence[str], earlier: Sequence[_Said], listed: Vocabulary) -> list[int]:
    """The places of the sentences, three at most, in which most of the words stand."""
    taken: list[int] = []
    asked = list(telling)
    for _ in range(_MOST):
        met = [
            (sum(_knows(each, word, listed) for word in asked), -at)
            for at, each in enumerate(earlier)
            if at not in taken
        ]
        most, at = max(met, default=(0, 0))
        if most < (_JOINED if taken else 1):
            break
        taken.append(-at)
        asked = [word for word in asked if not _knows(earlier[-at], word, listed)]
    return taken


def _knows(said: _Said, word: str, listed: Vocabulary) -> bool:
    if is_figure(word):
        return word in said.words
    return said.has(word, listed.language) or not said.senses.isdisjoint(listed.senses(word))


def _adds(
    sentence: Sentence,
    telling: Sequence[str],
    origin: _Said,
    around: _Said,
    own: Features,
    other: Features,
    listed: Vocabulary,
) -> bool:
    """Whether a sentence says what those it goes back to do not say."""
    figures = [word for word in sentence.words if is_figure(word)]
    if any(
        word not in origin.words and not any(word in counts(each) for each in origin.plain)
        for word in figures
    ):
        return True
    places = kinds((*origin.plain, *around.plain)).get(PLACES, set())
    for word in telling:
        if _knows(origin, word, listed) or around.has(word, listed.language):
            continue
        if word in own.cut and any(stands_for(word, each) for each in origin.plain):
            continue
        if any(stands_for(each, word) for each in other.cut if len(each) > _LETTERS):
            continue
        said = kinds((word,))
        # A country by its capital.
        if said.keys() != {PLACES} or not said[PLACES] <= places:
            return True
    theirs = kinds(origin.plain)
    if any(
        not its <= (places if kind == PLACES else theirs.get(kind, its))
        for kind, its in kinds(sentence.plain).items()
    ):
        return True
    return _turns(sentence.plain, origin.plain, listed)


def _turns(now: Sequence[str], before: Sequence[str], listed: Vocabulary) -> bool:
    """Whether something is denied, planned or partly so that was not, or is no longer."""
    for marks in (listed.denies, listed.modal.__contains__):
        mine, its = _marked(now, marks, listed), _marked(before, marks, listed)
        if any(
            governed and not any(_meet(governed, near, listed) for _, near in its)
            for governed, _ in mine
        ):
            return True
        said = [at for at, word in enumerate(now) if _tells(word, listed)]
        for governed, _ in its:
            told = [at for at in said if any(_answers(now[at], word, listed) for word in governed)]
            if told and not any(
                _answers(now[at], word, listed) for at in told for _, near in mine for word in near
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
        behind = [each for each in plain[at + 1 :] if _tells(each, listed)]
        ahead = [each for each in plain[:at] if _tells(each, listed)]
        most = 1 if word in listed.without else _GOVERNED
        found.append((behind[:most] or ahead[-1:], (*ahead[-_AHEAD:], *behind[:_BEHIND])))
    return found


def _meet(governed: Sequence[str], near: Sequence[str], listed: Vocabulary) -> bool:
    return any(_answers(one, other, listed) for one in governed for other in near)


def _answers(one: str, other: str, listed: Vocabulary) -> bool:
    """Whether two folded words are forms of one or synonyms."""
    if not listed.senses(one).isdisjoint(listed.senses(other)):
        return True
    return any(
        is_form(mine, its, listed.language)
        for mine in forms(one, listed.language)
        for its in forms(other, listed.language)
    )


def _headline_adds(own: Features, other: Features) -> bool:
    """Whether the headline has a figure or a denial that the other text lacks."""
    return any(
        (is_figure(word) and word not in other.figures)
        or (is_denial(word) and word not in other.words)
        for word in own.title
    ) or any(is_figure(word) and word not in own.figures for word in other.title)
