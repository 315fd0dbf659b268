"""`monitor developments`, `monitor development`: the events of a story and their reports."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import click

from monitor.alert.decide import EVERY_CHANNEL
from monitor.cli.desk import COMMANDS
from monitor.cli.options import config_of, config_option, json_option, kept, store_of
from monitor.cli.output import minute, say_json, table
from monitor.errors import MonitorError
from monitor.look.developments import listing, shown


@click.command("developments")
@click.option("--story", metavar="NAME", help="Only this story.")
@click.option("--limit", default=30, show_default=True, type=click.IntRange(1))
@json_option
@config_option
def developments_command(story: str | None, limit: int, as_json: bool, config: Path | None) -> None:
    """List the developments of the stories, the latest news first.

    A development is one event. All reports of it are counted under it, in any language;
    an alert tells of it once.
    """
    loaded = config_of(config)
    with closing(store_of(loaded)) as store:
        wanted = kept(loaded, story, store)
        names = [wanted] if wanted else [each.name for each in loaded.stories]
        rows = listing(store, names, limit)
    if as_json:
        for row in rows:
            say_json(row)
        return
    table(
        ("id", "story", "latest news", "reports", "outlets", "updates", "told"),
        [
            (
                row["id"],
                row["story"],
                minute(row["last_new"]),
                row["reports"],
                row["outlets"],
                row["updates"],
                _told(row),
            )
            for row in rows
        ],
        below=[row["name"] or row["title"] for row in rows],
    )


def _told(row: dict[str, Any]) -> str:
    """The channels that were told; of what a first reading knew, baseline."""
    channels = row["told"]
    told = ", ".join(each for each in channels if each != EVERY_CHANNEL)
    told = told or ("baseline" if channels else "no")
    return f"{told}; muted" if row["muted"] else told


@click.group("development")
def development_command() -> None:
    """Look into one development, and mend what was grouped.

    What is mended works beside the running daemon, alerts nothing by itself, is logged and
    can be taken back.
    """


for _command in COMMANDS:
    development_command.add_command(_command)


@development_command.command("show", short_help="Show every report of a development.")
@click.argument("number", metavar="ID", type=int)
@click.option("--story", metavar="NAME", help="Where several stories have it.")
@json_option
@config_option
def show_command(number: int, story: str | None, as_json: bool, config: Path | None) -> None:
    """Show every report of development ID, in the order in which they came.

    ID is what `monitor developments` and `monitor explain` name: its first article's.
    """
    loaded = config_of(config)
    with closing(store_of(loaded)) as store:
        wanted = kept(loaded, story, store)
        names = [wanted] if wanted else [each.name for each in loaded.stories]
        found = shown(store, names, number)
    if found.merged_into is not None:
        raise MonitorError(f"development {number} was merged into {found.merged_into}")
    if not found.reports:
        raise MonitorError(f"there is no development {number}: see `monitor developments`")
    if as_json:
        for row in found.reports:
            say_json(row)
        return
    for mark in found.marks:
        named = [mark.title or "", "(muted)" if mark.muted else ""]
        if any(named):
            click.echo(" ".join(filter(None, named)))
        for note in mark.notes:
            click.echo(f"note: {note}")
    for row in found.reports:
        of = f" of {row['of']}" if row["of"] is not None else ""
        click.echo(f"{row['id']}  {minute(row['joined'])}  {row['relation']}{of}")
        click.echo(f"  {row['title']}")
        credited = [f"credits {row['credited_to']}"] if row["credited_to"] else []
        credited += ["aggregator"] if row["aggregator"] else []
        click.echo(f"  {', '.join([row['outlet'] or row['source'], row['link'], *credited])}")
        for fact in row["new_facts"]:
            click.echo(f"  new: {fact}")
    click.echo(f"independent outlets: {found.independent}")
