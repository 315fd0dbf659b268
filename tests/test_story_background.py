"""Sentences that stand under everything: learnt, never decisive, never news."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.cli.stream import Stream
from monitor.story.background import is_background, marks, sighted
from monitor.story.facts import facts
from monitor.story.match import judge
from monitor.story.profile import Profile
from tests import blank
from tests.labelled import learnt

HUNG = json.loads((Path(__file__).parent / "data" / "story" / "background.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def profile() -> Profile:
    return learnt()


def known(sentence: str, *, days: tuple[int, ...], events: tuple[int, ...]) -> set[int]:
    """The marks that sightings of a sentence make known."""
    rows: dict[int, tuple] = {}
    found: set[int] = set()
    for event, day in zip(events, days, strict=True):
        for mark in marks(sentence):
            if (more := sighted(rows.get(mark, ()), event, day)) is not None:
                rows[mark], settled = more
                found |= {mark} if settled else set()
    return found


SENTENCE = (
    "Seoul says that more than ten thousand North Korean soldiers were sent to fight in Kursk."
)


def test_three_events_on_three_days_make_it() -> None:
    assert is_background(SENTENCE, known(SENTENCE, events=(1, 2, 3), days=(1, 2, 3)))


@pytest.mark.parametrize(
    ("events", "days"), [((1, 2), (1, 2)), ((1, 1, 1), (1, 2, 3)), ((1, 2, 3), (1, 1, 2))]
)
def test_fewer_events_or_days_do_not(events: tuple[int, ...], days: tuple[int, ...]) -> None:
    assert not is_background(SENTENCE, known(SENTENCE, events=events, days=days))


def test_nearly_word_for_word_is_the_same() -> None:
    learnt = known(SENTENCE, events=(1, 2, 3), days=(1, 2, 3))
    assert is_background(SENTENCE.replace("Seoul", "Kyiv"), learnt)
    other = "Seoul says that Kim Jong Un gave medals to North Korean soldiers who fought in Kursk."
    assert not is_background(other, learnt)


def test_a_short_sentence_has_no_marks() -> None:
    assert marks("Kim thanked his soldiers.") == ()


@given(st.text(max_size=200))
def test_any_sentence_has_marks_or_none(sentence: str) -> None:
    found = marks(sentence)
    assert len(found) in {0, 6}
    assert all(0 <= mark < 2**35 for mark in found)


@pytest.mark.parametrize("case", HUNG, ids=lambda case: case["name"])
def test_what_hangs_under_everything_is_learnt_from_the_stream(
    profile: Profile, case: dict
) -> None:
    """The same text is judged otherwise once its only sentence on the story has become one."""
    stream = Stream(profile, timedelta(days=14))
    answers = [stream.judge(article) for article in case["articles"]]
    last = case["articles"][-1]
    fresh = judge(profile, title=last["title"], text=last["text"], language=last["lang"])
    assert fresh.band == case["unlearnt"]
    assert answers[-1]["band"] == case["learnt"]


def test_background_is_no_new_fact(profile: Profile) -> None:
    learnt = known(SENTENCE, events=(1, 2, 3), days=(1, 2, 3))
    text = f"A museum opened in Pyongyang on Friday. {SENTENCE}"
    told = facts(profile, title="Kim opens museum for his Kursk dead", text=text, background=learnt)
    assert [each.text for each in told.sentences] == [
        "Kim opens museum for his Kursk dead",
        "A museum opened in Pyongyang on Friday.",
    ]


def test_the_store_remembers_and_forgets() -> None:
    store, now = blank.in_memory(), datetime(2026, 11, 1, tzinfo=UTC)
    own = marks(SENTENCE)
    for number in range(3):
        with store.transaction():
            store.background.note("s", own, number, now + timedelta(days=number), sighted)
        assert store.background.known("s") == (frozenset(own) if number == 2 else frozenset())
    assert store.background.known("other") == frozenset()
    with store.transaction():
        store.background.note("s", marks(f"Once {SENTENCE}"), 9, now, sighted)
    with store.transaction():
        store.background.note("s", (), 10, now + timedelta(days=200), sighted)
    rows = store.db.execute("select count(*) from background where not known").fetchone()
    assert rows == (0,)
    assert store.background.known("s") == frozenset(own)
