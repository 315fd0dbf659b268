"""Whom and what a text calls by a name, as sounds that every script shares.

Where a script has capitals a name is known by its own; elsewhere any rare word may be one, and
is believed only where a text that has capitals writes the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from monitor.story.vector import common
from monitor.text.arabic import fold
from monitor.text.sound import loose, sound
from monitor.text.words import sentences, stem

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_KANA: Final = re.compile("[ァ-ヴー]{4,}")
_UNCASED: Final = re.compile("[\u0590-\u08ff\u0900-\u0dff가-힣]")
# Consonants and letters of a name at the least.
_CONSONANTS: Final = 4
_LETTERS: Final = 4
_VOWELS: Final = re.compile("[aiu]")
_MARK: Final = "^"


def called(text: str, known: Collection[str] = ()) -> dict[str, str]:
    """Names by their consonants, each with its sounds, behind a `^` where it was written as one.

    `known` are folded words that are no names of this event: what the story's lists know.
    """
    found: dict[str, str] = {}
    for sentence in sentences(text):
        for number, match in enumerate(_WORD.finditer(sentence)):
            word = match[0]
            cased = word[0].isupper() and word[1:].islower()
            if not (cased and number) and not _UNCASED.match(word):
                continue
            _note(found, word.removesuffix("'s").removesuffix("’s"), known, cased=cased)
        for word in _KANA.findall(sentence):
            _note(found, word, known, cased=True)
    return found


def _note(found: dict[str, str], word: str, known: Collection[str], *, cased: bool) -> None:
    plain = fold(word)
    short = stem(plain)
    if plain in known or short in known or common(plain):
        return
    # Four letters of an alphabet are two or three syllables of Korean.
    if len(short) < _LETTERS and not "가" <= short[:1] <= "힣":
        return
    form = short if _UNCASED.match(short) else plain
    key = loose(form)
    if len(key) >= _CONSONANTS:
        heard = sound(form)
        found[key] = _MARK + heard if cased or found.get(key, "").startswith(_MARK) else heard


def shared(own: Mapping[str, str], other: Mapping[str, str]) -> Iterable[str]:
    """The consonants of the names that both call, at least one of them by a written name."""
    for key in own.keys() & other.keys():
        one, two = own[key], other[key]
        if (one.startswith(_MARK) or two.startswith(_MARK)) and _agree(one, two):
            yield key


def _agree(one: str, two: str) -> bool:
    """Whether the vowels of the word that writes fewer stand in order among the other's."""
    few, many = sorted((_VOWELS.findall(one), _VOWELS.findall(two)), key=len)
    rest = iter(many)
    return all(vowel in rest for vowel in few)
