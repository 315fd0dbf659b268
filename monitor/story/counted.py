"""The figures of a sentence, each with what it counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from monitor.identify.figures import figures
from monitor.story.concepts import Lexicon
from monitor.text.arabic import fold
from monitor.text.words import split

Figure = tuple[str, int]

# What can be counted, by the names of aliases.txt; the surer kind first where two stand near.
_KINDS: Final = ("captivity", "casualties", "demining", "troops")
# Words behind and before a figure that may say what it counts.
_BEHIND: Final = 6
_BEFORE: Final = 3
# A smaller number is a day or an age unless the thing counted follows at once.
_SMALL: Final = 32
_AT_ONCE: Final = 3
_YEARS: Final = range(1900, 2100)
_SMALL_NUMBERS: Final = {
    name: str(value)
    for value, names in (
        (2, "deux zwei dos due dois два две двух двое двоих два двох iki دو hai جنديين جنديان اسيرين اسيران"),
        (3, "trois drei tres tre três три трех троих трьох uc سه ba"),
        (4, "quatre vier cuatro quattro четыре четырех чотири dort چهار"),
        (5, "cinq funf cinco пять п'ять bes پنج"), (6, "seis sei шесть шість alti شش"),
        (7, "sept sieben siete sette семь сім yedi هفت"), (8, "huit acht ocho otto восемь вісім sekiz هشت"),
        (9, "neun nueve nove девять дев'ять dokuz نه"), (10, "dix zehn diez dieci десять on ده"),
    )
    for name in names.split()
}  # fmt: skip
# Words that are numbers only before a thousand, being common words as well.
_ONLY_BEFORE: Final = frozenset(("نه", "ده", "دو", "سه", "on", "sei", "uc", "ba", "hai", "bes"))
_THOUSANDS: Final = frozenset(("هزار", "bin", "nghin", "ngan", "mila"))


def counted(sentence: str, lexicon: Lexicon) -> list[Figure]:
    """The figures as (kind, value); kind is empty where nothing near says what is counted.

    A small number without a kind is a day or an age as often as a count: `telling`.
    """
    words = _plain(split(fold(sentence)))
    read = figures(words)
    found: list[Figure] = []
    for at, word in enumerate(read):
        if not word.isdigit() or len(word) > 9:
            continue
        value = int(word)
        behind, before = read[at + 1 : at + 1 + _BEHIND], read[max(0, at - _BEFORE) : at]
        if value < _SMALL:
            kind = _kind(behind[:_AT_ONCE], lexicon)
        else:
            kind = _kind(behind, lexicon) or _kind(before, lexicon)
            if value in _YEARS and value % 100 and not kind:
                continue
        found.append((kind, value))
    return list(dict.fromkeys(found))


def telling(figure: Figure) -> bool:
    """Whether a figure is surely a count of something."""
    kind, value = figure
    return value >= _SMALL or (bool(kind) and value > 1)


def _kind(near: Sequence[str], lexicon: Lexicon) -> str:
    mentions, _ = lexicon.find(" ".join(near))
    named = {name for mention in mentions for name in mention.concepts}
    return next((kind for kind in _KINDS if kind in named), "")


def _plain(words: Sequence[str]) -> list[str]:
    """Number words of more languages as digits, and Arabic ones without a particle."""
    found: list[str] = []
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else ""
        if word in _SMALL_NUMBERS and (word not in _ONLY_BEFORE or following in _THOUSANDS):
            found.append(_SMALL_NUMBERS[word])
            if word.startswith(("جندي", "اسير")):
                found.append(word)
        elif word[0] in "بلك" and len(word) > 3 and figures([word[1:]])[0].isdigit():
            found.append(word[1:])
        else:
            found.append(word)
    return found
