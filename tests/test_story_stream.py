"""The matcher's figures on the labelled stream; `pytest -s` shows them.

dev.jsonl was developed on, and its words are in the alias file, so these figures are
floors against going back and no promise for other texts. The halves are the odd and
the even rows. second.jsonl, third.jsonl and the variants (paraphrases and near misses in
thirty languages, written before they were scored) have been learnt from since: their figures at
first sight stand in docs/story.md. So has sixth.jsonl. Of fifth.jsonl the odd rows were learnt from;
the even ones were looked at for their figures alone. fourth.jsonl and the held-out-*.jsonl are held out.
"""

from collections import defaultdict

import pytest

from monitor.model import Match
from monitor.story.look import glance
from monitor.story.match import judge
from monitor.story.measures import average_precision, cost, least_cost
from monitor.story.profile import Profile
from tests import labelled

Judged = list[tuple[dict, Match]]


@pytest.fixture(scope="module")
def profile() -> Profile:
    return labelled.learnt()


def judged(profile: Profile, name: str) -> Judged:
    rows = labelled.stream(name)
    return [
        (row, judge(profile, title=row["title"], text=row["text"], language=row["lang"]))
        for row in rows
    ]


@pytest.fixture(scope="module")
def stream(profile: Profile) -> Judged:
    return judged(profile, "dev.jsonl")


def figures(part: Judged) -> dict[str, float]:
    """*On* against *off*; what is labelled *maybe* counts as neither."""
    scored = [(match.score, row["band"] == "on") for row, match in part if row["band"] != "maybe"]
    wanted = [match.band != "off" for row, match in part if row["band"] != "off"]
    return {
        "articles": len(part),
        "average precision": round(average_precision(scored), 4),
        "cost": round(cost(scored), 3),
        "least cost": round(least_cost(scored), 3),
        "recall of on or maybe": round(sum(wanted) / len(wanted), 3),
    }


@pytest.mark.parametrize("part", ["all", "odd", "even"])
def test_figures(stream: Judged, part: str) -> None:
    found = figures({"all": stream, "odd": stream[::2], "even": stream[1::2]}[part])
    print(f"\n{part}: {found}")
    assert found["average precision"] >= 0.99
    assert found["cost"] <= 0.09
    assert found["recall of on or maybe"] >= 0.985


# Average precision, cost, recall of on or maybe.
FLOORS = {
    # Learnt from.
    "second": (0.99, 0.04, 0.985),
    "third": (0.99, 0.04, 0.985),
    "sixth": (0.99, 0.04, 0.985),
    "seventh": (0.99, 0.04, 0.985),
    "../story/variants": (0.99, 0.04, 0.985),
    "../story/variants-2": (0.99, 0.04, 0.985),
    # Read since. At first sight the cost was 0.3, of context paragraphs in other news.
    "eleventh": (0.995, 0.06, 0.985),
    # The half of it; 0.58, of items on pages of many.
    "twelfth": (0.99, 0.07, 0.92),
    # The half of it; 1.32: features, portraits, interviews of 350 words and more.
    "thirteenth": (0.84, 0.92, 0.99),
    # As news sites write, in the timeline of record; 1.55, 1.29: standing paragraphs that name a day.
    "fourteenth": (0.98, 0.33, 0.99),
    "fifteenth": (0.94, 0.32, 0.99),
    # The halves of two of the same kind; 0.41, 0.70.
    "sixteenth": (0.99, 0.41, 0.99),
    "seventeenth": (0.95, 0.36, 0.99),
    # Written for each reason of a wrong verdict; 0.56.
    "../story/variants-4": (0.985, 0.15, 0.98),
    # Short near misses in 24 languages; 0.73. Four false alarms are left.
    "../story/variants-5": (0.99, 0.57, 1),
    # Never read: by a fourth author who varied the words on purpose, a sixth, a seventh, a ninth, a twelfth, and long ones of three hands.
    "fourth": (0.965, 0.3, 0.92),
    "held-out-sixth": (0.95, 0.19, 0.96),
    "held-out-seventh": (0.985, 0.22, 0.97),
    "held-out-ninth": (0.98, 0.15, 0.965),
    "held-out-twelfth": (0.91, 0.32, 0.83),
    "held-out-thirteenth": (0.86, 0.9, 0.93),
    "held-out-sixteenth": (0.8, 1.16, 0.99),
    "held-out-seventeenth": (0.99, 0.01, 0.91),
}


@pytest.mark.parametrize("name", FLOORS)
def test_figures_of_other_streams(profile: Profile, name: str) -> None:
    precise, dearest, least = FLOORS[name]
    found = figures(judged(profile, f"{name}.jsonl"))
    print(f"\n{name}: {found}")
    assert found["average precision"] >= precise
    assert found["cost"] <= dearest
    assert found["recall of on or maybe"] >= least


@pytest.mark.parametrize(("part", "dearest"), [("odd", 0.1), ("even", 0.14)])
def test_figures_of_the_fifth_stream(profile: Profile, part: str, dearest: float) -> None:
    """By a fifth author; the even rows were never read."""
    stream = judged(profile, "fifth.jsonl")
    found = figures(stream[part == "even" :: 2])
    print(f"\nfifth.jsonl, {part}: {found}")
    assert found["average precision"] >= 0.985
    assert found["cost"] <= dearest
    assert found["recall of on or maybe"] >= 0.94


def test_no_language_is_left_behind(stream: Judged) -> None:
    by_language: dict[str, Judged] = defaultdict(list)
    for row, match in stream:
        by_language[row["lang"]].append((row, match))
    for language, part in sorted(by_language.items()):
        missed = [row["id"] for row, match in part if row["band"] != "off" and match.band == "off"]
        alarms = [row["id"] for row, match in part if row["band"] == "off" and match.band == "on"]
        lowered = [
            row["id"] for row, match in part if row["band"] == "on" and match.band == "maybe"
        ]
        print(
            f"\n{language}: {len(part)}, lowered {lowered}, missed {missed}, alarms {alarms}",
            end="",
        )
        assert not missed
        assert not alarms


def test_the_twelve_headlines_with_their_bodies(profile: Profile) -> None:
    bands = {row["id"]: (row["band"], match.band) for row, match in judged(profile, "twelve.jsonl")}
    assert {name for name, (wanted, given) in bands.items() if wanted != given} == set()


def test_no_first_look_lets_the_story_go(profile: Profile, stream: Judged) -> None:
    """Neither with the summary nor by the headline alone."""
    let_go = 0
    for row, _ in stream:
        for summary in (row["text"][:200], ""):
            seen = glance(profile, title=row["title"], summary=summary, language=row["lang"])
            let_go += seen.off
            assert not (seen.off and row["band"] == "on"), (row["id"], summary)
    print(f"\nlet go: {let_go} of {2 * len(stream)} looks")
    assert let_go >= 150
