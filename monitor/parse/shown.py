"""The lines of a page as a reader sees them, from top to bottom, with where each of them stands."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.parse.labels import labels
from monitor.parse.leading import is_leading_date
from monitor.parse.markup import squeeze
from monitor.parse.names import names_apart, names_ways
from monitor.text.arabic import fold
from monitor.text.memory import of_lines, of_names

_BLOCKS: Final = frozenset(
    str.split("""
        p div section article ul ol li table tr td th thead tbody tfoot blockquote h1 h2 h3 h4 h5 h6
        pre header footer main dl dt dd hr address details summary center fieldset form body br
    """)
)
_SKIPPED: Final = frozenset(
    str.split("""
        script style noscript template svg math iframe object embed nav aside button select option marquee
        textarea dialog video audio canvas figure picture head
    """)
)
_TOP: Final = re.compile(
    r"(?:^| )(?:(?:site|page|main|global|top)[-_]?)?(?:header|head|masthead|logo|top|branding)(?:$| )"
)
_DATE_NAME: Final = re.compile(
    r"data-(?:[\w-]*[-_])?(?:\w*date\w*|u?time|\w*timestamp|\w*published\w*|\w*modified\w*|utc)(?:[-_](?:time|at|on|utc))*"
)
_UPDATE: Final = re.compile("modif|updat")
_ENTRY: Final = re.compile("publish|entry|post")
_DIGIT: Final = re.compile(r"\d")
_MOMENT: Final = re.compile(
    r"\s*(?:\d{4}-\d\d?-\d\d?(?:[t ]\d\d?:\d\d.{0,20})?|\d{4}/\d\d?/\d\d? \d\d?:\d\d.{0,10}|1\d{9}(?:\d{3})?)\s*",
    re.IGNORECASE,
)
_LINES: Final = 3_000
_LONGEST: Final = 1_000  # letters kept of a line
_WHOLE: Final = frozenset(("body", "main", "article"))
_BESIDE: Final = frozenset(("aside", "figure", "nav"))
_ELEMENT_BEGINS: Final = "\ue000"  # for private use: no text means anything by it
_EMPTY_LINE: Final = re.compile(r"\n[ \t\r]*\n")
_LETTER: Final = re.compile(r"[^\W_]")
_STAMP: Final = 120  # letters
_FACTS: Final = 300  # letters of an aside with who wrote it and when
_ELEMENT: Final = 80  # letters of an element that a date in its attributes stands for
_MARKS: Final = re.compile(r"[\W_]+")
_LETTERS: Final = re.compile(r"[^\W_]+|\n")


class Shown(NamedTuple):
    """One line. `block` holds it, `linked` says that all of it is a link, `named` are its classes.

    `folded` and `bare` are the text as it is compared. `parted` is the text of a line that is a
    row of elements (`<span>Name</span><span>3 May</span>`) with bars between them, else the same.

    `top` says that it stands in a header without a headline. A moment that an
    element has in an attribute stands in the text instead of what it shows.
    """

    text: str
    parted: str
    folded: str
    bare: str
    block: LexborNode
    linked: bool
    named: str
    top: bool

    @property
    def tag(self) -> str:
        """The name of the block's element."""
        return self.block.tag or ""


@of_lines
def bare(text: str) -> str:
    """The letters and digits alone: a text as it compares with another way to set it."""
    return _MARKS.sub("", fold(text))


def read_shown(document: LexborHTMLParser) -> list[Shown]:
    """The page's lines, without menus, side columns, comments and the page's own clock."""
    if document.body is None:
        return []
    found: list[tuple[str, str, LexborNode, bool, str, bool]] = []
    run: list[str] = []
    names: list[str] = []
    outside = False  # a letter of the run stands in no link
    loose = False  # one stands in no element of the block
    filled = False  # it has anything but blanks

    def flush(block: LexborNode, *, top: bool) -> None:
        nonlocal outside, loose, filled
        if not filled:
            run.clear()
            return
        whole = "".join(run)[:_LONGEST]
        if text := squeeze(whole.replace(_ELEMENT_BEGINS, " ")):
            parted = text
            if _ELEMENT_BEGINS in whole and not loose:
                parts = [squeeze(one).strip(" |") for one in whole.split(_ELEMENT_BEGINS)]
                parted = " | ".join([one for one in parts if one]) or text
            found.append((text, parted, block, not outside, " ".join(names), top))
            names.clear()
        run.clear()
        outside = loose = filled = False

    # (the nodes that are left, their block, inside a link, in the page's head, whether the
    # block ends with them); a loop, nesting being the sender's.
    body = document.body
    waiting = [(body.iter(include_text=True), body, False, False, True)]
    while waiting and len(found) < _LINES:
        nodes, block, linked, top, own = waiting[-1]
        for node in nodes:
            tag = node.tag or ""
            if tag == "-text":
                text = node.text_content or ""
                for part in _EMPTY_LINE.split(text) if block.tag == "pre" else (text,):
                    if part is not text:
                        flush(block, top=top)
                    run.append(part)
                    if not part.isspace():
                        filled = True
                        outside = outside or not linked
                        loose = loose or (own and _LETTER.search(part) is not None)
                continue
            if tag in _SKIPPED and not (tag in _BESIDE and _is_own(node)):
                continue
            attributes = node.attributes
            named, head = "", False
            if attributes:
                named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".strip()
                head = named != "" and _is_top(named)
                if named and names_apart(named) and tag not in _WHOLE and not _is_head(node, named):
                    continue
            is_block = tag in _BLOCKS or (
                named != "" and not filled and is_leading_date(node, named)
            )
            inner = top
            if is_block:
                flush(block, top=top)
                if not top and (head or tag == "header"):
                    inner = node.css_first("h1, h2, h3") is None
            else:
                run.append(_ELEMENT_BEGINS if own else " ")
            if named:
                names.append(named)
            inside = node if is_block else block
            if attributes and (moment := _moment(node, tag, attributes)):
                run.append(moment)
                outside = filled = True
                if is_block:
                    flush(node, top=inner)
                continue
            waiting.append(
                (
                    node.iter(include_text=True),
                    inside,
                    linked or (tag == "a" and not _is_place(attributes)),
                    inner,
                    is_block,
                )
            )
            break
        else:
            waiting.pop()
            if own:
                flush(block, top=top)
    if not found:
        return []
    # All at once: folding costs by the call more than by the letter.
    folded = fold("\n".join([one[1] for one in found]))
    compared = "".join(_LETTERS.findall(folded)).split("\n")
    parted = zip(found, folded.split("\n"), compared, strict=True)
    return [
        Shown(text, row, plain, letters, block, linked, named, top)
        for (text, row, block, linked, named, top), plain, letters in parted
    ]


def _is_place(attributes: dict[str, str | None]) -> bool:
    """Whether an `a` marks a place of the page and links to none."""
    return "name" in attributes and "href" not in attributes


def _is_head(node: LexborNode, named: str) -> bool:
    """Whether a box that is called a menu or the like holds the headline, or the stamp above it."""
    if node.css_first("h1") is not None:
        return True
    said = node.text()
    if len(said) > _STAMP or not _DIGIT.search(said):
        return False
    if names_ways(named) and (node.css_first("a") is None or _heads(node)):
        return True  # a menu without a link, or a row of facts in the article's own element
    return any(kind == "published" for _, _, kind in labels(fold(said)))


def _heads(node: LexborNode) -> bool:
    """Whether an element stands in an article's, with its headline."""
    around = node.parent
    return around is not None and around.tag == "article" and around.css_first("h1, h2") is not None


def _is_own(node: LexborNode) -> bool:
    """Whether an element for what stands beside holds the headline, or no more than a stamp."""
    if node.css_first("h1") is not None:
        return True
    if node.tag != "aside":
        return False
    said = squeeze(node.text(separator=" "))
    if len(said) <= _STAMP:
        return True
    # A row of an article's facts: who wrote it, when, under what, how often read.
    return (
        len(said) <= _FACTS
        and node.css_first("h2, h3, h4, h5, h6") is None
        and any(kind == "published" for _, _, kind in labels(fold(said)))
    )


@of_names
def _is_top(named: str) -> bool:
    """Whether a class and id name a page's head."""
    return _TOP.search(named.lower()) is not None


def _moment(node: LexborNode, tag: str, attributes: dict[str, str | None]) -> str | None:
    """The moment that a short element has in `time datetime`, `abbr title` or `data-…date…`, labelled."""
    for name, value in attributes.items():
        stated = name == "title" or (name == "datetime" and "time" in tag)
        if not (value and (stated or name.startswith("data-")) and _MOMENT.fullmatch(value)):
            continue
        if not (stated or _DATE_NAME.fullmatch(name)):
            continue
        shown = squeeze(node.text(separator=" "))
        if len(shown) > _ELEMENT or (
            ":" not in value and not value.isdigit() and _DIGIT.search(shown)
        ):
            continue
        epoch = int(value[:10]) if value.isdigit() else None
        moment = value if epoch is None else datetime.fromtimestamp(epoch, UTC).isoformat()
        label = _DIGIT.split(shown)[0]
        named = attributes.get("class") or ""
        if not labels(fold(label)):
            # WordPress's themes call the only date of a post "entry-date updated".
            is_update = _UPDATE.search(name) or (_UPDATE.search(named) and not _ENTRY.search(named))
            label = "updated" if is_update else ""
        return f"{label} {moment} "
    return None
