"""What is due is told: notices written as messages into the outbox."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from monitor.alert.compose import compose
from monitor.alert.hold import hold
from monitor.alert.hours import quiet_until
from monitor.alert.notice import notice_title
from monitor.health import apart, due, subject, unread
from monitor.model import Channel, Config, Episode, Notice, NoticeKind
from monitor.store.health import Flood
from monitor.store.store import Store
from monitor.timing import Timing


class Teller:
    """Queues notices for the channels of one configuration; the caller holds the transaction."""

    def __init__(self, config: Config, store: Store) -> None:
        """Use an open store."""
        self._config = config
        self._store = store
        self._timing = Timing(config, store)
        self._stories = {each.name: each for each in config.stories}
        self._watched = tuple(sorted(each.name for each in config.sources if each.enabled))

    def due(self, now: datetime) -> tuple[Episode, ...]:
        """The episodes of which a message should go out now; none most often."""
        health = self._store.health
        if not apart(health.last_message(), now):
            return ()
        waiting = health.waiting()
        told = {
            subject(each): at for each in waiting if (at := health.told_before(each)) is not None
        }
        return due(waiting, told, now)

    def tell(self, now: datetime) -> list[Notice]:
        """Queue one message a channel of all that is due; inside a transaction."""
        episodes = self.due(now)
        if not episodes:
            return []
        notice = Notice(
            id=uuid.uuid4().hex[:16],
            kind=_kind(episodes),
            created=now,
            episodes=episodes,
            watched=len(self._watched),
            broken=unread(self._store.health.open(), self._watched),
        )
        letters = []
        for channel in self._config.channels:
            own = tuple(each for each in episodes if _concerns(channel, each.story))
            if channel.notices and own:
                letters.append((channel, replace(notice, kind=_kind(own), episodes=own)))
        self._queue(notice, letters)
        self._store.health.told(episodes, now)
        return [notice]

    def tell_flood(self, number: int, now: datetime) -> list[Notice]:
        """Queue a summary of what a flood held for each story and channel, in a transaction.

        A channel for which nothing was held hears of the flood itself, once. Where a channel
        does not speak now, what was held goes on to its own rhythm.
        """
        health = self._store.health
        flood = next((each for each in health.floods() if each.id == number), None)
        if flood is None:
            return []
        channels = {channel.name: channel for channel in self._config.channels}
        notices, reached = [], set()
        for (story, name), held in self._store.held.of_flood(flood.id).items():
            if story not in self._stories or name not in channels:
                continue
            waits = hold(
                channels[name],
                self._timing.lately(channels[name], now),
                urgent=False,
                late=None,
                now=now,
            )
            if waits is not None:
                self._store.held.defer(flood.id, story, name, waits.reason, waits.until, now)
                continue
            notice = replace(_flood(flood, now), story=self._stories[story], held=held)
            self._queue(notice, [(channels[name], notice)])
            items = [(story, each.development) for each in held]
            self._store.held.told(name, items, notice.id)
            notices.append(notice)
            reached.add(name)
        if flood.told_at is None:
            notice = _flood(flood, now)
            left = [each for each in channels.values() if each.notices and each.name not in reached]
            self._queue(notice, [(channel, notice) for channel in left])
            notices.append(notice)
        health.flood_told(flood.id, now)
        return notices

    def _queue(self, notice: Notice, letters: Iterable[tuple[Channel, Notice]]) -> None:
        letters = list(letters)
        self._store.outbox.notify(
            notice,
            notice_title(notice, "en"),
            [compose(letter, channel) for channel, letter in letters],
            notice.created,
            after={
                channel.name: until
                for channel, _ in letters
                if (until := quiet_until(channel.quiet, notice.created)) is not None
            },
        )


def _flood(flood: Flood, now: datetime) -> Notice:
    return Notice(
        id=uuid.uuid4().hex[:16], kind="flood", created=now, source=flood.source, why=flood.why
    )


def _concerns(channel: Channel, story: str | None) -> bool:
    return story is None or not channel.stories or story in channel.stories


def _kind(episodes: tuple[Episode, ...]) -> NoticeKind:
    if len(episodes) > 1:
        return "summary"
    (only,) = episodes
    if only.ended is not None:
        return "recovery"
    return "silence" if only.state == "silent" else "trouble"
