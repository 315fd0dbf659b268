"""Words as they are compared: without what two outlets spell otherwise, part otherwise or cut short.

Beyond `identify.wording`: British and American endings, German umlauts and ß, doubled letters, Portuguese before and
after its reform, Hebrew with and without its vowel letters; Persian and Urdu words written as one or two (کامیون‌ها,
کامیون ها; کرے گی, کریگی); a name of several words and its short form (Северная Корея, КНДР). For the comparison of two
texts only: it makes some words one that are two.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from monitor.fold.lexicon import shipped
from monitor.identify import wording as compared
from monitor.text.arabic import fold

# A shorter word has too little left.
_LEAST: Final = 5
_ENDINGS: Final = (
    (re.compile("our(s|ed|ing|hood|hoods|ite|ites|able|ably|er|ers|ful|al|less|)$"), r"or\1"),
    (re.compile("([bt])re(s|)$"), r"\1er\2"),
    (re.compile("nce(s|)$"), r"nse\1"),
    (re.compile("is(ation|ations|ational|able|e|es|ed|ing|er|ers)$"), r"iz\1"),
    (re.compile("ys(e|es|ed|ing)$"), r"yz\1"),
    (re.compile("ogue(s|)$"), r"og\1"),
    (re.compile("me(s|)$"), r"m\1"),
)
_UMLAUT: Final = re.compile("([aou])e")
_DOUBLED: Final = re.compile(r"([a-zа-я])\1")
_MUTE: Final = re.compile("[cp](?=[tc])")
_HEBREW: Final = re.compile("(?<=[א-ת])[וי](?=[א-ת])")
_HEBREW_LEAST: Final = 4
# "About" behind a Korean hour.
_ABOUT: Final = re.compile("(?<=[시분일월년초명])(?:께|쯤|경|가량)$")
# Ukrainian before its reform of 2019: проект, проєкт.
_UKRAINIAN: Final = re.compile("(?<=[оау])є(?=к)")
_HALF_NASAL: Final = re.compile("[ङञणनम]\u094d(?=[क-ह])")
_GLIDE: Final = re.compile("(?<=.)य[ेी]$|(?<=.)ये(?=गा$|गी$|गे$)")
# How Unicode numbers Korean syllables: by first consonant, vowel, last consonant.
_FIRST_SYLLABLE: Final = 0xAC00
_A_CONSONANT: Final = 588
_A_VOWEL: Final = 28
_N, _R, _NONE = 2, 5, 11
_SOFT: Final = frozenset((2, 3, 6, 7, 12, 17, 20))
# With a full stop behind it, or behind digits: a word cut short.
_CUT: Final = re.compile(r"([^\W\d_]{1,6})\.")
_BEHIND: Final = re.compile(r"\d ?([^\W\d_]{1,4})\b")
_LONGEST_CUT: Final = 6
_VOWELS: Final = re.compile("[aeiouyаеиоуыэюяіїє]")


def _one_name() -> Mapping[str, str]:
    """The listed spellings, each with the first of its line."""
    lines = [fold(line).split() for line in shipped("spelling", "respelt")]
    return {spelling: first for first, *rest in lines for spelling in rest}


_ONE_NAME: Final = _one_name()


@lru_cache(maxsize=20_000)
def skeleton(word: str) -> str:
    """One folded word without what its spelling varies in."""
    word = _ONE_NAME.get(word, word)
    first = word[0]
    if first < "a":
        return word
    if first <= "z":
        return _latin(word) if len(word) >= _LEAST else word
    if "א" <= first <= "ת":
        return _HEBREW.sub("", word) if len(word) >= _HEBREW_LEAST else word
    if "а" <= first <= "я":
        return _UKRAINIAN.sub("е", _DOUBLED.sub(r"\1", word))
    if "가" <= first <= "힣":
        return _southern(_ABOUT.sub("", word))
    if "\u0900" <= first <= "\u097f":
        return _devanagari(word)
    return compared.skeleton(word)


def _southern(word: str) -> str:
    """A Korean word with its first sound as the South writes it: 로동, 노동; 녀성, 여성."""
    first, vowel = divmod(ord(word[0]) - _FIRST_SYLLABLE, _A_CONSONANT)
    soft = vowel // _A_VOWEL in _SOFT
    if first not in {_N, _R} or (first == _N and not soft):
        return word
    return chr(_FIRST_SYLLABLE + (_NONE if soft else _N) * _A_CONSONANT + vowel) + word[1:]


def _devanagari(word: str) -> str:
    """A Hindi word without its dots, with one sign for a nasal and none for a glide: फँसे, गए."""
    plain = _HALF_NASAL.sub("ं", word.replace("\u093c", "").replace("ँ", "ं"))
    return _GLIDE.sub(lambda found: "ए" if found[0][-1] == "े" else "ई", plain)


def wording(text: str) -> list[str]:
    """The words of a text as they are compared, in order."""
    return list(map(skeleton, compared.folded(text)))


def _latin(word: str) -> str:
    for ending, instead in _ENDINGS:
        word, changed = ending.subn(instead, word, count=1)
        if changed:
            break
    return _MUTE.sub("", _DOUBLED.sub(r"\1", _UMLAUT.sub(r"\1", word)))


def cut_short(text: str) -> frozenset[str]:
    """The folded words of a text that may be others cut short: тыс., km behind digits."""
    return frozenset(map(fold, (*_CUT.findall(text), *_BEHIND.findall(text))))


def stands_for(short: str, word: str) -> bool:
    """Whether a folded word cut short may be another one: its beginning, or its first consonants."""
    if len(short) > _LONGEST_CUT or len(word) <= len(short) or short[0] != word[0]:
        return False
    if word.startswith(short):
        return True
    # mln, bryg, gosp: the letters stand there in this order, and no vowel among them.
    letters = iter(word)
    return not _VOWELS.search(short[1:]) and all(letter in letters for letter in short)


# Plurals and degrees behind a Persian word, and what stands before a Persian verb.
_PLURALS: Final = frozenset(map(fold, ("ها", "های", "هایی", "ترین")))
_BEFORE: Final = frozenset(map(fold, ("می",)))
# What makes an Urdu verb tell of what is to come.
_COMING: Final = frozenset(map(fold, ("گا", "گے", "گی")))
_LAST_LETTER: Final = "ے"
_NASAL: Final = "ں"
_WITHIN: Final = {_LAST_LETTER: fold("ی"), _NASAL: fold("ن")}
_PARTED: Final = _PLURALS | _BEFORE | _COMING


def joined(words: list[str]) -> list[str]:
    """The folded words with each such pair as one; the list itself where there is none."""
    if _PARTED.isdisjoint(words):
        return words
    found: list[str] = []
    begun = ""
    for word in words:
        if word in _BEFORE:
            begun += word
            continue
        if found and not begun and word in _PLURALS:
            found[-1] += word
        elif found and not begun and word in _COMING:
            last = found[-1]
            found[-1] = last[:-1] + _WITHIN.get(last[-1], last[-1]) + word
        else:
            found.append(begun + word)
            begun = ""
    return [*found, begun] if begun else found


# Behind its first word: the forms that each further word may have, and the short form.
_Name = tuple[Sequence[frozenset[str]], str]


def _names() -> Mapping[str, Sequence[_Name]]:
    found: dict[str, list[_Name]] = {}
    for line in shipped("spelling", "short"):
        short, first, *rest = (fold(part).split() for part in line.split("|"))
        for word in first:
            found.setdefault(word, []).append(([frozenset(forms) for forms in rest], short[0]))
    return found


_NAMES: Final = _names()
_BEGINNING: Final = frozenset(_NAMES)


def shortened(words: list[str]) -> list[str]:
    """The folded words with each listed name as its short form; the list itself where none begins."""
    if _BEGINNING.isdisjoint(words):
        return words
    found: list[str] = []
    at = 0
    while at < len(words):
        word, length = words[at], 1
        for rest, short in _NAMES.get(word, ()):
            behind = words[at + 1 : at + 1 + len(rest)]
            if len(behind) == len(rest) and all(map(frozenset.__contains__, rest, behind)):
                word, length = short, 1 + len(rest)
                break
        found.append(word)
        at += length
    return found
