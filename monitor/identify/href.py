"""The parts of an address that was parsed, cut out of its normal form.

Each attribute of ada's object is a call into C and a copy; a serialised http(s) address (WHATWG
URL, 4.5) can be cut at its marks, which stand nowhere else unescaped.
"""

from __future__ import annotations

from typing import NamedTuple


class Href(NamedTuple):
    """As the standard's API names them: `search` and `hash` with their mark, empty where bare."""

    href: str
    hostname: str
    port: str
    pathname: str
    search: str
    hash: str


def cut(href: str) -> Href:
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
