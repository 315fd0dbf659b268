"""One poll, from due source to stored entries: order only, no judgement.

    due | fetch | read entries | unseen | glance | record

What the headline rules out is settled at once; the rest waits in the table of
entries for `read`. The two halves meet only there, so a process killed in either
loses nothing: each ends in one transaction, and a poll that was not recorded
leaves the validators as they were.
"""

from __future__ import annotations

import asyncio
import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.errors import FetchError, ParseError
from monitor.identify.article import identify
from monitor.identify.entries import key_entries
from monitor.model import Entry, Fetched, Match, NotModified, Reading, Source
from monitor.parse import read_entries
from monitor.parts import Parts
from monitor.schedule import after_failure, next_poll
from monitor.settle import Settler
from monitor.store.entries import Provenance, provenance
from monitor.store.sources import SourceState
from monitor.story.match import look_at

# Entries glanced at, or stored, between two breaths of the event loop: the first costs a
# third of a millisecond, the second three.
_BREATH = 25
# No headline is longer. One of a megabyte would hold up the judges for seconds, and the
# alert would be too large for any mail server.
_TITLE = 1_000
# Nor is a text: the judges read about a megabyte a second, and the loop waits for them.
_TEXT = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What one poll came to.

    `outcome` is new, same (read, nothing new in it), unchanged (the very bytes),
    not-modified (304), or a failure by its name.
    """

    source: str
    outcome: str
    detail: str = ""
    entries: int = 0
    fresh: int = 0
    pending: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """An entry not seen before, after its headline was judged."""

    key: str
    entry: Entry
    matches: tuple[Match, ...]
    score: float
    wanted: bool


class Poller:
    """Polls sources over a shared store, client and set of workers."""

    def __init__(self, parts: Parts) -> None:
        """Take what is shared; nothing is opened or closed here."""
        self._settings = parts.config.poll
        self._profiles = parts.profiles
        self._store = parts.store
        self._client = parts.client
        self._workers = parts.workers
        self._clock = parts.clock
        self._settler = Settler(parts.config, parts.store, parts.clock)

    async def poll(self, source: Source) -> Polled:
        """Visit a declared source and store what it shows. Raises StoreError only."""
        state = self._store.sources.state(source.name)
        assert state is not None, f"{source.name} was not declared to the store"
        try:
            answer = await self._client.get(
                source.url,
                validators=state.validators,
                headers=source.headers,
                private=source.private,
            )
            if isinstance(answer, NotModified):
                return self._nothing_new(source, "not-modified", answer, state.body_hash)
            body_hash = hashlib.sha256(answer.body).hexdigest()
            if body_hash == state.body_hash:
                return self._nothing_new(source, "unchanged", answer, body_hash)
            reading = await self._workers.run(read_entries, source, answer)
        except (FetchError, ParseError) as error:
            return self._failed(source, state.failures + 1, error)
        # A search may find nothing; a paper that has run out of articles is broken.
        if not reading.entries and source.kind != "search" and self._had_entries(source):
            empty = ParseError("it shows no entries any more", failure="empty")
            return self._failed(source, state.failures + 1, empty)
        return await self._record(source, answer, reading, body_hash, state)

    def _had_entries(self, source: Source) -> bool:
        return self._store.entries.any_of(source.name)

    def _nothing_new(
        self, source: Source, outcome: str, answer: Fetched | NotModified, body_hash: str | None
    ) -> Polled:
        with self._store.transaction():
            self._answered(source, answer, body_hash)
            self._store.ledger.poll(source.name, now=self._clock(), outcome=outcome)
        return Polled(source=source.name, outcome=outcome)

    def _answered(
        self, source: Source, answer: Fetched | NotModified, body_hash: str | None
    ) -> None:
        now = self._clock()
        self._store.sources.answered(
            source.name,
            now=now,
            next_poll=next_poll(now, source, self._settings, luck=random.random()),  # noqa: S311 - jitter
            validators=answer.validators,
            body_hash=body_hash,
        )

    def _failed(self, source: Source, failures: int, error: FetchError | ParseError) -> Polled:
        now = self._clock()
        at = after_failure(
            now,
            source,
            self._settings,
            failure=error.failure,
            failures=failures,
            retry_after=error.retry_after if isinstance(error, FetchError) else None,
            luck=random.random(),  # noqa: S311 - jitter
        )
        with self._store.transaction():
            self._store.sources.failed(
                source.name, now=now, next_poll=at, failure=error.failure, detail=error.detail
            )
            self._store.ledger.poll(
                source.name, now=now, outcome=error.failure, detail=error.detail
            )
        return Polled(source=source.name, outcome=error.failure, detail=error.detail)

    async def _record(
        self,
        source: Source,
        answer: Fetched,
        reading: Reading,
        body_hash: str,
        state: SourceState,
    ) -> Polled:
        entries = self._store.entries
        keyed = key_entries(source, [_clipped(entry) for entry in reading.entries])
        seen = entries.seen(source.name, list(keyed))
        # An entry under a new headline is looked at again; `fold` will call it a revision.
        fresh = [(k, e) for k, e in keyed.items() if k not in seen or seen[k] != e.title]
        looks: list[_Look] = []
        for number, (key, entry) in enumerate(fresh, 1):
            looks.append(self._glance(key, entry, source.language))
            if number % _BREATH == 0:
                await asyncio.sleep(0)
        wanted = sum(look.wanted for look in looks)
        polled = Polled(
            source=source.name,
            outcome="new" if fresh else "same",
            entries=len(keyed),
            fresh=len(fresh),
            pending=wanted,
        )
        gap = bool(keyed) and not seen and not state.baseline and self._had_entries(source)
        exchange = provenance(answer, body_hash)
        # A feed of thousands is stored in pieces, or everybody else would wait for the
        # writer's lock and for us. What ends the poll stands in the last one: a process
        # killed between two reads the feed again, and goes on after what is stored.
        while len(looks) > _BREATH:
            with self._store.transaction():
                self._store_looks(source, looks[:_BREATH], answer, exchange, state)
            del looks[:_BREATH]
            await asyncio.sleep(0)
        with self._store.transaction():
            now = self._clock()
            entries.touch(source.name, seen, now)
            self._store_looks(source, looks, answer, exchange, state)
            self._answered(source, answer, body_hash)
            self._store.ledger.poll(
                source.name,
                now=now,
                outcome=polled.outcome,
                entries=polled.entries,
                fresh=polled.fresh,
                size=len(answer.body),
                gap=gap,
                detail="; ".join(reading.notes) or None,
            )
        return polled

    def _store_looks(
        self,
        source: Source,
        looks: Sequence[_Look],
        answer: Fetched,
        exchange: Provenance,
        state: SourceState,
    ) -> None:
        """Add entries, and settle those that the headline rules out; inside a transaction."""
        now, entries, evidence = self._clock(), self._store.entries, self._store.evidence
        if any(look.wanted for look in looks) and not evidence.has_body(exchange.sha256):
            evidence.keep_body(answer.body)
        for look in looks:
            baseline = _told_before(look.entry, state, now)
            entry_id = entries.add(
                source.name,
                look.key,
                look.entry,
                now=now,
                baseline=baseline,
                headline_score=look.score,
                provenance=exchange if look.wanted else None,
            )
            if not look.wanted:
                article = identify(source, look.entry, None, now)
                settled = self._settler.settle(
                    entry_id, article, look.matches, baseline=baseline, brief=True
                )
                entries.settle(entry_id, settled.article_id, None)

    def _glance(self, key: str, entry: Entry, language: str | None) -> _Look:
        looks = {
            name: look_at(profile, entry, language) for name, profile in self._profiles.items()
        }
        matches = tuple(
            Match(
                story=name,
                score=look.score,
                threshold=self._profiles[name].story.threshold,
                band="off",
                reasons=(),
                rule=look.rule,
                profile=self._profiles[name].version,
            )
            for name, look in looks.items()
        )
        return _Look(
            key=key,
            entry=entry,
            matches=matches,
            score=max((look.score for look in looks.values()), default=0.0),
            wanted=not all(look.off for look in looks.values()),
        )


def _clipped(entry: Entry) -> Entry:
    title, summary, content = entry.title, entry.summary, entry.content
    if title is not None and len(title) > _TITLE:
        title = f"{title[: _TITLE - 1]}…"
    return replace(
        entry,
        title=title,
        summary=summary[:_TEXT] if summary else summary,
        content=content[:_TEXT] if content else content,
    )


def _told_before(entry: Entry, state: SourceState, now: datetime) -> bool:
    """Whether an entry belongs to the source's baseline: it was there when the source was named.

    A source that failed at first has its first reading late; what came out meanwhile,
    by a date that can be true, is news.
    """
    if not state.baseline:
        return False
    if state.last_poll is None or entry.published is None:
        return True
    return not state.declared < entry.published <= now
