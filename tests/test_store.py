"""The store, over a real SQLite file."""

import gzip
import hashlib
import os
import random
import sqlite3
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.errors import StoreError
from monitor.health import fell
from monitor.model import (
    Alert,
    Article,
    Delivery,
    Entry,
    Fingerprint,
    Fold,
    Match,
    Message,
    Receipt,
    Relation,
    Source,
    Story,
    Validators,
)
from monitor.store import stories
from monitor.store.developments import Membership
from monitor.store.entries import Provenance
from monitor.store.headlines import headline
from monitor.store.lock import holder, lock, process
from monitor.store.rows import moment, stamp
from monitor.store.sources import Memory, Sheet
from monitor.store.store import Store, full
from tests import blank

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
SOURCE = Source(name="gazette", url="https://gazette.example/feed")
PROVENANCE = Provenance(
    url="https://gazette.example/feed",
    final_url="https://gazette.example/feed",
    fetched_at=NOW,
    status=200,
    headers=(("content-type", "application/rss+xml"), ("x-name", "قيمة")),
    redirects=(),
    sha256="ab" * 32,
)


@pytest.fixture
def store(tmp_path: Path):
    opened = blank.at(tmp_path / "monitor.db")
    yield opened
    opened.close()


def article(number: int = 1, **more: object) -> Article:
    fields: dict[str, object] = {
        "url": f"https://gazette.example/{number}",
        "link": f"https://gazette.example/{number}?utm_source=rss",
        "addresses": (f"https://gazette.example/{number}", f"guid:gazette:{number}"),
        "source": "gazette",
        "outlet": "Gazette",
        "title": f"Title {number}",
        "text": f"Text {number}",
        "kind": "full",
        "language": "en",
        "author": None,
        "published": NOW,
        "updated": None,
        "first_seen": NOW,
        "fingerprint": Fingerprint(
            exact=f"{number:032x}", title=f"{number:032x}", sketch=(1, 2, 2**32 - 1), words=80
        ),
    }
    return Article(**{**fields, **more})  # type: ignore[arg-type]


def match(band: str = "on") -> Match:
    return Match(
        story="s",
        score=0.8,
        threshold=0.5,
        band=band,
        reasons=(),
        rule="r",
        profile="p",  # type: ignore[arg-type]
    )


def queue(store: Store, channels: tuple[str, ...] = ("mail",), number: int = 1) -> str:
    """An alert with one delivery a channel, as the settler writes it."""
    alert = Alert(
        id=f"alert{number}",
        story=Story(name="s", title="S", seeds=Path("seeds")),
        article=article(number),
        match=match(),
        created=NOW,
    )
    with store.transaction():
        article_id = store.articles.add(article(number), Fold(relation="new"), ["k"])
        store.outbox.add(
            alert,
            article_id,
            [
                Message(
                    key=f"key-{name}-{number}",
                    channel=name,
                    content_type="text/plain",
                    body=b"body",
                    recipients=("a@b.example",),
                )
                for name in channels
            ],
            NOW,
        )
        store.outbox.tell("s", article_id, channels, alert.id)
    return alert.id


# ---- opening


@pytest.mark.parametrize("put", [None, b"", b"something else"])
def test_a_file_deleted_or_replaced_while_in_use_is_not_written_on(
    tmp_path: Path, put: bytes | None
) -> None:
    path = tmp_path / "monitor.db"
    with_path = Store.open(path)
    kept = path.rename(tmp_path / "aside.db")
    if put is not None:
        path.write_bytes(put)
    with pytest.raises(StoreError, match="while it was in use"), with_path.transaction():
        pass
    path.unlink(missing_ok=True)
    kept.rename(path)
    with with_path.transaction():
        pass
    with_path.close()


def test_a_full_disk_is_told_from_other_trouble(store: Store) -> None:
    pages = store.db.execute("pragma page_count").fetchone()[0]
    store.db.execute(f"pragma max_page_count = {pages}")
    with pytest.raises(StoreError) as caught, store.transaction():
        store.evidence.keep_body(random.randbytes(100_000))
    assert full(caught.value)
    assert not full(StoreError("something else"))


def test_the_lock_names_its_holder_and_needs_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    assert holder(path) is None
    held = lock(path)
    assert holder(path) == str(os.getpid())
    held.close()
    assert holder(path) is None
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StoreError, match="cannot be opened"):
        lock(tmp_path / "file" / "monitor.db")


def test_a_second_opening_finds_the_same_data_and_migrates_once(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "monitor.db"
    first = Store.open(path)
    with first.transaction():
        first.sources.declare([SOURCE], NOW)
    first.close()
    second = Store.open(path)
    assert second.sources.due(NOW, 10, {"gazette"}) == ["gazette"]
    assert second.db.conn.execute("pragma journal_mode").fetchone() == ("wal",)
    second.close()


def test_a_damaged_file_is_named_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    path.write_bytes(b"this is no database" * 100)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="damaged or no SQLite file"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_file_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    store = Store.open(path)
    store.db["_sqlite_migrations"].insert(
        {"migration_set": "story-monitor", "name": "from_the_future", "applied_at": "2030"}
    )
    store.close()
    with pytest.raises(StoreError, match="newer story-monitor"):
        Store.open(path)


def test_a_holder_in_another_world_is_never_signalled(tmp_path: Path) -> None:
    """Under a container the file names a process of its own, which is a stranger's here."""
    path = tmp_path / "m.db"
    assert process(path) is None
    held = lock(path)
    assert process(path) == os.getpid()
    (tmp_path / "m.db.lock").write_text(str(os.getppid()))
    assert holder(path) == str(os.getppid())
    assert process(path) is None
    held.close()


def test_no_new_database_is_begun_beside_one_that_was_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "m.db"
    held = lock(path)
    Store.open(path).close()  # the holder's own first start
    path.rename(tmp_path / "kept.db")
    (tmp_path / "m.db.lock").write_text("1")  # as another process sees it
    with pytest.raises(StoreError, match=r"m.db is gone.*process 1\b.*put it back"):
        Store.open(path)
    assert not path.exists()
    held.close()
    Store.open(path).close()


def test_only_one_daemon_holds_the_lock(tmp_path: Path) -> None:
    first = lock(tmp_path / "monitor.db")
    with pytest.raises(StoreError, match="another monitor"):
        lock(tmp_path / "monitor.db")
    first.close()
    lock(tmp_path / "monitor.db").close()


def test_a_transaction_is_all_or_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction():
        store.sources.declare([SOURCE], NOW)
        _ = 1 / 0
    assert store.sources.states() == {}


def test_a_locked_database_is_a_store_error(tmp_path: Path, store: Store) -> None:
    other = sqlite3.connect(tmp_path / "monitor.db")
    other.execute("begin immediate")
    store.db.conn.execute("pragma busy_timeout = 10")
    with pytest.raises(StoreError, match="locked"), store.transaction():
        pass
    with pytest.raises(StoreError):
        store.ping()
    other.rollback()
    other.close()
    store.ping()


@pytest.mark.parametrize("text", ["2026-01-01T12:00:00.123Z", "1999-12-31T23:59:59.000Z"])
def test_times_come_back_as_they_went(text: str) -> None:
    assert stamp(moment(text)) == text


# ---- sources


def kept(etag: str, **more: Any) -> Memory:
    return Memory(sheet=Sheet(validators=Validators(etag=etag), body_hash="b"), **more)


def test_a_source_keeps_its_state_until_its_address_changes(store: Store) -> None:
    store.sources.declare([SOURCE], NOW)
    store.sources.answered(
        "gazette",
        now=NOW,
        next_poll=LATER,
        memory=kept('W/"x"'),
    )
    store.sources.declare([SOURCE], NOW)
    state = store.sources.state("gazette")
    assert state is not None
    assert (state.memory.sheet.validators.etag, state.baseline, state.next_poll) == (
        'W/"x"',
        False,
        LATER,
    )
    moved = Source(name="gazette", url="https://gazette.example/rss")
    store.sources.declare([moved], NOW)
    state = store.sources.state("gazette")
    assert state is not None
    assert (state.memory.sheet.validators.etag, state.memory.sheet.body_hash, state.next_poll) == (
        None,
        None,
        NOW,
    )
    assert not state.baseline, "its articles are known: a new address starts no new baseline"


def test_what_is_declared_as_it_was_is_not_written_again(store: Store) -> None:
    off = Source(name="off", url="https://off.example/", enabled=False)
    store.sources.declare([SOURCE, off], NOW)
    before = store.db.conn.total_changes
    store.sources.declare([SOURCE, off], LATER)
    assert store.db.conn.total_changes == before


def test_well_is_what_was_read_and_answered_when_it_was_last_asked() -> None:
    store = blank.in_memory()
    for name, last_read, failures in (("a", "'x'", 0), ("b", "'x'", 1), ("c", "null", 0)):
        store.db.execute(
            "insert into sources (name, url, declared, next_poll, last_read, failures)"
            f" values ('{name}', '', '', '', {last_read}, {failures})"
        )
    assert store.sources.well() == {"a"}
    store.close()


def test_a_removed_or_disabled_source_does_not_count(store: Store) -> None:
    def standing() -> int:
        return sum(count for *_, count in store.health.standing())

    off = Source(name="off", url="https://off.example/feed", enabled=False)
    store.sources.declare([SOURCE, off], NOW)
    assert standing() == 1
    store.sources.declare([], NOW)
    assert standing() == 0
    store.sources.declare([SOURCE], NOW)
    assert standing() == 1


def test_who_asks_what_is_due_is_told_of_the_sources_it_knows(store: Store) -> None:
    """Another process has declared another file: 45 new sources, and one of ours gone."""
    store.sources.declare([SOURCE, Source(name="b", url="https://b.example/")], LATER)
    others = [Source(name=f"n{n}", url=f"https://n{n}.example/") for n in range(45)]
    store.sources.declare([SOURCE, *others], NOW)
    assert store.sources.due(LATER, 2, {"gazette", "b"}) == ["gazette", "b"]
    assert store.sources.due(LATER, 1, {"gazette", "b"}) == ["gazette"]
    assert store.sources.due(NOW - timedelta(hours=1), 2, {"gazette", "b"}) == []


def test_children_are_known_as_long_as_the_address_is_the_same(store: Store) -> None:
    store.sources.declare([SOURCE], NOW)
    sheet = kept('"1"').sheet
    store.sources.keep_children("gazette", {"https://gazette.example/a.xml": sheet})
    store.sources.declare([SOURCE], NOW)
    assert store.sources.children("gazette") == {"https://gazette.example/a.xml": sheet}
    store.sources.failed(
        "gazette", now=NOW, next_poll=LATER, failure="client-error", detail="412", forget=True
    )
    [child] = store.sources.children("gazette").values()
    assert (child.validators, child.body_hash) == (Validators(), "b")
    store.sources.declare([Source(name="gazette", url="https://gazette.example/rss")], NOW)
    assert store.sources.children("gazette") == {}


def test_a_reading_of_unknown_length_says_nothing_of_the_usual_one(store: Store) -> None:
    assert not store.ledger.listed("gazette")
    for count in (9, 0, 8, 0):
        store.ledger.poll("gazette", now=NOW, outcome="new", entries=count, fresh=1)
    assert store.vitals.lengths("gazette") == [8, 9]
    assert not store.ledger.listed("gazette")
    for hour in range(12):
        store.ledger.poll(
            "gazette", now=NOW + timedelta(hours=hour), outcome="new", entries=90, fresh=1
        )
    for hour in range(12, 15):
        store.ledger.poll("gazette", now=NOW + timedelta(hours=hour), outcome="new", fresh=1)
    assert fell(store.vitals.good_runs("gazette", NOW)) is None
    store.ledger.poll("gazette", now=NOW, outcome="same", entries=7)
    store.ledger.poll("gazette", now=NOW, outcome="unchanged")
    assert store.ledger.listed("gazette")


def test_failures_are_counted_and_forgotten_by_an_answer(store: Store) -> None:
    store.sources.declare([SOURCE], NOW)
    for _ in range(3):
        store.sources.failed("gazette", now=NOW, next_poll=LATER, failure="timeout", detail="30 s")
    state = store.sources.state("gazette")
    assert state is not None
    assert (state.failures, state.failure, state.detail, state.baseline) == (
        3,
        "timeout",
        "30 s",
        True,
    )
    store.sources.answered("gazette", now=NOW, next_poll=LATER, memory=Memory())
    state = store.sources.state("gazette")
    assert state is not None
    assert (state.failures, state.failure) == (0, None)


def test_a_source_last_polled_in_the_future_is_due(store: Store) -> None:
    """Its clock was wrong, and would keep it silent for as long as it was ahead."""
    store.sources.declare([SOURCE], NOW)
    ahead = NOW + timedelta(days=365)
    store.sources.answered(
        "gazette",
        now=ahead,
        next_poll=ahead + timedelta(minutes=15),
        memory=Memory(),
    )
    assert store.sources.due(NOW, 9, {"gazette"}) == ["gazette"]
    assert store.sources.due(ahead, 9, {"gazette"}) == []


def test_a_renamed_source_goes_on_where_it_was(store: Store) -> None:
    store.sources.declare([SOURCE], NOW)
    store.sources.answered("gazette", now=NOW, next_poll=LATER, memory=kept('"1"'))
    store.ledger.poll("gazette", now=NOW, outcome="new", entries=1, fresh=1)
    add(store, "a", pending=False)
    renamed = Source(name="The Gazette", url=SOURCE.url)
    store.sources.declare([renamed], LATER)
    state = store.sources.state("The Gazette")
    assert state is not None
    assert (state.baseline, state.memory.sheet.validators.etag) == (False, '"1"')
    assert store.sources.state("gazette") is None
    assert store.entries.seen("The Gazette", ["a"]) == {"a": headline("T")}
    assert store.ledger.totals()["The Gazette"] == {"new": 1, "polls": 1, "gaps": 0, "entries": 1}


def test_a_second_source_at_one_address_takes_nothing_from_the_first(store: Store) -> None:
    store.sources.declare([SOURCE], NOW)
    store.sources.declare([SOURCE, Source(name="twin", url=SOURCE.url)], LATER)
    assert set(store.sources.states()) == {"gazette", "twin"}


# ---- stories


def test_every_table_with_a_story_is_renamed_with_it(store: Store) -> None:
    tables = {
        name
        for (name,) in store.db.conn.execute("select name from sqlite_master where type = 'table'")
        if "story" in store.db[name].columns_dict
    }
    assert set(stories._TABLES) == tables


@pytest.mark.parametrize(
    ("before", "now", "renamed"),
    [
        ({"a": "xyz"}, {"a": "xyz"}, []),
        ({"a": "xyz"}, {"b": "xyz"}, [("a", "b")]),
        ({"a": "xyz"}, {"b": "wxyz"}, [("a", "b")]),  # a seed more
        ({"a": "xyz"}, {"b": "xuv"}, []),  # most of them are others
        ({"a": "xyz"}, {"a": "xyz", "b": "xyz"}, []),  # a second one beside it
        ({"a": "xyz", "b": "uvw"}, {"c": "uvw", "a": "xyz"}, [("b", "c")]),
        ({"a": "xyz", "b": "uvw"}, {"b": "xyz", "a": "uvw"}, []),  # the names are what counts
        ({"a": "xyz"}, {"b": "xyz", "c": "xyz"}, [("a", "b")]),
        ({"a": "xyz"}, {"taken": "xyz"}, []),  # something is stored under that name
    ],
)
def test_a_story_under_another_name_is_known_by_its_seeds(
    before: dict[str, str], now: dict[str, str], renamed: list[tuple[str, str]], store: Store
) -> None:
    queue(store)
    with store.transaction():
        store.db.execute("update alerts set story = 'taken'")
        for name in before:
            store.outbox.tell(name, 1, ["mail"], "alert1")
        assert store.stories.declare(before) == []
        assert store.stories.declare(now) == renamed
        assert store.stories.declare(now) == []
    for former, name in renamed:
        assert store.outbox.told(name, 1) == {"mail"}
        assert store.outbox.told(former, 1) == set()
        assert store.stories.present(former) == name
    with store.transaction():  # and back
        store.stories.declare(before)
    for name in before:
        assert store.stories.present(name) == name
        assert store.outbox.told(name, 1) == {"mail"}


# ---- entries


def add(
    store: Store, key: str, *, score: float = 0.0, pending: bool = True, title: str = "T"
) -> int:
    entry = Entry(url=f"https://gazette.example/{key}", title=title, published=NOW, language="ar")
    return store.entries.add(
        "gazette",
        key,
        entry,
        now=NOW,
        baseline=False,
        headline_score=score,
        provenance=PROVENANCE if pending else None,
    )


def test_a_pending_entry_comes_back_as_it_was(store: Store) -> None:
    entry_id = add(store, "a")
    pending = store.entries.load(entry_id)
    assert pending is not None
    assert pending.entry == Entry(
        url="https://gazette.example/a", title="T", published=NOW, language="ar"
    )
    assert pending.provenance == PROVENANCE


def test_the_queue_gives_the_likeliest_headline_first(store: Store) -> None:
    low, high, _ = (
        add(store, "a", score=0.1),
        add(store, "b", score=0.9),
        add(store, "c", pending=False),
    )
    assert [number for number, _ in store.entries.queue(NOW, 10)] == [high, low]
    store.entries.postpone(high, LATER, "timeout: slow")
    assert [number for number, _ in store.entries.queue(NOW, 10)] == [low]
    assert [number for number, _ in store.entries.queue(LATER, 10)] == [high, low]
    pending = store.entries.load(high)
    assert pending is not None
    assert (pending.tries, pending.failure) == (1, "timeout: slow")
    store.entries.settle(high, 1, None)
    assert store.entries.load(high) is None
    assert store.entries.waiting() == 1


def test_an_entry_put_off_by_a_clock_that_was_ahead_is_due(store: Store) -> None:
    entry_id = add(store, "a")
    store.entries.postpone(entry_id, NOW + timedelta(days=365), "timeout: slow")
    assert [number for number, _ in store.entries.queue(NOW, 10)] == [entry_id]


def test_seen_entries_are_found_by_key_with_their_title(store: Store) -> None:
    keys = [f"k{n}" for n in range(1000)]
    for key in keys[::2]:
        add(store, key, pending=False, title=key.upper())
    seen = store.entries.seen("gazette", keys)
    assert seen == {key: headline(key.upper()) for key in keys[::2]}
    assert store.entries.seen("other", keys) == {}


def test_a_changed_headline_is_queued_again_under_the_same_id(store: Store) -> None:
    first = add(store, "a", pending=False)
    second = add(store, "a", title="Changed")
    assert first == second
    pending = store.entries.load(second)
    assert pending is not None
    assert pending.entry.title == "Changed"


# ---- articles


def test_candidates_come_by_address_whatever_their_age_and_by_key_within_the_window(
    store: Store,
) -> None:
    old = article(1, first_seen=NOW - timedelta(days=400))
    first = store.articles.add(old, Fold(relation="new"), ["x", "y"])
    second = store.articles.add(article(2), Fold(relation="new"), ["x", "y"])
    third = store.articles.add(article(3), Fold(relation="new"), ["x"])
    since = NOW - timedelta(days=14)
    by_key = store.articles.candidates(article(9), ["x", "y"], since)
    assert [known.id for known in by_key] == [second, third], "most shared keys first, none too old"
    by_address = store.articles.candidates(article(1), [], since)
    assert [known.id for known in by_address] == [first]
    assert by_address[0].fingerprint == old.fingerprint


def test_a_key_that_everything_shares_proposes_nothing(store: Store) -> None:
    for number in range(250):
        store.articles.add(article(number), Fold(relation="new"), ["breaking"])
    assert store.articles.candidates(article(999), ["breaking"], NOW - timedelta(days=1)) == []


def test_of_a_text_that_very_many_have_printed_the_first_printings_are_proposed(
    store: Store,
) -> None:
    """All its keys are crowded then, and none of them may be the one that tells."""
    keys = ["text", "headline", "band 1", "band 2"]
    for number in range(110):
        store.articles.add(article(number), Fold(relation="new"), ["pair"])
    ids = [
        store.articles.add(article(number), Fold(relation="new"), keys)
        for number in range(200, 310)
    ]
    found = store.articles.candidates(article(999), [*keys, "pair"], NOW - timedelta(days=1))
    assert [known.id for known in found][:2] == ids[:2]
    assert len(found) < 10
    two = store.articles.candidates(article(999), keys[:2], NOW - timedelta(days=1))
    assert two == [], "two words in common say nothing"


def test_of_many_that_share_one_key_the_newest_few_are_proposed(store: Store) -> None:
    """And whichever shares two keys, or one that few share, is proposed first."""
    ids = [
        store.articles.add(article(number), Fold(relation="new"), ["seoul says", *more])
        for number, more in enumerate([["moscow denies"], ["x"], *[[]] * 60, ["moscow denies"]])
    ]
    for number in range(100, 140):
        store.articles.add(article(number), Fold(relation="new"), ["moscow denies"])
    found = store.articles.candidates(
        article(999), ["seoul says", "moscow denies", "x"], NOW - timedelta(days=1)
    )
    assert [known.id for known in found][:3] == [ids[0], ids[1], ids[-1]]
    assert len(found) < 10
    found = store.articles.candidates(article(999), ["seoul says"], NOW - timedelta(days=1))
    assert {known.id for known in found} < set(ids[-8:])


def test_a_revision_keeps_the_earlier_text(store: Store) -> None:
    article_id = store.articles.add(article(1), Fold(relation="new"), ["x"])
    changed = article(
        1,
        title="Changed",
        text="Other text",
        fingerprint=Fingerprint(exact="e", title="t", sketch=(), words=2),
    )
    store.articles.revise(article_id, changed, ["z"], LATER)
    store.articles.revise(article_id, changed, ["z"], LATER)
    rows = list(store.db["revisions"].rows)
    assert [(row["title"], row["text"], row["seen_at"]) for row in rows] == [
        ("Title 1", "Text 1", stamp(LATER))
    ]
    row = store.articles.find(str(article_id))
    assert row is not None
    assert row["title"] == "Changed"


def test_two_headlines_in_turn_are_kept_once_each(store: Store) -> None:
    first = article(1)
    other = article(1, title="B", fingerprint=Fingerprint(exact="e", title="t", sketch=(), words=2))
    article_id = store.articles.add(first, Fold(relation="new"), ["x"])
    for turn in range(10):
        store.articles.revise(article_id, first if turn % 2 else other, [], LATER)
    assert sorted(row["title"] for row in store.db["revisions"].rows) == ["B", "Title 1"]


def test_a_headline_does_not_overwrite_a_full_text(store: Store) -> None:
    article_id = store.articles.add(article(1), Fold(relation="new"), ["x"])
    bare = article(
        1,
        title="Changed",
        text="",
        kind="headline",
        fingerprint=Fingerprint(exact="e", title="t", sketch=(), words=0),
    )
    store.articles.revise(article_id, bare, [], LATER)
    row = store.articles.find(str(article_id))
    assert row is not None
    assert row["text"] == "Text 1"


def test_an_article_is_found_by_id_address_alias_and_alert(store: Store) -> None:
    alert = queue(store)
    by_alias = store.articles.find("guid:gazette:1")
    assert by_alias is not None
    assert store.articles.find(str(by_alias["id"])) == by_alias
    assert store.articles.find("?", ["https://gazette.example/1"]) == by_alias
    assert store.articles.alerted(alert) == by_alias
    assert store.articles.find("https://gazette.example/none") is None


# ---- outbox


def test_a_claim_hides_a_delivery_until_its_lease_ends(store: Store) -> None:
    queue(store)
    lease = timedelta(minutes=5)
    (claimed,) = store.outbox.claim("mail", NOW, 10, lease)
    assert (claimed.key, claimed.body, claimed.recipient) == ("key-mail-1", b"body", "a@b.example")
    assert store.outbox.claim("mail", NOW, 10, lease) == []
    (again,) = store.outbox.claim("mail", NOW + lease, 10, lease)
    assert (again.id, again.key, again.body) == (claimed.id, claimed.key, claimed.body)


def test_a_restart_makes_claimed_deliveries_due_but_not_postponed_ones(store: Store) -> None:
    queue(store, ("mail", "hook"))
    store.outbox.claim("mail", NOW, 1, timedelta(minutes=5))
    (postponed,) = store.outbox.claim("hook", NOW, 1, timedelta(minutes=5))
    store.outbox.retry(postponed.id, "500", 500, LATER)
    store.outbox.release(NOW)
    assert len(store.outbox.claim("mail", NOW, 1, timedelta(minutes=5))) == 1
    assert store.outbox.claim("hook", NOW, 1, timedelta(minutes=5)) == []


def test_deliveries_settle_once(store: Store) -> None:
    queue(store, ("mail", "hook"))
    (mail,) = store.outbox.claim("mail", NOW, 1, timedelta(minutes=5))
    store.outbox.delivered(mail.id, Receipt(status=250, reply="ok"), NOW)
    store.outbox.retry(mail.id, "too late", None, LATER)
    (hook,) = store.outbox.claim("hook", NOW, 1, timedelta(minutes=5))
    store.outbox.give_up(hook.id, "gone", 410, NOW)
    assert store.deliveries.counts() == {"mail": {"delivered": 1}, "hook": {"given-up": 1}}
    assert [store.deliveries.few(state) for state in ("queued", "given-up")] == [0, 1]
    assert store.outbox.claim("mail", LATER, 1, timedelta(minutes=5)) == []
    log = {
        row["channel"]: (row["state"], row["status"], row["reply"])
        for row in store.deliveries.log(9)
    }
    assert log == {"mail": ("delivered", 250, "ok"), "hook": ("given-up", 410, "gone")}


def test_an_earlier_alert_holds_later_ones_back_until_it_has_failed_often(store: Store) -> None:
    queue(store, number=1)
    queue(store, number=2)
    lease = timedelta(minutes=5)
    now = NOW
    for attempt in range(6):
        (first,) = store.outbox.claim("mail", now, 1, lease)
        assert first.key == "key-mail-1", attempt
        assert store.outbox.claim("mail", now, 1, lease) == []
        store.outbox.retry(first.id, "451", 451, now + timedelta(hours=1))
        if attempt < 5:
            assert store.outbox.claim("mail", now, 1, lease) == []
            now += timedelta(hours=1)
    (second,) = store.outbox.claim("mail", now, 1, lease)
    assert second.key == "key-mail-2"


def test_a_delivery_put_off_by_a_clock_that_was_ahead_is_due(store: Store) -> None:
    queue(store, number=1)
    queue(store, number=2)
    (first,) = store.outbox.claim("mail", NOW, 1, timedelta(minutes=5))
    store.outbox.retry(first.id, "451", 451, NOW + timedelta(days=365))
    due = store.outbox.claim("mail", NOW, 9, timedelta(minutes=5))
    assert [delivery.key for delivery in due] == ["key-mail-1", "key-mail-2"]


def test_one_recipient_who_waits_does_not_hold_back_another(store: Store) -> None:
    queue(store, ("mail",), number=1)
    queue(store, ("mail",), number=2)
    store.db.execute("update deliveries set recipient = 'c@d.example' where id = 2")
    (first,) = store.outbox.claim("mail", NOW, 1, timedelta(minutes=5))
    (second,) = store.outbox.claim("mail", NOW, 1, timedelta(minutes=5))
    assert (first.key, second.key) == ("key-mail-1", "key-mail-2")


@pytest.mark.usefixtures("frozen")
def test_a_claim_is_quick_however_many_wait(store: Store) -> None:
    with store.transaction():
        store.db.conn.executemany(
            "insert into messages (id, alert_id, channel, key, content_type, body)"
            " values (?1, ?1, 'mail', ?1, 'text/plain', zeroblob(5000))",
            [(n,) for n in range(1, 5001)],
        )
        store.db.conn.executemany(
            """insert into deliveries (message_id, channel, recipient, state, attempts, next_at, created)
               values (?, 'mail', 'a@b.example', 'queued', 7, ?, ?)""",
            [(n, stamp(LATER if n < 2500 else NOW), stamp(NOW)) for n in range(1, 5001)],
        )
    began = time.process_time()
    (due,) = store.outbox.claim("mail", NOW, 1, timedelta(minutes=5))
    assert time.process_time() - began < 0.5, "row by row it took seconds"
    assert due.key == "2500"


def test_deliveries_of_a_channel_that_is_gone_are_found(store: Store) -> None:
    queue(store, ("mail", "hook"))
    assert store.deliveries.stranded(["hook"]) == {"mail": 1}
    assert store.deliveries.stranded(["hook", "mail"]) == {}


def test_resend_queues_the_same_key_and_bytes(store: Store) -> None:
    alert = queue(store)
    (first,) = store.outbox.claim("mail", NOW, 1, timedelta(minutes=5))
    store.outbox.delivered(first.id, Receipt(status=250, reply="ok"), NOW)
    assert store.outbox.resend(alert, LATER) == 1
    (again,) = store.outbox.claim("mail", LATER, 1, timedelta(minutes=5))
    assert isinstance(again, Delivery)
    assert (again.key, again.body) == (first.key, first.body)
    assert store.outbox.resend("nothing", LATER) == 0


def test_what_is_sent_again_was_told_when_it_was_told_first(store: Store) -> None:
    """Records that leave the machine say so, also while the repeat waits or where it fails."""
    alert = queue(store)
    with store.transaction():
        store.outbox.tell("s", 1, ["mail"], alert)
    (first,) = store.outbox.claim("mail", NOW, 1, timedelta(minutes=5))
    store.outbox.delivered(first.id, Receipt(status=250, reply="ok"), NOW)

    def told() -> list[tuple[str, str, str]]:
        rows = store.records.sent("s", 1)
        return [(row["state"], row["queued"], row["settled"]) for row in rows]

    assert told() == [("delivered", stamp(NOW), stamp(NOW))]
    store.outbox.resend(alert, LATER)
    assert told() == [("delivered", stamp(NOW), stamp(NOW))]
    (again,) = store.outbox.claim("mail", LATER, 1, timedelta(minutes=5))
    store.outbox.give_up(again.id, "no", 554, LATER)
    assert told() == [("delivered", stamp(NOW), stamp(NOW))]
    [row] = store.deliveries.of([1])
    assert (row["state"], row["taken_at"], row["settled_at"]) == (
        "given-up",
        stamp(NOW),
        stamp(LATER),
    )


def test_what_a_channel_lost_is_queued_again_and_nothing_else(store: Store) -> None:
    """Not what another monitor has told, nor what was lost before a time that is named."""
    lease = timedelta(minutes=5)

    def lose(number: int, at: datetime) -> None:
        queue(store, ("mail", "hook"), number=number)
        for channel in ("mail", "hook"):
            (claimed,) = store.outbox.claim(channel, at, 1, lease)
            store.outbox.give_up(claimed.id, "gone", 410, at)

    lose(1, NOW)
    lose(2, LATER)
    queue(store, number=3)
    with store.transaction():
        store.outbox.told_elsewhere(LATER)
    assert store.outbox.resend(None, LATER, channels=["mail"], since=LATER) == 1
    assert [row["key"] for row in store.deliveries.log(9, channel="mail", state="queued")] == [
        "key-mail-2"
    ]
    assert store.outbox.resend(None, LATER, channels=["mail"]) == 1
    assert store.outbox.resend(None, LATER) == 2
    assert store.outbox.resend(None, LATER) == 0
    assert [row["key"] for row in store.deliveries.log(9, state="given-up")] == ["key-mail-3"]


def test_what_was_given_up_is_let_go(store: Store) -> None:
    lease = timedelta(minutes=5)
    for number, at in ((1, NOW), (2, LATER)):
        queue(store, ("mail", "hook"), number=number)
        for channel in ("mail", "hook"):
            (claimed,) = store.outbox.claim(channel, at, 1, lease)
            store.outbox.give_up(claimed.id, "gone", 410, at)
    queue(store, number=3)
    first = store.deliveries.log(9, channel="mail", state="given-up")[-1]["alert"]
    assert store.outbox.dismiss(first, channels=["mail"]) == 1
    assert store.deliveries.given_up() == {"mail": 1, "hook": 2}
    assert store.outbox.dismiss(None, since=LATER) == 2
    assert store.deliveries.given_up() == {"hook": 1}
    # The channel has still not delivered, and the digest still says what never arrived.
    assert store.bulletins.failing("mail") is not None
    assert store.bulletins.given_up(NOW - timedelta(days=1)) == 4
    assert store.outbox.resend(None, LATER) == 1
    assert store.outbox.resend(first, LATER, channels=["mail"]) == 1
    assert len(store.deliveries.log(9, state="queued")) == 3
    assert store.outbox.dismiss(None) == 0


def test_one_alert_is_sent_again_on_one_channel(store: Store) -> None:
    queue(store, ("mail", "hook"))
    alert = store.deliveries.log(9)[0]["alert"]
    assert store.outbox.resend(alert, LATER, channels=["hook"]) == 1
    assert store.outbox.resend(alert, LATER, channels=["other"]) == 0


def test_a_group_is_told_once_for_each_channel(store: Store) -> None:
    store.outbox.tell("s", 1, ["mail"], "a")
    store.outbox.tell("s", 1, ["mail", "hook"], "b")
    assert store.outbox.told("s", 1) == {"mail", "hook"}
    assert store.outbox.told("other", 1) == set()


def test_deliveries_of_updates_are_found_beside_those_of_the_first_alert(store: Store) -> None:
    for number, development in ((1, 1), (2, 1), (3, 3)):
        queue(store, number=number)  # articles are numbered as they come
        with store.transaction():
            relation: Relation = "new" if number == development else "update"
            joins = Membership(
                story="s", article_id=number, development=development, relation=relation
            )
            store.developments.join(joins, NOW, known=True)
    # As the settler writes it: the development's own row names its first alert alone.
    store.db.execute("delete from told where original_id = 2")

    def alerts(*originals: int) -> list[str]:
        return [row["alert"] for row in store.deliveries.of(originals)]

    assert alerts(1) == ["alert1", "alert2"]
    assert alerts(2) == ["alert2"]
    assert alerts(1, 2, 3) == ["alert1", "alert2", "alert3"]
    assert alerts(5) == []


# ---- ledger and evidence


def test_a_run_of_equal_polls_is_one_row(store: Store) -> None:
    for minute in range(3):
        store.ledger.poll("gazette", now=NOW + timedelta(minutes=minute), outcome="not-modified")
    store.ledger.poll("gazette", now=LATER, outcome="new", entries=5, fresh=2)
    store.ledger.poll("gazette", now=LATER, outcome="new", entries=5, fresh=1)
    rows = [(row["outcome"], row["times"]) for row in store.db["polls"].rows]
    assert rows == [("not-modified", 3), ("new", 1), ("new", 1)]
    assert store.ledger.totals()["gazette"]["polls"] == 5


def test_a_gap_names_the_span_since_the_last_answer(store: Store) -> None:
    store.ledger.poll("gazette", now=NOW, outcome="new", entries=5, fresh=5)
    store.ledger.poll("gazette", now=LATER, outcome="new", entries=5, fresh=5, gap=True)
    assert store.ledger.gaps() == [
        {"source": "gazette", "until": stamp(LATER), "since": stamp(NOW)}
    ]


@pytest.mark.parametrize("level", [0, 1, 6, 9])
def test_a_body_is_kept_as_its_sender_packed_it_if_that_was_well(store: Store, level: int) -> None:
    body = "كوريا الشمالية ترسل جنودا. ".encode() * 500
    came = gzip.compress(body, level)
    digest = store.evidence.keep_body(body, came)
    assert digest == hashlib.sha256(body).hexdigest()
    assert store.evidence.body(digest) == body
    ((packed,),) = store.db.execute("select packed from bodies")
    assert (came[10:-8] in packed) is (level > 0)
    assert len(packed) < len(body) / 2
    store.evidence.add(1, replace(PROVENANCE, sha256=digest))
    assert list(store.evidence.spoiled()) == []


def test_evidence_is_a_chain_that_shows_tampering(store: Store) -> None:
    for number in range(3):
        body = f"<p>{number}</p>".encode()
        digest = store.evidence.keep_body(body)
        assert store.evidence.body(digest) == body
        store.evidence.add(number, PROVENANCE)
    assert store.evidence.broken() is None
    store.db.execute("update evidence set fetched_at = '2020-01-01T00:00:00.000Z' where id = 2")
    assert store.evidence.broken() == 2


def test_the_sweep_keeps_what_evidence_or_a_pending_entry_names(store: Store) -> None:
    kept = store.evidence.keep_body(b"kept")
    waiting = store.evidence.keep_body(b"waiting")
    store.evidence.keep_body(b"dropped")
    from dataclasses import replace

    store.evidence.add(1, replace(PROVENANCE, sha256=kept))
    entry_id = store.entries.add(
        "gazette",
        "k",
        Entry(url=None),
        now=NOW,
        baseline=False,
        headline_score=0,
        provenance=replace(PROVENANCE, sha256=waiting),
    )
    assert store.evidence.sweep() == 1
    store.entries.settle(entry_id, 1, None)
    assert store.evidence.sweep() == 1
    assert store.evidence.body(kept) == b"kept"
