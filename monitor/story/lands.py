"""Countries that a sentence names beside those of the alias file, by their names in CLDR."""

from __future__ import annotations

from functools import cache
from typing import Final

from babel import Locale, UnknownLocaleError

from monitor.story.lexicon import Lexicon
from monitor.text.arabic import fold

# Written in the alias file or the list of acts, with their peoples and capitals.
_LISTED: Final = frozenset(("KP", "KR", "RU", "UA", "US", "CN", "JP", "EU", "UN"))
# Names that are a word of every day as well: Belgium is the Vietnamese passive once it is folded,
# Mali the Arabic "financial".
AMBIGUOUS: Final = frozenset((("vi", "bi"), ("ar", "مالي")))
# A name of this length is known with any ending: Kanada, kanadische.
_STEM: Final = 5


def lands(folded: str, language: str | None) -> tuple[str, ...]:
    """The codes of the countries that a folded sentence of that language names."""
    mentions = _names((language or "").split("-")[0]).find(folded)
    return tuple(dict.fromkeys(code for each in mentions for code in each.concepts))


@cache
def _names(language: str) -> Lexicon:
    try:
        territories = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return Lexicon({})
    return Lexicon(
        {
            code: (_spelling(fold(name)),)
            for code, name in territories.items()
            if code.isalpha() and code not in _LISTED and (language, fold(name)) not in AMBIGUOUS
        }
    )


def _spelling(name: str) -> str:
    if " " in name or not name.isalpha():
        return name
    stem = name.removeprefix("ال")[:-1]
    return f"{stem}*" if len(stem) >= _STEM else name
