"""Pages saved as files: where they came from, noted as browsers do, in a comment at the top."""

from __future__ import annotations

import re
from typing import Final

from monitor.parse import charset

_BOM: Final = b"\xef\xbb\xbf"
_NOTE: Final = re.compile(rb"<!-- saved from url=\(\d{4}\)(https?://[!-~]{1,2000}?) -->")
_HEAD: Final = 2_000  # bytes; browsers write it after the document type


def noted(body: bytes, url: str, content_type: str | None) -> bytes:
    """The bytes of a page with its address above them ("mark of the web").

    A page whose letters only its HTTP header could tell, or of UTF-16, becomes UTF-8.
    """
    text = charset.decode(body, content_type)
    if charset.decode(body) != text or body[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        body = _BOM + text.lstrip("\ufeff").encode("utf-8", "replace")
    mark = f"<!-- saved from url=({len(url):04}){url} -->\n".encode()
    return _BOM + mark + body.removeprefix(_BOM) if body.startswith(_BOM) else mark + body


def origin(body: bytes) -> str | None:
    """The address that a saved page came from, None where nobody noted it."""
    found = _NOTE.search(body[:_HEAD])
    return found[1].decode() if found else None
