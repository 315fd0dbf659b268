"""A page walked once, from its markup to blocks and boxes."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborNode

from monitor.parse.leading import is_leading_date
from monitor.parse.lines import ends, words
from monitor.parse.names import (
    SURE,
    UNSEEN,
    furniture_of,
    names_advert,
    names_article,
    names_picture,
)
from monitor.parse.page.blocks import HEADINGS, INLINE, Block, Box
from monitor.parse.page.inserts import Part
from monitor.parse.page.runs import BREAK, PICTURE, is_text, paragraphs
from monitor.text.memory import of_names

_BLOCKS: Final = frozenset(
    str.split("""
        p div section article ul ol li table tr td th thead tbody tfoot blockquote h1 h2 h3 h4 h5 h6
        pre figure figcaption header main dl dt dd hr address details summary center fieldset body
        form nav aside footer dialog menu
    """)
)
_SENTENCE_WORDS: Final = 7
_SKIPPED: Final = frozenset(
    str.split("""
        script style noscript template svg math iframe object embed select button video audio
        canvas label head marquee amp-ad amp-embed amp-list amp-consent amp-sidebar amp-user-notification
        amp-lightbox amp-sticky-ad amp-next-page amp-social-share amp-iframe amp-twitter amp-instagram
        amp-facebook amp-facebook-page amp-youtube amp-brightcove
    """)
)
_BOLD: Final = frozenset(("b", "strong"))
_FIELDS: Final = frozenset(("input", "textarea"))
_FILMS: Final = frozenset(("iframe", "video", "object", "embed"))
_PICTURES: Final = frozenset(("img", "amp-img", "picture"))
# Where a date may begin an entry of the text's own.
_ITEMS: Final = frozenset(str.split("p li td th dt dd"))
_NUMBERS: Final = re.compile(r"\d+")  # "col-1", "col-2": boxes of one kind
_NOTE: Final = re.compile(r"\s*[\[(]?(?:\d{1,3}|[*†‡]{1,3})[\])]?\s*")
_EMPTY_LINE: Final = re.compile(r"\n[ \t\r]*\n")
_EMOJI: Final = re.compile(r"emoji|smiley|icon")
# Furniture by its tag, unless it holds the article (a whole page may stand in a form).
_ASIDE: Final = frozenset(
    ("nav", "aside", "footer", "form", "figure", "figcaption", "dialog", "menu")
)
_TRIES: Final = 40  # elements of a page that are asked whether they are pictures
_CAPTION_WORDS: Final = 25


def walk(root: LexborNode, cut: set[int]) -> tuple[list[Block], list[Box]]:
    """Every line under `root` and every box, in the page's order; nodes of `cut` are left out."""
    top = Box(root.tag or "", None, 0)
    blocks: list[Block] = []
    boxes = [top]
    run: list[Part] = []  # marks stand for elements
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
                            run += ((part, linked, 0), (BREAK, linked, 0))
                    else:
                        run.append((text, linked, len(waiting)))
                continue
            if tag == "br":
                run.append((BREAK, linked, 0))
                continue
            if tag in _FIELDS:
                box.forms += node.attributes.get("type") != "hidden"
                continue
            if tag in _PICTURES:
                if _EMOJI.search(node.attributes.get("class") or ""):
                    continue
                box.images += 1
                if all(text.isspace() for text, _, _ in run):
                    under.append(len(blocks))
                run.append((PICTURE, False, 0))
                continue
            if tag == "label" and node.css_first("input") is not None:
                box.forms += 1
            if tag in _SKIPPED or (cut and node.mem_id in cut):
                box.films += tag in _FILMS
                box.buttons += tag == "button"
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
                    blocks.extend(paragraphs(run, box))
                    run.clear()
                inside = _box(tag, attributes, box, len(blocks))
                inside.furniture = furniture
                boxes.append(inside)
            elif (
                furniture > 0
                and len(node.text()) < 200
                and (
                    furniture == UNSEEN
                    or names_advert(attributes.get("class") or "")
                    or not _is_within(node, run)
                )
            ):
                run.append((" ", False, 0))
                continue
            elif tries and tag in INLINE and (child := node.child) and child.tag != "-text":
                tries -= 1
                if _is_pictured(node, attributes.get("class") if attributes else None):
                    box.images += 1
                    if not node.text().strip() and all(text.isspace() for text, _, _ in run):
                        under.append(len(blocks))
                    continue
            if tag in _BOLD and not box.is_bold and not any(map(is_text, run)):
                box.is_bold = True
            into = linked or (tag == "a" and _leads(attributes, box))
            waiting.append((node.iter(include_text=True), inside, into, inside is not box))
            break
        else:
            waiting.pop()
            if own:
                if run:
                    blocks.extend(paragraphs(run, box))
                    run.clear()
                box.end = len(blocks)
                if box.parent is not None:
                    is_figure = box.tag == "figure"
                    box.parent.images += 0 if is_figure else box.images
                    box.parent.figures += box.images if is_figure else box.figures
                    box.parent.films += box.films
                    box.parent.buttons += box.buttons
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
    return bool(named) and is_leading_date(node, named or "") and not any(map(is_text, run))


def _is_within(node: LexborNode, run: list[Part]) -> bool:
    """Whether an element stands in a sentence, with words on both sides."""
    after = node.next
    return (
        after is not None
        and after.tag == "-text"
        and len((after.text_content or "").split()) > 1
        and bool(run)
        and is_text(run[-1])
        and not ends(run[-1][0])
    )


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


@of_names
def _classes(named: str) -> str:
    return _NUMBERS.sub("", " ".join(sorted(named.split())))
