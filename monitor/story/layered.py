"""Tables over a shared one, which stays as it is: what a story adds costs what it adds.

Only what looks keys up is laid over; going through one gives its own alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Over(dict[K, V]):
    """A table whose keys are looked for in itself, and then in the one below. No value is None."""

    __slots__ = ("_below",)

    def __init__(self, below: Mapping[K, V]) -> None:
        """Empty over `below`."""
        super().__init__()
        self._below = below

    def __contains__(self, key: object) -> bool:
        return super().__contains__(key) or key in self._below

    def __missing__(self, key: K) -> V:
        return self._below[key]

    def get(self, key: K, default: V | None = None) -> V | None:  # type: ignore[override]
        """The value of a key of either."""
        found = super().get(key)
        return self._below.get(key, default) if found is None else found


class OverSet(set[K]):
    """A set whose members are looked for in itself, and then in the one below."""

    __slots__ = ("_below",)

    def __init__(self, below: AbstractSet[K]) -> None:
        """Empty over `below`."""
        super().__init__()
        self._below = below

    def __contains__(self, member: object) -> bool:
        return super().__contains__(member) or member in self._below
