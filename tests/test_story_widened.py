"""Articles labelled *yes* as further seeds of a story without a name of its own; `pytest -s` shows the figures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bench.labels import Figures, of_story, options_of, rows_of, verdict
from monitor.model import Label, Seed, Story
from monitor.story.labels import taught
from monitor.story.look import glance
from monitor.story.profile import learn
from monitor.story.widened import widened
from tests.labelled import label, learnt


def reports(name: str) -> list[Label]:
    rows = rows_of(name, "odd")
    return [label(number, row) for number, row in enumerate(rows) if row["band"] == "on"]


def figures(name: str, *options: str) -> list[Figures]:
    """At 0, 5, 10 and 20 labels."""
    found = of_story(name, options_of([name, "--users", "1", *options]))
    print(f"\n{name} {' '.join(options)}")
    for each in found:
        print("  ", " ".join(f"{value:.3f}" for value in each))
    return found


@pytest.mark.parametrize(
    ("name", "dear"),
    [("own-measles", 0.15), pytest.param("wells", 0.3, marks=pytest.mark.slow)],
)
def test_ten_labels_mend_a_story(name: str, dear: float) -> None:
    """Scored are articles that nobody labelled; labelled is what the program showed."""
    before, _, ten, twenty = figures(name)
    assert before.cost > dear + 0.05
    assert ten.cost <= dear
    assert twenty.cost <= dear
    assert ten.precision >= before.precision
    assert ten.let_go <= before.let_go


@pytest.mark.slow
@pytest.mark.parametrize("options", [("--wrong", "0.1"), ("--crowded",)])
def test_a_slip_of_the_hand_and_a_page_badly_read_do_little_harm(options: tuple[str, ...]) -> None:
    before, _, ten, _ = figures("own-measles", *options)
    assert ten.cost <= before.cost
    assert ten.precision >= before.precision - 0.01


@pytest.mark.slow
def test_a_good_story_stays_good() -> None:
    before, _, ten, _ = figures("protests")
    assert ten.cost <= before.cost + 0.01
    assert ten.precision >= before.precision - 0.005


def test_no_label_makes_another_story_of_it() -> None:
    """A name that most reports have would tell a story of its own, were it in the seeds' headlines."""
    before = learnt("own-trial")
    for each in reports("own-trial")[::2]:
        after = widened(before, [each])
        assert after.combined, each.title
        assert not after.required


def test_a_story_with_a_name_is_not_widened() -> None:
    before = learnt("takeover")
    assert before.names.subject
    assert widened(before, reports("takeover")) is before


def test_one_slip_moves_few_verdicts() -> None:
    """A near miss called a report by mistake, with no other label to set against it."""
    before = learnt("own-talks")
    rows = rows_of("own-talks", "odd")[1::2]
    for number, row in enumerate(rows):
        if row["band"] == "off":
            after = taught(before, [label(number, row, yes=True)])
            others = [other for other in rows if other is not row]
            moved = [
                verdict(after, r).band != "on" for r in others if verdict(before, r).band == "on"
            ]
            assert sum(moved) <= 0.2 * len(moved), row["id"]


def test_what_a_label_made_worth_a_look_is_looked_at() -> None:
    """The first look hears of the labels, too: else no body would come of what they taught."""
    seeds = [
        Seed(name=f"{n}", title=title, text=text, language="en")
        for n, (title, text) in enumerate(
            (
                ("Cholera in Malawi", "A hospital in Malawi counts cholera cases."),
                ("Malawi counts its sick", "Health workers in Malawi fight the cholera epidemic."),
                (
                    "More cholera in Malawi",
                    "The cholera epidemic in Malawi spreads, says the hospital.",
                ),
            )
        )
    ]
    yes = [
        Label(article=n, yes=True, title=title, text=text, language="en")
        for n, (title, text) in enumerate(
            (
                ("Zambia shuts wells", "Zambia shut wells as cholera from Malawi spread."),
                (
                    "Zambia vaccinates",
                    "Zambia began to vaccinate against cholera after the wells of Zambia were shut.",
                ),
                (
                    "Zambia opens a ward",
                    "A cholera ward opened in Zambia for patients from Malawi.",
                ),
            )
        )
    ]
    before = learn(Story(name="cholera", title="Cholera", seeds=Path("seeds")), seeds)
    assert before.combined
    new = {
        "title": "Zambia drills wells",
        "summary": "Zambia drilled wells on Monday.",
        "language": "en",
    }
    assert glance(taught(before, yes), **new).score > glance(before, **new).score


def test_only_a_yes_widens_and_a_label_taken_back_leaves_no_trace() -> None:
    before = learnt("own-measles")
    said = reports("own-measles")[:3]
    disliked = [replace(each, yes=False) for each in said]
    assert taught(before, disliked).combined == before.combined
    assert taught(before, said).combined != before.combined
    assert widened(before, []) is before
    assert taught(before, []) is before


def test_a_story_of_groups_is_not_widened() -> None:
    """There labels propose other groups, taken only where they sort the others better."""
    assert len(learnt().required) > 1
    assert widened(learnt(), reports("own-measles")) is learnt()
