"""`alert.state` and what it rests on: the word that an alert begins with, and what is new."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.alert.state import contradicts, state
from monitor.model import Added, Event
from monitor.story.added import added, fresh
from monitor.story.developments import place
from monitor.story.facts import facts
from monitor.story.profile import Profile
from tests import alerts
from tests.labelled import learnt, rows, stream

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def profile() -> Profile:
    return learnt()


def told(title: str, language: str, found: Added, **changed):
    event = Event(id=1, headline="x", language="ar", reports=2, added=found)
    alert = alerts.titled(title, language=language)
    return replace(alert, event=event, **changed)


@pytest.mark.parametrize(
    "case", rows(DATA / "headline-states.jsonl"), ids=lambda case: case["title"]
)
def test_the_headline_makes_the_claim(case: dict, profile: Profile) -> None:
    own = facts(
        profile, title=case["title"], text=case.get("text", ""), language=case["lang"]
    ).sentences[0]
    found = Added(
        relation=case["relation"],
        stances=own.stances,
        speaker=own.speaker,
        spoke=tuple(case["spoke"]),
    )
    alert = told(case["title"], case["lang"], found)
    assert state(alert) == case["state"]
    assert contradicts(alert) is (case["state"] in {"denied", "corrected", "withdrawn"})


def claims(profile: Profile, name: str) -> dict[str, str]:
    """The state word of each report that is news, in order, against what stood then."""
    known, words = {}, {}
    for number, row in enumerate(stream(name), 1):
        if row["band"] != "on":
            continue
        now = datetime.fromisoformat(row["published"])
        own = facts(profile, title=row["title"], text=row["text"], language=row["lang"])
        placed = place(
            number, own, list(known.values()), now, closes_after=timedelta(hours=72), sure=True
        )
        relation, before = placed.relation, known.get(placed.development.id)
        found = added(own, before, relation.relation, relation.new_facts, [])
        known[placed.development.id] = placed.development
        if relation.relation != "repeat":
            words[row["id"]] = state(told(row["title"], row["lang"], found))
    return words


def test_the_twelve_headlines(profile: Profile) -> None:
    """The second, a retelling, and the fifth, a copy, are told to nobody."""
    assert claims(profile, "twelve.jsonl") == {
        "h01": "new",
        "h03": "denied",
        "h04": "new",
        "h06": "new",
        "h07": "new",
        "h08": "corrected",
    }


def test_no_claim_on_the_stream_is_wrong(profile: Profile) -> None:
    """Each was read by a person; what is left out says UPDATE or NEW, which is true as well."""
    found = claims(profile, "dev.jsonl")
    print(f"\n{len(found)} told:", {word: [*found.values()].count(word) for word in found.values()})
    assert {name: word for name, word in found.items() if word not in {"new", "update"}} == {
        "d005": "denied",  # Peskov calls the reports a fake
        "d024": "denied",  # Kuzey Kore iddiasını yalanladı
        "d179": "corrected",
    }


def test_old_news_is_late_but_a_denial_stays_one() -> None:
    seen = datetime(2026, 11, 20, 14, 7, 30, tzinfo=UTC)
    alert = alerts.titled("A headline", published=(seen - timedelta(hours=25)).isoformat())
    assert state(alert) == "late"
    just = alerts.titled("A headline", published=(seen - timedelta(hours=24)).isoformat())
    assert state(just) == "new"
    found = Added(relation="update", stances=("deny",), speaker="moscow", spoke=("seoul",))
    event = Event(id=1, headline="x", language="ar", reports=2, added=found)
    assert state(replace(alert, event=event)) == "denied"


def test_a_test_is_a_test() -> None:
    assert state(alerts.build({"kind": "test", "article": {"title": "Correction"}})) == "test"


@pytest.mark.parametrize(
    ("sentence", "earlier", "language", "marked"),
    [
        (
            "وقال متحدث إن 600 جندي قتلوا في كورسك.",
            "قال المتحدث باسم سيول إن 300 جندي قُتلوا في منطقة كورسك.",
            "ar",
            ("600",),
        ),
        (
            "Seoul says 6,000 soldiers were wounded.",
            "Seoul says that six thousand soldiers were killed.",
            "en",
            ("wounded",),
        ),
        ("Seoul says 1,200 were sent.", "سيول: إرسال ألف جندي", "en", ("1,200",)),
        ("سيول: أرسلت ألفي جندي", "Seoul: 1,000 soldiers were sent", "ar", ("ألفي",)),
        ("Seoul says 1,000 were sent.", "سيول: إرسال ألف جندي", "en", ()),
        ("Seoul says it again.", "", "en", ()),
    ],
)
def test_new_words_are_those_of_no_earlier_report(sentence, earlier, language, marked) -> None:
    assert fresh([sentence], [earlier], language) == marked


def test_an_earlier_figure_stands_beside_a_new_one_of_its_kind(profile: Profile) -> None:
    first = facts(
        profile, title="Seoul: 3,000 North Korean soldiers killed in Kursk", text="", language="en"
    )
    now = datetime(2026, 1, 1, tzinfo=UTC)
    opened = place(1, first, [], now, closes_after=timedelta(hours=72), sure=True).development
    later = facts(
        profile, title="Seoul: 6,000 North Korean soldiers killed in Kursk", text="", language="en"
    )
    found = added(later, opened, "update", [later.sentences[0].text], [])
    assert found.earlier == (("casualties", 3000),)
    assert found.spoke == ("seoul",)
    assert added(first, opened, "repeat", (), []).earlier == ()
