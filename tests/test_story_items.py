"""Round-ups known by their form: each item is judged for itself, and a page of one subject has none."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.story.items import TELLING, items, items_beside, says_many
from monitor.story.look import UNNAMED, glance
from monitor.story.match import judge
from monitor.story.piece import piece
from tests.labelled import learnt

NEWS = "Ukraine's army says it killed 40 North Korean soldiers in Kursk."
NUMBERED = f"1. Rain in Delhi overnight, the weather office said.\n2. Gold is dearer again.\n3. {NEWS}\n4. Lucknow won in the last over."
BULLETS = f"🔹 Nine drones were shot down.\n\n❗️ {NEWS}\n\nIts spokesman gave no names.\n\n🔹 The clinic opens today.\n\nTake care of yourselves."
PLACED = f"Page seven\n\nA light quake off Crete\nATHENS - The earth shook at dawn.\n\nMine kills three\nMOSCOW - {NEWS}"
ARABIC = "زلزال خفيف\nأثينا - ضربت هزة أرضية الجزيرة فجراً.\n\nلغم يقتل ثلاثة\nموسكو - قُتل ثلاثة مهندسين عسكريين كوريين شماليين بلغم في كورسك."
SUMMARY = f"The army held its lines near the river.\n\nAir defence shot down six bombs.\n\n{NEWS}\n\nSee also our map"
LINKS = "1. North Korean soldiers killed in Kursk\n2. Gold rises\n3. Who won the league\n4. Rain in Oslo"
PAGES = [
    ("Morning list", NUMBERED, 4),
    ("Morning post", BULLETS, 3),
    ("Seventh page", PLACED, 2),
    ("صفحة سابعة", ARABIC, 2),
    ("Daily summary of the ministry", SUMMARY, 3),
    ("World in brief", SUMMARY, 3),
]
OTHERS = [
    ("A list of links", LINKS),
    ("An interview", "DAILY: It is quiet.\nSMITH: It is.\nDAILY: For long.\nSMITH: I hope so."),
    ("قائمة", "شاهد: خرج الجنود من المدينة.\nللمزيد: عادوا أمس."),
    (
        "Five questions",
        "1. Who won?\n2. Who lost?\n3. Where was it?\nIt was in Rome.\nNobody knows.",
    ),
    ("Talks end", "MOSCOW - The talks ended.\n\nNobody signed.\n\nBoth went home."),
    ("A plain article", "The talks ended.\nNobody signed.\n- They went home."),
]


@pytest.mark.parametrize(("title", "text", "count"), PAGES)
def test_an_item_on_the_story_makes_a_page_on(title: str, text: str, count: int) -> None:
    profile = learnt()
    assert len(items(title, text)) == count
    match = judge(profile, title=title, text=text)
    assert match.band == "on"
    assert match.rule.startswith(f"one post of {count}")
    head, own = piece(profile, title, text, None)
    assert head == ""
    assert "North Korean" in own or "كوريين" in own
    assert "Rain" not in own


@pytest.mark.parametrize(("title", "text"), OTHERS)
def test_another_page_has_none(title: str, text: str) -> None:
    assert items(title, text) == ()


def test_the_actor_of_one_and_the_war_of_another_are_no_story() -> None:
    text = "1. North Korea fired a missile into the sea.\n2. Russia's army lost forty soldiers near Kursk.\n3. Rain in Oslo."
    assert len(items("Morning list", text)) == 3
    assert judge(learnt(), title="Morning list", text=text).band == "off"


def test_a_page_whose_title_names_the_actor_is_of_one_subject() -> None:
    profile = learnt()
    assert items_beside(profile, "North Korea's week", NUMBERED, "en") == ()
    assert items_beside(profile, "The week", NUMBERED, "en")


def test_an_item_that_only_recalls_counts_for_nothing() -> None:
    text = (
        "→ The post has been empty for a year.\n→ North Korean soldiers have fought in Kursk since 2024.\n"
        "→ Sweden is back.\n→ Poland too."
    )
    assert judge(learnt(), title="A forgotten file", text=text).band != "on"


@given(st.text(max_size=60), st.text(max_size=400))
def test_items_are_of_the_text(title: str, text: str) -> None:
    assert all(word in text for item in items(title, text) for word in item.split())


SAYING = [
    "World in brief: Thursday", "Ukraine war live: Odesa without power", "Defence questions: minister promises an end to mould",
    "موجز الصفحة السابعة", "نشرة الصباح: خمسة أخبار", "محضر جلسة اللجنة", "Сводка за утро", "Зведення Генштабу станом на 08:00",
    "सुबह की सुर्खियाँ: पाँच बड़ी ख़बरें", "Delegates Differ as Security Council Holds Third Meeting on Grain", "جلسة طارئة في مجلس الأمن", "Dunia kwa ufupi", "Kısa kısa", "Breves internacionais", "今日要闻", "간추린 단신",
]  # fmt: skip


@pytest.mark.parametrize("title", SAYING)
def test_a_title_that_says_so_is_worth_a_look(title: str) -> None:
    assert says_many(title)
    assert not glance(learnt(), title=title, summary="").off


WRITTEN = ["{}", "{}:", "«{}»", "x-{}", "{}-x", "{}'s", "l’{}", "#{}", "{}/x", "5{}", "{}5", "({})", "_{}_", "\u200f{}", "و{}", "{}…", "x|{}"]  # fmt: skip


@given(
    st.lists(
        st.tuples(
            st.sampled_from([word for title in SAYING for word in title.split()]),
            st.sampled_from(WRITTEN),
            st.sampled_from([str, str.upper, str.lower]),
        ),
        max_size=8,
    )
)
def test_who_looks_for_other_words_as_well_finds_each_such_title(
    written: list[tuple[str, str, Callable[[str], str]]],
) -> None:
    title = " ".join(form(how.format(word)) for word, how, form in written)
    assert TELLING.begins(title) or not says_many(title)


@pytest.mark.parametrize(
    "title",
    [
        "Rain in Oslo today",
        "City council to meet on parking",
        "News of a merger",
        "A brief history of tea",
        "كلمة عن الأخبار",
    ],
)
def test_another_is_not(title: str) -> None:
    assert not says_many(title)
    assert glance(learnt(), title=title, summary="") == UNNAMED
