"""A text's length moves few verdicts: what stands before and behind a report is other news.

The read streams' own texts, lengthened with paragraphs of other articles of their language, and those
off the story with the background on it that still others have.
"""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

import pytest

from monitor.story.match import judge
from monitor.story.passages import read, together
from monitor.story.signs import WHO
from monitor.story.strength import strength
from tests.labelled import Row, learnt, stream

READ = ("dev", "second", "third", "fifth", "sixth", "seventh", "eleventh", "twelfth")
LONG = 350  # letters
PUT_IN = 8  # paragraphs
FEWEST = 4  # articles that have paragraphs to put in


@cache
def rows() -> tuple[Row, ...]:
    found = [row for name in READ for row in stream(f"{name}.jsonl")]
    return tuple(row for row in found if len(row["text"]) > LONG and row["band"] != "maybe")


@cache
def others() -> Mapping[str, Sequence[tuple[str, Sequence[str]]]]:
    """Headline and paragraphs of articles that do not name the actor, by language."""
    found: dict[str, list[tuple[str, Sequence[str]]]] = {}
    for row in rows():
        shown = together(read(learnt(), row["title"], row["text"]))
        if row["band"] == "off" and not shown & learnt().code.either("who"):
            found.setdefault(row["lang"], []).append((row["title"], row["text"].split("\n\n")))
    return {lang: each for lang, each in found.items() if len(each) >= FEWEST}


@cache
def backgrounds() -> Mapping[str, Sequence[tuple[str, str]]]:
    """Paragraphs that show the story in articles off it, each with its article's id, by language."""
    profile, found = learnt(), dict[str, list[tuple[str, str]]]()
    for row in rows():
        article = read(profile, row["title"], row["text"])
        named = bool(together(article) & WHO)
        at = {
            each.paragraph
            for each in article
            if each.paragraph > 0 and strength(profile, each.signs, named=named) >= 0.5
        }
        for paragraph in sorted(at) if row["band"] == "off" else ():
            text = " ".join(each.text for each in article if each.paragraph == paragraph)
            found.setdefault(row["lang"], []).append((row["id"], text))
    return {lang: each for lang, each in found.items() if len(each) > FEWEST}


def put_around(row: Row) -> tuple[str, list[str], list[str]]:
    """Another headline, and paragraphs to stand before and behind a text."""
    drawn = random.Random(row["id"])
    among = [each for each in others()[row["lang"]] if each[0] != row["title"]]
    drawn.shuffle(among)
    paragraphs = [each for _, text in among for each in text][:PUT_IN]
    half = len(paragraphs) // 2
    return among[0][0], paragraphs[:half], paragraphs[half:]


# At most: off the story that are on, and on it that are not.
@pytest.mark.parametrize(
    ("name", "own", "most"),
    [
        ("behind", True, (1, 11)),
        ("around", True, (7, 27)),
        ("around, under its headline", False, (1, 128)),
    ],
)
def test_other_news_around_a_report_moves_few_verdicts(
    name: str, own: bool, most: tuple[int, int]
) -> None:
    """`pytest -s` shows the figures."""
    bands: Counter[tuple[str, str]] = Counter()
    for row in rows():
        if row["lang"] not in others():
            continue
        headline, before, behind = put_around(row)
        parts = (
            [row["text"], *before, *behind] if name == "behind" else [*before, row["text"], *behind]
        )
        title = row["title"] if own else headline
        match = judge(learnt(), title=title, text="\n\n".join(parts), language=row["lang"])
        bands[row["band"], match.band] += 1
    missed = bands["on", "maybe"] + bands["on", "off"]
    print(f"\n{name}: {dict(bands)}")
    assert bands["off", "on"] <= most[0]
    assert missed <= most[1]


@pytest.mark.parametrize(("count", "most"), [(1, 14), (2, 33), (3, 59)])
def test_background_of_several_paragraphs_is_no_news(count: int, most: int) -> None:
    """Put into articles off the story, with other news behind it."""
    found = judged = 0
    for row in rows():
        if row["band"] == "on" or row["lang"] not in backgrounds() or row["lang"] not in others():
            continue
        drawn = random.Random(row["id"])
        among = [text for name, text in backgrounds()[row["lang"]] if name != row["id"]]
        _, before, behind = put_around(row)
        parts = row["text"].split("\n\n")
        at = max(2, len(parts) // 2)
        text = [*parts[:at], *drawn.sample(among, count), *parts[at:], *before, *behind]
        match = judge(learnt(), title=row["title"], text="\n\n".join(text), language=row["lang"])
        judged += 1
        found += match.band == "on"
    print(f"\n{count} of background: {found} of {judged} are on")
    assert found <= most


# A feature whose headline and lead name no actor, and one that names it in one place alone.
FEATURE = (
    "The bus to the airfield left at four",
    "KURSK — The choir had practised a song about apples, and at the last moment it was changed.",
    "Six coffins stood in the yard. A nurse counted them aloud and then counted them again.",
    "The sappers had been killed by a mine beside a chapel. Their names were read out in alphabetical order.",
    "Nobody here knew them well. They were North Koreans, a priest said, and they bowed to the dog.",
    "The field is closed now. A tractor driver who had seen the blast was asked to go home.",
    "At the gate the soldiers of the honour guard fired three times and a child began to cry.",
    "In Pyongyang the newspapers were silent. The Russian governor laid the first wreath.",
)


def test_a_text_that_comes_back_to_an_actor_named_late_is_looked_at() -> None:
    title, *parts = FEATURE
    match = judge(learnt(), title=title, text="\n\n".join(parts), language="en")
    assert (match.band, match.rule) == ("maybe", "a text that comes back to the actor")
    once = [part.replace("In Pyongyang", "In the capital") for part in parts]
    assert judge(learnt(), title=title, text="\n\n".join(once), language="en").band == "off"
    few = [part if "North" in part or "Pyong" in part else parts[0] for part in parts]
    assert judge(learnt(), title=title, text="\n\n".join(few), language="en").band == "off"
