"""What a text writes with a capital, where its script has them, and what not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final

from monitor.model import Seed
from monitor.story.vector import common, heard_often
from monitor.text.arabic import fold
from monitor.text.words import sentences, split

# Letters of a name at the least.
SHORTEST: Final = 4
# What German has behind an article.
_ARTICLED: Final = re.compile(
    r"\b(?:[Dd](?:er|ie|as|en|em|es)|[Ee]in(?:e[mnrs]?)?|[AaIi]m|[Zz]u[mr]|[Vv]om|[Bb]eim|[Ii]ns|[Kk]eine?)"
    r" ([^\W\d_]+)"
)
# What a name has at its end behind an apostrophe: Calder's, Madeni'nde.
_SUFFIX: Final = re.compile("['’][^\\W\\d_A-Z]+$")
CASED: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def runs(seed: Seed, plain: Collection[str]) -> set[str]:
    """What a piece names: runs of capitalised words within its sentences.

    The first word of a sentence is of one where another follows and it is not `plain`.
    """
    found: set[str] = set()
    for sentence in sentences(seed.text):
        run: list[str] = []
        end = -1
        words = list(CASED.finditer(sentence))
        if words and not _begins_name(sentence, words, plain):
            del words[0]
        for match in words:
            word = match[0]
            if word[0].isupper():
                if run and sentence[end : match.start()] != " ":
                    found.add(" ".join(run))
                    run = []
                run += split(fold(_SUFFIX.sub("", word)))
                # Behind a Turkish ending stands another name: Zonguldak'taki Karadere.
                suffix = _SUFFIX.search(word)
                end = -1 if suffix and suffix[0][1:] != "s" else match.end()
            elif run:
                found.add(" ".join(run))
                run = []
        if run:
            found.add(" ".join(run))
    return {name for name in found if len(name) >= SHORTEST}


def named_in(
    seeds: Sequence[Seed], plain: Collection[str], known: Collection[str]
) -> list[set[str]]:
    """What each piece names: its runs, and the parts that runs of several pieces have.

    Ambra of Ambra Line and Ambra Star. What has a capital in the midst of a sentence is a name at
    the head of one, and in a headline, as well. `plain` as for `runs`; `known` are no such parts.
    """
    named = [runs(seed, plain) for seed in seeds]
    parts = [{part for run in each for part in run.split(" ")} for each in named]
    inside = {part for each in parts for part in each}
    there = [each | (_firsts(seed) & inside) for seed, each in zip(seeds, parts, strict=True)]
    count = Counter(part for each in there for part in each)
    shared = {
        part
        for part, pieces in count.items()
        if pieces > 1
        and len(part) >= SHORTEST
        and not (part in plain or part in known or common(part) or heard_often(part, rare=True))
    }
    return [run | (each & shared) for run, each in zip(named, there, strict=True)]


def _firsts(seed: Seed) -> set[str]:
    """The first word of each sentence and those of the headline, whose capitals say nothing."""
    found = [next(CASED.finditer(sentence), None) for sentence in sentences(seed.text)]
    words = (word for word in (*found, *CASED.finditer(seed.title)) if word)
    return {part for word in words for part in split(fold(_SUFFIX.sub("", word[0])))}


def nouns(seeds: Sequence[Seed]) -> set[str]:
    """The nouns of German pieces: what stands behind an article there, as few names do."""
    german = (seed.text for seed in seeds if (seed.language or "").startswith("de"))
    return {fold(word) for text in german for word in _ARTICLED.findall(text)}


def _begins_name(sentence: str, words: Sequence[re.Match[str]], plain: Collection[str]) -> bool:
    """Whether the first word of a sentence has its capital from a name: "Saudi Arabia wants"."""
    first = words[0]
    if len(words) < 2 or (first[0].isupper() and len(first[0]) > 1):
        return first[0].isupper()
    beside = sentence[first.end() : words[1].start()] == " " and words[1][0][0].isupper()
    return beside and fold(first[0]) not in plain and not common(fold(first[0]))


def has_capitals(text: str) -> bool:
    """Whether most letters of a text are of a script that has them."""
    letters = [letter for letter in text if letter.isalpha()]
    return 2 * sum(letter.islower() or letter.isupper() for letter in letters) > len(letters)


def written_small(seed: Seed) -> set[str]:
    """The words that a piece writes without a capital, where its script has them."""
    return {fold(word) for word in CASED.findall(seed.text) if word[0].islower()}
