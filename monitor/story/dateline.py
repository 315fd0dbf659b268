"""The dateline before the first word of an article: where it was written, when and for whom.

"PYONGYANG, 18 November (KCNA) --" names the desk and none of what happened: by it each of an
agency's reports from there would be about its leader.
"""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = r"[^\W\d_][\w'’.-]*"
_NAME: Final = rf"{_WORD}(?:[ -]{_WORD}){{0,2}}"
# "Nov. 18, 2026", "18 نوفمبر/ تشرين الثاني": without its month it is an age.
_NUMBER: Final = r"(?:[12]?\d|3[01])(?!\d)"
_DAY: Final = rf"(?:{_WORD}[ .]+{_NUMBER}|{_NUMBER}[ .]+{_WORD}(?:\s*/\s*{_WORD}(?: {_WORD})?)?)(?:,? ?20\d\d)?"
# One word in brackets or between bars, or initials; behind "Корр." the name of who wrote it.
_AGENCY: Final = rf"[(\[/]\s*(?P<agency>(?:Корр\.? )?{_WORD}(?:[ .]+\w)*(?:(?<=ТАСС)(?: {_WORD}){{1,2}})?)\.?\s*[)\]/]"
_DATELINE: Final = re.compile(
    rf"[^\w(]{{0,3}}(?P<place>{_NAME})(?:\s*[,،/]\s*(?P<second>{_NAME}))?"
    rf"(?:\s*(?P<comma>[,،])?\s*(?P<day>{_DAY}))?[.,،]?\s*(?:{_AGENCY}\s*)?"
    r"(?P<end>--+|[—–]|[-ـ=](?=\s)|(?<=/)\.)\s*(?=\S)"
)
# "(서울=연합뉴스) 홍길동 기자 =", "【ソウル＝共同】", "新华社平壤11月18日电（记者李某）".
_EASTERN: Final = re.compile(
    r"[(\[]\w{2,6}=\w{0,6}(?:뉴스|뉴시스|통신|신문|일보|방송)[)\]]\s*(?:\S+\s+(?:\S+\s+)?(?:기자|특파원)\s*)?=?\s*"
    r"|【[^【】]{2,12}[=＝][^【】]{2,12}】\s*"
    r"|[^\W\d_]{2,9}\d{1,2}月\d{1,2}日电\s*(?:[（(][^（）()]{2,20}[）)])?\s*"
)
# What parts a dateline from the text, of which one stands in each.
_PARTED: Final = re.compile(r"--|[—–=＝】]|[-ـ]\s|/\s?\.|日电")
# Agencies that write themselves so.
_SMALL: Final = frozenset(
    ("dpa", "afp", "ansa", "apa", "efe", "lusa", "anp", "ntb", "ritzau", "sda")
)
_LONGEST: Final = 100  # letters
_PLACE: Final = 2  # words, where only the agency tells that it is one
# Where agencies have desks; other words in capitals may be who does what follows.
_DESKS: Final = frozenset(
    str.split(
        "SEOUL|PYONGYANG|MOSCOW|KYIV|KIEV|TOKYO|BEIJING|WASHINGTON|NEW YORK|UNITED NATIONS|LONDON|PARIS|BERLIN|BRUSSELS|GENEVA|VIENNA|"
        "ROME|MADRID|WARSAW|ANKARA|ISTANBUL|CAIRO|BEIRUT|BAGHDAD|DAMASCUS|JERUSALEM|TEL AVIV|GAZA|TEHRAN|RIYADH|DUBAI|DOHA|AMMAN|"
        "TUNIS|ALGIERS|RABAT|NAIROBI|LAGOS|JOHANNESBURG|NEW DELHI|ISLAMABAD|KABUL|HANOI|BANGKOK|SINGAPORE|JAKARTA|MANILA|SYDNEY|"
        "KURSK|VLADIVOSTOK|МОСКВА|КИЕВ|КИЇВ|СЕУЛ|ПХЕНЬЯН|ТОКИО|ПЕКИН|ВАШИНГТОН|КУРСК|ВЛАДИВОСТОК",
        "|",
    )
)


def dated(paragraph: str) -> str:
    """The dateline that a paragraph begins with, with the blanks behind it; "" where there is none.

    A place alone is one only in capitals, and where agencies write: else it may be who does what follows.
    """
    if _PARTED.search(paragraph, 0, _LONGEST) is None:
        return ""
    if found := _EASTERN.match(paragraph):
        return found[0] if found.end() < len(paragraph) else ""
    found = _DATELINE.match(paragraph[:_LONGEST])
    if found is None:
        return ""
    place, agency = found["place"], found["agency"]
    short = len(place.split()) <= _PLACE or found["second"] is not None
    named = agency is not None and short and (not agency[0].islower() or agency in _SMALL)
    has_day = found["day"] is not None and found["comma"] is not None and not place[0].islower()
    second = found["second"]
    at_a_desk = place in _DESKS or (place.isupper() and second is not None and not second.isupper())
    return found[0] if named or has_day or at_a_desk else ""
