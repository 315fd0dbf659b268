"""The days that a sentence names: of the week, and of a month; names of both are CLDR's.

A day is written as `w0` (Monday) to `w6`, as `05-09` or, where the month is not said,
as `-09`; a year as `y2028`. Which day of which year that was is a matter of when the article was published.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from babel import Locale, UnknownLocaleError

from monitor.identify.wording import folded
from monitor.text.arabic import fold
from monitor.text.words import UNSPACED

# East Asia writes the month as a number: 5月9日, 5월 9일; its day alone is of this month.
_NUMBERED: Final = re.compile(
    r"(?<!\d)(?:(\d{1,2})\s?[月월]\s?)?(\d{1,2})\s?[日号號일](?![간間本後후])"
)
_DAY_SIGN: Final = re.compile("[日号號일]")
# Vietnamese: ngày 9/5, ngày 9-5, ngày 9 tháng 5.
_VIETNAMESE: Final = re.compile(r"ngay (\d{1,2})(?:\s?[/-]\s?| thang )(\d{1,2})(?!\d)")
# Words between a day and its month: 9 de mayo, 9 من مايو, 9th of May.
_BETWEEN: Final = frozenset(("de", "of", "من", "th", "st", "nd", "rd", "the", "er", "o", "و"))
# A name of this length is known with another ending as well: в среду, w środę.
_STEM: Final = 4
# Their names have no endings: السبب (the reason) is no السبت (Saturday). And "among" is no Wednesday.
_WITHOUT_ENDINGS: Final = frozenset(("ar", "fa", "he", "ur", "ckb"))
_NO_DAY: Final = frozenset(("среди",))
# Words that are another thing as often: Turkish market, Urdu week, a saint.
_AMBIGUOUS: Final = frozenset(("pazar", "هفته", "پير", "sali"))
_ATTACHED: Final = "وفبلב"
_UNSPACED: Final = re.compile(f"[{UNSPACED}]")
# Persian writes its weekdays as one word or as two.
_SHANBE: Final = "شنبه"
# 2000 is a count.
_YEAR: Final = re.compile(r"20(?<![\d.,]20)(?!00)\d\d(?![\d.,])")
_DAYS_OF_MONTH: Final = range(1, 32)


@dataclass(frozen=True, slots=True)
class _Names:
    """Names of a language, folded, with the numbers of the months and days.

    Of weekdays the first word leads to the rest; `stems` are of one word, without its end.
    `hint` finds a word of a text that may begin with any of them: most sentences have none.
    """

    months: Mapping[str, int]
    weekdays: Mapping[str, Sequence[tuple[tuple[str, ...], int]]]
    stems: Mapping[str, int]
    hint: re.Pattern[str]


def days(sentence: str, language: str | None) -> tuple[str, ...]:
    """The days that a sentence names, each once, in the order of their kinds."""
    plain = fold(sentence)
    found = list[str]()
    if _DAY_SIGN.search(plain):
        found += [_written(month, day) for month, day in _NUMBERED.findall(plain)]
    if language == "vi":
        found += [_written(month, day) for day, month in _VIETNAMESE.findall(plain)]
    names = _names((language or "").split("-")[0])
    if names is not None and names.hint.search(plain):
        words = folded(sentence)
        found += _dates(words, names.months)
        found += [f"w{day}" for day in _weekdays(words, names)]
    found += [f"y{year}" for year in _YEAR.findall(plain)]
    return tuple(dict.fromkeys(day for day in found if day))


def resolved(named: Collection[str], when: date) -> frozenset[int]:
    """The ordinals of the days that an article of that day means.

    A weekday is the last one, a date the nearest: its year is seldom written. A year that
    is still to come is its last day; another is none.
    """
    return frozenset(filter(None, (_ordinal(day, when) for day in named)))


def _ordinal(named: str, when: date) -> int | None:
    if named.startswith("w"):
        return when.toordinal() - (when.weekday() - int(named[1:])) % 7
    if named.startswith("y"):
        year = int(named[1:])
        return date(year, 12, 31).toordinal() if year > when.year else None
    month, _, day = named.partition("-")
    near = [
        made
        for at in (-1, 0, 1)
        if (made := _made(when, at, int(month) if month else None, int(day))) is not None
    ]
    return min(near, key=lambda made: abs(made - when).days).toordinal() if near else None


def _made(when: date, at: int, month: int | None, day: int) -> date | None:
    """That day in the year (in the month, where none is said) before, of or after `when`."""
    try:
        if month:
            return date(when.year + at, month, day)
        return (when.replace(day=15) + timedelta(days=30 * at)).replace(day=day)
    except (ValueError, OverflowError):
        return None


def _written(month: str, day: str) -> str:
    if int(day) not in _DAYS_OF_MONTH or (month and not 1 <= int(month) <= 12):
        return ""
    return f"{int(month):02}-{int(day):02}" if month else f"-{int(day):02}"


def _dates(words: Sequence[str], months: Mapping[str, int]) -> Iterator[str]:
    for at, word in enumerate(words):
        if not (word.isdecimal() and len(word) <= 2 and int(word) in _DAYS_OF_MONTH):
            continue
        behind = [each for each in words[at + 1 : at + 4] if each not in _BETWEEN][:1]
        before = words[max(0, at - 1) : at]
        for near in (*behind, *before):
            month = _month(near, months)
            if month:
                yield _written(str(month), word)
                break


def _month(word: str, months: Mapping[str, int]) -> int | None:
    found = months.get(word) or months.get(word.lstrip(_ATTACHED))
    if found or len(word) <= _STEM:
        return found
    return next(
        (n for name, n in months.items() if len(name) > _STEM and word.startswith(name[:-1])), None
    )


def _weekdays(words: Sequence[str], names: _Names) -> Iterator[int]:
    free = 0
    for at, word in enumerate(words):
        if at < free:
            continue
        bare = word.lstrip(_ATTACHED)
        for form in (word, bare) if bare != word else (word,):
            day, length = _weekday(form, words, at, names)
            if length:
                free = at + length
                yield day
                break


def _weekday(form: str, words: Sequence[str], at: int, names: _Names) -> tuple[int, int]:
    """The weekday whose name begins there and the number of its words; no words where none does."""
    for rest, day in names.weekdays.get(form, ()):
        if tuple(words[at + 1 : at + 1 + len(rest)]) == rest:
            return day, 1 + len(rest)
    stem = form[:-1]
    return (names.stems[stem], 1) if stem in names.stems and form not in _NO_DAY else (0, 0)


@cache
def _names(language: str) -> _Names | None:
    """The names of a language that CLDR knows; None for another."""
    try:
        locales = [Locale.parse(language)]
        also = [Locale.parse("ar_LB")] if language == "ar" else []
        if language == "ar":
            locales += [Locale.parse("ar_DZ"), Locale.parse("ar_MA")]
    except (UnknownLocaleError, ValueError):
        return None
    months: dict[str, int] = {}
    weekdays: dict[tuple[str, ...], int] = {}
    for locale in locales:
        for width in ("wide", "abbreviated"):
            for number, name in locale.months["format"][width].items():
                plain = folded(name)
                if len(plain) == 1 and not plain[0].isdigit() and len(plain[0]) > 2:
                    months.setdefault(plain[0], number)
        for number, name in locale.months["stand-alone"]["wide"].items():
            plain = folded(name)
            if language not in _WITHOUT_STANDING and len(plain) == 1:
                months.setdefault(plain[0], number)
        for number, name in locale.days["format"]["wide"].items():
            form = tuple(folded(name))
            if language == "fa" and len(form) == 1 and form[0].endswith(_SHANBE):
                first = form[0].removesuffix(_SHANBE)
                weekdays |= {(first, _SHANBE): number} if first else {}
            if not _AMBIGUOUS.issuperset(form):
                weekdays.setdefault(form, number)
    firsts: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    # The longest first: "شنبه" alone is Saturday, behind another word it is not.
    for (first, *rest), number in sorted(weekdays.items(), key=lambda each: -len(each[0])):
        firsts.setdefault(first, []).append((tuple(rest), number))
    stems = {
        name[0][:-1]: number
        for name, number in weekdays.items()
        if len(name) == 1 and len(name[0]) > _STEM and language not in _WITHOUT_ENDINGS
    }
    written = [fold(name) for locale in (*locales, *also) for name in _written_names(locale)]
    begun = {name.split()[0] for name in (*written, *months)}
    told = {*firsts, *stems, *(name[:-1] if len(name) > _STEM else name for name in begun)}
    any_of = "|".join(map(re.escape, sorted(told)))
    # A letter before it is attached, or the word is another; words of some scripts stand unparted.
    begins = "" if _UNSPACED.search(any_of) else rf"(?<![^\W\d_])[{_ATTACHED}]*"
    return _Names(months, firsts, stems, re.compile(f"{begins}(?:{any_of})"))


def _written_names(locale: Locale) -> Iterator[str]:
    for names in (locale.months["format"], locale.days["format"]):
        for width in ("wide", "abbreviated"):
            yield from names[width].values()


# Babel answers with another locale's names for these.
_WITHOUT_STANDING: Final = frozenset(("tr", "ku", "ko", "ja", "hi", "bn", "hu"))
