"""What is remembered of a source from poll to poll."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """The learnt pace of a source, in entries and hours; all of it fades with time.

    `arrivals` and `watched` are the entries that came and the hours that were overlooked
    in each hour of the day (24, UTC); empty means nothing yet.
    `window` is the least number of entries that the source showed lately, 0 when unknown.
    `half_turn` is the shortest time in which half of the window was seen to be replaced,
    None when it never was. `lately` is the rate of the last polls, entries an hour.
    """

    arrivals: tuple[float, ...] = ()
    watched: tuple[float, ...] = ()
    window: float = 0.0
    half_turn: float | None = None
    lately: float = 0.0

    def __post_init__(self) -> None:
        """Take lists for tuples, as JSON gives them back."""
        for name in ("arrivals", "watched"):
            value = getattr(self, name)
            if isinstance(value, list):
                object.__setattr__(self, name, tuple(value))
