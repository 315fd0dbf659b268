"""Another story, in another language, learnt from its seeds with no change of code.

An invented mine accident: nothing in the alias file knows it, so it is told by its own
names and the seeds' words. `pytest -s` shows the figures; the set was learnt from after
its first sight, so they are floors.
"""

import json
from pathlib import Path

import pytest

from monitor.model import Match, Seed, Story
from monitor.story.look import glance
from monitor.story.match import judge
from monitor.story.measures import average_precision, cost
from monitor.story.profile import Profile, learn
from monitor.text.arabic import fold

DATA = Path(__file__).parent / "data" / "story" / "second-story"


def rows(name: str) -> list[dict]:
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def profile() -> Profile:
    seeds = [Seed(**row) for row in rows("seeds.jsonl")]
    return learn(Story(name="kalumo", title="Kalumo", seeds=DATA), seeds)


@pytest.fixture(scope="module")
def judged(profile: Profile) -> list[tuple[dict, Match]]:
    return [
        (row, judge(profile, title=row["title"], text=row["text"], language=row["lang"]))
        for row in rows("stream.jsonl")
    ]


def test_figures(judged: list[tuple[dict, Match]]) -> None:
    scored = [(m.score, row["band"] == "on") for row, m in judged if row["band"] != "maybe"]
    wanted = [m.band != "off" for row, m in judged if row["band"] != "off"]
    found = average_precision(scored), cost(scored), sum(wanted) / len(wanted)
    print("\naverage precision {:.4f}, cost {:.3f}, on or maybe {:.3f}".format(*found))
    assert found[0] >= 0.98
    assert found[1] <= 0.15
    assert found[2] >= 0.98


def test_its_names_are_learnt_from_the_seeds(profile: Profile) -> None:
    assert profile.names.weights["kalumo"] == 1.0
    assert 0 < profile.names.weights["corvane minerals"] < 1.0
    assert not {"officials", "rescuers", "shaft", "zambia"} & profile.names.weights.keys()


def test_no_first_look_lets_the_story_go(profile: Profile) -> None:
    for row in rows("stream.jsonl"):
        seen = glance(profile, title=row["title"], summary=row["text"], language=row["lang"])
        assert not (seen.off and row["band"] == "on"), row["id"]


def test_the_reasons_are_true(profile: Profile, judged: list[tuple[dict, Match]]) -> None:
    """Without the names that are given as the reason the score falls."""
    for row, match in judged:
        named = [fold(r.text[6:]) for r in match.reasons if r.text.startswith("name: ")]
        if row["band"] != "on" or not named:
            continue
        title, text = fold(row["title"]), fold(row["text"])
        for name in named:
            title, text = title.replace(name, "—"), text.replace(name, "—")
        after = judge(profile, title=title, text=text, language=row["lang"])
        assert after.score < match.score, (row["id"], named)
