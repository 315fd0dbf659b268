"""What the sentence encoder says where the lists find the actors and no word for what they do.

Words for an act are never all listed. Where a passage names the story's actors together, of no
act of it and of nothing else, its lead is read by meaning: what it speaks of the story's themes
counts for the story, what of others against. Such an article alone is read so: where the lists
have found a word, they know better. Nor is one in a language that the encoder was not made for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from monitor.model import Reason
from monitor.story import encoder
from monitor.story.passages import Passage, Sentence
from monitor.story.profile import Profile
from monitor.story.signs import OTHER

# Scores that may be moved, and how far at the most: what may be on the story is never let go.
_LEAST: Final = 0.25
_MOST: Final = 0.6
_FLOOR: Final = 0.3
# What the themes must sum to, to speak for the story; what each above it lifts, and below it
# takes off. Set where, with four and six tenths of the words withheld and each set judged by
# what the others taught, fewer articles are missed and no more are false alarms.
_EDGE: Final = 0.55
_LIFT: Final = 0.3
_LOWER: Final = 0.075
# A theme that only comes near the story counts half against it.
_NEAR: Final = 0.5
_NAMED: Final = 2


def unlisted(
    profile: Profile,
    score: float,
    passage: Passage | None,
    article: Sequence[Sentence],
    language: str | None,
) -> tuple[float, list[Reason]]:
    """The score after the meaning of the article's lead, and what it was found to mean."""
    if passage is None or not profile.story.encoder or not _LEAST <= score < _MOST:
        return score, []
    if language not in encoder.LANGUAGES:
        return score, []
    lacking = set(profile.required) - profile.code.named_at_all(passage.signs)
    if lacking != {"what"} or passage.signs & OTHER:
        return score, []
    lead = encoder.lead("", [sentence.text for sentence in article])
    counts = shares(profile, encoder.meaning(lead, language).themes)
    apart = sum(counts.values()) - _EDGE
    if apart > 0:
        moved = min(score + _LIFT * apart, _MOST)
    else:
        moved = max(score + _LOWER * apart, min(score, _FLOOR))
    most = sorted(counts, key=lambda name: -counts[name] if apart > 0 else counts[name])[:_NAMED]
    said = "its lead means" if apart > 0 else "its lead means something else"
    reason = Reason(
        kind="meaning",
        text=f"{said}: {', '.join(most)}",
        sentence=lead,
        weight=round(moved - score, 4),
    )
    return moved, [reason]


def shares(profile: Profile, themes: Mapping[str, float]) -> dict[str, float]:
    """What each theme that a lead means counts for the story, below 0 against it."""
    counts: dict[str, float] = {}
    for name, share in themes.items():
        role = profile.roles.get(name)
        if role and (role.act or role.near or role.other):
            counts[name] = share * (1 if role.act else -_NEAR if role.near else -1)
    return counts
