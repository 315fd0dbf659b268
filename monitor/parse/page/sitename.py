"""The site's name beside an article's headline, where the page shows that it is one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from monitor.parse.shown import Shown, bare
from monitor.text.lists import phrases

SEPARATOR: Final = re.compile(
    r"\s+[|–—:»·•/-]\s+|\s*[|｜丨]\s*|\s*::\s*|\s+»\s+|:\s+|：\s*|(?<=\w)-(?=[^\W\d_]+$)|(?<=\S)_(?=[^_]+$)"
)
_ENDS: Final = re.compile(r"^[\s:|»«-]+|[\s:|»«-]+$")
# What stands before a headline and is no site's name.
_KICKERS: Final = frozenset(map(bare, phrases("monitor.parse", "names", "kicker")))
_PICTURES: Final = 40
_EDGE: Final = 6  # lines at the top and the foot of a page
_LONGEST: Final = 300  # letters
_SITE_WORDS: Final = 6


def without_site(title: str, site: str, document: LexborHTMLParser, lines: Sequence[Shown]) -> str:
    """`Headline | Site` without the site, where the page shows that it is one."""
    for mark in reversed(list(SEPARATOR.finditer(title))):
        head, tail = title[: mark.start()], title[mark.end() :]
        for rest, name in ((head, tail), (tail, head)):
            is_name = bare(name) == site if site else is_site(name, document, lines)
            if len(bare(rest)) > len(bare(name)) and is_name:
                return rest
    return title


def site_beside(
    tag: str | None, title: str | None, document: LexborHTMLParser, lines: Sequence[Shown]
) -> str | None:
    """What the page's title says beside the headline, where logo or footer say it too."""
    whole, own = bare(tag or ""), bare(title or "")
    if not tag or not own or own == whole:
        return None
    tag = _ENDS.sub("", tag)
    if own not in whole and is_site(tag, document, lines):
        return tag
    marks = list(SEPARATOR.finditer(tag))
    if not marks:
        return None
    if whole.startswith(own):
        name = tag[marks[-1].end() :]
    elif whole.endswith(own):
        name = tag[: marks[0].start()]
    elif own in whole:
        name = tag[: marks[0].start()] if whole.find(own) > 0 else ""
    else:
        return None
    return name if bare(name) not in _KICKERS and is_site(name, document, lines) else None


def is_site(name: str, document: LexborHTMLParser, lines: Sequence[Shown]) -> bool:
    """Whether a logo, a line of links or a notice has the name."""
    wanted = bare(name)
    if not wanted or len(name.split()) > _SITE_WORDS:
        return False
    texts = [node.attributes.get("alt") or "" for node in document.css("img[alt]")[:_PICTURES]]
    texts += [node.text() for node in document.css("header, footer, nav, a[href='/']")[:_PICTURES]]
    return any(wanted in bare(text) for text in texts if len(text) <= _LONGEST) or any(
        wanted in line.bare
        for line in (*lines[:_EDGE], *lines[-_EDGE:])
        if len(line.text) <= _LONGEST
    )
