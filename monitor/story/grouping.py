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
# Less than this in common is nothing in common.
_LITTLE_SHARED: Final = 0.45
_LITTLE_ALIKE: Final = 0.35

_START: Final = 0.5
_SHARED: Final = 0.8
_LACKING: Final = -1.3
_UNSAID: Final = -0.2
_REACTION: Final = -2.5
_UNREACTED: Final = -1.0
_SAME_SPEAKER: Final = 0.25
_STRANGER: Final = -0.4
_AGAINST: Final = 1.4
_FIGURES: Final = 0.9
_OTHER_FIGURES: Final = -0.6
_OTHER_COUNT: Final = -1.2
_PLACES: Final = 0.2
_NOTHING: Final = -1.5
_A_DAY: Final = -1.2
# A denial comes later than a retelling does.
_A_DAY_AGAINST: Final = -0.4


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
    responses = reactions()
    shared = sum(min(w, known.acts[act]) for act, w in facts.acts.items() if act in known.acts)
    lacking = sum(
        w for act, w in facts.acts.items() if act not in known.acts and act not in responses
    )
    unsaid = sum(
        w for act, w in known.core.items() if act not in facts.acts and act not in responses
    )
    stranger = bool(facts.speaker and known.speakers) and facts.speaker not in known.speakers
    reacts = responses.intersection(facts.headline)
    reacted = len(reacts if stranger else reacts - known.core.keys())
    unreacted = len(responses.intersection(known.headline) - facts.acts.keys())
    against = not _DENIALS.isdisjoint(facts.stances)
    own = {value for _, value in facts.figures}
    common = own & {value for _, value in known.figures}
    apart = bool(own) and bool(known.figures) and not common
    alike = cosine(facts.stems, known.stems.get(facts.language or "", {}))
    score = _START
    score += _SHARED * min(shared, _MOST)
    score += _LACKING * min(lacking, _MOST)
    score += _UNSAID * min(unsaid, _MOST)
    score += _REACTION * min(reacted, _MOST)
    score += _UNREACTED * min(unreacted, _MOST)
    score += _FIGURES * min(len(common), _MOST)
    if facts.speaker in known.speakers:
        score += _SAME_SPEAKER + _OTHER_FIGURES * apart
    elif stranger:
        score += _STRANGER + _OTHER_COUNT * apart
    if not set(facts.places).isdisjoint(known.places):
        score += _PLACES
    if against:
        score += _AGAINST
    elif shared < _LITTLE_SHARED and not common and alike < _LITTLE_ALIKE:
        told = {stance for _, stance in known.stances}
        same = facts.speaker in known.speakers and not told.isdisjoint(facts.stances)
        score += _NOTHING * (not same)
    days = max(0.0, (now - known.last_new).total_seconds() / _DAY)
    return score + days * (_A_DAY_AGAINST if against else _A_DAY)
