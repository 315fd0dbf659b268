"""Channels that do not arrive: told on the others, once, and so is the end of it.

A channel is lost where a delivery was given up and nothing taken since, or where its receiver has
taken nothing for hours of attempts. It is well again when its receiver takes a message, and not
before: what was given up may be queued again, or let go, while nothing is mended.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from monitor.alert.compose import compose
from monitor.alert.hours import quiet_until
from monitor.alert.notice import notice_title
from monitor.health import unread
from monitor.model import Channel, Config, Episode, Notice
from monitor.store.rows import moment
from monitor.store.store import Store

# Longer than a server is restarted or a sender is put off for being unknown; what is told by
# e-mail alone must not be missed for the days after which a delivery is given up.
PATIENCE: Final = timedelta(hours=2)
_ATTEMPTS = 5  # a machine that slept has waited, and not tried


class Unreached:
    """Looks after the channels of one configuration."""

    def __init__(self, config: Config, store: Store) -> None:
        """Use an open store, in no transaction."""
        self._config = config
        self._store = store
        self._channels = {channel.name: channel for channel in config.channels}

    def look(self, now: datetime) -> list[Notice]:
        """Queue what is to be told, and say what that was. Raises StoreError only."""
        if not any(self._changed(now)):
            return []
        table = self._store.bulletins
        notices = []
        with self._store.transaction():
            begun, over = self._changed(now)
            for each in table.lost():
                if each.channel in over:
                    table.found(each.id, now)
                    if each.channel in self._channels:
                        notices.append(
                            self._tell(each.channel, each.began, each.detail, now, ended=True)
                        )
            for name, (began, detail) in sorted(begun.items()):
                table.lose(name, began, detail)
                notices.append(self._tell(name, began, detail, now))
        return notices

    def _changed(self, now: datetime) -> tuple[Mapping[str, tuple[datetime, str]], set[str]]:
        """Channels newly lost, since when and with which answer; and those that are so no more."""
        table = self._store.bulletins
        lost = table.lost()
        known = {each.channel for each in lost}
        refusing = self._refusing(now)
        given_up = {
            name: (moment(str(row["settled_at"])), row["reply"] or "")
            for name, row in table.failures(self._channels).items()
        }
        begun = {
            name: found
            for name, found in {**refusing, **given_up}.items()
            if name in self._channels and name not in known
        }
        # One of its recipients may take what another is refused: then it is not well.
        over = {
            each.channel
            for each in lost
            if each.channel not in self._channels
            or (table.taken(each.channel, each.began) and each.channel not in given_up)
        }
        return begun, over

    def _refusing(self, now: datetime) -> dict[str, tuple[datetime, str]]:
        """Channels whose receivers have taken nothing for so long, since when and with which answer."""
        before, found = now - PATIENCE, dict[str, tuple[datetime, str]]()
        for each in self._store.bulletins.refusing(before, _ATTEMPTS, now):
            channel, since = self._channels.get(each.channel), each.since
            if channel is not None and each.may_wait:
                since = quiet_until(channel.quiet, since) or since
            if since < before and (each.channel not in found or since < found[each.channel][0]):
                found[each.channel] = since, each.reply
        return {} if found and self._cut_off(before) else found

    def _cut_off(self, since: datetime) -> bool:
        """Whether we ourselves send nothing, or were away or without a network since then."""
        if self._store.care.held() or any(
            each.state == "offline" for each in self._store.health.open()
        ):
            return True
        woke = self._store.bulletins.woke()
        ends = [ended for _, ended in self._store.health.away()] + ([woke[1]] if woke else [])
        return any(ended > since for ended in ends)

    def _tell(
        self, lost: str, began: datetime, detail: str, now: datetime, *, ended: bool = False
    ) -> Notice:
        facts = {"title": lost, "detail": detail}
        given_up = self._store.deliveries.given_up().get(lost, 0)
        if ended and given_up:
            facts["given_up"] = str(given_up)
        notice = Notice(
            id=uuid.uuid4().hex[:16],
            kind="recovery" if ended else "trouble",
            created=now,
            episodes=(
                Episode(
                    state="undelivered",
                    reason="undelivered",
                    began=began,
                    ended=now if ended else None,
                    facts=facts,
                ),
            ),
            watched=len(self._watched()),
            broken=unread(self._store.health.open(), self._watched()),
        )
        others = self._others(lost)
        self._store.outbox.notify(
            notice,
            notice_title(notice, "en"),
            [compose(notice, channel) for channel in others],
            now,
            after={
                channel.name: until
                for channel in others
                if (until := quiet_until(channel.quiet, now)) is not None
            },
        )
        return notice

    def _watched(self) -> list[str]:
        return [source.name for source in self._config.sources if source.enabled]

    def _others(self, lost: str) -> list[Channel]:
        return [each for each in self._config.channels if each.notices and each.name != lost]
