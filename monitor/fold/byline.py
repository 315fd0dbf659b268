"""The line that says who wrote an article, by nothing but names, and a word alone in brackets."""

from __future__ import annotations

import re
from typing import Final

from monitor.fold.kinds import kinds, says_when_or_where
from monitor.fold.stamp import is_stamp
from monitor.fold.verbs import speaks
from monitor.identify.wording import folded

# Words and letters of such a line, and names in it at the least: a verb may have a capital in a headline.
_LONGEST: Final = 12
_LETTERS: Final = 120
_NAMES: Final = 2
# A word in brackets by itself: (red.), (segue), (fin).
_IN_A_WORD: Final = re.compile(
    r"^\W*(?:\([^\W\d_]{2,12}\.?\)|(?:fot|red|oprac|opr|zdj|aut)\.)\W*$", re.IGNORECASE
)
# By whom, with nothing but names, and perhaps when or where: Par Yann Le Goff, publié le 20 octobre.
_NAMED: Final = re.compile(
    r"^(?:By|Par|Por|Von|Di|Door|Av|Af|De la|Od|Napsal|Napsala|Tekst|Text|Автор)\s+"
    r"((?:(?:de|da|di|do|dos|del|della|van|von|der|den|le|la|el|al|bin|af|e|y|i|[a-zà-ÿ]\.)\s+|[A-ZÀ-ÞĀ-ŽА-ЯЁІЇЄҐ][\w'’.-]*(?:,\s*|\s+|$)){1,6})"
    r"(?:[-–—|/]\s*)?(.*)$"
)


def is_byline(line: str) -> bool:
    """Whether a line says no more than who wrote it, when and where, or is one word in brackets."""
    if len(line) > _LETTERS or len(line.split()) > _LONGEST:
        return False
    if _IN_A_WORD.match(line):
        words = folded(line)
        return not any(speaks(word) for word in words) and says_when_or_where(kinds(words))
    found = _NAMED.match(line)
    if found is None or len(found[1].split()) < _NAMES or line.rstrip().endswith((".", "!", "?")):
        return False
    return (
        not found[2]
        or is_stamp(found[2])
        or (len(found[2].split()) == 1 and says_when_or_where(kinds(folded(line))))
    )
