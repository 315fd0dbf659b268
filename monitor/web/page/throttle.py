"""How often a wrong password may be tried: some at once, then one in a while, each by a count of its own.

A browser that was in before has its own count, so that no stranger can lock it out; all
strangers have one more together, so that many machines try no faster than that.
"""

from __future__ import annotations

from typing import Final

_AT_ONCE: Final = 10
_EVERY: Final = 10.0  # seconds
_ALL: Final = (60, 1.0)  # the same of all strangers together
_MOST: Final = 1_000  # askers that are remembered


class Throttle:
    """Counts in memory, by seconds of any clock that is never set back."""

    def __init__(self) -> None:
        """Nobody has tried."""
        # When each of them will have its whole count again.
        self._whole: dict[str, float] = {}
        self._all = 0.0

    def wait(self, who: str, now: float, *, known: bool) -> float:
        """Seconds until a try of `who` is looked at; 0 for now."""
        own = self._whole.get(who, now) - now - (_AT_ONCE - 1) * _EVERY
        count, every = _ALL
        others = 0.0 if known else self._all - now - (count - 1) * every
        return max(own, others, 0.0)

    def wrong(self, who: str, now: float, *, known: bool) -> None:
        """Note a wrong password."""
        self._whole[who] = max(self._whole.pop(who, now), now) + _EVERY
        if len(self._whole) > _MOST:
            # Whoever is whole again soonest: the least is lost of what is known.
            del self._whole[min(self._whole, key=self._whole.__getitem__)]
        if not known:
            self._all = max(self._all, now) + _ALL[1]
