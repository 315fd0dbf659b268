"""What a story is, learnt from its seeds: concept groups and a vector of words.

The groups *who*, *with* and *what* must stand together in an article; *near*
makes it worth a look, not an alert. A story whose seeds name nothing known is its
vector of words alone. The user's corrections always win over what was learnt.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from monitor.model import Seed, Story
from monitor.story.combined import Combined
from monitor.story.concepts import Concept, shipped
from monitor.story.corrected import Corrected
from monitor.story.countries import countries
from monitor.story.lands import lands
from monitor.story.lessons import Lessons
from monitor.story.lexicon import Lexicon
from monitor.story.names import Names
from monitor.story.naming import learn_names
from monitor.story.openers import Openers
from monitor.story.propose import propose, told_together
from monitor.story.roles import Role
from monitor.story.sharing import combination
from monitor.story.sharing import shared as in_common
from monitor.story.signs import Code
from monitor.story.vector import (
    Likeness,
    Vector,
    concept_vector,
    cosine,
    mean,
    named_for_sure,
    unit,
    vector,
)
from monitor.story.vocabulary import Vocabulary, vocabulary
from monitor.text.arabic import fold
from monitor.text.words import sentences

# The edge of likeness of a story with one seed, which cannot be held out.
_LONE_EDGE = 0.2
# So like the seeds is any text of their language that speaks of the same field. Seeds that share
# no word at all are of no one story, and nothing is like them.
_FAR = 0.16
# Kinds of event that a country has seldom.
_TELLING_FAMILIES = frozenset(("war", "disaster", "missiles", "cyber", "navy"))
# The share of the pieces that name a country of the story.
_SOME = 0.4


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
    vocabulary: Vocabulary = field(repr=False, compare=False)
    centroid: Vector = field(repr=False)
    exemplars: tuple[Exemplar, ...] = field(repr=False)
    group_of: Mapping[str, tuple[str, ...]] = field(repr=False)
    actors: frozenset[str] = field(repr=False)
    hinted: frozenset[str] = field(default=frozenset(), repr=False)  # the families of *what*
    # Spellings of the groups that an entry must name to be worth a look.
    openers: Openers = field(default_factory=lambda: Openers({}), repr=False, compare=False)
    names: Names = field(default_factory=Names, repr=False)
    edge: float = 0.0  # of the likeness to the centroid, from the seeds held out in turn
    # The words without its own names, and the concepts, with the edges of likeness to them.
    plain: Vector = field(default_factory=dict, repr=False)
    plain_edge: float = 0.0
    themes: Vector = field(default_factory=dict, repr=False)
    themes_edge: float = 0.0
    countries: frozenset[str] = frozenset()  # that the seeds name
    # What the seeds share, of a story that neither groups nor a name of its own tell.
    combined: Combined | None = field(default=None, repr=False)
    # The same of one that is told by its names: what kind of news it is.
    matter: Combined | None = field(default=None, repr=False)
    seeds: tuple[Seed, ...] = field(default=(), repr=False, compare=False)
    lessons: Lessons | None = field(default=None, repr=False, compare=False)
    roles: Mapping[str, Role] = field(init=False, repr=False, compare=False)
    code: Code = field(init=False, repr=False, compare=False)
    # The required groups but for what is only near, and the concepts of none of them.
    needed: frozenset[str] = field(init=False, repr=False, compare=False)
    beside: frozenset[str] = field(init=False, repr=False, compare=False)
    likeness: Likeness = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Work out the part of each concept, its bits, and the index of the exemplars."""
        roles = {
            name: Role.of(concept, self.group_of.get(name, ()), self.hinted)
            for name, concept in self.concepts.items()
        }
        object.__setattr__(self, "roles", roles)
        code = Code(roles, self.concepts, self.groups, self.required)
        object.__setattr__(self, "code", code)
        needed = frozenset(self.required) - {"near"}
        object.__setattr__(self, "needed", needed)
        beside = {name for name, role in roles.items() if needed.isdisjoint(role.groups)}
        object.__setattr__(self, "beside", frozenset(beside))
        likeness = Likeness([(each.words, each.concepts) for each in self.exemplars])
        object.__setattr__(self, "likeness", likeness)

    @property
    def languages(self) -> frozenset[str]:
        """The languages of the seeds."""
        return frozenset(seed.language.partition("-")[0] for seed in self.seeds if seed.language)

    def without_names(self, words: Vector) -> Vector:
        """The words of a text without those of the story's own names, of length one."""
        return _without(words, self.names)

    @property
    def concepts(self) -> Mapping[str, Concept]:
        """The concepts that the story knows, its own and the shipped ones."""
        return self.vocabulary.concepts

    @property
    def lexicon(self) -> Lexicon:
        """The spellings of its concepts."""
        return self.vocabulary.lexicon


def learn(story: Story, seeds: Sequence[Seed], *, anyway: bool = False) -> Profile:
    """Learn a story from the pieces of its seed documents; without seeds nothing matches.

    `anyway` says that it is told by what they share, whatever names stand in their headlines.
    """
    known, written = shipped()
    concepts, spellings = dict(known), dict(written)
    for concept, names in countries(seeds).items() if seeds else ():
        concepts[concept.name] = concept
        spellings[concept.name] = names
    groups = propose(seeds, vocabulary(concepts, spellings))
    given = Corrected.by(story.corrections, groups, concepts, spellings)
    known_words = vocabulary(concepts, spellings)
    exemplars = tuple(_exemplar(seed, known_words) for seed in seeds)
    required, own = given.required, Names()
    asked = bool(story.corrections.require or story.corrections.aliases)
    told = told_together(seeds, known_words, given.groups)
    if len(required) < 2 or not (asked or (told and given.groups.get("with"))):
        own = learn_names(seeds, _spelt(spellings), _countries_in(seeds, known_words))
        if not asked and (own.subject or not (told and _is_telling(given.groups, concepts))):
            required = ()
    # Groups of an actor whose people, leaders and troops the alias file knows tell a story.
    listed = any(name in known for name in given.groups.get("who", ()))
    shared = None
    if anyway or (not asked and not (told and given.groups.get("with") and listed)):
        countries_in = _countries_in(seeds, known_words)
        shared = combination(seeds, _spelt(spellings), countries_in, anyway=anyway)
        own, required = (shared.names, ()) if shared else (own, required)
    # Seeds each in a language of its own share no word, and may be of one story all the same.
    tongues = [seed.language for seed in seeds if seed.language]
    least = _LONE_EDGE if len(tongues) == len(set(tongues)) == len(seeds) else 0.0
    edge = _edge([each.words for each in exemplars]) or least
    plain = [_without(each.words, own) for each in exemplars]
    themes = [each.concepts for each in exemplars]
    return Profile(
        story=story,
        version=_version(story, seeds, given, required, own, shared),
        groups=given.groups,
        required=required,
        any_of=given.any_of,
        excluded=given.excluded,
        vocabulary=known_words,
        centroid=mean(exemplar.words for exemplar in exemplars),
        exemplars=exemplars,
        group_of={
            name: tuple(group for group, names in given.groups.items() if name in names)
            for name in concepts
        },
        actors=frozenset(given.groups.get("who", ())),
        hinted=frozenset(
            family for name in given.groups.get("what", ()) for family in concepts[name].families
        ),
        openers=Openers(
            {name: spellings[name] for group in _opening(required) for name in given.groups[group]}
        ),
        names=own,
        edge=edge and max(edge, _FAR),
        plain=mean(plain),
        plain_edge=_edge(plain) or least,
        themes=mean(themes),
        themes_edge=_edge(themes) or least,
        countries=_named_by_some(themes, concepts),
        combined=shared,
        matter=in_common(seeds, own) if own and not shared and len(required) < 2 else None,
        seeds=tuple(seeds),
    )


def _opening(required: tuple[str, ...]) -> tuple[str, ...]:
    """The groups of which an entry must name one: not the events, which happen everywhere."""
    return tuple(group for group in required if group not in {"what", "near"}) or required


def _without(words: Vector, names: Names) -> Vector:
    return unit({word: weight for word, weight in words.items() if word not in names.forms})


def _spelt(spellings: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """The single words of the alias file, which are no names of one story."""
    return frozenset(
        fold(each).strip("~*")
        for written in spellings.values()
        for each in written
        if " " not in each
    )


def _edge(pieces: Sequence[Vector]) -> float:
    """Half the middle likeness of each piece to the others; a guess with fewer than two."""
    if len(pieces) < 2:
        return _LONE_EDGE if pieces else 0.0
    alike = [
        cosine(piece, mean(other for other in pieces if other is not piece)) for piece in pieces
    ]
    return median(alike) / 2


def _countries_in(seeds: Sequence[Seed], known: Vocabulary) -> Callable[[str], bool]:
    """Whether a whole name is that of a country, which is no story's own: Air India is one's."""
    languages = {(seed.language or "").partition("-")[0] for seed in seeds}

    def is_country(name: str) -> bool:
        parts = name.split(" ")
        known_words = sum(
            mention.last - mention.first + 1
            for mention in known.read(name).mentions
            if any(known.concepts[concept].kind == "entity" for concept in mention.concepts)
        )
        # Where no capitals mark it, two words of which one is a country's are "a Turkish firm".
        if known_words >= (len(parts) if name.islower() else 1):
            return True
        # Saudi Arabia is named by both its words, Air India by one.
        return any(
            lands(name, each)
            and not (parts[1:] and name.islower() and any(lands(part, each) for part in parts))
            for each in languages
        )

    return is_country


def _is_telling(groups: Mapping[str, Sequence[str]], concepts: Mapping[str, Concept]) -> bool:
    """Whether actor and event tell a story by themselves: a country's economy is no story."""
    events = {family for name in groups.get("what", ()) for family in concepts[name].families}
    return bool(groups.get("who")) and not events.isdisjoint(_TELLING_FAMILIES)


def _named_by_some(pieces: Sequence[Vector], concepts: Mapping[str, Concept]) -> frozenset[str]:
    """The countries and places of some of the pieces, two at the least."""
    named = Counter(name for piece in pieces for name in piece)
    return frozenset(
        name
        for name, count in named.items()
        if count >= max(2, _SOME * len(pieces))
        and concepts[name].kind == "entity"
        and not concepts[name].many
    )


def _exemplar(seed: Seed, known: Vocabulary) -> Exemplar:
    found = (
        named_for_sure(known.read(fold(sentence)).mentions)
        for sentence in sentences(f"{seed.title}\n{seed.text}")
    )
    words = vector(f"{seed.title}\n{seed.text}", seed.language)
    return Exemplar(seed.name, seed.title, words, concept_vector(found))


def _version(
    story: Story,
    seeds: Sequence[Seed],
    given: Corrected,
    required: tuple[str, ...],
    names: Names,
    shared: Combined | None,
) -> str:
    """Twelve hex digits that change when seeds, corrections or shipped aliases do."""
    told = (
        [(seed.name, seed.title, seed.text) for seed in seeds],
        sorted(story.corrections.aliases.items()),
        sorted(given.groups.items()),
        required,
        given.any_of,
        given.excluded,
        story.threshold,
        sorted(names.weights.items()),
        # Nothing where it is off: a profile that is what it was keeps its name.
        *(["encoder"] if story.encoder else []),
        *([sorted(shared.lands.items()), sorted(shared.worth.items())] if shared else []),
    )
    return hashlib.sha256(repr(told).encode()).hexdigest()[:12]
