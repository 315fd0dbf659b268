"""When each channel is told: the judge of `alert.hold`, asked with what the store knows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from monitor.alert.hold import AWAY, WITHIN, Hold, hold, late, unread, urgent
from monitor.fold.lineage import independent
from monitor.model import Article, Channel, Config, Lately
from monitor.store.store import Store

# What became of an article, in the ledger's words.
_SAID = {
    "quiet": "quiet hours",
    "ceiling": "the ceiling",
    "away": "while we were away",
    "unread": "its source was not read",
    "digest": "the digest",
    "flood": "a flood",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """Which channels wait, and why; codes of caveats for those that do not.

    `late`: it came out while the monitor was away; `broke`: it goes though others would wait.
    """

    holds: Mapping[str, Hold]
    late: bool
    broke: bool

    @property
    def caveats(self) -> tuple[str, ...]:
        """What the reader should know of its time."""
        return (("away",) if self.late else ()) + (("urgent",) if self.broke else ())


class Timing:
    """Asked inside the transaction that stores the article; what it says to hold is held there."""

    def __init__(self, config: Config, store: Store) -> None:
        """Use an open store."""
        self._store = store
        self._pause = config.poll.ceiling
        self._channels = {channel.name: channel for channel in config.channels}
        self._primary = frozenset(source.name for source in config.sources if source.primary)

    def lately(self, channel: Channel, now: datetime) -> Lately:
        """What a channel has carried within its ceiling's span."""
        if channel.ceiling is None:
            return Lately()
        return self._store.held.lately(channel.name, channel.ceiling.span, now)

    def hold(
        self,
        article: Article,
        article_id: int,
        story: str,
        event: int,
        channels: Sequence[str],
        *,
        kind: str,
        told: Collection[str],
        score: float,
        flood: int | None,
        last_read: datetime | None,
        now: datetime,
    ) -> Timed:
        """Hold an alert that is due where it does not go at once.

        `event` is its development, or its group of copies, and `told` names the channels on
        which it was told before; `last_read` is when its source was read before it was found. What
        is held there already is joined by it, unless it is urgent now.
        """
        held = self._store.held
        reports = self._store.lineage.reports(story, event)
        voices = independent(one for one in reports if one.at is None or one.at > now - WITHIN)
        missed = self._missed(article, last_read, now)
        found: dict[str, Hold] = {}
        broke = False
        for name in channels:
            channel = self._channels[name]
            # Outlets make a development urgent once; its later updates wait like any.
            hurry = urgent(
                article,
                primary=article.source in self._primary,
                voices=0 if name in told else voices,
            )
            verdict: Hold | None = Hold(reason="flood")
            if flood is None or not channel.instant:
                lately = self.lately(channel, now)
                waits = hold(channel, lately, urgent=False, late=missed, now=now)
                verdict = hold(channel, lately, urgent=hurry, late=missed, now=now)
                broke = broke or (waits is not None and verdict is None)
            if verdict is None and not hurry and (reason := held.holds(name, story, event)):
                # Another report of what waits for its summary does not go before it.
                verdict = Hold(reason=reason)
            if verdict is not None:
                found[name] = verdict
                held.put(
                    name,
                    story,
                    event,
                    article_id,
                    kind=kind,
                    reason=verdict.reason,
                    until=verdict.until,
                    flood=flood if verdict.reason == "flood" else None,
                    urgent=hurry,
                    score=score,
                    now=now,
                )
        return Timed(holds=found, late=missed == "away", broke=broke)

    def _missed(
        self, article: Article, last_read: datetime | None, now: datetime
    ) -> Literal["away", "unread"] | None:
        """Why it could not be seen when it came out; None where it could."""
        table = self._store.bulletins
        woke, alive = table.woke(), table.alive()
        if late(article, woke[1] if woke else None, now):
            return "away"
        # Without a daemon nobody would send what waits in its time.
        if alive is None or abs(now - alive) >= AWAY:
            return None
        return "unread" if unread(article, last_read, self._pause) else None


def outcome_of(holds: Mapping[str, Hold], rule: str, channels: Sequence[str]) -> str:
    """What became of an article: the rule, or what holds it on all or some channels."""
    if not holds:
        return rule
    reasons = list(dict.fromkeys(each.reason for each in holds.values()))
    if reasons == ["flood"]:
        return "held for a summary"
    why = ", ".join(_SAID[reason] for reason in reasons)
    if len(holds) == len(channels):
        return f"held: {why}"
    return f"{rule}; held on {', '.join(holds)}: {why}"
