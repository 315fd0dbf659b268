"""Names and news words in many languages, found in a sentence in one pass.

`aliases.txt` beside this file is the shipped list and says how it is written.
Every script takes the same way: a sentence becomes tokens, a token the spellings
it may stand for, and a tree of spellings gives the longest that fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from monitor.text.arabic import fold
from monitor.text.words import SIGNS, UNSPACED

_MARKS = '[,،;؛:!?؟…—–|()«»“”„"。、，：।]'
_PLAIN_WORD = r"\d+(?:[.,]\d+)*|[^\W\d_]+"
_SIGNED = rf"\d+(?:[.,]\d+)*|(?:[^\W\d_]|{SIGNS})+"
_WORD = re.compile(_SIGNED)
# A mark between two words keeps them apart: "more soldiers, Ukrainian assessment says".
_TOKEN = re.compile(f"{_PLAIN_WORD}|{_MARKS}")
_SIGNED_TOKEN = re.compile(f"{_SIGNED}|{_MARKS}")
_HAS_SIGNS = re.compile(SIGNS)
_SOLID = re.compile(f"[가-힣{UNSPACED}]")
_HANGUL = re.compile("[가-힣]")
_ARABIC_LETTER = re.compile("[ء-ۓ]")
_HEBREW_LETTER = re.compile("[א-ת]")
_GENITIVE = re.compile(r"'s\b")
_PLAIN_WEIGHT = 0.6
_US = re.compile(r"\bUS\b(?!\.)")
_STAR = re.compile(rf"((?:[^\W_]|{SIGNS})+)\*")
# A Korean word may start with any known name, and go on with the next; inside a word
# only a name of this many letters is believed (평양 is not in 태평양).
_INSIDE = 3
_SHORTEST_STAR = 2
# A shorter word may have the two letters of the article for its own (الله, ألم).
_ARTICLE = 5
# "From" and "of", between somebody and the country that he is of.
_FROM_WORDS = "from of من از aus von из з із зі od z ze de del des du da do dari van uit fra fran dal dalla din"
_FROM = frozenset(_FROM_WORDS.split())
_FROM_REACH = 3
_NOBODY: frozenset[str] = frozenset()
_REMEMBERED = 30_000
# Those of an article, for every story and for its facts.
_SENTENCES = 1_000


@dataclass(frozen=True, slots=True)
class Concept:
    """One entity or theme of the alias file."""

    name: str
    kind: Literal["entity", "theme"]
    families: tuple[str, ...] = ()
    part_of: str | None = None
    bound: bool = False
    weight: float = _PLAIN_WEIGHT
    abroad: bool = False
    past: bool = False

    @property
    def tells_apart(self) -> bool:
        """Whether a headline about it is about something else than another family."""
        return self.kind == "theme" and bool(self.families) and "context" not in self.families


@dataclass(frozen=True, slots=True)
class Mention:
    """A spelling found: the concepts it stands for, and its first and last token.

    `apart` says that a preposition is attached in front ("to Russia" in one word);
    `weak` that the spelling alone proves nothing; `of` that "from" and no more than
    one other word stand between it and the mention before ("men from North Korea").
    """

    concepts: tuple[str, ...]
    first: int
    last: int
    text: str
    weak: bool
    apart: bool
    of: bool = False


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
        self._starts: dict[str, tuple[tuple[_Node, bool], ...]] = {}
        self._found: dict[str, tuple[list[Mention], int]] = {}

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
        """The mentions in a folded sentence, in order, and its number of tokens.

        The list is remembered, for the next story and for the facts: leave it as it is.
        """
        remembered = self._found.get(sentence)
        if remembered is not None:
            return remembered
        tokens = self._tokens(sentence)
        starts = self._starts
        if len(starts) > _REMEMBERED:
            starts.clear()
        for token in tokens:
            if token not in starts:
                self._start(token)
        found: list[Mention] = []
        free = 0
        for at in [at for at, token in enumerate(tokens) if starts[token]]:
            if at >= free and (mention := self._longest_at(tokens, at, starts[tokens[at]])):
                if found and _FROM.issuperset(tokens[mention.first - 1 : mention.first]):
                    near = mention.first - found[-1].last <= _FROM_REACH
                    mention = replace(mention, of=near and mention.first > free)
                found.append(mention)
                free = mention.last + 1
        if len(self._found) >= _SENTENCES:
            self._found.clear()
        self._found[sentence] = found, len(tokens)
        return found, len(tokens)

    def begins(self, sentence: str) -> bool:
        """Whether any word of a folded sentence may begin a spelling; cheaper than `find`."""
        starts = self._starts
        for token in self._tokens(sentence):
            found = starts.get(token)
            if found or (found is None and self._start(token)):
                return True
        return False

    def _start(self, token: str) -> tuple[tuple[_Node, bool], ...]:
        """What a first word leads to, each with whether a preposition was taken off."""
        below = self._root.below
        found = tuple(
            (below[piece], attached) for piece, attached in self._pieces(token) if piece in below
        )
        self._starts[token] = found
        return found

    def _tokens(self, sentence: str) -> list[str]:
        pattern = _SIGNED_TOKEN if _HAS_SIGNS.search(sentence) else _TOKEN
        tokens = pattern.findall(_GENITIVE.sub("", sentence) if "'s" in sentence else sentence)
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

    def _longest_at(
        self, tokens: list[str], at: int, starts: Sequence[tuple[_Node, bool]]
    ) -> Mention | None:
        best: tuple[int, list[_Node], bool] | None = None
        level = starts
        end = at
        if len(level) == 1 and not level[0][0].below:
            return _mention(tokens, at, at, [level[0][0]], apart=level[0][1])
        while True:
            ends = [(node, apart) for node, apart in level if node.strong or node.weak]
            if ends:
                best = (end, [node for node, _ in ends], any(apart for _, apart in ends))
            end += 1
            deeper = [(node, apart) for node, apart in level if node.below]
            if end == len(tokens) or not deeper:
                break
            pieces = self._pieces(tokens[end])
            level = [
                (node.below[piece], apart)
                for node, apart in deeper
                for piece, _ in pieces
                if piece in node.below
            ]
            if not level:
                break
        if best is None:
            return None
        last, nodes, apart = best
        return _mention(tokens, at, last, nodes, apart=apart)

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


def _mention(
    tokens: Sequence[str], at: int, last: int, nodes: Sequence[_Node], *, apart: bool
) -> Mention:
    strong = tuple(dict.fromkeys(name for node in nodes for name in node.strong))
    weak = () if strong else tuple(dict.fromkeys(name for node in nodes for name in node.weak))
    text = " ".join(tokens[at : last + 1])
    return Mention(strong or weak, at, last, text, weak=not strong, apart=apart)


def _pieces(spelling: str) -> list[str]:
    """The spelling's words, folded, without article; the star of each kept."""
    plain = _GENITIVE.sub("", fold(spelling))
    stars = {_bare(found[1]) for found in _STAR.finditer(plain)}
    words = [_bare(word) for word in _WORD.findall(plain)]
    return [word + "*" if word in stars else word for word in words]


@lru_cache(maxsize=1_000)
def plain(text: str) -> str:
    """The text folded, with the country US told from the pronoun, which only its capitals do."""
    return fold(_US.sub("U.S.", text) if "US" in text else text)


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
    last = len(mentions) - 1
    for at, mention in enumerate(mentions):
        beside = mention.concepts
        if not any(concepts[name].kind == "theme" for name in beside):
            found.append(_NOBODY)
            continue
        if at and mentions[at - 1].last == mention.first - 1:
            beside += mentions[at - 1].concepts
        if at < last:
            following = mentions[at + 1]
            if following.first == mention.last + 1 and not following.apart:
                beside += following.concepts
        owned = [
            name
            for name in beside
            if concepts[name].kind == "entity" and not concepts[name].part_of
        ]
        found.append(frozenset(owned) if owned else _NOBODY)
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
        abroad="abroad" in given,
        past="past" in given,
    )
