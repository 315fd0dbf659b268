"""From an address to the best source behind it: order only, no judgement.

    the address | what its page names | the robots.txt's sitemaps | other pages | usual paths

Each step ends the search where it has brought a source that nothing later would
beat. Candidates are really fetched and read, one after the other: nearly all are
on one host, and that host's gap would hold them up anyway.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Final
from urllib.parse import urlsplit

from monitor.config.rules import guess_kind
from monitor.errors import Failure, FetchError, ParseError
from monitor.fetch.client import Client
from monitor.identify.address import absolute, canonical, is_front_page
from monitor.model import Fetched, Page, Reading, Source, SourceKind
from monitor.parse import read_entries, read_page
from monitor.parse.discover import links, section_of
from monitor.parse.link import Link, LinkKind
from monitor.parse.platforms import hosted, is_service, usual
from monitor.parse.rank import Asked, Form, Offer, asked, outlet, ranked, weigh
from monitor.workers import Workers

PROBES: Final = 12  # addresses asked for after the first one
_ALL: Final = 40  # where everything is to be looked at
_OF_PAGE: Final = 6  # of the feeds that a page names; some name hundreds
_OF_ROBOTS: Final = 4
_FEEDS: Final[frozenset[Form]] = frozenset(("feed", "channel"))
_ENOUGH: Final[frozenset[Form]] = _FEEDS | {"news sitemap", "posts"}
# The site has not been reached, or wants to be left alone: asking on helps nobody.
_HOPELESS: Final[frozenset[Failure]] = frozenset(
    ("offline", "unreachable", "timeout", "tls", "forbidden-address", "protocol", "rate-limited")
)
_NO_HTTPS: Final[frozenset[Failure]] = frozenset(("unreachable", "timeout", "tls", "protocol"))
_KINDS: Final[dict[LinkKind, SourceKind]] = {
    "feed": "feed",
    "sitemap": "sitemap",
    "article": "listing",
}
_BY_ADDRESS: Final[dict[str, SourceKind]] = {"telegram": "telegram", "search": "search"}
_NEWS: Final = re.compile(r"news|latest|akhbar", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """An address that gave nothing, by the failure's name."""

    url: str
    failure: Failure
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """What was found: offers best first, misses in the order of the search.

    `url` is the address that was looked at; `outlet` the site's own name.
    """

    url: str
    outlet: str | None
    offers: tuple[Offer, ...]
    misses: tuple[Miss, ...]
    notes: tuple[str, ...] = ()

    @property
    def best(self) -> Offer | None:
        """The source to take, None where nothing can be used."""
        return next((offer for offer in self.offers if offer.usable), None)


def whole(given: str) -> str:
    """The address meant by `paper.example`, `t.me/channel` or a whole one. ValueError for none."""
    url = absolute(given if "://" in given else f"https://{given}")
    return hosted(url) or url


async def discover(
    client: Client,
    workers: Workers,
    given: str,
    *,
    private: bool = False,
    everything: bool = False,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    say: Callable[[str], object] = lambda _: None,
) -> Discovery:
    """Look for sources behind a site, a section, an article or a feed; a bare host as well.

    `everything` goes on after a sure find; `say` hears of each address before it is
    asked. What fails is a miss; ValueError only for what is no address.
    """
    search = _Search(client, workers, private=private, everything=everything, now=clock(), say=say)
    url, answer = await search.first(given)
    await search.run(url, answer)
    offers = ranked(search.offers)
    title = offers[0].title if offers else None
    return Discovery(
        url=url,
        outlet=outlet(title if is_service(url) else search.site_name or title),
        offers=offers,
        misses=tuple(search.misses),
        notes=tuple(search.notes),
    )


class _Search:
    """One search: what is left of it, and what it has found."""

    def __init__(
        self,
        client: Client,
        workers: Workers,
        *,
        private: bool,
        everything: bool,
        now: datetime,
        say: Callable[[str], object],
    ) -> None:
        self._client = client
        self._workers = workers
        self._private = private
        self._everything = everything
        self._now = now
        self._say = say
        self._left = 1 + (_ALL if everything else PROBES)
        self._seen: set[str] = set()
        self._asked = Asked(url="")
        self.site_name: str | None = None
        self.offers: list[Offer] = []
        self.misses: list[Miss] = []
        self.notes: list[str] = []

    async def first(self, given: str) -> tuple[str, Fetched | None]:
        """The address meant and its answer; for a bare host http is tried where https fails."""
        url = whole(given)
        answer = await self._fetch(url)
        if answer is None and "://" not in given and self.misses[-1].failure in _NO_HTTPS:
            plain = url.replace("https://", "http://", 1)
            if answer := await self._fetch(plain):
                url = plain
                self.notes.append(f"{given} does not answer by https: http is used")
        return url, answer

    async def run(self, url: str, answer: Fetched | None) -> None:
        """Step by step, until one has brought what no later one would beat."""
        if answer is None:
            if self.misses[-1].failure in _HOPELESS:
                return
            found: Sequence[Link] = ()
        else:
            found = await self._look(url, answer, first=True)
            if any(link.found == "itself" for link in found):
                return
        if await self._try([one for one in found if one.kind == "feed"], _FEEDS, _OF_PAGE):
            return
        maps = [one for one in found if one.kind == "sitemap"]
        if await self._try([*await self._robots(url), *maps], _ENOUGH, _OF_ROBOTS):
            return
        for other in self._other_pages(url):
            if page := await self._fetch(other, heed=True):
                more = await self._look(other, page)
                feeds = [one for one in more if one.kind == "feed"]
                if await self._try(feeds, _ENOUGH, _OF_PAGE):
                    return
        await self._try(list(usual(url)), _ENOUGH, self._left)

    def _other_pages(self, url: str) -> Sequence[str]:
        """The section that an article stands in, where its address shows it, and the front page."""
        section = section_of(url) if self._asked.place == "article" else None
        front = None if is_front_page(url) else absolute("/", url)
        return [page for page in (section, front) if page]

    async def _look(self, url: str, answer: Fetched, *, first: bool = False) -> Sequence[Link]:
        """What a page names and may be followed; the page itself is weighed as far as it is one.

        A link `itself` says that there is nothing more to look for.
        """
        itself = Link(kind="feed", url=url, found="itself")
        if _kind(itself) == "telegram":
            await self._weigh(itself, answer)
            return [itself]
        try:
            found = await self._links(answer)
        except ParseError as error:
            self._missed(url, error)
            if error.failure != "misread":
                return ()
            await self._weigh(itself, answer)  # WordPress's posts, perhaps
            return [itself]
        if found and found[0].found == "itself":
            await self._weigh(replace(found[0], url=url), answer)
            return found
        page = await self._page(answer)
        self.site_name = self.site_name or (page.site_name if page else None)
        if first:
            self._asked = asked(url, page, found)
        if not (first and self._asked.place == "article"):
            own = Link(kind="article", url=url, found="itself" if first else "linked")
            await self._weigh(own, answer)
        return [one for one in found if one.kind != "article" and one.found != "guessed"]

    async def _links(self, answer: Fetched) -> Sequence[Link]:
        url, kind = answer.final_url, answer.content_type
        return await self._workers.run(partial(links, answer.body, url=url, content_type=kind))

    async def _page(self, answer: Fetched) -> Page | None:
        url, kind = answer.final_url, answer.content_type
        try:
            return await self._workers.run(
                partial(read_page, answer.body, url=url, content_type=kind)
            )
        except ParseError:
            return None

    async def _robots(self, url: str) -> Sequence[Link]:
        """The sitemaps that robots.txt names."""
        answer = await self._fetch(absolute("/robots.txt", url))
        if answer is None:
            return ()
        try:
            found = await self._links(answer)
        except ParseError:
            return ()
        return [link for link in found if link.found == "declared"]

    async def _try(self, candidates: Sequence[Link], enough: frozenset[Form], most: int) -> bool:
        """Fetch and weigh candidates, `most` of them; true where the search may end."""
        for link in candidates:
            if most <= 0 or self._done(enough):
                break
            if _key(link.url) in self._seen:
                continue
            most -= 1
            if answer := await self._fetch(link.url, heed=link.found == "guessed"):
                await self._weigh(link, answer)
        return self._done(enough)

    def _done(self, enough: frozenset[Form]) -> bool:
        sure = any(offer.sure and offer.form in enough for offer in self.offers)
        return self._left <= 0 or (sure and not self._everything)

    async def _weigh(self, link: Link, answer: Fetched) -> None:
        kind, address = _kind(link), answer.moved or link.url
        reading = await self._read(link.url, kind, answer)
        if reading is None:
            return
        if reading.children and not reading.entries:
            # An index is read by one of its parts; a part for news, with a name that
            # will last, is the better source.
            parts = [part for part, _ in reading.children]
            part = next((one for one in parts if _NEWS.search(urlsplit(one).path)), parts[0])
            if (inside := await self._fetch(part)) is None:
                return
            reading = await self._read(part, kind, inside)
            if reading is None:
                return
            path = urlsplit(part).path
            if _NEWS.search(path) and not re.search(r"\d", path):
                address = part
        self.offers.append(weigh(replace(link, url=address), kind, reading, self._asked, self._now))

    async def _read(self, url: str, kind: SourceKind, answer: Fetched) -> Reading | None:
        source = Source(name=url, url=url, kind=kind)
        try:
            return await self._workers.run(read_entries, source, answer)
        except ParseError as error:
            self._missed(url, error)
            return None

    async def _fetch(self, url: str, *, heed: bool = False) -> Fetched | None:
        """One address; None where it fails. `heed`: nobody named it, so robots.txt decides."""
        self._seen.add(_key(url))
        if self._left <= 0:
            return None
        self._left -= 1
        self._say(url)
        try:
            answer = await self._client.get(url, private=self._private, page=heed)
        except FetchError as error:
            self._missed(url, error)
            return None
        assert isinstance(answer, Fetched), "304 to an unconditional request is a FetchError"
        return answer

    def _missed(self, url: str, error: FetchError | ParseError) -> None:
        self.misses.append(Miss(url=url, failure=error.failure, detail=error.detail))


def _kind(link: Link) -> SourceKind:
    """What the address would be declared as."""
    guessed = guess_kind(link.url, links=False)
    return _BY_ADDRESS.get(guessed) or _KINDS[link.kind]


def _key(url: str) -> str:
    return canonical(url).rstrip("/")
