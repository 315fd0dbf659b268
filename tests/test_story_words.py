"""The word lists: no spelling that could never match, none that hides the country in it."""

import json
import re
from pathlib import Path

import pytest

from monitor.story import concepts, news_words
from monitor.story.lexicon import Lexicon
from monitor.story.spelling import spelt
from monitor.story.vocabulary import common
from monitor.text.arabic import fold
from monitor.text.language import may_be

HAN = re.compile("[一-鿿]")
# What tells a language by its script.
BESIDE = {"ko": " 에서는", "ja": " これは"}
STORY = Path(concepts.__file__).parent
# Meant to hide what only looks like a name: Russia in "to fall", Seoul in "torrents"; and two
# where the name is not the one who acts.
MEANT = {
    "nga xuong", "nhung nguoi nga xuong", "سيول جارفه", "صاروخ كوري شمالي في", "حدود كوريتين",
}  # fmt: skip


CASES = json.loads(
    (Path(__file__).parent / "data" / "story" / "own-language.json").read_text("utf-8")
)


def concepts_of(sentence: str) -> set[str]:
    return {name for each in common().lexicon.find(sentence) for name in each.concepts}


def acts_of(sentence: str) -> set[str]:
    return {name for each in news_words.shipped()[1].find(sentence) for name in each.concepts}


def written(table: str) -> list[tuple[str, str, str]]:
    """Section, language and spelling of every entry of a list, with the mark of its own language."""
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
    for section, language, spelling in entries:
        spellings.setdefault(section, []).append(spelt(spelling, language))
    return Lexicon(spellings)


def text(spelling: str) -> str:
    """The shortest text that a spelling stands for; one of Han letters kept to Korean with Hangul."""
    plain = fold(spelling.removeprefix("^").removeprefix("~").replace("*", ""))
    return plain + "에서는" if spelling.startswith("^") and HAN.match(plain) else plain


def kept(table: str) -> list[tuple[str, str, str]]:
    return [entry for entry in written(table) if entry[2].startswith("^")]


@pytest.mark.parametrize("table", ["aliases.txt", "acts.txt"])
def test_every_spelling_is_found_in_its_own_text(table: str) -> None:
    """Folding, marks, scripts without spaces or another entry may keep one from ever matching."""
    entries = written(table)
    whole = lexicon(entries)
    dead = [
        entry
        for entry in entries
        if not any(entry[0] in each.concepts for each in whole.find(text(entry[2])))
    ]
    assert dead == []


def test_a_spelling_kept_to_its_language_can_be_told_and_cuts_no_text() -> None:
    """Of a language that is never told it would be lost; a text of Han letters is cut in any."""
    for table in ("aliases.txt", "acts.txt"):
        for section, language, spelling in kept(table):
            told = text(spelling) + BESIDE.get(language, "")
            assert may_be(told, language), (section, language, spelling)
            assert not HAN.match(spelling[1:]) or len(spelling) == 2, (section, language, spelling)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_spellings_in_their_own_language_only(case: dict) -> None:
    named, said = concepts_of(case["text"]), acts_of(case["text"])
    for name in case.get("is", ()):
        assert name in named | said, sorted(named | said)
    for name in case.get("is not", ()):
        assert name not in named | said, sorted(named | said)


def test_a_spelling_of_the_users_own_holds_everywhere() -> None:
    own = Lexicon({"own": ["seul", "北"]})
    assert len(own.find("Un seul soldat est mort dans la guerre")) == 1
    assert len(own.find("北部地区")) == 1


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
        named = {name for each in countries.find(folded) for name in each.concepts}
        told = {name for each in whole.find(folded) for name in each.concepts}
        if named - told:
            hidden.append((section, language, spelling, sorted(named - told)))
    assert hidden == []


def test_the_acts_are_those_of_the_list() -> None:
    words, _ = news_words.shipped()
    assert set(words) == {section for section, _, _ in written("acts.txt")}
