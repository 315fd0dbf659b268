"""How far an article's facts speak for a development, as one number.

Each piece of evidence is one value with one weight (`story/weights.py`); more than 0 is for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from pydantic import TypeAdapter

from monitor.story import encoder
from monitor.story.called import shared as names
from monitor.story.counted import Figure
from monitor.story.days import resolved
from monitor.story.facts import Facts
from monitor.story.news_words import reactions
from monitor.story.vector import cosine
from monitor.story.weights import OF_MANY, WEIGHTS

# A stance against what others say.
_DENIALS: Final = frozenset(("deny", "doubt", "correct"))

_A_DAY: Final = timedelta(days=1)
# No single kind of evidence decides alone.
_MOST: Final = 2.0
# Less than this in common is nothing in common.
_LITTLE_SHARED: Final = 0.45
# From so much in common on the words of two texts speak for a join; two of one language with less
# than that speak of different things.
_ALIKE: Final = 0.35
_UNLIKE: Final = 0.12
# With less weight of acts than this the words of a text were hardly read.
_UNTOLD: Final = 0.3
# In days: most retellings come within hours.
_SOON: Final = 0.25
# What is denied is told again for longer: a day counts this share.
_OF_DENIAL: Final = 0.21
# Two or three of something are counted in many events.
_COUNT: Final = 10
_OF_FEW: Final = 0.5
# What counts as evidence for: acts in common of this weight, or this share of them.
_SOME_SHARED: Final = 0.3
_MUCH: Final = 0.5
_HALF_A_DAY: Final = 0.5
# With more fresh developments than this, nearness in time tells none of them apart.
_CALM: Final = 3
_UNSUPPORTED: Final = -0.01
# What says nothing itself: how near in time it came, and that another language may have been read worse.
_UNSAID: Final = frozenset(("soon", "days", "lacking abroad"))
# So far above the edge one kind of evidence is enough. From 1.5 to 2.5 no event of the labelled streams
# is merged for it; below 2.0 some of stories without a name are.
_ALONE: Final = 2.0
# Leads that mean as much the same speak for a join; two of one language are this much nearer.
_SAME_MEANING: Final = 0.4
_OF_ONE_LANGUAGE: Final = 0.15
_FRESH: Final = "fresh"
# Marks a number met anywhere in a report, apart from those of the leads.
_MET: Final = "met "
_NEVER: Final[Mapping[str, int]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Development:
    """One event: what its articles said, and when it last brought something new.

    `id` is the first article's. `core` and `headline` are the first article's acts, `acts`
    everyone's with the highest weight; `stances` are (speaker, stance); `counted` are all
    numbers met, `figures` those of the leads; `voices` who was quoted; `tellers` the first
    article of each speaker; `stems` are by language; `meanings` are the language and the code
    of what the lead means (`story.encoder`) of its first reports.
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
    names: Mapping[str, str] = field(default_factory=dict)
    lands: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    tellers: Mapping[str, int] = field(default_factory=dict)
    meanings: tuple[tuple[str, str], ...] = ()

    def to_json(self) -> str:
        """One line of JSON, to be kept in a column."""
        return _JSON.dump_json(self).decode()

    @classmethod
    def from_json(cls, text: str) -> Development:
        """What `to_json` wrote; ValueError for anything else."""
        return _JSON.validate_json(text)


_JSON: Final = TypeAdapter(Development)


def usual(recent: Sequence[Development], now: datetime) -> Mapping[str, int]:
    """In how many of the open developments each act, figure and name stands, and how many are fresh.

    What many of them share tells none of them apart.
    """
    found = Counter[str]()
    for known in recent:
        found.update({*known.acts, *known.names, *(str(value) for _, value in known.figures)})
        found.update(f"{_MET}{value}" for value in {*known.counted})
    found[_FRESH] = sum(_days(known, now) < _SOON for known in recent)
    return found


def belongs(
    facts: Facts, known: Development, now: datetime, often: Mapping[str, int] = _NEVER
) -> float:
    """How far the facts are the development's; the edge is 0. `often` is what `usual` found.

    No single kind of evidence joins them unless it is strong: two must speak for it, or one within
    half a day where few developments are fresh. A denial is told by what it denies, and needs one.
    """
    found = evidence(facts, known, now, often)
    score = _weighed(facts, found)
    calm = _days(known, now) < _HALF_A_DAY and often.get(_FRESH, 0) <= _CALM
    enough = 1 if found["against"] or calm else 2
    sure = score >= _ALONE or _support(found) >= enough
    return score if sure else min(score, _UNSUPPORTED)


def vouched(
    facts: Facts, known: Development, now: datetime, often: Mapping[str, int] = _NEVER
) -> float:
    """How far what both say speaks for it, without the benefit of the doubt that `belongs` gives."""
    found = evidence(facts, known, now, often)
    return _weighed(facts, {name: value for name, value in found.items() if name not in _UNSAID})


def _weighed(facts: Facts, found: Mapping[str, float]) -> float:
    weights = WEIGHTS if facts.everywhere is None else OF_MANY
    return sum(weights[name] * value for name, value in found.items())


def apart(known: Development, when: datetime) -> timedelta:
    """How far a moment lies before it opened, or behind what it last brought."""
    return max(timedelta(0), known.opened - when, when - known.last_new)


def _days(known: Development, when: datetime) -> float:
    return apart(known, when) / _A_DAY


def _support(found: Mapping[str, float]) -> int:
    """How many kinds of evidence speak for it: what, how many, where, who, whom, when, words, meaning."""
    kinds = (
        found["shared"] >= _SOME_SHARED or found["share"] >= _MUCH,
        found["figures"] > 0,
        found["places"],
        found["same speaker"],
        found["names"] > 0,
        found["same day"],
        found["alike"] > _ALIKE,
        found["meaning"] > _SAME_MEANING,
    )
    return sum(map(bool, kinds))


def evidence(
    facts: Facts, known: Development, now: datetime, often: Mapping[str, int] = _NEVER
) -> Mapping[str, float]:
    """What speaks for or against the facts being the development's, each from 0 to 2 or in days.

    What the leads mean is from -1 to 1.
    """
    responses, everywhere = reactions(), frozenset(facts.everywhere or ())

    def rare(names: Iterable[str]) -> float:
        """How many these are, each divided among the developments that have it."""
        return sum(1 / max(often.get(name, 1), 1) for name in names)

    common = {act: min(w, known.acts[act]) for act, w in facts.acts.items() if act in known.acts}
    shared, total = sum(common.values()), sum(facts.acts.values())
    lacking = sum(
        w for act, w in facts.acts.items() if act not in known.acts and act not in responses
    )
    unsaid = sum(
        w for act, w in known.core.items() if act not in facts.acts and act not in responses
    )
    speaker = None if facts.speaker in everywhere else facts.speaker
    speakers = set(known.speakers) - everywhere
    against = not (_DENIALS - everywhere).isdisjoint(facts.stances)
    own, theirs = {v for _, v in facts.figures}, {v for _, v in known.figures}
    figures = own & theirs
    stranger = bool(speaker and speakers) and speaker not in speakers
    # A count that both give further down, in whatever words the rest is told.
    met = {value for each in facts.sentences for _, value in each.figures if value >= _COUNT}
    meant = resolved(facts.days, now.date())
    lands = set(facts.lands) - everywhere
    language = facts.language or ""
    alike = cosine(facts.stems, known.stems.get(language, {}))
    days = _days(known, now)
    return {
        "start": 1,
        "shared": min(sum(w * rare((act,)) for act, w in common.items()), _MOST),
        "share": shared / total if total else 0,
        "lacking": min(lacking, _MOST),
        # The words of another language may have been read worse, one act's or two.
        "lacking abroad": language not in known.stems and min(lacking, 1),
        "untold": total < _UNTOLD,
        "unsaid": min(unsaid, _MOST),
        "reacted": min(len(responses.intersection(facts.headline) - known.core.keys()), _MOST),
        "unreacted": min(len(responses.intersection(known.headline) - facts.acts.keys()), _MOST),
        "same speaker": speaker in speakers,
        "stranger": stranger,
        "against": against,
        "figures": min(
            sum((1 if v >= _COUNT else _OF_FEW) * rare((str(v),)) for v in figures), _MOST
        ),
        "deep figures": min(
            rare(f"{_MET}{v}" for v in met.intersection(known.counted) - figures), _MOST
        ),
        "another's figures": stranger and bool(own and theirs and not figures),
        "places": not set(facts.places).isdisjoint(known.places),
        # It names a country, and none that the development's reports name.
        "other lands": bool(lands) and lands.isdisjoint(known.lands),
        "names": min(rare(names(facts.names, known.names)), _MOST),
        "same day": not meant.isdisjoint(known.days),
        "other day": bool(meant) and bool(known.days) and meant.isdisjoint(known.days),
        "unlike": language in known.stems and alike < _UNLIKE,
        "alike": alike,
        "nothing": shared < _LITTLE_SHARED and not figures,
        "soon": (days < _SOON) * rare((_FRESH,)),
        "days": days * (_OF_DENIAL if against else 1),
        "meaning": _meaning(facts, known),
        "meant": bool(facts.meaning and known.meanings),
    }


def _meaning(facts: Facts, known: Development) -> float:
    """How near the lead is on average to what those of the development mean, in any language."""
    if not facts.meaning or not known.meanings:
        return 0.0
    near = [
        encoder.alike(facts.meaning, code) - _OF_ONE_LANGUAGE * (language == (facts.language or ""))
        for language, code in known.meanings
    ]
    return sum(near) / len(near)
