"""How far an article's facts speak for a development, as one number.

Each piece of evidence is one value with one weight; more than 0 is for. The weights
started from a logistic fit on halves of a labelled stream and were then moved by hand
towards *new*: an alert too many is better than one lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from pydantic import TypeAdapter

from monitor.story.acts import reactions
from monitor.story.counted import Figure
from monitor.story.facts import Facts
from monitor.story.vector import cosine

# A stance against what others say.
_DENIALS: Final = frozenset(("deny", "doubt", "correct"))

_DAY: Final = 86_400
# No single kind of evidence decides alone.
_MOST: Final = 2.0
# A denial tells a story of its own: what it adds counts less against it.
_AGAINST: Final = 0.5
# Less than this in common is nothing in common.
_LITTLE_SHARED: Final = 0.45
_LITTLE_ALIKE: Final = 0.35

# What each piece of evidence weighs; the names are those of `evidence`.
WEIGHTS: Final[Mapping[str, float]] = {
    "start": 0.7,
    "shared": 0.8,
    "lacking": -1.3,
    "unsaid": -0.2,
    "reacted": -2.5,
    "unreacted": -1.0,
    "same speaker": 0.25,
    "stranger": -0.4,
    "against": 1.4,
    "figures": 0.9,
    "other figures": -0.6,
    "another's figures": -1.2,
    "places": 0.3,
    "other places": -0.4,
    "answered": 0.4,
    "nothing": -1.5,
    "days": -1.2,
    # A denial comes later than a retelling does.
    "days against": -0.4,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Development:
    """One event: what its articles said, and when it last brought something new.

    `id` is the first article's. `core` and `headline` are the first article's acts, `acts`
    everyone's with the highest weight; `stances` are (speaker, stance); `counted` are all
    numbers met, `figures` those of the leads; `voices` who was quoted; `tellers` the first
    article of each speaker; `stems` are by language.
    """

    id: int
    opened: datetime
    last_new: datetime
    members: int = 0
    speakers: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    stances: tuple[tuple[str, str], ...] = ()
    headline: tuple[str, ...] = ()
    core: Mapping[str, float] = field(default_factory=dict)
    acts: Mapping[str, float] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    counted: tuple[int, ...] = ()
    places: tuple[str, ...] = ()
    stems: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    voices: tuple[str, ...] = ()
    days: tuple[int, ...] = ()
    mentioned: tuple[str, ...] = ()
    tellers: Mapping[str, int] = field(default_factory=dict)

    def to_json(self) -> str:
        """One line of JSON, to be kept in a column."""
        return _JSON.dump_json(self).decode()

    @classmethod
    def from_json(cls, text: str) -> Development:
        """What `to_json` wrote; ValueError for anything else."""
        return _JSON.validate_json(text)


_JSON: Final = TypeAdapter(Development)


def belongs(facts: Facts, known: Development, now: datetime) -> float:
    """How far the facts are the development's; the edge is 0."""
    return sum(WEIGHTS[name] * value for name, value in evidence(facts, known, now).items())


def evidence(facts: Facts, known: Development, now: datetime) -> Mapping[str, float]:
    """What speaks for or against the facts being the development's, each from 0 to 2 or in days."""
    responses = reactions()
    shared = sum(min(w, known.acts[act]) for act, w in facts.acts.items() if act in known.acts)
    lacking = sum(
        w for act, w in facts.acts.items() if act not in known.acts and act not in responses
    )
    unsaid = sum(
        w for act, w in known.core.items() if act not in facts.acts and act not in responses
    )
    stranger = bool(facts.speaker and known.speakers) and facts.speaker not in known.speakers
    same = facts.speaker in known.speakers
    reacts = responses.intersection(facts.headline)
    reacted = len(reacts if stranger else reacts - known.core.keys())
    unreacted = len(responses.intersection(known.headline) - facts.acts.keys())
    against = not _DENIALS.isdisjoint(facts.stances)
    own = {value for _, value in facts.figures}
    common = own & {value for _, value in known.figures}
    apart = bool(own) and bool(known.figures) and not common
    alike = cosine(facts.stems, known.stems.get(facts.language or "", {}))
    told = {stance for _, stance in known.stances}
    nothing = (
        not against
        and shared < _LITTLE_SHARED
        and not common
        and alike < _LITTLE_ALIKE
        and not (same and not told.isdisjoint(facts.stances))
    )
    here, there = set(facts.places), set(known.places)
    named = set(facts.parties) - {facts.speaker}
    days = max(0.0, (now - known.last_new).total_seconds() / _DAY)
    return {
        "start": 1,
        "shared": min(shared, _MOST),
        "lacking": min(lacking, _MOST) * (_AGAINST if against else 1),
        "unsaid": min(unsaid, _MOST),
        "reacted": min(reacted, _MOST),
        "unreacted": min(unreacted, _MOST),
        "same speaker": same,
        "stranger": stranger,
        "against": against,
        "figures": min(len(common), _MOST),
        "other figures": apart and same,
        "another's figures": apart and stranger,
        "places": not here.isdisjoint(there),
        "other places": bool(here) and bool(there) and here.isdisjoint(there),
        "answered": against and not named.isdisjoint(known.speakers),
        "nothing": nothing,
        "days": 0 if against else days,
        "days against": days if against else 0,
    }
