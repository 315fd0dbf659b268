"""`monitor label`: a user's yes or no on an article teaches the story."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import click

from monitor.cli.options import config_of, config_option, json_option, store_of, story_of
from monitor.cli.output import say_json, table, when
from monitor.errors import MonitorError
from monitor.look.plain import rfc3339
from monitor.model import Config
from monitor.store.labels import Said
from monitor.store.store import Store

_WORDS = ("yes", "no")


_EXAMPLES = (
    "\b\n"
    "monitor label 4711 no\n"
    "monitor label https://paper.example/a yes --story my-story\n"
    "monitor label 4711 --undo\n"
    "monitor label list      the labels as they stand\n"
    "monitor label log       every change there was, oldest first"
)


@click.command("label", epilog=_EXAMPLES)
@click.argument("wanted", metavar="ID_OR_URL|list|log")
@click.argument("word", metavar="[yes|no]", required=False, type=click.Choice(_WORDS))
@click.option("--story", metavar="NAME", help="Where it is not plain which.")
@click.option("--undo", is_flag=True, help="Take the article's label back.")
@json_option
@config_option
def label_command(
    wanted: str, word: str | None, story: str | None, undo: bool, as_json: bool, config: Path | None
) -> None:
    """Say that an article belongs to a story (yes) or does not (no).

    ID_OR_URL is an address, the number that `monitor articles` shows, or an alert's id.
    The running daemon is taught within seconds; articles that are stored already keep
    their verdict, and are counted where they would be on now (`monitor story backtest`
    names them). Another word
    changes a label, --undo takes it back; every change is kept with its time. Whoever was
    alerted to an article that is labelled no gets WITHDRAWN, once, a minute later, unless
    it was taken back until then.
    """
    loaded = config_of(config)
    listing = wanted in {"list", "log"}
    if listing and (word or undo):
        raise click.UsageError(f"`monitor label {wanted}` takes no yes, no or --undo")
    if not listing and undo == bool(word):
        raise click.UsageError("say yes or no, or --undo to take a label back")
    story_of(loaded, story)
    with closing(store_of(loaded)) as store:
        if listing:
            rows = store.labels.listing(story) if wanted == "list" else store.labels.log(story)
            _say_rows(rows, as_json=as_json)
            return
        said: Said = "yes" if word == "yes" else "no" if word == "no" else "none"
        row = _said(loaded, store, wanted, said, story)
        changed = row["before"] != (None if said == "none" else said)
        row["gained"] = _gained(loaded, store, row["story"]) if changed else None
    if as_json:
        say_json(row)
    elif row["said"] == "none" and row["before"] is None:
        click.echo(f"{row['id']} has no label: nothing changed")
    elif row["before"] == row["said"]:
        click.echo(f"{row['id']} was {row['before']} already: nothing changed")
    else:
        before = f" (it was {row['before']})" if row["before"] else ""
        word = "taken back" if row["said"] == "none" else row["said"]
        click.echo(f"{row['story']}: {row['id']} {word}{before}: {row['title']}")
        if row["gained"] and row["gained"]["count"]:
            from monitor.cli.gained import shown

            click.echo(shown(row["gained"], row["story"]))


def _gained(config: Config, store: Store, story: str) -> dict[str, Any] | None:
    """What the story wants now of what is stored; None where its seeds cannot be read."""
    from monitor.cli.gained import gained
    from monitor.cli.options import one_story, taught_of
    from monitor.daemon.clock import clock

    try:
        profile = taught_of(one_story(config, story), store)
    except MonitorError:
        # The label is stored, and `monitor check` says what is wrong with them.
        return None
    return gained(store, profile, clock())


def _said(
    config: Config, store: Store, wanted: str, said: Said, story: str | None
) -> dict[str, Any]:
    from monitor.cli.options import one_story
    from monitor.daemon.clock import clock
    from monitor.look.wanted import article

    row = article(config, store, wanted)
    if row is None:
        raise MonitorError(f"no article {wanted} is stored: see `monitor articles --band off`")
    name = one_story(config, story, _concerned(store, row["id"])).name
    now = clock()
    with store.transaction():
        before = store.labels.say(name, row["id"], said, now)
    return {
        "story": name,
        "id": row["id"],
        "said": said,
        "before": before,
        "at": rfc3339(now),
        "title": row["title"],
        "link": row["link"],
    }


def _concerned(store: Store, article_id: int) -> set[str]:
    """The stories that the article belongs to, or nearly, or that it has a label for."""
    verdicts = store.ledger.verdicts(article_id)
    labels = store.labels.log(None, article_id)
    return {each["story"] for each in verdicts if each["band"] != "off"} | {
        each["story"] for each in labels
    }


def _say_rows(rows: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        for row in rows:
            say_json(row)
        return
    table(
        ("id", "said", "when", "story", "title"),
        [(r["id"], r["said"], when(r["at"]), r["story"], r["title"]) for r in rows],
    )
