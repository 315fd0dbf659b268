"""`monitor status`: sources, stories, queue and gaps at a glance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

import click

from monitor.alert.troubles import ENGLISH, sentence
from monitor.cli.holds import counted
from monitor.cli.options import config_of, config_option, json_option, store_of
from monitor.cli.output import age, say_json, table
from monitor.daemon.clock import clock
from monitor.look.loaded import MEND, unread
from monitor.look.plain import rfc3339
from monitor.look.status import (
    STRANDED,
    UNDECLARED,
    SourceStatus,
    cramped,
    rows,
    sources,
    summary,
)
from monitor.model import Config
from monitor.store.lock import holder
from monitor.store.rows import moment
from monitor.store.store import Store

_NAMES = 6  # of sources with one trouble


@click.command("status")
@json_option
@config_option
def status_command(as_json: bool, config: Path | None) -> None:
    """Show every source's state, the stories, the queue and the gaps.

    A source is ok, quiet (nothing new for much longer than is its way), failing, blocked,
    gone, misread, offline (our network is down), new (not polled yet) or off. Times are
    distances from now. With --json one object a source, then one a story, one a channel,
    one a trouble that lasts, one a gap, and the summary.
    """
    loaded = config_of(config)
    with closing(store_of(loaded)) as store:
        _status(loaded, store, as_json=as_json)


def _status(config: Config, store: Store, *, as_json: bool) -> None:
    now = clock()
    if as_json:
        for row in rows(store, config, now, unread(config, store)):
            say_json(row)
        return
    listed = sources(store, config)
    bands = store.ledger.bands()
    counts = store.deliveries.counts()
    held = store.held.counts()
    refused = store.deliveries.refused()
    line = summary(store, config, now, listed)
    daemon = holder(config.database)
    stranded = store.deliveries.stranded([channel.name for channel in config.channels])
    table(
        ("source", "state", "since", "last read", "next poll", "polls", "entries", "gaps"),
        [
            (
                s.name,
                s.state if s.failures < 2 else f"{s.state} ×{s.failures}",
                age(s.since, now),
                age(s.last_read, now),
                "due" if s.next_poll and s.next_poll <= now else age(s.next_poll, now),
                s.polls,
                s.entries,
                s.gaps or "",
            )
            for s in listed
        ],
    )
    for trouble in _troubles(listed):
        click.echo(trouble)
    troubles = store.health.open()
    for episode in troubles:
        if episode.source is None:
            about = episode.about
            why = sentence(ENGLISH, episode.reason, episode.facts)
            click.echo(f"{about}: {episode.state} since {rfc3339(episode.began)}: {why}")
    if known := {each.about for each in troubles if each.known_at}:
        click.echo(f"known (monitor known): {', '.join(sorted(known))}")
    click.echo()
    for story in config.stories:
        click.echo(f"{story.name}: {_stored(bands.pop(story.name, {}))}")
    for name in sorted(bands):
        click.echo(f"{name}: {_stored(bands[name])}; {UNDECLARED}")
    for channel in config.channels:
        found = counts.get(channel.name, {})
        click.echo(
            f"{channel.name} ({channel.kind}): {found.get('delivered', 0)} delivered,"
            f" {found.get('queued', 0)} waiting, {found.get('given-up', 0)} given up"
            f"{counted(held.get(channel.name, {}))}"
        )
        if left := refused.get(channel.name):
            click.echo(
                f"  not taken for {age(moment(left['since']), now).removesuffix(' ago')}:"
                f" {left['reply']}; next try {_soon(moment(left['next_at']), now)}"
            )
    if store.deliveries.given_up():
        click.echo(
            "→ monitor alerts --state given-up says why;"
            " once the channel works, monitor alerts resend --given-up (or: dismiss)"
        )
    for name, queued in stranded.items():
        click.echo(f"{name}: {queued} waiting; {STRANDED}")
    for name in sorted(held.keys() - {channel.name for channel in config.channels}):
        click.echo(f"{name}: 0 waiting{counted(held[name])}; {STRANDED}")
    click.echo(line)
    if full := cramped(config.database):
        click.echo(full)
    click.echo(f"daemon: process {daemon}" if daemon else "daemon: not running, nothing is polled")
    if said := unread(config, store):
        click.echo(f"{said}\n→ {MEND}")


def _soon(at: datetime, now: datetime) -> str:
    return age(at, now) if at > now else "now"


def _troubles(listed: Sequence[SourceStatus]) -> Iterator[str]:
    """One line for each trouble: what fails for one reason is one thing to look at."""
    alike: dict[str, list[str]] = {}
    for each in listed:
        if each.state not in {"ok", "new", "off"}:
            said = each.sentence + (f" ({each.detail})" if each.detail else "")
            alike.setdefault(said, []).append(each.name)
    for said, names in alike.items():
        more = len(names) - _NAMES
        yield f"{', '.join(names[:_NAMES])}{f' and {more} more' if more > 0 else ''}: {said}"


def _stored(bands: dict[str, int]) -> str:
    return f"{bands.get('on', 0)} on, {bands.get('maybe', 0)} maybe"
