"""What the monitor is doing, as values, as rows and as one line: read from the store alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from monitor.alert.troubles import ENGLISH, Troubles, sentence
from monitor.health import state_of
from monitor.look.plain import rfc3339
from monitor.model import Config, Episode, Source, State
from monitor.store.ballast import Ballast
from monitor.store.lock import holder
from monitor.store.sources import SourceState
from monitor.store.store import Store

STRANDED = "no such channel in sources.yaml: what waits there goes out when it is named again"
UNDECLARED = "no such story in sources.yaml: it is not followed; `--story` of developments, articles, search and export reads what is stored"
# A poll that is due for so long is not merely waiting for its turn.
_OVERDUE = timedelta(minutes=10)
_GAPS = 50  # the newest that are listed; `explain` looks at all


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
    last_poll: datetime | None = None


def sources(
    store: Store, config: Config, said: Troubles = ENGLISH, *, counted: bool = True
) -> list[SourceStatus]:
    """Every declared source, in the file's order, its sentence in the words of `said`.

    Not `counted`, polls, entries and gaps are 0: counting them goes through the whole ledger.
    """
    states = store.sources.states()
    totals = store.ledger.totals() if counted else {}
    known = store.health.open()
    troubles = {each.source: each for each in known if each.source}
    network = next((each for each in known if each.state == "offline"), None)
    return [
        _status(
            source,
            states.get(source.name),
            totals.get(source.name, {}),
            troubles.get(source.name) or network,
            said,
        )
        for source in config.sources
    ]


def _status(
    source: Source,
    state: SourceState | None,
    totals: Mapping[str, int],
    trouble: Episode | None,
    said: Troubles,
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
    clauses = [sentence(said, reason, facts)]
    if reason in said.advice and name not in {"ok", "off", "new"}:
        clauses.append(said.advice[reason])
    return SourceStatus(
        name=source.name,
        state=name,
        since=since,
        sentence=said.clause.join(clauses),
        failure=state.failure if state else None,
        detail=(state.detail or "") if state else "",
        failures=state.failures if state else 0,
        polls=totals.get("polls", 0),
        entries=totals.get("entries", 0),
        gaps=totals.get("gaps", 0),
        last_read=state.last_read if state else None,
        next_poll=state.next_poll if state and source.enabled else None,
        url=source.url,
        last_poll=state.last_poll if state else None,
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


def standing(store: Store, listed: Sequence[SourceStatus] | None = None) -> Counter[str]:
    """Polled sources by state; without `listed` as the daemon declared them to the store."""
    if listed is not None:
        return Counter(each.state for each in listed if each.state != "off")
    found: Counter[str] = Counter()
    for trouble, failure, unpolled, count in store.health.standing():
        found[trouble or ("new" if unpolled else state_of(failure))] += count
    return found


def late(store: Store, now: datetime) -> int:
    """How many sources have been due for so long that they do not merely wait for their turn."""
    return store.health.overdue(now - _OVERDUE)


def summary(
    store: Store, config: Config, now: datetime, listed: Sequence[SourceStatus] | None = None
) -> str:
    """`58 of 61 sources ok, 2 failing, 1 blocked; 1 story; 4 pending; 0 alerts waiting`.

    What looks well and is not stands with it: held, polls overdue, alerts without a channel.
    Without `listed` the sources are counted as the daemon declared them to the store.
    """
    counts = standing(store, listed)
    enabled = sum(source.enabled for source in config.sources)
    parts = [f"{counts.pop('ok', 0)} of {enabled} sources ok"]
    parts[0] += "".join(f", {count} {state}" for state, count in counts.most_common())
    if overdue := late(store, now):
        parts[0] += f", {overdue} overdue"
    if any(each.state == "offline" for each in store.health.open()):
        parts.insert(0, "our own network is down")
    if hold := store.care.held():
        parts.insert(0, str(hold))
    stories = len(config.stories)
    parts.append(f"{stories} {'story' if stories == 1 else 'stories'}")
    parts.append(f"{store.entries.waiting()} pending")
    waiting, lost = store.deliveries.few("queued"), store.deliveries.few("given-up")
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


def rows(store: Store, config: Config, now: datetime, unread: str) -> Iterator[dict[str, Any]]:
    """One a source, one a story, one a channel, one a trouble that lasts, one a gap, the summary.

    `unread` says what the daemon has not read of what is written.
    """
    listed = sources(store, config)
    bands = store.ledger.bands()
    counts, held = store.deliveries.counts(), store.held.counts()
    declared = [channel.name for channel in config.channels]
    for each in listed:
        yield {"kind": "source", **_times(asdict(each))}
    for story in config.stories:
        yield {"kind": "story", "name": story.name, **bands.pop(story.name, {})}
    for name in sorted(bands):
        yield {"kind": "story", "name": name, **bands[name], "detail": UNDECLARED}
    for name in declared:
        yield {"kind": "channel", "name": name, **counts.get(name, {}), "held": held.get(name, {})}
    for name, queued in store.deliveries.stranded(declared).items():
        yield {"kind": "channel", "name": name, "queued": queued, "detail": STRANDED}
    for name in sorted(held.keys() - {*declared}):
        yield {"kind": "channel", "name": name, "held": held[name], "detail": STRANDED}
    for episode in store.health.open():
        yield {"kind": "episode", **_times(asdict(episode))}
    for gap in store.ledger.gaps()[-_GAPS:]:
        yield {"kind": "gap", **gap}
    yield {
        "kind": "summary",
        "text": summary(store, config, now, listed),
        "pending": store.entries.waiting(),
        "evidence": store.evidence.head(),
        "daemon": holder(config.database),
        "unread": unread or None,
        "held": store.care.held(),
        "aftermath": store.aftermath.counts(),
        "disk": cramped(config.database) or None,
    }


def _times(row: dict[str, Any]) -> dict[str, Any]:
    return {k: rfc3339(v) if isinstance(v, datetime) else v for k, v in row.items()}
