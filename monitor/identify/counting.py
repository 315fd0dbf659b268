"""Numbers in words of several parts, of languages that `figures` does not read, as digits.

For the comparison of two printings only. A word that is as often something else (`on`,
`nine` in French, "no" in Persian) counts where another number word of its language
stands beside it. Why it is another room than `story.numbers` is said there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from monitor.text.arabic import fold

_HUNDRED: Final = 100
_THOUSAND: Final = 1000
_SCORE: Final = 20
_LAKH: Final = 100_000
_CRORE: Final = 10_000_000
_FOUR: Final = 4
_TEN: Final = 10

_MULTIPLYING: Final = frozenset((_HUNDRED, _THOUSAND, _LAKH, _CRORE, 1_000_000, 1_000_000_000))

_Table = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Language:
    """Its number words, what may join two of them, and those that count only beside others."""

    words: _Table
    joining: frozenset[str]
    doubtful: frozenset[str]


def _languages() -> tuple[_Language, ...]:
    words: dict[str, dict[str, int]] = defaultdict(dict)
    joining: dict[str, set[str]] = defaultdict(set)
    doubtful: dict[str, set[str]] = defaultdict(set)
    text = files("monitor.identify").joinpath("numbers.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        language, value, *names = line.split()
        for name in names:
            word = fold(name.removesuffix("?"))
            if value == "+":
                joining[language].add(word)
                continue
            words[language][word] = int(value)
            if name.endswith("?"):
                doubtful[language].add(word)
    return tuple(
        _Language(each, frozenset(joining[name]), frozenset(doubtful[name]))
        for name, each in words.items()
    )


def _table(lines: Mapping[int, str]) -> _Table:
    return {name: value for value, names in lines.items() for name in fold(names).split()}


_BY_WORD: Final = {
    word: [each for each in languages if word in each.words]
    for languages in [_languages()]
    for language in languages
    for word in language.words
}

_HANGUL: Final = "가"
_TENS_END: Final = "zig"

_GERMAN_UNITS: Final = _table({
    1: "ein", 2: "zwei", 3: "drei", 4: "vier", 5: "fünf fuenf", 6: "sechs", 7: "sieben", 8: "acht", 9: "neun",
})  # fmt: skip
_GERMAN_TENS: Final = _table({
    20: "zwanzig", 30: "dreißig", 40: "vierzig", 50: "fünfzig fuenfzig", 60: "sechzig", 70: "siebzig", 80: "achtzig", 90: "neunzig",
})  # fmt: skip
_GERMAN: Final = re.compile(
    rf"(?:({'|'.join(_GERMAN_UNITS)})?hundert)?(?:({'|'.join(_GERMAN_UNITS)})und)?({'|'.join(_GERMAN_TENS)})"
)

# Korean writes numbers in its own words and in Chinese ones, often right before what is counted.
_SINO: Final = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8, "구": 9}
_SINO_STEPS: Final = {"십": 10, "백": 100, "천": 1000, "만": 10_000}
_OWN_TENS: Final = {
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip
_OWN_UNITS: Final = {
    "하나": 1, "한": 1, "두": 2, "둘": 2, "세": 3, "셋": 3, "네": 4, "넷": 4, "다섯": 5, "여섯": 6, "일곱": 7,
    "여덟": 8, "아홉": 9,
}  # fmt: skip
_COUNTED: Final = "명|개|층|곳|척|대|발|시간|킬로미터|킬로그램|킬로|미터|원|달러|세대|가구|마리|채|번째|차례|살|건|주|달|년|개월|일|분|초|톤|기|점|표|석|권|장"
_KOREAN: Final = re.compile(
    rf"(?:([일이삼사오육칠팔구십백천만]*[십백천만][일이삼사오육칠팔구십백천만]*)"
    rf"|({'|'.join(_OWN_TENS)})?({'|'.join(_OWN_UNITS)})?)({_COUNTED})?(\D*)"
)
_COUNTED_ALONE: Final = re.compile(rf"(?:{_COUNTED})")

# One, where it may be the article.
_ONES: Final = {
    word: frozenset(("1",))
    for word in fold("one ein eine einen einem einer eines un une uno una um uma один одна одно одну одного одной одним"
    " jeden jedna jedno jednego jednej een satu se אחד אחת ایک یک bir en ett واحد واحدة").split()
}  # fmt: skip
# Arabic parts that stand for themselves elsewhere: one of, thrice.
_ONE: Final = frozenset(("احد", "احدي", "واحد", "واحده", "واحدا"))
_TEEN: Final = frozenset(("عشر", "عشره"))
_TENS: Final = "عشرون عشرين ثلاثون ثلاثين اربعون اربعين خمسون خمسين ستون ستين سبعون سبعين ثمانون ثمانين تسعون تسعين"
_AND_TENS: Final = frozenset(f"و{name}" for name in _TENS.split())
_BARE: Final = {
    "ثلاثا": "ثلاث", "اربعا": "اربع", "خمسا": "خمس", "ستا": "ست", "سبعا": "سبع", "ثمانيا": "ثماني", "تسعا": "تسع",
}  # fmt: skip
# Sixteen in Urdu, a shed in Persian; and letters that only the former has.
_SIXTEEN: Final = fold("سولہ")
_URDU: Final = re.compile("[ےںھٹڈڑ]")
_CUES: Final = frozenset((*_BY_WORD, *_TEEN, *_AND_TENS))
_HALVES: Final = {
    fold(name): share
    for names, share in (
        ("نصف half yarım نیم medio demi halbe", 0.5),
        ("ربع quarter четверть", 0.25),
    )
    for name in names.split()
}
_AND_HALF: Final = frozenset(("ونصف", "وربع"))
_ONE_AND_HALF: Final = frozenset(("полтора", "полторы"))
_WHOLE: Final = {"полмиллиона": "500000", "полтысячи": "500"}
_FRACTIONS: Final = frozenset((*_HALVES, *_AND_HALF, *_ONE_AND_HALF, *_WHOLE))
_STEPS: Final = {"thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
_LARGE: Final = 6
# More digits are no number, and Python refuses to read thousands of them.
_LONGEST: Final = 15


def counting(found: list[str], text: str) -> list[str]:
    """The folded words of a text with numbers of the languages above as digits."""
    if _SIXTEEN in found and not _URDU.search(text):
        at = found.index(_SIXTEEN)
        return [*counting(found[:at], text), _SIXTEEN, *counting(found[at + 1 :], text)]
    if not _CUES.isdisjoint(found):
        found = _runs(_arabic(found))
    # Where numbers stand within words: Korean, whose letters come last, and German tens.
    if _TENS_END not in text and (not found or max(found) < _HANGUL):
        return found
    return [
        part
        for before, word, following in zip(["", *found], found, [*found[1:], ""], strict=False)
        # Behind digits such a word is the step that multiplies them: 5천만.
        for part in ((word,) if before[-1:].isdigit() else _within(word, following))
    ]


@lru_cache(maxsize=2_000)
def counts(word: str) -> frozenset[str]:
    """What a folded word may count in any language, as digits, the doubtful ones too: bir, 1."""
    return frozenset(str(each.words[word]) for each in _BY_WORD.get(word, ())) | _ONES.get(
        word, frozenset()
    )


def fractions(found: list[str]) -> list[str]:
    """Halves and quarters of millions as whole numbers: نصف مليون, مليون ونصف المليون, half a million."""
    if _FRACTIONS.isdisjoint(found):
        return found
    result: list[str] = []
    at = 0
    while at < len(found):
        word, following = found[at], found[at + 1 : at + 3]
        if word in _WHOLE:
            result.append(_WHOLE[word])
            at += 1
        elif word in _ONE_AND_HALF and following and _is_number(following[0]):
            result.append(str(int(following[0]) * 3 // 2))
            at += 2
        elif found[at : at + 3] == ["and", "a", "half"] and result and _is_number(result[-1]):
            step = _STEPS.get("".join(found[at + 3 : at + 4]), 1)
            result[-1] = str(int(result[-1]) * step + step // 2) if step > 1 else f"{result[-1]}.5"
            at += 4 if step > 1 else 3
        elif word in _HALVES and following and _is_large(following[0]):
            result.append(str(int(int(following[0]) * _HALVES[word])))
            at += 2
        elif word in _HALVES and following[:1] == ["a"] and _is_large("".join(following[1:])):
            result.append(str(int(int(following[1]) * _HALVES[word])))
            at += 3
        elif word in _AND_HALF and result and _is_large(result[-1]):
            step = _THOUSAND ** ((len(result[-1]) - 1) // 3)
            result[-1] = str(int(result[-1]) + int(step * _HALVES[word[1:]]))
            at += 1
            # The unit is often said again: مليون ونصف المليون.
            again = found[at : at + 2]
            at += 2 if again == ["ال", str(step)] else 1 if again[:1] == [str(step)] else 0
        else:
            result.append(word)
            at += 1
    return result


def _is_large(word: str) -> bool:
    return _is_number(word) and len(word) > _LARGE


def _is_number(word: str) -> bool:
    return word.isdecimal() and len(word) <= _LONGEST


def _arabic(found: list[str]) -> list[str]:
    """أحد عشر as one word, and the ones of واحد وعشرون and ثلاثا وستين as they count elsewhere."""
    result: list[str] = []
    at = 0
    while at < len(found):
        word = found[at]
        following = found[at + 1] if at + 1 < len(found) else ""
        joined = word[0] == "و" and (word[1:] in _ONE or word[1:] in _BARE)
        plain = word[1:] if joined else word
        if plain in {"احد", "احدي"} and following in _TEEN:
            result.append(f"{word[: len(word) - len(plain)]}احدعشر")
            at += 2
            continue
        if following in _AND_TENS:
            one = "واحدو" if joined else "1"
            word = one if plain in _ONE else f"{'و' * joined}{_BARE.get(plain, plain)}"
        result.append(word)
        at += 1
    return result


def _runs(found: list[str]) -> list[str]:
    """Runs of number words of one language as the numbers that they are."""
    result: list[str] = []
    at = 0
    while at < len(found):
        languages = _BY_WORD.get(found[at])
        if languages is None:
            result.append(found[at])
            at += 1
            continue
        # One word may be a number in several languages, a run of them seldom is.
        runs = [(_run(found, at, each), each) for each in languages]
        (values, after), language = max(runs, key=lambda each: each[0][1])
        counts = len(values) > 1 or found[at] not in language.doubtful
        if counts and (len(values) > 1 or values[0] < _THOUSAND):
            result.append(str(_sum(values)))
            at = after
        else:
            result.append(found[at])
            at += 1
    return result


def _run(found: Sequence[str], start: int, language: _Language) -> tuple[list[int], int]:
    """The values of the number words from `start` on, and the position after them."""
    values = [language.words[found[start]]]
    at = start + 1
    while at < len(found):
        joined = found[at] in language.joining and at + 1 < len(found)
        if joined and found[at].isascii() and values[-1] >= _HUNDRED:
            break
        word = found[at + 1] if joined else found[at]
        value = language.words.get(word)
        if value is None or not _goes_on(values, value):
            break
        values.append(value)
        at += 2 if joined else 1
    return values, at


def _goes_on(values: Sequence[int], value: int) -> bool:
    last = values[-1]
    if value in _MULTIPLYING:
        return last < value
    if last >= _HUNDRED:
        return value < last
    return (last >= _SCORE and value < _SCORE and value < last) or (
        (last, value) == (_FOUR, _SCORE)
    ) or (last == _TEN and value < _TEN)  # fmt: skip


def _sum(values: Sequence[int]) -> int:
    total = group = 0
    for value in values:
        if value >= _THOUSAND:
            total, group = total + (group or 1) * value, 0
        elif value == _HUNDRED:
            group = (group or 1) * value
        elif (group, value) == (_FOUR, _SCORE):
            group *= value
        else:
            group += value
    return total + group


def _within(word: str, following: str) -> tuple[str, ...]:
    """A word that begins with a number, parted: 십오층, 스물세명, fünfundzwanzig."""
    if "가" <= word[0] <= "힣":
        return _korean(word, following)
    if word.endswith("ig") and (german := _GERMAN.fullmatch(word)):
        hundreds = _GERMAN_UNITS.get(german[1] or "", 1) * _HUNDRED if "hundert" in word else 0
        return (
            str(hundreds + _GERMAN_UNITS.get(german[2] or "", 0) + _GERMAN_TENS[german[3]]),
        )  # fmt: skip
    return (word,)


def _korean(word: str, following: str) -> tuple[str, ...]:
    number = _KOREAN.fullmatch(word)
    if number is None:
        return (word,)
    sino, tens, units, counted, rest = number.groups()
    behind = not rest and _COUNTED_ALONE.match(following) is not None
    if not (sino or tens or units) or not (counted or behind or (tens and units and not rest)):
        return (word,)
    value = _sino(sino) if sino else _OWN_TENS.get(tens or "", 0) + _OWN_UNITS.get(units or "", 0)
    return tuple(part for part in (str(value), f"{counted or ''}{rest}") if part)


def _sino(written: str) -> int:
    total = group = unit = 0
    for letter in written:
        if letter in _SINO:
            unit = _SINO[letter]
        elif letter == "만":
            total, group, unit = total + (group + unit or 1) * _SINO_STEPS[letter], 0, 0
        else:
            group, unit = group + (unit or 1) * _SINO_STEPS[letter], 0
    return total + group + unit
