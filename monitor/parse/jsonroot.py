"""What a JSON document is: JSON Feed, WordPress posts or GDELT's articles, told by its form."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Final

from monitor.errors import ParseError
from monitor.model import Reading
from monitor.parse import gdelt, wpjson
from monitor.parse.jsonfeed import read_json_feed

_ESCAPE: Final = re.compile(r'\\(?:(["\\/bfnrt]|u[0-9a-fA-F]{4})|)')


def read_json(
    text: str, *, url: str, timezone: str | None = None, now: datetime | None = None
) -> Reading:
    """The entries of the kind of JSON that it is. ParseError for any other, and for none."""
    found = load(text)
    if wpjson.is_posts(found, url):
        return wpjson.read_posts(found, url=url, timezone=timezone, now=now)
    if gdelt.is_articles(found, url):
        return gdelt.read_articles(found, url=url)
    if (refused := wpjson.refusal(found)) is not None:
        raise refused
    reading = read_json_feed(found, url=url, timezone=timezone, now=now)
    return gdelt.undated(reading) if gdelt.is_address(url) else reading


def load(text: str) -> object:
    """The value, where need be with its stray backslashes kept as such (titles have them)."""
    text = text.strip("\ufeff \t\r\n\x00")
    try:
        return json.loads(text, strict=False)
    except ValueError as fault:
        mended = _ESCAPE.sub(lambda found: found[0] if found[1] else r"\\", text)
        try:
            return json.loads(mended, strict=False)
        except ValueError:
            raise ParseError(f"broken JSON: {fault}") from None
