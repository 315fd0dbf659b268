"""What is no report of an event though it tells of one: opinion, round-ups, explainers.

Told by the marks that outlets themselves set: a word before the headline, or a folder of the
address. Text alone is not judged: a report with an opinion in it stays a report.
"""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import unquote, urlsplit

from monitor.model import Article
from monitor.text.arabic import fold

Genre = Literal["opinion", "round-up", "explainer"]

# Whole names of folders in an address.
_FOLDERS: dict[str, Genre] = {
    **dict.fromkeys(
        ["opinion", "opinions", "opinion-analysis", "comment", "commentisfree", "commentary", "editorial", "editorials", "columns", "columnists", "blogs", "op-ed", "oped", "views", "tribune", "tribunes", "debats", "kolumne", "meinung", "opinie", "mnenie", "mneniya", "yazarlar", "columnas", "رأي", "راي", "اراء", "آراء", "مقالات", "مقالات-الرأي", "كتاب-الرأي", "كتاب", "تدوينات"],
        "opinion",
    ),
    **dict.fromkeys(
        ["explainer", "explainers", "explained", "explainer-news", "what-we-know", "analysis", "analyses", "fact-box", "تحليلات", "تحليل", "تحليلات-سياسية", "شرح"],
        "explainer",
    ),
    **dict.fromkeys(
        ["briefing", "briefings", "newsletter", "newsletters", "press-review", "pressreview", "round-up", "roundup", "live", "live-news", "liveblog", "liveblogs", "news-summary", "حصاد", "موجز", "نشرة"],
        "round-up",
    ),
}  # fmt: skip

# Before a headline, parted from it by a colon, a bar or a dash.
_LABELS: dict[str, Genre] = {
    **dict.fromkeys(
        """opinion|comment|commentary|editorial|op-ed|column|view|رأي|مقال|مقال رأي|افتتاحية|
        وجهة نظر|мнение|kommentar|tribune|éditorial|yorum""".replace("\n", "").split("|"),
        "opinion",
    ),
    **dict.fromkeys(
        """explainer|explained|analysis|factbox|fact box|timeline|q&a|background|تحليل|شرح|
        إنفوغراف|انفوغراف|تسلسل زمني|خلفية|анализ|analyse|analiz|décryptage""".replace(
            "\n", ""
        ).split("|"),
        "explainer",
    ),
    **dict.fromkeys(
        """round-up|roundup|briefing|morning briefing|evening briefing|news briefing|live|
        live updates|live blog|press review|the week|week in review|حصاد اليوم|حصاد الأسبوع|
        موجز|موجز الأخبار|نشرة الأخبار|جولة الصحافة|جولة الصحف|عناوين الصحف|تغطية مباشرة|
        تغطية مستمرة|مباشر|обзор|дайджест""".replace("\n", "").split("|"),
        "round-up",
    ),
}  # fmt: skip

# Ways in which such headlines begin.
_OPENINGS: tuple[tuple[str, Genre], ...] = (
    ("what we know", "explainer"),
    ("what to know", "explainer"),
    ("what you need to know", "explainer"),
    ("everything we know", "explainer"),
    ("ماذا نعرف عن", "explainer"),
    ("ما نعرفه عن", "explainer"),
    ("كل ما نعرفه", "explainer"),
    ("ما الذي نعرفه", "explainer"),
    ("كل ما تريد معرفته", "explainer"),
    ("القصة الكاملة", "explainer"),
    ("ukraine war briefing", "round-up"),
    ("أبرز الأحداث", "round-up"),
    ("أبرز عناوين", "round-up"),
    ("أهم الأخبار", "round-up"),
)

_LABEL = re.compile(
    r"^\s*[\[(]?\s*([^|:\[\]()–—-]{2,24}(?:-[^|:\[\]()–—\s]{1,8})?)\s*[\])]?\s*[|:–—]"
)
_FOLDED_LABELS = {fold(label.strip()): genre for label, genre in _LABELS.items()}
_FOLDED_OPENINGS = tuple((fold(words), genre) for words, genre in _OPENINGS)
_FOLDED_FOLDERS = {fold(name): genre for name, genre in _FOLDERS.items()}


def genre(article: Article) -> Genre | None:
    """What kind of text an article is, where it is no report; None for a report."""
    found = _LABEL.match(article.title[:200])
    if found and (labelled := _FOLDED_LABELS.get(fold(found[1].strip()))):
        return labelled
    title = fold(article.title[:200]).strip()
    for words, kind in _FOLDED_OPENINGS:
        if title.startswith(words):
            return kind
    for address in (article.url, article.link):
        # The last part is the article's own name, made of its headline.
        for folder in unquote(urlsplit(address).path).split("/")[:-1]:
            if kind_of := _FOLDED_FOLDERS.get(fold(folder)):
                return kind_of
    return None
