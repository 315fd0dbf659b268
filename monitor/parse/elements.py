"""What one element of a feed says, as feedparser reads it: keys and values, or a doubt.

Elements of RSS, RDF and Atom that are common. Whatever is not plainly the same in both readers
is a doubt: an attribute that is not listed, markup where text should be, a title that may be
HTML, a second value of anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final
from xml.etree import ElementTree as ET

Found = dict[str, Any]
_Take = Callable[[Found, ET.Element], None]  # what an element says, put into what is found
_LONGEST_AUTHOR: Final = 1_000
_SPELLINGS: Final = 500  # of the names of elements: PUBDATE, PubDate…
ATOM: Final = "{http://www.w3.org/2005/Atom}"
RSS1: Final = "{http://purl.org/rss/1.0/}"
RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}"
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
_TYPES: Final = {None: "text/plain", "text": "text/plain", "html": "text/html", "text/plain": "text/plain", "text/html": "text/html"}  # fmt: skip
_RSS_DATES: Final = {"pubdate": "published", f"{_DC}date": "updated"}
ATOM_DATES: Final = {f"{ATOM}published": "published", f"{ATOM}updated": "updated"}
# Leaves that say nothing that `feed` asks for, and that nothing else is changed by.
_PASSED_OVER: Final = frozenset(
    (
        "category", "comments", "enclosure", "generator", "docs", "copyright", "webmaster",
        f"{_DC}subject", f"{_SLASH}comments", f"{_WFW}commentrss", f"{_WORDPRESS}post-id",
        f"{_WORDPRESS}site", f"{_MEDIA}content", f"{_MEDIA}thumbnail", f"{ATOM}category",
        f"{ATOM}generator", f"{ATOM}icon", f"{ATOM}logo", f"{ATOM}rights",
    )
)  # fmt: skip
_OF_CHANNEL: Final = frozenset(("lastbuilddate", "pubdate", f"{_DC}date"))
_OF_IMAGE: Final = frozenset(("url", "title", "link", "width", "height"))
_ALL_RELATIONS: Final = frozenset(("rel", "type", "href", "hreflang", "title", "length"))


class DoubtError(Exception):
    """Something that feedparser may read otherwise."""


class _Takers(dict[str, _Take]):
    """What takes an element, by its name as `bare_name` has it, and soon by every name that it goes by."""

    def __missing__(self, name: str) -> _Take:
        bare = bare_name(name)
        if bare not in self:
            raise DoubtError
        take = self[bare]
        if len(self) < _SPELLINGS:
            self[name] = take
        return take


def take_of_channel(feed: Found, element: ET.Element, tag: str) -> None:
    """One element of an RSS channel but its items and its image."""
    if tag == "title":
        _text(feed, "title", element, "text/plain")
    elif tag == "link":
        _link(feed, element)
    elif tag == f"{ATOM}link":
        _relation(feed, element)
    elif tag in {"language", "ttl"}:
        _once(feed, tag, text_of(element))
    elif tag in {f"{_SY}updateperiod", f"{_SY}updatefrequency"}:
        _once(feed, f"sy_{tag.removeprefix(_SY)}", text_of(element))
    elif tag == "description" or tag in _OF_CHANNEL:
        text_of(element)
    elif tag in _PASSED_OVER:
        _pass_over(feed, element)
    else:
        raise DoubtError


def take_entry(element: ET.Element, takers: Mapping[str, _Take]) -> Found:
    """What an entry says, by what takes its elements."""
    entry: Found = {}
    for child in element:
        takers[child.tag](entry, child)
    # A content stands for the summary that is missing, without a detail of its own.
    if "summary" not in entry and "content" in entry:
        entry["summary"] = entry["content"][0]["value"]
    return entry


def _pass_over(_: Found, element: ET.Element) -> None:
    if len(element) or not _MEANINGFUL.isdisjoint(element.keys()):
        raise DoubtError


def _guid(entry: Found, element: ET.Element) -> None:
    permanent = element.get("isPermaLink", "true") == "true"
    text = text_of(element, "isPermaLink")
    _once(entry, "id", _address(text) if permanent else text)


def _creator(entry: Found, element: ET.Element) -> None:
    name = text_of(element)
    if "@" in name or len(name) > _LONGEST_AUTHOR:  # feedparser looks for the address in it
        raise DoubtError
    entry.setdefault("authors", []).append({"name": name} if name else {})
    entry["author"] = name


def _dated(key: str) -> _Take:
    return lambda of, element: _once(of, key, text_of(element))


def _person(element: ET.Element) -> Found:
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
            if name not in known or name in _MEANINGFUL:
                raise DoubtError
    text = element.text
    if text is None:
        return ""
    text = text.strip()
    if text.isascii() or text[-1] > "\xff" or text[len(text) // 2] > "\xff":
        return text
    try:
        return text.encode("latin-1").decode()  # encoded twice
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


_MEANINGFUL: Final = frozenset(
    ("base", "lang", _LANG, "{http://www.w3.org/XML/1998/namespace}base", "mode")
)


def _once(of: Found, key: str, value: str) -> None:
    if key in of:
        raise DoubtError
    of[key] = value


def _text(of: Found, key: str, element: ET.Element, type_: str, *known: str) -> None:
    value = text_of(element, *known)
    if (
        not known
        and type_ == "text/plain"
        and ("&" in value or "<" in value)
        and _MARKUP.search(value)
    ):
        raise DoubtError  # RSS says text and means HTML
    _once(of, key, value)
    of[_DETAILS[key]] = {"type": type_}


def _content(entry: Found, type_: str, value: str) -> None:
    if "content" in entry:
        raise DoubtError
    entry["content"] = [{"type": type_, "value": value}]


def _type(element: ET.Element) -> str:
    found = _TYPES.get(element.get("type"))
    if found is None:
        raise DoubtError
    return found


def _link(of: Found, element: ET.Element) -> None:
    """RSS's link, an address between tags."""
    address = _UNENDED.sub(r"&\1", _address(text_of(element)).replace("&amp;", "&"))
    if not address or "link" in of:
        raise DoubtError
    of["link"] = address
    of.setdefault("links", []).append({"rel": "alternate", "href": address})


def _relation(of: Found, element: ET.Element) -> None:
    """Atom's link, an address in an attribute."""
    if element.attrib.keys() - _ALL_RELATIONS or not element.get("href") or len(element):
        raise DoubtError
    if (element.text or "").strip():
        raise DoubtError
    rel = element.get("rel", "alternate").lower()
    href = _address(element.get("href", ""))
    of.setdefault("links", []).append({"rel": rel, "href": href})
    if rel == "alternate" and element.get("type", "html").lower() in _HTML_TYPES:
        of["link"] = href


def _address(text: str) -> str:
    if _SLASHES.match(text):
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
        if one.attrib.keys() & _MEANINGFUL:
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


_DETAILS: Final = {"title": "title_detail", "summary": "summary_detail"}
_PASS: Final = dict.fromkeys(_PASSED_OVER, _pass_over)
OF_ITEM: Final = _Takers(
    {
        **_PASS,
        "title": lambda of, element: _text(of, "title", element, "text/plain"),
        "link": _link,
        "guid": _guid,
        "description": lambda of, element: _text(of, "summary", element, "text/html"),
        f"{_CONTENT}encoded": lambda of, element: _content(of, "text/html", text_of(element)),
        **{name: _dated(key) for name, key in _RSS_DATES.items()},
        "author": _creator,
        f"{_DC}creator": _creator,
    }
)
OF_ENTRY: Final = _Takers(
    {
        **_PASS,
        f"{ATOM}title": lambda of, element: _text(of, "title", element, _type(element), "type"),
        f"{ATOM}link": _relation,
        f"{ATOM}id": lambda of, element: _once(of, "id", _address(text_of(element))),
        f"{ATOM}summary": lambda of, element: _text(of, "summary", element, _type(element), "type"),
        f"{ATOM}content": lambda of, element: _content(
            of, _type(element), text_of(element, "type")
        ),
        **{name: _dated(key) for name, key in ATOM_DATES.items()},
        f"{ATOM}author": lambda of, element: of.setdefault("authors", []).append(_person(element)),
    }
)
