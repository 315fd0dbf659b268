"""What a page's JSON-LD describes, and whether that is the page's own article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from monitor.identify.address import absolute
from monitor.parse.markup import plain, squeeze

_MAX_NODES: Final = 5_000
_WRAPPED: Final = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$"
)
_WORD: Final = re.compile(r"\w{4,}")
_PLACE: Final = re.compile(r"\d{4,}|[^/]{8,}")  # what in an address may tell an article
_SAID: Final = 3  # words of a headline by which it is known
_HEADLINES: Final = 5
_BESIDES: Final = 1_000
_TRAILING: Final = re.compile(r",\s*(?=[}\]])")


def string_of(value: object) -> str | None:
    """A JSON-LD value as text; of a list its first."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    return value if isinstance(value, str) and value.strip() else None


def described(
    things: list[dict[str, Any]], url: str | None, kinds: frozenset[str]
) -> dict[str, Any]:
    """The thing of these kinds that the page is about, of all that its JSON-LD describes."""
    found = [node for node in things if not kinds.isdisjoint(types_of(node))]
    own = [node for node in found if url and is_about(node, url)]
    return max(own or found[:1], key=len, default={})


def loaded(text: str) -> object:
    """The JSON of one script, None where it is none."""
    text = _WRAPPED.sub("", text).strip().rstrip(";")
    for attempt in (text, _TRAILING.sub("", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def nodes(value: object) -> Iterator[dict[str, Any]]:
    """Every object at the top, in a list, in @graph or as the main entity of a page."""
    waiting = [value]
    for _ in range(_MAX_NODES):
        if not waiting:
            return
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, dict):
            yield one
            waiting.extend(
                one[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in one
            )


def types_of(node: dict[str, Any]) -> list[str]:
    """The types of a thing, without the vocabulary's address."""
    stated = node.get("@type")
    listed = stated if isinstance(stated, list) else [stated]
    return [str(one).rsplit("/", 1)[-1].removeprefix("schema:") for one in listed]


def is_about(node: dict[str, Any], url: str) -> bool:
    """Whether a thing says that this address is its own."""
    page = node.get("mainEntityOfPage")
    stated = (node.get("url"), page.get("@id") if isinstance(page, dict) else page)
    return any(isinstance(one, str) and one.rstrip("/") == url.rstrip("/") for one in stated)


def is_anothers(article: dict[str, Any], document: LexborHTMLParser, url: str | None) -> bool:
    """Whether the page shows its headline, which is none of its own, beside that, or it has another address."""
    if url and (address := string_of(article.get("url"))):
        try:
            if not _is_same_place(absolute(address, url), url):
                return True
        except ValueError:
            pass  # no address
    headline = plain(string_of(article.get("headline")) or "")
    beside = document.css("h2, h3, h4, a, p")[:_BESIDES]
    return any(headline == squeeze(node.text()) for node in beside)


def tells_of_other(article: dict[str, Any], document: LexborHTMLParser) -> bool:
    """Whether its headline has no word in common with the page's title and first heading."""
    headline = plain(string_of(article.get("headline")) or "")
    said = set(_WORD.findall(headline.lower()))
    own = " ".join(
        node.text(separator=" ") for node in document.css("h1, head > title")[:_HEADLINES]
    ).lower()
    return len(said) >= _SAID and bool(own.strip()) and said.isdisjoint(_WORD.findall(own))


def _is_same_place(one: str, other: str) -> bool:
    """Whether two addresses have a path alike, or an article's name or number in common: a short or a mobile form."""
    first, second = (unquote(urlsplit(each).path).strip("/").lower() for each in (one, other))
    return first == second or not set(_PLACE.findall(first)).isdisjoint(_PLACE.findall(second))


def name_of(value: object) -> str | None:
    """The name of a person or an organisation, be it a thing or a text; of a list its first."""
    if isinstance(value, list):
        value = value[0] if value else None
    return string_of(value.get("name")) if isinstance(value, dict) else string_of(value)
