"""What is wrong with how the page can be reached: by whom it is read, and who sees its password pass."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from monitor.config.addresses import is_here

_OPEN: Final = (
    "the page is open to whoever reaches this address, without a login: set"
    " settings.web.password, or listen on loopback (docs/page.md)"
)
_NO_PAGE: Final = "there is no page to log in to: on such an address it needs `page: true`"
_CLEAR: Final = "the password of the page goes over the network in the clear"
_BEHIND: Final = (
    f"{_CLEAR}: listen on loopback behind a web server with TLS, and name its https address in"
    " `url` (docs/page.md)"
)


def exposed(host: str, *, is_there: bool, url: str | None, has_password: bool) -> tuple[str, str]:
    """The key of `settings.web` that it is about and what is to be said; two empty texts for nothing.

    `host` is where it listens, `url` its public address, `is_there` whether there is a page at all.
    """
    if not has_password:
        return ("listen", _OPEN) if is_there and not is_here(host) else ("", "")
    if not is_there:
        return "password", _NO_PAGE
    public = urlsplit(url or "")
    if public.scheme != "https" and not is_here(host):
        return "listen", _BEHIND
    if public.scheme == "http" and not is_here(public.hostname or ""):
        return "url", f"{_CLEAR}: use https"
    return "", ""
