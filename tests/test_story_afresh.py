"""One paragraph on the story in other news: told as news it counts, as what stands around it does not."""

import json
from pathlib import Path

import pytest

from monitor.story.match import judge
from monitor.story.piece import piece
from monitor.story.profile import Profile
from tests.labelled import learnt

DATA = Path(__file__).parent / "data" / "story" / "afresh.jsonl"
CASES = [json.loads(line) for line in DATA.read_text("utf-8").splitlines()]
# Other news of five paragraphs, of which the third is the case.
TITLES = (
    "Ministers promise new homes for service families",
    "Grain prices rise in the Black Sea ports",
)
BEFORE = (
    "Members' complaints about damp took up most of the morning, with one holding up a jar.",
    "The worst houses would be refurbished by April, the committee heard, and the rest in turn.",
)
BEHIND = (
    "Other questions concerned the cost of a propeller shaft and cadets in the west.",
    "The sitting ended at noon.",
)


@pytest.fixture(scope="module")
def profile() -> Profile:
    return learnt()


def page(case: dict, *, at: int = 2) -> str:
    parts = [*BEFORE, *BEHIND]
    return "\n\n".join([*parts[:at], case["text"], *parts[at:]])


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case['lang']}-{case['news']}-{case['text'][:20]}"
)
@pytest.mark.parametrize("title", TITLES)
def test_news_below_other_news_counts_and_its_context_does_not(
    profile: Profile, case: dict, title: str
) -> None:
    match = judge(profile, title=title, text=page(case), language=case["lang"])
    assert (match.band == "on") is case["news"], (match.score, match.rule)
    if case["news"]:
        assert match.rule == "as news of its own, below other news"


def test_what_stands_in_the_neighbouring_paragraph_dates_nothing(profile: Profile) -> None:
    """The day and the speaker of the other news are none of the paragraph's."""
    context = next(case for case in CASES if not case["news"])
    text = page(context).replace(
        BEFORE[1], "The minister said on Thursday that 40 houses were ready."
    )
    assert judge(profile, title=TITLES[0], text=text, language="en").band != "on"


def test_only_that_paragraph_is_what_the_page_tells_of_the_story(profile: Profile) -> None:
    case = CASES[0]
    assert piece(profile, TITLES[0], page(case), "en") == ("", case["text"])
    context = next(each for each in CASES if not each["news"])
    whole = TITLES[0], page(context)
    assert piece(profile, *whole, "en") == whole
