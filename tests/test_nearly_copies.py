"""A text that would be a copy but for one fact: the fact is told, whatever words it is in."""

import json
from pathlib import Path

import pytest

from tests.stored import Desk

CASES = json.loads((Path(__file__).parent / "data" / "nearly-copies.json").read_text("utf-8"))


@pytest.mark.parametrize("language", CASES)
def test_one_fact_deep_in_a_known_text_is_told(language: str) -> None:
    case = CASES[language]
    lost = []
    for kind, (stood, stands) in case["changed"].items():
        desk = Desk()
        desk.tell(case["title"], "\n".join(case["text"]).format(stood), language=language)
        lines = [case["text"][0], *case["text"][2:]]
        later = desk.tell(case["title"], "\n".join(lines).format(stands), language=language)
        if later.told != ("alerted",):
            lost.append(kind)
    assert lost == case.get("lost", [])


@pytest.mark.parametrize("language", CASES)
def test_a_reminder_in_a_known_text_is_not(language: str) -> None:
    case = CASES[language]
    desk = Desk()
    text = "\n".join(case["text"])
    desk.tell(case["title"], text.format(case["same"]), language=language)
    for cut in (1, 2, 3):
        lines = "\n".join(case["text"][:cut] + case["text"][cut + 1 :]).format(case["same"])
        again = desk.tell(case["title"], f"{lines}\n{case['reminder']}", language=language)
        assert again.told[0].startswith("told already"), cut
