"""One poll, from due source to stored entries: order only, no judgement.

    due | visit | unseen | glance | flood? | record

What the headline rules out is stored and settled at once, compared with nothing; the
rest waits in the table of entries for `read`. The two halves meet only there, so a process killed in either
loses nothing: each ends in one transaction, and a poll that was not recorded
leaves the validators as they were.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from monitor.alert.decide import OFF
from monitor.errors import FetchError, ParseError
from monitor.health import FLOOD, flood
from monitor.identify.article import identify
from monitor.model import Entry, Source
from monitor.pace import News, Pace
from monitor.parts import Parts
from monitor.settle import Settler
from monitor.sift import Fresh, Sifted, Sifter
from monitor.store.sources import SourceState
from monitor.visit import Visit, visit

# Entries that are stored in one piece, each a tenth of a millisecond; one that is compared
# (its address is known) counts as so many.
_PIECE, _COMPARED = 25, 5
# How long a server that called changed content unchanged is asked without conditions.
_DISTRUST = timedelta(days=7)


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


class Poller:
    """Polls sources over a shared store, client and set of workers."""

    def __init__(self, parts: Parts) -> None:
        """Take what is shared; nothing is opened or closed here."""
        self._parts = parts
        self._settings = parts.config.poll
        self._sifter = Sifter(parts)
        self._store = parts.store
        self._clock = parts.clock
        self._settler = Settler(parts.config, parts.store, parts.clock)
        self._pace = Pace(parts)

    async def poll(self, source: Source) -> Polled:
        """Visit a declared source and store what it shows. Raises StoreError only."""
        state = self._store.sources.state(source.name)
        assert state is not None, f"{source.name} was not declared to the store"
        try:
            seen = await visit(self._parts, source, state)
        except (FetchError, ParseError) as error:
            return await self._failed(source, state, error)
        if seen.outcome != "read":
            return await self._nothing_new(source, state, seen)
        # A search may find nothing, and a sitemap of news is empty after two still days, for
        # it may name none that is older; a paper that has run out of articles is broken.
        found = source.kind in {"search", "sitemap"} or any(
            each.reading.entries for each in seen.sightings
        )
        if not found and seen.complete and state.shown:
            empty = ParseError("it shows no entries any more", failure="empty")
            return await self._failed(source, state, empty)
        return await self._record(source, state, seen)

    async def _nothing_new(self, source: Source, state: SourceState, seen: Visit) -> Polled:
        def write() -> None:
            self._pace.answered(source, state, seen, News())
            self._store.ledger.poll(
                source.name,
                now=self._clock(),
                outcome=seen.outcome,
                detail="; ".join(seen.notes) or None,
            )

        await self._store.together.write(write)
        return Polled(source=source.name, outcome=seen.outcome)

    async def _failed(
        self, source: Source, state: SourceState, error: FetchError | ParseError
    ) -> Polled:
        await self._store.together.write(partial(self._pace.failed, source, state, error))
        return Polled(source=source.name, outcome=error.failure, detail=error.detail)

    async def _record(self, source: Source, state: SourceState, seen: Visit) -> Polled:
        sifted = await self._sifter.sift(source, state, seen)
        shown, known, fresh = sifted.shown, sifted.known, sifted.fresh
        # Where the reading before showed nothing, nothing of it can be left.
        gap = bool(shown) and not known and not state.baseline
        gap = gap and self._store.ledger.listed(source.name)
        unseen = [each for each in fresh if each.key not in known]
        # The rest of a flood may be too small to be one. A first reading is none.
        number = None
        if fresh and state.last_read is not None:
            number = self._store.entries.cut_flood(source.name, state.last_read)
        why = None if number else self._flood(source, state, unseen, sifted, gap=gap)
        if why:
            with self._store.transaction():
                number = self._store.health.begin_flood(source.name, why, self._clock())
        news = News(
            # Of a part nothing is told of the whole list.
            entries=len(shown) if seen.complete else 0,
            # A changed headline or summary is no new entry.
            fresh=len(unseen),
            gap=gap and seen.complete,
            flood=number,
            published=tuple(entry.published for entry, _ in shown.values() if entry.published),
        )
        polled = Polled(
            source=source.name,
            outcome="new" if fresh else "same",
            entries=len(shown),
            fresh=len(fresh),
            pending=sum(each.glanced.wanted for each in fresh),
        )
        notes = (*seen.notes, *filter(None, [why]))
        if seen.contradicts and fresh:
            distrusted = self._clock() + _DISTRUST
            seen = replace(seen, memory=replace(seen.memory, distrusted=distrusted))
            notes += ("it answered 304 to what had changed: not believed for a week",)
        # What is new at its key and ruled out is stored at once; whether its address is known
        # as well, and it is to be compared, shows then.
        quick = [each for each in fresh if each.glanced.wanted or _is_quick(each, known)]
        slow = [each for each in fresh if not (each.glanced.wanted or _is_quick(each, known))]

        def piece(quick: list[Fresh], slow: list[Fresh]) -> tuple[list[Fresh], list[Fresh]]:
            """Store what one piece may hold; with the last of them the poll ends. What is left."""
            now = self._clock()
            few = quick[:_PIECE]
            slow = slow + self._store_entries(source, state, few, number)
            compared = min((_PIECE - len(few)) // _COMPARED, len(slow))
            for each in slow[:compared]:
                self._compare(source, state, each, number)
            left = quick[_PIECE:], slow[compared:]
            if any(left):
                return left
            self._store.entries.touch(source.name, known, now)
            self._pace.answered(source, state, seen, news)
            self._store.ledger.poll(
                source.name,
                now=now,
                outcome=polled.outcome,
                entries=news.entries,
                fresh=polled.fresh,
                size=seen.size,
                gap=news.gap,
                detail="; ".join(notes) or None,
            )
            return left

        # A feed of thousands is stored in pieces, or everybody else would wait for the
        # writer's lock and for us. What ends the poll stands in the last one: a process
        # killed between two reads the feed again, and goes on after what is stored.
        left = quick, slow
        while any(left := await self._store.together.write(partial(piece, *left))):
            pass
        self._sifter.keep(source, sifted)
        return polled

    def _flood(
        self,
        source: Source,
        state: SourceState,
        fresh: Sequence[Fresh],
        sifted: Sifted,
        *,
        gap: bool,
    ) -> str | None:
        """Why what is new here looks like an upheaval of the source, None for news."""
        # A search brings up old articles as a matter of course.
        few = len(fresh) < FLOOD and sifted.resaid < FLOOD
        if state.baseline or source.kind == "search" or few:
            return None
        titles = [each.entry.title for each in fresh if each.entry.title]
        return flood(
            [each.entry for each in fresh],
            self._store.entries.titles(source.name, titles, sifted.shown),
            last_read=state.last_read,
            now=self._clock(),
            language=source.language if gap else None,
            resaid=sifted.resaid,
        )

    def _store_entries(
        self, source: Source, state: SourceState, fresh: Sequence[Fresh], number: int | None
    ) -> list[Fresh]:
        """Add entries; inside a transaction. Those that an article's address is known of are left."""
        now = self._clock()
        ruled = [(each.ruled, _told_before(each.entry, state, now)) for each in fresh if each.ruled]
        left = self._store.uncompared.add(source.name, ruled, OFF, now, number) if ruled else ()
        for each in fresh:
            if not each.ruled:
                self._add(source, state, each, number)
        return [each for each in fresh if each.key in left] if left else []

    def _add(self, source: Source, state: SourceState, each: Fresh, number: int | None) -> int:
        exchange, wanted = each.sighting.provenance, each.glanced.wanted
        if wanted and not self._store.evidence.has_body(exchange.sha256):
            answer = each.sighting.answer
            self._store.evidence.keep_body(answer.body, answer.packed)
        now = self._clock()
        return self._store.entries.add(
            source.name,
            each.key,
            each.entry,
            now=now,
            baseline=_told_before(each.entry, state, now),
            headline_score=each.glanced.score,
            provenance=exchange if wanted else None,
            flood=number,
            # Before a first reading it is read from when it was named.
            last_read=state.last_read or state.declared,
        )

    def _compare(self, source: Source, state: SourceState, each: Fresh, number: int | None) -> None:
        """Add an entry that its headline rules out, and settle it beside what is known of it."""
        now, entry_id = self._clock(), self._add(source, state, each, number)
        settled = self._settler.settle(
            entry_id,
            identify(source, each.entry, None, now),
            each.glanced.matches,
            baseline=_told_before(each.entry, state, now),
            brief=True,
        )
        self._store.entries.settle(entry_id, settled.article_id, None)


def _is_quick(each: Fresh, known: Container[str]) -> bool:
    return each.ruled is not None and each.key not in known


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
