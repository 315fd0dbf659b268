"""The words that are looked for: folded, Arabic and Korean words without attached particles."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from monitor.text.arabic import fold
from monitor.text.words import UNSPACED, split, stem

# What `indexed` makes of a text: raised with every change of it (a test says when), so that
# what an older one filled in is filled in anew.
FOLDING: Final = f"1, Unicode {unicodedata.unidata_version}"
_PHRASE: Final = re.compile(r'["«»“”„]([^"«»“”„]*)["«»“”„]|(\S+)')
_LONE: Final = re.compile(f"[{UNSPACED}]")


def indexed(text: str) -> str:
    """The words of a text, as `asked` looks for them, parted by spaces.

    No language is needed, so an English word keeps its ending: who looks for words
    does not say which language they are of.
    """
    return " ".join(stem(word) for word in split(fold(text)))


def asked(query: str) -> list[list[str]]:
    """The phrases of a query, each a list of words as they are indexed.

    Words in quotes are one phrase; so is one word of a script without spaces. Empty where
    there is nothing to look for.
    """
    found = []
    for quoted, word in _PHRASE.findall(query):
        terms = [stem(each) for each in split(fold(quoted or word))]
        if terms:
            found.append(terms)
    return found


def to_fts(phrases: list[list[str]]) -> str:
    """An FTS5 query for articles that hold every phrase.

    A single letter of a script without spaces is the beginning of an indexed pair.
    """
    return " AND ".join(
        '"' + " ".join(terms) + '"' + (" *" if _lone(terms) else "") for terms in phrases
    )


def _lone(terms: list[str]) -> bool:
    return len(terms) == 1 and len(terms[0]) == 1 and _LONE.match(terms[0]) is not None
