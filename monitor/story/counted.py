"""The figures of a sentence, each with what it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from monitor.identify.figures import MULTIPLIERS, figures
from monitor.story.lexicon import Lexicon
from monitor.story.numbers import has_words, numbers
from monitor.text.arabic import fold

Figure = tuple[str, int]

# What can be counted, by the names of aliases.txt; the surer kind first where two stand near.
_KINDS: Final = ("captivity", "casualties", "demining", "troops")
# Words behind and before a figure that may say what it counts.
_BEHIND: Final = 6
_BEFORE: Final = 3
# A smaller number is a day or an age unless the thing counted follows at once.
_SMALL: Final = 32
_AT_ONCE: Final = 3
# In Arabic what befell so many may stand right before the number and nothing behind it (إصابة 12),
# unless it is a time or a share.
_BEFELL: Final = ("captivity", "casualties")
_NO_PERSONS: Final = frozenset(
    fold(
        "يوم يوما أيام ساعة ساعات دقيقة دقائق أسبوع أسبوعا أسابيع شهر شهرا أشهر سنة سنوات عام عاما أعوام"
        " مرة مرات بالمئة بالمائة كيلومتر كيلومترا كيلومترات كم"
    ).split()
)
# In East Asia what is counted stands before the number, and one of these behind it.
_COUNTERS: Final = tuple("人名명")
_YEARS: Final = range(1900, 2100)
_DECIMAL: Final = re.compile(r"(\d{1,15})[.,](\d{1,2})")
# A number beside one of these is a unit's, and before one of those a date.
_UNIT_NAMES: Final = (
    "brigad бригад لواء كتيبه فوج فرقه tugay tabur alay regiment полк батальон battalion batallon "
    "bataillon division дивизи korps regimi rykment resimen ezred dandar brygad pulk pluk корпус فيلق "
    "여단 사단 군단 연대 대대 旅 师 師 团 團 軍団 军团 連隊 大隊 لشكر تيپ גדוד חטיב"
)
_UNITS: Final = tuple(_UNIT_NAMES.split())
# So far behind the name of a unit a number is its own (لواء مشاة البحرية 155), unless what
# follows is counted by it.
_NAMED: Final = 4
# Behind the name of a maker of planes a number is the type.
_PLANES: Final = (
    "ilyushin antonov tupolev sukhoi mig اليوشن ايليوشن انتونوف توبوليف سوخوي ميغ ميج ил ан ту"
)
_MAKERS: Final = frozenset(_PLANES.split())
# What makes a number an ordinal; a smaller one may count units.
_ENDINGS: Final = "st nd rd th и й я го ва та ма ша га ї і ій ою te ste er e eme a o"
_ORDINAL: Final = frozenset(_ENDINGS.split())
_FEW_UNITS: Final = 12
# Before an ending that is no word of its own, or as a calibre, a number counts nothing.
_NO_COUNTS: Final = frozenset(
    ("st", "nd", "rd", "th", "й", "я", "го", "му", "mm", "мм", "ملم", "مم")
)
_MILLIMETRES: Final = ("millim", "миллим", "мілім", "milim", "مليمتر", "ミリ", "毫米", "밀리")
_DATES: Final = tuple("日月年時时일월년시세살歳岁")
_SMALL_NUMBERS: Final = {
    name: str(value)
    for value, names in (
        (2, "deux zwei dos due dois два две двух двое двоих два двох iki دو hai dwa dwaj dwoch twee dva doi ketto tva שני שתי δυο 两名 दो দুই"),
        (3, "trois drei tres tre três три трех троих трьох uc سه ba trzy trzech trzej tri trei harom שלושה שלוש τρεις तीन তিন"),
        (4, "quatre vier cuatro quattro quatro четыре четырех чотири dort چهار cztery czterech ctyri patru negy fyra ארבעה τεσσερις चार চার"),
        (5, "cinq funf cinco cinque пять п'ять bes پنج piec pieciu vijf cinci fem חמישה πεντε पांच পাঁচ"),
        (6, "seis sei sechs шесть шість alti شش szesc sase hat שישה εξι छह ছয়"),
        (7, "sept sieben siete sette sete семь сім yedi هفت siedem zeven sapte שבעה επτα सात সাত"),
        (8, "huit acht ocho otto oito восемь вісім sekiz هشت osiem opt שמונה οκτω आठ আট"),
        (9, "neun nueve nove neuf девять дев'ять dokuz نه dziewiec negen noua תשעה εννεα नौ নয়"),
        (10, "dix zehn diez dieci dez десять десяти on ده dziesiec zece עשרה δεκα दस দশ"),
        (11, "onze elf once undici одиннадцать одинадцять"), (12, "douze zwolf doce dodici двенадцать двенадцати дванадцять дванадцяти dwanascie twaalf doisprezece"),
        (13, "treize dreizehn trece"), (14, "quatorze vierzehn catorce"), (15, "fifteen quinze funfzehn quince пятнадцать"),
        (17, "seventeen siebzehn"), (18, "eighteen achtzehn восемнадцать вісімнадцять"), (19, "nineteen neunzehn"),
        (20, "vingt zwanzig veinte venti vinte двадцать двадцяти двадцять yirmi بيست dwadziescia twintig"),
        (30, "trente dreissig treinta trenta trinta тридцать тридцять otuz سي trzydziesci dertig"),
        (40, "quarante vierzig cuarenta quaranta quarenta сорок сорока kirk چهل czterdziesci veertig"),
        (50, "cinquante funfzig cincuenta cinquanta cinquenta пятьдесят п'ятдесят elli پنجاه"),
        (100, "cent hundert cien cento cem сто yuz صد sto honderd"),
    )
    for name in names.split()
}  # fmt: skip
# What a thousand behind one of these counts nobody knows: tens of thousands.
_VAGUE_WORDS: Final = (
    "tens dozens hundreds zehntausende dizaines centaines decenas dezenas centinaia decine "
    "десятки десятков десятками сотни сотен onlarca yuzlerce dziesiatki setki tientallen "
    "honderden zeci sute desitky stovky hang chuc puluhan ratusan عشرات مئات ميات بضعه دهها صدها"
)
_VAGUE: Final = frozenset(_VAGUE_WORDS.split())
# A plural before which no number stands: thousands of them.
_PLURALS: Final = frozenset(
    ["الاف", "الافا", "ملايين", "тысячи", "тысяч", "тысячами", "тисячі", "тисяч", "тисячами"]
)
# In these languages a space parts the thousands: 7 500.
_SPACE: Final = "be bg cs da et fi fr hu lt lv nb nn no pl pt ru sk sv uk"
_SPACED: Final = frozenset(_SPACE.split())
_THREE: Final = re.compile(r"(?<![\d.,])(\d{1,3})[ \u00a0\u202f](\d{3})(?![\d.,]*\d)")
# "Two soldiers", "the two soldiers" in one Arabic word.
_TWO_OF: Final = re.compile("[وف]?(?:[بك]?ال|لل|[بلك])?(?:جندي|اسير|قتيل|جريح)(?:ين|ان)")
# Languages in which number words of others are other words: صد, tri.
_OWN_WORDS: Final = frozenset(("ar", "en", "vi"))
# Persian "column" is Arabic sixty.
_OTHER_WORDS: Final = {"fa": "ستون", "ur": "ستون"}
# The type of a plane, a tank or a missile is written with a capital: Il-76, Ил-76, KN-23.
_TYPE: Final = re.compile(r"(?<![^\W\d_])[A-ZА-ЯІ][A-Za-zА-Яа-яІі]{0,8}-\d{1,3}(?![\d.,]*\d)")
# Words that are numbers only before a thousand, being common words as well.
_WORDS_TOO: Final = "نه ده دو سه سي on sei uc ba hai bes hat once cent sto elli kirk yuz opt"
# Stands where a word is no number.
_NO_NUMBER: Final = "-"
_ONLY_BEFORE: Final = frozenset(_WORDS_TOO.split())
_REMEMBERED: Final = 20_000
_THOUSANDS: Final = frozenset(("هزار", "bin", "nghin", "ngan", "mila"))


def counted(sentence: str, lexicon: Lexicon, language: str | None = None) -> list[Figure]:
    """The figures as (kind, value); kind is empty where nothing near says what is counted.

    A small number without a kind is a day or an age as often as a count: `telling`. Number
    words are read in the language that is given, and some short lists in every one.
    """
    plain = _TYPE.sub(" ", sentence) if "-" in sentence else sentence
    short = (language or "").split("-")[0]
    if short in _SPACED:
        plain = _THREE.sub(r"\1\2", plain)
    read = figures(_plain(numbers(fold(plain), language), short))
    found: list[Figure] = []
    for at, word in enumerate(read):
        if not word.isdecimal() or len(word) > 9:
            continue
        value = int(word)
        if at and read[at - 1] in _VAGUE:
            continue
        behind, before = read[at + 1 : at + 1 + _BEHIND], read[max(0, at - _BEFORE) : at]
        named = read[max(0, at - _NAMED) : at]
        if _no_count(value, behind, before) or (
            _is_unit(named) and not _counts_next(behind, lexicon)
        ):
            continue
        if value < _SMALL:
            counter = behind[0][0] if behind else ""
            kind = _kind(before if counter in _COUNTERS else behind[:_AT_ONCE], lexicon)
            if short == "ar" and kind not in _BEFELL and _NO_PERSONS.isdisjoint(behind[:1]):
                befell = _kind(before[-1:], lexicon)
                kind = befell if befell in _BEFELL else kind
        else:
            kind = _kind(behind, lexicon) or _kind(before, lexicon)
        found.append((kind, value))
    return list(dict.fromkeys(found))


def telling(figure: Figure) -> bool:
    """Whether a figure is surely a count of something."""
    kind, value = figure
    return value >= _SMALL or (bool(kind) and value > 1)


def _no_count(value: int, behind: Sequence[str], before: Sequence[str]) -> bool:
    """Whether a number is a year, a date, an age or the number of a unit."""
    words = [word for word in behind if word not in _ORDINAL]
    if behind and (behind[0] in _NO_COUNTS or behind[0].startswith(_MILLIMETRES)):
        return True
    if value in _YEARS and value % 50:
        return True
    if words and words[0].startswith(_DATES) and value < _YEARS.start:
        return True
    ordinal = words[:1] != behind[:1] or before[-1:] in (["제"], ["第"])
    if any(word.startswith(_UNITS) for word in words[: _AT_ONCE if ordinal else 1]):
        return ordinal or value > _FEW_UNITS
    if before and _names_unit(before[-1]):
        return True
    return bool(before) and not _MAKERS.isdisjoint((before[-1], before[-1].removeprefix("ال")))


def _is_unit(before: Sequence[str]) -> bool:
    """Whether these end in the full name of a unit: لواء مشاة البحرية, regimiento de asalto."""
    full = before[-1:] and (
        before[-1].startswith("ال") or before[-2:-1] in (["de"], ["di"], ["da"])
    )
    named = [at for at, word in enumerate(before) if _names_unit(word)]
    return bool(full and named) and not any(map(str.isdecimal, before[named[-1] :]))


def _counts_next(behind: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether the next word is what is counted: in Arabic it has no article."""
    next_ = bool(behind) and not behind[0].startswith(("ال", "بال", "لل"))
    return next_ and bool(_kind(behind[:1], lexicon))


def _names_unit(word: str) -> bool:
    return word.removeprefix("ال").removeprefix("لل").startswith(_UNITS)


def _kind(near: Sequence[str], lexicon: Lexicon) -> str:
    mentions = lexicon.find(" ".join(near))
    named = {name for mention in mentions for name in mention.concepts}
    return next((kind for kind in _KINDS if kind in named), "")


def _plain(words: Sequence[str], language: str) -> list[str]:
    """Number words of more languages as digits, and Arabic ones without a particle."""
    other = _OTHER_WORDS.get(language)
    if not any(map(_may_count, words)) and other not in words:
        return list(words)
    found: list[str] = []
    own = language in _OWN_WORDS or has_words(language)
    for at, word in enumerate(words):
        if not _may_count(word) and word != other:
            found.append(word)
            continue
        before = words[at - 1] if at else ""
        if word == other or (word.removeprefix("و") in _PLURALS and not _counts(found[-1:])):
            found.append(_NO_NUMBER)
            continue
        if word in MULTIPLIERS and (decimal := _DECIMAL.fullmatch(before)):
            # 1,8 thousand are eighteen hundred.
            whole, part = decimal.groups()
            found[-1] = str(int(whole + part) * MULTIPLIERS[word] // 10 ** len(part))
            continue
        following = words[at + 1] if at + 1 < len(words) else ""
        if _TWO_OF.fullmatch(word):
            found += ["2", word]
        elif word in (() if own else _SMALL_NUMBERS) and (
            word not in _ONLY_BEFORE or following in _THOUSANDS
        ):
            found.append(_SMALL_NUMBERS[word])
        elif _is_number_behind(word):
            found.append(word[1:])
        else:
            found.append(word)
    return found


@lru_cache(maxsize=_REMEMBERED)
def _may_count(word: str) -> bool:
    """Whether a word is a number, or part of one, anywhere: most are not."""
    return (
        word.removeprefix("و") in _PLURALS
        or word in MULTIPLIERS
        or word in _SMALL_NUMBERS
        or _TWO_OF.fullmatch(word) is not None
        or _is_number_behind(word)
    )


def _is_number_behind(word: str) -> bool:
    """Whether an Arabic particle of one letter has a number in words behind it."""
    return word[0] in "بلك" and len(word) > 3 and figures([word[1:]])[0].isdigit()


def _counts(last: Sequence[str]) -> bool:
    """Whether the last word ends a number, in digits or in Arabic words."""
    return bool(last) and figures([last[0].removeprefix("و")])[0].isdigit()
