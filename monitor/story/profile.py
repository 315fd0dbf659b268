"""What a story is, learnt from its seeds: concept groups and a vector of words.

Three groups are proposed from the shipped aliases: *who* (the entity that the
seeds speak of most), *with* (the other entities that most of them name) and
*what* (the family of themes that most of their sentences speak of). Other
families that the seeds share are *near*: they make an article worth a look, not
an alert. A story whose seeds name nothing known is its vector of words alone.
The user's corrections always win over what was learnt.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from monitor.model import Corrections, Seed, Story
from monitor.story.concepts import Concept, Lexicon, owners, shipped
from monitor.story.countries import countries
from monitor.story.vector import Vector, cosine, mean, unit, vector
from monitor.text.arabic import fold
from monitor.text.words import sentences

# An entity is the story's own when at least this share of the pieces name it, and
# its sentences come to this share of those that name the first.
_PIECES = 0.5
_SENTENCES = 0.3
# A family is near when at least this share of the pieces speak of it.
_NEAR = 0.3
_LONE_EDGE = 0.2


@dataclass(frozen=True, slots=True)
class Exemplar:
    """One seed piece as articles are compared with it: by words, and by concepts."""

    name: str
    title: str
    words: Vector
    concepts: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A learnt story.

    `groups` maps *who*, *with*, *what*, *near* and the user's own groups to names of
    concepts; `required` are the groups that one passage must show together. `any_of`
    and `excluded` are concepts made of the user's words.
    """

    story: Story
    version: str
    groups: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    any_of: tuple[str, ...]
    excluded: tuple[str, ...]
    concepts: Mapping[str, Concept]
    lexicon: Lexicon = field(repr=False, compare=False)
    centroid: Vector = field(repr=False)
    exemplars: tuple[Exemplar, ...] = field(repr=False)
    group_of: Mapping[str, tuple[str, ...]] = field(repr=False)
    actors: frozenset[str] = field(repr=False)
    edge: float = 0.0  # of the likeness to the centroid, from the seeds held out in turn


def learn(story: Story, seeds: Sequence[Seed]) -> Profile:
    """Learn a story from the pieces of its seed documents; without seeds nothing matches."""
    known, written = shipped()
    concepts, spellings = dict(known), dict(written)
    for concept, names in countries(seeds).items() if seeds else ():
        concepts[concept.name] = concept
        spellings[concept.name] = names
    groups = _propose(seeds, concepts, Lexicon(spellings))
    given = _Corrected.by(story.corrections, groups, concepts, spellings)
    lexicon = Lexicon(spellings)
    exemplars = tuple(_exemplar(seed, lexicon) for seed in seeds)
    return Profile(
        story=story,
        version=_version(story, seeds, given),
        groups=given.groups,
        required=given.required,
        any_of=given.any_of,
        excluded=given.excluded,
        concepts=concepts,
        lexicon=lexicon,
        centroid=mean(exemplar.words for exemplar in exemplars),
        exemplars=exemplars,
        group_of={
            name: tuple(group for group, names in given.groups.items() if name in names)
            for name in concepts
        },
        actors=frozenset(given.groups.get("who", ())),
        edge=_edge([exemplar.words for exemplar in exemplars]),
    )


def bag(text: str, lexicon: Lexicon) -> Counter[str]:
    """How many sentences of a text name each concept."""
    counts: Counter[str] = Counter()
    for sentence in sentences(text):
        mentions, _ = lexicon.find(fold(sentence))
        counts.update({name for mention in mentions if not mention.weak for name in mention.concepts})
    return counts


def _edge(pieces: Sequence[Vector]) -> float:
    """Half the middle likeness of each piece to the others; a guess with fewer than two."""
    if len(pieces) < 2:
        return _LONE_EDGE if pieces else 0.0
    alike = [
        cosine(piece, mean(other for other in pieces if other is not piece)) for piece in pieces
    ]
    return median(alike) / 2


def _exemplar(seed: Seed, lexicon: Lexicon) -> Exemplar:
    text = f"{seed.title}\n{seed.text}"
    concepts = {name: count**0.5 for name, count in bag(text, lexicon).items()}
    return Exemplar(seed.name, seed.title, vector(text, seed.language), unit(concepts))


def _propose(
    seeds: Sequence[Seed], concepts: Mapping[str, Concept], lexicon: Lexicon
) -> dict[str, tuple[str, ...]]:
    bags = [bag(f"{seed.title}\n{seed.text}", lexicon) for seed in seeds]
    entities = _salient(bags, {name: (name,) for name, c in concepts.items() if c.kind == "entity"})
    families: dict[str, tuple[str, ...]] = {}
    for concept in concepts.values():
        for family in concept.families:
            families[family] = (*families.get(family, ()), concept.name)
    shared = _salient(bags, families)
    groups: dict[str, tuple[str, ...]] = {}
    own = [name for name, pieces, said in entities if pieces >= _PIECES and said >= _SENTENCES]
    if own:
        own.sort(key=_actor(seeds, concepts, lexicon), reverse=True)
        groups["who"] = _with_parts(own[:1], concepts)
        others = [name for name in own[1:] if concepts[name].part_of != own[0]]
        if others:
            groups["with"] = _with_parts(others, concepts)
    kinds = [family for family, pieces, _ in shared if pieces >= _PIECES][:1]
    if kinds:
        groups["what"] = families[kinds[0]]
    groups["near"] = tuple(
        name
        for family, pieces, _ in shared
        if pieces >= _NEAR and family not in kinds
        for name in families[family]
    )
    return groups


def _actor(
    seeds: Sequence[Seed], concepts: Mapping[str, Concept], lexicon: Lexicon
) -> Callable[[str], int]:
    """How often an entity owns what others may own too: whose troops the seeds are about."""
    counts: Counter[str] = Counter()
    for seed in seeds:
        for sentence in sentences(f"{seed.title}\n{seed.text}"):
            mentions, _ = lexicon.find(fold(sentence))
            for mention, owned in zip(mentions, owners(mentions, concepts), strict=True):
                if any(concepts[name].bound for name in mention.concepts):
                    counts.update(owned)
    return lambda name: counts[name]


def _salient(
    bags: Sequence[Counter[str]], members: Mapping[str, tuple[str, ...]]
) -> list[tuple[str, float, float]]:
    """Each key with the share of pieces that name a member, and of sentences beside the first's."""
    counted = [
        (
            key,
            sum(any(name in piece for name in names) for piece in bags) / (len(bags) or 1),
            sum(max(piece[name] for name in names) / (max(piece.values(), default=0) or 1) for piece in bags),
        )
        for key, names in members.items()
    ]
    counted.sort(key=lambda row: (-row[2], row[0]))
    most = counted[0][2] if counted else 0.0
    return [(key, pieces, named / most) for key, pieces, named in counted if named]


def _with_parts(names: Sequence[str], concepts: Mapping[str, Concept]) -> tuple[str, ...]:
    parts = [concept.name for concept in concepts.values() if concept.part_of in names]
    return tuple(dict.fromkeys((*names, *parts)))


@dataclass(frozen=True, slots=True)
class _Corrected:
    """The groups after the user's word."""

    groups: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    any_of: tuple[str, ...]
    excluded: tuple[str, ...]

    @classmethod
    def by(
        cls,
        corrections: Corrections,
        learnt: Mapping[str, tuple[str, ...]],
        concepts: dict[str, Concept],
        spellings: dict[str, tuple[str, ...]],
    ) -> _Corrected:
        """Add the user's spellings to `concepts` and `spellings`, and settle the groups."""
        groups = dict(learnt)

        def made(name: str, written: tuple[str, ...]) -> str:
            kind = "entity" if name in {"who", "with"} else "theme"
            concepts[f"own {name}"] = Concept(f"own {name}", kind)
            spellings[f"own {name}"] = written
            return f"own {name}"

        for group, written in corrections.aliases.items():
            groups[group] = (*groups.get(group, ()), made(group, written))

        def meant(name: str) -> tuple[str, ...]:
            """A group's name, a concept's name, or a word of the user's own."""
            return groups.get(name) or ((name,) if name in concepts else (made(name, (name,)),))

        for name in corrections.require:
            groups[name] = meant(name)
        required = corrections.require or tuple(g for g in ("who", "with", "what") if groups.get(g))
        return cls(
            groups,
            required,
            tuple(name for word in corrections.any for name in meant(word)),
            tuple(name for word in corrections.exclude for name in meant(word)),
        )


def _version(story: Story, seeds: Sequence[Seed], given: _Corrected) -> str:
    """Twelve hex digits that change when seeds, corrections or shipped aliases do."""
    told = (
        [(seed.name, seed.title, seed.text) for seed in seeds],
        sorted(story.corrections.aliases.items()),
        sorted(given.groups.items()),
        given.required,
        given.any_of,
        given.excluded,
        story.threshold,
    )
    return hashlib.sha256(repr(told).encode()).hexdigest()[:12]
