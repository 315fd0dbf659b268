"""Why an article was judged as it was, in values that a person can check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from monitor.model import Reason
from monitor.story.passages import Passage, Sentence, together
from monitor.story.profile import Exemplar, Profile
from monitor.story.strength import missing
from monitor.story.vector import Vector, cosine, unit

_TERMS: Final = 5
_LEAST_TERM: Final = 0.002


def shown_by(profile: Profile, passage: Passage | None) -> list[Reason]:
    """For each group that the deciding passage shows, the spellings and their sentence."""
    found: dict[tuple[str, str], Reason] = {}
    for sentence in passage.sentences if passage else ():
        for mention in sentence.signs.mentions:
            groups = {
                group
                for name in mention.concepts
                for group in profile.group_of.get(name, ())
                if group != "what" or name in sentence.signs.kinds
            }
            for group in sorted(groups):
                reason = Reason(kind="concept", text=f"{group}: {mention.text}", sentence=sentence.text)
                found.setdefault((group, mention.text), reason)
    return list(found.values())


def lacking(
    profile: Profile, article: Sequence[Sentence], passage: Passage | None, *, named: bool
) -> list[Reason]:
    """The required groups that no passage shows together with the rest, or none at all."""
    if passage is None:
        return [Reason(kind="missing", text=group) for group in profile.required]
    nowhere = missing(profile, together(article), named=named)
    apart = [group for group in missing(profile, passage.signs, named=named) if group not in nowhere]
    return [
        *(Reason(kind="missing", text=f"{group}: not named") for group in nowhere),
        *(Reason(kind="missing", text=f"{group}: named elsewhere only") for group in apart),
    ]


def of_concepts(names: Collection[str], article: Iterable[Sentence]) -> list[Reason]:
    """Where concepts of the user's words are named."""
    return [
        Reason(kind="concept", text=mention.text, sentence=sentence.text)
        for sentence in article
        for mention in sentence.signs.mentions
        if any(name in names for name in mention.concepts)
    ]


def terms(profile: Profile, words: Vector) -> list[Reason]:
    """The words shared with the seeds that weigh most."""
    shared = ((weight * profile.centroid.get(word, 0.0), word) for word, weight in words.items())
    best = sorted(shared, reverse=True)[:_TERMS]
    return [
        Reason(kind="term", text=word, weight=round(weight, 4))
        for weight, word in best
        if weight >= _LEAST_TERM
    ]


def nearest(
    profile: Profile, article: Sequence[Sentence], words: Vector
) -> tuple[Exemplar | None, float]:
    """The seed most like the article, by words and by concepts, and how like from 0 to 1."""
    counts: Counter[str] = Counter()
    for sentence in article:
        counts.update(
            {name for m in sentence.signs.mentions if not m.weak for name in m.concepts}
        )
    concepts = unit({name: count**0.5 for name, count in counts.items()})
    best: tuple[float, Exemplar | None] = (0.0, None)
    for exemplar in profile.exemplars:
        close = (cosine(words, exemplar.words) + cosine(concepts, exemplar.concepts)) / 2
        if close > best[0]:
            best = (close, exemplar)
    return best[1], best[0]


def like(seed: Exemplar | None, closeness: float) -> list[Reason]:
    """The nearest seed, named by its headline."""
    if seed is None:
        return []
    return [Reason(kind="seed", text=seed.title or seed.name, weight=round(closeness, 4))]
