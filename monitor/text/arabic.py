"""Letters made comparable: one folding for every script, written around what Arabic needs.

Cost decides the form: on Arabic text `str.translate` takes some twenty times
as long as a few `replace`, so one search gathers the letters that may change
and only those are replaced.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

# Spellings that differ between outlets and never tell two names apart, where
# Unicode's own decomposition (which takes hamza off its carrier) does not reach.
_LETTERS: Final = {
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ك": "ك", "ک": "ك",
    "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۃ": "ه", "ـ": "",
    "\u066a": "%", "\u066b": ".", "\u066c": ",",
    "\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u02b9": "'", "`": "'", "\u00b4": "'",
    "\u05f3": "'", "\u05f4": '"',
    "ı": "i", "đ": "d", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th",
}  # fmt: skip
# Vowel signs, hamza and Quranic marks; Hebrew points; marks of Latin, Greek and
# Cyrillic. Voiced kana and the vowel signs of Indic scripts tell words apart and stay.
# Soft hyphen, bidi controls, zero-width marks and variation selectors go as well.
_DROPPED: Final = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)

# What no folding changes; everything else is looked up. Leaving a letter out costs time only.
_UNSETTLED: Final = re.compile("[^ \\n\\t!-@\\[-_a-z{-~«»،؛؟ءابت-غف-نهوي가-힣一-鿿а-ик-я。、「」]")


class _Plain(dict[str, str]):
    """Each letter's plain form, worked out when it is first met."""

    def __missing__(self, letter: str) -> str:
        text = letter
        # Some need two rounds: a full-width capital with an accent, say.
        for _ in range(3):
            text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
            text = "".join(_LETTERS.get(part, part) for part in _DROPPED.sub("", text))
            text = "".join(str(unicodedata.decimal(part, part)) for part in text)
        self[letter] = text = unicodedata.normalize("NFC", text)
        return text


_plain = _Plain()
# Whatever stands on either side of it is folded as if it stood alone.
_BETWEEN: Final = "\x1e"


def fold(text: str) -> str:
    """The text in the form in which spellings are compared; idempotent, any script.

    Compatibility forms, case, vowel signs and accents, tatweel, the forms of
    alef, hamza, ya and ta marbuta, Persian kaf and ya, digits and apostrophes
    become one; invisible marks go. Not meant for display.
    """
    if text.isascii():
        return text.lower().replace("`", "'")
    text = unicodedata.normalize("NFC", text)
    for letter in set(_UNSETTLED.findall(text)):
        plain = _plain[letter]
        if plain != letter:
            text = text.replace(letter, plain)
    return unicodedata.normalize("NFC", text)


def fold_each(texts: Sequence[str]) -> list[str]:
    """`fold` of each of some texts, folded together."""
    folded = fold(_BETWEEN.join(texts)).split(_BETWEEN)
    # One of them has the mark in it, or there are none.
    return folded if len(folded) == len(texts) else [fold(text) for text in texts]
