"""Two articles compared: whether everything that one says stands in the other.

`likeness` is the way of a text. Each of its sentences stands there word for word (`_stands_in`), is a line of the outlet
(`lines`) or background, or else it is news (`_verbatim_in`). What is not so may be the same text in other spelling
(`known`), with single sentences in other words (`restated`), in an editor's words throughout (`edited`), or with a desk's
light touches, which are taken back (`touched`). Each way has its guards, and one objection makes the text new.

Of the sentences of a copy at least 83 % of the word pairs stand in its original; a retelling of the same event in the
same language keeps at most a third.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from monitor.fold.background import is_background
from monitor.fold.counted import changed
from monitor.fold.edited import edited_share
from monitor.fold.exchanged import takes_a_place
from monitor.fold.features import LEAST, Features, Sentence
from monitor.fold.kinds import kinds
from monitor.fold.known import (
    renamed,
    same_letters,
    unknown_words,
)
from monitor.fold.lines import ANNOUNCED, begun, telling
from monitor.fold.marked import marked_otherwise, marked_signs
from monitor.fold.ordered import reorders_copied
from monitor.fold.origin import told
from monitor.fold.placed import misplaced
from monitor.fold.restated import restates, said_otherwise
from monitor.fold.roles import turns_about
from monitor.fold.shaded import shades_copied
from monitor.fold.staged import no_longer_comes
from monitor.fold.strange import affirms
from monitor.fold.substituted import put_for, substituted
from monitor.fold.touched import bounded_otherwise, untouched
from monitor.fold.verbs import decides

# Share of a sentence's word pairs from which on it counts as found.
_FOUND: Final = 0.7
# One word unknown to the original is an edit, not a fact, in so many copied ones.
_EDIT_RATE: Final = 60
# With less of it word for word a text has more than a desk's light touches.
_TOUCHED: Final = 0.2
# From this share on a text is a verbatim copy or none.
_VERBATIM: Final = 0.8
# The least share of pairs, and likeness letter by letter, of a sentence in other spelling.
_TRACE: Final = 0.3
_SPELT: Final = 0.88
_SPELT_WORDS: Final = 4
_SPELT_LETTERS: Final = 600
_SHOWN: Final = 3
# An editor leaves so many words of his own in so many sentences.
_EDITS: Final = 4
_EDITED: Final = 3
# A headline of fewer words than this says nothing by itself.
_SAYING: Final = 4


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of one article stands in another. `objection` is why it is no copy, if it is none.

    `edited`: not word for word.
    """

    share: float
    objection: str = ""
    edited: bool = False


def likeness(
    own: Features,
    other: Features,
    titles: tuple[str, str],
    language: str | None,
    *,
    closely: bool,
) -> Likeness:
    """Whether the text of `own` says nothing that `other` does not say, in all ways that a copy may have.

    `titles` are the two headlines as they are written. With `closely` an editor's words are weighed as well, and
    a desk's light touches taken back: it costs the most.
    """
    like = _guarded(own, other, language, edited=closely)
    if not like.objection or not closely or like.share < _TOUCHED:
        return like
    before = untouched(own, titles[0], other, titles[1], language)
    if before is own:
        return like
    like = _guarded(before, other, language, edited=language == "ar")
    return replace(like, edited=not like.objection)


def _guarded(own: Features, other: Features, language: str | None, *, edited: bool) -> Likeness:
    like = text_in(own, other, edited=edited)
    if like.objection:
        return like
    arabic = language == "ar"
    objection = marked_otherwise(own, other, language) if arabic or not like.edited else ""
    if not (arabic and like.edited):
        objection = objection or marked_signs(own, other, language)
    objection = objection or bounded_otherwise(own, other, language)
    if not (objection or like.edited) and turns_about(own, other, language):
        objection = "who did it to whom is turned round"
    return replace(like, objection=objection)


def text_in(own: Features, other: Features, *, edited: bool = True) -> Likeness:
    """Whether the text of `own` says nothing that `other` does not say, word for word or `edited`.

    What an editor may do is known of Arabic only.
    """
    found = [_stands_in(sentence, other) for sentence in own.sentences]
    like = _found_in(own, found, other, edited=edited)
    copied = sum(len(each.words) for each, there in zip(own.sentences, found, strict=True) if there)
    if not like.objection and copied >= LEAST * own.length:
        for at in telling(own, found, other):
            if moved := misplaced(own.sentences[at], own, other):
                return Likeness(like.share, moved)
    return like


def _found_in(own: Features, found: Sequence[bool], other: Features, *, edited: bool) -> Likeness:
    verbatim = _verbatim_in(own, found, other)
    if verbatim.objection and _is_respelt(own, found, other):
        return Likeness(1.0)
    if (
        edited
        and verbatim.share >= LEAST
        and verbatim.objection
        and (said := said_otherwise(own, found, other))
    ):
        known = [there or at in said for at, there in enumerate(found)]
        like = _verbatim_in(own, known, other, said)
        if not like.objection:
            return replace(like, edited=True)
    # Where nearly every sentence stands there, what differs was meant to, unless an editor was at work.
    if (
        edited
        and verbatim.objection
        and (verbatim.share < _VERBATIM or _is_edited_throughout(own, found, other))
    ):
        sentences = [own.sentences[at] for at in telling(own, found, other)]
        if share := edited_share(own, sentences, other):
            return Likeness(share, edited=True)
    return verbatim


def _verbatim_in(
    own: Features, found: Sequence[bool], other: Features, said: Collection[int] = ()
) -> Likeness:
    """`said` are the places of sentences that say in other words what stands there."""
    copied = [
        sentence
        for at, (sentence, there) in enumerate(zip(own.sentences, found, strict=True))
        if there and at not in said
    ]
    length = sum(len(each.words) for each, there in zip(own.sentences, found, strict=True) if there)
    share = length / own.length if own.length else 0.0
    if share < LEAST:
        return Likeness(share, "too little of it")
    for at in telling(own, found, other):
        sentence = own.sentences[at]
        if not (
            found[at]
            or is_background(sentence, other)
            or restates(sentence, own, other, told(other))
        ):
            return Likeness(share, f"adds: {' '.join(sentence.words[:6])}")
    # Where the text is put in another order, its dateline stands in the midst of it.
    copied = [begun(sentence, other) for sentence in copied]
    words = [word for sentence in copied for word in sentence.words]
    unknown = unknown_words(words, own, other, other.words)
    if len(unknown) > (0 if said else length // _EDIT_RATE) or any(
        decides(own.folded[word]) or kinds((own.folded[word],)) for word in unknown
    ):
        return Likeness(share, f"other words: {' '.join(unknown[:3])}")
    if other_word := substituted(copied, own, other) or put_for(unknown, copied, own, other):
        return Likeness(share, other_word)
    if name := renamed(copied, other):
        return Likeness(share, f"another name: {name}")
    for turned, how in _TURNS:
        if any(turned(sentence, other) for sentence in copied):
            return Likeness(share, how)
    pairs = [pair for sentence in copied for pair in pairwise(sentence.words)]
    return Likeness(share, changed([*words, *own.title], pairs, own, other))


def _comes_true(sentence: Sentence, other: Features) -> bool:
    if sentence.pairs <= other.pairs:
        return False
    origin = other.nearest(sentence)
    if origin is None or len(sentence.words) < len(origin.words) * _FOUND:
        return False
    return no_longer_comes(sentence.plain, origin.plain)


# What a sentence that was copied may turn, though hardly a word of it is new.
_TURNS: Final = (
    (takes_a_place, "one for another"),
    (reorders_copied, "before is now after"),
    (shades_copied, "another stage or degree"),
    (_comes_true, "has come true"),
    (affirms, "no longer denies"),
)


def _is_respelt(own: Features, found: Sequence[bool], other: Features) -> bool:
    """Whether the text stands there letter by letter, and its headline says nothing else."""
    return (
        same_letters(own, telling(own, found, other), other)
        and not substituted((), own, other)
        and not changed(own.title, (), own, other)
    )


def differing(own: Features, other: Features, others: Sequence[Features]) -> tuple[str, ...]:
    """The sentences of `own`, as they are written, that stand word for word in none of the others.

    Lines of the outlet and reminders are left out; of more than a few the first.
    """
    found = [_stands_in(sentence, other) for sentence in own.sentences]
    return tuple(
        sentence.raw
        for sentence in (own.sentences[at] for at in telling(own, found, other))
        if not (
            any(sentence.pairs <= each.pairs for each in others) or is_background(sentence, other)
        )
    )[:_SHOWN]


def _is_edited_throughout(own: Features, found: Sequence[bool], other: Features) -> bool:
    """Whether so many sentences have words of their own that an editor went over the whole."""
    strange = [
        [word for word in sentence.words if word not in other.words and len(word) > 2]
        for sentence, there in zip(own.sentences, found, strict=True)
        if there
    ]
    if len(set().union(*strange)) < _EDITS:
        return False
    # A particle is an editor's word, too.
    bare = replace(own, language=None)
    edited = [unknown_words(sentence, bare, other, other.words) for sentence in strange if sentence]
    return sum(map(bool, edited)) >= _EDITED and sum(map(len, edited)) >= _EDITS


def headline_in(own: Features, other: Features) -> Likeness:
    """Whether a headline (with a line of text at most) stands in headline and lead of `other`."""
    line = [*own.title, *(word for sentence in own.sentences for word in sentence.words)]
    said = [word for word in line if word not in ANNOUNCED]
    if len(said) < _SAYING:
        return Likeness(0.0, "says too little")
    unknown = unknown_words(said, own, other, other.lead)
    share = 1 - len(unknown) / len(said)
    if unknown:
        return Likeness(share, f"other words: {' '.join(unknown[:3])}")
    if other_word := substituted((), own, other):
        return Likeness(share, other_word)
    return Likeness(share, changed(line, list(pairwise(line)), own, other))


def overlap(own: Collection[str], other: Collection[str]) -> float:
    """The share of the smaller set of words that the other has."""
    smaller = min(len(set(own)), len(set(other)))
    return len(set(own) & set(other)) / smaller if smaller else 0.0


def _stands_in(sentence: Sentence, other: Features) -> bool:
    if not sentence.pairs:
        return sentence.words[0] in other.words
    shared = len(sentence.pairs & other.pairs)
    if shared >= _FOUND * len(sentence.pairs):
        return True
    if shared < _TRACE * len(sentence.pairs):
        return False
    if sum(word not in other.words for word in sentence.words) > _SPELT_WORDS:
        return False
    # A few names that are spelt or parted otherwise break many pairs of a short sentence.
    origin = other.nearest(sentence)
    if origin is None or len(origin.words) > 2 * len(sentence.words):
        return False
    one, two = ("".join(each.words) for each in (sentence, origin))
    if max(len(one), len(two)) > _SPELT_LETTERS:
        return False  # it would cost seconds
    return SequenceMatcher(None, one, two, autojunk=False).ratio() >= _SPELT
