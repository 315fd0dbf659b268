"""What an article says that no article of its development said, sentence by sentence.

The headline and the first sentences are taken at their word. What stands further down is
as often a reminder of what everybody knows, so there it must be surer: a whole sentence
that tells of the story, denies nothing, names no time long past, and says a figure, a day,
an act, a place or a voice that neither this development nor another open one has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from monitor.story.days import resolved
from monitor.story.facts import Facts, Sentence
from monitor.story.grouping import Development
from monitor.story.negation import negations
from monitor.story.news_words import shipped
from monitor.story.reminding import reminds, said_later
from monitor.text.words import words

# The headline and the sentences that say what an article is about.
_OPENING: Final = 3
# Two or three of something is no new count.
_FEW: Final = 5
# In another language a smaller number may have been told in words that are not read.
_SURE: Final = 32
# Acts of this weight tell two events apart.
_TELLING: Final = 0.8
# Stances that are news wherever they stand; "confirms" is often no more than "says".
_AGAINST: Final = frozenset(("deny", "correct"))
_CLAUSE: Final = re.compile(r"[,،;؛:—–、，；：]")
_CLOSED: Final = re.compile(r"[.!?؟۔।。！？][\"'»”’)\]」』]*$")


def news(
    facts: Facts, known: Development, *, others: Sequence[Development] = (), whole: bool = False
) -> tuple[str, ...]:
    """The sentences with something new, as they are written.

    `others` are the open developments beside it: what one of them told is a reminder.
    `whole` takes every sentence at its word: where the rest is known to be a copy.
    """
    told = frozenset(known.mentioned).union(*(each.mentioned for each in others))
    counted = frozenset(known.counted).union(*(each.counted for each in others))
    same = (facts.language or "") in known.stems
    when = known.last_new.date()
    return tuple(
        sentence.text
        for at, sentence in enumerate(facts.sentences)
        if (
            (at < _OPENING or whole)
            and not (at and reminds(sentence.text, sentence.days, when))
            and (_adds(sentence, facts, known, same=same, at=at) or _is_elsewhere(sentence, known))
        )
        or (at >= _OPENING and _later(sentence) not in (None, *known.mentioned))
        or (
            at
            and _tells(sentence, when)
            and _is_news(sentence, known, told, counted, when, same=same, head=at < _OPENING)
        )
    )


def mentioned(facts: Facts, when: date) -> Iterator[str]:
    """What all sentences of an article name, as a development remembers it."""
    for sentence in facts.sentences:
        yield from sentence.acts
        yield from sentence.places
        if later := _later(sentence):
            yield later
        yield from (f"{sentence.speaker or facts.speaker} {each}" for each in sentence.stances)
        yield from (f"day {each}" for each in resolved(sentence.days, when))
        yield from (f"{value} {kind}" for kind, value in sentence.figures if value < _SURE)


def _later(sentence: Sentence) -> str | None:
    """What stands for a sentence that somebody said later than the rest."""
    if not said_later(sentence.text):
        return None
    return f"later {' '.join((*sentence.acts, *(str(value) for _, value in sentence.figures)))}"


def _adds(sentence: Sentence, facts: Facts, known: Development, *, same: bool, at: int) -> bool:
    speaker = sentence.speaker or facts.speaker
    # Who speaks may stand in another language in words that are not read; there only the
    # headline names a voice for being another.
    read = same or (not at and known.speakers)
    if read and sentence.quoted and speaker not in (*known.voices, *known.parties):
        return True
    told = {stance for _, stance in known.stances}
    if any(
        (
            stance not in told
            or (sentence.speaker is not None and (sentence.speaker, stance) not in known.stances)
        )
        # Further down who told it first "confirms" no more than a detail of it.
        and (at <= 1 or stance in _AGAINST or sentence.speaker not in (None, *known.speakers))
        for stance in sentence.stances
    ):
        return True
    return any(
        # What a headline counts is what it tells, also where nobody knows what is counted.
        (kind or (same and not at))
        and value not in known.counted
        and (value >= _FEW or kind == "casualties")
        for kind, value in sentence.figures
    )


def _is_elsewhere(sentence: Sentence, known: Development) -> bool:
    """Whether it names another country than the one that the event was about."""
    return bool(sentence.lands and known.lands) and not set(sentence.lands) & set(known.lands)


def _tells(sentence: Sentence, when: date) -> bool:
    """Whether a sentence of the text may hold news: whole, of the story, no reminder."""
    return (
        _CLOSED.search(sentence.text) is not None
        and not sentence.abroad
        and not reminds(sentence.text, sentence.days, when)
        and _affirms(sentence)
    )


def _affirms(sentence: Sentence) -> bool:
    """Whether it denies nothing, or counts something in a clause that denies nothing."""
    if not negations(words(sentence.text)):
        return True
    counts = {str(value) for _, value in sentence.figures if value >= _FEW}
    clauses = map(words, _CLAUSE.split(sentence.text) if counts else ())
    return any(not counts.isdisjoint(clause) and not negations(clause) for clause in clauses)


def _is_news(
    sentence: Sentence,
    known: Development,
    told: frozenset[str],
    counted: frozenset[int],
    when: date,
    *,
    same: bool,
    head: bool,
) -> bool:
    dates = resolved([day for day in sentence.days if day[0] not in "w-"], when)
    # The day of publication is no event's.
    if any(f"day {day}" not in told and abs(day - when.toordinal()) > 1 for day in dates):
        return True
    if any(
        value not in counted
        if value >= _SURE
        # What another development counted is the same thing only where it is as many.
        else f"{value} {kind}" not in told
        and (kind == "casualties" if value < _FEW else same and value not in known.counted)
        for kind, value in sentence.figures
        if not head or not kind
    ):
        return True
    if head:
        return False
    if not same:
        return False
    if sentence.quoted and sentence.speaker not in (*known.voices, *known.parties):
        return True
    weights = shipped()[0]
    return any(place not in told for place in sentence.places) or any(
        act in weights and weights[act].weight >= _TELLING and act not in told
        for act in sentence.acts
    )
