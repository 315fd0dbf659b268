"""Which sentences of the earlier text a later one goes back to, and which of its words answer to theirs, each for one.

An editor joins and splits: one sentence may go back to several. What it says is known where its words stand there, in
the same form, in another form of the root, or in a synonym. Of the rest some tell nothing by themselves: verbs of being
and seeming, nouns for what is spoken of, ages and periods (`neutral` in `lists/words.txt`) stand for none and are no
news where what is beside them is known.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from typing import Final

from monitor.fold.features import Features, Sentence, is_figure
from monitor.fold.kinds import is_day, is_head, kinds
from monitor.fold.lexicon import is_stopword, shipped
from monitor.fold.spelling import skeleton
from monitor.fold.synonyms import akin, meanings, roots, senses, wanted
from monitor.fold.verbs import decides, frames, speaks
from monitor.fold.vocabulary import joins
from monitor.identify.counting import counts
from monitor.identify.wording import folded
from monitor.text.words import stem

# A further sentence was joined where it has so many more of the words.
_JOINED: Final = 2
_SENTENCES: Final = 3


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


def words_of_substance(sentence: Sentence, language: str | None = None) -> list[str]:
    """The folded words of a sentence that may carry a fact; of a `language` no particles."""
    return [
        word
        for last, word in pairwise(("", *sentence.plain))
        if not (joins(word, language) or speaks(word) or (last, word) == _FOR)
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
    for _ in range(_SENTENCES):
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


# An office or kind stands so near the name that it is another word for.
_BESIDE: Final = 4
# Behind a figure what is counted: 64 صوتا.
_COUNTED: Final = "ا"
# How the weak roots begin, as `synonyms` marks them.
_WEAK: Final = "vn="
_NOUN: Final = ("ال", "لل", "وال", "بال")


@lru_cache(maxsize=20_000)
def key(word: str) -> str:
    """A folded word without what is attached to it and without long vowels."""
    return skeleton(stem(word))


def is_form(word: str, other: str) -> bool:
    """Whether two folded words are forms of one."""
    return key(word) == key(other) or not wanted(word).isdisjoint(roots(other))


def is_one(word: str, other: str) -> bool:
    """Whether two folded words are forms of one or synonyms."""
    return is_form(word, other) or not senses(word).isdisjoint(senses(other))


def _is_known(word: str, other: str) -> bool:
    """Whether another word is a form of a folded one; by a weak root no verb that decides is one's that does not."""
    if stem(other) in DISTRICTS or (is_day(other) and not is_day(word)):
        return False
    shared = wanted(word) & roots(other)
    return any(each[0] not in _WEAK for each in shared) or (
        bool(shared) and (not decides(word) or decides(other))
    )


def _firm(found: frozenset[str]) -> frozenset[str]:
    return frozenset(each for each in found if each[0] not in _WEAK)


def unmatched(telling: Sequence[str], spoken: Sequence[str], origin: Origin) -> list[str]:
    """The words of substance of a sentence, folded, that nothing gone back to is left for."""
    mine, its = frozenset(map(key, spoken)), frozenset(map(key, origin.before))
    told = _firm(frozenset[str]().union(*map(wanted, spoken)))
    # A root that is told in another word already makes no second one known.
    free = [each for each in origin.before if key(each) not in mine]
    lost = any(decides(each) and _firm(roots(each)).isdisjoint(told) for each in free)
    left = [each for each in free if _firm(roots(each)).isdisjoint(told)]
    waiting: list[tuple[str, bool]] = []
    for word in telling:
        # In the place of a deed that is gone another is not told twice.
        twice = lost and _is_told_again(word, spoken, origin)
        if twice or not (key(word) in its or any(_is_known(word, each) for each in free)):
            waiting.append((word, twice))
    idiom = frozenset[str]()
    # The nearer synonyms first, each for one word.
    for meant in (meanings, senses):
        still: list[tuple[str, bool]] = []
        for word, twice in waiting:
            at = next(
                (at for at, each in enumerate(left) if not meant(word).isdisjoint(meant(each))),
                None,
            )
            if at is None:
                still.append((word, twice))
            else:
                idiom |= senses(word) & senses(left.pop(at))
        waiting = still
    return [
        word
        for word, twice in waiting
        if (twice or (senses(word).isdisjoint(idiom) and meanings(word).isdisjoint(origin.senses)))
        and not any(figure in origin.words for figure in counts(word.removeprefix("و")))
    ]


def _is_told_again(word: str, spoken: Sequence[str], origin: Origin) -> bool:
    """Whether a deed is told more often than it was."""
    if not decides(word) or word.endswith(_COUNTED):
        return False
    before = sum(not each.startswith(_NOUN) and is_form(word, each) for each in origin.before)
    return sum(decides(each) and is_form(word, each) for each in spoken) > before > 0


def is_named_so(word: str, spoken: Sequence[str], origin: Origin, other: Features) -> bool:
    """Whether a word stands elsewhere in the earlier text beside a name gone from the sentence.

    Or beside the same word as here, which has no other there.
    """
    if is_head(word):
        return False
    said = frozenset(map(key, spoken))
    gone = {
        key(each)
        for each in origin.before
        if not (is_stopword(each) or is_figure(each)) and key(each) not in said
    }
    title = tuple(other.folded[each] for each in other.title)
    mine = {pair for at, each in enumerate(spoken) if each == word for pair in _beside(spoken, at)}
    partners: dict[tuple[str, bool], set[str]] = {}
    met = False
    for plain in (title, *(each.plain for each in other.sentences)):
        for at, each in enumerate(plain):
            if key(word) == key(each) or not meanings(word).isdisjoint(meanings(each)):
                near = plain[max(at - _BESIDE, 0) : at + 1 + _BESIDE]
                if word.startswith(_NOUN) and not gone.isdisjoint(map(key, near)):
                    return True
                met = met or any(pair in mine for pair in _beside(plain, at))
            for partner, behind in mine:
                if key(each) == partner:
                    partners.setdefault((partner, behind), set()).update(
                        other_key for other_key, side in _beside(plain, at) if side != behind
                    )
    return met and any(len(partners.get(pair, ())) == 1 for pair in mine)


def _beside(words: Sequence[str], at: int) -> list[tuple[str, bool]]:
    """The keys of the words of substance right before and right behind a place."""
    found = []
    if at and not is_stopword(words[at - 1]):
        found.append((key(words[at - 1]), False))
    if at + 1 < len(words) and not is_stopword(words[at + 1]):
        found.append((key(words[at + 1]), True))
    return found


# In one sentence so many: more are a statement of their own.
_MOST: Final = 2
_ENDING: Final = re.compile("(?<=.{3})(?:هما|هم|ها|ه|وا|ون|ان|تا)$")
_AND: Final = "و"
# فقد before a verb joins; تعود إلى before a year dates; يعد before what is the first or one of many is "is".
_THEN: Final = frozenset(folded("فقد"))
_DATES: Final = frozenset(folded("يعود تعود ويعود وتعود يرجع ترجع وترجع ويرجع"))
_TO: Final = folded("إلى")[0]
_IS: Final = frozenset(folded("يعد تعد ويعد وتعد"))
_OF: Final = "من"
_WHEN: Final = frozenset(kind for word in folded("يناير ساعة صباح") for kind in kinds((word,)))
_NAMES: Final = frozenset(folded("أطلق أطلقت وأطلق وأطلقت أطلقوا وأطلقوا"))
_NAMED: Final = frozenset(folded("اسم تسمية لقب عليه عليها"))
_NEAR: Final = 5


def neutral(words: Collection[str], spoken: Sequence[str], origin: Origin) -> frozenset[str]:
    """Those of some folded words of a sentence that tell nothing beside what is known there."""
    found = [word for word in words if _is_neutral(word, spoken, origin)]
    return frozenset(found) if len(found) <= _MOST else frozenset()


@cache
def _neutrals(part: str) -> frozenset[str]:
    """The folded words of one section; of a verb of the present both genders."""
    found = frozenset(folded(" ".join(shipped("words", "neutral", part))))
    if part != "verbs":
        return found
    return found.union("ت" + verb[1:] for verb in found if verb[0] == "ي")


def _is_neutral(word: str, spoken: Sequence[str], origin: Origin) -> bool:
    at = spoken.index(word)
    following = spoken[at + 1 : at + 1 + _NEAR]
    if word in _DATES and _TO in following:
        behind = following[following.index(_TO) + 1 :][:1]
        return bool(behind) and (is_figure(behind[0]) or not kinds(behind).keys().isdisjoint(_WHEN))
    if decides(word):
        return _decides_nothing(word, following, origin)
    bare = word.removeprefix(_AND)
    if any(not _neutrals(part).isdisjoint((word, bare)) for part in ("others", "nouns")):
        return True
    if bare in _neutrals("heads"):
        return bool(following) and origin.has_form_of(following[0])
    return not _neutrals("verbs").isdisjoint((bare, _ENDING.sub("", bare)))


def _decides_nothing(word: str, following: Sequence[str], origin: Origin) -> bool:
    """Whether a verb that decides stands in a frame in which it does not."""
    if not following:
        return False
    if word in _THEN:
        return not following[0].startswith(("ال", "ا")) and origin.knows(following[0])
    if word in _NAMES:
        return not _NAMED.isdisjoint(following) and any(
            origin.has_form_of(each) for each in following if not is_stopword(each)
        )
    return word in _IS and _OF in following and not following[0].startswith("ب")
