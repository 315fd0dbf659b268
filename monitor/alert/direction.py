"""Text that strangers wrote, made fit for one line, and lines of mixed direction kept in order."""

from __future__ import annotations

import re
from typing import Literal
from unicodedata import bidirectional, category

from monitor.text.language import direction, guess

Direction = Literal["rtl", "ltr"]

_OPENING = {"ltr": "\u2066", "rtl": "\u2067", None: "\u2068"}
_CLOSING = "\u2069"
_RIGHT = frozenset({"R", "AL"})
# Marks, embeddings, overrides and isolates can make a headline read as another (UAX #9, 2).
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_SPACE = re.compile(r"\s+")
# All that makes of a text more than one plain line: Cc, Cs, the above, blanks but single ones.
_ODD = re.compile(
    r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
    r"|[^\S ]| (?=\s)|^ | \Z"
)


def unmarked(text: str) -> str:
    """Without control characters, marks of direction and half surrogates; blanks stay."""
    return _UNSEEN.sub("", text)


def one_line(text: str) -> str:
    """One line without control characters, direction marks or half surrogates.

    Line ends become blanks, so nothing in it can start a header or a line of
    its own; joiners stay, for Persian and emoji need them.
    """
    if not _ODD.search(text):  # most are; letter by letter costs eight times as much
        return text
    spaced = "".join(" " if category(letter) == "Cc" else letter for letter in text)
    kept = "".join(letter for letter in _BIDI.sub("", spaced) if category(letter) != "Cs")
    return _SPACE.sub(" ", kept).strip()


def shorten(text: str, letters: int) -> str:
    """At most this many letters, cut between words where there is a blank near the end."""
    if len(text) <= letters:
        return text
    cut = text[: letters - 1]
    blank = cut.rfind(" ")
    return (cut[:blank] if blank > letters // 2 else cut).rstrip(" ,;:-–،؛") + "…"


def direction_of(text: str, language: str | None) -> Direction:
    """How a text runs: by its declared language, else by the one it looks like."""
    return direction(language or guess(text))


def isolate(text: str, within: Direction, own: Direction | None = None) -> str:
    """Text set apart by isolates (UAX #9, 2.5) where it would disturb a line's order.

    `within` is the direction of the line; `own` that of the text, None to let its
    first strong letter tell.
    """
    kinds = {bidirectional(letter) for letter in text}
    right, left = bool(kinds & _RIGHT), "L" in kinds
    foreign = left if within == "rtl" else right
    if not foreign and own in {None, within}:
        return text
    return f"{_OPENING[own]}{text}{_CLOSING}"
