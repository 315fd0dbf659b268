"""What a sentence names, read once for all stories, and which of it counts for one's actors.

What counts depends on no more of a story than who its actors are, and of these only on those
that own something in the sentence: nearly all stories see the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Final, NamedTuple

from monitor.story.concepts import Concept
from monitor.story.lexicon import Hits, Mention
from monitor.story.tokens import plain
from monitor.story.tree import Ending

# How many mentions apart a country's troops stand beside its losses.
_BESIDE: Final = 2
# How many words from "unlike" the troops that it speaks of stand at the most.
_COMPARED: Final = 4
# The theme of a country's people, as aliases.txt names it, and the family of the dead and wounded.
_PEOPLE: Final = "people"
_LOSSES: Final = "disaster"
_NOBODY: Final = frozenset[str]()
_NAMES: Final = attrgetter("names")
# In the patterns below what must not stand before comes behind the first digit, which `re` so
# looks for at once, and digits are listed: it looks a class up much faster than a category.
# Years of other wars; later ones are written like figures.
_LAST_CENTURY: Final = re.compile(r"19[3-9]\d(?<![\d.,]\d{4})(?!\d)")
# A count of a hundred and more, and no year.
_FIGURE: Final = re.compile(
    r"[0-9](?<![\d.,].)(?:(?!(?<=1)9\d\d(?!\d)|(?<=2)0\d\d(?!\d))\d{,2}(?:[., ]?\d{3})+(?!\d)|\d\d(?!\d))"
)
# Where the ten digits of each script begin.
_ZEROS: Final = (
    "0"
    "\u0660\u06f0\u07c0\u0966\u09e6\u0a66\u0ae6\u0b66\u0be6\u0c66\u0ce6\u0d66"
    "\u0de6\u0e50\u0ed0\u0f20\u1040\u1090\u17e0\u1810\u1946\u19d0\u1a80\u1a90"
    "\u1b50\u1bb0\u1c40\u1c50\ua620\ua8d0\ua900\ua9d0\ua9f0\uaa50\uabf0\uff10"
)
# Whatever folds to a digit, above all digits; beyond them what seldom stands in news.
_NUMERAL: Final = re.compile(
    f"[{''.join(f'{zero}-{chr(ord(zero) + 9)}' for zero in _ZEROS)}\u00b2-\u00be\u2070-\u2189\u2460-\u24ff\u3200-\u33ff\U00010000-\U0010ffff]"
)


@dataclass(frozen=True, slots=True, eq=False)
class Naming:
    """What one mention counts for, one object for all that are alike.

    `names` are the concepts that count, none where it counts for nothing; `weak` says that the
    spelling alone proves nothing, `own` that the actors own it. `faint` are bound themes that
    count only beside a surer act of the actors, for they are weak and nobody's. `sure` are all
    its concepts where it proves something; `past` says that it is of other times, `compares`
    on which side it tells somebody from others.
    """

    names: tuple[str, ...]
    weak: bool
    own: bool
    faint: tuple[str, ...]
    sure: tuple[str, ...]
    past: bool
    compares: tuple[str, ...]


class Kept(NamedTuple):
    """What of a sentence counts for some actors.

    `named` says that anything does; `sure` are the concepts of mentions that prove something;
    `past` says that it is of other times, `compared` that it names the actors to tell them from
    others.
    """

    namings: Sequence[Naming]
    named: bool
    sure: frozenset[str]
    past: bool
    compared: bool


class Part:
    """The part that what a spelling says has in who owns what, and in what counts."""

    def __init__(self, ending: Ending, concepts: Mapping[str, Concept]) -> None:
        """Of what it says; `concepts` are all that are known."""
        known = [concepts[name] for name in ending.concepts]
        self._known = known
        self._namings: dict[tuple[bool, bool, bool, bool], Naming] = {}
        self.apart = ending.apart
        self.weak = ending.weak
        self.theme = any(each.kind == "theme" for each in known)
        self.bound = any(each.bound for each in known)
        self.entities = frozenset(
            each.name for each in known if each.kind == "entity" and not each.part_of
        )
        self.owners = self.entities if self.theme else _NOBODY
        self.doubted = self.weak and any(each.kind == "entity" for each in known)
        # The people of somebody ("unlike the North Koreans").
        people = _PEOPLE in ending.concepts
        self.about = frozenset(ending.concepts).difference((_PEOPLE,)) if people else _NOBODY
        # What it counts for where nobody owns it, unless more must be asked.
        self.free = self.naming(written=True, owned=False, own=False, lost=False)
        self.odd = bool(self.weak or self.owners or self.about) or any(
            each.past or each.compares for each in known
        )

    def naming(self, *, written: bool, owned: bool, own: bool, lost: bool) -> Naming:
        """What a mention counts for that is `written` as names are, and owned by anybody or `own`.

        Losses count for nothing where they are `lost` to others than the actors.
        """
        key = written, owned, own, lost
        if key not in self._namings:
            kept, faint = list[Concept](), list[str]()
            for each in self._known:
                if each.kind == "entity" and not written:
                    continue
                if each.bound and not own and (owned or self.weak):
                    faint += [] if owned else [each.name]
                elif not (lost and _LOSSES in each.families):
                    kept.append(each)
            self._namings[key] = Naming(
                tuple(each.name for each in kept), self.weak, own, tuple(faint),
                tuple(each.name for each in self._known if kept and not self.weak),
                any(each.past for each in kept),
                tuple(each.compares for each in kept if each.compares),
            )  # fmt: skip
        return self._namings[key]


class Reading:
    """What a sentence names, whose it is and what of it counts; shared by all stories.

    By the place of a mention `owners` are the entities that stand right beside a theme; one that
    stands free has none. A name behind it with a preposition attached ("to Russia" in one word)
    stands apart and owns nothing. `whose` are the owners, or without any what follows behind
    "from" or "of". `owned` are the places of bound themes that have an owner.
    """

    __slots__ = (
        "_actors", "_hits", "_kept", "_many", "_mentions", "_namings", "_numeral", "_odd", "_parts",
        "owned", "owners", "text", "whose",
    )  # fmt: skip

    def __init__(self, text: str, hits: Hits, parts: Sequence[Part]) -> None:
        """Of the spellings found in a sentence, and the part of each."""
        self.text = text
        self._numeral = _NUMERAL.search(text) is not None
        self._hits = hits
        self._parts = parts
        self._mentions: Sequence[Mention] | None = None
        self._many: bool | None = None
        self._kept: dict[frozenset[str], Kept] = {}
        self._namings = [part.free for part in parts]
        odd = [at for at, part in enumerate(parts) if part.odd]
        self.owners: dict[int, frozenset[str]] = {}
        self.whose: dict[int, Collection[str]] = {}
        self.owned: Sequence[int] = []
        self._odd: Sequence[int] = []
        self._actors = _NOBODY
        if odd or hits.beside:
            self._belong(odd)

    def _belong(self, odd: Sequence[int]) -> None:
        """Find whose each is, and what may count for less than alone: these and what is `odd`."""
        hits, parts = self._hits, self._parts
        for at in odd:
            if owners := parts[at].owners:
                self.owners[at] = owners
        for at in hits.beside:
            part, before = parts[at], parts[at - 1]
            if hits.found[at][3]:
                if at - 1 not in self.owners:
                    self.whose[at - 1] = hits.found[at][0].concepts
                continue
            if part.theme and before.entities:
                self.owners[at] = self.owners.get(at, _NOBODY) | before.entities
            if before.theme and part.entities and not part.apart:
                self.owners[at - 1] = self.owners.get(at - 1, _NOBODY) | part.entities
        self.whose |= self.owners
        self.owned = [at for at in sorted(self.owners) if parts[at].bound]
        self._odd = sorted({*odd, *self.whose})
        self._actors = _NOBODY.union(*self.whose.values(), *[parts[at].about for at in odd])

    @property
    def mentions(self) -> Sequence[Mention]:
        """What it names, in order: leave the list as it is."""
        if self._mentions is None:
            self._mentions = self._hits.mentions()
        return self._mentions

    @property
    def concepts(self) -> Sequence[tuple[str, ...]]:
        """The concepts that each of its mentions stands for."""
        return [hit[0].concepts for hit in self._hits.found]

    @property
    def many(self) -> bool:
        """Whether it counts a hundred or more of something."""
        if self._many is None:
            self._many = self._numeral and _FIGURE.search(plain(self.text)) is not None
        return self._many

    def kept(self, actors: frozenset[str]) -> Kept:
        """What of it counts where these are a story's actors."""
        own = actors & self._actors if self._actors else _NOBODY
        found = self._kept.get(own)
        if found is None:
            found = self._kept[own] = self._keep(own)
        return found

    def _keep(self, actors: frozenset[str]) -> Kept:
        namings = self._namings
        past = self._numeral and _LAST_CENTURY.search(plain(self.text)) is not None
        compared = False
        others = self._others(actors) if self.owned else ()
        if self._odd:
            namings = namings.copy()
        for at in self._odd:
            part = self._parts[at]
            namings[at] = naming = part.naming(
                written=not part.doubted or self._is_written_as_name(at),
                owned=at in self.owners,
                own=at in self.whose and not actors.isdisjoint(self.whose[at]),
                lost=at in others,
            )
            past = past or naming.past
            for where in naming.compares:
                compared = compared or self._compares(at, where, actors)
        named = any(map(_NAMES, namings))
        sure = _NOBODY.union(*[naming.sure for naming in namings])
        return Kept(namings, named, sure, past, compared)

    def _is_written_as_name(self, at: int) -> bool:
        _, first, _, _ = self._hits.found[at]
        return _is_written_as_name(self._hits.words[first][0], self.text)

    def _compares(self, at: int, where: str, actors: frozenset[str]) -> bool:
        """Whether the actor's troops stand beside a word like "unlike", on the side that it speaks of.

        Its troops or people, for "contrary to Pyongyang's claims" tells of the story.
        """
        _, begin, end, _ = self._hits.found[at]
        troops = [near for near in self.owned if self.owners[near] & actors]
        people = [near for near, part in enumerate(self._parts) if part.about & actors]
        for near in (*troops, *people):
            _, first, last, _ = self._hits.found[near]
            apart = first - end if where == "next" else begin - last
            if 0 < apart <= _COMPARED:
                return True
        return False

    def _others(self, actors: frozenset[str]) -> Collection[int]:
        """Which mentions stand right beside the name of a country whose troops stand there too.

        "Wounded Russian soldiers" are no losses of the actor's.
        """
        foreign = [(at, theirs) for at in self.owned if (theirs := self.owners[at] - actors)]
        return [
            at
            for at, owners in (self.owners.items() if foreign else ())
            if owners.isdisjoint(actors)
            and any(abs(near - at) <= _BESIDE and owners & theirs for near, theirs in foreign)
        ]


@lru_cache(maxsize=32)
def _is_written_as_name(word: str, text: str) -> bool:
    """Whether a doubtful spelling begins with a capital somewhere, where its script has them.

    "kim" is who in Turkish, and whom in Polish. Asked once for all places of a word: each time
    the whole text is gone through.
    """
    if not (word.islower() and word in text):
        return True
    return word.capitalize() in text or word.upper() in text
