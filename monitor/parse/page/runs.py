"""A run of text with its links as lines: parted at breaks, each told to be a link or a heading."""

from __future__ import annotations

from typing import Final

from monitor.parse.furniture import is_label
from monitor.parse.lines import Line, ends, words
from monitor.parse.marks import is_soft, key
from monitor.parse.markup import squeeze
from monitor.parse.page.blocks import HEADINGS, Block, Box
from monitor.parse.page.inserts import Part, is_labelled, without_inserts

_LESSER: Final = HEADINGS - {"h1", "h2"}
_SENTENCE_WORDS: Final = 7
# What stands for an element in a run of text; no page has such letters once it is parsed.
PICTURE: Final = "\0"
BREAK: Final = "\1"
MARKS: Final = (PICTURE, BREAK)
_LINK_WORDS: Final = 3
_OPENS: Final = (":", "：", "…", "..", "|", "-", "–", "—", "»")  # what stands behind a label
_LABEL_WORDS: Final = 3
_CAPTION_WORDS: Final = 25
_INSERT_WORDS: Final = 30
_MARK_WORDS: Final = 6


def is_text(part: Part) -> bool:
    """Whether a part of a run is words, and no blanks and no element."""
    return part[0] not in MARKS and not part[0].isspace()


def paragraphs(run: list[Part], box: Box) -> list[Block]:
    """A run of text parted at its line breaks, except inside a sentence."""
    if len(run) == 1:
        text, linked, _ = run[0]
        if text.isspace():
            return []
        heading = box.tag in HEADINGS
        if heading and box.tag in _LESSER and _is_paragraph(run):
            box.tag, heading = "p", False
        line = "" if text in MARKS else _joined(run)
        return [Block(Line(line, linked, heading), box, len(line) * linked)] if line else []
    heading = box.tag in HEADINGS
    if heading and box.tag in _LESSER and _is_paragraph(run):
        box.tag, heading = "p", False
    parts: list[list[Part]] = [[]]
    for one in run:
        if one[0] == BREAK:
            parts.append([])
        elif one[0]:
            parts[-1].append(one)
    found: list[Block] = []
    pictured = False  # the part before was a picture
    last: list[str] = []  # the parts of the last line, joined when it is over
    for said in parts:
        part = without_inserts(said) if len(said) > 1 else said
        text = _joined(part)
        if not text:
            pictured = pictured or (PICTURE, False, 0) in part
            continue
        before = found[-1].line if found else None
        # The last part may be a bracket behind the full stop.
        if before and text[0].islower() and not ends(" ".join(last[-2:])) and not before.linked:
            if len(found) > 1 and _breaks(found):
                found.pop()
                last = [found[-1].line.text]
            last.append(text)
            continue
        if len(last) > 1:
            found[-1] = Block(Line(" ".join(last), heading=heading), box, 0)
        letters = sum([len(one) for one, linked, _ in part if linked])
        linked = letters > 0 and _is_link(part, text)
        found.append(Block(Line(text, linked=linked, heading=heading), box, letters))
        if (pictured and found[-1].words <= _CAPTION_WORDS and not ends(text)) or (
            len(part) > 1 and found[-1].words <= _INSERT_WORDS and is_labelled(part)
        ):
            found[-1].is_dead = True
        pictured = False
        last = [text]
    if len(last) > 1:
        found[-1] = Block(Line(" ".join(last), heading=heading), box, 0)
    return found


def _breaks(found: list[Block]) -> bool:
    """Whether the last line is furniture that stands in the sentence of the one before it."""
    open_, last = found[-2:]
    return (
        last.words <= _INSERT_WORDS
        and open_.words >= _SENTENCE_WORDS
        and not open_.line.linked
        and not ends(open_.line.text)
        and is_label(last.line)
    )


def _is_glued(part: list[Part]) -> bool:
    """Whether a line is a label and headlines that lead elsewhere, with not a blank between: boxes on the screen."""
    said = [(text, linked) for text, linked, _ in part if text != PICTURE]
    if len(said) < 2 or said[0][1] or not all(linked for _, linked in said[1:]):
        return False
    label, headline = said[0][0], said[1][0]
    return (
        label[-1:].isalpha()
        and headline[:1].isalnum()
        and words(label) <= _LABEL_WORDS < words(headline)
    )


def _is_paragraph(run: list[Part]) -> bool:
    """Whether a text marked up as a small heading is a sentence as long as a paragraph."""
    if any(linked for _, linked, _ in run):
        return False
    text = _joined([part for part in run if part[0] != BREAK])
    return words(text) >= _SENTENCE_WORDS and ends(text)


def _joined(part: list[Part]) -> str:
    text = " ".join("".join([one for one, _, _ in part if one != PICTURE]).split())
    if "()" in text or "[]" in text:  # a footnote's brackets
        text = text.replace(" ()", "").replace("()", "").replace(" []", "").replace("[]", "")
    return text if text.isprintable() else squeeze(text)


def _is_link(part: list[Part], text: str) -> bool:
    """Whether a line leads elsewhere and says nothing by itself: `» link (pictures)`, `Earlier: link`."""
    outside = squeeze(" ".join([one for one, linked, _ in part if not linked]))
    bare = outside.strip(" :.|-–—•»«،,◄►()[]")
    if not bare or is_soft(key(bare)) or (words(bare) <= _MARK_WORDS and is_label(Line(bare))):
        return True
    headlines = [one for one, linked, _ in part if linked and words(one) >= _LINK_WORDS]
    if len(headlines) > 1 and words(bare) <= _LABEL_WORDS:
        return True  # several headlines in a row
    if ends(text):
        return False
    if _is_glued(part):
        return True
    head = squeeze(part[0][0] if not part[0][1] else "")
    return words(text) - words(bare) >= _LINK_WORDS and (
        words(bare) <= 1
        or (words(bare) <= _LABEL_WORDS and (outside.endswith(_OPENS) or not head[:1].isalnum()))
    )
