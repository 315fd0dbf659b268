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
from urllib.parse import quote, unquote, unquote_to_bytes

import ada_url

from monitor.identify.href import Href, cut, normal
from monitor.identify.tracking import tracked

# Labels under which country registries and hosts of other people's sites hand out
# names: a host of one of these and one more label is a site of its own, so `www.`
# or `m.` before them is no prefix.
_REGISTRY_LABELS: Final = frozenset(
    ("ac", "co", "com", "edu", "gob", "gouv", "gov", "go", "info", "mil", "ne", "net", "nom", "or", "org", "sch")
)  # fmt: skip
_HOSTING: Final = frozenset(
    (
        "blogspot.com", "github.io", "gitlab.io", "herokuapp.com", "livejournal.com", "netlify.app",
        "pages.dev", "substack.com", "tumblr.com", "vercel.app", "web.app", "wordpress.com",
    )
)  # fmt: skip
# Hosts on which the first step of the path names who publishes.
_SHARED: Final = frozenset(
    (
        "facebook.com", "instagram.com", "medium.com", "ok.ru", "reddit.com", "t.me", "telegram.me",
        "tiktok.com", "twitter.com", "vk.com", "x.com", "youtube.com",
    )
)  # fmt: skip
_PREFIXES: Final = ("www.", "m.", "mobile.", "amp.")

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

# Servers take about 8,000 letters (RFC 9110, 4.1). A base comes back in each link found on it.
_LONGEST: Final = 65_536
_LONGEST_BASE: Final = 8_192

_ESCAPE: Final = re.compile(r"%([0-9A-Fa-f]{2})")
_ESCAPED_TWICE: Final = re.compile(r"(?:%25[89A-Fa-f][0-9A-Fa-f])+")
_UNRESERVED: Final = frozenset(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
)
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
    return _parse(url, base).href


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
    parsed = _parse(url, base)
    parsed = _opened_all(parsed)
    host = _host(parsed.hostname)
    if parsed.port and parsed.port != "443":
        host += f":{parsed.port}"
    path = _spelling(parsed.pathname)
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


def is_wrapper(url: str) -> bool:
    """Whether the address stands for an article without saying which: Google News.

    Its path is opaque and answers with a script, so the article is known by title
    and outlet only.
    """
    try:
        parsed = _parse(url, None)
    except ValueError:
        return False
    return _OPAQUE.match(_host(parsed.hostname) + parsed.pathname) is not None


def unwrapped(url: str) -> str:
    """The publisher's address where the given one carries it (Bing News, AMP viewers), else the same."""
    try:
        parsed = _parse(url, None)
    except ValueError:
        return url
    inner = _opened_all(parsed)
    return url if inner is parsed else inner.href


def linked(url: str, base: str | None) -> str:
    """`unwrapped(absolute(url, base))`, parsed once."""
    return _opened_all(_parse(url, base)).href


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
        parsed = _parse(unwrapped(url), None)
    except ValueError:
        return ""
    host = _host(parsed.hostname)
    if _OPAQUE.match(host + parsed.pathname):
        return ""
    if host in _SHARED:
        channel = next((one for one in parsed.pathname.split("/") if one not in {"", "s"}), "")
        return f"{host}/{channel.lower()}" if channel else host
    return host


def same_site(one: str, other: str) -> bool:
    """Whether two addresses lie on one host, prefixes aside; False where either is none."""
    try:
        return _host(_parse(one, None).hostname) == _host(_parse(other, None).hostname)
    except ValueError:
        return False


def _parse(url: str, base: str | None) -> Href:
    if not url.strip():
        raise ValueError("the address is empty")
    if len(url) > _LONGEST:
        raise ValueError(f"an address of {len(url):,} letters")
    if (parts := normal(url)) is not None:
        return parts
    if base and len(base) > _LONGEST_BASE:
        return _parse(url, None)
    try:
        href: str = ada_url.URL(url, base=base or None).href
    except ValueError:
        if not base:
            raise ValueError(f"not a whole web address: {url[:200]!r}") from None
        return _parse(url, None)
    if not href.startswith(("http://", "https://")):
        scheme = href.partition(":")[0]
        raise ValueError(f"only http and https addresses are read, not {scheme}: {url[:200]!r}")
    return cut(href)


def _opened_all(parsed: Href) -> Href:
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
    place = _host(parsed.hostname) + _spelling(parsed.pathname)
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
        return _parse(inner, None)
    except ValueError:
        return None


def _parameter(search: str, name: str) -> str | None:
    for piece in search[1:].split("&"):
        key, _, value = piece.partition("=")
        if key == name:
            return unquote(value)
    return None


@lru_cache(maxsize=1_024)
def _host(host: str) -> str:
    host = host.rstrip(".") or host
    while True:
        rest = next((host[len(prefix) :] for prefix in _PREFIXES if host.startswith(prefix)), "")
        if "." not in rest[1:] or rest[0] == "." or _is_registry(rest):
            return host
        host = rest


def _is_registry(host: str) -> bool:
    """Whether names under this host belong to different owners, as far as is known here."""
    label, _, country = host.rpartition(".")
    return host in _HOSTING or (label in _REGISTRY_LABELS and len(country) == 2)


def _spelling(path: str) -> str:
    """One spelling of the escapes: unreserved bytes bare, hex in capitals, nothing escaped twice.

    Only bytes of other scripts are opened a second time, where they make UTF-8:
    `%2541` may be meant.
    """
    if "%" not in path:
        return path
    while (once := _ESCAPED_TWICE.sub(_opened, path)) != path:
        path = once
    return _ESCAPE.sub(_escape, path)


def _opened(found: re.Match[str]) -> str:
    inner = found[0].replace("%25", "%")
    try:
        unquote_to_bytes(inner).decode()
    except UnicodeDecodeError:
        return found[0]
    return inner


def _escape(found: re.Match[str]) -> str:
    byte = int(found[1], 16)
    return chr(byte) if byte in _UNRESERVED else found[0].upper()


def _number(pattern: str, place: str) -> str:
    """What the pattern's group finds, as one segment of a path; empty where it finds nothing."""
    try:
        compiled = re.compile(pattern)
        found = compiled.search(place)
    except re.error as error:
        raise ValueError(f"article_id is no pattern: {error}") from None
    if compiled.groups != 1:
        raise ValueError("article_id needs exactly one group")
    number = _spelling(quote(found[1] or "", safe="%~")) if found else ""
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
