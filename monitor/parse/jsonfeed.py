"""JSON Feed 1.0 and 1.1 to entries (jsonfeed.org/version/1.1)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from monitor.errors import ParseError
from monitor.identify.address import absolute
from monitor.model import Entry, Reading
from monitor.parse.announced import address
from monitor.parse.dates.dates import Dated, read_date
from monitor.parse.markup import (
    Clean,
    escaped,
    first_words,
    language_code,
    plain,
    sanitise,
    squeeze,
)


def read_json_feed(
    feed: object,
    *,
    url: str,
    timezone: str | None = None,
    now: datetime | None = None,
    clean: Clean = sanitise,
    dated: Dated = read_date,
) -> Reading:
    """The entries of a feed that is loaded already, in its order. ParseError when it is other JSON.

    `clean` and `dated` read its fragments of HTML and its dates.
    """
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise ParseError("JSON, but not a JSON Feed: no list of items")
    if "jsonfeed.org" not in str(feed.get("version", "")):
        raise ParseError("JSON, but not a JSON Feed: no version")
    base = _string(feed.get("home_page_url")) or url
    language = language_code(feed.get("language"))
    items = [item for item in feed["items"] if isinstance(item, dict)]

    def date(item: dict[str, Any], key: str) -> datetime | None:
        stated = _string(item.get(key))
        return dated(stated, timezone=timezone, now=now, language=language) if stated else None

    return Reading(
        entries=tuple(
            Entry(
                url=_url(item, base),
                title=plain(_string(item.get("title")) or "", markup=False)
                or first_words(_body(item)),
                guid=squeeze(str(item["id"])) or None if item.get("id") is not None else None,
                summary=_text(item.get("summary")),
                content=clean(_string(item.get("content_html")) or "", base)
                or _text(item.get("content_text")),
                author=_author(item) or _author(feed),
                published=date(item, "date_published"),
                updated=date(item, "date_modified"),
                language=language_code(item.get("language")) or language,
            )
            for item in items
        ),
        title=plain(_string(feed.get("title")) or "", markup=False) or None,
        language=language,
        hub=address(_hubs(feed.get("hubs")), url, rel="hub"),
        topic=address([{"rel": "self", "href": feed.get("feed_url")}], url, rel="self"),
        notes=()
        if len(items) == len(feed["items"])
        else (f"items that are no objects: {len(feed['items']) - len(items)}",),
    )


def _hubs(stated: object) -> list[dict[str, object]]:
    """`{"type": "WebSub", "url": …}` as links; other types (rssCloud) need another client."""
    return [
        {"rel": "hub", "href": one.get("url")}
        for one in (stated if isinstance(stated, list) else ())
        if isinstance(one, dict) and str(one.get("type")).lower() in {"websub", "pubsubhubbub"}
    ]


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _text(value: object) -> str | None:
    text = _string(value)
    return escaped(text) if text else None


def _body(item: dict[str, Any]) -> str | None:
    stated = (item.get(key) for key in ("summary", "content_text", "content_html"))
    return next((text for value in stated if (text := _string(value))), None)


def _url(item: dict[str, Any], base: str) -> str | None:
    stated = [item.get("url"), item.get("external_url")]
    if str(item.get("id", "")).startswith(("http://", "https://")):
        stated.append(item["id"])
    for link in stated:
        if isinstance(link, str) and link.strip():
            try:
                return absolute(link, base)
            except ValueError:
                continue
    return None


def _author(of: dict[str, Any]) -> str | None:
    """`authors` is 1.1, `author` 1.0."""
    listed = of.get("authors") if isinstance(of.get("authors"), list) else [of.get("author")]
    names = [
        plain(str(one["name"])) for one in listed or [] if isinstance(one, dict) and one.get("name")
    ]
    return ", ".join(name for name in names if name) or None
