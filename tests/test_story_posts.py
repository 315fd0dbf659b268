"""Live blogs and round-ups: each post is judged for itself, and only it is the news."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.story.facts import facts
from monitor.story.match import judge
from monitor.story.posts import posts
from monitor.story.profile import Profile
from tests.labelled import learnt

CASES = json.loads((Path(__file__).parent / "data" / "story" / "posts.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def profile() -> Profile:
    return learnt()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_only_a_post_on_the_story_counts(profile: Profile, case: dict) -> None:
    assert len(posts(case["title"], case["text"])) == case["posts"]
    match = judge(profile, title=case["title"], text=case["text"], language=case["lang"])
    assert match.band == case["band"], (match.score, match.rule, match.reasons)
    if case["headline"]:
        told = facts(profile, title=case["title"], text=case["text"], language=case["lang"])
        assert told.sentences[0].text == case["headline"]
    if case["posts"] and match.band == "on":
        assert match.rule.startswith(f"one post of {case['posts']}")


@given(st.text(max_size=60), st.text(max_size=400))
def test_posts_are_of_the_text(title: str, text: str) -> None:
    assert all(word in text for post in posts(title, text) for word in post.split())


def test_links_below_a_post_end_where_it_goes_on() -> None:
    text = (
        "11:30 Talks end.\n11:45 Fighting in the north\nRead also: Oil falls\n"
        "Two soldiers were killed, the army says.\n12:00 Rain in Oslo.\nMost read\n1. Gold rises\n2. Who won?\n12:10 Snow."
    )
    assert posts("The day", text) == (
        "Talks end.",
        "Fighting in the north Two soldiers were killed, the army says.",
        "Rain in Oslo.",
        "Snow.",
    )


@pytest.mark.parametrize(
    "title",
    ["Ukraine war: live updates", "Round-up: the day in Kursk", "Дайджест за неделю", "Онлайн-трансляция", "أبرز الأخبار", "[실시간] 전쟁"],
)  # fmt: skip
def test_a_page_that_calls_itself_one_is_of_its_paragraphs(title: str) -> None:
    assert len(posts(title, "One.\nTwo.\nThree.")) == 3


@pytest.mark.parametrize("title", ["A live bird in Kursk", "Olive blogs", "What happened as it rained", "أهم ما قاله", "直接"])  # fmt: skip
def test_one_that_only_has_such_words_is_not(title: str) -> None:
    assert not posts(title, "One.\nTwo.\nThree.")
