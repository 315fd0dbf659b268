"""Text cut into sentences and words, and words into light stems."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from monitor.text.arabic import fold
from monitor.text.memory import Memory, gathered

# Scripts written without spaces: a run of them gives overlapping pairs of letters.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
_UNSPACED = re.compile(f"[{UNSPACED}]")
_RUNS = re.compile(f"[{UNSPACED}]+|[^{UNSPACED}]+")
_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")
# Indic and Thai vowel signs are no letters to `re`, yet part of the word.
SIGNS = "[\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u0a01-\u0dff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]"
_SIGNS = re.compile(SIGNS)
_SIGNED_WORD = re.compile(rf"\d+(?:[.,]\d+)*|(?:[^\W\d_]|{SIGNS})+")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))|(?<=\d)\.(?=\d{3}(?!\d))")

# One class of letters in front, which `re` looks for much faster than for two that may begin.
# Marks of direction and blanks without width, which stand behind an end mark in many an Arabic text.
UNSEEN = "\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_END = re.compile(
    rf"[.!?؟۔।…。！？](?:(?<=[.!?؟۔।…])[.!?؟۔।…]*[\"'»”’)\]{UNSEEN}]*\s+[{UNSEEN}]*|(?<=[。！？])[。！？]*[」』”’）]*\s*)"
)
_ABBREVIATED = (
    "mr mrs ms dr prof gen col lt maj sgt capt adm cmdr sen rep gov st jr sr vs no nos inc ltd co corp "
    "jan feb mar apr jun jul aug sep sept oct nov dec u.s u.k u.n e.g i.e "
    "bzw ca etc usw z.b d.h hr fr mme mlle bld nr vgl sog sra ud uds "
    "г гг тыс млн млрд им ул т.е т.д ст см рр أ د م ص ج هـ ق"
)
_ABBREVIATIONS = frozenset(_ABBREVIATED.split())

# A word of a text as it is written: with its marks, and figures with their separators.
WORD = re.compile(r"\d+(?:[.,\u066b\u066c]\d+)*|[\w\u0300-\u036f\u064b-\u065f\u0670]+(?:['’]\w+)*")

# Written so often with a first letter that looks like an attached particle.
_KEEP_WAW = ("وكال", "وزير", "وزار", "وزرا", "وحد", "وفد", "وفود", "وثيق", "وثايق", "وساط", "وسيط", "وسايل", "وقف", "وقع", "وطن", "وصول", "وصل", "وصف", "وضع", "واشنطن", "واقع", "واضح", "واحد", "واسع", "وجود", "وجه", "ولاي", "ولد", "والد", "وقت", "وفيات", "وفاه", "وظيف", "وسط", "ورق", "ورش", "وعد", "وادي", "وارسو", "وبا", "وراء", "وفق")  # fmt: skip
_KEEP_BA = ("بوت", "بيون", "بيان", "بريطان", "بلينك", "بايدن", "بولند", "برلمان", "برلين", "برنامج", "برامج", "بلجيك", "بلغار", "باكستان", "برازيل", "بحري", "بحث", "بطول", "بطل", "بغداد", "بندق", "بيت", "بيض", "بنك", "بنوك", "بلاد", "بلد", "باريس", "باحث", "بعث", "بعض", "بداي", "بدا", "بضايع", "بروكسل", "برهان", "بوليس", "بوابه", "بنغازي", "بيروت", "بيانات", "بشر", "بكين", "بيلاروس", "بلومبرغ", "بودان", "بيتر")  # fmt: skip
_KEEP_LAM = ("ليبي", "لبنان", "لندن", "لوكاشينكو", "لافروف", "لجن", "لجان", "لقاء", "لقاءات", "لغه", "لغات", "لحظ", "لوحه", "ليتوان", "لاتفي", "لوكسمبورغ", "لاجي", "لوا", "لاعب", "لوبان", "لوسي", "لوموند")  # fmt: skip
_KEPT = {"ب": _KEEP_BA, "ل": _KEEP_LAM}
_KEEP_ALEF_LAM = frozenset(
    ("الله", "الف", "الفا", "الفي", "الان", "التي", "الذي", "الذين", "الالف", "الماس")
)
_ARABIC_SUFFIXES = (
    ("يتين", "ي", 3), ("يتان", "ي", 3), ("يات", "ي", 3), ("يين", "ي", 3), ("يون", "ي", 3),
    ("هما", "", 4), ("ها", "", 4), ("هم", "", 4), ("ات", "", 4), ("ون", "", 4), ("ين", "", 4),
    ("تين", "", 4), ("ان", "", 5), ("ه", "", 3),
)  # fmt: skip
_WHOLE = frozenset(
    ("فلسطين", "باكستان", "افغانستان", "اوزبكستان", "كازاخستان", "الله", "ارجنتين", "زيلينسكي")
)
# Longest first; what stands before must keep two syllables.
_KOREAN_PARTICLES = ("에서는", "에게서", "으로부터", "이라고", "으로", "에서", "에게", "에는", "까지", "부터", "이다", "라고", "이라", "처럼", "보다", "은", "는", "이", "가", "을", "를", "의", "에", "와", "과", "로", "도", "만")  # fmt: skip
_SNOWBALL = {
    "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "et": "estonian", "fi": "finnish", "fr": "french", "hu": "hungarian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "nl": "dutch", "no": "norwegian", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
    "tr": "turkish",
}  # fmt: skip
# Written in Arabic letters, with particles and endings of their own.
_UNSTEMMED = frozenset(("fa", "ur", "ps", "ku"))
# The languages of which `stem` knows more than by their letters.
STEMMED = _UNSTEMMED.union(_SNOWBALL)


def words(text: str) -> list[str]:
    """The folded words of a text in order, without punctuation.

    Numbers lose their thousands separators. Scripts without spaces (Han, kana,
    Thai…) give overlapping pairs of letters; Korean words keep their particles.
    """
    return list(gathered(_PIECES, text.split()))


def split(folded: str) -> list[str]:
    """`words` of text that is folded already."""
    found = (_SIGNED_WORD if _SIGNS.search(folded) else _WORD).findall(folded)
    if _UNSPACED.search(folded):
        found = [part for word in found for part in _pairs(word)]
    return [
        _GROUPED.sub("", word) if word[0].isdigit() and len(word) > 4 else word for word in found
    ]


def _pairs(word: str) -> list[str]:
    parts: list[str] = []
    for run in _RUNS.findall(word):
        if len(run) < 2 or not _UNSPACED.match(run):
            parts.append(run)
        else:
            parts.extend(run[at : at + 2] for at in range(len(run) - 1))
    return parts


def sentences(text: str) -> list[str]:
    """The sentences of a text, as they are written; a new line always ends one.

    A full stop after an initial, a day of the month or a common abbreviation ends
    none, nor does one before a small letter.
    """
    found: list[str] = []
    for line in text.split("\n"):
        start = 0
        for end in _END.finditer(line):
            if line[end.start()] != "." or _ends(line, start, end):
                found.append(line[start : end.end()].strip())
                start = end.end()
        found.append(line[start:].strip())
    return list(filter(None, found))


def _ends(text: str, start: int, end: re.Match[str]) -> bool:
    following = text[end.end() : end.end() + 1]
    if following.islower():
        return False
    before = text[start : end.start()].rsplit(None, 1)
    last = before[-1].strip("(«“\"'") if before else ""
    if not last:
        return False
    if last.isdigit():
        return len(last) > 2
    return not (len(last) == 1 and last.isalpha()) and last.casefold() not in _ABBREVIATIONS


# What stands between two spaces is cut for itself, whatever stands around it.
_PIECES = Memory(lambda piece: tuple(split(fold(piece))), 20_000)


@lru_cache(maxsize=20_000)
def stem(word: str, language: str | None = None) -> str:
    """A light stem of one folded word; the word itself where nothing is known of it.

    Arabic script loses attached particles, the article, plural and feminine
    endings; Korean its particles; other languages that snowballstemmer knows are
    stemmed by it when `language` is given.
    """
    first = word[:1]
    if "\u0621" <= first <= "\u06d3":
        return word if language in _UNSTEMMED else _arabic_stem(word)
    if "가" <= first <= "힣":
        return _korean_stem(word)
    name = _SNOWBALL.get(language or "")
    return str(_snowball(name).stemWord(word)) if name else word


@cache
def _snowball(name: str) -> Any:
    import snowballstemmer  # noqa: PLC0415  a dozen languages are loaded with it

    return snowballstemmer.stemmer(name)


def _arabic_stem(word: str) -> str:
    if word in _WHOLE:
        return word
    word = _without_particles(word)
    for suffix, instead, rest in _ARABIC_SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= rest and word not in _WHOLE:
            return word[: -len(suffix)] + instead
    return word


def _without_particles(word: str) -> str:
    if word[0] == "و" and len(word) >= 5 and not word.startswith(_KEEP_WAW):
        word = word[1:]
    if word.startswith("لل") and len(word) >= 5:
        return word[2:]
    if word.startswith(("فال", "كال")) and len(word) >= 6:
        return word[3:]
    if len(word) >= 6 and not word.startswith(_KEPT.get(word[0], "")):
        word = word[1:]
    if word.startswith("ال") and len(word) >= 5 and word not in _KEEP_ALEF_LAM:
        return word[2:]
    return word


def _korean_stem(word: str) -> str:
    for particle in _KOREAN_PARTICLES:
        if word.endswith(particle) and len(word) - len(particle) >= 2:
            return word[: -len(particle)]
    return word
