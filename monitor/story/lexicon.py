"""Spellings compiled, and found in a sentence in one pass.

Every script takes the same way: a sentence becomes tokens, a token the spellings it
may stand for, and a tree of spellings gives the longest that fits. The tree is walked
by states, each what several readings of the words so far lead to: a step is worked out
when it is first taken, and is one look-up from then on.

A spelling may hold in sentences of its own language only (`Spelling`). Which language that is
the sentence alone tells, so that a text of two languages is read right, and a sentence means
the same whoever asks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import product
from typing import Final, NamedTuple

from monitor.story.spelling import Spelling
from monitor.story.tokens import GENITIVE, WORD, tokens
from monitor.text.arabic import fold
from monitor.text.language import may_be
from monitor.text.memory import LETTERS, Memory, Sentences, gathered
from monitor.text.words import UNSPACED

SOLID: Final = re.compile(f"[가-힣{UNSPACED}]")
_HANGUL: Final = re.compile("[가-힣]")
_ARABIC_LETTER: Final = re.compile("[ء-ۓ]")
_HEBREW_LETTER: Final = re.compile("[א-ת]")
_STARRED: Final = re.compile(rf"(?:{WORD.pattern})\*?")
# A Korean word may start with any known name, and go on with the next; inside a word
# only a name of this many letters is believed (평양 is not in 태평양).
_INSIDE: Final = 3
SHORTEST_STAR: Final = 2
# A shorter word may have the two letters of the article for its own (الله, ألم).
_ARTICLE: Final = 5
# "From" and "of", between somebody and the country that he is of.
_FROM_WORDS: Final = "from of من از aus von из з із зі od z ze de del des du da do dari van uit fra fran dal dalla din"
_FROM: Final = frozenset(_FROM_WORDS.split())
_FROM_REACH: Final = 3
_REMEMBERED: Final = 20_000
_REMEMBERED_BESIDE: Final = 4_000


class Mention(NamedTuple):
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


class _Node:
    """A place in the tree of spellings: what may follow, and whose spellings end here.

    `ends` are those: the concept, whether weak, and the only language of it or none.
    """

    __slots__ = ("below", "ends")

    def __init__(self, like: _Node | None = None) -> None:
        """Empty, or a copy of another one, whose nodes below are the same."""
        self.below: dict[str, _Node] = dict(like.below) if like else {}
        self.ends: tuple[tuple[str, bool, str], ...] = like.ends if like else ()


# What a mention says: its concepts, whether weak, whether apart.
_Ending = tuple[tuple[str, ...], bool, bool]


class _State:
    """The places that the words so far lead to, each with whether a preposition was taken off.

    `ends` is what a mention that ends here says in any sentence; where `languages` has any,
    a sentence of one of them may say more: `ending`.
    """

    __slots__ = ("_endings", "_level", "deeper", "ends", "languages", "steps")

    def __init__(self, level: Sequence[tuple[_Node, bool]]) -> None:
        self._level = [(node, apart) for node, apart in level if node.ends]
        self._endings: dict[tuple[str, ...], _Ending | None] = {}
        self.languages = {only for node, _ in self._level for _, _, only in node.ends if only}
        self.ends = self._ending(())
        self.deeper = [(node, apart) for node, apart in level if node.below]
        self.steps: dict[_Reading, _State | None] = {}

    def ending(self, sentence: str) -> _Ending | None:
        """What a mention that ends here says in a sentence."""
        spoken = tuple(each for each in self.languages if may_be(sentence, each))
        if spoken not in self._endings:
            self._endings[spoken] = self._ending(spoken)
        return self._endings[spoken]

    def _ending(self, spoken: Collection[str]) -> _Ending | None:
        ends = [
            (name, weak, apart)
            for node, apart in self._level
            for name, weak, only in node.ends
            if not only or only in spoken
        ]
        strong = tuple(dict.fromkeys(name for name, weak, _ in ends if not weak))
        weak = tuple(dict.fromkeys(name for name, weak, _ in ends if weak))
        return (strong or weak, not strong, any(apart for _, _, apart in ends)) if ends else None

    def step(self, reading: _Reading) -> _State | None:
        """Where one more word leads; None where no spelling goes on with it."""
        if reading not in self.steps:
            level = [
                (node.below[piece], apart)
                for node, apart in self.deeper
                for piece, _ in reading.pieces
                if piece in node.below
            ]
            self.steps[reading] = _State(level) if level else None
        return self.steps[reading]


class _Reading:
    """What a word may stand for, one for all words alike; `start` where a spelling begins so."""

    __slots__ = ("pieces", "start")

    def __init__(self, pieces: tuple[tuple[str, bool], ...], root: _Node) -> None:
        self.pieces = pieces
        level = [(root.below[piece], attached) for piece, attached in pieces if piece in root.below]
        self.start = _State(level) if level else None


class _Tree(NamedTuple):
    """The tree of spellings, and the pieces that stand in it by how they are looked for."""

    root: _Node
    exact: set[str]
    stars: set[str]
    solid: set[str]


# A token, what it may stand for, and where a spelling that it begins leads; None for nothing.
_Word = tuple[str, _Reading | None, _State | None]
# Most words are unknown: one value for all of them, whose spelling nobody asks for.
_UNKNOWN: Final[_Word] = ("", None, None)
_ONE_UNKNOWN: Final = (_UNKNOWN,)


class Lexicon:
    """Spellings of concepts, compiled; `find` is the only question asked of it."""

    def __init__(self, spellings: Mapping[str, Iterable[str]], base: Lexicon | None = None) -> None:
        """Take the spellings of each concept, as the alias file writes them.

        They come behind those of `base`, whose tree is shared but for where they stand in it.
        """
        tree = base.tree() if base else _Tree(_Node(), set(), set(), set())
        self._root, self._exact, self._stars, self._solid = tree
        self._shares = base is not None
        for concept, written in spellings.items():
            for spelling in written:
                self._add(concept, spelling)
        # The lengths of the names of scripts without spaces by their first letter, longest first.
        self._lengths: dict[str, tuple[int, ...]] = {}
        for name in sorted(self._solid, key=len, reverse=True):
            lengths = self._lengths.get(name[0], ())
            self._lengths[name[0]] = lengths if len(name) in lengths else (*lengths, len(name))
        # No beginning is longer: a word of a megabyte has few.
        self._longest = max(map(len, self._stars), default=0)
        self._readings: dict[tuple[tuple[str, bool], ...], _Reading] = {}
        # Beyond its base a lexicon reads only the sentences that may have its own words.
        remembered = _REMEMBERED_BESIDE if base else _REMEMBERED
        self._pieces = Memory(self._piece, remembered)
        self._begun = Memory(self._begins, remembered)
        self._found = Sentences(self._mentions, LETTERS)

    def _add(self, concept: str, spelling: str) -> None:
        weak = spelling.startswith("~")
        pieces = _pieces(spelling.removeprefix("~"))
        node = self._root
        for piece in pieces:
            if SOLID.match(piece):
                self._solid.add(piece)
            elif piece.endswith("*"):
                self._stars.add(piece[:-1])
            else:
                self._exact.add(piece)
            below = node.below.get(piece)
            if below is None or self._shares:
                # What is of the base stays as it is there.
                below = node.below[piece] = _Node(below)
            node = below
        only = spelling.language if isinstance(spelling, Spelling) else ""
        if pieces and (concept, weak, only) not in node.ends:
            node.ends += ((concept, weak, only),)

    def find(self, sentence: str) -> tuple[list[Mention], int]:
        """The mentions in a sentence in order, and its number of tokens; folded or not.

        The list is remembered, for the next story and for the facts: leave it as it is.
        """
        return self._found[sentence]

    def tree(self) -> _Tree:
        """The tree for another lexicon to add to: the nodes below its root are still these."""
        return _Tree(_Node(self._root), set(self._exact), set(self._stars), set(self._solid))

    @property
    def firsts(self) -> Collection[str]:
        """The first words of its spellings, folded; a star behind those that begin longer ones."""
        return self._root.below.keys()

    def begins(self, sentence: str) -> bool:
        """Whether any word of a sentence may begin a spelling; cheaper than `find`."""
        return any(map(self._begun.__getitem__, sentence.split()))

    def _mentions(self, sentence: str) -> tuple[list[Mention], int]:
        words = list(gathered(self._pieces, sentence.split()))
        found: list[Mention] = []
        free = 0
        for at, start in [(at, start) for at, (_, _, start) in enumerate(words) if start]:
            if at < free or (mention := _longest(words, at, start, sentence)) is None:
                continue
            if found and at and words[at - 1][0] in _FROM:
                near = at - found[-1].last <= _FROM_REACH
                mention = mention._replace(of=near and at > free)
            found.append(mention)
            free = mention.last + 1
        return found, len(words)

    def _begins(self, piece: str) -> bool:
        return any(start is not None for _, _, start in self._piece(piece))

    def _piece(self, piece: str) -> tuple[_Word, ...]:
        """The tokens of what stands between two spaces, each with its reading.

        A token of a script without spaces is as many as it has parts.
        """
        found: list[str] = []
        for token in tokens(piece):
            found += self._parts(token) if SOLID.search(token) else (token,)
        words = tuple(map(self._token, found))
        return _ONE_UNKNOWN if words == _ONE_UNKNOWN else words

    def _token(self, part: str) -> _Word:
        pieces = tuple(self._stands_for(part))
        if not pieces:
            return (part, None, None) if part in _FROM else _UNKNOWN
        if pieces not in self._readings:
            self._readings[pieces] = _Reading(pieces, self._root)
        reading = self._readings[pieces]
        return part, reading, reading.start

    def _parts(self, token: str) -> list[str]:
        """A token of a script without spaces (or with glued particles) cut at known names."""
        hangul = _HANGUL.search(token) is not None
        # A syllable alone begins many a word, a Han letter before Hangul is a country's.
        syllable = _HANGUL.match(token) is not None and len(token) > 1
        parts: list[str] = []
        at = 0
        after_name = True
        while at < len(token):
            size = self._solid_at(token, at)
            if hangul and (
                (size < _INSIDE and not after_name) or (size == 1 and not at and syllable)
            ):
                size = 0
            after_name = size > 0
            # A letter of no name matches nothing, and keeps names apart.
            parts.append(token[at : at + size] if size else "·" + token[at])
            at += size or 1
        return parts

    def _solid_at(self, token: str, at: int) -> int:
        for size in self._lengths.get(token[at], ()):
            if token[at : at + size] in self._solid and at + size <= len(token):
                return size
        return 0

    def _stands_for(self, token: str) -> Iterable[tuple[str, bool]]:
        if token in self._solid:
            yield token, False
        for form, attached in forms(token):
            if form in self._exact:
                yield form, attached
            for size in range(min(len(form), self._longest), SHORTEST_STAR - 1, -1):
                if form[:size] in self._stars:
                    yield form[:size] + "*", attached


def _longest(words: Sequence[_Word], at: int, start: _State, sentence: str) -> Mention | None:
    """The longest spelling that begins at a word; None where none ends."""
    state = start
    best, last, end = start.ending(sentence) if start.languages else start.ends, at, at + 1
    while state.deeper and end < len(words) and (reading := words[end][1]) is not None:
        further = state.steps[reading] if reading in state.steps else state.step(reading)
        if further is None:
            break
        state = further
        ends = state.ending(sentence) if state.languages else state.ends
        if ends is not None:
            best, last = ends, end
        end += 1
    if best is None:
        return None
    text = words[at][0] if last == at else " ".join([word for word, _, _ in words[at : last + 1]])
    concepts, weak, apart = best
    return Mention(concepts, at, last, text, weak, apart)


def first_words(spellings: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The beginnings of spellings: where none is in a folded text, no spelling is."""
    written = (spelling.removeprefix("~") for each in spellings.values() for spelling in each)
    firsts = (pieces[0].removesuffix("*") for spelling in written if (pieces := _pieces(spelling)))
    return tuple(dict.fromkeys(firsts))


def _pieces(spelling: str) -> list[str]:
    """The spelling's words, folded, without article; the star of each kept."""
    folded = fold(spelling)
    # Nearly all are letters and spaces only, and what costs in a list of many thousands is this.
    if folded.replace("*", "").replace(" ", "").isalpha():
        words = folded.split()
    else:
        words = _STARRED.findall(GENITIVE.sub("", folded))
    return [_bare(word) for word in words if word != "*"]


def _bare(word: str) -> str:
    """An Arabic word without the article, which `forms` takes off an article's words as well."""
    return word[2:] if word.startswith("ال") and len(word.removesuffix("*")) > _ARTICLE else word


# What `forms` takes off, in any order that it may be written: a particle, a preposition, the article.
PARTICLES: Final = tuple(
    dict.fromkeys(
        [
            *map("".join, product(("", "و", "ف"), ("", "لل", "ب", "ل", "ك"), ("", "ال"))),
            *map("".join, product(("", "ו"), ("", *"בלמשכה"))),
        ]
    )
)


def forms(token: str) -> list[tuple[str, bool]]:
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
