"""`monitor reload`: the running daemon reads configuration and seeds again, and says whether it did."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import click

from monitor.cli.options import config_of, config_option
from monitor.cli.output import counted
from monitor.errors import MonitorError
from monitor.model import Config
from monitor.store.care import Loaded
from monitor.store.lock import holder, process
from monitor.store.store import Store

_PATIENCE = 60.0  # seconds: deliveries end first, and many stories are learnt anew
_LOOK = 0.2


@click.command("reload")
@config_option
def reload_command(config: Path | None) -> None:
    """Let the running daemon read sources.yaml and the seeds again, and say whether it did.

    The same as SIGHUP or systemctl reload, with an answer: exit status 1 where it keeps the old
    configuration, because the new one is wrong.
    """
    loaded = config_of(config)
    if holder(loaded.database) is None:
        raise MonitorError(
            f"no daemon runs on {loaded.database}: `monitor run` starts one,"
            " as a service systemctl start monitor"
        )
    click.echo(_reloaded(loaded))


def take_over(config: Config, before: Mapping[str, str] | None) -> None:
    """After a command has written: a running daemon reads it, and what becomes of that is said.

    `before` is the `stand` before it wrote. Where the daemon had not read that either, somebody
    is at work there: it is left to them.
    """
    daemon = holder(config.database)
    if daemon is None:
        return
    loaded = _loaded(config)
    if loaded is None or loaded.stand != before:
        click.echo(f"the daemon (process {daemon}) has not read it yet: monitor reload")
        return
    try:
        click.echo(_reloaded(config))
    except MonitorError as error:
        click.echo(str(error), err=True)


def _reloaded(config: Config) -> str:
    """What became of it. MonitorError where the daemon cannot be asked, or refuses."""
    held, number = holder(config.database), process(config.database)
    if number is None:
        raise MonitorError(
            f"the daemon (process {held}) runs where it cannot be seen, in a container perhaps:"
            " send it SIGHUP there"
        )
    before = _loaded(config)
    try:
        os.kill(number, signal.SIGHUP)
    except OSError as error:
        raise MonitorError(
            f"the daemon (process {number}) cannot be told to read again"
            f" ({error.strerror}): sudo systemctl reload monitor"
        ) from error
    end = time.monotonic() + _PATIENCE
    while (now := _loaded(config)) == before or now is None:
        if holder(config.database) is None:
            raise MonitorError("the daemon has ended: its log says why")
        if time.monotonic() > end:
            raise MonitorError(
                f"the daemon (process {number}) was told to read again and has not answered for"
                f" {_PATIENCE:.0f} s: see its log"
            )
        time.sleep(_LOOK)
    if now.refused:
        raise MonitorError(f"refused, the daemon keeps what it had:\n{now.refused}")
    return (
        f"the daemon (process {number}) works by it now: {counted(len(config.sources), 'source')},"
        f" {counted(len(config.stories), 'story', 'stories')}"
    )


def _loaded(config: Config) -> Loaded | None:
    if not config.database.exists():
        return None
    with closing(Store.open(config.database)) as store:
        return store.care.loaded()
