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
from monitor.text.tails import without_tails
from monitor.text.words import sentences

OPENING: Final = 120  # letters
CUT_MARKS: Final = ("…", "...", "[...]", "[…]")
_DASHES: Final = ("-", "–", "—", "|", "·")
# The longest name of an outlet, in words.
_NAME: Final = 5
# What stands before a country's own ending where sites are named below it.
_SECOND: Final = frozenset(("co", "com", "org", "net", "ac", "or", "ne", "go", "gov", "edu"))
_SHORT: Final = 2
_LETTERS: Final = re.compile(r"[\W_]+")


def headline(source: Source, entry: Entry, page: Page | None) -> str:
    """The entry's headline, or the page's where the entry has none or one that is cut; "" without any."""
    given = single(entry.title or "")
    stated = single(page.title or "") if page else ""
    for outlet in (entry.outlet, source.outlet, page.site_name if page else None):
        if outlet:
            given = _without(given, outlet)
    given = _without_site(given, entry.url or (page.url if page else None))
    cut = given.endswith(CUT_MARKS) and len(stated) > len(given)
    return stated if stated and (cut or not given) else given


def opening(text: str) -> str:
    """A headline for a text without one: its first sentence, cut between words."""
    first = next(iter(sentences(text)), "")
    if len(first) <= OPENING:
        return first
    return first[:OPENING].rsplit(None, 1)[0] + "…"


def _without_site(title: str, url: str | None) -> str:
    """`Headline | Site` without the site, where the host of the address says that it is one."""

    def is_site(name: str) -> bool:
        return _is_of(name, (urlsplit(url).hostname if url else None) or "")

    return without_tails(title, is_site)


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
