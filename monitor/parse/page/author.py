"""Who wrote an article: a person's name as stated or in the byline, not the outlet, an account or a date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import urlsplit

from monitor.parse.dates.dates import read_stamp
from monitor.parse.labels import OF_DATES, labels
from monitor.parse.lines import ends, words
from monitor.parse.names import names_author
from monitor.parse.page.stamps import is_stamp
from monitor.parse.shown import Shown, bare
from monitor.text.arabic import fold
from monitor.text.lists import phrases

_LINES: Final = 12  # below the headline
_PROSE: Final = 10
_STAND: Final = 40  # words of a standfirst
_NAME_WORDS: Final = 6
_NAME: Final = 60  # letters
_LABEL: Final = re.compile(
    r"\s*(?:بقلم|كتب(?:ت|ه|ها)?|[اإ]عداد|بواسطة|نشرت? بواسطة|مرسلة بواسطة|الكاتبة?|المراسل|تقرير|حاور(?:ته?ا?|ه?ا?)|حوار|شعر|قصة|نص|تقديم|[اإ]عداد وتقديم|submitted by|posted by|written by|reported by|hosted by|presented by|words by|by|γράφει [οη]|írta|penulis|oleh|tác giả|autora?|autore|scritto da|author|автор(?: статьи)?|текст"
    r"|yazan|muhabir|haber|par|von|por|نویسنده|به قلم|خبرنگار|תאת|מאת|作者|记者|記者|文)"
    r"\s*(?:[:：/|-]\s*|,\s*|\s+|$)",
    re.IGNORECASE,
)
# Words that are a label before a colon only: "تقرير عن …", "haber …" begin headlines.
_WEAK: Final = frozenset(("تقرير", "حوار", "شعر", "قصة", "نص", "haber", "текст", "文"))
_KOREAN: Final = re.compile(
    r"(?:^|[\s=\]|])([가-힣]{2,4})\s?(?:기자|특파원|선임기자)(?:\s|$|[=|(])"
)
_KOREAN_TITLE: Final = re.compile(r"(?<=[가-힣])\s(?:선임)?(?:기자|특파원)$")
_CHINESE: Final = re.compile(
    r"^.{0,20}[（(【\[]?(?:记者|記者)[:：\s]?([一-鿿]{2,3}?)(?=[）)】\]]|[^一-鿿]|报道|報道|電|$)"
)
_DOCTOR: Final = re.compile(
    r"(?:د|أ\.\s?د|م|الدكتورة?|dr|prof)\.?\s?[/.]?\s?\S+\s\S+", re.IGNORECASE
)
_PARTED: Final = re.compile(
    r"\s*[|•·]\s*|\s+[–—-]\s+|\s{2,}|[,،]\s(?=\S+\s\d)|\s(?=[^\s\d]{2,12}[:：])"
)
_DIGIT: Final = re.compile(r"\d")
_BRACKET: Final = re.compile(r"(?<=\w)\s\([^()]{1,60}\)$")
_AGO: Final = re.compile(r"(?:منذ|قبل)\s")
_OTHERS: Final = re.compile(r"editor|photo|foto|camera|source|caption")  # who is no author
_BAR: Final = re.compile(r"\s*[|•·]\s*")
_ROW: Final = 5  # lines below the headline, or above
_ROW_WORDS: Final = 20
_LOOSE_WORDS: Final = 3
_LISTS: Final = ("monitor.parse", "names")
_TOPICS: Final = phrases(*_LISTS, "topic")
_EDGE: Final = " :,،.|-–—("
_NOBODY: Final = phrases(*_LISTS, "nobody")


def read_author(
    stated: Sequence[str],
    lines: Sequence[Shown],
    head: int | None,
    *,
    site: str | None,
    url: str | None,
) -> str | None:
    """The first of the stated names that is a person's, else the name in the byline under the headline."""
    own = (bare(site or ""), bare(urlsplit(url or "").hostname or ""))
    for one in stated:
        label = _LABEL.match(one)
        name = one[label.end() :] if label and ":" in label[0] else _KOREAN_TITLE.sub("", one)
        if _is_person(name, own):
            return name
    if head is None:
        return None
    return next((name for name in _bylines(lines, head) if _is_person(name, own)), None)


def _is_person(name: str, own: tuple[str, str]) -> bool:
    compared = bare(name)
    site, host = own
    if not compared or len(name) > _NAME or len(name.split()) > _NAME_WORDS or _DIGIT.search(name):
        return False
    if (site and (site in compared or compared in site)) or compared in host:
        return False
    # An account, or words of a sentence: cased scripts write names with capitals.
    if name[-1].isalpha() and any(
        word[0].islower() for word in (name.split(maxsplit=1)[0], name.rsplit(maxsplit=1)[-1])
    ):
        return False
    plain = fold(name)
    return not _AGO.match(plain) and _NOBODY.isdisjoint(re.findall(r"\w+", plain))


def _bylines(lines: Sequence[Shown], head: int) -> Iterator[str]:
    """What may be a name between headline and text, what a label introduces first."""
    marked: list[str] = []
    labelled = False
    paragraphs = 0  # a standfirst may stand above the byline
    for line in lines[head + 1 : head + 1 + _LINES]:
        if words(line.text) >= _PROSE and ends(line.text) and not is_stamp(line.text):
            if match := _CHINESE.match(line.text):
                yield match[1]
            paragraphs += 1
            if paragraphs > 1 or words(line.text) > _STAND:
                break
            continue
        if (korean := _KOREAN.search(line.text)) is not None:
            yield korean[1]
        for part in map(_after_date, _PARTED.split(line.parted)):
            match = _LABEL.match(part)
            name = _bare_name(part[match.end() :] if match else part)
            weak = match is not None and match[0].strip().lower() in _WEAK
            if match and not name:
                labelled = True
                continue
            if labelled or (match and not weak):
                yield name
            elif korean := _KOREAN.search(part):
                yield korean[1]
            elif chinese := _CHINESE.match(part):
                yield chinese[1]
            elif _DOCTOR.fullmatch(part) and words(part) <= _NAME_WORDS:
                yield part
            elif names_author(line.named) and 1 < words(name) <= 4:
                marked.append(name)
            labelled = False
    yield from marked
    yield from _above(lines, head)
    if (loose := _loose(lines[head + 1 : head + 1 + _ROW])) is not None:
        yield loose


def _above(lines: Sequence[Shown], head: int) -> Iterator[str]:
    """What a class calls the author's, in the lines before the headline: a column's."""
    for line in lines[max(0, head - _ROW) : head]:
        if names_author(line.named) and 1 < words(line.text) <= _LOOSE_WORDS:
            yield line.text


def _loose(lines: Sequence[Shown]) -> str | None:
    """The one part of a row with a date, or line beside one, that reads like a name and no section's."""
    for at, line in enumerate(lines):
        if not _DIGIT.search(line.text) or words(line.text) > _ROW_WORDS:
            continue
        if _OTHERS.search(line.named.lower()):
            return None
        parts = _BAR.split(line.parted)
        if not any(_DIGIT.search(part) and read_stamp(part) for part in parts):
            continue
        for row in (parts, [one.text for one in lines[max(0, at - 1) : at + 2] if not one.linked]):
            names = [part for part in row if _is_name(part)]
            if names:
                return names[0] if len(names) == 1 else None
        return None
    return None


def _is_name(text: str) -> bool:
    """Whether two or three words may be a person's name: capitals, where letters have them."""
    said = text.split()
    plain = fold(text).split()
    return (
        1 < len(said) <= _LOOSE_WORDS
        and len(text) <= _NAME
        and all(word.replace("-", "").replace("'", "").isalpha() for word in said)
        and all(len(word) > 1 and not word[0].islower() and not word.isupper() for word in said)
        and not plain[0].startswith("ال")
        and _TOPICS.isdisjoint(plain)
        and OF_DATES.isdisjoint(plain)
        and not labels(fold(text))
    )


def _after_date(text: str) -> str:
    """The text without the date that it begins with: "February 22, 2024 by …"."""
    kept = text.split()
    at = 0
    while at < len(kept) and (_DIGIT.search(kept[at]) or fold(kept[at]).strip(_EDGE) in OF_DATES):
        at += 1
    return " ".join(kept[at:]) if any(map(_DIGIT.search, kept[:at])) else text


def _bare_name(text: str) -> str:
    """The text before a date or the label of one."""
    digit = _DIGIT.search(text)
    kept = (text[: digit.start()] if digit else text).strip(_EDGE).split()
    while digit and kept and fold(kept[-1]).strip(_EDGE) in OF_DATES:
        kept.pop()
    name = _BRACKET.sub("", " ".join(kept)).strip(_EDGE)  # where the author writes from
    said = labels(fold(name)) if digit else []
    return name if not said else " ".join(name.split()[: len(fold(name)[: said[0][0]].split())])
