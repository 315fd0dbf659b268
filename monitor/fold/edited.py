"""Whether an article is another's text in an editor's words, or with background behind it.

An editor keeps the order of thought, the figures, the names and most words of
substance, and puts other words in the place of the rest. What he adds is seen by
a run of words that the earlier text lacks; what he changes by words that exclude
what stood there. A fact of one unlisted word in the place of another cannot be
told from a synonym: the shares below keep retellings out, not every such fact.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from monitor.fold.features import Features, Sentence, is_denial, is_figure
from monitor.fold.lexicon import PLACES, is_coming, kinds, meanings, says_nothing, speaks, substance
from monitor.identify.wording import skeleton, wording

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
# So many new words of substance in a row add something.
_RUN: Final = 4
# Arabic says two by the form of the word, and may say it again by the number.
_DUAL: Final = "2"
_TWO_OF: Final = ("ين", "ان", "ن")
# Letters from which on a future form can be taken apart.
_FUTURE: Final = 3
# What follows a denial that denies nothing (لا يزال, still), and what an editor may put by one.
_STILL: Final = frozenset(wording("يزال تزال يزالون يزالان تزل يزل نزال"))
_LACKING: Final = frozenset(
    wording(
        "تجاهل تجاهلت يتجاهل فشل فشلت يفشل امتنع امتنعت منع منعت غاب غابت عجز عجزت خلا خلت افتقر افتقرت بدون ما دون ignored failed lack lacked lacks lacking without без"
    )
)
_PARTICLES: Final = frozenset(wording("لا لم ليس no not"))
_STRICT: Final = {
    PLACES,
    *(
        kind
        for word in ("قتل", "شمال", "الاثنين", "يناير", "دولار", "كيلومتر")
        for kind in kinds((word,))
    ),
}
# How background begins, in folded words: a state, a habit, a reminder.
_BACKGROUND: Final = tuple(
    tuple(line.split())
    for line in (
        "يذكر ان", "ويذكر ان", "يشار الي", "ويشار الي", "تجدر الاشاره", "وتجدر الاشاره",
        "جدير بالذكر", "والجدير بالذكر", "الجدير بالذكر", "وتعد", "ويعد", "وتعتبر", "ويعتبر",
        "وتشهد", "ويشهد", "وتقع", "ويقع", "وتضم", "ويضم", "وتمتد", "وتخضع", "ويخضع", "وتفرض",
        "ويفرض", "وتعاني", "ويعاني", "وتملك", "ويملك", "وتتهم", "ومنذ", "ولطالما", "وتعيش",
    )
)  # fmt: skip
# What was before reminds where so much of it is known; else it may be an event that was missed.
_BEFORE: Final = frozenset(("وكان", "وكانت"))
_REMINDING: Final = 0.5


@dataclass(frozen=True, slots=True)
class _Origin:
    """The sentences of the earlier text that a sentence goes back to."""

    words: tuple[str, ...]
    substances: frozenset[str]
    share: float


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
    for sentence in sentences:
        telling = _words_of_substance(sentence, own)
        origin = _origin(telling, other.sentences, origins)
        if origin.share < _SENTENCE or _adds(sentence, telling, origin, own, other):
            return 0.0
        found += origin.share * len(telling)
        total += len(telling)
    if total == 0 or found < _WHOLE * total or _headline_adds(own, other):
        return 0.0
    return found / total


def restates(sentence: Sentence, own: Features, other: Features) -> bool:
    """Whether a sentence says in other words, all of them known or synonyms, what `other` says."""
    telling = _words_of_substance(sentence, own)
    origins = [_substances(each, other) for each in other.sentences]
    origin = _origin(telling, other.sentences, origins)
    return (
        len(telling) >= _SAYING
        and origin.share >= 1
        and not _adds(sentence, telling, origin, own, other)
    )


def _words_of_substance(sentence: Sentence, own: Features) -> list[str]:
    spoken = (own.folded[word] for word in sentence.words)
    return [word for word in spoken if not says_nothing(word) and not speaks(word)]


def is_background(sentence: Sentence, own: Features, other: Features) -> bool:
    """Whether an added sentence reminds of what is known: no figure, name, date or speaker anew."""
    words = [own.folded[word] for word in sentence.words]
    known = {substance(other.folded[word]) for word in other.words}
    if words[0] in _BEFORE:
        telling = [word for word in words if not says_nothing(word)]
        if sum(substance(word) in known for word in telling) < _REMINDING * len(telling):
            return False
    elif not any(tuple(words[: len(begin)]) == begin for begin in _BACKGROUND):
        return False
    if not all(_is_named(name, known) for name in sentence.capitals):
        return False
    if any(is_figure(word) and word not in other.figures for word in sentence.words):
        return False
    if any(speaks(word) for word in words[2:]) or any(is_denial(word) for word in sentence.words):
        return False
    said = kinds(other.folded[word] for word in other.words)
    spoken = kinds(words)
    return all(its <= said.get(kind, set()) for kind, its in spoken.items() if kind in _STRICT)


def _substances(sentence: Sentence, of: Features) -> frozenset[str]:
    return frozenset[str]().union(*(meanings(of.folded[word]) for word in sentence.words))


def _origin(
    telling: Sequence[str], sentences: Sequence[Sentence], origins: Sequence[frozenset[str]]
) -> _Origin:
    """The one or two sentences in which most of the words stand."""
    wanted = [meanings(word) for word in telling]
    if not wanted or not origins:
        return _Origin((), frozenset(), 0.0 if wanted else 1.0)

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
    return _Origin(words, met, 1 - len(missing(met)) / len(wanted))


def _adds(
    sentence: Sentence, telling: Sequence[str], origin: _Origin, own: Features, other: Features
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
    known = {*before, *(other.folded[word] for word in other.lead)}
    if not all(_is_named(name, known) for name in sentence.capitals) or _is_done(telling, before):
        return True
    denied = any(
        is_denial(word) and following not in _STILL
        for word, following in pairwise((*sentence.words, ""))
    )
    if denied and not any(is_denial(word) or word in _LACKING for word in origin.words):
        return True
    if _is_turned(sentence.words, origin.words) or _is_turned(origin.words, sentence.words):
        return True
    said, theirs = kinds(telling), kinds(before)
    for kind, its in said.items():
        # What excludes nothing there is another way to put it, but for deaths, days and places.
        if kind not in theirs and kind not in _STRICT:
            continue
        strange = its - theirs.get(kind, set())
        # A country may be named again where it was not; so may what this sentence left out.
        if strange and ((kind in theirs and kind != PLACES) or not strange <= _said(other, kind)):
            return True
    return any(
        _otherwise_counted(figure, sentence.words, origin.words, own, other) for figure in figures
    )


def _said(other: Features, kind: int) -> set[int]:
    """What a whole text says of one kind of exclusive words."""
    return kinds(other.folded[word] for word in other.words).get(kind, set())


def _is_named(name: str, known: Collection[str]) -> bool:
    """Whether a capitalised word stands among others, in any case form."""
    begin = name[: max(len(name) - 2, 3)]
    return any(word.startswith(begin) for word in known)


def _is_done(now: Sequence[str], before: Sequence[str]) -> bool:
    """Whether what was to come is told as done: سيوقع, وقع."""
    told = {skeleton(word.removeprefix("و")) for word in now}
    coming = {skeleton(word) for word in before if is_coming(word)} - told
    return any(len(word) > _FUTURE and skeleton(word[2:]) in told for word in coming)


def _is_turned(denying: Sequence[str], stating: Sequence[str]) -> bool:
    """Whether what one sentence denies the other states, whatever the form of the verb."""
    if any(is_denial(word) or word in _LACKING for word in stating):
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
        and _LACKING & other.lead
    ):
        return True
    said = kinds(own.folded[word] for word in own.title)
    theirs = kinds(other.folded[word] for word in other.words)
    return any(not its <= theirs.get(kind, its) for kind, its in said.items())
