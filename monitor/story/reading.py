"""What a sentence names, read once for all stories, and which of it counts for one's actors.

What counts depends on no more of a story than who its actors are, and of these only on those
that own something in the sentence: nearly all stories see the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from monitor.story.concepts import Concept
from monitor.story.lexicon import Mention
from monitor.story.tokens import plain

# How many mentions apart a country's troops stand beside its losses.
_BESIDE: Final = 2
# How many words from "unlike" the troops that it speaks of stand at the most.
_COMPARED: Final = 4
# The theme of a country's people, as aliases.txt names it, and the family of the dead and wounded.
_PEOPLE: Final = "people"
_LOSSES: Final = "disaster"
_NOBODY: Final = frozenset[str]()
# Years of other wars; later ones are written like figures.
_LAST_CENTURY: Final = re.compile(r"(?<![\d.,])19[3-9]\d(?!\d)")
# A count of a hundred and more, and no year.
_FIGURE: Final = re.compile(
    r"(?<![\d.,])(?!(?:19|20)\d\d(?!\d))\d{1,3}(?:[., ]?\d{3})+(?!\d)|(?<![\d.,])\d{3}(?!\d)"
)
# Whatever folds to a digit, above all digits.
_NUMERAL: Final = re.compile(
    r"[\d\u00b2-\u00be\u2070-\u2189\u2460-\u24ff\u3200-\u33ff\U0001f100-\U0001f10f]"
)


@dataclass(frozen=True, slots=True, eq=False)
class Naming:
    """What one mention counts for, one object for all that are alike.

    `names` are its concepts, none where it counts for nothing; `weak` says that the spelling
    alone proves nothing, `own` that the actors own it. `faint` are bound themes that count only
    beside a surer act of the actors, for they are weak and nobody's.
    """

    names: tuple[str, ...]
    weak: bool
    own: bool
    faint: tuple[str, ...]


class Kept(NamedTuple):
    """What of a sentence counts for some actors.

    `sure` are the concepts of mentions that prove something; `past` says that it is of other
    times, `compared` that it names the actors to tell them from others.
    """

    mentions: Sequence[Mention]
    namings: Sequence[Naming]
    sure: frozenset[str]
    past: bool
    compared: bool


class Part:
    """The part that the concepts of a spelling have in who owns what, and in what counts."""

    def __init__(self, names: tuple[str, ...], concepts: Mapping[str, Concept]) -> None:
        """Of the concepts of these names."""
        known = [concepts[name] for name in names]
        self._known = known
        self._namings: dict[tuple[bool, ...], Naming] = {}
        self.theme = any(each.kind == "theme" for each in known)
        self.bound = any(each.bound for each in known)
        self.entity = any(each.kind == "entity" for each in known)
        self.entities = frozenset(
            each.name for each in known if each.kind == "entity" and not each.part_of
        )
        # Whom it may be about ("unlike the North Koreans"), besides those who own it.
        self.about = frozenset(names if _PEOPLE in names else ())
        self.past = frozenset(each.name for each in known if each.past)
        self.compares = {each.name: each.compares for each in known if each.compares}
        # What it counts for where it proves something and nobody owns it.
        self.free = self.naming(weak=False, written=True, owned=False, own=False, lost=False)

    def naming(self, *, weak: bool, written: bool, owned: bool, own: bool, lost: bool) -> Naming:
        """What a mention counts for that is `written` as names are, and owned by anybody or `own`.

        Losses count for nothing where they are `lost` to others than the actors.
        """
        key = weak, written, owned, own, lost
        if key not in self._namings:
            names, faint = list[str](), list[str]()
            for each in self._known:
                if each.kind == "entity" and not written:
                    continue
                if each.bound and not own and (owned or weak):
                    faint += [] if owned else [each.name]
                elif not (lost and _LOSSES in each.families):
                    names.append(each.name)
            self._namings[key] = Naming(tuple(names), weak, own, tuple(faint))
        return self._namings[key]


class Reading:
    """What a sentence names, and for each theme named whose it is: the entities right beside it.

    `owners` is empty for a theme that stands free, and for entities. A name behind it with
    a preposition attached ("to Russia" in one word) stands apart and owns nothing. `whose`
    are the owners, or without any what follows behind "from" or "of". `owned`
    are the places of bound themes that have an owner. Shared by all stories: leave the
    lists as they are.
    """

    __slots__ = (
        "_kept", "_many", "_owning", "_parts", "_past", "mentions", "owned", "owners", "text", "whose",
    )  # fmt: skip

    def __init__(self, text: str, mentions: Sequence[Mention], parts: Sequence[Part]) -> None:
        """Of the mentions in a sentence, and the part of each."""
        self.text = text
        self.mentions = mentions
        self._parts = parts
        self.owners: list[frozenset[str]] = []
        self.whose: list[Collection[str]] = []
        self.owned: list[int] = []
        owning = _NOBODY
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
                    self.owned.append(at)
            self.owners.append(owners)
            behind = at < last and not owners and mentions[at + 1].of
            whose = mentions[at + 1].concepts if behind else owners
            if whose or part.about:
                owning = owning.union(whose, part.about)
            self.whose.append(whose)
        self._owning = owning
        self._kept: dict[frozenset[str], Kept] = {}
        self._many: bool | None = None
        self._past = _NUMERAL.search(text) is not None and (
            _LAST_CENTURY.search(plain(text)) is not None
        )

    @property
    def many(self) -> bool:
        """Whether it counts a hundred or more of something."""
        if self._many is None:
            self._many = _NUMERAL.search(self.text) is not None and (
                _FIGURE.search(plain(self.text)) is not None
            )
        return self._many

    def kept(self, actors: frozenset[str]) -> Kept:
        """What of it counts where these are a story's actors."""
        own = actors & self._owning if self._owning else _NOBODY
        if own not in self._kept:
            self._kept[own] = self._keep(own)
        return self._kept[own]

    def _keep(self, actors: frozenset[str]) -> Kept:
        others = self._others(actors) if self.owned else ()
        kept: list[Mention] = []
        namings: list[Naming] = []
        sure = set[str]()
        past, compared = self._past, False
        for at, mention in enumerate(self.mentions):
            part, whose = self._parts[at], self.whose[at]
            if whose or mention.weak:
                naming = part.naming(
                    weak=mention.weak,
                    written=not (part.entity and mention.weak)
                    or is_written_as_name(mention.text.split(" ")[0], self.text),
                    owned=bool(self.owners[at]),
                    own=not actors.isdisjoint(whose),
                    lost=at in others,
                )
            else:
                naming = part.free
            if naming.names:
                kept.append(mention)
                if not mention.weak:
                    sure.update(mention.concepts)
                if part.past or part.compares:
                    past = past or not part.past.isdisjoint(naming.names)
                    compared = compared or any(
                        self._compares(at, where, actors)
                        for name, where in part.compares.items()
                        if name in naming.names
                    )
            if naming.names or naming.faint:
                namings.append(naming)
        return Kept(kept, namings, frozenset(sure), past, compared)

    def _compares(self, at: int, where: str, actors: frozenset[str]) -> bool:
        """Whether the actor's troops stand beside a word like "unlike", on the side that it speaks of.

        Its troops or people, for "contrary to Pyongyang's claims" tells of the story.
        """
        marker = self.mentions[at]
        troops = [near for near in self.owned if self.owners[near] & actors]
        people = [
            near for near, part in enumerate(self._parts) if not actors.isdisjoint(part.about)
        ]
        for near in (*troops, *people):
            each = self.mentions[near]
            apart = each.first - marker.last if where == "next" else marker.first - each.last
            if 0 < apart <= _COMPARED:
                return True
        return False

    def _others(self, actors: frozenset[str]) -> frozenset[int]:
        """Which mentions stand right beside the name of a country whose troops stand there too.

        "Wounded Russian soldiers" are no losses of the actor's.
        """
        foreign = [(at, theirs) for at in self.owned if (theirs := self.owners[at] - actors)]
        return frozenset(
            at
            for at, owned in enumerate(self.owners if foreign else ())
            if owned
            and owned.isdisjoint(actors)
            and any(abs(near - at) <= _BESIDE and owned & theirs for near, theirs in foreign)
        )


@lru_cache(maxsize=32)
def is_written_as_name(word: str, text: str) -> bool:
    """Whether a doubtful spelling begins with a capital somewhere, where its script has them.

    "kim" is who in Turkish, and whom in Polish. Asked once for all places of a word: each time
    the whole text is gone through.
    """
    if not (word.islower() and word in text):
        return True
    return word.capitalize() in text or word.upper() in text
