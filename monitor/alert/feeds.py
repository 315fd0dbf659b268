"""A story's developments as JSON Feed 1.1 and Atom 1.0 (RFC 4287), each alert put into them.

The JSON Feed is what the next one is built on: an alert is put into its development's item,
or begins one. The same alert twice changes nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

_VERSION = "https://jsonfeed.org/version/1.1"
_ATOM = "http://www.w3.org/2005/Atom"
_OWN = "_story_monitor"  # JSON Feed's way for what is one's own: a name that begins with _
_REPORTS = 20  # alerts kept of a development
# XML 1.0 has no place for these (2.2).
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Feed = dict[str, Any]


def put(feed: Feed | None, told: Mapping[str, Any], *, most: int) -> Feed:
    """The feed with an alert in it, the newest first, at most so many developments.

    `feed` None begins one. `told` is the body of a webhook. ValueError where the feed is none
    that was written here.
    """
    story, data = told["data"]["story"], told["data"]
    items = _items(feed)
    report = {
        "alert": data["id"],
        "title": data["subject"],
        "link": data["article"]["link"],
        "at": told["timestamp"],
        "text": data["article"]["lead"],
        "language": data["article"]["language"],
    }
    number = data["development"]["id"] if data["development"] else None
    own = urn(story["name"], data["article"]["url"])
    known = next(
        (
            item
            for item in items
            if item["id"] == own or (number and item[_OWN]["development"] == number)
        ),
        None,
    )
    known = known or {
        "id": own,
        "date_published": told["timestamp"],
        _OWN: {"development": number, "reports": []},
    }
    reports = [one for one in known[_OWN]["reports"] if one["alert"] != report["alert"]]
    reports = sorted([*reports, report], key=lambda one: one["at"], reverse=True)[:_REPORTS]
    item = _item(known, reports)
    others = [one for one in items if one["id"] != item["id"]]
    newest = sorted([item, *others], key=lambda one: one["date_modified"], reverse=True)
    return feed_of(story["name"], story["title"], newest[:most])


def feed_of(story: str, title: str, items: list[dict[str, Any]]) -> Feed:
    """A story's feed of these items, whose ids are made by `urn`."""
    return {
        "version": _VERSION,
        "title": _clean(title),
        "description": "Developments, the latest news first",
        _OWN: {"story": story},
        "items": items,
    }


def alerts_in(told: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The alerts of a webhook's body: itself, what a flood, summary or digest tells in their place."""
    data = told["data"]
    if told["type"].startswith("alert."):
        return [told]
    flood = data.get("flood")
    if flood and flood["story"]:
        named = [(flood["story"], one["id"], None, one) for one in flood["articles"]]
    else:
        named = [
            (one["story"], one["article"], one["development"], one) for one in data.get("held", ())
        ]
    return [
        {
            "timestamp": told["timestamp"],
            "data": {
                "id": f"{data['id']}-{number}",
                "subject": one["title"],
                "story": story,
                "article": {
                    "url": one["link"],
                    "link": one["link"],
                    "lead": one.get("new_fact"),
                    "language": one["language"],
                },
                "development": development and {"id": development},
            },
        }
        for story, number, development, one in named
    ]


def parse(text: str) -> Feed:
    """A feed as it was written; ValueError where it is none of ours."""
    feed = json.loads(text)
    if not isinstance(feed, dict):
        raise ValueError("no object")  # noqa: TRY004 - one kind for a file of somebody else
    _items(feed)
    return feed


def as_json(feed: Feed) -> bytes:
    """The bytes of the JSON Feed."""
    return json.dumps(feed, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def as_atom(feed: Feed) -> bytes:
    """The same as Atom, with the same ids."""
    ET.register_namespace("", _ATOM)
    root = ET.Element(f"{{{_ATOM}}}feed")
    items = feed["items"]
    _add(root, "id", urn(feed[_OWN]["story"], ""))
    _add(root, "title", feed["title"])
    _add(root, "updated", max((item["date_modified"] for item in items), default=_NEVER))
    _add(_add(root, "author"), "name", "story-monitor")
    for rel, key in (("self", "feed_url"), ("alternate", "home_page_url")):
        if key in feed:
            _link(root, rel, feed[key])
    for item in items:
        entry = _add(root, "entry")
        _add(entry, "id", item["id"])
        _add(entry, "title", item["title"])
        _add(entry, "published", item["date_published"])
        _add(entry, "updated", item["date_modified"])
        _link(entry, "alternate", item["url"])
        if "external_url" in item:
            _link(entry, "related", item["external_url"])
        _add(entry, "content", item["content_text"]).set("type", "text")
        if item.get("language"):
            entry.set("{http://www.w3.org/XML/1998/namespace}lang", item["language"])
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body


_NEVER = "1970-01-01T00:00:00Z"


def _item(known: Mapping[str, Any], reports: list[dict[str, Any]]) -> dict[str, Any]:
    latest = reports[0]
    lines = [latest["text"]] if latest["text"] else []
    lines += [f"{one['at'][:16].replace('T', ' ')} {one['title']} {one['link']}" for one in reports]
    item = {
        "id": known["id"],
        "url": latest["link"],
        "title": latest["title"],
        "content_text": "\n\n".join(lines),
        "date_published": known["date_published"],
        "date_modified": latest["at"],
        _OWN: {**known[_OWN], "reports": reports},
    }
    if latest["language"]:
        item["language"] = latest["language"]
    return {key: _clean(value) if isinstance(value, str) else value for key, value in item.items()}


def _items(feed: Feed | None) -> list[dict[str, Any]]:
    items = feed.get("items") if feed else []
    if not isinstance(items, list) or not all(_ours(item) for item in items):
        raise ValueError("its items were not written here")
    return items


def _ours(item: object) -> bool:
    return (
        isinstance(item, dict)
        and {"id", "date_published", "date_modified", _OWN} <= item.keys()
        and isinstance(item[_OWN], dict)
        and {"development", "reports"} <= item[_OWN].keys()
    )


def urn(story: str, url: str) -> str:
    """The id of the development that began with an article; it stays when all is begun anew."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'story-monitor:{story}:{url}')}"


def _clean(text: str) -> str:
    return _NO_XML.sub("", text)


def _link(parent: ET.Element, rel: str, href: str) -> None:
    link = _add(parent, "link")
    link.set("rel", rel)
    link.set("href", _clean(href))


def _add(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    child = ET.SubElement(parent, f"{{{_ATOM}}}{name}")
    child.text = text and _clean(text)
    return child
