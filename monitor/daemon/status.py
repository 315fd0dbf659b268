"""What the monitor is doing, as values and as one line: read from the store alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from monitor.alert.troubles import ENGLISH, sentence
from monitor.health import state_of
from monitor.model import Config, Episode, Source, State
from monitor.store.ballast import Ballast
from monitor.store.sources import SourceState
from monitor.store.store import Store

STRANDED = "no such channel in sources.yaml: what waits there goes out when it is named again"
UNDECLARED = "no such story in sources.yaml: what is stored is shown again when it is named so"
# A poll that is due for so long is not merely waiting for its turn.
_OVERDUE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStatus:
    """One source's health.

    `state` is ok, quiet, failing, blocked, gone, misread, offline, new or off, `since`
    when, and `sentence` says why and what to do. `failure` is the name of the last
    poll's, `detail` its own words.
    """

    name: str
    state: State | str
    since: datetime | None
    sentence: str
    failure: str | None
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
    known = store.health.open()
    troubles = {each.source: each for each in known if each.source}
    network = next((each for each in known if each.state == "offline"), None)
    return [
        _status(
            source,
            states.get(source.name),
            totals.get(source.name, {}),
            troubles.get(source.name) or network,
        )
        for source in config.sources
    ]


def _status(
    source: Source, state: SourceState | None, totals: dict[str, int], trouble: Episode | None
) -> SourceStatus:
    name: State | str
    since, reason, facts = None, None, {}
    if not source.enabled:
        name = "off"
    elif trouble is not None:
        name, since = trouble.state, trouble.began
        reason, facts = trouble.reason, dict(trouble.facts)
    elif state is None or (state.last_poll is None and state.failure is None):
        name = "new"
    else:
        # A fault that has not lasted yet is no trouble to tell, but is shown.
        name, reason = state_of(state.failure), state.failure
        since = state.last_read if state.failure else None
    reason = reason or name
    said = [sentence(ENGLISH, reason, facts)]
    if reason in ENGLISH.advice and name not in {"ok", "off", "new"}:
        said.append(ENGLISH.advice[reason])
    return SourceStatus(
        name=source.name,
        state=name,
        since=since,
        sentence="; ".join(said),
        failure=state.failure if state else None,
        detail=(state.detail or "") if state else "",
        failures=state.failures if state else 0,
        polls=totals.get("polls", 0),
        entries=totals.get("entries", 0),
        gaps=totals.get("gaps", 0),
        last_read=state.last_read if state else None,
        next_poll=state.next_poll if state and source.enabled else None,
        url=source.url,
    )


def cramped(database: Path) -> str:
    """What is said where the disk is so full that polls pause; empty where there is room."""
    ballast = Ballast(database)
    if ballast.is_laid or not ballast.is_short:
        return ""
    return (
        f"the disk of {database} is full ({ballast.room / 1e6:,.1f} MB free): polls pause until"
        " there is room"
    )


def _count(store: Store, listed: Sequence[SourceStatus] | None) -> Counter[str]:
    """Polled sources by state."""
    if listed is not None:
        return Counter(each.state for each in listed if each.state != "off")
    found: Counter[str] = Counter()
    for trouble, failure, unpolled, count in store.health.standing():
        found[trouble or ("new" if unpolled else state_of(failure))] += count
    return found


def summary(
    store: Store, config: Config, now: datetime, listed: Sequence[SourceStatus] | None = None
) -> str:
    """`58 of 61 sources ok, 2 failing, 1 blocked; 1 story; 4 pending; 0 alerts waiting`.

    What looks well and is not stands with it: held, polls overdue, alerts without a channel.
    Without `listed` the sources are counted as the daemon declared them to the store.
    """
    counts = _count(store, listed)
    enabled = sum(source.enabled for source in config.sources)
    parts = [f"{counts.pop('ok', 0)} of {enabled} sources ok"]
    parts[0] += "".join(f", {count} {state}" for state, count in counts.most_common())
    overdue = store.health.overdue(now - _OVERDUE)
    if overdue:
        parts[0] += f", {overdue} overdue"
    if any(each.state == "offline" for each in store.health.open()):
        parts.insert(0, "our own network is down")
    if hold := store.care.held():
        parts.insert(0, str(hold))
    stories = len(config.stories)
    parts.append(f"{stories} {'story' if stories == 1 else 'stories'}")
    parts.append(f"{store.entries.waiting()} pending")
    counted = store.deliveries.counts().values()
    waiting = sum(c.get("queued", 0) for c in counted)
    lost = sum(c.get("given-up", 0) for c in counted)
    parts.append(
        f"{waiting} {'alert' if waiting == 1 else 'alerts'} waiting"
        + (f", {lost} given up" if lost else "")
    )
    stranded = sum(store.deliveries.stranded([c.name for c in config.channels]).values())
    if stranded:
        parts[-1] += f", {stranded} of them for a channel that is not in sources.yaml"
    held = sum(sum(reasons.values()) for reasons in store.held.counts().values())
    if held:
        parts.append(f"{held} held")
    after = store.aftermath.counts()
    if after["watched"] or after["changed"]:
        seem = f" ({after['suspect']} seem shrunk or gone)" if after["suspect"] else ""
        parts.append(f"{after['watched']} looked at again{seem}, {after['changed']} changes")
    return "; ".join(parts)
