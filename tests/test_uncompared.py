"""What the headline rules out: stored whole, compared with nothing, and caught up with when asked for."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.cli import explain
from monitor.errors import StoreError
from monitor.identify.article import identify, outline, whole
from monitor.look.explained import explanation
from monitor.model import Entry, Source
from monitor.replay import Replay
from monitor.store.uncompared import _AT_ONCE, Ruled
from monitor.story.glance import Glanced, Glancer
from tests import blank
from tests.inline import Inline
from tests.test_poll import LEAD, MORE, OFF, ON, SOURCE, Desk, Site

OTHER = Source(name="herald", url="https://gazette.example/other", language="ar")
DATA = Path(__file__).parent / "data"
NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    workers = Inline()
    made = Desk(Site(), workers)
    made.config = replace(made.config, sources=(SOURCE, OTHER))
    made.build()
    await made.baseline()
    yield made
    await workers.aclose()
    made.store.close()


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """As if no story wanted anything yet: undo it, and one does."""

    glances = Glancer.glances

    def nothing(
        glancer: Glancer, entries: Sequence[Entry], language: str | None
    ) -> Iterator[Glanced]:
        for each in glances(glancer, entries, language):
            yield replace(each, wanted=False)

    monkeypatch.setattr(Glancer, "glances", nothing)
    return monkeypatch


def articles(desk: Desk) -> list[dict[str, Any]]:
    return list(desk.store.db.query("select * from printed order by id"))


# ---- the short way and the long one


texts = st.lists(
    st.sampled_from(
        (*ON.split(), *OFF.split(), "kursk", "Kursk", "ten", "10", "عشرة", "آلاف", ".", "\n\n", "…", "<b>x</b>", "gazette")
    ),
    max_size=90,
).map(" ".join)  # fmt: skip


@given(title=texts, summary=texts, outlet=st.sampled_from((None, "gazette", "Kursk")), language=st.sampled_from((None, "ar", "en-GB")))  # fmt: skip
def test_an_outline_made_whole_is_what_would_have_been_identified(
    title: str, summary: str, outlet: str | None, language: str | None
) -> None:
    entry = Entry(url="https://gazette.example/1?utm_source=x", title=title, guid="1", summary=summary, outlet=outlet, language=language)  # fmt: skip
    made = outline(SOURCE, entry, NOW)
    if made is None:
        assert not title.split()
        return
    assert whole(made) == identify(SOURCE, entry, None, NOW)


def test_and_so_it_is_for_the_articles_of_the_stream() -> None:
    rows = (DATA / "story-stream" / "twelve.jsonl").read_text("utf-8").splitlines()
    for row in map(json.loads, rows):
        for summary in (row["text"], row["title"], f"{row['title']}&nbsp; Outlet"):
            entry = Entry(url=row["url"], title=f"{row['title']} - Outlet", outlet="Outlet", summary=summary)  # fmt: skip
            made = outline(SOURCE, entry, NOW)
            assert made is not None
            assert whole(made) == identify(SOURCE, entry, None, NOW)


# ---- what is stored


async def test_what_the_headline_rules_out_is_stored_whole_and_compared_with_nothing(
    desk: Desk,
) -> None:
    desk.site.publish(OFF, "/again")
    await desk.poll()
    first, again = articles(desk)
    assert (first["relation"], again["relation"]) == ("uncompared", "uncompared")
    assert (again["title"], again["url"], again["published"]) == (OFF, "https://gazette.example/again", "2026-03-01T11:50:00.000Z")  # fmt: skip
    assert desk.store.articles.find("guid:gazette:/again")["id"] == again["id"]  # type: ignore[index]
    (verdict,) = desk.store.ledger.verdicts(again["id"])
    assert (verdict["band"], verdict["told"], verdict["entry_source"]) == ("off", "band off", "gazette")  # fmt: skip
    assert desk.store.entries.waiting() == 0
    assert desk.store.search.waiting() == 2
    keys = desk.store.db.conn.execute("select count(*) from fold_keys").fetchone()
    assert keys == (0,), "found by its headline alone"


async def test_explain_says_that_it_was_not_compared(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    found = explanation(desk.config, desk.store, "https://gazette.example/old")
    assert (found["relation"], found["why"]) == ("uncompared", "ruled out by its headline; not compared for copies")  # fmt: skip
    explain._say_explanation(desk.config, found)
    said = capsys.readouterr().out
    assert "ruled out by its headline; not compared for copies" in said
    assert "None" not in said


BATCHES = st.lists(
    st.lists(st.tuples(st.integers(0, 9), st.sets(st.integers(0, 12), min_size=1, max_size=2)), max_size=4),
    max_size=5,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(BATCHES)
def test_what_is_known_by_its_key_or_an_address_is_left(
    batches: list[list[tuple[int, set[int]]]],
) -> None:
    store, shown = blank.in_memory(), set[int]()
    known: dict[int, str] = {}
    try:
        for number, batch in enumerate(batches):
            keys, addresses, left = set(shown), set(known), set()
            for at, (key, own) in enumerate(batch):
                if key in keys or own & addresses:
                    left.add(str(key))
                else:
                    shown.add(key)
                    known |= dict.fromkeys(own, f"{number} {at}")
                keys.add(key)
                addresses |= own
            ruled = [(_ruled(f"{number} {at}", *each), True) for at, each in enumerate(batch)]
            with store.transaction():
                assert store.uncompared.add("gazette", ruled, "band off", NOW, None) == left
            rows = store.db.execute(
                "select d.key, a.title from addresses d left join articles a on a.id = d.article_id"
            )
            assert dict(rows) == known
    finally:
        store.close()


def _ruled(title: str, key: int, addresses: set[int]) -> Ruled:
    entry = Entry(url=f"https://gazette.example/{key}", title=title)
    article = outline(SOURCE, entry, NOW)
    assert article is not None
    return Ruled(str(key), entry, article, tuple(addresses), None, (), 0.0)


async def test_the_same_address_in_another_source_is_the_same_article(desk: Desk) -> None:
    assert await desk.poll(OTHER) == "not-found"
    desk.site.pages["/other"] = f"<rss version='2.0'><channel><title>G</title><item><title>{OFF}</title><link>https://gazette.example/old?utm_source=rss</link><guid>h-1</guid></item></channel></rss>"  # fmt: skip
    assert await desk.poll(OTHER) == "new"
    (article,) = articles(desk)
    assert article["relation"] == "new", "its second sighting has compared it"
    assert desk.store.articles.find("guid:herald:h-1")["id"] == article["id"]  # type: ignore[index]
    assert len(desk.store.ledger.verdicts(article["id"])) == 2
    assert desk.store.db["revisions"].count == 0, "nothing of it has changed"


async def test_two_entries_of_one_address_in_a_feed_are_one_article(desk: Desk) -> None:
    desk.site.pages["/other"] = "<rss version='2.0'><channel><title>G</title>{}</channel></rss>".format("".join(f"<item><title>{OFF} {n}</title><link>https://gazette.example/x{n}</link><guid>one</guid></item>" for n in (1, 2)))  # fmt: skip
    assert await desk.poll(OTHER) == "new"
    assert len(articles(desk)) == 2, "/old, and what has two addresses under one guid"
    assert desk.store.db["entries"].count == 3


# ---- what asks for it


async def test_a_headline_that_no_longer_rules_it_out_brings_it_back(desk: Desk) -> None:
    desk.site.feed[0] = (ON, "/old")
    desk.site.pages["/old"] = f"<html lang='ar'><body><article><h1>{ON}</h1><p>{LEAD}</p><p>{MORE}</p></article></body></html>"  # fmt: skip
    assert await desk.poll() == "new"
    assert await desk.read() == [("on", "revision", "alerted")]
    (article,) = articles(desk)
    assert (article["title"], article["relation"], article["kind"]) == (ON, "new", "full")
    assert [row["title"] for row in desk.store.db["revisions"].rows] == [OFF]


async def patiently(desk: Desk) -> list[tuple[str, str, str]]:
    """What is read in an hour."""
    found = []
    for _ in range(6):
        found += await desk.read()
        desk.now += desk.config.poll.patience
    return found


async def test_a_summary_that_no_longer_rules_it_out_brings_it_back_once(desk: Desk) -> None:
    """Under the headline that it had; told once, whatever its summary says afterwards."""
    desk.site.pages["/old"] = f"<html lang='ar'><body><article><h1>{OFF}</h1><p>{LEAD}</p><p>{MORE}</p></article></body></html>"  # fmt: skip
    desk.site.summaries["/old"] = "في الأسواق اليوم."
    assert await desk.poll() == "same"
    desk.site.summaries["/old"] = LEAD
    assert await desk.poll() == "new"
    assert await desk.read() == [("on", "revision", "alerted")]
    (article,) = articles(desk)
    assert (article["title"], article["relation"], article["kind"]) == (OFF, "new", "full")
    for summary in (f"{LEAD} محدّث.", "في الأسواق اليوم.", MORE, LEAD):
        desk.site.summaries["/old"] = summary
        assert await desk.poll() == "same"
        desk.build()  # what the poller remembers is gone with the process
    assert await patiently(desk) == []
    assert desk.queued == 1
    assert desk.store.entries.waiting() == 0


async def test_a_summary_that_changed_while_nobody_polled_is_seen_as_well(desk: Desk) -> None:
    desk.build()
    desk.site.summaries["/old"] = ON
    desk.site.pages["/old"] = 403
    assert await desk.poll() == "new"
    desk.site.summaries["/old"] = f"{ON}، وفق سيول"
    await desk.poll()
    found = await patiently(desk)
    assert [(band, relation) for band, relation, _ in found] == [("maybe", "revision")], (
        "judged once, by what there is"
    )


async def test_a_summary_of_what_another_source_was_told_of_is_not_told_again(desk: Desk) -> None:
    shown = "<rss version='2.0'><channel><title>G</title>{}</channel></rss>".format
    item = "<item><title>{}</title><link>https://gazette.example/{}</link></item>".format
    desk.site.pages["/other"] = shown(item(f"{OFF} مجددا", "again"))
    assert await desk.poll(OTHER) == "new"
    desk.site.pages["/other"] = shown(item(ON, "old"))
    desk.site.pages["/old"] = f"<html lang='ar'><body><article><h1>{ON}</h1><p>{LEAD}</p><p>{MORE}</p></article></body></html>"  # fmt: skip
    assert await desk.poll(OTHER) == "new"
    assert [told for _, _, told in await desk.read()] == ["alerted"]
    desk.site.summaries["/old"] = LEAD
    assert await desk.poll() == "same", "its page was read for the other source"
    assert await patiently(desk) == []
    assert desk.queued == 1


@pytest.mark.parametrize(("count", "floods"), [(4, 0), (5, 1)])
async def test_a_feed_that_begins_to_show_summaries_is_a_flood(
    desk: Desk, count: int, floods: int
) -> None:
    """What is old there is judged as ever, and told in one summary."""
    for number in range(count):
        desk.site.publish(f"{OFF} {number}", f"/{number}")
    await desk.poll()
    assert await desk.read() == []
    desk.now += timedelta(minutes=15)
    desk.site.summaries = {f"/{number}": LEAD for number in range(count)}
    assert await desk.poll() == "new"
    assert len(desk.store.health.floods()) == floods
    told = [told for band, _, told in await desk.read() if band == "on"]
    assert len(told) == count
    assert sum(each == "alerted" for each in told) == (0 if floods else 1)
    assert desk.queued == (0 if floods else 1)


async def test_an_edge_that_moved_brings_nothing_back(
    desk: Desk, blind: pytest.MonkeyPatch
) -> None:
    """Its summary says what it said: a label or an edit tells nobody of old articles."""
    desk.site.publish(OFF, "/1")
    desk.site.summaries["/1"] = LEAD
    assert await desk.poll() == "new"
    blind.undo()
    desk.build()
    desk.site.publish(f"{OFF} مجددا", "/2")
    assert await desk.poll() == "new"
    assert await patiently(desk) == []
    assert desk.queued == 0


async def test_a_copy_of_what_was_ruled_out_is_told_and_folded(
    desk: Desk, blind: pytest.MonkeyPatch
) -> None:
    """Nobody was told of the first printing: the story did not want it then."""
    desk.site.publish(ON, "/1")
    await desk.poll()
    assert await desk.read() == []
    blind.undo()
    desk.site.publish(ON.replace("إلى", "الى"), "/2")
    desk.site.pages["/2"] = 404
    await desk.poll()
    found = []
    for _ in range(6):
        found += await desk.read()
        desk.now += desk.config.poll.patience
    assert found == [("on", "copy", "alerted")]
    _, first, second = articles(desk)
    assert (first["relation"], first["original_id"]) == ("new", None)
    assert first["title_print"], "identified in full now"
    assert (second["relation"], second["original_id"]) == ("copy", first["id"])
    assert desk.queued == 1


async def test_what_catches_up_is_folded_into_what_came_before_it(
    desk: Desk, blind: pytest.MonkeyPatch
) -> None:
    for number in (1, 2):
        desk.site.publish(ON, f"/{number}")
        await desk.poll()
    blind.undo()
    desk.site.publish(ON, "/3")
    desk.site.pages["/3"] = 403
    await desk.poll()
    for _ in range(6):
        await desk.read()
        desk.now += desk.config.poll.patience
    _, first, second, third = articles(desk)
    assert [each["original_id"] for each in (first, second, third)] == [None, first["id"], first["id"]]  # fmt: skip
    assert second["relation"] == "copy"


async def test_what_says_more_or_less_under_one_headline_is_compared(
    desk: Desk, blind: pytest.MonkeyPatch
) -> None:
    """Of one text an outlet shows the whole, another a summary, a third nothing."""
    desk.site.publish(ON, "/1", f"{LEAD} {MORE}")
    desk.site.publish(f"{ON} أمس", "/2", LEAD)
    desk.site.publish(ON.upper().replace(" ", "  "), "/3")
    await desk.poll()
    blind.undo()
    desk.site.publish(ON, "/4", LEAD)
    desk.site.pages["/4"] = 403
    await desk.poll()
    await patiently(desk)
    _, whole_, other, bare, last = articles(desk)
    assert [each["relation"] for each in (whole_, other, bare, last)] == ["new", "uncompared", "copy", "copy"]  # fmt: skip
    assert (bare["original_id"], last["original_id"]) == (whole_["id"], whole_["id"])


async def test_of_many_under_one_headline_the_first_are_compared(
    desk: Desk, blind: pytest.MonkeyPatch
) -> None:
    for number in range(_AT_ONCE + 3):
        desk.site.publish(ON, f"/{number}", f"{LEAD} {number}")
    desk.site.feed.reverse()
    await desk.poll()
    blind.undo()
    desk.site.publish(ON, "/last")
    desk.site.pages["/last"] = 403
    await desk.poll()
    await patiently(desk)
    compared = [each["relation"] != "uncompared" for each in articles(desk)[1:-1]]
    assert compared == [True] * _AT_ONCE + [False] * 3


async def test_what_is_older_than_copies_are_folded_stays_as_it_is(
    desk: Desk, blind: pytest.MonkeyPatch
) -> None:
    desk.site.publish(ON, "/1")
    await desk.poll()
    blind.undo()
    desk.now += desk.config.fold_window + timedelta(hours=1)
    desk.site.publish(ON, "/2")
    desk.site.pages["/2"] = 403
    await desk.poll()
    for _ in range(6):
        await desk.read()
        desk.now += desk.config.poll.patience
    assert [each["relation"] for each in articles(desk)[1:]] == ["uncompared", "new"]


async def test_a_copy_under_a_headline_that_hides_it_is_not_counted(desk: Desk) -> None:
    """The price: before, it was one more printing of a text that was told."""
    desk.site.publish(ON, "/1")
    await desk.poll()
    assert await desk.read() == [("on", "new", "alerted")]
    desk.site.publish(OFF, "/2", LEAD)
    await desk.poll()
    assert await desk.read() == []
    on, hidden = articles(desk)[1:]
    assert (hidden["relation"], hidden["original_id"]) == ("uncompared", None)
    assert desk.store.articles.copies(on["id"]) == 0


async def test_a_replay_compares_what_a_story_has_come_to_want(
    desk: Desk, blind: pytest.MonkeyPatch
) -> None:
    for number in (1, 2):
        desk.site.publish(ON, f"/{number}")
        await desk.poll()
    (profile,) = desk.poller._parts.profiles.values()
    replay = Replay(profile, desk.config.channels)
    seen = [replay.see(past) for batch in desk.store.history.articles("troops", None) for past in batch]  # fmt: skip
    assert [each.band for each in seen] == ["off", "on", "on"]
    assert [each.relation for each in seen[1:]] == ["new", "copy"]
    assert [each.alerted for each in seen] == [False, True, False]


# ---- what comes in between


async def test_a_death_between_two_statements_leaves_the_feed_to_be_read_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        desk.site.publish(f"{OFF} {number}", f"/{number}")
    before = list(desk.store.db.conn.iterdump())

    def torn(*_: Any, **__: Any) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as patch:
        patch.setattr("monitor.store.ledger.Ledger.poll", torn)
        with pytest.raises(StoreError):
            await desk.poll()
    assert list(desk.store.db.conn.iterdump()) == before
    assert await desk.poll() == "new"
    assert len(articles(desk)) == 4


async def test_an_entry_that_another_process_has_stored_meanwhile_is_no_error(desk: Desk) -> None:
    desk.site.publish(f"{OFF} 1", "/1")
    seen = desk.store.entries.seen
    desk.store.entries.seen = lambda source, keys: {}  # type: ignore[method-assign]
    assert await desk.poll() == "new"
    desk.store.entries.seen = seen  # type: ignore[method-assign]
    assert len(articles(desk)) == 2
    assert desk.store.db["entries"].count == 2
