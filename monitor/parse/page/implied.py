"""The date of publication where only the page's scripts or its address tell it."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from monitor.parse.dates.datenames import Told, told_by

_STATED: Final = re.compile(
    r"\b(?P<name>[A-Za-z][\w-]{1,40})[\"']?\s{0,5}[:=]\s{0,5}[\"']?"
    r"(?P<date>\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d[^\"',;}\s]{0,16})?|1\d{9}(?:\d{3})?|20[0-4]\d[01]\d[0-3]\d)(?![\d/])"
)
_SCRIPTS: Final = 1_000_000  # letters looked at
_MONTHS: Final = str.split("jan feb mar apr may jun jul aug sep oct nov dec")
_DAY: Final = re.compile(
    r"[/_](?P<year>20[0-4]\d|199\d)(?:[/-](?P<month>0?[1-9]|1[0-2])[/-](?P<day>0?[1-9]|[12]\d|3[01])|/(?P<both>(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"
    rf"|/(?P<named>{'|'.join(_MONTHS)})[a-z]*/(?P<of>0?[1-9]|[12]\d|3[01]))(?=[/_-]|$)"
)
# The day in a number: /20241002/, /t20241002_7265, /AKR20241002143300001.
_NUMBER: Final = re.compile(
    r"(?<![\d.])(?P<year>20[0-4]\d)(?P<both>(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?=(?:[01]\d|2[0-3])[0-5]\d\d{2,7}(?!\d)|(?!\d))"
)


def from_scripts(document: LexborHTMLParser) -> str | None:
    """The one date of publication in the page's scripts; None where they have several.

    A page's state holds its list of other stories too, and nothing tells which is its own.
    Where none is called one, that of the record's making is.
    """
    left = _SCRIPTS
    found: dict[Told, set[str]] = {"published": set(), "created": set()}
    for script in document.css("script:not([src])"):
        text = script.text()[:left]
        left -= len(text)
        for match in _STATED.finditer(text):
            if (kind := told_by(match["name"])) in found:
                found[kind].add(match["date"])
        if len(found["published"]) > 1 or left <= 0:
            break
    told = found["published"] or found["created"]
    return told.pop() if len(told) == 1 else None


def from_address(url: str | None) -> str | None:
    """The day in an address: `/2025/11/14/bridge`, `/t20251114_726.html`."""
    try:
        path = urlsplit(url or "").path
    except ValueError:
        return None
    match = _DAY.search(path) or _NUMBER.search(path)
    if match is None:
        return None
    parts = match.groupdict()
    if both := parts.get("both"):
        month, day = both[:2], both[2:]
    elif named := parts.get("named"):
        month, day = str(_MONTHS.index(named) + 1), parts["of"] or ""
    else:
        month, day = parts["month"] or "", parts["day"] or ""
    return f"{match['year']}-{month}-{day}"
