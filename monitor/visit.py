"""One visit of a source: the exchanges that make up a reading.

    address | conditions | fetch | unchanged? | read | the sitemaps of an index

Most visits are one exchange. An index of sitemaps is followed one level; permanent
redirects are followed at once after some agreement, and where that fails the declared
address is asked; once a day it is the other way about, and without conditions, because
a server that answers 304 for ever looks exactly like a source that has nothing to say.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from monitor.errors import FetchError, ParseError
from monitor.fetch.freshness import links
from monitor.model import Fetched, NotModified, Reading, Source, Validators
from monitor.parse import read_entries
from monitor.parse.simple import read_simple
from monitor.parts import Parts
from monitor.store.entries import Provenance, provenance
from monitor.store.sources import Memory, Sheet, SourceState

_AGREEMENT = 5  # equal permanent redirects before the old address is passed over
_WHOLE = timedelta(days=1)
_LARGE = 200_000  # bytes; to read as many takes half a millisecond
_CHILDREN = 3  # sitemaps of an index that are read: the newest

Outcome = Literal["read", "unchanged", "not-modified"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One answer that was read."""

    answer: Fetched
    provenance: Provenance
    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a source showed. `sightings` is empty unless `outcome` is read.

    `complete` when all that it shows was read; a part that had not changed is missing
    otherwise. `contradicts` when another body came under the validators that the server
    had called current until then. `memory` and `children` are to be kept; `size` is in
    decoded bytes.
    """

    outcome: Outcome
    began: datetime
    sightings: tuple[Sighting, ...]
    complete: bool
    memory: Memory
    children: dict[str, Sheet]
    headers: tuple[tuple[str, str], ...]
    contradicts: bool = False
    notes: tuple[str, ...] = ()
    size: int = 0


async def visit(parts: Parts, source: Source, state: SourceState) -> Visit:
    """Visit a source as far as it has changed. Raises FetchError and ParseError."""
    return await _Visitor(parts, source, state).visit()


class _Visitor:
    def __init__(self, parts: Parts, source: Source, state: SourceState) -> None:
        self._parts = parts
        self._source = source
        self._memory = state.memory
        now = parts.clock()
        # A request without conditions is due when the last was a day ago, or in the future.
        self._whole = not _within(now, state.memory.asked_whole)
        self._trusted = state.memory.distrusted is None or now >= state.memory.distrusted
        self._now = now

    async def visit(self) -> Visit:
        seen = await self._ask()
        addresses = _children(seen)
        if not addresses and seen.outcome != "read":
            addresses = list(self._parts.store.sources.children(self._source.name))
        return await self._with_children(seen, addresses) if addresses else seen

    async def _ask(self) -> Visit:
        """What the source shows where it lives by now."""
        declared, memory = self._source.url, self._memory
        moved_to = memory.moved_to if memory.moved_times >= _AGREEMENT else None
        if self._whole:
            memory = replace(memory, asked_whole=self._now)
        if moved_to is None:
            return await self._ask_at(declared, memory)
        first, second = (declared, moved_to) if self._whole else (moved_to, declared)
        try:
            return await self._ask_at(first, memory)
        except (FetchError, ParseError) as error:
            if error.failure == "offline":
                raise
            if not self._whole:
                memory = replace(memory, sheet=Sheet())  # it was the other address's
            try:
                # The old domain has lapsed, say, or is parked; or it knows a newer address.
                return await self._ask_at(second, memory)
            except (FetchError, ParseError) as other:
                raise (other if second == moved_to else error) from None

    async def _ask_at(self, url: str, memory: Memory) -> Visit:
        answer = await self._get(url, memory.sheet)
        if url == self._source.url:
            memory = _moved(memory, answer.moved)
        if isinstance(answer, NotModified):
            memory = replace(memory, sheet=replace(memory.sheet, validators=answer.validators))
            return self._nothing("not-modified", answer, memory)
        return await self._looked_at(answer, memory)

    async def _get(self, url: str, known: Sheet) -> Fetched | NotModified:
        return await self._parts.client.get(
            url,
            validators=known.validators if self._trusted and not self._whole else None,
            headers=self._source.headers,
            private=self._source.private,
        )

    async def _looked_at(self, answer: Fetched, memory: Memory) -> Visit:
        body_hash = await _digest(answer.body)
        known = memory.sheet
        sheet = Sheet(validators=answer.validators, body_hash=body_hash)
        if body_hash == known.body_hash:
            return self._nothing("unchanged", answer, replace(memory, sheet=sheet))
        reading = await self._read(answer)
        announced = links(answer.headers, answer.final_url)
        same = answer.validators == known.validators != Validators()
        memory = replace(
            memory,
            sheet=sheet,
            silent=0,
            pattern=reading.pattern or memory.pattern,
            ttl=reading.ttl,
            hub=reading.hub or announced.get("hub"),
            topic=reading.topic or announced.get("self"),
        )
        return Visit(
            outcome="read",
            began=self._now,
            sightings=(_sighting(answer, body_hash, reading),),
            complete=True,
            memory=memory,
            children={},
            headers=answer.headers,
            contradicts=self._whole and same and self._memory.silent > 0,
            notes=reading.notes,
            size=len(answer.body),
        )

    async def _read(self, answer: Fetched) -> Reading:
        if (reading := read_simple(self._source, answer)) is not None:
            return reading
        return await self._parts.workers.run(
            read_entries, self._source, answer, self._memory.pattern
        )

    def _nothing(self, outcome: Outcome, answer: Fetched | NotModified, memory: Memory) -> Visit:
        silent = memory.silent + 1 if outcome == "not-modified" else 0
        return Visit(
            outcome=outcome,
            began=self._now,
            sightings=(),
            complete=True,
            memory=replace(memory, silent=silent),
            children={},
            headers=answer.headers,
        )

    async def _with_children(self, index: Visit, addresses: Iterable[str]) -> Visit:
        """Read the sitemaps that an index names; one that fails is noted.

        Where nothing was read and one fails that had been, its error is raised: the news
        may stand in it, and others that have not changed would hide that for ever.
        """
        known = self._parts.store.sources.children(self._source.name)
        sightings: list[Sighting] = []
        children: dict[str, Sheet] = {}
        notes, unchanged, size = list(index.notes), 0, index.size
        faults: list[FetchError | ParseError] = []
        lost: FetchError | ParseError | None = None
        for url in addresses:
            sheet = known.get(url, Sheet())
            try:
                answer = await self._get(url, sheet)
                if isinstance(answer, NotModified):
                    children[url] = replace(sheet, validators=answer.validators)
                    unchanged += 1
                    continue
                body_hash = await _digest(answer.body)
                size += len(answer.body)
                children[url] = Sheet(validators=answer.validators, body_hash=body_hash)
                if body_hash == sheet.body_hash:
                    unchanged += 1
                    continue
                reading = await self._read(answer)
            except (FetchError, ParseError) as error:
                # Its validators may be what it stumbles over.
                children[url] = replace(sheet, validators=Validators())
                notes.append(f"{url}: {error}")
                faults.append(error)
                if sheet.body_hash is not None:
                    lost = lost or error
                continue
            notes += reading.notes
            sightings.append(_sighting(answer, body_hash, reading))
        if not sightings and (lost or not unchanged):
            raise lost or faults[0]
        return replace(
            index,
            outcome="read" if sightings else "unchanged",
            sightings=tuple(sightings),
            complete=not unchanged and not faults,
            children=children,
            notes=tuple(notes),
            size=size,
        )


def _sighting(answer: Fetched, body_hash: str, reading: Reading) -> Sighting:
    return Sighting(answer=answer, provenance=provenance(answer, body_hash), reading=reading)


def _moved(memory: Memory, target: str | None) -> Memory:
    if target is None:
        return replace(memory, moved_to=None, moved_times=0) if memory.moved_to else memory
    times = memory.moved_times + 1 if target == memory.moved_to else 1
    return replace(memory, moved_to=target, moved_times=times)


def _children(seen: Visit) -> list[str]:
    return [url for each in seen.sightings for url, _ in each.reading.children][:_CHILDREN]


def _within(now: datetime, asked_whole: datetime | None) -> bool:
    return asked_whole is not None and timedelta(0) <= now - asked_whole < _WHOLE


async def _digest(body: bytes) -> str:
    """SHA-256. A body of some megabytes takes longer than the loop should stand still."""
    if len(body) > _LARGE:
        return await asyncio.to_thread(lambda: hashlib.sha256(body).hexdigest())
    return hashlib.sha256(body).hexdigest()
