"""Whether an article belongs to a story, and why: one way for every language.

The best passage (the headline, a sentence, two neighbours) leads: it is worth
what it shows of the story's groups together, and where it stands. The seeds'
words add to it where the language is theirs, and decide where a story names
nothing known.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from monitor.model import Band, Match, Reason
from monitor.story.background import is_background
from monitor.story.factcheck import MOST, is_fact_check
from monitor.story.items import items_beside
from monitor.story.main_text import own_sentences
from monitor.story.named import Found, kind, named_score
from monitor.story.opinion import is_essay, is_opinion, of_opinion
from monitor.story.passages import Passage, Sentence, read, together
from monitor.story.place import frame, weight
from monitor.story.posts import posts
from monitor.story.profile import Profile
from monitor.story.reasons import (
    compared,
    heard,
    lacking,
    like,
    nearest,
    of_concepts,
    shown_by,
    terms,
)
from monitor.story.returning import returns
from monitor.story.signs import NEAR, WHO, WITH
from monitor.story.strength import is_at_war, missing, strength
from monitor.story.unlisted import unlisted
from monitor.story.vector import NOTHING, Vector, bag, products
from monitor.story.weighed import RULE, weighed

# The edge of *maybe*, as a share of the edge of *on*.
MAYBE: Final = 0.6
# Two neighbours show together less than one sentence does.
_NEIGHBOURS: Final = 0.93
# Less still where one brings the company by ties alone: "Putin has offered aid".
_TIES: Final = 0.8
# The highest score without the company that the story requires, the body being known.
_INCOMPLETE: Final = 0.4
_BODY: Final = 2
# How far the seeds' words lift what the passages show.
_WORDS: Final = 0.15
_EXCLUDED: Final = 0.2


@dataclass(frozen=True, slots=True)
class _Best:
    """The passage that shows most, and what it counts for."""

    score: float = 0.0
    passage: Passage | None = None
    rule: str = "no two of its groups stand together"


def judge(
    profile: Profile,
    *,
    title: str,
    text: str,
    language: str | None = None,
    background: Collection[int] = (),
) -> Match:
    """Judge one article; a bare headline is judged by what it says.

    `background` are the marks of sentences learnt to be some: they decide nothing.

    `score` 0.5 is the edge of *on* for every language and kind of text, unless the
    story sets its own; the reasons name spellings with the sentence they stand in.
    """
    # A name alone tells no act: of a story of names a page of posts is judged whole.
    own: Sequence[str] = ()
    if len(profile.required) > 1:
        own = posts(title, text) or items_beside(profile, title, text, language)
    if own:
        return _of_posts(profile, title, own, language=language, background=background)
    return _of_one(profile, title, text, language=language, background=background)


def _of_posts(
    profile: Profile,
    title: str,
    own: Sequence[str],
    *,
    language: str | None,
    background: Collection[int],
) -> Match:
    """The verdict of the post that is most on the story; the page's headline is of none.

    A sentence that names the story in passing under others is no post about it.
    """
    judged = [_of_one(profile, "", post, language=language, background=background) for post in own]
    best = max(judged, key=lambda match: match.score)
    whole = _of_one(profile, title, "", language=language, background=background)
    best = whole if whole.score > best.score else best
    stood = tuple(sentence for match in judged for sentence in match.stood)
    return replace(best, rule=f"one post of {len(own)}: {best.rule}", stood=stood)


def _of_one(
    profile: Profile,
    title: str,
    text: str,
    *,
    language: str | None,
    background: Collection[int],
) -> Match:
    article = read(profile, title, text)
    article, stood = _stood(profile, article, background)
    whole = together(article)
    named = bool(whole & WHO)
    best = (
        _Best()
        if profile.combined
        else _best(profile, article, whole, named=named, language=language)
    )
    # Where no passage shows anything of the groups, no words can lift it.
    nothing = len(profile.required) > 1 and best.score == 0.0
    said = NOTHING if nothing else bag(own_sentences(title, text), language)
    words = said.vector() if profile.combined or profile.names or profile.lessons else {}
    seeded = said.within(profile.centroid)
    shared = {} if profile.combined else products(seeded, profile.centroid)
    if profile.combined:
        beside = profile.seeds if profile.story.encoder else ()
        found = weighed(profile.combined, title, text, language, words, beside)
        score, rule, names = found.score, RULE, found.reasons
    else:
        alike = sum(shared.values())
        score, rule, names = _with_words(profile, best, article, words, alike, language)
    score, meant = unlisted(profile, score, best.passage, article, language)
    least = profile.story.threshold * MAYBE
    if (len(profile.required) > 1 or profile.names or profile.combined) and is_opinion(title):
        opinion = of_opinion(profile, score, article, least=least)
        score, rule = opinion, rule if opinion == score else "an opinion"
    elif len(profile.required) > 1 and score < least and is_essay(profile, article):
        score, rule = least, "an opinion, for it reports nothing"
    elif score >= profile.story.threshold and is_fact_check(title, text):
        score, rule = profile.story.threshold * MOST, "a check of what others claim"
    elif len(profile.required) > 1 and score < least and returns(profile, article):
        score, rule = least, "a text that comes back to the actor"
    score = min(1.0, score)
    seed, closeness = (None, 0.0) if nothing else nearest(profile, article, seeded)
    score, label = heard(profile, score, article, words, seed, closeness)
    excluded = of_concepts(profile.excluded, article)
    if excluded:
        score, rule = score * _EXCLUDED, "a word that the story excludes"
    elif profile.any_of and not of_concepts(profile.any_of, article):
        score, rule = score * _EXCLUDED, "none of the words that the story asks for"
    score = round(score, 4)
    return Match(
        story=profile.story.name,
        score=score,
        threshold=profile.story.threshold,
        band=_band(score, profile.story.threshold),
        reasons=(
            *(replace(reason, kind="excluded") for reason in excluded[:1]),
            *(() if profile.combined else shown_by(profile, best.passage)),
            *names,
            *lacking(profile, whole, best.passage, named=named),
            *compared(profile, article, best.passage),
            *terms(shared),
            *like(seed, closeness),
            *meant,
            *label,
            Reason(kind="rule", text=rule, weight=score),
        ),
        rule=rule,
        profile=profile.version,
        nearest_seed=seed.name if seed else None,
        seed_score=round(closeness, 4),
        stood=stood,
    )


def _band(score: float, threshold: float) -> Band:
    if score >= threshold:
        return "on"
    return "maybe" if score >= threshold * MAYBE else "off"


def _with_words(
    profile: Profile,
    best: _Best,
    article: Sequence[Sentence],
    words: Vector,
    alike: float,
    language: str | None,
) -> tuple[float, str, tuple[Reason, ...]]:
    """The score with the seeds' words, and the story's own names that are a reason for it.

    Where little is required they decide. `alike` is how like the seeds the words are.
    """
    if len(profile.required) > 1:
        return best.score * (1 + _WORDS * alike), best.rule, ()
    of_words = min(1.0, 0.5 * alike / profile.edge) if profile.edge else 0.0
    rule = "the seeds' words"
    names: tuple[Reason, ...] = ()
    if profile.names:
        of = kind(profile, article, words, language)
        own = Found(profile, article, home=of.home)
        of_words, names = named_score(own, of), own.reasons
        rule = "the story's own names, and the seeds' words" if names else rule
    by_group = best.score * min(1.0, of_words / 0.5)
    if profile.required and of_words <= by_group:
        return by_group, f"{best.rule}, and {rule}", names
    return of_words, rule, names


def _stood(
    profile: Profile, article: list[Sentence], background: Collection[int]
) -> tuple[list[Sentence], tuple[str, ...]]:
    """The article with its background sentences marked, and all that may come to be some.

    Those are the sentences of the text that alone show the actor and its act.
    """
    found: list[str] = []
    if not profile.required:
        return article, ()
    code = profile.code
    actor = code.either(profile.required[0])
    for at, sentence in enumerate(article):
        shown = sentence.signs
        if sentence.place < 0 or not shown & code.kinds or not shown & actor:
            continue
        found.append(sentence.text)
        if is_background(sentence.text, background):
            article[at] = sentence._replace(background=True)
    return article, tuple(found)


def _best(
    profile: Profile,
    article: Sequence[Sentence],
    whole: int,
    *,
    named: bool,
    language: str | None,
) -> _Best:
    """The best of every sentence and every two neighbours, weighed by where they stand.

    A sentence that names nothing shows nothing, and its neighbour alone shows more than both.
    """
    framed = frame(profile, article, named=named, language=language)
    ceiling = 1.0
    nowhere = set(missing(profile, whole, named=named)) - {"what"}
    at_war = nowhere == {"with"} and any(is_at_war(profile.code, each.signs) for each in article)
    if len(article) >= _BODY and nowhere and not at_war:
        ceiling = _INCOMPLETE
    best = _Best()
    before: Sentence | None = None
    for sentence in article:
        if profile.required and not sentence.kept.named:
            before = None
            continue
        counts, rule = weight(sentence, framed)
        if counts <= best.score or ceiling <= best.score:
            before = sentence
            continue
        score = min(ceiling, counts * strength(profile, sentence.signs, named=named))
        if score > best.score:
            best = _Best(score, Passage((sentence,), sentence.signs), rule)
        apart = sentence.standing or sentence.background or (before and before.background)
        if before is not None and not apart:
            both = before.signs | sentence.signs
            joint = _TIES if _brings_ties(profile, before.signs, sentence.signs) else _NEIGHBOURS
            score = min(ceiling, counts * (joint * strength(profile, both, named=named)))
            if score > best.score:
                best = _Best(score, Passage((before, sentence), both), rule)
        before = sentence
    return best


def _brings_ties(profile: Profile, before: int, after: int) -> bool:
    """Whether the second of two neighbours brings the company, and tells only of ties with it."""
    return bool(after & ~before & WITH and after & NEAR) and not after & profile.code.kinds
