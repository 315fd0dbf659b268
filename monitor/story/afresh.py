"""Whether a sentence further down tells news of its own, or only what stands around other news.

News has somebody who says it to somebody today: a day, a quotation, "now", with a speaker or a
figure. What reports hang on other news has a year that is over, "since", "amid", and nobody.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from monitor.story.days import days
from monitor.story.news_words import shipped
from monitor.story.passages import Sentence
from monitor.story.reminding import recalls
from monitor.text.arabic import fold
from monitor.text.words import split

# Words of a day just past or to come, folded.
_DAYS: Final = frozenset(
    fold(
        "yesterday today tonight overnight weekend امس البارحه فجر"
        " вчера сегодня накануне выходные вчора сьогодні напередодні вихідні"
        " aujourd'hui week-end gestern heute wochenende ayer anoche hoy ieri oggi stamattina ontem hoje"
        " dün bugün ديروز امروز ديشب আজ গতকাল आज"
        " 어제 오늘 전날 이날 kemarin wczoraj dziś dzisiaj gisteren vandaag včera dnes tegnap astăzi azi"
        " днес днеска јуче данас juče danas χθες σήμερα igår idag eilen tänään אתמול היום הבוקר jana duh îro دوێنێ ئەمڕۆ"
    ).split()
)
# Those of two words, and of scripts without blanks.
_SAID_DAY: Final = re.compile(
    r"\b(?:this (?:morning|afternoon|evening|week)|last night|(?:صباح|ظهر|مساء|فجر) (?:اليوم|ال?امس)|هذا الاسبوع|الاسبوع المقبل|"
    r"عطله نهايه الاسبوع|за (?:минувш\w+ |прошедш\w+ )?(?:выходные|сутки|ночь)|за (?:добу|вихідні|ніч)|"
    r"ce (?:matin|soir|week end)|hier (?:soir|matin)|(?:declare|affirme|annonce|indique|precise|estime) hier|cette (?:semaine|nuit)|esta (?:semana|manana)|este fin de semana|bu (?:sabah|hafta)|hom (?:qua|nay)|"
    r"hari ini|pekan ini|in questi giorni|i gar|i dag|wiki hii|leo hii|گزشته روز)\b"
    r"|昨天|今天|昨日|今日|昨晚|本周|きのう|今朝|今週|이번 주|เมื่อวาน|วันนี้"
)
# Words of the first time, of what the sentence itself tells, and of now, which background has as well.
_FIRST: Final = re.compile(
    r"\b(?:the first time|للمره الاولي|впервые|вперше|"
    r"pour la premiere fois|erstmals|por primera vez|per la prima volta|"
    r"pela primeira vez|ilk (?:kez|defa)|براي (?:نخستين|اولين) بار|پهلي بار|"
    r"lan dau|pertama kali|po raz pierwszy|voor het eerst|poprve|eloszor|pentru prima data|"
    r"за първи път|за први пут|za prvi put|για πρωτη φορα|for forsta gangen|ensimmaista kertaa|"
    r"לראשונה|kwa mara ya kwanza)\b|首次|第一次|初めて|처음으로|पहली बार|প্রথমবার|ครั้งแรก"
)
_NOW: Final = re.compile(
    r"\b(?:now|بات(?:ت|وا)?|الان|حاليا|теперь|сеичас|тепер|нині|"
    r"desormais|maintenant|inzwischen|ahora|adesso|agora|"
    r"artik|simdi|اكنون|اينك|اب|এখন|"
    r"sekarang|kini|teraz|nyni|acum|"
    r"сега|сада|sada|τωρα|nyt|עכשיו|"
    r"sasa|niha|يێستا)\b|目前|現在|현재|अब "
)
# A quotation of some words, or one that goes on behind the end of its sentence.
_QUOTED: Final = re.compile(r"[\"“”«„「『‹][^\"“”«»„「」『』]{16,}")
# Talk in many languages begins with a dash, an answer with its letter.
_DASH: Final = re.compile(r"\s*(?:[—–]\s|[QAسج]\s?[:：]\s)")
# A count; a year is none.
_COUNT: Final = re.compile(
    r"(?<![\d.,:])(?!(?:19|20)\d\d(?!\d))\d{1,3}(?:[., \u00a0]?\d{3})*(?![\d:])"
)
# A text of many paragraphs, and a paragraph of many sentences.
_MANY: Final = 4
_LONG: Final = 6
# What was before what the text tells, beside the words of `reminding`: كان الوزير قد قال; last month.
_BEFORE: Final = re.compile(
    r"^[وف]?كان(?:ت|وا)?\b|\b(?:last (?:week|month|year|spring|summer|autumn|fall|winter)|"
    r"(?:la semaine|le mois|l'an|l'annee|l'ete|l'hiver) (?:derniere?|passee?)|(?:letzte|vergangene)[nrs]? (?:woche|monat|jahr|sommer|herbst|winter)|"
    r"(?:la semana|el mes|el ano|el verano|el otono|el invierno) pasad[ao]|на прошлои неделе)\b|지난주|지난달|先週|先月|上周|上月"
)
_YEAR: Final = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,])")


def told_afresh(
    low: Iterable[Sentence],
    article: Sequence[Sentence],
    language: str | None,
    whole: Collection[int] = (),
) -> frozenset[int]:
    """The places of those of some `low` sentences of an article that tell news of their own.

    One at the places of `whole`, which alone shows all of the story, does so by its day. In a text of many paragraphs who speaks may stand around one in its own, if that is short.
    """
    many = max((each.paragraph for each in article), default=0) >= _MANY - 1
    found = set[int]()
    for told in low:
        if told.place < 0 or told.aside:
            continue
        near = [
            each
            for each in (article if many else ())
            if each.paragraph == told.paragraph and not each.aside and each is not told
        ]
        dated = (
            told.place in whole
            and _names_day(told.text, language)
            and not _is_past(fold(told.text))
        )
        if dated or tells_news(told, near if len(near) < _LONG else (), language):
            found.add(told.place)
    return frozenset(found)


def tells_news(told: Sentence, near: Iterable[Sentence], language: str | None) -> bool:
    """Whether a sentence tells of something that was said or done now.

    What is new, on which day and what is counted it must say itself. `near` are its neighbours in the same piece of news: who
    speaks may stand there. A sentence that reminds as well must quote and count.
    """
    plain = fold(told.text)
    around = [told.text, *(each.text for each in near)]
    quoted = any(_QUOTED.search(each) or _DASH.match(each) for each in around)
    fresh = _FIRST.search(plain) or _names_day(told.text, language)
    if not fresh and not (quoted and _NOW.search(plain)):
        return False
    counts = _COUNT.search(plain) is not None
    if _is_past(plain):
        return counts and _QUOTED.search(told.text) is not None
    return counts or quoted or any(map(_is_said, around))


def is_recalled(text: str, language: str | None) -> bool:
    """Whether a text speaks of what was before and of nothing that was said or done now."""
    plain = fold(text)
    now = (
        _FIRST.search(plain)
        or _NOW.search(plain)
        or _QUOTED.search(text)
        or _names_day(text, language)
    )
    return _is_past(plain) and not now


def _names_day(sentence: str, language: str | None) -> bool:
    plain = fold(sentence)
    return (
        not _DAYS.isdisjoint(split(plain))
        or _SAID_DAY.search(plain) is not None
        or any(not day.startswith("y") for day in days(sentence, language))
    )


def _is_past(plain: str) -> bool:
    return _YEAR.search(plain) is not None or recalls(plain) or _BEFORE.search(plain) is not None


def _is_said(sentence: str) -> bool:
    words, lexicon = shipped()
    return any(
        words[name].kind == "say" for each in lexicon.find(sentence) for name in each.concepts
    )
