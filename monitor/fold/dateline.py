"""What stands before the first word of a copied text: a place, a day, an outlet, a desk, a name.

`furniture` knows such a line by its form alone; here it is known by what follows it,
since the earlier text begins there.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Final

from monitor.fold.features import Features, Sentence, is_denial
from monitor.fold.kinds import kinds, says_when_or_where
from monitor.fold.verbs import speaks
from monitor.identify.wording import folded

_LONGEST: Final = 9
_LETTERS: Final = 90
# What parts a dateline from the text. Behind a colon alone it may be a speaker.
_PARTED: Final = re.compile(r"[-–—ـ|/)\]】؛;=]")
# How it ends.
_CLOSED: Final = re.compile(r"[-–—ـ|/)\]】；;=:.]\W*$")
_NAMED: Final = re.compile(
    r"[«»\"“”()\[\]|/]|^\s*#?(?:عاجل|breaking|срочно|updated?|تحديث)\b", re.IGNORECASE
)


def begun(sentence: Sentence, other: Features) -> Sentence:
    """A copied sentence without what stands before it."""
    start = _dateline(sentence, other)
    if not start:
        return sentence
    words = sentence.words[start:]
    return replace(
        sentence, words=words, plain=sentence.plain[start:], pairs=frozenset(pairwise(words))
    )


def _dateline(sentence: Sentence, other: Features) -> int:
    """How many words of a sentence stand before the first that the other text goes on from as it does.

    What stands there in the place of words of the other text is none of a dateline.
    """
    words = sentence.words
    start = next(
        (
            at
            for at in range(min(len(words) - 2, _LONGEST))
            if words[at : at + 2] in other.pairs and words[at + 1 : at + 3] in other.pairs
        ),
        0,
    )
    # What the other text has before it there stands in its own place here.
    start -= min((_place(words[start : start + 2], each) for each in other.sentences), default=0)
    if start <= 0:
        return 0
    lead = sentence.raw[:_LETTERS]
    if not _PARTED.search(lead) and not (_NAMED.search(lead) and ":" in lead):
        return 0
    plain = sentence.plain[:start]
    if any(map(speaks, plain)) or any(map(is_denial, words[:start])):
        return 0
    return start if says_when_or_where(kinds(plain)) else 0


def stands_before(lead: str) -> bool:
    """Whether what stands before the first word of an earlier sentence, as it is written, is a dateline."""
    if len(lead) > _LETTERS or not _PARTED.search(lead) or not _CLOSED.search(lead):
        return False
    words = folded(lead)
    return (
        len(words) <= _LONGEST
        and not any(speaks(word) or is_denial(word) for word in words)
        and says_when_or_where(kinds(words))
    )


def _place(pair: tuple[str, ...], sentence: Sentence) -> int:
    """How many words of a sentence stand before two of them; more than any dateline has if it lacks them."""
    if pair not in sentence.pairs:
        return _LONGEST
    return next(at for at, found in enumerate(pairwise(sentence.words)) if found == pair)
