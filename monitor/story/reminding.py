"""Whether a sentence reminds of what was before, or says itself that it was said later."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from monitor.story.days import resolved
from monitor.story.news_words import shipped
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
# Words of "later", folded: with a word of saying close before or right behind, what is said is news.
_LATER: Final = frozenset(
    fold(
        "لاحقا later afterwards subsequently позже позднее пізніше згодом später nachträglich après"
        " ensuite después posteriormente successivamente depois sonradan sonra później pozdeji později neskôr"
        " later senere senare sidenó kesőbb később kemudian belakangan ulterior αργότερα myöhemmin kasnije"
        " بعدا בהמשך"
    ).split()
)
_SAID_BEFORE: Final = 6
_SAID_BEHIND: Final = 2


def said_later(sentence: str) -> bool:
    """Whether somebody said it later than the rest was said ("a member of the committee later told")."""
    found = split(fold(sentence))
    at = next((at for at, word in enumerate(found) if word in _LATER), None)
    if at is None:
        return False
    near = " ".join(found[max(0, at - _SAID_BEFORE) : at + 1 + _SAID_BEHIND])
    words, lexicon = shipped()
    return any(words[name].kind == "say" for each in lexicon.find(near) for name in each.concepts)


def reminds(sentence: str, days: tuple[str, ...], when: date) -> bool:
    """Whether it names a time long past, or a word of reminding."""
    plain = fold(sentence)
    if any(int(year) < when.year for year in _YEAR.findall(plain)):
        return True
    if any(day < when.toordinal() - _BACK for day in resolved(days, when)):
        return True
    return recalls(plain)


def recalls(plain: str) -> bool:
    """Whether folded words have one of reminding ("since", "earlier", "so far")."""
    return any(sign in plain for sign in _SIGNS) or not _WORDS.isdisjoint(split(plain))
