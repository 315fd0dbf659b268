"""Concept groups proposed from seeds alone: who, with whom or where, doing what.

*Who* is the entity that acts: the one whose troops (or other bound theme) the
seeds speak of most, else the one that most sentences name. *With* are the other
entities that most pieces name. *What* is the family of themes of those acts, else
the one that most sentences speak of; *near* are further families that the seeds
share. A group without a candidate is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from monitor.model import Seed
from monitor.story.concepts import Concept
from monitor.story.vocabulary import Vocabulary
from monitor.text.arabic import fold
from monitor.text.words import sentences

# An entity is the story's own when at least this share of the pieces name it, and
# its sentences come to this share of those that name the first.
_PIECES: Final = 0.5
_SENTENCES: Final = 0.3
# A family is near when at least this share of the pieces speak of it.
_NEAR: Final = 0.3
# The groups tell the story when this share of the pieces show them together in so many sentences.
_TOGETHER: Final = 0.5
_OPENING: Final = 6


@dataclass(frozen=True, slots=True)
class _Piece:
    """One seed: in how many sentences each concept is named, and whose acts it tells.

    `acts` counts pairs of an entity and a family whose bound theme stands beside it.
    """

    named: Counter[str]
    acts: Counter[tuple[str, str]]


def propose(seeds: Sequence[Seed], vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """The groups of the seeds, each with names of concepts."""
    concepts = vocabulary.concepts
    pieces = [_piece(seed, vocabulary) for seed in seeds]
    entities = {
        name: (name,)
        for name, concept in concepts.items()
        if concept.kind == "entity" and not concept.many
    }
    families: dict[str, tuple[str, ...]] = {}
    for concept in concepts.values():
        for family in concept.families if concept.tells_apart else ():
            families[family] = (*families.get(family, ()), concept.name)
    groups: dict[str, tuple[str, ...]] = {}
    own = [
        name
        for name, share, said in _salient(pieces, entities)
        if share >= _PIECES and said >= _SENTENCES
    ]
    acting = sum((piece.acts for piece in pieces), Counter())
    own.sort(key=lambda name: -sum(count for (who, _), count in acting.items() if who == name))
    if own:
        groups["who"] = _with_parts(own[:1], concepts)
        groups["with"] = _with_parts(
            [name for name in own[1:] if name not in groups["who"]], concepts
        )
    what = next(iter(_of_acts(pieces, own)), None) or next(
        (family for family, share, _ in _salient(pieces, families) if share >= _PIECES), None
    )
    groups["what"] = families.get(what or "", ())
    further = {
        family: tuple(name for name in names if name not in groups["what"])
        for family, names in families.items()
    }
    groups["near"] = tuple(
        name
        for family, share, _ in _salient(pieces, further)
        if share >= _NEAR
        for name in further[family]
    )
    return {group: names for group, names in groups.items() if names}


def _piece(seed: Seed, vocabulary: Vocabulary) -> _Piece:
    piece = _Piece(Counter(), Counter())
    for sentence in sentences(f"{seed.title}\n{seed.text}"):
        read = vocabulary.read(fold(sentence))
        piece.named.update(
            {name for each in read.mentions if not each.weak for name in each.concepts}
        )
        for at in read.owned:
            concepts = [vocabulary.concepts[name] for name in read.mentions[at].concepts]
            bound = {family for each in concepts if each.bound for family in each.families}
            piece.acts.update((entity, family) for entity in read.owners[at] for family in bound)
    return piece


def _of_acts(pieces: Sequence[_Piece], own: Sequence[str]) -> Iterable[str]:
    """The families of the first entity's own acts, where enough pieces tell of them."""
    told = Counter(family for piece in pieces for who, family in piece.acts if who in own[:1])
    return [family for family, count in told.most_common() if count >= _PIECES * len(pieces)]


def _salient(
    pieces: Sequence[_Piece], members: Mapping[str, tuple[str, ...]]
) -> list[tuple[str, float, float]]:
    """Each key with the share of pieces that name a member, and of sentences beside the first's."""
    counted = []
    for key, names in members.items():
        shares = [
            max((piece.named[name] for name in names), default=0)
            / (max(piece.named.values(), default=0) or 1)
            for piece in pieces
        ]
        counted.append((key, sum(map(bool, shares)) / (len(pieces) or 1), sum(shares)))
    counted.sort(key=lambda row: (-row[2], row[0]))
    most = counted[0][2] if counted else 0.0
    return [(key, share, said / most) for key, share, said in counted if said]


def _with_parts(names: Sequence[str], concepts: Mapping[str, Concept]) -> tuple[str, ...]:
    parts = [concept.name for concept in concepts.values() if concept.part_of in names]
    return tuple(dict.fromkeys((*names, *parts)))


def told_together(
    seeds: Sequence[Seed], vocabulary: Vocabulary, groups: Mapping[str, Sequence[str]]
) -> bool:
    """Whether most seeds show actor, company and event in a breath where they begin.

    Where they do not, the groups were found here and there in the texts and do not tell the story.
    """
    wanted = [set(groups[group]) for group in ("who", "with", "what") if groups.get(group)]
    if not (groups.get("who") and groups.get("what")):
        return False
    told = 0
    for seed in seeds:
        opening = [
            {name for each in vocabulary.read(fold(sentence)).mentions for name in each.concepts}
            for sentence in sentences(f"{seed.title}\n{seed.text}")[:_OPENING]
        ]
        told += any(
            all(not group.isdisjoint(one | two) for group in wanted)
            for one, two in pairwise([set(), *opening])
        )
    return told >= _TOGETHER * len(seeds)
