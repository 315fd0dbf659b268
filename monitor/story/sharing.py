"""Learning what the seeds of a story without a name of its own share (`story/combined.py`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from math import log
from statistics import median
from typing import Final

from monitor.model import Seed
from monitor.story.combined import Combined, sums
from monitor.story.names import FULL, Names
from monitor.story.naming import learn_names
from monitor.story.parts import Part, own_words, read_parts, zone_of
from monitor.story.places import is_town, towns
from monitor.story.survey import is_place, single_words
from monitor.story.vector import Vector, cosine, mean, vector
from monitor.text.language import spoken

# Seeds at the least to have something in common.
_FEWEST: Final = 3
# The share of the headlines in which its own name stands, from which on it tells a story.
_NAMED: Final = 0.6
# The same where one name stands in every seed: headlines do not repeat it each time.
_NAMED_THROUGHOUT: Final = 0.5
# A country is the story's that stands in half of the seeds.
_SHARE: Final = 0.5
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
# What a name weighs that several seeds have, beside a part of a longer one.
_OWN: Final = 0.3
# Without a country the kinds of a seed must come to this, to be shared at all.
_LITTLE: Final = 2.5


def combination(
    seeds: Sequence[Seed],
    known: Collection[str],
    is_country: Callable[[str], bool],
    *,
    anyway: bool = False,
) -> Combined | None:
    """What the seeds share, where no name of their own stands in most headlines, or `anyway`; else None.

    `known` are words that are no names (`learn_names`).
    """
    if len(seeds) < _FEWEST:
        return None
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
    headed = sum(any(each.weight >= FULL for each in names.find(seed.title)) for seed in seeds)
    told = ({each.name for each in names.find(f"{seed.title}\n{seed.text}")} for seed in seeds)
    throughout = any(names.weights[name] >= FULL for name in set.intersection(*told))
    least = _NAMED_THROUGHOUT if throughout else _NAMED
    return shared(seeds, names) if anyway or headed < least * len(seeds) else None


def shared(seeds: Sequence[Seed], names: Names) -> Combined | None:
    """What the seeds share; None where that is neither a country nor a kind of event."""
    if len(seeds) < _FEWEST:
        return None
    tongues = [spoken(f"{seed.title} {seed.text}", seed.language) for seed in seeds]
    told = [
        (each.title, each.text, tongue or "") for each, tongue in zip(seeds, tongues, strict=True)
    ]
    pieces = [read_parts(*each, names) for each in told]
    # The press at home names its towns, and its country seldom.
    known, where = towns(_shares(pieces, kinds=False))
    both = names.with_towns(known)
    pieces = [read_parts(*each, both, where) for each in told]
    lands = _shares(pieces, kinds=False)
    worth = _worth(pieces)
    without = [_worth([*pieces[:at], *pieces[at + 1 :]]) for at in range(len(pieces))]
    said = [sums(held, piece) for held, piece in zip(without, pieces, strict=True)]
    if not any(each > 0 for each in worth.values()):
        return None
    head, lead, body = (max(1.0, median(each)) for each in zip(*said, strict=True))
    own = {code: share for code, share in lands.items() if share >= _SHARE}
    if not own and body < _LITTLE:
        return None
    plain = [
        own_words(vector(f"{seed.title}\n{seed.text}", seed.language), piece, names, seed.language)
        for seed, piece in zip(seeds, pieces, strict=True)
    ]
    return Combined(
        own,
        worth,
        (head, lead, body),
        frozenset(filter(None, tongues)),
        names,
        names.with_towns(towns(own)[0]),
        towns(own)[1],
        mean(plain),
        _likeness(plain),
        frozenset(name for name in names.weights if _is_own(name, names)),
    )


def _is_own(name: str, names: Names) -> bool:
    """Whether a name of several seeds is the story's alone: a company, a village, no given name."""
    cased = name.upper() != name and name not in names.terms | names.parts
    return cased and names.weights[name] >= _OWN and not is_town(name)


def often(kind: str) -> float:
    """The share of all news that speaks of a kind."""
    return _OFTEN.get(kind, _USUAL)


def _likeness(pieces: Sequence[Vector]) -> float:
    """The middle likeness of each piece to the others."""
    others = (mean(other for other in pieces if other is not piece) for piece in pieces)
    return median(cosine(piece, rest) for piece, rest in zip(pieces, others, strict=True))


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
        said = log((0.9 * share + _SMOOTHED) / often(kind))
        pieces_with = sum(any(kind in part.shown.kinds for part in piece) for piece in pieces)
        found[kind] = max(-0.5, min(_MOST, said)) * (1.0 if pieces_with > 1 else _OF_ONE)
    return found
