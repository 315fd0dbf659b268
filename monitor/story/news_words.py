"""The shipped list of news words: who speaks, what is done, in which words it is said.

`acts.txt` beside this file is the list and says how it is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from monitor.story.lexicon import Lexicon
from monitor.story.spelling import spelt

Kind = Literal["party", "office", "act", "polarity", "say", "place"]


@dataclass(frozen=True, slots=True)
class Word:
    """One entry of the list. `of` is the country that a party speaks for."""

    name: str
    kind: Kind
    of: str = ""
    weight: float = 1.0
    reaction: bool = False
    speech: bool = False


@cache
def shipped() -> tuple[Mapping[str, Word], Lexicon]:
    """The words of the shipped list, and their spellings compiled."""
    words: dict[str, Word] = {}
    spellings: dict[str, list[str]] = {}
    name = ""
    text = files("monitor.story").joinpath("acts.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            name, _, options = line[1:].partition("]")
            words[name] = _word(name, options.split())
            spellings[name] = []
        elif line and not line.startswith("#"):
            language, _, written = line.partition(":")
            spellings[name] += (spelt(each.strip(), language) for each in written.split("|"))
    return words, Lexicon(spellings)


@cache
def reactions() -> frozenset[str]:
    """The acts by which a party answers another's act."""
    return frozenset(name for name, word in shipped()[0].items() if word.reaction)


@cache
def spokesmen() -> Mapping[str, Word]:
    """The party that speaks for each country of the list."""
    return {word.of: word for word in shipped()[0].values() if word.of}


def _word(name: str, options: list[str]) -> Word:
    given = dict(option.partition("=")[::2] for option in options[1:])
    kinds: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}
    return Word(
        name,
        kinds[options[0]],
        of=given.get("of", ""),
        weight=float(given.get("weight", 1)),
        reaction="reaction" in given,
        speech="speech" in given,
    )
