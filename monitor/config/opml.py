"""Sources as OPML: what every feed reader understands, and the rest in attributes of our own."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from monitor.config.written import declared
from monitor.model import Source

# Of the attributes that no other program knows (OPML 2.0: extensions are namespaced).
NAMESPACE = "urn:x-story-monitor:opml"
_PREFIX = "monitor"
_SECRET = re.compile(r"auth|cookie|token|key|secret|session|password", re.IGNORECASE)
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # XML 1.0, 2.2


def write(sources: Sequence[Source]) -> bytes:
    """Return an OPML 2.0 document; `keys_of` reads each source back as it was.

    A feed is an outline of type `rss` with its `xmlUrl`; what a feed reader could
    not read is one of type `link`, so that none takes it for a feed. Headers that
    `secret_headers` names are left out: an OPML file is made to be passed on.
    """
    root = ET.Element("opml", {"version": "2.0", f"xmlns:{_PREFIX}": NAMESPACE})
    ET.SubElement(ET.SubElement(root, "head"), "title").text = "Sources of story-monitor"
    body = ET.SubElement(root, "body")
    for source in sources:
        ET.SubElement(body, "outline", {k: _text(v) for k, v in _attributes(source).items()})
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def secret_headers(source: Source) -> list[str]:
    """Return the names of the headers that may carry a secret."""
    return [name for name in source.headers if _SECRET.search(name)]


def keys_of(own: Mapping[str, str], url: str) -> dict[str, Any]:
    """Return the keys of a source out of its own attributes; ValueError where they are spoiled."""
    keys: dict[str, Any] = {"url": url}
    for key, value in own.items():
        keys[key] = value
        if key in ("selectors", "headers"):
            try:
                keys[key] = json.loads(value)
            except (ValueError, RecursionError):
                raise ValueError(f"{key}: not JSON") from None
        elif key in ("enabled", "aggregator", "private"):
            keys[key] = {"true": True, "false": False}.get(value, value)
    return keys


def _attributes(source: Source) -> dict[str, str]:
    title = source.outlet or source.name
    is_feed = source.kind in ("feed", "search")
    place = (
        {"type": "rss", "xmlUrl": source.url} if is_feed else {"type": "link", "url": source.url}
    )
    keys = declared(source)
    keys["kind"] = source.kind
    hidden = secret_headers(source)
    keys["headers"] = {k: v for k, v in source.headers.items() if k not in hidden}
    del keys["url"]
    own = {f"{_PREFIX}:{key}": _written(value) for key, value in keys.items() if value != {}}
    return {"text": title, "title": title, **place, **own}


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _text(value: str) -> str:
    return _NO_XML.sub("\ufffd", value)
