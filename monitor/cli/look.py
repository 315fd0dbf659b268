"""The commands that only look: status, articles, explain."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import click

from monitor.alert.troubles import ENGLISH, sentence
from monitor.cli.holds import counted
from monitor.cli.options import config_of, config_option, json_option, store_of, story_of
from monitor.cli.output import rfc3339, say_json, table
from monitor.daemon.clock import clock
from monitor.daemon.status import STRANDED, sources, summary
from monitor.model import Config
from monitor.store.rows import moment
from monitor.store.store import Store, holder

_GAPS = 50  # the newest that `status --json` lists; `explain` looks at all


@click.command("status")
@json_option
@config_option
def status_command(as_json: bool, config: Path | None) -> None:
    """Show every source's state, the stories, the queue and the gaps.

    A source is ok, quiet (nothing new for much longer than is its way), failing, blocked,
    gone, misread, offline (our network is down), new (not polled yet) or off. With --json
    one object a source, then one a story, one a channel, one a trouble that lasts, one a
    gap, and the summary.
    """
    loaded = config_of(config)
    store = store_of(loaded)
    try:
        _status(loaded, store, as_json=as_json)
    finally:
        store.close()


def _status(config: Config, store: Store, *, as_json: bool) -> None:
    listed = sources(store, config)
    bands = store.ledger.bands()
    counts = store.outbox.counts()
    held = store.held.counts()
    line = summary(store, config, clock())
    daemon = holder(config.database)
    stranded = store.outbox.stranded([channel.name for channel in config.channels])
    if as_json:
        for each in listed:
            say_json({"kind": "source", **_times(dataclasses.asdict(each))})
        for story in config.stories:
            say_json({"kind": "story", "name": story.name, **bands.get(story.name, {})})
        for channel in config.channels:
            say_json(
                {
                    "kind": "channel",
                    "name": channel.name,
                    **counts.get(channel.name, {}),
                    "held": held.get(channel.name, {}),
                }
            )
        for name, queued in stranded.items():
            say_json({"kind": "channel", "name": name, "queued": queued, "detail": STRANDED})
        for name in sorted(held.keys() - {channel.name for channel in config.channels}):
            say_json({"kind": "channel", "name": name, "held": held[name], "detail": STRANDED})
        for episode in store.health.open():
            say_json({"kind": "episode", **_times(dataclasses.asdict(episode))})
        for gap in store.ledger.gaps()[-_GAPS:]:
            say_json({"kind": "gap", **gap})
        say_json(
            {
                "kind": "summary",
                "text": line,
                "pending": store.entries.waiting(),
                "evidence": store.evidence.head(),
                "daemon": daemon,
                "held": store.care.held(),
                "aftermath": store.aftermath.counts(),
            }
        )
        return
    table(
        ("source", "state", "since", "polls", "entries", "gaps", "last read", "next poll"),
        [
            (
                s.name,
                s.state if s.failures < 2 else f"{s.state} ×{s.failures}",
                rfc3339(s.since),
                s.polls,
                s.entries,
                s.gaps or "",
                rfc3339(s.last_read),
                rfc3339(s.next_poll),
            )
            for s in listed
        ],
    )
    for s in listed:
        if s.state not in {"ok", "new", "off"}:
            click.echo(f"{s.name}: {s.sentence}" + (f" ({s.detail})" if s.detail else ""))
    for episode in store.health.open():
        if episode.source is None:
            about = episode.story or "monitor"
            why = sentence(ENGLISH, episode.reason, episode.facts)
            click.echo(f"{about}: {episode.state} since {rfc3339(episode.began)}: {why}")
    click.echo()
    for story in config.stories:
        found = bands.get(story.name, {})
        click.echo(f"{story.name}: {found.get('on', 0)} on, {found.get('maybe', 0)} maybe")
    for channel in config.channels:
        found = counts.get(channel.name, {})
        click.echo(
            f"{channel.name} ({channel.kind}): {found.get('delivered', 0)} delivered,"
            f" {found.get('queued', 0)} waiting, {found.get('given-up', 0)} given up"
            f"{counted(held.get(channel.name, {}))}"
        )
    for name, queued in stranded.items():
        click.echo(f"{name}: {queued} waiting; {STRANDED}")
    for name in sorted(held.keys() - {channel.name for channel in config.channels}):
        click.echo(f"{name}: 0 waiting{counted(held[name])}; {STRANDED}")
    click.echo(line)
    click.echo(f"daemon: process {daemon}" if daemon else "daemon: not running, nothing is polled")


def _times(row: dict[str, Any]) -> dict[str, Any]:
    return {k: rfc3339(v) if hasattr(v, "astimezone") else v for k, v in row.items()}


@click.command("articles")
@click.option("--story", metavar="NAME", help="Only this story.")
@click.option(
    "--band",
    "bands",
    multiple=True,
    type=click.Choice(["on", "maybe", "off"]),
    help="Only these bands (may be given again); on and maybe where left out.",
)
@click.option("--source", metavar="NAME", help="Only from this source.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1))
@json_option
@config_option
def articles_command(
    story: str | None,
    bands: tuple[str, ...],
    source: str | None,
    limit: int,
    as_json: bool,
    config: Path | None,
) -> None:
    """List stored articles with their band, newest first.

    RELATION says what an article is to earlier ones: new, a copy, or uncompared, where the
    headline ruled it out for every story and nobody asked whose copy it is.
    """
    loaded = config_of(config)
    store = store_of(loaded)
    try:
        rows = store.ledger.articles(
            story=story_of(loaded, story),
            bands=bands or ("on", "maybe"),
            limit=limit,
            source=source,
        )
    finally:
        store.close()
    # What a source brought before it left the configuration can still be listed.
    if not rows and source is not None and source not in {one.name for one in loaded.sources}:
        raise click.UsageError(f"no source named {source} in {loaded.path}")
    if as_json:
        for row in rows:
            say_json(row)
        return
    table(
        ("id", "band", "score", "relation", "first seen", "source", "title"),
        [
            (
                row["id"],
                row["band"],
                f"{row['score']:.2f}",
                row["relation"],
                rfc3339(moment(row["first_seen"])),
                row["source"],
                row["title"],
            )
            for row in rows
        ],
    )
