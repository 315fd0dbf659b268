"""Whether a sentence reminds of what was before: then nothing in it is news."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from monitor.story.days import resolved
from monitor.text.arabic import fold
from monitor.text.words import split

_YEAR: Final = re.compile(r"(?<![\d.,])(?:19|20(?!00))\d\d(?![\d.,])")
# A date that lies further back, in days, is of another event.
_BACK: Final = 21
# Words of reminding, folded: since, earlier, until now, so far.
_WORDS: Final = frozenset(
    fold(
        "since previously earlier hitherto estimates منذ سابقا السابق الماضي الماضيه سبق مرارا يذكر يشار"
        " depuis auparavant precedemment seit bisher zuvor desde anteriormente finora dal sinds eerder"
        " ранее прежде раньше прошлого прошлом раніше торік минулого минулому oncesinde beri daha gecen"
        " پيشتر پيش گذشته قبلا sebelumnya sejak truoc tung wczesniej dotychczas drive dosud korabban anterior"
        " 앞서 지난해 작년 그동안 지금까지 이후"
    ).split()
)
_SIGNS: Final = (
    "이전에",
    "지난해",
    "지금까지",
    "앞서",
    "以来",
    "これまで",
    "昨年",
    "此前",
    "去年",
    "自从",
    "迄今",
)


def reminds(sentence: str, days: tuple[str, ...], when: date) -> bool:
    """Whether it names a time long past, or a word of reminding."""
    plain = fold(sentence)
    if any(int(year) < when.year for year in _YEAR.findall(plain)):
        return True
    if any(day < when.toordinal() - _BACK for day in resolved(days, when)):
        return True
    return any(sign in plain for sign in _SIGNS) or not _WORDS.isdisjoint(split(plain))
