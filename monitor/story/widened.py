"""A profile learnt from its seeds and from articles labelled *yes*, which are read as further seeds.

So a story is mended whose seeds were few, short or all of one kind: what they share is asked
of more texts. It stays told by what they share, for a name that most reports have must not make
another story of it at the next label. A story told by names of its own is left as it is: what its
reports name and tell of besides is in the news next to it as well, and brought false alarms.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from monitor.model import Label, Seed
from monitor.story.profile import Profile, learn

# The newest are read: constant cost whatever a user labels in years.
_MOST: Final = 20


def widens(profile: Profile) -> bool:
    """Whether further seeds widen what tells the story: its seeds' common ground, or words alone."""
    by_words = not profile.names and not profile.required
    return bool(profile.seeds) and bool(profile.combined or by_words)


def further(profile: Profile, labels: Sequence[Label]) -> list[Label]:
    """The labels that are read as further seeds: the newest *yes*, where such widen the story."""
    return [label for label in labels if label.yes][-_MOST:] if widens(profile) else []


def widened(profile: Profile, labels: Sequence[Label]) -> Profile:
    """The profile as it would be with the articles labelled *yes* among its seeds; itself without any.

    `profile` is as learnt from the seeds; `labels` are the oldest first, a *no* counts for nothing here.
    """
    liked = further(profile, labels)
    if not liked:
        return profile
    pieces = [*profile.seeds, *map(piece, liked)]
    other = learn(profile.story, pieces, anyway=bool(profile.combined))
    return other if other.combined or not profile.combined else profile


def piece(label: Label) -> Seed:
    """A labelled article as a seed."""
    return Seed(
        name=f"label {label.article}", title=label.title, text=label.text, language=label.language
    )
