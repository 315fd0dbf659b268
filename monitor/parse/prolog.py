"""What a document is by its root element, and XML mended so that a strict parser takes it.

No DTD ever reaches a parser: declared entities are put in as text here, so
nothing outside is fetched and nothing expands.
"""

from __future__ import annotations

import html.entities
import re
from typing import Final, Literal

from monitor.errors import ParseError

Root = Literal["feed", "urlset", "sitemapindex", "json", "html", "other", "none"]

# An HTML entity DTD declares 253; only a bomb declares entities by entities.
_MAX_ENTITIES: Final = 300
_MAX_ENTITY: Final = 64  # letters; what stands for more is meant to grow
_SKIPPED: Final = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_DOCTYPE: Final = re.compile(
    r"<!DOCTYPE\b[^\[>]*+(?:\[(?:[^\]\"'<]++|\"[^\"]*+\"|'[^']*+'|<!--.*?-->|<)*+\]\s*+)?>",
    re.IGNORECASE | re.DOTALL,
)
_ENTITY: Final = re.compile(
    r"<!ENTITY\s+(%\s+)?([^\s\"'>]+)\s+(?:(SYSTEM|PUBLIC)\b|\"([^\"]*)\"|'([^']*)')", re.IGNORECASE
)
_NAME: Final = re.compile(r"<([a-zA-Z_][\w.-]*)(?::([\w.-]+))?")
_CDATA: Final = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
# XML's own five stay as they are; they are nearly all there are, and need no look.
_AMPERSAND: Final = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos);)"
    r"(?:#(\d{1,8});|#[xX]([0-9a-fA-F]{1,8});|([a-zA-Z][\w.-]{0,40});)?"
)
_MAX_AMPERSANDS: Final = 1_000_000
_BARE: Final = re.compile(r"&(?![#a-zA-Z])")
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def root(text: str) -> Root:
    """What the text is by its first element or bracket; `none` where there is nothing."""
    text = text.lstrip("\ufeff \t\r\n\x00")
    if not text:
        return "none"
    if text[0] in "{[":
        return "json"
    at = _after_doctype(text)
    if re.match(r"<!doctype\s+html", text[at[0] :], re.IGNORECASE):
        return "html"
    name = _NAME.match(text, at[1])
    if name is None:
        return (
            "html" if re.search(r"<(?:html|body|head)\b", text[:5_000], re.IGNORECASE) else "other"
        )
    local = (name[2] or name[1]).lower()
    if local in {"rss", "rdf", "feed", "channel"}:
        return "feed"
    if local == "urlset":
        return "urlset"
    if local == "sitemapindex":
        return "sitemapindex"
    # Fragments of pages begin with any of HTML's elements.
    return "html" if local in _HTML else "other"


_HTML: Final = frozenset(
    str.split("""
        html head body title meta link script style div p table center h1 h2 h3 a br
    """)
)


def _after_doctype(text: str) -> tuple[int, int]:
    """Where the DOCTYPE (if any) starts, and where what follows it starts."""
    skipped = _SKIPPED.match(text)
    start = skipped.end() if skipped else 0
    declared = _DOCTYPE.match(text, start)
    if declared is None:
        return start, start
    after = _SKIPPED.match(text, declared.end())
    return start, after.end() if after else declared.end()


def mend(text: str) -> str:
    """The document as a strict parser takes it, without declaration and DTD.

    Blanks before the declaration, control characters, bare ampersands and HTML's
    own entities are mended (sources do all of it). ParseError for a DTD that
    declares entities by entities or hundreds of them, and for text of ampersands.
    """
    if text.count("&") > _MAX_AMPERSANDS:
        raise ParseError("more than a million ampersands", failure="too-large")
    text = _ILLEGAL.sub("", text).lstrip("\ufeff \t\r\n")
    start, end = _after_doctype(text)
    if re.match(r"<!DOCTYPE", text[start:], re.IGNORECASE) and start == end:
        raise ParseError("a document type declaration that never ends")
    declared = _declared(text[start:end])
    parts = _CDATA.split(text[end:])
    parts[::2] = [_mended(part, declared) for part in parts[::2]]
    return "".join(parts)


def _declared(doctype: str) -> dict[str, str]:
    """The general entities that are plain text; external and parameter entities are forgotten."""
    found: dict[str, str] = {}
    if doctype.upper().count("<!ENTITY") > _MAX_ENTITIES:
        raise ParseError("a document type declaration with hundreds of entities")
    for parameter, name, external, double, single in _ENTITY.findall(doctype):
        if parameter or external:
            continue
        value = double or single
        inner = [n for _, _, n in _AMPERSAND.findall(value) if n]
        if any(n not in html.entities.name2codepoint for n in inner) or len(value) > _MAX_ENTITY:
            raise ParseError("a document type declaration with entities made of entities")
        if "<" not in value:
            found[name] = _mended(value, {})
    return found


def _mended(text: str, declared: dict[str, str]) -> str:
    if "&" not in text:
        return text

    def one(match: re.Match[str]) -> str:
        decimal, hexadecimal, name = match.groups()
        if decimal or hexadecimal:
            code = int(decimal) if decimal else int(hexadecimal, 16)
            legal = code in {9, 10, 13} or 0x20 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF
            return match[0] if legal and code not in {0xFFFE, 0xFFFF} else ""
        if name is None:
            return "&amp;"
        if name in declared:
            return declared[name]
        letter = html.entities.html5.get(f"{name};")
        if letter is None:
            return f"&amp;{name};"
        return letter.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    return _AMPERSAND.sub(one, _BARE.sub("&amp;", text))
