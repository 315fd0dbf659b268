"""What a form sends, and whether it was sent from a page of ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import ClientDisconnect, Request

from monitor.web.hosts import Hosts

_LARGEST: Final = 64_000  # bytes
_FIELDS: Final = 30
# From the root on: no host, no slash before it, nothing that leads above.
_INSIDE: Final = re.compile(r"(?:[\w%-][\w.%-]*(?:/[\w.%-]+)*)?(?:\?[\w.%&=+*~!'(),;:@/-]*)?", re.ASCII)  # fmt: skip


async def form(request: Request) -> Mapping[str, str] | None:
    """The fields of a posted form; None of what is none, or too large."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        return None
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > _LARGEST:
                return None
    except ClientDisconnect:
        return None
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, errors="replace", max_num_fields=_FIELDS
        )
    except ValueError:
        return None
    return dict(pairs)


def is_ours(request: Request, hosts: Hosts) -> bool:
    """Whether the browser says that a page of ours sent it; of one that says nothing, yes.

    Sec-Fetch-Site is the browser's own word and knows ports apart (W3C Fetch Metadata), Origin is
    of older ones. Whoever says neither is no browser, and the form's token counts all the same.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin")
    if origin is None:
        return True
    try:
        named = urlsplit(origin)
    except ValueError:
        return False
    server = request.scope.get("server")
    return named.scheme in {"http", "https"} and hosts.allow(
        named.netloc, server[0] if server else None
    )


def inside(path: str) -> str:
    """A path of ours from the root on, with its query; "" of any other."""
    path = path[:2_000]
    # To a browser %2e is the dot that it stands for (WHATWG URL, "double-dot path segment").
    steps = re.sub("%2e", ".", path.partition("?")[0], flags=re.IGNORECASE)
    return path if _INSIDE.fullmatch(path) and ".." not in steps else ""
