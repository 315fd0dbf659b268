"""Politeness to hosts: one exchange at a time, a gap after each, and holds.

The gap runs from the end of one exchange to the start of the next: a server
that answers slowly is one in trouble, and start-to-start would give it no rest.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

_REMEMBERED = 10_000


@dataclass(slots=True)
class _Host:
    """Times are of the monotonic clock, seconds."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0
    gap: float = 0.0
    ended: float = float("-inf")
    held_until: float = float("-inf")


class Hosts:
    """Turns, gaps and holds of all hosts; one object for a whole daemon.

    `gap` is the least from the end of one exchange to the next, and may be changed.

    A hold may also be on one address of a host: then `host` is that address.
    At most `remembered` of all are kept, the least recently used forgotten first,
    never one in use. What is lost with a host is a gap that has long passed, a
    crawl delay that robots.txt sets again, or at worst a hold.
    """

    def __init__(
        self,
        gap: timedelta = timedelta(0),
        *,
        remembered: int = _REMEMBERED,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.gap = gap
        self._remembered = remembered
        self._clock = clock
        self._sleep = sleep
        self._hosts: OrderedDict[str, _Host] = OrderedDict()

    def __len__(self) -> int:
        return len(self._hosts)

    @asynccontextmanager
    async def turn(self, host: str, *, follow: bool = False) -> AsyncIterator[None]:
        """Hold the one place at `host`, waiting in line for it, first come first served.

        `follow`: the exchange goes on from one just ended there (a redirect within
        the host), which a reader would feel as one; the gap is not waited for.
        """
        state = self._state(host)
        state.users += 1
        try:
            async with state.lock:
                rest = state.ended + max(self.gap.total_seconds(), state.gap) - self._clock()
                if rest > 0 and not follow:
                    await self._sleep(rest)
                try:
                    yield
                finally:
                    state.ended = self._clock()
        finally:
            state.users -= 1

    def slow(self, host: str, gap: timedelta) -> None:
        """Ask for at least `gap` at `host`: its crawl delay. Nought ends it."""
        if gap or host in self._hosts:
            self._state(host).gap = gap.total_seconds()

    def hold(self, host: str, span: timedelta) -> None:
        """Let nobody ask `host` anything for `span`. A longer hold already there stays."""
        state = self._state(host)
        state.held_until = max(state.held_until, self._clock() + span.total_seconds())

    def held(self, host: str) -> timedelta | None:
        """How much longer `host` is held, None if it is not."""
        state = self._hosts.get(host)
        left = 0.0 if state is None else state.held_until - self._clock()
        return timedelta(seconds=left) if left > 0 else None

    def _state(self, host: str) -> _Host:
        if host not in self._hosts:
            self._make_room()
            self._hosts[host] = _Host()
        self._hosts.move_to_end(host)
        return self._hosts[host]

    def _make_room(self) -> None:
        if len(self._hosts) < self._remembered:
            return
        idle = next((name for name, state in self._hosts.items() if not state.users), None)
        if idle is not None:
            del self._hosts[idle]
