"""A look at how sources and stories fare: order only, no judgement.

    polls since the last look | judge | episodes | what is due | messages

Sources are judged when they were polled, so a look costs what has happened since the
last one. Episodes and the messages that tell of them are written in one transaction,
and decided anew inside it: killed anywhere, or run beside another, it tells each once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.health import (
    AWAY,
    STILL,
    UNPOLLED,
    Plan,
    Subject,
    broken,
    cut_off,
    failing,
    fell,
    is_short,
    most_broken,
    no_network,
    plan,
    quiet,
    quiet_from,
    settled,
    silence,
    subject,
    unpolled,
    usual,
)
from monitor.model import Episode, Notice, Run, Source
from monitor.parts import Parts
from monitor.watch.tell import Teller

_MEMORY = timedelta(days=30)  # in which a list's usual length is looked for
_BRIEFLY = timedelta(minutes=10)  # between two looks of a daemon that has not been away
_BREATH = 25  # sources judged between two breaths of the event loop
_LEARNT = timedelta(days=1)  # after which the usual length of lists is asked for anew
_GOOD = frozenset({"new", "same", "unchanged", "not-modified"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a look has changed; notices are queued, not sent."""

    begun: tuple[Episode, ...] = ()
    ended: tuple[Episode, ...] = ()
    notices: tuple[Notice, ...] = ()


class Watch:
    """Looks over one configuration; remembers only what it would have to ask again."""

    def __init__(self, parts: Parts) -> None:
        """Take what is shared. Make it before the first poll: the pause until then counts."""
        self._config = parts.config
        self._store = parts.store
        self._teller = Teller(parts.config, parts.store)
        self._clock = parts.clock
        self._sources = {each.name: each for each in parts.config.sources if each.enabled}
        self._stories = {each.name for each in parts.config.stories}
        self._alive = parts.store.vitals.last_poll()
        self._made = self._learnt = parts.clock()
        self._until: datetime | None = None  # the newest poll that was looked at
        self._reached: datetime | None = None  # and that which this look has come to
        self._rhythms: dict[str, tuple[datetime, datetime]] = {}  # last news, quiet from
        self._usual: dict[str, float] = {}  # length of its list
        self._short: set[str] = set()  # sources whose last list was far from it

    async def look(self) -> Looked:
        """Judge what has happened since the last look. Raises StoreError only."""
        now = self._clock()
        asleep = self._asleep(now)
        known = self._open()
        found = await self._found(known, now, stories=not asleep)
        store, changes, notices = self._store, Plan(), list[Notice]()
        if asleep or not self._plan(found, known, now).empty or self._teller.due(now):
            with store.transaction():
                changes = self._plan(found, self._open(), now)
                store.health.end(changes.end, now)
                store.health.end(changes.drop, now, silently=True)
                store.health.begin((*asleep, *changes.begin), now)
                notices += self._teller.tell(now)
        # Not before it is written: what cannot be kept now is found again.
        self._alive, self._until = now, self._reached
        for flood in store.health.floods():
            if settled(flood.began, flood.told_at, store.entries.flooded(flood.id), now):
                with store.transaction():
                    notices += self._teller.tell_flood(flood.id, now)
        return Looked(
            begun=changes.begin, ended=(*changes.end, *changes.drop), notices=tuple(notices)
        )

    def _asleep(self, now: datetime) -> tuple[Episode, ...]:
        if self._alive is None or now - self._alive < AWAY:
            return ()
        return (Episode(state="asleep", reason="asleep", began=self._alive, ended=now),)

    # ---- what is found

    async def _found(
        self, known: Mapping[Subject, Episode], now: datetime, *, stories: bool
    ) -> dict[Subject, Episode | None]:
        """The trouble, or none, of everything that there is news of."""
        vitals, loaded = self._store.vitals, self._store.care.loaded()
        network = no_network(vitals.newest(), watched=len(self._sources))
        found: dict[Subject, Episode | None] = {
            (None, None, "offline"): network,
            (None, None, "former"): loaded.former if loaded else None,
        }
        if self._alive is not None and now - self._alive <= _BRIEFLY:
            # At a start or a return the first visits are still to come, and nothing is known.
            overdue = self._store.health.overdue(now - UNPOLLED)
            found[None, None, "unpolled"] = unpolled(vitals.last_poll(), overdue, now)
        away = self._store.health.away()
        if network is None:
            back = away[-1][1] if away else None
            for turn, run in enumerate(self._polled(now), 1):
                source = self._sources.get(run.source)
                if source is not None:
                    whose = (source.name, None, "")
                    trouble = self._judged(source, run, known.get(whose), now, back=back)
                    # A poll that was cut off says nothing of what the ones before have said.
                    if trouble is not None or run.outcome != "offline":
                        found[whose] = trouble
                if turn % _BREATH == 0:
                    await asyncio.sleep(0)
        else:
            # A loss that was told lasts: those who rely on the alarm of silence need it again.
            lost = known.get((None, None, "offline"))
            stories = stories and lost is not None and lost.told_at is not None
        for story in self._config.stories if stories else ():
            began = vitals.followed(story.name)
            if began is not None:
                silent = silence(story.name, vitals.articles(story.name), began, away, now)
                found[None, story.name, ""] = silent and replace(
                    silent, facts={**silent.facts, "title": story.title}
                )
        return found

    def _polled(self, now: datetime) -> list[Run]:
        """The last run of each source that was polled since the last look.

        Those whose last poll failed before there was a look may never be polled again.
        """
        vitals = self._store.vitals
        if self._until is None:
            runs = [*vitals.failed(), *vitals.polled(self._made)]
        else:
            runs = vitals.polled(self._until)
        # What a clock ahead of its time has stamped must not hide what comes now.
        self._reached = min(now, max((run.last for run in runs), default=now))
        if now - self._learnt > _LEARNT:
            self._usual.clear()
            self._learnt = now
        for run in runs:
            if run.fresh:
                self._rhythms.pop(run.source, None)
        return list({run.source: run for run in runs}.values())

    def _judged(
        self,
        source: Source,
        run: Run,
        known: Episode | None,
        now: datetime,
        *,
        back: datetime | None,
    ) -> Episode | None:
        vitals = self._store.vitals
        if run.outcome not in _GOOD:
            runs = vitals.failed_runs(source.name)
            return failing(runs, known) or cut_off(runs, back)
        if source.kind == "search":  # it finds what there is to find
            return None
        self._measure(run)
        if source.name in self._short:
            lost = fell(vitals.good_runs(source.name, now - _MEMORY))
            if lost is not None:
                return lost
        return self._quiet(source.name, known, now)

    def _measure(self, run: Run) -> None:
        """Note whether the last list of a source was far shorter than it usually is."""
        name, read = run.source, run.outcome in {"new", "same"}
        if name in self._usual and not read:
            return
        length = run.entries
        if name not in self._usual or name in self._short:
            lengths = self._store.vitals.lengths(name)
            length = lengths[0] if lengths else 0
            self._usual[name] = usual(lengths)
        if is_short(length, self._usual[name]):
            self._short.add(name)
        else:
            self._short.discard(name)

    def _quiet(self, source: str, known: Episode | None, now: datetime) -> Episode | None:
        vitals = self._store.vitals
        if source not in self._rhythms:
            last = vitals.last_news(source)
            if last is None:
                return None
            # Its rhythm is asked for when it matters.
            self._rhythms[source] = (last, last + STILL)
        last, quiet_at = self._rhythms[source]
        if now < quiet_at:
            return None
        if known is not None and known.state == "quiet":
            return known
        news = vitals.news(source, now)
        self._rhythms[source] = (last, max(quiet_from(news), last + STILL))
        return quiet(source, news, now)

    # ---- what changes

    def _open(self) -> dict[Subject, Episode]:
        return {subject(each): each for each in self._store.health.open()}

    def _plan(
        self,
        found: Mapping[Subject, Episode | None],
        known: Mapping[Subject, Episode],
        now: datetime,
    ) -> Plan:
        forgotten = tuple(each for each in known.values() if not self._follows(each))
        changes = plan(found, known, now)
        over = {each.id for each in (*forgotten, *changes.end, *changes.drop)}
        after = [*(each for each in known.values() if each.id not in over), *changes.begin]
        most = most_broken(broken(after), len(self._sources), now)
        monitor = plan({(None, None, "broken"): most}, known, now)
        return Plan(
            begin=(*changes.begin, *monitor.begin),
            end=(*changes.end, *monitor.end),
            drop=(*changes.drop, *forgotten, *monitor.drop),
        )

    def _follows(self, episode: Episode) -> bool:
        """Whether the configuration still names what it is about."""
        if episode.source is not None:
            return episode.source in self._sources
        return episode.story is None or episode.story in self._stories
