"""Whether an article in another language than Arabic is another's text in an editor's words.

As in `edited`, each sentence goes back to up to three of the earlier text, and every word
of it must answer to one of theirs: a form of it, a synonym, or a word that carries no
fact. What no list knows is news.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Final

from monitor.fold.features import Features, Sentence, changes, is_denial, is_figure
from monitor.fold.kinds import PLACES, kinds
from monitor.fold.marked import emptied
from monitor.fold.spelling import stands_for
from monitor.fold.turned import END, LETTERS, answers, inverts, miscounts, reverses, tells, turns
from monitor.fold.vocabulary import BEGINNING, Vocabulary, forms, is_form, vocabulary
from monitor.identify.counting import counts

_SHORTEST: Final = 40
# Of the word pairs, as `edited` has it; and of the words of substance that stand there in some form.
_PAIRS: Final = 0.12
_SENTENCE: Final = 0.3
_WHOLE: Final = 0.5
_MOST: Final = 3
# A further sentence was joined where it has so many more of the words.
_JOINED: Final = 2
# What stands for a name of so many words by their first letters.
_INITIALS: Final = 5
# What stands in so many sentences, the headline among them, is what a text is about.
_TOPIC: Final = 2
# Its nouns are written as names are.
_GERMAN: Final = "de"
# A sentence of fewer words of substance may have all of them from elsewhere.
_SAYING: Final = 4


@dataclass(frozen=True)
class _Said:
    """An earlier sentence, or several: its words, their stems and the lines they stand in."""

    words: tuple[str, ...]
    plain: tuple[str, ...]
    capitals: tuple[str, ...]
    stems: frozenset[str]
    senses: frozenset[int]

    def has(self, word: str, language: str) -> bool:
        """Whether a folded word stands there in some form."""
        mine = forms(word, language)
        return not self.stems.isdisjoint(mine) or any(
            is_form(one, other, language)
            for one in mine
            for other in self.begun.get(one[:BEGINNING], ())
        )

    @cached_property
    def begun(self) -> Mapping[str, Sequence[str]]:
        """The stems by their beginnings: forms of one word have it in common."""
        found: dict[str, list[str]] = {}
        for each in self.stems:
            found.setdefault(each[:BEGINNING], []).append(each)
        return found

    def joined(self, other: _Said) -> _Said:
        return _Said(
            self.words + other.words,
            (*self.plain, END, *other.plain),
            self.capitals + other.capitals,
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
    earlier = [_said(each.words, each.plain, listed, each.capitals) for each in other.sentences]
    title = _said(other.title, tuple(other.folded[word] for word in other.title), listed)
    lead = title.joined(earlier[0]) if earlier else title
    found = total = 0.0
    for sentence in sentences:
        telling = [word for word in sentence.plain if tells(word, listed)]
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
            sentence, telling, origin, around, [title, *earlier], own, other, listed
        ):
            return 0.0
        found += stands
        total += len(telling)
    return found / total if total and found >= _WHOLE * total else 0.0


def _said(
    words: Sequence[str], plain: Sequence[str], listed: Vocabulary, capitals: Sequence[str] = ()
) -> _Said:
    telling = [word for word in plain if tells(word, listed)]
    return _Said(
        tuple(words),
        tuple(plain),
        tuple(capitals),
        frozenset(form for word in telling for form in forms(word, listed.language)),
        frozenset[int]().union(*map(listed.senses, plain)),
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
    told: Sequence[_Said],
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
    if any(
        turned(sentence.plain, origin.plain, listed) for turned in (miscounts, reverses, inverts)
    ):
        return True
    other_words = [*origin.plain, *around.plain]
    # What is a particle in small letters may be a name: Stato, The Hague.
    if listed.language != _GERMAN and any(
        listed.is_stopword(name) and name not in other_words for name in sentence.capitals
    ):
        return True
    places = kinds(other_words).get(PLACES, set())
    lost = any(not _is_told(name, sentence.plain, listed) for name in origin.capitals)
    for word in telling:
        if _knows(origin, word, listed):
            continue
        # A name in no other's place, or what the whole text is about, may be named where it was not.
        if around.has(word, listed.language) and (
            not lost
            if word in sentence.capitals
            else len(telling) > _SAYING
            and sum(each.has(word, listed.language) for each in told) > _TOPIC
        ):
            continue
        if word in own.cut and any(stands_for(word, each) for each in origin.plain):
            continue
        if any(stands_for(each, word) for each in other.cut if len(each) > LETTERS):
            continue
        initials = "".join(each[0] for each in other_words)
        if len(word) <= _INITIALS and word in sentence.capitals and word in initials:
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
    return turns(sentence.plain, origin.plain, listed) or _empties(sentence, other, listed)


def _empties(sentence: Sentence, other: Features, listed: Vocabulary) -> bool:
    """Whether a particle stands in the place of a word of the sentence that this one goes back to most."""
    before = other.nearest(sentence) or other.sentences[0]

    def is_told(word: str) -> bool:
        return any(answers(word, each, listed) for each in sentence.plain)

    return any(
        emptied(before, sentence, each, listed.is_stopword, is_told)
        for each in changes(before.plain, sentence.plain)
    )


def _is_told(name: str, plain: Sequence[str], listed: Vocabulary) -> bool:
    return listed.is_stopword(name) or any(answers(name, word, listed) for word in plain)


def _headline_adds(own: Features, other: Features) -> bool:
    """Whether the headline has a figure or a denial that the other text lacks."""
    return any(
        (is_figure(word) and word not in other.figures)
        or (is_denial(word) and word not in other.words)
        for word in own.title
    ) or any(is_figure(word) and word not in own.figures for word in other.title)
