"""What strangers wrote, as a page shows it: lines with language and direction, links, outlets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from monitor.alert.direction import Direction, direction_of, one_line, shorten
from monitor.text.language import guess


@dataclass(frozen=True, slots=True)
class Line:
    """A line that a stranger wrote, with its language (`""` for unknown) and direction."""

    text: str
    lang: str
    dir: Direction


def line(text: str, language: str | None = None, most: int | None = None) -> Line:
    """Made fit for a page; at most so many letters of it. `language` is what it is said to be in."""
    plain = one_line(text if most is None else text[: 2 * most])
    plain = plain if most is None else shorten(plain, most)
    lang = one_line(language or guess(plain) or "")
    return Line(plain, lang, direction_of(plain, language))


def web_link(link: str) -> str | None:
    """Only a web address becomes a link, whatever a source may have given."""
    plain = one_line(link)
    scheme, host = split(plain)
    return plain if scheme in {"http", "https"} and host else None


def outlet_of(row: Mapping[str, Any]) -> str:
    """Who printed an article, by its `outlet`, `link` and `source`."""
    host = (split(one_line(row["link"]))[1] or "").removeprefix("www.")
    return one_line(row["outlet"] or "") or host or str(row["source"])


def split(link: str) -> tuple[str, str | None]:
    """Scheme and host of an address; of what is none, "" and None."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return "", None
    return parts.scheme, parts.hostname
