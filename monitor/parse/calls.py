"""Lines that call to an outlet's channel, newsletter or application, folded: "Follow us on WhatsApp" in the order of each language."""

from __future__ import annotations

import re
from typing import Final

from monitor.text.lists import any_of, pattern, phrases

_LISTS: Final = ("monitor.parse", "calls")
# The verb first, behind a few words of what is to be had there.
_BEGINS: Final = re.compile(pattern(*_LISTS, "begins"))
# In Arabic the verb that calls is also the one that tells ("he followed", "they joined"): it calls where no
# one stands behind it who does it, but what the outlet has.
_ARABIC: Final = re.compile(rf"(?:[^.,،:]{{1,40}}[,،:]\s)?(?:{pattern(*_LISTS, 'arabic')})")
_SHARE: Final = re.compile(pattern(*_LISTS, "share"))
# Where the verb comes last, and where the line says what to press.
_LAST: Final = tuple(phrases(*_LISTS, "last"))
_CHANNELS: Final = re.compile(any_of(phrases(*_LISTS, "channels")))
# News to the reader's own address.
_LETTER: Final = re.compile(pattern(*_LISTS, "letter"))
_TOLD: Final = re.compile(pattern(*_LISTS, "told"))
# One that ends so: "The week's news in your inbox. Sign up here."
_SIGN_UP: Final = re.compile(
    r"(?:newsletter|your inbox|النشره البريديه|النشره الاخباريه).{0,60}(?:sign up|subscribe|اشترك|سجل)(?:\s(?:here|now|today|هنا|الان))?\W*$"
)
_STOPS: Final = "۔।。！!؟? "
_SAID: Final = re.compile("[«“„「]")
_WORDS: Final = 20


def is_call(bare: str, size: int) -> bool:
    """Whether a folded line of `size` words does nothing but call to a channel or an application."""
    if _BEGINS.match(bare) or _SIGN_UP.search(bare):
        return True
    if size > _WORDS:
        return False
    if _ARABIC.fullmatch(bare) or _SHARE.fullmatch(bare):
        return True
    is_last = bare.rstrip(_STOPS).endswith(_LAST) and _CHANNELS.search(bare)
    is_letter = _LETTER.search(bare) and _TOLD.search(bare)
    return bool(is_last or is_letter) and not _SAID.search(bare)
