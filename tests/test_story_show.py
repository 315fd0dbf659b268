"""What a story shows of itself: understood, not understood, and how often it may be wrong."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from monitor.cli.main import commands
from monitor.cli.score import figures
from monitor.model import Corrections, Seed, Story
from monitor.parse.seed import left_out, read_seed
from monitor.story.estimate import Scored, estimate
from monitor.story.measures import alerts, b_cubed_across, precision_recall
from monitor.story.portrait import portrait
from monitor.story.profile import Profile, learn
from monitor.story.turning import turning
from tests.labelled import SEEDS, STORY, STREAMS, learnt, shipped, stream
from tests.stored import START

STORIES = Path(__file__).parent / "data" / "stories"


@pytest.fixture(scope="module")
def profile() -> Profile:
    return learnt()


@pytest.fixture(scope="module")
def shown(profile: Profile) -> dict:
    return portrait(profile, profile, ["ar"])


def test_the_shipped_story_is_shown_piece_by_piece(profile: Profile, shown: dict) -> None:
    found = shown
    assert [piece["name"] for piece in found["pieces"]][2:4] == [
        "002-invitation-and-thanks.md",
        "002-invitation-and-thanks.md#2",
    ]
    groups = {group["group"]: group for group in found["groups"]}
    assert found["required"] == ["who", "with", "what"]
    assert groups["who"]["required"]
    assert not groups["near"]["required"]
    (korea,) = groups["who"]["concepts"]
    assert korea["name"] == "north-korea"
    assert "بيونغ يانغ" in korea["spellings"]["ar"]
    assert list(korea["spellings"]) == ["ar"]
    assert "كوري" in {word["word"] for word in found["words"]}
    weights = [word["weight"] for word in found["words"]]
    assert weights == sorted(weights, reverse=True)
    assert (found["version"], found["threshold_from"]) == (profile.version, "default")
    assert json.loads(json.dumps(found, default=str))


def test_corrections_and_their_spellings_are_shown() -> None:
    said = Corrections(aliases={"who": ("الدولة المعزولة",)}, exclude=("football",))
    own = learn(replace(STORY, corrections=said, threshold=0.6, edge_given=True), shipped()[:2])
    found = portrait(own, own)
    (who,) = [group for group in found["groups"] if group["group"] == "who"]
    assert who["from"] == "sources.yaml"
    assert who["concepts"][-1]["spellings"] == {"own": ["الدولة المعزولة"]}
    assert found["threshold_from"] == "sources.yaml"
    assert found["corrections"]["exclude"] == ("football",)


def test_a_country_that_the_alias_file_lacks_is_said_to_come_from_cldr() -> None:
    seeds = [
        Seed(name=f"{n}", title="Floods in Libya", text="Floods hit Libya again.", language="en")
        for n in range(2)
    ]
    libya = learn(STORY, seeds)
    groups = {group["group"]: group for group in portrait(libya, libya)["groups"]}
    (found,) = groups["who"]["concepts"]
    assert (found["name"], found["from"], found["count"]) == ("libya", "CLDR", 0)


def test_what_was_not_understood_is_said(shown: dict) -> None:
    told = [re.sub(r"0\.\d\d", "0.##", line) for line in shown["not_understood"]]
    assert told == [
        "002-invitation-and-thanks.md matches its own story only nearly (maybe, 0.##)",
    ]
    alone = learn(STORY, shipped()[:1])
    assert "one seed alone" in portrait(alone, alone)["not_understood"][0]
    none = learn(STORY, [])
    assert "there are no seeds" in portrait(none, none)["not_understood"][0]
    football = Seed(
        name="cup.txt", title="Cup final", text="The cup final ended in a draw.", language="en"
    )
    odd = learn(STORY, [*shipped()[:2], football])
    said = portrait(odd, odd)["not_understood"]
    assert any(line.startswith("cup.txt does not match its own story") for line in said)
    assert "cup.txt is not recognised by the other seeds" in said
    weather = replace(football, name="rain.txt", title="Rain", text="Rain fell in the hills.")
    mixed = learn(STORY, [shipped()[0], football, weather])
    assert any("have little in common" in line for line in portrait(mixed, mixed)["not_understood"])


def test_what_was_cut_from_a_document_is_told() -> None:
    body = (SEEDS / "002-invitation-and-thanks.md").read_bytes()
    pieces = read_seed("002-invitation-and-thanks.md", body)
    assert len(pieces) == 2
    assert left_out("002-invitation-and-thanks.md", body, pieces) == ("إقرأ أيضاً:",)
    page = "<html><body><nav>Home | Sport</nav><article><h1>Soldiers honoured</h1><p>{}</p></article></body></html>".format(
        "Kim honoured the soldiers who returned from Kursk in a long ceremony. " * 4
    ).encode()
    assert "Home | Sport" in left_out("a.html", page, read_seed("a.html", page))


def scored(count: int, *, on: bool, score: float, label: bool | None = None) -> list[Scored]:
    return [Scored(START - timedelta(hours=n), on, score, label) for n in range(count)]


def test_false_alarms_are_counted_on_labels_near_the_edge_or_not_at_all() -> None:
    old = [Scored(START - timedelta(days=14), False, 0.1)]
    off = scored(300, on=False, score=0.1)
    found = estimate([*old, *off, *scored(6, on=True, score=0.9)], 0.5, START)
    assert (found.rate, found.at_most, found.basis) == (0.0, True, "near the edge")
    found = estimate([*old, *off, *scored(6, on=True, score=0.55)], 0.5, START)
    assert (found.rate, found.at_most) == (3.0, True)
    told = [*scored(4, on=True, score=0.9, label=True), *scored(1, on=True, score=0.9, label=False)]
    found = estimate([*old, *off, *told, *scored(5, on=True, score=0.9)], 0.5, START)
    assert (found.rate, found.at_most, found.basis) == (1.0, False, "labels")
    few = estimate(scored(41, on=False, score=0.1), 0.5, START)
    assert few.rate is None
    assert "too little is stored to say: 41 articles in 1.7 days" in few.how
    assert estimate([], 0.5, START).rate is None
    ancient = [Scored(START - timedelta(weeks=9), True, 0.55) for _ in range(999)]
    assert estimate(ancient, 0.5, START).articles == 0


def test_what_would_have_changed_a_verdict() -> None:
    assert turning("on", 0.62, 0.5, []) == ["0.12 less, and it would have been maybe"]
    # A look at the headline alone gives a share of what was named, above the lower edge or not.
    little = ["it names too little of what the story asks for to be weighed"]
    assert turning("off", 1 / 3, 0.5, []) == turning("off", 0.0, 0.5, []) == little
    missing = {"kind": "missing", "text": "with: not named"}
    assert turning("maybe", 0.4, 0.5, [missing]) == [
        "0.10 more, and it would have been on; 0.10 less, and it would have been off",
        "what it lacks beside the rest in one passage: with: not named",
    ]
    label = {"kind": "label", "text": "like one that you labelled no: X", "weight": -0.3}
    excluded = {"kind": "excluded", "text": "football", "weight": 0.0}
    assert turning("off", 0.1, 0.5, [excluded, label]) == [
        "0.20 more, and it would have been maybe",
        "without the excluded word football it would have scored five times as much",
        "without your label it would have scored 0.40 (like one that you labelled no: X)",
    ]


def test_measures_of_small_cases() -> None:
    assert precision_recall([(True, True), (True, False), (False, True), (False, False)]) == (
        0.5,
        0.5,
        0.5,
    )
    assert precision_recall([]) == (0.0, 0.0, 0.0)
    assert alerts([("a", True), ("a", True), ("b", False)]) == (1.0, 0.5)
    assert alerts([]) == (0.0, 0.0)
    assert b_cubed_across([("a", 1, "ar"), ("a", 1, "en"), ("b", 2, "ar")]) == 1.0
    assert b_cubed_across([("a", 1, "ar"), ("a", 2, "en")]) == 0.0
    assert b_cubed_across([]) == 0.0


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=30))
def test_precision_and_recall_are_shares(pairs: list[tuple[bool, bool]]) -> None:
    assert all(0 <= value <= 1 for value in precision_recall(pairs))


def test_what_is_not_labelled_is_not_measured() -> None:
    row = {"band": "on", "title": "t"}
    answer = {"band": "on", "score": 0.9, "relation": "new", "development": None, "sure": True}
    found = figures([(row, answer)], 0.5)
    assert (found["precision"], found["recall"], found["f1"]) == (1.0, 1.0, 1.0)
    assert found["b_cubed_f1"] is None
    assert found["copies_f1"] is None
    assert found["alerts_per_development"] is None


@pytest.fixture
def alone(tmp_path):
    """A configuration of stories alone, with two of the shipped seeds."""
    path = tmp_path / "sources.yaml"
    path.write_text("stories: {troops: {seeds: seeds}}\n", "utf-8")
    (tmp_path / "seeds").mkdir()
    for name in ("001-first-confirmation.md", "002-invitation-and-thanks.md"):
        shutil.copy(SEEDS / name, tmp_path / "seeds")
    return path


def run(config, *words: str):
    return CliRunner().invoke(commands, ["--config", str(config), *words])


def test_the_test_command_scores_labelled_lines(alone, tmp_path) -> None:
    """The same figures as the measures give, over a part of the development stream."""
    part = tmp_path / "part.jsonl"
    part.write_text(
        "\n".join((STREAMS / "dev.jsonl").read_text("utf-8").splitlines()[:40]) + "\n", "utf-8"
    )
    done = run(alone, "story", "test", "troops", str(part), "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    rows = stream()[:40]
    assert found["articles"] == 40
    assert found["on"] == sum(row["band"] == "on" for row in rows)
    assert found["developments"] == len({r["development"] for r in rows if r["band"] == "on"})
    for key in ("precision", "recall", "average_precision", "b_cubed_f1", "copies_f1"):
        assert 0.7 <= found[key] <= 1, key
    assert found["tdt_cost"] >= found["least_tdt_cost"]
    assert found["alerts_per_development_with_updates"] >= found["alerts_per_development"]
    plain = run(alone, "story", "test", "troops", str(part))
    assert "average precision: " in plain.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "part.jsonl:1: no JSON"),
        ('{"title": "a"}', "part.jsonl:1: expected an object with band: on, maybe or off"),
        ('{"band": "on", "title": 3}', "part.jsonl:1: title is not a string"),
        ("\n", "there is no labelled article in it"),
    ],
)
def test_a_faulty_line_is_named(alone, tmp_path, text: str, said: str) -> None:
    part = tmp_path / "part.jsonl"
    part.write_text(text, "utf-8")
    done = run(alone, "story", "test", "troops", str(part))
    assert done.exit_code == 2
    assert said in done.stderr


def test_show_works_before_anything_is_stored(alone) -> None:
    done = run(alone, "story", "show", "troops")
    assert done.exit_code == 0, done.output
    assert run(alone, "story", "show").stdout == done.stdout  # the only one needs no name
    assert "002-invitation-and-thanks.md: 2 pieces" in done.stdout
    assert "too little is stored to say: 0 articles" in done.stdout
    assert not list(alone.parent.glob("monitor.db*"))
    wrong = run(alone, "story", "show", "troop")
    assert wrong.exit_code == 2
    assert "there is troops" in wrong.stderr


def test_a_story_without_seeds_shows_that(tmp_path) -> None:
    empty = Story(name="s", title="S", seeds=tmp_path)
    found = portrait(learn(empty, []), learn(empty, []))
    assert found["groups"] == []
    assert found["pieces"] == []


def test_groups_that_decide_nothing_take_one_line(tmp_path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(f"stories: {{power: {{seeds: {STORIES / 'own-power' / 'seeds'}}}}}\n", "utf-8")
    said = run(path, "story", "show", "power").output
    (line,) = [line for line in said.splitlines() if "without weight" in line]
    assert line.startswith("  found and without weight: madagascar, casualties, flood, ")
    assert "spellings in" not in said
    assert "Groups: none is required, what the seeds share decides" in said
    listed = run(path, "story", "show", "power", "--spellings", "ar").output
    assert "  near: decides nothing, from seeds" in listed
