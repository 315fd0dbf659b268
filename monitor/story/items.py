"""Round-ups known by their form: pages of many items, of which each is a piece of news for itself.

An item is a paragraph behind a number or a bullet, one of several with a place of its own before
it ("ATHENS: …", "موسكو - …"), or any paragraph of a page whose title calls it a summary. It has a
sentence that ends: a list of links has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import and_
from typing import Final

from monitor.story.afresh import is_recalled
from monitor.story.main_text import is_ended
from monitor.story.openers import Openers
from monitor.story.passages import signs
from monitor.story.posts import calls_itself_one
from monitor.story.profile import Profile
from monitor.text.arabic import fold
from monitor.text.words import words

# Numbers, dots, arrows and pictures that stand before items.
_MARKED: Final = re.compile(
    r"\s*(?:[(\[]?\d{1,2}[.)\]:-]\s|[•‣▪▫◾◼■□●○◆◇★☆▶►➤➡→✦✔✅❗‼⚡🔹🔸🔴🔵🟢🟡⚪⚫🔺📌📍🗞️⭐]"
    r"|[\U0001f000-\U0001faff\u2600-\u27bf]|[1-9]\ufe0f?\u20e3)"
)
# A place, or two words of one, before a mark: in capitals where the script has them, else before
# a dash alone, for "watch:" is none.
_PLACED: Final = re.compile(
    r"\W{0,3}(?P<place>[^\W\d_][\w'’.]*(?:[ -][^\W\d_][\w'’.]*)?)\s*(?::|\s[-–—ـ]+)\s+(?=\S)"
)
# What pages of many items call themselves, folded; `posts` has others.
_SUMMARY: Final = re.compile(
    r"^\W*(?:(?:world|news|nation|region|business|europe|asia)?\s?(?:in brief|briefs|at a glance)\b|"
    r"(?:campaign|daily|weekly|offensive|situation) (?:assessment|summary|report|digest)\b|(?:morning|evening|daily|weekly) (?:digest|report|news)\b|"
    r"(?:ال)?موجز\b|ملخص (?:ال)?(?:اخبار|يوم|احداث)|نشره\b|اخبار (?:سريعه|قصيره|متفرقه|موجزه)|جوله (?:ال)?(?:اخبار|صباح|مساء)|"
    r"(?:сводка|сводки|коротко|новости дня|новости коротко|итоги дня|утренняя сводка|вечерняя сводка|о главном)\b|"
    r"(?:зведення|коротко|новини дня|підсумки дня|оперативна інформація)\b|"
    r"(?:en bref|breves|l'actu en bref|kurz und knapp|kurzmeldungen|kurz gemeldet|nachrichten in kurze|lagebericht|breves del dia|en breve|brevi|in breve|em resumo|"
    r"kisa kisa|kisa haberler|gunun haberleri|gun ozeti|خلاصه اخبار|اخبار كوتاه|ringkasan berita|berita singkat|kilas|tin van|diem bao|"
    r"w skrocie|wiadomosci w skrocie|kort nieuws|in het kort|kratce|roviden|pe scurt|накратко|укратко|ukratko|με λιγα λογια|korta nyheter|lyhyesti|kort nytt)\b)"
    r"|\b(?:in brief|world briefs|kwa ufupi|kisa kisa|w skrocie|en bref|en breve|in breve|em breve resumo|tin van)\W*(?:$|[|:–—-])"
    r"|סיכום היום|בקצרה|단신|헤드라인|주요 ?뉴스|短讯|短訊|要闻|要聞|ニュース一覧|短信|सुर्खिय|संक्षेप में|সংক্ষেপে|শিরোনাম"
)
# Sessions whose reports hold many answers to many questions, folded.
_MINUTES: Final = re.compile(
    r"\b(?:defen[cs]e questions|oral questions|question (?:time|period)|questions au gouvernement|seance publique|minutes of|hansard|transcript|press briefing|"
    r"key (?:events|developments)|week in review|day in review|fragestunde|plenarprotokoll|стенограмма|час вопросов|година запитань|стенограма|"
    r"محضر (?:ال)?جلسه|جلسه (?:ال)?(?:اسيله|استماع|مساءله)|امام (?:ال)?(?:نواب|برلمان)|sesion de control|interpelacje)\b|"
    r"\bsecurity council\b.{0,60}\bmeeting\b|\bمجلس الامن\b.{0,30}\bجلسه\b|\bجلسه\b.{0,30}\bمجلس الامن\b|заседани\w+ (?:совбеза|совета безопасности)|"
    r"대정부질문|国会答弁|質疑"
)
# A word that stands in each such title, folded; of scripts without blanks pairs of letters.
_MANY: Final = frozenset(
    fold(
        "brief briefs briefing glance assessment summary report digest news roundup round live blog liveblog newsblog updates minute happened"
        " today need questions question minutes hansard transcript briefing council events developments review seance fragestunde plenarprotokoll"
        " موجز الموجز ملخص نشره النشره اخبار الاخبار جوله ابرز اهم حصاد عناوين تغطيه التغطيه لحظه مباشر محضر جلسه نواب النواب برلمان البرلمان"
        " сводка сводки коротко новости итоги главном главное дайджест трансляция стенограмма вопросов заседание заседании заседания"
        " зведення новини підсумки інформація головне трансляція наживо стенограма запитань"
        " bref breves actu presse journee direct kurz kurzmeldungen kurze lagebericht notiert nachrichtenuberblick ticker liveticker"
        " breve breves resumen vivo minuto brevi rassegna diretta resumo resumo vivo kisa haberler haberleri ozeti canli dakika"
        " خلاصه كوتاه ringkasan singkat kilas tin van diem bao truc wiadomosci skrocie relacja przeglad nieuws kort kratce roviden scurt"
        " накратко укратко ukratko λογια nyheter lyhyesti nytt ufupi interpelacje control"
        " सुर्खियाँ सुर्खियां संक्षेप সংক্ষেপে শিরোনাম סיכום בקצרה 실시간 단신 헤드라인 뉴스 주요뉴스 대정부질문"
        " 直播 实时 每日 今日 短讯 短訊 要闻 要聞 短信 生中 中継 ライ ニュ 質疑 答弁"
    ).split()
)
# The same for who looks for words of many kinds at once.
TELLING: Final = Openers({"many": _MANY})
_ASKED: Final = re.compile(r"[?؟？]\W*$")
_FEWEST: Final = 3
_FEWEST_PLACED: Final = 2
_SHARE: Final = 0.4
_SHARE_APART: Final = 0.7


@lru_cache(maxsize=8)
def items(title: str, text: str) -> tuple[str, ...]:
    """The items of a page that has the form of many, in order; none of another page."""
    paragraphs = [line.strip() for line in text.split("\n") if line.strip()]
    if len(paragraphs) < _FEWEST_PLACED:
        return ()
    marked = [not each[0].isalpha() and _MARKED.match(each) is not None for each in paragraphs]
    if sum(marked) >= _FEWEST:
        if _is_interview(marked, paragraphs):
            return ()
        if _are_many(marked, paragraphs, _FEWEST):
            return tuple(_behind(marked, paragraphs))
    placed = [_place(each) for each in paragraphs]
    here = list(map(bool, placed))
    # Who speaks in an interview stands there again and again.
    apart = len({*placed} - {""}) >= max(_FEWEST_PLACED, _SHARE_APART * sum(here))
    if apart and _are_many(here, paragraphs, _FEWEST_PLACED):
        return tuple(_behind(here, paragraphs))
    if is_summary(title):
        own = tuple(filter(is_ended, paragraphs))
        return own if len(own) >= _FEWEST_PLACED else ()
    return ()


@lru_cache(maxsize=64)
def is_summary(title: str) -> bool:
    """Whether a page's title says that it sums up the news."""
    return not _MANY.isdisjoint(words(title)) and _SUMMARY.search(fold(title)) is not None


def says_many(title: str) -> bool:
    """Whether a title says that many items stand on its page, of which it names none.

    A summary, a live blog, minutes of a session: a few a day of a source. None but a title that one
    of `TELLING` begins in.
    """
    if _MANY.isdisjoint(words(title)):
        return False
    return is_summary(title) or calls_itself_one(title) or _MINUTES.search(fold(title)) is not None


def items_beside(profile: Profile, title: str, text: str, language: str | None) -> tuple[str, ...]:
    """The items of a page whose title does not name the story's actor: of one subject it has none.

    Those that only recall what was before ("→ Since 2024 …") are left out beside others.
    """
    own = items(title, text)
    if not own or signs(profile, title) & profile.code.either(profile.required[0]):
        return ()
    return tuple(each for each in own if not is_recalled(each, language)) or own


def _is_interview(marked: Sequence[bool], paragraphs: Sequence[str]) -> bool:
    """Whether marks stand before questions."""
    asked = [_ASKED.search(each) is not None for each in paragraphs]
    return sum(map(and_, marked, asked)) >= _FEWEST_PLACED or sum(asked) * 4 > len(asked)


def _are_many(opened: Sequence[bool], paragraphs: Sequence[str], fewest: int) -> bool:
    ended = sum(opens and is_ended(each) for opens, each in zip(opened, paragraphs, strict=True))
    return ended >= max(fewest, _SHARE * sum(map(is_ended, paragraphs)))


def _behind(opened: Sequence[bool], paragraphs: Sequence[str]) -> Iterator[str]:
    """What stands from each opening to the next, but for what ends in no mark behind the first."""
    item: list[str] = []
    for opens, paragraph in zip(opened, paragraphs, strict=True):
        if opens:
            yield from _whole(item)
            item = [paragraph]
        elif is_ended(paragraph):
            item.append(paragraph)
    yield from _whole(item)


def _whole(item: Sequence[str]) -> Iterator[str]:
    if any(map(is_ended, item)):
        yield "\n".join(item)


def _place(paragraph: str) -> str:
    """The place that a paragraph begins with."""
    found = _PLACED.match(paragraph[:60])
    if found is None:
        return ""
    place = found["place"]
    dashed = place.upper() == place.lower() and not found[0].rstrip().endswith(":")
    return place if place.isupper() or dashed else ""
