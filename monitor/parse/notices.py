"""Paragraphs in which an outlet speaks for itself, folded: its rights, opinions, subscriptions, corrections and appeals."""

from __future__ import annotations

import re
from typing import Final

from monitor.text.lists import any_of, lines, pattern, phrases

_LISTS: Final = ("monitor.parse", "notices")
# Each way begins with a letter of its own: so the search skips what begins with no other.
_RIGHTS: Final = re.compile(
    any_of(phrases(*_LISTS, "rights"))
    + r"|حقوق.{1,120}(?:لا يجوز|يمنع|يحظر)"
    + "".join(
        rf"|{word}.{{1,80}}(?:دون اذن|عقد خطي|موافقه خطيه|اذن خطي|ذكر المصدر)"
        for word in ("لا يجوز", "يمنع", "يحظر")
    )
    + "".join(rf"|{word}\S{{0,6}}授[权權]\S{{0,12}}(?:转载|轉載)" for word in ("未经", "非經"))
    + r"|저작권은 .{1,30}에 있으며"
)
# One that forbids to copy and says who may allow it, in words of its own: of a row, all is found.
_FORBIDDEN: Final = tuple(row.split(" & ") for row in lines(*_LISTS, "forbidden"))
_ROWS: Final = tuple(tuple(map(re.compile, row)) for row in _FORBIDDEN)
_HINT: Final = re.compile("|".join(row[0] for row in _FORBIDDEN))
# Someone who says it of others.
_SAID: Final = re.compile(
    r"(?:و?قالت?|و?اضافت?|و?اكدت?|و?اعلنت?|و?ذكرت?|و?اوضحت?|و?[يت]قول)\s|.{0,80}\b(?:said|says|told|сказал|заявил|a declare|dijo|sagte)\b"
)
_OPINION: Final = re.compile(pattern(*_LISTS, "opinion"))
# Where the rest of the text is for those who pay or sign in: one of each, the line beginning with one.
_JOIN: Final = any_of(phrases(*_LISTS, "join"))
_REST: Final = any_of(phrases(*_LISTS, "rest"))
_END: Final = r"(?![a-z\u0400-\u04ff\u0600-\u06ff])"  # of a word, where words are parted
_OFFER: Final = re.compile(
    rf"(?:{_JOIN}){_END}.{{0,40}}(?:{_REST}){_END}"
    rf"|(?:{_REST}){_END}.{{0,40}}(?<!\w)(?:{_JOIN}){_END}"
    rf"|{pattern(*_LISTS, 'counted')}"
)
_CORRECTION: Final = re.compile(any_of(phrases(*_LISTS, "correction")))
_APPEAL: Final = re.compile(pattern(*_LISTS, "appeal"))
_POSTED: Final = re.compile(pattern(*_LISTS, "posted"))


def is_offer(bare: str) -> bool:
    """Whether a short folded line says that the rest is for those who subscribe or sign in, or what is left to read."""
    return _OFFER.match(bare) is not None


def is_correction(bare: str) -> bool:
    """Whether a folded paragraph begins as the outlet's correction of its own article."""
    return _CORRECTION.match(bare) is not None


def is_disclaimer(bare: str) -> bool:
    """Whether a short folded paragraph says whose opinion the article is: no part of the text, which may go on behind it."""
    return _OPINION.search(bare) is not None


def is_appeal(bare: str) -> bool:
    """Whether a short folded paragraph asks the reader for money or for news, or says where it was published first.

    It begins with what is asked, at most behind a question.
    """
    return _APPEAL.match(bare) is not None or _POSTED.match(bare) is not None


def is_notice(bare: str) -> bool:
    """Whether a short folded paragraph reserves the outlet's rights: what follows it is other stories."""
    if _RIGHTS.search(bare):
        return True
    if not _HINT.search(bare) or _SAID.match(bare):
        return False
    return any(all(part.search(bare) for part in row) for row in _ROWS)
