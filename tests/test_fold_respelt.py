"""A text that is spelt otherwise throughout is a copy, and with one word exchanged in it none."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.fold.fold import fold
from monitor.fold.furniture import is_furniture
from monitor.identify.wording import folded
from tests.test_fold import NOW, make, store

TEXTS = json.loads((Path(__file__).parent / "data" / "respelt.json").read_text("utf-8"))["texts"]
NAMES = json.loads((Path(__file__).parent / "data" / "names.json").read_text("utf-8"))["texts"]
LATER = {"url": "https://two.example/1", "when": NOW + timedelta(hours=2)}


@pytest.mark.parametrize("row", TEXTS, ids=[row["lang"] for row in TEXTS])
def test_spelt_otherwise_throughout(row: dict) -> None:
    own, other = (row["title"], row["text"]), (row["respelt_title"], row["respelt"])
    for earlier, later in ((own, other), (other, own)):
        verdict = fold(make(*later, **LATER), [store(make(*earlier))])
        assert verdict.relation == "copy", verdict.why


@pytest.mark.parametrize(
    ("row", "gone", "come"),
    [(row, gone, come) for row in TEXTS for gone, come in row["updates"]],
    ids=[f"{row['lang']}-{come}" for row in TEXTS for _, come in row["updates"]],
)
def test_one_word_exchanged_is_news(row: dict, gone: str, come: str) -> None:
    text = row["respelt"].replace(gone, come)
    verdict = fold(
        make(row["respelt_title"], text, **LATER), [store(make(row["title"], row["text"]))]
    )
    assert verdict.relation == "new", verdict.why


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("سوله ها", ["سوله", "ها"]),
        ("سوله‌ها", ["سولهها"]),
        ("سولہ بندرگاہیں بند رہیں", ["16", "بندرگاهيں", "بند", "رهيں"]),
    ],
)
def test_a_persian_shed_is_no_sixteen(text: str, words: list[str]) -> None:
    assert folded(text) == words


@pytest.mark.parametrize(
    ("row", "gone", "come", "relation"),
    [
        pytest.param(row, *change, relation, id=f"{row['lang']}-{change[1]}")
        for row in NAMES
        for field, relation in (("another", "new"), ("same", "copy"))
        for change in row[field]
    ],
)
def test_a_name_with_another_ending(row: dict, gone: str, come: str, relation: str) -> None:
    title, language = row["title"], row["lang"]
    assert gone in row["text"]
    earlier = make(title, row["text"], language=language)
    later = make(title, row["text"].replace(gone, come), language=language, **LATER)
    verdict = fold(later, [store(earlier)])
    assert verdict.relation == relation, verdict.why


@pytest.mark.parametrize(
    "line",
    [
        "Salta, 16 nov (Agencia Puna).-",
        "ÉVORA, 18 nov (Agência Tejo)",
        "Linz, 4. Dezember (APX) –",
        "КИЕВ, 3 декабря (Агентство Днепр)",
        "عمان، 16 تشرين الثاني (وكالة السند)",
        "LABUAN PASIR, KabarTeluk.test -",
    ],
)
def test_a_dateline_on_a_line_of_its_own(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Gaza, 16 killed (Agencia Sur)",
        "Salta, 16 muertos (Agencia Puna).-",
        "Died 3 May (aged 60)",
        "Anna Kowalska (PiS)",
        "Nowak resigns, says rada.example -",
        "40 shot dead, rada.example -",
    ],
)
def test_no_dateline(line: str) -> None:
    assert not is_furniture(line)


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("twenty-one people", "21 people"),
        ("trinta e cinco pessoas", "35 pessoas"),
        ("vinte e uma pessoas", "21 pessoas"),
        ("3 mil milhões de euros", "3 bilhões de euros"),
        ("mil 600 millones", "1.600 millones"),
        ("2 mil 500 personas", "2.500 personas"),
        ("двадцать одна школа", "21 школа"),
        ("сто сорок два дома", "142 дома"),
        ("двести пятьдесят три", "253"),
        ("двадцять п'ять осіб", "25 осіб"),
        ("дев'яносто осіб", "90 осіб"),
        ("dwadzieścia jeden osób", "21 osób"),
        ("vijfentwintig mensen", "25 mensen"),
        ("tweehonderd mensen", "200 mensen"),
        ("fyrtiofem personer", "45 personer"),
        ("trentacinque persone", "35 persone"),
        ("zweihundert Menschen", "200 Menschen"),
        ("dvadeset pet ljudi", "25 ljudi"),
        ("двадесет пет људи", "25 људи"),
        ("διακόσια άτομα", "200 άτομα"),
        ("dvě stě lidí", "200 lidí"),
        ("עשרים וחמישה אנשים", "25 אנשים"),
        ("huitante personnes", "80 personnes"),
        ("1’300 Franken", "1.300 Franken"),
        ("£1.3m", "£1.3 million"),
        ("2:20 p.m.", "2.20 pm"),
        ("65 فی صد", "65 فیصد"),
    ],
)
def test_a_number_in_words_is_that_in_digits(words: str, digits: str) -> None:
    assert folded(words) == folded(digits)


@pytest.mark.parametrize(
    "text", ["one of the men", "один из них", "um homem", "mil euros", "sto lat", "pet owners"]
)
def test_what_may_be_another_word_is_no_number_alone(text: str) -> None:
    assert not any(word[0].isdigit() for word in folded(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [("двадцать одна", "двадцать две"), ("trinta e cinco", "trinta e seis"), ("£1.3m", "£1.3bn")],
)
def test_another_number_is_another(one: str, other: str) -> None:
    assert folded(one) != folded(other)
