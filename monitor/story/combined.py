"""A story without a name of its own, told by what its articles have in common.

Protests against a law in a country, talks between two states, a disease that spreads: none of
their words is the story's alone, and no article shows all of them. So what the seeds share is
weighed together: the countries that they name, the kinds of event and of those who act, both in
any language (`story/survey.py`), names of people and towns, and in the seeds' language their words.

The score is a logistic function of these. Its weights were fitted on streams of other stories,
told without their names where they have any (`_WEIGHTS`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, prod
from statistics import median
from typing import Final

from monitor.model import Reason, Seed
from monitor.story.names import FULL, Names
from monitor.story.naming import learn_names
from monitor.story.parts import Part, own_words, read_parts, zone_of
from monitor.story.places import towns
from monitor.story.survey import family, is_place, single_words
from monitor.story.vector import Vector, cosine, mean, vector
from monitor.text.language import spoken

# Seeds at the least to have something in common.
_FEWEST: Final = 3
# The share of the headlines in which its own name stands, from which on it tells a story.
_NAMED: Final = 0.6
# A country is the story's that stands in half of the seeds; what comes near the first acts beside it.
_SHARE: Final = 0.5
_ACTS: Final = 0.85
_COMPANY: Final = 0.15
_BESIDE: Final = 0.4
_ONE_OF: Final = 0.4
_TWO_OF: Final = 0.85
# How often news in general speaks of a kind, and of those of which it speaks more often.
_USUAL: Final = 0.03
_OFTEN: Final = {
    "government": 0.3, "dead": 0.14, "army": 0.12, "police": 0.08, "talks": 0.06, "agreement": 0.06,
    "price": 0.06, "road": 0.06, "injured": 0.06, "weapons": 0.06, "fighting": 0.06, "health": 0.05,
    "parliament": 0.05, "hospital": 0.05, "sport": 0.05, "border": 0.05, "water": 0.05, "law": 0.05,
    "trial": 0.05, "investigation": 0.05, "un": 0.05, "ship": 0.05, "history": 0.04, "art": 0.04,
    "school": 0.04, "bread": 0.04, "protest": 0.04,
}  # fmt: skip
_SMOOTHED: Final = 0.02
_MOST: Final = 2.6
# What one seed alone speaks of may come again.
_OF_ONE: Final = 0.5
# What a further kind of the same family says beside the one before.
_AGAIN: Final = 0.5
# Without a country the kinds of a seed must come to this, to be shared at all.
_LITTLE: Final = 4.0
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
_YEAR: Final = re.compile(r"(?<!\d)20[0-2]\d(?!\d)")
_BEGIN: Final = 40
# Kinds and countries that are none of the story's, from which on more say no more.
_OTHER_KINDS: Final = 4
_OTHER_LANDS: Final = 3
_ALIKE: Final = 0.6

# Below the edge the score falls so much more slowly: what may be on the story is listed.
_BELOW: Final = 0.42
# What each feature (`Combined.features`) adds to the logit.
_WEIGHTS: Final = {
    "place": 0.4, "place in headline": 0.56, "kind": 0.81, "kind in text": 1.65,
    "place and kind": 2.88, "names": 0.84, "names and kind": 0.5, "words": 1.53,
    "own language": -0.82, "bare": 1.4, "elsewhere in headline": -1.19,
    "elsewhere in opening": -1.4, "elsewhere": -1.8, "other kinds in headline": -0.87,
    "other kinds": -0.5, "live": -2.0, "past": -3.5, "always": -3.94,
}  # fmt: skip


def combination(
    seeds: Sequence[Seed], known: Collection[str], is_country: Callable[[str], bool]
) -> Combined | None:
    """What the seeds share, where no name of their own stands in most headlines; else None.

    `known` are words that are no names (`learn_names`).
    """
    tongues = [spoken(f"{seed.title} {seed.text}", seed.language) or "" for seed in seeds]
    general = {word for tongue in set(tongues) for word in single_words(tongue)}

    def is_land(name: str) -> bool:
        return is_country(name) or any(is_place(name, tongue) for tongue in set(tongues))

    names = learn_names(seeds, general.union(known), is_land)
    if set(tongues) == {"de"}:
        # All nouns have capitals there: of a single word none tells that it is a name.
        parts = {part for name in names.weights if " " in name for part in name.split(" ")}
        nouns = {name for name in names.weights if " " not in name and name not in parts}
        names = learn_names(seeds, general.union(known, nouns), is_land)
    named = sum(any(each.weight >= FULL for each in names.find(seed.title)) for seed in seeds)
    return Combined.of(seeds, names) if named < _NAMED * len(seeds) else None


@dataclass(frozen=True, slots=True)
class Combined:
    """What the seeds of a story share.

    `lands` are the story's countries with their share of the seeds, `worth` what each kind of event
    that the seeds speak of says for it (the logarithm of how much more often than news in general),
    `usual` what the kinds of a seed come to in its headline, opening and text.
    """

    lands: Mapping[str, float]
    worth: Mapping[str, float]
    usual: tuple[float, float, float]
    languages: frozenset[str]
    names: Names
    towns: Mapping[str, Names]
    plain: Vector
    edge: float

    @classmethod
    def of(cls, seeds: Sequence[Seed], names: Names) -> Combined | None:
        """What the seeds share; None where that is neither a country nor a kind of event."""
        if len(seeds) < _FEWEST:
            return None
        pieces = [read_parts(seed.title, seed.text, seed.language, names) for seed in seeds]
        # The press at home names its towns, and its country seldom.
        named = _shares(pieces, kinds=False)
        known = {code: towns(code) for code in named}
        pieces = [read_parts(each.title, each.text, each.language, names, known) for each in seeds]
        lands = _shares(pieces, kinds=False)
        worth = _worth(pieces)
        without = [_worth([*pieces[:at], *pieces[at + 1 :]]) for at in range(len(pieces))]
        sums = [_sums(held, piece) for held, piece in zip(without, pieces, strict=True)]
        if not any(each > 0 for each in worth.values()):
            return None
        head, lead, body = (max(1.0, median(each)) for each in zip(*sums, strict=True))
        own = {code: share for code, share in lands.items() if share >= _SHARE}
        if not own and body < _LITTLE:
            return None
        plain = [
            own_words(
                vector(f"{seed.title}\n{seed.text}", seed.language), piece, names, seed.language
            )
            for seed, piece in zip(seeds, pieces, strict=True)
        ]
        spoke = (spoken(f"{seed.title} {seed.text}", seed.language) for seed in seeds)
        return cls(
            own,
            worth,
            (head, lead, body),
            frozenset(filter(None, spoke)),
            names,
            {code: known[code] for code in own},
            mean(plain),
            likeness(plain),
        )

    def features(
        self, parts: Sequence[Part], words: Vector, language: str | None, *, live: bool
    ) -> dict[str, float]:
        """What an article shows of the story, each from 0 to 1 or a little above.

        `words` are its own, of a text of that language; `live` says that it is a page of many posts.
        """
        zones = [zone_of(parts, at) for at in range(3)]
        lands = [{land for part in zone for land in part.shown.lands} for zone in zones]
        kinds = [{kind for part in zone for kind in part.shown.kinds} for zone in zones]
        doubted = self._doubted(lands)
        here = [self._here(named, doubted) for named in lands]
        abroad = [min(_OTHER_LANDS, len(self._others(named))) / _OTHER_LANDS for named in lands]
        sums = [
            min(1.5, total / usual)
            for total, usual in zip(_sums(self.worth, parts), self.usual, strict=True)
        ]
        other = [
            min(_OTHER_KINDS, len(named - self.worth.keys())) / _OTHER_KINDS for named in kinds
        ]
        named = [self.named(zone) for zone in zones]
        place = max(share * each for share, each in zip(_PLACE, here, strict=True))
        kind = min(1.0, max(share * each for share, each in zip(_KIND, sums, strict=True)))
        name = max(share * each for share, each in zip(_PLACE, named, strict=True))
        own = (language or "") in self.languages
        rest = own_words(words, parts, self.names, language) if own and self.edge else {}
        alike = min(1.5, cosine(rest, self.plain) / self.edge) if rest else 0.0
        past = _HISTORY in kinds[1] or any(_LAST_CENTURY.search(part.text) for part in zones[1])
        past = past or any(
            _YEAR.search(part.text[: None if part.place < 0 else _BEGIN]) for part in parts[:2]
        )
        return {
            "place": place,
            "place in headline": here[0],
            "kind": kind,
            "kind in text": sums[2],
            "place and kind": place * kind,
            "names": name,
            "names and kind": name * kind,
            "words": min(1.0, alike),
            "words and kind": min(1.0, alike) * kind,
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

    def _others(self, named: Collection[str]) -> set[str]:
        """The countries of a zone that are none of the story's."""
        return {land.upper() for land in named} - self.lands.keys()

    def _doubted(self, lands: Sequence[Collection[str]]) -> set[str]:
        """The story's countries of which only a town is named where the opening names another's.

        The town may be that one's: Tripoli in Lebanon.
        """
        foreign = any(land.isupper() and land not in self.lands for land in lands[1])
        everywhere = {land for named in lands for land in named}
        towns = {land.upper() for land in everywhere if land.islower()}
        return towns - everywhere if foreign else set()

    def _here(self, places: Collection[str], doubted: Collection[str]) -> float:
        """How far the countries of a zone are the story's; half where the story has none."""
        if not self.lands:
            return 0.5
        named = {land.upper() for land in places}
        least = _ACTS * max(self.lands.values())
        acting = [land for land, share in self.lands.items() if share >= least]
        beside = any(land in named for land in self.lands if land not in acting)
        counts = [_DOUBTED if land in doubted else 1.0 for land in acting if land in named]
        if len(acting) > 1:
            # Of two states that talk one alone is in other news; of three two are enough.
            share = (_ONE_OF, _TWO_OF)[len(counts) > 1] * max(counts, default=0.0)
            share += (1 - _TWO_OF) * (len(counts) == len(acting))
        else:
            share = sum(counts)
        return min(1.0, share + _COMPANY * beside) if share else _BESIDE * beside

    def named(self, zone: Sequence[Part]) -> float:
        """What the names of the story that a zone has are worth together."""
        best: dict[str, float] = {}
        for part in zone:
            for each in part.names:
                worth = min(_NAME, _NAMES * each.weight * (_DOUBTED if each.doubtful else 1.0))
                best[each.name] = max(worth, best.get(each.name, 0.0))
        parts = {part for name in best if " " in name for part in name.split(" ")}
        return 1 - prod(1 - worth for name, worth in best.items() if name not in parts)

    def reasons(self, parts: Sequence[Part]) -> list[Reason]:
        """What was named of the story, each once with the first sentence that has it."""
        found: dict[tuple[str, str], Reason] = {}
        for part in parts:
            shown = [
                *(("where", land, word, self.lands.get(land.upper(), 0.0)) for land, word in part.shown.lands.items()),
                *(("kind", kind, word, self.worth.get(kind, 0.0)) for kind, word in part.shown.kinds.items()),
                *(("name", each.name, each.text, each.weight) for each in part.names),
            ]  # fmt: skip
            for group, key, word, weight in shown:
                if weight > 0 and (group, key) not in found:
                    text = f"{group}: {word}"
                    found[group, key] = Reason(
                        kind="concept", text=text, sentence=part.text, weight=round(weight, 3)
                    )
        order = {"where": 0, "name": 1, "kind": 2}
        return sorted(
            found.values(), key=lambda each: (order[each.text.partition(":")[0]], -each.weight)
        )[:_REASONS]


_REASONS: Final = 12


def score(features: Mapping[str, float]) -> float:
    """The score from 0 to 1."""
    logit = _WEIGHTS["always"] + sum(
        _WEIGHTS.get(name, 0.0) * value for name, value in features.items()
    )
    return 1 / (1 + exp(-logit if logit > 0 else -_BELOW * logit))


def likeness(pieces: Sequence[Vector]) -> float:
    """The middle likeness of each piece to the others."""
    others = (mean(other for other in pieces if other is not piece) for piece in pieces)
    return median(cosine(piece, rest) for piece, rest in zip(pieces, others, strict=True))


def _sums(worth: Mapping[str, float], parts: Sequence[Part]) -> list[float]:
    """What the kinds of headline, opening and text come to."""
    zones = ({kind for part in zone_of(parts, at) for kind in part.shown.kinds} for at in range(3))
    return [_sum(worth, zone) for zone in zones]


def _sum(worth: Mapping[str, float], kinds: Collection[str]) -> float:
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


def _shares(pieces: Sequence[Sequence[Part]], *, kinds: bool) -> dict[str, float]:
    """The share of the pieces that name each kind or country, halved for those not in the opening."""
    named: Counter[str] = Counter()
    for piece in pieces:
        for zone in (piece, zone_of(piece, 1)):
            shown = [part.shown.kinds if kinds else part.shown.lands for part in zone]
            # Of a town its country is named.
            named.update({each if kinds else each.upper() for names in shown for each in names})
    return {name: count / (2 * len(pieces)) for name, count in named.items()}


def _worth(pieces: Sequence[Sequence[Part]]) -> dict[str, float]:
    """What each kind says for the story: how much more often it stands in the pieces than in news."""
    found: dict[str, float] = {}
    for kind, share in _shares(pieces, kinds=True).items():
        said = log((0.9 * share + _SMOOTHED) / _OFTEN.get(kind, _USUAL))
        pieces_with = sum(any(kind in part.shown.kinds for part in piece) for piece in pieces)
        found[kind] = max(-0.5, min(_MOST, said)) * (1.0 if pieces_with > 1 else _OF_ONE)
    return found
