"""Where sites of a known make have their feeds: WordPress, Telegram, YouTube, Mastodon, Reddit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser

from monitor.identify.address import absolute
from monitor.parse.link import Link
from monitor.parse.places import same_owner

_WORDPRESS: Final = re.compile(r"/wp-(?:content|includes)/")
_ARCHIVE: Final = re.compile(r"/(?:category|tag|topics?|sections?|author)/[^?]+", re.IGNORECASE)
_USUAL_FEEDS: Final = ("feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "feed.json")
_USUAL_SITEMAPS: Final = ("sitemap-news.xml", "news-sitemap.xml", "sitemap.xml")
_TELEGRAM: Final = re.compile(r"/(?:s/)?([A-Za-z]\w{3,31})(?:/\d*)?/?")
_CHANNEL: Final = re.compile(r"/channel/(UC[\w-]{22})(?:/.*)?")
# The tag page and the profile of Mastodon's web client; RSS is the same address and `.rss`.
_MASTODON: Final = re.compile(r"/(?:tags/[^/?.]+|@\w+)/?")
_REDDIT: Final = re.compile(r"(/r/\w+)/?")


def hosted(url: str) -> str | None:
    """The feed of a channel on a service that is known by its host; None for any other address.

    `https://t.me/NAME` → its preview page; a YouTube channel by its id → its Atom
    feed; a subreddit → its newest posts.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    if host in {"t.me", "telegram.me"} and (found := _TELEGRAM.fullmatch(parts.path)):
        return f"https://t.me/s/{found[1]}"
    if host in {"youtube.com", "m.youtube.com"} and (found := _CHANNEL.fullmatch(parts.path)):
        return f"https://www.youtube.com/feeds/videos.xml?channel_id={found[1]}"
    if host in {"reddit.com", "old.reddit.com"} and (found := _REDDIT.fullmatch(parts.path)):
        return f"https://www.reddit.com{found[1]}/new/.rss"
    return None


def is_service(url: str) -> bool:
    """Whether the host shows many people's channels, so that its name is not the outlet's."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return host in {"t.me", "telegram.me", "youtube.com", "m.youtube.com", "reddit.com"}


def offered(text: str, document: LexborHTMLParser, url: str) -> Iterator[Link]:
    """The feeds that the software which made the page offers, named by it or not."""
    if home := _wordpress(document, url):
        yield Link(kind="feed", url=f"{home}feed/", title="WordPress", found="platform")
        path = urlsplit(url).path
        if _ARCHIVE.match("/" + path.removeprefix(urlsplit(home).path)):
            section = absolute(path.rstrip("/") + "/feed/", url)
            yield Link(kind="feed", url=section, title="WordPress", found="platform")
        posts = f"{home}wp-json/wp/v2/posts"
        yield Link(kind="feed", url=posts, title="WordPress (JSON)", found="platform")
    elif _MASTODON.fullmatch(urlsplit(url).path) and "mastodon" in text[:200_000].lower():
        address = urlunsplit((*urlsplit(url)[:2], urlsplit(url).path.rstrip("/") + ".rss", "", ""))
        yield Link(kind="feed", url=address, title="Mastodon", found="platform")


def usual(url: str) -> Iterator[Link]:
    """The paths at which sites usually have a feed or sitemap, on this host: guesses."""
    for path in _USUAL_FEEDS:
        yield Link(kind="feed", url=absolute(f"/{path}", url), found="guessed")
    for path in _USUAL_SITEMAPS:
        yield Link(kind="sitemap", url=absolute(f"/{path}", url), found="guessed")


def _wordpress(document: LexborHTMLParser, url: str) -> str | None:
    """The address of the WordPress that made the page, its home with a slash; None for others."""
    interface = document.css_first('link[rel="https://api.w.org/"]')
    if interface is not None:
        root = _absolute(interface.attributes.get("href"), url)
        if root and root.rstrip("/").endswith("/wp-json"):
            return root.rstrip("/").removesuffix("wp-json")
        return absolute("/", url)
    for generator in document.css("meta[name=generator i]"):
        if (generator.attributes.get("content") or "").lower().startswith("wordpress"):
            return absolute("/", url)
    mark = document.css_first('link[href*="/wp-content/"], img[src*="/wp-content/"]')
    if mark is not None:
        place = _absolute(mark.attributes.get("href") or mark.attributes.get("src"), url)
        if place and same_owner(place, url):
            return absolute(_WORDPRESS.split(urlsplit(place).path)[0] + "/", url)
    return None


def _absolute(href: str | None, base: str) -> str | None:
    try:
        return absolute(href, base) if href else None
    except ValueError:
        return None
