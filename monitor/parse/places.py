"""Where a link stands in a page: the layout around it, and whether that is the page's furniture."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from monitor.parse.markup import squeeze
from monitor.text.arabic import fold

_CLIMB: Final = 6  # from a link to the box of its article
_LEVELS: Final = 4  # parents that make up a layout
_ALWAYS: Final = frozenset(("nav", "footer", "menu", "dialog"))
_ROLES: Final = frozenset(("navigation", "contentinfo", "search", "menu", "dialog"))
_FURNITURE: Final = re.compile(
    r"(?:^|[-_ ])(?:nav\w*|(?:sub|drop|main|top)?menu\w*|mega\w*|(?:site|main|top|page)[-_]header|masthead|footer\w*|topbar"
    r"|toolbar|breadcrumbs?|pagination|pag(?:er|ing)|pages[-_]nav|social\w*|share|sharing|login|newsletter|tags?|tagcloud"
    r"|tag[-_]cloud|advert\w*|ads?|adsense|banners?|bnr|sponsor\w*|promoted|cookies?|ticker|breaking|sidebar|aside|most[-_]?"
    r"(?:read|viewed|popular)|popular|trending|rank(?:ing)?|partners?|taboola|outbrain|comments?|lang(?:s|uages?|[-_]switcher)?)"
    r"(?:$|[-_ ])"
)
# WordPress names a post's own terms in its class: `tag-breaking`, `category-ads`.
_TERM: Final = re.compile(r"(?:tag|category)-(?!cloud|list)")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_CLASS: Final = re.compile(r"[a-z][a-z_-]*$")
_PASSING: Final = frozenset(
    str.split("first last odd even active current left right hidden row col")
)
_INSIDE: Final = frozenset(("article", "li", "main", "section"))
_MOST_READ: Final = re.compile(
    "|".join(
        fold(phrase)
        for phrase in (
            "الأكثر قراءة", "الأكثر مشاهدة", "الأكثر شيوعا", "الأكثر تداولا", "الأعلى قراءة", "most read", "most popular",
            "most viewed", "trending", "самое читаемое", "популярное", "читаемое", "많이 본", "인기뉴스", "인기 기사",
            "çok okunan", "les plus lus", "meistgelesen", "lo más leído", "پربازدید", "پربیننده", "よく読まれて", "热门",
        )
    )
)  # fmt: skip
_TITLE_LETTERS: Final = 60
_FIRST_NODES: Final = 30


def same_owner(one: str, other: str) -> bool:
    """Whether two hosts end alike: `arabic.paper.example` and `www.paper.example` do."""
    return _owner(one) == _owner(other)


def _owner(url: str) -> str:
    labels = (urlsplit(url).hostname or "").split(".")
    short = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3
    return ".".join(labels[-3 if short else -2 :])


class Places:
    """The links of one page, added in its order; then each can be asked for.

    A box that holds most of the page's headlines is no furniture, whatever its
    class says (`with-sidebar` around everything).
    """

    def __init__(self) -> None:
        self._flagged: dict[int, tuple[int, ...]] = {}  # node -> furniture around it
        self._certain: set[int] = set()
        self._held: dict[int, set[str]] = defaultdict(set)  # furniture -> headlines in it
        self._all: set[str] = set()
        self._names: dict[int, str] = {}

    def add(self, link: LexborNode, headline: str | None) -> None:
        """One link, with the key of its address where its text is a headline."""
        flags = self._flags(link)
        if headline is not None:
            self._all.add(headline)
            for one in flags:
                self._held[one].add(headline)

    def in_furniture(self, link: LexborNode) -> bool:
        """Whether the link stands in menu, footer, sidebar or another box beside the list."""
        return any(
            one in self._certain or len(self._held[one]) * 2 <= len(self._all)
            for one in self._flags(link)
        )

    def layout(self, link: LexborNode) -> str:
        """Tags with their first lasting class, from the link upwards."""
        names = []
        node: LexborNode | None = link
        for _ in range(_LEVELS + 1):
            if node is None or node.tag in {"body", "html"}:
                break
            if node.mem_id not in self._names:
                self._names[node.mem_id] = _name(node)
            names.append(self._names[node.mem_id])
            node = node.parent
        return " ".join(names)

    def _flags(self, link: LexborNode) -> tuple[int, ...]:
        path: list[LexborNode] = []
        node: LexborNode | None = link
        while node is not None and node.mem_id not in self._flagged:
            path.append(node)
            node = node.parent
        flags = self._flagged[node.mem_id] if node is not None else ()
        for each in reversed(path):
            verdict = _furniture(each)
            if verdict is not None:
                flags = (*flags, each.mem_id)
                if verdict:
                    self._certain.add(each.mem_id)
            self._flagged[each.mem_id] = flags
        return flags


def _furniture(node: LexborNode) -> bool | None:
    """True for what is furniture for certain, False for what calls itself so, None for the rest."""
    tag = node.tag or ""
    if tag in {"body", "html", "main", "article", "-document"}:
        return None
    attributes = node.attributes
    if tag in _ALWAYS or (attributes.get("role") or "") in _ROLES:
        return True
    if tag == "aside" or (tag == "header" and not _stands_inside(node)):
        return False
    named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    words = [word for word in named.split() if not _TERM.match(word)]
    if tag != "a" and (
        "header" in words or _FURNITURE.search(_CAMEL.sub("-", " ".join(words)).lower())
    ):
        return False
    return False if _is_most_read(node) else None


def _stands_inside(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag in _INSIDE:
            return True
        parent = parent.parent
    return False


def _is_most_read(node: LexborNode) -> bool:
    """Whether the first words of a box are such as "Most read"."""
    if node.tag not in {"div", "section", "ul", "ol", "td", "table"}:
        return False
    for each in islice(node.traverse(include_text=True), _FIRST_NODES):
        if each.is_text_node and (text := squeeze((each.text_content or "")[:_TITLE_LETTERS])):
            return len(text) < _TITLE_LETTERS and _MOST_READ.match(fold(text)) is not None
    return False


def _name(node: LexborNode) -> str:
    classes = (node.attributes.get("class") or "").split()
    lasting = (one for one in classes if _CLASS.match(one) and one not in _PASSING)
    first = next(lasting, None)
    return f"{node.tag}.{first}" if first else node.tag or ""


class Boxes:
    """The elements around each of several things, and which of them hold no other."""

    def __init__(self, things: Sequence[Sequence[LexborNode]]) -> None:
        """Take the nodes of each thing."""
        self._things = things
        self._held: dict[int, set[int]] = defaultdict(set)
        for number, nodes in enumerate(things):
            for node in nodes:
                for box in _climb(node):
                    self._held[box.mem_id].add(number)

    def own(self, number: int) -> Iterator[LexborNode]:
        """The elements that hold this thing alone, from each of its nodes upwards."""
        for node in self._things[number]:
            for box in _climb(node):
                if len(self._held[box.mem_id]) > 1:
                    break
                yield box


def _climb(node: LexborNode) -> Iterator[LexborNode]:
    box: LexborNode | None = node
    for _ in range(_CLIMB):
        if box is None or box.tag in {"body", "html", "-document"}:
            return
        yield box
        box = box.parent
