"""`monitor story add`: a further story, or further seeds of one, beside those that are followed."""

from __future__ import annotations

from pathlib import Path

import click

from monitor.cli.documents import documents_of, pieces_of, refuse_others, site_of, title_of
from monitor.cli.options import config_option, path_of
from monitor.cli.output import counted
from monitor.cli.reload import take_over
from monitor.config import save
from monitor.config.edit_stories import with_story
from monitor.config.load import load
from monitor.config.stand import stand
from monitor.config.values import story_name
from monitor.daemon.logs import set_up
from monitor.errors import MonitorError
from monitor.model import Config, Story


@click.command("add", short_help="Begin a further story from seeds, or give one further seeds.")
@click.argument("name")
@click.argument("seeds", metavar="SEED_FILE_OR_URL...", nargs=-1, required=True)
@click.option("--title", help="What alerts call it; the seeds' headline where left out.")
@click.option("--private", is_flag=True, help="Allow addresses in your own network.")
@config_option
def add_command(
    name: str, seeds: tuple[str, ...], title: str | None, private: bool, config: Path | None
) -> None:
    """Begin story NAME from SEEDS in sources.yaml; where NAME is followed, add SEEDS to its own.

    SEEDS are text, Markdown, saved pages, addresses of articles or folders of such files, as
    `monitor init` takes them. Nothing that you wrote is overwritten; all else in sources.yaml
    stays as it is, byte for byte.
    """
    try:
        story_name(name)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    path = path_of(config)
    loaded = load(path)
    followed = next((story for story in loaded.stories if story.name == name), None)
    if followed is not None and title is not None:
        raise click.UsageError(f"{name} is followed already: change its title in {path}")
    set_up(quiet=True)
    folder = followed.seeds if followed else path.parent / "seeds" / name
    documents = documents_of(seeds, private=private, beside=folder)
    pieces, addresses = pieces_of(documents)
    refuse_others(folder, documents)
    text, before = save.read(path), stand(loaded)
    if followed is None:
        keys = {"title": title or title_of(pieces), "seeds": f"seeds/{name}"}
        changed = with_story(text, name, keys, file=str(path))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, body in documents.items():
            (folder / file).write_bytes(body)
    except OSError as error:
        raise MonitorError(f"{error.filename}: {error.strerror}") from error
    if followed is None:
        save.save(path, changed, was=text)
    loaded = load(path)
    told = f"wrote {counted(len(documents), 'document')} into {folder}"
    click.echo(told if followed else f"{told}; added to {path} as {name}")
    for site in sorted(addresses.keys() - {site_of(source.url) for source in loaded.sources}):
        click.echo(f"no source is of {site}: monitor add {site}")
    _warn(loaded, next(story for story in loaded.stories if story.name == name))
    click.echo(f"next: monitor story show {name}")
    take_over(loaded, before)


def _warn(config: Config, story: Story) -> None:
    """A channel that names its stories does not carry a new one."""
    deaf = [
        channel.name
        for channel in config.channels
        if channel.stories and story.name not in channel.stories
    ]
    if len(deaf) == len(config.channels):
        click.echo(f"no channel carries it: add {story.name} to `stories:` of {', '.join(deaf)}")
