"""What one passage is worth: 0.5 is the least that shows an event of the story."""

from __future__ import annotations

from typing import Final

from monitor.story.profile import Profile
from monitor.story.roles import TELLING
from monitor.story.signs import (
    ABROAD,
    COMPARED,
    LETTERS,
    NEAR,
    OTHER,
    OWN,
    PAST,
    SCENE,
    WHAT,
    WHO,
    WITH,
    Code,
)

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
# Each word that only hints at the story's kind of event (the people of a country, "North
# Koreans", twice), and how many count. They lift what shows the actors without an event, or
# with one that is worth less than this.
_HINT: Final = 0.08
_HINTS: Final = 3
_SHOWN: Final = 0.5
# Nothing but the story is spoken of.
_PURE: Final = 0.05
# Taken off beside another kind of event, and beside other times.
_BESIDE: Final = 0.15
_AGO: Final = 0.3
# Taken off where the story names one actor and no company: a country is in the news daily.
_FEW: Final = 0.18
# Without *with*: what is taken off (half of it beside a great number), and the least that is left.
_COMPANY: Final = 0.3
_ALONE: Final = 0.3
# The same where the actor's name is doubtful as well.
_DOUBTED: Final = 0.34
_ELSEWHERE: Final = 0.15
# Without the actor, or with two groups missing.
_OTHERS: Final = 0.1
# What names the actor only to tell others from it ("unlike …").
_COMPARED: Final = 0.3
# A story of one group, or a group of the user's own, tells no kind of event.
_PLAIN: Final = 0.7


def shown(code: Code, signs: int, *, named: bool) -> int:
    """The groups that a passage shows, its doubtful spellings settled.

    One like "Kim" or "Koreans" counts where the article names the group for sure
    elsewhere (`named`), or where the rest of the story and nothing else stands beside it. An event that
    says itself that it happened abroad needs no company.
    """
    groups = signs & code.named
    if signs & ABROAD:
        groups |= WITH
    if signs & code.doubtful:
        rest = groups & WHAT or signs & (NEAR | SCENE) or (signs & code.hints).bit_count() > 1
        beside = groups & WITH and rest and (not signs & OTHER or signs & LETTERS)
        if named or beside or (signs & OWN and not signs & OTHER):
            groups |= (signs & code.doubtful) >> code.doubt
    return groups


def missing(profile: Profile, signs: int, *, named: bool) -> list[str]:
    """The required groups that a passage does not show."""
    return profile.code.missing(shown(profile.code, signs, named=named))


def is_at_war(code: Code, signs: int) -> bool:
    """Whether a passage needs no company: it counts the actor's dead or captured soldiers, in a war of now.

    "2,300 North Korean soldiers killed since they entered the war."
    """
    losses = signs & OWN and signs & code.many and signs & code.losses
    return bool(losses and signs & code.war and not signs & (PAST | OTHER | NEAR))


def strength(profile: Profile, signs: int, *, named: bool) -> float:
    """The worth of a passage from 0 to 1, wherever it stands."""
    worth = _strength(profile.code, signs, named=named)
    return min(worth, _COMPARED) if signs & COMPARED else worth


def _strength(code: Code, signs: int, *, named: bool) -> float:
    absent = code.needed & ~shown(code, signs, named=named)
    if not absent:
        return max(_worth(code, signs), _NEAR if signs & NEAR else 0.0)
    if absent.bit_count() > 1 or len(code.required) == 1:
        return 0.0
    if absent == WHAT:
        bare = _bare(code, signs)
        if not (named or (signs & SCENE and signs & code.hints) or signs & WHO):
            bare = min(bare, _DOUBTED)
        return bare if len(code.required) > 2 else bare - _FEW
    if absent == WITH and signs & code.kinds:
        worth = _worth(code, signs)
        if worth < TELLING:
            return _OTHER
        company = _COMPANY / 2 if signs & OWN and signs & code.many else _COMPANY
        alone = max(worth - company, _ALONE) - _ELSEWHERE * bool(signs & OTHER)
        return alone if named or signs & WHO else min(alone, _DOUBTED)
    return _OTHERS


def _bare(code: Code, signs: int) -> float:
    """The actors together, and no word for what they do."""
    if signs & SCENE and not signs & OTHER:
        near = _SCENE_ALONE - _NEAR_SCENE * bool(signs & NEAR)
        return near + _hinted(code, signs) - _AGO * bool(signs & PAST)
    if signs & (NEAR | OTHER):
        return _NEAR if signs & NEAR else _OTHER
    return _BARE + _hinted(code, signs)


def _hinted(code: Code, signs: int) -> float:
    hints = (signs & code.hints).bit_count() + bool(signs & code.people)
    return _HINT * min(_HINTS, hints)


def _worth(code: Code, signs: int) -> float:
    if not code.needed & WHAT:
        return _PLAIN
    pure = not signs & (OTHER | NEAR)
    kinds = (signs & code.kinds).bit_count()
    worth = code.weight(signs)
    worth += _SCENE * bool(signs & SCENE) + _SECOND_KIND * (kinds > 1) + _THIRD_KIND * (kinds > 2)
    worth += _OWN * bool(signs & OWN) + _PURE * pure
    if worth < _SHOWN and pure:
        worth += _hinted(code, signs)
    return max(0.0, min(1.0, worth) - _BESIDE * bool(signs & OTHER) - _AGO * bool(signs & PAST))
