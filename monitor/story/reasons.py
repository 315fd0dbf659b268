"""Why an article was judged as it was, in values that a person can check."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from monitor.model import Reason
from monitor.story.lexicon import Mention
from monitor.story.passages import Passage, Sentence
from monitor.story.profile import Exemplar, Profile
from monitor.story.signs import COMPARED
from monitor.story.strength import missing
from monitor.story.vector import Vector, concept_vector
from monitor.text.arabic import fold
from monitor.text.memory import LETTERS, Sentences

_WORD: Final = re.compile(r"[^\W\d_]+")
_TERMS: Final = 5
_LEAST_TERM: Final = 0.002


def shown_by(profile: Profile, passage: Passage | None) -> list[Reason]:
    """For each group that the deciding passage shows, the spellings and their sentence."""
    found: dict[tuple[str, str], Reason] = {}
    code = profile.code
    untold = passage is not None and not passage.signs & code.kinds
    for sentence in passage.sentences if passage else ():
        for mention in sentence.mentions:
            groups = {
                group
                for name in mention.concepts
                for group in profile.group_of.get(name, ())
                if group != "what" or sentence.signs & code.kind[name]
            }
            if untold and any(sentence.signs & code.hint.get(name, 0) for name in mention.concepts):
                groups.add("hint")
            for group in sorted(groups):
                if (group, mention.text) not in found:
                    text = f"{group}: {quote(mention, sentence.text)}"
                    reason = Reason(kind="concept", text=text, sentence=sentence.text)
                    found[group, mention.text] = reason
    return list(found.values())


def lacking(profile: Profile, whole: int, passage: Passage | None, *, named: bool) -> list[Reason]:
    """The required groups that no passage shows together with the rest, or none at all."""
    nowhere = missing(profile, whole, named=named)
    shown = missing(profile, passage.signs, named=named) if passage else profile.required
    kinds = passage.signs & profile.code.kinds if passage else 0
    faint = kinds and not kinds & profile.code.telling
    apart = [group for group in shown if group not in nowhere]
    return [
        *(Reason(kind="missing", text=f"{group}: not named") for group in nowhere),
        *(Reason(kind="missing", text=f"{group}: named elsewhere only") for group in apart),
        *([Reason(kind="missing", text="what: only faintly")] if faint else []),
    ]


def compared(
    profile: Profile, article: Iterable[Sentence], passage: Passage | None
) -> list[Reason]:
    """The word by which the actor's troops are only told from others ("unlike"), and its sentence.

    Where another passage shows what they did, it took nothing away.
    """
    if passage and passage.signs & profile.code.kinds and not passage.signs & COMPARED:
        return []
    return [
        Reason(
            kind="missing",
            text=f"what: only compared ({quote(mention, sentence.text)})",
            sentence=sentence.text,
        )
        for sentence in article
        if sentence.signs & COMPARED
        for mention in sentence.mentions
        if any(profile.concepts[name].compares for name in mention.concepts)
    ][:1]


def quote(mention: Mention, sentence: str) -> str:
    """The words of a mention as the sentence spells them; the folded ones where it joins them."""
    lowered = _lowered(sentence)
    at = lowered.find(mention.text) if len(lowered) == len(sentence) else -1
    if at >= 0:
        return sentence[at : at + len(mention.text)]
    wanted = mention.text.split()
    tokens, spans = _spelt(sentence)
    for at in range(len(tokens) - len(wanted) + 1):
        if tokens[at : at + len(wanted)] == wanted:
            return sentence[spans[at][0] : spans[at + len(wanted) - 1][1]]
    return mention.text


def _words(sentence: str) -> tuple[list[str], list[tuple[int, int]]]:
    """The folded words of a sentence, and where each is written."""
    words = list(_WORD.finditer(sentence))
    # At once, which costs less than word by word.
    folded = fold("\n".join([word[0] for word in words])).split("\n")
    return folded, [word.span() for word in words]


_lowered: Final = Sentences(str.lower, LETTERS).__getitem__
_spelt: Final = Sentences(_words, LETTERS).__getitem__


def of_concepts(names: Collection[str], article: Iterable[Sentence]) -> list[Reason]:
    """Where concepts of the user's words are named."""
    if not names:
        return []
    return [
        Reason(kind="concept", text=quote(mention, sentence.text), sentence=sentence.text)
        for sentence in article
        for mention in sentence.mentions
        if any(name in names for name in mention.concepts)
    ]


def terms(shared: Vector) -> list[Reason]:
    """The words shared with the seeds that weigh most; `shared` are their products."""
    best = sorted(
        ((weight, word) for word, weight in shared.items() if weight >= _LEAST_TERM), reverse=True
    )
    return [
        Reason(kind="term", text=word, weight=round(weight, 4)) for weight, word in best[:_TERMS]
    ]


def nearest(
    profile: Profile, article: Sequence[Sentence], words: Vector
) -> tuple[Exemplar | None, float]:
    """The seed most like the article, by words and by concepts, and how like from 0 to 1."""
    concepts = concept_vector(sentence.kept.sure for sentence in article)
    close = profile.likeness.of(words, concepts)
    most = max(close, default=0.0)
    return (profile.exemplars[close.index(most)], most) if most > 0 else (None, 0.0)


def like(seed: Exemplar | None, closeness: float) -> list[Reason]:
    """The nearest seed, named by its headline."""
    if seed is None:
        return []
    return [Reason(kind="seed", text=seed.title or seed.name, weight=round(closeness, 4))]


def heard(
    profile: Profile,
    score: float,
    article: Sequence[Sentence],
    words: Vector,
    seed: Exemplar | None,
    closeness: float,
) -> tuple[float, list[Reason]]:
    """The score after the labels, and the label that moved it."""
    lessons = profile.lessons
    if lessons is None:
        return score, []
    if lessons.keeps(seed.name if seed else None, closeness):
        return max(score, profile.story.threshold), []
    concepts = concept_vector(sentence.kept.sure for sentence in article)
    found = lessons.hear(score, lessons.leads(words, concepts), closeness)
    if found.example is None:
        return found.score, []
    said = "yes" if found.example.yes else "no"
    text = f"like one that you labelled {said}: {found.example.title}"
    return found.score, [Reason(kind="label", text=text, weight=round(found.score - score, 4))]
