"""Whether an article is another's text in an editor's words, or with background behind it.

An editor keeps the order of thought, the figures, the names and most words of
substance, and puts other words in the place of the rest. What he adds is seen by
a run of words that the earlier text lacks; what he changes by words that exclude
what stood there. A fact of one unlisted word in the place of another cannot be
told from a synonym: the shares below keep retellings out, not every such fact.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from monitor.fold.background import STRICT, is_named
from monitor.fold.counted import counts_another, otherwise_counted
from monitor.fold.denied import denies, undenied
from monitor.fold.exchanged import exchanges
from monitor.fold.features import Features, Sentence, changes, is_denial, is_figure
from monitor.fold.kinds import PLACES, TITLES, kinds
from monitor.fold.lexicon import is_stopword
from monitor.fold.ordered import reorders
from monitor.fold.origin import (
    Origin,
    answers,
    goes_back,
    is_named_so,
    neutral,
    told,
    words_of_substance,
)
from monitor.fold.shaded import is_shaded
from monitor.fold.spelling import skeleton, wording
from monitor.fold.staged import decided_otherwise, is_done, is_planned
from monitor.fold.strange import (
    LACKING,
    implied,
    negates,
    says_otherwise,
)
from monitor.fold.synonyms import akin, is_common, qualifies, senses
from monitor.fold.verbs import speaks
from monitor.identify.wording import folded

# Shares of the words of substance that stand in the sentences gone back to.
_SENTENCE: Final = 0.4
_WHOLE: Final = 0.58
# Share of word pairs: retellings of one event keep fewer.
_PAIRS: Final = 0.12
_SHORTEST: Final = 40
# So many new words of substance in a row add something.
_RUN: Final = 3
# In a text that is kept so nearly whole, one fewer does.
_LIGHT: Final = 0.9
_SEVERAL: Final = 2
# A sentence with several new words keeps so much of what it goes back to, or says something else.
_KEPT: Final = 0.4
# A word or a name of two in the place of another.
_NAME: Final = 2
_NO_WORD: Final = 100
# Consonants that make two words forms of one, and letters that a form may add.
_ROOT: Final = 3
_LASTING: Final = frozenset(folded("يزال تزال يزالون زال زالت زالوا مازال مازالت still"))
# Arabic says two by the form of the word, and may say it again by the number.
_DUAL: Final = "2"
_TWO_OF: Final = ("ين", "ان", "ن")
# "Previously" says of a deed what "former" says of an office.
_ADVERBS: Final = frozenset(folded("سابقا دون بدون"))
# Not that, but rather this.
_RATHER: Final = "بل"
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
    earlier = told(other)
    found = total = 0.0
    longest = 0
    for sentence in sentences:
        telling = words_of_substance(sentence)
        origin = goes_back(telling, earlier)
        if (
            origin.share < _SENTENCE
            or adds(sentence, telling, origin, own, other)
            or drops_or_turns(sentence, telling, origin, other)
        ):
            return 0.0
        if _longest_run(telling, origin) > longest:
            known = {word for word in telling if is_named_so(word, sentence.plain, origin, other)}
            known |= neutral(_fresh(telling, origin), sentence.plain, origin)
            longest = max(longest, _longest_run(telling, origin, known))
        found += origin.share * len(telling)
        total += len(telling)
    if total == 0 or found < _WHOLE * total or _headline_adds(own, other):
        return 0.0
    return found / total if longest < _RUN - 1 or found < _LIGHT * total else 0.0


def drops_or_turns(
    sentence: Sentence, telling: Sequence[str], origin: Origin, other: Features
) -> bool:
    """Whether a denial is gone, or a word answers to nothing that stood there."""
    spoken = sentence.plain
    return _drops(spoken, sentence, origin) or says_otherwise(sentence, telling, origin, other)


def adds(
    sentence: Sentence, telling: Sequence[str], origin: Origin, own: Features, other: Features
) -> str:
    """What a sentence says that those it goes back to do not say; empty if nothing."""
    before = origin.before
    spoken = sentence.plain
    figures = {
        word
        for last, word in pairwise(("", *sentence.words))
        if is_figure(word) and not (word == _DUAL and last.endswith(_TWO_OF))
    }
    if not figures <= set(origin.words):
        return "a figure"
    if _longest_run(telling, origin) >= _RUN:
        return "a clause"
    fresh = _fresh(telling, origin)
    fresh -= neutral(fresh, spoken, origin)
    if len(fresh) >= _SEVERAL and kept(telling, before) < _KEPT:
        return "another statement"
    if fresh and origin.share >= _LIGHT and _puts_for(telling, before):
        return "one word for another"
    if any(
        qualifies(word) and skeleton(word) not in LACKING and word not in _ADVERBS
        for word in telling
        if word in fresh or not any(map(qualifies, before))
    ):
        return "a qualification"
    if _drops(spoken, sentence, origin):
        return "no denial"
    if any(
        spoken[at] in TITLES and fresh.issuperset(spoken[at + 1 : at + 3])
        for at in range(len(spoken) - 2)
    ):
        return "a person"
    known = {*before, *(other.folded[word] for word in other.lead)}
    if not all(is_named(name, known) for name in sentence.capitals):
        return "a name"
    if _RATHER in spoken and _RATHER not in before and not any(map(is_denial, origin.words)):
        return "a correction"
    if decided_otherwise(spoken, origin):
        return "a decision"
    if is_planned(spoken, before):
        return "a plan"
    if is_done(spoken, before):
        return "a plan come true"
    if sentence.arabic and is_shaded(spoken, before):
        return "a stage or degree"
    if denies(sentence.words, spoken, origin.words, before):
        return "a denial"
    if counts_another(spoken, origin) or (
        sentence.arabic and (exchanges(spoken, before, other) or reorders(spoken, before))
    ):
        return "one for another"
    theirs = implied(before)
    said = kinds(
        word
        for word in telling
        if not STRICT.isdisjoint(kinds((word,))) or not origin.has_form_of(word)
    )
    for kind, its in said.items():
        # What excludes nothing there is another way to put it, but for deaths, days and places.
        if kind not in theirs and kind not in STRICT:
            continue
        strange = its - theirs.get(kind, set())
        if kind == PLACES and strange and theirs.get(kind, set()) - its:
            return "another place"  # one in the place of another
        # A country may be named again where it was not; so may what this sentence left out.
        if strange and ((kind in theirs and kind != PLACES) or not strange <= _said(other, kind)):
            return f"what excludes it ({kind})"
    if any(
        otherwise_counted(figure, sentence.words, origin.words, own, other) for figure in figures
    ):
        return "another thing counted"
    return ""


def _fresh(telling: Sequence[str], origin: Origin) -> set[str]:
    return {word for word in telling if not origin.knows(word)}


def kept(telling: Sequence[str], before: Sequence[str]) -> float:
    """How much of the words of substance that stood there a sentence keeps."""
    mine = frozenset[str]().union(*map(senses, telling))
    its = [word for word in before if not is_stopword(word) and not speaks(word)]
    kept = sum(
        not senses(word).isdisjoint(mine) or any(akin(word, each) for each in telling)
        for word in its
    )
    return kept / len(its) if its else 1.0


def _puts_for(telling: Sequence[str], before: Sequence[str]) -> bool:
    """Whether a word that no list knows stands where another such stood: a name, a place, a thing."""
    its = [word for word in before if not is_stopword(word) and not speaks(word)]
    mine = [next((word for word in its if answers(word, each)), each) for each in telling]
    for change, start, end, first, last in changes(its, mine):
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
    if max(len(one), len(other)) > _NO_WORD:
        return False
    matcher = SequenceMatcher(None, skeleton(one), skeleton(other), autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) >= _ROOT


def _drops(spoken: Sequence[str], sentence: Sentence, origin: Origin) -> bool:
    """Whether what was denied, or still so, is told without that."""
    if undenied(sentence.words, spoken, origin.words, origin.before):
        return True
    if any(map(negates, sentence.words, spoken)):
        return False
    lasting = not _LASTING.isdisjoint(origin.before) and _LASTING.isdisjoint(spoken)
    return lasting and bool(kinds(spoken).keys() - kinds(origin.before).keys())


def _said(other: Features, kind: int) -> set[int]:
    """What a whole text says of one kind of exclusive words."""
    return kinds(other.folded[word] for word in other.words).get(kind, set())


def _longest_run(
    telling: Sequence[str], origin: Origin, known: Collection[str] = frozenset()
) -> int:
    longest = run = 0
    for word in telling:
        run = 0 if word in known or origin.knows(word) else run + 1
        longest = max(longest, run)
    return longest


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
