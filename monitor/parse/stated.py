"""What an entry of a well-formed feed states, read by the shape that its elements have.

A feed's entries have the same elements in the same order. What each is, and whether there is
any that only feedparser can tell, is worked out once for a shape; an entry is then read at its places.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final, NamedTuple
from xml.etree import ElementTree as ET

from monitor.parse.elements import (
    ALL_RELATIONS,
    ATOM,
    DC,
    MEANINGFUL,
    PASSED_OVER,
    DoubtError,
    address_of,
    bare_name,
    is_text,
    letters,
    person,
    relation,
    rss_link,
    rss_title,
)
from monitor.text.memory import Memory

_LONGEST_AUTHOR: Final = 1_000
_CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}encoded"
# What stands between the names of a shape, before those of attributes, and for children: no XML has it.
_NEXT, _ATTRIBUTE, _CHILDREN = "\x00", "\x01", "\x02"
_SHAPES, _LONGEST_SHAPE = 256, 2_000


class Stated(NamedTuple):
    """An entry's words as they stand there, None where it has no such element.

    `links` are addresses of the article, the best first; `is_text` says that a tag in the title
    is meant; `authors` are names, or mail addresses of those who have none.
    """

    links: tuple[str, ...]
    guid: str | None
    title: str | None
    is_text: bool
    summary: str | None
    content: str | None
    authors: tuple[str, ...]
    published: str | None
    updated: str | None


class _Places(NamedTuple):
    """Where an entry's elements stand among its children, None for those that it has not."""

    title: int | None
    guid: int | None
    summary: int | None
    content: int | None
    published: int | None
    updated: int | None
    links: tuple[int, ...]
    authors: tuple[int, ...]


def stated_item(element: ET.Element) -> Stated:
    """What an item of RSS or RDF says. DoubtError where feedparser may read it otherwise."""
    at = _ITEMS[_shape(element)]
    guid = _text(element, at.guid)
    if at.guid is not None and element[at.guid].get("isPermaLink", "true") == "true":
        address_of(guid or "")
    title = _text(element, at.title)
    authors = [letters(element[one].text) for one in at.authors]
    for name in authors:
        if "@" in name or len(name) > _LONGEST_AUTHOR:  # feedparser looks for the address in it
            raise DoubtError
    return Stated(
        links=tuple([rss_link(letters(element[one].text)) for one in at.links]),
        guid=guid,
        title=rss_title(title) if title else title,
        is_text=True,
        summary=_text(element, at.summary),
        content=_text(element, at.content),
        authors=tuple(authors),
        published=_text(element, at.published),
        updated=_text(element, at.updated),
    )


def stated_entry(element: ET.Element) -> Stated:
    """What an entry of Atom says. DoubtError where feedparser may read it otherwise."""
    at = _ENTRIES[_shape(element)]
    guid = _text(element, at.guid)
    typed = [is_text(element[one]) for one in (at.title, at.summary, at.content) if one is not None]
    links = [relation(element[one]) for one in at.links]
    people = [person(element[one]) for one in at.authors]
    return Stated(
        links=tuple([href for rel, href in links if rel == "alternate"]),
        guid=address_of(guid) if guid else guid,
        title=_text(element, at.title),
        is_text=at.title is None or typed[0],
        summary=_text(element, at.summary),
        content=_text(element, at.content),
        authors=tuple([one.get("name") or one.get("email") or "" for one in people]),
        published=_text(element, at.published),
        updated=_text(element, at.updated),
    )


def _text(element: ET.Element, at: int | None) -> str | None:
    return None if at is None else letters(element[at].text)


def _shape(element: ET.Element) -> str:
    """Names of an entry's elements, with those of their attributes and whether they have children."""
    names: list[str] = []
    for child in element:
        names.append(child.tag)
        if keys := child.keys():
            names += [f"{_ATTRIBUTE}{key}" for key in keys]
        if len(child):
            names.append(_CHILDREN)
    return _NEXT.join(names)


def _places(kinds: Mapping[str, tuple[str, frozenset[str]]], shape: str) -> _Places:
    """What stands where, by a table of what elements are and which attributes they may have."""
    found: dict[str, list[int]] = {kind: [] for kind in (*_Places._fields, "passed")}
    kind, allowed, number = "passed", frozenset[str](), -1
    for name in shape.split(_NEXT) if shape else ():
        if name[0] == _ATTRIBUTE:
            key = name[1:]
            if key in MEANINGFUL or not (kind == "passed" or key in allowed):
                raise DoubtError
        elif name == _CHILDREN:
            if kind != "authors" or kinds is _OF_ITEM:
                raise DoubtError
        else:
            number += 1
            bare = bare_name(name)
            if bare not in kinds:
                raise DoubtError
            kind, allowed = kinds[bare]
            found[kind].append(number)
    links, authors = tuple(found.pop("links")), tuple(found.pop("authors"))
    del found["passed"]
    if max(map(len, found.values())) > 1 or (kinds is _OF_ITEM and len(links) > 1):
        raise DoubtError
    only = {kind: numbers[0] if numbers else None for kind, numbers in found.items()}
    return _Places(**only, links=links, authors=authors)


_NONE: Final[frozenset[str]] = frozenset()
_TYPE: Final = frozenset(("type",))
_PASSED: Final = dict.fromkeys(PASSED_OVER, ("passed", _NONE))
_OF_ITEM: Final = {
    **_PASSED,
    "title": ("title", _NONE),
    "link": ("links", _NONE),
    "guid": ("guid", frozenset(("isPermaLink",))),
    "description": ("summary", _NONE),
    _CONTENT: ("content", _NONE),
    "pubdate": ("published", _NONE),
    f"{DC}date": ("updated", _NONE),
    "author": ("authors", _NONE),
    f"{DC}creator": ("authors", _NONE),
}
_OF_ENTRY: Final = {
    **_PASSED,
    f"{ATOM}title": ("title", _TYPE),
    f"{ATOM}link": ("links", ALL_RELATIONS),
    f"{ATOM}id": ("guid", _NONE),
    f"{ATOM}summary": ("summary", _TYPE),
    f"{ATOM}content": ("content", _TYPE),
    f"{ATOM}published": ("published", _NONE),
    f"{ATOM}updated": ("updated", _NONE),
    f"{ATOM}author": ("authors", _NONE),
}
_ITEMS: Final = Memory(partial(_places, _OF_ITEM), _SHAPES, _LONGEST_SHAPE)
_ENTRIES: Final = Memory(partial(_places, _OF_ENTRY), _SHAPES, _LONGEST_SHAPE)
