"""Numbers that are written in more ways than `figures` reads: decimals, ordinals, other languages.

For the comparison of two printings only: ordinals of days and units become the
digits that another outlet writes for them (الثامن عشر, 18), and number words of
some languages theirs. Words that are as often something else (six in English
names, نه, on) are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from monitor.identify.figures import MULTIPLIERS
from monitor.text.arabic import fold

# More digits are no number, and Python refuses to read thousands of them.
_DECIMAL: Final = re.compile(r"(\d{1,15})[.,](\d{1,2})")
_WORDS: Final = {
    name: value
    for names, value in (
        ("два две двух двум двумя двое двоих zwei deux dos iki два двох", 2),
        ("три трех трем тремя трое троих drei trois tres trzy uc трьох سه", 3),
        ("четыре четырех четырем четырьмя четверо четверых vier quatre cuatro dort چهار чотири", 4),
        ("пять пяти пятью пятеро пятерых funf fuenf cinq cinco bes پنج пʼять", 5),
        ("шесть шести шестью шестеро шестерых sechs seis alti شش шість", 6),
        ("семь семи семью семеро sieben siete yedi هفت сім", 7),
        ("восемь восьми восемью acht huit ocho sekiz هشت вісім", 8),
        ("девять девяти девятью neun nueve dokuz", 9),
        ("десять десяти десятью zehn diez", 10),
        ("одиннадцать одиннадцати elf onze", 11),
        ("двенадцать двенадцати zwolf zwoelf douze doce", 12),
        ("тринадцать тринадцати", 13),
        ("четырнадцать четырнадцати", 14),
        ("пятнадцать пятнадцати quinze quince", 15),
        ("шестнадцать шестнадцати", 16),
        ("семнадцать семнадцати", 17),
        ("восемнадцать восемнадцати", 18),
        ("девятнадцать девятнадцати", 19),
        ("двадцать двадцати zwanzig vingt veinte yirmi", 20),
        ("тридцать тридцати dreissig trente treinta otuz", 30),
        ("сорок сорока", 40),
        ("пятьдесят пятидесяти", 50),
        ("шестьдесят шестидесяти", 60),
        ("семьдесят семидесяти", 70),
        ("восемьдесят восьмидесяти", 80),
        ("девяносто девяноста", 90),
        ("сто ста", 100),
        ("двести двухсот", 200),
        ("триста трехсот", 300),
        ("четыреста четырехсот", 400),
        ("пятьсот пятисот", 500),
    )
    for name in map(fold, names.split())
}
_TWENTY: Final = 20
_HUNDRED: Final = 100

_ORDINALS: Final = {
    name: value
    for names, value in (
        ("حادي حاديه احدي واحد", 1), ("ثاني ثانيه اثني اثنين اثنتي اثنتين", 2),
        ("ثالث ثالثه ثلاث ثلاثه", 3), ("رابع رابعه اربع اربعه", 4), ("خامس خامسه خمس خمسه", 5),
        ("سادس سادسه ست سته", 6), ("سابع سابعه سبع سبعه", 7), ("ثامن ثامنه ثماني ثمانيه", 8),
        ("تاسع تاسعه تسع تسعه", 9), ("عاشر عاشره عشر", 10), ("اول", 1),
    )
    for name in names.split()
}  # fmt: skip
_TENS: Final = {
    f"وال{name}": value
    for names, value in (
        ("عشرين عشرون", 20), ("ثلاثين ثلاثون", 30), ("اربعين اربعون", 40), ("خمسين خمسون", 50),
        ("ستين ستون", 60), ("سبعين سبعون", 70), ("ثمانين ثمانون", 80), ("تسعين تسعون", 90),
    )
    for name in names.split()
}  # fmt: skip
_TEEN: Final = frozenset(("عشر", "عشره"))
_MONTH: Final = frozenset(("الشهر", "شهر"))
_OF: Final = "من"
# Signs of units behind a number.
_UNITS: Final = {
    "كم": "كيلومتر",
    "كلم": "كيلومتر",
    "كغ": "كيلوغرام",
    "كغم": "كيلوغرام",
    "كلغ": "كيلوغرام",
    "كجم": "كيلوغرام",
    "ملم": "مليمتر",
    "مم": "مليمتر",
    "سم": "سنتيمتر",
    "km": "kilometres",
    "км": "километров",
    "т": "тонн",
}
# Behind such a sign: in an hour (كم/س, км/ч).
_AN_HOUR: Final = {
    "س": ("في", "الساعه"),
    "ساعه": ("في", "الساعه"),
    "ч": ("в", "час"),
    "h": ("per", "hour"),
}
# Persian days of the week: سه شنبه is no three of anything.
_WEEKDAY: Final = "شنبه"
# Nine words in ten are none of these, and need no closer look.
_TELLING: Final = frozenset(_WORDS) | {
    f"{article}{name}" for article in ("ال", "وال", "بال") for name in _ORDINALS
}


def numerals(found: Sequence[str], months: frozenset[str]) -> list[str]:
    """Folded words with decimals in one spelling and the numbers above as digits.

    `months` are the names behind which "the fifth of" is a date and no rank.
    """
    result: list[str] = []
    at = 0
    while at < len(found):
        word = found[at]
        if word not in _TELLING and not word[0].isdigit():
            result.append(word)
            at += 1
            continue
        following = found[at + 1] if at + 1 < len(found) else ""
        if word[0].isdigit() and (decimal := _DECIMAL.fullmatch(word)):
            value, taken = _decimal(decimal, following), 1 + (following in MULTIPLIERS)
        elif word in _WORDS and following != _WEEKDAY:
            value, taken = _counted(found, at)
        elif word.startswith(("ال", "وال", "بال")):
            last = found[at + 2] if at + 2 < len(found) else ""
            value, taken = _ordinal(word, following, last, months)
        else:
            value, taken = word, 1
        result.append(value)
        at += taken
        if at < len(found) and result[-1][0].isdigit() and found[at] in _UNITS:
            result.append(_UNITS[found[at]])
            at += 1
            if at < len(found) and found[at] in _AN_HOUR:
                result.extend(_AN_HOUR[found[at]])
                at += 1
    return result


def _decimal(decimal: re.Match[str], following: str) -> str:
    """`9,50` as `9.5`; with a thousand or million behind it, the whole number."""
    whole, part = decimal[1], decimal[2]
    if following in MULTIPLIERS:
        return str(int(whole + part) * MULTIPLIERS[following] // 10 ** len(part))
    part = part.rstrip("0")
    return f"{int(whole)}.{part}" if part else str(int(whole))


def _counted(found: Sequence[str], start: int) -> tuple[str, int]:
    """Number words as digits, hundreds, tens and ones together, and how many words they are."""
    total, least, at = 0, 1000, start
    while at < len(found) and (value := _WORDS.get(found[at], 0)):
        step = _HUNDRED if value >= _HUNDRED else 10 if value >= _TWENTY else 1
        if step >= least:
            break
        total, least, at = total + value, step, at + 1
    return str(total), at - start


def _ordinal(word: str, following: str, last: str, months: frozenset[str]) -> tuple[str, int]:
    bare = word[1:] if word[0] in "وب" else word
    value = _ORDINALS.get(bare[2:])
    if value is None:
        return word, 1
    if following in _TEEN:
        return str(value + 10), 2
    if following in _TENS:
        return str(value + _TENS[following]), 2
    if following == _OF and (last in _MONTH or last in months):
        return str(value), 1
    return word, 1
