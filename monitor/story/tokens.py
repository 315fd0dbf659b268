"""A text cut into folded words and the marks between them, as spellings are looked for.

What stands between two spaces is cut for itself, whatever stands around it: so who looks
for spellings may remember what each piece gave.
"""

from __future__ import annotations

import re
from typing import Final

from monitor.text.arabic import fold
from monitor.text.memory import LETTERS, Sentences
from monitor.text.words import SIGNS

_MARKS: Final = '[,،;؛:!?؟…—–|()«»“”„"。、，：।]'
# Gershayim, before the last letter of a Hebrew abbreviation, is written as a quotation mark.
_ABBREVIATED: Final = r'(?:(?<=[א-ת])"[א-ת](?![^\W_]))?'
_PLAIN_WORD: Final = rf"\d+(?:[.,]\d+)*|[^\W\d_]+{_ABBREVIATED}"
_SIGNED: Final = rf"\d+(?:[.,]\d+)*|(?:[^\W\d_]|{SIGNS})+{_ABBREVIATED}"
WORD: Final = re.compile(_SIGNED)
# A mark between two words keeps them apart: "more soldiers, Ukrainian assessment says".
_TOKEN: Final = re.compile(f"{_PLAIN_WORD}|{_MARKS}")
_SIGNED_TOKEN: Final = re.compile(f"{_SIGNED}|{_MARKS}")
_HAS_SIGNS: Final = re.compile(SIGNS)
GENITIVE: Final = re.compile(r"'s\b")
# "#NorthKorea".
_HASHTAG: Final = re.compile(r"#\w*[^\W\d_]\w*")
_JOINT: Final = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[а-яёіїє])(?=[А-ЯЁІЇЄ])")
_US: Final = re.compile(r"\bUS\b(?!\.)")


def plain(text: str) -> str:
    """The text folded, with the country US told from the pronoun, which only its capitals do."""
    return _PLAIN[text]


def plain_of(text: str) -> str:
    """`plain` of a text that does not come back; words that a hashtag runs together stand apart."""
    if "#" in text:
        text = _HASHTAG.sub(_apart, text)
    return fold(_US.sub("U.S.", text) if "US" in text else text)


def _apart(tag: re.Match[str]) -> str:
    return _JOINT.sub(" ", tag[0])


_PLAIN: Final = Sentences(plain_of, LETTERS)


def tokens(text: str) -> list[str]:
    """The words and marks of a text in order, folded as `plain` does; of a folded text the same.

    Those of a text are those of its pieces, what spaces part, one after the other.
    """
    folded = plain_of(text)
    pattern = _SIGNED_TOKEN if _HAS_SIGNS.search(folded) else _TOKEN
    return pattern.findall(GENITIVE.sub("", folded) if "'s" in folded else folded)
