"""WordPress posts to entries, as the REST API lists them (developer.wordpress.org/rest-api).

The whole text is there where the site's feed is cut.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from monitor.errors import Failure, ParseError
from monitor.identify.address import absolute
from monitor.model import Entry, Reading
from monitor.parse.dates.dates import read_date
from monitor.parse.markup import first_words, language_code, plain, sanitise, squeeze


def is_posts(found: object, url: str) -> bool:
    """Whether a JSON value is a list of posts; an empty list is one where it was asked for."""
    if not isinstance(found, list):
        return False
    if not found:
        return "/wp/v2/" in url
    return any(
        isinstance(post, dict) and isinstance(post.get("link"), str) and _rendered(post, "title")
        for post in found
    )


def refusal(found: object) -> ParseError | None:
    """The API's own error, served as 200: `blocked` where it asks for a login."""
    if not isinstance(found, dict) or not isinstance(found.get("code"), str):
        return None
    said = plain(found["message"]) if isinstance(found.get("message"), str) else found["code"]
    data = found.get("data")
    status = data.get("status") if isinstance(data, dict) else None
    failure: Failure = "blocked" if status in {401, 403} else "misread"
    return ParseError(f"WordPress refuses: {said[:200]}", failure=failure)


def read_posts(
    found: Any, *, url: str, timezone: str | None = None, now: datetime | None = None
) -> Reading:
    """The posts in their order; one behind a password has its title alone.

    `timezone` is the site's, for posts without `date_gmt`. `guid` is the one of the
    site's feed, so that a change from one to the other brings no post twice.
    """
    posts = [post for post in found if isinstance(post, dict)]

    def date(post: dict[str, Any], key: str) -> datetime | None:
        return read_date(_string(post.get(f"{key}_gmt")), now=now) or read_date(
            _string(post.get(key)), timezone=timezone, now=now
        )

    def entry(post: dict[str, Any]) -> Entry:
        address = _address(post, url)
        summary = sanitise(_rendered(post, "excerpt") or "", address)
        content = sanitise(_rendered(post, "content") or "", address)
        number = post.get("id")
        return Entry(
            url=address,
            title=plain(_rendered(post, "title") or "") or first_words(summary or content),
            guid=squeeze(_rendered(post, "guid") or "")
            or (str(number) if isinstance(number, int) else None),
            summary=summary,
            content=content,
            author=_author(post),
            published=date(post, "date"),
            updated=date(post, "modified"),
            language=language_code(post.get("lang")),
        )

    entries = tuple(map(entry, posts))
    lost = len(found) - len(posts)
    return Reading(
        entries=tuple(one for one in entries if one.url or one.guid or one.title),
        notes=(f"posts that are no objects: {lost}",) if lost else (),
    )


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _rendered(post: dict[str, Any], key: str) -> str | None:
    """`{"rendered": …}`, or the text alone as some plugins leave it."""
    value = post.get(key)
    return _string(value.get("rendered") if isinstance(value, dict) else value)


def _address(post: dict[str, Any], base: str) -> str | None:
    try:
        return absolute(_string(post.get("link")) or "", base)
    except ValueError:
        return None


def _author(post: dict[str, Any]) -> str | None:
    """The names under `_embedded`; an author whom the site hides is an error object there."""
    embedded = post.get("_embedded")
    listed = embedded.get("author") if isinstance(embedded, dict) else None
    names = [
        plain(name)
        for one in (listed if isinstance(listed, list) else ())
        if isinstance(one, dict) and (name := _string(one.get("name")))
    ]
    return ", ".join(filter(None, names)) or None
