"""HTML made safe to handle: a parsed tree within limits, plain text, sanitised fragments."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from monitor.identify.address import absolute
from monitor.text.memory import of_names

Clean = Callable[[str, str | None], str | None]  # a fragment and its base address, sanitised

# Lexbor's time grows with the square of the nesting and of the attributes of one tag
# (100,000 open divs take it half a minute); browsers stop at 512 as well.
MAX_DEPTH: Final = 512
MAX_ATTRIBUTES: Final = 200
_SMALL: Final = 20_000  # letters that no number of attributes makes slow
_TOKEN: Final = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(script|style|textarea|title|noscript|xmp|iframe)\b.*?(?:</\1\b|\Z)"
    r"|<(/?)([a-z][^\s/>]*+)((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>?",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE: Final = re.compile(r"[^\s\"'>/=]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?")
# Elements that never stay open, or that the parser closes by itself.
_FLAT: Final = frozenset(
    str.split("""
        area base br col embed hr img input link meta param source track wbr p html head body
    """)
)
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>|<!--(?:(?!<!--).)*?-->", re.DOTALL)
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_ESCAPED_TAG: Final = re.compile(
    r"&(?:amp;)?lt;/?(?:p|br|div|a|b|i|em|strong|span|img|ul|ol|li|h[1-6]|blockquote|figure)\b[^<>]{0,500}?&(?:amp;)?gt;",
    re.IGNORECASE,
)
_INLINE_TAG: Final = re.compile(
    r"</?(?:a|b|i|u|em|strong|span|font|sup|sub|small|mark)\b[^<>]*>", re.IGNORECASE
)
_BLOCK_TAG: Final = re.compile(r"</?(?:br|p|div)\b[^<>]*>", re.IGNORECASE)
# Elements whose content no browser shows.
_UNSHOWN: Final = re.compile(
    r"<(script|style|noscript|template|iframe|object)\b[^<>]*>[^<]*</\1\s*>",
    re.IGNORECASE | re.DOTALL,
)
# What nobody writes but to have it read as HTML.
IS_HTML: Final = re.compile(
    rf"{_UNSHOWN.pattern}|<br\s*/?>|<img\b[^<>]*\ssrc\s*=", re.IGNORECASE | re.DOTALL
)
_BLANKS: Final = re.compile(r"\s+")
_HEAD: Final = 5_000  # letters of a text that may become its title
_TITLE_WORDS: Final = 12
_TITLE: Final = 120  # letters
_TAG_LENGTH: Final = 100  # letters of a language tag
_BLOCK_END: Final = re.compile(r"<br\b[^>]*>|</(?:p|div|h[1-6]|li|blockquote)>", re.IGNORECASE)
_CUT_TAG: Final = re.compile(r"<[^<>]*\Z")


def tree(text: str) -> LexborHTMLParser:
    """The parsed document; tags nested too deep and attributes past the limit are left out.

    MemoryError where there is none left: any text is HTML, so that lexbor fails for nothing else.
    """
    tame = _tame(_CONTROL.sub("", text))
    try:
        return LexborHTMLParser(tame)
    except SelectolaxError as fault:
        raise MemoryError(str(fault)) from None


def _tame(text: str) -> str:
    """The markup with what would stall the parser taken out; as it was in nearly all cases."""
    if text.count("<") < MAX_DEPTH and len(text) < _SMALL:
        return text
    kept: list[str] = []
    done = depth = hidden = 0
    for token in _TOKEN.finditer(text):
        _, closing, name, rest = token.groups()
        if name is None:
            continue
        instead = None
        if name.lower() not in _FLAT and not rest.endswith("/"):
            if closing:
                if hidden:
                    hidden, instead = hidden - 1, ""
                else:
                    depth = max(0, depth - 1)
            elif depth < MAX_DEPTH:
                depth += 1
            else:
                hidden, instead = hidden + 1, ""
        if instead is None and len(rest) > MAX_ATTRIBUTES and len(rest.split()) > MAX_ATTRIBUTES:
            some = _ATTRIBUTE.findall(rest)[:MAX_ATTRIBUTES]
            instead = f"<{closing}{name} {' '.join(some)}>"
        if instead is not None:
            kept += (text[done : token.start()], instead)
            done = token.end()
    return "".join((*kept, text[done:]))


def squeeze(text: str) -> str:
    """One line: blanks folded, control characters and lone surrogates dropped."""
    if text.isprintable():  # no blank but spaces, and none of the others
        return text.strip(" ") if "  " not in text else " ".join(text.split())
    return _BLANKS.sub(" ", _CONTROL.sub("", text)).strip()


def plain(value: str, *, markup: bool = True) -> str:
    """One line of text from a title or name: tags stripped, entities resolved until stable.

    `markup` False says that the value was declared as text: an `<i>` in it is meant.
    Feeds escape up to three times (WordPress in an aggregator), so three rounds.
    """
    text = value
    if markup and "<" in text and _TAG.search(text):
        text = _UNSHOWN.sub(" ", text)
        text = _TAG.sub(lambda tag: "" if _INLINE_TAG.match(tag[0]) else " ", text)
    for _ in range(3):
        if "&" not in text or not _ENTITY.search(text):
            break
        text = html.unescape(text)
        if markup:
            text = _INLINE_TAG.sub("", _BLOCK_TAG.sub(" ", _UNSHOWN.sub(" ", text)))
    return squeeze(text)


def first_words(fragment: str | None) -> str | None:
    """A title for what has none: the first dozen words of its text, or 120 letters of them."""
    head = _CUT_TAG.sub("", (fragment or "")[:_HEAD])
    words = plain(_BLOCK_END.sub(" ", head)).split()
    title = " ".join(words[:_TITLE_WORDS])
    if len(title) > _TITLE:
        title = title[: _TITLE + 1].rsplit(" ", 1)[0][:_TITLE]
    return title + ("…" if title != " ".join(words) else "") or None


def language_code(tag: object) -> str | None:
    """The first subtag of a language tag in small letters: `ar` of `ar-SA`."""
    return _code(str(tag or "").strip()[:_TAG_LENGTH])


# Each entry of a feed is asked for what the feed itself declares.
@of_names
def _code(tag: str) -> str | None:
    first = re.split(r"[-_]", tag)[0].lower()
    return first if first.isascii() and first.isalpha() and len(first) in {2, 3} else None


def escaped(text: str) -> str | None:
    """Plain text as HTML."""
    return html.escape(_CONTROL.sub("", text).strip(), quote=False) or None


_ALLOWED: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(
        str.split("""
            p br b i u em strong span div ul ol li blockquote q cite code pre h1 h2 h3 h4 h5 h6
            hr sub sup small mark s del ins figure figcaption table thead tbody tfoot tr td th
            caption dl dt dd abbr article section time bdi bdo
        """),
        (),
    ),
    "a": ("href",),
    "img": ("src",),
}
_GLOBAL: Final = ("title", "alt", "dir", "lang")
_DROPPED: Final = frozenset(
    str.split("""
        script style noscript template iframe object embed svg math form input button select
        textarea head title meta link base video audio canvas frame frameset applet
    """)
)
# What comes out as it went in: paragraphs of text, as most feeds have them.
_PLAIN: Final = "[^<>&\x00-\x08\x0b-\x1f\x7f\u00a0\ufffe\uffff\ud800-\udfff]"
_CLEAN: Final = re.compile(
    rf"\s*<p>(?:{_PLAIN}++|<br>|<(b|i|em|strong)>{_PLAIN}*+</\1>)*+</p>(?:[ \n]*+<p>(?:{_PLAIN}++|<br>|<(b|i|em|strong)>{_PLAIN}*+</\2>)*+</p>)*+\s*",
)
_VOID: Final = frozenset(("br", "hr", "img"))


class TangledError(Exception):
    """A fragment of HTML that only a parser can read."""


def simple(value: str, *, legal: bool = False) -> str | None:
    """`sanitise` of plain text and of paragraphs of it, in time that grows with its letters alone.

    `legal`: an XML parser has let its letters through, and with them no other control character
    than these.
    """
    if (legal and _is_paragraphs(value)) or _CLEAN.fullmatch(value):
        return value.strip() or None
    if "<" in value or "&" in value:
        raise TangledError
    return escaped(value)


def _is_paragraphs(value: str) -> bool:
    """Whether it is nothing but `<p>text</p>`, once or more: `_CLEAN` of most fragments.

    Single letters are looked for many times faster than a pattern goes over them.
    """
    if not value.endswith("</p>") or "&" in value or "\xa0" in value or "\x7f" in value:
        return False
    if "\r" in value:
        return False
    count = 2 * value.count("</p><p>") + 2
    if value.startswith("<p>") and value.count("<") == count == value.count(">"):
        return True  # one behind the other, as in nearly all
    for one in value.split("</p>")[:-1]:
        begun = one if one.startswith("<") else one.lstrip(" \n")
        if not begun.startswith("<p>") or begun.rfind("<") or begun.rfind(">") != 2:
            return False
    return True


def sanitise(value: str, base: str | None = None) -> str | None:
    """A fragment of HTML with harmless elements only and absolute addresses; None where empty.

    Text escaped once or twice too often (`&lt;p&gt;` where a paragraph is meant) is read as markup.
    """
    try:
        return simple(value)
    except TangledError:
        text = value
    for _ in range(3):
        if "<" in text or not _ESCAPED_TAG.search(text):
            break
        text = html.unescape(text)
    if "<" not in text and "&" not in text:
        return escaped(text)
    body = tree(text).body
    if body is None:
        return None
    out: list[str] = []
    _write(body, base, out)
    return "".join(out).strip() or None


def _write(root: LexborNode, base: str | None, out: list[str]) -> None:
    """Serialise the children of `root`; a loop and not a recursion, nesting being the sender's."""
    stack: list[LexborNode | str] = [*reversed(list(root.iter(include_text=True)))]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            out.append(node)
            continue
        tag = node.tag or ""
        if node.is_text_node:
            # `&#8;` is a control character only now.
            text = _CONTROL.sub("", node.text_content or "")
            out.append(html.escape(text, quote=False))
        elif tag not in _DROPPED:
            names = _ALLOWED.get(tag)
            if names is not None:
                out.append(f"<{tag}{_attributes(node, names, base)}>")
                if tag in _VOID:
                    continue
                stack.append(f"</{tag}>")
            stack.extend(reversed(list(node.iter(include_text=True))))


def _attributes(node: LexborNode, names: tuple[str, ...], base: str | None) -> str:
    kept = []
    for name, value in node.attributes.items():
        if value is None:
            continue
        if name in names:
            try:
                value = absolute(value, base)  # noqa: PLW2901  the same attribute, made absolute
            except ValueError:
                continue
        elif name not in _GLOBAL:
            continue
        kept.append(f' {name}="{html.escape(_CONTROL.sub("", value))}"')
    return "".join(kept)
