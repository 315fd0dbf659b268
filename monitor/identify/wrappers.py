"""Addresses that stand around the publisher's own: of searches, networks, viewers and readers.

Most carry it and are opened. A link of Google News carries none, and is known for what it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from monitor.identify.escapes import spelling
from monitor.identify.hosts import bare
from monitor.identify.href import Href, parse

# Addresses that carry the publisher's address in a parameter of their own.
_CARRIERS: Final = (
    (re.compile(r"bing\.com/news/apiclick(?:\.aspx)?"), "url"),
    (re.compile(r"google\.[a-z.]+/url"), "url"),
    (re.compile(r"google\.[a-z.]+/url"), "q"),
    (re.compile(r"lm?\.(?:facebook|instagram)\.com/(?:l\.php)?"), "u"),
    (re.compile(r"vk\.com/away\.php"), "to"),
    (re.compile(r"away\.vk\.com/away\.php"), "to"),
    (re.compile(r"(?:t|telegram)\.me/iv"), "url"),
    (re.compile(r"youtube\.com/redirect"), "q"),
    (re.compile(r"out\.reddit\.com/.*"), "url"),
    (re.compile(r"duckduckgo\.com/l/"), "uddg"),
    (re.compile(r"(?:flipboard|getpocket)\.com/redirect"), "url"),
    (re.compile(r"[a-z0-9]+\.safelinks\.protection\.outlook\.com/"), "url"),
    (re.compile(r"slack-redir\.net/link"), "url"),
    (re.compile(r"translate\.google\.[a-z.]+/translate"), "u"),
    (re.compile(r"yandex\.[a-z.]+/turbo"), "text"),
)
# The same within the path: Yahoo's search and news, Yandex' quick pages.
_YAHOO: Final = re.compile(r"r\.search\.yahoo\.com/.*?/RU=(https?%3A[^/]+)/.*", re.DOTALL)
_TURBO: Final = re.compile(
    r"(?:[a-z0-9-]+\.turbopages\.org/turbo/|yandex\.[a-z.]+/turbo/s/)([^/]+\.[^/]+)/s/(.+)",
    re.DOTALL,
)
_AMP_VIEWERS: Final = re.compile(
    r"(?:google\.[a-z.]+/amp/(s/)?|[a-z0-9-]+\.cdn\.ampproject\.org/[cv]/(s/)?)([^/.]+\.[^/]+.*)",
    re.DOTALL,
)
# A label of each host of these.
_CARRYING: Final = frozenset(
    str.split("""
        bing google facebook vk t telegram youtube reddit duckduckgo flipboard getpocket outlook
        slack-redir yandex yahoo turbopages ampproject
    """)
)
_OPAQUE: Final = re.compile(r"news\.google\.com/(?:rss/)?(?:articles|read)/")


def is_wrapper(url: str) -> bool:
    """Whether the address stands for an article without saying which: Google News.

    Its path is opaque and answers with a script, so the article is known by title
    and outlet only.
    """
    try:
        parsed = parse(url)
    except ValueError:
        return False
    return is_opaque(parsed)


def is_opaque(parsed: Href) -> bool:
    """`is_wrapper` of an address that is parsed."""
    return _OPAQUE.match(bare(parsed.hostname) + parsed.pathname) is not None


def unwrapped(url: str) -> str:
    """The publisher's address where the given one carries it (Bing News, AMP viewers), else the same."""
    try:
        parsed = parse(url)
    except ValueError:
        return url
    inner = opened(parsed)
    return url if inner is parsed else inner.href


def linked(url: str, base: str | None) -> str:
    """`unwrapped(absolute(url, base))`, parsed once."""
    return opened(parse(url, base)).href


def opened(parsed: Href) -> Href:
    """What is inside of all wrappers; the same where it is none."""
    while _may_carry(parsed.hostname) and (carried := _carried(parsed)) is not None:
        parsed = carried
    return parsed


# A feed's links lie on one host.
@lru_cache(maxsize=1_024)
def _may_carry(hostname: str) -> bool:
    return not _CARRYING.isdisjoint(hostname.split("."))


def _carried(parsed: Href) -> Href | None:
    """The address inside a wrapper's. It is shorter each time, so that opening ends."""
    place = bare(parsed.hostname) + spelling(parsed.pathname)
    inner: str | None = None
    for pattern, name in _CARRIERS:
        if inner is None and pattern.fullmatch(place):
            inner = _parameter(parsed.search, name)
    if inner is None and (searched := _YAHOO.fullmatch(place)):
        inner = unquote(searched[1])
    if inner is None and (quick := _TURBO.fullmatch(place)):
        inner = f"https://{quick[1]}/{quick[2]}"
    viewed = _AMP_VIEWERS.fullmatch(place)
    if viewed:
        secure, rest = viewed[1] or viewed[2], viewed[3]
        inner = f"http{'s' if secure else ''}://{rest}{parsed.search}"
    if inner is None or not inner.lower().startswith(("http://", "https://")):
        return None
    try:
        return parse(inner)
    except ValueError:
        return None


def _parameter(search: str, name: str) -> str | None:
    for piece in search[1:].split("&"):
        key, _, value = piece.partition("=")
        if key == name:
            return unquote(value)
    return None
