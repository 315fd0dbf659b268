"""What a poll asks of the store: few statements, and none that goes through a whole table.

Counts and plans, not times: they are the same on a busy machine. Times are `make bench`'s.
"""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import pytest

from monitor.look.status import summary
from monitor.model import PollSettings
from monitor.workers import Workers
from tests.test_poll import OFF, Desk, Site

GROWING = (
    "entries",
    "articles",
    "addresses",
    "headlines",
    "fold_keys",
    "verdicts",
    "polls",
    "deliveries",
    "alerts",
    "members",
    "told",
)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    workers = Workers()
    yield Desk(Site(), workers)
    await workers.aclose()


@contextmanager
def statements(connection: sqlite3.Connection) -> Iterator[list[str]]:
    seen: list[str] = []
    connection.set_trace_callback(seen.append)
    try:
        yield seen
    finally:
        connection.set_trace_callback(None)


def scanned(connection: sqlite3.Connection, asked: list[str]) -> list[tuple[str, str]]:
    """The statements that go through a growing table, with the step of their plan that does."""
    found = []
    for statement in dict.fromkeys(asked):
        if not statement.lower().lstrip().startswith(("select", "update", "insert", "delete")):
            continue
        for row in connection.execute(f"explain query plan {statement}"):
            step = row[3]
            # A partial index holds few rows; it says so by its name.
            whole = step.startswith("SCAN") and step.split()[1] in GROWING and " USING " not in step
            if whole:
                found.append((" ".join(statement.split()), step))
    return found


def publish(desk: Desk, first: int, count: int) -> None:
    for number in range(first, first + count):
        desk.site.publish(f"{OFF} {number}", f"/{number}", f"نص {number}")


async def test_a_poll_goes_through_no_growing_table(desk: Desk) -> None:
    publish(desk, 0, 5)
    await desk.poll()
    publish(desk, 5, 5)
    connection = desk.store.db.conn
    with statements(connection) as asked:
        polled = await desk.poll()
        await desk.poll()
        desk.store.sources.due(desk.now, 10, {"gazette"})
        desk.store.health.overdue(desk.now)
        desk.store.outbox.claim("hook", desk.now, 1, PollSettings().deadline)
    assert polled == "new"
    assert len(asked) > 50
    assert scanned(connection, asked) == []


async def test_a_304_asks_little(desk: Desk) -> None:
    publish(desk, 0, 3)
    await desk.poll()
    with statements(desk.store.db.conn) as asked:
        polled = await desk.poll()
    assert polled == "not-modified"
    assert len(asked) <= 12, asked


async def test_what_an_entry_costs_does_not_grow_with_the_feed(desk: Desk) -> None:
    counts = []
    for first, count in ((0, 4), (4, 20)):
        publish(desk, first, count)
        with statements(desk.store.db.conn) as asked:
            await desk.poll()
        counts.append(len(asked) / count)
    assert counts[1] <= counts[0]
    assert counts[1] <= 14, "a row in each of six tables"


async def test_the_status_line_goes_through_no_deliveries(desk: Desk) -> None:
    """It is written every few seconds, and nearly all deliveries are over."""
    publish(desk, 0, 3)
    await desk.poll()
    with statements(desk.store.db.conn) as asked:
        said = summary(desk.store, desk.config, desk.now)
    steps = [
        step
        for statement in dict.fromkeys(asked)
        for (_, _, _, step) in desk.store.db.conn.execute(f"explain query plan {statement}")
    ]
    assert "0 alerts waiting" in said
    assert any("deliveries" in step for step in steps)
    assert [
        step for step in steps if step.startswith("SCAN d") and "deliveries_due" not in step
    ] == []
    assert scanned(desk.store.db.conn, asked) == []


async def test_nothing_is_found_by_its_story_or_channel_alone(desk: Desk) -> None:
    """A story has most of all verdicts, and a channel most deliveries; there are no figures to tell."""
    store = desk.store
    with statements(store.db.conn) as asked:
        store.outbox.claim("hook", desk.now, 1, PollSettings().deadline)
        store.bulletins.failing("hook")
        store.bulletins.stuck("hook", desk.now)
        store.bulletins.developments("hook", ["troops"], desk.now, 9)
        store.bulletins.articles(["troops"], "maybe", desk.now, 9)
        store.search.find("word", story="troops", since=None, limit=9, stories=["troops"])
        store.retention.drop(desk.now, desk.now, 9)
        store.developments.listing(["troops"], 9)
        store.developments.members("troops", 1)
        store.developments.texts("troops", 1, 1)
        store.desk.reports("troops", 1)
        store.records.reports("troops", 1)
        store.deliveries.of([1])
        store.deliveries.log(9)
    plans = [
        step
        for statement in dict.fromkeys(asked)
        if statement.startswith(("select", "with"))
        for (_, _, _, step) in store.db.conn.execute(f"explain query plan {statement}")
    ]
    assert len(plans) > 20
    assert [step for step in plans if step.endswith(("(story=?)", "(channel=?)"))] == []
    assert [step for step in plans if step.startswith(("SCAN m ", "SCAN v USING"))] == []
    assert scanned(store.db.conn, asked) == []
