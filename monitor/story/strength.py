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
_BARE: Final = 0.31
_OTHER: Final = 0.2
# The actor at a place of the story, whatever it does there.
_SCENE_ALONE: Final = 0.45
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
# A kind of event below this weight tells little by itself ("sent", "returned").
TELLING: Final = 0.45
_ELSEWHERE: Final = 0.15
# Without the actor, or with two groups missing.
_OTHERS: Final = 0.1
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
    beside = "with" in groups and ("what" in groups or signs.near) and not signs.other
    if signs.doubtful and (named or beside):
        groups |= signs.doubtful
    return frozenset(groups)


def missing(profile: Profile, signs: Signs, *, named: bool) -> list[str]:
    """The required groups that a passage does not show."""
    groups = shown(signs, named=named)
    return [group for group in profile.required if group not in groups]


def strength(profile: Profile, signs: Signs, *, named: bool) -> float:
    """The worth of a passage from 0 to 1, wherever it stands."""
    absent = missing(profile, signs, named=named)
    if not absent:
        return max(_worth(profile, signs), _NEAR if signs.near else 0.0)
    if len(absent) > 1 or len(profile.required) == 1:
        return 0.0
    if absent == ["what"]:
        if signs.scene and not signs.other:
            return _SCENE_ALONE - _AGO * signs.past
        near = _NEAR if signs.near else _OTHER if signs.other else _BARE
        return near if len(profile.required) > 2 else near - _FEW
    if absent == ["with"] and signs.kinds:
        worth = _worth(profile, signs)
        if worth < TELLING:
            return _OTHER
        return max(worth - _COMPANY, _ALONE) - _ELSEWHERE * bool(signs.other)
    return _OTHERS


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
    return max(0.0, min(1.0, worth) - _BESIDE * bool(signs.other) - _AGO * signs.past)
