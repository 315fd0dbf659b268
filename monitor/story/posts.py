"""Live blogs and round-ups: pages of many posts, of which each is a piece of news for itself."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from monitor.story.main_text import is_link, is_mark
from monitor.text.arabic import fold

# A post begins with its hour: 14:05, 14h05, 2.05 pm, (14:05), [14:05 GMT].
_HOUR: Final = re.compile(
    r"\W{0,3}(?:[01]?\d|2[0-3])\s?[:.h٫]\s?[0-5]\d(?:\s?(?:am|pm|a\.m\.|p\.m\.|gmt|utc|ص|م|мск))?\b"
)
# What pages of many posts call themselves, folded.
_LIVE: Final = re.compile(
    r"\b(?:live ?blog|live updates?|war live|minute by minute|as it happened|(?:ال)?تغطيه (?:ال)?(?:مباشره|حيه)|لحظه بلحظه|مباشر الان|"
    r"en direct|minute par minute|en vivo|minuto a minuto|ao vivo|in diretta|live ticker|liveticker|newsblog|"
    r"прямая трансляция|онлайн трансляция|онлайн трансляція|наживо|canli anlatim|dakika dakika|relacja na zywo|"
    r"truc tiep|live bericht|liveblog)\b|실시간|生中継|ライブ更新|实时更新|直播"
)
_ROUND: Final = re.compile(
    r"\b(?:round ?up|morning brief(?:ing)?|evening brief(?:ing)?|daily brief(?:ing)?|news brief(?:ing)?|news in brief|"
    r"what you need to know today|things to know today|ابرز (?:ال)?(?:احداث|اخبار|عناوين)|اهم (?:ال)?(?:احداث|اخبار|عناوين)|نشره (?:ال)?(?:اخبار|صباح|مساء)|"
    r"موجز (?:ال)?(?:اخبار|انباء)|حصاد (?:ال)?(?:يوم|اسبوع)|عناوين (?:ال)?صحف|revue de presse|le point de la journee|kurz notiert|nachrichtenuberblick|"
    r"resumen (?:de noticias|del dia)|rassegna stampa|resumo do dia|главное за (?:день|сутки|неделю)|дайджест|"
    r"головне за (?:день|добу)|gunun ozeti|przeglad prasy|diem tin)\b|뉴스 브리핑|간추린 뉴스|今日の主なニュース|每日简报|今日要闻"
)
_FIGURE: Final = re.compile(r"\W{0,3}\d")
# No hour goes on so far into a paragraph.
_HOUR_LENGTH: Final = 40
# A link of a list ("1. …").
_NUMBERED: Final = re.compile(r"\W{0,3}\d{1,2}[.)]\s")
_FEWEST: Final = 3
_LIVE_SHARE: Final = 0.4


@lru_cache(maxsize=8)
def posts(title: str, text: str) -> tuple[str, ...]:
    """The posts of a live blog or round-up in order; none of an article of one subject.

    Paragraphs that begin with an hour open posts, and so does every paragraph of a page
    that calls itself one. What stands below "most read" is none of the post above it.
    """
    paragraphs = [line.strip() for line in text.split("\n") if line.strip()]
    if len(paragraphs) < _FEWEST:
        return ()
    opened = [
        _FIGURE.match(paragraph) and _HOUR.match(paragraph[:_HOUR_LENGTH].lower())
        for paragraph in paragraphs
    ]
    if sum(map(bool, opened)) >= max(_FEWEST, _LIVE_SHARE * len(paragraphs)):
        found: list[str] = []
        linking = False
        for paragraph, opens in zip(paragraphs, opened, strict=True):
            linked = linking and (is_link(paragraph) or _NUMBERED.match(paragraph) is not None)
            linking = not opens and (linked or is_mark(paragraph))
            if linking:
                continue
            if opens or not found:
                found.append(
                    _HOUR.sub("", paragraph, count=1).lstrip(" -–—:.") if opens else paragraph
                )
            else:
                found[-1] += " " + paragraph
        return tuple(found)
    name = fold(title)
    return tuple(paragraphs) if _LIVE.search(name) or _ROUND.search(name) else ()
