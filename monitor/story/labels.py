"""A profile taught by its user's labels, and by nothing else.

A story told by what its seeds share reads what is labelled *yes* as further seeds (`story/widened.py`). Else
seeds lead: together the labels weigh at most half of what the seeds do, a *no* takes
away only words that no seed has, and a seed that was on the story stays on it. What
the user wrote in the YAML wins over every label. Another edge or other
concept groups are taken only where they sort the labels better than what is there.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from monitor.model import Label
from monitor.story.lessons import Example, Lessons
from monitor.story.match import judge
from monitor.story.passages import read
from monitor.story.profile import Profile, learn
from monitor.story.reasons import nearest
from monitor.story.vector import Vector, concept_vector, mean, unit, vector
from monitor.story.widened import piece, widened

# The newest labels are heeded: constant cost whatever a user labels in years.
_MOST: Final = 200
# The labels' share beside the seeds' 1, and what a *no* takes away of it.
_SHARE: Final = 0.5
_AGAINST: Final = 0.25
# What moves an edge or replaces groups: so many labels fewer on the wrong side.
_AGREE: Final = 2
_LOWEST, _HIGHEST = 0.3, 0.75
_OFF: Final = 0.02


def taught(profile: Profile, labels: Sequence[Label]) -> Profile:
    """The profile with what the labels say; itself without any.

    `profile` is as learnt from the seeds. `labels` hold one for an article, oldest first.
    """
    labels = labels[-_MOST:]
    if not labels:
        return profile
    pinned = frozenset(
        seed.name
        for seed in profile.seeds
        if judge(profile, title=seed.title, text=seed.text, language=seed.language).band == "on"
    )
    regrouped = _regrouped(profile, labels)
    groups = len((regrouped or profile).required) > 1
    learnt = (regrouped or profile) if groups else widened(profile, labels)
    best = _with_examples(profile, learnt, labels, pinned)
    # Of other stories near misses lie on either side of any edge: moving it brought false alarms.
    if groups and not profile.story.edge_given:
        edge = _edge(profile.story.threshold, _held_out(best, labels))
        best = replace(best, story=replace(best.story, threshold=edge))
    return replace(best, version=_version(profile, labels))


def _with_examples(
    base: Profile, profile: Profile, labels: Sequence[Label], pinned: frozenset[str]
) -> Profile:
    """The profile with the labels among its examples and in its words (Rocchio, 1971)."""
    examples = tuple(_example(profile, label) for label in labels)
    seeded = frozenset(word for exemplar in base.exemplars for word in exemplar.words)
    liked = mean(each.words for each in examples if each.yes)
    disliked = mean(each.words for each in examples if not each.yes)
    share = _SHARE * len(examples) / (len(examples) + len(base.exemplars))
    weights = dict(base.centroid)
    for word, weight in liked.items():
        weights[word] = weights.get(word, 0.0) + share * weight
    for word, weight in disliked.items():
        if word not in seeded:
            weights[word] = weights.get(word, 0.0) - share * _AGAINST * weight
    return replace(
        profile,
        centroid=unit(weights),
        exemplars=base.exemplars,
        edge=base.edge,
        seeds=base.seeds,
        lessons=Lessons.of(examples, pinned),
    )


def _example(profile: Profile, label: Label) -> Example:
    words, concepts = _vectors(profile, label)
    bare = judge(profile, title=label.title, text=label.text, language=label.language)
    corrects = (bare.band == "on") != label.yes
    return Example(label.article, label.title, label.yes, corrects, words, concepts)


def _vectors(profile: Profile, label: Label) -> tuple[Vector, Vector]:
    article = read(profile, label.title, label.text)
    concepts = concept_vector(sentence.kept.sure for sentence in article)
    return vector(f"{label.title}\n{label.text}", label.language), concepts


def _regrouped(profile: Profile, labels: Sequence[Label]) -> Profile | None:
    """As learnt from the seeds and half as many articles labelled *yes*.

    None where that judges no two more of the other labels rightly than the seeds alone.
    """
    liked = [label for label in labels if label.yes][-(len(profile.seeds) // 2) :]
    if len(liked) < _AGREE or len(profile.seeds) < _AGREE:
        return None
    other = learn(profile.story, [*profile.seeds, *map(piece, liked)])
    if other.groups == profile.groups:
        return None
    others = [label for label in labels if label not in liked]
    better = sum(_wrong(other, label) for label in others) + _AGREE
    return other if better <= sum(_wrong(profile, label) for label in others) else None


def _wrong(profile: Profile, label: Label) -> bool:
    match = judge(profile, title=label.title, text=label.text, language=label.language)
    return (match.band == "on") != label.yes


def _held_out(profile: Profile, labels: Sequence[Label]) -> list[tuple[float, bool]]:
    """(score, yes) of each label as it would be judged were it not labelled."""
    assert profile.lessons is not None
    bare = replace(profile, lessons=None)
    found = []
    for label in labels:
        score = judge(bare, title=label.title, text=label.text, language=label.language).score
        words, concepts = _vectors(profile, label)
        leads = profile.lessons.leads(words, concepts, without=label.article)
        _, seeded = nearest(profile, read(profile, label.title, label.text), words)
        found.append((profile.lessons.hear(score, leads, seeded).score, label.yes))
    return found


def _edge(own: float, scored: Sequence[tuple[float, bool]]) -> float:
    """The edge that sorts the labels best.

    The story's own unless two labels fewer are on the wrong side, and two of either kind
    are there: with *yes* alone the lowest edge would always be the best.
    """
    liked = sum(yes for _, yes in scored)
    if min(liked, len(scored) - liked) < _AGREE:
        return own
    best = sorting_edge(scored, own)
    return best if _misplaced(scored, best) + _AGREE <= _misplaced(scored, own) else own


def _misplaced(scored: Sequence[tuple[float, bool]], edge: float) -> int:
    return sum((score >= edge) != yes for score, yes in scored)


def sorting_edge(scored: Sequence[tuple[float, bool]], own: float) -> float:
    """The edge with the fewest (score, yes) on its wrong side, as near to `own` as it can lie.

    It keeps off the scores on either side of it, by half their distance at most.
    """
    around = [own]
    for low, high in itertools.pairwise(sorted({score for score, _ in scored})):
        off = min(_OFF, (high - low) / 2)
        around.append(round(min(max(own, low + off), high - off), 3))
    around = [own, *(edge for edge in around if _LOWEST <= edge <= _HIGHEST)]
    return min(around, key=lambda edge: (_misplaced(scored, edge), abs(edge - own)))


def _version(profile: Profile, labels: Sequence[Label]) -> str:
    said = [(label.article, label.yes, label.title, label.text) for label in labels]
    return hashlib.sha256(repr((profile.version, said)).encode()).hexdigest()[:12]
