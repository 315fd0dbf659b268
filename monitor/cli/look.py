"""The commands that only look: status, articles, explain."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from monitor.cli.options import config_of, config_option, json_option, store_of, story_of
from monitor.cli.output import rfc3339, say_json, table
from monitor.daemon.clock import clock
from monitor.daemon.status import STRANDED, sources, summary
from monitor.identify.address import canonical
from monitor.model import Config
from monitor.store.rows import moment
from monitor.store.store import Store, holder


@click.command("status")
@json_option
@config_option
def status_command(as_json: bool, config: Path | None) -> None:
    """Show every source's state, the stories, the queue and the gaps.

    A source is ok, new (not polled yet), off, or named by its failure. With --json one
    object a source, then one a story, one a channel, and the summary.
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
    line = summary(store, config, clock())
    daemon = holder(config.database)
    stranded = store.outbox.stranded([channel.name for channel in config.channels])
    if as_json:
        for each in listed:
            say_json({"kind": "source", **_times(dataclasses.asdict(each))})
        for story in config.stories:
            say_json({"kind": "story", "name": story.name, **bands.get(story.name, {})})
        for channel in config.channels:
            say_json({"kind": "channel", "name": channel.name, **counts.get(channel.name, {})})
        for name, queued in stranded.items():
            say_json({"kind": "channel", "name": name, "queued": queued, "detail": STRANDED})
        say_json(
            {
                "kind": "summary",
                "text": line,
                "pending": store.entries.waiting(),
                "evidence": store.evidence.head(),
                "daemon": daemon,
            }
        )
        return
    table(
        ("source", "state", "polls", "entries", "gaps", "last read", "next poll", "detail"),
        [
            (
                s.name,
                s.state if s.failures < 2 else f"{s.state} ×{s.failures}",
                s.polls,
                s.entries,
                s.gaps or "",
                rfc3339(s.last_read),
                rfc3339(s.next_poll),
                s.detail,
            )
            for s in listed
        ],
    )
    click.echo()
    for story in config.stories:
        found = bands.get(story.name, {})
        click.echo(f"{story.name}: {found.get('on', 0)} on, {found.get('maybe', 0)} maybe")
    for channel in config.channels:
        found = counts.get(channel.name, {})
        click.echo(
            f"{channel.name} ({channel.kind}): {found.get('delivered', 0)} delivered,"
            f" {found.get('queued', 0)} waiting, {found.get('given-up', 0)} given up"
        )
    for name, queued in stranded.items():
        click.echo(f"{name}: {queued} waiting; {STRANDED}")
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
    """List stored articles with their band, newest first."""
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


@click.command("explain")
@click.argument("wanted", metavar="URL_OR_ID")
@json_option
@config_option
def explain_command(wanted: str, as_json: bool, config: Path | None) -> None:
    """Say why an article was alerted, or why not.

    URL_OR_ID is an address, the number that `monitor articles` shows, or an alert's id.
    """
    loaded = config_of(config)
    store = store_of(loaded)
    try:
        found = _explanation(loaded, store, wanted)
    finally:
        store.close()
    if as_json:
        say_json(found)
    else:
        _say_explanation(found)


def _explanation(config: Config, store: Store, wanted: str) -> dict[str, Any]:
    addresses = _addresses(config, wanted)
    row = store.articles.find(wanted, addresses) or store.articles.alerted(wanted)
    if row is None:
        entry = store.ledger.entry([wanted, *addresses])
        if entry is None:
            return {
                "wanted": wanted,
                "answer": "not seen",
                "watched": _host(wanted) in {_host(source.url) for source in config.sources},
                "gaps": store.ledger.gaps(),
            }
        return {
            "wanted": wanted,
            "answer": "pending",
            "title": entry["title"],
            "source": entry["source"],
            "first_seen": entry["first_seen"],
            "tries": entry["tries"],
            "failure": entry["failure"],
            "next_look": entry["read_at"],
        }
    verdicts = store.ledger.verdicts(row["id"])
    for verdict in verdicts:
        verdict["reasons"] = json.loads(verdict["reasons"]) if verdict["reasons"] else []
    return {
        "wanted": wanted,
        "answer": "judged",
        **{k: v for k, v in row.items() if k not in {"sketch", "exact", "title_print", "text"}},
        "verdicts": verdicts,
        "alerts": store.outbox.of(row["original_id"] or row["id"]),
        "evidence": store.evidence.of(row["id"]),
    }


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _addresses(config: Config, wanted: str) -> list[str]:
    """Every canonical form that a source of ours may have stored it under."""
    patterns = {None, *(source.article_id for source in config.sources)}
    found = []
    for pattern in patterns:
        try:
            found.append(canonical(wanted, article_id=pattern))
        except ValueError:
            continue
    return found


def _say_explanation(found: dict[str, Any]) -> None:
    if found["answer"] == "not seen":
        click.echo(f"No source has shown {found['wanted']}.")
        if not found["watched"]:
            click.echo("No source of this host is in the configuration.")
        for gap in found["gaps"]:
            click.echo(
                f"It may have been published in a gap of {gap['source']}:"
                f" {gap['since'] or 'the start'} – {gap['until']}."
            )
        return
    if found["answer"] == "pending":
        click.echo(f"{found['title']}\nseen by {found['source']} at {found['first_seen']}")
        click.echo(
            f"Not judged yet: its page could not be read ({found['failure'] or 'not tried'},"
            f" {found['tries']} tries); next look {found['next_look']}."
        )
        return
    click.echo(found["title"])
    click.echo(f"{found['link']}\n{found['outlet'] or found['source']}, id {found['id']}")
    click.echo(f"published {found['published'] or 'unknown'}, first seen {found['first_seen']}")
    if found["relation"] != "new":
        click.echo(f"{found['relation']} of {found['original_id']}: {found['why']}")
    for verdict in found["verdicts"]:
        click.echo(
            f"\n{verdict['story']}: {verdict['band']}, score {verdict['score']:.2f}"
            f" (edge {verdict['threshold']:.2f}): {verdict['rule']}"
        )
        click.echo(f"  came by {verdict['entry_source']}; what became of it: {verdict['told']}")
        for reason in verdict["reasons"]:
            where = f' in "{reason["sentence"]}"' if reason.get("sentence") else ""
            click.echo(f"  {reason['kind']}: {reason['text']}{where}")
    for alert in found["alerts"]:
        answer = f", answer {alert['status']} {alert['reply'] or ''}".rstrip()
        click.echo(
            f"\nalert {alert['alert']} on {alert['channel']}: {alert['state']}"
            f" at {alert['settled_at'] or alert['next_at']}{answer}"
        )
    for row in found["evidence"]:
        click.echo(
            f"evidence {row['sha256'][:16]} fetched {row['fetched_at']} from {row['final_url']}"
        )
