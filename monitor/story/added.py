"""What an article adds to its development: stances, figures beside earlier ones, new words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from monitor.identify.figures import figures
from monitor.model import Added, Relation
from monitor.story.facts import Facts
from monitor.story.grouping import Development
from monitor.text.arabic import fold
from monitor.text.language import guess, is_small
from monitor.text.words import WORD, split, stem, words

_EARLIER: Final = 3
_FRESH: Final = 40
# A shorter word is a particle more often than news.
_SHORTEST: Final = 3


def added(
    own: Facts,
    before: Development | None,
    relation: Relation,
    new_facts: Sequence[str],
    told: Iterable[str],
) -> Added:
    """What is new in it, for a person to see.

    `before` is the development as it stood, `told` the texts of its earlier articles.
    """
    headline = own.sentences[0] if own.sentences else None
    stances = headline.stances if headline else ()
    # Of the headline alone: who speaks in the text may be anybody.
    speaker = headline.speaker if headline else None
    if before is None or relation == "new":
        return Added(stances=stances, speaker=speaker)
    return Added(
        relation=relation,
        stances=stances,
        speaker=speaker,
        spoke=before.speakers,
        earlier=_earlier(own, before, new_facts),
        fresh=fresh(new_facts, told, own.language) if new_facts else (),
    )


def _earlier(
    own: Facts, before: Development, new_facts: Sequence[str]
) -> tuple[tuple[str, int], ...]:
    """The last figures that stood for each kind of thing that is now counted anew."""
    anew = {
        kind
        for sentence in own.sentences
        if sentence.text in new_facts
        for kind, value in sentence.figures
        if kind and value not in before.counted
    }
    found: list[tuple[str, int]] = []
    for kind in sorted(anew):
        found += [figure for figure in before.figures if figure[0] == kind][-_EARLIER:]
    return tuple(found)


def fresh(sentences: Sequence[str], told: Iterable[str], language: str | None) -> tuple[str, ...]:
    """The words of the sentences, as written, that no earlier text has.

    Figures are compared in every language; words where a text is in the same one, by
    their stems. Without such a text only figures can be called new.
    """
    counted: set[str] = set()
    known: set[str] = set()
    for text in told:
        counted |= _values(text)
        if language and guess(text) == language:
            known.update(stem(form, language) for form in words(text))
    found: dict[str, None] = {}
    for sentence in sentences:
        values = _values(sentence) - counted
        for word, form in _written(sentence):
            (value,) = figures([form])
            if value.isdigit():
                new = value in values or (bool(values) and not form.isdigit())
            else:
                new = (
                    bool(known)
                    and len(form) >= _SHORTEST
                    and not is_small(form, language)
                    and stem(form, language) not in known
                )
            if new:
                found[word] = None
    return tuple(found)[:_FRESH]


def _values(text: str) -> set[str]:
    """The figures of a text, whether in digits or in words."""
    return {word for word in figures(words(text)) if word.isdigit()}


def _written(text: str) -> Iterator[tuple[str, str]]:
    """The words as they are written, each with its folded form."""
    for found in WORD.finditer(text):
        forms = split(fold(found[0]))
        if len(forms) == 1:
            yield found[0], forms[0]
