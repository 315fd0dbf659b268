"""What a passage shows of a story, as bits of one number: what two show together is `one | other`.

The bits below are the same for every story. Its `Code` gives the others theirs: groups of the
user's own, groups named in doubt, and each concept that is a kind of *what* or a hint.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from itertools import count
from operator import or_
from typing import Final

from monitor.story.concepts import Concept
from monitor.story.reading import Kept, Naming, Reading
from monitor.story.roles import TELLING, Role

# The actor stands right beside its act; a place of the story is named; other times are; the
# event says itself to be in another country; the actor is named to tell it from others.
OWN: Final = 1 << 0
SCENE: Final = 1 << 1
PAST: Final = 1 << 2
ABROAD: Final = 1 << 3
COMPARED: Final = 1 << 4
# Something near the story, letters of leaders to each other, another theme.
NEAR: Final = 1 << 5
LETTERS: Final = 1 << 6
OTHER: Final = 1 << 7
# Two of the story's company, or a great number, which hint at it as some words do.
_COMPANY: Final = 1 << 8
_FIGURE: Final = 1 << 9
# The groups that are proposed, named for sure.
WHO: Final = 1 << 10
WITH: Final = 1 << 11
WHAT: Final = 1 << 12
_GROUPS: Final = {"who": WHO, "with": WITH, "what": WHAT}
_FIXED: Final = 13
_LETTERS: Final = "messages"
_PEOPLE: Final = "people"
_MULTITUDE: Final = "multitude"
_WAR: Final = "war"
_LOSSES: Final = ("casualties", "captivity")


class Code(dict[Naming, int]):
    """The bits of a story: `code[naming]` are those that a mention shows, remembered.

    `groups` are those named for sure, by name; `named` all of them, and `needed` those that are
    required. `kind` and `hint` are by concept; `kinds` and `hints` all of them, `telling`, `many`
    and `people` some.
    """

    def __init__(
        self,
        roles: Mapping[str, Role],
        concepts: Mapping[str, Concept],
        groups: Iterable[str],
        required: Sequence[str],
    ) -> None:
        """Give the groups and concepts of a story their bits."""
        super().__init__()
        self._roles = roles
        self.required = required
        free = (1 << at for at in count(_FIXED))
        self.groups = dict(_GROUPS)
        for name in (*groups, *required):
            if name not in self.groups:
                self.groups[name] = next(free)
        self.named = _all(self.groups)
        self._named = _Named(self.groups)
        self.needed = _all({name: self.groups[name] for name in required})
        # A group named in doubt has the bit of one named for sure, so many places higher.
        self.doubt = len(self.groups)
        self.doubtful = self.named << self.doubt
        free = (1 << at for at in count(self.doubtful.bit_length()))
        self.hint = {name: next(free) for name, role in roles.items() if role.hint}
        self.hints = _all(self.hint) | _COMPANY | _FIGURE
        self.people = self.hint.get(_PEOPLE, 0)
        self.many = self.hint.get(_MULTITUDE, 0) | _FIGURE
        kinds = [name for name, role in roles.items() if role.act or concepts[name].bound]
        self.kind = {name: next(free) for name in kinds}
        self.kinds = _all(self.kind)
        self.war = self.hint.get(_WAR, 0)
        self.losses = _all({name: bit for name, bit in self.kind.items() if name in _LOSSES})
        self.telling = _all(
            {name: bit for name, bit in self.kind.items() if concepts[name].weight >= TELLING}
        )
        self._weights = sorted(
            ((concepts[name].weight, bit) for name, bit in self.kind.items()), reverse=True
        )
        # For a while only: acts that count beside a surer one, and the company that is named.
        self._faint = {name: next(free) for name in kinds}
        self._company = {name: next(free) for name, role in roles.items() if role.company}
        self._faints, self._companies = _all(self._faint), _all(self._company)
        self._unsettled = self._faints | self._companies

    def __missing__(self, naming: Naming) -> int:
        found = 0
        for name in naming.names:
            role = self._roles[name]
            doubted = naming.weak and not role.bound
            for group in role.groups:
                found |= self.groups[group] << (self.doubt if doubted else 0)
            if role.act:
                found |= (
                    self.kind[name] | ABROAD * role.abroad | OWN * (naming.own and role.telling)
                )
            elif role.near:
                found |= NEAR | LETTERS * (name == _LETTERS)
            elif role.scene:
                found |= SCENE
            elif role.other:
                found |= OTHER
            elif role.hint:
                found |= self.hint[name]
            elif role.company and not naming.weak:
                found |= self._company[name]
        for name in naming.faint:
            found |= self._faint[name]
        self[naming] = found
        return found

    def of(self, reading: Reading, kept: Kept) -> int:
        """What a sentence shows by what is kept of it."""
        found = reduce(or_, map(self.__getitem__, kept.namings), 0)
        if found & (self._unsettled | OWN):
            found = self._settled(found, reading)
        return found | PAST * kept.past | COMPARED * kept.compared

    def _settled(self, found: int, reading: Reading) -> int:
        if found & self._faints and found & self.kinds and found & WHO:
            for name, bit in self._faint.items():
                found |= self.kind[name] if found & bit else 0
        company = found & self._companies
        if company & (company - 1):
            found |= _COMPANY
        if (company or found & OWN) and reading.many:
            found |= _FIGURE
        return found & ~self._unsettled

    def weight(self, signs: int) -> float:
        """The weight of the weightiest kind that is shown."""
        return next(weight for weight, bit in self._weights if signs & bit)

    def either(self, group: str) -> int:
        """The bits of a group, named for sure or in doubt."""
        return self.groups[group] | self.groups[group] << self.doubt

    def named_at_all(self, signs: int) -> frozenset[str]:
        """The groups that are named, for sure or in doubt."""
        named = (signs | signs >> self.doubt) & self.named
        return self._named[named]

    def missing(self, groups: int) -> list[str]:
        """The required groups that are not among these."""
        return [name for name in self.required if not groups & self.groups[name]]


class _Named(dict[int, frozenset[str]]):
    """The names of the groups by their bits, made when they are first asked for."""

    def __init__(self, groups: Mapping[str, int]) -> None:
        super().__init__()
        self._groups = groups

    def __missing__(self, bits: int) -> frozenset[str]:
        self[bits] = found = frozenset(name for name, bit in self._groups.items() if bits & bit)
        return found


def _all(bits: Mapping[str, int]) -> int:
    return reduce(or_, bits.values(), 0)
