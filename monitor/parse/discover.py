"""What an address offers to follow: feeds, sitemaps and articles named or shown by its body."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urldefrag, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.errors import ParseError
from monitor.identify.address import absolute
from monitor.parse import articles, charset, platforms, prolog, sitemap
from monitor.parse.door import guarded
from monitor.parse.link import Link
from monitor.parse.listing import base_address
from monitor.parse.markup import plain, squeeze, tree
from monitor.parse.places import same_owner
from monitor.parse.shape import shape, tells_article
from monitor.parse.wall import wall
from monitor.text.arabic import fold

_FEED_TYPE: Final = re.compile(r"(?:rss|atom|rdf|feed\+json|x-?feed)", re.IGNORECASE)
_LOOSE_TYPE: Final = re.compile(
    r"(?:|rss|(?:text|application)/(?:xml|json|html|plain|octet-stream))", re.IGNORECASE
)
_FEED_PATH: Final = re.compile(
    r"/(?:feeds?|rss\d?|atom|rdf|mrss|\.m?rss|rss[-_]?feeds?|feed[-_]?rss\d?|SectionRss|rss2|xmlfeed)/*$"
    r"|/(?:feeds?|rss|atom|mrss|\.m?rss)/|\.(?:rss|atom|rdf|mrss)$|(?:rss|atom|feed)[^/]{0,60}\.(?:xml|json|aspx?|php)$"
    r"|\.xml$",
    re.IGNORECASE,
)
_FEED_QUERY: Final = re.compile(r"(?:^|&)(?:feed|format|output|type)=(?:rss2?|atom|rdf|feed|xml)\b")
_FEED_LABEL: Final = re.compile(
    r"(?<![^\W_])(?:rss|atom|rdf|xml|خلاصات|الخلاصات|خلاصه)(?![^\W_])", re.IGNORECASE
)
_SITEMAP: Final = re.compile(r"sitemap[^/]*\.(?:xml|txt)(?:\.gz)?$|sitemap\.xml", re.IGNORECASE)
_NEWS_SITEMAP: Final = re.compile(r"news|latest|haber|akhbar|novosti", re.IGNORECASE)
_COMMENTS: Final = re.compile(
    "|".join(
        map(
            fold,
            str.split("""
                comments تعليقات التعليقات kommentare kommentar-feed commentaires comentarios comentários commenti комментарии
                комментариев коментарі yorumlar yorum 댓글 コメント 评论 دیدگاه نظرات reacties komentarze
            """),
        )
    )
)
_COMMENT_PATH: Final = re.compile(r"/comments?/|[?&]feed=comments|/comments(?:/default)?$")
# Services that take a feed's address, and editing interfaces.
_NO_FEED: Final = re.compile(
    r"oembed|/wp-json/|/xmlrpc\.php|opensearch|manifest\.json|/sitemap|/subscribe\b|/intent/"
)
_FEED_HOST: Final = re.compile(r"(?:feeds?\d*|rss|feedproxy)\.")
_MAX_LINKS: Final = 3_000
_MAX_FOUND: Final = 500
_MAX_ADDRESS: Final = 500  # letters; no feed has more


def links(body: bytes, *, url: str, content_type: str | None = None) -> tuple[Link, ...]:
    """What may become a source, best first, then the articles that the page lists.

    Of a page: feeds (declared, linked, of its platform), named sitemaps, usual
    paths as guesses, articles by layout. Of a feed or sitemap: itself. Of a
    robots.txt: its sitemaps. Feeds of comments and of single posts are left out.
    ParseError `empty`, `blocked` for an access wall, `misread` for other things.
    """
    return guarded(_links, body, url, content_type)


def _links(body: bytes, url: str, content_type: str | None) -> tuple[Link, ...]:
    text = charset.decode(sitemap.unpack(body), content_type)
    root = prolog.root(text)
    if root == "none":
        raise ParseError("an empty body", failure="empty")
    if _is_robots(text, url, content_type):
        return _of_robots(text, url)
    if root in {"urlset", "sitemapindex"}:
        return (Link(kind="sitemap", url=url, found="itself"),)
    if root == "feed" or (root == "json" and "jsonfeed.org" in text[:1_000]):
        return (Link(kind="feed", url=url, title=_own_title(text), found="itself"),)
    if re.match(r"\s*(?:<\?xml.{0,200}?\?>\s*)?<opml\b", text, re.IGNORECASE):
        raise ParseError("a list of sources (OPML): `monitor import` reads it")
    if root == "json" or not text.lstrip("\ufeff \t\r\n\x00").startswith("<"):
        raise ParseError("neither a page nor a feed")
    document = tree(text)
    if barrier := wall(text, document):
        raise ParseError(barrier, failure="blocked")
    return tuple(_once(_of_page(text, document, url)))


def section_of(url: str) -> str | None:
    """The list that an article stands in, by its address: `/ar/world` of `/ar/world/4826/x`."""
    kinds = shape(url)[1:]
    segments = [one for one in urlsplit(url).path.split("/") if one]
    first = next((n for n, kind in enumerate(kinds) if kind != "w"), 0)
    return absolute("/" + "/".join(segments[:first]), url) if 0 < first < len(segments) else None


def _once(found: Iterable[Link]) -> Iterator[Link]:
    seen: set[str] = set()
    for link in found:
        key = re.sub(r"^https?://(?:www\.)?", "", link.url).rstrip("/")
        if key not in seen:
            seen.add(key)
            yield link


def _of_page(text: str, document: LexborHTMLParser, url: str) -> Iterator[Link]:
    base = base_address(document, url)
    declared, maps = _declared(document, base, url)
    linked, more_maps = _linked(document, base, url)
    yield from declared
    yield from linked
    yield from platforms.offered(text, document, url)
    yield from sorted((*maps, *more_maps), key=lambda one: not _NEWS_SITEMAP.search(one.url))
    yield from platforms.usual(url)
    for entry in articles.find(document, url=url, base=base).entries:
        if entry.url:
            yield Link(kind="article", url=entry.url, title=entry.title)


def _declared(document: LexborHTMLParser, base: str, url: str) -> tuple[list[Link], list[Link]]:
    """Feeds and sitemaps of link tags; the feed of the page's own section first."""
    feeds: list[Link] = []
    maps: list[Link] = []
    for node in document.css("link[rel][href]")[:_MAX_FOUND]:
        attributes = node.attributes
        rel = (attributes.get("rel") or "").lower().split()
        title = plain(attributes.get("title") or "") or None
        address = _absolute(attributes.get("href"), base)
        if address is None:
            continue
        if "sitemap" in rel:
            maps.append(Link(kind="sitemap", url=address, title=title, found="declared"))
        elif (
            {"alternate", "feed"} & set(rel)
            and "stylesheet" not in rel
            and _is_feed_type(attributes.get("type") or "", address, "feed" in rel)
            and not _is_side_feed(address, title or "")
        ):
            feeds.append(Link(kind="feed", url=address, title=title, found="declared"))
    here = urlsplit(url).path.rstrip("/")
    if here:
        feeds.sort(key=lambda one: not urlsplit(one.url).path.startswith(here + "/"))
    return feeds, maps


def _is_feed_type(stated: str, address: str, is_called_feed: bool) -> bool:
    if _NO_FEED.search(address) or "oembed" in stated:
        return False
    kind = stated.split(";", maxsplit=1)[0].strip()
    if _FEED_TYPE.search(kind):
        return True
    return is_called_feed or (_LOOSE_TYPE.fullmatch(kind) is not None and _looks_like_feed(address))


def _linked(document: LexborHTMLParser, base: str, url: str) -> tuple[list[Link], list[Link]]:
    """Anchors whose address or label is a feed's, and those of sitemaps."""
    feeds: list[Link] = []
    maps: list[Link] = []
    for node in document.css("a[href]")[:_MAX_LINKS]:
        address = _absolute(node.attributes.get("href"), base)
        if address is None or len(feeds) >= _MAX_FOUND:
            continue
        label = _label(node)
        if _SITEMAP.search(urlsplit(address).path):
            if same_owner(address, url):
                maps.append(Link(kind="sitemap", url=address, title=label))
            continue
        if not _is_feed_anchor(address, label or "", url):
            continue
        feeds.append(Link(kind="feed", url=address, title=label))
    return feeds, maps


def _is_feed_anchor(address: str, label: str, url: str) -> bool:
    if _NO_FEED.search(address) or _is_side_feed(address, label):
        return False
    if urldefrag(address)[0].rstrip("/") == urldefrag(url)[0].rstrip("/"):
        return False
    elsewhere = not same_owner(address, url)
    if elsewhere and not _FEED_HOST.match(urlsplit(address).hostname or ""):
        return False
    if _looks_like_feed(address):
        return True
    if not elsewhere and _FEED_LABEL.fullmatch(fold(label)):
        return True  # whatever its address looks like
    short = len(label.split()) <= 4 and _FEED_LABEL.search(fold(label)) is not None
    return not elsewhere and short and not tells_article(shape(address))


def _looks_like_feed(address: str) -> bool:
    parts = urlsplit(address)
    return (
        _FEED_PATH.search(parts.path) is not None
        or _FEED_QUERY.search(parts.query) is not None
        or _FEED_HOST.match(parts.hostname or "") is not None
    )


def _is_side_feed(address: str, title: str) -> bool:
    """Whether it is a feed of comments, or of one post."""
    path = urlsplit(address).path
    if _COMMENT_PATH.search(address) or _COMMENTS.search(fold(title)):
        return True
    post = re.sub(r"/(?:feed|rss2?|atom)(?:/(?:rss2?|atom))?/*$", "", path)
    return post != path and tells_article(shape(f"https://x{post}"))


def _label(node: LexborNode) -> str | None:
    attributes = node.attributes
    picture = node.css_first("img[alt]")
    stated = (
        node.text(separator=" ")[:500],
        attributes.get("title"),
        attributes.get("aria-label"),
        picture.attributes.get("alt") if picture else None,
    )
    return next((label for value in stated if value and (label := squeeze(value)[:120])), None)


def _is_robots(text: str, url: str, content_type: str | None) -> bool:
    if text.lstrip("\ufeff \t\r\n").startswith(("<", "{", "[")):
        return False
    return urlsplit(url).path == "/robots.txt" or (
        "text/plain" in (content_type or "")
        and re.search(r"^\s*user-agent\s*:", text[:5_000], re.IGNORECASE | re.MULTILINE) is not None
    )


def _of_robots(text: str, url: str) -> tuple[Link, ...]:
    named = re.findall(r"^[\ufeff\s]*sitemap\s*:\s*(\S+)", text, re.IGNORECASE | re.MULTILINE)
    whole = (_absolute(one, url) for one in named[:_MAX_FOUND])
    found = [Link(kind="sitemap", url=one, found="declared") for one in whole if one]
    return tuple(_once(sorted(found, key=lambda one: not _NEWS_SITEMAP.search(one.url))))


def _own_title(text: str) -> str | None:
    head = text[:20_000]
    if found := re.search(r'"title"\s*:\s*("(?:[^"\\]|\\.)*")', head) if head[:1] == "{" else None:
        with contextlib.suppress(ValueError):
            return plain(json.loads(found[1], strict=False), markup=False) or None
    marked = re.search(
        r"<title\b[^>]*>(?:\s*<!\[CDATA\[)?(.*?)(?:\]\]>\s*)?</title>", head, re.DOTALL
    )
    return plain(marked[1]) or None if marked else None


def _absolute(href: str | None, base: str) -> str | None:
    if not href or len(href) > _MAX_ADDRESS or href.strip().startswith("#"):
        return None
    try:
        return absolute(href, base)
    except ValueError:
        return None
