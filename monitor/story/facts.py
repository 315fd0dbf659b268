"""What an article says, as values that can be compared without a word in common.

Who speaks, who is named, what is done, how many of what, where, and the rare
words and names; small enough to be kept beside the article as JSON.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from typing import Final

from pydantic import TypeAdapter

from monitor.story import encoder
from monitor.story.acts import Said, read, weight
from monitor.story.background import is_background
from monitor.story.called import called
from monitor.story.counted import Figure, counted, telling
from monitor.story.days import days
from monitor.story.everywhere import Everywhere, everywhere
from monitor.story.general import NOTHING, general
from monitor.story.gist import gist
from monitor.story.headline import headline
from monitor.story.lands import lands
from monitor.story.main_text import lines
from monitor.story.names import FULL
from monitor.story.news_words import shipped
from monitor.story.piece import piece
from monitor.story.profile import Profile
from monitor.story.tokens import plain
from monitor.story.vector import unit, vector
from monitor.text.language import spoken

# Sentences of the text that say with the headline what the article is about.
_LEAD: Final = 2
# Sentences of the text that are read; a page without an end is not.
_MOST: Final = 40
# Letters that these have together, or a text without a full stop is one sentence of 200,000, and
# one of numbers takes seconds. Forty sentences of an article seldom have a quarter of it.
_LETTERS: Final = 40_000
# An act of the lead counts for this share of one in the headline.
_IN_LEAD: Final = 0.6
_STEMS: Final = 24
# A name of this weight stands in so many seeds of a story without one of its own that it tells
# none of the events.
_SHARED: Final = 0.25


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and what it says that may be new.

    `days` are as `story.days` writes them; `abroad` says that it names countries, and none
    of the story's; `lands` are those that the alias file lacks, of the headline and lead.
    """

    text: str
    speaker: str | None
    quoted: bool
    parties: tuple[str, ...]
    stances: tuple[str, ...]
    figures: tuple[Figure, ...]
    acts: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    abroad: bool = False
    lands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The facts of one article, as headline and lead tell them.

    `meaning` is the code of what the lead means (`story.encoder`), empty where it was not read.
    `everywhere` is what every report of a story without a name of its own says (`story.everywhere`),
    None of a story that is told otherwise.
    `acts` and `stems` are weights by name; `headline` are the acts of the headline (of
    the first sentence where there is none); `sentences` are the headline and those of the
    text; `gist` names what the headline speaks of.
    """

    language: str | None
    speaker: str | None = None
    parties: tuple[str, ...] = ()
    stances: tuple[str, ...] = ()
    acts: Mapping[str, float] = field(default_factory=dict)
    headline: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    places: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    lands: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    stems: Mapping[str, float] = field(default_factory=dict)
    sentences: tuple[Sentence, ...] = ()
    gist: tuple[str, ...] = ()
    meaning: str = ""
    everywhere: tuple[str, ...] | None = None

    def to_json(self) -> str:
        """One line of JSON, to be kept beside the article."""
        return _JSON.dump_json(self).decode()

    @classmethod
    def from_json(cls, text: str) -> Facts:
        """What `to_json` wrote; ValueError for anything else."""
        return _JSON.validate_json(text)


_JSON: Final = TypeAdapter(Facts)


def facts(
    profile: Profile,
    *,
    title: str,
    text: str,
    language: str | None = None,
    background: Collection[int] = (),
) -> Facts:
    """Read the facts of an article; links to other articles are cut first.

    A sentence whose marks are among those of `background` is no fact of this one.
    """
    title, text = piece(profile, title, text, language)
    body = [(line, is_background(line.text, background)) for line in lines("", text)]
    usual_at = [line.place for line, is_usual in body if is_usual]
    head = lines(title, "")
    told = [*head, *(line for line, is_usual in body if not is_usual)]
    told = told[: _MOST + 1]
    written = _bounded([line.text for line in told])
    # A line aside may bring news, and says nothing of what the article is about; within the text its
    # place is taken, for what comes next may be the lead that belongs to it. Background takes none.
    most = _LEAD + 1 - len(head)
    first = [
        at
        for at, line in enumerate(told[: len(written)])
        if line.place - bisect_left(usual_at, line.place) < most
    ]
    said = [read(profile, sentence) for sentence in written]
    sentences = tuple(
        Sentence(
            sentence, each.speaker, each.quoted, each.parties, each.stances,
            tuple(counted(sentence, profile.lexicon, language)), each.acts, each.places,
            days(sentence, language), _abroad(profile, sentence, each, language),
            lands(plain(sentence), language) if number in first else (),
        )
        for number, (sentence, each) in enumerate(zip(written, said, strict=True))
    )  # fmt: skip
    opening = [said[at] for at in first]
    leading, lead = [sentences[at] for at in first], [written[at] for at in first]
    usual = everywhere(profile.combined, profile.seeds) if profile.combined else None
    shown = NOTHING
    if profile.combined and usual:
        tongue = spoken(f"{title} {text}", language) or ""
        shown = general(profile.combined, usual, lead, tongue)
    stems = vector(" ".join(lead), language)
    return Facts(
        language=language,
        speaker=next((each.speaker for each in opening if each.speaker), None),
        parties=tuple(dict.fromkeys(name for each in opening for name in each.parties)),
        stances=tuple(dict.fromkeys(name for each in opening for name in each.stances)),
        acts={**_acts(profile, opening, usual), **shown.acts},
        headline=(*(opening[0].acts if opening else ()), *shown.headline),
        figures=tuple(
            dict.fromkeys(figure for each in leading for figure in each.figures if telling(figure))
        ),
        places=(*dict.fromkeys(name for each in opening for name in each.places), *shown.places),
        days=tuple(dict.fromkeys(day for each in leading for day in each.days)),
        lands=tuple(dict.fromkeys(land for each in leading for land in each.lands)),
        names=called("\n".join(lead), _known(profile, lead) | shown.words),
        stems=_rounded(unit(dict(nlargest(_STEMS, stems.items(), key=lambda pair: pair[1])))),
        sentences=sentences,
        gist=gist(profile, headline(title)),
        meaning=_meaning(
            profile,
            [one for one, line in zip(written, told, strict=False) if not line.aside],
            language,
        ),
        everywhere=tuple(sorted(usual.said)) if usual else None,
    )


def _bounded(sentences: Sequence[str]) -> list[str]:
    """The sentences, ended where they are too long together: one without a full stop may be all."""
    kept: list[str] = []
    left = _LETTERS
    for sentence in sentences:
        if left <= 0:
            break
        kept.append(sentence[:left])
        left -= len(sentence)
    return kept


def _meaning(profile: Profile, written: Sequence[str], language: str | None) -> str:
    if not profile.story.encoder or not written:
        return ""
    return encoder.event(encoder.lead("", written), language, profile.seeds)


def _known(profile: Profile, opening: Sequence[str]) -> frozenset[str]:
    """The words by which the lists know somebody or something, and of the story's own name.

    Every report of the story has that name, so it tells none of its events.
    """
    lexicon = shipped()[1]
    least = _SHARED if profile.combined else FULL
    return frozenset(
        word
        for each in opening
        for text in (
            *(mention.text for mention in profile.vocabulary.read(each).mentions),
            *(mention.text for mention in lexicon.find(each)),
            *(name.text for name in profile.names.find(each) if name.weight >= least),
        )
        for word in text.split(" ")
    )


def _abroad(profile: Profile, sentence: str, said: Said, language: str | None) -> bool:
    """Whether it names another country, and no party or place of the story's."""
    if said.parties or said.places:
        return False
    mentions = profile.vocabulary.read(sentence).mentions
    entities = {
        name
        for each in mentions
        for name in each.concepts
        if profile.concepts[name].kind == "entity"
    }
    if any(profile.group_of.get(name) for name in entities):
        return False
    return bool(entities) or bool(lands(plain(sentence), language))


def _acts(profile: Profile, opening: list[Said], usual: Everywhere | None) -> dict[str, float]:
    weights: dict[str, float] = {}
    for number, each in enumerate(opening):
        for act in each.acts:
            counts = weight(profile, act) * (_IN_LEAD if number else 1)
            counts *= usual.of_act(act) if usual else 1
            weights[act] = max(weights.get(act, 0), counts)
    return _rounded(weights)


def _rounded(weights: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 3) for name, value in weights.items()}
