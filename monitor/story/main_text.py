"""The text of an article without what names other articles (links, "read also" blocks), line by line."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from monitor.text.arabic import fold
from monitor.text.words import sentences

# What outlets write above links to other articles, folded.
_MARKS: Final = (
    "اقرا ايضا|اقرا المزيد|اخبار ذات صله|مقالات ذات صله|مقالات مشابهه|مواضيع متعلقه|مواضيع ذات صله|موضوعات ذات صله|"
    "موضوعات متعلقه|قراءه المزيد|شاهد ايضا|قد يهمك(?: ايضا)?|الاكثر قراءه|read more|read also|read next|"
    "related (?:articles?|stories|story|news|coverage|topics)|related|more on this(?: site| story| topic)?|more from .{1,30}|"
    "see also|most read|most popular|you may also like|lire aussi|a lire aussi|sur le meme sujet|lire la suite|"
    "lesen sie auch|mehr zum thema|auch interessant|lee tambien|leer mas|te puede interesar|le puede interesar|"
    "noticias relacionadas|leggi anche|leia tambem|leia mais|читаите также|по теме|материалы по теме|читаите також|"
    "ilgili haberler|bunlar da ilginizi cekebilir|بيشتر بخوانيد|مطالب مرتبط|اخبار مرتبط|يه بهي پڑهيں|관련 ?기사|"
    "関連記事|相关(?:阅读|新闻|报道)|相關新聞|延伸阅读|tin lien quan|xem them|baca juga|czytaj takze|lees ook"
)
_MARK: Final = re.compile(rf"\W{{0,3}}(?:{_MARKS})\s*(?:[:：]|\W*$)")
_ENDED: Final = re.compile(r"[.!?؟۔…。！？:؛][\"'»”’)\]」』]*\s*$")
# The longest line that is taken for a link, below a mark and without one at the end.
_LINK_WORDS: Final = 22
_TAIL_WORDS: Final = 16
_MARK_LENGTH: Final = 60
# Letters of one in a script without spaces, at the most.
_LINK_LENGTH: Final = 200
_OPENS_A_LIST: Final = re.compile(r"[:：]\s*$")
# Behind everything: what stands aside is neither lead nor opening.
FAR: Final = 1_000


class Line(NamedTuple):
    """A sentence and where it stands: `place` counts from 0, the headline is -1.

    `standing` says that it is in the last of several paragraphs, where agencies hang the background;
    `aside` that it is a line of its own without an end mark between paragraphs that have one. That
    is mostly a link to another article that nothing marks as one; its place is `FAR`.
    """

    text: str
    place: int
    standing: bool
    aside: bool


@lru_cache(maxsize=8)
def lines(title: str, text: str) -> tuple[Line, ...]:
    """The headline, where there is one, and the sentences of the text in order."""
    found = [Line(title.strip(), -1, standing=False, aside=False)] if title.strip() else []
    paragraphs = main_text(text)
    asides = _asides(paragraphs)
    place = 0
    for number, paragraph in enumerate(paragraphs):
        standing = number >= 2 and number == len(paragraphs) - 1
        for sentence in paragraph:
            # Its place is taken: what comes next may be the lead that belongs to it.
            if number in asides:
                found.append(Line(sentence, FAR, standing=False, aside=True))
            else:
                found.append(Line(sentence, place, standing, aside=False))
            place += 1
    return tuple(found)


def _asides(paragraphs: Sequence[Sequence[str]]) -> Collection[int]:
    """The numbers of the paragraphs that stand aside.

    None where fewer than half of the others end in a mark: posts, lists, and some languages have
    none. What follows a colon is the list that it opens.
    """
    ended = [_ENDED.search(parts[-1]) is not None for parts in paragraphs]
    if ended.count(True) * 2 <= len(paragraphs) - 1 or all(ended):
        return ()
    first = ended.index(True)
    last = len(ended) - 1 - ended[::-1].index(True)
    found: set[int] = set()
    listed = False
    for number in range(first, last):
        parts = paragraphs[number]
        if ended[number]:
            listed = _OPENS_A_LIST.search(parts[-1]) is not None
        elif not listed and len(parts) == 1 and _stands_aside(parts[0]):
            found.add(number)
    return found


@lru_cache(maxsize=8)
def main_text(text: str) -> list[list[str]]:
    """The sentences of each paragraph, without links to other articles."""
    kept: list[list[str]] = []
    linking = False
    for paragraph in filter(str.strip, text.split("\n")):
        parts = sentences(paragraph)
        marked = next((at for at, part in enumerate(parts) if _is_mark(part)), None)
        linking = marked is not None or (linking and _is_link(paragraph, _LINK_WORDS))
        if not linking:
            kept.append(parts)
        elif marked:
            kept.append(parts[:marked])
    while len(kept) > 1 and _is_link(kept[-1][-1], _TAIL_WORDS) and len(kept[-1]) == 1:
        if not any(_ENDED.search(parts[-1]) for parts in kept[:-1]):
            break
        kept.pop()
    return kept


def _stands_aside(line: str) -> bool:
    return len(line) <= _LINK_LENGTH and _is_link(line, _LINK_WORDS)


def _is_mark(sentence: str) -> bool:
    head = sentence[:_MARK_LENGTH]
    if len(sentence) > _MARK_LENGTH and ":" not in head and "：" not in head:
        return False
    return _MARK.match(fold(head)) is not None


def _is_link(line: str, words: int) -> bool:
    return not _ENDED.search(line) and len(line.split()) <= words
