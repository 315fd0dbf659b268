"""What readers of an alert are told of its article afterwards: built and queued."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from monitor.alert.compose import compose
from monitor.alert.hours import quiet_until
from monitor.alert.sequel import sequel_title
from monitor.model import Change, Channel, Sequel, SequelKind, Story
from monitor.store.aftermath import Told
from monitor.store.store import Store


class Sequels:
    """Sequels to what was told; called inside the transaction that stores them."""

    def __init__(
        self,
        stories: Mapping[str, Story],
        channels: Mapping[str, Channel],
        store: Store,
        clock: Callable[[], datetime],
    ) -> None:
        self._stories = stories
        self._channels = channels
        self._store = store
        self._clock = clock

    def each(
        self,
        article_id: int,
        told: Sequence[Told],
        kind: SequelKind,
        change: Change | None,
        since: datetime | None,
    ) -> list[tuple[Sequel, list[Channel]]]:
        """One for each story that the channels were told of, each channel once."""
        row = self._store.articles.find(str(article_id))
        found: list[tuple[Sequel, list[Channel]]] = []
        reached: set[str] = set()
        for name in dict.fromkeys(one.story for one in told if one.story in self._stories):
            own = [one for one in told if one.story == name and one.channel not in reached]
            if row is None or not own:
                continue
            reached |= {one.channel for one in own}
            sequel = self.one(row, own, self._stories[name], kind, change, since)
            found.append((sequel, [self._channels[one.channel] for one in own]))
        return found

    def one(
        self,
        row: dict[str, Any],
        told: Sequence[Told],
        story: Story,
        kind: SequelKind,
        change: Change | None,
        since: datetime | None,
    ) -> Sequel:
        """The sequel of an article's row, in the thread of each alert that told of it."""
        return Sequel(
            id=new_id(),
            kind=kind,
            created=self._clock(),
            story=story,
            article_id=row["id"],
            title=row["title"],
            link=row["link"],
            outlet=row["outlet"],
            source=row["source"],
            language=row["language"],
            alert=told[0].alert,
            change=change,
            since=since,
            threads={one.channel: one.key for one in told},
        )

    def queue(self, sequel: Sequel, channels: Sequence[Channel]) -> None:
        """Write it out for the channels; quiet hours put it off."""
        self._store.outbox.notify(
            sequel,
            sequel_title(sequel, "en"),
            [compose(sequel, channel) for channel in channels],
            sequel.created,
            after=after(channels, sequel.created),
        )


def after(channels: Sequence[Channel], now: datetime) -> dict[str, datetime]:
    """Until when each channel's quiet hours put a message off; those that they do not are not in it."""
    return {
        channel.name: until
        for channel in channels
        if (until := quiet_until(channel.quiet, now)) is not None
    }


def new_id() -> str:
    """Sixteen hexadecimal digits by chance."""
    return uuid.uuid4().hex[:16]
