"""Visits of more than one exchange: an index of sitemaps, a site that moved, a server that lies."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from monitor.errors import FetchError
from monitor.fetch.client import Client
from monitor.model import Source
from monitor.store.sources import SourceState
from tests.inline import Inline
from tests.test_poll import OFF, SOURCE, Desk, Site, answered, rss
from tests.test_poll_kinds import _declare

DAY = timedelta(days=1)
INDEX = Source(name="maps", url="https://gazette.example/index.xml", kind="sitemap", language="ar")

Answer = Callable[[httpx.Request], httpx.Response]


class Served(Site):
    """Any answer at any address; `conditional` are the requests that asked "changed since?"."""

    def __init__(self) -> None:
        super().__init__()
        self.at: dict[str, Answer] = {}
        self.conditional: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        address = f"{request.url.host}{request.url.path}"
        if request.url.path == "/robots.txt":
            return answered(b"")
        self.asked.append(address)
        if "if-none-match" in request.headers:
            self.conditional.append(address)
        made = self.at.get(address)
        return made(request) if made else httpx.Response(404)

    def taken(self) -> list[str]:
        """What was asked since the last look."""
        asked, self.asked = self.asked, []
        return asked


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    workers = Inline()
    made = Desk(Served(), workers)
    yield made
    await workers.aclose()
    made.store.close()


def served(desk: Desk) -> Served:
    assert isinstance(desk.site, Served)
    return desk.site


def state(desk: Desk, source: Source = SOURCE) -> SourceState:
    found = desk.store.sources.state(source.name)
    assert found is not None
    return found


def fixed(body: bytes, etag: str = "") -> Answer:
    def answer(request: httpx.Request) -> httpx.Response:
        if etag and request.headers.get("if-none-match") == etag:
            return httpx.Response(304)
        return answered(body, {"content-type": "text/xml", **({"etag": etag} if etag else {})})

    return answer


def feed(*paths: str) -> bytes:
    return rss([(f"{OFF} {path}", path) for path in paths], {})


def redirect(status: int, target: str) -> Answer:
    return lambda _: httpx.Response(status, headers={"location": target})


# ---- an index of sitemaps


def index(*children: tuple[str, str]) -> bytes:
    items = (
        f"<sitemap><loc>https://gazette.example/{name}</loc><lastmod>{day}</lastmod></sitemap>"
        for name, day in children
    )
    return f"<sitemapindex>{''.join(items)}</sitemapindex>".encode()


def sitemap(*paths: str) -> bytes:
    urls = (f"<url><loc>https://gazette.example{path}</loc></url>" for path in paths)
    return f"<urlset>{''.join(urls)}</urlset>".encode()


async def test_the_newest_sitemaps_of_an_index_are_read_and_then_only_what_changed(
    desk: Desk,
) -> None:
    source, site = _declare(desk, INDEX), served(desk)
    names = ("jan.xml", "apr.xml", "feb.xml", "mar.xml")
    site.at["gazette.example/index.xml"] = fixed(
        index(*((name, f"2026-0{n}-01") for n, name in zip((1, 4, 2, 3), names, strict=True))),
        '"i"',
    )
    for name in names:
        site.at[f"gazette.example/{name}"] = fixed(sitemap(f"/news/{name}-story"), f'"{name}"')
    assert await desk.poll(source) == "new"
    assert site.taken() == [
        f"gazette.example/{n}" for n in ("index.xml", *names[1:2], "mar.xml", "feb.xml")
    ]
    assert len(list(desk.store.db["entries"].rows)) == 3

    desk.now += timedelta(minutes=15)
    assert await desk.poll(source) == "unchanged"
    assert len(site.conditional) == len(site.taken()) == 4

    desk.now += timedelta(minutes=15)
    site.at["gazette.example/apr.xml"] = fixed(sitemap("/news/apr.xml-story", "/news/two"), '"b"')
    assert await desk.poll(source) == "new"
    entries = {row["url"] for row in desk.store.db["entries"].rows}
    assert "https://gazette.example/news/two" in entries
    assert len(entries) == 4
    [gaps] = {row["gap"] for row in desk.store.db["polls"].rows}
    assert gaps == 0


async def test_a_sitemap_of_an_index_that_fails_is_named_and_read_when_it_is_back(
    desk: Desk,
) -> None:
    source, site = _declare(desk, INDEX), served(desk)
    site.at["gazette.example/index.xml"] = fixed(
        index(("a.xml", "2026-02-01"), ("b.xml", "2026-01-01")), '"i"'
    )
    site.at["gazette.example/a.xml"] = fixed(sitemap("/news/one"), '"a"')
    assert await desk.poll(source) == "new"
    noted = next(row["detail"] for row in desk.store.db["polls"].rows)
    assert "b.xml" in noted
    assert "not-found" in noted
    site.at["gazette.example/b.xml"] = fixed(sitemap("/news/late"))
    desk.now += timedelta(minutes=15)
    assert await desk.poll(source) == "new"
    site.at.clear()
    site.at["gazette.example/index.xml"] = fixed(b"", '"i"')
    desk.now += timedelta(minutes=15)
    assert await desk.poll(source) == "not-found", "with all of them gone, the source fails"


async def test_a_sitemap_that_was_read_and_fails_is_told_though_another_is_unchanged(
    desk: Desk,
) -> None:
    source, site = _declare(desk, INDEX), served(desk)
    site.at["gazette.example/index.xml"] = fixed(
        index(("news.xml", "2026-03-01"), ("archive.xml", "2026-02-28")), '"i"'
    )
    site.at["gazette.example/news.xml"] = fixed(sitemap("/news/one"), '"n"')
    site.at["gazette.example/archive.xml"] = fixed(sitemap("/news/old"), '"a"')
    await desk.poll(source)
    site.at["gazette.example/news.xml"] = lambda _: httpx.Response(403)
    for failures in (1, 2):
        desk.now += timedelta(minutes=30)
        assert await desk.poll(source) == "blocked"
        assert state(desk, source).failures == failures
    site.at["gazette.example/archive.xml"] = fixed(sitemap("/news/old", "/news/two"), '"b"')
    desk.now += timedelta(hours=1)
    assert await desk.poll(source) == "new", "what the other shows is read all the same"
    desk.now += timedelta(hours=1)
    assert await desk.poll(source) == "blocked"
    site.at["gazette.example/news.xml"] = fixed(sitemap("/news/one"), '"n"')
    desk.now += timedelta(hours=1)
    assert await desk.poll(source) == "unchanged", "it shows what it did before"


async def test_a_sitemap_that_never_worked_is_noted_and_breaks_nothing(desk: Desk) -> None:
    source, site = _declare(desk, INDEX), served(desk)
    site.at["gazette.example/index.xml"] = fixed(
        index(("april.xml", "2026-04-01"), ("march.xml", "2026-03-31"))
    )
    site.at["gazette.example/march.xml"] = fixed(sitemap("/news/one"))
    assert await desk.poll(source) == "new"
    assert await desk.poll(source) == "unchanged"
    details = [row["detail"] for row in desk.store.db["polls"].rows]
    assert len(details) == 2
    assert all("april.xml: " in detail for detail in details)


async def test_an_index_that_becomes_a_sitemap_has_no_others_any_more(desk: Desk) -> None:
    source, site = _declare(desk, INDEX), served(desk)
    site.at["gazette.example/index.xml"] = fixed(index(("a.xml", "2026-03-01")), '"i"')
    site.at["gazette.example/a.xml"] = fixed(sitemap("/news/one"), '"a"')
    await desk.poll(source)
    del site.at["gazette.example/a.xml"]
    site.at["gazette.example/index.xml"] = fixed(sitemap("/news/one", "/news/two"), '"j"')
    desk.now += timedelta(minutes=30)
    assert await desk.poll(source) == "new"
    for _ in range(3):
        desk.now += timedelta(minutes=30)
        assert await desk.poll(source) == "not-modified"


async def test_a_new_address_reads_nothing_of_the_index_that_stood_at_the_old_one(
    desk: Desk,
) -> None:
    source, site = _declare(desk, INDEX), served(desk)
    site.at["gazette.example/index.xml"] = fixed(index(("a.xml", "2026-03-01")), '"i"')
    site.at["gazette.example/a.xml"] = fixed(sitemap("/news/one"), '"a"')
    await desk.poll(source)
    source = _declare(desk, replace(source, url="https://gazette.example/feed", kind="feed"))
    site.at["gazette.example/feed"] = fixed(feed("/9"), '"f"')
    site.taken()
    assert [await desk.poll(source) for _ in range(2)] == ["new", "not-modified"]
    assert site.taken() == ["gazette.example/feed"] * 2


async def test_a_part_of_an_index_is_no_measure_of_its_length(desk: Desk) -> None:
    """The new month's sitemap holds one article, the others have not changed."""
    source, site = _declare(desk, INDEX), served(desk)
    months = [("feb.xml", "2026-02-28"), ("jan.xml", "2026-01-31")]
    site.at["gazette.example/index.xml"] = fixed(index(*months))
    for name, _ in months:
        site.at[f"gazette.example/{name}"] = fixed(sitemap(*(f"/{name}/{n}" for n in range(9))))
    await desk.poll(source)
    site.at["gazette.example/index.xml"] = fixed(index(("mar.xml", "2026-03-01"), *months))
    site.at["gazette.example/mar.xml"] = fixed(sitemap("/mar.xml/1"))
    assert await desk.poll(source) == "new"
    assert desk.store.vitals.lengths("maps") == [18]


# ---- a site that moved


async def test_a_permanent_redirect_is_believed_after_it_was_said_five_times(desk: Desk) -> None:
    site = served(desk)
    site.at["gazette.example/feed"] = redirect(301, "https://new.example/feed")
    site.at["new.example/feed"] = fixed(feed("/a"), '"1"')
    for _ in range(5):
        await desk.poll()
        assert site.taken() == ["gazette.example/feed", "new.example/feed"]
        desk.now += timedelta(minutes=15)
    await desk.poll()
    assert site.taken() == ["new.example/feed"]
    desk.now += DAY
    await desk.poll()
    assert site.taken() == ["gazette.example/feed", "new.example/feed"], "asked once a day"


async def test_a_temporary_redirect_is_followed_and_never_believed(desk: Desk) -> None:
    site = served(desk)
    site.at["gazette.example/feed"] = redirect(302, "https://new.example/feed")
    site.at["new.example/feed"] = fixed(feed("/a"))
    for _ in range(8):
        await desk.poll()
        assert site.taken() == ["gazette.example/feed", "new.example/feed"]


async def test_where_the_new_address_fails_the_old_one_is_asked(desk: Desk) -> None:
    site = served(desk)
    site.at["gazette.example/feed"] = redirect(308, "https://new.example/feed")
    site.at["new.example/feed"] = fixed(feed("/a"))
    for _ in range(5):
        await desk.poll()
    site.at = {"gazette.example/feed": fixed(feed("/a", "/b"))}
    site.taken()
    assert await desk.poll() == "new"
    assert site.taken() == ["new.example/feed", "gazette.example/feed"]
    assert state(desk).memory.moved_to is None
    await desk.poll()
    assert site.taken() == ["gazette.example/feed"]


async def _moved_for_good(desk: Desk) -> Served:
    site = served(desk)
    site.at["gazette.example/feed"] = redirect(301, "https://new.example/feed")
    site.at["new.example/feed"] = fixed(feed("/a"), '"1"')
    for _ in range(6):
        await desk.poll()
        desk.now += timedelta(minutes=15)
    site.taken()
    return site


PARKED = b"<html><body><h1>This domain is for sale</h1></body></html>"


@pytest.mark.parametrize(
    "old", [None, fixed(PARKED), lambda _: httpx.Response(410)], ids=["lapsed", "parked", "gone"]
)
async def test_the_new_address_outlives_the_old_one(desk: Desk, old: Answer | None) -> None:
    site = await _moved_for_good(desk)
    del site.at["gazette.example/feed"]
    if old is not None:
        site.at["gazette.example/feed"] = old
    desk.now += DAY
    site.at["new.example/feed"] = fixed(feed("/b", "/a"), '"2"')
    assert await desk.poll() == "new"
    assert site.taken() == ["gazette.example/feed", "new.example/feed"]
    desk.now += timedelta(minutes=15)
    assert await desk.poll() == "not-modified"
    assert site.taken() == ["new.example/feed"], "the old one was asked today"
    assert state(desk).failures == 0


async def test_with_both_addresses_failing_the_new_ones_trouble_is_told(desk: Desk) -> None:
    site = await _moved_for_good(desk)
    del site.at["gazette.example/feed"]
    site.at["new.example/feed"] = lambda _: httpx.Response(503)
    assert await desk.poll() == "unavailable"
    desk.now += DAY
    assert await desk.poll() == "unavailable"
    site.at["new.example/feed"] = fixed(feed("/b"), '"2"')
    assert await desk.poll() == "new"


async def test_a_second_move_is_followed_though_the_first_address_is_gone(desk: Desk) -> None:
    site = await _moved_for_good(desk)
    del site.at["gazette.example/feed"]
    site.at["new.example/feed"] = redirect(301, "https://newer.example/feed")
    for n in range(4):
        site.at["newer.example/feed"] = fixed(feed(f"/b{n}"))
        assert await desk.poll() == "new"
        desk.now += timedelta(hours=12)


# ---- a server that says 304 to everything


async def test_once_a_day_nothing_is_taken_for_granted(desk: Desk) -> None:
    site = served(desk)
    site.at["gazette.example/feed"] = fixed(feed("/a"), '"1"')
    await desk.poll()
    for _ in range(3):
        desk.now += timedelta(hours=7)
        assert await desk.poll() == "not-modified"
    desk.now += timedelta(hours=7)
    assert await desk.poll() == "unchanged", "a request without conditions"
    assert len(site.conditional) == 3
    assert [(row["outcome"], row["times"]) for row in desk.store.db["polls"].rows] == [
        ("new", 1),
        ("not-modified", 4),
    ], "one row for a run of polls that brought nothing"


async def test_a_server_caught_lying_is_asked_without_conditions_for_a_week(desk: Desk) -> None:
    site = served(desk)
    site.at["gazette.example/feed"] = fixed(feed("/a"), '"for ever"')
    await desk.poll()
    site.at["gazette.example/feed"] = fixed(feed("/b", "/a"), '"for ever"')
    desk.now += timedelta(hours=12)
    assert await desk.poll() == "not-modified"
    desk.now += timedelta(hours=12)
    assert await desk.poll() == "new"
    site.conditional.clear()
    for _ in range(6):
        desk.now += DAY / 3
        await desk.poll()
    assert site.conditional == []
    desk.now += 6 * DAY
    await desk.poll()
    desk.now += timedelta(hours=1)
    await desk.poll()
    assert site.conditional == ["gazette.example/feed"], "and is given another chance then"


async def test_a_body_with_the_hour_in_it_makes_nobody_a_liar(desk: Desk) -> None:
    site = served(desk)
    site.at["gazette.example/feed"] = fixed(feed("/a"), '"1"')
    await desk.poll()
    desk.now += timedelta(hours=12)
    await desk.poll()
    site.at["gazette.example/feed"] = fixed(feed("/a") + b"<!-- 12:00 -->", '"1"')
    desk.now += timedelta(hours=12)
    assert await desk.poll() == "same"
    assert state(desk).memory.distrusted is None


async def test_our_own_network_down_is_held_against_nobody(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    served(desk).at["gazette.example/feed"] = fixed(feed("/a"))
    await desk.poll()

    async def down(_: Client, url: str, **__: object) -> None:
        raise FetchError(url, "offline", "no route to anywhere")

    monkeypatch.setattr(Client, "get", down)
    assert await desk.poll() == "offline"
    assert (state(desk).failures, state(desk).failure) == (0, None)
    assert state(desk).next_poll <= desk.now + timedelta(minutes=2)


async def test_a_server_that_refuses_conditions_is_asked_without_them(desk: Desk) -> None:
    def picky(request: httpx.Request) -> httpx.Response:
        if "if-none-match" in request.headers:
            return httpx.Response(412)
        return answered(feed("/a"), {"content-type": "text/xml", "etag": '"1"'})

    served(desk).at["gazette.example/feed"] = picky
    outcomes = [await desk.poll() for _ in range(3)]
    assert outcomes == ["new", "client-error", "unchanged"]
