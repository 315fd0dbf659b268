"""`monitor articles`: what is stored, and in which band."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from monitor.cli.options import config_of, config_option, json_option, kept, store_of
from monitor.cli.output import say_json, table
from monitor.look.plain import rfc3339
from monitor.store.rows import moment


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
    with closing(store_of(loaded)) as store:
        rows = store.ledger.articles(
            story=kept(loaded, story, store),
            bands=bands or ("on", "maybe"),
            limit=limit,
            source=source,
        )
    # What a source brought before it left the configuration can still be listed.
    if not rows and source is not None and source not in {one.name for one in loaded.sources}:
        raise click.UsageError(f"no source named {source} in {loaded.path}")
    if as_json:
        for row in rows:
            say_json(row)
        return
    table(
        ("id", "story", "band", "score", "relation", "first seen", "source"),
        [
            (
                row["id"],
                row["story"],
                row["band"],
                f"{row['score']:.2f}",
                row["relation"],
                rfc3339(moment(row["first_seen"])),
                row["source"],
            )
            for row in rows
        ],
        below=[row["title"] for row in rows],
    )
