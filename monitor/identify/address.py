"""Addresses: a link made absolute, and the one form by which an article is known again.

`absolute` is what is fetched and shown; `canonical` is only ever compared. Two
rules weigh against each other there: the same article must not come twice under
two spellings of its address, and two articles must never become one. A rule that
could do the second is left out: `/amp/506369` keeps its first segment, because
where the article stands without AMP is not to be seen from it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from monitor.identify.escapes import spelling
from monitor.identify.hosts import bare
from monitor.identify.href import parse
from monitor.identify.tracking import tracked
from monitor.identify.wrappers import is_opaque, opened, unwrapped

# Hosts on which the first step of the path names who publishes.
_SHARED: Final = frozenset(
    (
        "facebook.com", "instagram.com", "medium.com", "ok.ru", "reddit.com", "t.me", "telegram.me",
        "tiktok.com", "twitter.com", "vk.com", "x.com", "youtube.com",
    )
)  # fmt: skip
# What stands before an ending is never dots alone: they would be read as a step upwards.
_SESSION: Final = re.compile(r"(?<=[^/.]);jsessionid=[^/;]*", re.IGNORECASE)
# The segment before `/amp` must look like an article's, not like a section's.
_AMP_SEGMENT: Final = re.compile(r"(/[^/]*[-\d%][^/]*)/+amp$", re.IGNORECASE)
_AMP_ENDING: Final = re.compile(r"(?<=[^/.])\.amp(\.html?)?$", re.IGNORECASE)
_INDEX: Final = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
_INDICES: Final = ("index.", "default.")
_FRAGMENT: Final = re.compile(r"#(?:!.|/.|piece-\d+$)", re.DOTALL)
# Blogger shows its phone page at `?m=1`.
_DATED_PAGE: Final = re.compile(r"/\d{4}/\d{2}/[^/]+\.html")
_BLOGGER: Final = frozenset(("m=0", "m=1"))
_BY_ID: Final = "/~/"


def absolute(url: str, base: str | None = None) -> str:
    """The whole http(s) address of a link found on `base`, as the WHATWG URL standard reads it.

    Blanks around it are dropped, other letters percent-encoded, a host in other
    scripts becomes punycode. A broken base does not spoil a link that is whole.
    Raises ValueError with a reason for a person.
    """
    return parse(url, base).href


@lru_cache(maxsize=4_096)
def canonical(url: str, *, base: str | None = None, article_id: str | None = None) -> str:
    """The identity of an article's address: for comparing, not for fetching. Idempotent.

    Scheme https; host in small letters without `www.`, `m.`, `mobile.`, `amp.`;
    no user, default port, fragment (but `#!…` and `#/…`, by which some sites
    route), session or tracking parameter, AMP ending, index page or last slash.
    Escapes in the path have one spelling. What is left of the query keeps its
    order and its bytes. Wrappers that carry the publisher's address are opened.

    `article_id` is a pattern with one group: where it is found in path and query,
    the host and the group alone are the identity (`https://ilkha.com/~/482627`).
    Raises ValueError as `absolute` does, or when the pattern is none.
    """
    parsed = opened(parse(url, base))
    host = bare(parsed.hostname)
    if parsed.port and parsed.port != "443":
        host += f":{parsed.port}"
    path = spelling(parsed.pathname)
    query = _query(parsed.search, path) if parsed.search else ""
    if not path.startswith(_BY_ID):
        whole, path = path, _path(path, with_query=bool(query))
        number = article_id and (
            _number(article_id, whole + parsed.search) or _number(article_id, path + query)
        )
        if number:
            return f"https://{host}{_BY_ID}{number}"
    fragment = parsed.hash if parsed.hash and _FRAGMENT.match(parsed.hash) else ""
    return f"https://{host}{path}{query}{fragment}"


def is_front_page(url: str) -> bool:
    """Whether the address names a site and nothing on it; False where it is none."""
    try:
        return is_front(canonical(url))
    except ValueError:
        return False


def is_front(address: str) -> bool:
    """`is_front_page` of a canonical address."""
    return address.endswith("/") and address.count("/") == 3


def site(url: str) -> str:
    """What names the outlet behind an address: its host, on shared hosts with the channel on it.

    Empty where it names none: no web address, or a wrapper's (Google News).
    """
    try:
        parsed = parse(unwrapped(url))
    except ValueError:
        return ""
    if is_opaque(parsed):
        return ""
    host = bare(parsed.hostname)
    if host in _SHARED:
        channel = next((one for one in parsed.pathname.split("/") if one not in {"", "s"}), "")
        return f"{host}/{channel.lower()}" if channel else host
    return host


def same_site(one: str, other: str) -> bool:
    """Whether two addresses lie on one host, prefixes aside; False where either is none."""
    try:
        return bare(parse(one).hostname) == bare(parse(other).hostname)
    except ValueError:
        return False


def _number(pattern: str, place: str) -> str:
    """What the pattern's group finds, as one segment of a path; empty where it finds nothing."""
    try:
        compiled = re.compile(pattern)
        found = compiled.search(place)
    except re.error as error:
        raise ValueError(f"article_id is no pattern: {error}") from None
    if compiled.groups != 1:
        raise ValueError("article_id needs exactly one group")
    number = spelling(quote(found[1] or "", safe="%~")) if found else ""
    return number if number.strip(".") else ""


def _query(search: str, path: str) -> str:
    pieces = search[1:].split("&")
    dated = not _BLOGGER.isdisjoint(pieces) and _DATED_PAGE.fullmatch(path) is not None
    kept = [piece for piece in pieces if not (tracked(piece) or (dated and piece in _BLOGGER))]
    return "?" + "&".join(kept) if any(kept) else ""


def _path(path: str, *, with_query: bool) -> str:
    """The path without what does not name the article; repeated, since one ending hides another."""
    while True:
        # Looked at first: a search is slow on long slugs.
        shorter = (_SESSION.sub("", path) if ";" in path else path).rstrip("/")
        if shorter[-4:].lower() == "/amp":
            shorter = _AMP_SEGMENT.sub(r"\1", shorter)
        if ".amp" in shorter[-9:].lower():
            shorter = _AMP_ENDING.sub(lambda found: found[1] or "", shorter)
        if not with_query and shorter[-13:].lower().rpartition("/")[2].startswith(_INDICES):
            shorter = _INDEX.sub("", shorter)
        shorter = shorter or "/"
        if shorter == path:
            return path
        path = shorter
