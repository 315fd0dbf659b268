"""The key by which articles that nobody has read meet their very same: the cheapest there is."""

from __future__ import annotations

from typing import Final

from monitor.text.arabic import fold
from monitor.text.blanks import single

_PARTED: Final = "\n\n"


def exact(title: str, text: str) -> str:
    """Equal for equal headline and text, case, blanks and the forms of letters aside (`e:`).

    What the headline rules out is known by this key alone until something asks for it;
    `fold.keys` are what everything else is proposed by.
    """
    # With a space for what parts paragraphs, most texts need no look at their blanks.
    return f"e:{single(fold(f'{title} {text}'.replace(_PARTED, ' ')))}"
