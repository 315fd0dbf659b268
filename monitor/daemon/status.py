"""What the monitor is doing, as values and as one line: read from the store alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.model import Config, Source
from monitor.store.sources import SourceState
from monitor.store.store import Store

STRANDED = "no such channel in sources.yaml: what waits there goes out when it is named again"
# A poll that is due for so long is not merely waiting for its turn.
_OVERDUE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStatus:
    """One source's health. `state` is off, new, ok, or the name of its failure."""

    name: str
    state: str
    detail: str
    failures: int
    polls: int
    entries: int
    gaps: int
    last_read: datetime | None
    next_poll: datetime | None
    url: str


def sources(store: Store, config: Config) -> list[SourceStatus]:
    """Every declared source, in the file's order."""
    states = store.sources.states()
    totals = store.ledger.totals()
    return [
        _status(source, states.get(source.name), totals.get(source.name, {}))
        for source in config.sources
    ]


def _status(source: Source, state: SourceState | None, totals: dict[str, int]) -> SourceStatus:
    if not source.enabled:
        name = "off"
    elif state is None or state.last_poll is None:
        name = "new"
    else:
        name = state.failure or "ok"
    return SourceStatus(
        name=source.name,
        state=name,
        detail=(state.detail or "") if state else "",
        failures=state.failures if state else 0,
        polls=totals.get("polls", 0),
        entries=totals.get("entries", 0),
        gaps=totals.get("gaps", 0),
        last_read=state.last_read if state else None,
        next_poll=state.next_poll if state and source.enabled else None,
        url=source.url,
    )


def summary(store: Store, config: Config, now: datetime) -> str:
    """`58 of 61 sources ok, 3 failing; 1 story; 4 pending; 0 alerts waiting`.

    What looks well and is not stands with it: polls overdue, alerts without a channel.
    """
    states = store.sources.states()
    enabled = [source for source in config.sources if source.enabled]
    known = [states[source.name] for source in enabled if source.name in states]
    failing = sum(state.failures > 0 for state in known)
    read = sum(state.failures == 0 and state.last_read is not None for state in known)
    parts = [f"{read} of {len(enabled)} sources ok"]
    if failing:
        parts[0] += f", {failing} failing"
    overdue = sum(state.next_poll < now - _OVERDUE for state in known)
    if overdue:
        parts[0] += f", {overdue} overdue"
    stories = len(config.stories)
    parts.append(f"{stories} {'story' if stories == 1 else 'stories'}")
    parts.append(f"{store.entries.waiting()} pending")
    waiting = sum(c.get("queued", 0) for c in store.outbox.counts().values())
    lost = sum(c.get("given-up", 0) for c in store.outbox.counts().values())
    parts.append(f"{waiting} alerts waiting" + (f", {lost} given up" if lost else ""))
    stranded = sum(store.outbox.stranded([c.name for c in config.channels]).values())
    if stranded:
        parts[-1] += f", {stranded} of them for a channel that is not in sources.yaml"
    return "; ".join(parts)
