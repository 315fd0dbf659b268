"""Words as a text writes them, found again from the form in which spellings are compared."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from monitor.text.arabic import fold

_WORD: Final = re.compile(r"[^\W_]+(?:[\u0300-\u036f\u064b-\u065f\u0670\u200c]+[^\W_]*)*")
# Letters that may be attached before a word (وبال), which a name does not have.
_ATTACHED: Final = 4
# Letters that are looked through; a text without a full stop is one sentence of 200,000.
_FAR: Final = 4_000


def spelt(folded: str, text: str) -> str:
    """`مرسى النور` for `مرسي النور`, as the text writes it; the folded words where it has them not.

    Letters attached before the first word are left out. What stands far down is not looked for.
    """
    wanted = folded.split(" ")
    words = list(_WORD.finditer(text[:_FAR]))
    plain = [fold(word[0]) for word in words]
    for at in range(len(words) - len(wanted) + 1):
        if plain[at + 1 : at + len(wanted)] != wanted[1:] or not plain[at].endswith(wanted[0]):
            continue
        first, last = words[at], words[at + len(wanted) - 1]
        if any(
            not text[one.end() : other.start()].isspace()
            for one, other in pairwise(words[at : at + len(wanted)])
        ):
            continue
        for attached in range(min(_ATTACHED, len(first[0]) - 1) + 1):
            if fold(first[0][attached:]) == wanted[0]:
                return " ".join(text[first.start() + attached : last.end()].split())
    return folded
