"""Number words of many languages as digits, so that figures are one fact in all of them.

`numbers.txt` beside this file is the list and says how it is written. What it does not
have (Arabic and English words, digits with thousands) `identify.figures` reads.

`identify.counting` reads number words as well, by another rule and so from another list. It
compares two printings whose language nobody need have told, so it knows only words that are
numbers wherever they stand, or beside another one, and each only in forms that hold in every
language at once; a figure read in one printing and not in the other is false news. Here the
language is known and a count is looked for, so all forms of it are read ("on" is ten in
Turkish). A word that both know has one value: tests/test_story_numbers.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Final

from monitor.text.arabic import fold
from monitor.text.words import split

# Ukrainian п'ять and дев'ять are one word each.
_APOSTROPHE: Final = re.compile(r"(?<=[пв])'(?=я)")
# Arabic eleven and twelve are two words, with forms of their own; twenty-one begins with
# another one; what stands in the middle of "the hundred and twenty men" has the article twice.
_ELEVEN: Final = re.compile(r"\bو?[لبك]?(?:احد|احدي) عشره?\b")
_TWELVE: Final = re.compile(r"\b(و?)اثنت[اي] عشره\b")
_AND_ONE: Final = re.compile(
    r"\b(و?)[لبك]?(?:واحده?|واحدا|احدي?|احدا) و(عشر|ثلاث|اربع|خمس|ست|سبع|ثمان|تسع)[وي]ن\b"
)
_TENS: Final = {
    "عشر": "21",
    "ثلاث": "31",
    "اربع": "41",
    "خمس": "51",
    "ست": "61",
    "سبع": "71",
    "ثمان": "81",
    "تسع": "91",
}
_THE_HUNDRED: Final = re.compile(r"(?<!في )\bال(م[يا]{1,2}ه)((?: وال\w{4,7})?)\b")
# The eleventh to the nineteenth are no ten.
_TEENTH: Final = re.compile(r"\b\w{0,3}(?:حادي|ثاني|ثالث|رابع|خامس|سادس|سابع|ثامن|تاسع)ه? عشره?\b")
_CLAUSE: Final = re.compile(r"[,;:،؛、，。](?!\d)")
# "About a hundred"; alone the word is as often "hundreds".
_A_HUNDRED: Final = re.compile(
    r"(?<=\b(?:до|ще) )сотн[иі]\b|(?<=\b(?:около|почти|майже|понад|свыше) )сотн[иі]\b|\bсотню\b"
)
# Behind a digit the step is the figure's: 1万3千. "Some thousands" (数千) are no number.
# Of bounded length: a run of thousands of ones would be tried at every place to its end.
_HAN: Final = re.compile(
    r"(?<![\d数數几幾上])(?:([一二两兩三四五六七八九十百千]{1,15})(?=[名人具枚辆輛个個位])|([一二两兩三四五六七八九十百千万萬]{0,15}[十百千][一二三四五六七八九十百千万萬]{0,15}))"
)
_HAN_DIGITS: Final = {
    **{sign: at for at, sign in enumerate("一二三四五六七八九", 1)},
    "两": 2,
    "兩": 2,
}
_HAN_STEPS: Final = {"十": 10, "百": 100, "千": 1000}
_TEN_THOUSAND: Final = "万萬"
# No number in words has so many letters.
_NO_WORD: Final = 80


@dataclass(slots=True)
class _Table:
    """Words by value; stems that take any ending; and the words that work on others."""

    values: dict[str, float] = field(default_factory=dict)
    stems: dict[str, float] = field(default_factory=dict)
    roles: dict[str, set[str]] = field(default_factory=dict)

    def has(self, role: str, word: str) -> bool:
        return word in self.roles.get(role, ())


def numbered(folded: str, language: str | None) -> str:
    """A folded sentence with East Asian numerals as digits, and words that are two made one."""
    if language in {"zh", "ja"}:
        return _HAN.sub(lambda found: str(_han(found[0])), folded)
    if language == "ar":
        return _arabic(folded)
    if language in {"ru", "uk"}:
        folded = _A_HUNDRED.sub(" 100", folded)
    return _APOSTROPHE.sub("", folded) if language == "uk" else folded


def _arabic(folded: str) -> str:
    plain = _ELEVEN.sub("11", _TEENTH.sub(" ", folded)) if "عشر" in folded else folded
    plain = _TWELVE.sub(r"\1اثنا عشر", plain)
    plain = _AND_ONE.sub(lambda found: found[1] + _TENS[found[2]], plain)
    return _THE_HUNDRED.sub(lambda found: found[1] + found[2].replace(" وال", " و"), plain)


def numbers(folded: str, language: str | None) -> list[str]:
    """The words of a folded sentence, its numbers in words as digits; a comma ends a number."""
    plain = numbered(folded, language)
    return [word for clause in _CLAUSE.split(plain) for word in digits(split(clause), language)]


def has_words(language: str) -> bool:
    """Whether the list has the number words of a language."""
    return language in _tables()


def digits(words: Sequence[str], language: str | None) -> list[str]:
    """Folded words with each number written in words of that language as one word of digits."""
    table = _tables().get((language or "").split("-")[0])
    if table is None:
        return list(words)
    found: list[str] = []
    at = 0
    while at < len(words):
        value, after = _number(words, at, table)
        if value > 1 and value == int(value):
            found.append(str(int(value)))
            at = after
        else:
            found.append(words[at])
            at += 1
    return found


def _number(words: Sequence[str], start: int, table: _Table) -> tuple[float, int]:
    """The number that begins there and the position behind it; 0 where none does."""
    total = group = 0.0
    at = end = start
    while at < len(words):
        word = words[at]
        value = _value(word, table)
        begun = at > start
        if value and _fits(value, group):
            group += value
        elif value == 20 and group == 4 and table.has("and", "et"):
            group = 80  # quatre-vingts
        elif begun and table.has("ones", word) and group % 10 == 0 and group >= 20:
            group += 1
        elif begun and 1 < group % 100 < 10 and table.has("teen", word):
            group += 10
        elif begun and 1 < group % 100 < 10 and table.has("ten", word):
            group += group % 100 * 9
        elif table.has("hundred", word) and group < 10:
            group = max(group, 1) * 100
        elif table.has("thousand", word) and group:
            total, group = total + group * 1000, 0
        elif table.has("alone", word) and not group and not total:
            total = 1000
        elif begun and group and table.has("half", word):
            group += 0.5
        elif word.isdecimal() and not begun and len(word) < 4 and _multiplied(words, at, table):
            group = int(word)
        elif begun and table.has("and", word):
            at += 1
            continue
        else:
            break
        at += 1
        end = at
    if end == start + 1 and table.has("weak", words[start]):
        return 0, start
    if end == start + 1 and words[start].isdigit():
        return 0, start
    return total + group, end


def _multiplied(words: Sequence[str], at: int, table: _Table) -> bool:
    return any(table.has("thousand", word) for word in words[at + 1 : at + 2])


def _fits(value: float, group: float) -> bool:
    """Whether a part may follow what stands: hundreds, tens, ones; and soixante-dix."""
    if not group:
        return True
    if group >= 100 and group % 100 == 0:
        return value < 100
    rest = group % 100
    if value < 10:
        return rest >= 10 and rest % 10 == 0
    return rest in {60, 80} and 10 <= value < 20


def _value(word: str, table: _Table) -> float:
    if word in table.values:
        return table.values[word]
    for stem, value in table.stems.items():
        if word.startswith(stem) and len(word) <= len(stem) + 3:
            return value
    return _joined(word, table) if "within" in table.roles and 6 < len(word) < _NO_WORD else 0


def _joined(word: str, table: _Table) -> float:
    """A number written as one word: fünfundneunzig, zweihundertzwölf, novantuno."""
    parts: dict[str, tuple[str, float]] = {
        name: ("value", value) for name, value in table.values.items()
    }
    parts |= dict.fromkeys(table.roles.get("ones", ()), ("one", 1))
    parts |= dict.fromkeys(table.roles.get("hundred", ()), ("hundred", 100))
    parts |= dict.fromkeys(table.roles.get("thousand", ()), ("thousand", 1000))
    parts |= dict.fromkeys(table.roles["within"], ("and", 0))
    total = group = 0.0
    rest = word
    while rest:
        name = max((each for each in parts if rest.startswith(each)), key=len, default="")
        if not name:
            return 0
        rest = rest.removeprefix(name)
        role, value = parts[name]
        if role == "hundred":
            group = max(group, 1) * 100
        elif role == "thousand":
            total, group = total + max(group, 1) * 1000, 0
        else:
            group += value
    return total + group


def _han(run: str) -> int:
    total = group = digit = 0
    for sign in run:
        if sign in _HAN_DIGITS:
            digit = _HAN_DIGITS[sign]
        elif sign in _TEN_THOUSAND:
            total, group, digit = total + (group + digit) * 10_000, 0, 0
        else:
            group += (digit or 1) * _HAN_STEPS[sign]
            digit = 0
    return total + group + digit


@cache
def _tables() -> Mapping[str, _Table]:
    """The shipped list."""
    text = fold(files("monitor.story").joinpath("numbers.txt").read_text(encoding="utf-8"))
    tables: dict[str, _Table] = {}
    table = _Table()
    for line in text.splitlines():
        if line.startswith("["):
            table = tables[line.strip("[]")] = _Table()
        elif line and not line.startswith("#"):
            name, _, written = line.partition(":")
            for word in written.split():
                if not name[0].isdigit():
                    table.roles.setdefault(name, set()).add(word)
                elif word.endswith("*"):
                    table.stems[word[:-1]] = float(name)
                else:
                    table.values[word] = float(name)
    return tables
