"""What an answer's headers say of when to come back and whom else to ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import ada_url

from monitor.fetch.answer import Headers, header

# RFC 9111, 1.2.2: what is larger is to be read as this.
_LONGEST = 2**31


def _parts_by(separator: str) -> re.Pattern[str]:
    """What stands between separators; neither quoted ones nor those in an address count.

    A quote or bracket that is never closed runs to the end.
    """
    return re.compile(rf'(?:"(?:[^"\\]|\\.)*+"?|<[^>]*+>?|[^{separator}"<])++', re.DOTALL)


_ELEMENTS, _PARAMETERS = _parts_by(","), _parts_by(";")
_ADDRESS = re.compile(r"<([^>]*)>")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def max_age(headers: Headers) -> timedelta | None:
    """How long the answer stays fresh by Cache-Control: max-age less its Age (RFC 9111, 5.2.2.1).

    None where nothing (sane) is said, or where it is not to be kept at all
    (no-store, no-cache). s-maxage is for shared caches and not for us.
    """
    told: dict[str, str] = {}
    for element in _elements(headers, "cache-control"):
        name, value = _pair(element)
        told.setdefault(name, value)  # the first of several (RFC 9111, 4.2.1)
    lasts = _seconds(told.get("max-age"))
    if lasts is None or "no-store" in told or "no-cache" in told:
        return None
    age = _seconds(header(headers, "age")) or 0
    return timedelta(seconds=max(0, lasts - age))


def links(headers: Headers, base: str | None = None) -> dict[str, str]:
    """The addresses in the Link headers by their relation, in lower case (RFC 8288, 3).

    `{"hub": "https://hub.example/", "self": "https://a.example/feed"}`; the first of
    each relation counts. One with an `anchor` speaks of another page and is left
    out. `base` makes them absolute, and what is no address then is left out.
    """
    found: dict[str, str] = {}
    for element in _elements(headers, "link"):
        if "<" not in element:
            continue
        target, *parameters = _PARAMETERS.findall(element)
        address = _ADDRESS.fullmatch(target.strip())
        told: dict[str, str] = {}
        for parameter in parameters:
            name, value = _pair(parameter)
            told.setdefault(name, value)
        url = address and _absolute(address[1].strip(), base)
        if url and "anchor" not in told:
            for relation in told.get("rel", "").lower().split():
                found.setdefault(relation, url)
    return found


def _elements(headers: Headers, name: str) -> Iterator[str]:
    """The elements of a list, over all headers of that name (RFC 9110, 5.6.1)."""
    for key, value in headers:
        if key == name:
            yield from (element for element in _ELEMENTS.findall(value) if element.strip())


def _pair(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    value = value.strip()
    if value.startswith('"'):
        value = _ESCAPED.sub(r"\1", value[1:].removesuffix('"'))
    return name.strip().lower(), value


def _seconds(value: str | None) -> int | None:
    value = (value or "").strip()
    if not (value.isascii() and value.isdigit()):
        return None
    return min(int(value[:11]), _LONGEST)


def _absolute(address: str, base: str | None) -> str | None:
    if base is None:
        return address or None
    try:
        return str(ada_url.URL(address, base).href)
    except (ValueError, UnicodeError):
        return None
