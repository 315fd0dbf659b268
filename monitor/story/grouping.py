"""How far an article's facts speak for a development, as one number.

Each piece of evidence is one value with one weight (`story/weights.py`); more than 0 is for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
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

_DAY: Final = 86_400
# No single kind of evidence decides alone.
_MOST: Final = 2.0
# A denial tells a story of its own: what it adds counts less against it.
_AGAINST: Final = 0.5
# Less than this in common is nothing in common.
_LITTLE_SHARED: Final = 0.45
_LITTLE_ALIKE: Final = 0.35

# Two texts of one language with less in common than this speak of different things.
_UNLIKE: Final = 0.12
# With less weight of acts than this the words of a text were hardly read.
_UNTOLD: Final = 0.3
# In days: most retellings come within hours.
_SOON: Final = 0.25
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
# So far above the edge one kind of evidence is enough. From 1.5 to 2.5 no event of the labelled streams
# is merged for it; below 2.0 some of stories without a name are.
_ALONE: Final = 2.0
# Leads that mean as much the same speak for a join; two of one language are this much nearer.
_SAME_MEANING: Final = 0.4
_OF_ONE_LANGUAGE: Final = 0.15
# An act of this weight in the headline is what the article is about.
_WEIGHTY: Final = 0.8
_FRESH: Final = "fresh"
# Mark a number met anywhere in a report, apart from those of the leads, a country, and a development.
_MET: Final = "met "
_LAND: Final = "land "
_NEWER: Final = "newer than "
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
    lands: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
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
    """In how many of the open developments each act, figure, name and country stands, and how many are fresh.

    Also how many brought something newer than each. What half of them share tells none of them apart.
    """
    found = Counter(
        name
        for known in recent
        for name in {*known.acts, *(str(value) for _, value in known.figures), *known.names}
    )
    for known in recent:
        found.update(f"{_MET}{value}" for value in {*known.counted})
        found.update(f"{_LAND}{land}" for land in {*known.lands})
    moments = sorted(known.last_new for known in recent)
    for known in recent:
        found[f"{_NEWER}{known.id}"] = len(moments) - bisect_right(moments, known.last_new)
    found[_FRESH] = sum(_days(known, now) < _SOON for known in recent)
    return found


def _days(known: Development, now: datetime) -> float:
    """The days since it last brought something new."""
    return max(0.0, (now - known.last_new).total_seconds() / _DAY)


def belongs(
    facts: Facts, known: Development, now: datetime, often: Mapping[str, int] = _NEVER
) -> float:
    """How far the facts are the development's; the edge is 0. `often` is what `usual` found.

    No single kind of evidence joins them unless it is strong: two must speak for it, or one within
    half a day where few developments are fresh. A denial is told by what it denies, and needs one.
    """
    found = evidence(facts, known, now, often)
    weights = WEIGHTS if facts.everywhere is None else OF_MANY
    score = sum(weights[name] * value for name, value in found.items())
    calm = found["days"] < _HALF_A_DAY and often.get(_FRESH, 0) <= _CALM
    enough = 1 if found["against"] or calm else 2
    sure = score >= _ALONE or _support(found) >= enough
    return score if sure else min(score, _UNSUPPORTED)


def _support(found: Mapping[str, float]) -> int:
    """How many kinds of evidence speak for it: what, how many, where, who, whom, when, words, meaning."""
    kinds = (
        found["shared"] >= _SOME_SHARED or found["share"] >= _MUCH,
        found["figures"] > 0,
        found["places"] or found["lands"],
        found["same speaker"] or found["answered"],
        found["names"] > 0,
        found["same day"],
        found["alike"] > _LITTLE_ALIKE,
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
    common_acts = {
        act: min(w, known.acts[act]) for act, w in facts.acts.items() if act in known.acts
    }
    shared = sum(common_acts.values())
    telling = sum(w / max(often.get(act, 1), 1) for act, w in common_acts.items())
    total = sum(facts.acts.values())
    lacking = sum(
        w for act, w in facts.acts.items() if act not in known.acts and act not in responses
    )
    unsaid = sum(
        w for act, w in known.core.items() if act not in facts.acts and act not in responses
    )
    speaker = None if facts.speaker in everywhere else facts.speaker
    speakers = set(known.speakers) - everywhere
    stranger = bool(speaker and speakers) and speaker not in speakers
    same = speaker in speakers
    reacts = responses.intersection(facts.headline)
    reacted = len(reacts if stranger else reacts - known.core.keys())
    unreacted = len(responses.intersection(known.headline) - facts.acts.keys())
    against = not (_DENIALS - everywhere).isdisjoint(facts.stances)
    own = {value for _, value in facts.figures}
    common = own & {value for _, value in known.figures}
    apart = bool(own) and bool(known.figures) and not common
    rare = sum(
        (1 if value >= _COUNT else _OF_FEW) / max(often.get(str(value), 1), 1) for value in common
    )
    # A count that both give further down, in whatever words the rest is told.
    met = {value for each in facts.sentences for _, value in each.figures if value >= _COUNT}
    deep = met.intersection(known.counted) - common
    language = facts.language or ""
    alike = cosine(facts.stems, known.stems.get(language, {}))
    told = {stance for _, stance in known.stances}
    nothing = (
        not against
        and shared < _LITTLE_SHARED
        and not common
        and alike < _LITTLE_ALIKE
        and not (same and not told.isdisjoint(facts.stances))
    )
    here, there = set(facts.places), set(known.places)
    lands, their_lands = set(facts.lands) - everywhere, set(known.lands) - everywhere
    meant = resolved(facts.days, now.date())
    ahead = {day for day in meant.intersection(known.days) if day > now.toordinal() + 1}
    named = set(facts.parties) - {facts.speaker}
    days = _days(known, now)
    return {
        "start": 1,
        "shared": min(telling, _MOST),
        "share": shared / total if total else 0,
        "lacking": min(lacking, _MOST) * (_AGAINST if against else 1),
        # The words of another language may have been read worse, one act's or two.
        "lacking abroad": 0 if language in known.stems or against else min(lacking, 1),
        "another act": language in known.stems
        and not against
        and any(facts.acts.get(act, 0) >= _WEIGHTY for act in facts.headline)
        and known.acts.keys().isdisjoint(facts.headline),
        "untold": total < _UNTOLD or sum(known.core.values()) < _UNTOLD,
        "unsaid": min(unsaid, _MOST),
        "reacted": min(reacted, _MOST),
        "unreacted": min(unreacted, _MOST),
        "same speaker": same,
        "stranger": stranger,
        "against": against,
        # A day or year to come is as telling as a figure.
        "figures": min(rare + bool(ahead), _MOST),
        "deep figures": min(sum(1 / max(often.get(f"{_MET}{v}", 1), 1) for v in deep), _MOST),
        "other figures": apart and same,
        "another's figures": apart and stranger,
        "places": not here.isdisjoint(there),
        "other places": bool(here) and bool(there) and here.isdisjoint(there),
        # A country tells the less the more developments are about it.
        "lands": max((1 / max(often.get(_LAND + e, 1), 1) for e in lands & their_lands), default=0),
        "other lands": bool(lands) and lands.isdisjoint(their_lands),
        "names": min(
            sum(1 / max(often.get(key, 1), 1) for key in names(facts.names, known.names)), _MOST
        ),
        "same day": not meant.isdisjoint(known.days),
        "other day": bool(meant) and bool(known.days) and meant.isdisjoint(known.days),
        "answered": against and not named.isdisjoint(known.speakers),
        "unlike": language in known.stems and alike < _UNLIKE,
        "alike": alike,
        "nothing": nothing,
        "soon": (days < _SOON) / max(often.get(_FRESH, 1), 1),
        # What is retold a day or two later is mostly the last that happened.
        "newer": 0 if against else min(often.get(f"{_NEWER}{known.id}", 0), _MOST),
        "days": 0 if against else days,
        "days against": days if against else 0,
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
