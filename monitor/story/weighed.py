"""The verdict on an article, and on an entry, of a story that is told by what its seeds share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from monitor.model import Reason
from monitor.story.combined import Combined, score
from monitor.story.parts import read_parts
from monitor.story.posts import posts
from monitor.story.vector import Vector
from monitor.text.language import spoken

RULE: Final = "countries, kinds of event, names and words together"
# A feature below this counts as lacking.
_HARDLY: Final = 0.3
# What an entry's headline and summary must come to for its page to be worth a request.
_LEAST: Final = 0.14


@dataclass(frozen=True, slots=True)
class Weighed:
    """A score from 0 to 1, and the reasons: what was named, and what was hardly found."""

    score: float
    reasons: tuple[Reason, ...]


def weighed(
    combined: Combined, title: str, text: str, language: str | None, words: Vector
) -> Weighed:
    """What an article is worth to the story; `words` are its own (`vector`)."""
    parts = read_parts(title, text, language, combined.names, combined.towns)
    tongue = spoken(f"{title} {text}", language)
    features = combined.features(parts, words, tongue, live=bool(posts(title, text)))
    lacking = [
        *(["where: not named"] if combined.lands and not features["place"] else []),
        *(["kind: hardly what the seeds tell of"] if features["kind"] < _HARDLY else []),
        *(["where: another country in the headline"] if features["elsewhere in headline"] else []),
        *(["a page of many posts"] if features["live"] else []),
    ]
    reasons = (
        *combined.reasons(parts),
        *(Reason(kind="missing", text=each) for each in lacking),
    )
    return Weighed(score(features), reasons)


def worth_a_look(
    combined: Combined, title: str, summary: str, language: str | None, words: Vector
) -> tuple[float, bool]:
    """The score of headline and summary, and whether the page may be on the story."""
    found = weighed(combined, title, summary, language, words).score
    return found, found >= _LEAST or not summary
