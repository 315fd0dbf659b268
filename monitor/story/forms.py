"""How a spelling is cut into words, and what may be taken off a word of an article to find it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import product
from sys import intern
from typing import Final

from monitor.story.tokens import GENITIVE, WORD
from monitor.text.arabic import fold

_ARABIC_LETTER: Final = re.compile("[ء-ۓ]")
_HEBREW_LETTER: Final = re.compile("[א-ת]")
_STARRED: Final = re.compile(rf"(?:{WORD.pattern})\*?")
# A shorter word may have the two letters of the article for its own (الله, ألم).
_ARTICLE: Final = 5


def first_words(spellings: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The beginnings of spellings: where none is in a folded text, no spelling is."""
    written = (spelling.removeprefix("~") for each in spellings.values() for spelling in each)
    firsts = (
        pieces[0].removesuffix("*") for spelling in written if (pieces := pieces_of(spelling))
    )
    return tuple(dict.fromkeys(firsts))


def pieces_of(spelling: str) -> list[str]:
    """The spelling's words, folded, without article; the star of each kept."""
    folded = fold(spelling)
    # Nearly all are letters and spaces only, and what costs in a list of many thousands is this.
    if folded.replace("*", "").replace(" ", "").isalpha():
        words = folded.split()
    else:
        words = _STARRED.findall(GENITIVE.sub("", folded))
    # The same objects in every table: stories have thousands of them in common.
    return [intern(_bare(word)) for word in words if word != "*"]


def _bare(word: str) -> str:
    """An Arabic word without the article, which `forms` takes off an article's words as well."""
    return word[2:] if word.startswith("ال") and len(word.removesuffix("*")) > _ARTICLE else word


# What `forms` takes off, in any order that it may be written: a particle, a preposition, the article.
PARTICLES: Final = tuple(
    dict.fromkeys(
        [
            *map("".join, product(("", "و", "ف"), ("", "لل", "ب", "ل", "ك"), ("", "ال"))),
            *map("".join, product(("", "ו"), ("", *"בלמשכה"))),
        ]
    )
)


def forms(token: str) -> list[tuple[str, bool]]:
    """The token, and what is left when attached particles are taken off it.

    Arabic: و ف, then ب ل ك, then the article; Hebrew: ו, then ב ל מ ש כ ה.
    """
    forms = [(token, False)]
    if len(token) < 4:
        return forms
    if _ARABIC_LETTER.match(token):
        if token[0] in "وف":
            forms.append((token[1:], False))
        for form, _ in tuple(forms):
            if form.startswith("لل"):
                forms.append((form[2:], True))
            if form[0] in "بلك" and len(form) > 3:
                forms.append((form[1:], True))
        forms += [(form[2:], apart) for form, apart in tuple(forms) if form.startswith("ال")]
    elif _HEBREW_LETTER.match(token):
        if token[0] == "ו":
            forms.append((token[1:], False))
        forms += [(form[1:], form[0] in "בלמ") for form, _ in tuple(forms) if form[0] in "בלמשכה"]
    return forms
