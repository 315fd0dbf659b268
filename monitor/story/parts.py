"""An article sentence by sentence as general news is read: countries, kinds of event and names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from monitor.story.main_text import lines
from monitor.story.names import Named, Names
from monitor.story.survey import Shown, survey
from monitor.story.vector import Vector, heard_often, unit
from monitor.text.words import stem

# Sentences of the text that open an article, beside its headline.
_OPENING: Final = 3
# Sentences of the text that count: what stands further down hangs on any news of the same countries.
_COUNTED: Final = 10
# What a word that news is full of counts beside a rare one.
_USUAL_WORD: Final = 0.4


class Part(NamedTuple):
    """A sentence of an article, where it stands (the headline is -1), and what it shows."""

    text: str
    place: int
    standing: bool
    shown: Shown
    names: Sequence[Named]


def read_parts(
    title: str,
    text: str,
    tongue: str,
    names: Names,
    towns: Mapping[str, str] | None = None,
) -> list[Part]:
    """The headline and sentences of an article, each with what it shows.

    `tongue` is the language that it is read in (`spoken`), empty where that is not known; `towns` are those of the names that are towns, with their countries.
    """
    return [
        Part(line.text, line.place, line.standing, *_shown(line.text, tongue, names, towns or {}))
        for line in lines(title, text)
    ]


def _shown(
    sentence: str, language: str, names: Names, towns: Mapping[str, str]
) -> tuple[Shown, list[Named]]:
    shown, named = survey(sentence, language), names.find(sentence)
    here = {
        towns[each.name].lower(): each.text
        for each in named
        if each.name in towns and not each.doubtful
    }
    return (Shown(shown.kinds, {**here, **shown.lands}) if here else shown), named


def own_words(words: Vector, parts: Sequence[Part], names: Names, language: str | None) -> Vector:
    """The words of a text that name no country, kind of event or name, by how rare they are in news."""
    known = {
        form
        for part in parts
        for said in (*part.shown.kinds.values(), *part.shown.lands.values())
        for word in said.split(" ")
        for form in (word, stem(word), stem(word, language))
    }
    return unit(
        {
            word: weight * (_USUAL_WORD if heard_often(word) else 1.0)
            for word, weight in words.items()
            if word not in known and word not in names.forms
        }
    )


def zone_of(parts: Sequence[Part], at: int) -> list[Part]:
    """The headline (0), the opening with it (1), or all that counts (2): not the standing last paragraph, and nothing far down."""
    if at < 2:
        return [part for part in parts if part.place < (0, _OPENING)[at]]
    return [
        part
        for part in parts
        if part.place < _OPENING or (part.place < _COUNTED and not part.standing)
    ]
