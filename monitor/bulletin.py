"""Bulletins that are due: summaries of what was held, and digests; and word of a channel that is lost.

    what is due | in one transaction: due still? | gather | compose | queue | told

What is due is decided anew inside the transaction that queues it and notes it as told. So it
may be killed anywhere, or run beside another, and each thing is told once.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from monitor.aftermath import Aftermath
from monitor.alert.compose import compose
from monitor.alert.digest import bulletin_title
from monitor.alert.hold import digest_due, rank, ripe
from monitor.fold.lineage import independent
from monitor.health import unread
from monitor.model import (
    Bulletin,
    BulletinKind,
    Channel,
    Config,
    HoldReason,
    Named,
    Notice,
    Standing,
)
from monitor.store.held import REASONS
from monitor.store.ledger import Ledger
from monitor.store.rows import moment
from monitor.store.store import Store
from monitor.timing import Timing
from monitor.unreached import Unreached

_TOLD = 40  # developments of a digest that had alerts of their own
_MAYBE = 20
_MISSED = 3


class Editor:
    """Writes the bulletins of one configuration."""

    def __init__(self, config: Config, store: Store, clock: Callable[[], datetime]) -> None:
        """Use an open store, in no transaction."""
        self._config = config
        self._store = store
        self._clock = clock
        self._timing = Timing(config, store)
        self._aftermath = Aftermath(config, store, clock)
        self._unreached = Unreached(config, store)
        self._titles = {story.name: story.title for story in config.stories}

    def look(self) -> list[Bulletin | Notice]:
        """Queue what is due, and say what that was. Raises StoreError only."""
        now = self._clock()
        queued: list[Bulletin | Notice] = []
        for channel in self._config.channels:
            queued += self._digest(channel, now)
            queued += self._summary(channel, now)
        return [*queued, *self._unreached.look(now)]

    # ---- summaries

    def _summary(self, channel: Channel, now: datetime) -> list[Bulletin]:
        if not self._ripe(channel, now):
            return []
        with self._store.transaction():
            reasons = self._ripe(channel, now)
            if not reasons:
                return []
            held = self._held(channel, reasons)
            kind: BulletinKind = "summary"
            if all(each.reason in {"away", "unread"} for each in held):
                kind = "late"
                held.sort(key=lambda each: (each.published or each.at, each.article_id))
            since, until = self._away(held)
            bulletin = Bulletin(
                id=_id(),
                kind=kind,
                created=now,
                since=since,
                until=until,
                held=tuple(held),
                titles=self._names(held),
            )
            self._queue(bulletin, channel, now)
        return [bulletin]

    def _away(self, held: Iterable[Named]) -> tuple[datetime, datetime] | tuple[None, None]:
        """From when to when nothing was read, where all that is held for it is of that absence."""
        woke = self._store.bulletins.woke()
        missed = [each.at for each in held if each.reason == "away"]
        # A lid that is opened for a minute and shut again leaves two absences, and one is known.
        return woke if woke and missed and min(missed) >= woke[1] else (None, None)

    def release(
        self, wanted: Collection[tuple[str, int]] | None, name: str | None = None
    ) -> list[Bulletin]:
        """Queue what a hand wants told now, one summary a channel, whatever else holds it.

        `wanted` are developments (story, id), None for all that is held; `name` one channel alone.
        """
        now = self._clock()
        queued = []
        for channel in self._config.channels:
            if name not in {None, channel.name}:
                continue
            with self._store.transaction():
                held = [
                    each
                    for each in self._held(channel, REASONS.values())
                    if wanted is None or (each.story, each.development) in wanted
                ]
                if held:
                    bulletin = Bulletin(
                        id=_id(),
                        kind="summary",
                        created=now,
                        held=tuple(held),
                        titles=self._names(held),
                    )
                    self._queue(bulletin, channel, now)
                    queued.append(bulletin)
        return queued

    def _ripe(self, channel: Channel, now: datetime) -> frozenset[HoldReason]:
        waiting = self._store.held.waiting(channel.name)
        if not waiting:
            return frozenset()
        return ripe(channel, waiting, self._timing.lately(channel, now), now)

    def _held(self, channel: Channel, reasons: Iterable[HoldReason]) -> list[Named]:
        """What is held for these reasons, the most important first."""
        held = self._store.held.named(channel.name, frozenset(reasons))
        return sorted(map(self._voiced, held), key=rank)

    def _voiced(self, named: Named) -> Named:
        if named.development is None:
            return named
        voices = independent(self._store.lineage.reports(named.story, named.development))
        return replace(named, voices=max(voices, 1))

    # ---- digests

    def _digest(self, channel: Channel, now: datetime) -> list[Bulletin]:
        if channel.digest is None:
            return []
        table = self._store.bulletins
        verdict = digest_due(channel.digest, table.covered(channel.name), now)
        if verdict is None:
            return []
        with self._store.transaction():
            covered = table.covered(channel.name)
            verdict = digest_due(channel.digest, covered, now)
            if verdict is None:
                return []
            table.cover(channel.name, verdict.nominal, now)
            if covered is None or not verdict.send:
                return []
            bulletin = self._gather(channel, min(covered.until, now), now)
            self._queue(bulletin, channel, now)
        return [bulletin]

    def _gather(self, channel: Channel, since: datetime, now: datetime) -> Bulletin:
        assert channel.digest is not None
        table, bands = self._store.bulletins, channel.digest.bands
        stories = channel.stories or tuple(self._titles)
        held = self._held(channel, ("quiet", "ceiling", "away", "unread", "digest"))
        told: list[Named] = []
        maybe: list[Named] = []
        told_more = maybe_more = 0
        if "on" in bands:
            told, told_more = table.developments(channel.name, stories, since, _TOLD)
        if "maybe" in bands:
            maybe, maybe_more = table.articles(stories, "maybe", since, _MAYBE)
        named = {(each.story, each.article_id) for each in (*held, *told)}
        near = () if "maybe" in bands else table.articles(stories, "maybe", since, _MISSED)[0]
        off = table.articles(stories, "off", since, _MAYBE if "off" in bands else _MISSED)[0]
        missed = [each for each in (*near, *off) if each.score > 0]
        return Bulletin(
            id=_id(),
            kind="digest",
            created=now,
            since=since,
            until=now,
            held=tuple(held),
            told=tuple(map(self._voiced, told)),
            told_more=told_more,
            maybe=tuple(each for each in maybe if (each.story, each.article_id) not in named),
            maybe_more=maybe_more,
            missed=tuple(missed if "off" in bands else missed[:_MISSED]),
            standing=self._standing(channel, stories, since),
            changed=self._aftermath.waiting(channel),
            titles=self._names((*held, *told, *maybe)),
        )

    def _standing(self, channel: Channel, stories: Sequence[str], since: datetime) -> Standing:
        known = [
            each
            for each in self._store.health.open()
            if each.story is None or not channel.stories or each.story in channel.stories
        ]
        watched = [source.name for source in self._config.sources if source.enabled]
        return Standing(
            watched=len(watched),
            broken=unread(known, watched),
            entries=self._store.bulletins.entries(since),
            judged=self._store.bulletins.judged(stories, since),
            gaps=_gaps(self._store.ledger, since),
            episodes=tuple(known),
            given_up=self._store.bulletins.given_up(since),
            evidence=self._store.evidence.head(),
        )

    # ---- the transaction's end

    def _queue(self, bulletin: Bulletin, channel: Channel, now: datetime) -> None:
        self._store.outbox.announce(
            bulletin, compose(bulletin, channel), bulletin_title(bulletin, "en"), now
        )
        items = [(each.story, each.development) for each in bulletin.held if each.development]
        self._store.held.told(channel.name, items, bulletin.id)
        if bulletin.kind == "digest":
            self._store.aftermath.told_in_digest(channel.name, bulletin.id)

    def _names(self, named: Iterable[Named]) -> tuple[tuple[str, str], ...]:
        stories = dict.fromkeys(each.story for each in named)
        return tuple((name, self._titles.get(name, name)) for name in stories)


def _gaps(ledger: Ledger, since: datetime) -> tuple[tuple[str, datetime | None, datetime], ...]:
    found = (
        (row["source"], moment(row["since"]), moment(str(row["until"]))) for row in ledger.gaps()
    )
    return tuple(gap for gap in found if gap[2] > since)


def _id() -> str:
    return uuid.uuid4().hex[:16]
