"""Writes of many in one transaction: each whole or not there, and none told before the commit."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator

import pytest

from monitor.errors import StoreError
from monitor.store import together
from monitor.store.store import Store
from tests import blank


@pytest.fixture
def store(tmp_path, monkeypatch) -> Iterator[Store]:
    """One that gives up no turn for the time that others take of this machine."""
    monkeypatch.setattr(together, "_LONGEST", 180.0)
    opened = blank.at(tmp_path / "monitor.db")
    yield opened
    opened.close()


def note(store: Store, source: str) -> str:
    store.db.conn.execute(
        "insert into polls (source, first_at, last_at, outcome) values (?, '', '', 'new')", [source]
    )
    return source


def noted(store: Store) -> list[str]:
    """As another process sees it."""
    path = next(row[2] for row in store.db.conn.execute("pragma database_list"))
    with sqlite3.connect(path) as other:
        return [row[0] for row in other.execute("select source from polls order by id")]


@pytest.mark.usefixtures("frozen")
async def test_many_are_written_by_one_commit(store: Store) -> None:
    begun: list[str] = []
    store.db.conn.set_trace_callback(lambda said: begun.append(said) if "begin" in said else None)
    writes = [store.together.write(lambda n=n: note(store, f"s{n}")) for n in range(5)]
    assert await asyncio.gather(*writes) == ["s0", "s1", "s2", "s3", "s4"]
    assert noted(store) == ["s0", "s1", "s2", "s3", "s4"]
    assert len(begun) == 1


async def test_copies_of_pages_stay_in_memory_for_as_long_as_is_written(store: Store) -> None:
    def kept() -> int:
        (where,) = store.db.conn.execute("select * from pragma_temp_store").fetchone()
        return int(where)

    default, memory = 0, 2
    for _ in range(2):
        assert [kept(), await store.together.write(kept), kept()] == [default, memory, default]


async def test_one_that_fails_takes_back_its_own_and_no_others(store: Store) -> None:
    def defect() -> None:
        note(store, "half")
        raise ZeroDivisionError

    one, two, three = await asyncio.gather(
        store.together.write(lambda: note(store, "one")),
        store.together.write(defect),
        store.together.write(lambda: note(store, "three")),
        return_exceptions=True,
    )
    assert (one, three) == ("one", "three")
    assert isinstance(two, ZeroDivisionError)
    assert noted(store) == ["one", "three"]


async def test_only_beside_one_that_fails_is_each_apart_and_then_done_again(store: Store) -> None:
    said: list[str] = []
    store.db.conn.set_trace_callback(said.append)
    calls: list[str] = []

    def work(name: str) -> str:
        calls.append(name)
        if name == "bad":
            raise ZeroDivisionError
        return note(store, name)

    async def write(*names: str) -> list[str | BaseException]:
        said.clear()
        calls.clear()
        works = (store.together.write(lambda n=name: work(n)) for name in names)
        return await asyncio.gather(*works, return_exceptions=True)

    assert await write("one", "two") == ["one", "two"]
    assert (calls, sum("savepoint" in each for each in said)) == (["one", "two"], 0)
    found = await write("three", "bad", "four")
    assert [each if isinstance(each, str) else "" for each in found] == ["three", "", "four"]
    assert calls == ["three", "bad", "three", "bad", "four"]
    # Who had not been with it has no need of one.
    assert sum("savepoint" in each for each in said) == 2
    assert await write("five") == ["five"]
    assert sum("savepoint" in each for each in said) == 0
    assert noted(store) == ["one", "two", "three", "four", "five"]


async def all_hear_of_it(store: Store, failing: Callable[[], None]) -> None:
    """All that are written with what finds that the store cannot write, and the next is written."""
    found = await asyncio.gather(
        store.together.write(lambda: note(store, "one")),
        store.together.write(failing),
        store.together.write(lambda: note(store, "three")),
        return_exceptions=True,
    )
    assert all(isinstance(each, StoreError) for each in found)
    assert noted(store) == []
    assert await store.together.write(lambda: note(store, "later")) == "later"
    assert noted(store) == ["later"]


async def test_a_store_that_cannot_write_is_told_of_those_apart_as_well(store: Store) -> None:
    tries = 0

    def fails_otherwise() -> None:
        nonlocal tries
        tries += 1
        raise ZeroDivisionError if tries == 1 else sqlite3.OperationalError("disk is full")

    await all_hear_of_it(store, fails_otherwise)


@pytest.mark.usefixtures("frozen")
async def test_where_the_store_cannot_write_all_hear_of_it(store: Store) -> None:
    def full() -> None:
        raise sqlite3.OperationalError("database or disk is full")

    await all_hear_of_it(store, full)


@pytest.mark.usefixtures("frozen")
async def test_a_damaged_file_is_no_fault_of_the_poll_that_meets_it(store: Store) -> None:
    def torn() -> None:
        error = sqlite3.DatabaseError("database disk image is malformed")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error

    found = await asyncio.gather(
        store.together.write(lambda: note(store, "one")),
        store.together.write(torn),
        return_exceptions=True,
    )
    assert all(isinstance(each, StoreError) for each in found)
    assert "damaged" in str(found[1])
    assert noted(store) == []


async def test_nothing_is_said_to_be_written_before_the_commit(store: Store, monkeypatch) -> None:
    real = store.transaction
    order: list[str] = []

    class Watched:
        def __enter__(self) -> None:
            self.inner = real()
            self.inner.__enter__()

        def __exit__(self, *raised: object) -> bool | None:
            done = self.inner.__exit__(*raised)
            order.append("committed")
            return done

    monkeypatch.setattr(store, "transaction", Watched)
    await store.together.write(lambda: note(store, "one"))
    order.append("told")
    assert order == ["committed", "told"]


async def test_what_nobody_waits_for_any_more_is_not_written(store: Store) -> None:
    task = asyncio.create_task(store.together.write(lambda: note(store, "gone")))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await store.together.write(lambda: note(store, "next"))
    assert noted(store) == ["next"]


async def test_a_long_line_is_written_in_several_turns(store: Store) -> None:
    turns = 0

    async def turn() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    def slow(name: str) -> str:
        sum(range(400_000))
        return note(store, name)

    counting = asyncio.create_task(turn())
    commits: list[str] = []
    store.db.conn.set_trace_callback(
        lambda said: commits.append(said) if "commit" in said else None
    )
    await asyncio.gather(*(store.together.write(lambda n=n: slow(f"s{n}")) for n in range(30)))
    counting.cancel()
    assert len(noted(store)) == 30
    assert len(commits) > 1
