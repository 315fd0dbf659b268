"""A story learnt from seeds, and articles judged against it, with true reasons."""

import os
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.learn import seeds
from monitor.model import Corrections, Match, Seed, Story
from monitor.story.concepts import shipped
from monitor.story.lexicon import Lexicon
from monitor.story.look import glance
from monitor.story.main_text import main_text
from monitor.story.match import judge
from monitor.story.measures import average_precision, cost, least_cost
from monitor.story.opinion import is_opinion
from monitor.story.profile import Profile, learn
from monitor.text.arabic import fold
from tests import labelled
from tests.labelled import STORY, Row, learnt

DATA = Path(__file__).parent / "data" / "story"
REAL = os.environ.get("MONITOR_REAL_SEEDS")


SEEDS = labelled.shipped()


def rows(name: str) -> list[Row]:
    return labelled.rows(DATA / name)


@pytest.fixture(scope="module")
def soldiers() -> Profile:
    return learnt()


@pytest.fixture(scope="module")
def floods() -> Profile:
    story = Story(name="floods", title="Floods", seeds=DATA)
    return learn(story, [Seed(**row) for row in rows("floods-seeds.jsonl")])


def corrected(**given: object) -> Profile:
    return learn(replace(STORY, corrections=Corrections(**given)), SEEDS)


def of_kind(match: Match, kind: str) -> list[str]:
    return [reason.text for reason in match.reasons if reason.kind == kind]


class TestLearning:
    def test_groups_are_proposed_from_the_seeds(self, soldiers: Profile) -> None:
        assert soldiers.groups["who"] == ("north-korea",)
        assert set(soldiers.groups["with"]) == {"russia", "ukraine", "kursk"}
        assert {"troops", "combat", "captivity", "demining"} <= set(soldiers.groups["what"])
        assert {"treaty", "messages", "visits"} <= set(soldiers.groups["near"])
        assert soldiers.required == ("who", "with", "what")

    def test_the_groups_do_not_hang_on_one_seed(self) -> None:
        for name in {seed.name.split("#")[0] for seed in SEEDS}:
            rest = learn(STORY, [seed for seed in SEEDS if not seed.name.startswith(name)])
            assert rest.groups["who"] == ("north-korea",)
            assert "troops" in rest.groups["what"]
            assert "south-korea" not in rest.groups["with"]

    def test_another_story_is_told_by_what_its_seeds_share(self, floods: Profile) -> None:
        assert floods.groups["who"] == ("libya",)
        assert "with" not in floods.groups
        assert floods.required == ()
        assert floods.combined is not None
        assert set(floods.combined.lands) == {"LY"}
        assert {"flood", "dead"} <= floods.combined.worth.keys()

    def test_the_version_tells_profiles_apart(self, soldiers: Profile) -> None:
        assert learn(STORY, SEEDS).version == soldiers.version
        assert learn(STORY, SEEDS[1:]).version != soldiers.version
        assert corrected(aliases={"who": ("جوسون",)}).version != soldiers.version
        assert len(soldiers.version) == 12

    def test_no_seeds_match_nothing(self) -> None:
        empty = learn(STORY, [])
        assert judge(empty, title=SEEDS[0].title, text=SEEDS[0].text).band == "off"


class TestBands:
    @pytest.mark.parametrize(
        "row", rows("traps.jsonl"), ids=lambda row: f"{row['id']}-{row['lang']}"
    )
    def test_traps(self, soldiers: Profile, row: dict) -> None:
        match = judge(soldiers, title=row["title"], text=row["text"], language=row["lang"])
        assert match.band == row["band"], (row["why"], match.score, match.reasons)

    @pytest.mark.parametrize("row", rows("unknown-words.jsonl"), ids=lambda row: row["title"][:20])
    def test_where_no_list_has_the_word(self, soldiers: Profile, row: dict) -> None:
        """What is done is a made-up word; hints and the other families decide."""
        match = judge(soldiers, title=row["title"], text="", language=row["lang"])
        assert match.band == row["band"], (row["why"], match.score, match.reasons)
        if row["band"] == "on":
            assert any(each.text.startswith("hint: ") for each in match.reasons)

    @pytest.mark.parametrize(("told", "band"), [(1, "maybe"), (3, "on")])
    def test_what_an_article_dwells_on_is_not_in_passing(
        self, soldiers: Profile, told: int, band: str
    ) -> None:
        lead = "It was cold that morning. Nobody was on the road. An old man sat by the door."
        body = (
            "North Korean soldiers came to the village near Kursk in spring.",
            "They fought beside the Russian troops for a week.",
            "Eleven of the North Korean soldiers died in the last assault.",
        )
        text = f"{lead}\n\n{' '.join(body[:told])}\n\nThe door is green now."
        match = judge(soldiers, title="A street", text=text, language="en")
        assert match.band == band, match.score

    @pytest.mark.parametrize("row", rows("floods-cases.jsonl"), ids=lambda row: row["title"][:20])
    def test_a_second_story_in_other_languages(self, floods: Profile, row: dict) -> None:
        match = judge(floods, title=row["title"], text=row["text"], language=row["lang"])
        assert match.band == row["band"], (match.score, match.reasons)

    def test_a_story_that_names_nothing_known_is_its_words(self) -> None:
        seeds = [Seed(**row) for row in rows("words-seeds.jsonl")]
        profile = learn(Story(name="cheese", title="Cheese", seeds=DATA), seeds)
        assert profile.required == ()
        for row in rows("words-cases.jsonl"):
            match = judge(profile, title=row["title"], text=row["text"], language="en")
            assert match.band == row["band"], match.score

    def test_the_language_need_not_be_told(self, soldiers: Profile) -> None:
        for row in rows("traps.jsonl"):
            told = judge(soldiers, title=row["title"], text=row["text"], language=row["lang"])
            untold = judge(soldiers, title=row["title"], text=row["text"])
            assert untold.band == told.band

    def test_the_threshold_is_the_users(self) -> None:
        strict = learn(replace(STORY, threshold=0.95), SEEDS)
        row = next(row for row in rows("traps.jsonl") if row["id"] == "t17")
        match = judge(strict, title=row["title"], text=row["text"])
        assert (match.band, match.threshold) == ("maybe", 0.95)

    @settings(max_examples=60, deadline=None)
    @given(title=st.text(max_size=80), text=st.text(max_size=300))
    def test_any_text_is_judged(self, title: str, text: str) -> None:
        match = judge(cached(), title=title, text=text)
        assert 0.0 <= match.score <= 1.0

    def test_links_below_an_article_do_not_count(self, soldiers: Profile) -> None:
        links = "بوتين يشكر كيم على قتال جنوده في كورسك\n\nجنود كوريا الشمالية يعودون من روسيا"
        lead = "استقرت أسعار الذهب في القاهرة يوم الأحد مع هدوء الأسواق العالمية."
        for mark in ("اقرأ أيضًا:", "إقرأ أيضاً", "أخبار ذات صلة", "• مقالات مشابهة :", "Read more:"):
            match = judge(soldiers, title="أسعار الذهب", text=f"{lead}\n\n{mark}\n\n{links}")
            assert match.score == 0.0, mark
        unmarked = judge(soldiers, title="أسعار الذهب", text=f"{lead}\n\n{links}")
        assert unmarked.band == "off"

    def test_only_links_are_cut(self) -> None:
        text = "A lead.\n\nRead more: something else\n\nThe article goes on here, and ends.\n\nBye."
        assert main_text(text) == [["A lead."], ["The article goes on here, and ends."], ["Bye."]]


@cache
def cached() -> Profile:
    return learn(STORY, SEEDS)


class TestReasons:
    def test_every_group_is_shown_with_its_sentence(self, soldiers: Profile) -> None:
        title = "سيول: بيونغ يانغ ترسل ألف خبير ألغام إلى كورسك"
        match = judge(soldiers, title=title, text="")
        groups = {text.split(":")[0] for text in of_kind(match, "concept")}
        assert {"who", "with", "what"} <= groups
        assert all(reason.sentence == title for reason in match.reasons if reason.kind == "concept")
        assert of_kind(match, "missing") == []
        assert match.nearest_seed in {seed.name for seed in SEEDS}
        assert match.rule == "in the headline"

    def test_the_troops_of_others_are_no_reason(self, soldiers: Profile) -> None:
        title = "Ukrainian troops capture North Korean soldiers in Kursk"
        told = of_kind(judge(soldiers, title=title, text=""), "concept")
        assert "what: soldiers" in told
        assert "what: troops" not in told

    @pytest.mark.parametrize(
        ("title", "word"),
        [
            ("Unlike the North Korean soldiers in Kursk, Cuban volunteers were paid", "Unlike"),
            ("بخلاف الجنود الكوريين الشماليين في كورسك، عاد المتطوعون إلى بيوتهم", "بخلاف"),
            ("Kuzey Kore askerlerinden farklı olarak gönüllüler Kursk'tan döndü", "farklı olarak"),
        ],
    )
    def test_the_word_that_only_compares_is_told(
        self, soldiers: Profile, title: str, word: str
    ) -> None:
        match = judge(soldiers, title=title, text="")
        assert match.band != "on"
        (reason,) = (each for each in match.reasons if "compared" in each.text)
        assert (reason.kind, reason.text) == ("missing", f"what: only compared ({word})")
        assert reason.sentence == title
        without = judge(soldiers, title=title.replace(word, "With"), text="")
        assert without.score > match.score
        assert not [each for each in without.reasons if "compared" in each.text]
        told = "North Korean soldiers were killed in Kursk, Seoul says."
        beside = judge(soldiers, title=told, text=f"{title}.")
        assert not [each for each in beside.reasons if "compared" in each.text]

    def test_what_is_missing_is_told(self, soldiers: Profile) -> None:
        match = judge(soldiers, title="Kim Jong Un congratulates Putin", text="")
        assert of_kind(match, "missing") == ["what: not named"]
        match = judge(soldiers, title="Kim Jong Un sends Putin a letter", text="")
        assert of_kind(match, "missing") == ["what: only faintly"]
        nothing = judge(soldiers, title="Gold prices settle", text="")
        assert len(of_kind(nothing, "missing")) == 3

    def test_the_reasons_are_true(self, soldiers: Profile) -> None:
        """Without the words that are named as the reason the score falls."""
        for row in (row for row in rows("traps.jsonl") if row["band"] == "on"):
            title, text = row["title"], row["text"]
            before = judge(soldiers, title=title, text=text)
            for group in ("who", "what"):
                named = [t for t in of_kind(before, "concept") if t.startswith(group)]
                without = [title, text]
                for spelling in (t.split(": ", 1)[1] for t in named):
                    without = [part.replace(spelling, "—") for part in without]
                after = judge(soldiers, title=without[0], text=without[1])
                assert after.score < before.score, (row["id"], group, named)

    def test_shared_words_are_told_where_the_language_is_the_seeds(self, soldiers: Profile) -> None:
        match = judge(soldiers, title=SEEDS[0].title, text=SEEDS[0].text, language="ar")
        assert len(of_kind(match, "term")) == 5
        assert match.nearest_seed == SEEDS[0].name
        assert match.seed_score == pytest.approx(1.0, abs=0.001)


class TestCorrections:
    HEADLINE = "Choson men seen near Sudzha fighting"

    def test_an_alias_of_the_user_counts(self, soldiers: Profile) -> None:
        assert judge(soldiers, title=self.HEADLINE, text="").band == "off"
        taught = corrected(aliases={"who": ("Choson",)})
        assert judge(taught, title=self.HEADLINE, text="").band == "on"

    def test_required_groups_are_the_users(self) -> None:
        loose = corrected(require=("who", "with"))
        assert judge(loose, title="كيم يهنئ بوتين بعيد ميلاده", text="").band == "on"

    def test_a_required_word_of_the_users_own(self) -> None:
        profile = corrected(require=("who", "with", "متحف"))
        assert judge(profile, title="كيم يفتتح المتحف الروسي مع لافروف", text="").band == "on"
        assert judge(profile, title="كيم يزور روسيا مع لافروف", text="").band != "on"

    def test_an_excluded_word_wins(self, soldiers: Profile) -> None:
        title = "جنود كوريا الشمالية يلعبون كرة القدم في كورسك بعد القتال"
        assert judge(soldiers, title=title, text="").band == "on"
        match = judge(corrected(exclude=("كرة القدم",)), title=title, text="")
        assert match.band == "off"
        assert of_kind(match, "excluded") == ["كرة القدم"]

    def test_one_of_the_words_asked_for(self, soldiers: Profile) -> None:
        profile = corrected(any=("museum", "متحف*"))
        title = "North Korean soldiers fight in Kursk"
        assert judge(soldiers, title=title, text="").band == "on"
        assert judge(profile, title=title, text="").band == "off"
        assert judge(profile, title=f"{title}, museum says", text="").band == "on"


class TestGlance:
    @pytest.mark.parametrize("row", rows("traps.jsonl"), ids=lambda row: row["id"])
    def test_nothing_of_the_story_is_let_go(self, soldiers: Profile, row: dict) -> None:
        seen = glance(soldiers, title=row["title"], summary="", language=row["lang"])
        assert not (seen.off and row["band"] != "off")

    @pytest.mark.parametrize(
        "title",
        ["Gold prices settle", "قطر تعلن التوصل إلى اتفاق لوقف النار في غزة", "日本の首相が辞任"],
    )
    def test_other_news_is_let_go(self, soldiers: Profile, title: str) -> None:
        assert glance(soldiers, title=title, summary="").off


@cache
def lexicon() -> Lexicon:
    return Lexicon(shipped()[1])


class TestNames:
    """Word borders in each script."""

    def names(self, text: str) -> set[str]:
        mentions = lexicon().find(fold(text))
        return {name for mention in mentions for name in mention.concepts}

    @pytest.mark.parametrize(
        "text",
        ["وبكوريا الشمالية", "للكوريين الشماليين", "الكوريتين الشماليتين", "بيونج يانج", "북한군이", "평양에서",
         "北朝鮮兵", "朝鲜士兵", "Nordkoreas", "nord-coréens", "Північної Кореї", "КНДР", "DPRK's", "Kuzey Kore'nin",
         "Triều Tiên", "N. Korea", "צפון קוריאה"],
    )  # fmt: skip
    def test_north_korea(self, text: str) -> None:
        assert "north-korea" in self.names(text)

    @pytest.mark.parametrize(
        "text",
        ["태평양", "太平洋", "كوريا الجنوبية", "الحرب الكورية", "朝鮮半島", "South Korean", "한국군", "Südkorea",
         "كورس اللغة", "S. Korea", "Corea del Sur"],
    )  # fmt: skip
    def test_not_north_korea(self, text: str) -> None:
        assert "north-korea" not in self.names(text)

    @pytest.mark.parametrize(
        "text", ["quan hệ", "lĩnh vực", "军事合作", "軍事協力", "군사협력", "strategic", "total"]
    )
    def test_no_troops(self, text: str) -> None:
        assert not self.names(text) & {"troops", "casualties"}

    def test_the_alias_file_is_whole(self) -> None:
        concepts, spellings = shipped()
        for name, concept in concepts.items():
            assert spellings[name], name
            assert concept.part_of is None or concept.part_of in concepts
            assert concept.kind == "entity" or concept.families
            assert all(spelling.strip("~* ") for spelling in spellings[name]), name


def test_average_precision_and_cost() -> None:
    perfect = [(0.9, True), (0.8, True), (0.2, False)]
    assert average_precision(perfect) == 1.0
    assert cost(perfect) == 0.0
    mixed = [(0.9, False), (0.8, True), (0.4, True), (0.1, False)]
    assert average_precision(mixed) == pytest.approx((1 / 2 + 2 / 3) / 2)
    assert cost(mixed) == pytest.approx(0.5 + 4.9 * 0.5)
    assert least_cost(mixed) == pytest.approx(1.0)
    assert average_precision([(0.5, True), (0.5, False)]) == 0.5
    assert average_precision([]) == cost([]) == 0.0


@pytest.mark.skipif(not REAL, reason="MONITOR_REAL_SEEDS names no folder with the real documents")
def test_the_real_documents_held_out_in_turn() -> None:
    held_out(seeds(replace(STORY, seeds=Path(REAL or ""))), maybe=("002", "003"))


def test_each_seed_held_out_in_turn() -> None:
    held_out(SEEDS, maybe=("002", "003"))


def held_out(seeds: list[Seed], *, maybe: tuple[str, ...]) -> None:
    """The invitation and the letter may be *maybe*, everything else is *on*."""
    for seed in seeds:
        document = seed.name.split("#")[0]
        rest = learn(STORY, [other for other in seeds if not other.name.startswith(document)])
        match = judge(rest, title=seed.title, text=seed.text, language="ar")
        allowed = (
            {"on", "maybe"} if seed.name.startswith(maybe) and "#" not in seed.name else {"on"}
        )
        assert match.band in allowed, (seed.name, match.score)


@pytest.mark.parametrize(
    ("headline", "wanted"),
    [
        ("رأي | ماذا يريد كيم؟", True),
        ("Opinion: What Kim wants", True),
        ("[칼럼] 김정은과 전쟁", True),
        ("What Kim wants | Opinion", True),
        ("Opinion poll: most want the soldiers home", False),
        ("رأي عام غاضب في سيول", False),
        ("Column of North Korean troops hit near Sudzha", False),
    ],
)
def test_a_headline_that_calls_itself_an_opinion(headline: str, wanted: bool) -> None:
    assert is_opinion(headline) is wanted


def test_what_reports_nothing_is_an_opinion(soldiers: Profile) -> None:
    essay = (
        "Why does a ruler speak of those whom he could have buried? Kim Jong Un was never asked."
        " The men came home and talked. Grief well staged becomes loyalty."
        " And in Moscow somebody reads it as a bill."
    )
    assert judge(soldiers, title="The ruler who owned up", text=essay).rule.startswith("an opinion")
    for text in (
        essay.replace("Kim Jong Un", "He"),
        essay.replace("never asked", 'asked "why"'),
        essay.replace("The men", "Twelve of them and 30 others"),
    ):
        assert "opinion" not in judge(soldiers, title="The ruler who owned up", text=text).rule
    assert "opinion" not in judge(soldiers, title="Trade talks", text=essay).rule
