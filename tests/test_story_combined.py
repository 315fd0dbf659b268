"""Stories without a name of their own: what sentences name, and what seeds share."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.model import Seed, Story
from monitor.story.look import glance
from monitor.story.match import judge
from monitor.story.names import Names
from monitor.story.parts import read_parts
from monitor.story.places import places, towns
from monitor.story.portrait import portrait
from monitor.story.profile import Profile, learn
from monitor.story.survey import family, is_place, kinds, survey
from monitor.text.language import spoken
from tests.labelled import learnt

LISTS = Path(__file__).parent.parent / "monitor" / "story" / "kinds"
LANGUAGES = sorted(path.stem for path in LISTS.glob("*.txt") if path.stem != "families")


def lines(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in (LISTS / f"{name}.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            kind, _, listed = line.partition(":")
            assert kind not in found, kind
            found[kind] = [each.strip() for each in listed.split("|")]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_spelling_is_found_in_its_own_text(language: str) -> None:
    lexicon = kinds(language)
    assert lexicon is not None
    for kind, listed in lines(language).items():
        for spelling in listed:
            mentions = lexicon.find(spelling.replace("*", ""))
            assert kind in {each for m in mentions for each in m.concepts}, (kind, spelling)


def test_every_list_has_the_kinds_of_english_and_no_others() -> None:
    known = lines("en").keys()
    for language in LANGUAGES:
        assert lines(language).keys() <= known, language
    listed = [kind for written in lines("families").values() for kind in written[0].split()]
    assert set(listed) - known == set()
    # One kind is in one family, but for what is named twice by mistake.
    assert len(listed) == len(set(listed))
    assert family("verdict") == family("trial") == "justice"


@pytest.mark.parametrize(
    ("language", "sentence", "codes"),
    [
        ("en", "Tunisian police in Tunis", {"TN", "tn"}),
        ("en", "Nigerien troops crossed from Nigeria", {"NE", "NG"}),
        ("fr", "gardes-frontières kirghizes et tadjiks", {"KG", "TJ"}),
        ("ar", "قالت السلطات القرغيزية في بشكيك", {"KG", "kg"}),
        ("ru", "киргизские и таджикские пограничники", {"KG", "TJ"}),
        ("hi", "किर्गिज़स्तान और ताजिकिस्तान", {"KG", "TJ"}),
        ("zh", "吉尔吉斯和塔吉克斯坦", {"KG", "TJ"}),
        ("ko", "키르기스스탄과 튀니지", {"KG", "TN"}),
        ("tr", "Tunus'ta grev", {"TN", "tn"}),
        ("de", "tunesische Regierung", {"TN"}),
        ("en", "let us go", set()),
        ("en", "the US said", {"US"}),
    ],
)
def test_countries_peoples_and_towns(language: str, sentence: str, codes: set[str]) -> None:
    assert set(survey(sentence, language).lands) == codes


@pytest.mark.parametrize("stated", ["", "../acts", "x" * 99, "EN", "zz"])
def test_what_is_no_language_has_no_lists(stated: str) -> None:
    assert survey("Protests in Tunis", stated).kinds == {}


def test_a_place_is_one_whole() -> None:
    assert is_place("new zealand", "en")
    assert not is_place("bank of tunis", "en")
    assert places("xx").find("Tunis") == []


@pytest.mark.parametrize("sentence", ["Benghazi", "في بنغازي", "в Бенгази", "a Bengasi"])
def test_towns_are_known_in_other_scripts(sentence: str) -> None:
    names, countries = towns(["LY", "IT"])
    found = [each for each in names.find(sentence) if not each.doubtful]
    assert {countries[each.name] for each in found} == {"LY"}
    assert not towns(["TN"])[0].find(sentence)


@pytest.mark.parametrize(
    ("text", "stated", "language"),
    [
        ("قالت السلطات إن السد انهار", "en", "ar"),
        ("Les manifestants ont défilé dans les rues de la ville", "en", "fr"),
        ("Vláda odmítla návrh zákona", "cs", "cs"),
        ("Grève générale", "fr-TN", "fr"),
        ("突尼斯总理宣布", "en", "zh"),
        ("Mgomo", "sw", "sw"),
        ("1 + 1", "de", "de"),
        ("1 + 1", None, None),
    ],
)
def test_the_language_of_a_text(text: str, stated: str | None, language: str | None) -> None:
    assert spoken(text, stated) == language


SEEDS = [
    Seed(name=f"{n}.txt", title=title, text=text, language="en")
    for n, (title, text) in enumerate(
        (
            ("Power cuts spread in Zambia", "Zambia rations electricity. The dam is low. Factories stop."),
            ("Zambian hospitals ask for generators", "Power cuts last twelve hours in Zambia. Doctors protest."),
            ("Zambia rents turbines to end blackouts", "The government of Zambia signed for electricity."),
        )
    )
]  # fmt: skip


def powerless() -> Profile:
    return learn(Story(name="cuts", title="Cuts", seeds=LISTS), SEEDS)


def test_country_and_kind_together_tell_it_in_any_language() -> None:
    profile = powerless()
    assert profile.combined is not None
    assert set(profile.combined.lands) == {"ZM"}
    for language, title, text, band in (
        (
            "fr",
            "Zambie : les coupures d'électricité s'aggravent",
            "Les délestages durent quinze heures.",
            "on",
        ),
        (
            "ar",
            "زامبيا: انقطاع الكهرباء خمس عشرة ساعة",
            "قالت الحكومة إن محطات التوليد متوقفة.",
            "on",
        ),
        ("zh", "赞比亚停电加剧", "电力公司称水库水位低，每天停电十五小时。", "on"),
        ("en", "Blackouts in Ghana", "Power cuts in Ghana last six hours.", "off"),
        ("en", "Zambia wins the cup", "The football team of Zambia won the match.", "off"),
    ):
        match = judge(profile, title=title, text=text, language=language)
        assert match.band == band, (title, match.score)


def test_a_first_look_goes_by_any_of_it() -> None:
    profile = powerless()
    for title, summary, off in (
        ("Zambia: the lights go out again", "", False),
        ("Factories close for want of electricity", "", False),
        ("The king visits a garden", "", True),
        ("The king visits a garden", "Roses are in bloom.", True),
        ("Zambia wins the cup", "The football team of Zambia won the match.", True),
        ("Blackouts worsen", "Zambia rations electricity for fifteen hours.", False),
    ):
        seen = glance(profile, title=title, summary=summary, language="en")
        assert seen.off == off, (title, seen.score)


def test_reasons_are_in_the_words_of_the_article() -> None:
    title = "زامبيا: انقطاع الكهرباء خمس عشرة ساعة"
    match = judge(powerless(), title=title, text="", language="ar")
    said = {reason.text: reason.sentence for reason in match.reasons if reason.kind == "concept"}
    assert said == {"where: زامبيا": title, "kind: انقطاع الكهرباء": title}
    other = judge(powerless(), title="Blackouts in Ghana", text="It is dark.", language="en")
    lacking = {reason.text for reason in other.reasons if reason.kind == "missing"}
    assert lacking == {"where: not named", "where: another country in the headline"}


def test_two_seeds_share_too_little() -> None:
    assert learn(Story(name="cuts", title="Cuts", seeds=LISTS), SEEDS[:2]).combined is None


def test_what_the_user_requires_decides() -> None:
    from monitor.model import Corrections

    story = Story(
        name="cuts", title="Cuts", seeds=LISTS, corrections=Corrections(require=("zambia",))
    )
    assert learn(story, SEEDS).combined is None


def test_a_town_that_another_country_has_as_well_is_in_doubt() -> None:
    """Tripoli is Libya's capital, and a town in Lebanon."""
    profile = learnt("cuts")
    assert profile.combined is not None
    here = {
        place: profile.combined.features(
            read_parts(f"طرابلس تغرق في الظلام في {place}", "", "ar", Names()), {}, live=False
        )["place"]
        for place in ("ليبيا", "لبنان", "الليل")
    }
    assert here["لبنان"] < here["الليل"] == here["ليبيا"]


def test_what_is_shared_is_shown() -> None:
    profile = powerless()
    found = portrait(profile, profile)
    assert found["told_by"] == "shared"
    assert found["required"] == []
    assert found["shared"]["countries"] == [{"country": "ZM", "share": 1.0, "from": "seeds"}]
    assert "blackout" in {each["kind"] for each in found["shared"]["kinds"]}
    assert json.loads(json.dumps(found, default=str))
    names = learnt("dam")
    assert portrait(names, names)["told_by"] == "names"
    assert portrait(names, names)["shared"] is None


def test_the_version_tells_what_is_shared() -> None:
    more = [*SEEDS, replace(SEEDS[0], name="4.txt", title="Ghana joins", text="Ghana cuts power.")]
    story = Story(name="cuts", title="Cuts", seeds=LISTS)
    assert learn(story, more).version != powerless().version
