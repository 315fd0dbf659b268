"""What one element of a feed says, as feedparser reads it, or a doubt.

Elements of RSS, RDF and Atom that are common. Whatever is not plainly the same in both readers
is a doubt: an attribute that is not listed, markup where text should be, a title that may be
HTML, a second value of anything. What stands in an entry is read in `stated`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final
from xml.etree import ElementTree as ET

from monitor.parse.markup import IS_HTML

Found = dict[str, Any]
ATOM: Final = "{http://www.w3.org/2005/Atom}"
RSS1: Final = "{http://purl.org/rss/1.0/}"
RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC: Final = "{http://purl.org/dc/elements/1.1/}"
_SY: Final = "{http://purl.org/rss/1.0/modules/syndication/}"
_SLASH: Final = "{http://purl.org/rss/1.0/modules/slash/}"
_WFW: Final = "{http://wellformedweb.org/CommentAPI/}"
_MEDIA: Final = "{http://search.yahoo.com/mrss/}"
_WORDPRESS: Final = "{com-wordpress:feed-additions:1}"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
ABOUT: Final = f"{RDF}about"
_SLASHES: Final = re.compile(r"[A-Za-z][A-Za-z0-9+-.]*:///")
_MARKUP: Final = re.compile(r"</\w+>|&#?\w+;")
_UNENDED: Final = re.compile(r"&([A-Za-z0-9_]+);")
_HTML_TYPES: Final = frozenset(("html", "xhtml", "text/html", "application/xhtml+xml"))
# Whether the text of an element of such a type is text.
_TYPES: Final = {None: True, "text": True, "text/plain": True, "html": False, "text/html": False}
# Leaves that say nothing that `feed` asks for, and that nothing else is changed by.
PASSED_OVER: Final = frozenset(
    (
        "category", "comments", "enclosure", "generator", "docs", "copyright", "webmaster",
        f"{DC}subject", f"{_SLASH}comments", f"{_WFW}commentrss", f"{_WORDPRESS}post-id",
        f"{_WORDPRESS}site", f"{_MEDIA}content", f"{_MEDIA}thumbnail", f"{ATOM}category",
        f"{ATOM}generator", f"{ATOM}icon", f"{ATOM}logo", f"{ATOM}rights",
    )
)  # fmt: skip
_OF_CHANNEL: Final = frozenset(("lastbuilddate", "pubdate", f"{DC}date"))
_OF_FEED: Final = frozenset(f"{ATOM}{name}" for name in ("published", "updated", "id", "subtitle"))
_TEXT: Final = {"type": "text/plain"}
_HTML: Final = {"type": "text/html"}
_OF_IMAGE: Final = frozenset(("url", "title", "link", "width", "height"))
ALL_RELATIONS: Final = frozenset(("rel", "type", "href", "hreflang", "title", "length"))


class DoubtError(Exception):
    """Something that feedparser may read otherwise."""


def take_of_channel(feed: Found, element: ET.Element, tag: str) -> None:
    """One element of an RSS channel but its items and its image."""
    if tag == "title":
        _once(feed, "title", rss_title(text_of(element)))
        feed["title_detail"] = _TEXT
    elif tag == "link":
        href = rss_link(text_of(element))
        _once(feed, "link", href)
        feed.setdefault("links", []).append({"rel": "alternate", "href": href})
    elif tag == f"{ATOM}link":
        _take_relation(feed, element)
    elif tag in {"language", "ttl"}:
        _once(feed, tag, text_of(element))
    elif tag in {f"{_SY}updateperiod", f"{_SY}updatefrequency"}:
        _once(feed, f"sy_{tag.removeprefix(_SY)}", text_of(element))
    elif tag == "description" or tag in _OF_CHANNEL:
        text_of(element)
    elif tag in PASSED_OVER:
        _pass_over(element)
    else:
        raise DoubtError


def take_of_feed(feed: Found, element: ET.Element) -> None:
    """One element of an Atom feed but its entries."""
    tag = element.tag
    if tag == f"{ATOM}title":
        _once(feed, "title", text_of(element, "type"))
        feed["title_detail"] = _TEXT if is_text(element) else _HTML
    elif tag == f"{ATOM}link":
        _take_relation(feed, element)
    elif tag == f"{ATOM}author":
        feed.setdefault("authors", []).append(person(element))
    elif tag in _OF_FEED:
        text_of(element, "type")
    elif tag in PASSED_OVER:
        _pass_over(element)
    else:
        raise DoubtError


def _pass_over(element: ET.Element) -> None:
    if len(element) or not MEANINGFUL.isdisjoint(element.keys()):
        raise DoubtError


def person(element: ET.Element) -> Found:
    """Who has written, by `name`, `uri` and `email`."""
    plain_attributes(element)
    person: Found = {}
    if (element.text or "").strip():
        raise DoubtError
    for child in element:
        if (child.tail or "").strip():
            raise DoubtError
        name = child.tag.removeprefix(ATOM)
        if name not in {"name", "uri", "email"}:
            raise DoubtError
        text_of(child)
        _once(person, name, (child.text or "").strip())
    return person


def text_of(element: ET.Element, *known: str) -> str:
    """The text of an element that has no children, nor attributes but the known ones."""
    if len(element):
        raise DoubtError
    if names := element.keys():
        for name in names:
            if name not in known or name in MEANINGFUL:
                raise DoubtError
    return letters(element.text)


def letters(text: str | None) -> str:
    """A text as feedparser has it: blanks at its ends gone, and an encoding that was done twice."""
    if text is None:
        return ""
    text = text.strip()
    if text.isascii() or text[-1] > "\xff" or text[len(text) // 2] > "\xff":
        return text
    try:
        return text.encode("latin-1").decode()  # encoded twice
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


MEANINGFUL: Final = frozenset(
    ("base", "lang", _LANG, "{http://www.w3.org/XML/1998/namespace}base", "mode")
)


def _once(of: Found, key: str, value: str) -> None:
    if key in of:
        raise DoubtError
    of[key] = value


def is_text(element: ET.Element) -> bool:
    """Whether an element of Atom says that it is no HTML."""
    found = _TYPES.get(element.get("type"))
    if found is None:
        raise DoubtError
    return found


def rss_title(text: str) -> str:
    """A title that is one."""
    if ("&" in text or "<" in text) and (_MARKUP.search(text) or IS_HTML.search(text)):
        raise DoubtError  # RSS says text and means HTML
    return text


def rss_link(text: str) -> str:
    """RSS's link, an address between tags."""
    address = address_of(text)
    if "&" in address:
        address = _UNENDED.sub(r"&\1", address.replace("&amp;", "&"))
    if not address:
        raise DoubtError
    return address


def relation(element: ET.Element) -> tuple[str, str]:
    """Relation and address of Atom's link, which has them in attributes."""
    href = element.get("href")
    if not href or (element.text or "").strip():
        raise DoubtError
    return element.get("rel", "alternate").lower(), address_of(href)


def _take_relation(feed: Found, element: ET.Element) -> None:
    if len(element) or element.attrib.keys() - ALL_RELATIONS:
        raise DoubtError
    rel, href = relation(element)
    feed.setdefault("links", []).append({"rel": rel, "href": href})
    if rel == "alternate" and element.get("type", "html").lower() in _HTML_TYPES:
        feed["link"] = href


def address_of(text: str) -> str:
    """The text, where it may be an address as it is."""
    if ":///" in text and _SLASHES.match(text):
        raise DoubtError
    return text


def check_image(element: ET.Element) -> None:
    """Doubt a picture of the channel that says more than most."""
    plain_attributes(element)
    for child in element:
        if child.tag not in _OF_IMAGE:
            raise DoubtError
        text_of(child)


def check_list(element: ET.Element) -> None:
    """Doubt RDF's list of what follows where it is more than that."""
    for one in element.iter():
        if one is not element and one.tag not in {f"{RDF}Seq", f"{RDF}li"}:
            raise DoubtError
        if one.attrib.keys() & MEANINGFUL:
            raise DoubtError


def plain_attributes(element: ET.Element, *known: str) -> None:
    """Doubt an element that has attributes but the known ones."""
    for name in element.keys():  # noqa: SIM118 - an element's own children are no names
        if name not in known:
            raise DoubtError


@lru_cache(maxsize=256)
def bare_name(name: str) -> str:
    """An element's name as the tables have it: RSS 1.0's like RSS 2.0's, in small letters."""
    if name.startswith(ATOM):
        return name
    name = name.removeprefix(RSS1)
    space, brace, local = name.rpartition("}")
    return f"{space}{brace}{local.lower()}"


def take_language(feed: Found, root: ET.Element, also: tuple[str, ...] = ()) -> None:
    """The feed's language, of the root's attributes; `also` are others that it may have."""
    plain_attributes(root, _LANG, *also)
    if language := root.get(_LANG):
        feed["language"] = language.replace("_", "-")
