"""What sentences of general news name: countries, and kinds of event; one reading for all stories."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

from monitor.story.lexicon import Lexicon, Mention
from monitor.story.places import places
from monitor.text.arabic import fold
from monitor.text.memory import LETTERS, Sentences

# Languages that are near enough to another to be read by its list.
_READ_AS: Final = {"ms": "id", "hr": "sr", "bs": "sr", "nb": "no", "nn": "no", "prs": "fa"}
_CODE: Final = re.compile("[a-z]{2,3}")
# Languages whose lists are kept.
_LANGUAGES: Final = 40


class Shown(NamedTuple):
    """The kinds and the countries (codes of ISO 3166) that a sentence names, each with its words."""

    kinds: Mapping[str, str]
    lands: Mapping[str, str]


def survey(sentence: str, language: str) -> Shown:
    """What a sentence of that language names; kinds only where the language has a list.

    `language` may be whatever a feed states; what is no code of a language has no lists.
    """
    known = language if _CODE.fullmatch(language) else ""
    return _surveyed[f"{known} {sentence}"]


def _survey(marked: str) -> Shown:
    language, _, sentence = marked.partition(" ")
    listed = kinds(language)
    return Shown(
        _named(listed.find(sentence)) if listed else {},
        _named(places(language).find(sentence)),
    )


_surveyed: Final = Sentences(_survey, LETTERS)


def _named(mentions: Iterable[Mention]) -> dict[str, str]:
    found: dict[str, str] = {}
    for mention in mentions:
        for name in mention.concepts:
            found.setdefault(name, mention.text)
    return found


@cache
def family(kind: str) -> str:
    """The family of a kind (`kinds/families.txt`); itself where it has none."""
    return _families().get(kind, kind)


@cache
def _families() -> Mapping[str, str]:
    written = files("monitor.story").joinpath("kinds", "families.txt").read_text(encoding="utf-8")
    lines = (line.partition(":") for line in written.splitlines() if not line.startswith("#"))
    return {kind: name for name, _, kinds in lines for kind in kinds.split()}


def is_place(name: str, language: str) -> bool:
    """Whether a folded name is that of a country, a people or a great town, and nothing more."""
    hits = places(language).hits(name)
    mentions, size = hits.mentions(), hits.size
    return bool(size) and sum(each.last - each.first + 1 for each in mentions) >= size


def single_words(language: str) -> frozenset[str]:
    """The single words by which a language names kinds, folded, without stars."""
    written = (fold(each).strip("~*^") for own in _listed(language).values() for each in own)
    return frozenset(word for word in written if " " not in word)


@lru_cache(maxsize=_LANGUAGES)
def kinds(language: str) -> Lexicon | None:
    """The kinds by the spellings of a language; None for one that has no list."""
    listed = _listed(language)
    return Lexicon(listed) if listed else None


def _listed(language: str) -> Mapping[str, Sequence[str]]:
    """The spellings of each kind, from `kinds/LANGUAGE.txt` beside this file.

    A line has a kind's name, a colon, and spellings between bars, written as in aliases.txt (folded
    before comparison, `*` for any ending, the longest wins). Each language has a list of its own,
    since a word of one is often another of the next.
    """
    if not _CODE.fullmatch(language):  # whatever a feed states as its language names no file
        return {}
    written = files("monitor.story").joinpath("kinds", f"{_READ_AS.get(language, language)}.txt")
    spellings: dict[str, tuple[str, ...]] = {}
    for line in written.read_text(encoding="utf-8").splitlines() if written.is_file() else ():
        if line and not line.startswith("#"):
            name, _, listed = line.partition(":")
            own = tuple(each.strip() for each in listed.split("|"))
            spellings[name] = (*spellings.get(name, ()), *own)
    return spellings
