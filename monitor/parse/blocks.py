"""A page as a list of blocks: its lines in order, each in the boxes that hold it, walked once.

Every box covers a stretch of the list, so that what a box holds (prose, links,
pictures, forms) is told from sums and no part of the page is walked again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate
from typing import Final

from selectolax.lexbor import LexborNode

from monitor.parse.furniture import Line, ends, words
from monitor.parse.leading import is_leading_date
from monitor.parse.marks import is_soft, key
from monitor.parse.markup import squeeze
from monitor.parse.names import SURE, furniture_of, names_article, names_picture

_BLOCKS: Final = frozenset(
    str.split("""
        p div section article ul ol li table tr td th thead tbody tfoot blockquote h1 h2 h3 h4 h5 h6
        pre figure figcaption header main dl dt dd hr address details summary center fieldset body
        form nav aside footer dialog menu
    """)
)
HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LESSER: Final = HEADINGS - {"h1", "h2"}
_SENTENCE_WORDS: Final = 7
_SKIPPED: Final = frozenset(
    str.split("""
        script style noscript template svg math iframe object embed select button video audio
        canvas label head marquee amp-ad amp-embed amp-list amp-consent amp-sidebar amp-user-notification
        amp-lightbox amp-sticky-ad amp-next-page amp-social-share amp-iframe amp-twitter amp-instagram
        amp-facebook amp-facebook-page amp-youtube amp-brightcove
    """)
)
INLINE: Final = frozenset(("span", "em", "i", "b", "strong", "font"))
_BOLD: Final = frozenset(("b", "strong"))
_FIELDS: Final = frozenset(("input", "textarea"))
_FILMS: Final = frozenset(("iframe", "video", "object", "embed"))
_PICTURES: Final = frozenset(("img", "amp-img", "picture"))
# Where a date may begin an entry of the text's own.
_ITEMS: Final = frozenset(str.split("p li td th dt dd"))
# What stands for an element in a run of text; no page has such letters once it is parsed.
_PICTURE: Final = "\0"
_BREAK: Final = "\1"
_NUMBERS: Final = re.compile(r"\d+")  # "col-1", "col-2": boxes of one kind
_NOTE: Final = re.compile(r"\s*[\[(]?(?:\d{1,3}|[*†‡]{1,3})[\])]?\s*")
_EMPTY_LINE: Final = re.compile(r"\n[ \t\r]*\n")
_EMOJI: Final = re.compile(r"emoji|smiley|icon")
_MARKS: Final = (_PICTURE, _BREAK)
# Furniture by its tag, unless it holds the article (a whole page may stand in a form).
_ASIDE: Final = frozenset(
    ("nav", "aside", "footer", "form", "figure", "figcaption", "dialog", "menu")
)
_TRIES: Final = 40  # elements of a page that are asked whether they are pictures
_LINK_WORDS: Final = 3
_OPENS: Final = (":", "：", "…", "..", "|", "-", "–", "—", "»")  # what stands behind a label
_LABEL_WORDS: Final = 3
_CAPTION_WORDS: Final = 25


Path = tuple[tuple[str, str], ...]
Part = tuple[str, bool]  # text with whether it is linked


class Box:
    """A block element: it holds the blocks from `start` up to `end`."""

    __slots__ = (
        "end", "figures", "films", "forms", "furniture", "images", "is_bold", "is_centred", "is_named", "name", "parent", "start", "tag", "times",
    )  # fmt: skip

    def __init__(self, tag: str, parent: Box | None, start: int) -> None:
        self.tag, self.parent, self.start, self.end = tag, parent, start, start
        self.name = ""  # its classes, sorted
        self.is_named = self.is_centred = self.is_bold = False
        self.furniture = 0  # as `names` has it
        self.images = self.figures = self.films = self.forms = self.times = 0


class Block:
    """One line, with the box that it stands in."""

    __slots__ = ("box", "is_dead", "is_under", "letters", "line", "linked", "words")

    def __init__(self, line: Line, box: Box, linked: int) -> None:
        self.line, self.box = line, box
        self.words = words(line.text)
        self.letters, self.linked = len(line.text), linked
        self.is_dead = False  # known to be no part of the article
        self.is_under = False  # a picture stands straight before it


class Sums:
    """Totals of any stretch of the blocks in one step."""

    def __init__(self, blocks: list[Block], value: Callable[[Block], float]) -> None:
        self._sums = [0.0, *accumulate(map(value, blocks))]

    def of(self, box: Box) -> float:
        """The total of what the box holds."""
        return self._sums[box.end] - self._sums[box.start]

    def between(self, start: int, end: int) -> float:
        """The total of the blocks from `start` up to `end`."""
        return self._sums[end] - self._sums[start]


def is_prose(block: Block) -> bool:
    """Whether the block is running text that may be the article's."""
    return (
        block.words >= 8 and not block.is_dead and not block.line.linked and not block.line.heading
    )


def is_paragraph(block: Block) -> bool:
    """Whether a line has a box of its own, be it a `p` or a `div`."""
    box = block.box
    return box.tag == "p" or (box.tag == "div" and box.end - box.start == 1)


def path(block: Block, top: Box) -> Path:
    """Tag and class of the boxes between a block and the box `top` around it."""
    found = []
    box: Box | None = block.box
    while box is not None and box is not top:
        found.append((box.tag, box.name))
        box = box.parent
    return tuple(found)


def walk(root: LexborNode, cut: set[int]) -> tuple[list[Block], list[Box]]:
    """Every line under `root` and every box, in the page's order; nodes of `cut` are left out."""
    top = Box(root.tag or "", None, 0)
    blocks: list[Block] = []
    boxes = [top]
    run: list[Part] = []  # text with whether it is linked; marks stand for elements
    # (the nodes that are left, their box, inside a link, whether the box ends with them);
    # a loop, nesting being the sender's.
    waiting = [(root.iter(include_text=True), top, False, True)]
    tries = _TRIES
    under: list[int] = []  # the blocks that pictures stand before
    while waiting:
        nodes, box, linked, own = waiting[-1]
        for node in nodes:
            tag = node.tag or ""
            if tag == "-text":
                if text := node.text_content:
                    if box.tag == "pre":
                        for part in _EMPTY_LINE.split(text):
                            run += ((part, linked), (_BREAK, linked))
                    else:
                        run.append((text, linked))
                continue
            if tag == "br":
                run.append((_BREAK, linked))
                continue
            if tag in _FIELDS:
                box.forms += node.attributes.get("type") != "hidden"
                continue
            if tag in _PICTURES:
                if _EMOJI.search(node.attributes.get("class") or ""):
                    continue
                box.images += 1
                if all(text.isspace() for text, _ in run):
                    under.append(len(blocks))
                run.append((_PICTURE, False))
                continue
            if tag == "label" and node.css_first("input") is not None:
                box.forms += 1
            if tag in _SKIPPED or (cut and node.mem_id in cut):
                box.films += tag in _FILMS
                continue
            if tag == "time" and not run and box.tag != "p":
                box.times += 1
                continue
            attributes = node.attributes
            if tag == "a" and attributes and _is_note(node, attributes.get("href") or ""):
                continue
            furniture = SURE if tag in _ASIDE else furniture_of(attributes) if attributes else 0
            inside = box
            if (
                tag in _BLOCKS
                or "-" in tag
                or (attributes and _is_stamp(node, tag, attributes, box, run))
            ):
                if run:
                    blocks.extend(_paragraphs(run, box))
                    run.clear()
                inside = _box(tag, attributes, box, len(blocks))
                inside.furniture = furniture
                boxes.append(inside)
            elif furniture and len(node.text()) < 200 and not _is_within(node, run):
                continue
            elif tries and tag in INLINE and (child := node.child) and child.tag != "-text":
                tries -= 1
                if _is_pictured(node, attributes.get("class") if attributes else None):
                    box.images += 1
                    if not node.text().strip() and all(text.isspace() for text, _ in run):
                        under.append(len(blocks))
                    continue
            if tag in _BOLD and not box.is_bold and not any(map(_is_text, run)):
                box.is_bold = True
            into = linked or (tag == "a" and _leads(attributes, box))
            waiting.append((node.iter(include_text=True), inside, into, inside is not box))
            break
        else:
            waiting.pop()
            if own:
                if run:
                    blocks.extend(_paragraphs(run, box))
                    run.clear()
                box.end = len(blocks)
                if box.parent is not None:
                    is_figure = box.tag == "figure"
                    box.parent.images += 0 if is_figure else box.images
                    box.parent.figures += box.images if is_figure else box.figures
                    box.parent.films += box.films
                    box.parent.forms += box.forms
                    box.parent.times += box.times
    for at in under:
        if at < len(blocks):
            blocks[at].is_under = True
    _unwrap(blocks, boxes)
    return blocks, boxes


def _unwrap(blocks: list[Block], boxes: list[Box]) -> None:
    """Part each box from nameless ones around it that hold nothing else: a layout's, and of no meaning.

    One around a paragraph may set it apart from others, unless most paragraphs have one.
    """
    told = [
        block.box for block in blocks if block.box.tag == "p" and block.words >= _SENTENCE_WORDS
    ]
    wrapped = sum(_is_wrapper(box.parent, box) for box in told) * 2 > len(told)
    for box in boxes:
        if box.tag == "p" and not wrapped:
            continue
        while box.parent is not None and _is_wrapper(box.parent, box):
            box.parent = box.parent.parent


def _is_wrapper(outer: Box | None, box: Box) -> bool:
    return (
        outer is not None
        and outer.tag == "div"
        and outer.parent is not None
        and (outer.start, outer.end) == (box.start, box.end)
        and not (outer.name or outer.is_named or outer.furniture or outer.is_centred)
        and (outer.images, outer.films, outer.forms) == (box.images, box.films, box.forms)
    )


def _is_stamp(
    node: LexborNode, tag: str, attributes: dict[str, str | None], box: Box, run: list[Part]
) -> bool:
    """Whether an element is the article's date that stands before the text in its line."""
    named = attributes.get("class") if tag in INLINE and box.tag not in _ITEMS else None
    return bool(named) and is_leading_date(node, named or "") and not any(map(_is_text, run))


def _is_within(node: LexborNode, run: list[Part]) -> bool:
    """Whether an element stands in a sentence, with words on both sides."""
    after = node.next
    return (
        after is not None
        and after.tag == "-text"
        and len((after.text_content or "").split()) > 1
        and bool(run)
        and _is_text(run[-1])
        and not ends(run[-1][0])
    )


def _is_text(part: Part) -> bool:
    return part[0] not in _MARKS and not part[0].isspace()


def _is_note(node: LexborNode, href: str) -> bool:
    """Whether a link is the mark of a footnote: a number that leads to another place of the page."""
    return len(href) > 1 and href[0] == "#" and _NOTE.fullmatch(node.text()) is not None


def _leads(attributes: dict[str, str | None], box: Box) -> bool:
    """Whether a link does something: one to a place of the same page leads nowhere else, a place nowhere."""
    href = attributes.get("href")
    if href is None:
        return "name" not in attributes
    return not href.startswith("#") or (href == "#" and box.tag not in HEADINGS)


def _is_pictured(node: LexborNode, named: str | None) -> bool:
    """Whether an element in a line of text is a picture with the words under it."""
    if node.css_first("img, amp-img") is None:
        return False
    said = node.text()
    is_named = bool(named) and names_picture(named or "")
    return words(said) <= _CAPTION_WORDS and (is_named or not ends(said.strip()))


def _box(tag: str, attributes: dict[str, str | None], parent: Box, start: int) -> Box:
    box = Box(tag, parent, start)
    box.forms = int(tag == "form")
    if attributes:
        box.is_centred = "center" in (attributes.get("align") or attributes.get("style") or "")
        if named := attributes.get("class"):
            box.name = _classes(named)
        own = attributes.get("id")
        box.is_named = (
            bool(named or own) and names_article(f"{box.name} {own or ''}")
        ) or attributes.get("itemprop") == "articleBody"
    return box


@lru_cache(maxsize=4096)
def _classes(named: str) -> str:
    return _NUMBERS.sub("", " ".join(sorted(named.split())))


def _paragraphs(run: list[tuple[str, bool]], box: Box) -> list[Block]:
    """A run of text parted at its line breaks, except inside a sentence."""
    if len(run) == 1:
        text, linked = run[0]
        if text.isspace():
            return []
        heading = box.tag in HEADINGS
        if heading and box.tag in _LESSER and _is_paragraph(run):
            box.tag, heading = "p", False
        line = "" if text in _MARKS else _joined(run)
        return [Block(Line(line, linked, heading), box, len(line) * linked)] if line else []
    heading = box.tag in HEADINGS
    if heading and box.tag in _LESSER and _is_paragraph(run):
        box.tag, heading = "p", False
    parts: list[list[tuple[str, bool]]] = [[]]
    for text, linked in run:
        if text == _BREAK:
            parts.append([])
        elif text:
            parts[-1].append((text, linked))
    found: list[Block] = []
    pictured = False  # the part before was a picture
    last: list[str] = []  # the parts of the last line, joined when it is over
    for part in parts:
        text = _joined(part)
        if not text:
            pictured = pictured or (_PICTURE, False) in part
            continue
        before = found[-1].line if found else None
        # The last part may be a bracket behind the full stop.
        if before and text[0].islower() and not ends(" ".join(last[-2:])) and not before.linked:
            last.append(text)
            continue
        if len(last) > 1:
            found[-1] = Block(Line(" ".join(last), heading=heading), box, 0)
        letters = sum([len(one) for one, linked in part if linked])
        linked = letters > 0 and _is_link(part, text)
        found.append(Block(Line(text, linked=linked, heading=heading), box, letters))
        if pictured and found[-1].words <= _CAPTION_WORDS and not ends(text):
            found[-1].is_dead = True
        pictured = False
        last = [text]
    if len(last) > 1:
        found[-1] = Block(Line(" ".join(last), heading=heading), box, 0)
    return found


def _is_glued(part: list[Part]) -> bool:
    """Whether a line is a label and headlines that lead elsewhere, with not a blank between: boxes on the screen."""
    said = [(text, linked) for text, linked in part if text != _PICTURE]
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
    if any(linked for _, linked in run):
        return False
    text = _joined([part for part in run if part[0] != _BREAK])
    return words(text) >= _SENTENCE_WORDS and ends(text)


def _joined(part: list[tuple[str, bool]]) -> str:
    text = " ".join("".join([one for one, _ in part if one != _PICTURE]).split())
    if "()" in text or "[]" in text:  # a footnote's brackets
        text = text.replace(" ()", "").replace("()", "").replace(" []", "").replace("[]", "")
    return text if text.isprintable() else squeeze(text)


def _is_link(part: list[tuple[str, bool]], text: str) -> bool:
    """Whether a line leads elsewhere and says nothing by itself: `» link (pictures)`, `Earlier: link`."""
    outside = squeeze(" ".join([one for one, linked in part if not linked]))
    bare = outside.strip(" :.|-–—•»«،,◄►()[]")
    if not bare or is_soft(key(bare)):
        return True
    headlines = [one for one, linked in part if linked and words(one) >= _LINK_WORDS]
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
