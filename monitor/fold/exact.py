"""The key by which articles that nobody has read meet their very same: the cheapest there is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from monitor.text.arabic import fold
from monitor.text.blanks import single

_PARTED: Final = "\n\n"
# Whatever stands on either side of it is folded as if it stood alone.
_BETWEEN: Final = "\x1e"


def exact(title: str, text: str) -> str:
    """Equal for equal headline and text, case, blanks and the forms of letters aside (`e:`).

    What the headline rules out is known by this key alone until something asks for it;
    `fold.keys` are what everything else is proposed by.
    """
    # With a space for what parts paragraphs, most texts need no look at their blanks.
    return f"e:{single(fold(f'{title} {text}'.replace(_PARTED, ' ')))}"


def exact_each(said: Sequence[tuple[str, str]]) -> list[str]:
    """`exact` of each headline and text, folded together."""
    joined = _BETWEEN.join([f"{title} {text}" for title, text in said]).replace(_PARTED, " ")
    folded = fold(joined).split(_BETWEEN)
    if len(folded) != len(said):  # one of them has the mark in it
        return [exact(title, text) for title, text in said]
    return [f"e:{single(one)}" for one in folded]
