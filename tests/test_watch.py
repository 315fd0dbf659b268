"""`watch`: looks over a store in memory, the clock in hand; what the channels get is counted."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.errors import StoreError
from monitor.identify.article import identify
from monitor.look.status import sources, summary
from monitor.model import Channel, Config, Entry, Match, PollSettings, Source, Story
from monitor.parts import Parts
from monitor.settle import Settler
from monitor.store.care import Loaded
from monitor.store.entries import Provenance
from monitor.store.sources import Memory
from monitor.watch import Looked, Watch
from tests import blank

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
GOOD = {"new", "same", "unchanged", "not-modified"}
NAMES = ("aawsat", "gazette", "yonhap", "ilkha")


class Desk:
    """A monitor whose polls are told to it."""

    def __init__(self, names: tuple[str, ...] = NAMES, **channel: Any) -> None:
        self.now = START
        hook = {"name": "hook", "kind": "webhook", "url": "https://hook.example/x", **channel}
        self.config = Config(
            path=Path("sources.yaml"),
            contact=None,
            database=Path("monitor.db"),
            poll=PollSettings(),
            fold_window=timedelta(days=14),
            stories=(Story(name="troops", title="Troops", seeds=Path("seeds")),),
            channels=(Channel(**hook),),
            sources=tuple(Source(name=n, url=f"https://{n}.example/feed") for n in names),
        )
        self.store = blank.in_memory()
        with self.store.transaction():
            self.store.sources.declare(self.config.sources, self.now)
        self.watch = self.watching()

    def watching(self) -> Watch:
        unused: Any = None
        return Watch(
            Parts(
                config=self.config,
                profiles={},
                store=self.store,
                client=unused,
                workers=unused,
                clock=lambda: self.now,
            )
        )

    def poll(self, source: str, outcome: str, entries: int = 0, fresh: int = 0) -> None:
        detail = None if outcome in GOOD else f"it said {outcome}"
        with self.store.transaction():
            self.store.ledger.poll(
                source, now=self.now, outcome=outcome, detail=detail, entries=entries, fresh=fresh
            )
            if outcome in GOOD:
                self.store.sources.answered(
                    source, now=self.now, next_poll=self.now, memory=Memory()
                )
            elif outcome != "offline":
                self.store.sources.failed(
                    source, now=self.now, next_poll=self.now, failure=outcome, detail=detail or ""
                )

    async def turn(self, minutes: float = 15, **outcomes: str) -> Looked:
        """Let time pass, poll every source (unchanged where no outcome is named) and look."""
        self.now += timedelta(minutes=minutes)
        for each in self.config.sources:
            self.poll(each.name, outcomes.get(each.name, "unchanged"))
        return await self.watch.look()

    async def turns(self, count: int, **outcomes: str) -> None:
        for _ in range(count):
            await self.turn(**outcomes)

    def messages(self) -> list[dict[str, Any]]:
        rows = self.store.db.conn.execute("select body from messages order by id")
        return [json.loads(body) for (body,) in rows]

    def told(self) -> list[tuple[str, list[tuple[str | None, str]]]]:
        """The kind of each message, with its subjects and states."""
        return [
            (
                body["type"],
                [
                    (each["name"], "well" if each["ended"] else each["state"])
                    for each in body["data"]["episodes"]
                ],
            )
            for body in self.messages()
        ]


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_a_trouble_is_told_once_and_so_is_its_end(desk: Desk) -> None:
    await desk.turns(3, aawsat="blocked")
    assert desk.told() == []
    await desk.turns(60, aawsat="blocked")
    assert desk.told() == [("notice.trouble", [("aawsat", "blocked")])]
    await desk.turns(60)
    assert desk.told()[1:] == [("notice.recovery", [("aawsat", "well")])]
    (first, second) = desk.messages()
    assert first["data"]["sources"] == {"watched": 4, "broken": ["aawsat"]}
    assert first["data"]["episodes"][0]["detail"] == "it said blocked"
    assert second["data"]["sources"]["broken"] == []


async def test_a_passing_fault_is_not_told(desk: Desk) -> None:
    for _ in range(20):
        await desk.turn(aawsat="timeout")
        await desk.turn(aawsat="timeout")
        await desk.turn()
    assert desk.told() == []
    assert desk.store.health.episodes(5) == []


async def test_many_that_fail_are_one_message_and_most_is_said(desk: Desk) -> None:
    await desk.turns(12, aawsat="timeout", gazette="tls", yonhap="server-error")
    assert [kind for kind, _ in desk.told()] == ["notice.summary"]
    assert sorted(desk.told()[0][1], key=str) == [
        ("aawsat", "failing"),
        ("gazette", "failing"),
        ("yonhap", "failing"),
        (None, "broken"),
    ]


async def test_a_source_that_comes_and_goes_is_told_once_a_day(desk: Desk) -> None:
    for _ in range(16):  # two days
        await desk.turns(6, aawsat="blocked")
        await desk.turns(6)
    kinds = [kind for kind, _ in desk.told()]
    assert kinds.count("notice.trouble") == 2
    assert kinds.count("notice.recovery") <= 2
    assert len(kinds) <= 4


async def test_gone_is_told_though_it_is_never_polled_again(desk: Desk) -> None:
    desk.poll("aawsat", "gone")  # and the process died before it looked
    desk.watch = desk.watching()
    for _ in range(5):
        desk.now += timedelta(minutes=5)
        await desk.watch.look()
    assert desk.told() == [("notice.trouble", [("aawsat", "gone")])]


async def test_while_our_network_is_down_nothing_is_begun(desk: Desk) -> None:
    await desk.turn()
    # One fails in its own words; the others know better.
    await desk.turns(20, **{**dict.fromkeys(NAMES, "offline"), "aawsat": "unreachable"})
    assert {each.state for each in desk.store.health.open()} == {"offline"}
    assert {each.state for each in sources(desk.store, desk.config)} == {"offline"}
    assert summary(desk.store, desk.config, desk.now).startswith("our own network is down")
    assert desk.told() == []
    await desk.turns(3)
    assert desk.told() == [("notice.recovery", [(None, "well")])]
    (only,) = desk.messages()[0]["data"]["episodes"]
    assert (only["state"], only["ended"] > only["began"]) == ("offline", True)
    assert desk.store.health.open() == []


async def test_a_network_lost_for_long_is_told_once_and_silence_is_judged_again(
    desk: Desk,
) -> None:
    for number in range(4):
        article(desk, number)
        await desk.turn(minutes=300)
    alerts = len(desk.messages())
    for _ in range(24 * 10):
        await desk.turn(minutes=60, **dict.fromkeys(NAMES, "offline"))
    notices = [
        (body["type"], [(each["name"], each["state"]) for each in body["data"]["episodes"]])
        for body in desk.messages()[alerts:]
    ]
    assert notices == [
        ("notice.trouble", [(None, "offline")]),
        ("notice.silence", [("troops", "silent")]),
    ]
    for body in desk.messages()[alerts:]:
        assert body["data"]["sources"] == {"watched": 4, "broken": sorted(NAMES)}
    await desk.turns(3)
    (back,) = desk.messages()[alerts + 2 :]
    assert back["type"] == "notice.recovery"
    assert back["data"]["sources"]["broken"] == []
    assert desk.store.health.open() == []


async def test_some_sites_out_of_reach_while_others_answer_are_told_as_their_own() -> None:
    desk = Desk((*NAMES, "near"))
    for _ in range(7 * 12):
        for _ in range(4):  # what found no way is asked each minute
            desk.now += timedelta(minutes=1)
            for name in NAMES:
                desk.poll(name, "offline")
            await desk.watch.look()
        desk.now += timedelta(minutes=1)
        desk.poll("near", "unchanged")
        await desk.watch.look()
    (only,) = desk.told()
    assert only[0] == "notice.summary"
    assert sorted(only[1], key=str) == sorted(
        [*((name, "failing") for name in NAMES), (None, "broken")], key=str
    )
    assert desk.messages()[0]["data"]["sources"] == {"watched": 5, "broken": sorted(NAMES)}


async def test_a_transaction_that_fails_leaves_all_to_be_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.turns(3, aawsat="blocked")

    def full(*_: object) -> None:
        raise StoreError("no room")

    with monkeypatch.context() as broken:
        broken.setattr(desk.store.health, "told", full)
        with pytest.raises(StoreError, match="no room"):
            await desk.turn(aawsat="blocked", gazette="gone")
    assert desk.told() == []
    assert [each.source for each in desk.store.health.open()] == ["aawsat"]
    await desk.watch.look()  # nothing was polled since, and nothing is lost
    assert {each.source for each in desk.store.health.open()} == {"aawsat", "gazette"}
    assert desk.told() == [("notice.summary", [("aawsat", "blocked"), ("gazette", "gone")])]


async def test_two_that_look_at_once_tell_once(desk: Desk) -> None:
    other = desk.watching()
    for _ in range(12):
        await desk.turn(aawsat="blocked")
        await other.look()
    desk.watch = desk.watching()  # a restart remembers what was told
    await desk.turns(12, aawsat="blocked")
    assert desk.told() == [("notice.trouble", [("aawsat", "blocked")])]


async def test_a_look_finds_what_another_wrote_meanwhile(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = desk.watching()
    judged = desk.watch._found

    async def found(*given: Any, **named: Any) -> Any:
        result = await judged(*given, **named)
        await other.look()
        return result

    monkeypatch.setattr(desk.watch, "_found", found)
    await desk.turns(8, aawsat="blocked")
    await desk.turns(8)
    assert [kind for kind, _ in desk.told()] == ["notice.trouble", "notice.recovery"]
    assert len(desk.store.health.episodes(9)) == 1


async def test_a_start_by_a_former_configuration_is_told_once_until_it_is_mended(
    desk: Desk,
) -> None:
    def begins(wrong: str | None) -> None:
        with desk.store.transaction():
            noted = Loaded(path="/etc/sources.yaml", at=desk.now, stand={}, wrong=wrong)
            desk.store.care.note_loaded(noted)

    for _ in range(3):  # a reboot, and the daemon is started again and again
        begins("sources.yaml:7:3: a tab\nsources.yaml:9:1: unknown key")
        desk.watch = desk.watching()
        await desk.turns(20)
    assert desk.told() == [("notice.trouble", [(None, "former")])]
    (said,) = desk.messages()[0]["data"]["episodes"]
    assert said["detail"] == "sources.yaml:7:3: a tab (+ 1)"
    assert "monitor reload" in said["advice"]
    begins(None)
    await desk.turns(20)
    assert desk.told()[1:] == [("notice.recovery", [(None, "well")])]


async def test_that_no_source_is_visited_is_told_and_none_counts_as_well(desk: Desk) -> None:
    """A full disk, say: nothing fails, for nothing is asked."""
    await desk.turns(8)
    for _ in range(17):
        desk.now += timedelta(minutes=5)
        await desk.watch.look()
    assert desk.told() == [("notice.trouble", [(None, "unpolled")])]
    desk.now += timedelta(hours=3)  # the machine sleeps, and wakes to as full a disk
    for _ in range(4):
        await desk.watch.look()
        desk.now += timedelta(minutes=5)
    (said,) = desk.messages()
    assert said["data"]["sources"] == {"watched": 4, "broken": sorted(NAMES)}
    for _ in range(24):
        await desk.turn(minutes=5)
    assert desk.told()[1:] == [("notice.recovery", [(None, "well")])]


@pytest.mark.parametrize("restarted", [True, False])
async def test_a_return_is_no_time_without_visits(desk: Desk, *, restarted: bool) -> None:
    """The first look after an absence comes before the first poll."""
    await desk.turns(8)
    desk.now += timedelta(hours=20)
    if restarted:
        desk.watch = desk.watching()
    await desk.watch.look()
    await desk.turns(8, aawsat="same")
    assert desk.store.health.episodes(9) == []


async def test_sources_that_are_not_due_are_not_missed(desk: Desk) -> None:
    await desk.turns(8)
    later = (desk.now + timedelta(hours=12)).isoformat()
    desk.store.db.execute("update sources set next_poll = ?", [later])
    for _ in range(40):
        desk.now += timedelta(minutes=5)
        await desk.watch.look()
    assert desk.told() == []


async def test_a_source_taken_out_of_the_file_ends_without_a_word(desk: Desk) -> None:
    await desk.turns(8, aawsat="blocked")
    desk.config = replace(desk.config, sources=desk.config.sources[1:])
    desk.watch = desk.watching()
    await desk.turns(8)
    assert desk.store.health.open() == []
    assert len(desk.told()) == 1


async def test_channels_without_notices_get_none() -> None:
    desk = Desk(notices=False)
    await desk.turns(12, aawsat="blocked")
    assert desk.told() == []
    assert [each.told_at is None for each in desk.store.health.open()] == [False]


async def test_a_list_that_lost_its_links_is_misread(desk: Desk) -> None:
    for turn in range(12):
        desk.now += timedelta(minutes=15)
        desk.poll("aawsat", "new", entries=30 + turn % 3, fresh=2)
        await desk.watch.look()
    for _ in range(6):
        desk.now += timedelta(minutes=15)
        desk.poll("aawsat", "same", entries=4)
        await desk.watch.look()
    assert desk.told() == [("notice.trouble", [("aawsat", "misread")])]
    (status, *_) = sources(desk.store, desk.config)
    assert (status.state, status.failure) == ("misread", None)
    assert "it shows 4 entries where 31 are usual" in status.sentence
    for _ in range(6):
        desk.now += timedelta(minutes=15)
        desk.poll("aawsat", "new", entries=30, fresh=3)
        await desk.watch.look()
    assert desk.told()[1:] == [("notice.recovery", [("aawsat", "well")])]


async def test_a_quiet_source_is_told_and_speaks_again() -> None:
    desk = Desk(("weekly",))
    desk.config = replace(desk.config, stories=())
    desk.watch = desk.watching()
    for day in range(60):
        desk.now += timedelta(days=1)
        desk.poll("weekly", "new" if day % 7 == 0 else "unchanged", entries=9, fresh=day % 7 == 0)
        await desk.watch.look()
    assert desk.told() == []
    for _ in range(20):
        await desk.turn(minutes=24 * 60)
    assert desk.told() == [("notice.trouble", [("weekly", "quiet")])]
    assert summary(desk.store, desk.config, desk.now).startswith("0 of 1 sources ok, 1 quiet")
    desk.poll("weekly", "new", entries=9, fresh=1)
    await desk.watch.look()
    await desk.turn()
    assert desk.told()[1:] == [("notice.recovery", [("weekly", "well")])]


# ---- stories

PROVENANCE = Provenance(
    url="https://gazette.example/feed",
    final_url="https://gazette.example/feed",
    fetched_at=START,
    status=200,
    headers=(),
    redirects=(),
    sha256="ab" * 32,
)


def article(desk: Desk, number: int, *, flood: int | None = None, baseline: bool = False) -> str:
    """Settle an article on the story, as `read` does; what became of it."""
    titles = ("Miners reach the border", "Bridge opens in spring", "Choir sings for guests")
    entry = Entry(
        url=f"https://gazette.example/{number}",
        title=f"{titles[number % 3]} {number * 37}",
        guid=str(number),
        published=desk.now,
    )
    match = Match(
        story="troops", score=0.8, threshold=0.5, band="on", reasons=(), rule="r", profile="p"
    )
    with desk.store.transaction():
        entry_id = desk.store.entries.add(
            "gazette",
            str(number),
            entry,
            now=desk.now,
            baseline=baseline,
            headline_score=0.8,
            provenance=PROVENANCE,
            flood=flood,
        )
        settled = Settler(desk.config, desk.store, lambda: desk.now).settle(
            entry_id,
            identify(desk.config.sources[1], entry, None, desk.now),
            [match],
            baseline=baseline,
            flood=flood,
        )
        desk.store.entries.settle(entry_id, settled.article_id, None)
    return settled.told[0]


async def test_a_story_that_falls_silent_is_told_with_how_the_sources_fare(desk: Desk) -> None:
    for number in range(4):
        article(desk, number)
        await desk.turn(minutes=300)
    for _ in range(30):
        await desk.turn(minutes=300)
    notices = [body for body in desk.messages() if body["type"].startswith("notice")]
    (only,) = notices
    assert only["type"] == "notice.silence"
    assert only["data"]["episodes"][0]["name"] == "troops"
    assert only["data"]["sources"] == {"watched": 4, "broken": []}
    article(desk, 9)
    await desk.turn()
    assert desk.store.health.open() == []
    assert len(desk.messages()) == 4 + 1 + 1  # four alerts, the silence, the alert that ends it


async def test_a_machine_that_slept_takes_no_story_for_silent(desk: Desk) -> None:
    for number in range(4):
        article(desk, number)
        await desk.turn(minutes=300)
    before = len(desk.messages())
    desk.now += timedelta(days=9)
    desk.watch = desk.watching()
    await desk.turns(8)
    kinds = [
        (body["type"], [each["state"] for each in body["data"]["episodes"]])
        for body in desk.messages()[before:]
    ]
    assert kinds == [("notice.recovery", ["asleep"])]


# ---- floods


def begin(desk: Desk) -> int:
    with desk.store.transaction():
        return desk.store.health.begin_flood("gazette", "9 of 10 came again", desk.now)


async def test_what_a_flood_brings_is_told_in_one_summary(desk: Desk) -> None:
    flood = begin(desk)
    assert begin(desk) == flood  # killed, and polled again
    assert {article(desk, n, flood=flood) for n in range(3)} == {"held for a summary"}
    await desk.watch.look()
    assert desk.messages() == []
    for _ in range(4):
        await desk.turn(minutes=2)
    (only,) = desk.messages()
    assert only["type"] == "notice.flood"
    assert only["data"]["flood"]["story"]["name"] == "troops"
    assert len(only["data"]["flood"]["articles"]) == 3
    held = desk.store.db.conn.execute("select original_id from held").fetchall()
    for (original,) in held:
        (delivery,) = desk.store.deliveries.of([original])
        assert delivery["alert"] == only["data"]["id"]
    assert [row["kind"] for row in desk.store.deliveries.log(5)] == ["notice.flood"]


async def test_a_pending_page_holds_the_summary_for_half_an_hour(desk: Desk) -> None:
    flood = begin(desk)
    article(desk, 1, flood=flood)
    with desk.store.transaction():
        desk.store.entries.add(
            "gazette",
            "late",
            Entry(url="https://gazette.example/late", title="Late"),
            now=desk.now,
            baseline=False,
            headline_score=0.5,
            provenance=PROVENANCE,
            flood=flood,
        )
    await desk.turn(minutes=29)
    assert desk.messages() == []
    await desk.turn(minutes=1)
    assert len(desk.messages()) == 1
    article(desk, 2, flood=flood)  # read after the summary: it waits for the rest, too
    await desk.turn(minutes=29)
    assert len(desk.messages()) == 1
    await desk.turn(minutes=1)
    assert [len(body["data"]["flood"]["articles"]) for body in desk.messages()] == [1, 1]


async def test_a_site_that_floods_at_every_poll_is_told_once_a_day(desk: Desk) -> None:
    first = begin(desk)
    for turn in range(4 * 12):  # twelve hours
        assert begin(desk) == first
        if turn == 20:
            article(desk, 1, flood=first)
        await desk.turn(minutes=15)
    bodies = [body["data"]["flood"]["articles"] for body in desk.messages()]
    assert [len(articles) for articles in bodies] == [0, 1], "the article is told all the same"
    await desk.turn(minutes=25 * 60)
    assert begin(desk) != first


async def test_a_flood_without_the_story_is_a_notice_only() -> None:
    for notices, messages in ((True, 1), (False, 0)):
        desk = Desk(notices=notices)
        begin(desk)
        for _ in range(3):
            await desk.turn(minutes=2)
        assert len(desk.messages()) == messages
        assert desk.store.health.floods() == []


async def test_a_channel_without_notices_gets_what_was_held_for_it() -> None:
    desk = Desk(notices=False)
    article(desk, 1, flood=begin(desk))
    await desk.turn(minutes=2)
    assert [body["type"] for body in desk.messages()] == ["notice.flood"]


async def test_a_baseline_in_a_flood_stays_silent(desk: Desk) -> None:
    assert article(desk, 1, flood=begin(desk), baseline=True) == "baseline"
    assert desk.store.held.of_flood(1) == {}
