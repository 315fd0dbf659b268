"""A date in an element of its own at the head of a paragraph: `<span class="date">3 May 2026</span> The bridge …`."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborNode

from monitor.parse.names import names_date

_DAY: Final = re.compile(r"(?:\D*+\d){4}")
_LONGEST: Final = 60  # letters of a date
_TEXT: Final = 40  # letters of the paragraph's beginning


def is_leading_date(node: LexborNode, named: str) -> bool:
    """Whether class and id call an element a date, and a paragraph's text stands straight behind it."""
    if not names_date(named):
        return False
    after = node.next
    if after is None or after.tag != "-text" or len((after.text_content or "").strip()) < _TEXT:
        return False
    said = node.text()
    return len(said) <= _LONGEST and _DAY.match(said) is not None
