"""The words of a text in the form in which two printings of it are compared.

Beyond the folding of letters: figures in words and in digits are one
(عشرة آلاف, ١٠٬٠٠٠, 10 thousand), the three Arabic systems of month names are
one, and names that Arabic writes with and without their long vowels or with
another letter for g (بوتين, بوتن; جونغ, جونج) are one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from monitor.identify.figures import figures
from monitor.text.words import stem, words


def wording(text: str) -> list[str]:
    """The comparable words of a text in order; a figure is one word of digits."""
    return [skeleton(word) for word in folded(text)]


def folded(text: str) -> list[str]:
    """The words of a text with its figures as digits, before `skeleton`, one for one."""
    return figures(words(text))


# Arabic months: transliterated, Syriac, Maghrebi. Folded spellings.
_MONTHS: Final = {
    name: f"m{number}"
    for number, names in enumerate(
        (
            "يناير جانفي", "فبراير شباط فيفري", "مارس اذار", "ابريل نيسان افريل", "مايو ايار",
            "يونيو حزيران جوان", "يوليو تموز جويليه", "اغسطس اب اوت", "سبتمبر ايلول شتنبر",
            "اكتوبر", "نوفمبر نونبر", "ديسمبر دجنبر",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_LONG_VOWELS: Final = re.compile("(?<=[\u0620-\u06d3])[اويء]+(?=[\u0620-\u06d3])")
_ROOT: Final = 3
_SAME_SOUND: Final = str.maketrans("غگ", "جج")


@lru_cache(maxsize=50_000)
def skeleton(word: str) -> str:
    """One folded word without what its spelling varies in; other scripts stay as they are."""
    if not "\u0620" <= word[0] <= "\u06d3":
        return word
    month = _MONTHS.get(word) or _MONTHS.get(word[1:] if word[0] in "وفب" else word)
    if month:
        return month
    return _LONG_VOWELS.sub("", word).translate(_SAME_SOUND)


@lru_cache(maxsize=50_000)
def root(word: str) -> str:
    """The skeleton of a folded word's stem, final vowels off: for single words, not for runs.

    A headline's word is the same with and without what Arabic attaches to it
    (كورسك, بكورسك; جريح, الجرحى); whole sentences compared so would make
    retellings look alike.
    """
    bare = skeleton(stem(word))
    return bare.rstrip("اويه") if len(bare) > _ROOT and bare[0] > "\u0620" else bare
