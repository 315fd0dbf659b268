"""OPML subscription lists, as feed readers export them, to the feeds that they name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from monitor.errors import ParseError
from monitor.parse import charset
from monitor.parse.door import guarded
from monitor.parse.markup import plain
from monitor.parse.prolog import mend

_CHUNK: Final = 1 << 18  # letters given to the parser at once
_MOST: Final = 20_000  # outlines; readers allow some thousands
_DEEPEST: Final = 10  # folders that are told of
_LONGEST: Final = 300  # letters of a title
_MAX_VALUE: Final = 10_000  # letters of an address or a value of ours


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One outline that is no folder. `url` is as it was written, and may be no address.

    `folders` are the titles of the outlines around it, else its first category
    (OPML 2.0: `/a/b`). `kind` is the attribute `type` in small letters. `own` are
    the attributes of the namespace asked for, without its prefix.
    """

    title: str = ""
    url: str = ""
    folders: tuple[str, ...] = ()
    kind: str = ""
    language: str = ""
    is_comment: bool = False
    own: Mapping[str, str] = field(default_factory=dict)


def read_opml(body: bytes, *, namespace: str = "") -> tuple[tuple[Subscription, ...], str | None]:
    """The subscriptions in their order, and what was odd about the file.

    OPML 1.0, 1.1 and 2.0. The address is `xmlUrl`, in whatever capitals, else
    `url`. An outline without `xmlUrl` that holds others is a folder; one that holds
    nothing is given, too, with or without an address, so that it can be told of.
    What comes before a fault is kept. ParseError where the file is no OPML, or a
    fault leaves nothing.
    """
    return guarded(_read, body, namespace)


def _read(body: bytes, namespace: str) -> tuple[tuple[Subscription, ...], str | None]:
    reader = _Reader(namespace)
    fault: str | None = None
    # `mend` has taken the DTD out, so there is nothing to expand or to fetch.
    text = mend(charset.decode(body))
    for start in range(0, len(text) or 1, _CHUNK):
        try:
            reader.parser.Parse(text[start : start + _CHUNK], start + _CHUNK >= len(text))
        except expat.ExpatError as error:
            fault = f"ill-formed from line {error.lineno} on: {expat.ErrorString(error.code)}"
            break
        if reader.root not in {"", "opml"} or reader.count > _MOST:
            break
    if not text.strip():
        raise ParseError("an empty file", failure="empty")
    if reader.root != "opml":
        raise ParseError("not OPML")
    if reader.count > _MOST:
        fault = f"more than {_MOST:,} outlines: the rest is left out"
    if fault and not reader.found:
        raise ParseError(fault)
    return tuple(reader.found), fault


@dataclass(slots=True)
class _Open:
    """An outline whose end has not come yet; `before` is how many were found until it began."""

    said: Subscription
    is_feed: bool
    in_feed: bool
    before: int


class _Reader:
    """What expat calls, one element after the other, however deep they lie.

    The parser knows no namespaces, so that a prefix nobody declared costs nothing.
    """

    def __init__(self, namespace: str) -> None:
        self.found: list[Subscription] = []
        self.count = 0  # outlines begun
        self.root = ""
        self._namespace = namespace
        self._prefix: str | None = None
        self._open: list[_Open] = []
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2].lower()
        self.root = self.root or name
        if self._namespace:
            for key, value in attributes.items():
                if key.startswith("xmlns:") and value == self._namespace:
                    self._prefix = key.removeprefix("xmlns:") + ":"
        if name != "outline":
            return
        self.count += 1
        if self.count > _MOST:
            return
        outer = self._open[-1] if self._open else None
        said = self._subscription(attributes, outer.said if outer else None)
        is_feed = any(key.lower() == "xmlurl" for key in attributes)
        in_feed = outer is not None and (outer.is_feed or outer.in_feed)
        self._open.append(_Open(said, is_feed, in_feed, len(self.found)))
        if is_feed:
            self.found.append(said)

    def _end(self, tag: str) -> None:
        if tag.rpartition(":")[2].lower() != "outline" or not self._open or self.count > _MOST:
            return
        closed = self._open.pop()
        # What stands inside a feed are its articles.
        if not closed.is_feed and not closed.in_feed and len(self.found) == closed.before:
            self.found.append(closed.said)

    def _subscription(self, attributes: dict[str, str], outer: Subscription | None) -> Subscription:
        said = {key.lower(): value for key, value in attributes.items() if len(value) <= _MAX_VALUE}
        folders: tuple[str, ...] = ()
        if outer is not None:
            folders = (*outer.folders, outer.title)[:_DEEPEST] if outer.title else outer.folders
        elif category := said.get("category", "").partition(",")[0]:
            folders = tuple(filter(None, map(str.strip, category.split("/")[:_DEEPEST])))
        return Subscription(
            title=plain(said.get("title") or said.get("text") or "")[:_LONGEST],
            url=(said.get("xmlurl") or said.get("url") or "").strip(),
            folders=folders,
            kind=said.get("type", "").strip().lower(),
            language=said.get("language", "").strip(),
            is_comment=said.get("iscomment", "").strip().lower() == "true",
            own={
                key.removeprefix(self._prefix): value
                for key, value in attributes.items()
                if self._prefix and key.startswith(self._prefix)
            },
        )
