"""Plain text from the HTML that feeds carry: paragraphs parted by an empty line."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import Final

from monitor.text.blanks import single

_BLOCKS: Final = frozenset(
    (
        "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption",
        "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main",
        "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
    )
)  # fmt: skip
_SILENT: Final = frozenset(("script", "style", "template", "noscript", "iframe", "svg"))


def plain(html: str) -> str:
    """The text of a fragment of HTML; text without markup comes back as it is, blanks apart."""
    if "<" not in html and "&" not in html:
        return single(html)
    if (text := _of_simple(html)) is not None:
        return text
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text()


# As our own sanitiser writes it; what looks otherwise is read by a parser.
_TAG: Final = re.compile(
    r"<(/?)(p|br|b|i|u|em|strong|span|div|ul|ol|li|blockquote|q|cite|h[1-6]|a|img|figure|figcaption"
    r"|sup|sub|small|s)((?: [a-z]+=\"[^\"<>]*\")*)>"
)


def _of_simple(html: str) -> str | None:
    """The text where there are no tags but plain, known ones; None where a parser must look."""
    # Paragraphs alone, one behind the other, as nearly all feeds have them.
    tags, texts = html.count("<"), html[3:-4].split("</p><p>")
    if tags != 2 * len(texts) or not (html.startswith("<p>") and html.endswith("</p>")):
        parts = _TAG.split(html)
        if tags * 4 != len(parts) - 1:
            return None
        pieces = [[parts[0]]]
        for at in range(2, len(parts), 4):
            if parts[at] in _BLOCKS:
                pieces.append([])
            pieces[-1].append(parts[at + 2])
        texts = list(map("".join, pieces))
    if "&" in html:
        texts = list(map(unescape, texts))
    return "\n\n".join(filter(None, map(single, texts)))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._paragraphs: list[list[str]] = [[]]
        self._silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT and not self._silent:
            self._silent = tag
        elif tag in _BLOCKS:
            self._paragraphs.append([])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._paragraphs.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""
        elif tag in _BLOCKS:
            self._paragraphs.append([])

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._paragraphs[-1].append(data)

    def text(self) -> str:
        paragraphs = (" ".join("".join(parts).split()) for parts in self._paragraphs)
        return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
