"""An article cut into passages, each read for a story's concept groups.

A passage is worth what it shows together times where it stands. What names
another article (links, "read also" blocks) is cut first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from monitor.story.lexicon import Mention
from monitor.story.profile import Profile
from monitor.story.tokens import plain
from monitor.story.vocabulary import Reading
from monitor.text.arabic import fold
from monitor.text.memory import LETTERS, Sentences
from monitor.text.words import sentences

# What outlets write above links to other articles, folded.
_MARKS: Final = (
    "اقرا ايضا|اقرا المزيد|اخبار ذات صله|مقالات ذات صله|مقالات مشابهه|مواضيع متعلقه|مواضيع ذات صله|موضوعات ذات صله|"
    "موضوعات متعلقه|قراءه المزيد|شاهد ايضا|قد يهمك(?: ايضا)?|الاكثر قراءه|read more|read also|read next|"
    "related (?:articles?|stories|story|news|coverage|topics)|related|more on this(?: site| story| topic)?|more from .{1,30}|"
    "see also|most read|most popular|you may also like|lire aussi|a lire aussi|sur le meme sujet|lire la suite|"
    "lesen sie auch|mehr zum thema|auch interessant|lee tambien|leer mas|te puede interesar|le puede interesar|"
    "noticias relacionadas|leggi anche|leia tambem|leia mais|читаите также|по теме|материалы по теме|читаите також|"
    "ilgili haberler|bunlar da ilginizi cekebilir|بيشتر بخوانيد|مطالب مرتبط|اخبار مرتبط|يه بهي پڑهيں|관련 ?기사|"
    "関連記事|相关(?:阅读|新闻|报道)|相關新聞|延伸阅读|tin lien quan|xem them|baca juga|czytaj takze|lees ook"
)
_MARK: Final = re.compile(rf"\W{{0,3}}(?:{_MARKS})\s*(?:[:：]|\W*$)")
_ENDED: Final = re.compile(r"[.!?؟۔…。！？:؛][\"'»”’)\]」』]*\s*$")
# The longest line that is taken for a link, below a mark and without one at the end.
_LINK_WORDS: Final = 22
_TAIL_WORDS: Final = 16
_MARK_LENGTH: Final = 60
# How many mentions apart a country's troops stand beside its losses.
_BESIDE: Final = 2
# How many words from "unlike" the troops that it speaks of stand at the most.
_COMPARED: Final = 4
_NONE: Final = frozenset[int]()
# Years of other wars; later ones are written like figures.
_LAST_CENTURY: Final = re.compile(r"(?<![\d.,])19[3-9]\d(?!\d)")
# A count of a hundred and more, and no year.
_FIGURE: Final = re.compile(
    r"(?<![\d.,])(?!(?:19|20)\d\d(?!\d))\d{1,3}(?:[., ]?\d{3})+(?!\d)|(?<![\d.,])\d{3}(?!\d)"
)
# What a passage hints at by naming two of the story's company, or a great number.
_COMPANY: Final = "company"
# The theme of a country's people, as aliases.txt names it.
_PEOPLE: Final = "people"
_MANY: Final = "figure"
# Whatever folds to a digit, above all digits.
_NUMERAL: Final = re.compile(
    r"[\d\u00b2-\u00be\u2070-\u2189\u2460-\u24ff\u3200-\u33ff\U0001f100-\U0001f10f]"
)


@dataclass(slots=True)
class Signs:
    """What one passage shows: groups, the kinds of *what*, near and other themes.

    `hints` are words that speak for the story's kind of event without telling of one.
    `doubtful` are groups named by spellings that prove nothing alone; `own` says that
    the actor stands right beside its act, `scene` that a place of the story is named,
    `past` that other times are, `abroad` that the event says itself to be in another
    country, `compared` that the actor is named to tell it from others.
    """

    groups: set[str] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    near: set[str] = field(default_factory=set)
    other: set[str] = field(default_factory=set)
    hints: set[str] = field(default_factory=set)
    own: bool = False
    scene: bool = False
    past: bool = False
    abroad: bool = False
    compared: bool = False
    mentions: list[Mention] = field(default_factory=list)

    def add(self, following: Signs) -> None:
        """Show what another passage shows as well; only for one that nobody else has."""
        self.past = self.past or following.past
        if not following.mentions:
            return
        self.groups |= following.groups
        self.doubtful |= following.doubtful
        self.kinds |= following.kinds
        self.near |= following.near
        self.other |= following.other
        self.hints |= following.hints
        self.own = self.own or following.own
        self.scene = self.scene or following.scene
        self.abroad = self.abroad or following.abroad
        self.compared = self.compared or following.compared
        self.mentions += following.mentions

    def __or__(self, following: Signs) -> Signs:
        return Signs(
            self.groups | following.groups,
            self.doubtful | following.doubtful,
            self.kinds | following.kinds,
            self.near | following.near,
            self.other | following.other,
            self.hints | following.hints,
            self.own or following.own,
            self.scene or following.scene,
            self.past or following.past,
            self.abroad or following.abroad,
            self.compared or following.compared,
            self.mentions + following.mentions,
        )


class Sentence(NamedTuple):
    """One sentence, where it stands and what it shows.

    `place` counts from 0, the headline is -1; `standing` says that it is in the last
    of several paragraphs, where agencies hang the background; `background` that it was
    learnt to be some.
    """

    text: str
    place: int
    standing: bool
    signs: Signs
    background: bool = False


_NOTHING: Final = Signs()


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence or two neighbours, and what they show together."""

    sentences: tuple[Sentence, ...]
    signs: Signs


def together(article: Sequence[Sentence]) -> Signs:
    """What all sentences of an article show."""
    found = Signs()
    for sentence in article:
        found.add(sentence.signs)
    return found


def read(profile: Profile, title: str, text: str) -> list[Sentence]:
    """The headline and the sentences of an article in order, each with its signs."""
    found: list[Sentence] = []
    if title.strip():
        found.append(Sentence(title.strip(), -1, standing=False, signs=signs(profile, title)))
    paragraphs = main_text(text)
    place = 0
    for number, paragraph in enumerate(paragraphs):
        standing = number >= 2 and number == len(paragraphs) - 1
        for sentence in paragraph:
            found.append(Sentence(sentence, place, standing, signs(profile, sentence)))
            place += 1
    return found


def signs(profile: Profile, text: str) -> Signs:
    """What one passage shows of the profile's groups.

    Troops that stand beside another country's name are that country's and show
    nothing. A spelling that proves nothing alone is kept as doubtful; one of a bound
    theme ("men") counts right beside its actor, or with a surer act of it ("sent").
    """
    read = profile.vocabulary.read(text)
    past = _is_of_last_century(text)
    if not read.mentions:
        return Signs(past=True) if past else _NOTHING
    roles, actors = profile.roles, profile.actors
    others = _others(read, actors) if read.owned else _NONE
    groups, doubtful = set[str](), set[str]()
    kinds, near, other = set[str](), set[str](), set[str]()
    hints, company, faint = set[str](), set[str](), set[str]()
    telling = scene = abroad = compared = False
    mentions: list[Mention] = []
    each = zip(read.mentions, read.owners, read.whose, strict=True)
    for at, (mention, owned, whose) in enumerate(each):
        own = not actors.isdisjoint(whose)
        kept = False
        weak = mention.weak
        for name in mention.concepts:
            role = roles[name]
            if weak and role.entity and not _written_as_name(mention.text.split(" ")[0], text):
                continue
            if role.bound and not own and (owned or weak):
                if not owned:
                    faint.add(name)
                continue
            if role.losses and at in others:
                continue
            kept = True
            past = past or role.past
            if role.compares and not compared:
                compared = _compares(read, at, role.compares, actors)
            if role.groups:
                (doubtful if weak and not role.bound else groups).update(role.groups)
            if role.act:
                kinds.add(name)
                telling = telling or (own and role.telling)
                abroad = abroad or role.abroad
            elif role.near:
                near.add(name)
            elif role.scene:
                scene = True
            elif role.other:
                other.add(name)
            elif role.hint:
                hints.add(name)
            elif role.company and not weak:
                company.add(name)
        if kept:
            mentions.append(mention)
    if kinds and "who" in groups:
        kinds |= faint
    if len(company) > 1:
        hints.add(_COMPANY)
    if (company or telling) and _is_many(text):
        hints.add(_MANY)
    return Signs(
        groups, doubtful, kinds, near, other, hints,
        telling, scene, past, abroad, compared, mentions,
    )  # fmt: skip


def _names_last_century(text: str) -> bool:
    return _NUMERAL.search(text) is not None and _LAST_CENTURY.search(plain(text)) is not None


def _names_many(text: str) -> bool:
    return _NUMERAL.search(text) is not None and _FIGURE.search(plain(text)) is not None


_is_of_last_century: Final = Sentences(_names_last_century, LETTERS).__getitem__
_is_many: Final = Sentences(_names_many, LETTERS).__getitem__


def _compares(read: Reading, at: int, where: str, actors: frozenset[str]) -> bool:
    """Whether the actor's troops stand beside a word like "unlike", on the side that it speaks of.

    Its troops or people, for "contrary to Pyongyang's claims" tells of the story.
    """
    marker = read.mentions[at]
    troops = [near for near in read.owned if read.owners[near] & actors]
    people = [
        near
        for near, each in enumerate(read.mentions)
        if _PEOPLE in each.concepts and not actors.isdisjoint(each.concepts)
    ]
    for near in (*troops, *people):
        each = read.mentions[near]
        apart = each.first - marker.last if where == "next" else marker.first - each.last
        if 0 < apart <= _COMPARED:
            return True
    return False


def _others(read: Reading, actors: frozenset[str]) -> frozenset[int]:
    """Which mentions stand right beside the name of a country whose troops stand there too.

    "Wounded Russian soldiers" are no losses of the actor's.
    """
    foreign = [(at, theirs) for at in read.owned if (theirs := read.owners[at] - actors)]
    return frozenset(
        at
        for at, owned in enumerate(read.owners if foreign else ())
        if owned
        and owned.isdisjoint(actors)
        and any(abs(near - at) <= _BESIDE and owned & theirs for near, theirs in foreign)
    )


@lru_cache(maxsize=32)
def _written_as_name(word: str, text: str) -> bool:
    """Whether a doubtful spelling begins with a capital somewhere, where its script has them.

    "kim" is who in Turkish, and whom in Polish. Asked once for all places of a word: each time
    the whole text is gone through.
    """
    if not (word.islower() and word in text):
        return True
    return word.capitalize() in text or word.upper() in text


@lru_cache(maxsize=8)
def main_text(text: str) -> list[list[str]]:
    """The sentences of each paragraph, without links to other articles."""
    kept: list[list[str]] = []
    linking = False
    for paragraph in filter(str.strip, text.split("\n")):
        parts = sentences(paragraph)
        marked = next((at for at, part in enumerate(parts) if _is_mark(part)), None)
        linking = marked is not None or (linking and _is_link(paragraph, _LINK_WORDS))
        if not linking:
            kept.append(parts)
        elif marked:
            kept.append(parts[:marked])
    while len(kept) > 1 and _is_link(kept[-1][-1], _TAIL_WORDS) and len(kept[-1]) == 1:
        if not any(_ENDED.search(parts[-1]) for parts in kept[:-1]):
            break
        kept.pop()
    return kept


def _is_mark(sentence: str) -> bool:
    head = sentence[:_MARK_LENGTH]
    if len(sentence) > _MARK_LENGTH and ":" not in head and "：" not in head:
        return False
    return _MARK.match(fold(head)) is not None


def _is_link(line: str, words: int) -> bool:
    return not _ENDED.search(line) and len(line.split()) <= words
