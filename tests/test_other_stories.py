"""Stories that nothing was tuned for, each learnt from five seeds; `pytest -s` shows the figures.

Of four streams the odd rows were read to develop on; the held-out ones are scored as a whole.
Floors against going back.
"""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.cli.stream import Stream
from monitor.model import Seed, Story
from monitor.story.facts import facts
from monitor.story.look import glance
from monitor.story.match import judge
from monitor.story.measures import alerts, average_precision, b_cubed, b_cubed_across, cost
from monitor.story.names import FEWEST, Names
from monitor.story.naming import learn_names
from monitor.story.profile import Profile, learn
from monitor.text.sound import loose, transcribed
from tests.labelled import learnt, stream_of

DATA = Path(__file__).parent / "data" / "stories"

# Average precision, cost, on or maybe found; B-cubed F1 of developments, across languages.
FLOORS = {
    "dam": (0.985, 0.16, 0.94, 0.89, 0.83),
    "takeover": (0.965, 0.28, 0.9, 0.87, 0.82),
    "bank": (0.975, 0.13, 0.93, 0.88, 0.85),
    "mussels": (0.96, 0.5, 0.9, 0.93, 0.9),
    "held-out-ship": (0.985, 0.09, 0.95, 0.925, 0.915),
    # No name of its own tells these.
    "protests": (0.99, 0.12, 0.93, 0.85, 0.77),
    "held-out-talks": (0.99, 0.23, 0.9, 0.885, 0.86),
    "cuts": (0.985, 0.17, 0.93, 0.89, 0.85),
    "held-out-fishing": (0.98, 0.41, 0.9, 0.85, 0.76),
    "wells": (0.945, 0.5, 0.9, 0.865, 0.79),
    "held-out-cattle": (0.9, 1.33, 0.84, 0.75, 0.53),
    # Written blind after that matcher, and scored before anything changed.
    "held-out-drought": (0.975, 0.33, 0.83, 0.85, 0.77),
    "held-out-strike": (0.96, 0.4, 0.89, 0.78, 0.61),
    "held-out-border": (0.98, 0.35, 0.86, 0.82, 0.7),
    "held-out-election": (0.95, 0.76, 0.92, 0.94, 0.92),
    # Two more, likewise.
    "medicines": (0.92, 0.46, 0.86, 0.72, 0.52),
    "held-out-banking": (0.95, 0.235, 0.94, 0.885, 0.845),
    # Two with names, one of which stands in half of the headlines only; odd rows read since.
    "oilfield": (0.955, 0.28, 0.95, 0.85, 0.76),
    "climbers": (0.955, 0.2, 0.93, 0.85, 0.65),
    # Seeds as hurried users choose them: three to five, some short or a feature, few names in the headlines.
    "dialysis": (0.72, 1.62, 0.95, 0.89, 0.79),
    "waterbill": (0.77, 1.09, 0.86, 0.8, 0.49),
    "throws": (0.8, 0.52, 0.69, 0.85, 0.0),
    "karkheh": (0.65, 1.13, 0.69, 0.87, 0.59),
    "dredger": (0.85, 1.09, 0.91, 0.93, 0.84),
    # The same, of more than a hundred articles each; the even rows read since.
    "quay": (0.73, 0.95, 0.58, 0.64, 0.22),
    "ferry": (0.83, 1.03, 0.89, 0.75, 0.51),
    "goldmine": (0.9, 0.64, 0.87, 0.72, 0.46),
    # Long, ordinary articles, many of which name the story in a standing paragraph; the even rows read since.
    "haiti": (0.98, 0.15, 0.94, 0.84, 0.62),
    "cholera": (0.89, 0.82, 0.99, 0.86, 0.66),
    # Written beside the lists that read them: to develop on.
    "own-power": (0.985, 0.75, 0.98, 0.94, 0.89),
    "own-measles": (0.98, 0.46, 0.98, 0.94, 0.89),
    "own-trial": (0.98, 0.37, 0.94, 0.91, 0.84),
    "own-talks": (0.98, 0.41, 0.98, 0.94, 0.9),
    "held-out-volcano": (0.96, 0.2, 0.88, 0.96, 0.94),
}


@pytest.fixture(scope="module")
def profile(name: str) -> Profile:
    return learnt(name)


@pytest.mark.parametrize("name", FLOORS, scope="module")
def test_figures(name: str, profile: Profile) -> None:
    stream = Stream(profile, timedelta(days=14))
    judged = [(row, stream.judge(row)) for row in stream_of(name)]
    scored = [(a["score"], row["band"] == "on") for row, a in judged if row["band"] != "maybe"]
    wanted = [a["band"] != "off" for row, a in judged if row["band"] != "off"]
    on = [(row, a, a["development"] or row["id"]) for row, a in judged if row["band"] == "on"]
    told, missed = alerts(
        [(r["development"], a["band"] == "on" and a["relation"] == "new") for r, a, _ in on]
    )
    found = (
        average_precision(scored),
        cost(scored),
        sum(wanted) / len(wanted),
        b_cubed([(row["development"], group) for row, _, group in on])[2],
        b_cubed_across([(row["development"], group, row["lang"]) for row, _, group in on]),
    )
    print(f"\n{name}:", " ".join(f"{each:.3f}" for each in found), f"{told:.2f} {missed:.3f}")
    precise, dear, recalled, grouped, across = FLOORS[name]
    assert found[0] >= precise
    assert found[1] <= dear
    assert found[2] >= recalled
    assert found[3] >= grouped
    assert found[4] >= across


@pytest.mark.parametrize("name", FLOORS, scope="module")
def test_a_first_look_lets_little_of_it_go_and_most_of_the_rest(
    name: str, profile: Profile
) -> None:
    looks = {"on": [], "maybe": [], "off": []}
    for row in stream_of(name):
        text = row["text"][:200]
        look = glance(profile, title=row["title"], summary=text, language=row["lang"])
        looks[row["band"]].append(look.off)
    lost = {
        "bank": 1,
        "held-out-cattle": 2,
        "held-out-strike": 2,
        "held-out-border": 2,
        "medicines": 2,
        "climbers": 3,
        "waterbill": 2,
        "throws": 3,
        "karkheh": 3,
        "dredger": 1,
        "quay": 7,
        "ferry": 2,
        "goldmine": 4,
    }
    assert sum(looks["on"]) <= lost.get(name, 0)
    # Of stories without a name the country and the kind of near misses are often theirs.
    least = 0.2 if profile.combined else 0.3
    assert sum(looks["off"]) >= least * len(looks["off"])


@pytest.mark.parametrize("name", ["protests", "cuts", "wells", "own-talks"], scope="module")
def test_what_is_shared_and_given_as_a_reason_is_true(name: str, profile: Profile) -> None:
    """Without the sentences that show a country, a kind or a name the score falls."""
    for row in stream_of(name)[::14]:
        match = judge(profile, title=row["title"], text=row["text"], language=row["lang"])
        for group in ("where", "kind", "name"):
            gone = {r.sentence for r in match.reasons if r.text.startswith(f"{group}: ")} - {None}
            if match.band == "off" or not gone:
                continue
            title = "—" if row["title"] in gone else row["title"]
            text = row["text"]
            for sentence in gone:
                text = text.replace(sentence, "—")
            after = judge(profile, title=title, text=text, language=row["lang"])
            assert after.score < match.score, (row["id"], group)


@pytest.mark.parametrize("name", ["dam", "takeover", "bank", "mussels"], scope="module")
def test_the_names_given_as_reasons_are_true(name: str, profile: Profile) -> None:
    """Without a name that is given as a reason the score does not rise, and falls without all."""
    for row in stream_of(name)[::14]:
        match = judge(profile, title=row["title"], text=row["text"], language=row["lang"])
        named = [r for r in match.reasons if r.text.startswith("name: ") and r.sentence]
        if match.band != "on" or not named:
            continue
        gone = {r.sentence for r in named}
        title = "—" if row["title"] in gone else row["title"]
        text = row["text"]
        for sentence in gone:
            text = text.replace(sentence, "—")
        after = judge(profile, title=title, text=text, language=row["lang"])
        assert after.score < match.score, row["id"]


def seeds(*written: tuple[str, str], language: str) -> list[Seed]:
    return [
        Seed(name=f"{n}.txt", title=title, text=text, language=language)
        for n, (title, text) in enumerate(written)
    ]


ARABIC = seeds(
    ("انهيار سد الزركة", "انهار سد الزركة فجراً وغمرت المياه بلدة تل مرجان."),
    ("سد الزركة: مئة قتيل", "قالت السلطات إن سد الزركة انهار بعد الأمطار."),
    ("تحقيق في سد الزركة", "فتح القضاء تحقيقاً في انهيار سد الزركة."),
    language="ar",
)


@pytest.mark.parametrize(
    "sentence",
    ["The Zarka dam gave way.", "Прорвало плотину Зарка.", "La diga di Zarka è crollata.",
     "ज़रका बांध टूटा", "扎尔卡大坝溃坝", "자르카 댐이 무너졌다", "ザルカのダムが決壊", "انهار سدّ الزركة"],
)  # fmt: skip
def test_a_name_is_found_in_every_script(sentence: str) -> None:
    assert learn_names(ARABIC).find(sentence)


@pytest.mark.parametrize(
    "sentence", ["the circus came", "سيل الزرقاء في الأردن", "в городе цирк", "水坝附近的公路"]
)
def test_what_only_sounds_like_it_is_not(sentence: str) -> None:
    assert not learn_names(ARABIC).find(sentence)


def test_three_consonants_are_in_doubt() -> None:
    """A circus (цирк) at the head of a sentence may be Zarka's, and is worth half alone."""
    assert all(each.doubtful for each in learn_names(ARABIC).find("Цирк приехал"))


ENGLISH = seeds(
    ("Calder Ports rejects bid", "The board of Calder Ports said no to Morosin on Monday."),
    ("Bid for Calder Ports raised", "Shareholders of Calder Ports will meet. Calder rose."),
    ("Dockers at Calder Ports to vote", "Workers of Calder Ports fear for jobs at Calder."),
    language="en",
)


def test_what_every_report_names_tells_none_of_the_events() -> None:
    """The name by which the story is told counts for no development; another name does."""
    profile = learn(Story(name="dam", title="Dam", seeds=DATA), ARABIC)
    title, text = "Crane falls at Zarka dam", "One worker died at the Zarka dam, said Omar Hadrani."
    sounds = facts(profile, title=title, text=text, language="en").names
    assert loose("zarka") not in sounds
    assert loose("hadrani") in sounds


def test_a_part_of_a_name_is_not_another_name() -> None:
    names = learn_names(ENGLISH)
    assert [each.name for each in names.find("They said that Calder Ports is sold")] == [
        "calder ports"
    ]
    assert names.find("shares of Calder rose")
    assert not names.find("people of Calder Valley wait")
    assert names.find("eine Calder-Aktie")


BYLINES = seeds(
    ("Trial of Paul Winter opens", "LONDON, Monday (Reuters) - A jury was sworn for Paul Winter. Reporting by John Smith."),
    ("Paul Winter lied, court hears", "LONDON, Tuesday (Reuters) - The banker lied, said Paul Winter to Reuters. Reporting by John Smith."),
    ("Paul Winter takes the stand", "LONDON, Monday (Reuters) - The banker Paul Winter took the stand. Reporting by John Smith."),
    language="en",
)  # fmt: skip


def test_who_wrote_the_seeds_and_where_tells_no_story() -> None:
    profile = learn(Story(name="trial", title="Trial", seeds=DATA), BYLINES)
    title = "Another trial opens"
    text = "LONDON, Monday (Reuters) - A jury was sworn for a banker. Reporting by John Smith."
    assert judge(profile, title=title, text=text, language="en").band != "on"
    assert judge(profile, title="Paul Winter is guilty", text=text, language="en").band == "on"


def of_name(name: str, language: str = "en") -> Profile:
    """A story of which each seed names the thing in headline and text."""
    told = seeds(
        (f"{name} is searched", f"Officers said that {name} was searched on Monday."),
        (f"{name} closes", f"Workers fear that {name} will close for good."),
        (f"Chief of {name} quits", f"The chief of {name} left. Nobody at {name} knew."),
        language=language,
    )
    return learn(Story(name="story", title="Story", seeds=DATA), told)


@pytest.mark.parametrize(
    "name", ["Rolls-Royce", "Al-Shifa", "Liam O'Brien", "Air India", "Calder Ports", "OPEC"]
)
def test_a_name_of_the_seeds_is_found_as_they_write_it(name: str) -> None:
    profile = of_name(name)
    assert profile.names.subject
    assert profile.names.find(f"They said that {name} is sold")


def test_a_country_and_its_parts_are_no_names() -> None:
    assert not {"saudi arabia", "saudi", "arabia"} & of_name("Saudi Arabia").names.weights.keys()


def test_a_name_that_begins_a_sentence_is_a_whole_one() -> None:
    told = seeds(
        ("Morosin bids", "Paul Winter bids for a port."),
        ("Morosin waits", "Paul Winter waits for a vote."),
        language="en",
    )
    weights = learn_names(told).weights
    assert "paul winter" in weights
    assert weights["paul winter"] >= weights.get("winter", 0.0)


def test_what_several_longer_names_have_in_common_is_a_name() -> None:
    told = seeds(
        ("No sailing", "Last night Marlo Line cancelled a sailing to Visby."),
        ("Goats on the quay", "Marlo's office was closed. Eleven goats wait for the Marlo Star."),
        ("Dinner on board", "Nobody on deck seven knows when it will end."),
        language="en",
    )
    names = learn_names(told)
    assert "marlo" in names.weights
    assert names.find("Marlo asks a court for help")
    # A capital at the head of a sentence tells nothing by itself.
    assert not {"eleven", "nobody", "goats"} & names.weights.keys()


def test_what_the_seeds_write_without_capitals_may_be_no_name_elsewhere() -> None:
    told = seeds(
        ("رصيف الفسفاط مغلق", "أغلق عمال رصيف الفسفاط الأبواب."),
        ("قطار الفسفاط", "توقف قطار يحمل الفسفاط قبل الرصيف."),
        language="ar",
    )
    names = learn_names(told)
    for sentence in ("Strike at the phosphate quay", "Sciopero al porto dei fosfati"):
        (found,) = names.find(sentence)
        assert found.doubtful, sentence
    # Of few consonants, or where the seeds write capitals, only a capital makes it one.
    assert not learn_names(ARABIC).find("Das zirkt hier")


@pytest.mark.parametrize(
    ("written", "name"),
    [("Calder's", "calder"), ("Yeşildere'nin", "yesildere"), ("O'Brien", "o brien")],
)
def test_what_stands_behind_an_apostrophe_is_an_ending_or_a_name(written: str, name: str) -> None:
    told = seeds(
        *[("Bid", f"they said that {written} board met {n}") for n in range(2)], language="en"
    )
    assert name in learn_names(told).weights


def test_a_turkish_ending_ends_a_name() -> None:
    told = seeds(
        ("Göçük", "Zonguldak'taki Yeşildere Madeni'nde göçük oldu."),
        ("Yas", "Dün ekipler Yeşildere Madeni'nden çıktı."),
        language="tr",
    )
    assert "yesildere madeni" in learn_names(told).weights


def test_nouns_of_german_are_no_names() -> None:
    told = seeds(
        ("Einsturz in Grauberg", "Grauberg - Die Feuerwehr sucht. Am Montag sprach die Polizei in Grauberg."),
        ("Retter in Grauberg", "Grauberg - Es hilft der Feuerwehr die Polizei. In Grauberg wird am Montag geklopft."),
        language="de",
    )  # fmt: skip
    assert list(learn_names(told).weights) == ["grauberg"]


def test_groups_found_here_and_there_in_the_seeds_tell_no_story() -> None:
    """Italy and Singapore stand in the seeds of the takeover, and it is no story of theirs."""
    assert learnt("takeover").required == ()
    assert learnt("takeover").names.subject


def plainly_transcribed(names: Names, text: str) -> set[str]:
    """The names that Chinese signs write, tried from every sign on."""
    found = set()
    for _, sounds in transcribed(text):
        for at in range(len(sounds)):
            for key, name in names.signs:
                for end in range(at + FEWEST, min(len(sounds), at + 3 * len(key)) + 1):
                    if "".join(sounds[at:end]) == key and sounds[end - 1]:
                        found.add(name)
    return found


@given(st.text("扎尔卡阿亚南恩", min_size=3, max_size=12))
def test_signs_write_what_they_write_from_any_sign_on(text: str) -> None:
    names = learn_names(ARABIC)
    assert {name for name, _ in names._transcribed(text)} == plainly_transcribed(names, text)


@pytest.mark.parametrize(
    "text",
    ["阿", "扎阿", "扎尔卡", "ザルカア", "zarka", "Calder Xyz ", "Zarka-"],
)
def test_a_page_of_one_word_without_end_is_read_like_any_other(text: str) -> None:
    """Work grows with the letters: were it with their square, this would take an hour."""
    long = text + text[-1] * 50_000 + text * (50_000 // len(text))
    for names in (learn_names(ARABIC), learn_names(ENGLISH)):
        assert all(len(each.text) <= 40 for each in names.find(long))


MIXED = [
    *seeds(("Calder Ports rejects bid", "The board of Calder Ports said no to Morosin."),
           ("Calder Ports bid raised", "Morosin raised its bid for Calder Ports."), language="en"),
    *seeds(("كالدر بورتس ترفض العرض", "رفض مجلس إدارة كالدر بورتس عرض موروسين."),
           ("موروسين يرفع عرضه", "رفعت موروسين عرضها لشراء كالدر بورتس."), language="ar"),
    *seeds(("Морозин повысил предложение", "Итальянская группа повысила цену за Колдер Портс."),
           language="ru"),
    *seeds(("Колдер Портс ждёт", "Группе отказали в Колдер Портс."), language="ru"),
]  # fmt: skip


def test_seeds_in_several_scripts_have_names_in_each() -> None:
    names = learn_names(MIXED)
    assert {"calder ports", "كالدر بورتس", "колдер портс"} <= names.weights.keys()
    assert names.find("Акционеры Колдер Портс проголосуют")


def test_seeds_in_three_languages_that_share_no_word_know_their_own_headlines() -> None:
    profile = learn(Story(name="x", title="x", seeds=DATA), MIXED[1:5:2] + MIXED[4:5])
    for seed in MIXED[1:5:2]:
        assert (
            judge(profile, title=seed.title, text=seed.text, language=seed.language).band != "off"
        )


@pytest.mark.parametrize(
    ("language", "written", "own", "others"),
    [
        ("ru", (("Вулкан Ичанга извергается", "Пепел вулкана Ичанга дошёл до моря."),
                ("Ичанга: сёла эвакуированы", "Сёла у Ичанги эвакуированы.")),
         "Жителей у подножия Ичанги вывезли", "Ичалки ждут поезда"),
        ("zh", (("岚水水库溃坝", "岚水水库20日凌晨溃坝。"), ("岚水水库遇难人数上升", "岚水水库遇难者增至118人。")),
         "岚水水库灾民获安置", "青海一水库溃坝"),
        ("th", (("เหมืองแม่ตาวถล่ม", "เหมืองแม่ตาวถล่มเมื่อคืนนี้"), ("กู้ภัยเหมืองแม่ตาว", "ทีมกู้ภัยเข้าเหมืองแม่ตาว")),
         "เหมืองแม่ตาวปิดถาวร", "น้ำท่วมเชียงใหม่"),
    ],
)  # fmt: skip
def test_a_name_in_its_own_language(
    language: str, written: tuple[tuple[str, str], ...], own: str, others: str
) -> None:
    names = learn_names(seeds(*written, language=language))
    assert names.find(own)
    assert not names.find(others)
