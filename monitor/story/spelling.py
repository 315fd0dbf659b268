"""A spelling of the word lists, and the language that it may be kept to."""

from __future__ import annotations


class Spelling(str):
    """A spelling that holds in sentences of one language only; a plain string holds in any."""

    __slots__ = ("language",)
    language: str


def spelt(written: str, language: str) -> str:
    """A spelling as a word list writes it in the line of a language; `^` keeps it to that."""
    if not written.startswith("^"):
        return written
    kept = Spelling(written[1:])
    kept.language = language
    return kept
