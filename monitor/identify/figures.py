"""Figures made comparable: thousands in words, in digits and in both are one word of digits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from monitor.text.arabic import fold

_UNITS: Final = {
    name: value
    for value, names in (
        (1, "احدو"), (2, "اثنان اثنين اثنا اثني اثنتان اثنتين اثنتا اثنتي two"), (3, "ثلاثه ثلاث three"),
        (4, "اربعه اربع four"), (5, "خمسه خمس five"), (6, "سته ست six"), (7, "سبعه سبع seven"),
        (8, "ثمانيه ثماني ثمان eight"), (9, "تسعه تسع nine"), (10, "عشره عشر ten"), (11, "احدعشر eleven"),
        (12, "twelve"), (13, "thirteen"), (14, "fourteen"), (15, "fifteen"), (16, "sixteen"),
        (17, "seventeen"), (18, "eighteen"), (19, "nineteen"), (20, "عشرون عشرين twenty"),
        (30, "ثلاثون ثلاثين thirty"), (40, "اربعون اربعين forty"), (50, "خمسون خمسين fifty"),
        (60, "ستون ستين sixty"), (70, "سبعون سبعين seventy"), (80, "ثمانون ثمانين eighty"),
        (90, "تسعون تسعين ninety"), (100, "ميه مايه"), (200, "ميتان ميتين مايتان مايتين ميتا ميتي مايتا مايتي"),
        (300, "ثلاثميه ثلاثمايه"), (400, "اربعميه اربعمايه"), (500, "خمسميه خمسمايه"),
        (600, "ستميه ستمايه"), (700, "سبعميه سبعمايه"), (800, "ثمانميه ثمانمايه ثمانيميه"),
        (900, "تسعميه تسعمايه"), (2000, "الفان الفين الفي"), (2_000_000, "مليونان مليونين مليوني"),
    )
    for name in names.split()
}  # fmt: skip
MULTIPLIERS: Final = {
    name: value
    for value, names in (
        (1000, "الف الاف الفا thousand тысяч тысячи тыс тисяч тис tys tysiecy tysiace mille mil bin tausend هزار nghin ngan ribu duizend tusen אלף אלפים"),
        (1_000_000, "مليون مليونا ملايين million millions миллион миллиона миллионов млн millionen milyon ميليون mio miljoen miljon miljoner juta millones milhoes milhao milioni milionow miliony milionami millioni мільион мільиона мільиони мільионів mln מיליון"),
        (1_000_000_000, "مليار مليارا مليارات billion milliard milliards миллиард миллиарда миллиардов млрд milyar ميليارد mld mrd miliardi miliardo miliard miliardow miliardy milliarden milliarde miliar miljard bilhoes мільярд мільярда мільярдів מיליארד"),
        (1000, "हजार हज़ार"), (100_000, "लाख"), (10_000_000, "करोड़ करोड"),
        (100_000, "لاكه"), (10_000_000, "كروڑ"),
    )
    for name in map(fold, names.split())
}  # fmt: skip
# East Asian steps are written right behind the digits, other letters may follow.
_STEPS: Final = {
    "만": 10_000, "万": 10_000, "萬": 10_000, "천": 1000, "千": 1000,
    "억": 100_000_000, "億": 100_000_000, "亿": 100_000_000,
}  # fmt: skip

# Two lakh forty thousand are one figure.
_INDIAN: Final = frozenset(
    name for name, value in MULTIPLIERS.items() if value in {100_000, 10_000_000}
)

_THOUSAND: Final = 1000
_SCALES: Final = (1_000_000_000, 1_000_000, _THOUSAND)
_AND: Final = "و"
# The plural counts three to ten.
_FEW_THOUSAND: Final = "الاف"
_FEW: Final = range(3, 11)
# Twenty hundred are said, a hundred hundred never.
_HUNDREDS: Final = 100
# With what a figure may begin; nine words in ten need no closer look.
_DIGITS: Final = frozenset("0123456789")
_BEGINNINGS: Final = frozenset(
    ("one", "a", *_UNITS, *(name for name in MULTIPLIERS if not name.isascii()))
)
_FIRST: Final = _BEGINNINGS | {f"و{name}" for name in _BEGINNINGS}


def figures(found: Sequence[str]) -> list[str]:
    """Folded words with each figure, in words or digits, as one word of digits.

    Arabic and English number words; thousands and millions of some more languages
    after digits. One and the article are left as they are: they seldom count.
    """
    result: list[str] = []
    at = last = scale = 0
    while at < len(found):
        word = found[at]
        if word not in _FIRST and word[0] not in _DIGITS:
            # An "and" that stands apart from digits may join them to the thousands before.
            scale = scale if word == _AND else 0
            result.append(word)
            at += 1
            continue
        value, after = _figure(found, at)
        counted = after - at > 1 or (after > at and word[0] not in _DIGITS)
        if scale and _goes_on(value, scale, counted=counted, joined=result[-1] == _AND):
            value += int(result[last])
            del result[last:]
        last, scale = len(result), _scale(value, found[after - 1]) if counted else 0
        result.append(found[at] if after == at else str(value))
        at = max(after, at + 1)
    return result


def _scale(value: int, word: str) -> int:
    """In what a figure counts, by its last word, so that less may follow: in millions, thousands, lakhs."""
    if word in _INDIAN:
        return MULTIPLIERS[word]
    return next((step for step in _SCALES if value and not value % step), 0)


def _goes_on(value: int, scale: int, *, counted: bool, joined: bool) -> bool:
    """Whether a figure is the smaller part of the one before it (7 ملايين و600 ألف, 4 آلاف و500).

    A number that counts no thousands may be of something else, but for what an "and" joins to thousands.
    """
    if counted:
        return _THOUSAND <= value < scale
    return joined and scale == _THOUSAND and 0 < value < _THOUSAND


def _figure(found: Sequence[str], start: int) -> tuple[int, int]:
    """The figure that begins at `start` and the position after it; `start` itself if none does.

    `group` is what a following thousand would multiply, `total` what is settled.
    """
    total = group = 0
    at = start
    while at < len(found):
        word = found[at]
        # Arabic joins the parts of one figure by an attached "and".
        joined = word[0] == "و" and len(word) > 3
        plain = word[1:] if joined else word
        before = found[at - 1] if at > start else ""
        following = found[at + 1] if at + 1 < len(found) else ""
        if plain == _FEW_THOUSAND and before.isdigit() and group % 100 not in _FEW:
            break  # a year and then thousands of something
        if plain in MULTIPLIERS and (before or not plain.isascii()):
            # "mil", "bin" and "mille" are other words where no figure stands before.
            if joined and before:
                total, group = total + group + MULTIPLIERS[plain], 0
            else:
                total, group = total + (group or 1) * MULTIPLIERS[plain], 0
        elif word == "hundred" and 0 < group < _HUNDREDS:
            group *= 100
        elif (
            word in {"one", "a"} and not before and following in {"hundred", "thousand", "million"}
        ):
            group = 1
        elif before.isdigit() and word[0] in _STEPS:
            total, group = total + group * _step(word), 0
        elif before.isdigit() and word == "000" and group < 1000:
            group *= 1000
        elif word.isdigit() and word.isascii() and len(word) < 16 and _begins(before):
            group = int(word)
        elif plain in _UNITS and (not before or _continues(plain, joined=joined, group=group)):
            group += _UNITS[plain]
        elif word != "and" or before not in {"hundred", "thousand"} or following not in _UNITS:
            break
        at += 1
    return total + group, at


def _step(word: str) -> int:
    """What the digits before it are multiplied with: 만, 천만."""
    value = _STEPS[word[0]]
    return value * _STEPS.get(word[1:2], 1) if value < _STEPS["만"] else value


def _begins(before: str) -> bool:
    """Whether digits may stand here: first, or behind an East Asian step (1만 5000)."""
    return not before or before[0] in _STEPS


def _continues(word: str, *, joined: bool, group: int) -> bool:
    """Whether a number word goes on with the figure (وسبعمائة, عشر, `twenty five`)."""
    if word.isascii():
        return group == 0 or (group >= 20 and _UNITS[word] < 20 and not group % 10)
    return joined or word in {"عشر", "عشره"}
