"""The word that an alert begins with: what its article does to what was known.

The word is a claim, so it is made only where the headline itself makes it. A stance in
the text (a neighbour's denial, agencies' background) leaves the article an update.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from monitor.model import Alert, StateWord
from monitor.text.arabic import fold

# A date without a time of day looks up to a day older than it is.
_LATE = timedelta(hours=24)
_TITLE = 2000  # letters that are looked at: a broken page may give millions
# An outlet takes a report back, in folded text. A withdrawal of troops is none.
_RETRACTED = re.compile(
    r"\bretract(?:s|ed|ion)\b|\b(?:withdraws?|withdrew|withdrawn|pulls?)\b"
    r" (?:(?:its|the|a|our) )?(?:report|story|article|dispatch)\b"
    r"|\b[وف]?(?:سحب|تسحب|يسحب|سحبت|حذف|تحذف|يحذف|حذفت) (?:ال)?(?:خبر|تقرير|ماد|مقال)(?:ها|ه|ا)?\b"
    r"|\b(?:تتراجع|يتراجع|تراجعت|تراجع) عن (?:ال)?(?:خبر|تقرير)(?:ها|ه)?\b"
    r"|기사 (?:철회|삭제)|\bотзыва(?:ет|ют) (?:новость|сообщение|публикацию)\b"
)
# What turns a stance into its absence: "does not deny", "neither confirms nor denies",
# "لم يؤكد", "ترفض نفي". One word may stand between.
_NOT = re.compile(
    r"(?:\b(?:not|neither|nor|never|cannot|without|declin\w+ to|refus\w+ to|fail\w* to|yet to)"
    r"|n't) (?:\w+ )?(?:den(?:y|ie)|confirm|acknowledg|admit|reject|dismiss)"
    r"|\b[وف]?(?:لا|لم|لن|دون|بدون|رفضت?|[يت]رفض|[يت]متنع عن) (?:ان )?"
    r"(?:[يت]?(?:وكد|نف|كذب|قر|عترف|ستبعد)|(?:ال)?(?:تاكيد|نفي))"
    r"|\bне (?:подтвержда|подтверди|отрица|опроверг|призна)"
    r"|\bне (?:підтвер|запереч|спростов|визна)"
    r"|\bne (?:confirm|dement|reconnai)|\bni (?:confirm|dement|niega|desmient)|\bno (?:confirm|niega|desmient)"
    r"|\b(?:bestatig|dementier|bestreit)\w* (?:\w+ )?nicht\b"
)


def state(alert: Alert) -> StateWord:
    """NEW, UPDATE and so on, from what the article is to its development and its headline.

    A report that was told before as another's word is CONFIRMED only by somebody who had
    not said it: who repeats himself is no witness.
    """
    if alert.kind == "test":
        return "test"
    title = fold(alert.article.title[:_TITLE])
    added = alert.event.added if alert.event else None
    stances = added.stances if added else ()
    if _RETRACTED.search(title):
        return "withdrawn"
    if "correct" in stances:
        return "corrected"
    if added is not None and added.relation == "update":
        turned = _turn(stances, title)
        if turned == "deny":
            return "denied"
        if turned == "confirm" and added.speaker and added.speaker not in added.spoke:
            return "confirmed"
        return "update"
    if alert.kind == "update":
        return "update"
    return "late" if "away" in alert.caveats or _late(alert) else "new"


def contradicts(alert: Alert) -> bool:
    """Whether it says that an earlier report is wrong, or doubts it."""
    return state(alert) in {"denied", "corrected", "withdrawn"}


def _turn(stances: Sequence[str], title: str) -> str | None:
    """What the headline does: its first stance, where nothing takes that back."""
    plain = [one for one in stances if one in {"deny", "confirm", "doubt"}]
    if not plain or _NOT.search(title):
        return None
    return plain[0]


def _late(alert: Alert) -> bool:
    said = alert.article.published
    return said is not None and alert.created - said > _LATE
