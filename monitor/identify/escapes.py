"""One spelling of what is percent-encoded in a path."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote_to_bytes

_ESCAPE: Final = re.compile(r"%([0-9A-Fa-f]{2})")
_ESCAPED_TWICE: Final = re.compile(r"(?:%25[89A-Fa-f][0-9A-Fa-f])+")
_UNRESERVED: Final = frozenset(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
)


def spelling(path: str) -> str:
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
