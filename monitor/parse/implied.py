"""The date of publication where only the page's scripts or its address tell it."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

_STATED: Final = re.compile(
    r"[\"']?\b(?:first_)?(?:date_?published|published_?(?:date|time|at|on)?|publi(?:sh|cation)_?(?:date|time|at)|pub_?date)(?:_?(?:utc|iso|gmt))?[\"']?"
    r"\s{0,5}[:=]\s{0,5}[\"']?(\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d[^\"',;}\s]{0,16})?|1\d{9}(?:\d{3})?)(?![\d/])",
    re.IGNORECASE,
)
_SCRIPTS: Final = 1_000_000  # letters looked at
_DAY: Final = re.compile(
    r"/(20[0-4]\d|199\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_-]|$)"
)


def from_scripts(document: LexborHTMLParser) -> str | None:
    """The one date of publication in the page's scripts; None where they have several.

    A page's state holds its list of other stories too, and nothing tells which is its own.
    """
    left = _SCRIPTS
    found: set[str] = set()
    for script in document.css("script:not([src])"):
        text = script.text()[:left]
        left -= len(text)
        found.update(match[1] for match in _STATED.finditer(text))
        if len(found) > 1 or left <= 0:
            break
    return found.pop() if len(found) == 1 else None


def from_address(url: str | None) -> str | None:
    """The day in an address: `/2025/11/14/bridge`."""
    try:
        match = _DAY.search(urlsplit(url or "").path)
    except ValueError:
        return None
    return f"{match[1]}-{match[2]}-{match[3]}" if match else None
