"""The verdict on an article, and on an entry, of a story that is told by what its seeds share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from monitor.model import Reason, Seed
from monitor.story.combined import Combined, score
from monitor.story.likeness import likened
from monitor.story.parts import Part, read_parts
from monitor.story.posts import posts
from monitor.story.reasons import terms
from monitor.story.survey import kinds
from monitor.story.vector import Vector, products
from monitor.text.language import spoken

RULE: Final = "countries, kinds of event, names and words together"
# A feature below this counts as lacking.
_HARDLY: Final = 0.3
# What headline and summary must come to for the page to be worth a request, and the least of kind
# or words where neither a country nor a name is in them; a bare headline needs any of it.
_LEAST: Final = 0.18
_KIND: Final = 0.4
_ANY: Final = 0.05
_MORE: Final = 0.1


@dataclass(frozen=True, slots=True)
class Weighed:
    """A score from 0 to 1, and the reasons: what was named, and what was hardly found."""

    score: float
    reasons: tuple[Reason, ...]


def weighed(
    combined: Combined,
    title: str,
    text: str,
    language: str | None,
    words: Vector,
    seeds: tuple[Seed, ...] = (),
) -> Weighed:
    """What an article is worth to the story; `words` are its own (`vector`).

    `seeds` are those beside which the sentence encoder is to read it, none where it is not asked for.
    """
    tongue = spoken(f"{title} {text}", language)
    parts, rest, features = _features(combined, title, text, tongue, words)
    worth = score(features)
    meant: tuple[Reason, ...] = ()
    if seeds:
        written = [part.text for part in parts]
        listed = tongue is not None and kinds(tongue) is not None
        features, worth, meant = likened(features, written, tongue or "", seeds, listed=listed)
    lacking = [
        *(["where: not named"] if combined.lands and not features["place"] else []),
        *(["kind: hardly what the seeds tell of"] if features["kind"] < _HARDLY else []),
        *(["where: another country in the headline"] if features["elsewhere in headline"] else []),
        *(["a page of many posts"] if features["live"] else []),
    ]
    reasons = (
        *combined.reasons(parts),
        *terms(products(rest or {}, combined.plain)),
        *(Reason(kind="missing", text=each) for each in lacking),
        *meant,
    )
    return Weighed(worth, reasons)


def worth_a_look(
    combined: Combined, title: str, summary: str, language: str | None, words: Vector
) -> tuple[float, bool]:
    """The score of headline and summary, and whether the page may be on the story."""
    tongue = spoken(f"{title} {summary}", language)
    _, _, shown = _features(combined, title, summary, tongue, words)
    found, least = score(shown), _KIND if summary else _ANY
    some = shown["place"] or shown["names"] or shown["kind"] >= least
    wanted = (some or shown["words"] >= least + _MORE) and (found >= _LEAST or not summary)
    return found, bool(wanted)


def _features(
    combined: Combined, title: str, text: str, tongue: str | None, words: Vector
) -> tuple[list[Part], Vector | None, Mapping[str, float]]:
    parts = read_parts(title, text, tongue or "", combined.read, combined.towns)
    rest = combined.rest(parts, words, tongue)
    return parts, rest, combined.features(parts, rest, live=bool(posts(title, text)))
