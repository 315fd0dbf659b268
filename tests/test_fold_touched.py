"""A desk's light touches are no news in any language, and one fact changed beside them is."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from monitor.fold.features import features
from monitor.fold.fold import fold
from monitor.fold.lexicon import shipped
from monitor.fold.phrases import classes_of, phrased
from monitor.fold.touched import untouched
from tests.test_fold import make, store

OWN = Path(__file__).parent / "data" / "pairs-own"
ROWS = [json.loads(line) for line in (OWN / "touched.jsonl").read_text("utf-8").splitlines()]
UPDATES = json.loads((OWN / "touched-updates.json").read_text("utf-8"))["updates"]
# The first text of each language.
TEXTS = {row["lang"]: row["earlier"] for row in reversed(ROWS)}
LANGUAGES = list(dict.fromkeys(update["lang"] for update in UPDATES))


# Of some four thousand neighbours in the lists, one in so many is tried.
@pytest.mark.parametrize("step", [8, pytest.param(4, marks=pytest.mark.slow)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phrase_for_another_of_its_class_is_no_news(language: str, step: int) -> None:
    """Neighbours in the lines of the list, in the midst of a sentence that is else the same."""
    article = TEXTS[language]
    first, second, *rest = article["text"].split("\n\n")
    parts = list(second) if language in {"zh", "ja"} else second.split(" ")
    half = len(parts) // 2
    blank = "" if language in {"zh", "ja"} else " "

    def text(phrase: str) -> str:
        return "\n\n".join([first, blank.join([*parts[:half], phrase, *parts[half:]]), *rest])

    pairs = [
        pair
        for line in shipped("touched", language)
        for pair in pairwise(
            phrase.strip()
            for phrase in line.lstrip("~-!").split("|")
            if not {"*", "…"} & set(phrase)
        )
    ]
    assert len(pairs) > step
    classes = classes_of(language)
    assert classes is not None
    following = parts[half]

    def apart(phrase: str) -> bool:
        """Whether it makes no longer phrase with the word behind it: luego, luego de."""
        beside = phrased(f"{phrase}{blank}{following}", classes)
        alone = phrased(phrase, classes).units + phrased(following, classes).units
        return [unit.key for unit in beside.units] == [unit.key for unit in alone]

    for one, two in pairs[::step]:
        if not (apart(one) and apart(two)):
            continue
        earlier = store(make(article["title"], text(one), language=language))
        later = make(article["title"], text(two), language=language, url="https://two.example/1")
        assert fold(later, [earlier]).relation == "copy", (one, two)


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_fact_changed_beside_light_touches_is_news(language: str) -> None:
    article = TEXTS[language]
    known = store(make(article["title"], article["text"]))
    copies = [row["later"] for row in ROWS if row["lang"] == language and row["relation"] == "copy"]
    updates = [each for each in UPDATES if each["lang"] == language]
    for update in updates:
        assert update["stood"] in article["text"]
        for text in (article, *copies):
            if update["stood"] in text["text"]:
                changed = text["text"].replace(update["stood"], update["stands"], 1)
                later = make(text["title"], changed, url="https://two.example/1")
                assert fold(later, [known]).relation == "new", update


@pytest.mark.parametrize(
    ("language", "earlier", "later"),
    [
        ("en", "The dam held, the mayor said.", "The dam held, according to the mayor."),
        ("de", "Der Damm hielt, sagte die Stadt.", "Der Damm hielt, gab die Stadt bekannt."),
        ("zh", "大坝没有受损，市长说。", "大壩沒有受損，市長表示。"),
        ("en", "The dam cost £3 million in all.", "The dam cost 3 million pounds in all."),
    ],
)
def test_a_touch_is_taken_back(language: str, earlier: str, later: str) -> None:
    own, other = features("", later), features("", earlier)
    before = untouched(own, "", other, "", language)
    assert before.sentences[0].words == other.sentences[0].words


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("The dam held, the mayor said.", "The dam held, the mayor denied."),
        ("The dam held for 5 days.", "The dam held for also 5 days."),
        ("Five died in the flood.", "Six died in the flood."),
    ],
)
def test_what_is_of_no_class_is_left(earlier: str, later: str) -> None:
    own, other = features("", later), features("", earlier)
    assert untouched(own, "", other, "", "en") is own


def test_a_language_without_a_list_is_left_as_it_is() -> None:
    own = features("", "qala al wazir inna al sadd samada fi al laila")
    assert untouched(own, "", features("", "anything at all"), "", "xx") is own
    assert untouched(own, "", features("", "anything at all"), "", None) is own
