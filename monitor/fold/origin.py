"""Which sentences of the earlier text a sentence of a later one goes back to.

An editor joins and splits: one sentence may go back to several. What it says is known
where its words stand there, in the same form, in another form of the root, or in a
synonym.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final

from monitor.fold.features import Features, Sentence
from monitor.fold.kinds import is_day, kinds
from monitor.fold.lexicon import is_stopword
from monitor.fold.synonyms import akin, roots, senses, wanted
from monitor.fold.verbs import frames, speaks
from monitor.identify.wording import folded
from monitor.text.words import stem

# A further sentence was joined where it has so many more of the words.
_JOINED: Final = 2
_MOST: Final = 3


# By its second word alone it would be "postponed".
_FOR: Final = ("من", "اجل")
# Districts, whose roots are those of other words: مقاطعة, قاطع.
DISTRICTS: Final = frozenset(map(stem, folded("مقاطعة محافظة منطقة ولاية مديرية ناحية")))


@dataclass(frozen=True)
class Origin:
    """One or more earlier sentences: `words` as they are compared, `before` the folded ones.

    `share` is that of the words of substance of the later sentence that they know; `parts` are the
    folded words of each.
    """

    words: tuple[str, ...]
    before: tuple[str, ...]
    senses: frozenset[str]
    share: float = 0.0
    parts: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def roots(self) -> frozenset[str]:
        """The roots of all words but those that carry no fact."""
        return frozenset[str]().union(
            *(
                roots(each)
                for each in self.before
                if not (is_stopword(each) or stem(each) in DISTRICTS or is_day(each))
            )
        )

    def knows(self, word: str) -> bool:
        """Whether a folded word stands there, or a form or synonym of it."""
        return not senses(word).isdisjoint(self.senses) or not wanted(word).isdisjoint(self.roots)

    def has_form_of(self, word: str) -> bool:
        """Whether another form of a folded word stands there, no mere synonym."""
        return word in self.before or not wanted(word).isdisjoint(self.roots)

    def joined(self, other: Origin) -> Origin:
        """Both as one."""
        return Origin(
            self.words + other.words,
            self.before + other.before,
            self.senses | other.senses,
            parts=self.parts + other.parts,
        )


def answers(one: str, other: str) -> bool:
    """Whether two folded words are forms of one root or synonyms."""
    return not senses(one).isdisjoint(senses(other)) or akin(one, other)


def told(features: Features) -> list[Origin]:
    """Each sentence of a text as one that another can go back to."""
    return [
        Origin(each.words, each.plain, _senses(each.plain), parts=(each.plain,))
        for each in features.sentences
    ]


@lru_cache(maxsize=512)
def _senses(before: tuple[str, ...]) -> frozenset[str]:
    return frozenset[str]().union(*map(senses, before))


def words_of_substance(sentence: Sentence) -> list[str]:
    """The folded words of a sentence that may carry a fact."""
    return [
        word
        for last, word in pairwise(("", *sentence.plain))
        if not (is_stopword(word) or speaks(word) or (last, word) == _FOR)
        # Of what may be both, "brought forward" and "advanced", the act is the graver.
        and (not frames(word) or kinds((word,)))
    ]


def goes_back(telling: Sequence[str], earlier: Sequence[Origin]) -> Origin:
    """The sentences, three at most, in which most of the words stand."""
    if not telling or not earlier:
        return Origin((), (), frozenset(), 0.0 if telling else 1.0)
    asked = [(word, senses(word)) for word in telling]
    found: Origin | None = None
    left = list(earlier)
    for _ in range(_MOST):
        best = max(left, key=lambda each: _met(asked, each), default=None)
        if best is None or (found is not None and _met(asked, best) < _JOINED):
            break
        left.remove(best)
        found = best if found is None else found.joined(best)
        asked = [(word, its) for word, its in asked if its.isdisjoint(best.senses)]
    assert found is not None
    missing = sum(not found.knows(word) for word, _ in asked)
    return replace(found, share=1 - missing / len(telling))


def _met(asked: Sequence[tuple[str, frozenset[str]]], earlier: Origin) -> int:
    return sum(not its.isdisjoint(earlier.senses) for _, its in asked)
