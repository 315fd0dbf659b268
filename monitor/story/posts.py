"""Live blogs and round-ups: pages of many posts, of which each is a piece of news for itself."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from monitor.story.main_text import is_link, is_mark
from monitor.text.arabic import fold
from monitor.text.words import words

# A post begins with its hour: 14:05, 14h05, 2.05 pm, (14:05), [14:05 GMT].
_HOUR: Final = re.compile(
    r"\W{0,3}(?:[01]?\d|2[0-3])\s?[:.h٫]\s?[0-5]\d(?:\s?(?:am|pm|a\.m\.|p\.m\.|gmt|utc|ص|م|мск))?\b"
)
# What pages of many posts call themselves, folded words: live blogs, and round-ups of a day.
_CALLED: Final = str.split(
    "live blog|liveblog|live update|live updates|war live|minute by minute|as it happened|تغطيه مباشره|التغطيه المباشره|تغطيه حيه|"
    "التغطيه الحيه|لحظه بلحظه|مباشر الان|en direct|minute par minute|en vivo|minuto a minuto|ao vivo|in diretta|live ticker|"
    "liveticker|newsblog|прямая трансляция|онлаин трансляция|онлаин трансляція|наживо|canli anlatim|dakika dakika|"
    "relacja na zywo|truc tiep|live bericht|"
    "round up|roundup|morning brief|morning briefing|evening brief|evening briefing|daily brief|daily briefing|news brief|"
    "news briefing|news in brief|what you need to know today|things to know today|ابرز احداث|ابرز الاحداث|ابرز اخبار|ابرز الاخبار|"
    "ابرز عناوين|ابرز العناوين|اهم احداث|اهم الاحداث|اهم اخبار|اهم الاخبار|اهم عناوين|اهم العناوين|نشره اخبار|نشره الاخبار|"
    "نشره صباح|نشره الصباح|نشره مساء|نشره المساء|موجز اخبار|موجز الاخبار|موجز انباء|موجز الانباء|حصاد يوم|حصاد اليوم|"
    "حصاد اسبوع|حصاد الاسبوع|عناوين صحف|عناوين الصحف|revue de presse|le point de la journee|kurz notiert|nachrichtenuberblick|"
    "resumen de noticias|resumen del dia|rassegna stampa|resumo do dia|главное за день|главное за сутки|главное за неделю|"
    "даиджест|головне за день|головне за добу|gunun ozeti|przeglad prasy|diem tin",
    "|",
)
# By the longest word of each, which most headlines do not have.
_BY_WORD: Final = {
    word: [f" {name} " for name in _CALLED if max(name.split(), key=len) == word]
    for word in {max(name.split(), key=len) for name in _CALLED}
}
# The same where no spaces part words.
_CALLED_SOLID: Final = re.compile(
    "실시간|生中継|ライブ更新|实时更新|直播|뉴스 브리핑|간추린 뉴스|今日の主なニュース|每日简报|今日要闻"
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
    paragraphs = list(filter(None, map(str.strip, text.split("\n"))))
    if len(paragraphs) < _FEWEST:
        return ()
    opened = [
        not paragraph[0].isalpha()
        and _FIGURE.match(paragraph)
        and _HOUR.match(paragraph[:_HOUR_LENGTH].lower())
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
    return tuple(paragraphs) if calls_itself_one(title) else ()


@lru_cache(maxsize=64)
def calls_itself_one(title: str) -> bool:
    """Whether a title says that its page is a live blog or a round-up."""
    found = words(title)
    if known := _BY_WORD.keys() & found:
        said = f" {' '.join(found)} "
        if any(name in said for word in known for name in _BY_WORD[word]):
            return True
    return _CALLED_SOLID.search(fold(title)) is not None
