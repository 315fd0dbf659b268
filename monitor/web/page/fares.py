"""How the monitor fares, at a glance: what ails it first, so that no silence passes for health."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from monitor.alert.troubles import sentence, troubles
from monitor.look.status import cramped, late, standing
from monitor.model import Episode
from monitor.store.rows import moment
from monitor.store.store import Store
from monitor.web.page.asked import Asked
from monitor.web.page.shown import ago

_GAPS: Final = timedelta(days=1)
_MOST: Final = 50
_WELL: Final = frozenset(("ok", "new", "off"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing: what it is, how many or which, the page that says more, what mends it.

    `english` where `value` is the monitor's own English, `since` when it began; `episode` is the
    number of a trouble that can be taken note of, 0 of anything else.
    """

    label: str
    value: str = ""
    path: str = ""
    query: tuple[tuple[str, str], ...] = ()
    command: str = ""
    since: datetime | None = None
    english: bool = False
    episode: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fares:
    """`ails` and `facts` in order of weight; `sources` is a line, `polled` when any was read last.

    `known` are troubles that somebody has taken note of: they are shown, and ail nobody anew.
    """

    ails: list[Said]
    known: list[Said]
    facts: list[Said]
    sources: str
    polled: datetime | None
    ago: str

    @property
    def is_well(self) -> bool:
        """Nothing ails it, and it has done something."""
        return not self.ails and not self.known and self.polled is not None


def fares(store: Store, asked: Asked) -> Fares:
    """As the store has it now."""
    config, said, now = asked.config, asked.said, asked.now
    words = troubles(said.language)
    states = standing(store)
    troubled = store.health.open()
    noted: Counter[str] = Counter(each.state for each in troubled if each.source and each.known_at)
    channels = [channel.name for channel in config.channels]
    enabled = sum(source.enabled for source in config.sources)
    ails = []
    if not asked.alive:
        ails.append(Said(label=said.still))
    if hold := store.care.held():
        ails.append(Said(label=said.held_back, value=str(hold), english=True))
    if full := cramped(config.database):
        ails.append(Said(label=said.full, value=full, english=True))
    if not enabled:
        ails.append(Said(label=said.no_sources, command="monitor add URL"))
    own = [each for each in troubled if each.source is None]
    loaded = store.care.loaded()
    if loaded and loaded.former and all(each.state != "former" for each in own):
        own.append(loaded.former)  # the watch has not looked yet
    ails += [_of_monitor(each, asked) for each in own if not each.known_at]
    known = [_of_monitor(each, asked) for each in own if each.known_at]
    for state, count in states.most_common():
        if state not in _WELL and state != "offline":
            label = f"{said.nav['sources']} ({words.states.get(state, state)})"
            if unknown := count - noted[state]:
                ails.append(Said(label=label, value=str(unknown), path="sources"))
            if noted[state]:
                known.append(Said(label=label, value=str(noted[state]), path="sources"))
    if overdue := late(store, now):
        ails.append(Said(label=said.overdue, value=str(overdue), path="sources"))
    for channel, row in store.deliveries.refused().items():
        ails.append(
            Said(
                label=said.refused.format(channel=channel),
                value=str(row["reply"]),
                since=moment(row["since"]),
                path="alerts",
                query=(("channel", channel), ("state", "queued")),
                english=True,
            )
        )
    if lost := store.glance.given_up(channels):
        ails.append(
            Said(
                label=said.given_up,
                value=str(lost),
                path="alerts",
                query=(("state", "given-up"),),
                command="monitor alerts resend --given-up",
            )
        )
    queued = store.deliveries.waiting()
    ails += [
        Said(label=said.stranded, value=f"{channel} ({count})")
        for channel, count in queued.items()
        if channel not in channels
    ]
    if gaps := len(store.glance.gaps(now - _GAPS, _MOST)):
        many = str(gaps) if gaps < _MOST else f"{_MOST}+"
        ails.append(Said(label=said.gaps, value=many, path="sources"))
    held = sum(sum(reasons.values()) for reasons in store.held.counts().values())
    facts = [
        Said(label=label, value=str(count), path=path, query=query)
        for label, count, path, query in (
            (said.pending, store.entries.waiting(), "", ()),
            (said.queued, sum(queued.values()), "alerts", (("state", "queued"),)),
            (said.on_hold, held, "alerts", (("state", "held"),)),
        )
        if count
    ]
    polled = store.vitals.last_poll()
    return Fares(
        ails=ails,
        known=known,
        facts=facts,
        sources=said.sources_well.format(ok=states["ok"], all=enabled),
        polled=polled,
        ago=ago(polled, now, said.language) if polled else "",
    )


def _of_monitor(episode: Episode, asked: Asked) -> Said:
    """A trouble of a story, or of the monitor itself."""
    words = troubles(asked.said.language)
    titles = {story.name: story.title for story in asked.config.stories}
    about = titles.get(episode.story or "", episode.story or words.monitor)
    said = sentence(words, episode.reason, episode.facts)
    if advice := words.advice.get(episode.reason):
        said = words.clause.join((said, advice))
    state = words.states.get(episode.state, episode.state)
    return Said(label=f"{about}: {state}", value=said, since=episode.began, episode=episode.id)
