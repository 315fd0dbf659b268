"""Names and news words in many languages, found in a sentence in one pass.

`aliases.txt` beside this file is the shipped list and says how it is written.
Every script takes the same way: a sentence becomes tokens, a token the spellings
it may stand for, and a tree of spellings gives the longest that fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal

from monitor.text.arabic import fold
from monitor.text.words import UNSPACED

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
# A mark between two words keeps them apart: "more soldiers, Ukrainian assessment says".
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[,،;؛:!?؟…—–|()«»“”„\"。、，：]")
_SOLID = re.compile(f"[가-힣{UNSPACED}]")
_HANGUL = re.compile("[가-힣]")
_ARABIC_LETTER = re.compile("[ء-ۓ]")
_HEBREW_LETTER = re.compile("[א-ת]")
_GENITIVE = re.compile(r"'s\b")
_PLAIN_WEIGHT = 0.6
_STAR = re.compile(r"(\w+)\*")
# A Korean word may start with any known name, and go on with the next; inside a word
# only a name of this many letters is believed (평양 is not in 태평양).
_INSIDE = 3
_SHORTEST_STAR = 3
# A shorter word may have the two letters of the article for its own (الله, ألم).
_ARTICLE = 5
_REMEMBERED = 30_000


@dataclass(frozen=True, slots=True)
class Concept:
    """One entity or theme of the alias file."""

    name: str
    kind: Literal["entity", "theme"]
    families: tuple[str, ...] = ()
    part_of: str | None = None
    bound: bool = False
    weight: float = _PLAIN_WEIGHT

    @property
    def tells_apart(self) -> bool:
        """Whether a headline about it is about something else than another family."""
        return self.kind == "theme" and bool(self.families) and "context" not in self.families


@dataclass(frozen=True, slots=True)
class Mention:
    """A spelling found: the concepts it stands for, and its first and last token.

    `apart` says that a preposition is attached in front ("to Russia" in one word);
    `weak` that the spelling alone proves nothing.
    """

    concepts: tuple[str, ...]
    first: int
    last: int
    text: str
    weak: bool
    apart: bool


@dataclass(slots=True)
class _Node:
    below: dict[str, _Node] = field(default_factory=dict)
    strong: list[str] = field(default_factory=list)
    weak: list[str] = field(default_factory=list)


class Lexicon:
    """Spellings of concepts, compiled; `find` is the only question asked of it."""

    def __init__(self, spellings: Mapping[str, Iterable[str]]) -> None:
        """Take the spellings of each concept, as the alias file writes them."""
        self._root = _Node()
        self._exact: set[str] = set()
        self._stars: set[str] = set()
        self._solid: set[str] = set()
        for concept, written in spellings.items():
            for spelling in written:
                self._add(concept, spelling)
        self._longest = max(map(len, self._solid), default=0)
        self._known: dict[str, tuple[tuple[str, bool], ...]] = {}

    def _add(self, concept: str, spelling: str) -> None:
        weak = spelling.startswith("~")
        pieces = _pieces(spelling.removeprefix("~"))
        node = self._root
        for piece in pieces:
            if _SOLID.match(piece):
                self._solid.add(piece)
            elif piece.endswith("*"):
                self._stars.add(piece[:-1])
            else:
                self._exact.add(piece)
            node = node.below.setdefault(piece, _Node())
        if pieces and concept not in node.strong:
            (node.weak if weak else node.strong).append(concept)

    def find(self, sentence: str) -> tuple[list[Mention], int]:
        """The mentions in a folded sentence, in order, and its number of tokens."""
        tokens = self._tokens(sentence)
        found: list[Mention] = []
        at = 0
        while at < len(tokens):
            mention = self._longest_at(tokens, at) if self._pieces(tokens[at]) else None
            if mention is None:
                at += 1
            else:
                found.append(mention)
                at = mention.last + 1
        return found, len(tokens)

    def _tokens(self, sentence: str) -> list[str]:
        tokens = _TOKEN.findall(_GENITIVE.sub("", sentence) if "'s" in sentence else sentence)
        if _SOLID.search(sentence):
            return [part for token in tokens for part in self._parts(token)]
        return tokens

    def _parts(self, token: str) -> list[str]:
        """A token of a script without spaces (or with glued particles) cut at known names."""
        if not _SOLID.search(token):
            return [token]
        hangul = _HANGUL.search(token) is not None
        parts: list[str] = []
        at = 0
        after_name = True
        while at < len(token):
            size = self._solid_at(token, at)
            if hangul and (
                (size < _INSIDE and not after_name) or (size == 1 and not at and token[1:])
            ):
                size = 0
            after_name = size > 0
            # A letter of no name matches nothing, and keeps names apart.
            parts.append(token[at : at + size] if size else "·" + token[at])
            at += size or 1
        return parts

    def _solid_at(self, token: str, at: int) -> int:
        for size in range(min(self._longest, len(token) - at), 0, -1):
            if token[at : at + size] in self._solid:
                return size
        return 0

    def _longest_at(self, tokens: list[str], at: int) -> Mention | None:
        best: tuple[int, list[_Node], bool] | None = None
        level = [(self._root, False)]
        for end in range(at, len(tokens)):
            pieces = self._pieces(tokens[end])
            following = [
                (node.below[piece], apart or (end == at and attached))
                for node, apart in level
                for piece, attached in pieces
                if piece in node.below
            ]
            if not following:
                break
            level = following
            ends = [(node, apart) for node, apart in level if node.strong or node.weak]
            if ends:
                best = (end, [node for node, _ in ends], any(apart for _, apart in ends))
        if best is None:
            return None
        last, nodes, apart = best
        strong = tuple(dict.fromkeys(name for node in nodes for name in node.strong))
        weak = tuple(dict.fromkeys(name for node in nodes for name in node.weak))
        text = " ".join(tokens[at : last + 1])
        return Mention(strong or weak, at, last, text, weak=not strong, apart=apart)

    def _pieces(self, token: str) -> tuple[tuple[str, bool], ...]:
        """What a token may stand for, each with whether a preposition was taken off."""
        known = self._known.get(token)
        if known is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            known = self._known[token] = tuple(self._stands_for(token))
        return known

    def _stands_for(self, token: str) -> Iterable[tuple[str, bool]]:
        if token in self._solid:
            yield token, False
        for form, attached in _forms(token):
            if form in self._exact:
                yield form, attached
            for size in range(len(form), _SHORTEST_STAR - 1, -1):
                if form[:size] in self._stars:
                    yield form[:size] + "*", attached


def _pieces(spelling: str) -> list[str]:
    """The spelling's words, folded, without article; the star of each kept."""
    plain = _GENITIVE.sub("", fold(spelling))
    stars = {_bare(found[1]) for found in _STAR.finditer(plain)}
    words = [_bare(word) for word in _WORD.findall(plain)]
    return [word + "*" if word in stars else word for word in words]


def _bare(word: str) -> str:
    """An Arabic word without the article, which `_forms` takes off an article's words as well."""
    return word[2:] if word.startswith("ال") and len(word) > _ARTICLE else word


def _forms(token: str) -> list[tuple[str, bool]]:
    """The token, and what is left when attached particles are taken off it.

    Arabic: و ف, then ب ل ك, then the article; Hebrew: ו, then ב ל מ ש כ ה.
    """
    forms = [(token, False)]
    if len(token) < 4:
        return forms
    if _ARABIC_LETTER.match(token):
        if token[0] in "وف":
            forms.append((token[1:], False))
        for form, _ in tuple(forms):
            if form.startswith("لل"):
                forms.append((form[2:], True))
            if form[0] in "بلك" and len(form) > 3:
                forms.append((form[1:], True))
        forms += [(form[2:], apart) for form, apart in tuple(forms) if form.startswith("ال")]
    elif _HEBREW_LETTER.match(token):
        if token[0] == "ו":
            forms.append((token[1:], False))
        forms += [(form[1:], form[0] in "בלמ") for form, _ in tuple(forms) if form[0] in "בלמשכה"]
    return forms


def owners(mentions: Sequence[Mention], concepts: Mapping[str, Concept]) -> list[frozenset[str]]:
    """For each theme mentioned, whose it is: the entities named right beside it.

    Empty for a theme that stands free, and for entities. A name behind it with a
    preposition attached ("to Russia" in one word) stands apart and owns nothing.
    """
    found: list[frozenset[str]] = []
    for at, mention in enumerate(mentions):
        owned: set[str] = set()
        if any(concepts[name].kind == "theme" for name in mention.concepts):
            owned.update(mention.concepts)
            if at and mentions[at - 1].last == mention.first - 1:
                owned.update(mentions[at - 1].concepts)
            following = mentions[at + 1 : at + 2]
            if following and following[0].first == mention.last + 1 and not following[0].apart:
                owned.update(following[0].concepts)
        found.append(frozenset(name for name in owned if concepts[name].kind == "entity"))
    return found


@cache
def shipped() -> tuple[Mapping[str, Concept], Mapping[str, tuple[str, ...]]]:
    """The concepts of the shipped alias file, and the spellings of each."""
    concepts: dict[str, Concept] = {}
    spellings: dict[str, tuple[str, ...]] = {}
    name = ""
    text = files("monitor.story").joinpath("aliases.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            name, _, options = line[1:].partition("]")
            concepts[name] = _concept(name, options.split())
            spellings[name] = ()
        elif line and not line.startswith("#"):
            written = line.partition(":")[2].split("|")
            spellings[name] += tuple(spelling.strip() for spelling in written)
    return concepts, spellings


def _concept(name: str, options: list[str]) -> Concept:
    given = dict(option.partition("=")[::2] for option in options[1:])
    return Concept(
        name,
        "entity" if options[0] == "entity" else "theme",
        families=tuple(filter(None, given.get("family", "").split(","))),
        part_of=given.get("in"),
        bound="bound" in given,
        weight=float(given.get("weight", _PLAIN_WEIGHT)),
    )
