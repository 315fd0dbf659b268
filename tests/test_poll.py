"""A poll and what follows from it, over a fake site and a store in memory, clock in hand."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest

from monitor.daemon.jobs import Jobs
from monitor.errors import FetchError, StoreError
from monitor.fetch.client import Client
from monitor.learn import profiles
from monitor.model import Channel, Config, PollSettings, Source, Story
from monitor.parts import Parts
from monitor.poll import Poller
from monitor.read import Reader
from monitor.story.profile import Profile
from monitor.workers import Workers
from tests import blank
from tests.inline import Inline

SEEDS = Path(__file__).parents[1] / "seeds" / "north-korea-russia"
START = datetime(2026, 3, 1, 12, tzinfo=UTC)
SOURCE = Source(name="gazette", url="https://gazette.example/feed", language="ar")
ON = "سيول: جنود كوريون شماليون يقاتلون في كورسك إلى جانب القوات الروسية"
LEAD = (
    "قال جهاز الاستخبارات في سيول إن جنودا من كوريا الشمالية يقاتلون إلى جانب القوات الروسية في كورسك"
    " ضد الجيش الأوكراني، وإن بيونغ يانغ أرسلت إلى روسيا آلاف المقاتلين بأمر من كيم جونغ أون."
)
MORE = (
    "وأضاف الجهاز في إحاطة أمام لجنة برلمانية أن الوحدات الكورية الشمالية تعمل قرب خط الجبهة منذ أسابيع، وأن"
    " عددا من الجنود سقطوا بين قتيل وجريح. ولم تعلق موسكو ولا بيونغ يانغ على ما ورد في الإحاطة حتى مساء اليوم."
)
MEDALS = "كيم جونغ أون يقلد جنودا كوريين شماليين عادوا من الحرب في أوكرانيا أوسمة في بيونغ يانغ"
OFF = "أسعار الخضار ترتفع في أسواق العاصمة"


class Site:
    """What gazette.example answers; `pages` by path, `feed` as (title, path) pairs."""

    def __init__(self) -> None:
        self.feed: list[tuple[str, str]] = []
        self.pages: dict[str, int | str] = {}
        self.asked: list[str] = []
        self.robots = ""
        self.feed_status = 200
        self.dates: dict[str, str] = {}
        self.summaries: dict[str, str] = {}

    def publish(self, title: str, path: str, text: str = LEAD) -> None:
        self.feed.insert(0, (title, path))
        self.pages[path] = page(title, text)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        self.asked.append(path)
        if path == "/robots.txt":
            return answered(self.robots.encode())
        if path == "/feed":
            if self.feed_status != 200:
                return httpx.Response(self.feed_status)
            body = rss(self.feed, self.dates, self.summaries)
            etag = f'"{hash(body)}"'
            if request.headers.get("if-none-match") == etag:
                return httpx.Response(304)
            return answered(body, {"etag": etag, "content-type": "text/xml"})
        answer = self.pages.get(path, 404)
        if isinstance(answer, int):
            return httpx.Response(answer)
        return answered(answer.encode(), {"content-type": "text/html; charset=utf-8"})


class Wire(httpx.AsyncByteStream):
    """A body that comes when it is read."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self.body


def answered(body: bytes, headers: dict[str, str] | None = None) -> httpx.Response:
    """200 with a body that is still to be read, as from a socket."""
    return httpx.Response(200, headers=headers, stream=Wire(body))


def rss(
    items: list[tuple[str, str]], dates: dict[str, str], summaries: dict[str, str] | None = None
) -> bytes:
    said = {path: f"<description>{text}</description>" for path, text in (summaries or {}).items()}
    parts = [
        f"<item><title>{title}</title><link>https://gazette.example{path}</link>{said.get(path, '')}"
        f"<guid>{path}</guid><pubDate>{dates.get(path, 'Sun, 01 Mar 2026 11:50:00 GMT')}</pubDate></item>"
        for title, path in items
    ]
    return f"<rss version='2.0'><channel><title>G</title>{''.join(parts)}</channel></rss>".encode()


def page(title: str, text: str) -> str:
    return f"<html lang='ar'><body><article><h1>{title}</h1><p>{text}</p><p>{MORE}</p></article></body></html>"


_LEARNT: dict[str, dict[str, Profile]] = {}


def learnt(config: Config) -> dict[str, Profile]:
    """The profiles of its stories, learnt once for all desks; each has a mapping of its own."""
    stories = repr(config.stories)
    if stories not in _LEARNT:
        _LEARNT[stories] = profiles(config)
    return dict(_LEARNT[stories])


class Desk:
    """A monitor whose clock is turned by hand."""

    def __init__(self, site: Site, workers: Workers) -> None:
        self.now = START
        self.site = site
        self.config = Config(
            path=Path("sources.yaml"),
            contact=None,
            database=Path("monitor.db"),
            poll=PollSettings(host_gap=timedelta(0)),
            fold_window=timedelta(days=14),
            stories=(Story(name="troops", title="Troops", seeds=SEEDS),),
            channels=(Channel(name="hook", kind="webhook", url="https://hook.example/x"),),
            sources=(SOURCE,),
        )
        self.store = blank.in_memory()
        self.workers = workers
        self.build()

    def build(self) -> None:
        """As at a start: everything but the store is new."""
        parts = Parts(
            config=self.config,
            profiles=learnt(self.config),
            store=self.store,
            client=Client(
                self.config.poll,
                contact=None,
                transport=httpx.MockTransport(self.site),
                now=lambda: self.now,
            ),
            workers=self.workers,
            clock=lambda: self.now,
        )
        with self.store.transaction():
            self.store.sources.declare(self.config.sources, self.now)
        self.poller, self.reader = Poller(parts), Reader(parts)

    async def poll(self, source: Source = SOURCE) -> str:
        return (await self.poller.poll(source)).outcome

    async def read(self) -> list[tuple[str, str, str]]:
        """(band, relation, told) of everything that could be read now."""
        found = []
        for entry_id, _ in self.store.entries.queue(self.now, 100):
            for one in await self.reader.read(entry_id):
                for match, told in zip(one.matches, one.told, strict=True):
                    found.append((match.band, one.fold.relation, told))
        return found

    async def baseline(self) -> None:
        self.site.publish(OFF, "/old")
        assert await self.poll() == "new"
        await self.read()

    @property
    def queued(self) -> int:
        return sum(row.get("queued", 0) for row in self.store.deliveries.counts().values())


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    workers = Inline()
    made = Desk(Site(), workers)
    yield made
    await workers.aclose()
    made.store.close()


async def test_a_first_poll_is_judged_but_alerts_nobody_and_counts_as_known(desk: Desk) -> None:
    desk.site.publish(ON, "/1")
    await desk.poll()
    assert await desk.read() == [("on", "new", "baseline")]
    desk.site.publish(ON, "/it-again")
    await desk.poll()
    assert await desk.read() == [("on", "revision", "known from the first reading: a copy")]
    assert desk.queued == 0


async def test_a_later_article_is_alerted_once_whatever_is_polled_again(desk: Desk) -> None:
    await desk.baseline()
    desk.site.publish(ON, "/1")
    assert await desk.poll() == "new"
    assert await desk.read() == [("on", "new", "alerted")]
    assert await desk.poll() == "not-modified"
    desk.site.publish(OFF + " مجددا", "/2")
    assert await desk.poll() == "new"
    assert await desk.read() == []
    assert desk.queued == 1
    assert desk.site.asked.count("/1") == 1
    assert "/2" not in desk.site.asked, "what the headline rules out is not fetched"


async def test_an_unreadable_page_is_waited_for_then_judged_by_what_there_is(desk: Desk) -> None:
    await desk.baseline()
    desk.site.publish(ON, "/1")
    desk.site.pages["/1"] = 403
    await desk.poll()
    looks = 0
    while not (found := await desk.read()):
        assert desk.now < START + timedelta(minutes=11)
        desk.now += timedelta(seconds=10)
        looks = desk.site.asked.count("/1")
    assert looks == 5
    assert desk.now == START + timedelta(minutes=10)
    assert found == [("on", "new", "alerted")]
    (article,) = desk.store.ledger.articles(story=None, bands=["on"], limit=9)
    assert article["kind"] == "headline"
    alert = json.loads(desk.store.db.execute("select body from messages").fetchone()[0])
    codes = {caveat["code"] for caveat in alert["data"]["caveats"]}
    assert codes == {"headline-only", "page-unread"}


async def test_a_page_that_comes_late_is_judged_in_full(desk: Desk) -> None:
    await desk.baseline()
    desk.site.publish(ON, "/1")
    whole, desk.site.pages["/1"] = desk.site.pages["/1"], 500
    await desk.poll()
    assert await desk.read() == []
    desk.site.pages["/1"] = whole
    desk.now += timedelta(minutes=1)
    assert await desk.read() == [("on", "new", "alerted")]
    (article,) = desk.store.ledger.articles(story=None, bands=["on"], limit=9)
    assert article["kind"] == "full"


async def test_a_page_that_robots_forbid_is_judged_at_once(desk: Desk) -> None:
    await desk.baseline()
    desk.site.robots = "User-agent: *\nDisallow: /1"
    desk.build()  # robots.txt is remembered for a day
    desk.site.publish(ON, "/1")
    await desk.poll()
    assert await desk.read() == [("on", "new", "alerted")]
    assert "/1" not in desk.site.asked


async def test_what_waits_outlives_the_process_and_the_feeds_window(desk: Desk) -> None:
    await desk.baseline()
    desk.site.publish(ON, "/1")
    await desk.poll()
    desk.site.feed = [(OFF, "/3")]
    desk.build()
    await desk.poll()
    assert await desk.read() == [("on", "new", "alerted")]


async def test_a_source_removed_meanwhile_still_has_its_entries_judged(desk: Desk) -> None:
    await desk.baseline()
    desk.site.publish(ON, "/1")
    await desk.poll()
    desk.config = replace(desk.config, sources=())
    desk.build()
    assert await desk.read() == [("on", "new", "alerted")]


async def test_a_poll_that_could_not_be_stored_is_made_again_from_the_start(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.baseline()
    desk.site.publish(ON, "/1")

    def full(*_: object, **__: object) -> None:
        raise StoreError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(desk.store.ledger, "poll", full)
        with pytest.raises(StoreError):
            await desk.poll()
    assert desk.store.entries.waiting() == 0
    assert await desk.poll() == "new", "the validators are still the old ones"
    assert await desk.read() == [("on", "new", "alerted")]


async def test_a_reworded_headline_is_a_revision_and_no_second_alert(desk: Desk) -> None:
    await desk.baseline()
    desk.site.publish(ON, "/1")
    await desk.poll()
    await desk.read()
    desk.site.feed[0] = (ON + " (محدث)", "/1")
    desk.site.pages["/1"] = page(ON + " (محدث)", LEAD)
    await desk.poll()
    assert await desk.read() == [("on", "revision", "told already: a copy")]
    assert desk.queued == 1
    assert [row["title"] for row in desk.store.db["revisions"].rows] == [ON]


async def test_an_off_article_that_turns_to_the_story_is_alerted(desk: Desk) -> None:
    """Also one of the baseline: what the baseline did not tell is news when it comes."""
    await desk.baseline()
    desk.site.feed[0] = (ON, "/old")
    desk.site.pages["/old"] = page(ON, LEAD)
    await desk.poll()
    assert await desk.read() == [("on", "revision", "alerted")]


async def test_another_article_at_the_same_address_is_news(desk: Desk) -> None:
    """A page such as /latest shows one article after another."""
    await desk.baseline()
    desk.site.publish(ON, "/latest")
    await desk.poll()
    assert await desk.read() == [("on", "new", "alerted")]
    title = "كيم جونغ أون يقلد مقاتلين عائدين من كورسك أوسمة البطولة"
    text = (
        "منح الزعيم الكوري الشمالي أوسمة لجنود عادوا من جبهة كورسك بعد أن حاربوا مع الجيش الروسي، في حفل"
        " بثه التلفزيون الرسمي مساء السبت. وحضر الحفل ذوو قتلى وقعوا في المعارك، ووزع الزعيم عليهم صور أبنائهم."
    )
    desk.site.feed[0] = (title, "/latest")
    desk.site.pages["/latest"] = page(title, text).replace(MORE, text[::-1])
    await desk.poll()
    assert await desk.read() == [("on", "new", "alerted")]
    assert desk.queued == 2


async def test_a_feed_that_runs_empty_is_no_quiet_feed(desk: Desk) -> None:
    await desk.baseline()
    desk.site.feed = []
    assert await desk.poll() == "empty"
    state = desk.store.sources.state("gazette")
    assert state is not None
    assert (state.failure, state.failures) == ("empty", 1)


async def test_what_came_while_a_new_source_failed_is_news(desk: Desk) -> None:
    """Its first reading comes late; only what was out when it was named is its baseline."""
    desk.site.feed = []
    desk.site.publish(OFF, "/old")
    broken, desk.site.feed_status = desk.site.feed_status, 500
    assert await desk.poll() == "server-error"
    desk.site.feed_status = broken
    desk.site.publish(ON, "/1")
    desk.site.dates["/1"] = "Sun, 01 Mar 2026 12:30:00 GMT"
    desk.now += timedelta(hours=1)
    assert await desk.poll() == "new"
    assert await desk.read() == [("on", "new", "alerted")]


async def test_a_failed_poll_is_named_counted_and_postponed(desk: Desk) -> None:
    desk.site.feed = [("x", "/x")]
    source = replace(SOURCE, url="https://gazette.example/nothing")
    desk.config = replace(desk.config, sources=(source,))
    desk.build()
    for failures in (1, 2):
        assert await desk.poll(source) == "not-found"
        state = desk.store.sources.state("gazette")
        assert state is not None
        assert (state.failures, state.failure, state.baseline) == (failures, "not-found", True)
        assert state.next_poll > desk.now
    assert desk.store.ledger.totals()["gazette"]["not-found"] == 2


async def test_a_poll_that_shares_nothing_with_the_one_before_is_a_gap(desk: Desk) -> None:
    await desk.baseline()
    desk.now += timedelta(hours=5)
    desk.site.feed = [(f"{OFF} {n}", f"/n{n}") for n in range(3)]
    await desk.poll()
    (gap,) = desk.store.ledger.gaps()
    assert (gap["since"][:16], gap["until"][:16]) == ("2026-03-01T12:00", "2026-03-01T17:00")
    desk.site.feed.insert(0, (OFF + " 9", "/n9"))
    await desk.poll()
    assert len(desk.store.ledger.gaps()) == 1


async def test_what_matched_is_kept_as_it_was_judged(desk: Desk) -> None:
    await desk.baseline()
    desk.site.publish(ON, "/1")
    await desk.poll()
    await desk.read()
    (article,) = desk.store.ledger.articles(story=None, bands=["on"], limit=9)
    (evidence,) = desk.store.evidence.of(article["id"])
    assert evidence["final_url"] == "https://gazette.example/1"
    kept = desk.store.evidence.body(str(evidence["sha256"]))
    assert kept is not None
    assert kept.decode() == desk.site.pages["/1"]
    assert desk.store.evidence.broken() is None
    desk.store.evidence.sweep()
    assert desk.store.db["bodies"].count == 1, "the feed's bytes are dropped once nothing waits"


async def test_two_readers_of_one_entry_settle_it_once(desk: Desk) -> None:
    """As when a command runs beside the daemon."""
    await desk.baseline()
    desk.site.publish(ON, "/1")
    await desk.poll()
    ((entry_id, _),) = desk.store.entries.queue(desk.now, 9)
    first = desk.reader.read(entry_id)
    second = desk.reader.read(entry_id)
    import asyncio

    done = await asyncio.gather(first, second)
    assert sorted(len(each) for each in done) == [0, 1]
    assert desk.queued == 1


async def test_an_entry_that_waited_for_a_sleeping_machine_gets_more_than_one_look(
    desk: Desk,
) -> None:
    await desk.baseline()
    desk.site.publish(ON, "/1")
    desk.site.pages["/1"] = 503
    await desk.poll()
    desk.now += timedelta(hours=8)
    assert await desk.read() == [], "one failed look says little"
    desk.now += timedelta(seconds=31)
    assert await desk.read() == []
    desk.now += timedelta(seconds=31)
    assert await desk.read() == [("on", "new", "alerted")]


async def test_an_entry_read_by_a_clock_that_was_ahead_is_judged_in_the_end(desk: Desk) -> None:
    await desk.baseline()
    desk.site.publish(ON, "/1")
    desk.site.pages["/1"] = 503
    desk.now += timedelta(days=365)
    await desk.poll()
    desk.now = START + timedelta(minutes=1)
    desk.store.db.execute("update entries set read_at = '2026-03-01T12:00:00.000Z'")
    for _ in range(3):
        assert desk.store.entries.waiting() == 1
        found = await desk.read()
        desk.now += timedelta(seconds=31)
    assert [band for band, _, _ in found] == ["on"]


async def killed_between_pieces(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A poll that dies where the second piece of a long feed would be stored."""
    real = desk.store.transaction
    begun = 0

    def dies() -> object:
        nonlocal begun
        begun += 1
        if begun > 2:
            raise StoreError("killed")
        return real()

    with monkeypatch.context() as patch:
        patch.setattr(desk.store, "transaction", dies)
        with pytest.raises(StoreError):
            await desk.poll()


async def test_a_long_feed_is_stored_in_pieces_and_a_death_between_them_loses_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(70):
        desk.site.publish(f"{OFF} {number}", f"/{number}")
    desk.site.publish(ON, "/on")
    await killed_between_pieces(desk, monkeypatch)
    assert len(list(desk.store.db["entries"].rows)) == 50
    assert await desk.poll() == "new"
    assert len(list(desk.store.db["entries"].rows)) == 71
    assert {row["baseline"] for row in desk.store.db["entries"].rows} == {1}
    assert await desk.read() == [("on", "new", "baseline")]


async def test_what_is_left_of_a_flood_that_was_cut_belongs_to_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between two pieces, the next poll finds two entries: no flood by themselves."""
    for number in range(27):
        desk.site.publish(f"{ON} {number}", f"/{number}")
    await desk.poll()
    await desk.read()
    desk.now += timedelta(minutes=15)
    desk.site.feed = [(title, f"/moved{path}") for title, path in desk.site.feed]
    await killed_between_pieces(desk, monkeypatch)
    [flood] = desk.store.health.floods()
    with desk.store.transaction():
        desk.store.health.flood_told(flood.id, desk.now)
    desk.now += timedelta(minutes=15)
    await desk.poll()
    moved = [row["flood"] for row in desk.store.db["entries"].rows if "moved" in row["url"]]
    assert moved == [flood.id] * 27

    desk.site.publish(ON, "/news")
    desk.now += timedelta(minutes=15)
    await desk.poll()
    [news] = [row for row in desk.store.db["entries"].rows if row["url"].endswith("/news")]
    assert news["flood"] is None, "what comes after it is news"


async def test_sources_that_only_another_process_knows_keep_none_from_its_turn(
    desk: Desk,
) -> None:
    """`monitor poll` with an edited file: 45 new sources, the daemon's own one gone."""
    desk.site.publish(OFF, "/1")
    many = [Source(name=f"n{n}", url=f"https://n{n}.example/feed") for n in range(45)]
    with desk.store.transaction():
        desk.store.sources.declare(many, desk.now - timedelta(hours=1))
    parts = SimpleNamespace(config=desk.config, store=desk.store)
    rig = SimpleNamespace(parts=parts, poller=desk.poller)
    jobs = Jobs(rig, lambda: desk.now)  # type: ignore[arg-type]
    await jobs.poll_due()
    await asyncio.gather(*(each for each in asyncio.all_tasks() if "poll:" in each.get_name()))
    assert desk.store.ledger.totals() == {
        "gazette": {"new": 1, "polls": 1, "gaps": 0, "entries": 1}
    }


async def test_what_is_far_too_long_makes_an_alert_of_readable_size(desk: Desk) -> None:
    await desk.baseline()
    endless = f"{MEDALS}، بحسب وكالة الأنباء الكورية الشمالية الرسمية ".replace("،", "") * 2_000
    desk.site.publish(f"{ON} {'كلمة ' * 50_000}", "/title")
    desk.site.publish(MEDALS, "/text", endless)
    await desk.poll()
    assert {told for _, _, told in await desk.read()} == {"alerted"}
    sizes = [size for (size,) in desk.store.db.execute("select length(body) from messages")]
    assert len(sizes) == 2
    assert max(sizes) < 100_000


async def test_a_headline_that_changes_at_every_poll_does_not_put_off_its_judgement(
    desk: Desk,
) -> None:
    await desk.baseline()
    desk.site.publish(ON, "/1")
    desk.site.pages["/1"] = 403
    found: list[tuple[str, str, str]] = []
    for minute in range(0, 40, 2):
        desk.site.feed[0] = (f"{ON} ({minute} دقيقة)", "/1")
        await desk.poll()
        found += await desk.read()
        desk.now += timedelta(minutes=2)
    assert [told for _, _, told in found if told == "alerted"] == ["alerted"]


async def test_a_baseline_entry_that_changes_while_it_waits_alerts_nobody(desk: Desk) -> None:
    desk.site.publish(ON, "/1")
    desk.site.pages["/1"] = 503
    await desk.poll()
    assert await desk.read() == []
    desk.now += timedelta(minutes=2)
    desk.site.publish(ON + " (محدث)", "/1")
    desk.site.feed.pop()
    await desk.poll()
    assert await desk.read() == [("on", "new", "baseline")]


async def test_a_renamed_source_swallows_nothing(desk: Desk) -> None:
    await desk.baseline()
    desk.site.publish(ON, "/1")
    renamed = replace(SOURCE, name="The Gazette")
    desk.config = replace(desk.config, sources=(renamed,))
    desk.build()
    await desk.poll(renamed)
    assert await desk.read() == [("on", "new", "alerted")]


# ---- developments


AGAIN = (
    "الاستخبارات في سيول: قوات من كوريا الشمالية تقاتل في كورسك مع الروس",
    (
        "أعلنت الاستخبارات في سيول أن جنودا كوريين شماليين يقاتلون في كورسك مع القوات الروسية ضد الجيش"
        " الأوكراني، وأن كيم جونغ أون أمر بإرسال آلاف المقاتلين إلى روسيا."
    ),
)


def retell(desk: Desk, path: str) -> None:
    """Another paper's own words on what ON tells, without a paragraph in common."""
    desk.site.publish(AGAIN[0], path)
    body = f"<article><h1>{AGAIN[0]}</h1><p>{AGAIN[1]}</p></article>"
    desk.site.pages[path] = f"<html lang='ar'><body>{body}</body></html>"


async def test_a_retelling_is_counted_and_new_facts_are_told_as_an_update(desk: Desk) -> None:
    await desk.baseline()
    desk.site.publish(ON, "/first")
    await desk.poll()
    assert await desk.read() == [("on", "new", "alerted")]
    desk.now += timedelta(hours=1)
    retell(desk, "/again")
    await desk.poll()
    assert await desk.read() == [("on", "new", "told already: a repeat")]
    desk.now += timedelta(hours=1)
    desk.site.publish(
        "الكرملين ينفي مشاركة جنود كوريين شماليين في القتال في كورسك",
        "/denied",
        "نفى المتحدث باسم الكرملين أن يكون جنود من كوريا الشمالية يقاتلون إلى جانب القوات الروسية في كورسك.",
    )
    await desk.poll()
    assert await desk.read() == [("on", "new", "alerted")]
    kinds = [row[0] for row in desk.store.db.execute("select kind from alerts order by created")]
    assert kinds == ["new", "update"]
    [event] = desk.store.developments.listing(["troops"], 9)
    assert (event["reports"], event["updates"]) == (3, 1)


async def test_old_news_of_a_first_reading_silences_nothing(desk: Desk) -> None:
    desk.site.publish(ON, "/old")
    desk.site.dates["/old"] = "Thu, 15 Jan 2026 11:50:00 GMT"
    await desk.poll()
    assert await desk.read() == [("on", "new", "baseline")]
    desk.now += timedelta(hours=20)
    retell(desk, "/new")
    desk.site.dates["/new"] = "Mon, 02 Mar 2026 07:50:00 GMT"
    await desk.poll()
    assert await desk.read() == [("on", "new", "alerted")]


async def test_what_nobody_was_told_is_still_news(desk: Desk) -> None:
    """An article that the age gate keeps back brings a figure; the next one tells it."""
    await desk.baseline()
    desk.site.publish(ON, "/first")
    await desk.poll()
    await desk.read()
    told = "قال جهاز الاستخبارات في سيول إن 900 جندي من كوريا الشمالية قتلوا وهم يقاتلون إلى جانب القوات الروسية في كورسك."
    for path, date, expected in (
        ("/misdated", "Sun, 01 Feb 2026 11:50:00 GMT", "older than 48h by its own date"),
        ("/dated", "Sun, 01 Mar 2026 12:20:00 GMT", "alerted"),
    ):
        desk.now += timedelta(minutes=30)
        desk.site.publish(
            f"سيول: 900 قتيل من الجنود الكوريين الشماليين في كورسك {path}", path, told
        )
        desk.site.dates[path] = date
        await desk.poll()
        assert [outcome for _, _, outcome in await desk.read()] == [expected]


async def test_a_clock_that_was_ahead_swallows_nothing(desk: Desk) -> None:
    await desk.baseline()
    right = desk.now
    desk.now += timedelta(days=30)
    desk.site.publish(ON, "/ahead")
    desk.site.dates["/ahead"] = "Tue, 31 Mar 2026 11:50:00 GMT"
    await desk.poll()
    assert await desk.read() == [("on", "new", "alerted")]
    desk.now = right + timedelta(hours=1)
    retell(desk, "/later")
    await desk.poll()
    assert await desk.read() == [("on", "new", "alerted")]


async def test_a_source_that_comes_later_silences_nobody(desk: Desk) -> None:
    await desk.baseline()
    desk.site.publish("منتخب كوريا الشمالية يفوز في مباراة ودية", "/sport")
    await desk.poll()
    await desk.read()
    second = Source(name="second", url="https://gazette.example/feed", language="ar")
    desk.config = replace(desk.config, sources=(SOURCE, second))
    desk.build()
    desk.site.publish(ON, "/first")
    desk.now += timedelta(minutes=5)
    await desk.poll(second)
    assert {told for band, _, told in await desk.read() if band == "on"} == {"baseline"}
    desk.now += timedelta(minutes=5)
    retell(desk, "/again")
    await desk.poll(SOURCE)
    assert "alerted" in {told for band, _, told in await desk.read() if band == "on"}


async def test_an_outage_of_our_own_makes_no_page_a_headline(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.baseline()
    desk.site.publish(ON, "/first")
    await desk.poll()

    async def down(_: Client, url: str, **__: object) -> None:
        raise FetchError(url, "offline", "no route to anywhere")

    with monkeypatch.context() as patch:
        patch.setattr(Client, "get", down)
        for _ in range(20):
            assert await desk.read() == []
            desk.now += timedelta(minutes=2)
    assert await desk.read() == [("on", "new", "alerted")]
    [alert] = [json.loads(body) for (body,) in desk.store.db.execute("select body from messages")]
    assert alert["data"]["article"]["read"] == "full"


def published(at: datetime) -> str:
    return at.strftime("%a, %d %b %Y %H:%M:%S GMT")


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (timedelta(hours=12), "alerted"),
        (timedelta(days=-3), "older than 48h by its own date"),
    ],
)
async def test_what_came_out_while_nobody_could_see_it_is_news_however_long_that_was(
    desk: Desk, after: timedelta, told: str
) -> None:
    """The monitor was off, or the site not to be read: the age gate is against old articles."""
    await desk.baseline()
    desk.now += timedelta(days=5)
    desk.site.publish(ON, "/1")
    desk.site.dates["/1"] = published(START + after)
    await desk.poll()
    assert await desk.read() == [("on", "new", told)]


async def test_what_waited_for_its_page_when_the_machine_went_off_is_news(desk: Desk) -> None:
    await desk.baseline()
    desk.site.publish(ON, "/1")
    await desk.poll()
    desk.now += timedelta(days=5)
    desk.build()
    assert await desk.read() == [("on", "new", "alerted")]


async def test_what_is_older_than_copies_are_known_is_no_news_after_any_absence(desk: Desk) -> None:
    await desk.baseline()
    desk.now = START + timedelta(days=30)
    desk.site.publish(ON, "/1")
    desk.site.dates["/1"] = published(START + timedelta(days=10))
    await desk.poll()
    assert await desk.read() == [("on", "new", "older than 48h by its own date")]


@pytest.mark.parametrize(
    ("alive", "hours", "told"),
    [
        (True, 5, "held: while we were away"),
        (True, 1, "alerted"),
        (False, 5, "alerted"),  # `monitor poll` alone knows no absence
    ],
)
async def test_what_a_lost_network_kept_back_is_one_message(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, *, alive: bool, hours: int, told: str
) -> None:
    async def down(_: Client, url: str, **__: object) -> None:
        raise FetchError(url, "offline", "no route to anywhere")

    await desk.baseline()
    with monkeypatch.context() as patch:
        patch.setattr(Client, "get", down)
        for _ in range(hours * 4):
            desk.now += timedelta(minutes=15)
            if alive:
                with desk.store.transaction():
                    desk.store.bulletins.beat(desk.now)
            assert await desk.poll() == "offline"
    desk.site.publish(ON, "/1")
    desk.site.dates["/1"] = published(START + timedelta(minutes=30))
    desk.now += timedelta(minutes=1)
    await desk.poll()
    assert await desk.read() == [("on", "new", told)]
    woke = desk.store.bulletins.woke()
    assert woke == ((START, desk.now) if told.startswith("held") else None)


async def test_a_headline_that_is_never_closed_is_none(desk: Desk) -> None:
    """Of a site whose feed cuts its headlines; an h1 that holds the page would be a letter of a megabyte."""
    await desk.baseline()
    desk.site.publish(f"{ON} …", "/1")
    desk.site.pages["/1"] = page(f"{ON} {LEAD}" * 40, LEAD)
    await desk.poll()
    assert await desk.read() == [("on", "new", "alerted")]
    (article,) = desk.store.ledger.articles(story=None, bands=["on"], limit=9)
    assert article["title"] == f"{ON} …"
