"""One site: what it has published, its feed or listing, its pages, its robots.txt."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import quote

from . import feeds, pages
from .item import Item, blocks
from .server import Request, Response, Server

WINDOW = 30  # entries that a feed or listing shows


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a kind of site looks from outside; `path` makes an article's address from number and item."""

    outlet: str  # invented
    feed: str
    render: Callable[[feeds.Listed, str, str], str]
    page: pages.Template
    path: Callable[[int, Item], str]
    content_type: str = "application/rss+xml; charset=UTF-8"
    robots: str = "User-agent: *\nDisallow:\n"
    squeezed: bool = False


def _slug(item: Item) -> str:
    return re.sub(r"[^\w]+", "-", item.title).strip("-")[:60].lower()


def _listing(items: feeds.Listed, name: str, origin: str) -> str:
    return pages.listing([(item, url.removeprefix(origin)) for item, url in items], name)


STYLES = {
    "rss": Style(
        outlet="صحيفة المرصد",
        feed="/rss.xml",
        render=feeds.rss,
        page=pages.plain,
        path=lambda number, item: f"/news/{number}.html",
        squeezed=True,
    ),
    "wordpress": Style(
        outlet="بوابة النهر",
        feed="/feed/",
        render=feeds.wordpress,
        page=pages.wordpress,
        path=lambda number, item: f"/{_slug(item)}/",
        robots="User-agent: *\nDisallow: /wp-admin/\n",
    ),
    "listing": Style(
        outlet="وكالة الدفة",
        feed="/arabi/world",
        render=_listing,
        page=pages.agency,
        path=lambda number, item: f"/arabi/world/{480000 + number}/{_slug(item)}",
        content_type="text/html; charset=utf-8",
    ),
    "portal": Style(
        outlet="قناة الأفق",
        feed="/rss/portal.xml",
        render=feeds.rss,
        page=pages.portal,
        path=lambda number, item: f"/ar/arab-and-world/{number}/{_slug(item)}",
        content_type="text/xml",
        squeezed=True,
    ),
    "atom": Style(
        outlet="Harbour Wire",
        feed="/atom.xml",
        render=feeds.atom,
        page=pages.plain,
        path=lambda number, item: f"/posts/{number}",
        content_type="application/atom+xml",
    ),
    "rdf": Style(
        outlet="Northgate Post",
        feed="/index.rdf",
        render=feeds.rdf,
        page=pages.plain,
        path=lambda number, item: f"/story.php?id={number}",
        content_type="application/rdf+xml",
        robots="User-agent: *\nDisallow: /private/\nCrawl-delay: 0\n",
    ),
    "aggregator": Style(
        outlet="ملخص الصحف",
        feed="/feed",
        render=feeds.rss,
        page=pages.aggregator,
        path=lambda number, item: f"/n/{number}",
        content_type="application/xml",
    ),
}


class Site:
    """A publisher on its own address. `publish` and `revise` may be called from any thread."""

    def __init__(self, kind: str, *, host: str) -> None:
        self.kind = kind
        self.style = STYLES[kind]
        self.server = Server(self._handle, host=host)
        self.forbidden: set[str] = set()  # paths that robots.txt disallows
        self.missing: dict[str, int] = {}  # addresses of pages that are gone: status
        self._lock = threading.Lock()
        self._items: dict[str, Item] = {}  # by path, oldest first
        self._changed = datetime.now(UTC).replace(microsecond=0)

    @property
    def url(self) -> str:
        """The address of the feed or listing."""
        return self.server.origin + self.style.feed

    def publish(self, item: Item) -> str:
        """Put it on the site and into its feed; its page's address, as the feed gives it."""
        now = datetime.now(UTC).replace(microsecond=0)
        published = item.published or now
        dated = replace(item, published=published, updated=item.updated or published)
        with self._lock:
            path = self.style.path(len(self._items) + 1, dated)
            while path in self._items:
                path += "2/" if path.endswith("/") else "-2"
            self._items[path] = dated
            self._changed = now
        return self._address(path)

    def revise(self, url: str, *, title: str | None = None, text: str | None = None) -> None:
        """Change the headline or the text of what stands at an address."""
        now = datetime.now(UTC).replace(microsecond=0)
        with self._lock:
            path = next(path for path in self._items if self._address(path) == url)
            old = self._items[path]
            kept = tuple(block for block in old.blocks if block.zone != "body")
            self._items[path] = replace(
                old,
                title=title or old.title,
                blocks=old.blocks if text is None else blocks(text) + kept,
                updated=now,
            )
            self._changed = now

    @property
    def addresses(self) -> list[str]:
        """Of all articles, oldest first."""
        with self._lock:
            return [self._address(path) for path in self._items]

    def _address(self, path: str) -> str:
        return self.server.origin + quote(path, safe="/?=&-._~")

    def _handle(self, request: Request) -> Response:
        with self._lock:
            items, changed = dict(self._items), self._changed
        path = request.path + (f"?{request.query}" if request.query.startswith("id=") else "")
        if request.path == "/robots.txt":
            rules = self.style.robots + "".join(f"Disallow: {p}\n" for p in sorted(self.forbidden))
            return Response(headers={"Content-Type": "text/plain"}, body=rules.encode())
        if request.path == self.style.feed and not request.query:
            listed = [(item, self._address(at)) for at, item in reversed(items.items())][:WINDOW]
            body = self.style.render(listed, self.style.outlet, self.server.origin)
            return self._page(body, self.style.content_type, changed)
        if request.query.startswith("p="):  # WordPress's short address
            for at, item in items.items():
                if item.key == request.query.removeprefix("p="):
                    return Response(status=301, headers={"Location": self._address(at)})
        item = items.get(path)
        if item and (status := self.missing.get(self._address(path))):
            return Response(
                status=status, headers={"Content-Type": "text/html"}, body=b"<h1>404</h1>"
            )
        if item:
            html = self.style.page(item, self._address(path), self.style.outlet)
            return self._page(html, "text/html; charset=utf-8", item.updated)
        return Response(status=404, headers={"Content-Type": "text/html"}, body=b"<h1>404</h1>")

    def _page(self, body: str, content_type: str, changed: datetime | None) -> Response:
        return Response(
            headers={"Content-Type": content_type},
            body=body.encode(),
            squeezed=self.style.squeezed,
            etag=True,
            changed=changed,
        )
