"""One change of a sentence at a time: what a desk touches, what hangs on a particle, and who did it to whom."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from monitor.fold.features import features
from monitor.fold.fold import fold
from monitor.fold.roles import turns_about
from monitor.fold.vocabulary import vocabulary
from tests.test_fold import make, store

DATA = Path(__file__).parent / "data"
SINGLE = json.loads((DATA / "pairs-own" / "single.json").read_text("utf-8"))
PAIRS = {
    (folder, pair["id"]): pair["earlier"]
    for folder in sorted({row["set"] for row in (*SINGLE["texts"], *SINGLE["updates"])})
    for name in ("arabic", "others")
    for line in (DATA / folder / f"{name}.jsonl").read_text("utf-8").splitlines()
    for pair in [json.loads(line)]
}
BY_LANGUAGE = {row["lang"]: PAIRS[row["set"], row["id"]] for row in reversed(SINGLE["texts"])}

# Folded still: what was is, whose title; what the headline has may go from the text.
OPEN = {
    "had to pass its annual inspection",
    "sagte Geschäftsführerin Jürgen",
    "contre le trésorier",
    "une partie des sommes de vignerons",
    "a été rendu le 15 janvier",
    "qui comptait 118 adhérents",
    "completo",
    "sebelum Kamis siang",
    "was allowed to berth",
}


def _is_copy(article: dict[str, str], text: str, language: str | None = None) -> bool:
    known = store(make(article["title"], article["text"], language=language))
    later = make(article["title"], text, language=language, url="https://two.example/1")
    return fold(later, [known]).relation == "copy"


def test_single_touches() -> None:
    """`pytest -s` shows how many are found. At first sight see the folder's README."""
    found, tried = Counter[tuple[str, int]](), Counter[tuple[str, int]]()
    for row in SINGLE["texts"]:
        article = PAIRS[row["set"], row["id"]]
        which = "Arabic" if row["lang"] == "ar" else "others", row["round"]
        for stood, stands in row["touches"]:
            assert stood in article["text"], stood
            tried[which] += 1
            found[which] += _is_copy(article, article["text"].replace(stood, stands, 1))
    print(*(f"\n{which}: {found[which]} of {tried[which]}" for which in tried))
    assert found["Arabic", 1] >= 100
    assert found["others", 1] >= 140
    assert found["others", 2] >= 60


def test_what_hangs_on_a_particle_or_a_form_is_news() -> None:
    folded_still = {
        stands
        for row in SINGLE["updates"]
        for article in [PAIRS[row["set"], row["id"]]]
        for stood, stands in row["updates"]
        if _is_copy(article, article["text"].replace(stood, stands, 1))
    }
    assert folded_still <= OPEN


def _with(article: dict[str, str], sentence: str) -> dict[str, str]:
    parts = article["text"].split("\n\n")
    return {"title": article["title"], "text": "\n\n".join([*parts[:2], sentence, *parts[2:]])}


# Volunteers and doctors, who are spelt as the hospital is.
OPEN_ROLES = {"Волонтери запросили лікарів до лікарні у вівторок."}


def test_who_did_it_to_whom_is_news_and_another_order_is_none() -> None:
    moved = 0
    for row in SINGLE["roles"]:
        article, language = _with(BY_LANGUAGE[row["lang"]], row["stood"]), row["lang"]
        turned = _with(article, row["turned"])["text"].replace(f"{row['stood']}\n\n", "")
        if row["turned"] not in OPEN_ROLES:
            assert not _is_copy(article, turned, language), row["turned"]
        if row["moved"]:
            text = article["text"].replace(row["stood"], row["moved"])
            moved += _is_copy(article, text, language)
    assert moved >= 22


@pytest.mark.parametrize(
    ("language", "earlier", "later", "turned"),
    [
        ("en", "Iran attacked the port.", "The port attacked Iran.", True),
        (
            "en",
            "After the attack police closed the road.",
            "Police closed the road after the attack.",
            False,
        ),
        ("en", "The port was closed at night.", "At night the port was closed.", False),
        (
            "nl",
            "Volgens Iran beschuldigt Rusland Turkije.",
            "Turkije beschuldigt Rusland, volgens Iran.",
            True,
        ),
        ("en", "The farmers sued the firm.", "The firm was sued by the farmers.", False),
        ("en", "In May the farmers sued the firm.", "The farmers sued the firm in May.", False),
        ("de", "Der Hund biss den Briefträger.", "Den Briefträger biss der Hund.", False),
        ("de", "Der Hund biss den Briefträger.", "Der Briefträger biss den Hund.", True),
        ("tr", "Belediye şirketi dava etti.", "Şirket belediyeyi dava etti.", True),
        ("tr", "Belediye şirketi dava etti.", "Şirketi belediye dava etti.", False),
        ("ar", "هاجمت إيران الميناء.", "هاجم الميناء إيران.", False),  # weighed elsewhere
        (None, "Iran attacked the port.", "The port attacked Iran.", False),
    ],
)
def test_doer_and_whom_it_was_done_to(
    language: str | None, earlier: str, later: str, turned: bool
) -> None:
    own, other = features("", later, language), features("", earlier, language)
    assert turns_about(own, other, language) is turned


@pytest.mark.parametrize(
    ("language", "gone", "come", "opposed"),
    [
        ("en", "from", "to", True),
        ("en", "because", "despite", True),
        ("en", "from", "of", False),
        ("de", "vor", "nach", True),
        ("pl", "do", "z", True),
        ("es", "desde", "hasta", True),
    ],
)
def test_particles_that_are_opposed(language: str, gone: str, come: str, opposed: bool) -> None:
    listed = vocabulary(language)
    assert listed is not None
    assert listed.opposes([gone], [come]) is opposed
