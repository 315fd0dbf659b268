"""`monitor search`: words in the stored articles, in whatever spelling they were looked for."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path

import click

from monitor.cli.options import (
    config_of,
    config_option,
    json_option,
    kept,
    since_option,
    store_of,
)
from monitor.cli.output import minute, say_json
from monitor.store.lock import holder
from monitor.store.store import Store

_SHARE = 25  # of the articles that one step fills in


_EXAMPLES = "\b\nmonitor search كورسك جنود\nmonitor search '\"كوريا الشمالية\"' --since 2026-03-01"


@click.command("search", epilog=_EXAMPLES)
@click.argument("words", nargs=-1, required=True)
@click.option("--story", metavar="NAME", help="Only what is on this story, or maybe.")
@since_option("Only articles of that day or later, by their own date where they have one.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1))
@json_option
@config_option
def search_command(
    words: tuple[str, ...],
    story: str | None,
    since: datetime | None,
    limit: int,
    as_json: bool,
    config: Path | None,
) -> None:
    """Find stored articles that hold all the WORDS, newest first.

    Spelling is folded as in matching: hamza, ya, ta marbuta, tatweel, marks, case and
    accents do not matter, nor do attached و ف ب ل ك ال. Words in quotes must stand side by
    side. Words that begin with a dash stand behind `--`.
    """
    from monitor.searching import search

    if not any(any(letter.isalnum() for letter in word) for word in words):
        raise click.UsageError("there is no word to look for")
    loaded = config_of(config)
    with closing(store_of(loaded)) as store:
        wanted = kept(loaded, story, store)
        _complete(store, running=holder(loaded.database) is not None)
        rows = search(
            store,
            " ".join(words),
            story=wanted,
            since=since,
            limit=limit,
            stories=[wanted] if wanted else [each.name for each in loaded.stories],
        )
    for row in rows:
        if as_json:
            say_json(row)
            continue
        when = minute(row["published"] or row["first_seen"])
        click.echo(f"{row['id']}  {when}  {row['outlet'] or row['source']}")
        click.echo(f"  {row['title']}")
        click.echo(f"  … {row['snippet']}")
        for each in row["stories"]:
            place = f", development {each['development']}" if each["development"] else ""
            if each["band"] != "off":
                click.echo(f"  {each['story']}: {each['band']} {each['score']:.2f}{place}")
        click.echo(f"  {row['link']}")
    if not rows and not as_json:
        click.echo("nothing found")


def _complete(store: Store, *, running: bool) -> None:
    """Fill in what waits, or leave it to the daemon where one runs."""
    from monitor.cli.output import progress
    from monitor.searching import fill

    waiting = store.search.waiting()
    if running and waiting > _SHARE:
        click.echo(
            f"{waiting} stored articles are not searched yet: the daemon fills them in,"
            " the newest first",
            err=True,
        )
        return
    if waiting <= _SHARE:
        while fill(store):
            pass
        return
    with progress(-(-waiting // _SHARE), "filling in") as done:
        while fill(store):
            done(f"{store.search.waiting()} articles left")
