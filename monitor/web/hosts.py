"""Which host a request may name.

A page of somebody else may have its own name lead to this machine (DNS rebinding), and would
then read here as if it were us: but the browser names that host.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from monitor.model import Web

_HERE = ("localhost", "127.0.0.1", "::1")


class Hosts:
    """The names of this machine, of `settings.web.listen` and of `settings.web.url`."""

    def __init__(self, web: Web) -> None:
        """Know them all."""
        public = (urlsplit(web.url).hostname or "") if web.url else ""
        # What stands for all addresses is none.
        own = web.host.lower() if web.host not in {"0.0.0.0", "::"} else ""  # noqa: S104
        self._names = {*_HERE, own, public} - {""}

    def allow(self, named: str, reached: str | None, *, plain: bool = False) -> bool:
        """Whether the header Host, `named`, is one of them, or the very address that was `reached`.

        An address cannot be rebound: who asks for it means it. `plain` allows a name without a
        dot as well, as machines and containers of one network call each other: nobody outside has one.
        """
        host = _host(named)
        here = _address(reached)
        return (
            host in self._names
            or (here is not None and _address(host) == here)
            or (plain and host is not None and not re.search(r"[.:]", host))
        )


def _host(named: str) -> str | None:
    """The host of a header without its port; None of what is no host."""
    try:
        parts = urlsplit(f"//{named}")
        port = parts.port
    except ValueError:
        return None
    if parts.path or parts.query or parts.fragment or parts.username is not None or port == 0:
        return None
    return (parts.hostname or "").rstrip(".") or None


def _address(text: str | None) -> str | None:
    """An IP address in one spelling; None of what is none, and of one that stands for all."""
    try:
        found = ip_address(text or "")
    except ValueError:
        return None
    return None if found.is_unspecified else str(found)
