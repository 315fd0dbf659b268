"""The words of a text in the form in which two printings of it are compared.

Beyond the folding of letters: figures in words and in digits are one
(عشرة آلاف, ١٠٬٠٠٠, 10 thousand), the three Arabic systems of month names are
one, and names that Arabic writes with and without their long vowels or with
another letter for g (بوتين, بوتن; جونغ, جونج) are one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import Final

from monitor.identify.counting import counting, fractions
from monitor.identify.figures import figures
from monitor.identify.numerals import numerals
from monitor.identify.spelling import spelt
from monitor.text.arabic import fold
from monitor.text.words import split, stem


def wording(text: str) -> list[str]:
    """The comparable words of a text in order; a figure is one word of digits."""
    return list(_wording(text))


# One article's headline and text are asked for several times in a row.
@lru_cache(maxsize=8)
def _wording(text: str) -> tuple[str, ...]:
    return tuple(map(skeleton, folded(text)))


def folded(text: str) -> list[str]:
    """The words of a text with its figures as digits, before `skeleton`, one for one."""
    text = spelt(fold(text))
    found = _one_month(split(text))
    if not _MULTIPLES.isdisjoint(found):
        found = _one_measure(found)
    found = counting(list(chain.from_iterable(map(_parted, found))), text)
    return fractions(figures(numerals(found, _MONTH_NAMES)))


def _one_measure(found: list[str]) -> list[str]:
    """Measures that some write as two words (كيلو متر, ميغا واط) as the one of the others."""
    for at in range(len(found) - 2, -1, -1):
        if found[at] in _MULTIPLES and found[at + 1].startswith(_MEASURES):
            found[at : at + 2] = [found[at] + found[at + 1]]
    return found


def _one_month(found: list[str]) -> list[str]:
    """The months of two words (تشرين الأول) as the one word that other countries have for them."""
    ordered = any(order in found for order in _ORDERS)
    for at in range(len(found) - 2, -1, -1) if ordered else ():
        if found[at + 1] in _ORDERS and found[at][-5:] in _TWO_WORDS:
            month = _TWO_WORDS[found[at][-5:]][_ORDERS.index(found[at + 1])]
            found[at : at + 2] = [found[at][:-5] + month]
    if _MONTH_NAMES.isdisjoint(found):
        return found
    # Both names of a month, as many outlets print them (مايو/أيار), are one.
    return [
        word
        for at, word in enumerate(found)
        if not at or word not in _MONTHS or _MONTHS[word] != _MONTHS.get(found[at - 1])
    ]


@lru_cache(maxsize=20_000)
def _parted(word: str) -> tuple[str, ...]:
    """What Arabic attaches to a number in words apart from it: بثلاثين as in ب30."""
    if word[1:] in _SHORT_NUMBERS and word[0] in "بل":
        return word[0], word[1:]
    if len(word) > _NUMBER + 1 and word[0] == "و" and word[1] in "بل" and word[2:] in _NUMBERS:
        return "و", word[1], word[2:]
    if len(word) > _NUMBER and word[0] in "بلكا":
        for attached in ("بال", "ال", "ب", "ل", "ك"):
            rest = word.removeprefix(attached)
            if rest != word and len(rest) >= _NUMBER and rest in _NUMBERS:
                return attached, rest
    return (word,)


_MULTIPLES: Final = frozenset(("كيلو", "ميغا", "ميجا", "غيغا", "جيجا", "سنتي", "ملي", "مللي"))
_MEASURES: Final = ("متر", "غرام", "جرام", "واط", "وات", "طن", "بايت", "هرتز", "لتر")
_ORDERS: Final = ("الاول", "الثاني")
_TWO_WORDS: Final = {"تشرين": ("اكتوبر", "نوفمبر"), "كانون": ("ديسمبر", "يناير")}
# Shorter number words are other words as well: ست behind ل is a denial.
_NUMBER: Final = 4
_WRITTEN_OUT: Final = """
    ثلاثه اربعه خمسه سته سبعه ثمانيه تسعه عشره ثلاث اربع ثماني عشرون عشرين ثلاثون ثلاثين اربعون
    اربعين خمسون خمسين ستون ستين سبعون سبعين ثمانون ثمانين تسعون تسعين ميتين ميتي ثلاثميه اربعميه
    خمسميه ستميه سبعميه ثمانميه تسعميه الفين الفي الاف مليون مليار مليوني
    ثلاثمايه اربعمايه خمسمايه ستمايه سبعمايه ثمانمايه تسعمايه مايتين مايتي
"""
_NUMBERS: Final = frozenset(_WRITTEN_OUT.split())
_SHORT_NUMBERS: Final = frozenset(("خمس", "سبع", "تسع", "عشر", "ثمان", "ميه", "مايه"))

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
_MONTH_NAMES: Final = frozenset(_MONTHS)
_LONG_VOWELS: Final = re.compile("(?<=[\u0620-\u06d3])[اويء]+(?=[\u0620-\u06d3])")
# Without its vowel each would be a denial: because, or else.
_WHOLE: Final = frozenset(("لان", "ولان", "فلان", "والا", "لانه", "لانها"))
_ROOT: Final = 3
_SAME_SOUND: Final = str.maketrans("غگڤپچ", "ججفبج")


@lru_cache(maxsize=20_000)
def skeleton(word: str) -> str:
    """One folded word without what its spelling varies in; other scripts stay as they are."""
    if not "\u0620" <= word[0] <= "\u06d3" or word in _WHOLE:
        return word
    month = _MONTHS.get(word) or _MONTHS.get(word[1:] if word[0] in "وفب" else word)
    if month:
        return month
    bare = word[:-1] if word.endswith("يء") else word  # الطوارىء, الطوارئ
    return _LONG_VOWELS.sub("", bare).translate(_SAME_SOUND)


@lru_cache(maxsize=20_000)
def root(word: str) -> str:
    """The skeleton of a folded word's stem, final vowels off: for single words, not for runs.

    A headline's word is the same with and without what Arabic attaches to it
    (كورسك, بكورسك; جريح, الجرحى); whole sentences compared so would make
    retellings look alike.
    """
    bare = skeleton(stem(word))
    return bare.rstrip("اويه") if len(bare) > _ROOT and bare[0] > "\u0620" else bare
