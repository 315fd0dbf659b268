"""Several sites, a mail sink and a webhook receiver, all at once, for a synchronous caller."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

import yaml

from tests.misbehaving import CASES, Street

from .item import Item
from .receivers import SECRET, MailSink, Received, WebhookReceiver, plain
from .server import Backstage, Server, Visit
from .site import STYLES, Site

READER = "reader@newsroom.example"
# Seconds for what comes by itself on any machine, and within one or two on a quiet one: a
# wait ends as soon as it has come, so only a failure takes as long.
PATIENCE = 360.0
LISTING = {  # the selectors of the agency's pages
    "links": "h3.title > a",
    "title": "div.post-content h3.title",
    "text": "div.post-text",
    "date": "ul.author-social li.cat-red",
    "cut": "div#relatedNews",
}


class Newsroom:
    """Sites by name, each a host of its own (127.0.0.2, 127.0.0.3, ...).

    `with Newsroom() as room: room.publish("rss", item)`. `journal` is where the
    receivers write down what they took. `misbehaving` names cases of `tests.misbehaving`.
    """

    def __init__(
        self,
        kinds: Iterable[str] = tuple(STYLES),
        *,
        misbehaving: Iterable[str] = (),
        journal: Path | None = None,
    ) -> None:
        self.sites = {kind: Site(kind, host=_host(n)) for n, kind in enumerate(kinds, 2)}
        self.mail = MailSink(journal)
        self.hook = WebhookReceiver(journal)
        self._street = Street(CASES[name] for name in misbehaving)
        self._stack = ExitStack()
        self._backstage = Backstage()

    def __enter__(self) -> Self:
        self._stack.enter_context(self._backstage)
        sites = (site.server for site in self.sites.values())
        parts: list[Server | MailSink | WebhookReceiver | Street]
        parts = [*sites, self.mail, self.hook, self._street]
        for part in parts:
            self._backstage.run(part.start())
            self._stack.callback(lambda part=part: self._backstage.run(part.stop()))
        return self

    def __exit__(self, *exc: object) -> None:
        self._stack.close()

    def publish(self, site: str, *items: Item) -> list[str]:
        """Publish on a site, dated now where an article has no date; the pages' addresses."""
        return [self.sites[site].publish(item) for item in items]

    def revise(
        self, site: str, url: str, *, title: str | None = None, text: str | None = None
    ) -> None:
        """Change what stands at an address."""
        self.sites[site].revise(url, title=title, text=text)

    @property
    def received(self) -> list[Received]:
        """What both receivers took, e-mail first."""
        return [*self.mail.received, *self.hook.received]

    def watch(
        self,
        visit: Callable[[], object] = lambda: None,
        arriving: Callable[[], object] = lambda: None,
        taken: Callable[[], object] = lambda: None,
    ) -> None:
        """Be called at each request to a site, and at each message before and after it is taken.

        The sender hears of it only afterwards; an error raised in `arriving` refuses it.
        """
        for site in self.sites.values():
            site.server.watch = visit
        for receiver in (self.mail, self.hook):
            receiver.arriving, receiver.taken = arriving, taken

    def alerts(self, address: str, channel: str, story: str | None = None) -> list[Received]:
        """The distinct messages (by key) that a channel got about the page at an address."""
        found = {
            r.key: r
            for r in self.received
            if r.channel == channel and plain(address) in r.addresses and story in (None, r.story)
        }
        return list(found.values())

    def quiet(self, *, since: float, rounds: int = 2, calm: float = 2.5) -> bool:
        """Whether each feed was read `rounds` times since then and nothing else happened lately.

        `since` is of the monotonic clock; `calm` in seconds without a visit to a page and
        without a receipt.
        """
        feeds = {(site.server.host, site.style.feed): 0 for site in self.sites.values()}
        busy = max((r.at for r in self.received), default=0.0) - time.time() + time.monotonic()
        for visit in self.visits:
            at = (visit.host, visit.path)
            if at not in feeds:
                busy = max(busy, visit.ended or time.monotonic())
            elif visit.began > since and visit.status in {200, 304}:
                feeds[at] += 1
        return min(feeds.values()) >= rounds and time.monotonic() - busy > calm

    @property
    def visits(self) -> list[Visit]:
        """Every exchange with every site, in order of its beginning."""
        servers = [site.server for site in self.sites.values()]
        return sorted((v for s in servers for v in s.visits), key=lambda v: v.began)

    def write_config(
        self,
        folder: Path,
        *,
        seeds: Path | Mapping[str, Path],
        sites: Iterable[str] | None = None,
        channels: Mapping[str, Any] | None = None,
        every: str = "1s",
        poll: Mapping[str, Any] | None = None,
    ) -> Path:
        """A sources.yaml for this newsroom; `seeds` is one story's folder, or one for each name."""
        secret = folder / "hook-secret"
        secret.write_text(SECRET + "\n", "utf-8")
        stories = seeds if isinstance(seeds, Mapping) else {"north-korea-russia": seeds}
        document = {
            "settings": {
                "contact": "desk@newsroom.example",
                "database": "monitor.db",
                "poll": {"every": every, "floor": every, "host_gap": "0.05s", "deadline": "30s"}
                | dict(poll or {}),
            },
            "stories": {name: {"title": name, "seeds": str(at)} for name, at in stories.items()},
            "channels": self._channels(secret) if channels is None else dict(channels),
            "sources": [
                *(self._source(self.sites[kind]) for kind in sites or self.sites),
                *(
                    {"name": f"bad-{name}", "url": url, "private": CASES[name].private}
                    for name, url in self._street.urls.items()
                ),
            ],
        }
        path = folder / "sources.yaml"
        path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), "utf-8")
        return path

    def _channels(self, secret: Path) -> dict[str, Any]:
        return {
            "desk": {
                "kind": "email",
                "to": [READER],
                "language": "ar",
                "smtp": {"host": self.mail.host, "port": self.mail.port, "security": "none"},
            },
            "hook": {
                "kind": "webhook",
                "url": self.hook.url,
                "secret": {"file": str(secret)},
                "private": True,
            },
        }

    def _source(self, site: Site) -> dict[str, Any]:
        source: dict[str, Any] = {
            "name": site.kind,
            "outlet": site.style.outlet,
            "kind": "feed",
            "url": site.url,
            "private": True,
        }
        if site.kind == "listing":
            source |= {
                "kind": "listing",
                "language": "ar",
                "timezone": "Europe/Istanbul",
                "article_id": r"/(\d{6})/",
                "selectors": LISTING,
            }
        return source | ({"aggregator": True} if site.kind == "aggregator" else {})


def _host(number: int) -> str:
    """127.0.0.N, or 127.0.0.1 where the system has given that network one address only."""
    with socket.socket() as probe:
        try:
            probe.bind((f"127.0.0.{number}", 0))
        except OSError:
            return "127.0.0.1"
    return f"127.0.0.{number}"


def wait_until(
    condition: Callable[[], bool], *, timeout: float = PATIENCE, what: str = "condition"
) -> None:
    """Wait for it, `timeout` seconds at most; TimeoutError names what did not come."""
    end = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not come within {timeout:.0f} s")
        time.sleep(0.05)


def is_still(room: Newsroom, seconds: float = 3) -> bool:
    """Whether nobody comes to its sites for so long."""
    before = len(room.visits)
    time.sleep(seconds)
    return len(room.visits) == before


def nothing_waits(status: Iterable[Mapping[str, Any]]) -> bool:
    """Whether all is judged and delivered, by the lines of `monitor status --json`."""
    rows = list(status)
    (summary,) = (row for row in rows if row["kind"] == "summary")
    queued = sum(row.get("queued", 0) for row in rows if row["kind"] == "channel")
    return bool(summary["pending"] == 0 and queued == 0)


def rows(text: str) -> list[dict[str, Any]]:
    """JSON Lines as a command prints them."""
    return [json.loads(line) for line in text.splitlines() if line.strip()]
