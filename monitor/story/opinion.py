"""What is somebody's opinion, by its headline or by how it is written, and what that is worth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from monitor.story.news_words import shipped
from monitor.story.passages import Sentence, together
from monitor.story.profile import Profile
from monitor.story.signs import OTHER
from monitor.text.arabic import fold

# The names of such pieces, folded; one stands before a mark at the beginning or end.
_NAMES: Final = (
    "راي|مقال راي|مقالات|مقال|وجهه نظر|افتتاحيه|تعليق|عمود|opinion|op ed|op-ed|column|comment|commentary|editorial|"
    "viewpoint|guest essay|мнение|колонка|комментарии|авторская колонка|думка|погляд|блог|tribune|opinions?|editorial|"
    "point de vue|chronique|edito|kommentar|meinung|gastbeitrag|leitartikel|opinion|columna|tribuna|editorial|opinione|"
    "commento|editoriale|opiniao|coluna|gorus|yorum|kose yazisi|يادداشت|ديدگاه|سرمقاله|نظر|تحليل و نظر|راي|كالم|اداريه|"
    "사설|칼럼|기고|시론|오피니언|논평|기자수첩|社説|コラム|オピニオン|寄稿|论坛|评论|社评|观点|專欄|專栏|专栏|社論|投書|"
    "binh luan|goc nhin|y kien|xa luan|opini|kolom|tajuk|דעה|טור|פרשנות|opinia|komentarz|felieton|opinie|commentaar|"
    "γνωμη|αποψη|asikt|ledare|velemeny|parere|nazor"
)
# The most that an opinion is worth, as a share of the edge of *on*.
_MOST: Final = 0.9
# Reports of so many sentences have a figure, a quotation or somebody who said it.
_LONG: Final = 5
_SAID: Final = 1
_OPENING: Final = 3
_REPORTED: Final = re.compile(r"[\d\"“”«»„「」『』]")
_MARKED: Final = re.compile(
    rf"\W{{0,2}}(?:{_NAMES})\s*(?:[|:：\-–—.،\]】)》」/•]|$)|.*[|\-–—\[(【]\s*(?:{_NAMES})\W{{0,2}}$",
    re.DOTALL,
)


@lru_cache(maxsize=64)
def is_opinion(headline: str) -> bool:
    """Whether a headline names its piece a column, a comment or the like."""
    return _MARKED.match(fold(headline)) is not None


def is_essay(profile: Profile, article: Sequence[Sentence]) -> bool:
    """Whether a text on the story's actor reports nothing: no figure, no quotation, hardly a source.

    The actor must be named in its headline or opening, and somewhere all that the story
    requires; the headline is about nothing else.
    """
    body = [sentence for sentence in article if sentence.place >= 0]
    if len(body) < _LONG or any(_REPORTED.search(sentence.text) for sentence in article):
        return False
    if article[0].place < 0 and article[0].signs & OTHER:
        return False
    opening = together([sentence for sentence in article if sentence.place < _OPENING])
    code = profile.code
    if not opening & code.either(profile.required[0]) or code.needed & ~together(article):
        return False
    words, lexicon = shipped()
    said = sum(
        any(
            words[name].kind == "say"
            for each in lexicon.find(sentence.text)
            for name in each.concepts
        )
        for sentence in body
    )
    return said <= _SAID


def of_opinion(
    profile: Profile, score: float, article: Sequence[Sentence], *, least: float
) -> float:
    """The score of an opinion, which reports no act: short of *on*, and not below `least`.

    The latter where it names the story's actor and one thing more of the story.
    """
    groups = profile.code.named_at_all(together(article))
    if (
        profile.required[:1]
        and profile.required[0] in groups
        and groups.intersection(("what", "near", "with"))
    ):
        score = max(score, least)
    return min(score, profile.story.threshold * _MOST)
