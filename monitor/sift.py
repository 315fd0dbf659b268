"""What a reading shows, told apart: what is known, what its headline rules out, and the rest."""

from __future__ import annotations

import asyncio
import time
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from monitor.identify.entries import key_entries
from monitor.model import Entry, Source
from monitor.parts import Parts
from monitor.store.headlines import has_changed
from monitor.store.sources import SourceState
from monitor.store.uncompared import Ruled
from monitor.story.glance import Glanced, Glancer
from monitor.uncompared import Said, digest, ruled_out, says_otherwise
from monitor.visit import Sighting, Visit

# Seconds of glances between two breaths of the event loop: with a hundred stories one takes
# some milliseconds.
_BREATH = 0.01
# Entries that are looked at together, and about so many letters of them: a millisecond's work.
_TOGETHER, _LETTERS = 25, 50_000
# No headline is longer. One of a megabyte would hold up the judges for seconds, and the
# alert would be too large for any mail server.
TITLE: Final = 1_000
# Nor is a text: the judges read about a megabyte a second, and the loop waits for them.
_TEXT = 200_000

Shown = Mapping[str, tuple[Entry, Sighting]]


class Fresh(NamedTuple):
    """An entry not seen before, or under another headline, after a glance at it."""

    key: str
    entry: Entry
    sighting: Sighting
    glanced: Glanced
    ruled: Ruled | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """A reading's entries by key; those known before with the headline they had (`store/headlines.py`).

    Of the fresh ones `resaid` are known, and only say something else. `said` is to be kept.
    """

    shown: Shown
    known: Mapping[str, int | None]
    fresh: list[Fresh]
    resaid: int
    said: array[int]


class Sifter:
    """Looks at what sources show, before all stories at once."""

    def __init__(self, parts: Parts) -> None:
        """Use a store that others write to."""
        self._store = parts.store
        self._clock = parts.clock
        self._glancer = Glancer(parts.profiles)
        self._said = Said()

    async def sift(self, source: Source, state: SourceState, seen: Visit) -> Sifted:
        """Look at all that a visit has shown."""
        shown: dict[str, tuple[Entry, Sighting]] = {}
        for sighting in seen.sightings:
            clipped = [_clipped(entry) for entry in sighting.reading.entries]
            for key, entry in key_entries(source, clipped).items():
                shown.setdefault(key, (entry, sighting))
        known = self._store.entries.seen(source.name, list(shown)) if state.shown else {}
        before, said = self._said.of(source.name), array("q")
        new: list[str] = []
        again: list[str] = []
        for key, (entry, _) in shown.items():
            said.append(digest(key, entry))
            # An entry under a new headline is looked at again; `fold` will call it a revision.
            if key not in known or has_changed(known[key], entry.title):
                new.append(key)
            # So is one whose summary ruled it out and does not any more.
            elif said[-1] not in before:
                again.append(key)
        fresh = await self._fresh(source, new, shown)
        resaid = await self._resaid(source, again, shown)
        return Sifted(shown=shown, known=known, fresh=fresh + resaid, resaid=len(resaid), said=said)

    def keep(self, source: Source, sifted: Sifted) -> None:
        """Remember what the entries say, once they are stored."""
        self._said.keep(source.name, sifted.said)

    async def _fresh(self, source: Source, keys: Sequence[str], shown: Shown) -> list[Fresh]:
        now = self._clock()
        found: list[Fresh] = []
        for part in _parts(keys, shown):
            looks = await self._looks(source, part, shown)
            looked = [(key, shown[key][0], look) for key, look in zip(part, looks, strict=True)]
            ruled = ruled_out(source, [each for each in looked if not each[2].wanted], now)
            found += [
                Fresh(
                    key=key,
                    entry=entry,
                    sighting=shown[key][1],
                    glanced=look,
                    ruled=None if look.wanted else next(ruled),
                )
                for key, entry, look in looked
            ]
        return found

    async def _resaid(self, source: Source, keys: Sequence[str], shown: Shown) -> list[Fresh]:
        """Those that are wanted by what they say now, and were not by what they said."""
        now, found = self._clock(), []
        for part in _parts(keys, shown):
            looks = await self._looks(source, part, shown)
            for key, look in zip(part, looks, strict=True):
                entry, sighting = shown[key]
                if look.wanted and says_otherwise(self._store, source, entry, now):
                    found.append(
                        Fresh(key=key, entry=entry, sighting=sighting, glanced=look, ruled=None)
                    )
                    await asyncio.sleep(0)
        return found

    async def _looks(self, source: Source, keys: Sequence[str], shown: Shown) -> list[Glanced]:
        looks: list[Glanced] = []
        began = time.monotonic()
        for look in self._glancer.glances([shown[key][0] for key in keys], source.language):
            looks.append(look)
            if time.monotonic() - began > _BREATH:
                await asyncio.sleep(0)
                began = time.monotonic()
        return looks


def _parts(keys: Sequence[str], shown: Shown) -> Iterator[Sequence[str]]:
    """The keys in order, as many together as may be looked at in one go."""
    start = letters = 0
    for at, key in enumerate(keys):
        entry = shown[key][0]
        letters += len(entry.summary or "") + len(entry.content or "")
        if at - start >= _TOGETHER or letters > _LETTERS:
            if at > start:
                yield keys[start:at]
            start, letters = at, len(entry.summary or "") + len(entry.content or "")
    if start < len(keys):
        yield keys[start:]


def _clipped(entry: Entry) -> Entry:
    title, summary, content = entry.title or "", entry.summary or "", entry.content or ""
    if len(title) <= TITLE and len(summary) <= _TEXT and len(content) <= _TEXT:
        return entry
    return entry._replace(
        title=f"{title[: TITLE - 1]}…" if len(title) > TITLE else entry.title,
        summary=summary[:_TEXT] if summary else entry.summary,
        content=content[:_TEXT] if content else entry.content,
    )
