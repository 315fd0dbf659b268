"""What several commands share: which configuration is meant, and its store."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from monitor.config.load import database_near, load
from monitor.config.shipped import shipped
from monitor.errors import ConfigError, MonitorError
from monitor.model import Config, Source, Story
from monitor.store.lock import holder, taken_away
from monitor.store.store import Store
from monitor.story.profile import Profile

_F = TypeVar("_F", bound=Callable[..., Any])


def config_option(function: _F) -> _F:
    """`--config FILE`, also after the command's name."""
    return click.option(
        "--config",
        type=click.Path(path_type=Path, dir_okay=False),
        help="The configuration; ./sources.yaml where left out.",
    )(function)


def json_option(function: _F) -> _F:
    """`--json`: one object a line."""
    return click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")(function)


def since_option(text: str) -> Callable[[_F], _F]:
    """`--since DATE`: a day or a moment, in UTC where it names no zone."""

    def read(ctx: click.Context, param: click.Parameter, value: str | None) -> datetime | None:
        if value is None:
            return None
        try:
            found = datetime.fromisoformat(value.upper())
        except ValueError:
            raise click.BadParameter(
                f"{value!r} is no date such as 2026-03-01 or 2026-03-01T12:00Z", ctx, param
            ) from None
        return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)

    return click.option("--since", callback=read, metavar="DATE", help=text)


def meant(given: Path | None) -> Path:
    """The configuration file that is meant, whether it is there or not."""
    path: Path = given or click.get_current_context().find_root().obj or Path("sources.yaml")
    return path


def path_of(given: Path | None) -> Path:
    """The configuration file meant; MonitorError that says how to get one."""
    path = meant(given)
    if not path.exists():
        raise click.UsageError(
            f"there is no {path}: `monitor init` writes one here,"
            f" or name yours with --config (the shipped one is {shipped() / 'sources.yaml'})"
        )
    return path


def config_of(given: Path | None) -> Config:
    """The loaded configuration. Raises ConfigError with every problem."""
    path = path_of(given)
    try:
        return load(path)
    except ConfigError:
        if daemon := holder(database_near(path)):
            click.echo(f"the daemon (process {daemon}) goes on with what it read before:", err=True)
        raise


def store_of(config: Config) -> Store:
    """The store to look into; MonitorError where nothing was ever stored."""
    if said := taken_away(config.database):
        raise MonitorError(said)
    if not config.database.exists():
        raise MonitorError(
            f"nothing is stored yet ({config.database} does not exist):"
            " `monitor poll` makes one round, `monitor run` the daemon; the database of the"
            " systemd service is looked at with STATE_DIRECTORY=/var/lib/story-monitor"
        )
    return Store.open(config.database)


def declared(config: Config, name: str | None) -> Story:
    """The story of a command about one; the only one where none is named."""
    story_of(config, name)
    found = [story for story in config.stories if name in {None, story.name}]
    if len(found) > 1:
        raise click.UsageError(f"which story? name one: {', '.join(s.name for s in found)}")
    return found[0]


def story_of(config: Config, name: str | None) -> str | None:
    """A story's name, checked against the configuration."""
    names = [story.name for story in config.stories]
    if name is not None and name not in names:
        raise click.UsageError(f"no story {name!r} in {config.path}: there is {', '.join(names)}")
    return name


def kept(config: Config, name: str | None, store: Store) -> str | None:
    """The name of a story to read of: one that is followed, or that was, by any name that it had."""
    followed = {story.name for story in config.stories}
    if name is None or name in followed:
        return name
    found = store.stories.present(name)
    return found if found in followed or store.records.any_of(found) else story_of(config, name)


def warn_of_no_source(wanted: Sequence[Source]) -> None:
    """Silence would look like success where there is nothing to visit."""
    if not wanted:
        click.echo("warning: no source is polled: `monitor add URL` finds and adds one", err=True)


def one_story(config: Config, name: str | None, having: Collection[str] = ()) -> Story:
    """The story meant; where there are several, the one of those `having` the thing meant.

    Where several have it, or none, its name must be given.
    """
    story_of(config, name)
    wanted = [story for story in config.stories if name is None or story.name == name]
    if len(wanted) > 1:
        wanted = [story for story in wanted if story.name in having] or wanted
    if len(wanted) > 1:
        names = ", ".join(story.name for story in wanted)
        raise click.UsageError(f"which story? name one with --story: {names}")
    return wanted[0]


def taught_of(story: Story, store: Store) -> Profile:
    """A story's profile with its labels, as the daemon has it."""
    from monitor.learn import seeds
    from monitor.story.labels import taught
    from monitor.story.profile import learn

    return taught(learn(story, seeds(story)), store.labels.of(story.name))
