"""The concepts that a story knows, and a sentence read for them once, whoever asks.

Stories share the shipped list: what one has read of a sentence, the next finds read. Words of
a story's own (a country from CLDR, the user's spellings) change only the reading of sentences
in which one of them may stand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from monitor.story.concepts import Concept, shipped
from monitor.story.lexicon import Lexicon, Mention, first_words
from monitor.story.tokens import plain
from monitor.text.memory import LETTERS, Sentences

_NOBODY: Final = frozenset[str]()


class Reading(NamedTuple):
    """What a sentence names, and for each theme named whose it is: the entities right beside it.

    `owners` is empty for a theme that stands free, and for entities. A name behind it with
    a preposition attached ("to Russia" in one word) stands apart and owns nothing. `whose`
    are the owners, or without any what follows behind "from" or "of". `owned`
    are the places of bound themes that have an owner. Shared by all stories: leave the
    lists as they are.
    """

    mentions: Sequence[Mention]
    owners: Sequence[frozenset[str]]
    whose: Sequence[Collection[str]]
    owned: Sequence[int]


class _Part(NamedTuple):
    """The part of a spelling's concepts in who owns what."""

    theme: bool
    bound: bool
    entities: frozenset[str]


class Vocabulary:
    """Concepts with their spellings compiled."""

    def __init__(
        self,
        concepts: Mapping[str, Concept],
        spellings: Mapping[str, Iterable[str]],
        shared: Vocabulary | None = None,
    ) -> None:
        """Compile the spellings; those of `shared` are known besides."""
        self.concepts = concepts
        self.lexicon: Lexicon = Lexicon(spellings, shared.lexicon if shared else None)
        self._shared = shared
        self._own = first_words(spellings) if shared else ()
        self._parts: dict[tuple[str, ...], _Part] = {}
        self._read = Sentences(self._reading, LETTERS)

    def read(self, sentence: str) -> Reading:
        """What a sentence names, remembered for a while."""
        if self._shared is not None:
            folded = plain(sentence)
            # A loop: `any` over a generator costs as much again, for each story and sentence.
            for word in self._own:
                if word in folded:
                    break
            else:
                return self._shared.read(sentence)
        return self._read[sentence]

    def _reading(self, sentence: str) -> Reading:
        mentions, _ = self.lexicon.find(sentence)
        parts = [self._parts.get(each.concepts) or self._part(each.concepts) for each in mentions]
        owned_by: list[frozenset[str]] = []
        whose: list[Collection[str]] = []
        owned: list[int] = []
        last = len(mentions) - 1
        for at, part in enumerate(parts):
            owners = _NOBODY
            if part.theme:
                owners = part.entities
                mention = mentions[at]
                if at and mentions[at - 1].last == mention.first - 1:
                    owners |= parts[at - 1].entities
                if at < last and parts[at + 1].entities:
                    following = mentions[at + 1]
                    if following.first == mention.last + 1 and not following.apart:
                        owners |= parts[at + 1].entities
                if owners and part.bound:
                    owned.append(at)
            owned_by.append(owners)
            behind = at < last and mentions[at + 1].of
            whose.append(mentions[at + 1].concepts if behind and not owners else owners)
        return Reading(mentions, owned_by, whose, owned)

    def _part(self, names: tuple[str, ...]) -> _Part:
        concepts = [self.concepts[name] for name in names]
        part = _Part(
            theme=any(concept.kind == "theme" for concept in concepts),
            bound=any(concept.bound for concept in concepts),
            entities=frozenset(
                concept.name
                for concept in concepts
                if concept.kind == "entity" and not concept.part_of
            ),
        )
        self._parts[names] = part
        return part


@cache
def common() -> Vocabulary:
    """What is shipped, compiled once for all stories."""
    return Vocabulary(*shipped())


def vocabulary(
    concepts: Mapping[str, Concept], spellings: Mapping[str, tuple[str, ...]]
) -> Vocabulary:
    """The vocabulary of a story; the common one where it has no words of its own."""
    shared = common()
    known, written = shipped()
    own = {name: spellings[name] for name in spellings if name not in known}
    if any(spellings[name] != written[name] or concepts[name] != known[name] for name in known):
        return Vocabulary(concepts, spellings)
    return Vocabulary(concepts, own, shared) if own else shared
