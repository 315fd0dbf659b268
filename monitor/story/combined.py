"""A story without a name of its own, told by what its articles have in common.

Protests against a law in a country, talks between two states, a disease that spreads: none of
their words is the story's alone, and no article shows all of them. So what the seeds share is
weighed together: the countries that they name, the kinds of event and of those who act, both in
any language (`story/survey.py`), names of people and towns, and in the seeds' language their words.

The score is a logistic function of these. Its weights were fitted on streams of other stories,
told without their names where they have any (`bench/shared.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import exp, prod
from typing import Final

from monitor.model import Reason
from monitor.story.names import Names
from monitor.story.parts import Part, own_words, zone_of
from monitor.story.survey import family
from monitor.story.vector import Vector, cosine
from monitor.text.spelt import spelt

# A country acts in the story that comes near the first.
_ACTS: Final = 0.85
# Of many countries; no other one than the story's.
_UNION: Final = "EU"
# The most that an article without a country in the seeds' language counts as of the story's.
_HOME: Final = 0.7
# One of several that act, and two of them.
_ONE_OF: Final = 0.4
_TWO_OF: Final = 0.85
# What a further kind of the same family says beside the one before.
_AGAIN: Final = 0.5
# The most that one name is worth, and what a doubtful one keeps.
_NAME: Final = 0.6
_NAMES: Final = 2.0
_DOUBTED: Final = 0.5
# What a passage counts by where it stands: headline, opening (with it), whole text.
_PLACE: Final = (1.0, 0.9, 0.6)
_KIND: Final = (0.8, 1.0, 0.8)
_HISTORY: Final = "history"
_LAST_CENTURY: Final = re.compile(r"(?<!\d)1[89]\d\d(?!\d)")
# A year at the head of an article tells of another time: what is news names none.
_YEAR: Final = re.compile(r"(?<!\d)20\d\d(?!\d)")
_BEGIN: Final = 40
# Kinds and countries that are none of the story's, from which on more say no more.
_OTHER_KINDS: Final = 4
_OTHER_LANDS: Final = 3
_ALIKE: Final = 0.6
# What follows from any event (police and courts, governments, protests, help) is of no other story.
_FOLLOWS: Final = frozenset(("politics", "justice", "harm", "unrest", "labour", "relief"))
_FOLLOW: Final = frozenset(("compensation", "media"))

# Below the edge the score falls so much more slowly: what may be on the story is listed.
_BELOW: Final = 0.42
# Reasons at the most.
_REASONS: Final = 12
# What each feature (`Combined.features`) adds to the logit; "own name" is set by hand, between what
# fits without and with the stories that showed the want of it gave (0.7, 1.9).
_WEIGHTS: Final = {
    "place": 0.47, "kind": 0.91, "kind in text": 1.59, "place and kind": 2.71, "names": 1.74,
    "names and kind": 0.87, "own name": 2.0, "words": 0.72, "many words": 0.53, "own language": -0.78,
    "bare": 1.56, "elsewhere in headline": -1.51, "elsewhere in opening": -1.69,
    "elsewhere": -1.92, "other kinds in headline": -1.01, "other kinds": -0.55, "live": -2.0,
    "past": -3.5, "always": -3.7,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Combined:
    """What the seeds of a story share.

    `lands` are the story's countries with their share of the seeds, `worth` what each kind of event
    that the seeds speak of says for it (the logarithm of how much more often than news in general),
    `usual` what the kinds of a seed come to in its headline, opening and text; `read` are its
    names and those of its countries' `towns`, which have the country of each; `plain` are the words
    that are none of these, `edge` how like each other the seeds are in them. `own` are those of
    its names that tell it by themselves: written as names, and of no known town.
    """

    lands: Mapping[str, float]
    worth: Mapping[str, float]
    usual: tuple[float, float, float]
    languages: frozenset[str]
    names: Names
    read: Names
    towns: Mapping[str, str]
    plain: Vector
    edge: float
    own: frozenset[str]

    @property
    def acting(self) -> tuple[str, ...]:
        """The countries that act in it, and do not stand beside them alone."""
        least = _ACTS * max(self.lands.values(), default=0.0)
        return tuple(land for land, share in self.lands.items() if share >= least)

    def features(
        self, parts: Sequence[Part], rest: Vector | None, *, live: bool
    ) -> dict[str, float]:
        """What an article shows of the story, each from 0 to 1 or a little above.

        `rest` are its words that name none of it (`rest`); `live` says that it is a page of many posts.
        """
        zones = [zone_of(parts, at) for at in range(3)]
        lands = [{land for part in zone for land in part.shown.lands} for zone in zones]
        kinds = [{kind for part in zone for kind in part.shown.kinds} for zone in zones]
        doubted = self._doubted(lands)
        own = rest is not None
        home = self._home(lands) if own else 0.0
        here = [max(home, self._here(named, doubted)) for named in lands]
        abroad = [min(_OTHER_LANDS, len(self._others(named))) / _OTHER_LANDS for named in lands]
        said = [
            min(1.5, total / usual)
            for total, usual in zip(sums(self.worth, parts), self.usual, strict=True)
        ]
        other = [min(_OTHER_KINDS, len(self._other(named))) / _OTHER_KINDS for named in kinds]
        named = [self.named(zone) for zone in zones]
        place = max(share * each for share, each in zip(_PLACE, here, strict=True))
        kind = min(1.0, max(share * each for share, each in zip(_KIND, said, strict=True)))
        name = max(share * each for share, each in zip(_PLACE, named, strict=True))
        alike = min(1.5, cosine(rest, self.plain) / self.edge) if rest and self.edge else 0.0
        past = _HISTORY in kinds[1] or any(_LAST_CENTURY.search(part.text) for part in zones[1])
        past = past or any(
            _YEAR.search(part.text[: None if part.place < 0 else _BEGIN]) for part in parts[:2]
        )
        return {
            "place": place,
            "kind": kind,
            "kind in text": said[2],
            "place and kind": place * kind,
            "names": name,
            "names and kind": name * kind,
            "own name": max(
                share * self._owns(zone) for share, zone in zip(_PLACE, zones, strict=True)
            ),
            "words": min(1.0, alike),
            "many words": max(0.0, alike - _ALIKE),
            "own language": float(own),
            "bare": float(len(parts) < 2),
            "elsewhere in headline": abroad[0] * (1 - here[0]),
            "elsewhere in opening": abroad[1] * (1 - here[1]),
            "elsewhere": abroad[2],
            "other kinds in headline": other[0],
            "other kinds": other[1],
            "live": float(live),
            "past": float(past),
        }

    def rest(self, parts: Sequence[Part], words: Vector, language: str | None) -> Vector | None:
        """The words of an article that name none of it; None in another language than the seeds'."""
        own = language is not None and language in self.languages
        return own_words(words, parts, self.names, language) if own else None

    def _other(self, named: set[str]) -> set[str]:
        """The kinds of a zone that are none of the story's, and do not follow from any event."""
        return {
            kind
            for kind in named - self.worth.keys()
            if kind not in _FOLLOW and family(kind) not in _FOLLOWS
        }

    def _others(self, named: Collection[str]) -> set[str]:
        """The countries of a zone that are none of the story's."""
        return {land.upper() for land in named} - self.lands.keys() - {_UNION}

    def _foreign(self, named: Collection[str]) -> bool:
        """Whether a zone names such a country itself, and not by a town alone."""
        return not self._others(named).isdisjoint(named)

    def _home(self, lands: Sequence[Collection[str]]) -> float:
        """How far an article in the seeds' language that names no country is of the story's.

        As often as the seeds do not name it: the press at home seldom does.
        """
        if not self.lands or lands[2] or self._foreign(lands[1]):
            return 0.0
        return min(_HOME, 2 * (1 - max(self.lands.values())))

    def _doubted(self, lands: Sequence[Collection[str]]) -> set[str]:
        """The story's countries of which only a town is named where the opening names another's.

        The town may be that one's: Tripoli in Lebanon.
        """
        everywhere = {land for named in lands for land in named}
        towns = {land.upper() for land in everywhere if land.islower()}
        return towns - everywhere if self._foreign(lands[1]) else set()

    def _here(self, places: Collection[str], doubted: Collection[str]) -> float:
        """How far the countries of a zone are the story's; half where the story has none."""
        if not self.lands:
            return 0.5
        named = {land.upper() for land in places}
        acting = self.acting
        counts = [_DOUBTED if land in doubted else 1.0 for land in acting if land in named]
        if len(acting) > 1:
            # Of two states that talk one alone is in other news; of three two are enough.
            share = (_ONE_OF, _TWO_OF)[len(counts) > 1] * max(counts, default=0.0)
            share += (1 - _TWO_OF) * (len(counts) == len(acting))
        else:
            share = sum(counts)
        return min(1.0, share)

    def named(self, zone: Sequence[Part]) -> float:
        """What the names of the story that a zone has are worth together."""
        best: dict[str, float] = {}
        for part in zone:
            for each in part.names:
                if each.name not in self.names.weights:
                    continue
                worth = min(_NAME, _NAMES * each.weight * (_DOUBTED if each.doubtful else 1.0))
                best[each.name] = max(worth, best.get(each.name, 0.0))
        parts = {part for name in best if " " in name for part in name.split(" ")}
        return 1 - prod(1 - worth for name, worth in best.items() if name not in parts)

    def _owns(self, zone: Sequence[Part]) -> float:
        """Whether a zone has a name that hardly other news has; half where that may be another's."""
        named = (each for part in zone for each in part.names if each.name in self.own)
        return max((_DOUBTED if each.doubtful else 1.0 for each in named), default=0.0)

    def reasons(self, parts: Sequence[Part]) -> list[Reason]:
        """What was named of the story where it counts, each once with the first sentence that has it."""
        found: dict[tuple[str, str], tuple[float, str, Part]] = {}
        for part in zone_of(parts, 2):
            shown = [
                *(("where", land, word, self.lands.get(land.upper(), 0.0)) for land, word in part.shown.lands.items()),
                *(("kind", kind, word, self.worth.get(kind, 0.0)) for kind, word in part.shown.kinds.items()),
                *(("name", each.name, each.text, self.names.weights.get(each.name, 0.0)) for each in part.names),
            ]  # fmt: skip
            for group, key, word, weight in shown:
                if weight > 0:
                    found.setdefault((group, key), (weight, word, part))
        order = {"where": 0, "name": 1, "kind": 2}
        most = sorted(found, key=lambda key: (order[key[0]], -found[key][0], key))[:_REASONS]
        reasons = []
        for group, key in most:
            weight, word, part = found[group, key]
            text = f"{group}: {spelt(word, part.text)}"
            reasons.append(
                Reason(kind="concept", text=text, sentence=part.text, weight=round(weight, 3))
            )
        return reasons


def score(features: Mapping[str, float]) -> float:
    """The score from 0 to 1."""
    return scored(logit(features))


def logit(features: Mapping[str, float]) -> float:
    """What the features come to; 0 is the edge."""
    return _WEIGHTS["always"] + sum(_WEIGHTS[name] * value for name, value in features.items())


def scored(logit: float) -> float:
    """The score from 0 to 1 of what features come to."""
    return 1 / (1 + exp(-logit if logit > 0 else -_BELOW * logit))


def sums(worth: Mapping[str, float], parts: Sequence[Part]) -> list[float]:
    """What the kinds of headline, opening and text come to."""
    zones = ({kind for part in zone_of(parts, at) for kind in part.shown.kinds} for at in range(3))
    return [together(worth, zone) for zone in zones]


def together(worth: Mapping[str, float], kinds: Collection[str]) -> float:
    """What kinds come to, of one family each half as much as the one before."""
    total = 0.0
    seen: Counter[str] = Counter()
    for kind in sorted(kinds, key=lambda kind: (-worth.get(kind, 0.0), kind)):
        said = worth.get(kind, 0.0)
        if said <= 0:
            break
        total += said * _AGAIN ** seen[family(kind)]
        seen[family(kind)] += 1
    return total
