"""A story's developments as a feed, so that any reader can follow it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from monitor.alert.direction import one_line
from monitor.alert.feeds import as_atom, feed_of, urn
from monitor.alert.lines import line, outlet_of, web_link
from monitor.look.developments import listing
from monitor.model import Story
from monitor.store.store import Store

_EVENTS: Final = 30
_REPORTS: Final = 12


def atom(store: Store, story: Story, base: str) -> bytes:
    """Atom, the latest news first; `base` is the page's own address, without a slash at its end.

    The id of an entry is that of the channel `files`, and stays, also when its story is renamed:
    a reader of feeds would show all of them once more.
    """
    rows = listing(store, [story.name], _EVENTS)
    first = store.stories.first(story.name)
    items = [_item(store, row, base, first) for row in rows]
    feed = feed_of(first, one_line(story.title), items)
    feed["feed_url"] = f"{base}/stories/{story.name}/feed.atom"
    feed["home_page_url"] = f"{base}/stories/{story.name}"
    return as_atom(feed)


def _item(store: Store, row: Mapping[str, Any], base: str, first: str) -> dict[str, Any]:
    reports = store.developments.members(row["story"], row["id"])
    told = [each for each in reports if each["relation"] in {"new", "update"}]
    title = line(
        row["name"] or row["title"] or row["link"], None if row["name"] else row["language"]
    )
    item = {
        "id": urn(first, row["url"]),
        "url": f"{base}/developments/{row['id']}?story={row['story']}",
        "title": title.text,
        "content_text": "\n\n".join(_report(each) for each in reversed(told[-_REPORTS:])),
        "date_published": row["opened"],
        "date_modified": row["last_new"],
    }
    if title.lang:
        item["language"] = title.lang
    if link := web_link(row["link"]):
        item["external_url"] = link
    return item


def _report(row: Mapping[str, Any]) -> str:
    """When, who, the headline, what was new in it, and where it stands."""
    head = f"{row['joined'][:16].replace('T', ' ')} UTC, {outlet_of(row)}: {one_line(row['title'])}"
    facts = (one_line(fact) for fact in row["new_facts"][:3])
    return "\n".join([head, *facts, one_line(row["link"])])
