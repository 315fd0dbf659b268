"""Other stories' text cut from around an article: read-also boxes, teasers, notices, forms.

Works on lines (paragraphs in order), so that pages and seed documents share it.
A mark counts only where a line *is* one, or begins with one and a colon; the
same words in a sentence are the article's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from monitor.model import Piece
from monitor.parse.buttons import COUNTED, LONGEST, is_advert, is_button
from monitor.parse.calls import is_call
from monitor.parse.lines import Line, ends, is_headline, is_running, stems, words
from monitor.parse.marks import (
    BYLINE,
    CLOSING,
    CLOSING_START,
    FOOT_START,
    HARD,
    LABEL_START,
    SOFT_START,
    STAMP_START,
    folded,
    is_soft,
    key,
)
from monitor.parse.notices import is_appeal, is_disclaimer, is_notice, is_offer
from monitor.text.memory import of_lines

_Kind = Literal["hard", "soft", "closing", "noise", "rights", "offer", "line"]
# A second article, and not a teaser, from here on.
_PIECE_PARAGRAPHS: Final = 4
_PIECE_WORDS: Final = 80
_TELLING: Final = 3  # words of a headline by which its text is known
_SOURCE_WORDS: Final = 5
_OFFER_WORDS: Final = 14
_CALL_WORDS: Final = 20
_LONGEST_MARK: Final = 5_000  # letters; sixty words at most, and the longest address
_OFFER_TEXT: Final = 3  # paragraphs that an offer has of its own
_STOP: Final = re.compile(r"[.!?؟。][\"”»’)]*\s+(?=[^.!?؟。]{2,40}[:：])")
_COUNT: Final = re.compile(r"[\d():]+")
_NUMBER: Final = re.compile(
    r"[\d:]{1,6}(?:\s*(?:ت\s?م|ت\s?غ|gmt|utc))?", re.IGNORECASE
)  # an agency's
_OWNED: Final = re.compile(r"(?:©|\(c\)|copyright)(?!\w)")
# The head of a reply in a forum: its day and number.
_REPLY: Final = re.compile(r".{6,40}\s#(?:[2-9]|\d\d)")
# An address to write to, one of a page, or hashtags and nothing else.
_CONTACT: Final = re.compile(r"^https?://\S+$|\w@\w[\w.-]*\.\w|^(?:#(?!\d+\b)\w+[\s,،]*)+$")
# What an editor's system should have put something else in place of: "[gallery ids=1,2]", "[Video:Herald]".
_PLACEHOLDER: Final = re.compile(
    r"\[\[?/?[\w-]+(?::\S[^\[\]]{0,80}|(?:\s[\w-]+=[^\[\]]{1,200})?)\]\]?|\{\{[^{}]{1,80}\}\}"
)
_TWO_SENTENCES: Final = re.compile(r"(?<!\.)[.。!?؟]\s+\S+(?:\s+\S+){3}")


@dataclass(frozen=True, slots=True)
class Clean:
    """The article's own paragraphs, and whole second articles found after it."""

    paragraphs: tuple[str, ...]
    pieces: tuple[Piece, ...] = ()

    @property
    def text(self) -> str:
        """The paragraphs parted by empty lines."""
        return "\n\n".join(self.paragraphs)


def clean(lines: Sequence[Line], title: str | None = None) -> Clean:
    """Part an article from what stands around it; its own lines keep their order and wording.

    `title` is dropped where the text repeats it. What follows an end mark is
    dropped, except a whole second article with a headline of its own.
    """
    lines = _once(lines, title)
    main: list[str] = []
    closed = False
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        kind = _kind(line.text)
        if kind == "offer":
            # A badge above the text, or what stands in place of the rest.
            kind = "noise" if sum(map(is_running, lines[at:])) > _OFFER_TEXT else "hard"
        if kind == "noise" or (kind == "line" and line.linked):
            continue
        if kind == "closing" and _is_told(line.text) and _goes_on(main, lines[at:]):
            kind = "line"
        if kind == "closing":
            closed = True
        elif kind == "line":
            main.append(without_trailer(line.text))
        elif any(is_running(Line(text)) for text in main):
            box = (
                None
                if closed or kind == "rights" or _is_other(lines[at:], title)
                else _box(lines[at:], main, soft=kind == "soft")
            )
            if box is None:
                return Clean(tuple(main), _pieces(lines[at:]))
            at += box
    return Clean(tuple(_without_tail(main)))


def _is_told(text: str) -> bool:
    """Whether a line says more of the source than its name."""
    return CLOSING_START.match(key(text)) is not None and words(text) >= _SOURCE_WORDS


def _goes_on(main: Sequence[str], rest: Sequence[Line]) -> bool:
    """Whether only the lead came before, and the text comes behind."""
    return sum(is_running(Line(text)) for text in main) == 1 and sum(map(is_running, rest[:3])) > 1


def without_trailer(text: str) -> str:
    """The paragraph without headlines run on behind it: "…of the fire. Read also: Bridge opens"."""
    for stop in _STOP.finditer(text):
        rest = text[stop.end() :]
        if SOFT_START.match(key(rest)) and not _TWO_SENTENCES.search(rest) and words(rest) <= 40:
            return text[: stop.end()].rstrip()
    return text


def _without_tail(main: list[str]) -> list[str]:
    """The paragraphs without a closing list: a short label with a colon, then headlines alone."""
    while main and _NUMBER.fullmatch(main[-1]):
        main = main[:-1]
    at = len(main)
    while at and is_headline(Line(main[at - 1])):
        at -= 1
    labelled = len(main) - at > 1 and main[at].endswith((":", "：")) and words(main[at]) <= 6
    return main[:at] if at and labelled else main


def is_byline(text: str) -> bool:
    """Whether a line plainly names who wrote, and says nothing else."""
    return (
        words(text) <= 8
        and not _is_sentence(text)
        and BYLINE.match(folded(text).strip()) is not None
    )


def _is_sentence(text: str) -> bool:
    return words(text) > 6 and ends(text)


@of_lines
def _kind(text: str) -> _Kind:
    if len(text) > _LONGEST_MARK:
        # A word of megabytes is one word, and the patterns for short lines would go over all of it.
        return "hard" if FOOT_START.match(key(text[:_LONGEST_MARK])) else "line"
    bare = key(text)
    size = words(text)
    if is_soft(bare):
        # Some phrases head a list on one site and stand before one link on another.
        return "hard" if bare in HARD else "soft"
    if bare in HARD or FOOT_START.match(bare):
        return "hard"
    if "#" in text and size <= 8 and _REPLY.fullmatch(text):
        return "hard"
    if size <= 8 and any(map(str.isdigit, bare)):
        counted = " ".join(_COUNT.sub(" ", bare).split())
        if size <= 4 and counted in HARD:
            return "hard"
        if COUNTED.fullmatch(counted):
            return "noise"
    if bare in CLOSING:
        return "closing"
    if not bare or (size <= LONGEST and is_button(bare)):
        return "noise"
    if text[0] in "[{" and _PLACEHOLDER.fullmatch(text):
        return "noise"
    if 2 < size <= _CALL_WORDS and is_advert(text) and not ends(text):
        return "noise"
    if size <= _OFFER_WORDS and is_offer(bare):
        return "offer"
    if size <= 60 and is_notice(bare):
        return "rights"
    if size <= LONGEST and _OWNED.match(bare) and not ends(text):
        return "noise"
    if size <= 40 and is_disclaimer(bare):
        return "noise"
    if (closing := CLOSING_START.match(bare)) and _is_list(text, bare[closing.end() :]):
        return "closing"
    if size <= 12 and not ends(text) and _CONTACT.search(text):
        return "noise"
    if size <= 40 and (is_appeal(bare) or is_call(bare, size)):
        return "noise"
    if size <= 30 and LABEL_START.match(bare) and not ends(text):
        return "noise"
    if size <= 12 and STAMP_START.match(bare):
        return "noise"
    if size <= 30 and SOFT_START.match(bare) and not _TWO_SENTENCES.search(bare):
        return "noise"
    return "line"


def is_label(line: Line) -> bool:
    """Whether a line is an outlet's mark, a call or a button, and no headline."""
    return _kind(line.text) != "line"


def is_noise(line: Line) -> bool:
    """Whether a line is a button, a call or a label that may stand anywhere, and heads nothing."""
    return _kind(line.text) == "noise"


def _is_list(line: str, rest: str) -> bool:
    """Whether what follows "Source:" is a name or tags, and not someone quoted."""
    return words(rest) <= 8 or (words(rest) <= 40 and not ends(line))


def _once(lines: Sequence[Line], title: str | None) -> list[Line]:
    """The lines without neighbours that repeat each other, and without the title before the text."""
    kept: list[Line] = []
    last = None
    named = key(title) if title else None
    for line in lines:
        bare = key(line.text)
        if not line.text or (bare and bare == last):
            continue
        last = bare
        if bare and bare == named and not any(map(is_running, kept)):
            continue
        kept.append(line)
    return kept


def _box(rest: Sequence[Line], main: Sequence[str], *, soft: bool) -> int | None:
    """How many lines after a mark are a box inside the article, None where the article is over.

    A box is headlines alone, after which running text goes on and no more
    headlines come. One headline that is no link may head a second article: only
    a soft mark's is taken for a box, and only when little text follows. One paragraph
    is enough where it tells of what the text tells of.
    """
    heads = 0
    while heads < len(rest) and is_headline(rest[heads]) and _kind(rest[heads].text) == "line":
        if heads and rest[heads].heading and not rest[heads].linked and not rest[0].heading:
            break  # a subheading of the text that goes on
        heads += 1
    prose = 0
    while heads + prose < len(rest) and _kind(rest[heads + prose].text) in {"line", "noise"}:
        line = rest[heads + prose]
        if is_headline(line) and not line.heading and _kind(line.text) == "line":
            return None
        prose += 1
    running = [line for line in rest[heads : heads + prose] if is_running(line)]
    if not running or not all(ends(line.text) for line in running):
        return None
    if len(running) == 1 and not (
        heads and rest[0].linked and stems(running[0].text) & stems(" ".join(main))
    ):
        return None
    if heads == 0:
        return 0 if soft else None
    if heads > 1 or rest[0].linked:
        return heads
    # A headline straight above a subheading has no text of its own.
    return heads if soft and (rest[heads].heading or not _is_article(running)) else None


def _is_other(rest: Sequence[Line], title: str | None) -> bool:
    """Whether what follows a mark tells of the headline under it, and not of the article's own."""
    if len(rest) < 2 or title is None or rest[0].linked or not is_headline(rest[0]):
        return False
    told = stems(" ".join(line.text for line in rest[1:] if is_running(line)))
    named, own = stems(rest[0].text), stems(title)
    if len(named) < _TELLING or not told:
        return False
    return len(named & told) * 2 >= len(named) and len(named & told) * len(own) > len(
        own & told
    ) * len(named)


def _is_article(prose: Sequence[Line]) -> bool:
    return (
        len(prose) >= _PIECE_PARAGRAPHS and sum(words(line.text) for line in prose) >= _PIECE_WORDS
    )


def _pieces(rest: Sequence[Line]) -> tuple[Piece, ...]:
    """Whole articles after an end mark, each between two marks and under its own headline."""
    found: list[Piece] = []
    section: list[Line] = []
    for line in (*rest, None):
        kind = _kind(line.text) if line else "hard"
        if line is not None and kind == "line":
            section.append(line)
        elif kind in {"hard", "soft", "rights", "closing", "offer"}:
            if (piece := _piece(section)) is not None:
                found.append(piece)
            section = []
    return tuple(found)


def _piece(section: Sequence[Line]) -> Piece | None:
    """The article of one section: a headline, then text in which headlines are few."""
    if not section or not is_headline(section[0]):
        return None
    body = [line for line in section[1:] if not line.linked]
    prose = [line for line in body if is_running(line)]
    # Teasers alternate headline and lead; an article has subheadings at most.
    if not _is_article(prose) or (len(section) - 1 - len(prose)) * 3 > len(prose):
        return None
    return Piece(title=section[0].text, text="\n\n".join(line.text for line in body))
