"""The text of an article without what names other articles (links, "read also" blocks), line by line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from monitor.story.dateline import dated
from monitor.story.headline import headline
from monitor.text.arabic import fold
from monitor.text.memory import Memory
from monitor.text.outlet import calls_its_reader
from monitor.text.words import UNSEEN, sentences

# Marks that begin no sentence of an article: what follows on the same line is a link, colon or not. Folded.
_UNSPACED: Final = "関連記事|相关阅读|相关新闻|延伸阅读"
_SURE: Final = (
    "اقرا ايضا|اقرا المزيد|اخبار ذات صله|مقالات ذات صله|مقالات مشابهه|مواضيع ذات صله|موضوعات ذات صله|موضوعات متعلقه|"
    "قراءه المزيد|شاهد ايضا|قد يهمك ايضا|read more|read also|read next|related articles?|related stories|related news|"
    "you may also like|a lire aussi|lire aussi|lesen sie auch|lee tambien|te puede interesar|leggi anche|leia tambem|"
    "leia mais|читаите также|читаите також|ilgili haberler|بيشتر بخوانيد|관련 ?기사|"
    "tin lien quan|baca juga|czytaj takze|lees ook"
)
# What outlets write above links to other articles.
_MARKS: Final = (
    f"{_SURE}|{_UNSPACED}|مواضيع متعلقه|قد يهمك|الاكثر قراءه|related (?:story|coverage|topics)|related|"
    "more on this(?: site| story| topic)?|more from .{1,30}|see also|most read|most popular|sur le meme sujet|"
    "lire la suite|mehr zum thema|auch interessant|leer mas|le puede interesar|noticias relacionadas|по теме|"
    "материалы по теме|bunlar da ilginizi cekebilir|مطالب مرتبط|اخبار مرتبط|يه بهي پڑهيں|相关报道|相關新聞|xem them"
)
_INLINE: Final = re.compile(rf"\W{{0,3}}(?:(?:{_SURE})(?!\w)|{_UNSPACED})")
_MARK: Final = re.compile(rf"\W{{0,3}}(?:{_MARKS})\s*(?:[:：]|\W*$)")
# The first two letters of any: few sentences need be folded.
_OPENINGS: Final = frozenset(mark[:2] for mark in _MARKS.split("|"))
_ENDED: Final = re.compile(rf"[.!?؟۔…。！？:؛।॥።։][\"'»”’)\]」』{UNSEEN}]*\s*$")
# Nearly all sentences end in one of these themselves.
_ENDS: Final = frozenset(".!?؟۔…。！？؛।॥።։")
# What stands inside headlines, Arabic ones above all.
_PAUSE: Final = re.compile(rf"(?:\.\.|[…!?؟])[\"'»”’)\]{UNSEEN}]*\s*$")
# The longest line that is taken for a link, below a mark and without one at the end.
_LINK_WORDS: Final = 22
_TAIL_WORDS: Final = 16
_MARK_LENGTH: Final = 60
# Letters of one in a script without spaces, at the most.
_LINK_LENGTH: Final = 200
# Paragraphs from the top that may begin with a dateline.
_DATED: Final = 3
# Who took a picture, behind the sentence that tells what it shows; so far from the end at the most.
_CREDIT: Final = 80
_MAY_CREDIT: Final = re.compile(r"[)\]）】]\W*$|[:：/=].{2,40}$")
_CREDITED: Final = re.compile(
    r"[.!?؟۔…»”\"]\s*[(\[（【](?:[^()\[\]\d]{0,30}[\s/])?"
    r"(?:photos?|images?|file|archives?|handout|getty|ap|afp|reuters|epa|efe|dpa|kcna|yonhap|tass|xinhua|anadolu|ria novosti|sputnik|kyodo|"
    r"صورة|أرشيف\w*|ارشيف\w*|رويترز|أ ف ب|أ\.ف\.ب|فرانس برس|أسوشيتد برس|الأناضول|غيتي|يونهاب|شينخوا|سبوتنيك|وكالات|"
    r"фото|архив|тасс|риа новости|рейтер|사진|연합뉴스|로이터|공동|写真|共同|新华社|图)"
    r"(?:[\s/][^()\[\]\d]{0,30})?[)\]）】]\W*$"
    r"|[.!?؟۔…»”\"]\W*(?:تصوير|عدسة|الصورة|صورة|photo|foto|фото|사진|ảnh|fotoğraf|crédit|credit)\s*[:：/=].{2,40}$",
    re.IGNORECASE,
)
_CAPTION_WORDS: Final = 30
_OPENS_A_LIST: Final = re.compile(rf"[:：][{UNSEEN}]*\s*$")
# Behind everything: what stands aside is neither lead nor opening.
FAR: Final = 1_000


class Line(NamedTuple):
    """A sentence and where it stands: `place` counts from 0, the headline is -1.

    `standing` says that it is in the last of several paragraphs, where agencies hang the background;
    `aside` that it is a line of its own without an end mark, above or between paragraphs that have
    one. That is mostly a link to another article that nothing marks as one, a byline, the headline
    again; its place is `FAR`. So is that of a dateline, of the words under a picture and of what the
    outlet says to its reader, which stand aside as well. `paragraph` counts those of the text from 0;
    what is in none has -1.
    """

    text: str
    place: int
    standing: bool
    aside: bool
    paragraph: int = -1


@lru_cache(maxsize=8)
def lines(title: str, text: str) -> tuple[Line, ...]:
    """The headline, where there is one, the sentences of the text in order, and what stands aside."""
    head = headline(title)
    found = [Line(head, -1, standing=False, aside=False)] if head else []
    datelines, text = _undated(text)
    apart = list(map(_aside, datelines))
    paragraphs = main_text(text)
    asides = {*_asides(paragraphs), *_around(paragraphs)}
    last = len(paragraphs) - len(asides) - 1
    place = at = 0
    for number, paragraph in enumerate(paragraphs):
        if number in asides:
            apart += map(_aside, paragraph)
            # Within a text its place is taken: what comes next may be the lead that belongs to it.
            place += len(paragraph) if at else 0
            continue
        for sentence in paragraph:
            standing = last > 1 and at == last
            found.append(Line(sentence, place, standing, aside=False, paragraph=at))
            place += 1
        at += 1
    return (*found, *apart)


def _aside(sentence: str) -> Line:
    return Line(sentence, FAR, standing=False, aside=True)


def _undated(text: str) -> tuple[list[str], str]:
    """The datelines of a text, which stand before its first paragraphs, and the text without them."""
    paragraphs = list(filter(str.strip, text.split("\n")))
    found = []
    for at, paragraph in enumerate(paragraphs[:_DATED]):
        if line := dated(paragraph):
            found.append(line)
            paragraphs[at] = paragraph[len(line) :]
    return (found, "\n".join(paragraphs)) if found else ([], text)


def own_sentences(title: str, text: str) -> tuple[str, ...]:
    """Headline and sentences without links and what stands aside."""
    return tuple([line.text for line in lines(title, text) if not line.aside])


def _asides(paragraphs: Sequence[Sequence[str]]) -> Collection[int]:
    """The numbers of the paragraphs that stand aside.

    None where fewer than half of the others, from the first that ends in a mark, end in one: posts,
    lists, and some languages have none. What follows a colon is the list that it opens.
    """
    ended = [_is_ended(parts[-1]) for parts in paragraphs]
    if all(ended) or not any(ended):
        return ()
    first = ended.index(True)
    if ended.count(True) * 2 <= len(paragraphs) - first - 1:
        return ()
    last = len(ended) - 1 - ended[::-1].index(True)
    found: set[int] = set()
    listed = False
    for number, parts in enumerate(paragraphs[:last]):
        if ended[number]:
            listed = _OPENS_A_LIST.search(parts[-1]) is not None
        elif not listed and _stands_aside(parts):
            found.add(number)
    return found


@lru_cache(maxsize=8)
def main_text(text: str) -> list[list[str]]:
    """The sentences of each paragraph, without links to other articles."""
    kept: list[list[str]] = []
    linking = False
    for paragraph in filter(str.strip, text.split("\n")):
        parts, marked = sentences(paragraph), None
        if any(_MAY_BEGIN[part[:2]] for part in parts):
            parts = _unlinked(parts)
            if not parts:
                linking = True
                continue
            marked = next((at for at, part in enumerate(parts) if is_mark(part)), None)
        linking = marked is not None or (linking and is_link(paragraph, _LINK_WORDS))
        if not linking:
            kept.append(parts)
        elif marked:
            kept.append(parts[:marked])
    while len(kept) > 1 and _is_headline(kept[-1], _TAIL_WORDS):
        if not any(_is_ended(parts[-1]) for parts in kept[:-1]):
            break
        kept.pop()
    return kept


def _around(paragraphs: Sequence[Sequence[str]]) -> Iterator[int]:
    """The numbers of those that are the outlet's word to its reader or that under a picture.

    Behind the end of the latter stands who took it; at the end of a text it is its agency.
    """
    for number, parts in enumerate(paragraphs):
        if sum(map(len, parts)) >= _LINK_LENGTH:
            continue
        last = number + 1 == len(paragraphs)
        if (not last and _is_caption(" ".join(parts))) or calls_its_reader(parts):
            yield number


def _is_caption(text: str) -> bool:
    return (
        _MAY_CREDIT.search(text, max(0, len(text) - _CREDIT)) is not None
        and len(text.split()) <= _CAPTION_WORDS
        and _CREDITED.search(text) is not None
    )


def _is_ended(sentence: str) -> bool:
    return sentence[-1] in _ENDS or _ENDED.search(sentence) is not None


def _stands_aside(parts: Sequence[str]) -> bool:
    return len(" ".join(parts)) <= _LINK_LENGTH and _is_headline(parts, _LINK_WORDS)


def _is_headline(parts: Sequence[str], words: int) -> bool:
    """Whether a paragraph may be one: no end mark, and within it none but a dash of dots or a cry."""
    return is_link(" ".join(parts), words) and all(map(_PAUSE.search, parts[:-1]))


def _unlinked(parts: list[str]) -> list[str]:
    """Sentences of a paragraph without those that are marks and links in one.

    Where the paragraph has no end mark, it ends in links: a text that has lost its lines.
    """
    first = next((at for at, part in enumerate(parts) if _is_linked(part)), None)
    if first is None:
        return parts
    kept = parts[:first]
    if _is_ended(parts[-1]):
        linked = False
        for part in parts[first:]:
            linked = _is_linked(part) or linked
            if not linked:
                kept.append(part)
            linked = linked and _PAUSE.search(part) is not None
    return kept


def _is_linked(sentence: str) -> bool:
    """Whether a sentence begins with a mark and the headline that it links to."""
    return _MAY_BEGIN[sentence[:2]] and _INLINE.match(fold(sentence[:_MARK_LENGTH])) is not None


def _may_begin(letters: str) -> bool:
    """Whether a mark may begin with two letters; what stands before marks may be one of them."""
    folded = fold(letters)[:2]
    return folded in _OPENINGS or len(folded) < 2 or not folded.isalnum()


_MAY_BEGIN: Final = Memory(_may_begin, 2_000)


def is_mark(sentence: str) -> bool:
    """Whether a line is what outlets write above links to other articles."""
    if not _MAY_BEGIN[sentence[:2]]:
        return False
    head = sentence[:_MARK_LENGTH]
    if len(sentence) > _MARK_LENGTH and ":" not in head and "：" not in head:
        return False
    return _MARK.match(fold(head)) is not None


def is_ended(line: str) -> bool:
    """Whether a line ends as a sentence does."""
    return _ENDED.search(line) is not None


def is_link(line: str, words: int = _LINK_WORDS) -> bool:
    """Whether a line is as short as a link to another article, and ends in no mark."""
    return not _is_ended(line) and len(line.split()) <= words
