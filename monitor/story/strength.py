"""What one passage is worth: 0.5 is the least that shows an event of the story."""

from __future__ import annotations

from typing import Final

from monitor.story.passages import Signs
from monitor.story.profile import Profile

# Other kinds of event in the same passage, and an actor named right beside its own.
_SECOND_KIND: Final = 0.1
_THIRD_KIND: Final = 0.05
_OWN: Final = 0.15
# A place of the story (Kursk) is named, and not only its country.
_SCENE: Final = 0.1
# Without *what*: the actors in another event that the seeds share, or in none.
_NEAR: Final = 0.38
_BARE: Final = 0.35
_OTHER: Final = 0.2
# The actor at a place of the story, whatever it does there.
_SCENE_ALONE: Final = 0.5
# Taken off there beside what is only near the story: a governor on a visit.
_NEAR_SCENE: Final = 0.05
# Each word that only hints at the story's kind of event, and how many count. They lift
# what shows the actors without an event, or with one that is worth less than this.
_HINT: Final = 0.08
_HINTS: Final = 3
_SHOWN: Final = 0.5
# Letters of leaders to each other, whatever they are about.
_LETTERS: Final = "messages"
# The people of a country ("North Koreans") hint twice.
_PEOPLE: Final = "people"
# Nothing but the story is spoken of.
_PURE: Final = 0.05
# Taken off beside another kind of event, and beside other times.
_BESIDE: Final = 0.15
_AGO: Final = 0.3
# Taken off where the story names one actor and no company: a country is in the news daily.
_FEW: Final = 0.18
# Without *with*: what is taken off, and the least that is left.
_COMPANY: Final = 0.3
_ALONE: Final = 0.3
# The same where the actor's name is doubtful as well.
_DOUBTED: Final = 0.34
# Hints of a great number, which make up for half of the company.
_MANY: Final = frozenset(("figure", "multitude"))
# A kind of event below this weight tells little by itself ("sent", "returned").
TELLING: Final = 0.45
_ELSEWHERE: Final = 0.15
# Without the actor, or with two groups missing.
_OTHERS: Final = 0.1
# What names the actor only to tell others from it ("unlike …").
_COMPARED: Final = 0.3
# A story of one group, or a group of the user's own, tells no kind of event.
_PLAIN: Final = 0.7


def shown(signs: Signs, *, named: bool) -> frozenset[str]:
    """The groups that a passage shows, its doubtful spellings settled.

    One like "Kim" or "Koreans" counts where the article names the group for sure
    elsewhere (`named`), or where the rest of the story and nothing else stands beside it. An event that
    says itself that it happened abroad needs no company.
    """
    groups = set(signs.groups)
    if signs.abroad:
        groups.add("with")
    rest = "what" in groups or signs.near or signs.scene or len(signs.hints) > 1
    beside = "with" in groups and rest and (not signs.other or _LETTERS in signs.near)
    if signs.doubtful and (named or beside or (signs.own and not signs.other)):
        groups |= signs.doubtful
    return frozenset(groups)


def missing(profile: Profile, signs: Signs, *, named: bool) -> list[str]:
    """The required groups that a passage does not show."""
    groups = shown(signs, named=named)
    return [group for group in profile.required if group not in groups]


def strength(profile: Profile, signs: Signs, *, named: bool) -> float:
    """The worth of a passage from 0 to 1, wherever it stands."""
    worth = _strength(profile, signs, named=named)
    return min(worth, _COMPARED) if signs.compared else worth


def _strength(profile: Profile, signs: Signs, *, named: bool) -> float:
    absent = missing(profile, signs, named=named)
    if not absent:
        return max(_worth(profile, signs), _NEAR if signs.near else 0.0)
    if len(absent) > 1 or len(profile.required) == 1:
        return 0.0
    if absent == ["what"]:
        bare = _bare(signs)
        if not (named or (signs.scene and signs.hints) or "who" in signs.groups):
            bare = min(bare, _DOUBTED)
        return bare if len(profile.required) > 2 else bare - _FEW
    if absent == ["with"] and signs.kinds:
        worth = _worth(profile, signs)
        if worth < TELLING:
            return _OTHER
        company = _COMPANY / 2 if signs.own and signs.hints & _MANY else _COMPANY
        alone = max(worth - company, _ALONE) - _ELSEWHERE * bool(signs.other)
        return alone if named or "who" in signs.groups else min(alone, _DOUBTED)
    return _OTHERS


def _bare(signs: Signs) -> float:
    """The actors together, and no word for what they do."""
    if signs.scene and not signs.other:
        near = _SCENE_ALONE - _NEAR_SCENE * bool(signs.near)
        return near + _hinted(signs) - _AGO * signs.past
    if signs.near or signs.other:
        return _NEAR if signs.near else _OTHER
    return _BARE + _hinted(signs)


def _hinted(signs: Signs) -> float:
    return _HINT * min(_HINTS, len(signs.hints) + (_PEOPLE in signs.hints))


def _worth(profile: Profile, signs: Signs) -> float:
    if "what" not in profile.required:
        return _PLAIN
    worth = max(profile.concepts[kind].weight for kind in signs.kinds)
    worth += (
        _SCENE * signs.scene
        + _SECOND_KIND * (len(signs.kinds) > 1)
        + _THIRD_KIND * (len(signs.kinds) > 2)
    )
    worth += _OWN * signs.own + _PURE * (not signs.other and not signs.near)
    if worth < _SHOWN and not signs.other and not signs.near:
        worth += _hinted(signs)
    return max(0.0, min(1.0, worth) - _BESIDE * bool(signs.other) - _AGO * signs.past)
