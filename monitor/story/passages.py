"""An article cut into passages, each read for a story's concept groups.

A passage is worth what it shows together times where it stands. What names
another article (links, "read also" blocks) is cut first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from monitor.story.concepts import Mention, owners
from monitor.story.profile import Profile
from monitor.text.arabic import fold
from monitor.text.words import sentences

_MARKS: Final = (
    "اقرأ أيضا|إقرأ أيضا|اقرا ايضا|أخبار ذات صلة|اخبار ذات صلة|مقالات ذات صلة|مقالات مشابهة|مواضيع متعلقة|"
    "مواضيع ذات صلة|قراءة المزيد|شاهد أيضا|read more|read also|related (?:articles|stories|news|coverage)|"
    "more on this(?: site| story)?|see also|most read|you may also like|lire aussi|à lire aussi|sur le même sujet|"
    "lesen sie auch|mehr zum thema|lee también|leer más|le puede interesar|leggi anche|leia também|"
    "читайте также|по теме|читайте також|ilgili haberler|bunlar da ilginizi çekebilir|"
    "بیشتر بخوانید|مطالب مرتبط|یہ بھی پڑھیں|관련 ?기사|関連記事|相关(?:阅读|新闻|报道)|相關新聞|延伸阅读|"
    "tin liên quan|xem thêm|baca juga|czytaj także|lees ook"
)
# A line of its own, or after a sentence's end and with a colon.
_MARK: Final = re.compile(
    rf"(?:^\W{{0,3}}(?:{_MARKS})ً?\s*(?:[:：]|\W*$)|(?<=[.!?؟…»\"'”]\s)(?:{_MARKS})ً?\s*[:：])", re.IGNORECASE
)
_ENDED: Final = re.compile(r"[.!?؟۔…。！？:؛][\"'»”’)\]」』]*\s*$")
# The longest line that is taken for a link, below a mark and without one at the end.
_LINK_WORDS: Final = 22
_TAIL_WORDS: Final = 16
# A theme of this weight is more by its actor right beside it; "Kim returns" is not.
_TELLING: Final = 0.45


@dataclass(slots=True)
class Signs:
    """What one passage shows: groups, the kinds of *what*, near and other themes."""

    groups: set[str] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    near: set[str] = field(default_factory=set)
    other: set[str] = field(default_factory=set)
    own: bool = False
    mentions: list[Mention] = field(default_factory=list)

    def __or__(self, following: Signs) -> Signs:
        return Signs(
            self.groups | following.groups,
            self.doubtful | following.doubtful,
            self.kinds | following.kinds,
            self.near | following.near,
            self.other | following.other,
            self.own or following.own,
            self.mentions + following.mentions,
        )


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, where it stands and what it shows.

    `place` counts from 0, the headline is -1; `standing` says that it is in the last
    of several paragraphs, where agencies hang the background.
    """

    text: str
    place: int
    standing: bool
    signs: Signs


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence or two neighbours, and what they show together."""

    sentences: tuple[Sentence, ...]
    signs: Signs


def together(article: Sequence[Sentence]) -> Signs:
    """What all sentences of an article show."""
    found = Signs()
    for sentence in article:
        found |= sentence.signs
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
        for sentence in sentences(paragraph):
            found.append(Sentence(sentence, place, standing, signs(profile, sentence)))
            place += 1
    return found


def signs(profile: Profile, text: str) -> Signs:
    """What one passage shows of the profile's groups.

    Troops that stand beside another country's name are that country's and show
    nothing. A spelling that proves nothing alone is kept as doubtful.
    """
    shown = Signs()
    shown.mentions, _ = profile.lexicon.find(fold(text))
    actors = profile.actors
    for mention, owned in zip(shown.mentions, owners(shown.mentions, profile.concepts), strict=True):
        for name in mention.concepts:
            groups = profile.group_of.get(name, ())
            concept = profile.concepts[name]
            if concept.bound and owned and not owned & actors:
                continue
            if "what" in groups and owned & actors and concept.weight >= _TELLING:
                shown.own = True
            (shown.doubtful if mention.weak else shown.groups).update(groups)
            if "what" in groups:
                shown.kinds.add(name)
            elif "near" in groups:
                shown.near.add(name)
            elif not groups and concept.tells_apart:
                shown.other.add(name)
    return shown


def main_text(text: str) -> list[str]:
    """The paragraphs of a text without links to other articles."""
    kept: list[str] = []
    linking = False
    for paragraph in filter(str.strip, text.split("\n")):
        mark = _MARK.search(paragraph)
        linking = mark is not None or (linking and _is_link(paragraph, _LINK_WORDS))
        if mark and paragraph[: mark.start()].strip():
            kept.append(paragraph[: mark.start()])
        elif not linking:
            kept.append(paragraph)
    while len(kept) > 1 and _is_link(kept[-1], _TAIL_WORDS) and any(map(_ENDED.search, kept[:-1])):
        kept.pop()
    return kept


def _is_link(paragraph: str, words: int) -> bool:
    return not _ENDED.search(paragraph) and len(paragraph.split()) <= words
