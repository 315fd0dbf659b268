"""What outlets write in more ways than one, and no fact hangs on: hours, thousands, measures, scripts.

Works on folded text, before it is cut into words, and for the comparison of two
printings only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

_IN_HUNDRED: Final = " بالميه "
_PERCENT: Final = (
    r"%|(?:\bفي ال|\bبال)(?:ميه|مايه)\b|\bper ?cento?\b|\bpour cent\b|\bpor cien(?:to)?\b|\bpor cento\b|\bpct\b|\bprozent\b"
    r"|\bпроцент(?:а|ов|ы|ам|ами|ах)?\b|\bвідсот(?:ок|ки|ка|ків)\b|\bproc(?:ent(?:a|u)?)?\b\.?|\bpersen\b|\byuzde\b"
    r"|\bدرصد\b|\bفيصد\b|(?<=\d )في صد\b|\bאחוז(?:ים)?\b|퍼센트"
)
# 7:15, 7h15, 7 h 15 are 7.15.
_HOUR: Final = re.compile(r"(?<![\d:.,])([01]?\d|2[0-3])(?::| ?h ?)([0-5]\d)(?![\d:]|[.,]\d)")
# 1 400 is 1400, but no four digits before it, nor any other number beside it.
_THOUSANDS: Final = re.compile(
    r"(?<![\d.,:/-])(?<!\d )([1-9]\d{0,2})((?: \d{3})+)(?! ?\d|[.,:/-]\d)"
)
_SQUARE: Final = (
    r"(?<![^\W\d_]) ?(?:[mм]2|mq|qm|кв\.? ?м(?:етр\w*)?|metres? carres?|metri quadr\w+|metros (?:cuadrados|quadrados)"
    r"|metr\w+ kwadratow\w+|quadratmetern?|square met(?:er|re)s?|متر ?مربع\w?|метр\w+ квадрат\w+|квадрат\w+ метр\w*"
    r"|meter persegi|metrekare)(?![a-zа-я])|平方米|平方公尺|平方メートル|제곱미터"
)
_CUBIC: Final = (
    r"(?<![^\W\d_]) ?(?:[mм]3|cbm|куб\.? ?м(?:етр\w*)?|metres? cubes?|metri cubi|metros cubicos|metr\w+ szescienn\w+"
    r"|kubikmetern?|cubic met(?:er|re)s?|متر ?مكعب\w?|кубическ\w+ метр\w*|кубометр\w*)(?![a-zа-я])|(?<=\d) ?mc\b"
    r"|立方米|立方公尺|立方メートル|세제곱미터"
)
_SQUARE_METRES: Final = " metres square "
_CUBIC_METRES: Final = " metres cubic "
# Half an hour in one word or more, as minutes.
_HALF_HOUR: Final = {
    "полчаса": "30 минут", "півгодини": "30 хвилин", "pol godziny": "30 minut", "half an hour": "30 minutes",
    "media hora": "30 minutos", "meia hora": "30 minutos", "mezz'ora": "30 minuti", "mezzora": "30 minuti",
    "demi-heure": "30 minutes", "halbe stunde": "30 minuten", "halben stunde": "30 minuten",
    "halbstunde": "30 minuten", "yarim saat": "30 dakika", "نصف ساعه": "30 دقيقه", "نيم ساعت": "30 دقيقه",
    "ادهے گهنٹے": "30 منٹ", "חצי שעה": "30 דקות", "半小时": "30分钟", "半个小时": "30分钟", "半個小時": "30分钟",
    "半小時": "30分钟", "반시간": "30분", "setengah jam": "30 menit", "half uur": "30 minuten",
}  # fmt: skip
# By scripts, of which a letter is looked for first: one of these stands in whatever the patterns
# for shares, halves and measures find.
_MARKS: Final = (
    (
        re.compile("[a-z%]"),
        (
            "%", "cent", "por cien", "pct", "prozent", "proc", "persen", "yuzde", "pol g", "half", "media h", "meia",
            "mezz", "demi", "halb", "yarim", "setengah", "m2", "mq", "qm", "carre", "quadr", "cuadra", "square",
            "persegi", "metrekare", "kwadrat", "m3", "cbm", "mc", "cub", "szescienn", "kubik", "belas", "puluh", "ratus",
        ),
    ),
    (re.compile("[а-я]"), ("процент", "відсот", "пол", "пів", "м2", "м3", "кв", "куб")),
    (
        re.compile("[\u0621-\u06d3]"),
        ("الميه", "المايه", "درصد", "فيصد", "في صد", "نصف ساعه", "نيم ساعت", "ادهے", "مربع", "مكعب"),
    ),
    (re.compile("[א-ת]"), ("אחוז", "חצי")),
    (re.compile("[\u3040-\u9fff가-힣]"), ("퍼센트", "半", "반시", "平方", "立方", "제곱")),
)  # fmt: skip
# Swiss thousands; p.m.; a sum with its step behind it: £1.3m.
_APOSTROPHES: Final = re.compile(r"(?<=\d)'(?=\d{3}(?!\d))")
# Ukrainian five and nine, which their apostrophe parts: as numbers.txt has them.
_FIVE_AND_NINE: Final = re.compile(
    r"\b(п|дев)'я(ть|ти|тьох|тнадцять|тнадцяти|тдесят|тдесяти|тсот|носто)\b"
)
_HALF_DAY: Final = re.compile(r"\b([ap])\. ?m\b\.?")
_STEPS: Final = {
    "m": "million",
    "mn": "million",
    "bn": "billion",
    "tn": "trillion",
    "k": "thousand",
}
_STEPPED: Final = re.compile(r"([£$€] ?\d+(?:[.,]\d+)?) ?(m|mn|bn|tn|k)\b")
# Thousands of Spanish: 2 mil 500, mil 600; thousand millions of Portuguese.
_MIL: Final = re.compile(r"(?:\b([1-9]\d{0,2}) )?\bmil (\d{3})\b(?![.,]\d)")
_MILLIARDS: Final = re.compile(r"\bmil milho?es\b")
# Tens and one, which by itself is seldom a number.
_AND_ONE: Final = re.compile(
    r"\b(?:(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ]one"
    r"|(двадцать|тридцать|сорок|пятьдесят|шестьдесят|семьдесят|восемьдесят|девяносто) (?:один|одн[аоу]|одного|одной))\b"
)
_TENS: Final = {
    "twenty": "21", "thirty": "31", "forty": "41", "fifty": "51", "sixty": "61", "seventy": "71", "eighty": "81",
    "ninety": "91", "двадцать": "21", "тридцать": "31", "сорок": "41", "пятьдесят": "51", "шестьдесят": "61",
    "семьдесят": "71", "восемьдесят": "81", "девяносто": "91",
}  # fmt: skip
_CLOCK: Final = re.compile(r"\d(?::| ?h) ?[0-5]\d")
_SPACED: Final = re.compile(r"\d \d{3}")
# Indonesian joins what other languages write as one word: dua belas, 12.
_JOINED: Final = re.compile(
    r"\b(dua|tiga|empat|lima|enam|tujuh|delapan|sembilan) (belas|puluh|ratus)\b"
)
# Full-width figures have it for a point: ０・７５.
_MIDDLE_DOT: Final = "・"
_POINT: Final = re.compile(r"(?<=\d)・(?=\d)")
_HAN: Final = re.compile("[\u3400-\u9fff]")


def _scripts() -> Mapping[str, str]:
    """Traditional Chinese signs and the simplified ones for them, from `han.txt`."""
    text = files("monitor.identify").joinpath("han.txt").read_text(encoding="utf-8")
    pairs = "".join(line for line in text.splitlines() if not line.startswith("#")).replace(" ", "")
    return dict(zip(pairs[::2], pairs[1::2], strict=True))


_SIMPLER: Final = _scripts()
_TRADITIONAL: Final = frozenset(_SIMPLER)


@cache
def _compiled() -> tuple[re.Pattern[str], ...]:
    """The patterns for shares and measures, whose making takes longer than most texts."""
    return re.compile(_PERCENT), re.compile(_SQUARE), re.compile(_CUBIC)


def spelt(text: str) -> str:
    """Folded text with its percentages, hours, thousands, areas, volumes and Chinese signs in one form."""
    if _CLOCK.search(text):
        text = _HOUR.sub(r"\1.\2", text)
    if _MIDDLE_DOT in text:
        text = _POINT.sub(".", text)
    if _SPACED.search(text):
        text = _THOUSANDS.sub(lambda found: found[0].replace(" ", ""), text)
    if _HAN.search(text):
        text = simpler(text)
    text = _numbered(text)
    if any(
        letters.search(text) and any(mark in text for mark in marks) for letters, marks in _MARKS
    ):
        percent, square, cubic = _compiled()
        text = percent.sub(_IN_HUNDRED, text)
        for half, minutes in _HALF_HOUR.items():
            text = text.replace(half, minutes)
        text = cubic.sub(_CUBIC_METRES, square.sub(_SQUARE_METRES, text))
        text = _JOINED.sub(r"\1\2", text)
    return text


def _numbered(text: str) -> str:
    """Folded text with sums, thousands and tens in the form in which numbers are read elsewhere."""
    if "'" in text:
        text = _FIVE_AND_NINE.sub(r"\1ъя\2", _APOSTROPHES.sub("", text))
    if ".m" in text or ". m" in text:
        text = _HALF_DAY.sub(r"\1m", text)
    if any(sign in text for sign in "£$€"):
        text = _STEPPED.sub(lambda found: f"{found[1]} {_STEPS[found[2]]}", text)
    if "mil " in text:
        text = _MILLIARDS.sub("bilhoes", text)
        text = _MIL.sub(lambda found: f"{found[1] or 1}{found[2]}", text)
    if "y-one" in text or "y one" in text or " од" in text:
        text = _AND_ONE.sub(lambda found: _TENS[found[1] or found[2]], text)
    return text


def simpler(text: str) -> str:
    """Text with each traditional Chinese sign as the simplified one."""
    for sign in _TRADITIONAL.intersection(text):
        text = text.replace(sign, _SIMPLER[sign])
    return text
