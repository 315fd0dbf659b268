"""`monitor development merge|split|rename|mute|unmute|note|log|undo`: the desk's own hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path

import click

from monitor.cli.options import (
    config_of,
    config_option,
    json_option,
    one_story,
    store_of,
    story_of,
    taught_of,
)
from monitor.cli.output import say_json, table, when
from monitor.daemon.clock import clock
from monitor.errors import MonitorError
from monitor.model import Config, Story
from monitor.store.desk import Entry, Verb
from monitor.store.store import Store

_story = click.option("--story", metavar="NAME", help="Where several stories have it.")


@contextmanager
def _opened(config: Path | None, story: str | None, article: int) -> Iterator[tuple[Story, Store]]:
    """The story meant, which has the article in a development, and the store."""
    loaded = config_of(config)
    story_of(loaded, story)
    with closing(store_of(loaded)) as store:
        yield _story_with(loaded, story, store, article), store


def _story_with(config: Config, story: str | None, store: Store, article: int) -> Story:
    names = [each.name for each in config.stories]
    having = [name for name in names if store.developments.place(name, article)]
    if story is None and not having:
        raise MonitorError(f"{article} is in no development: see `monitor developments`")
    return one_story(config, story, having)


def _say(entry: int | None, text: str) -> None:
    if entry is None:
        click.echo(f"{text}: it was so already")
    else:
        click.echo(f"{text} (entry {entry}; `monitor development undo {entry}` takes it back)")


@click.command("merge", short_help="Put the reports of development B into development A.")
@click.argument("into", metavar="A", type=int)
@click.argument("other", metavar="B", type=int)
@_story
@config_option
def merge_command(into: int, other: int, story: str | None, config: Path | None) -> None:
    """Put the reports of development B into development A: they tell of one event.

    A keeps its number, name and mute. Nothing is alerted by it, and what was told under
    either is told; later reports of B's event join A.
    """
    from monitor.desk import merge

    with _opened(config, story, into) as (chosen, store):
        entry = merge(store, taught_of(chosen, store), into, other, clock())
    _say(entry, f"{other} is part of {into} now")


@click.command("split", short_help="Part an article from its development.")
@click.argument("article", metavar="ARTICLE", type=int)
@_story
@config_option
def split_command(article: int, story: str | None, config: Path | None) -> None:
    """Part ARTICLE from its development: it tells of another event.

    It begins a development under its own number, with its copies. Nothing is alerted by
    it. Where the article was itself told, the event counts as told; where it was silent
    as a repeat of the other event, the next report of its own is news.
    """
    from monitor.desk import split

    with _opened(config, story, article) as (chosen, store):
        entry = split(store, taught_of(chosen, store), article, clock())
    _say(entry, f"{article} is a development of its own now")


def _marked(
    config: Path | None, story: str | None, verb: Verb, development: int, said: str | None
) -> int | None:
    from monitor.desk import mark

    with _opened(config, story, development) as (chosen, store):
        return mark(store, chosen.name, verb, development, clock(), said)


@click.command("rename", short_help="Give a development a name of its own.")
@click.argument("development", metavar="ID", type=int)
@click.argument("title")
@_story
@config_option
def rename_command(development: int, title: str, story: str | None, config: Path | None) -> None:
    """Give development ID a name of its own; later alerts of it carry that name."""
    if not title.strip():
        raise click.UsageError("a name is needed; `monitor development undo` brings the old back")
    entry = _marked(config, story, "rename", development, title.strip())
    _say(entry, f"{development} is called {title.strip()}")


@click.command("mute", short_help="Send no further alerts of a development.")
@click.argument("development", metavar="ID", type=int)
@_story
@config_option
def mute_command(development: int, story: str | None, config: Path | None) -> None:
    """Send no further alerts of development ID; its reports are stored and counted as ever.

    What comes while it is muted counts as known: `unmute` brings alerts for what is new after
    it. `monitor explain` says "muted by hand" of each report that was silent for it.
    """
    _say(_marked(config, story, "mute", development, None), f"{development} is muted")


@click.command("unmute", short_help="Alert again what is new in a development.")
@click.argument("development", metavar="ID", type=int)
@_story
@config_option
def unmute_command(development: int, story: str | None, config: Path | None) -> None:
    """Alert again what is new in development ID."""
    _say(_marked(config, story, "unmute", development, None), f"{development} is heard again")


@click.command("note", short_help="Write a note to a development.")
@click.argument("development", metavar="ID", type=int)
@click.argument("text")
@_story
@config_option
def note_command(development: int, text: str, story: str | None, config: Path | None) -> None:
    """Write a note to development ID; `monitor development show` shows it."""
    if not text.strip():
        raise click.UsageError("an empty note says nothing")
    _say(_marked(config, story, "note", development, text.strip()), f"noted at {development}")


@click.command("log", short_help="List what was mended by hand.")
@click.option("--story", metavar="NAME", help="Only this story.")
@json_option
@config_option
def log_command(story: str | None, as_json: bool, config: Path | None) -> None:
    """List what was mended by hand, oldest first, also what was taken back.

    A merge or split is a labelled pair: `development` and `other` tell of one event
    (`same` true), or of two.
    """
    loaded = config_of(config)
    wanted = story_of(loaded, story)
    with closing(store_of(loaded)) as store:
        entries = store.desk.log(wanted)
    if as_json:
        for each in entries:
            row = {key: value for key, value in asdict(each).items() if key != "before"}
            same = {"merge": True, "split": False}.get(each.verb)
            say_json({**row, "same": same if each.undone is None else None})
        return
    table(
        ("entry", "when", "story", "what", "development", "other", "said", "undone"),
        [
            (
                e.id,
                when(e.at),
                e.story,
                e.verb,
                e.development,
                e.other,
                e.said,
                when(e.undone),
            )
            for e in entries
        ],
    )


@click.command("undo", short_help="Take back an entry of the log, or the last.")
@click.argument("number", metavar="[ENTRY]", type=int, required=False)
@_story
@config_option
def undo_command(number: int | None, story: str | None, config: Path | None) -> None:
    """Take back an entry of `monitor development log`, the last where none is named.

    Reports that came since stay with the development that they joined, or go where it
    goes. Nothing is alerted by it.
    """
    from monitor.desk import undo

    loaded = config_of(config)
    wanted = story_of(loaded, story)
    with closing(store_of(loaded)) as store:
        entry = _entry(store.desk.log(wanted), number)
        chosen = [each for each in loaded.stories if each.name == entry.story]
        if not chosen:
            raise MonitorError(f"{entry.story} is not in {loaded.path} any more")
        undo(store, taught_of(chosen[0], store), entry, clock())
    other = f" {entry.other}" if entry.other is not None else ""
    click.echo(f"taken back: {entry.verb} {entry.development}{other}")


def _entry(log: list[Entry], number: int | None) -> Entry:
    if number is None:
        log = [each for each in log if each.undone is None]
        if not log:
            raise MonitorError("there is nothing to take back")
        return log[-1]
    for each in log:
        if each.id == number:
            return each
    raise MonitorError(f"there is no entry {number}: see `monitor development log`")


COMMANDS = (
    merge_command,
    split_command,
    rename_command,
    mute_command,
    unmute_command,
    note_command,
    log_command,
    undo_command,
)
