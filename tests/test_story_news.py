"""What is new in an article of a known development, on pairs of texts; `pytest -s` has the figures.

The later text of a pair is taken for a further report of what the earlier one tells, as if
nothing had folded it. The held-out halves of the sets are not looked at.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.story.developments import absorb, opened
from monitor.story.facts import Facts, facts
from monitor.story.negation import negations
from monitor.story.news import news
from monitor.story.profile import Profile
from monitor.text.words import words
from tests.labelled import learnt

DATA = Path(__file__).parent / "data"
NOW = datetime(2026, 2, 10, 12, tzinfo=UTC)
# Of other events than the earlier text, or of no more than a headline.
OTHERS = {"unrelated", "template", "same-names", "next-day", "headline-summary"}


@pytest.fixture(scope="module")
def profile() -> Profile:
    return learnt()


def pairs() -> Iterator[dict]:
    """The pairs that serve development, and the edited copies in which a fact was changed."""
    rows = {}
    for folder in ("pairs-2", "pairs-3"):
        for name in ("arabic", "others"):
            for line in (DATA / folder / f"{name}.jsonl").read_text("utf-8").splitlines():
                row = json.loads(line)
                rows[folder, row["id"]] = row
    yield from rows.values()
    for update in json.loads((DATA / "pairs-3" / "updates.json").read_text("utf-8"))["updates"]:
        row = rows[update["set"], update["id"]]
        later = {
            key: row["later"][key].replace(update["stood"], update["stands"])
            for key in ("title", "text")
        }
        yield {**row, "later": later, "kind": "changed", "relation": "new"}


def told(profile: Profile, text: dict, language: str) -> Facts:
    return facts(profile, title=text["title"], text=text["text"], language=language)


def new_of(profile: Profile, row: dict) -> tuple[str, ...]:
    known = opened(1, told(profile, row["earlier"], row["lang"]), NOW)
    return news(told(profile, row["later"], row["lang"]), known)


def test_more_news_is_found_than_repeats_are_called_news(profile: Profile) -> None:
    found: dict[tuple[bool, str], list[bool]] = {}
    for row in pairs():
        if row["kind"] not in OTHERS:
            key = row["topic"] == "story", row["relation"]
            found.setdefault(key, []).append(bool(new_of(profile, row)))
    for (story, relation), each in sorted(found.items()):
        print(f"{'story' if story else 'other'}, {relation}: {sum(each)} of {len(each)} have news")
    assert sum(found[True, "new"]) >= 43
    assert sum(found[True, "copy"]) <= 5
    assert sum(found[False, "new"]) >= 42
    assert sum(found[False, "copy"]) <= 9


@pytest.mark.parametrize("name", ["ar009", "ar042", "ar054", "ar084"])
def test_a_hidden_fact_is_named_by_its_sentence(profile: Profile, name: str) -> None:
    lines = (DATA / "pairs-3" / "arabic.jsonl").read_text("utf-8").splitlines()
    row = next(row for row in map(json.loads, lines) if row["id"] == name)
    assert row["kind"] == "hidden"
    (sentence,) = new_of(profile, row)
    assert sentence in row["later"]["text"]
    assert sentence not in row["earlier"]["text"]


class TestFurtherDown:
    FIRST = "Seoul says 1,200 North Korean troops were killed in Kursk"
    LEAD = "The agency told lawmakers on Tuesday. It spoke for an hour. It showed them maps."

    def new(self, profile: Profile, *sentences: str, before: str = "") -> tuple[str, ...]:
        def said(text: str) -> Facts:
            return facts(profile, title=self.FIRST, text=f"{self.LEAD} {text}", language="en")

        return news(said(" ".join(sentences)), opened(1, said(before), NOW))

    @pytest.mark.parametrize(
        "sentence",
        [
            "The dead include 85 officers.",
            "No fewer than 85 officers are among the dead.",
            "Nobody has claimed them, but the dead include 85 officers, he did not say more.",
            "The bodies will be flown home on 24 March.",
            "Moscow denied the figure.",
            "Two captured soldiers asked for asylum in Seoul.",
            "The chairman later told reporters that the missing are not among them.",
        ],
    )
    def test_news(self, profile: Profile, sentence: str) -> None:
        assert self.new(profile, "It rained.", sentence) == (sentence,)
        assert self.new(profile, "It rained.", sentence, before=sentence) == ()

    @pytest.mark.parametrize(
        "sentence",
        [
            "Some 11,000 soldiers have been sent since October 2024.",
            "The first of them arrived on 12 November.",
            "Moscow has not denied the figure.",
            "The dead do not include 85 officers, he said.",
            "In Canada 85 firefighters were honoured.",
            "Later they went home.",
            "Read also: 85 officers",
        ],
    )
    def test_no_news(self, profile: Profile, sentence: str) -> None:
        assert self.new(profile, "It rained.", sentence) == ()

    def test_what_another_development_told_is_a_reminder(self, profile: Profile) -> None:
        other = facts(profile, title="Kyiv: 85 officers of Pyongyang are dead", text="")
        report = facts(profile, title=self.FIRST, text=f"{self.LEAD} The dead include 85 officers.")
        known = opened(1, facts(profile, title=self.FIRST, text=self.LEAD), NOW)
        assert news(report, known) != ()
        assert news(report, known, others=[opened(2, other, NOW)]) == ()

    def test_what_was_told_once_is_told(self, profile: Profile) -> None:
        report = facts(profile, title=self.FIRST, text=f"{self.LEAD} The dead include 85 officers.")
        known = opened(1, facts(profile, title=self.FIRST, text=self.LEAD), NOW)
        known = absorb(known, 2, report, NOW + timedelta(hours=1), fresh=True)
        assert news(report, known) == ()


@pytest.mark.parametrize(
    ("title", "text", "is_news"),
    [
        # Who speaks was not read in the first report's language, or is where somebody is.
        (
            "Captive wants to live in the South",
            "A prisoner held in Kyiv said so to the paper.",
            False,
        ),
        ("Captive wants to live in the South", "He told this to Ukrainian officials.", False),
        ("Moscow: the captive is an actor", "", True),
        ("Captive wants to live in the South", "Moscow denies that he is a soldier.", True),
    ],
)
def test_a_voice_in_another_language(
    profile: Profile, title: str, text: str, *, is_news: bool
) -> None:
    first = facts(
        profile,
        title="생포 북한군 “한국에서 살고 싶다”",
        text="정부는 포로의 뜻을 확인했다고 밝혔다.",
        language="ko",
    )
    later = facts(profile, title=title, text=text, language="en")
    assert bool(news(later, opened(1, first, NOW))) is is_news


@pytest.mark.parametrize(
    ("sentence", "turned"),
    [
        ("No fewer than 45 soldiers died", 0),
        ("Погибли не менее 45 военных", 0),
        ("قتل ما لا يقل عن 45 جنديا", 0),
        ("غير أن الناطق باسم الجيش أكد مقتل 45", 0),
        ("Nicht nur Soldaten starben", 0),
        ("لا يزال الجنود هناك", 0),
        ("No soldiers died", 1),
        ("Военные не погибли", 1),
        ("لم يقتل أحد", 1),
        ("هذا الرقم غير صحيح", 1),
        ("They are no more", 1),
    ],
)
def test_what_turns_a_sentence_round(sentence: str, turned: int) -> None:
    assert len(negations(words(sentence))) == turned
