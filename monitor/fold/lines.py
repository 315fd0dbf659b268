"""Which sentences of a text are its own, and which are lines of the outlet around them; datelines by what follows.

`furniture` knows a dateline by its form alone; here it is known by what follows it, since the earlier text begins there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from monitor.fold.features import Features, Sentence, is_denial, is_figure
from monitor.fold.furniture import leads_elsewhere
from monitor.fold.kinds import kinds, says_when_or_where
from monitor.fold.lexicon import listed
from monitor.fold.spelling import wording
from monitor.fold.verbs import speaks
from monitor.identify.wording import folded

_DATELINE: Final = 9
_DATELINE_LETTERS: Final = 90
# What parts a dateline from the text. Behind a colon alone it may be a speaker.
_PARTED: Final = re.compile(r"[-–—ـ|/)\]】؛;=]")
# How it ends.
_ENDED: Final = re.compile(r"[-–—ـ|/)\]】；;=:.]\W*$")
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
            for at in range(min(len(words) - 2, _DATELINE))
            if words[at : at + 2] in other.pairs and words[at + 1 : at + 3] in other.pairs
        ),
        0,
    )
    # What the other text has before it there stands in its own place here.
    start -= min((_place(words[start : start + 2], each) for each in other.sentences), default=0)
    if start <= 0:
        return 0
    lead = sentence.raw[:_DATELINE_LETTERS]
    if not _PARTED.search(lead) and not (_NAMED.search(lead) and ":" in lead):
        return 0
    plain = sentence.plain[:start]
    if any(map(speaks, plain)) or any(map(is_denial, words[:start])):
        return 0
    return start if says_when_or_where(kinds(plain)) else 0


def stands_before(lead: str) -> bool:
    """Whether what stands before the first word of an earlier sentence, as it is written, is a dateline."""
    if len(lead) > _DATELINE_LETTERS or not _PARTED.search(lead) or not _ENDED.search(lead):
        return False
    words = folded(lead)
    return (
        len(words) <= _DATELINE
        and not any(speaks(word) or is_denial(word) for word in words)
        and says_when_or_where(kinds(words))
    )


def _place(pair: tuple[str, ...], sentence: Sentence) -> int:
    """How many words of a sentence stand before two of them; more than any dateline has if it lacks them."""
    if pair not in sentence.pairs:
        return _DATELINE
    return next(at for at, found in enumerate(pairwise(sentence.words)) if found == pair)


# So few words name a section of the outlet.
_SECTION: Final = 2
# Figures in so few words are a date, a time, a count of readers.
_STAMP: Final = 4
# A line of furniture is short, does not end as a sentence, and is not about the matter.
_LINE: Final = 12
# Before the first sentence so few words may end with a full stop.
_BEGINNING: Final = 3
# Between two sentences it is shorter.
_BETWEEN: Final = 8
_ABOUT: Final = 2
# A link to another article: so many words at most, of which so many are no common ones, and so
# small a part stands in the text; and the text has so many sentences that end as such.
_LINK: Final = 16
_SAID: Final = 6
_STRANGE: Final = 0.2
_SENTENCES: Final = 2
# Words that announce news and tell none, or carry a sentence.
_ANNOUNCING: Final = listed("lines announcing")
ANNOUNCED: Final = frozenset(wording(_ANNOUNCING))


def telling(own: Features, found: Sequence[bool], other: Features) -> list[int]:
    """The sentences of `own` that are no page furniture, by their places.

    Furniture is a line that stands before the first or behind the last copied
    sentence; behind a mark that leads to other articles, whole leads of them too.
    """
    places = [at for at, there in enumerate(found) if there]
    first, last = (places[0], places[-1]) if places else (len(found), -1)
    if not places:
        # Nothing stands there word for word: long sentences are the text.
        places = [at for at, each in enumerate(own.sentences) if len(each.words) > _LINE]
        first, last = (places[0], places[-1]) if places else (len(found), -1)
    found_at: list[int] = []
    headed = False
    for at, sentence in enumerate(own.sentences):
        headed = headed or (at > last and leads_elsewhere(sentence.raw))
        if found[at]:
            found_at.append(at)
        elif not (sentence.furniture or (_is_led_to(own, at) and not _is_about(sentence, other))):
            outside = at < first or at > last
            most = _LINE if outside else _BETWEEN
            line = len(sentence.words) <= (
                (_BEGINNING if at < first else 0) if sentence.closed else most
            )
            beside = (headed and outside) or (line and not _tells(sentence, own))
            if not (beside or _is_of_another(own, at, other)) or _is_about(sentence, other):
                found_at.append(at)
    return found_at


def _is_led_to(own: Features, at: int) -> bool:
    """Whether a line is another article's headline: "read also", with a colon, stands alone before it."""
    line, before = own.sentences[at], own.sentences[at - 1].raw.rstrip() if at else ""
    return (
        not line.closed
        and len(line.words) <= _LINE
        and before.endswith((":", "："))
        and leads_elsewhere(before)
    )


def _is_of_another(own: Features, at: int, other: Features) -> bool:
    """Whether a line is the headline of an article about something else, that nothing marks as one.

    It does not end as the sentences of the text do, and of its words the other text has hardly any.
    Dots within one part it in two.
    """
    begins = at - 1 if at and _goes_on(own.sentences[at - 1]) else at
    ends = at + 2 if _goes_on(own.sentences[at]) else at + 1
    parts = own.sentences[begins:ends]
    words = [word for part in parts for word in part.words]
    if any(part.closed for part in parts) or len(words) > _LINK:
        return False
    closed = sum(each.closed for each in own.sentences)
    if closed < max(_SENTENCES, len(own.sentences) - closed):
        return False
    said = [word for word in words if len(word) > 2 and word not in ANNOUNCED]
    shared = sum(word in other.words for word in said)
    return len(said) >= _SAID and shared <= _STRANGE * len(said)


def _goes_on(line: Sentence) -> bool:
    return not line.closed and line.raw.rstrip().endswith("..")


def _tells(line: Sentence, own: Features) -> bool:
    """Whether a line without a full stop brings news all the same: a figure, an act, a denial."""
    said = kinds(own.folded[word] for word in line.words)
    counts = any(map(is_figure, line.words))
    if any(map(is_denial, line.words)):
        return True
    if not says_when_or_where(said):
        return counts or len(line.words) > _SECTION
    return counts and not said and len(line.words) > _STAMP


def _is_about(sentence: Sentence, other: Features) -> bool:
    """Whether a sentence has words of the headline and lead, other than the commonest."""
    shared = {word for word in sentence.words if word in other.lead and word not in ANNOUNCED}
    return sum(len(word) > 2 for word in shared) >= _ABOUT
