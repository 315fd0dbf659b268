"""The lines of an article: where each stands, and which stand aside."""

from pathlib import Path

import pytest

from monitor.model import Seed, Story
from monitor.story.facts import facts
from monitor.story.main_text import FAR, lines
from monitor.story.match import judge
from monitor.story.profile import Profile, learn
from tests import labelled
from tests.labelled import learnt
from tests.test_story_general import SEEDS as CHOLERA

LINK = "Cholera kills forty patients in a hospital of Kenya"
BREAD = [
    "The price of bread fell by a tenth in Lisbon on Monday.",
    "Bakers said that flour had become cheaper since the harvest.",
    "A loaf costs one euro and ten cents in most shops of the town.",
    "The mayor opened a market for grain by the river.",
]


def aside(*paragraphs: str) -> list[str]:
    return [line.text for line in lines("A headline", "\n\n".join(paragraphs)) if line.aside]


@pytest.mark.parametrize(
    ("paragraphs", "found"),
    [
        pytest.param([BREAD[0], LINK, *BREAD[1:]], [LINK], id="a link in the midst"),
        pytest.param([*BREAD[:2], LINK, "Uganda wins", *BREAD[2:]], [LINK, "Uganda wins"], id="two"),
        pytest.param([LINK, *BREAD], [LINK], id="above the text"),
        pytest.param(["By A. Baker", "9:15", "Lisbon", *BREAD[:2]], ["By A. Baker", "9:15", "Lisbon"], id="more than text"),
        pytest.param([*BREAD[:2], "Seven hours later.. Uganda wins", *BREAD[2:]], ["Seven hours later..", "Uganda wins"], id="dots"),
        pytest.param([BREAD[0], "The mayor said:", LINK, LINK, *BREAD[1:]], [], id="a list"),
        pytest.param([BREAD[0], f"{LINK}. It goes on", *BREAD[1:]], [], id="two sentences"),
        pytest.param([BREAD[0], "word " * 23, *BREAD[1:]], [], id="too long for a link"),
        pytest.param([each.rstrip(".") for each in [BREAD[0], LINK, *BREAD[1:]]], [], id="a post"),
        pytest.param([BREAD[0], LINK, "no mark", "nor here", "nor there", BREAD[1]], [], id="few"),
        pytest.param([BREAD[0], "第四十人死亡" * 40, *BREAD[1:]], [], id="long, without spaces"),
    ],
)  # fmt: skip
def test_what_stands_aside(paragraphs: list[str], found: list[str]) -> None:
    assert aside(*paragraphs) == found


def test_what_stands_aside_keeps_its_place_from_what_comes_next() -> None:
    plain = lines("Bread", "\n\n".join(BREAD))
    mixed = lines("Bread", "\n\n".join([BREAD[0], LINK, *BREAD[1:]]))
    assert [line.text for line in mixed if not line.aside] == [line.text for line in plain]
    assert [line.place for line in mixed] == [-1, 0, 2, 3, 4, FAR]
    assert [line.standing for line in mixed if not line.aside] == [line.standing for line in plain]
    assert [line.place for line in plain] == [-1, 0, 1, 2, 3]
    assert [line.standing for line in plain] == [False, False, False, False, True]


def test_what_stands_above_a_text_takes_no_place() -> None:
    plain = lines("Bread", "\n\n".join(BREAD))
    below = lines("Bread", "\n".join(["By A. Baker", "Monday, 9:15", "Bread", "Lisbon", *BREAD]))
    assert below[: len(plain)] == plain
    assert [line.text for line in below[len(plain) :]] == [
        "By A. Baker",
        "Monday, 9:15",
        "Bread",
        "Lisbon",
    ]


@pytest.mark.parametrize(
    "mark", ["Read also", "READ ALSO:", "اقرأ أيضاً", "Читайте также", "相关阅读 "]
)
def test_a_text_that_lost_its_lines_ends_before_its_links(mark: str) -> None:
    links = (
        "Cholera kills forty.. Uganda shuts its border Kenya counts the dead of the month before"
    )
    assert lines("", " ".join([*BREAD, mark, links])) == lines("", " ".join(BREAD))
    # Where the text goes on behind the link, that alone goes.
    more = lines("", " ".join([*BREAD[:2], mark, f"{links}.", *BREAD[2:]]))
    assert "Uganda" not in " ".join(line.text for line in more)
    assert [line.text for line in more] == BREAD


def profile(*seeds: tuple[str, str], name: str = "story") -> Profile:
    told = [Seed(name=f"{n}.txt", title=t, text=x, language="en") for n, (t, x) in enumerate(seeds)]
    return learn(Story(name=name, title=name, seeds=Path("seeds")), told)


NAMED = (
    ("Hijackers release crew of the Velmora", "The crew of the Velmora was released, said the owner of the Velmora."),
    ("Velmora off Socotra", "The tanker Velmora lies off Socotra, where hijackers hold it."),
    ("Owner of the Velmora speaks", "The owner said that the hijackers of the Velmora want money."),
)  # fmt: skip


@pytest.mark.parametrize(
    ("story", "link"),
    [(CHOLERA, LINK), (NAMED, "Hijackers of the tanker Velmora want money for the crew")],
)
def test_alone_it_makes_no_article_the_story_s(
    story: tuple[tuple[str, str], ...], link: str
) -> None:
    known = profile(*story)
    text = "\n\n".join([BREAD[0], link, *BREAD[1:]])
    assert judge(known, title=link, text="", language="en").band == "on"
    assert judge(known, title="Bread is cheaper", text=text, language="en").band != "on"


def test_alone_it_makes_none_of_a_story_of_actors_and_acts() -> None:
    known = learnt()
    link = "North Korea sends 3,000 more troops to fight in Russia's Kursk"
    text = "\n\n".join([BREAD[0], link, *BREAD[1:]])
    assert judge(known, title=link, text="", language="en").band == "on"
    match = judge(known, title="Bread is cheaper", text=text, language="en")
    assert match.band != "on"
    assert match.rule == "in a line aside only"


@pytest.mark.parametrize("stream", ["dev.jsonl", "seventh.jsonl"])
def test_a_headline_in_the_midst_of_unrelated_articles_makes_none_of_them_on(stream: str) -> None:
    known = learnt()
    rows = labelled.stream(stream)
    headlines: dict[str, str] = {}
    for row in rows:
        if row["band"] == "on" and judge(known, title=row["title"], text="").band == "on":
            headlines.setdefault(row["lang"], row["title"])
    tried = 0
    for row in rows:
        first, *rest = [part for part in row["text"].split("\n") if part.strip()] or [""]
        if (
            row["band"] != "off"
            or len(rest) < 2
            or row["near_miss"]
            or row["lang"] not in headlines
        ):
            continue
        text = "\n\n".join([first, headlines[row["lang"]], *rest])
        assert judge(known, title=row["title"], text=text).band != "on", row["id"]
        tried += 1
    assert tried >= 5


def test_an_article_of_the_story_stays_one() -> None:
    title, text = CHOLERA[0]
    known = profile(*CHOLERA)
    told = f"{text}\n\nBread is cheaper in Lisbon\n\nDoctors asked for help.\n\nMore will come."
    assert judge(known, title=title, text=told, language="en").band == "on"


def test_it_says_nothing_of_what_an_article_is_about() -> None:
    known = profile(*CHOLERA)
    link = "Police arrest 71 men in Garissa"
    title, body = "Nurses strike in Mombasa", "Nurses in Kenya went on strike over wages."
    told = [facts(known, title=title, text="\n\n".join(each), language="en")
            for each in ([body, BREAD[1]], [body, link, BREAD[1]])]  # fmt: skip
    assert told[1].acts
    assert told[1].acts.items() <= told[0].acts.items()
    assert set(told[1].places) <= set(told[0].places)
    assert set(told[1].figures) <= set(told[0].figures)
    # It is kept: what it says may be news.
    assert link in [sentence.text for sentence in told[1].sentences]
