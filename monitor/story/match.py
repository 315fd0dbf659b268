"""Whether an article belongs to a story, and why: one way for every language.

The best passage (the headline, a sentence, two neighbours) leads: it is worth
what it shows of the story's groups together, and where it stands. The seeds'
words add to it where the language is theirs, and decide where a story names
nothing known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from monitor.model import Band, Entry, Match, Reason
from monitor.story.passages import Passage, Sentence, read, signs, together
from monitor.story.profile import Profile
from monitor.story.reasons import heard, lacking, like, nearest, of_concepts, shown_by, terms
from monitor.story.strength import missing, strength
from monitor.story.vector import cosine, vector

# The edge of *maybe*, as a share of the edge of *on*.
MAYBE: Final = 0.6
# What a passage counts by its sentence's place; the headline counts 1.
_PLACES: Final = (0.97, 0.93, 0.86, 0.8, 0.75)
_LATER: Final = 0.7
_STANDING: Final = 0.3
# Two neighbours show together less than one sentence does.
_NEIGHBOURS: Final = 0.93
# A body under a headline about something else; its actor all the same is the story's.
_ELSEWHERE: Final = 0.45
# A body whose headline and first sentences do not name the story's actor.
_PASSING: Final = 0.45
_OPENING: Final = 3
# A body past the lead, under a headline about what is only near the story.
_BESIDE: Final = 0.65
_LEAD: Final = 2
# The highest score without the company that the story requires, the body being known.
_INCOMPLETE: Final = 0.4
_BODY: Final = 3
# How far the seeds' words lift what the passages show.
_WORDS: Final = 0.15
_EXCLUDED: Final = 0.2


@dataclass(frozen=True, slots=True)
class Glance:
    """A first look at headline and summary; `off` says that the body need not be fetched."""

    score: float
    off: bool
    rule: str


@dataclass(frozen=True, slots=True)
class _Best:
    """The passage that shows most, and what it counts for."""

    score: float = 0.0
    passage: Passage | None = None
    rule: str = "no two of its groups stand together"


def judge(profile: Profile, *, title: str, text: str, language: str | None = None) -> Match:
    """Judge one article; a bare headline is judged by what it says.

    `score` 0.5 is the edge of *on* for every language and kind of text, unless the
    story sets its own; the reasons name spellings with the sentence they stand in.
    """
    article = read(profile, title, text)
    named = any("who" in sentence.signs.groups for sentence in article)
    passages = (each for each in _passages(profile, article, named=named) if each.score)
    best = max(passages, key=lambda each: each.score, default=_Best())
    words = vector(f"{title}\n{text}", language)
    score, rule = _with_words(profile, best, cosine(words, profile.centroid))
    seed, closeness = nearest(profile, article, words)
    score, label = heard(profile, score, article, words, seed, closeness)
    excluded = of_concepts(profile.excluded, article)
    if excluded:
        score, rule = score * _EXCLUDED, "a word that the story excludes"
    elif profile.any_of and not of_concepts(profile.any_of, article):
        score, rule = score * _EXCLUDED, "none of the words that the story asks for"
    score = round(min(1.0, score), 4)
    return Match(
        story=profile.story.name,
        score=score,
        threshold=profile.story.threshold,
        band=_band(score, profile.story.threshold),
        reasons=(
            *(replace(reason, kind="excluded") for reason in excluded[:1]),
            *shown_by(profile, best.passage),
            *lacking(profile, article, best.passage, named=named),
            *terms(profile, words),
            *like(seed, closeness),
            *label,
            Reason(kind="rule", text=rule, weight=score),
        ),
        rule=rule,
        profile=profile.version,
        nearest_seed=seed.name if seed else None,
        seed_score=round(closeness, 4),
    )


def glance(profile: Profile, *, title: str, summary: str, language: str | None = None) -> Glance:
    """Look at headline and summary: off only where no body could bring the article back.

    That is where no group is named, or only one and that beside another kind of
    event, or only what happens everywhere (soldiers, losses, floods).
    """
    if len(profile.required) < 2:
        alike = cosine(vector(f"{title}\n{summary}", language), profile.centroid)
        return Glance(alike, off=alike == 0.0 and bool(summary), rule="the seeds' words")
    seen = signs(profile, f"{title}\n{summary}")
    groups = (seen.groups | seen.doubtful) - {"near"}
    needed = groups.intersection(profile.required)
    share = len(needed) / len(profile.required)
    if not needed:
        return Glance(0.0, off=True, rule="nothing of the story is named")
    if len(needed) > 1 or needed == set(profile.required):
        return Glance(share, off=False, rule="named: " + ", ".join(sorted(needed)))
    name = next(iter(needed))
    fetch = name in {"who", "with"} and not seen.other
    return Glance(share, off=not fetch, rule=f"only {name} is named")


def look_at(profile: Profile, entry: Entry, language: str | None) -> Glance:
    """`glance` at an entry; `language` is its source's, for one that states none."""
    return glance(
        profile,
        title=entry.title or "",
        summary=entry.summary or "",
        language=entry.language or language,
    )


def _band(score: float, threshold: float) -> Band:
    if score >= threshold:
        return "on"
    return "maybe" if score >= threshold * MAYBE else "off"


def _with_words(profile: Profile, best: _Best, alike: float) -> tuple[float, str]:
    """The score with the seeds' words; alone they decide where nothing is required."""
    if not profile.required:
        return 0.5 * alike / profile.edge if profile.edge else 0.0, "the seeds' words"
    if len(profile.required) == 1:
        by_words = 0.5 * alike / profile.edge if profile.edge else 0.0
        return best.score * min(1.0, by_words), f"{best.rule}, and the seeds' words"
    return best.score * (1 + _WORDS * alike), best.rule


def _passages(profile: Profile, article: Sequence[Sentence], *, named: bool) -> Iterator[_Best]:
    """Every sentence and every two neighbours, weighed by where they stand."""
    headline = article[0].signs if article and article[0].place < 0 else None
    elsewhere = headline is not None and bool(headline.other) and "what" not in headline.groups
    beside = headline is not None and bool(headline.near) and not headline.kinds
    opening = together([sentence for sentence in article if sentence.place < _OPENING])
    passing = bool(
        {"who", *profile.required[:1]}.intersection(missing(profile, opening, named=named))
    )
    ceiling = 1.0
    nowhere = missing(profile, together(article), named=named)
    if len(article) >= _BODY and set(nowhere) - {"what"}:
        ceiling = _INCOMPLETE
    before: Sentence | None = None
    for sentence in article:
        weight, rule = _place(sentence, elsewhere=elsewhere, passing=passing, beside=beside)
        alone = Passage((sentence,), sentence.signs)
        yield _Best(min(ceiling, weight * strength(profile, alone.signs, named=named)), alone, rule)
        if before is not None and not sentence.standing:
            both = Passage((before, sentence), before.signs | sentence.signs)
            worth = _NEIGHBOURS * strength(profile, both.signs, named=named)
            yield _Best(min(ceiling, weight * worth), both, rule)
        before = sentence


def _place(
    sentence: Sentence, *, elsewhere: bool, passing: bool, beside: bool
) -> tuple[float, str]:
    """What a sentence counts by its place, and the words for it."""
    if sentence.place < 0:
        return 1.0, "in the headline"
    if sentence.standing:
        return _STANDING, "in the last paragraph only"
    weight = _PLACES[sentence.place] if sentence.place < len(_PLACES) else _LATER
    if passing:
        return weight * _PASSING, "in passing: headline and lead do not name the actor"
    if elsewhere:
        return weight * _ELSEWHERE, "in the body, under a headline about something else"
    if sentence.place < _LEAD:
        return weight, "in the lead"
    return weight * (_BESIDE if beside else 1.0), "in the body"
