"""What a nearly verbatim text says otherwise: words put in the place of others.

Two sentences that agree but for a word are no copies if that word carries a
fact: added words make a text longer, a word in another's place makes it say
something else (arrived, left; a place, a person, a day, a unit).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from monitor.fold.features import Features, Sentence, changes, is_denial, is_figure
from monitor.fold.kinds import GRAVE, PLACES, kinds
from monitor.fold.known import same_sound
from monitor.fold.lexicon import is_stopword, substance
from monitor.fold.spelling import skeleton, stands_for
from monitor.fold.synonyms import akin, meanings, named_apart, qualifies, stand_for_each_other
from monitor.fold.verbs import frames, is_coming, speaks
from monitor.fold.vocabulary import forms, is_form, joins
from monitor.identify.counting import counts

# Headlines are compared word by word where they have so much in common.
_AKIN: Final = 0.6
_LEAST: Final = 4
# Where more was put in at once it is another sentence, weighed elsewhere.
_RUN: Final = 6
_TWO: Final = 2
# Behind a denial it is the same.
_NOR: Final = ("ولا", "او")
# So many words are a clause.
_CLAUSE: Final = 3
_AND: Final = "و"
_FROM: Final = frozenset(("من",))
_TO: Final = frozenset(("الي", "نح", "ضد"))


def substituted(
    copied: Sequence[Sentence],
    own: Features,
    other: Features,
) -> str:
    """The first fact that the copied sentences of `own` put in another's place; empty if none."""
    for word in own.words & other.words:
        if named_apart(own.folded[word], other.folded[word]):
            return f"“{other.folded[word]}” is now “{own.folded[word]}”"
    whole = {sentence.words for sentence in other.sentences}
    for sentence in copied:
        if sentence.pairs <= other.pairs:
            if sentence.words not in whole and (figure := _strayed(sentence.words, other)):
                return f"another figure: {figure}"
            continue
        origin = other.nearest(sentence)
        if origin is None:
            continue
        if changed := _replaced(origin.words, sentence.words, own, other):
            return changed
        if excluded := _excluded(sentence, own, other):
            return excluded
        if turned := turned_about(sentence, other):
            return turned
    return _headline(own, other)


def put_for(
    unknown: Sequence[str], copied: Sequence[Sentence], own: Features, other: Features
) -> str:
    """The first of some unknown words that stands between the words which another stood between, gone now.

    Wherever the clause stands: who sold a bakery, who runs a bakery.
    """
    strange = set(unknown)
    for sentence in copied if strange else ():
        if sentence.arabic:
            continue  # whose editors put more words of their own
        for before, word, after in zip(
            sentence.words, sentence.words[1:], sentence.words[2:], strict=False
        ):
            if word not in strange:
                continue
            for one, two in other.pairs:
                if one == before and (two, after) in other.pairs and two not in own.words:
                    gone, come = _unlike([two], [word], own, other)
                    if gone and come and not joins(other.folded[two], own.language):
                        return f"“{other.folded[two]}” is now “{own.folded[word]}”"
    return ""


def _strayed(words: Sequence[str], other: Features) -> str:
    """A figure that stands between the words it had elsewhere, and in another's place: un 52 %, un 2 %.

    With neither the two words before it nor the two behind it does the other text have it.
    """
    for at, word in enumerate(words):
        if not is_figure(word):
            continue
        beside = words[max(at - _TWO, 0) : at + 1], words[at : at + 1 + _TWO]
        runs = [run for run in beside if len(run) > _TWO]
        if runs and not any(_runs_in(run, each) for each in other.sentences for run in runs):
            return word
    return ""


def _runs_in(run: Sequence[str], sentence: Sentence) -> bool:
    return (run[0], run[1]) in sentence.pairs and any(
        tuple(run) == sentence.words[at : at + len(run)] for at in range(len(sentence.words))
    )


def _excluded(sentence: Sentence, own: Features, other: Features) -> str:
    """A word that excludes what stood in the sentences that this one goes back to."""
    first, *rest = sorted(other.sentences, key=lambda each: -len(each.pairs & sentence.pairs))
    missing = sentence.pairs - first.pairs
    near = [first, *(each for each in rest if len(each.pairs & missing) >= _TWO)]
    said = kinds(other.folded[word] for each in near for word in each.words)
    for word in sentence.words:
        if word not in other.words:
            for kind, its in kinds((own.folded[word],)).items():
                if its.isdisjoint(said.get(kind, its)) and kind != PLACES:
                    return f"“{own.folded[word]}” excludes what stood there"
    return ""


def _replaced(
    before: Sequence[str],
    after: Sequence[str],
    own: Features,
    other: Features,
    *,
    known: bool = False,
) -> str:
    """What stands in `after` where something else stood in `before`.

    With `known`, a word that the other text has elsewhere is none, unless it excludes what was there.
    """
    if exchanged := _exchanged(before, after, own):
        return exchanged
    for change, start, end, first, last in changes(before, after):
        if max(end - start, last - first) > _RUN:
            continue
        if change in {"insert", "delete"}:
            put = [own.folded[word] for word in after[first:last]]
            lost = [other.folded[word] for word in before[start:end]]
            if added := _inserted(after[first:last], own, other):
                return f"adds: {added}"
            whole = start > 0 and end < len(before)
            if whole and (turned := next(filter(qualifies, put + lost), "")):
                return f"“{turned}” is {'new' if put else 'gone'}"
        if change != "replace":
            continue
        if _joined(before[start:end], other) == _joined(after[first:last], own):
            continue
        if denied := _denied(before[start:end], after[first:last]):
            return denied
        was = [word for word in before[start:end] if not joins(other.folded[word], own.language)]
        now = [word for word in after[first:last] if not joins(own.folded[word], own.language)]
        if _joined(was, other) == _joined(now, own):
            continue
        gone, come = _unlike(was, now, own, other)
        # A figure in words here stood in digits before the same word elsewhere, as in the headline.
        if (
            last < len(after)
            and (after[last - 1], after[last]) in other.pairs
            and not any(map(is_figure, gone))
        ):
            come = [word for word in come if word != after[last - 1] or not is_figure(word)]
        if known:
            come = [
                new
                for new in come
                if not any(akin(own.folded[new], other.folded[old]) for old in gone)
            ]
        if known and come:
            spoken = kinds(own.folded[word] for word in come)
            left = kinds(other.folded[word] for word in gone)
            excluded = any(said.isdisjoint(left.get(kind, said)) for kind, said in spoken.items())
            come = come if excluded else _unmeant(come, own, other)
        if gone and come:
            return f"“{other.folded[gone[0]]}” is now “{own.folded[come[0]]}”"
    return ""


def _inserted(words: Sequence[str], own: Features, other: Features) -> str:
    """What a clause put into a sentence says that the other text has nowhere: two things, or a grave one."""
    if len(words) < _CLAUSE:
        return ""
    plain = [own.folded[word] for word in words if word not in other.words and not is_figure(word)]
    fresh = [
        word
        for word in plain
        if not (is_stopword(word) or speaks(word) or frames(word) or is_denial(skeleton(word)))
    ]
    strange = _unmeant([word for word in words if own.folded[word] in fresh], own, other)
    said = kinds(fresh)
    told = kinds(other.folded.values()) if said else {}
    grave = any(not its <= told.get(kind, set()) for kind, its in said.items() if kind in GRAVE)
    return " ".join(words[:_CLAUSE]) if grave or len(strange) >= _TWO else ""


def _unmeant(come: Sequence[str], own: Features, other: Features) -> list[str]:
    """Of the words that came those that the other text has nowhere, nor a synonym of them."""
    meant = frozenset[str]().union(*map(meanings, other.folded.values()))
    return [word for word in come if meanings(own.folded[word]).isdisjoint(meant)]


def _denied(before: Sequence[str], after: Sequence[str]) -> str:
    """A denial in the place of a statement, or the reverse."""
    if (*before, *after) == _NOR:
        return ""
    was, now = (any(map(is_denial, words)) for words in (before, after))
    if was == now or not before or not after:
        return ""
    return f"denies: {after[0]}" if now else f"no longer denies: {before[0]}"


def _exchanged(before: Sequence[str], after: Sequence[str], own: Features) -> str:
    """Two words that stand in each other's place, others between them: who did it to whom."""
    if len(before) != len(after):
        return ""
    places = [at for at, word in enumerate(after) if word != before[at]]
    if len(places) != _TWO or places[1] - places[0] == 1:
        return ""
    one, two = places
    if (after[one], after[two]) != (before[two], before[one]):
        return ""
    return f"“{own.folded[after[one]]}” and “{own.folded[after[two]]}” are exchanged"


def _joined(words: Sequence[str], of: Features) -> str:
    """What one text writes as two words, the other may write as one (بيونغ يانغ, بيونغيانغ)."""
    return skeleton("".join(of.folded[word] for word in words) or " ")


def _unlike(
    was: Sequence[str],
    now: Sequence[str],
    own: Features,
    other: Features,
) -> tuple[list[str], list[str]]:
    """Of the words that went and came those that are no form of each other."""

    def one(old: str, new: str) -> bool:
        mine, its = own.folded[new], other.folded[old]
        if is_figure(old) or is_figure(new):
            return old == new or old in counts(mine) or new in counts(its)
        if mine.removeprefix(_AND) == its.removeprefix(_AND):
            return True
        if is_coming(mine) != is_coming(its):
            return False
        if substance(mine) == substance(its) or stand_for_each_other(mine, its):
            return True
        if (mine in own.cut and stands_for(mine, its)) or (
            its in other.cut and stands_for(its, mine)
        ):
            return True
        mine_said, its_said = kinds((mine,)), kinds((its,))
        if any(said.isdisjoint(its_said.get(kind, said)) for kind, said in mine_said.items()):
            return False
        if own.language and any(
            is_form(one, two, own.language)
            for one in forms(mine, own.language)
            for two in forms(its, own.language)
        ):
            return True
        return same_sound(mine, its)

    glued = [skeleton(other.folded[a] + other.folded[b]) for a, b in pairwise(was)]
    split = [skeleton(own.folded[a] + own.folded[b]) for a, b in pairwise(now)]
    if any(word in now for word in glued) or any(word in was for word in split):
        return [], []
    gone = [old for old in was if not any(one(old, new) for new in now)]
    come = [new for new in now if not any(one(old, new) for old in was)]
    return gone, come


def turned_about(sentence: Sentence, other: Features) -> str:
    """Whether what was `from` is now `to`, or the reverse."""
    for preposition, word in sentence.pairs - other.pairs:
        for mine, its in ((_FROM, _TO), (_TO, _FROM)):
            if preposition in mine and any((turned, word) in other.pairs for turned in its):
                return f"the other way round: {preposition} {word}"
    return ""


def _headline(
    own: Features,
    other: Features,
) -> str:
    mine, its = own.title, other.title
    if min(len(mine), len(its)) < _LEAST or mine == its:
        return ""
    common = sum(word in its for word in mine)
    if common < _AKIN * max(len(mine), len(its)):
        return ""
    return _replaced(its, mine, own, other, known=True)
