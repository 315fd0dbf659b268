"""One poll, from due source to stored entries: order only, no judgement.

    due | visit | unseen | glance | flood? | record

What the headline rules out is stored and settled at once, compared with nothing; the
rest waits in the table of entries for `read`. The two halves meet only there, so a process killed in either
loses nothing: each ends in one transaction, and a poll that was not recorded
leaves the validators as they were.
"""

from __future__ import annotations

import asyncio
import time
from array import array
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from monitor.alert.decide import OFF
from monitor.errors import FetchError, ParseError
from monitor.health import FLOOD, flood
from monitor.identify.article import identify
from monitor.identify.entries import key_entries
from monitor.model import Entry, Source
from monitor.pace import News, Pace
from monitor.parts import Parts
from monitor.settle import Settler
from monitor.store.entries import headline
from monitor.store.sources import SourceState
from monitor.store.uncompared import Ruled
from monitor.story.glance import Glanced, Glancer
from monitor.uncompared import Said, digest, ruled_out, says_otherwise
from monitor.visit import Sighting, Visit, visit

# Seconds of glances between two breaths of the event loop: with a hundred stories one takes
# some milliseconds.
_BREATH = 0.01
# Entries that are stored in one piece, each a tenth of a millisecond; one that is compared
# (its address is known) counts as so many.
_PIECE, _COMPARED = 25, 5
# No headline is longer. One of a megabyte would hold up the judges for seconds, and the
# alert would be too large for any mail server.
_TITLE = 1_000
# Nor is a text: the judges read about a megabyte a second, and the loop waits for them.
_TEXT = 200_000
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fresh:
    """An entry not seen before, or under another headline, after a glance at it."""

    key: str
    entry: Entry
    sighting: Sighting
    glanced: Glanced
    ruled: Ruled | None


class Poller:
    """Polls sources over a shared store, client and set of workers."""

    def __init__(self, parts: Parts) -> None:
        """Take what is shared; nothing is opened or closed here."""
        self._parts = parts
        self._settings = parts.config.poll
        self._glancer = Glancer(parts.profiles)
        self._said = Said()
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
        if not found and seen.complete and self._had_entries(source):
            empty = ParseError("it shows no entries any more", failure="empty")
            return await self._failed(source, state, empty)
        return await self._record(source, state, seen)

    def _had_entries(self, source: Source) -> bool:
        return self._store.entries.any_of(source.name)

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
        entries = self._store.entries
        shown: dict[str, tuple[Entry, Sighting]] = {}
        for sighting in seen.sightings:
            clipped = [_clipped(entry) for entry in sighting.reading.entries]
            for key, entry in key_entries(source, clipped).items():
                shown.setdefault(key, (entry, sighting))
        known = entries.seen(source.name, list(shown))
        before, said, resaid = self._said.of(source.name), array("q"), 0
        fresh: list[_Fresh] = []
        now, began = self._clock(), time.monotonic()
        for key, (entry, sighting) in shown.items():
            said.append(digest(key, entry))
            # An entry under a new headline is looked at again; `fold` will call it a revision.
            if key not in known or known[key] != headline(entry.title):
                fresh.append(self._glance(source, key, entry, sighting, now))
            elif said[-1] not in before:
                # So is one whose summary ruled it out and does not any more.
                each = self._glance(source, key, entry, sighting, now)
                if each.glanced.wanted and says_otherwise(self._store, source, entry, now):
                    fresh.append(each)
                    resaid += 1
            if time.monotonic() - began > _BREATH:
                await asyncio.sleep(0)
                began = time.monotonic()
        # Where the reading before showed nothing, nothing of it can be left.
        listed = self._store.ledger.listed(source.name)
        gap = bool(shown) and not known and not state.baseline and listed
        unseen = [each for each in fresh if each.key not in known]
        # The rest of a flood may be too small to be one.
        number = entries.cut_flood(source.name, state.last_read) if fresh else None
        why = None if number else self._flood(source, state, unseen, shown, gap=gap, resaid=resaid)
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
        # A feed of thousands is stored in pieces, or everybody else would wait for the
        # writer's lock and for us. What ends the poll stands in the last one: a process
        # killed between two reads the feed again, and goes on after what is stored.
        write = self._store.together.write
        *pieces, last = self._pieces(fresh, known)
        for piece in pieces:
            await write(partial(self._store_entries, source, state, piece, number))

        def end() -> None:
            now = self._clock()
            entries.touch(source.name, known, now)
            self._store_entries(source, state, last, number)
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

        await write(end)
        self._said.keep(source.name, said)
        return polled

    def _pieces(self, fresh: Sequence[_Fresh], known: Container[str]) -> list[list[_Fresh]]:
        """What is stored in one go each; at least one piece, and one for most polls."""
        if len(fresh) * _COMPARED <= _PIECE:
            return [list(fresh)]
        met = self._store.uncompared.known([each.ruled for each in fresh if each.ruled])
        pieces: list[list[_Fresh]] = [[]]
        cost = 0
        for each in fresh:
            new = each.key not in known and each.key not in met
            quick = each.glanced.wanted or (each.ruled and new)
            cost += 1 if quick else _COMPARED
            if cost > _PIECE:
                pieces.append([])
                cost = 1 if quick else _COMPARED
            pieces[-1].append(each)
        return pieces

    def _glance(
        self, source: Source, key: str, entry: Entry, sighting: Sighting, now: datetime
    ) -> _Fresh:
        glanced = self._glancer.glance(entry, source.language)
        ruled = None
        if not glanced.wanted:
            ruled = ruled_out(source, key, entry, glanced, now)
        return _Fresh(key=key, entry=entry, sighting=sighting, glanced=glanced, ruled=ruled)

    def _flood(
        self,
        source: Source,
        state: SourceState,
        fresh: Sequence[_Fresh],
        shown: Container[str],
        *,
        gap: bool,
        resaid: int,
    ) -> str | None:
        """Why what is new here looks like an upheaval of the source, None for news."""
        # A search brings up old articles as a matter of course.
        few = len(fresh) < FLOOD and resaid < FLOOD
        if state.baseline or source.kind == "search" or few:
            return None
        titles = [each.entry.title for each in fresh if each.entry.title]
        return flood(
            [each.entry for each in fresh],
            self._store.entries.titles(source.name, titles, shown),
            last_read=state.last_read,
            now=self._clock(),
            language=source.language if gap else None,
            resaid=resaid,
        )

    def _store_entries(
        self, source: Source, state: SourceState, fresh: Sequence[_Fresh], number: int | None
    ) -> None:
        """Add entries, and settle those that the headline rules out; inside a transaction.

        Of these the new ones are compared with nothing; at a known address one is a revision.
        """
        now, entries, evidence = self._clock(), self._store.entries, self._store.evidence
        ruled = [(each.ruled, _told_before(each.entry, state, now)) for each in fresh if each.ruled]
        known = self._store.uncompared.add(source.name, ruled, OFF, now, number)
        for each in fresh:
            if each.ruled and each.key not in known:
                continue
            exchange, wanted = each.sighting.provenance, each.glanced.wanted
            if wanted and not evidence.has_body(exchange.sha256):
                evidence.keep_body(each.sighting.answer.body)
            baseline = _told_before(each.entry, state, now)
            entry_id = entries.add(
                source.name,
                each.key,
                each.entry,
                now=now,
                baseline=baseline,
                headline_score=each.glanced.score,
                provenance=exchange if wanted else None,
                flood=number,
            )
            if not wanted:
                article = identify(source, each.entry, None, now)
                settled = self._settler.settle(
                    entry_id, article, each.glanced.matches, baseline=baseline, brief=True
                )
                entries.settle(entry_id, settled.article_id, None)


def _clipped(entry: Entry) -> Entry:
    title, summary, content = entry.title or "", entry.summary or "", entry.content or ""
    if len(title) <= _TITLE and len(summary) <= _TEXT and len(content) <= _TEXT:
        return entry
    return replace(
        entry,
        title=f"{title[: _TITLE - 1]}…" if len(title) > _TITLE else entry.title,
        summary=summary[:_TEXT] if summary else entry.summary,
        content=content[:_TEXT] if content else entry.content,
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
