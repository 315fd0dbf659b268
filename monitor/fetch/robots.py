"""robots.txt (RFC 9309), heeded for article pages.

Only pages are asked about, since those are found by following links. A feed,
sitemap or listing is not: the user named that very address himself, and feeds
and sitemaps are published for machines to read.

`Rules` is pure and cheap; `Robots` keeps one per origin and fetches when needed.
"""

from __future__ import annotations

import asyncio
import math
import re
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import ada_url
from protego import Protego

from monitor.errors import FetchError
from monitor.fetch.guard import host_key
from monitor.fetch.hosts import Hosts

AGENT = "story-monitor"
MAX_BODY = 500_000  # RFC 9309, 2.5: at least 500 KiB are to be read; the rest is not

_FRESH = timedelta(hours=24)  # RFC 9309, 2.4
# After a failure: short enough that a pending article is tried again in time.
_RETRY = timedelta(minutes=5)
# No news site means more; some templates ask for a day.
_SLOWEST = timedelta(minutes=5)
_REMEMBERED = 2_000

# What says that the site cannot be asked at all; the page would fail just so.
_SAME_FOR_PAGE = ("forbidden-address", "rate-limited", "offline")

Read = Callable[[str, bool], Awaitable[bytes]]


class Rules:
    """One robots.txt, as it reads to `agent`. Bytes that are no robots.txt forbid nothing.

    Whom a group is for is decided here and not by the library: by the whole
    product token (RFC 9309, 2.2.1; the library takes `story` for us too), and in
    one pass, since its time grows with agents times rules, and 50 kB written for
    the purpose cost it seconds.
    """

    def __init__(self, body: bytes, agent: str = AGENT) -> None:
        text = body[:MAX_BODY].decode("utf-8-sig", errors="replace")
        ours = _token(agent)
        lines = (_for_whom(line, ours) for line in text.splitlines())
        self._rules = Protego.parse("\n".join(lines))

    def allowed(self, url: str) -> bool:
        """Whether the agent may visit `url`."""
        return bool(self._rules.can_fetch(url, _OURS))

    @property
    def delay(self) -> float | None:
        """Crawl-delay in seconds, None where none (or no sane one) is given."""
        delay = self._rules.crawl_delay(_OURS)
        return float(delay) if delay is not None and math.isfinite(delay) and delay >= 0 else None

    @property
    def sitemaps(self) -> list[str]:
        """The sitemaps it names, as written."""
        return list(self._rules.sitemaps)


_OURS, _OTHERS = "ours", "others"
# Spelled as freely as the library reads it.
_FOR = re.compile(r"\s*user[\s-]*agent(?:\s*:|\s)([^#]*)", re.IGNORECASE)


def _for_whom(line: str, ours: str) -> str:
    found = _FOR.match(line)
    name = found and _token(found[1])
    if not name:
        return line
    return f"User-agent: {name if name == '*' else _OURS if name == ours else _OTHERS}"


def _token(agent: str) -> str:
    """`Story-Monitor/0.1 (+…)` -> `story-monitor`; of `*` and what follows it, `*`."""
    words = agent.partition("/")[0].split()
    if not words:
        return ""
    return words[0].replace("*", "").lower() or "*"


@dataclass(slots=True)
class Origin:
    """What is known of one origin.

    `until` is monotonic; `failure` is why there are no rules, with when it is tried again.
    """

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    rules: Rules | None = None
    failure: str | None = None
    until: float = float("-inf")


class Origins(OrderedDict[str, Origin]):
    """The origins asked last, by name; two thousand at most."""

    def __missing__(self, name: str) -> Origin:
        """Begin with a new one."""
        if len(self) >= _REMEMBERED:
            self.popitem(last=False)
        self[name] = Origin()
        return self[name]


class Robots:
    """Rules of every origin, kept for 24 hours; in `origins`, which may be another's.

    `read(url, private)` fetches a robots.txt, cut at `MAX_BODY`, or raises FetchError.
    A 4xx answer or too many redirects means that all is free (RFC 9309, 2.3.1.3);
    a 5xx answer or no answer means to wait, unless older rules are at hand
    (2.3.1.4), and it is asked again after five minutes.
    """

    def __init__(
        self,
        read: Read,
        hosts: Hosts,
        *,
        origins: Origins | None = None,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._read = read
        self._hosts = hosts
        self._clock = clock
        self._now = now
        self._origins = Origins() if origins is None else origins

    async def check(self, url: str, *, private: bool = False) -> None:
        """Return if the page may be visited; FetchError, mostly `robots`, if not (yet)."""
        name = str(ada_url.URL(url).origin)
        origin = self._origins[name]
        self._origins.move_to_end(name)
        async with origin.lock:
            if self._clock() >= origin.until:
                await self._refresh(url, origin, private=private)
        if origin.rules is None:
            raise FetchError(
                url,
                "robots",
                f"robots.txt could not be read ({origin.failure})",
                retry_after=timedelta(seconds=max(0.0, origin.until - self._clock())),
            )
        delay = timedelta(seconds=min(origin.rules.delay or 0.0, _SLOWEST.total_seconds()))
        self._hosts.slow(host_key(url), delay)
        if not origin.rules.allowed(url):
            raise FetchError(url, "robots", "the site's robots.txt forbids this page")

    async def _refresh(self, url: str, origin: Origin, *, private: bool) -> None:
        address = ada_url.join_url(url, "/robots.txt")
        try:
            body = await self._read(address, private)
            # Half a megabyte takes a tenth of a second: not on the loop.
            origin.rules = await asyncio.to_thread(Rules, body)
        except FetchError as error:
            if error.failure in _SAME_FOR_PAGE:
                raise
            free = error.failure == "redirects" or 400 <= (error.status or 0) < 500
            if not free:
                wait = max(_RETRY, error.retry_after or _RETRY)
                again = (self._now() + wait).strftime("%H:%M")
                origin.failure = f"{error.detail}; it is tried again at {again} UTC"
                origin.until = self._clock() + wait.total_seconds()
                return
            origin.rules = Rules(b"")
        origin.until = self._clock() + _FRESH.total_seconds()
