"""What a poll teaches of its source, and when the next one is: written down, not judged."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.alert.hold import AWAY
from monitor.errors import FetchError, ParseError
from monitor.fetch.freshness import max_age
from monitor.model import Source
from monitor.parts import Parts
from monitor.schedule import after_failure, learn, next_poll
from monitor.store.sources import SourceState
from monitor.store.subscriptions import BREATH, Subscription
from monitor.visit import Visit

# A hub that spoke while the poll before was still under way has announced what this one found.
_MEANT = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a reading brought. `flood` is the number of the flood it came as."""

    entries: int = 0
    fresh: int = 0
    gap: bool = False
    flood: int | None = None
    published: tuple[datetime, ...] = ()


class Pace:
    """Writes the outcome of polls into the store's schedule."""

    def __init__(self, parts: Parts) -> None:
        """Use a store whose transactions the caller holds."""
        self._settings = parts.config.poll
        self._store = parts.store
        self._clock = parts.clock

    def answered(self, source: Source, state: SourceState, seen: Visit, news: News) -> None:
        """Note the answer, what it teaches of the source's pace, and when to come again."""
        now = self._clock()
        self._back(state, now)
        rhythm = learn(
            seen.memory.rhythm,
            now=now,
            # What a baseline or an upheaval brings says nothing of the pace.
            since=None if state.baseline or news.flood else state.last_read,
            entries=news.entries,
            fresh=news.fresh,
            gap=news.gap,
            published=news.published,
        )
        pushed = self._pushed(state, news, now)
        at = next_poll(
            now,
            source,
            self._settings,
            luck=random.random(),  # noqa: S311 - jitter
            rhythm=rhythm,
            ttl=seen.memory.ttl,
            max_age=max_age(seen.headers),
            pushed=pushed is not None and self._store.subscriptions.believed(pushed, now),
        )
        if pushed and pushed.told_at and pushed.told_at >= seen.began:
            # A hub spoke while we were reading: it may have meant more than we saw.
            at = min(at, now + BREATH)
        self._store.sources.answered(
            source.name, now=now, next_poll=at, memory=replace(seen.memory, rhythm=rhythm)
        )
        # What was read names all there are; an index that has become a feed names none, and before
        # a first reading none are kept.
        if seen.children or (seen.outcome == "read" and not state.baseline):
            self._store.sources.keep_children(source.name, seen.children)

    def _back(self, state: SourceState, now: datetime) -> None:
        """Note the end of a long absence of the network: what comes now is told in one message.

        The first source that is read notes it, before what it brought is judged. Without a
        daemon nobody would send that message in its time.
        """
        if state.last_read is None or now - state.last_read < AWAY:
            return
        if not self._store.ledger.in_a_row(state.name, "offline"):
            return
        table = self._store.bulletins
        alive, last = table.alive(), self._store.sources.last_read()
        if alive and last and abs(now - alive) < AWAY <= now - last:
            table.wake(last, now)

    def _pushed(self, state: SourceState, news: News, now: datetime) -> Subscription | None:
        """The source's subscription; noted in it if its hub said nothing of this news."""
        table = self._store.subscriptions
        known = table.of(state.name)
        if known is None or state.last_poll is None or not news.fresh or news.flood:
            return known
        if known.told_at is None or known.told_at < state.last_poll - _MEANT:
            known = replace(known, missed_at=now)
            table.keep(known)
        return known

    def failed(self, source: Source, state: SourceState, error: FetchError | ParseError) -> None:
        """Note a failure, and when to try again."""
        now, sources, ledger = self._clock(), self._store.sources, self._store.ledger
        at = after_failure(
            now,
            source,
            self._settings,
            failure=error.failure,
            failures=state.failures + 1,
            retry_after=error.retry_after if isinstance(error, FetchError) else None,
            luck=random.random(),  # noqa: S311 - jitter
            rhythm=state.memory.rhythm,
            gone=ledger.in_a_row(source.name, "gone") + 1,
        )
        if error.failure == "offline":
            sources.postponed(source.name, next_poll=at, detail=error.detail)
        else:
            sources.failed(
                source.name,
                now=now,
                next_poll=at,
                failure=error.failure,
                detail=error.detail,
                # Some servers refuse conditional requests (412) rather than answer them.
                forget=error.failure == "client-error",
            )
        ledger.poll(source.name, now=now, outcome=error.failure, detail=error.detail)
