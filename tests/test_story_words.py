"""The word lists: no spelling that could never match, none that hides the country in it."""

from pathlib import Path

import pytest

from monitor.story import acts, concepts
from monitor.story.lexicon import Lexicon
from monitor.text.arabic import fold

STORY = Path(concepts.__file__).parent
# Meant to hide what only looks like a name: Russia in "to fall", Seoul in "torrents"; and two
# where the name is not the one who acts.
MEANT = {
    "nga xuong", "nhung nguoi nga xuong", "سيول جارفه", "صاروخ كوري شمالي في", "حدود كوريتين",
}  # fmt: skip


def written(table: str) -> list[tuple[str, str, str]]:
    """Section, language and spelling of every entry of a list."""
    found: list[tuple[str, str, str]] = []
    section = ""
    for line in (STORY / table).read_text("utf-8").splitlines():
        if line.startswith("["):
            section = line[1:].partition("]")[0]
        elif line and not line.startswith("#"):
            language, _, spellings = line.partition(":")
            found += [(section, language, each.strip()) for each in spellings.split("|")]
    return found


def lexicon(entries: list[tuple[str, str, str]]) -> Lexicon:
    spellings: dict[str, list[str]] = {}
    for section, _, spelling in entries:
        spellings.setdefault(section, []).append(spelling)
    return Lexicon(spellings)


def text(spelling: str) -> str:
    """The shortest text that a spelling stands for."""
    return fold(spelling.removeprefix("~").replace("*", ""))


@pytest.mark.parametrize("table", ["aliases.txt", "acts.txt"])
def test_every_spelling_is_found_in_its_own_text(table: str) -> None:
    """Folding, marks, scripts without spaces or another entry may keep one from ever matching."""
    entries = written(table)
    whole = lexicon(entries)
    dead = [
        entry
        for entry in entries
        if not any(entry[0] in each.concepts for each in whole.find(text(entry[2]))[0])
    ]
    assert dead == []


@pytest.mark.parametrize("table", ["aliases.txt", "acts.txt"])
def test_a_section_has_one_line_a_language(table: str) -> None:
    seen: set[tuple[str, str]] = set()
    section = ""
    for line in (STORY / table).read_text("utf-8").splitlines():
        if line.startswith("["):
            section = line[1:].partition("]")[0]
        elif line and not line.startswith("#"):
            language, colon, _ = line.partition(":")
            assert colon, line
            assert (section, language) not in seen
            seen.add((section, language))


def test_a_theme_hides_no_country_that_its_spelling_names() -> None:
    """The longest spelling wins: one with a country inside counts for the country as well."""
    known, _ = concepts.shipped()
    entries = written("aliases.txt")
    names = [
        entry
        for entry in entries
        if known[entry[0]].kind == "entity" and not entry[2].startswith("~")
    ]
    whole, countries = lexicon(entries), lexicon(names)
    hidden = []
    for section, language, spelling in entries:
        if known[section].kind == "entity" or section in {"hidden", "past"}:
            continue
        folded = text(spelling)
        if " " not in folded or folded in MEANT:
            continue
        named = {name for each in countries.find(folded)[0] for name in each.concepts}
        told = {name for each in whole.find(folded)[0] for name in each.concepts}
        if named - told:
            hidden.append((section, language, spelling, sorted(named - told)))
    assert hidden == []


def test_the_acts_are_those_of_the_list() -> None:
    words, _ = acts.shipped()
    assert set(words) == {section for section, _, _ in written("acts.txt")}
