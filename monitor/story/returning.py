"""Whether a long text speaks of a story throughout that names its actor late and rarely.

A feature begins with a scene and goes on with "the sergeant", "the five", "our guests", and an analysis
says once who they are: actor and act stand in no sentence together. What other news hangs on itself
stands in one place, and the rest of the text tells of something else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from monitor.story.passages import Sentence, together
from monitor.story.profile import Profile
from monitor.story.signs import OTHER, WITH

# A text of so many paragraphs, whose actor stands in so many of them or so far apart.
_LONG: Final = 6
_PLACES: Final = 3
_APART: Final = 3
# The share of its sentences that tell of the story's kinds of event, whoever they name.
_SHARE: Final = 1 / 7


def returns(profile: Profile, article: Sequence[Sentence]) -> bool:
    """Whether a text comes back to the story's actor, and tells of its kinds of event throughout.

    All that the story requires must stand in it, and its headline be about nothing else.
    """
    body = [each for each in article if each.place >= 0 and not each.aside]
    if max((each.paragraph for each in body), default=0) + 1 < _LONG:
        return False
    code = profile.code
    actor = code.either(profile.required[0])
    headline = article[0].signs if article[0].place < 0 else 0
    if headline & OTHER or code.needed & ~together(article):
        return False
    own = [each for each in body if not each.signs & OTHER]
    named = sorted({each.paragraph for each in own if each.signs & actor})
    if len(named) < _PLACES and (not named or named[-1] - named[0] < _APART):
        return False
    # What the company does alone is the war's.
    telling = [
        each
        for each in own
        if each.signs & code.kinds and (each.signs & actor or not each.signs & WITH)
    ]
    return len(telling) >= _SHARE * len(body)
