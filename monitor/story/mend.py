"""A development gathered anew from its reports, after a hand moved some in or out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.story.developments import absorb, opened
from monitor.story.facts import facts
from monitor.story.grouping import Development
from monitor.story.profile import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One report: its text, when it was said, and whether it brought something new."""

    article: int
    title: str
    text: str
    language: str | None
    when: datetime
    fresh: bool


def gathered(profile: Profile, development: int, tellings: Sequence[Telling]) -> Development:
    """What the reports say together, in their order, as if they had come so.

    `development` is the number that it has from now on. ValueError without reports.
    """
    found: Development | None = None
    for each in tellings:
        own = facts(profile, title=each.title, text=each.text, language=each.language)
        if found is None:
            found = opened(each.article, own, each.when)
        else:
            found = absorb(found, each.article, own, each.when, fresh=each.fresh)
    if found is None:
        raise ValueError("a development has at least one report")
    return replace(found, id=development)
