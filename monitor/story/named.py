"""What an article is worth to a story that is told by names of its own.

The name of the thing itself in headline or opening makes an article the story's, where
what else is said is of the seeds' kind too: in their words, or in any language by the kinds of
event that the lists know. A town or a company of the story alone must be in the seeds'
words; without any name the same kind of event in the story's country is worth *maybe*,
elsewhere nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod, sqrt
from typing import Final

from monitor.model import Reason
from monitor.story.names import FULL, Named
from monitor.story.passages import Sentence
from monitor.story.place import STRAIGHT, weight
from monitor.story.profile import Profile
from monitor.story.vector import Vector, concept_vector, cosine
from monitor.text.spelt import spelt

# What the thing's own name in full is worth alone, and what the kind of matter adds.
_NAMED: Final = 0.42
_KIND: Final = 0.46
# The same for names beside it alone.
_BESIDE: Final = 0.28
_BESIDE_KIND: Final = 0.95
# Without a name: the kind of matter in the story's country and elsewhere, in the seeds' language
# and in others.
_AT_HOME: Final = 0.6
_ELSEWHERE: Final = 0.3
_AT_HOME_ABROAD: Final = 0.45
_ELSEWHERE_ABROAD: Final = 0.2
# A headline has few words: it is taken to be of so much of the kind.
_BARE: Final = 0.3
_BODY: Final = 2
# What events tell of the kind, where words do not.
_ABROAD: Final = 0.8
# The most that an article is worth without a name of which the seeds tell: they name as well who
# wrote them, where and when ("LONDON, Monday (Reuters)").
_UNTOLD: Final = 0.45
# Sentences of the text that open an article; names behind them are in passing,
# unless so many sentences have one.
_OPENING: Final = 2
_DWELT: Final = 3
_PASSING: Final = 0.6
_MANY: Final = 4
# The thing named for less than this stands under something else.
_SAID: Final = 0.5
# A name that may be another's, where nothing of the story's country is named.
_DOUBTED: Final = 0.5


@dataclass(frozen=True, slots=True)
class Kind:
    """How far an article is of the seeds' kind, from 0 to 1; 0.5 is half of what seeds are.

    `words` without the story's names, None in another language than the seeds'; `events` by
    what the lists know; `home` says that a country of the story is named, `bare` that there is a headline alone.
    """

    words: float | None
    events: float
    home: bool
    bare: bool


class _Place:
    """Where names stand: in the opening, in how many sentences, in which paragraphs."""

    def __init__(self) -> None:
        self.opened = False
        self.sentences = 0
        self.paragraphs = set[int]()

    def add(self, sentence: Sentence) -> None:
        self.opened = self.opened or sentence.place < _OPENING
        if not sentence.aside:
            self.sentences += 1
            self.paragraphs.add(sentence.paragraph)

    def worth(self, paragraphs: int) -> float:
        """1, or less where they are named in passing: late and seldom, or in one paragraph of many."""
        dwelt = self.sentences >= _DWELT and (len(self.paragraphs) > 1 or paragraphs < _MANY)
        return 1.0 if self.opened or dwelt else _PASSING


class Found:
    """The story's own names in an article: what they are worth together, and a reason for each."""

    def __init__(self, profile: Profile, article: Sequence[Sentence], *, home: bool) -> None:
        """Look into each sentence; `home` says that a country of the story is named."""
        best: dict[str, tuple[float, Named, Sentence]] = {}
        named_at, own = _Place(), _Place()
        for sentence in article:
            place, _ = weight(sentence, STRAIGHT)
            found = profile.names.find(sentence.text)
            if found:
                named_at.add(sentence)
            if any(named.weight >= FULL for named in found):
                own.add(sentence)
            for named in found:
                if named.name not in best or place * named.weight > best[named.name][0]:
                    best[named.name] = place * named.weight, named, sentence
        whole = {part for name in best if " " in name for part in name.split(" ")}
        kept = [each for name, each in best.items() if name not in whole]
        # One name in doubt is sure beside another.
        home = home or len(kept) > 1
        paragraphs = 1 + max((sentence.paragraph for sentence in article), default=0)
        passing, own_passing = named_at.worth(paragraphs), own.worth(paragraphs)
        thing: list[float] = []
        beside: list[float] = []
        reasons: list[Reason] = []
        for worth, named, sentence in kept:
            counts = worth * (1.0 if home or not named.doubtful else _DOUBTED)
            (thing if named.weight >= FULL else beside).append(counts)
            text = f"name: {spelt(named.text, sentence.text)}"
            reasons.append(
                Reason(kind="concept", text=text, sentence=sentence.text, weight=round(counts, 3))
            )
        self.told = any(named.name in profile.names.told for _, named, _ in kept)
        self.reasons = tuple(reasons)
        self.thing = own_passing * max(thing, default=0.0)
        self.beside = passing * (1 - prod(1 - worth for worth in beside))
        self.worth = (own_passing if thing else passing) * (
            1 - prod(1 - worth for worth in (*thing, *beside))
        )


def kind(
    profile: Profile, article: Sequence[Sentence], words: Vector, language: str | None
) -> Kind:
    """How far an article is of the seeds' kind, its names left out."""
    named = {
        name
        for sentence in article
        if not sentence.aside
        for mention in sentence.mentions
        for name in mention.concepts
    }
    languages = profile.languages
    own = not (language and languages) or language.partition("-")[0] in languages
    return Kind(
        _share(cosine(profile.without_names(words), profile.plain), profile.plain_edge)
        if own
        else None,
        _share(
            cosine(
                concept_vector(sentence.kept.sure for sentence in article if not sentence.aside),
                profile.themes,
            ),
            profile.themes_edge,
        ),
        not profile.countries.isdisjoint(named),
        len(article) < _BODY,
    )


def _share(alike: float, edge: float) -> float:
    return min(1.0, 0.5 * alike / edge) if edge else 0.0


def named_score(found: Found, of: Kind) -> float:
    """The score from 0 to 1 of what the names are worth in an article of this kind."""
    most = max(of.events, of.words or 0.0, _BARE if of.bare else 0.0)
    whole = found.worth if found.thing >= _SAID else found.thing
    thing = whole * (_NAMED + _KIND * most)
    if of.words is None:
        beside = found.beside * (_BESIDE + _BESIDE_KIND * _ABROAD * of.events)
        rest = (_AT_HOME_ABROAD if of.home else _ELSEWHERE_ABROAD) * of.events
    else:
        beside = found.beside * (_BESIDE + _BESIDE_KIND * of.words)
        rest = (_AT_HOME if of.home else _ELSEWHERE) * sqrt(of.words * max(of.events, of.words))
    if not found.told:
        beside = min(beside, _UNTOLD)
    return max(thing, beside, min(rest, _UNTOLD))
