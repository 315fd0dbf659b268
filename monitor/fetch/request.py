"""What we send: who we are, what we can read, and the source's own headers."""

from __future__ import annotations

from collections.abc import Mapping

import ada_url

from monitor import __version__
from monitor.fetch.body import ACCEPTED
from monitor.fetch.robots import AGENT
from monitor.model import Validators

_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, "
    "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8"
)
_PROJECT = "news story monitor"
# Headers of a source that may follow a redirect to another site; any other may be a key.
_HARMLESS = ("user-agent", "accept", "accept-language", "referer")


def user_agent(contact: str | None) -> str:
    """Our honest name, and where to complain."""
    return f"{AGENT}/{__version__} (+{contact or _PROJECT})"


def headers(
    agent: str, known: Validators | None, own: Mapping[str, str], *, address: str, at_home: bool
) -> list[tuple[bytes, bytes]]:
    """The lines of one request to `address`, a serialised one without a password.

    `own` are the source's, and win; `at_home` says whether the request goes to the
    site that they were written for. Accept-Encoding stays ours: it promises what
    `fetch.body` can undo.
    """
    lines = {"host": address.split("/", 3)[2], "user-agent": agent, "accept": _ACCEPT}
    if known and known.etag:
        lines["if-none-match"] = known.etag
    if known and known.last_modified:
        lines["if-modified-since"] = known.last_modified
    for name, value in own.items():
        if at_home or name.lower() in _HARMLESS:
            lines[name.lower()] = value
    lines["accept-encoding"] = ACCEPTED
    return [(name.title().encode(), _wire(value)) for name, value in lines.items()]


def at_home(first: str, now: str) -> bool:
    """Whether `now` is the very server first asked, or the same name moved up to https."""
    if now == first:
        return True
    before, after = ada_url.URL(first), ada_url.URL(now)
    if before.origin == after.origin:
        return True
    upgraded = before.protocol == "http:" and after.protocol == "https:"
    return bool(upgraded and before.host == after.host)


def _wire(value: str) -> bytes:
    """Latin-1 as it came from the wire; what a user wrote beyond it, as UTF-8."""
    try:
        return value.encode("latin-1")
    except UnicodeError:
        return value.encode()
