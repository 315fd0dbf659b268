"""`hand`: what is pressed on the page, over a real store beside a writer."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor import desk as commands
from monitor.errors import StoreError
from monitor.hand import ACTS, Done, Hand, Refused, Wish
from monitor.look.developments import listing
from monitor.model import Episode
from monitor.store.sources import Memory
from monitor.store.store import Store
from tests.stored import SOURCE, Desk, begun

STORY = "troops"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = begun(tmp_path)
    desk.now += timedelta(days=30)
    yield desk
    desk.store.close()


def hand(desk: Desk) -> Hand:
    return Hand(desk.config, {STORY: desk.profile}, lambda: desk.now)


def events(desk: Desk) -> list[int]:
    """The developments, the one with most reports first."""
    rows = listing(desk.store, [STORY], 99)
    return [row["id"] for row in sorted(rows, key=lambda row: -row["reports"])]


def dump(store: Store, *tables: str) -> dict[str, list[tuple[object, ...]]]:
    """All rows; of developments what there are, since what they say is gathered anew by a hand."""
    return {
        name: store.db.conn.execute(
            f"select {'story, id' if name == 'developments' else '*'} from {name} order by 1, 2"
        ).fetchall()
        for name in tables or ("members", "developments", "told", "held")
    }


def undone(desk: Desk, done: Done) -> Done:
    assert done.undo is not None
    return hand(desk).do(done.undo)


# ---- labels


def test_a_label_is_given_changed_and_taken_back(desk: Desk) -> None:
    article = events(desk)[0]
    first = hand(desk).do(Wish(act="yes", story=STORY, number=article))
    assert (first.changed, first.before) == (True, "")
    again = hand(desk).do(Wish(act="yes", story=STORY, number=article))
    assert (again.changed, again.undo) == (False, None)
    other = hand(desk).do(Wish(act="no", story=STORY, number=article))
    assert (other.changed, other.before) == (True, "yes")
    assert undone(desk, other).changed
    assert desk.store.labels.said(STORY, article) == "yes"
    assert undone(desk, first).changed
    assert desk.store.labels.said(STORY, article) is None
    said = [row["said"] for row in desk.store.labels.log(STORY, article)]
    assert said == ["yes", "no", "yes", "none"], "each change is in the log"
    # The same button once more, from a page that stood open.
    assert not undone(desk, first).changed


def test_an_undo_takes_no_label_of_somebody_else_away(desk: Desk) -> None:
    article = events(desk)[0]
    mine = hand(desk).do(Wish(act="yes", story=STORY, number=article))
    with desk.store.transaction():
        desk.store.labels.say(STORY, article, "no", desk.now)
    with pytest.raises(Refused, match="changed"):
        undone(desk, mine)
    assert desk.store.labels.said(STORY, article) == "no"


# ---- developments


@pytest.mark.parametrize(
    ("act", "said"), [("mute", ""), ("rename", "A name of ours"), ("note", "ask Seoul")]
)
def test_a_mark_is_written_once_and_taken_back(desk: Desk, act: str, said: str) -> None:
    event = events(desk)[0]
    wish = Wish(act=ACTS[act], story=STORY, number=event, said=said)
    before = dump(desk.store)
    done = hand(desk).do(wish)
    assert done.changed
    assert not hand(desk).do(wish).changed, "sent twice"
    assert len(desk.store.desk.log(STORY)) == 1
    assert undone(desk, done).changed
    assert not undone(desk, done).changed
    assert desk.store.desk.marks(STORY).get(event) is None
    assert dump(desk.store) == before


def test_another_name_says_which_it_had(desk: Desk) -> None:
    event = events(desk)[0]
    hand(desk).do(Wish(act="rename", story=STORY, number=event, said="First"))
    done = hand(desk).do(Wish(act="rename", story=STORY, number=event, said="Second"))
    assert done.before == "First"
    undone(desk, done)
    assert desk.store.desk.title(STORY, event) == "First"


def test_a_merge_is_done_once_and_taken_back(desk: Desk) -> None:
    into, other, *_ = events(desk)
    before = dump(desk.store)
    wish = Wish(act="merge", story=STORY, number=into, other=other)
    done = hand(desk).do(wish)
    assert desk.store.desk.merged_into(STORY, other) == into
    assert not hand(desk).do(wish).changed
    # What is pressed on a page of the merged one leads on, and does nothing.
    for act in ("mute", "rename", "note", "merge"):
        with pytest.raises(Refused) as refused:
            hand(desk).do(Wish(act=ACTS[act], story=STORY, number=other, other=into, said="x"))
        assert (refused.value.why, refused.value.into) == ("merged", into)
    assert undone(desk, done).changed
    assert dump(desk.store) == before


def test_a_split_is_done_once_and_taken_back(desk: Desk) -> None:
    home = events(desk)[0]
    rows = desk.store.developments.members(STORY, home)
    report = next(row["id"] for row in rows[1:] if row["relation"] in {"update", "repeat"})
    before = dump(desk.store)
    wish = Wish(act="split", story=STORY, number=report)
    done = hand(desk).do(wish)
    assert desk.home(report) == report
    assert not hand(desk).do(wish).changed
    assert len(desk.store.desk.log(STORY)) == 1
    assert done.undo
    assert done.undo.number == home
    assert undone(desk, done).changed
    assert dump(desk.store) == before


def test_what_stands_on_it_comes_first(desk: Desk) -> None:
    one, two, three, *_ = events(desk)
    first = hand(desk).do(Wish(act="merge", story=STORY, number=two, other=three))
    hand(desk).do(Wish(act="merge", story=STORY, number=one, other=two))
    with pytest.raises(Refused, match="later") as refused:
        undone(desk, first)
    assert "came later" in refused.value.text


def test_a_chain_of_merges_leads_to_what_is_left(desk: Desk) -> None:
    one, two, three, *_ = events(desk)
    commands.merge(desk.store, desk.profile, two, three, desk.now)
    commands.merge(desk.store, desk.profile, one, two, desk.now)
    with pytest.raises(Refused) as refused:
        hand(desk).do(Wish(act="mute", story=STORY, number=three))
    assert refused.value.into == one


@pytest.mark.parametrize(
    "wish",
    [
        Wish(act="yes", story=STORY, number=999_999),
        Wish(act="mute", story=STORY, number=999_999),
        Wish(act="merge", story=STORY, number=1, other=999_999),
        Wish(act="split", story=STORY, number=999_999),
        Wish(act="undo", story=STORY, number=1, other=999_999),
        Wish(act="mute", story="other", number=1),
        Wish(act="no", story="", number=1),
    ],
)
def test_what_is_not_there_is_said(desk: Desk, wish: Wish) -> None:
    before = dump(desk.store, "labels", "desk", "members", "developments")
    with pytest.raises(Refused, match="gone"):
        hand(desk).do(wish)
    assert dump(desk.store, "labels", "desk", "members", "developments") == before


def test_an_event_is_not_put_into_itself(desk: Desk) -> None:
    event = events(desk)[0]
    with pytest.raises(Refused, match="cannot") as refused:
        hand(desk).do(Wish(act="merge", story=STORY, number=event, other=event))
    assert "with itself" in refused.value.text


def test_a_story_renamed_meanwhile_is_the_same_story(desk: Desk) -> None:
    event = events(desk)[0]
    with desk.store.transaction():
        desk.store.stories.declare({STORY: ["a seed"]})
        desk.store.stories.declare({"dprk": ["a seed"]})
    profile = replace(desk.profile, story=replace(desk.profile.story, name="dprk"))
    renamed = Hand(desk.config, {"dprk": profile}, lambda: desk.now)
    assert renamed.do(Wish(act="mute", story=STORY, number=event)).changed
    assert renamed.do(Wish(act="no", story=STORY, number=event)).changed
    assert desk.store.desk.muted("dprk", event)
    assert desk.store.labels.said("dprk", event) == "no"


# ---- sources and troubles


def test_a_poll_comes_now_but_not_sooner_than_the_floor(desk: Desk) -> None:
    wish = Wish(act="poll", said=SOURCE.name)
    floor = desk.config.poll.floor

    def polled(ago: timedelta) -> None:
        with desk.store.transaction():
            desk.store.sources.answered(
                SOURCE.name,
                now=desk.now - ago,
                next_poll=desk.now + timedelta(hours=3),
                memory=Memory(),
            )

    polled(timedelta(minutes=30))
    assert hand(desk).do(wish) == Done(changed=True)
    assert desk.store.sources.due(desk.now, 9, {SOURCE.name}) == [SOURCE.name]
    polled(timedelta(seconds=20))
    due = desk.now - timedelta(seconds=20) + floor
    assert hand(desk).do(wish) == hand(desk).do(wish) == Done(changed=False, at=due)
    assert desk.store.sources.due(desk.now, 9, {SOURCE.name}) == []


def test_a_source_that_is_off_or_given_up_stays_so(desk: Desk) -> None:
    with desk.store.transaction():
        desk.store.sources.failed(
            SOURCE.name,
            now=desk.now,
            next_poll=desk.now + timedelta(days=300),
            failure="gone",
            detail="410",
        )
    for name in (SOURCE.name, "nobody"):
        with pytest.raises(Refused, match="source"):
            hand(desk).do(Wish(act="poll", said=name))
    desk.config = replace(desk.config, sources=(replace(SOURCE, enabled=False),))
    with pytest.raises(Refused, match="source"):
        hand(desk).do(Wish(act="poll", said=SOURCE.name))


def test_a_trouble_is_taken_note_of_while_it_lasts(desk: Desk) -> None:
    def begun() -> Episode:
        with desk.store.transaction():
            fresh = Episode(source=SOURCE.name, state="failing", reason="timeout", began=desk.now)
            desk.store.health.begin([fresh], desk.now)
        return desk.store.health.open()[-1]

    first = begun()
    done = hand(desk).do(Wish(act="known", number=first.id))
    assert done.changed
    (noted,) = desk.store.health.open()
    assert noted.known_at == desk.now
    assert replace(noted, known_at=None) == first, "nothing else of it is another"
    assert not hand(desk).do(Wish(act="known", number=first.id)).changed
    assert undone(desk, done).changed
    assert desk.store.health.open() == [first]
    with desk.store.transaction():
        desk.store.health.know(first.id, desk.now)
        desk.store.health.end([first], desk.now)
    with pytest.raises(Refused, match="over"):
        hand(desk).do(Wish(act="unknown", number=first.id))
    assert begun().known_at is None, "the next is another trouble"


# ---- what hinders it


def test_what_cannot_be_written_is_not_half_written(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    into, other, *_ = events(desk)
    before = dump(desk.store)
    wish = Wish(act="merge", story=STORY, number=into, other=other)

    def full(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    # At the last step of all.
    with monkeypatch.context() as patch:
        patch.setattr("monitor.store.desk.Desk.note", full)
        with pytest.raises(StoreError, match="disk is full"):
            hand(desk).do(wish)
    assert dump(desk.store) == before
    assert desk.store.desk.log(STORY) == []
    assert hand(desk).do(wish).changed, "and later it is done"


def test_it_waits_for_another_writer(desk: Desk) -> None:
    event = events(desk)[0]
    found: list[Done] = []
    with desk.store.transaction():
        mute = threading.Thread(
            target=lambda: found.append(hand(desk).do(Wish(act="mute", story=STORY, number=event)))
        )
        mute.start()
        mute.join(0.5)
        assert not found
    mute.join(10)
    assert found[0].changed


def test_a_store_that_does_not_answer_is_told_as_such(desk: Desk) -> None:
    desk.store.close()
    desk.config.database.write_bytes(b"")
    for wish in (Wish(act="mute", story=STORY, number=1), Wish(act="poll", said=SOURCE.name)):
        with pytest.raises(StoreError):
            hand(desk).do(wish)


def test_a_store_that_was_taken_away_is_not_made_anew(desk: Desk) -> None:
    away = desk.config.database.rename(desk.config.database.with_name("away.db"))
    with pytest.raises(StoreError):
        hand(desk).do(Wish(act="mute", story=STORY, number=1))
    assert not desk.config.database.exists()
    assert away.exists()
