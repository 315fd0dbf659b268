"""Plain text from the HTML that feeds carry: paragraphs parted by an empty line."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

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
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text()


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
