"""Whether an article is another's text in an editor's words, or with background behind it.

An editor keeps the order of thought, the figures, the names and most words of
substance, and puts other words in the place of the rest. What he adds is seen by
a run of words that the earlier text lacks; what he changes by words that exclude
what stood there. A fact of one unlisted word in the place of another cannot be
told from a synonym: the shares below keep retellings out, not every such fact.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from monitor.fold.background import STRICT, is_named
from monitor.fold.features import Features, Sentence, is_denial, is_figure
from monitor.fold.lexicon import (
    PLACES,
    is_coming,
    is_common,
    kinds,
    meanings,
    qualifies,
    says_nothing,
    speaks,
)
from monitor.fold.strange import LACKING, STILL, TITLES, Origin, affirms, says_otherwise
from monitor.identify.wording import folded, skeleton, wording

# Shares of the words of substance that stand in the sentences gone back to.
_SENTENCE: Final = 0.4
_WHOLE: Final = 0.58
# Share of word pairs: retellings of one event keep fewer.
_PAIRS: Final = 0.12
_SHORTEST: Final = 40
# A sentence of fewer words of substance says in other words whatever one likes.
_SAYING: Final = 3
# A second sentence was joined to the first where it has so many more of the words.
_JOINED: Final = 2
# What is to come, in a word of its own; and how Arabic begins a verb of the present.
_PLANNED: Final = frozenset(
    folded(
        "المقرر مقرر المتوقع المرتقب المزمع يعتزم تعتزم ينوي تنوي سوف will shall due scheduled planned plans expected"
        " going intends намерен намерена намерены планирует планируется будет будут собирается"
    )
)
_IMPERFECT: Final = frozenset("يت")
# So many new words of substance in a row add something.
_RUN: Final = 3
# In a text that is kept so nearly whole, one fewer does.
_LIGHT: Final = 0.9
# A sentence with new words keeps so much of what it goes back to, or says something else.
_KEPT: Final = 0.4
# A word or a name of two in the place of another.
_NAME: Final = 2
# Consonants that make two words forms of one, and letters that a form may add.
_ROOT: Final = 3
_LASTING: Final = frozenset(folded("يزال تزال يزالون زال زالت زالوا مازال مازالت still"))
# Arabic says two by the form of the word, and may say it again by the number.
_DUAL: Final = "2"
_TWO_OF: Final = ("ين", "ان", "ن")
# Letters from which on a future form can be taken apart.
_FUTURE: Final = 3
_PARTICLES: Final = frozenset(wording("لا لم ليس no not"))


def edited_share(own: Features, sentences: Sequence[Sentence], other: Features) -> float:
    """The share of the words of substance of `own` that stand in `other`; 0 if it is no edit of it.

    `sentences` are those of `own` that are no furniture.
    """
    length = sum(len(each.words) for each in sentences)
    if length < _SHORTEST:
        return 0.0
    pairs = frozenset[tuple[str, str]]().union(*(each.pairs for each in sentences))
    if len(pairs & other.pairs) < _PAIRS * len(pairs):
        return 0.0
    if any(is_figure(word) and word not in own.figures for word in other.title):
        return 0.0  # what the headline counted is told otherwise
    origins = [_substances(each, other) for each in other.sentences]
    found = total = 0.0
    longest = 0
    for sentence in sentences:
        telling = _words_of_substance(sentence, own)
        origin = _origin(telling, other.sentences, origins)
        if (
            origin.share < _SENTENCE
            or _adds(sentence, telling, origin, own, other)
            or _drops_or_turns(sentence, telling, origin, own, other)
        ):
            return 0.0
        longest = max(longest, _longest_run(telling, origin.substances))
        found += origin.share * len(telling)
        total += len(telling)
    if total == 0 or found < _WHOLE * total or _headline_adds(own, other):
        return 0.0
    return found / total if longest < _RUN - 1 or found < _LIGHT * total else 0.0


def _drops_or_turns(
    sentence: Sentence, telling: Sequence[str], origin: Origin, own: Features, other: Features
) -> bool:
    """Whether a denial is gone, or a word answers to nothing that stood there."""
    spoken = [own.folded[word] for word in sentence.words]
    before = [other.folded[word] for word in origin.words]
    return _drops(spoken, sentence, origin, before) or says_otherwise(
        sentence, telling, origin, own, other
    )


def restates(sentence: Sentence, own: Features, other: Features) -> bool:
    """Whether a sentence says in other words, all of them known or synonyms, what `other` says."""
    telling = _words_of_substance(sentence, own)
    origins = [_substances(each, other) for each in other.sentences]
    origin = _origin(telling, other.sentences, origins)
    return (
        len(telling) >= _SAYING
        and origin.share >= 1
        and not _adds(sentence, telling, origin, own, other)
        and not affirms(sentence, own, other)
    )


def _words_of_substance(sentence: Sentence, own: Features) -> list[str]:
    spoken = (own.folded[word] for word in sentence.words)
    return [word for word in spoken if not says_nothing(word) and not speaks(word)]


def _substances(sentence: Sentence, of: Features) -> frozenset[str]:
    return frozenset[str]().union(*(meanings(of.folded[word]) for word in sentence.words))


def _origin(
    telling: Sequence[str], sentences: Sequence[Sentence], origins: Sequence[frozenset[str]]
) -> Origin:
    """The one or two sentences in which most of the words stand."""
    wanted = [meanings(word) for word in telling]
    if not wanted or not origins:
        return Origin((), frozenset(), 0.0 if wanted else 1.0)

    def missing(known: frozenset[str]) -> list[frozenset[str]]:
        return [word for word in wanted if word.isdisjoint(known)]

    first = min(range(len(origins)), key=lambda at: len(missing(origins[at])))
    rest = missing(origins[first])
    second = max(
        range(len(origins)),
        key=lambda at: sum(not word.isdisjoint(origins[at]) for word in rest),
    )
    words, met = sentences[first].words, origins[first]
    if second != first and len(rest) - len(missing(met | origins[second])) >= _JOINED:
        words, met = words + sentences[second].words, met | origins[second]
    return Origin(words, met, 1 - len(missing(met)) / len(wanted))


def _adds(
    sentence: Sentence, telling: Sequence[str], origin: Origin, own: Features, other: Features
) -> bool:
    """Whether a sentence says what those it goes back to do not say."""
    before = [other.folded[word] for word in origin.words]
    figures = {
        word
        for last, word in pairwise(("", *sentence.words))
        if is_figure(word) and not (word == _DUAL and last.endswith(_TWO_OF))
    }
    if not figures <= set(origin.words) or _longest_run(telling, origin.substances) >= _RUN:
        return True
    fresh = {word for word in telling if meanings(word).isdisjoint(origin.substances)}
    if fresh and _kept(telling, before) < _KEPT:
        return True
    if fresh and origin.share >= _LIGHT and _puts_for(telling, before):
        return True
    spoken = [own.folded[word] for word in sentence.words]
    turning = [word for word in fresh if qualifies(word) and skeleton(word) not in LACKING]
    if fresh and (turning or _drops(spoken, sentence, origin, before)):
        return True
    if any(
        spoken[at] in TITLES and fresh.issuperset(spoken[at + 1 : at + 3])
        for at in range(len(spoken) - 2)
    ):
        return True
    known = {*before, *(other.folded[word] for word in other.lead)}
    if not all(is_named(name, known) for name in sentence.capitals) or _is_done(
        [own.folded[word] for word in sentence.words], before
    ):
        return True
    denied = any(
        is_denial(word) and following not in STILL
        for word, following in pairwise((*sentence.words, ""))
    )
    if denied and not any(is_denial(word) or word in LACKING for word in origin.words):
        return True
    if _is_turned(sentence.words, origin.words) or _is_turned(origin.words, sentence.words):
        return True
    said, theirs = kinds(telling), kinds(before)
    for kind, its in said.items():
        # What excludes nothing there is another way to put it, but for deaths, days and places.
        if kind not in theirs and kind not in STRICT:
            continue
        strange = its - theirs.get(kind, set())
        if kind == PLACES and strange and theirs.get(kind, set()) - its:
            return True  # one in the place of another
        # A country may be named again where it was not; so may what this sentence left out.
        if strange and ((kind in theirs and kind != PLACES) or not strange <= _said(other, kind)):
            return True
    return any(
        _otherwise_counted(figure, sentence.words, origin.words, own, other) for figure in figures
    )


def _kept(telling: Sequence[str], before: Sequence[str]) -> float:
    """How much of the words of substance that stood there a sentence keeps."""
    mine = frozenset[str]().union(*map(meanings, telling))
    its = [word for word in before if not says_nothing(word) and not speaks(word)]
    return sum(not meanings(word).isdisjoint(mine) for word in its) / len(its) if its else 1.0


def _puts_for(telling: Sequence[str], before: Sequence[str]) -> bool:
    """Whether a word that no list knows stands where another such stood: a name, a place, a thing."""
    its = [word for word in before if not says_nothing(word) and not speaks(word)]
    mine = [
        next((word for word in its if not meanings(word).isdisjoint(meanings(each))), each)
        for each in telling
    ]
    matcher = SequenceMatcher(None, its, mine, autojunk=False)
    for change, start, end, first, last in matcher.get_opcodes():
        gone, come = its[start:end], mine[first:last]
        if change != "replace" or len(gone) != len(come) or len(gone) > _NAME:
            continue
        if not any(map(is_common, (*gone, *come))) and not all(map(_is_form, gone, come)):
            return True
    return False


def _is_form(one: str, other: str) -> bool:
    """Whether two words have a root in common, or one is cut short (اشرفت, المشرفة; кв)."""
    if one.startswith(other) or other.startswith(one):
        return True
    matcher = SequenceMatcher(None, skeleton(one), skeleton(other), autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) >= _ROOT


def _drops(
    spoken: Sequence[str], sentence: Sentence, origin: Origin, before: Sequence[str]
) -> bool:
    """Whether a denial, or what is still so, was there and is no more."""
    if any(is_denial(word) or word in LACKING for word in sentence.words):
        return False
    if any(map(is_denial, origin.words)) and not any(word in STILL for word in origin.words):
        return True
    lasting = not _LASTING.isdisjoint(before) and _LASTING.isdisjoint(spoken)
    return lasting and bool(kinds(spoken).keys() - kinds(before).keys())


def _said(other: Features, kind: int) -> set[int]:
    """What a whole text says of one kind of exclusive words."""
    return kinds(other.folded[word] for word in other.words).get(kind, set())


def _is_done(now: Sequence[str], before: Sequence[str]) -> bool:
    """Whether what was to come is told as done: سيوقع, وقع; من المقرر أن يوقع, وقع."""
    told = {skeleton(word.removeprefix("و")) for word in now}
    coming = {skeleton(word): word[2:] for word in before if is_coming(word)}
    planned = not _PLANNED.isdisjoint(before)
    if planned:
        coming |= {skeleton(word): word[1:] for word in before if word[0] in _IMPERFECT}
    if any(
        len(word) > _FUTURE and word not in told and skeleton(done) in told
        for word, done in coming.items()
        if len(done) > 2
    ):
        return True
    # Other languages plan with a word of its own.
    return planned and now[0][0] < "\u0620" and _PLANNED.isdisjoint(now)


def _is_turned(denying: Sequence[str], stating: Sequence[str]) -> bool:
    """Whether what one sentence denies the other states, whatever the form of the verb."""
    if any(is_denial(word) or word in LACKING for word in stating):
        return False
    stated = {word[at:] for word in stating for at in (0, 1) if len(word) > _FUTURE}
    return any(
        is_denial(denial) and len(word) > _FUTURE and not stated.isdisjoint((word, word[1:]))
        for denial, word in pairwise(denying)
    )


def _longest_run(telling: Sequence[str], known: frozenset[str]) -> int:
    longest = run = 0
    for word in telling:
        run = 0 if not meanings(word).isdisjoint(known) else run + 1
        longest = max(longest, run)
    return longest


def _otherwise_counted(
    figure: str, now: Sequence[str], before: Sequence[str], own: Features, other: Features
) -> bool:
    """Whether a figure stands beside words that exclude those beside it before."""
    mine = kinds(own.folded[word] for word in _beside(figure, now))
    its = kinds(other.folded[word] for word in _beside(figure, before))
    return any(said.isdisjoint(its.get(kind, said)) for kind, said in mine.items())


def _beside(figure: str, words: Sequence[str]) -> Sequence[str]:
    at = words.index(figure)
    return words[max(at - 2, 0) : at + 2]


def _headline_adds(own: Features, other: Features) -> bool:
    """Whether the headline has a figure, a denial or an excluded word that the other text lacks."""
    if any(is_figure(word) and word not in other.figures for word in own.title):
        return True
    if any(is_denial(word) and word not in other.words for word in own.title) and not (
        _PARTICLES.issuperset(word for word in own.title if is_denial(word))
        and LACKING & other.lead
    ):
        return True
    said = kinds(own.folded[word] for word in own.title)
    theirs = kinds(other.folded[word] for word in other.words)
    return any(not its <= theirs.get(kind, its) for kind, its in said.items())
