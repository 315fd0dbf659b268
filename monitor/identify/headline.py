"""The headline of an article, without the name of its own outlet behind it.

Who is named there and is not the outlet may be who says it ("— Kyodo News"): that stays.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from monitor.model import Entry, Page, Source
from monitor.text.arabic import fold
from monitor.text.blanks import single
from monitor.text.words import sentences

OPENING: Final = 120  # letters
CUT_MARKS: Final = ("…", "...", "[...]", "[…]")
_DASHES: Final = ("-", "–", "—", "|", "·")
_MARKS: Final = re.compile(r"(?<=\s)(?:[|｜–—·•-]|::)(?=\s)|[|｜]")
# An outlet's name is no longer than this, in words, and a headline no shorter.
_NAME: Final = 5
_HEADLINE: Final = 3
# As many letters in scripts without spaces.
_EASTERN: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff]{6}")
# What stands before a country's own ending where sites are named below it.
_SECOND: Final = frozenset(("co", "com", "org", "net", "ac", "or", "ne", "go", "gov", "edu"))
_SHORT: Final = 2
# Marks that are tried from the end: "… | NK News - North Korea News".
_PARTS: Final = 3
_LETTERS: Final = re.compile(r"[\W_]+")


def headline(source: Source, entry: Entry, page: Page | None) -> str:
    """The entry's headline, or the page's where the entry has none or one that is cut; "" without any."""
    given = single(entry.title or "")
    stated = single(page.title or "") if page else ""
    for outlet in (entry.outlet, source.outlet, page.site_name if page else None):
        if outlet:
            given = _without(given, outlet)
    if _MARKS.search(given):
        given = without_site(given, entry.url or (page.url if page else None))
    cut = given.endswith(CUT_MARKS) and len(stated) > len(given)
    return stated if stated and (cut or not given) else given


def opening(text: str) -> str:
    """A headline for a text without one: its first sentence, cut between words."""
    first = next(iter(sentences(text)), "")
    if len(first) <= OPENING:
        return first
    return first[:OPENING].rsplit(None, 1)[0] + "…"


def without_site(title: str, url: str | None) -> str:
    """`Headline | Site` without the site, where the host of the address says that it is one."""
    host = (urlsplit(url).hostname if url else None) or ""
    for mark in reversed(list(_MARKS.finditer(title))[-_PARTS:]):
        rest, name = title[: mark.start()].rstrip(), title[mark.end() :].strip()
        if len(rest.split()) < _HEADLINE and not _EASTERN.search(rest):
            break
        if _is_of(name, host):
            title = rest
    return title


def _without(title: str, outlet: str) -> str:
    """`Headline - Outlet` as search results and templates write it, without the outlet."""
    rest = title.removesuffix(outlet).rstrip()
    return rest[:-1].rstrip() if rest != title and rest.endswith(_DASHES) else title


def _is_of(name: str, host: str) -> bool:
    """Whether a host is named after an outlet, letter by letter: "The Moscow Times", "tagesschau.de"."""
    labels = host.removeprefix("www.").split(".")
    at = len(labels) - (3 if len(labels) > _SHORT and labels[-2] in _SECOND else 2)
    if at < 0 or len(name.split()) > _NAME:
        return False
    # "police" at police.gov.lb is who says it.
    if name[:1].islower() and "." not in name:
        return False
    return _letters(name) in {_letters(labels[at]), _letters("".join(labels[at:]))}


def _letters(name: str) -> str:
    return _LETTERS.sub("", fold(name)).removeprefix("www").removeprefix("the")
