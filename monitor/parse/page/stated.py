"""The article's text as a page's own data hold it: JSON-LD's articleBody, the state of its scripts.

A page built in the browser may have its text there alone; on others the body
that the outlet states tells which lines are the article's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser

from monitor.parse.dates.datenames import Told, told_by
from monitor.parse.lines import Line, words
from monitor.parse.marks import key
from monitor.parse.markup import plain, tree
from monitor.parse.page.walk import walk

_PARTED: Final = re.compile(r"(?:\s*\n\s*)+|<br\s*/?>|</p>")
_SPACED: Final = re.compile(r"\W+")
_PROSE_WORDS: Final = 8
_ENOUGH: Final = 0.7  # of the stated body that the lines have, from which on it is this text
_NEARLY_ALL: Final = 0.85
_TAIL: Final = 30  # letters
_SCRIPTS: Final = "script:not([src])"
_STATES: Final = "script:not([src]):not([type*='ld+json'])"  # what JSON-LD states is read already
_ASSIGNED: Final = 6  # objects that one script assigns
# Parts of a story that are no paragraph of it.
_BESIDE: Final = frozenset(
    str.split(
        "image video gallery link_list interstitial_link related oembed_response raw_html advertisement"
    )
)
_OPENED: Final = re.compile(r"=\s*(?=[{\[])")
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d|(?<!\d)1\d{9}(?:\d{3})?(?!\d)")
_NAMES: Final = ("headline", "title")
_MAX_SCRIPT: Final = 3_000_000  # letters
_MAX_NODES: Final = 50_000
_LEAST: Final = 200  # letters of data with a text
_ELEMENTS: Final = 2_000  # asked for theirs
# Where editors' systems put the words of a paragraph; a teaser has a summary or an excerpt.
_TEXT: Final = frozenset(str.split("text content contents html value body children paragraph data"))
_LONG: Final = 40  # words
_BRIEF: Final = 15  # of one under the page's own headline
_NEAR: Final = 2  # objects between a headline and the text under it


class State(NamedTuple):
    """A text of the page's scripts, and the headline that stands near it."""

    lines: list[Line]
    title: str | None
    is_own: bool  # it stands under the page's own headline


class Facts(NamedTuple):
    """What the object under the headline has besides the text, unread."""

    published: str
    updated: str | None
    author: str | None


def paragraphs(text: str) -> list[Line]:
    """A stated text as lines, be it markup or plain."""
    if "<p" in text or "<div" in text:
        body = tree(text).body
        return [block.line for block in walk(body, set())[0]] if body else []
    return [Line(line) for part in _PARTED.split(text) if (line := plain(part))]


def bounded(lines: Sequence[Line], body: str | None) -> list[Line]:
    """The lines without those that the stated body does not have, where it plainly is this text.

    A body may leave out subheadings, lists and quotes: among its lines only running
    text goes, and that only where nearly all the rest is found.
    """
    if not body:
        return list(lines)
    held = _letters(plain(body))
    prose = [at for at, line in enumerate(lines) if words(line.text) >= _PROSE_WORDS]
    found = {at for at in prose if _letters(lines[at].text) in held}
    if sum(len(_letters(lines[at].text)) for at in found) < _ENOUGH * len(held) or not found:
        return list(lines)
    last = max(found)
    between = [at for at in prose if at <= last and not lines[at].linked]
    strict = len(found) >= _NEARLY_ALL * len(between)
    # A body cut short says nothing of what comes behind it.
    is_whole = _letters(lines[last].text)[-_TAIL:] in held[-2 * _TAIL :]
    return [
        line
        for at, line in enumerate(lines)
        if at in found
        or (at < last and not (strict and at in prose))
        or (at > last and not is_whole)
    ]


def _letters(text: str) -> str:
    return _SPACED.sub("", text)


def read_state(document: LexborHTMLParser, title: str | None) -> State:
    """The longest text in the page's data, one under its own headline first."""
    named = key(title) if title else None
    best: tuple[int, str, str, bool] = (0, "", "", False)
    for source in _sources(document):
        if len(source) > _MAX_SCRIPT or len(source) < _LEAST:
            continue
        for data in _loaded(source):
            for text, heading, is_near in _texts(data, named):
                size = words(text)
                if size >= (_BRIEF if is_near else _LONG):
                    best = max(best, (size * (10 if is_near else 1), text, heading, is_near))
    return State(paragraphs(best[1]), best[2] or None, best[3])


def _sources(document: LexborHTMLParser) -> Iterator[str]:
    """What may be a page's data: its scripts, then the attributes that hold some: `<div id="app" data-page="{…}">`."""
    for script in document.css(_SCRIPTS):
        yield script.text()
    for node in islice(document.css("[id], [class]"), _ELEMENTS):
        for name, value in node.attributes.items():
            if name.startswith("data-") and value and value[0] in "{[":
                yield value


def read_facts(document: LexborHTMLParser, title: str | None) -> Facts | None:
    """When the article was published and by whom, as the object under its headline in the scripts' data has it."""
    if not title:
        return None
    named = key(title)
    spelled = {title, *(json.dumps(title, ensure_ascii=escaped)[1:-1] for escaped in (True, False))}
    for script in document.css(_STATES):
        source = script.text()
        if len(source) > _MAX_SCRIPT or not any(one in source for one in spelled):
            continue
        if _MOMENT.search(source):
            for data in _loaded(source):
                if found := _facts(data, named):
                    return found
    return None


def _facts(data: object, named: str) -> Facts | None:
    waiting = [data]
    for _ in range(_MAX_NODES):
        if not waiting:
            return None
        value = waiting.pop()
        if isinstance(value, dict):
            if _is_titled(value, named) and (told := _told(value, "published")):
                return Facts(told, _told(value, "updated"), _author(value))
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return None


def _told(value: dict[str, object], kind: Told) -> str | None:
    return next(
        (
            said
            for name, one in value.items()
            if told_by(name) == kind and (said := _moment(one)) is not None
        ),
        None,
    )


def _moment(value: object) -> str | None:
    """A date as text, be it a number of seconds."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return value if isinstance(value, str) and _MOMENT.search(value) else None


def _author(value: dict[str, object]) -> str | None:
    author = value.get("author")
    name = author.get("name") if isinstance(author, dict) else author
    return name if isinstance(name, str) else None


def _is_titled(value: dict[str, object], named: str) -> bool:
    return any(
        isinstance(one, str)
        and len(named) <= 2 * len(one) < 6 * len(named) + 40
        and key(one) == named
        for one in value.values()
    )


def _loaded(source: str) -> Iterator[object]:
    """The JSON that a script is, or what it assigns."""
    text = source.strip()
    if text.startswith(("{", "[")):
        starts = [0]
    else:
        starts = [opened.end() for opened in islice(_OPENED.finditer(text), _ASSIGNED)]
    done = 0
    for start in starts:
        if start < done:
            continue
        try:
            value, done = json.JSONDecoder(strict=False).raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        yield value


def _texts(data: object, named: str | None) -> Iterator[tuple[str, str, bool]]:
    """Every text of several paragraphs, with the headline near it, and whether that is the page's own."""
    waiting: list[tuple[object, int, str]] = [(data, 0, "")]
    for _ in range(_MAX_NODES):
        if not waiting:
            return
        value, near, heading = waiting.pop()
        if isinstance(value, str):
            if "<p" in value or "\n" in value:
                yield value, heading, near > 0
        elif isinstance(value, list):
            items = [_leaves(item) for item in value if not _is_beside(item)]
            if sum(words(item) >= _PROSE_WORDS for item in items) > 1:
                yield "\n".join(item for item in items if item), heading, near > 0
            waiting += [(item, near, "") for item in value if isinstance(item, dict | list)]
        elif isinstance(value, dict):
            near = _NEAR if named and _is_titled(value, named) else near - 1
            own = next((one for name in _NAMES if isinstance(one := value.get(name), str)), heading)
            waiting += [(one, near, own) for one in value.values()]


def _is_beside(item: object) -> bool:
    return isinstance(item, dict) and item.get("type") in _BESIDE


def _leaves(item: object) -> str:
    """The words of one paragraph, however deep an editor's system keeps them."""
    found: list[str] = []
    waiting = [item]
    while waiting and len(found) < 200:
        value: Any = waiting.pop()
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, list):
            waiting += reversed(value)
        elif isinstance(value, dict):
            waiting += [one for name, one in value.items() if name in _TEXT][::-1]
    return plain(" ".join(found)) if len(found) < 200 else ""
