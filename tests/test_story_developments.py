"""What an article says, which development it belongs to and what it adds."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Fold, Story
from monitor.parse.seed import read_seed
from monitor.story.acts import read
from monitor.story.counted import counted, telling
from monitor.story.developments import absorb, news, opened, place, relate
from monitor.story.facts import Facts, Sentence, facts
from monitor.story.grouping import Development, belongs, evidence, usual, vouched
from monitor.story.measures import b_cubed
from monitor.story.news_words import reactions, shipped
from monitor.story.profile import Profile, learn
from tests.labelled import learnt, rows
from tests.stored import Desk

DATA = Path(__file__).parent / "data" / "story"
START = datetime(2025, 3, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def profile() -> Profile:
    return learnt()


@pytest.mark.parametrize("row", rows(DATA / "said.jsonl"), ids=lambda row: row["text"][:25])
def test_a_sentence_is_read(profile: Profile, row: dict) -> None:
    said = read(profile, row["text"])
    assert said.speaker == row["speaker"]
    assert said.quoted is row.get("quoted", said.quoted)
    assert list(said.stances) == row["stances"]
    assert set(row["acts"]) <= set(said.acts)
    assert set(row.get("no", ())).isdisjoint(said.acts)
    figures = [list(each) for each in counted(row["text"], profile.lexicon) if telling(each)]
    assert figures == row["figures"]


@pytest.mark.parametrize("row", rows(DATA / "sequences.jsonl"), ids=lambda row: row["name"])
def test_sequences(profile: Profile, row: dict) -> None:
    known: dict[int, Development] = {}
    found = []
    groups: dict[int, int] = {}
    for number, article in enumerate(row["articles"]):
        now = START + timedelta(hours=article["hours"])
        own = facts(profile, title=article["title"], text=article["text"], language=article["lang"])
        related = relate(own, tuple(known.values()), now)
        at = number if related.development is None else related.development
        if related.development is None:
            known[at] = opened(at, own, now)
        else:
            known[at] = absorb(known[at], number, own, now, fresh=bool(related.new_facts))
        found.append((related.relation, groups.setdefault(at, len(groups))))
        assert bool(related.new_facts) == (related.relation == "update")
    assert found == [(article["relation"], article["group"]) for article in row["articles"]]


class TestRelations:
    def told(self, profile: Profile, title: str, text: str = "", language: str = "en") -> Facts:
        return facts(profile, title=title, text=text, language=language)

    def test_a_new_figure_names_its_sentence(self, profile: Profile) -> None:
        first = self.told(profile, "Seoul says 1,200 North Korean troops were killed in Kursk")
        known = opened(1, first, START)
        later = self.told(
            profile,
            "Seoul says 1,200 North Korean troops were killed in Kursk",
            "The agency made its estimate on Monday. It said 3,400 soldiers were wounded.",
        )
        related = relate(later, (known,), START + timedelta(hours=1))
        assert related.relation == "update"
        assert related.new_facts == ("It said 3,400 soldiers were wounded.",)
        again = absorb(known, 2, later, START + timedelta(hours=1), fresh=True)
        assert relate(later, (again,), START + timedelta(hours=2)).relation == "repeat"

    def test_it_closes_without_new_facts(self, profile: Profile) -> None:
        told = self.told(
            profile, "Kim lays foundation stone of museum for soldiers killed in Kursk"
        )
        known = opened(1, told, START)
        retold = absorb(known, 2, told, START + timedelta(hours=50), fresh=False)
        assert retold.last_new == START
        assert relate(told, (retold,), START + timedelta(hours=73)).relation == "new"
        kept = relate(
            told, (retold,), START + timedelta(hours=20), closes_after=timedelta(hours=12)
        )
        assert kept.relation == "new"

    def test_a_repeat_names_the_article_that_its_speaker_was_first_in(
        self, profile: Profile
    ) -> None:
        first = self.told(profile, "Kyiv says North Korean soldiers withdrew from Kursk front")
        denial = self.told(
            profile, "Kremlin denies North Korean soldiers withdrew from Kursk front"
        )
        known = absorb(opened(1, first, START), 2, denial, START, fresh=True)
        arabic = self.told(
            profile, "الكرملين ينفي سحب جنود كوريا الشمالية من جبهة كورسك", language="ar"
        )
        related = relate(arabic, (known,), START + timedelta(hours=3))
        assert (related.relation, related.of) == ("repeat", 2)

    def test_what_comes_late_is_placed_by_its_own_date(self, profile: Profile) -> None:
        told = self.told(
            profile, "Kim lays foundation stone of museum for soldiers killed in Kursk"
        )
        read = START + timedelta(hours=70)
        known = place(
            1, told, (), read, closes_after=timedelta(hours=72), sure=True, said=START
        ).development
        assert known is not None
        assert known.opened == START
        for said, relation in {
            START - timedelta(hours=5): "repeat",
            START + timedelta(hours=5): "repeat",
            START - timedelta(hours=73): "new",
        }.items():
            late = place(
                2, told, (known,), read, closes_after=timedelta(hours=72), sure=True, said=said
            )
            assert late.relation.relation == relation, said

    def test_what_is_closed_makes_nothing_usual(self, profile: Profile) -> None:
        told = self.told(
            profile, "Kim lays foundation stone of museum for soldiers killed in Kursk"
        )
        known = opened(1, told, START)
        closed = [opened(at, told, START - timedelta(days=9)) for at in range(2, 30)]
        assert relate(told, (known, *closed), START) == relate(told, (known,), START)

    def test_a_repeat_is_sure_where_what_it_says_vouches_for_it(self, profile: Profile) -> None:
        flats = self.told(
            profile,
            "북한, 러시아 파병 전사자 유가족에 새 아파트 배정… 김정은 입주식 참석",
            "김정은 북한 국무위원장이 러시아에 파병됐다가 숨진 군인들의 유가족에게 새 아파트를 나눠 주는 입주식에 참석했다.",
            "ko",
        )
        bill = self.told(
            profile,
            "Военным КНДР, воевавшим под Курском, предложили дать статус ветеранов",
            "Законопроект дает военнослужащим КНДР статус ветеранов. Раненые смогут лечиться в российских госпиталях, а семьи погибших получат единовременную выплату.",
            "ru",
        )
        same = self.told(
            profile,
            "Ким вручил семьям погибших на стороне России солдат ключи от квартир на новой улице",
            language="ru",
        )
        known, soon = opened(1, flats, START), START + timedelta(minutes=1)
        assert vouched(bill, known, soon) < 0 < belongs(bill, known, soon)
        doubted = relate(bill, (known,), soon)
        assert (doubted.relation, doubted.sure) == ("repeat", False)
        retold = relate(same, (known,), soon)
        assert (retold.relation, retold.sure) == ("repeat", True)

    def test_nothing_known_is_new(self, profile: Profile) -> None:
        told = self.told(profile, "Seoul says 1,200 North Korean troops were killed in Kursk")
        assert relate(told, (), START).relation == "new"

    def test_nothing_in_common_is_new(self, profile: Profile) -> None:
        museum = self.told(profile, "Kim opens museum for soldiers killed in Kursk")
        captive = self.told(profile, "Captured North Korean soldier asks for asylum")
        assert relate(captive, (opened(1, museum, START),), START).relation == "new"

    def test_what_is_told_is_no_news(self, profile: Profile) -> None:
        for row in rows(DATA / "sequences.jsonl"):
            for article in row["articles"]:
                told = self.told(profile, article["title"], article["text"], article["lang"])
                assert news(told, opened(1, told, START)) == ()

    @pytest.mark.parametrize(("edited", "relation"), [(True, "update"), (False, "repeat")])
    def test_an_edited_copy_may_bring_news(
        self, profile: Profile, edited: bool, relation: str
    ) -> None:
        title = "Seoul says 1,200 North Korean troops were killed in Kursk"
        known = opened(1, self.told(profile, title), START)
        hidden = "The agency met lawmakers. It spoke for an hour. It showed maps. It said 3,400 soldiers were wounded."
        placed = place(
            2,
            self.told(profile, title, hidden),
            (known,),
            START,
            closes_after=timedelta(hours=72),
            sure=True,
            folded=(known, 1),
            edited=edited,
        )
        assert placed.relation.relation == relation
        assert placed.relation.development == 1
        assert placed.relation.new_facts == (
            ("It said 3,400 soldiers were wounded.",) if edited else ()
        )


def test_a_fold_that_overlooks_a_fact_does_not_silence_it(monkeypatch: pytest.MonkeyPatch) -> None:
    title = "مقتل 1200 جندي كوري شمالي في كورسك"
    text = "قالت الاستخبارات في سيول إن 1200 جندي كوري شمالي قتلوا في كورسك."
    for edited, rule in ((True, "alerted"), (False, "told already: a copy")):
        desk = Desk()
        first = desk.tell(title, text)
        verdict = Fold(relation="copy", original=first.article_id, edited=edited)
        monkeypatch.setattr("monitor.settle.fold", lambda *_, verdict=verdict: verdict)
        later = desk.tell(title, f"{text} وأصيب 3400 جندي آخرون.")
        assert (first.told, later.told) == (("alerted",), (rule,))
        assert later.fold.relation == "copy"
        monkeypatch.undo()


def test_facts_and_developments_come_back_from_json(profile: Profile) -> None:
    for row in rows(DATA / "said.jsonl"):
        told = facts(profile, title=row["text"], text=row["text"], language=row["lang"])
        assert Facts.from_json(told.to_json()) == told
        known = absorb(opened(7, told, START), 8, replace(told, language=None), START, fresh=True)
        assert Development.from_json(known.to_json()) == known


def test_facts_of_a_text_without_an_end_are_those_of_its_beginning(profile: Profile) -> None:
    """Each number of it would be read five times, and the loop waits for that."""
    title, first = "North Korean soldiers in Kursk", "Seoul said 12,000 soldiers arrived in Kursk."
    text = f"{first} {' '.join(str(number) for number in range(1_000, 35_000))}"
    assert len(text) > 180_000
    found = facts(profile, title=title, text=text, language="en")
    assert [each.text for each in found.sentences[:2]] == [title, first]
    assert sum(len(each.text) for each in found.sentences) == 40_000
    cut = facts(profile, title=title, text=text[:40_000], language="en")
    assert found.figures == cut.figures
    assert 12_000 in {value for _, value in found.figures}
    short = facts(profile, title=title, text=first, language="en")
    assert found.sentences[:2] == short.sentences


def test_facts_of_nothing(profile: Profile) -> None:
    assert facts(profile, title="", text="", language=None) == Facts(language=None)


@pytest.mark.parametrize(
    "text",
    [
        "the captive served in the 91st Brigade",
        "the 528th Engineer Regiment of soldiers",
        "북한 군인은 제91여단 소속이다",
        "من جنود اللواء 91",
        "캡처 22일 우크라이나가 붙잡은 북한 군인",
        "soldiers sent since 2024",
    ],
)
def test_a_unit_a_date_and_a_year_are_no_count(profile: Profile, text: str) -> None:
    assert not [each for each in counted(text, profile.lexicon) if telling(each)]


def test_units_are_counted(profile: Profile) -> None:
    assert ("troops", 3) in counted("3 battalions of soldiers", profile.lexicon)


def test_every_word_of_the_list_is_of_a_kind() -> None:
    words, _ = shipped()
    kinds = {"party", "office", "act", "polarity", "say", "place"}
    assert {word.kind for word in words.values()} == kinds
    assert all(word.of for word in words.values() if word.kind == "party")
    assert all(0 < word.weight <= 1 for word in words.values())
    assert "thank" in reactions()


class TestBCubed:
    def test_by_hand(self) -> None:
        pairs = [("a", 1), ("a", 1), ("a", 2), ("b", 2)]
        precision, recall, f1 = b_cubed(pairs)
        assert precision == pytest.approx((1 + 1 + 0.5 + 0.5) / 4)
        assert recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
        assert f1 == pytest.approx(2 * precision * recall / (precision + recall))

    def test_nothing(self) -> None:
        assert b_cubed([]) == (0.0, 0.0, 0.0)

    @given(st.lists(st.integers(0, 4), min_size=1, max_size=30))
    def test_names_of_groups_do_not_matter(self, groups: list[int]) -> None:
        assert b_cubed([(each, f"g{each}") for each in groups]) == pytest.approx((1, 1, 1))
        precision, _, _ = b_cubed([(each, number) for number, each in enumerate(groups)])
        assert precision == pytest.approx(1)
        _, recall, _ = b_cubed([(each, "all") for each in groups])
        assert recall == pytest.approx(1)


def test_what_only_a_later_sources_first_reading_said_of_a_told_event_is_still_news() -> None:
    title = "مقتل 1200 جندي كوري شمالي في كورسك"
    text = "قالت الاستخبارات في سيول إن 1200 جندي كوري شمالي قتلوا في كورسك."
    more = f"{text} وأصيب 3400 جندي آخرون."
    desk = Desk()
    first = desk.tell(title, text)
    added = desk.tell(title, more, baseline=True)
    again = desk.tell("إصابة 3400 جندي كوري شمالي في كورسك", more)
    assert (first.told, added.told, again.told) == (("alerted",), ("baseline",), ("alerted",))
    assert desk.home(again.article_id) == desk.home(first.article_id)
    copied = desk.tell("إصابة 3400 جندي كوري شمالي في كورسك", more, url="https://b.example/1")
    assert copied.told[0].startswith("told already")
    assert desk.alerts == [first.article_id, again.article_id]


@pytest.mark.parametrize(
    ("language", "title", "told"),
    [
        ("ar", "مقتل عامل وإصابة 12 في انهيار رافعة بميناء مرسى النور", True),
        ("ar", "مقتل عامل وإصابة 3 في انهيار رافعة بميناء مرسى النور", True),  # the hurt are
        ("ar", "إضراب ميناء مرسى النور يؤخر 3 سفن", False),  # a few of anything are no count
        ("ar", "إضراب ميناء مرسى النور يؤخر 21 سفينة", False),  # so many are known
        (
            "en",
            "Strike at Marsa al-Nour delays 12 cargo vessels",
            False,
        ),  # may have been told in words
    ],
)
def test_what_a_headline_counts_is_news_though_nobody_knows_what_is_counted(
    language: str, title: str, told: bool
) -> None:
    """Of a story that the lists do not know: figures have no kind there, and acts no name."""
    seeds = [
        read_seed(f"{number}.txt", text.encode())[0]
        for number, text in enumerate(
            (
                "إضراب في ميناء مرسى النور\n\nبدأ عمال ميناء مرسى النور إضرابا عن العمل، وتنتظر 21 سفينة.",
                "ميناء مرسى النور بلا عمال\n\nيواصل عمال ميناء مرسى النور إضرابهم وتنتظر السفن.",
            )
        )
    ]
    profile = learn(Story(name="strike", title="Strike", seeds=Path("seeds")), seeds)
    first = facts(profile, title=seeds[0].title or "", text=seeds[0].text, language="ar")
    known = opened(1, first, START)
    assert bool(news(facts(profile, title=title, text="", language=language), known)) == told


def told(*counts: int, acts: tuple[str, ...] = ()) -> Facts:
    """A report in Arabic that counts further down what no list has a word for."""
    below = Sentence("…", None, False, (), (), tuple(("", count) for count in counts))
    return Facts(language="ar", sentences=(below,), acts=dict.fromkeys(acts, 1.0), headline=acts)


def test_a_count_further_down_tells_the_more_the_fewer_developments_have_it() -> None:
    others = [opened(n, told(38_000, 7), START) for n in (1, 2)]
    known = opened(3, told(38_000, 412), START)
    for counts, worth in (((412,), 1), ((38_000,), 1 / 3), ((412, 38_000), 4 / 3), ((7, 500), 0)):
        often = usual([*others, known], START)
        assert evidence(told(*counts), known, START, often)["deep figures"] == pytest.approx(worth)


def test_one_kind_of_evidence_joins_only_where_it_is_strong() -> None:
    later = START + timedelta(hours=13)
    for acts, joins in ((("sanction",), False), (("sanction", "letter"), True)):
        known = opened(1, told(acts=acts), START)
        report = replace(told(acts=acts), language="en")
        assert (belongs(report, known, later) > 0) == joins
