"""Lines that are a button or a label of the page, folded: advertisement, share, print, go on reading, listen.

A line counts where it is one and nothing else. Arabic's are told by how they are put together, for
each outlet words them its own way; other languages' by their phrases.
"""

from __future__ import annotations

import re
from typing import Final

from monitor.parse.marks import key
from monitor.text.lists import any_of, pattern, phrases
from monitor.text.memory import of_names

LONGEST: Final = 10  # words
_LISTS: Final = ("monitor.parse", "buttons")
_BUTTONS: Final = phrases(*_LISTS, "button")
_MADE: Final = re.compile(
    rf"(?:(?:{any_of(_BUTTONS)})(?:\s+|\Z))+|{pattern(*_LISTS, 'arabic')}|{pattern(*_LISTS, 'english')}"
)
# What is counted under a text: "12 likes 3 comments".
COUNTED: Final = re.compile(rf"(?:(?:{any_of(_BUTTONS | phrases(*_LISTS, 'counted'))})\s*)+")
_ADVERTS: Final = re.compile(pattern(*_LISTS, "advert"))
_PARTS: Final = (":", "：", " - ", " – ", " — ", " | ", "]", "…")
_LABEL_WORDS: Final = 6


def labelled(text: str) -> str | None:
    """What stands before the first mark of a short text as its label: "Read also" of "Read also: Bridge opens"."""
    for mark in _PARTS:
        label, found, rest = text.partition(mark)
        if found and rest.strip() and label.count(" ") < _LABEL_WORDS:
            return key(label)
    return None


def is_advert(text: str) -> bool:
    """Whether a text is the label of an advertisement and what is sold: "Advertisement: stair lifts"."""
    label = labelled(text)
    return label is not None and is_advert_label(label)


def is_advert_label(bare: str) -> bool:
    """Whether a folded text is what an advertisement is labelled with, and nothing else."""
    return _ADVERTS.search(bare) is not None and is_button(bare)


@of_names
def is_button(bare: str) -> bool:
    """Whether a short folded line is a button or a label of the page and nothing else."""
    return bare in _BUTTONS or _MADE.fullmatch(bare) is not None
