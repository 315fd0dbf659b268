"""What tells the events of a story without a name of its own apart, and what does not."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.model import Seed, Story
from monitor.story.developments import opened
from monitor.story.facts import Facts, facts
from monitor.story.grouping import belongs, evidence
from monitor.story.profile import Profile, learn
from monitor.story.survey import survey

NOW = datetime(2026, 11, 3, 9, tzinfo=UTC)

SEEDS = (
    ("Cholera kills twelve in Kenya", "Health workers in Kenya said on Monday that cholera had killed twelve patients in Mombasa. The ministry of health sent vaccine doses from Nairobi. Hospital wards are full."),
    ("Kenya counts 200 cases of cholera", "The health ministry of Kenya counted 200 cholera cases. Patients wait in hospital tents in Eldoret, and vaccine is short. Doctors asked for clean water."),
    ("Cholera vaccine reaches Kenya", "Doses of cholera vaccine landed in Kenya on Friday. The health ministry will give them in Garissa. Twelve patients died in hospital last week."),
    ("Kenya's cholera wards overflow", "Doctors in Kenya said that cholera patients lie on the floor of the hospital. Health officials want vaccine and water. The dead are buried at night."),
)  # fmt: skip


@pytest.fixture(scope="module")
def profile() -> Profile:
    told = [Seed(name=f"{n}.txt", title=t, text=x, language="en") for n, (t, x) in enumerate(SEEDS)]
    found = learn(Story(name="cholera", title="Cholera", seeds=Path("seeds")), told)
    assert found.combined
    return found


def of(profile: Profile, title: str, text: str, language: str = "en") -> Facts:
    return facts(profile, title=title, text=text, language=language)


ARREST = (
    "Police arrest seller of stolen vaccine in Eldoret",
    "Police in Kenya arrested a man in Eldoret on Tuesday over stolen cholera doses.",
)
STRIKE = (
    "Nurses strike over unpaid wages in Mombasa",
    "Nurses at a hospital in Kenya went on strike in Mombasa on Tuesday over wages for cholera shifts.",
)
AGAIN = (
    "Кения: в Элдорете задержан торговец украденной вакциной",
    "Полиция Кении задержала в Элдорете мужчину, торговавшего вакциной от холеры.",
)


def test_the_country_of_the_story_is_no_evidence_and_another_is(profile: Profile) -> None:
    known = opened(1, of(profile, *ARREST), NOW)
    both = evidence(of(profile, *STRIKE), known, NOW)
    assert not both["other lands"]
    assert not both["same speaker"]
    ban = of(profile, "Uganda shuts its border with Kenya", "Uganda shut its border with Kenya.")
    assert evidence(ban, known, NOW)["other lands"]


def test_another_town_and_another_kind_tell_two_events_apart(profile: Profile) -> None:
    own, known = of(profile, *STRIKE), opened(1, of(profile, *ARREST), NOW)
    assert not evidence(own, known, NOW)["places"]
    assert belongs(own, known, NOW + timedelta(hours=3)) < 0


def test_a_town_is_the_same_in_another_script_and_a_kind_in_another_language(
    profile: Profile,
) -> None:
    own, known = of(profile, *AGAIN, "ru"), opened(1, of(profile, *ARREST), NOW)
    found = evidence(own, known, NOW)
    assert found["places"]
    assert {"~arrest", "~vaccine"} <= own.acts.keys() & known.acts.keys()
    assert belongs(own, known, NOW + timedelta(hours=3)) > 0


def test_what_all_seeds_tell_counts_less_than_what_none_does(profile: Profile) -> None:
    found = of(profile, "Kenya: cholera, and a strike", "A strike.").acts
    assert 0 < found["~cholera"] < found["~strike"]


def test_words_that_a_list_knows_call_nobody(profile: Profile) -> None:
    """The capital and the kinds of event stand in every report; a person's name does not."""
    text = "A ward of Nairobi, capital of Kenya, was closed by Idriss Aldebrandov of the ministry."
    called = set(of(profile, "A ward closes", text).names)
    assert called
    without = of(profile, "A ward closes", text.replace("Idriss Aldebrandov", "somebody")).names
    assert not without


def test_a_story_told_otherwise_knows_nothing_of_this() -> None:
    told = [Seed(name="1.txt", title="Bread", text="A loaf of bread.", language="en")]
    other = learn(Story(name="bread", title="Bread", seeds=Path("seeds")), told)
    found = of(other, "A strike in Kenya", "A strike in Eldoret.")
    assert found.everywhere is None
    assert not any(act.startswith("~") for act in found.acts)


FORGED = (
    ("Counterfeit pills kill nine in Ghana", "Nine patients died in Ghana of counterfeit medicine. The health ministry seized fake pills in Kumasi."),
    ("Ghana seizes fake medicine", "Police in Ghana seized counterfeit medicine in Tamale, and the health ministry warned of fakes."),
    ("Fake syrup: Ghana shuts pharmacies", "The health ministry of Ghana shut pharmacies that sold counterfeit syrup and other medicine."),
)  # fmt: skip


def test_of_forgeries_false_denies_nothing() -> None:
    told = [
        Seed(name=f"{n}.txt", title=t, text=x, language="en") for n, (t, x) in enumerate(FORGED)
    ]
    profile = learn(Story(name="fakes", title="Fakes", seeds=Path("seeds")), told)
    title = "Ghana: la OMS alerta de cuatro fármacos falsos"
    own = of(profile, title, "La OMS alerta de cuatro fármacos falsos.", "es")
    assert "deny" in own.stances
    assert not evidence(own, opened(1, own, NOW), NOW)["against"]


@pytest.mark.parametrize(
    ("sentence", "language", "named", "not_named"),
    [
        ("قال صيادلة إن الأدوية نفدت", "ar", "medicine", "fishing"),
        ("عاد الصيادون إلى الميناء", "ar", "fishing", "medicine"),
        ("كتاب مؤرخ في نيسان يحمل ختم وزير", "ar", "government", "history"),
        ("The minister said that it begins on 1 March", "en", "government", "protest"),
        ("Thousands marched to the ministry", "en", "protest", "history"),
        ("Ermittler fanden gefälschte Arzneien", "de", "forgery", "poison"),
        ("В городе отравились сорок человек", "ru", "poison", "forgery"),
    ],
)
def test_a_word_is_read_in_the_sense_that_news_has_for_it(
    sentence: str, language: str, named: str, not_named: str
) -> None:
    kinds = survey(sentence, language).kinds
    assert named in kinds
    assert not_named not in kinds


def test_eyes_are_no_town_of_the_sahara() -> None:
    assert not survey("قال جراح عيون إن المرضى تأخروا", "ar").lands
