"""An entry's headline before every story: whether its page is worth a request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.model import Entry, Match
from monitor.story.match import look_at
from monitor.story.profile import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Glanced:
    """`wanted` unless every story is clearly ruled out, which is then what `matches` say."""

    matches: tuple[Match, ...]
    score: float
    wanted: bool


def glance(profiles: Mapping[str, Profile], entry: Entry, language: str | None) -> Glanced:
    """Look at headline and summary; `language` is the source's, for entries that name none."""
    looks = {name: look_at(profile, entry, language) for name, profile in profiles.items()}
    matches = tuple(
        Match(
            story=name,
            score=look.score,
            threshold=profiles[name].story.threshold,
            band="off",
            reasons=(),
            rule=look.rule,
            profile=profiles[name].version,
        )
        for name, look in looks.items()
    )
    return Glanced(
        matches=matches,
        score=max((look.score for look in looks.values()), default=0.0),
        wanted=not all(look.off for look in looks.values()),
    )
