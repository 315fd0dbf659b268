"""What a document is by its root element, and XML mended so that a strict parser takes it.

No DTD ever reaches a parser: declared entities are put in as text here, so
nothing outside is fetched and nothing expands.
"""

from __future__ import annotations

import html.entities
import re
from typing import Final, Literal

from monitor.errors import ParseError

Root = Literal["feed", "urlset", "sitemapindex", "lines", "json", "html", "other", "none"]

# An HTML entity DTD declares 253; only a bomb declares entities by entities.
_MAX_ENTITIES: Final = 300
_MAX_ENTITY: Final = 64  # letters; what stands for more is meant to grow
_SKIPPED: Final = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_DOCTYPE: Final = re.compile(
    r"<!DOCTYPE\b[^\[>]*+(?:\[(?:[^\]\"'<]++|\"[^\"]*+\"|'[^']*+'|<!--.*?(?:-->|\Z)|<)*+\]\s*+)?>",
    re.IGNORECASE | re.DOTALL,
)
_ENTITY: Final = re.compile(
    r"<!ENTITY\s+(%\s+)?([^\s\"'>]+)\s+(?:(SYSTEM|PUBLIC)\b|\"([^\"]*)\"|'([^']*)')", re.IGNORECASE
)
_ADDRESS: Final = re.compile(r"https?://\S+[ \t\r]*(?:\n|\Z)", re.IGNORECASE)
# PHP and its plugins print warnings before the feed.
_PAGE: Final = re.compile(r"<(?:!doctype|html|head|body|script)\b", re.IGNORECASE)
_RUBBISH: Final = 5_000  # letters before a declaration that may be left out
_NAME: Final = re.compile(r"<([a-zA-Z_][\w.-]*)(?::([\w.-]+))?")
_CDATA: Final = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
# XML's own five stay as they are; they are nearly all there are, and need no look.
_AMPERSAND: Final = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos);)"
    r"(?:#(\d{1,8});|#[xX]([0-9a-fA-F]{1,8});|([a-zA-Z][\w.-]{0,40});)?"
)
_MAX_AMPERSANDS: Final = 1_000_000
# A bracket that opens no tag, end, comment or instruction: "3 < 5".
_STRAY: Final = re.compile(r"<(?!/?[a-zA-Z_:\x80-\U0010ffff]|!--|\?[a-zA-Z_])")
_MAX_STRAY: Final = 100_000
# White space in the name of a namespace: expat refuses it, or hands it on as a third part.
_NAMESPACE: Final = re.compile(r"""(\bxmlns(?::[\w.-]+)?\s*=\s*)("[^"<>]*"|'[^'<>]*')""")
# The time of any parser grows with the square of these, or feedparser's does.
_TAG: Final = re.compile(r"<(/?)[a-zA-Z_:]([^<>]*)")
_ENTRY: Final = re.compile(r"<(?:item|entry)\b", re.IGNORECASE)
_MAX_DEPTH: Final = 2_000
_MAX_TAG: Final = 1_000_000  # letters; a picture may stand in an attribute
_MAX_ATTRIBUTES: Final = 1_000
_MAX_ENTRIES: Final = 20_000
_BARE: Final = re.compile(r"&(?![#a-zA-Z])")
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def root(text: str) -> Root:
    """What the text is by its first element or bracket; `none` where there is nothing.

    `lines` begins with an address that fills its line: a sitemap of addresses.
    """
    text = _from_declaration(text.lstrip("\ufeff \t\r\n\x00"))
    if not text:
        return "none"
    if text[0] in "{[":
        return "json"
    if _ADDRESS.match(text):
        return "lines"
    at = _after_doctype(text)
    name = _NAME.match(text, at[1])
    local = (name[2] or name[1]).lower() if name else ""
    if local in {"rss", "rdf", "feed", "channel"}:
        return "feed"
    if local == "urlset":
        return "urlset"
    if local == "sitemapindex":
        return "sitemapindex"
    if re.match(r"<!doctype\s+html", text[at[0] :], re.IGNORECASE):
        return "html"
    if name is None:
        return (
            "html" if re.search(r"<(?:html|body|head)\b", text[:5_000], re.IGNORECASE) else "other"
        )
    # Fragments of pages begin with any of HTML's elements.
    return "html" if local in _HTML else "other"


_HTML: Final = frozenset(
    str.split("""
        html head body title meta link script style div p table center h1 h2 h3 a br
    """)
)


def _from_declaration(text: str) -> str:
    """The document from its XML declaration on; as it is where there is none, or a page around it."""
    at = text.find("<?xml ", 0, _RUBBISH)
    return text if at <= 0 or _PAGE.search(text[:at]) else text[at:]


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

    What stands before the declaration, control characters, bare ampersands, angle
    brackets that open nothing, HTML's own entities and blanks in names of namespaces
    are mended (sources do all of it). ParseError for a DTD that declares entities by entities, hundreds of them or
    such as make a long document longer, for text of ampersands, and for tags or
    entries that are too deep, too large or too many for any parser.
    """
    if text.count("&") > _MAX_AMPERSANDS:
        raise ParseError("more than a million ampersands", failure="too-large")
    text = _from_declaration(_ILLEGAL.sub("", text).lstrip("\ufeff \t\r\n"))
    start, end = _after_doctype(text)
    if re.match(r"<!DOCTYPE", text[start:], re.IGNORECASE) and start == end:
        raise ParseError("a document type declaration that never ends")
    declared = _declared(text[start:end])
    parts = _CDATA.split(text[end:])
    parts[::2], strays = zip(*(_STRAY.subn("&lt;", part) for part in parts[::2]), strict=True)
    if sum(strays) > _MAX_STRAY:
        raise ParseError("angle brackets in place of tags", failure="too-large")
    _bounded(parts[::2])
    parts[::2] = [
        _NAMESPACE.sub(lambda m: m[1] + "".join(m[2].split()), _mended(part, declared))
        for part in parts[::2]
    ]
    mended = "".join(parts)
    if declared and len(mended) > 2 * len(text) + _MAX_TAG:
        raise ParseError("entities that make a document longer", failure="too-large")
    return mended


def _bounded(markup: list[str]) -> None:
    depth = entries = 0
    for part in markup:
        entries += len(_ENTRY.findall(part))
        for tag in _TAG.finditer(part):
            end, rest = tag.groups()
            if len(rest) > _MAX_TAG or rest.count("=") > _MAX_ATTRIBUTES:
                raise ParseError("a tag with too many or too long attributes", failure="too-large")
            if end:
                depth -= 1
            elif not rest.endswith("/"):
                depth += 1
                if depth > _MAX_DEPTH:
                    raise ParseError("tags nested thousands deep", failure="too-large")
    if entries > _MAX_ENTRIES:
        raise ParseError(f"more than {_MAX_ENTRIES:,} entries", failure="too-large")


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
