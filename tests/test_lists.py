"""The lists of words that ship with the rooms: each is told at its head, holds nothing twice, and is written as it is compared."""

import re
from pathlib import Path

import pytest

from monitor.text.arabic import fold
from monitor.text.lists import lines, pattern, phrases, sections

FOLDER = Path(__file__).parent.parent / "monitor" / "parse" / "lists"
LISTS = sorted(FOLDER.glob("*.txt"))
SECTIONS = [
    (path.stem, " ".join(sorted(names)))
    for path in LISTS
    for names, _ in sections("monitor.parse", path.stem)
    if names
]


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_list_says_at_its_head_what_its_sections_are(path):
    head = "".join(line for line in path.read_text("utf-8").splitlines() if line.startswith("#"))
    named = {name for names, _ in sections("monitor.parse", path.stem) for name in names}
    assert named - set(re.findall(r"\w+", head)) <= {"pattern", "as", "of"}


@pytest.mark.parametrize(("name", "section"), SECTIONS)
def test_a_section_holds_nothing_twice_and_patterns_are_folded(name, section):
    held = lines("monitor.parse", name, section)
    if "pattern" not in section:
        said = [
            fold(one) for line in held for one in line.split("|") if not one.lstrip("-").isdigit()
        ]
        assert len(said) == len(set(said)) or name == "calendar"
        return
    re.compile(pattern("monitor.parse", name, section))
    letters = [re.sub(r"\\[a-zA-Z]|<\w+>", " ", line) for line in held]
    assert [fold(line) for line in letters] == letters or name == "classes"


def test_a_name_in_a_pattern_stands_for_the_phrases_of_its_section():
    assert "whatsapp" in phrases("monitor.parse", "calls", "network")
    assert re.search(pattern("monitor.parse", "calls", "arabic"), "تابعوا اخبارنا علي whatsapp")
