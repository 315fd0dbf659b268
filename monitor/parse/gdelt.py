"""GDELT's DOC search to entries, and the sentences with which it refuses (blog.gdeltproject.org).

GDELT says when it saw an article, in all its forms, and never when the outlet
published it: a date from there would make old news fresh, so none is taken.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlsplit

from monitor.errors import Failure, ParseError
from monitor.identify.address import absolute
from monitor.model import Entry, Reading
from monitor.parse.markup import plain

_SEARCH: Final = "/api/v2/doc/doc"
_TOO_MANY: Final = re.compile(r"limit requests|too many requests|rate limit", re.IGNORECASE)
# What it says of the question, which no second asking mends.
_QUESTION: Final = re.compile(
    r"too (?:short|long|common|many)|invalid|illegal|un(?:known|supported|recognized)"
    r"|not (?:valid|supported|recognized)|parenthe|must be surrounded",
    re.IGNORECASE,
)
# Titles come cut into words: `Seoul , Moscow : a deal`.
_APART: Final = re.compile(r"\s+(?=[,.;:!?%)\]،؛؟»](?:\s|\Z))")
_LANGUAGES: Final = dict(
    pair.split(":")
    for pair in str.split("""
        afrikaans:af albanian:sq arabic:ar armenian:hy azerbaijani:az basque:eu belarusian:be
        bengali:bn bosnian:bs bulgarian:bg burmese:my catalan:ca chinese:zh croatian:hr czech:cs
        danish:da dutch:nl english:en estonian:et finnish:fi french:fr galician:gl georgian:ka
        german:de greek:el gujarati:gu hebrew:he hindi:hi hungarian:hu icelandic:is indonesian:id
        italian:it japanese:ja kannada:kn kazakh:kk khmer:km korean:ko kurdish:ku latvian:lv
        lithuanian:lt macedonian:mk malay:ms malayalam:ml marathi:mr mongolian:mn nepali:ne
        norwegian:no pashto:ps persian:fa polish:pl portuguese:pt punjabi:pa romanian:ro russian:ru
        serbian:sr sinhalese:si slovak:sk slovenian:sl somali:so spanish:es swahili:sw swedish:sv
        tajik:tg tamil:ta telugu:te thai:th tibetan:bo turkish:tr ukrainian:uk urdu:ur uzbek:uz
        vietnamese:vi
    """)
)


def is_address(url: str) -> bool:
    """Whether an address asks GDELT's DOC search."""
    if _SEARCH not in url:
        return False
    try:
        return urlsplit(url).path.rstrip("/").endswith(_SEARCH)
    except ValueError:
        return False


def is_articles(found: object, url: str) -> bool:
    """Whether a JSON value is a list of articles; nothing found is `{}`."""
    if not isinstance(found, dict):
        return False
    if not found:
        return is_address(url)
    listed = found.get("articles")
    return isinstance(listed, list) and (
        is_address(url) or any(isinstance(one, dict) and "seendate" in one for one in listed)
    )


def read_articles(found: Any, *, url: str) -> Reading:
    """The articles in their order, undated; those without an address are left out."""
    entries = [_entry(one, url) for one in found.get("articles") or () if isinstance(one, dict)]
    return Reading(entries=tuple(entry for entry in entries if entry is not None))


def undated(reading: Reading) -> Reading:
    """A reading of GDELT's feed forms without the days on which it saw the articles."""
    entries = (entry._replace(published=None, updated=None) for entry in reading.entries)
    return replace(reading, entries=tuple(entries))


def refusal(text: str) -> ParseError:
    """What a sentence in place of articles means.

    `rate-limited` and `unavailable` pass by themselves; `misread` is about the
    question, which the user has to change.
    """
    said = plain(text[:2_000])[:200]
    failure: Failure = "unavailable"
    if _TOO_MANY.search(said):
        failure = "rate-limited"
    elif _QUESTION.search(said):
        failure = "misread"
    return ParseError(f"GDELT answers: {said}", failure=failure)


def _entry(one: dict[str, Any], base: str) -> Entry | None:
    try:
        address = absolute(str(one.get("url") or ""), base)
    except ValueError:
        return None
    title = one.get("title")
    return Entry(
        url=address,
        title=_APART.sub("", plain(title)) or None if isinstance(title, str) else None,
        language=_LANGUAGES.get(str(one.get("language")).lower()),
    )
