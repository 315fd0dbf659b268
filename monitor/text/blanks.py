"""Blanks made single, as nearly all texts have them already."""

from __future__ import annotations


def single(text: str) -> str:
    """`" ".join(text.split())`: one space for each run of blanks, none at the ends."""
    # The only blank that is printable is the space.
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    return " ".join(text.split())
