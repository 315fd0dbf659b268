"""`monitor explain`: what became of one article, and why."""

from __future__ import annotations

import shlex
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from monitor.cli.aftermath import say_aftermath
from monitor.cli.holds import said
from monitor.cli.options import config_of, config_option, json_option, store_of
from monitor.cli.output import counted, say_json, when
from monitor.cli.reasons import lines
from monitor.look.deliveries import answer
from monitor.look.explained import explanation
from monitor.model import Config

_BANDS = ("on", "maybe", "off")


@click.command("explain")
@click.argument("wanted", metavar="URL_OR_ID")
@json_option
@config_option
def explain_command(wanted: str, as_json: bool, config: Path | None) -> None:
    """Say why an article was alerted, or why not.

    URL_OR_ID is an address, the number that `monitor articles` shows, or an alert's id.
    """
    loaded = config_of(config)
    with closing(store_of(loaded)) as store:
        found = explanation(loaded, store, wanted)
    if as_json:
        say_json(found)
    else:
        _say_explanation(loaded, found)


def _say_lineage(found: dict[str, Any]) -> None:
    """Who is credited, who had the text first, who else printed it."""
    if found["aggregator"]:
        click.echo("seen through an aggregator, which confirms nothing")
    if credit := found["credit"]:
        where = {"own": "its own report", "line": "in a line of credit", "author": "as the author"}
        place = where.get(credit["kind"], f"in its {credit['kind']}")
        place = "quoted in its lead" if credit["kind"] == "cited" else place
        click.echo(f"credits {credit['agency']}: {place}")
    text = found["lineage"]
    if text and text["copied_by"]:
        click.echo(f"the same text: first at {text['first']}, then {', '.join(text['copied_by'])}")


def _say_explanation(config: Config, found: dict[str, Any]) -> None:
    if found["answer"] == "not seen":
        click.echo(f"No source has shown {found['wanted']}.")
        if not found["watched"]:
            click.echo("No source of this host is in the configuration: `monitor add` finds one.")
        for gap in found["gaps"]:
            click.echo(
                f"It may have been published in a gap of {gap['source']}:"
                f" {when(gap['since']) or 'the start'} – {when(gap['until'])}."
            )
        click.echo(f"How it would be judged: monitor try {shlex.quote(found['wanted'])}")
        return
    if found["answer"] == "pending":
        click.echo(f"{found['title']}\nseen by {found['source']} at {when(found['first_seen'])}")
        click.echo(
            f"Not judged yet: its page could not be read ({found['failure'] or 'not tried'},"
            f" {counted(found['tries'], 'try', 'tries')}); next look {when(found['next_look'])}."
        )
        return
    click.echo(found["title"])
    click.echo(f"{found['link']}\n{found['outlet'] or found['source']}, id {found['id']}")
    click.echo(
        f"published {when(found['published']) or 'unknown'}, first seen {when(found['first_seen'])}"
    )
    if found["relation"] == "uncompared":
        click.echo(found["why"])
    elif found["relation"] != "new":
        click.echo(f"{found['relation']} of {found['original_id']}: {found['why']}")
    _say_lineage(found)
    # What it was to the story that has it stands before what others made of it.
    for verdict in sorted(found["verdicts"], key=lambda each: _BANDS.index(each["band"])):
        click.echo(
            f"\n{verdict['story']}: {verdict['band']}, score {verdict['score']:.2f}"
            f" (edge {verdict['threshold']:.2f}): {verdict['rule']}"
        )
        click.echo(f"  came by {verdict['entry_source']}; what became of it: {verdict['told']}")
        for line in lines(verdict["reasons"], verdict["rule"]):
            click.echo(f"  {line}")
        for turn in verdict["would_change"]:
            click.echo(f"  {turn}")
    judged = {verdict["story"] for verdict in found["verdicts"]}
    for story in config.stories:
        if story.name not in judged:
            click.echo(
                f"\n{story.name}: not judged, it was stored while this story was not followed;"
                f" how it would be: monitor try {shlex.quote(found['link'])}"
            )
    for label in found["labels"]:
        did = "took the label back" if label["said"] == "none" else f"labelled it {label['said']}"
        click.echo(f"\n{label['story']}: you {did} at {when(label['at'])}")
    for event in found["developments"]:
        voices = event["lineage"]["independent"]
        voiced = f"{voices} independent outlet{'' if voices == 1 else 's'}"
        muted = ", which is muted by hand" if event["muted"] else ""
        if event["relation"] == "new":
            click.echo(
                f"\n{event['story']}: the first report of development {event['id']},"
                f" {voiced}{muted}"
            )
            continue
        sure = "" if event["score"] is None else f", evidence {event['score']:.2f} (edge 0)"
        click.echo(
            f"\n{event['story']}: {event['relation']} in development {event['id']},"
            f" {voiced}{sure}{muted}:"
        )
        click.echo(f"  {event['name'] or event['title']}")
        for fact in event["new_facts"]:
            click.echo(f"  new: {fact}")
        if event["relation"] == "repeat":
            click.echo(f"  of another event? monitor development split {found['id']}")
    for hold in found["held"]:
        now = f"; now: monitor alerts release {found['id']}"
        told = f"; told by {hold['told_by']}" if hold["told_by"] else now
        click.echo(
            f"\non {hold['channel']} since {when(hold['held_at'])}: {said(config, hold)}{told}"
        )
    if found["alerts"] or found["evidence"]:
        click.echo()
    for alert in found["alerts"]:
        said_back = answer(alert)
        said_back = f", answer {said_back}" if said_back else ""
        # An event's other reports are told in alerts of their own.
        own = alert["article_id"] in (None, found["id"])
        whose = "" if own else f" (of article {alert['article_id']})"
        last = f"{alert['state']} at {when(alert['settled_at'] or alert['next_at'])}{said_back}"
        if alert["taken_at"] not in (None, alert["settled_at"]):
            last = f"delivered at {when(alert['taken_at'])}; sent again: {last}"
        click.echo(f"alert {alert['alert']}{whose} on {alert['channel']}: {last}")
    say_aftermath(found["aftermath"])
    for row in found["evidence"]:
        click.echo(
            f"evidence {row['sha256'][:16]} fetched {when(row['fetched_at'])} from {row['final_url']}"
        )
