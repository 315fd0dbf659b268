"""An address parsed as the WHATWG URL standard says, and its parts, cut out of its normal form.

Each attribute of ada's object is a call into C and a copy; a serialised http(s) address (WHATWG
URL, 4.5) can be cut at its marks, which stand nowhere else unescaped. Most addresses of feeds
are in that form before they are parsed, and need no parser.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

import ada_url

# Nothing that parsing changes: names in small letters, no default port, no dots for a step
# upwards, and of all other letters only those that are escaped nowhere.
_BYTE: Final = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_LABEL: Final = "(?!xn--)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_PLAIN: Final = "A-Za-z0-9._~!$&()*+,;=:@%/-"
_NORMAL: Final = re.compile(
    rf"https?://((?:{_LABEL}\.)+(?!xn--)[a-z]{{2,}}|{_BYTE}(?:\.{_BYTE}){{3}})"
    r"(?::(?!(?:80|443)/)([1-9][0-9]{1,3}))?"
    rf"((?:/(?!\.|%2[eE])[{_PLAIN.replace('/', '')}]*+)++)"
    rf"(\?[{_PLAIN}?]++)?"
)

# Servers take about 8,000 letters (RFC 9110, 4.1). A base comes back in each link found on it.
_LONGEST: Final = 65_536
_LONGEST_BASE: Final = 8_192


class Href(NamedTuple):
    """As the standard's API names them: `search` and `hash` with their mark, empty where bare."""

    href: str
    hostname: str
    port: str
    pathname: str
    search: str
    hash: str


def parse(url: str, base: str | None = None) -> Href:
    """The parts of a link found on `base`; a broken base does not spoil a link that is whole.

    Raises ValueError with a reason for a person.
    """
    if not url.strip():
        raise ValueError("the address is empty")
    if len(url) > _LONGEST:
        raise ValueError(f"an address of {len(url):,} letters")
    if (parts := normal(url)) is not None:
        return parts
    if base and len(base) > _LONGEST_BASE:
        return parse(url)
    try:
        href: str = ada_url.URL(url, base=base or None).href
    except ValueError:
        if not base:
            raise ValueError(f"not a whole web address: {url[:200]!r}") from None
        return parse(url)
    if not href.startswith(("http://", "https://")):
        scheme = href.partition(":")[0]
        raise ValueError(f"only http and https addresses are read, not {scheme}: {url[:200]!r}")
    return _cut(href)


# A link is asked for when it is read, when it is unwrapped and when it is known again.
@lru_cache(maxsize=256)
def normal(url: str) -> Href | None:
    """The parts of an address that is surely in its normal form already, whatever page it is on."""
    found = _NORMAL.fullmatch(url)
    if found is None:
        return None
    host, port, path, search = found.groups("")
    return Href(url, host, port, path, search, "")


def _cut(href: str) -> Href:
    """The parts of a serialised http or https address."""
    rest, _, fragment = href.partition("#")
    rest, _, query = rest.partition("?")
    authority, _, path = rest.partition("://")[2].partition("/")
    host = authority.rpartition("@")[2]
    port = ""
    if not host.endswith("]"):  # an IPv6 address without a port
        before, colon, after = host.rpartition(":")
        if colon:
            host, port = before, after
    return Href(
        href,
        host,
        port,
        f"/{path}",
        f"?{query}" if query else "",
        f"#{fragment}" if fragment else "",
    )
