"""`monitor known`: somebody knows of a trouble, so that nothing calls out for it while it lasts."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from monitor.alert.troubles import ENGLISH, sentence
from monitor.cli.options import config_of, config_option, json_option, store_of
from monitor.cli.output import say_json
from monitor.daemon.clock import clock
from monitor.errors import MonitorError
from monitor.look.plain import rfc3339
from monitor.model import Episode
from monitor.store.store import Store

_EXAMPLES = (
    "\b\n"
    "monitor known gazette          its troubles, as monitor status names them\n"
    "monitor known gazette --undo\n"
    "monitor known monitor          the monitor's own"
)


def _completed(ctx: click.Context, param: click.Parameter, begun: str) -> list[CompletionItem]:
    """What is in trouble, with what ails it; nothing where the store does not say."""
    # While a word is completed no command is run, so that nobody has noted the configuration.
    given = ctx.params.get("config") or ctx.find_root().params.get("config")
    with contextlib.suppress(MonitorError, click.UsageError), ctx:
        with contextlib.closing(Store.look(config_of(given).database)) as store:
            found = {each.about: each for each in store.health.open()}
        return [
            CompletionItem(name, help=each.state)
            for name, each in sorted(found.items())
            if name.startswith(begun)
        ]
    return []


@click.command("known", epilog=_EXAMPLES)
@click.argument("name", metavar="NAME", shell_complete=_completed)
@click.option("--undo", is_flag=True, help="Nobody knows of it after all.")
@json_option
@config_option
def known_command(name: str, undo: bool, as_json: bool, config: Path | None) -> None:
    """Say that you know of what ails NAME: a source, a story, or `monitor`.

    `monitor status` and the page set it apart and call out no more for it, while it lasts;
    another trouble of NAME is another. It silences nothing: the trouble is told, and its
    end, as ever. With --json one object a trouble.
    """
    loaded = config_of(config)
    now = clock()
    with contextlib.closing(store_of(loaded)) as store, store.transaction():
        troubles = [each for each in store.health.open() if each.about == name]
        changed = [store.health.know(each.id, None if undo else now) for each in troubles]
    if not troubles:
        raise MonitorError(f"no trouble of {name} is told at the moment: see `monitor status`")
    for each, is_new in zip(troubles, changed, strict=True):
        known_at = None if undo else now if is_new else each.known_at
        _say(replace(each, known_at=known_at), changed=bool(is_new), as_json=as_json)


def _say(episode: Episode, *, changed: bool, as_json: bool) -> None:
    name = episode.about
    if as_json:
        say_json(
            {
                "name": name,
                "source": episode.source,
                "story": episode.story,
                "state": episode.state,
                "began": rfc3339(episode.began),
                "known_at": rfc3339(episode.known_at) if episode.known_at else None,
                "changed": changed,
            }
        )
        return
    text = f"{name}: {episode.state}: {sentence(ENGLISH, episode.reason, episode.facts)}"
    if not changed:
        click.echo(f"{text}: it was so already")
    elif episode.known_at:
        click.echo(f"{text}: known while it lasts (`monitor known {name} --undo` takes it back)")
    else:
        click.echo(f"{text}: called out for again")
