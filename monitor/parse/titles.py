"""What a link of a listing says: the headline among its label, summary, picture and date."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from selectolax.lexbor import LexborNode

from monitor.parse.markup import squeeze

HEADED: Final = 3  # rank of a text that is marked up as a headline

_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TITLED: Final = re.compile(
    r"(?:^|[-_ ])(?:\w*title\d*|headline|hed|tit|baslik|titre|titulo|zagolovok)(?:$|[-_ ])"
)
_STAMP: Final = re.compile(
    r"(?:^|[-_ ])(?:date|time|publish-?time|timestamp|meta|views)(?:$|[-_ ])"
)
_INLINE: Final = frozenset(
    str.split("b i em strong font mark bdi bdo u small sup sub wbr cite q abbr ins")
)
_SILENT: Final = frozenset(str.split("script style noscript template svg button time select"))
_WORDS: Final = 4
_LONGEST: Final = 300  # letters; more is no headline but a text
# Twenty letters, or eight of a script without spaces; eight letters.
_LONG: Final = re.compile(
    r"(?:[\W\d_]*+[^\W\d_]){20}|(?:[^\u3040-\u30ff\u3400-\u9fff]*+[\u3040-\u30ff\u3400-\u9fff]){8}"
)
_WORDY: Final = re.compile(r"(?:[\W\d_]*+[^\W\d_]){8}")
_MAX_TEXT: Final = 2_000
_TRIES: Final = 4
_MAX_NODES: Final = 200  # of one link


class Title(NamedTuple):
    """A link's text and how sure it is to be the headline: HEADED, 2 text, 1 attribute, 0 label."""

    text: str
    rank: int


def is_headline(text: str) -> bool:
    """Whether a text is as long as headlines are: four words, or twenty letters."""
    if len(text) > _LONGEST:
        return False
    if _LONG.match(text):
        return True
    return len(text.split()) >= _WORDS and _WORDY.match(text) is not None


def of_link(link: LexborNode) -> Title:
    """The headline in a link: its heading, else its first line that is long enough, else its attributes."""
    lines, headed = _lines(link)
    attributes = link.attributes
    picture = link.css_first("img[alt], amp-img[alt]")
    values = (
        attributes.get("title"),
        attributes.get("aria-label"),
        picture.attributes.get("alt") if picture else None,
    )
    stated = [squeeze(value[:_MAX_TEXT]) for value in values if value]
    text = headed or next((line for line in lines if is_headline(line)), "")
    if text:
        # What the layout cuts short is often whole in an attribute.
        stem = text.rstrip(".… ") if text.endswith(("…", "...")) else None
        whole = next((one for one in stated if stem and one.startswith(stem)), text)
        return Title(whole, HEADED if headed or _in_heading(link) else 2)
    for one in stated:
        if is_headline(one):
            return Title(one, HEADED if not lines and _in_heading(link) else 1)
    label = max(lines, key=len, default="")
    return Title(label, HEADED if label and _in_heading(link) else 0)


def around(boxes: Iterable[LexborNode]) -> Title | None:
    """The heading beside links that say less: `<h3>Headline</h3> … <a>more</a>`.

    `boxes` are the elements that hold these links and no other article's.
    """
    for box in boxes:
        headings = box.css("h1, h2, h3, h4, h5, h6")
        if len(headings) > 1:
            return None
        if headings:
            text = squeeze(headings[0].text(separator=" ")[:_MAX_TEXT])
            return Title(text, HEADED) if is_headline(text) else None
    return None


def _in_heading(link: LexborNode) -> bool:
    parent = link.parent
    for _ in range(2):
        if parent is None:
            return False
        if parent.tag in _HEADINGS or _named(parent, _TITLED):
            return True
        parent = parent.parent
    return _named(link, _TITLED)


def _named(node: LexborNode, names: re.Pattern[str]) -> bool:
    attributes = node.attributes
    said = f"{attributes.get('class') or ''} {attributes.get('data-testid') or ''}"
    return said != " " and names.search(said.lower()) is not None


def _lines(link: LexborNode) -> tuple[list[str], str]:
    """The texts of a link's blocks in order, and the one that is marked up as its headline."""
    lines: list[str] = []
    run: list[str] = []
    headed = ""
    tries = _TRIES

    def flush() -> None:
        if text := squeeze("".join(run)):
            lines.append(text)
        run.clear()

    stack: list[LexborNode | None] = [*reversed(list(link.iter(include_text=True)))]
    for _ in range(_MAX_NODES):
        if not stack:
            break
        node = stack.pop()
        if node is None:
            flush()
            continue
        if node.is_text_node:
            run.append((node.text_content or "")[:_MAX_TEXT])
            continue
        tag = node.tag or ""
        if tag in _SILENT or (tag not in _INLINE and _named(node, _STAMP)):
            flush()
            continue
        if not headed and tries and (tag in _HEADINGS or _named(node, _TITLED)):
            text = squeeze(node.text(separator=" ")[:_MAX_TEXT])
            headed = text if is_headline(text) else ""
            tries -= 1
        if tag not in _INLINE:
            flush()
            stack.append(None)
        stack.extend(reversed(list(node.iter(include_text=True))))
    flush()
    return lines, headed
